"""Which figure answers: the one of the asked unit, kind, year and status, and not its neighbour."""

from collections.abc import Callable
from math import isfinite

import pytest

from bot.assistant import Assistant
from bot.question import Question
from bot.reading import reader
from bot.reading.figures import FEATURES, excluded
from bot.reading.weights import FIT, SURE
from bot.types import AnswerStatus
from bot.units import Kind
from corpus.types import Fact, Status

# Each line: the report, the question, the one figure that answers.
ASKED = (
    ("plain", "2031年地区生产总值是多少", "1.26万亿元"),
    ("plain", "2031年地区生产总值增长多少", "5.3%"),
    ("plain", "2032年地区生产总值目标增长多少", "5.5%左右"),
    ("plain", "2031年发电装机容量多少", "3200万千瓦"),
    ("plain", "新增国家重点实验室几家", "2家"),
    ("plain", "新增省级技术创新中心多少家", "14家"),
    ("plain", "改造老旧小区多少个", "210个"),
    ("plain", "改造老旧小区惠及居民多少户", "6.4万户"),
    ("plain", "财政民生支出占比多少", "82%"),
    ("plain", "2032年城镇新增就业多少人", "9万人以上"),
    ("plain", "2032年实施重大项目多少个", "320个"),
    ("plain", "2032年发放消费券多少钱", "2亿元"),
    ("plain", "2032年新增养老床位几张", "3000张"),
    ("pipes", "2030年一般公共预算收入多少", "18.9亿元"),
    ("pipes", "2030年地区生产总值同比增长多少", "6.2%"),
    ("pipes", "培育家庭农场多少家", "85家"),
    ("pipes", "开通旅游专线多少条", "4条"),
    ("pipes", "2031年力争完工重点项目多少个", "40个"),
    ("traditional", "2029年旅游收入多少", "突破19亿元"),
    ("traditional", "2029年接待游客多少人次", "280万人次"),
    ("traditional", "2030年社区食堂建成多少家", "15家"),
)


@pytest.mark.parametrize(("report", "question", "figure"), ASKED, ids=[question for _, question, _ in ASKED])
def test_the_figure_asked_for_is_given(samples: Assistant, report: str, question: str, figure: str) -> None:
    """The short answer is the very figure, not the one beside it, with its qualifier, in simplified units or not."""
    answer = samples.ask(question, report=report)
    assert answer.status is AnswerStatus.ANSWERED
    given = [short.translate(str.maketrans("萬億餘個張", "万亿余个张")) for short in answer.short]
    assert given == [figure]


MARKS = """# 清江县2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划报告

## 一、2024年国民经济和社会发展计划执行情况

全县地区生产总值连跨2个百亿台阶，2024年达到320.5亿元。人均地区生产总值突破8万关口、达到8.2万元。

云溪镇经济总量突破十亿、达到12.5亿元，松岭镇经济总量迈上20亿台阶。新增“亿元村”4个、总数达到40个。
"""


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2024年地区生产总值达到多少", "320.5亿元"),
        ("人均地区生产总值是多少", "8.2万元"),
        ("云溪镇经济总量是多少", "12.5亿元"),
        ("松岭镇经济总量是多少", "20亿"),
        ("亿元村总数有多少个", "40个"),
        ("今年新添了几个亿元村", "4个"),
        ("新增亿元村多少个", "4个"),
    ],
)
def test_the_amount_comes_before_the_mark_it_passed(
    invented: Callable[[str], Assistant], question: str, figure: str
) -> None:
    """A round mark, an amount for each person or what came new is not given where the amount of all is asked."""
    assert invented(MARKS).ask(question).short == (figure,)


def test_what_a_long_unknown_word_names_is_not_another_thing(invented: Callable[[str], Assistant]) -> None:
    """Where companies of another kind are counted, none of the kind asked for is."""
    assert invented(MARKS + "\n新增进出口实绩企业139家。\n").ask("新增了多少家上市公司").status is AnswerStatus.REFUSED


