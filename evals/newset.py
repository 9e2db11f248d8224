"""A first question set for a report, made from its facts, for a person to correct."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.types import Reason
from corpus.library import ReadReport
from corpus.types import Fact, Passage, Status
from evals.errors import EvalProblem
from evals.normalise import as_quote
from evals.types import Kind, Style

_CLAUSE_END = re.compile(r"[，,；;。！？]")
_ASKS = {None: "是多少", "增长": "增长多少", "占比": "占比是多少", "累计": "累计是多少"}
_REFUSALS = 5  # indicators asked for a year that the report does not give
_YEARS_BACK = 3
_SHORTEST = 3  # a subject of fewer characters names nothing


def make_questions(read: ReadReport) -> list[dict[str, Any]]:
    """The questions as the lines of a set: one for each fact that its subject, change and year single out.

    Facts of subjects that differ in width alone (「Ⅲ」, 「III」) are the same for this.
    """
    passages = {passage.id: passage for passage in read.passages}
    named = [fact for fact in read.facts if _can_be_asked(fact)]
    times = Counter(map(_key, named))
    single = [fact for fact in named if times[_key(fact)] == 1]
    made = [_question(read, fact, passages[fact.passage]) for fact in single]
    refusals = list(_refusals(read, single))
    return [{"id": f"n{number:03d}", **line} for number, line in enumerate([*made, *refusals], 1)]


def write_questions(lines: Sequence[dict[str, Any]], path: Path) -> None:
    """Writes a set that did not exist before: nobody's corrections are overwritten."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise EvalProblem(f"{path} 已经存在，请换一个文件名（--out）。") from error
    except OSError as error:
        raise EvalProblem(f"写不了 {path}：{error.strerror}。") from error


def _can_be_asked(fact: Fact) -> bool:
    return fact.change in _ASKS and fact.year is not None and len(fact.subject) >= _SHORTEST


def _key(fact: Fact) -> tuple[object, ...]:
    return as_quote(fact.subject), fact.change, fact.year, fact.unit == "%"


def _question(read: ReadReport, fact: Fact, passage: Passage) -> dict[str, Any]:
    percent = fact.unit == "%"
    return _line(
        _words(read, fact, fact.year),
        kind=Kind.PERCENT if percent else Kind.NUMBER,
        year=fact.year,
        reason=None,
        answers=[{"short": [fact.text], "evidence": [_clause(passage.text, fact.local)]}],
    )


def _refusals(read: ReadReport, facts: Sequence[Fact]) -> Iterator[dict[str, Any]]:
    known = {(fact.subject, fact.year) for fact in read.facts}
    levels = [fact for fact in facts if fact.status is Status.ACTUAL and fact.change is None]
    for fact in levels[:_REFUSALS]:
        year = (fact.year or 0) - _YEARS_BACK
        if (fact.subject, year) not in known:
            yield _line(_words(read, fact, year), kind=Kind.NUMBER, year=year, reason=Reason.MISSING_YEAR, answers=[])


def _words(read: ReadReport, fact: Fact, year: int | None) -> str:
    aim = "的目标" if fact.status is Status.TARGET else ""
    return f"{year}年{read.report.place}{fact.subject}{aim}{_ASKS[fact.change]}？"


def _line(
    question: str, *, kind: Kind, year: int | None, reason: Reason | None, answers: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "question": question,
        "style": Style.FORMAL.value,
        "kind": kind.value,
        "year": year,
        "reason": reason.value if reason else None,
        "session": None,
        "answers": answers,
    }


def _clause(text: str, local: tuple[int, int]) -> str:
    """The clause around the figure, as a gold quote: enough to find it, no more."""
    start = max((end.end() for end in _CLAUSE_END.finditer(text, 0, local[0])), default=0)
    stop = _CLAUSE_END.search(text, local[1])
    return "".join(text[start : stop.start() if stop else len(text)].split())
