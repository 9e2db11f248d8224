"""Comparisons: the right two figures, the sum shown exactly, and no answer where one of them is missing."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.reading import arithmetic
from bot.reading.comparing import compare
from bot.reading.reading import Reading
from bot.reading.sides import Op, operation
from bot.types import Reason

COUNTY = """# 清江县2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划报告

## 一、2024年国民经济和社会发展计划执行情况

地区生产总值完成320.5亿元，同比增长6.1%。粮食总产量完成41.2万吨，同比增长2.3%。森林覆盖率达到62.3%，较上年提高1.8个百分点。

全年新开工道路30条、完工16条。旧房加装电梯完工120台。新增公园绿地12.5公顷。教育支出21亿元、占一般公共预算支出的18%。压减一般公共预算支出1.5亿元。发放消费券3500万元，拨付产业扶持资金1.2亿元。

茶叶产业总产值完成85亿元，竹木产业总产值完成60亿元，旅游产业总产值完成140亿元。新建充电站点50个、充电端口200个。

## 二、2025年国民经济和社会发展计划安排

地区生产总值增长6%。森林覆盖率达到64%。全年新开工道路24条、完工20条。旧房加装电梯力争完工90台。新增公园绿地10公顷。
"""


@pytest.fixture(scope="module")
def county(invented: Callable[[str], Assistant]) -> Assistant:
    """The assistant over a small report of an invented county."""
    return invented(COUNTY)


def compared(assistant: Assistant, question: str) -> Reading | None:
    """What is worked out for `question`."""
    return compare(*assistant.understand(question))


@pytest.mark.parametrize(
    ("question", "shorts"),
    [
        ("2025年加装电梯的目标比2024年完成的少多少台？", ("30台", "90台", "120台")),
        ("明年新开工的道路比今年少几条", ("6条", "24条", "30条")),
        ("新增公园绿地 2024 实际 2025 目标 差额", ("2.5公顷", "12.5公顷", "10公顷")),
        ("2025年森林覆盖率目标较2024年提高多少个百分点？", ("1.7个百分点", "64%", "62.3%")),
        ("与2024年相比，2025年加装电梯少几台？", ("30台", "90台", "120台")),
    ],
)
def test_two_years_of_one_indicator_are_laid_side_by_side(
    county: Assistant, question: str, shorts: tuple[str, ...]
) -> None:
    """The difference stands first, then both operands, each from its own year."""
    reading = compared(county, question)
    assert reading is not None
    assert reading.short == shorts
    assert {piece.passage.year for piece in reading.pieces} == {2024, 2025}


def test_a_share_that_the_report_states_is_not_worked_out(county: Assistant) -> None:
    """The report's own share stands; no other amount is divided by another."""
    assert compared(county, "教育支出占一般公共预算支出的比重是多少？") is None
    assert county.ask("教育支出占一般公共预算支出的比重是多少？").short == ("18%",)


@pytest.mark.parametrize(
    ("question", "shorts"),
    [
        ("2024年道路新开工比完工多几条？", ("14条", "30条", "16条")),
        ("茶叶产业和竹木产业的总产值相差多少？", ("25亿元", "85亿元", "60亿元")),
        ("充电端口是充电站点的几倍？", ("4倍", "200个", "50个")),
        ("茶叶产业、竹木产业、旅游产业总产值合计多少亿元？", ("285亿元", "85亿元", "60亿元", "140亿元")),
        ("产业扶持资金比消费券多多少？", ("0.85亿元", "8500万元")),
    ],
)
def test_two_indicators_of_one_year_are_worked_out(county: Assistant, question: str, shorts: tuple[str, ...]) -> None:
    """The result has the unit and the scale of its operands."""
    reading = compared(county, question)
    assert reading is not None
    assert reading.short[0] in shorts
    assert reading.short[1:] == shorts[1:] or "扶持" in question


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("茶叶产业和旅游产业，哪个总产值更高？", "旅游产业"),
        ("茶叶产业和竹木产业哪个总产值最低", "竹木产业"),
        ("今年新开工的道路多还是明年多？", "2024年"),
    ],
)
def test_the_larger_one_is_named(county: Assistant, question: str, name: str) -> None:
    """The name of the larger (or smaller) thing is the short answer, its own figure the second."""
    reading = compared(county, question)
    assert reading is not None
    assert reading.short[0] == name


