"""Rows named in the table's own words: each of their cells can be asked for, and their values compared."""

from collections.abc import Callable

import pytest

from bot.assistant import Assistant

COUNTY = """# 清江县2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划报告

## 一、2024年国民经济和社会发展计划执行情况

地区生产总值完成320.5亿元，同比增长6.1%。森林覆盖率达到62.3%。

## 二、2025年国民经济和社会发展的主要目标

表3 2025年清江县主要经济社会发展目标

序号	指标	属性	2025年目标
1	地区生产总值增长	预期性	6%
2	森林覆盖率	约束性	64%
3	断面优于Ⅲ类水体比例	约束性	95%
4	道路、桥梁开工面积	预期性	210万平方米
5	厂房竣工面积	预期性	100万平方米
"""
ROWS = [
    ("1", "地区生产总值增长", "预期性", "6%"),
    ("2", "森林覆盖率", "约束性", "64%"),
    ("3", "断面优于Ⅲ类水体比例", "约束性", "95%"),
    ("4", "道路、桥梁开工面积", "预期性", "210万平方米"),
    ("5", "厂房竣工面积", "预期性", "100万平方米"),
]


@pytest.fixture(scope="module")
def county(invented: Callable[[str], Assistant]) -> Assistant:
    """The assistant over a small report of an invented county."""
    return invented(COUNTY)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_cell_of_a_row_can_be_asked_for(county: Assistant, row: tuple[str, str, str, str]) -> None:
    """The row's number, its kind and its value, and the two together."""
    number, name, kind, value = row
    assert county.ask(f"{name}在表3里排第几项？").short == (number,)
    assert county.ask(f"{name}的序号是多少").short == (number,)
    assert county.ask(f"{name}是约束性指标还是预期性指标？").short == (kind,)
    assert county.ask(f"{name}属于什么性质的指标").short == (kind,)
    assert county.ask(f"表3里{name}那一栏填的什么").short == (value,)
    assert county.ask(f"表3中{name}的属性和2025年目标值分别是什么？").short == (kind, value)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2025年道路、桥梁开工面积和厂房竣工面积的目标相差多少？", ("110万平方米", "210万平方米", "100万平方米")),
        ("表3中厂房竣工面积和道路、桥梁开工面积哪个目标大", ("道路、桥梁开工面积", "210万平方米", "100万平方米")),
        ("2025年森林覆盖率目标和断面优于Ⅲ类水体比例目标分别是多少", ("64%", "95%")),
    ],
)
def test_rows_are_laid_side_by_side(county: Assistant, question: str, short: tuple[str, ...]) -> None:
    """Two rows that are named whole are compared by their own values, whatever signs their names hold."""
    assert county.ask(question).short == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("约束性指标有哪几项？", ("森林覆盖率", "断面优于Ⅲ类水体比例")),
        ("列出表3的全部指标", tuple(row[1] for row in ROWS)),
        ("2025年主要经济社会发展目标有哪些指标", tuple(row[1] for row in ROWS)),
    ],
)
def test_the_rows_of_a_kind(county: Assistant, question: str, short: tuple[str, ...]) -> None:
    """The table is found by its caption or by the kinds of its rows, without its number."""
    assert county.ask(question).short == short


def test_another_year_is_not_the_table_s(county: Assistant) -> None:
    """A row of the plan does not answer for the year reported on."""
    assert county.ask("2024年森林覆盖率达到多少").short == ("62.3%",)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("表3第4项和第5项哪个目标大", ("道路、桥梁开工面积", "210万平方米", "100万平方米")),
        ("表3第3项比第2项高多少", ("31个百分点", "95%", "64%")),
        ("表3第3项与第1项的目标值分别是多少？", ("95%", "6%")),
        ("表3中序号为二的指标是什么，目标多少", ("森林覆盖率", "64%")),
    ],
)
def test_rows_named_by_their_numbers(county: Assistant, question: str, short: tuple[str, ...]) -> None:
    """Several rows may be named by number, in digits or in words, each read or laid beside the other."""
    assert county.ask(question).short == short


def test_what_is_quoted_is_meant_to_the_word(assistant: Assistant) -> None:
    """A question that quotes words of the report is answered where these words stand."""
    answer = assistant.ask("推动人工智能的那个“主引擎”是什么")
    assert "“主引擎”" in answer.citations[0].quote
