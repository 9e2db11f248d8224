"""Question sets as typed data: one JSON object a line, unknown fields refused."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from pydantic import model_validator

from bot.types import Reason
from evals.jsonl import Border, Text, load_lines, refuse_repeated
from evals.types import Kind, Part, Question, Style

SETS = Path(__file__).parent / "questions"
REFUSALS = (
    Reason.MISSING_YEAR,
    Reason.MISSING_FIGURE,
    Reason.OTHER_PLACE,
    Reason.FALSE_PREMISE,
    Reason.OUT_OF_SCOPE,
    Reason.OPINION,
)


class _PartLine(Border):
    short: tuple[Text, ...]
    evidence: tuple[Text, ...]

    @model_validator(mode="after")
    def _has_evidence(self) -> Self:
        if not self.evidence:
            raise ValueError("evidence 不能为空：每一部分都要有原文依据")
        return self


class _QuestionLine(Border):
    id: Text
    question: Text
    style: Style
    kind: Kind
    year: int | None
    reason: Reason | None
    session: Text | None
    answers: tuple[_PartLine, ...]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.reason is None and not self.answers:
            raise ValueError("能回答的问题（reason 为 null）至少要有一条 answers")
        if self.reason is not None and self.reason not in REFUSALS:
            raise ValueError(f"reason 只能是 {'、'.join(REFUSALS)}")
        if self.answers and self.reason not in (None, Reason.FALSE_PREMISE):
            raise ValueError("应当拒答的问题，answers 须为 []（只有 false-premise 可以写报告的说法）")
        if self.style is Style.FOLLOWUP and self.session is None:
            raise ValueError("style 为 followup 的问题须写明 session")
        return self

    def as_question(self) -> Question:
        """The line as the evaluation speaks of it."""
        parts = tuple(Part(part.short, part.evidence) for part in self.answers)
        return Question(self.id, self.question, self.style, self.kind, self.year, self.reason, self.session, parts)


def find_sets(folder: Path = SETS) -> dict[str, Path]:
    """The question sets in `folder` by name: the file's name without its suffix."""
    return {path.stem: path for path in sorted(folder.glob("*.jsonl"))}


def is_test(name: str) -> bool:
    """Whether the set `name`, or the set of a question named with it, is only scored on and never looked into."""
    return "test" in name.partition("/")[0].split("-")


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions of the set at `path`, in its order. Raises `EvalProblem` naming the line at fault."""
    found = tuple(line.as_question() for line in load_lines(path, _QuestionLine, "问题集"))
    refuse_repeated(path, [question.id for question in found], "问题集")
    return found


def as_sessions(questions: Sequence[Question]) -> list[tuple[Question, ...]]:
    """The questions as conversations, in the order of their first turns; one without a session stands alone."""
    sessions: dict[str, list[Question]] = {}
    for question in questions:
        key = f"session:{question.session}" if question.session else f"alone:{question.id}"
        sessions.setdefault(key, []).append(question)
    return [tuple(turns) for turns in sessions.values()]
