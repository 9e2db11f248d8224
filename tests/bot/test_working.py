"""What a follow-up has worked out of the figures told before, in whatever words it asks, and what it swaps."""

from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from bot.types import AnswerStatus
from tests.bot.talking import talk

COUNTY = """# 青山县2024年国民经济和社会发展计划执行情况与2025年计划草案的报告

——2024年12月20日

## 一、2024年国民经济和社会发展计划执行情况

地区生产总值完成420亿元，增长5.5%。一般公共预算收入完成31亿元，同比增长7.2%。社区食堂新开11家，养老驿站新开7家，口袋公园新建5座。
改造公厕40座。旧房加装电梯完工60台。举办招聘会80场。在建孵化器20家，其中14家投入使用。新能源产业产值90亿元，文旅产业产值70亿元，农产品加工产业产值50亿元。
全年新增3家专精特新企业，高新技术企业新认定21家、累计77家。农博会实现成交额3.2亿元，较上届增长25%。
完成12个小区物业费调价、15个小区维修资金续筹。影视城项目在城北功能区开工。楼宇属地率达62%，较上年提高1.7个百分点。残疾人补贴发放11万人次，实施救助26万人次。
垃圾库房更新94个，投放点改造26处。完成52户非居民用户改造和30户居民用户改造。

## 二、2025年国民经济和社会发展计划安排

一般公共预算收入增长5%。楼宇属地率达到63%。旧房加装电梯力争完工90台。举办招聘会100场。改造公厕30座。
"""


@pytest.fixture(scope="module")
def county(invented: Callable[[str], Assistant]) -> Assistant:
    """The assistant over a small report of an invented county."""
    return invented(COUNTY)


@pytest.mark.parametrize(
    ("follow_up", "short"),
    [
        ("这两年加起来呢", "70座"),
        ("合计", "70座"),
        ("两年一共改多少座", "70座"),
        ("差距大吗", "10座"),
        ("是今年的几成", "75%"),
        ("是今年的一半吗", "是"),
        ("那不是少了很多", "是"),
        ("跟今年实际完成的比呢", "少"),
        ("今年多还是明年多", "2024年"),
        ("少了10座对吗", "10座"),
        ("How many in total?", "70座"),
    ],
)
def test_one_thing_in_two_years_is_worked_with_in_any_words(county: Assistant, follow_up: str, short: str) -> None:
    """Where a follow-up names no sides, the thing spoken of in its two years is meant."""
    assert talk(county, "2024年改造公厕几座？", "明年呢", follow_up).short[0] == short


@pytest.mark.parametrize(
    ("turns", "short"),
    [
        (("2024年社区食堂新开几家？", "养老驿站呢", "食堂多还是驿站多"), "社区食堂"),
        (("2024年社区食堂新开几家？", "养老驿站新开几家", "跟社区食堂比哪个多"), "社区食堂"),
        (("2024年社区食堂新开几家？", "养老驿站比它少几家"), "4家"),
        (("2024年一般公共预算收入的增幅是多少？", "比地区生产总值高多少"), "1.7个百分点"),
        (("2024年社区食堂新开几家？", "养老驿站呢", "后面那个是前面那个的百分之几"), "63.64%"),
        (("2024年一般公共预算收入增长多少？", "地区生产总值涨得比它快吗"), "否"),
        (("2024年地区生产总值增长多少？", "一般公共预算收入的增幅呢", "两者相差多少"), "1.7个百分点"),
        (("2024年地区生产总值增长多少？", "一般公共预算收入呢", "这两个指标哪个增得更快"), "一般公共预算收入"),
        (("2024年地区生产总值是多少？", "那一般公共预算收入的增速是不是更高"), "是"),
        (("2024年在建孵化器多少家？", "投入使用的呢", "投入使用的占在建的百分之几"), "70%"),
    ],
)
def test_two_things_are_worked_with_where_they_are_named_again(
    county: Assistant, turns: tuple[str, ...], short: str
) -> None:
    """A side that was spoken of before is known by a word of it."""
    assert short in talk(county, *turns).short[0]


