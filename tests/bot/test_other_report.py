"""A report of another place as plain text: figures told in a row, above a wider whole, by the month."""

from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from bot.types import AnswerStatus, Reason

_REPORT = """2025年清江省政府工作报告

2025年1月14日在清江省第十四届人民代表大会第三次会议上省长作政府工作报告。

一、2024年工作回顾

规上工业增加值增长7.3%，高于全国1.5个百分点。园区工业增加值、税收增速分别高于全省2.2个和3.7个百分点。
城乡居民人均可支配收入分别增长4.3%、6.1%。新清港货物和集装箱吞吐量分别增长4%、11.3%。
新结对国际友好城市4对、总数达110对。新能源汽车产量近100万辆，智慧供热覆盖面积2.5亿平方米。
出台促进房地产市场止跌回稳22条举措。发放住房租赁补贴1.76万户，融资平台压降94户、下降35.9%。
开工改造老旧小区、灾后农房36.9万户。优良天数同比增加36天。特色农牧业产值占农业总产值超过88%。

二、2025年重点工作

粮食播种面积稳定在7140万亩以上。粮食产量616亿斤左右。新建新能源汽车公共充电桩2万个以上。
①散居和集中养育孤儿补贴标准提高到不低于1200元/月和1700元/月。每千人口托位数达4.5个。
"""


@pytest.fixture(scope="module")
def assistant(invented: Callable[[str], Assistant]) -> Assistant:
    """The assistant over the invented report."""
    return invented(_REPORT)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2024年规上工业增加值增速高于全国多少个百分点？", ("1.5个百分点",)),
        ("园区工业增加值增速比全省高多少", ("2.2个",)),
        ("去年优良天数比上年增加多少天？", ("36天",)),
        ("特色农牧业产值占农业总产值多少？", ("超过88%",)),
    ],
)
def test_a_gap_that_the_report_tells_is_not_worked_out(
    assistant: Assistant, question: str, short: tuple[str, ...]
) -> None:
    """What stands above a wider whole, or above the year before, is given as told."""
    assert assistant.ask(question).short == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("去年城乡居民收入增长多少？", ("4.3%", "6.1%")),
        ("去年农村居民收入增长多少？", ("6.1%",)),
        ("新清港去年集装箱吞吐量增长多少？", ("11.3%",)),
        ("2025年孤儿补贴标准是多少", ("不低于1200元/月", "1700元/月")),
        ("国际友好城市总数是多少", ("110对",)),
    ],
)
def test_of_figures_told_in_turn_the_one_of_what_is_named(
    assistant: Assistant, question: str, short: tuple[str, ...]
) -> None:
    """Each of several figures has its own name; one thing's figures are given together."""
    assert assistant.ask(question).short == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2025年粮食产量多少亿斤？", "616亿斤左右"),
        ("今年准备收多少粮食", "616亿斤左右"),
        ("2024年新能源汽车产量多少万辆？", "近100万辆"),
        ("智慧供热覆盖面积是多少", "2.5亿平方米"),
        ("发放住房租赁补贴多少万户？", "1.76万户"),
        ("融资平台压降多少户？", "94户"),
        ("今年每千人口托位数要达到多少个？", "4.5个"),
    ],
)
def test_the_unit_that_is_asked_for_decides(assistant: Assistant, question: str, short: str) -> None:
    """亿 before another unit is no money, a subsidy can be counted in households, a fall in firms."""
    assert assistant.ask(question).short == (short,)


@pytest.mark.parametrize(
    "question", ["去年出台促进房地产市场止跌回稳多少条举措？", "开工改造老旧小区、灾后农房多少户？"]
)
def test_no_claim_is_seen_in_names(assistant: Assistant, question: str) -> None:
    """「止跌」 speaks of no fall and 「灾后」 of nothing finished."""
    assert assistant.ask(question).status is AnswerStatus.ANSWERED


def test_a_verb_alone_is_no_answer(assistant: Assistant) -> None:
    """「新建几座图书馆」 is not answered by what else is to be built."""
    answer = assistant.ask("今年打算新建几座图书馆？")
    assert (answer.status, answer.reason) == (AnswerStatus.REFUSED, Reason.MISSING_FIGURE)


def test_the_number_of_an_item_is_left_off(assistant: Assistant) -> None:
    """An answer does not begin with the ① of a running list."""
    assert "①" not in assistant.ask("2025年孤儿补贴标准是多少").text
