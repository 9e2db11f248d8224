"""The report says everything, is the same for every run, and loads nothing."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.types import Answer, Reason
from evals.baseline import accept, compare
from evals.document import Lines, Records, as_html, as_markdown
from evals.metrics import measure
from evals.report import TITLE, make_report
from evals.runner import run
from evals.sources import Sources
from evals.summary import SetResult, summary, variants_summary
from evals.types import Outcome, Question
from tests.evals.fakes import KnowingAssistant, answered, refused, run_variants

NASTY = '<script>alert("1")</script>|'


def spoil(question: Question, answer: Answer) -> Answer:
    """One wrong answer, one wrongful refusal, one answer that holds markup; slower every time."""
    if question.id == "gdp":
        return answered(NASTY, steps=answer.steps)
    if question.id == "green":
        return refused(Reason.OPINION, answer.steps)
    return replace(answer, elapsed_ms=len(question.id) * 1.5)


def result(questions: Sequence[Question], sources: Sources, folder: Path) -> SetResult[Outcome]:
    """The spoiled outcomes beside two accepted runs, of which the last had gdp right."""
    right = run(KnowingAssistant(questions, sources), questions, sources, object)
    for day in ("2026-01-01", "2026-01-02"):
        accepted = accept("s", right, measure(right), why="为什么", day=day, folder=folder)
    spoiled = run(KnowingAssistant(questions, sources, spoil), questions, sources, object)
    return SetResult("s", spoiled, accepted, compare(spoiled, accepted))


def render(questions: Sequence[Question], sources: Sources, folder: Path) -> tuple[str, str, str]:
    """Markdown, HTML and the log of a whole run with variants."""
    one = result(questions, sources, folder)
    varied = run_variants(KnowingAssistant(questions, sources, spoil), one.outcomes, sources)
    pieces = make_report([one], {"s": varied})
    log = summary(one, failures=5) + variants_summary("s", varied, failures=5)
    return as_markdown(pieces), as_html(TITLE, pieces), log


def test_two_runs_give_the_same_bytes(questions: Sequence[Question], sources: Sources, tmp_path: Path) -> None:
    """Nothing of the clock or of the order of sets comes in."""
    assert render(questions, sources, tmp_path / "a") == render(questions, sources, tmp_path / "b")


def test_what_got_worse_stands_in_every_form(questions: Sequence[Question], sources: Sources, tmp_path: Path) -> None:
    """Question, old answer, new answer and step, in the Markdown, the HTML and the log."""
    for text in render(questions, sources, tmp_path):
        assert "2024年徐汇区地区生产总值是多少？" in text
        assert "3931.2亿元" in text
        assert "答案不对" in text
        assert "误拒" in text
        assert "75.0%" in text or "75%" in text


def test_the_page_loads_nothing_and_runs_nothing(
    questions: Sequence[Question], sources: Sources, tmp_path: Path
) -> None:
    """One file: no address, no script, and what an answer holds is shown as text."""
    _, page, _ = render(questions, sources, tmp_path)
    assert not re.search(r"https?:|//|@import|url\(|<script|<link|<img|\son\w+=", page)
    assert "&lt;script&gt;" in page
    assert page.count("<svg") >= 4
    assert "polyline" in page


def test_the_first_table_is_the_one_to_copy(questions: Sequence[Question], sources: Sources, tmp_path: Path) -> None:
    """The sets side by side, in Markdown, before anything else: all, those to answer and those to refuse."""
    text, _, _ = render(questions, sources, tmp_path)
    table = text[text.index("|") : text.index("\n\n", text.index("|"))].splitlines()
    assert table[:3] == ["|  | s |", "| --- | --- |", "| 问题 | 8 |"]
    cells = {line.split("|")[1].strip(): line.split("|")[2].split()[-1] for line in table[3:]}
    assert cells["完全正确"] == "6/8"
    assert cells["其中能答的"] == "4/6"
    assert cells["其中该拒答的（理由也对）"] == "2/2"
    assert cells["变坏 / 变好"] == "0"


def test_every_failure_has_its_evidence_and_both_answers(
    questions: Sequence[Question], sources: Sources, tmp_path: Path
) -> None:
    """What the report says, what is answered now, and what was accepted."""
    pieces = make_report([result(questions, sources, tmp_path)], {})
    failures = next(one for one in pieces if isinstance(one, Records) and one.caption == "全部错误")
    told = {one.id: dict(zip(failures.names, one.fields, strict=True)) for one in failures.records}
    assert set(told) == {"gdp", "green"}
    assert told["green"]["现在的回答"] == "拒答（要求评价）"
    assert told["green"]["原来的回答"] == "12公顷、3座"
    assert told["green"]["应有的依据"] == "新增绿地12公顷；新建公园3座"


def test_the_trend_runs_over_the_accepted_runs_to_this_one(
    questions: Sequence[Question], sources: Sources, tmp_path: Path
) -> None:
    """Two runs with everything right, then this one."""
    pieces = make_report([result(questions, sources, tmp_path)], {})
    trend = next(one for one in pieces if isinstance(one, Lines))
    assert trend.ticks == ("第 1 次", "第 2 次", "本次")
    assert trend.lines[0].values == (1.0, 1.0, 0.75)


def test_a_cell_cannot_break_a_table(questions: Sequence[Question], sources: Sources, tmp_path: Path) -> None:
    """A bar in an answer stays in its cell, and no tag goes into the Markdown."""
    text, _, _ = render(questions, sources, tmp_path)
    assert "<script" not in text
    assert "\\|" in text


def test_a_first_run_says_how_to_accept(questions: Sequence[Question], sources: Sources) -> None:
    """Without accepted results there is nothing to compare with."""
    outcomes = run(KnowingAssistant(questions, sources), questions, sources, object)
    first = SetResult("s", outcomes, None, compare(outcomes, None))
    assert "youju eval accept --why" in summary(first)
    assert "还没有认可过的结果" in as_markdown(make_report([first], {}))
