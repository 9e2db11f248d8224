"""What a run says in the log: figures, what changed, and the failures asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.baseline import Accepted, Change, Comparison
from evals.judge import brief
from evals.metrics import METRICS, Score, by_kind, by_reason, by_step, by_style, by_turn, measure
from evals.types import Outcome, Question
from evals.variants import WORDS, VariedOutcome, consistency
from evals.variants import by_kind as by_variant
from evals.words import STEPS, shown

_MOST_CHANGES = 30  # more would bury the summary; the report has them all


@dataclass(frozen=True, slots=True)
class SetResult:
    """One set's outcomes beside what was accepted for it."""

    name: str
    outcomes: tuple[Outcome, ...]
    accepted: Accepted | None
    comparison: Comparison


def summary(result: SetResult, *, failures: int = 0) -> str:
    """The set's result as lines for a terminal, with at most `failures` of the failures."""
    return "\n".join([*_scores(result), *_groups(result), *_changes(result), *_failures(result, failures)])


def _scores(result: SetResult) -> Iterator[str]:
    yield f"== {result.name}：{len(result.outcomes)} 个问题"
    before = result.accepted.runs[-1] if result.accepted else None
    for key, score in measure(result.outcomes).items():
        moved = _moved(score, before.score(key)) if before else ""
        yield f"  {METRICS[key][0]}\t{score}{moved}"


def _moved(new: Score, old: Score) -> str:
    if new.value is None or old.value is None or round(new.value - old.value, 4) == 0:
        return ""
    return f"\t（上次 {old.value:.1%}）"


def _groups(result: SetResult) -> Iterator[str]:
    for title, groups in (
        ("问法", by_style(result.outcomes)),
        ("类别", by_kind(result.outcomes)),
        ("轮次", by_turn(result.outcomes)),
    ):
        if groups:
            yield f"  {title}：" + "  ".join(
                f"{shown(name)} {score.value:.0%}（{score.hits:g}/{score.total}）" for name, score in groups.items()
            )
    reasons = by_reason(result.outcomes)
    if reasons:
        yield "  该拒答的：" + "  ".join(
            f"{shown(name)} 拒答 {refused.hits:g}、理由对 {right.hits:g}（共 {right.total}）"
            for name, (refused, right) in reasons.items()
        )
    steps = by_step(result.outcomes)
    if steps:
        yield "  错在：" + "  ".join(f"{STEPS[step]} {count}" for step, count in steps.items())


def _changes(result: SetResult) -> Iterator[str]:
    if result.accepted is None:
        yield "  还没有认可过的结果，用 youju eval accept --why 认可。"
        return
    comparison = result.comparison
    yield (
        f"  与第 {result.accepted.runs[-1].run} 次认可的结果相比：变坏 {len(comparison.worse)}，变好 "
        f"{len(comparison.better)}，说法不同 {len(comparison.reworded)}，新问题 {len(comparison.new)}，"
        f"本次未跑 {len(comparison.gone)}"
    )
    for word, changes in (("变坏", comparison.worse), ("变好", comparison.better)):
        for change in changes[:_MOST_CHANGES]:
            yield f"    {word} {_change(change)}"


def _change(change: Change) -> str:
    outcome = change.outcome
    step = outcome.judgement.step or change.old.step
    where = STEPS[step] if step else ""
    said = f"原：{change.old.said}｜现：{brief(outcome.answer)}"
    return f"{_asked(outcome.question)}｜{said}｜{where} {outcome.judgement.why}"


def _failures(result: SetResult, most: int) -> Iterator[str]:
    wrong = [one for one in result.outcomes if not one.judgement.right]
    for one in wrong[:most]:
        step = one.judgement.step
        yield f"    {_asked(one.question)}｜{brief(one.answer)}｜{STEPS[step] if step else ''} {one.judgement.why}"


def _asked(question: Question) -> str:
    return f"{question.id} {question.question}"


def variants_summary(name: str, varied: Sequence[VariedOutcome], *, failures: int = 0) -> str:
    """The consistency over the variants of the set `name`, with at most `failures` of the changed answers."""
    lines = [f"== {name}：换写法后的一致性 {consistency(varied)}"]
    lines += [f"  {WORDS[kind]}\t一致 {same}\t完全正确 {right}" for kind, (same, right) in by_variant(varied).items()]
    different = [one for one in varied if not one.consistent]
    lines += [
        f"    {WORDS[one.kind]} {one.original.question.id} {one.varied.question.question}"
        f"｜原：{brief(one.original.answer)}｜现：{brief(one.varied.answer)}"
        for one in different[:failures]
    ]
    return "\n".join(lines)