def test_the_larger_one_comes_with_by_how_much_where_that_is_asked(county: Assistant) -> None:
    """Name, difference and both figures answer 「谁多，多多少」."""
    reading = compared(county, "茶叶产业和旅游产业谁的总产值高，高多少")
    assert reading is not None
    assert reading.short == ("旅游产业", "55亿元", "140亿元", "85亿元")


def test_several_differences_of_one_question_are_all_worked_out(county: Assistant) -> None:
    """The second difference takes the years of the first."""
    reading = compared(county, "2025年道路新开工比2024年少几条，完工的又多几条？")
    assert reading is not None
    assert {"6条", "4条"} <= set(reading.short)


def test_the_level_before_a_change_is_counted_back(county: Assistant) -> None:
    """「提高1.8个百分点，上年是多少」 is the level less the change."""
    reading = compared(county, "森林覆盖率为62.3%，较上年提高1.8个百分点，据此上年为多少？")
    assert reading is not None
    assert reading.short[0] == "60.5%"
    assert reading.lead == "62.3−1.8=60.5%。"


@pytest.mark.parametrize(
    "question",
    ["2025年加装电梯比2023年多多少台？", "2025年粮食总产量比2024年多多少万吨？", "2025年房价比2024年高多少元？"],
)
def test_a_missing_operand_is_refused(county: Assistant, question: str) -> None:
    """Where the report lacks one of the figures, nothing is worked out."""
    reading = compared(county, question)
    assert reading is not None
    assert not reading.answered


@pytest.mark.parametrize(
    "question",
    ["2024年加装电梯完工多少台？", "粮食总产量同比增长多少？", "西岸传媒港获得了哪项国际大奖？", "占比达到多少？"],
)
def test_a_plain_question_compares_nothing(question: str) -> None:
    """A figure, a growth over the year before and a name are no comparison."""
    assert operation(question) is None


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("A和B相差多少", Op.DIFFERENCE),
        ("A是B的几倍", Op.TIMES),
        ("A占B的百分之几", Op.PART),
        ("A和B加起来多少", Op.TOTAL),
        ("A和B谁更大", Op.LARGER),
        ("目标与实际相比是高还是低", Op.ORDER),
    ],
)
def test_the_operation_is_told_by_its_words(question: str, wanted: Op) -> None:
    """Each operation has words of its own."""
    assert operation(question) is wanted


@given(st.decimals("0.01", "99999", places=2), st.decimals("0.01", "99999", places=2))
def test_a_difference_is_exact(a: Decimal, b: Decimal) -> None:
    """No rounding noise: the difference and the smaller one make the larger one."""
    one, other = (arithmetic.amount(f"{x}亿元", float(x) * 1e8, "元") for x in (a, b))
    result = arithmetic.difference(one, other).result.removesuffix("亿元")
    assert Decimal(result) + min(a, b) == max(a, b)


def test_scales_are_made_one_and_per_cent_become_points() -> None:
    """1.2亿 less 3500万 is 8500万; per cent less per cent are points; a quotient is rounded and says so."""
    assert arithmetic.difference(
        arithmetic.amount("1.2亿元", 1.2e8, "元"), arithmetic.amount("3500万元", 3.5e7, "元")
    ) == arithmetic.Sum("12000−3500=8500万元", "8500万元")
    points = arithmetic.difference(arithmetic.amount("47%", 47, "%"), arithmetic.amount("43%", 43, "%"))
    assert points.result == "4个百分点"
    times = arithmetic.times(arithmetic.amount("20158个", 20158, "个"), arithmetic.amount("5135个", 5135, "个"))
    assert times == arithmetic.Sum("20158÷5135≈3.93倍", "3.93倍")
    assert arithmetic.times(arithmetic.amount("1个", 1, "个"), arithmetic.amount("0个", 0, "个")) is None


def test_the_extreme_of_a_group_is_found_without_its_names(county: Assistant) -> None:
    """「三大产业里谁的总产值最低」 compares the figures whose subjects end in that measure."""
    reading = compared(county, "三大产业里谁的总产值最低？")
    assert reading is not None
    assert reading.short[:2] == ("竹木产业", "60亿元")


def test_what_falls_to_each_is_shown_with_its_sum(county: Assistant) -> None:
    """An average divides a figure by the count that stands beside it, and says both."""
    reading = compared(county, "平均每个充电站点有几个充电端口？")
    assert reading is not None
    assert reading.lead == "200个÷50个=4个。"


def test_equal_sides_are_said_to_be_equal(invented: Callable[[str], Assistant]) -> None:
    """Neither of two equal figures is called the larger."""
    reading = compared(
        invented(COUNTY.replace("竹木产业总产值完成60亿元", "竹木产业总产值完成85亿元")),
        "茶叶产业和竹木产业，总产值哪个高？",
    )
    assert reading is not None
    assert reading.short[0] == "持平"


