"""Questions that name exactly what they ask for are not answered with its opposite, its sister or another way."""

from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from bot.lexicon import opposed
from bot.types import AnswerStatus, Reason

REPORT = """# 清江县2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划报告

## 一、2024年国民经济和社会发展计划执行情况

全年老旧小区加装电梯完工85台。成套改造加快推进，年内竣工交付3个项目，新开工2个项目，开工面积4万平方米。认知症床位完成改建60张。完成税收收入21.5亿元，出口额完成9.2亿元。
新增国家级专精特新“小巨人”企业4家，高新技术企业累计约52家。外聘教师近30人，建成社区长者食堂16家。
细颗粒物浓度28.1微克/立方米，云南转移就业人员350人。人才租房补贴覆盖青年人才120名。

## 二、2025年国民经济和社会发展计划安排

新增200张养老床位。推动西桥街道社区卫生服务中心开工。
"""


@pytest.fixture(scope="module")
def small(invented: Callable[[str], Assistant]) -> Assistant:
    """The assistant over a report of an invented county."""
    return invented(REPORT)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("今年加装电梯新开工了几台", Reason.MISSING_FIGURE),
        ("今年请了多少个学生", Reason.MISSING_FIGURE),
        ("进口额是多少亿元", Reason.MISSING_FIGURE),
        ("今年完成财政支出多少亿元", Reason.MISSING_FIGURE),
        ("小巨人企业到现在一共有几家", Reason.MISSING_FIGURE),
        ("臭氧浓度是多少微克", Reason.MISSING_FIGURE),
        ("贵州转移就业人员多少人", Reason.MISSING_FIGURE),
        ("2024年新增养老床位多少张", Reason.MISSING_YEAR),
        ("长者食堂的出租率是多少", Reason.MISSING_FIGURE),
        ("社区长者食堂有几家是外国牌子", Reason.MISSING_FIGURE),
        ("高新技术企业里头，今年搬走的有几家", Reason.MISSING_FIGURE),
        ("今年社区长者食堂倒闭了几家", Reason.MISSING_FIGURE),
        ("成套改造竣工了多少万平方米", Reason.MISSING_FIGURE),
        ("前年社区长者食堂建成几家", Reason.MISSING_YEAR),
        ("新增上市企业有多少家", Reason.MISSING_FIGURE),
        ("今年亩均税收是多少亿元", Reason.MISSING_FIGURE),
    ],
)
def test_the_opposite_or_a_sister_is_no_answer(small: Assistant, question: str, reason: Reason) -> None:
    """What excludes what was asked, or only shares its last word, is told of as near and never as the answer."""
    assert small.ask(question).reason is reason


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("今年加装电梯完工几台", "85台"),
        ("外聘了多少老师", "近30人"),
        ("成套改造开工面积是多少", "4万平方米"),
        ("出口额是多少亿元", "9.2亿元"),
        ("今年新增小巨人企业几家", "4家"),
        ("云南转移就业人员多少人", "350人"),
        ("2025年新增养老床位多少张", "200张"),
        ("认知症床位今年改建了多少张", "60张"),
    ],
)
def test_the_thing_itself_is_answered(small: Assistant, question: str, short: str) -> None:
    """The same words about the thing that the report does give are answered."""
    assert small.ask(question).short == (short,)


@pytest.mark.parametrize(
    "question",
    [
        "社区长者食堂怎么报名",
        "社区长者食堂在哪里",
        "加装电梯打哪个电话",
        "人才租房补贴要准备什么材料",
        "人才租房补贴能领多少",
    ],
)
def test_no_report_says_how_to_go_about_it(small: Assistant, question: str) -> None:
    """A procedure, a telephone number, an address or an amount for each that is not told is refused."""
    assert small.ask(question).reason is Reason.MISSING_FIGURE


def test_a_street_is_another_place_than_the_whole(small: Assistant) -> None:
    """What is told of the whole county is not said of one of its streets."""
    answer = small.ask("南湖街道今年加装电梯完工几台")
    assert answer.reason is Reason.OTHER_PLACE
    assert "南湖街道" in answer.text


def test_a_house_named_after_its_street_is_no_other_place(small: Assistant) -> None:
    """A house whose name begins with a street is answered as the report names it."""
    assert small.ask("西桥街道社区卫生服务中心明年要开工吗").status is AnswerStatus.ANSWERED


def test_groups_of_opposites_hold_two_and_no_wording_twice() -> None:
    """A group of one excludes nothing, and a wording of two things of a group says neither."""
    for groups in opposed().values():
        for group in groups:
            words = [word for one in group for word in one]
            assert len(group) > 1
            assert len(words) == len(set(words))
