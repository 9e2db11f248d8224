"""What a name of the report means is asked for in many ways, and told in the words that stand around it."""

import re

import pytest

from bot.assistant import Assistant
from corpus.types import Report

_NAMED = re.compile(r"[“《]([\u3400-\u9fff]{3,14})[”》]")
_MOST = 0.95  # of the names: one that stands among others is not always told by itself


@pytest.mark.parametrize(
    "asked", ["{}是什么意思？", "{}是怎么回事", "何谓{}？", "{}的含义", "请问{}到底是啥呢？谢谢！"]
)
def test_every_name_of_the_report_is_told(assistant: Assistant, report: Report, asked: str) -> None:
    """Whatever is named in quotes is answered with a quote that has the name."""
    passages = assistant.worlds[report.name].passages
    names = list(dict.fromkeys(name for passage in passages for name in _NAMED.findall(passage.text)))[::2]
    answers = [assistant.ask(asked.format(name)) for name in names]
    told = [
        any(name in re.sub("[“”《》]", "", citation.quote) for citation in answer.citations)
        for name, answer in zip(names, answers, strict=True)
    ]
    assert sum(told) >= _MOST * len(names), [name for name, is_told in zip(names, told, strict=True) if not is_told]
