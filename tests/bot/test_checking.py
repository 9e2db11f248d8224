"""The checker over the real report: each figure of a draft gets its verdict, in order, with its own span."""

import pytest

from bot.checking.checker import Checker
from bot.settings import Settings
from bot.types import Finding, Verdict

S, C, A = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.ABSENT


@pytest.fixture(scope="module")
def checker(settings: Settings) -> Checker:
    """The checker over the report that the project ships."""
    return Checker.open(settings)


def verdicts(findings: tuple[Finding, ...]) -> list[tuple[str, Verdict]]:
    """What was said to each figure."""
    return [(one.figure, one.verdict) for one in findings]


def test_every_figure_gets_a_finding_at_its_own_place(checker: Checker) -> None:
    """Findings come in order, and each span holds the figure as the draft writes it."""
    draft = "2024年，全区GDP达到３９３１．２亿元，同比增長4.8％，一般公共预算收入281.\u200b87亿元。"
    findings = checker.check(draft)
    assert verdicts(findings) == [("３９３１．２亿元", S), ("4.8％", S), ("281.\u200b87亿元", S)]
    assert all(draft[slice(*one.span)] == one.figure for one in findings)
    assert [one.span for one in findings] == sorted(one.span for one in findings)


def test_another_value_is_contradicted_with_the_reports_own(checker: Checker) -> None:
    """A changed figure is told with what the report says instead, and where."""
    (finding,) = checker.check("2024年一般公共预算收入281.78亿元。")
    assert (finding.verdict, finding.correct) == (C, "281.87亿元")
    assert "281.87亿元" in finding.citations[0].quote


def test_what_the_report_does_not_give_is_absent(checker: Checker) -> None:
    """An invented indicator is neither supported nor contradicted."""
    (finding,) = checker.check("新增停车位3000个。")
    assert (finding.verdict, finding.correct, finding.citations) == (A, None, ())


def test_a_draft_without_figures_has_no_findings(checker: Checker) -> None:
    """Words alone are not checked."""
    assert checker.check("各位代表，我们要坚定信心。") == ()
    assert checker.check("") == ()


def test_a_result_given_for_the_year_after_is_contradicted_by_its_target(checker: Checker) -> None:
    """What was done this year and is told as next year's plan is no matter of which the report says nothing."""
    (finding,) = checker.check("明年计划加装电梯333台。")
    assert (finding.verdict, finding.correct) == (C, "200台")


@pytest.mark.parametrize(
    ("draft", "correct"),
    [
        ("PM2.5浓度为31微克/立方米。", "29.3微克/立方米"),
        ("垃圾回收利用率达到50%。", "43%"),
        ("一般公共预算收入增长6%。", "12.37%"),
    ],
)
def test_without_a_year_what_came_of_it_is_meant(checker: Checker, draft: str, correct: str) -> None:
    """A draft that names no time is held against the result, not against the target."""
    (finding,) = checker.check(draft)
    assert (finding.verdict, finding.correct) == (C, correct)
