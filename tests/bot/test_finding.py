"""Everyday ways of asking: circumstances told in the asker's own words, durations, ranks, shares and stretches."""

from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from bot.types import AnswerStatus, Reason

COUNTY = """# 清江县2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划报告

## 一、2024年国民经济和社会发展计划执行情况

商品销售总额完成318亿元，同比增长6.5%，增幅位居全省第二。街镇热线工单量同比下降4%、初次信访量同比下降12%。

开放共享县体育公园、妇幼保健所2处单位附属绿地。东风路危旧房改造项目实现一年建成回搬。

滨河路（青山桥-白沙码头）拓宽工程完工，完成5个地块征收，征收面积约占全省总量的30%。

建设者之家新增80张床位，全年道路新开工30条、完工16条。融资担保帮助超700户次企业获得贷款。县医院搬迁至南部医疗中心运行。职业学校获得全省教学成果一等奖，新增专业3个。

## 二、2025年国民经济和社会发展计划安排

推动学校、医院建设。
"""


@pytest.fixture(scope="module")
def county(invented: Callable[[str], Assistant]) -> Assistant:
    """The assistant over a small report of an invented county."""
    return invented(COUNTY)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("有哪几家单位把自家院子的绿地敞开给大家逛", ["县体育公园", "妇幼保健所"]),
        ("东风路的危旧房改造，花了多久就回搬了", ["一年"]),
        ("滨河路拓宽工程的起讫路段为何？", ["青山桥-白沙码头"]),
        ("征收面积占整个全省多大一块", ["30%"]),
        ("建设者之家今年多了几张铺", ["80张"]),
        ("商品销售总额增幅在全省排老几", ["全省第二"]),
        ("职业学校获得何种奖项，新增专业多少个？", ["全省教学成果一等奖", "3个"]),
        ("融资担保帮了多少户企业", ["超700户次"]),
        ("热线工单少了百分之几，初次信访又少了多少？", ["4%", "12%"]),
    ],
)
def test_ways_of_asking_that_are_not_the_reports(county: Assistant, question: str, short: list[str]) -> None:
    """A circumstance in unknown words, a duration, a rank, a share or a stretch is read from everyday words."""
    answer = county.ask(question)
    assert (answer.status, list(answer.short)) == (AnswerStatus.ANSWERED, short)


@pytest.mark.parametrize(
    "question",
    ["绿地里的门票收了多少张", "建设者之家一张床位的押金是多少", "体育公园请了多少个保安", "单位食堂有几家米其林"],
)
def test_what_is_asked_for_is_no_circumstance(county: Assistant, question: str) -> None:
    """Where the unknown word names what is asked for, nothing answers."""
    assert county.ask(question).status is AnswerStatus.REFUSED


def test_the_contrary_direction_is_no_yes(county: Assistant) -> None:
    """A name that differs by the opposite direction is another name."""
    assert county.ask("县医院搬到北部医疗中心了吗").short[0] == "否"


@pytest.mark.parametrize("question", ["建设者之家少了80张床位，都去哪了？", "修好的30条路都在哪儿？"])
def test_what_came_anew_is_no_loss_and_another_deeds_number_no_own(county: Assistant, question: str) -> None:
    """What the report counts as new did not become less, and the number of one deed is not that of another."""
    assert county.ask(question).reason is Reason.FALSE_PREMISE
