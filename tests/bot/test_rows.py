"""Whole rows: a question for all that stands under a row's label gets every item of the asked year, and only those."""

import re

import pytest

from bot.assistant import Assistant
from bot.reading.rows import whole_row
from bot.reading.world import World
from bot.types import AnswerStatus

YEARS = (2024, 2025)


def items(world: World, row: str, year: int) -> list[str]:
    """The passages under a row's label, of one year."""
    return [one.id for one in world.passages if one.row == row and one.year == year]


@pytest.fixture(scope="module")
def world(assistant: Assistant) -> World:
    """The real report."""
    return assistant.understand("地区生产总值")[1]


def test_a_row_is_given_whole_and_of_one_year(assistant: Assistant, world: World) -> None:
    """Every row that a question names is cited item by item, in the report's order, of the asked year alone."""
    rows = sorted({one.row for one in world.passages if one.row and len(one.row) > 3 and not one.cells})
    tried = 0
    for row in rows:
        for year in YEARS:
            question, _ = assistant.understand(f"{year}年{row}有哪些工作")
            reading = whole_row(question, world)
            if reading is not None:
                tried += 1
                assert list(reading.read) == items(world, row, year), row
                assert reading.short == ()
    assert tried > 20


@pytest.mark.parametrize(("year", "row"), [(2024, "养老服务"), (2024, "公园绿地"), (2025, "生态治理")])
def test_a_named_row_is_shown_with_a_mark_for_each_item(
    assistant: Assistant, world: World, year: int, row: str
) -> None:
    """The answer has each item in full with its own citation and the year once."""
    answer = assistant.ask(f"{year}年{row}有哪些举措")
    ids = items(world, row, year)
    assert ids
    assert answer.status is AnswerStatus.ANSWERED
    assert [citation.passage for citation in answer.citations] == ids
    said = re.sub(r"\s", "", answer.text)
    assert all(re.sub(r"\s", "", citation.quote).strip("；。") in said for citation in answer.citations)
    assert answer.text.count(f"{year}年徐汇区") == 1


@pytest.mark.parametrize(
    "question",
    [
        "2024年养老服务新增床位多少张",
        "2024年养老服务建了床位吗",
        "什么时候完成养老服务",
        "2024年养老服务床位比2025年多几张",
    ],
)
def test_a_question_for_one_thing_is_no_whole_row(assistant: Assistant, question: str) -> None:
    """A figure, a date, a verdict or a comparison is not answered with all items of a row."""
    assert whole_row(*assistant.understand(question)) is None


@pytest.mark.parametrize(
    "question", ["2024年养老服务的火星基地有哪些", "2024年量子养老服务有哪些工作", "量子纠缠有哪些工作"]
)
def test_words_that_the_label_lacks_ask_for_something_else(assistant: Assistant, question: str) -> None:
    """A row is given whole only where the question says nothing beyond its label."""
    assert whole_row(*assistant.understand(question)) is None


def test_a_row_of_a_small_report_is_given_whole(samples: Assistant) -> None:
    """The items of a table's cell are the answer in any report, one broken by a page included."""
    answer = samples.ask("2030年乡村振兴有哪些进展", report="pipes")
    assert [one.quote for one in answer.citations] == ["新建高标准农田3.2万亩", "培育家庭农场85家、合作社41家"]


@pytest.mark.parametrize(
    ("question", "short", "value"),
    [
        ("2030年接待游客多少万人次", "466万人次", "2030年466万人次"),
        ("地区生产总值2029年是多少", "252.7亿元", "2029年252.7亿元"),
    ],
)
def test_a_row_of_figures_is_read_by_its_columns(samples: Assistant, question: str, short: str, value: str) -> None:
    """The year of a question chooses the column, and the row is told in words with each column's header."""
    answer = samples.ask(question, report="pipes")
    assert answer.short == (short,)
    assert value in answer.text
    assert "：" in answer.text
