"""The place that holds a report's own comes from the report's title, and from nowhere else."""

import dataclasses

import pytest

from bot.assistant import Assistant
from bot.question import parse
from bot.reading.world import World
from bot.units import Kind
from bot.wider import as_whole, holding, stem


@pytest.fixture
def world(assistant: Assistant) -> World:
    """The report of a district of 上海市."""
    return next(iter(assistant.worlds.values()))


@pytest.fixture
def changed(world: World) -> World:
    """A report of a county in another province."""
    report = dataclasses.replace(world.report, title="江苏省清江县2024年国民经济和社会发展计划报告", place="清江县")
    return dataclasses.replace(world, report=report)


def test_the_title_says_what_holds_the_place(world: World, changed: World) -> None:
    """The names before the report's own place, each with and without its level."""
    assert set(holding(world.report)) == {"上海市", "上海"}
    assert "江苏" in holding(changed.report)
    assert "上海" not in holding(changed.report)


def test_a_rank_in_the_holding_place_is_one_among_the_whole(world: World, changed: World) -> None:
    """The name stands for 全市 or 全省 where something is ranked in it, and stays in names."""
    assert as_whole("增幅在上海排第几", world.report) == "增幅在全市排第几"
    assert as_whole("上海创智学院有几所", world.report) == "上海创智学院有几所"
    assert as_whole("增幅在江苏排第几", changed.report) == "增幅在全省排第几"
    assert as_whole("增幅在上海排第几", changed.report) == "增幅在上海排第几"


def test_a_rank_is_asked_by_the_name_of_the_holding_place(changed: World) -> None:
    """「江苏第几」 asks for a rank in a report of Jiangsu."""
    assert parse("地区生产总值江苏第几", changed.report, changed.vocabulary).kind is Kind.RANK


def test_a_name_keeps_two_characters() -> None:
    """A level is no part of a name, unless nothing but one character would be left."""
    assert (stem("徐汇区"), stem("江苏省"), stem("沙市")) == ("徐汇", "江苏", "沙市")
