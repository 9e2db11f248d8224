"""Conversations asked in several processes are answered as in one, in the same order."""

import os
from collections.abc import Callable

import pytest

from bot.types import Answer, Finding, Verdict
from evals.crew import Crew, Openers, cores, processes_for
from evals.errors import EvalProblem
from evals.finding import Search
from evals.questions import as_sessions
from evals.runner import Asks, Talk
from tests.evals.fakes import answered
from tests.evals.gold import QUESTIONS


class Counting:
    """Answers with the question, how many were said before in its conversation, and the process that answers."""

    def ask(self, question: str, conversation: list[str] | None = None, *, id: str = "") -> Answer:
        """The answer."""
        before = 0 if conversation is None else len(conversation)
        if conversation is not None:
            conversation.append(question)
        return answered(question, str(before), text=str(os.getpid()))


def open_counting() -> Asks:
    """A new one: it must be a function of a module, so that other processes can call it."""
    return Counting()


def open_nothing() -> Asks:
    """Ends its process, as the system does where memory runs out."""
    os._exit(9)


def talks() -> list[Talk]:
    """The sample forty times over, so that every process gets some."""
    return as_sessions(QUESTIONS) * 40


def open_search() -> Search:
    """Finds nothing."""
    return lambda query: ()


class Measuring:
    """Finds one figure in every draft: all of it."""

    def check(self, text: str) -> list[Finding]:
        """The finding, and the process that found it."""
        return [Finding(text, (0, len(text)), Verdict.ABSENT, why=str(os.getpid()))]


def crew(opener: Callable[[], Asks], processes: int) -> Crew:
    """A crew that asks what the opener gives."""
    return Crew(Openers(opener, open_search, Measuring, list), processes)


def said(opener: Callable[[], Asks], processes: int) -> list[tuple[Answer, ...]]:
    """The answers to the sample forty times over."""
    with crew(opener, processes) as workers:
        return [asked.answers for asked in workers.ask(talks())]


def test_the_answers_are_the_same_in_one_process_and_in_two() -> None:
    """Order and conversations are kept; the work is shared."""
    alone, shared = said(open_counting, 1), said(open_counting, 2)
    assert [[one.short for one in talk] for talk in shared] == [[one.short for one in talk] for talk in alone]
    assert [one.short[1] for one in alone[-1]] == ["0", "1"]
    assert {one.text for talk in alone for one in talk} == {str(os.getpid())}
    assert str(os.getpid()) not in {one.text for talk in shared for one in talk}


def test_what_is_found_is_listed_and_every_answer_is_timed() -> None:
    """The list is only there where it is asked for; each answer has its own time."""
    with crew(open_counting, 1) as workers:
        listed, plain = list(workers.ask(talks()[:2], listed=True)), list(workers.ask(talks()[:2]))
    assert all("found" in answer.steps for asked in listed for answer in asked.answers)
    assert not any("found" in answer.steps for asked in plain for answer in asked.answers)
    assert all(len(asked.taken) == len(asked.answers) and min(asked.taken) > 0 for asked in listed + plain)


def test_drafts_are_checked_in_order() -> None:
    """Each draft's findings come back in the draft's place, from other processes too."""
    texts = [f"稿件{number}" for number in range(40)]
    for processes in (1, 2):
        with crew(open_counting, processes) as workers:
            found = list(workers.check(texts))
        assert [finding.figure for (finding,) in found] == texts
        assert ({finding.why for (finding,) in found} == {str(os.getpid())}) is (processes == 1)


def test_few_questions_are_asked_here() -> None:
    """A process of its own takes longer to open than few questions take to answer."""
    assert processes_for(20) == 1
    assert processes_for(4_000) == cores() >= 1
    assert processes_for(20, 3) == 3


def test_a_process_that_ends_is_said() -> None:
    """What can be done about it, instead of a traceback."""
    with pytest.raises(EvalProblem, match="--jobs 1"):
        said(open_nothing, 2)
