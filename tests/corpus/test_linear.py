"""Hostile text costs no more than its length: every public function on 100,000 characters."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.facts import facts_of
from corpus.figures import find_dates, find_figures
from corpus.library import read_report
from corpus.markup import plain
from corpus.numerals import chinese_number
from corpus.passages import make_passages
from corpus.reader import read_blocks, title_of
from corpus.types import BlockKind, Passage, Report, Span, Status

LENGTH = 100_000
BOUND = 20.0  # seconds; a busy machine takes a few, a quadratic rule takes minutes

HOSTILE = {
    "digits": "1",
    "spaces": " ",
    "spaced digits": "1 ",
    "digit after spaces": " " * 99_999 + "1",
    "thousands": "1,111",
    "numerals": "一",
    "zeros": "零",
    "figures": "5个",
    "figures and nouns": "5个新增项目",
    "list": "甲5个、",
    "list without figures": "、",
    "clauses": "新增5个，",
    "shares": "约占",
    "growth": "增长",
    "comparisons": "比上",
    "tails": "达到",
    "leads": "累计",
    "totals": "共计5张床，",
    "totals in turn": "分别完成1元、",
    "years": "2024年",
    "ranges": "1-",
    "fractions": "一分之",
    "ranks": "第一",
    "quotes": "“",
    "tags": "<a",
    "open tag": "<" + "a" * 99_999,
    "bold": "**甲",
    "bold run-ins": "**甲。**",
    "stars": "*",
    "bars": "|",
    "dashes": "-",
    "rules": "|-",
    "hashes": "#",
    "broken rows": "\tx\n",
    "broken data rows": "\tx\ty\n",
    "broken pipe rows": "| | x | y |\n",
    "bullets": "➤",
    "list tags": "<li>甲",
    "lines": "甲\n",
    "blank lines": "甲\n\n",
    "headings": "一、甲\n",
    "captions": "图1 甲\n",
    "sentences": "甲。",
    "semicolons": "甲；",
    "sums": "近亿",
    "traditional": "億個增長",
}


def fill(unit: str) -> str:
    """`unit` repeated to the length of the test."""
    return (unit * (LENGTH // len(unit) + 1))[:LENGTH]


def passage_of(text: str) -> Passage:
    """One passage that holds all of `text`."""
    spans = (Span(0, len(text)),)
    return Passage("r/1", "r", 0, BlockKind.ITEM, text, spans, (), None, None, (), 2024, Status.ACTUAL)


def passages_of(text: str) -> None:
    """Read `text` as a report into passages."""
    make_passages(Report("r", "r", "", None, 2024, 2025, text, ""), read_blocks(text))


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "find_figures": find_figures,
    "find_dates": find_dates,
    "facts_of": lambda text: facts_of(passage_of(text), text),
    "passages": passages_of,
    "chinese_number": chinese_number,
    "plain": plain,
    "title_of": title_of,
}


# What a function can stumble over: figures and what leads to them, and for the reader marks and lines.
LAYOUT = tuple(HOSTILE)[tuple(HOSTILE).index("quotes") : tuple(HOSTILE).index("sums")]
TOLD = ("figures", "list", "clauses", "shares", "growth", "comparisons", "tails", "totals", "totals in turn")


def applies(name: str, text: str) -> bool:
    """Whether the hostile text is of the kind that the function looks at."""
    if name == "facts_of":
        return text in TOLD
    return text in LAYOUT if name == "passages" else name != "find_figures" or text not in LAYOUT


CASES = [(name, text) for name in FUNCTIONS for text in HOSTILE if applies(name, text)]


@pytest.mark.parametrize(("name", "text"), CASES)
def test_linear(name: str, text: str) -> None:
    """No text makes a function slow."""
    hostile = fill(HOSTILE[text])
    started = time.perf_counter()
    FUNCTIONS[name](hostile)
    assert time.perf_counter() - started < BOUND


def test_a_hostile_file_is_read(tmp_path: Path) -> None:
    """A whole report of hostile lines is read, its title and date sought included."""
    path = tmp_path / "a.md"
    path.write_text("\n".join(fill(unit)[:2_000] for unit in HOSTILE.values()) + "\n正文。\n", encoding="utf-8")
    started = time.perf_counter()
    read_report(path)
    assert time.perf_counter() - started < BOUND
