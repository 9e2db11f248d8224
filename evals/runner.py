"""A question set put to an assistant: the turns of a conversation in order, each answer judged."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from bot.types import Answer
from evals.judge import judge
from evals.questions import as_sessions
from evals.sources import Sources
from evals.types import Outcome, Question


class Asks(Protocol):
    """What can be evaluated: an assistant, or anything that answers like one."""

    def ask(self, question: str, conversation: Any | None = None, *, id: str = "") -> Answer:  # noqa: ANN401
        """The answer to `question` in `conversation`."""


def run(
    assistant: Asks, questions: Sequence[Question], sources: Sources, new_conversation: Callable[[], object]
) -> tuple[Outcome, ...]:
    """The outcomes in the order of `questions`; each conversation starts anew, each single question without one."""
    found: dict[str, Outcome] = {}
    for turns in as_sessions(questions):
        conversation = new_conversation() if turns[0].session else None
        for turn, question in enumerate(turns, 1):
            answer = assistant.ask(question.question, conversation, id=question.id)
            found[question.id] = Outcome(question, answer, judge(question, answer, sources), turn)
    return tuple(found[question.id] for question in questions)
