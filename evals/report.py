"""The evaluation's report: the same for the same code and questions, for it holds no time and no timing."""

from collections.abc import Iterator, Mapping, Sequence

from evals.baseline import Accepted, AcceptedAnswer
from evals.document import Bars, Heading, Lines, Paragraph, Piece, Record, Records, Table
from evals.metrics import (
    METRICS,
    Score,
    by_kind,
    by_reason,
    by_step,
    by_style,
    by_turn,
    by_wrongful_reason,
    full_accuracy,
    measure,
)
from evals.plots import Bar, Line
from evals.summary import SetResult
from evals.types import Outcome
from evals.variants import WORDS, VariedOutcome, consistency
from evals.variants import by_kind as by_variant
from evals.words import STEPS, shown

TITLE = "有据：问题集评测"
_TREND = ("full", "short", "citation_recall", "found_5", "refusal_recall")
_OVERVIEW = (
    "full",
    "full_answerable",
    "full_refusals",
    "refusal_recall",
    "wrongful_refusal",
    "citation_recall",
    "verbatim",
)


def make_report(results: Sequence[SetResult[Outcome]], varied: Mapping[str, Sequence[VariedOutcome]]) -> list[Piece]:
    """The report on `results`; `varied` are the variants that were run, by set."""
    pieces: list[Piece] = [Heading(TITLE, 1)]
    if results:
        pieces += [Paragraph(_line(results)), _overview(results, varied)]
    for result in results:
        pieces += _set(result)
        pieces += _variants(varied.get(result.name, ()))
    return pieces


def _line(results: Sequence[SetResult[Outcome]]) -> str:
    every = full_accuracy([outcome for result in results for outcome in result.outcomes])
    parts = "，".join(f"{one.name} {_percent(full_accuracy(one.outcomes))}" for one in results)
    worse = sum(len(one.comparison.worse) for one in results)
    against = f"比上次认可的结果变坏 {worse} 个" if any(one.accepted for one in results) else "还没有认可过的结果"
    return f"{every.total} 个问题完全正确 {_percent(every)}（{parts}）；{against}。"


def _percent(score: Score) -> str:
    return "—" if score.value is None else f"{score.value:.1%}"


def _overview(results: Sequence[SetResult[Outcome]], varied: Mapping[str, Sequence[VariedOutcome]]) -> Table:
    """The sets side by side: the table to copy."""
    scores = [measure(one.outcomes) for one in results]
    rows = [("问题", *(str(len(one.outcomes)) for one in results))]
    rows += [(METRICS[key][0], *(str(one[key]) for one in scores)) for key in _OVERVIEW]
    if varied:
        rows.append(("换写法后一致", *(str(consistency(varied.get(one.name, ()))) for one in results)))
    if any(one.accepted for one in results):
        rows.append(("变坏 / 变好", *map(_moves, results)))
    return Table("", ("", *(one.name for one in results)), tuple(rows))


def _moves(result: SetResult[Outcome]) -> str:
    if result.accepted is None:
        return "—"
    return f"{len(result.comparison.worse)} / {len(result.comparison.better)}"


def _set(result: SetResult[Outcome]) -> Iterator[Piece]:
    outcomes, reasons = result.outcomes, by_reason(result.outcomes)
    yield Heading(f"问题集 {result.name}")
    yield scores_table({METRICS[key][0]: (key, score) for key, score in measure(outcomes).items()}, result.accepted)
    for caption, groups in (
        ("各种问法的完全正确率", by_style(outcomes)),
        ("各类问题的完全正确率", by_kind(outcomes)),
        ("该拒答的问题，各种理由的拒答率", {name: refused for name, (refused, _) in reasons.items()}),
        ("对话各轮的完全正确率", by_turn(outcomes)),
    ):
        if groups:
            yield Bars(caption, tuple(as_bar(name, score) for name, score in groups.items()))
    if result.accepted:
        yield trend({key: METRICS[key][0] for key in _TREND}, measure(outcomes), result.accepted)
    if reasons:
        yield _refusals(reasons)
    wrongful = by_wrongful_reason(outcomes)
    if wrongful:
        rows = tuple((shown(reason), str(count)) for reason, count in wrongful.items())
        yield Table("能答却拒答了的，理由是", ("理由", "个数"), rows)
    yield from _changes(result)
    steps = by_step(outcomes)
    if steps:
        yield Table("错在哪一步", ("步骤", "个数"), tuple((STEPS[step], str(n)) for step, n in steps.items()))
    yield _failures(result)


