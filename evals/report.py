"""The evaluation's report: the same for the same code and questions, for it holds no time and no timing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evals.baseline import Change
from evals.document import Bar, Bars, Heading, Lines, Paragraph, Piece, Table
from evals.judge import brief
from evals.metrics import (
    METRICS,
    Score,
    by_kind,
    by_reason,
    by_step,
    by_style,
    by_turn,
    by_wrongful_reason,
    measure,
)
from evals.summary import SetResult
from evals.types import Outcome
from evals.variants import WORDS, VariedOutcome, consistency
from evals.variants import by_kind as by_variant
from evals.words import STEPS, shown

TITLE = "有据：问题集评测"
_TREND = ("full", "short", "found_5", "refusal_recall")


def make_report(results: Sequence[SetResult], varied: Mapping[str, Sequence[VariedOutcome]]) -> list[Piece]:
    """The report on `results`; `varied` are the variants that were run, by set."""
    pieces: list[Piece] = [Heading(TITLE, 1), Paragraph(_overview(results))]
    for result in results:
        pieces += _set(result)
        pieces += _variants(varied.get(result.name, ()))
    return pieces


def _overview(results: Sequence[SetResult]) -> str:
    return "；".join(
        f"{one.name} {len(one.outcomes)} 个问题，完全正确 {measure(one.outcomes)['full']}，"
        f"变坏 {len(one.comparison.worse)}，变好 {len(one.comparison.better)}"
        for one in results
    )


def _set(result: SetResult) -> Iterator[Piece]:
    outcomes = result.outcomes
    yield Heading(f"问题集 {result.name}")
    yield _scores(result)
    for caption, groups in (
        ("各种问法的完全正确率", by_style(outcomes)),
        ("各类问题的完全正确率", by_kind(outcomes)),
        ("应当拒答的问题，各种理由的拒答率", by_reason(outcomes)),
        ("对话各轮的完全正确率", by_turn(outcomes)),
    ):
        if groups:
            yield Bars(caption, tuple(_bar(name, score) for name, score in groups.items()))
    wrongful = by_wrongful_reason(outcomes)
    if wrongful:
        rows = tuple((shown(reason), str(count)) for reason, count in wrongful.items())
        yield Table("误拒的理由", ("理由", "个数"), rows)
    if result.accepted and len(result.accepted.runs) > 1:
        yield _trend(result)
    yield from _changes(result)
    steps = by_step(outcomes)
    if steps:
        yield Table("错在哪一步", ("步骤", "个数"), tuple((STEPS[step], str(n)) for step, n in steps.items()))
    yield _failures([one for one in outcomes if not one.judgement.right])


def _scores(result: SetResult) -> Table:
    before = result.accepted.runs[-1] if result.accepted else None
    rows = []
    for key, score in measure(result.outcomes).items():
        old = before.score(key).value if before else None
        rows.append((METRICS[key][0], *_cells(score), "—" if old is None else f"{old:.1%}"))
    return Table("指标", ("指标", "值", "95% 区间", "个数", "上次认可"), tuple(rows))


def _cells(score: Score) -> tuple[str, str, str]:
    interval = score.interval
    if score.value is None or interval is None:
        return "—", "—", "0"
    return f"{score.value:.1%}", f"{interval[0]:.1%} – {interval[1]:.1%}", f"{score.hits:.4g}/{score.total}"


def _bar(name: str, score: Score) -> Bar:
    low, high = score.interval or (0.0, 0.0)
    return Bar(shown(name), score.value or 0.0, low, high, f"{score.hits:g}/{score.total}")


def _trend(result: SetResult) -> Lines:
    runs = result.accepted.runs if result.accepted else ()
    now = measure(result.outcomes)
    lines = tuple((METRICS[key][0], (*(run.score(key).value for run in runs), now[key].value)) for key in _TREND)
    return Lines("历次认可的结果与本次", (*(f"第 {run.run} 次" for run in runs), "本次"), lines)


def _changes(result: SetResult) -> Iterator[Piece]:
    if result.accepted is None:
        yield Paragraph("还没有认可过的结果。")
        return
    last = result.accepted.runs[-1]
    yield Paragraph(f"与第 {last.run} 次认可的结果（{last.day}，{last.why}）相比：")
    headers = ("编号", "问题", "原来的回答", "现在的回答", "步骤", "说明")
    for word, changes in (
        ("变坏", result.comparison.worse),
        ("变好", result.comparison.better),
        ("说法不同，对错未变", result.comparison.reworded),
    ):
        if changes:
            yield Table(word, headers, tuple(map(_change, changes)), folded=word != "变坏")
    if result.comparison.gone:
        yield Paragraph(f"本次没有的问题：{'、'.join(result.comparison.gone)}")


def _change(change: Change) -> tuple[str, ...]:
    outcome, old = change.outcome, change.old
    step = outcome.judgement.step or old.step
    where = STEPS[step] if step else ""
    question = outcome.question
    return question.id, question.question, old.said, brief(outcome.answer), where, outcome.judgement.why


def _failures(wrong: Iterable[Outcome]) -> Table:
    headers = ("编号", "问题", "问法", "类别", "步骤", "说明", "现在的回答", "应有的依据", "引用的原文")
    return Table("全部错误", headers, tuple(map(_failure, wrong)), folded=True)


def _failure(outcome: Outcome) -> tuple[str, ...]:
    question, step = outcome.question, outcome.judgement.step
    return (
        question.id,
        question.question,
        shown(question.style),
        shown(question.kind),
        STEPS[step] if step else "",
        outcome.judgement.why,
        brief(outcome.answer),
        "；".join(part.evidence[0] for part in question.parts),
        "；".join(citation.quote for citation in outcome.answer.citations),
    )


def _variants(varied: Sequence[VariedOutcome]) -> Iterator[Piece]:
    if not varied:
        return
    yield Heading(f"换写法后的一致性：{consistency(varied)}", 3)
    rows = tuple((WORDS[kind], *_cells(same), *_cells(right)[:1]) for kind, (same, right) in by_variant(varied).items())
    yield Table("各种写法", ("写法", "一致", "95% 区间", "个数", "完全正确"), rows)
    different = [one for one in varied if not one.consistent]
    shown_rows = tuple(
        (
            WORDS[one.kind],
            one.original.question.id,
            one.original.question.question,
            brief(one.original.answer),
            one.varied.question.question,
            brief(one.varied.answer),
        )
        for one in different
    )
    headers = ("写法", "编号", "原问题", "回答", "换写后", "回答")
    yield Table("换写法后回答变了的", headers, shown_rows, folded=True)
