"""Yes or no: the verdict, its ground, and no verdict where the report does not tell."""

from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from bot.reading import stages
from bot.reading.judging import holds, judge
from bot.reading.reading import Reading
from corpus.figures import find_figures

COUNTY = """# 清江县2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划报告

## 一、2024年国民经济和社会发展计划执行情况

地区生产总值完成320.5亿元，同比增长6.1%，增速位居全省第一。单位能耗同比下降3.4%。旧房加装电梯完工120台。

城北大桥建成通车，滨河图书馆加快建设，东山隧道有序推进建设。南湖学校开工。西门站完成前期腾地工作。

社区食堂实行不限户籍、全县通享。新增体育场地面积超5万平方米。在3个街镇试点推进上门养老服务。PM2.5浓度28微克/立方米。

## 二、2025年国民经济和社会发展计划安排

旧房加装电梯力争完工90台。推进滨河图书馆竣工投用。实现上门养老服务街镇全覆盖。城镇失业率低于5.5%。PM2.5浓度低于30微克/立方米。
"""


@pytest.fixture(scope="module")
def county(invented: Callable[[str], Assistant]) -> Assistant:
    """The assistant over a small report of an invented county."""
    return invented(COUNTY)


def judged(assistant: Assistant, question: str) -> Reading:
    """The verdict on `question`."""
    return judge(*assistant.understand(question))


@pytest.mark.parametrize(
    ("question", "verdict", "figure"),
    [
        ("2024年加装电梯完工是不是200台？", "否", "120台"),
        ("2024年加装电梯超过一百台了吗", "是", "120台"),
        ("电梯加装到一百台了没有", "是", "120台"),
        ("加装电梯有没有一百台", "是", "120台"),
        ("2024年加装电梯超过一百台？", "是", "120台"),
        ("地区生产总值有没有超过400亿元", "否", "320.5亿元"),
        ("2024年地区生产总值增速是否位居全省首位？", "是", "第一"),
        ("新增体育场地面积超过5万平方米了吗？", "是", "超5万平方米"),
        ("2025年城镇失业率目标是低于5%吗？", "否", "低于5.5%"),
        ("单位能耗下降了吗", "是", "3.4%"),
        ("2024年地区生产总值增长了7.5%，对吗", "否", "6.1%"),
        ("2024年地区生产总值增长了6.1%，对吗", "是", "6.1%"),
        ("2024年地区生产总值下降了6.1%，对吗", "否", "6.1%"),
        ("2024年地区生产总值增长了8%吧？", "否", "6.1%"),
        ("2024年地区生产总值是400亿元，增长6.1%，对吗", "否", "320.5亿元"),
        ("2024年地区生产总值是320.5亿元，增长7%，对吗", "否", "6.1%"),
        ("地区生产总值增速是不是全省第一？", "是", "第一"),
        ("2025年加装电梯目标比2024年完成的多吗？", "否", "90台"),
        ("2024年PM2.5浓度达到2025年的目标了吗？", "是", "28微克/立方米"),
    ],
)
def test_a_claim_with_a_figure_is_judged_by_the_figure(
    county: Assistant, question: str, verdict: str, figure: str
) -> None:
    """The verdict opens the answer and the report's own figure follows."""
    reading = judged(county, question)
    assert reading.short[0] == verdict
    assert reading.lead.startswith(verdict)
    assert any(figure in short for short in reading.short[1:])


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("城北大桥通车了吗", "是"),
        ("滨河图书馆造好了吗", "否"),
        ("东山隧道是不是已经通车了", "否"),
        ("南湖学校竣工了没有？", "否"),
        ("西门站建成了吗", "否"),
        ("滨河图书馆明年能投用吗", "是"),
    ],
)
def test_a_thing_under_way_is_not_done(county: Assistant, question: str, verdict: str) -> None:
    """Only what is completed or in use is built; a plan to complete it answers for the year planned."""
    reading = judged(county, question)
    assert reading.short == (verdict,)
    assert reading.pieces


def test_a_trial_in_some_places_is_not_everywhere(county: Assistant) -> None:
    """「在3个街镇试点」 does not bear out 「全部街镇」; 「全覆盖」 does."""
    assert judged(county, "2024年上门养老服务是不是每个街镇都有了？").short[0] == "否"
    assert judged(county, "2025年上门养老服务是不是要覆盖全部街镇？").short[0] == "是"


