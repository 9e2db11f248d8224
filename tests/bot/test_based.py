"""From which year something grew: a report tells its growth over the year before, and over no other."""

import pytest

from bot.assistant import Assistant
from bot.types import AnswerStatus, Reason


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2024年一般公共预算收入比2023年增长多少？", "12.37%"),
        ("一般公共预算收入较2023年涨了百分之几", "12.37%"),
        ("GDP跟2023年相比涨了几个百分点", "4.8%"),
        ("2025年一般公共预算收入比2024年增长多少", "5%"),
    ],
)
def test_growth_over_the_year_before_is_what_the_report_tells(assistant: Assistant, question: str, short: str) -> None:
    """Named by its year, the year before is the one that 同比 and a target compare with."""
    assert assistant.ask(question).short == (short,)


@pytest.mark.parametrize(
    "question",
    [
        "2024年一般公共预算收入较2020年涨了多少？",
        "2024年GDP跟2019年比增幅是多少",
        "GDP比三年前涨了多少",
        "一般公共预算收入比前年增长了百分之几",
        "实到外资比2023年多多少亿元",
    ],
)
def test_growth_over_another_year_is_not_told(assistant: Assistant, question: str) -> None:
    """No figure of another comparison is given, nor a difference from a year that the report does not tell."""
    answer = assistant.ask(question)
    assert (answer.status, answer.reason) == (AnswerStatus.REFUSED, Reason.MISSING_YEAR)
