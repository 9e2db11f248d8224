"""What people say of themselves before they ask is left off where it says nothing that the report tells."""

import pytest

from bot.asides import left_off, without_asides
from bot.assistant import Assistant
from corpus.types import Report


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("我妈今年80了，长者食堂有几家", "长者食堂有几家"),
        ("我是一名记者，长者食堂有几家", "长者食堂有几家"),
        ("我妈80了。我爸82了，长者食堂有几家", "长者食堂有几家"),
        ("作为徐汇居民，长者食堂有几家", "长者食堂有几家"),
        ("我是做财务的，长者食堂有几家", "长者食堂有几家"),
        ("人大代表视察前想先了解，长者食堂有几家", "长者食堂有几家"),
        ("一个人带两个娃的妈妈想问问长者食堂有几家", "长者食堂有几家"),
        ("我妈想散步，那明年呢", "那明年呢"),
        ("长者食堂有几家，省得我一趟趟跑", "长者食堂有几家"),
        ("长者食堂有几家，便于我们撰写简报", "长者食堂有几家"),
    ],
)
def test_who_asks_is_no_part_of_the_question(assistant: Assistant, report: Report, typed: str, asked: str) -> None:
    """A clause about the asker alone goes."""
    assert without_asides(typed, assistant.worlds[report.name].vocabulary, report.place) == asked


@pytest.mark.parametrize(
    "typed",
    [
        "我是残疾人，补贴发了多少",
        "我家在康健街道，那里有几家长者食堂",
        "我爸户口不在徐汇，能去长者食堂吃饭吗",
        "我区新增绿地多少，公园几座",
        "绿地新增了不少，有多少",
        "我想问长者食堂有几家",
        "我住闵行，加装电梯完工多少台",
        "加装电梯今年只完工150台，为什么这么少",
        "长者食堂有几家，2025年的",
        "增速呢，全市排第几",
        "新能源汽车，徐汇今年增长多少",
        "徐汇长者食堂多少家，推荐一家",
    ],
)
def test_what_the_question_leans_on_stays(assistant: Assistant, report: Report, typed: str) -> None:
    """What names a thing of the report, is pointed back at, or is asked whether it matters, is kept."""
    assert without_asides(typed, assistant.worlds[report.name].vocabulary, report.place) == typed


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("准备竞标道路工程，明年新开工几条道路", "明年新开工几条道路"),
        ("看病排队排到心烦，加装电梯完工多少台", "加装电梯完工多少台"),
        ("孩子明年上学，加装电梯完工多少台", "加装电梯完工多少台"),
        ("家庭照护床位这个试点，服务了多少老人", "家庭照护床位这个试点，服务了多少老人"),
        ("明年，加装电梯多少台", "明年，加装电梯多少台"),
    ],
)
def test_where_nothing_answers_more_is_left_off(assistant: Assistant, report: Report, typed: str, asked: str) -> None:
    """What may be the asker's own affair goes as well; what names the thing, or its year, stays."""
    assert left_off(typed, assistant.worlds[report.name].vocabulary, report.place) == asked


def test_a_reason_to_ask_hides_no_answer(assistant: Assistant) -> None:
    """A question that is answered is answered in people's circumstances too, and another place stays another."""
    assert assistant.ask("我妈膝盖不好住五楼，想知道区里明年要给老房子装几台电梯").short == ("200台",)
    assert assistant.ask("房租涨得厉害，上海全市今年GDP涨几个点").reason == "other-place"


def test_whoever_asks_is_refused_for_the_same_reason(assistant: Assistant) -> None:
    """What is told of the asker's affairs neither answers a question nor hides why it has no answer."""
    assert assistant.ask("我姐在找工作，明年招聘岗位准备提供多少个").reason == "missing-year"
    assert assistant.ask("考公面试要背数据，2021年徐汇区的GDP是多少").reason == "missing-year"
    assert assistant.ask("我是静安的，今年我们那里新增了多少绿地").reason == "other-place"