@pytest.mark.parametrize("question", ["南湖学校是省级示范学校吗", "有没有引进特斯拉？", "房价下降了吗"])
def test_what_the_report_does_not_tell_is_not_judged(county: Assistant, question: str) -> None:
    """No verdict without a place that says it."""
    assert not judged(county, question).answered


@pytest.mark.parametrize(
    ("words", "claim", "value", "qualifier", "wanted"),
    [
        ("超过", "5万平方米", 50000, "超", True),
        ("超过", "60%", 60, "近", False),
        ("", "60%", 60, "近", True),
        ("不到", "60%", 60, "近", True),
        ("低于", "30%", 30, None, False),
        ("不超过", "30%", 30, None, True),
        ("达到", "30%", 30, None, True),
        ("", "31%", 30, None, False),
    ],
)
def test_a_bound_is_compared_with_the_words_of_both(
    words: str, claim: str, value: float, qualifier: str | None, *, wanted: bool
) -> None:
    """What the claim and the report say around the figure decides where the figures are equal."""
    assert holds(words, find_figures(claim)[0], value, qualifier) is wanted


def test_a_bound_that_is_a_target_must_be_the_same_bound() -> None:
    """「目标是低于35」 is not borne out by 「低于30」."""
    assert not holds("低于", find_figures("35%")[0], 30, "低于", stated=True)
    assert holds("低于", find_figures("30%")[0], 30, "低于", stated=True)


def test_the_stage_is_that_of_the_clause_about_the_thing() -> None:
    """Another thing's completion in the same sentence says nothing of this one."""
    assert stages.asked("通车了吗") == stages.IN_USE
    assert stages.asked("什么时候") is None


@pytest.mark.parametrize("question", ["社区食堂收费吗", "南湖学校拆了吗", "加装电梯是不是免费的"])
def test_the_deed_or_the_price_must_be_said(county: Assistant, question: str) -> None:
    """A sentence about the thing that is silent on what is asked of it gives no verdict."""
    assert not judged(county, question).answered


def test_a_fall_to_the_planned_figure_is_told_by_both(county: Assistant) -> None:
    """「明年会减少吗」 is judged by the figures of both years."""
    assert judged(county, "加装电梯的台数明年会减少吗").short == ("是", "90台", "120台")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("银都路隧道还没通车吧", "否"),
        ("漕宝路快速化的腾地收尾还没完成，对吗", "否"),
        ("米哈游总部还没建成，是吗", "是"),
        ("大华医院新址还没有竣工，对吗", "是"),
        ("2025年灯塔书房和2024年新增的数量一样吗", "是"),
        ("2025年认知症床位改建数量和2024年相同吗", "否"),
        ("课后服务参与率有没有到九成五", "是"),
    ],
)
def test_what_is_denied_or_held_equal_is_weighed(assistant: Assistant, question: str, verdict: str) -> None:
    """「还没…吧」 is true of what is not done, what is only planned included; 「一样」 of equal figures."""
    assert assistant.ask(question).short[0] == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("充电端口是不是超两万个了", "是"),
        ("充电端口超三万个了吗", "否"),
        ("离校未就业毕业生帮扶就业率过95%了吗", "是"),
        ("认知症床位改建有没有超过400张", "是"),
        ("高新技术企业累计是不是快800家了", "是"),
        ("社会救助金发了超过5个亿吗", "否"),
        ("生活垃圾回收利用率过半了吗", "否"),
        ("初次信访量降了快一半吗", "是"),
        ("2024年实到外资比去年少了？", "否"),
    ],
)
def test_everyday_bounds_are_weighed(assistant: Assistant, question: str, verdict: str) -> None:
    """超, 过, 快, 过半 and 个亿 are bounds as the report's own; without a year what was done is meant."""
    assert assistant.ask(question).short[:1] == (verdict,)


@pytest.mark.parametrize("question", ["西岸美术馆和卢浮宫合作展览吗", "徐汇和剑桥大学有战略合作吗"])
def test_a_partner_must_be_named(assistant: Assistant, question: str) -> None:
    """That something is done with another is no 是 for who is not named."""
    assert assistant.ask(question).short == ()
