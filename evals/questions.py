"""Question sets as typed data: one JSON object a line, unknown fields refused."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from bot.types import Reason
from evals.errors import EvalProblem
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

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Border(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _PartLine(_Border):
    short: tuple[_Text, ...]
    evidence: tuple[_Text, ...]

    @model_validator(mode="after")
    def _has_evidence(self) -> Self:
        if not self.evidence:
            raise ValueError("evidence 不能为空：每一部分都要有原文依据")
        return self


class _QuestionLine(_Border):
    id: _Text
    question: _Text
    style: Style
    kind: Kind
    year: int | None
    reason: Reason | None
    session: _Text | None
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


def choose_sets(name: str, folder: Path = SETS) -> dict[str, Path]:
    """The sets that `name` means: a set's name, a part of it between hyphens (`dev`), a file, or `all`."""
    sets = find_sets(folder)
    if name == "all":
        chosen = sets
    elif Path(name).is_file():
        chosen = {Path(name).stem: Path(name)}
    else:
        chosen = {stem: path for stem, path in sets.items() if stem == name or name in stem.split("-")}
    if not chosen:
        raise EvalProblem(f"没有名为 {name} 的问题集。现有：{'、'.join(sets) or '无'}。")
    return chosen


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions of the set at `path`, in its order. Raises `EvalProblem` naming the line at fault."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvalProblem(f"读不了问题集 {path.name}：{error}。请检查文件是否存在、是否为 UTF-8。") from error
    found = tuple(_read_line(path, number, line) for number, line in enumerate(lines, 1) if line.strip())
    if not found:
        raise EvalProblem(f"问题集 {path.name} 是空的。")
    _refuse_repeated_ids(path, found)
    return found


def _read_line(path: Path, number: int, line: str) -> Question:
    try:
        return _QuestionLine.model_validate_json(line).as_question()
    except ValidationError as error:
        complaints = "；".join(_complaint(dict(problem)) for problem in error.errors()[:3])
        raise EvalProblem(f"问题集 {path.name} 第 {number} 行有误：{complaints}。") from error


def _complaint(problem: dict[str, object]) -> str:
    location = problem["loc"]
    place = ".".join(str(part) for part in location) if isinstance(location, tuple) else ""
    match problem["type"]:
        case "extra_forbidden":
            return f"有不认识的项「{place}」"
        case "missing":
            return f"缺少「{place}」"
        case "enum":
            return f"「{place}」的值 {problem['input']!r} 不在允许之列"
        case "json_invalid":
            return "不是合法的 JSON"
        case "value_error":
            return str(problem["msg"]).removeprefix("Value error, ")
        case _:
            return f"「{place}」的值 {problem['input']!r} 不合要求"


def _refuse_repeated_ids(path: Path, questions: Sequence[Question]) -> None:
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise EvalProblem(f"问题集 {path.name} 中编号 {question.id} 出现了两次，请改其中一个。")
        seen.add(question.id)


def as_sessions(questions: Sequence[Question]) -> list[tuple[Question, ...]]:
    """The questions as conversations, in the order of their first turns; one without a session stands alone."""
    sessions: dict[str, list[Question]] = {}
    for question in questions:
        key = f"session:{question.session}" if question.session else f"alone:{question.id}"
        sessions.setdefault(key, []).append(question)
    return [tuple(turns) for turns in sessions.values()]
