"""A small report, read by hand, and questions about it."""

from datetime import date

import pytest

from corpus.library import ReadReport
from corpus.types import BlockKind, Fact, Passage, Report, Span, Status
from evals.sources import Sources
from evals.types import Question
from tests.evals.gold import QUESTIONS

LINES = (
    ("地区生产总值完成3931.2亿元，增长4.8%。", 2024),
    ("新增绿地12公顷，新建公园3座。", 2024),
    ("漕河泾开发区、徐汇滨江、枫林片区加快建设。", 2024),
    ("地区生产总值预期增长5%左右。", 2025),
    ("新增绿地10公顷。", 2025),
)


@pytest.fixture
def report() -> Report:
    """A report of five lines about two years."""
    text = "\n".join(line for line, _ in LINES)
    return Report("small", "某市某区2024年报告", "徐汇区", date(2024, 12, 25), 2024, 2025, text, "0" * 64)


@pytest.fixture
def passages(report: Report) -> tuple[Passage, ...]:
    """Its lines as passages."""
    return tuple(passage(report, place) for place in range(len(LINES)))


@pytest.fixture
def sources(report: Report, passages: tuple[Passage, ...]) -> Sources:
    """The small report, arranged for judging."""
    return Sources.of([ReadReport(report, (), passages, facts(passages))])


def passage(report: Report, place: int) -> Passage:
    """The line at `place` as a passage."""
    line, year = LINES[place]
    start = report.text.index(line)
    status = Status.ACTUAL if year == 2024 else Status.TARGET
    return Passage(
        id=f"small/{place + 1:04d}",
        report="small",
        ordinal=place,
        kind=BlockKind.ITEM,
        text=line,
        spans=(Span(start, start + len(line)),),
        section=("一、情况" if year == 2024 else "二、目标",),
        table=None,
        row=None,
        cells=(),
        year=year,
        status=status,
    )


def facts(passages: tuple[Passage, ...]) -> tuple[Fact, ...]:
    """The figures of the small report."""
    known = (
        (0, "地区生产总值", "3931.2亿元", 393_120_000_000.0, "元", None),
        (0, "地区生产总值", "4.8%", 4.8, "%", "增长"),
        (1, "新增绿地", "12公顷", 12.0, "公顷", None),
        (1, "新建公园", "3座", 3.0, "座", None),
        (3, "地区生产总值", "5%", 5.0, "%", "增长"),
        (4, "新增绿地", "10公顷", 10.0, "公顷", None),
    )
    return tuple(
        Fact(
            passage=passages[place].id,
            subject=subject,
            text=text,
            value=value,
            unit=unit,
            qualifier=None,
            year=passages[place].year,
            status=passages[place].status,
            change=change,
            local=(passages[place].text.index(text), passages[place].text.index(text) + len(text)),
            spans=(),
        )
        for place, subject, text, value, unit, change in known
    )


@pytest.fixture
def questions() -> tuple[Question, ...]:
    """Eight questions about the small report, the last two one conversation."""
    return QUESTIONS