def _refusals(reasons: Mapping[str, tuple[Score, Score]]) -> Table:
    rows = ((shown(name), f"{one.hits:g}", f"{right.hits:g}", str(one.total)) for name, (one, right) in reasons.items())
    return Table("该拒答的问题", ("应有的理由", "拒答了", "理由也对", "共"), tuple(rows))


def scores_table(scores: Mapping[str, tuple[str, Score]], accepted: Accepted | None) -> Table:
    """Each score under its Chinese name, beside the accepted one of its key."""
    before = accepted.runs[-1] if accepted else None
    rows = []
    for word, (key, score) in scores.items():
        old = before.score(key).value if before else None
        rows.append((word, *_cells(score), "—" if old is None else f"{old:.1%}"))
    return Table("指标", ("指标", "值", "95% 区间", "个数", "上次认可"), tuple(rows))


def _cells(score: Score) -> tuple[str, str, str]:
    interval = score.interval
    if score.value is None or interval is None:
        return "—", "—", "0"
    return f"{score.value:.1%}", f"{interval[0]:.1%} – {interval[1]:.1%}", f"{score.hits:.4g}/{score.total}"


def as_bar(name: str, score: Score) -> Bar:
    """A group's share as a bar."""
    low, high = score.interval or (0.0, 0.0)
    return Bar(shown(name), score.value or 0.0, low, high, f"{score.hits:g}/{score.total}")


def trend(names: Mapping[str, str], now: Mapping[str, Score], accepted: Accepted) -> Lines:
    """The scores whose keys `names` puts in Chinese, over the accepted runs to this one."""
    runs = accepted.runs
    lines = tuple(Line(word, (*(run.score(key).value for run in runs), now[key].value)) for key, word in names.items())
    return Lines("历次认可的结果与本次", (*(f"第 {run.run} 次" for run in runs), "本次"), lines)


def _changes(result: SetResult[Outcome]) -> Iterator[Piece]:
    if result.accepted is None:
        yield Paragraph("还没有认可过的结果。")
        return
    last = result.accepted.runs[-1]
    yield Paragraph(f"与第 {last.run} 次认可的结果（{last.day}，{last.why}）相比：")
    for word, changes in (
        ("变坏", result.comparison.worse),
        ("变好", result.comparison.better),
        ("说法不同，对错未变", result.comparison.reworded),
    ):
        if changes:
            records = tuple(_record(change.outcome, change.old) for change in changes)
            yield Records(word, "步骤", _FIELDS, records, folded=word != "变坏")
    if result.comparison.gone:
        yield Paragraph(f"本次没有的问题：{'、'.join(result.comparison.gone)}")


_FIELDS = ("问法", "说明", "现在的回答", "原来的回答", "应有的依据", "引用的原文")


def _failures(result: SetResult[Outcome]) -> Records:
    known = result.accepted.answers if result.accepted else {}
    wrong = (one for one in result.outcomes if not one.judgement.right)
    records = tuple(_record(one, known.get(one.question.id)) for one in wrong)
    return Records("全部错误", "步骤", _FIELDS, records, folded=True)


def _record(outcome: Outcome, old: AcceptedAnswer | None) -> Record:
    question = outcome.question
    step = outcome.judgement.step or (old.step if old else None)
    return Record(
        question.id,
        question.question,
        STEPS[step] if step else "",
        (
            f"{shown(question.style)}、{shown(question.kind)}",
            outcome.judgement.why,
            outcome.said,
            old.said if old else "",
            "；".join(dict.fromkeys(part.evidence[0] for part in question.parts)),
            "；".join(citation.quote for citation in outcome.answer.citations),
        ),
    )


def _variants(varied: Sequence[VariedOutcome]) -> Iterator[Piece]:
    if not varied:
        return
    yield Heading(f"换写法后的一致性：{consistency(varied)}", 3)
    rows = tuple((WORDS[kind], *_cells(same), *_cells(right)[:1]) for kind, (same, right) in by_variant(varied).items())
    yield Table("各种写法", ("写法", "一致", "95% 区间", "个数", "完全正确"), rows)
    different = [one for one in varied if not one.consistent]
    records = tuple(
        Record(
            one.original.question.id,
            one.original.question.question,
            WORDS[one.kind],
            (one.original.said, one.varied.question.question, one.varied.said),
        )
        for one in different
    )
    yield Records("换写法后回答变了的", "写法", ("回答", "换写后", "换写后的回答"), records, folded=True)
