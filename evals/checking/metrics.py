"""The metrics of the check of drafts, each defined in its docstring, each with its 95 % Wilson interval."""

from collections.abc import Callable, Mapping, Sequence

from bot.types import Verdict
from evals.checking.judge import FigureOutcome
from evals.metrics import Score

Outcomes = Sequence[FigureOutcome]


def _of(outcomes: Outcomes, *verdicts: Verdict) -> list[FigureOutcome]:
    return [one for one in outcomes if one.stated.verdict in verdicts]


def _given(one: FigureOutcome, *verdicts: Verdict) -> bool:
    return one.finding is not None and one.finding.verdict in verdicts


def verdict_accuracy(outcomes: Outcomes) -> Score:
    """Figures that got the gold's verdict, of all labelled figures; one that was not seen got none."""
    return Score(sum(one.verdict_right for one in outcomes), len(outcomes))


def supported_right(outcomes: Outcomes) -> Score:
    """Figures rightly called supported, of all that the report supports."""
    return verdict_accuracy(_of(outcomes, Verdict.SUPPORTED))


def contradicted_right(outcomes: Outcomes) -> Score:
    """Figures rightly called contradicted, of all that the report contradicts."""
    return verdict_accuracy(_of(outcomes, Verdict.CONTRADICTED))


def absent_right(outcomes: Outcomes) -> Score:
    """Figures rightly called absent, of all of which the report says nothing."""
    return verdict_accuracy(_of(outcomes, Verdict.ABSENT))


def false_supported(outcomes: Outcomes) -> Score:
    """Figures called supported, of all that are contradicted or absent: the lower the better."""
    wrong = _of(outcomes, Verdict.CONTRADICTED, Verdict.ABSENT)
    return Score(sum(_given(one, Verdict.SUPPORTED) for one in wrong), len(wrong))


def false_alarms(outcomes: Outcomes) -> Score:
    """Figures called contradicted, of all that the report supports: the lower the better."""
    right = _of(outcomes, Verdict.SUPPORTED)
    return Score(sum(_given(one, Verdict.CONTRADICTED) for one in right), len(right))


def corrected(outcomes: Outcomes) -> Score:
    """Figures whose finding gives one of the acceptable forms of the report's own value, of all contradicted ones."""
    wrong = _of(outcomes, Verdict.CONTRADICTED)
    return Score(sum(one.corrected and one.verdict_right for one in wrong), len(wrong))


def cited(outcomes: Outcomes) -> Score:
    """Figures with a citation that holds the evidence, of those rightly called supported or contradicted."""
    told = [one for one in _of(outcomes, Verdict.SUPPORTED, Verdict.CONTRADICTED) if one.verdict_right]
    return Score(sum(one.cited for one in told), len(told))


def seen(outcomes: Outcomes) -> Score:
    """Labelled figures that got a finding at all, of all."""
    return Score(sum(one.finding is not None for one in outcomes), len(outcomes))


def drafts_right(outcomes: Outcomes) -> Score:
    """Drafts in which every labelled figure got the right verdict, of all drafts."""
    drafts: dict[str, bool] = {}
    for one in outcomes:
        drafts[one.draft.id] = drafts.get(one.draft.id, True) and one.verdict_right
    return Score(sum(drafts.values()), len(drafts))


METRICS: Mapping[str, tuple[str, Callable[[Outcomes], Score]]] = {
    "verdict": ("结论正确", verdict_accuracy),
    "supported": ("其中一致的", supported_right),
    "contradicted": ("其中不一致的", contradicted_right),
    "absent": ("其中未提及的", absent_right),
    "false_supported": ("有误或未提及却判为一致（越低越好）", false_supported),
    "false_alarm": ("一致却判为不一致（越低越好）", false_alarms),
    "corrected": ("不一致的，给出了报告的说法", corrected),
    "cited": ("引用了依据", cited),
    "seen": ("认出的数字", seen),
    "drafts": ("全稿结论正确", drafts_right),
}


def measure(outcomes: Outcomes) -> dict[str, Score]:
    """Every metric by its key."""
    return {key: metric(outcomes) for key, (_, metric) in METRICS.items()}


def by_way(outcomes: Outcomes) -> dict[str, Score]:
    """Verdict accuracy of the figures that put each way of going right or wrong to the test."""
    return _by(outcomes, lambda one: one.stated.way.value)


def by_genre(outcomes: Outcomes) -> dict[str, Score]:
    """Verdict accuracy of the figures of each genre of draft."""
    return _by(outcomes, lambda one: one.draft.genre.value)


def _by(outcomes: Outcomes, key: Callable[[FigureOutcome], str]) -> dict[str, Score]:
    groups: dict[str, list[FigureOutcome]] = {}
    for one in outcomes:
        groups.setdefault(key(one), []).append(one)
    return {name: verdict_accuracy(groups[name]) for name in sorted(groups)}


def confusion(outcomes: Outcomes) -> dict[tuple[Verdict, Verdict | None], int]:
    """How often each verdict of the gold got each verdict, None where the figure was not seen."""
    pairs = [(one.stated.verdict, one.finding.verdict if one.finding else None) for one in outcomes]
    return {pair: pairs.count(pair) for pair in sorted(set(pairs), key=str)}
