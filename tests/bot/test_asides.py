"""What people say of themselves before they ask is left off where it says nothing that the report tells."""

import pytest

from bot.asides import without_asides
from bot.assistant import Assistant
from corpus.types import Report


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("我妈今年80了，长者食堂有几家", "长者食堂有几家"),
        ("我是一名记者，长者食堂有几家", "长者食堂有几家"),
        ("我妈80了。我爸82了，长者食堂有几家", "长者食堂有几家"),
        ("作为徐汇居民，长者食堂有几家", "长者食堂有几家"),
    ],
)
def test_who_asks_is_no_part_of_the_question(assistant: Assistant, report: Report, typed: str, asked: str) -> None:
    """A clause about the asker alone goes."""
    assert without_asides(typed, assistant.worlds[report.name].vocabulary) == asked


@pytest.mark.parametrize(
    "typed",
    [
        "我是残疾人，补贴发了多少",
        "我家在康健街道，那里有几家长者食堂",
        "我爸户口不在徐汇，能去长者食堂吃饭吗",
        "我区新增绿地多少，公园几座",
        "绿地新增了不少，有多少",
        "我想问长者食堂有几家",
    ],
)
def test_what_the_question_leans_on_stays(assistant: Assistant, report: Report, typed: str) -> None:
    """What names a thing of the report, is pointed back at, or is asked whether it matters, is kept."""
    assert without_asides(typed, assistant.worlds[report.name].vocabulary) == typed
