"""Sets as files: one JSON object a line, unknown fields refused, complaints in Chinese that name the line."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from evals.errors import EvalProblem

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Border(BaseModel):
    """What a line of a set must be: no field but those named."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_Line = TypeVar("_Line", bound=Border)


def load_lines(path: Path, line: type[_Line], word: str) -> tuple[_Line, ...]:
    """The lines of the set at `path`, in its order; `word` is what the set is called (问题集).

    Raises:
        EvalProblem: the file cannot be read or holds nothing, or a line of it is at fault.
    """
    try:
        texts = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvalProblem(f"读不了{word} {path.name}：{error}。请检查文件是否存在、是否为 UTF-8。") from error
    found = tuple(_read(path, number, text, line, word) for number, text in enumerate(texts, 1) if text.strip())
    if not found:
        raise EvalProblem(f"{word} {path.name} 是空的。")
    return found


def refuse_repeated(path: Path, ids: Sequence[str], word: str) -> None:
    """Raises `EvalProblem` where an id stands twice."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise EvalProblem(f"{word} {path.name} 中编号 {one} 出现了两次，请改其中一个。")
        seen.add(one)


def _read(path: Path, number: int, text: str, line: type[_Line], word: str) -> _Line:
    try:
        return line.model_validate_json(text)
    except ValidationError as error:
        complaints = "；".join(_complaint(dict(problem)) for problem in error.errors()[:3])
        raise EvalProblem(f"{word} {path.name} 第 {number} 行有误：{complaints}。") from error


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
