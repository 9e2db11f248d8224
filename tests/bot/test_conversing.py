"""Conversations held with the assistant: what later turns ask of the figures that were answered before."""

from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from bot.facts.table import FactTable
from bot.facts.types import Pair
from bot.settings import Settings
from bot.types import AnswerStatus, Reason
from tests.bot.talking import talk

COUNTY = """# 青山县2024年国民经济和社会发展计划执行情况与2025年计划草案的报告

——2024年12月20日

## 一、2024年国民经济和社会发展计划执行情况

地区生产总值完成420亿元，增长5.5%。一般公共预算收入完成31亿元，同比增长7.2%。社区食堂新开11家，养老驿站新开7家。
在建孵化器19家，其中14家投入使用。新建公园6座，改造公厕40座。旧房加装电梯完工60台。举办招聘会80场，参与企业900家。
河东路、滨河路开工建设，青石路推进立项工作。

## 二、2025年国民经济和社会发展计划安排

地区生产总值增长6%。旧房加装电梯力争完工90台。举办招聘会100场。改造公厕33座。
"""


@pytest.fixture(scope="module")
def county(invented: Callable[[str], Assistant]) -> Assistant:
    """The assistant over a small report of an invented county."""
    return invented(COUNTY)


@pytest.mark.parametrize(
    ("turns", "short"),
    [
        (("2024年社区食堂新开几家？", "养老驿站呢", "这两样加起来一共多少家"), "18家"),
        (("2024年社区食堂新开几家？", "养老驿站呢", "差多少"), "4家"),
        (("2024年在建孵化器多少家？", "其中投入使用的呢", "占比多大"), "73.68%"),
        (("2024年在建孵化器多少家？", "投入使用的呢", "还有几家没投入使用"), "5家"),
        (("2024年旧房加装电梯完工多少台？", "明年呢", "比今年多几台"), "30台"),
        (("2024年旧房加装电梯完工多少台？", "比明年的目标少吗", "少几台"), "30台"),
        (("2024年地区生产总值增长多少？", "一般公共预算收入呢", "哪个增长更快", "快几个百分点"), "1.7个百分点"),
    ],
)
def test_what_was_answered_is_what_is_worked_with(county: Assistant, turns: tuple[str, ...], short: str) -> None:
    """Sums, gaps and shares over earlier turns are made of the figures that those turns were answered with."""
    assert talk(county, *turns).short[0] == short


def test_how_fast_two_things_grew_is_compared_as_growth(county: Assistant) -> None:
    """「比…涨得快吗」 lays one growth beside the other, not one amount beside the other."""
    answer = talk(county, "2024年地区生产总值是多少？", "比一般公共预算收入涨得快吗")
    assert answer.short[0] == "否"
    assert set(answer.short[1:]) == {"5.5%", "7.2%"}


def test_things_of_different_years_are_not_added(county: Assistant) -> None:
    """「两个一共」 after one thing of this year and another of next gives no sum of the two."""
    answer = talk(county, "2024年新建公园几座？", "2025年改造公厕几座？", "两个一共多少座")
    assert "39座" not in answer.short


def test_one_thing_alone_is_no_sum_of_two(county: Assistant) -> None:
    """Where only one thing was spoken of, its figure is not given as what two come to."""
    assert talk(county, "2024年新建公园几座？", "两个一共多少").status is AnswerStatus.REFUSED


def test_a_count_goes_back_to_what_was_so_counted(county: Assistant) -> None:
    """「几场」 after a count of companies is of the fairs, which were counted so before."""
    answer = talk(county, "2024年举办招聘会多少场？", "参与企业多少家", "明年打算办几场")
    assert answer.short == ("100场",)


def test_the_own_place_comes_back_after_another(county: Assistant) -> None:
    """After a refusal for another county, naming the own one asks the same of it, without the other's name."""
    answer = talk(county, "黄浦区2024年地区生产总值是多少？", "那青山呢")
    assert answer.short == ("420亿元",)
    assert "黄浦" not in answer.understood


def test_a_correction_with_its_own_year_is_taken(county: Assistant) -> None:
    """「不对，我要今年的」 asks the same of the year named."""
    assert talk(county, "2025年改造公厕几座？", "不对，我要今年的").short == ("40座",)


def test_three_are_added_where_three_are_meant(county: Assistant) -> None:
    """「三个」 adds three things and not the last two."""
    turns = ("2024年社区食堂新开几家？", "养老驿站呢", "在建孵化器呢", "三个加一起呢")
    assert talk(county, *turns).short[0] == "37家"


def test_a_deed_that_corrects_another_is_asked_about(county: Assistant) -> None:
    """「我问的是投入使用的」 asks for those, and not again for what was asked before."""
    assert talk(county, "2024年在建孵化器多少家？", "不对，我问的是投入使用的").short == ("14家",)


