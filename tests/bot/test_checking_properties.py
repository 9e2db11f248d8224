"""Laws of the checker over the report itself: what is copied is consistent, what is changed never is."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.checking.checker import Checker
from bot.checking.plain import plain
from bot.checking.sentences import sentences_of
from bot.settings import Settings
from bot.types import Finding, Verdict
from corpus.types import Passage, Status

pytestmark = pytest.mark.slow
CLOSE = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
seeds = st.integers(0, 10**6)


@pytest.fixture(scope="module")
def checker(settings: Settings) -> Checker:
    """The checker over the report that the project ships."""
    return Checker.open(settings)


@pytest.fixture(scope="module")
def told(assistant: Assistant) -> list[Passage]:
    """The passages of running text and of lists that hold a figure."""
    world = assistant.understand("地区生产总值")[1]
    return [one for one in world.passages if not one.cells and one.id in world.facts]


def dated(passage: Passage) -> str:
    """The passage under a heading that says its year, as a draft would have it."""
    if passage.year is None:
        return passage.text
    return f"{passage.year}年{'目标任务' if passage.status is Status.TARGET else '工作总结'}\n{passage.text}"


def at(findings: tuple[Finding, ...], start: int, end: int) -> list[Finding]:
    """The findings that overlap `[start, end)`."""
    return [one for one in findings if one.span[0] < end and start < one.span[1]]


def test_what_is_copied_is_consistent(checker: Checker, told: list[Passage]) -> None:
    """Every figure of every sentence of the report is the report's."""
    wrong = [
        (passage.text, finding)
        for passage in told
        for finding in checker.check(dated(passage))
        if finding.verdict is not Verdict.SUPPORTED
    ]
    assert not wrong


@CLOSE
@given(seed=seeds)
def test_a_changed_digit_is_never_supported(checker: Checker, told: list[Passage], seed: int) -> None:
    """One digit of one figure made another: that figure is no longer the report's."""
    chance = random.Random(seed)
    draft = dated(chance.choice(told))
    finding = chance.choice(checker.check(draft))
    places = [place for place in range(*finding.span) if draft[place] in "0123456789"]
    if not places:
        return
    place = chance.choice(places)
    other = chance.choice([digit for digit in "123456789" if digit != draft[place]])
    changed = draft[:place] + other + draft[place + 1 :]
    assert all(one.verdict is not Verdict.SUPPORTED for one in at(checker.check(changed), place, place + 1))


WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
INVISIBLE = "\u200b\u200d\ufeff\u2060"


@CLOSE
@given(seed=seeds)
def test_another_way_of_writing_changes_nothing(checker: Checker, told: list[Passage], seed: int) -> None:
    """Full width and characters that nobody sees leave verdicts, and spans hold the figures as written."""
    chance = random.Random(seed)
    draft = dated(chance.choice(told))
    wide = draft.translate(WIDE)
    place = chance.randrange(len(wide))
    strewn = wide[:place] + chance.choice(INVISIBLE) + wide[place:]
    before, after = checker.check(draft), checker.check(strewn)
    assert [one.verdict for one in after] == [one.verdict for one in before]
    assert [one.figure for one in after] == [strewn[slice(*one.span)] for one in after]
    assert [plain(one.figure).text for one in after] == [plain(one.figure).text for one in before]


@given(st.text(max_size=60))
def test_plain_characters_know_their_places(text: str) -> None:
    """Whatever a text holds, its plain characters stand in order at places of it."""
    made = plain(text)
    assert len(made.text) == len(made.origins)
    assert all(0 <= start < end <= len(text) for start, end in made.origins)
    assert list(made.origins) == sorted(made.origins)


@CLOSE
@given(st.text(alphabet="2024年新增绿地10.5公顷，。、亿万%第一三分之近超百十GDP增长\n\u200b😀%％１", max_size=60))
def test_every_draft_is_checked(checker: Checker, text: str) -> None:
    """No text breaks the checker; findings are in order, apart, and within the draft's sentences."""
    findings = checker.check(text)
    ends = [0]
    for finding in findings:
        start, end = finding.span
        assert ends[-1] <= start < end <= len(text)
        assert text[start:end] == finding.figure
        ends.append(end)
    sentences = list(sentences_of(text, findings))
    assert "".join(text[one.start : one.end] for one in sentences) == text
    assert [one for sentence in sentences for one in sentence.findings] == list(findings)
