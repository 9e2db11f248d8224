"""What a run says in the log: figures, what changed, and the failures asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from evals.baseline import Accepted, Case, Change, Comparison
from evals.metrics import METRICS, Score, by_kind, by_reason, by_step, by_style, by_turn, measure
from evals.questions import is_test
from evals.types import Outcome, Result
from evals.variants import WORDS, VariedOutcome, consistency
from evals.variants import by_kind as by_variant
from evals.words import STEPS, shown

_MOST_CHANGES = 30  # more would bury the summary; the report has them all


@dataclass(frozen=True, slots=True)
class SetResult(Generic[Case]):
    """One set's outcomes beside what was accepted for it."""

    name: str
    outcomes: tuple[Case, ...]
    accepted: Accepted | None
    comparison: Comparison[Case]


def summary(result: SetResult[Outcome], *, failures: int = 0) -> str:
    """The set's result as lines for a terminal, with at most `failures` of the failures."""
    scores = {METRICS[key][0]: (key, score) for key, score in measure(result.outcomes).items()}
    lines = [f"== {result.name}：{len(result.outcomes)} 个问题", *score_lines(scores, result.accepted)]
    return "\n".join([*lines, *_groups(result), *change_lines(result), *failure_lines(result, failures)])


def score_lines(scores: Mapping[str, tuple[str, Score]], accepted: Accepted | None) -> Iterator[str]:
    """Each score under its Chinese name, with the accepted one of its key where it moved."""
    before = accepted.runs[-1] if accepted else None
    for word, (key, score) in scores.items():
        yield f"  {word}\t{score}{_moved(score, before.score(key)) if before else ''}"


def _moved(new: Score, old: Score) -> str:
    if new.value is None or old.value is None or round(new.value - old.value, 4) == 0:
        return ""
    return f"\t（上次 {old.value:.1%}）"


def group_line(title: str, groups: Mapping[str, Score]) -> str:
    """The shares of the groups in one line."""
    shares = (f"{shown(name)} {score.value:.0%}（{score.hits:g}/{score.total}）" for name, score in groups.items())
    return f"  {title}：{'  '.join(shares)}"


def _groups(result: SetResult[Outcome]) -> Iterator[str]:
    for title, groups in (
        ("问法", by_style(result.outcomes)),
        ("类别", by_kind(result.outcomes)),
        ("轮次", by_turn(result.outcomes)),
    ):
        if groups:
            yield group_line(title, groups)
    reasons = by_reason(result.outcomes)
    if reasons:
        yield "  该拒答的：" + "  ".join(
            f"{shown(name)} 拒答 {refused.hits:g}、理由对 {right.hits:g}（共 {right.total}）"
            for name, (refused, right) in reasons.items()
        )


def change_lines(result: SetResult[Case]) -> Iterator[str]:
    """Where cases failed, and what changed since the accepted run."""
    steps = by_step(result.outcomes)
    if steps:
        yield "  错在：" + "  ".join(f"{STEPS[step]} {count}" for step, count in steps.items())
    if result.accepted is None:
        yield "  还没有认可过的结果，用 youju eval accept --why 认可。"
        return
    comparison = result.comparison
    yield (
        f"  与第 {result.accepted.runs[-1].run} 次认可的结果相比：变坏 {len(comparison.worse)}，变好 "
        f"{len(comparison.better)}，说法不同 {len(comparison.reworded)}，新问题 {len(comparison.new)}，"
        f"本次未跑 {len(comparison.gone)}"
    )
    if is_test(result.name):
        return  # what is read of a test set is no longer unseen
    for word, changes in (("变坏", comparison.worse), ("变好", comparison.better)):
        for change in changes[:_MOST_CHANGES]:
            yield f"    {word} {_change(change)}"


def _change(change: Change[Case]) -> str:
    outcome = change.outcome
    step = outcome.step or change.old.step
    said = f"原：{change.old.said}｜现：{outcome.said}"
    return f"{outcome.id} {outcome.asked}｜{said}｜{STEPS[step] if step else ''} {outcome.why}"


def failure_lines(result: SetResult[Case], most: int) -> Iterator[str]:
    """At most `most` of the failures."""
    wrong: list[Result] = [one for one in result.outcomes if not one.right]
    for one in wrong[:most]:
        yield f"    {one.id} {one.asked}｜{one.said}｜{STEPS[one.step] if one.step else ''} {one.why}"


def variants_summary(name: str, varied: Sequence[VariedOutcome], *, failures: int = 0) -> str:
    """The consistency over the variants of the set `name`, with at most `failures` of the changed answers."""
    lines = [f"== {name}：换写法后的一致性 {consistency(varied)}"]
    lines += [f"  {WORDS[kind]}\t一致 {same}\t完全正确 {right}" for kind, (same, right) in by_variant(varied).items()]
    different = [one for one in varied if not one.consistent]
    lines += [
        f"    {WORDS[one.kind]} {one.original.question.id} {one.varied.question.question}"
        f"｜原：{one.original.said}｜现：{one.varied.said}"
        for one in different[:failures]
    ]
    return "\n".join(lines)
