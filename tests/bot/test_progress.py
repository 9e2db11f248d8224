"""How far a thing has come, what it was awarded and for whom it is: told by the words that say it."""

import re

import pytest

from bot.assistant import Assistant
from bot.types import Reason
from corpus.types import Report

_DONE = re.compile(
    r"(?:^|[，；。])(?P<name>[\u3400-\u9fffA-Z“”]{5,16}?)(?P<state>完成(?!\d)[\u3400-\u9fff]{3,14}|启用[\u3400-\u9fff]*|开工建设|竣工投用)"
)
_AWARDED = re.compile(r"(?:^|[，；。])(?P<name>[^，；。、]{4,20}?)(?:获评|荣获|入选|被评为)(?P<award>[^，；。]{4,30})")
_FOR = re.compile(r"(?:推进|发布)(?P<whom>[\u3400-\u9fff]{4,8}(?:群体|单位))(?P<name>“[\u3400-\u9fff]{3,8}”)")
_MOST = 0.85  # one whose name is a part of others, or is cut unluckily here, is told with them


def _found(pattern: re.Pattern[str], assistant: Assistant, report: Report) -> list[tuple[str, str]]:
    passages = assistant.worlds[report.name].passages
    every = [match for passage in passages if passage.year == 2024 for match in pattern.finditer(passage.text)]
    return list({match[1]: (match[1], match[2]) for match in every}.values())


def _untold(assistant: Assistant, asked: str, told: list[tuple[str, str]]) -> list[str]:
    bare = str.maketrans("", "", "“”")
    return [
        name
        for name, what in told
        if not any(what.translate(bare) in short.translate(bare) for short in assistant.ask(asked.format(name)).short)
    ]


@pytest.mark.parametrize(
    "asked",
    ["{}进展如何？", "{}目前到什么程度了", "{}现在推进到哪儿了", "{}的最新进展", "{} 进展", "{}进行到哪个阶段了？"],
)
def test_how_far_a_thing_has_come_is_told(assistant: Assistant, report: Report, asked: str) -> None:
    """The short answer has the state that the report tells, not only the thing's name."""
    told = _found(_DONE, assistant, report)
    untold = _untold(assistant, asked, told)
    assert len(told) > 5
    assert len(untold) <= (1 - _MOST) * len(told), untold


@pytest.mark.parametrize(
    "asked", ["{}获评什么？", "{}得了什么荣誉", "{}被评为什么", "{}拿了啥奖", "{}入选了什么名单？", "{}获得哪项认定？"]
)
def test_what_a_thing_was_awarded_is_told(assistant: Assistant, report: Report, asked: str) -> None:
    """The short answer is the award, not who got it nor another award."""
    told = _found(_AWARDED, assistant, report)
    untold = _untold(assistant, asked, told)
    assert len(told) > 5
    assert len(untold) <= (1 - _MOST) * len(told), untold


@pytest.mark.parametrize("asked", ["{}是针对什么对象的？", "{}是针对谁推出的", "{}是为谁服务的", "{}面向哪些人群？"])
def test_for_whom_a_thing_is_is_told(assistant: Assistant, report: Report, asked: str) -> None:
    """Who stands right before a thing's name is whom it is for."""
    told = [(name, whom) for whom, name in _found(_FOR, assistant, report)]
    assert told
    assert _untold(assistant, asked, told) == []


@pytest.mark.parametrize("asked", ["{}要打造成什么？", "{}要建成什么样的地方", "{}打造成为啥"])
def test_what_a_thing_is_to_become_is_told(assistant: Assistant, asked: str) -> None:
    """What follows 打造 is told, not the thing itself nor who does it."""
    answer = assistant.ask(asked.format("漕宝路科创轴带"))
    assert answer.short == ("综合型国际创新社区",)


@pytest.mark.parametrize(
    "asked",
    [
        "西岸国际会展中心的承建单位是谁",
        "灯塔书房的运营方是谁？",
        "大华医院新址 建设单位 是谁",
        "模速空间的投资方是哪家",
    ],
)
def test_no_body_is_told_that_the_report_does_not_name(assistant: Assistant, asked: str) -> None:
    """Who builds, runs or pays is told only where the report says so."""
    assert assistant.ask(asked).reason is Reason.MISSING_FIGURE


@pytest.mark.parametrize("asked", ["今年拆掉的违法建筑有多大", "今年拆掉的违章房子有多大一片"])
def test_how_large_what_is_counted_is_asks_for_its_area(assistant: Assistant, asked: str) -> None:
    """Of a number of things and their area beside it the area is told."""
    assert assistant.ask(asked).short == ("10.6万平方米",)