def test_firms_that_are_only_counted_are_not_named(county: Assistant) -> None:
    """「都是哪些企业」 after a count is refused where the report tells how many there are and not which."""
    assert talk(county, "2024年高新技术企业新认定几家？", "都是哪些企业").status is AnswerStatus.REFUSED


def test_the_same_growth_of_another_year_is_no_gap(county: Assistant) -> None:
    """「今年实际涨了几个点」 after next year's growth asks for this year's."""
    turns = ("2025年一般公共预算收入想涨几个点？", "今年呢，实际涨了几个点")
    assert talk(county, *turns).short[0] == "7.2%"
    assert talk(county, *turns, "那明年比今年低了多少").short[0] == "2.2个百分点"


def test_over_the_last_one_is_the_growth_that_the_report_tells(county: Assistant) -> None:
    """「比上一届多了多少」 asks for no figure of the year before."""
    assert talk(county, "2024年农博会成交额是多少？", "比上一届多了多少").short[0] == "25%"


def test_the_other_extreme_is_of_the_same_things(county: Assistant) -> None:
    """「最小的呢」 after the largest asks among the same ones."""
    turns = ("2024年新能源产业产值是多少？", "文旅产业呢", "农产品加工产业呢", "三个里面哪个最大", "最小的呢")
    assert "农产品加工" in talk(county, *turns).short[0]


def test_a_question_without_a_year_tells_both_and_both_are_compared(county: Assistant) -> None:
    """Where both years' figures were told at once, a comparison lays these two side by side."""
    assert talk(county, "改造公厕多少座？", "明年比今年少几座").short[0] == "10座"


def test_why_is_asked_of_a_gap_and_not_whether(county: Assistant) -> None:
    """「怎么少了这么多」 asks for a reason: the gap is no answer."""
    assert talk(county, "2024年改造公厕几座？", "明年呢", "怎么少了这么多").status is AnswerStatus.REFUSED


@pytest.mark.parametrize(
    ("turns", "short"),
    [
        (("2024年楼宇属地率是多少？", "比上年提高了几个点", "明年目标多少"), "63%"),
        (("2024年残疾人补贴发放多少人次？", "救助呢，一共多少人次"), "26万人次"),
        (("2024年垃圾库房更新多少个？", "投放点改造了多少处"), "26处"),
    ],
)
def test_a_follow_up_keeps_or_leaves_the_thing_as_its_words_say(
    county: Assistant, turns: tuple[str, ...], short: str
) -> None:
    """A growth is of the thing before, 「X呢，…」 goes over to X, and a name that opens with a verb is a name."""
    assert short in talk(county, *turns).short[0]


def test_where_is_not_answered_with_how_many(county: Assistant) -> None:
    """「它们分别在哪里」 after a count is refused where no place is told."""
    assert talk(county, "2024年社区食堂新开几家？", "它们分别在哪里").status is AnswerStatus.REFUSED


def test_the_asker_need_not_say_it_as_the_report_does(county: Assistant) -> None:
    """A follow-up is read in the words that answered the turn before where its own find nothing."""
    assert talk(county, "2024年旧房加装垫梯完工多少台？", "明年完工多少台").short[0] == "90台"


@pytest.mark.parametrize(
    ("turns", "understood"),
    [
        (("2024年社区食堂新开几家？", "养老驿站呢", "口袋公园呢"), "2024年口袋公园新开多少？"),
        (("2024年有几个小区物业费调价？", "维修资金续筹的呢"), "2024年维修资金续筹几个？"),
        (("2024年非居民用户改造几户？", "居民的呢"), "2024年居民用户改造几户？"),
        (("2024年影视城项目开工了没？", "这个项目在哪个功能区"), "2024年影视城项目在哪个功能区？"),
    ],
)
def test_what_the_turn_before_put_in_is_what_the_next_takes_the_place_of(
    county: Assistant, turns: tuple[str, ...], understood: str
) -> None:
    """A follow-up swaps the word that stands for the thing, and keeps what is asked of it."""
    assert talk(county, *turns).understood == understood