def test_a_longer_unit_is_not_its_beginning(samples: Assistant) -> None:
    """Electricity is counted in 千瓦时, capacity in 千瓦: one is not given for the other."""
    assert samples.ask("2031年全年发电多少千瓦时", report="plain").short == ("906亿千瓦时",)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("2024年GDP是多少", "3931.2亿元", "4.8%"),
        ("2024年GDP增长多少", "4.8%", "3931.2亿元"),
        ("2024年重大工程开工面积多少", "235万平方米", "230万平方米"),
        ("2024年重大工程竣工面积多少", "230万平方米", "235万平方米"),
        ("2024年加装电梯完工多少台", "333台", "200台"),
        ("2025年加装电梯力争完工多少台", "200台", "333台"),
    ],
)
def test_the_neighbour_is_not_given(assistant: Assistant, question: str, right: str, wrong: str) -> None:
    """Growth is not the level, started is not finished, and this year's is not the next year's."""
    short = assistant.ask(question).short
    assert right in short
    assert wrong not in short


@pytest.mark.parametrize(
    "question",
    ["2031年新增养老床位几张", "2032年粮食总产量多少", "2027年地区生产总值多少", "2031年生产潜水艇多少艘"],
)
def test_no_figure_of_another_year_or_thing_is_given(samples: Assistant, question: str) -> None:
    """A figure that the report does not give for that year is refused."""
    answer = samples.ask(question, report="plain")
    assert (answer.status, answer.short) == (AnswerStatus.REFUSED, ())


@pytest.mark.parametrize("question", ["2024年加装电梯的目标是多少台", "2024年GDP增长目标是多少"])
def test_a_result_is_no_target_of_the_same_year(assistant: Assistant, question: str) -> None:
    """The report gives no targets for the year that it reports on: nothing is given for one."""
    assert assistant.ask(question).status is AnswerStatus.REFUSED


@pytest.mark.parametrize(
    "question",
    ["2024年GDP多少", "2025年加装电梯多少台", "养老床位", "GDP增速排第几", "2024年新增绿地占比", "财政收入"],
)
def test_candidates_are_of_the_asked_year_and_rated(assistant: Assistant, question: str) -> None:
    """Facts of another year are left out unless they name the year, each with a number for every feature."""
    asked, world = assistant.understand(question)
    for one in reader.rated(asked, world):
        assert not asked.years or one.fact.year in asked.years or str(asked.years[0]) in one.passage.text
        assert len(one.features) == len(FEATURES)
        assert all(isfinite(feature) for feature in one.features)
        assert isfinite(one.score)
        assert 0 <= one.sure <= 1


def test_each_feature_has_its_weight() -> None:
    """The learned weights are as many as the features they weigh, the sureness with its constant before them."""
    assert {len(weights) for weights in FIT.values()} == {len(FEATURES)}
    assert {len(weights) for weights in SURE.values()} == {len(FEATURES) + 1}


def fact(unit: str, change: str | None = None) -> Fact:
    """A figure of that unit and kind."""
    return Fact("p/1", "渔港", f"5{unit}", 5, unit, None, 2024, Status.ACTUAL, change, (0, 2), ())


@pytest.mark.parametrize(
    ("question", "figure", "out"),
    [
        ("新建渔港几座", fact("座"), False),
        ("新建渔港几座", fact("处"), False),
        ("新建渔港几座", fact("元"), True),
        ("新建渔港几座", fact("%", "增长"), True),
        ("新建渔港增长多少", fact("%", "增长"), False),
        ("新建渔港增长多少", fact("座"), True),
        ("新建渔港排名第几", fact("位", "排名"), False),
        ("新建渔港几座", fact("位", "排名"), True),
        ("新建渔港花了多少钱", fact("元"), False),
        ("新建渔港花了多少钱", fact("%"), True),
        ("新建渔港", fact("座"), False),
        ("新建渔港", fact("%", "增长"), False),
    ],
)
def test_units_and_kinds_rule_figures_out(assistant: Assistant, question: str, figure: Fact, out: bool) -> None:
    """A figure that cannot be what was asked for is ruled out, however well its words fit."""
    assert excluded(assistant.understand(question)[0], figure) is out


def test_growth_is_asked_of_growth_alone(assistant: Assistant) -> None:
    """Every candidate of a question for growth is a growth or of a unit of growth."""
    asked, world = assistant.understand("社会消费品零售总额增长多少")
    assert isinstance(asked, Question)
    assert asked.kind is Kind.GROWTH
    rated = reader.rated(asked, world)
    assert rated
    assert all(one.fact.change in ("增长", "下降") or one.fact.unit in asked.units for one in rated)