def test_a_year_that_the_report_does_not_tell_is_no_side_of_a_comparison(county: Assistant) -> None:
    """「比2022年多吗」 is refused: nothing is known of that year."""
    answer = talk(county, "2024年改造公厕几座？", "比2022年多吗")
    assert (answer.status, answer.reason) == (AnswerStatus.REFUSED, Reason.MISSING_YEAR)


def test_another_thing_is_not_answered_with_the_same_figure(invented: Callable[[str], Assistant]) -> None:
    """「供应的呢」 gets the figure of what was supplied, not again that of what was raised."""
    text = COUNTY.replace("新建公园6座", "加大保障房供应，全年筹措保障房2451套。新增供应保障房2226套。新建公园6座")
    assert talk(invented(text), "2024年保障房筹措了多少套？", "供应的呢").short == ("2226套",)


def test_a_place_that_is_named_is_where_it_points(county: Assistant) -> None:
    """「青石路那边」 is 青石路, whatever was spoken of before."""
    answer = talk(county, "2024年改造公厕几座？", "青石路那边开工了吗")
    assert answer.short[0] == "否"
    assert "公厕" not in answer.understood


def test_how_many_after_whether_asks_for_the_figure(county: Assistant) -> None:
    """「明年打算装多少」 after 「是60台对吗」 wants the plan, and no verdict on 60 once more."""
    answer = talk(county, "2024年旧房加装电梯完工60台对吗", "明年打算装多少")
    assert answer.short == ("90台",)
    assert "60" not in answer.understood


def test_growth_is_compared_in_english_too(county: Assistant) -> None:
    """A turn in English that asks which grew faster is completed as its Chinese one is."""
    answer = talk(county, "How much was GDP in 2024?", "Did it grow faster than fiscal revenue?")
    assert (answer.short[0], set(answer.short[1:])) == ("否", {"5.5%", "7.2%"})


def test_a_comparison_with_what_is_not_known_gets_no_verdict(county: Assistant) -> None:
    """Where one of two figures is not told, no sentence about the other stands for 是."""
    assert talk(county, "2024年新建公园比邮局多吗？").status is AnswerStatus.REFUSED


@pytest.mark.parametrize("chat", ["谢谢啊", "好的谢谢", "好的，明白了", "知道了，多谢！"])
def test_thanks_are_no_question_and_change_nothing(county: Assistant, chat: str) -> None:
    """Thanks get no figure, and the next turn goes on from the one before them."""
    assert talk(county, "2024年改造公厕几座？", chat).reason is Reason.OUT_OF_SCOPE
    assert talk(county, "2024年改造公厕几座？", chat, "明年呢").short == ("33座",)


def test_what_is_only_being_prepared_has_not_started(county: Assistant) -> None:
    """A road whose approval is being pushed on is not under construction."""
    assert talk(county, "青石路开工了吗？").short[0] == "否"
    assert talk(county, "滨河路开工了吗？").short[0] == "是"


@pytest.mark.parametrize("why", ["怎么少了这么多", "怎么降了", "为啥少了"])
def test_how_come_asks_for_a_reason(county: Assistant, why: str) -> None:
    """「怎么少了这么多」 is not answered with the figure again."""
    assert talk(county, "2024年改造公厕几座？", "明年呢", why).status is AnswerStatus.REFUSED


def test_growth_is_no_share(county: Assistant) -> None:
    """By how much a thing grew is not given as what it makes of a whole."""
    assert talk(county, "2024年一般公共预算收入占全省多少？").short != ("7.2%",)


def test_all_together_needs_no_word_for_two(county: Assistant) -> None:
    """「加起来多少」 after two things adds both, and again where they were added before."""
    turns = ("2024年社区食堂新开几家？", "养老驿站呢", "加起来多少家", "前者比后者多几家")
    assert talk(county, *turns[:3]).short[0] == "18家"
    assert talk(county, *turns).short[0] == "4家"


def test_the_first_of_several_questions_is_asked_again(county: Assistant) -> None:
    """「第一个呢」 after questions that listed nothing goes back to the first of them."""
    assert talk(county, "2024年新建公园几座？", "2024年举办招聘会多少场？", "第一个呢").short == ("6座",)


def test_another_thing_is_not_narrowed_to_the_one_before(county: Assistant) -> None:
    """A question that says another thing whole is not answered with the figure told before."""
    assert talk(county, "2024年一般公共预算收入是多少？", "2024年参与企业是多少？").short == ("900家",)


@pytest.mark.parametrize("asked", ["跟去年比怎么样", "比去年多了百分之几", "和上一年相比变化大吗"])
def test_how_it_stands_to_the_year_before_is_the_growth_told(county: Assistant, asked: str) -> None:
    """However the comparison with the year before is asked for, it is the growth that the report tells."""
    assert talk(county, "2024年一般公共预算收入是多少？", asked).short == ("7.2%",)


