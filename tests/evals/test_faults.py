"""A fault planted at each step of an answer's way is reported at that step and no other."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.types import Answer, AnswerStatus, Reason
from corpus.library import ReadReport
from corpus.types import Passage, Report
from evals.metrics import by_step, full_accuracy
from evals.runner import run
from evals.sources import Sources
from evals.types import Outcome, Question, Step
from tests.evals.fakes import KnowingAssistant, answered, cite, refused

Twist = Callable[[Question, Answer, Sources], Answer]


def outcomes_of(questions: Sequence[Question], sources: Sources, twist: Twist) -> tuple[Outcome, ...]:
    """The outcomes of an assistant that knows all and is spoiled by `twist`."""
    assistant = KnowingAssistant(questions, sources, lambda question, answer: twist(question, answer, sources))
    return run(assistant, questions, sources, object)


def sound(question: Question, answer: Answer, sources: Sources) -> Answer:
    """No fault."""
    del question, sources
    return answer


def broken_fusion(question: Question, answer: Answer, sources: Sources) -> Answer:
    """The gold never comes up, so something else is read."""
    if not question.answerable:
        return answer
    gold = {name for part in question.parts for name in sources.gold(part)}
    found = [name for name in sources.passages if name not in gold]
    other = sources.passages[found[-1]]
    return answered("7家", cites=[other], steps={"found": found, "read": [other.id]})


def reads_the_last(question: Question, answer: Answer, sources: Sources) -> Answer:
    """What was found last of the same year is read instead of what was found first."""
    if not question.answerable:
        return answer
    found = [sources.passages[name] for name in answer.steps["found"]]
    other = [passage for passage in found if passage.year == question.year][-1]
    return answered("7家", cites=[other], steps={**answer.steps, "read": [other.id]})


def swapped_year(question: Question, answer: Answer, sources: Sources) -> Answer:
    """The other year's figure of the same indicator is taken; both years' passages are read."""
    other = {"target": "small/0002", "s2": "small/0002", "s1": "small/0005"}.get(question.id)
    if other is None:
        return answer
    short = "12公顷" if other == "small/0002" else "10公顷"
    read = [*answer.steps["read"], other]
    return answered(short, cites=[sources.passages[other]], steps={**answer.steps, "read": read})


def loses_a_member(question: Question, answer: Answer, sources: Sources) -> Answer:
    """Only the first of several short answers is given."""
    del sources
    return replace(answer, short=answer.short[:1], text=answer.short[0]) if len(question.parts) > 1 else answer


def cites_elsewhere(question: Question, answer: Answer, sources: Sources) -> Answer:
    """The right words with another passage's quote."""
    elsewhere = cite(sources.passages["small/0004"])
    return replace(answer, citations=(elsewhere,)) if question.answerable else answer


def threshold_too_low(question: Question, answer: Answer, sources: Sources) -> Answer:
    """Everything is answered."""
    return answer if question.answerable else answered("12公顷", cites=[sources.passages["small/0002"]])


def threshold_too_high(question: Question, answer: Answer, sources: Sources) -> Answer:
    """Everything is refused."""
    del sources
    return refused(Reason.MISSING_FIGURE, answer.steps) if question.answerable else answer


def one_reason_for_all(question: Question, answer: Answer, sources: Sources) -> Answer:
    """Every refusal is called an opinion."""
    del question, sources
    return replace(answer, reason=Reason.OPINION) if answer.status is AnswerStatus.REFUSED else answer


FAULTS: Sequence[tuple[Twist, dict[Step, int]]] = (
    (sound, {}),
    (broken_fusion, {Step.NOT_FOUND: 6}),
    (reads_the_last, {Step.FOUND_NOT_READ: 6}),
    (swapped_year, {Step.WRONG_YEAR: 3}),
    (loses_a_member, {Step.INCOMPLETE: 2}),
    (cites_elsewhere, {Step.NOT_CITED: 6}),
    (threshold_too_low, {Step.NOT_REFUSED: 2}),
    (threshold_too_high, {Step.WRONGLY_REFUSED: 6}),
    (one_reason_for_all, {Step.WRONG_REASON: 2}),
)


@pytest.mark.parametrize(("twist", "expected"), FAULTS, ids=[twist.__name__ for twist, _ in FAULTS])
def test_a_fault_is_reported_at_its_step(
    twist: Twist, expected: dict[Step, int], questions: Sequence[Question], sources: Sources
) -> None:
    """All the questions that a fault spoils fail at its step, and no others fail."""
    outcomes = outcomes_of(questions, sources, twist)
    assert by_step(outcomes) == expected
    assert full_accuracy(outcomes).hits == len(questions) - sum(expected.values())


def test_a_list_item_lost_in_the_reader_is_reported_as_lost(
    report: Report, passages: tuple[Passage, ...], questions: Sequence[Question]
) -> None:
    """What no passage holds any more is the reader's fault, not the index's."""
    lost = Sources.of([ReadReport(report, (), passages[:2] + passages[3:], ())])
    areas = [one for one in questions if one.id == "areas"]
    spoiled = answered("12公顷", cites=passages[1:2], steps={"found": ["small/0002"], "read": ["small/0002"]})
    (outcome,) = run(_Always(spoiled), areas, lost, object)
    assert outcome.judgement.step is Step.NOT_IN_PASSAGES


class _Always:
    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def ask(self, question: str, conversation: object | None = None, *, id: str = "") -> Answer:
        del question, conversation, id
        return self.answer


def test_each_conversation_starts_anew(questions: Sequence[Question], sources: Sources) -> None:
    """The turns of a session share one conversation; single questions have none."""
    assistant = KnowingAssistant(questions, sources)
    outcomes = run(assistant, questions, sources, object)
    given = [conversation for _, conversation in assistant.asked]
    assert given[:6] == [None] * 6
    assert given[6] is given[7] is not None
    assert [one.turn for one in outcomes] == [1, 1, 1, 1, 1, 1, 1, 2]
    assert [one.question for one in outcomes] == list(questions)
