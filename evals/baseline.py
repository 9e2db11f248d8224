"""The last accepted results of each set, committed beside the code, and what changed since."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import EvalProblem
from evals.metrics import Score
from evals.types import Result, Step

Case = TypeVar("Case", bound=Result)

ACCEPTED = Path(__file__).parent / "accepted"


class _Border(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AcceptedAnswer(_Border):
    """What was accepted for one case: its words, whether right, where it failed, what it said."""

    question: str
    right: bool
    step: Step | None
    said: str


class AcceptedRun(_Border):
    """One accepted run: its number, the day, why it was accepted, and its scores as [hits, total]."""

    run: int
    day: str
    why: str
    scores: Mapping[str, tuple[float, int]]

    def score(self, key: str) -> Score:
        """The run's score of one metric."""
        return Score(*self.scores.get(key, (0, 0)))


class Accepted(_Border):
    """All accepted runs of a set, and the answers of the last."""

    runs: tuple[AcceptedRun, ...] = Field(min_length=1)
    answers: Mapping[str, AcceptedAnswer]


@dataclass(frozen=True, slots=True)
class Change(Generic[Case]):
    """A case whose worth or words differ from the accepted ones."""

    outcome: Case
    old: AcceptedAnswer


@dataclass(frozen=True, slots=True)
class Comparison(Generic[Case]):
    """What changed since the accepted run: worth first, then words alone, then cases that came and went."""

    worse: tuple[Change[Case], ...]
    better: tuple[Change[Case], ...]
    reworded: tuple[Change[Case], ...]
    new: tuple[Case, ...]
    gone: tuple[str, ...]


def load_accepted(name: str, folder: Path = ACCEPTED) -> Accepted | None:
    """What was accepted for the set `name`, None where nothing was yet. Raises `EvalProblem` on a damaged file."""
    path = folder / f"{name}.json"
    if not path.exists():
        return None
    try:
        return Accepted.model_validate_json(path.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as error:
        raise EvalProblem(f"认可的结果 {path.name} 已损坏，请从版本库取回，或删掉后重新 accept。") from error


def compare(outcomes: Sequence[Case], accepted: Accepted | None) -> Comparison[Case]:
    """What changed; a case whose own words changed since counts as new."""
    known = accepted.answers if accepted else {}
    worse: list[Change[Case]] = []
    better: list[Change[Case]] = []
    reworded: list[Change[Case]] = []
    new: list[Case] = []
    for outcome in outcomes:
        old = known.get(outcome.id)
        if old is None or old.question != outcome.asked:
            new.append(outcome)
            continue
        change = Change(outcome, old)
        if old.right and not outcome.right:
            worse.append(change)
        elif outcome.right and not old.right:
            better.append(change)
        elif old.said != outcome.said or old.step is not outcome.step:
            reworded.append(change)
    gone = tuple(sorted(set(known) - {outcome.id for outcome in outcomes}))
    return Comparison(tuple(worse), tuple(better), tuple(reworded), tuple(new), gone)


def accept(
    name: str,
    outcomes: Sequence[Result],
    scores: Mapping[str, Score],
    *,
    why: str,
    day: str,
    folder: Path = ACCEPTED,
) -> Accepted:
    """The outcomes and their scores as the accepted results of the set `name`, written beside the runs before."""
    if not why.strip():
        raise EvalProblem("请用 --why 写明为什么认可这次的结果。")
    before = load_accepted(name, folder)
    runs = before.runs if before else ()
    kept = {key: (round(score.hits, 4), score.total) for key, score in scores.items()}
    accepted = Accepted(
        runs=(*runs, AcceptedRun(run=len(runs) + 1, day=day, why=why.strip(), scores=kept)),
        answers={
            one.id: AcceptedAnswer(question=one.asked, right=one.right, step=one.step, said=one.said)
            for one in outcomes
        },
    )
    _write(folder / f"{name}.json", accepted)
    return accepted


def _write(path: Path, accepted: Accepted) -> None:
    """Writes one run and one answer a line, so that a difference shows which answer changed."""
    data = accepted.model_dump(mode="json")
    runs = ",\n".join(_line(run) for run in data["runs"])
    answers = ",\n".join(f"{_line(name)}: {_line(answer)}" for name, answer in sorted(data["answers"].items()))
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(f'{{"runs": [\n{runs}\n],\n"answers": {{\n{answers}\n}}}}\n', encoding="utf-8")
    os.replace(unfinished, path)


def _line(value: Any) -> str:  # noqa: ANN401  # any JSON value
    return json.dumps(value, ensure_ascii=False)
