"""Names, lists, dates and descriptions: what the report says in words, cut to what was asked."""

from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from bot.types import AnswerStatus

COUNTY = """# 清江县2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划报告

## 一、2024年国民经济和社会发展计划执行情况

东门渔港、西湾船厂、白沙码头等项目竣工。南岭水库、北坡林场加快建设。

受台风影响，渔业产量下降。县文化馆获评“全国优秀文化馆”。

黎明村“稻香书屋”于2024年9月正式启用。与青石县签订合作协议。

编制《清江县海岸保护规划》，推出“渔家乐”旅游品牌。

## 二、2025年国民经济和社会发展计划安排

石桥隧道力争2025年底建成通车。引进海洋大学、远洋研究院两家机构。
"""


@pytest.fixture(scope="module")
def county(invented: Callable[[str], Assistant]) -> Assistant:
    """The assistant over a small report of an invented county."""
    return invented(COUNTY)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2024年哪些项目竣工了", ["东门渔港", "西湾船厂", "白沙码头"]),
        ("加快建设的有哪些项目", ["南岭水库", "北坡林场"]),
        ("编制了什么规划", ["清江县海岸保护规划"]),
        ("2025年引进哪两家机构", ["海洋大学", "远洋研究院"]),
        ("东门渔港是哪一年竣工的", ["2024年"]),
        ("什么时候编制海岸保护规划", ["2024年"]),
        ("“稻香书屋”什么时候启用", ["2024年9月"]),
    ],
)
def test_names_lists_and_dates_are_given_whole(county: Assistant, question: str, short: list[str]) -> None:
    """Each member of a list, a name without the words around it, a day as the report writes it."""
    answer = county.ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert [one.strip("“”《》") for one in answer.short] == short


@pytest.mark.parametrize(
    ("question", "short"),
    [("县文化馆获评什么", "全国优秀文化馆"), ("推出了什么旅游品牌", "渔家乐"), ("与哪个县签订合作协议", "青石县")],
)
def test_a_name_is_given_without_what_follows_it(county: Assistant, question: str, short: str) -> None:
    """A name ends where its closing quotation mark, its kind or the next verb stands."""
    assert [one.strip("“”") for one in county.ask(question).short] == [short]


def test_a_kind_of_thing_that_the_report_lacks_is_not_listed(county: Assistant) -> None:
    """The projects that were completed are no answer to a question for lighthouses."""
    assert county.ask("哪些灯塔竣工了").status is AnswerStatus.REFUSED


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("渔业产量为什么下降", "受台风影响"),
        ("石桥隧道情况怎么样", "力争2025年底建成通车"),
        ("县文化馆怎么样", "全国优秀文化馆"),
    ],
)
def test_a_description_is_the_sentence_itself(county: Assistant, question: str, words: str) -> None:
    """Asked how or why, the sentence that says it is shown."""
    answer = county.ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert words in answer.text


@pytest.mark.parametrize(
    "question",
    ["县文化馆馆长是谁", "东门渔港为什么竣工", "西湾船厂几月几日竣工", "西山动物园叫什么名字"],
)
def test_what_the_words_cannot_say_is_refused(county: Assistant, question: str) -> None:
    """A person, a reason or a day that the report does not give is not answered with the sentence nearby."""
    answer = county.ask(question)
    assert (answer.status, answer.short) == (AnswerStatus.REFUSED, ())


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_year_chooses_the_sentence(county: Assistant, year: int) -> None:
    """What was done in one year is not given for the other."""
    answer = county.ask(f"{year}年哪些项目竣工了")
    assert ("东门渔港" in answer.short) is (year == 2024)


@pytest.mark.parametrize(
    "question",
    [
        "2024年竣工的项目有哪些",
        "引进哪些机构",
        "获评什么称号",
        "推出什么品牌",
        "什么时候启用",
        "编制什么规划",
        "介绍渔业",
    ],
)
def test_every_short_answer_stands_in_its_quote(county: Assistant, question: str) -> None:
    """A name is the report's, to the character, whatever was asked."""
    answer = county.ask(question)
    assert all(any(short in one.quote for one in answer.citations) for short in answer.short)
    assert len(set(answer.short)) == len(answer.short)


@pytest.mark.parametrize("question", ["东门渔港什么时候能通航", "南岭水库是哪一年竣工的", "西湾船厂几月份竣工"])
def test_no_year_is_given_for_a_deed_that_is_not_told(county: Assistant, question: str) -> None:
    """A sentence's year is that of the deed it tells, not of another deed, nor of another thing's; it has no month."""
    assert county.ask(question).status is AnswerStatus.REFUSED
