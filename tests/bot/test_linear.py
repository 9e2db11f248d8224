"""No pattern of the product and no question takes long, whatever the text: each on what regular expressions fear."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import bot
import corpus
import index
from bot.assistant import Assistant
from bot.conversation import Conversation
from tests.corpus.test_linear import HOSTILE

LENGTH = 500  # the longest question
BOUND = 2.0  # seconds for one text; one that explodes takes for ever
QUESTION_BOUND = 20.0  # a busy machine takes a second at most

_SKIPPED = ("training", "bench", "static")
MORE = {
    "latin": "a",
    "latin words": "ab ",
    "mixed": "a1年",
    "slips": "新曾绿第面机",
    "pinyin": "xinzenglvdi",
    "denials": "不是",
    "questions": "多少？",
    "comparing": "比2023年",
    "and": "和",
    "of": "的",
    "brackets": "（",
    "marks": "[1]",
    "mails": "a@",
    "dots": "a.",
    "escapes": "\\",
    "emoji": "😀",
    "spaces": " \t",
}


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern that stands in a module of the product."""
    for package in (corpus, index, bot):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if any(part in found.name for part in _SKIPPED) or found.name.endswith("__main__"):
                continue
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{found.name}.{name}", value


def test_every_pattern_is_quick() -> None:
    """Searching a long hostile text with any pattern takes less than the bound."""
    slow, seen = [], set()
    texts = [(unit * LENGTH)[:LENGTH] for unit in {**HOSTILE, **MORE}.values()]
    for name, pattern in patterns():
        if pattern in seen:
            continue
        seen.add(pattern)
        for text in texts:
            started = time.process_time()
            pattern.search(text)
            if time.process_time() - started > BOUND:
                slow.append((name, text[:12]))
    assert len(seen) > 150
    assert not slow


@pytest.mark.parametrize("before", ["", "2024年徐汇区"])
def test_every_question_is_quick(assistant: Assistant, before: str) -> None:
    """A question of hostile text, as long as it may be, is answered in the time of some others."""
    for name, unit in {**HOSTILE, **MORE}.items():
        started = time.process_time()
        assistant.ask((before + unit * 500)[:500], Conversation())
        assert time.process_time() - started < QUESTION_BOUND, name
