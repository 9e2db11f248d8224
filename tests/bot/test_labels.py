"""The labels of a table's rows: which row or table has something, which rows a table has."""

import re

import pytest

from bot.assistant import Assistant
from bot.reading.world import World
from bot.types import AnswerStatus
from corpus.types import Passage


@pytest.fixture(scope="module")
def world(assistant: Assistant) -> World:
    """The real report."""
    return assistant.understand("地区生产总值")[1]


def number_of(passage: Passage) -> str:
    """The number of the table that a passage stands in."""
    found = re.match(r"表\s*(\d+)", passage.table or "")
    return found.group(1) if found else ""


def items(world: World) -> list[Passage]:
    """The items of tables with labelled rows."""
    return [one for one in world.passages if one.row and number_of(one) and not one.cells]


def test_an_item_is_found_under_its_row(assistant: Assistant, world: World) -> None:
    """Asked under which heading of a table an item stands, most items' own row is told, with the item cited."""
    right = tried = 0
    for one in items(world)[::4]:
        opening = re.split("[，,；;]", one.text)[0]
        answer = assistant.ask(f"{opening}写在表{number_of(one)}的哪个领域？")
        tried += 1
        right += answer.short == (one.row,) and one.text in answer.citations[0].quote
    assert tried > 40
    assert right >= 0.9 * tried


def test_all_rows_of_a_table_are_named(assistant: Assistant, world: World) -> None:
    """Asked what a table is divided into, the label of each of its rows is told once, in the table's order."""
    tables: dict[str, list[str]] = {}
    for one in items(world):
        tables.setdefault(number_of(one), []).append(one.row or "")
    several = {number: list(dict.fromkeys(rows)) for number, rows in tables.items() if len(set(rows)) > 1}
    assert len(several) > 8
    for number, rows in several.items():
        answer = assistant.ask(f"表{number}分成哪几个领域？")
        assert list(answer.short) == rows, number


@pytest.mark.parametrize("question", ["表3分成哪几个量子领域？", "火星基地写在表4的哪个领域？"])
def test_what_a_table_does_not_have_is_not_placed_in_it(assistant: Assistant, question: str) -> None:
    """Neither a thing that a table lacks nor a division that it has not is told."""
    answer = assistant.ask(question)
    assert answer.status is AnswerStatus.REFUSED or "功能区" not in "".join(answer.short)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("表9中属性为预期性的指标共有几项？", "10项"),
        ("表9里用百分比表示的目标有几个", "4个"),
        ("表9有几项指标的单位是万平方米", "3项"),
        ("讲科技创新推进情况的那张表有几个领域", "3个"),
    ],
)
def test_rows_are_counted_and_named(assistant: Assistant, question: str, count: str) -> None:
    """How many rows of a table are of a kind is told with the label of each, however the table is spoken of."""
    answer = assistant.ask(question)
    assert answer.short[0] == count
    assert len(answer.short) - 1 == int(count[:-1])


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("表9第三行是什么指标", "固定资产投资总额增长"),
        ("列了2025年主要经济社会发展目标的那张表，最后一行是什么", "国考、市考断面优于Ⅲ类（含Ⅲ类）水体比例"),
    ],
)
def test_a_row_is_named_by_its_place(assistant: Assistant, question: str, row: str) -> None:
    """A row is found by its number in words, and the last one by being the last."""
    assert assistant.ask(question).short[0] == row


def test_a_table_that_is_named_holds_the_answer(assistant: Assistant) -> None:
    """Of two tables that speak of the same things the named one answers."""
    for number in ("3", "13"):
        answer = assistant.ask(f"表{number} 华泾门户功能区 竣工项目")
        assert {re.sub(r"\s", "", one.table or "")[:2] for one in answer.citations} == {f"表{number}"[:2]}
