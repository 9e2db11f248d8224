"""Lists of which a question names a member: those besides it, and whether it is one."""

from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from bot.types import AnswerStatus

COUNTY = """# 清江县2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划报告

## 一、2024年国民经济和社会发展计划执行情况

建成青山公园、绿水公园、白云公园等口袋公园。举办龙舟赛、登山赛等特色赛事。全国首批中医药示范单位有县医院、县中医院、城关医院。

## 二、2025年国民经济和社会发展计划安排

培育壮大夜间经济、首发经济、银发经济。推进北门小学、东门中学等项目加快建设，南门幼儿园竣工。
"""


@pytest.fixture(scope="module")
def county(invented: Callable[[str], Assistant]) -> Assistant:
    """The assistant over a small report of an invented county."""
    return invented(COUNTY)


@pytest.mark.parametrize(
    "question",
    [
        "除了绿水公园，建成的口袋公园还有哪些？",
        "建成的口袋公园除了绿水公园还有什么",
        "除绿水公园以外的口袋公园有哪些",
        "建成的口袋公园中，除绿水公园外还有哪几个？",
    ],
)
def test_the_one_named_is_left_out(county: Assistant, question: str) -> None:
    """「除了甲还有哪些」 gives the others, complete, and not 甲."""
    assert county.ask(question).short == ("青山公园", "白云公园")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("建成的口袋公园包括白云公园吗？", "是"),
        ("白云公园是不是建成的口袋公园之一？", "是"),
        ("白云公园在建成的口袋公园里面吗", "是"),
        ("建成的口袋公园里有没有白云公园", "是"),
        ("建成的口袋公园包括县医院吗？", "否"),
        ("北门小学是不是建成的口袋公园之一？", "否"),
    ],
)
def test_whether_it_is_one_of_them(county: Assistant, question: str, verdict: str) -> None:
    """是 only for what stands in the list; another thing that the report names is no member."""
    assert county.ask(question).short[:1] == (verdict,)


def test_its_own_place_is_no_member_of_a_list(county: Assistant) -> None:
    """Whether the place itself is among others is told by what the report says of it."""
    assert county.ask("全国首批中医药示范单位里有清江县吗").short[:1] != ("否",)


def test_others_than_the_ones_named(county: Assistant) -> None:
    """「甲、乙以外」 leaves out both."""
    assert county.ask("青山公园、白云公园以外，建成的口袋公园还有哪个").short == ("绿水公园",)


@pytest.mark.parametrize("name", ["红旗公园", "县博物馆", "龙舟赛"])
def test_no_yes_for_what_the_list_has_not(county: Assistant, name: str) -> None:
    """A name that the list does not have is never said to be in it."""
    answer = county.ask(f"全国首批中医药示范单位包括{name}吗？")
    assert answer.status is AnswerStatus.REFUSED or answer.short[:1] == ("否",)


@pytest.mark.parametrize(
    "question", ["口袋公园分别是什么", "请列出建成的口袋公园的名单", "2024年建成的口袋公园有哪些？"]
)
def test_ways_to_ask_for_a_list(county: Assistant, question: str) -> None:
    """「分别是什么」 and 「名单」 ask for the members, a year before them claims nothing."""
    assert county.ask(question).short == ("青山公园", "绿水公园", "白云公园")