@pytest.fixture(scope="module")
def pairs(settings: Settings) -> list[Pair]:
    """The report's results and targets of one indicator and unit, without rates of growth."""
    told = FactTable.open(settings).pairs()
    return [pair for pair in told if not pair.results[0].change and pair.results[0].unit == pair.targets[0].unit]


@pytest.mark.parametrize("turn", ["那2025年呢？", "明年的目标是多少", "下一年呢", "目标呢"])
def test_next_year_of_every_result_is_its_target(assistant: Assistant, pairs: list[Pair], turn: str) -> None:
    """Whatever result was asked for, the year after gives the target of the same indicator."""
    for pair in pairs:
        asked, aimed = f"2024年{pair.indicator}是多少？", f"2025年{pair.indicator}是多少？"
        if pair.results[0].figure in assistant.ask(asked).text and pair.targets[0].figure in assistant.ask(aimed).text:
            assert pair.targets[0].figure in talk(assistant, asked, turn).text, pair.indicator


@pytest.mark.parametrize(
    ("turns", "short"),
    [
        (("2024年旧房加装电梯完工多少台？", "真不少", "明年呢"), ("90台",)),
        (("2024年旧房加装电梯完工多少台？", "黄浦区呢", "那2025年呢"), ("90台",)),
        (("2024年改造公厕几座？", "举办招聘会呢", "回到第一个，明年多少"), ("33座",)),
        (("2024年改造公厕几座？", "招聘会办了多少场", "再看看公园新建"), ("6座",)),
        (("2025年改造公厕几座？", "上一年度呢"), ("40座",)),
        (("2024年改造公厕几座？", "明年还改这么多吗"), ("否", "33座", "40座")),
        (("2024年改造公厕几座？", "明年呢", "那岂不是少了"), ("是", "33座", "40座")),
        (("2024年改造公厕几座？", "明年呢", "招聘会是不是也减少"), ("否", "100场", "80场")),
        (("2025年改造公厕几座？", "今年呢", "比今年多吗"), ("否", "33座", "40座")),
        (("2024年改造公厕几座？", "明年呢", "对应的今年实绩是多少"), ("40座",)),
        (("2024年改造公厕几座？", "明年呢", "招聘会也是这样吗"), ("否", "100场", "80场")),
        (("2024年举办招聘会多少场？", "明年呢", "要多办几场"), ("20场", "100场", "80场")),
        (("2024年在建孵化器多少家？", "投入使用的占几成"), ("73.68%", "14家", "19家")),
        (("2025年改造公厕几座？", "今年呢", "旧房加装电梯2024年比2025年的目标少多少台？"), ("30台", "60台", "90台")),
    ],
)
def test_a_later_turn_is_of_what_was_spoken_of(
    county: Assistant, turns: tuple[str, ...], short: tuple[str, ...]
) -> None:
    """Remarks, refusals and other things between, a turn goes on with the thing and the years of the conversation."""
    assert talk(county, *turns).short == short


def test_a_figure_of_another_thing_is_no_side_of_a_comparison(invented: Callable[[str], Assistant]) -> None:
    """Where an aim is told in words, the figure of its neighbour in the sentence is not compared instead."""
    text = COUNTY.replace(
        "地区生产总值增长6%。", "主要预期目标为：地区生产总值增长与全省同步，固定资产投资总额增长10%。"
    )
    answer = talk(invented(text), "2025年GDP增速目标比2024年高吗？")
    assert "10%" not in answer.short


def test_a_short_name_is_of_what_stands_beside(invented: Callable[[str], Assistant]) -> None:
    """「站点呢」 after what stands beside one in a sentence is that one, and not another of the name elsewhere."""
    text = COUNTY.replace("新建公园6座", "建成充电站点50个、充电端口200个。新建就业服务站点22个。新建公园6座")
    assert talk(invented(text), "2024年充电端口建成多少个？", "站点呢").short == ("50个",)


def test_a_sum_that_is_claimed_is_worked_out(county: Assistant) -> None:
    """「一共是18家吧」 lays the two figures together."""
    answer = talk(county, "2024年社区食堂新开几家？", "养老驿站呢", "一共是18家吧")
    assert {"18家", "11家", "7家"} <= set(answer.short)


def test_when_something_is_asked_afresh_is_no_matter_of_the_year_before(county: Assistant) -> None:
    """A whole question for a date, after a turn with a year, is answered or refused, and nothing breaks."""
    answer = talk(county, "2024年改造公厕几座？", "河东路和滨河路的开工仪式具体是什么时候举行的？")
    assert answer.status is AnswerStatus.REFUSED


def test_figures_of_two_measures_are_not_compared(county: Assistant) -> None:
    """「哪个更多」 after fairs and companies is refused: the one figure that would be found is no answer."""
    answer = talk(county, "2024年举办招聘会多少场？", "参与企业呢", "哪个更多")
    assert (answer.status, answer.short) == (AnswerStatus.REFUSED, ())
