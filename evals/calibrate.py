"""Learns from the dev questions how places are rated and how sure an answer must be: writes `weights.json`.

Rating: for each answerable question the places that hold its gold should score above all others (softmax loss over
the found places, pulled towards `START`). Being sure: a logistic model of the best place's features says
whether it is right, trained on answerable and unanswerable questions alike. Test questions are never read.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.assistant import Assistant
from bot.question import Want
from bot.reading import finding
from bot.reading.figures import FEATURES, Candidate
from bot.reading.pieces import short_of
from bot.reading.places import PlaceKind
from bot.types import Reason
from evals.document import Table
from evals.metrics import full_accuracy, refusal_recall, refused, wrongful_refusals
from evals.normalise import among_shorts, as_quote, as_short, holds_whole
from evals.questions import SETS, find_sets
from evals.runner import Asks, NewConversation, run
from evals.sources import Sources
from evals.types import Question, Style

# What the ratings are pulled towards, where the questions say little: near words count more than far ones, another
# unit, kind or status speaks against a place. It is not the weights in use, so that learning twice gives the same.
START: Mapping[str, float] = {
    "own": 0.4,
    "sentence": 0.1,
    "row": 0.02,
    "section": 0.38,
    "search": 0.2,
    "meaning": 0.1,
    "unit_same": 0.1,
    "unit_like": 0.06,
    "unit_other": -0.3,
    "kind_same": 0.15,
    "kind_other": -0.25,
    "status_other": -0.12,
    "unasked": -0.14,
    "total_asked": 0.04,
    "total_unasked": -0.02,
    "context": 0.35,
    "like_units": 0.06,
}
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)

_PULL_FIT = 0.005  # how strongly the rating stays with START
_PULL_SURE = 0.01
_TAKEN = 0.3  # what a question whose answer was taken away counts beside a real one
_SCALE = 12.0  # scores differ by hundredths: the softmax wants them sharper
_STEPS = 3_000
_RATE = 0.02
_FOLDS = 5
_BY_FIGURE = (Want.FIGURE, Want.YESNO, Want.DIFFERENCE, Want.CHOICE)
_ELSEWHERE = (Reason.OUT_OF_SCOPE, Reason.OPINION, Reason.OTHER_PLACE, Reason.FALSE_PREMISE)

Rows = NDArray[np.float64]
Gradient = Callable[[Rows], Rows]


def dev_sets(folder: Path = SETS) -> dict[str, Path]:
    """The sets to learn from: those with `dev` in their name, and none with `test`."""
    parts = {name: name.split("-") for name in find_sets(folder)}
    return {
        name: path for name, path in find_sets(folder).items() if "dev" in parts[name] and "test" not in parts[name]
    }


@dataclass(frozen=True, slots=True)
class Example:
    """One question's places: a row of features each, which of them hold the gold, and their passages as numbers.

    None holds the gold of a question that is unanswerable, or `taken` its answer: its gold passages are left out.
    """

    rows: Rows
    gold: NDArray[np.bool_]
    passages: NDArray[np.int_]
    number: int = 0
    taken: bool = False


def examples(assistant: Assistant, questions: Iterable[Question], kind: PlaceKind) -> list[Example]:
    """What `questions` offer for places of one kind; follow-ups are left out, they need their conversation."""
    found: list[Example] = []
    for number, question in enumerate(questions):
        if question.style is Style.FOLLOWUP or question.reason in _ELSEWHERE:
            continue
        asked, world = assistant.understand(question.question)
        is_figure = asked.want in _BY_FIGURE
        if is_figure is not (kind is not PlaceKind.SENTENCE) and question.answerable:
            continue
        if kind is PlaceKind.FIGURE:
            places = finding.rated(asked, world)
        else:
            places = finding.best_clauses(asked, world, without_figures=kind is PlaceKind.CLAUSE)
        gold = [question.answerable and _is_gold(question, one) for one in places]
        # A clause without figures is seldom the answer where a figure is asked: those that are not teach as much.
        if places and (any(gold) or not question.answerable or kind is PlaceKind.CLAUSE):
            numbers = np.array([one.passage.ordinal for one in places])
            example = Example(np.array([one.features for one in places]), np.array(gold), numbers, number)
            found += [example, *_taken(question, example, places), *_neighbours(example)]
    return found


def _taken(question: Question, example: Example, places: Sequence[Candidate]) -> list[Example]:
    """The same question where its answer is not in the report: the passages with its evidence taken out.

    Such questions are the near misses that a threshold is for. The search features are made anew over what is left.
    """
    evidence = [as_quote(text) for part in question.parts for text in part.evidence]
    left = [not any(text in as_quote(one.passage.text) for text in evidence) for one in places]
    if not evidence or not any(left):
        return []
    rows, numbers = example.rows[left].copy(), example.passages[left]
    search, first, lead = (FEATURES.index(name) for name in ("search", "first", "lead"))
    by_passage = {int(number): float(score) for number, score in zip(numbers, rows[:, search], strict=True)}
    best, *others = sorted(by_passage.values(), reverse=True)
    if best <= 0:
        return []
    top = max(by_passage, key=lambda number: by_passage[number])
    rows[:, search] /= best
    rows[:, first] = numbers == top
    rows[:, lead] = np.where(numbers == top, 1 - (others[0] / best if others else 0.0), 0.0)
    return [Example(rows, np.zeros(len(rows), dtype=bool), numbers, example.number, taken=True)]


def _neighbours(example: Example) -> list[Example]:
    """The same question where only the gold figure itself is taken out: its neighbours are no answer."""
    left = ~example.gold
    if not example.gold.any() or not left.any():
        return []
    rows = example.rows[left]
    return [Example(rows, np.zeros(len(rows), dtype=bool), example.passages[left], example.number, taken=True)]


def _is_gold(question: Question, one: Candidate) -> bool:
    quote = as_quote(one.passage.text)
    for part in question.parts:
        if not any(as_quote(evidence) in quote for evidence in part.evidence):
            continue
        if one.place.fact is not None:
            if any(
                among_shorts(short, (one.fact.text, short_of(one.passage.text, one.fact.local))) for short in part.short
            ):
                return True
        elif any(holds_whole(as_short(one.place.text), as_short(short)) for short in part.short) or any(
            as_quote(evidence) in as_quote(one.place.text) for evidence in part.evidence
        ):
            return True
    return False


def learn_fit(data: Sequence[Example], start: Rows) -> Rows:
    """Weights under which gold places outscore the others, near `start`."""
    answerable = [example for example in data if example.gold.any()]
    if not answerable:
        return start.copy()
    rows = np.concatenate([example.rows for example in answerable])
    gold = np.concatenate([example.gold for example in answerable])
    sizes = np.array([len(example.rows) for example in answerable])

    def gradient(current: Rows) -> Rows:
        scores = rows @ current
        wrong = _softmaxes(scores, sizes) - _softmaxes(np.where(gold, scores, -np.inf), sizes)
        slope: Rows = rows.T @ wrong / len(answerable) + _PULL_FIT * (current - start * _SCALE)
        return slope

    return _descend(start * _SCALE, gradient) / _SCALE


def _softmaxes(scores: Rows, sizes: NDArray[np.int_]) -> Rows:
    """The softmax of each run of `sizes` scores."""
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    powers: Rows = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
    shares: Rows = powers / np.repeat(np.add.reduceat(powers, starts), sizes)
    return shares


def learn_sure(data: Sequence[Example], fit: Rows) -> Rows:
    """Weights (the first is the bias) of a logistic model: is the best-rated place right?"""
    best = [example.rows[int(np.argmax(example.rows @ fit))] for example in data]
    right = np.array([bool(example.gold[int(np.argmax(example.rows @ fit))]) for example in data], dtype=np.float64)
    rows = np.column_stack([np.ones(len(best)), np.array(best)])
    counts = np.array([_TAKEN if example.taken else 1.0 for example in data])

    def gradient(current: Rows) -> Rows:
        chance = 1 / (1 + np.exp(-rows @ current))
        pull = np.concatenate([[0.0], current[1:]])
        slope: Rows = rows.T @ (counts * (chance - right)) / counts.sum() + _PULL_SURE * pull
        return slope

    return _descend(np.zeros(rows.shape[1]), gradient)


def _descend(start: Rows, gradient: Gradient) -> Rows:
    """Adam, with a fixed number of steps: the same result every time."""
    current, first, second = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, _STEPS + 1):
        slope = gradient(current)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope * slope
        current -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        if np.abs(slope).max() < 1e-5:
            break
    return current


def top_is_gold(data: Sequence[Example], fit: Rows) -> float:
    """The share of answerable examples whose best-rated place holds the gold."""
    answerable = [example for example in data if example.gold.any()]
    return sum(bool(example.gold[int(np.argmax(example.rows @ fit))]) for example in answerable) / max(
        1, len(answerable)
    )


def calibrate(assistant: Assistant, questions: Sequence[Question], file: Path) -> list[str]:
    """Learns all weights from `questions`, writes them to `file` and returns what was measured, line by line."""
    table: dict[str, dict[str, dict[str, float]]] = {"fit": {}, "sure": {}}
    start = np.array([START.get(name, 0.0) for name in FEATURES])
    lines: list[str] = []
    for kind in PlaceKind:
        data = examples(assistant, questions, kind)
        top, sure_right = _held_out(data, start)
        fit = learn_fit(data, start)
        real = sum(not example.taken for example in data)
        lines.append(
            f"{_PLACES[kind]}：{real} 题，首选正确 {top_is_gold(data, fit):.1%}（交叉验证 {top:.1%}），"
            f"有无把握判断正确（交叉验证）{sure_right:.1%}"
        )
        table["fit"][kind.name.lower()] = _named(FEATURES, fit)
        table["sure"][kind.name.lower()] = _named(("bias", *FEATURES), learn_sure(data, fit))
    file.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return lines


_PLACES = {PlaceKind.FIGURE: "数据点", PlaceKind.SENTENCE: "句子", PlaceKind.CLAUSE: "不含数字的分句"}


def threshold_table(
    assistant: Asks, questions: Sequence[Question], sources: Sources, new_conversation: NewConversation
) -> Table:
    """What becomes of `questions` if an answer must be so sure: accuracy, refusals, wrongful refusals."""
    rows: list[tuple[str, ...]] = []
    in_use = finding.ANSWER_FROM_SURE
    try:
        for threshold in sorted({*THRESHOLDS, in_use}):
            finding.ANSWER_FROM_SURE = threshold
            outcomes = run(assistant, questions, sources, new_conversation)
            scores = [one(outcomes) for one in (full_accuracy, refused, refusal_recall, wrongful_refusals)]
            rows.append((f"{threshold:g}" + "（在用）" * (threshold == in_use), *map(str, scores)))
    finally:
        finding.ANSWER_FROM_SURE = in_use
    return Table("各门槛下的结果", ("门槛", "完全正确", "拒答", "该拒答的拒答了", "误拒"), tuple(rows))


def _held_out(data: Sequence[Example], start: Rows) -> tuple[float, float]:
    top, sure_right, n = [], 0, 0
    for fold in range(_FOLDS):
        train = [one for one in data if one.number % _FOLDS != fold]
        held = [one for one in data if one.number % _FOLDS == fold]
        fit = learn_fit(train, start)
        sure = learn_sure(train, fit)
        top.append(top_is_gold(held, fit))
        for example in held:
            best = int(np.argmax(example.rows @ fit))
            said = float(sure[0] + example.rows[best] @ sure[1:]) > 0
            sure_right += said == bool(example.gold[best])
            n += 1
    return float(np.mean(top)), sure_right / max(1, n)


def _named(names: Sequence[str], values: Rows) -> dict[str, float]:
    """The values by name; adding nought makes a negative nought a plain one."""
    return {name: round(float(value), 4) + 0.0 for name, value in zip(names, values, strict=True)}
