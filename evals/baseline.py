"""The last accepted results of each set, committed beside the code, and what changed since."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import EvalProblem
from evals.judge import brief
from evals.metrics import Score, measure
from evals.types import Outcome, Step

ACCEPTED = Path(__file__).parent / "accepted"


class _Border(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AcceptedAnswer(_Border):
    """What was accepted for one question: the question's words, whether right, where it failed, what it said."""

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
class Change:
    """A question whose worth or words differ from the accepted ones."""

    outcome: Outcome
    old: AcceptedAnswer


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since the accepted run: worth first, then words alone, then questions that came and went."""

    worse: tuple[Change, ...]
    better: tuple[Change, ...]
    reworded: tuple[Change, ...]
    new: tuple[Outcome, ...]
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


def compare(outcomes: Sequence[Outcome], accepted: Accepted | None) -> Comparison:
    """What changed; a question whose own words changed since counts as new."""
    known = accepted.answers if accepted else {}
    worse, better, reworded, new = [], [], [], []
    for outcome in outcomes:
        old = known.get(outcome.question.id)
        if old is None or old.question != outcome.question.question:
            new.append(outcome)
            continue
        change = Change(outcome, old)
        if old.right and not outcome.judgement.right:
            worse.append(change)
        elif outcome.judgement.right and not old.right:
            better.append(change)
        elif old.said != brief(outcome.answer) or old.step is not outcome.judgement.step:
            reworded.append(change)
    asked = {outcome.question.id for outcome in outcomes}
    gone = tuple(sorted(set(known) - asked))
    return Comparison(tuple(worse), tuple(better), tuple(reworded), tuple(new), gone)


def accept(name: str, outcomes: Sequence[Outcome], *, why: str, day: str, folder: Path = ACCEPTED) -> Accepted:
    """The outcomes as the accepted results of the set `name`, written beside the runs accepted before."""
    if not why.strip():
        raise EvalProblem("请用 --why 写明为什么认可这次的结果。")
    before = load_accepted(name, folder)
    runs = before.runs if before else ()
    scores = {key: (round(score.hits, 4), score.total) for key, score in measure(outcomes).items()}
    accepted = Accepted(
        runs=(*runs, AcceptedRun(run=len(runs) + 1, day=day, why=why.strip(), scores=scores)),
        answers={one.question.id: _as_accepted(one) for one in outcomes},
    )
    _write(folder / f"{name}.json", accepted)
    return accepted


def _as_accepted(outcome: Outcome) -> AcceptedAnswer:
    judgement = outcome.judgement
    return AcceptedAnswer(
        question=outcome.question.question, right=judgement.right, step=judgement.step, said=brief(outcome.answer)
    )


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
