"""A question set put to an assistant: the turns of a conversation in order, each answer judged."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from bot.types import Answer
from evals.judge import judge
from evals.questions import as_sessions
from evals.sources import Sources
from evals.types import Outcome, Question

Talk = tuple[Question, ...]  # a conversation's turns in order, or a single question
NewConversation = Callable[[], object]


class Asks(Protocol):
    """What can be evaluated: an assistant, or anything that answers like one."""

    def ask(self, question: str, conversation: Any | None = None, *, id: str = "") -> Answer:  # noqa: ANN401
        """The answer to `question` in `conversation`."""


def ask_talk(assistant: Asks, talk: Talk, new_conversation: NewConversation) -> tuple[Answer, ...]:
    """The answers to the turns of `talk`; a conversation starts anew, a single question has none."""
    conversation = new_conversation() if talk[0].session else None
    return tuple(assistant.ask(question.question, conversation, id=question.id) for question in talk)


def judge_talk(talk: Talk, answers: Sequence[Answer], sources: Sources) -> Iterable[Outcome]:
    """The outcomes of the turns of `talk`."""
    for turn, (question, answer) in enumerate(zip(talk, answers, strict=True), 1):
        yield Outcome(question, answer, judge(question, answer, sources), turn)


def run(
    assistant: Asks, questions: Sequence[Question], sources: Sources, new_conversation: NewConversation
) -> tuple[Outcome, ...]:
    """The outcomes in the order of `questions`."""
    found: dict[str, Outcome] = {}
    for talk in as_sessions(questions):
        answers = ask_talk(assistant, talk, new_conversation)
        found |= {outcome.question.id: outcome for outcome in judge_talk(talk, answers, sources)}
    return tuple(found[question.id] for question in questions)
