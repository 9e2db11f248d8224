"""Whole questions put at once: each is read as it would be alone, whatever stands between them."""

import pytest

from bot.assistant import Assistant
from bot.types import AnswerStatus

ALONE = [
    "旧住房综合修缮全年完工多少",
    "轨交23号线哪一车站确定“最美车站”设计方案",
    "2025年新增城市绿道多少公里",
    "四大产业里谁的总产出最高",
    "表9第9项指标的目标值是多少",
]
JOINTS = ["？", "；", "，另外", "，还有", "，以及", "，顺便问一下", "？另外再请问一下", "，同时"]


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize("at", range(len(ALONE) - 1))
def test_each_is_answered_as_alone(assistant: Assistant, joint: str, at: int) -> None:
    """Two questions that each say what they are about get the short answers that they get alone, in order."""
    first, second = ALONE[at], ALONE[at + 1]
    alone = [assistant.ask(one) for one in (first, second)]
    assert all(one.status is AnswerStatus.ANSWERED for one in alone)
    together = assistant.ask(f"{first}{joint}{second}？")
    assert together.short == tuple(dict.fromkeys(short for one in alone for short in one.short))
    cited = {passage.passage for one in alone for passage in one.citations}
    assert {passage.passage for passage in together.citations} == cited


@pytest.mark.parametrize(
    "question",
    [
        "两个问题：一是拆除违法建筑多少处，二是新增口袋公园几座？",
        "1、拆除违法建筑多少处？2、新增口袋公园几座？",
        "违法建筑 拆除 处数；口袋公园 新增 座数",
        "想问两件事：拆除违法建筑多少处？还有就是新增口袋公园几座？",
    ],
)
def test_numbers_and_openings_ask_nothing(assistant: Assistant, question: str) -> None:
    """「一是…二是」, 「1、2、」 and what leads to the questions are no part of them."""
    assert assistant.ask(question).short == ("649处", "6座")


def test_what_goes_on_about_the_first_is_read_with_it(assistant: Assistant) -> None:
    """A part that does not say itself what it is about is no question of its own."""
    answer = assistant.ask("拆除违法建筑多少处？总面积多少？")
    assert answer.short == ("649处", "10.6万平方米")
    assert len(answer.citations) == 1


def test_one_without_an_answer_is_not_passed_over(assistant: Assistant) -> None:
    """Where the report answers only one of two, the other is not silently left out of an answer."""
    assert assistant.ask("2024年徐汇区GDP是多少？另外常住人口出生率是多少？").status is AnswerStatus.REFUSED


def test_a_measure_before_a_link_is_asked_for(assistant: Assistant) -> None:
    """「区级税收收入规模，以及…」 asks for the amount; what only a comma parts from a comparison does not."""
    both = assistant.ask("请告知2024年区级税收收入规模，以及2024年新增口袋公园几座。")
    assert both.short == ("268.57亿元", "6座")
    gap = assistant.ask("2024年进博会成交额较上届的增幅，高于实到外资增幅多少个百分点？")
    assert gap.short[:1] == ("45.2个百分点",)
