"""What an answer is worth, and at which step it failed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.types import Answer, AnswerStatus, Reason
from corpus.types import Passage, Span
from evals.judge import judge
from evals.sources import Sources
from evals.types import Part, Question, Step
from tests.evals.fakes import answered, refused
from tests.evals.gold import GDP, GREEN, OLD, TARGET, question

Passages = tuple[Passage, ...]
Make = Callable[[Passages], Answer]


def steps(found: str, read: str = "") -> dict[str, list[str]]:
    """The steps of an answer, passages named by their last digit."""
    return {
        "found": [f"small/000{digit}" for digit in found],
        "read": [f"small/000{digit}" for digit in read],
    }


CASES: dict[str, tuple[Question, Make, Step | None]] = {
    "right": (GDP, lambda p: answered("3931.2亿元", cites=p[:1], steps=steps("1", "1")), None),
    "right, said in the text alone": (
        GDP,
        lambda p: answered(text="完成3931.2亿元。[1]", cites=p[:1], steps=steps("1", "1")),
        None,
    ),
    "right, both parts from one passage": (GREEN, lambda p: answered("12公顷", "3座", cites=p[1:2]), None),
    "right refusal": (OLD, lambda p: refused(Reason.MISSING_YEAR), None),
    "a refusal may cite": (
        OLD,
        lambda p: replace(refused(Reason.MISSING_YEAR), citations=answered(cites=p[:1]).citations),
        None,
    ),
    "gold in no passage": (
        question("？", Part(("9座",), ("新建桥梁9座",))),
        lambda p: answered("3座", cites=p[1:2], steps=steps("2", "2")),
        Step.NOT_IN_PASSAGES,
    ),
    "not found": (GDP, lambda p: answered("3座", cites=p[1:2], steps=steps("2345", "2")), Step.NOT_FOUND),
    "refused because not found": (
        GDP,
        lambda p: refused(Reason.MISSING_FIGURE, steps("2345")),
        Step.NOT_FOUND,
    ),
    "found too deep": (
        GDP,
        lambda p: answered("3座", cites=p[1:2], steps=steps("22222222221", "2")),
        Step.NOT_FOUND,
    ),
    "found deep but read": (
        GDP,
        lambda p: answered("4.8%", cites=p[:1], steps=steps("22222222221", "1")),
        Step.WRONG_FIGURE,
    ),
    "found, not read": (GDP, lambda p: answered("3座", cites=p[1:2], steps=steps("21", "2")), Step.FOUND_NOT_READ),
    "wrong year by its facts": (TARGET, lambda p: answered("12公顷", cites=p[1:2]), Step.WRONG_YEAR),
    "wrong year by its passage": (TARGET, lambda p: answered("漕河泾", cites=p[2:3]), Step.WRONG_YEAR),
    "wrong year, its own passage not read": (
        TARGET,
        lambda p: answered("12公顷", cites=p[1:2], steps=steps("25", "2")),
        Step.WRONG_YEAR,
    ),
    "wrong figure of the right year": (GDP, lambda p: answered("4.8%", cites=p[:1]), Step.WRONG_FIGURE),
    "half right": (GREEN, lambda p: answered("12公顷", cites=p[1:2]), Step.INCOMPLETE),
    "not cited": (GDP, lambda p: answered("3931.2亿元", cites=p[1:2]), Step.NOT_CITED),
    "not refused": (OLD, lambda p: answered("3931.2亿元", cites=p[:1]), Step.NOT_REFUSED),
    "wrongly refused": (
        GDP,
        lambda p: refused(Reason.MISSING_FIGURE, steps("1", "1")),
        Step.WRONGLY_REFUSED,
    ),
    "wrongly refused, steps unknown": (GDP, lambda p: refused(Reason.OPINION), Step.WRONGLY_REFUSED),
    "wrong reason": (OLD, lambda p: refused(Reason.OPINION), Step.WRONG_REASON),
    "error": (
        OLD,
        lambda p: replace(refused(Reason.INTERNAL), status=AnswerStatus.ERROR),
        Step.ERROR,
    ),
}


@pytest.mark.parametrize(("asked", "make", "step"), CASES.values(), ids=CASES.keys())
def test_the_step_is_named(
    asked: Question, make: Make, step: Step | None, passages: Passages, sources: Sources
) -> None:
    """Each way to fail has its step, and only what is wholly right has none."""
    judged = judge(asked, make(passages), sources)
    assert (judged.step, judged.right) == (step, step is None)
    assert bool(judged.why) is not judged.right


def test_shorts_and_citations_are_counted(passages: Passages, sources: Sources) -> None:
    """Surplus short answers and citations lower the precision, not the worth."""
    judged = judge(GDP, answered("3931.2亿元", "4.8%", "3座", cites=passages[:3]), sources)
    assert judged.right
    assert (judged.shorts, judged.shorts_right) == (3, 1)
    assert (judged.citations, judged.citations_right, judged.citations_verbatim) == (3, 1, 3)


def test_a_quote_that_is_not_the_reports_is_not_verbatim(passages: Passages, sources: Sources) -> None:
    """A quote must be the text at its spans, of a known report."""
    right = answered("3931.2亿元", cites=passages[:1]).citations[0]
    assert sources.verbatim(right)
    assert sources.verbatim(replace(right, quote=" ".join(right.quote)))
    assert not sources.verbatim(replace(right, quote=right.quote.replace("4.8", "4.9")))
    assert not sources.verbatim(replace(right, spans=(Span(1, 5),)))
    assert not sources.verbatim(replace(right, spans=()))
    assert not sources.verbatim(replace(right, report="other"))


def test_ranks_are_those_of_the_first_gold_passage(passages: Passages, sources: Sources) -> None:
    """Each part has the rank of its own passage, None where it was not found."""
    parts = judge(GREEN, answered(steps=steps("1423")), sources).parts
    assert [part.rank for part in parts] == [3, 3]
    assert judge(GDP, answered(steps=steps("23")), sources).parts[0].rank is None
