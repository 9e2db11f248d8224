"""Conversations asked in several processes are answered as in one, in the same order."""

import os

import pytest

from bot.types import Answer
from evals.errors import EvalProblem
from evals.parallel import ask_talks, cores
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


def test_the_answers_are_the_same_in_one_process_and_in_two() -> None:
    """Order and conversations are kept; the work is shared."""
    alone = ask_talks(open_counting, talks(), list, jobs=1)
    shared = ask_talks(open_counting, talks(), list, jobs=2)
    assert [[one.short for one in talk] for talk in shared] == [[one.short for one in talk] for talk in alone]
    assert [one.short[1] for one in alone[-1]] == ["0", "1"]
    assert {one.text for talk in alone for one in talk} == {str(os.getpid())}
    assert str(os.getpid()) not in {one.text for talk in shared for one in talk}


def test_few_questions_are_asked_here() -> None:
    """A process of its own takes longer to open than few questions take to answer."""
    assert {one.text for talk in ask_talks(open_counting, talks()[:9], list) for one in talk} == {str(os.getpid())}
    assert cores() >= 1


def test_a_process_that_ends_is_said() -> None:
    """What can be done about it, instead of a traceback."""
    with pytest.raises(EvalProblem, match="--jobs 1"):
        ask_talks(open_nothing, talks(), list, jobs=2)