def test_a_comparison_the_wrong_way_round_is_a_false_premise(county: Assistant) -> None:
    """「少了多少」 of the larger one takes for granted what the report contradicts."""
    reading = compared(county, "2024年旧房加装电梯比2025年的目标少多少台？")
    assert reading is not None
    assert reading.reason is Reason.FALSE_PREMISE


def test_without_a_year_both_figures_are_of_one_year(county: Assistant) -> None:
    """A growth achieved is not laid beside one aimed at."""
    reading = compared(county, "粮食总产量的增幅比地区生产总值的增幅低多少个百分点？")
    assert reading is not None
    assert reading.lead == "6.1−2.3=3.8个百分点。"


def test_a_rise_to_what_is_planned_starts_from_what_was_done(county: Assistant) -> None:
    """By how many points a rate is to rise is worked out of the rates of both years."""
    reading = compared(county, "2025年森林覆盖率要提高几个百分点？")
    assert reading is not None
    assert reading.lead == "64−62.3=1.7个百分点。"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("招聘会明年比今年多办多少场", "160场"),
        ("四大战略产业中哪个增长最快", "人工智能及相关"),
        ("成果转化资源库里的四类资源，数量最少的是哪一类？", "概念验证平台"),
        ("保障性租赁住房筹措和供应相差多少套", "225套（间）"),
    ],
)
def test_what_is_compared_in_other_words_is_worked_out(assistant: Assistant, question: str, first: str) -> None:
    """A verb between 「多」 and 「多少」, things only counted in a row, and a unit in two ways of writing are read."""
    assert assistant.ask(question).short[0] == first


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("商品销售总额和社会消费品零售总额加一块有多少", "9443.5亿元"),
        ("两年的景观道路条数差几条", "1条"),
        ("重点人群签约率比组合内就诊率高多少", "12.7个百分点"),
        ("哪个产业的产出没到千亿", "人工智能及相关产业"),
        ("垃圾分类达标率明年目标比今年高吗", "否"),
        ("培育多少家高质量孵化器，比在建的多吗", "是"),
        ("收到意向成交的金额比上届多了多少", "65%"),
    ],
)
def test_years_and_bounds_that_only_words_name_are_kept_to(assistant: Assistant, question: str, short: str) -> None:
    """「两年」 are both years, 「没到千亿」 is a bound, 「达标率」 no target that is met, 「上届」 the year before."""
    assert assistant.ask(question).short[0] == short


@pytest.mark.parametrize("question", ["上届进博会徐汇成交了多少", "男性和女性再就业人数，哪边多？"])
def test_what_the_report_does_not_tell_apart_is_refused(assistant: Assistant, question: str) -> None:
    """Neither the edition before nor a division that the report does not make gets the figure of the whole."""
    assert assistant.ask(question).short == ()


@pytest.mark.parametrize(
    "question",
    [
        "新建充电站点和充电端口中，较少的是哪一个？",
        "新建充电站点跟充电端口比，谁少？",
        "新建充电站点与充电端口谁少",
        "是新建充电站点少还是充电端口少？",
    ],
)
def test_ways_to_ask_which_is_less(county: Assistant, question: str) -> None:
    """However it is put, the smaller one is named and both figures are given."""
    assert county.ask(question).short == ("新建充电站点", "50个", "200个")


def test_a_name_that_holds_and_is_one(invented: Callable[[str], Assistant]) -> None:
    """「法律与税务机构」 of the report is one thing, not two."""
    report = COUNTY.replace("发放消费券", "引进法律与税务机构38家，新增专精特新企业41家。发放消费券")
    answer = invented(report).ask("2024年引进法律与税务机构和新增专精特新企业哪个多？")
    assert answer.short[1:] == ("41家", "38家")


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("明年新开工道路比今年多还是少，差几条？", ("少", "6条", "24条", "30条")),
        ("加装电梯，2025年计划数较上一年实际数减少了多少台？", ("30台", "90台", "120台")),
        ("2025年地区生产总值的目标增速高过2024年的增速吗？", ("否", "6%", "6.1%")),
    ],
)
def test_plan_and_result_are_laid_side_by_side(county: Assistant, question: str, short: tuple[str, ...]) -> None:
    """More or less, and by how much; the year before a plan is the one reported on; 高过 is 高于."""
    assert county.ask(question).short == short
