"""What a run says of the draft sets: in the log, and as pieces of the report."""

from collections.abc import Iterator, Mapping

from bot.types import Verdict
from evals.checking.judge import VERDICTS, FigureOutcome
from evals.checking.metrics import METRICS, by_genre, by_way, confusion, measure
from evals.checking.sets import Genre, Way
from evals.document import Bars, Heading, Paragraph, Piece, Record, Records, Table
from evals.metrics import Score, by_step
from evals.report import as_bar, scores_table, trend
from evals.summary import SetResult, change_lines, failure_lines, group_line, score_lines
from evals.words import STEPS

_TREND = ("verdict", "contradicted", "absent", "corrected")
_FIELDS = ("说明", "现在的结论", "原来的结论", "应有的依据", "稿件")

_WAYS: Mapping[str, str] = {
    Way.SAME: "照写",
    Way.FORMAT: "写法",
    Way.UNIT: "单位",
    Way.ROUNDING: "取整",
    Way.QUALIFIER: "约、近、超",
    Way.NUMERALS: "汉字、成数",
    Way.RANGE: "范围",
    Way.RANK: "名次",
    Way.DATE: "日期",
    Way.VALUE: "数值",
    Way.YEAR: "年份、目标与完成",
    Way.INDICATOR: "张冠李戴",
    Way.CHANGE: "累计与新增、占比与增幅",
    Way.POINT: "百分点",
    Way.NO_FIGURE: "报告没有的指标",
    Way.OTHER_YEAR: "报告没有的年份",
    Way.OTHER_PLACE: "别的地方",
    Way.INVENTED: "凭空编造",
}
_GENRES: Mapping[str, str] = {
    Genre.SPEECH: "讲话",
    Genre.PRESS: "新闻稿",
    Genre.REPLY: "答复",
    Genre.BULLETIN: "简报",
    Genre.WECHAT: "公众号",
}

Result = SetResult[FigureOutcome]


def drafts_summary(result: Result, *, failures: int = 0) -> str:
    """The set's result as lines for a terminal, with at most `failures` of the failures."""
    scores = {METRICS[key][0]: (key, score) for key, score in measure(result.outcomes).items()}
    drafts = len({one.draft.id for one in result.outcomes})
    lines = [f"== {result.name}：{drafts} 篇稿件，{len(result.outcomes)} 个数字", *score_lines(scores, result.accepted)]
    lines += [group_line(title, groups) for title, groups in _groups(result.outcomes).items()]
    return "\n".join([*lines, *change_lines(result), *failure_lines(result, failures)])


def drafts_pieces(result: Result) -> Iterator[Piece]:
    """The set's part of the report."""
    outcomes = result.outcomes
    yield Heading(f"稿件集 {result.name}")
    yield scores_table({METRICS[key][0]: (key, score) for key, score in measure(outcomes).items()}, result.accepted)
    for title, groups in _groups(outcomes).items():
        yield Bars(f"各种{title}的结论正确率", tuple(as_bar(name, score) for name, score in groups.items()))
    yield _confusion(outcomes)
    if result.accepted:
        names = {key: METRICS[key][0] for key in _TREND}
        yield trend(names, measure(outcomes), result.accepted)
    yield from _changes(result)
    steps = by_step(outcomes)
    if steps:
        yield Table("错在哪一步", ("步骤", "个数"), tuple((STEPS[step], str(n)) for step, n in steps.items()))
    known = result.accepted.answers if result.accepted else {}
    wrong = tuple(_record(one, known[one.id].said if one.id in known else "") for one in outcomes if not one.right)
    yield Records("全部错误", "步骤", _FIELDS, wrong, folded=True)


def _groups(outcomes: tuple[FigureOutcome, ...]) -> dict[str, dict[str, Score]]:
    return {
        "对错方式": {_WAYS[name]: score for name, score in by_way(outcomes).items()},
        "体裁": {_GENRES[name]: score for name, score in by_genre(outcomes).items()},
    }


def _confusion(outcomes: tuple[FigureOutcome, ...]) -> Table:
    counts = confusion(outcomes)
    given = (*Verdict, None)
    rows = tuple((VERDICTS[gold], *(str(counts.get((gold, verdict), 0)) for verdict in given)) for gold in Verdict)
    headers = ("应有的结论", *(f"判为{VERDICTS[verdict]}" if verdict else "没有认出" for verdict in given))
    return Table("应有的结论与给出的结论", headers, rows)


def _changes(result: Result) -> Iterator[Piece]:
    if result.accepted is None:
        yield Paragraph("还没有认可过的结果。")
        return
    last = result.accepted.runs[-1]
    yield Paragraph(f"与第 {last.run} 次认可的结果（{last.day}，{last.why}）相比：")
    for word, changes in (("变坏", result.comparison.worse), ("变好", result.comparison.better)):
        if changes:
            records = tuple(_record(change.outcome, change.old.said) for change in changes)
            yield Records(word, "步骤", _FIELDS, records, folded=word != "变坏")


def _record(one: FigureOutcome, old: str) -> Record:
    mark = STEPS[one.step] if one.step else ""
    evidence = "；".join(one.stated.evidence)
    return Record(one.id, one.asked, mark, (one.why, one.said, old, evidence, one.draft.text))
