"""`youju eval`: the question sets put to the assistant and compared with the last accepted results."""

import argparse
import datetime
import json
import sys
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bot.errors import BotError
from corpus.errors import ReportProblem
from evals.arguments import make_parser
from evals.baseline import accept as accept_results
from evals.baseline import compare as compare_results
from evals.baseline import load_accepted
from evals.checking.sets import load_drafts
from evals.choosing import choose_questions, choose_sets
from evals.document import Piece, as_html, as_markdown
from evals.errors import EvalProblem
from evals.finding import Search, WithFound, index_search
from evals.metrics import measure
from evals.parallel import ask_talks
from evals.questions import as_sessions, load_questions
from evals.runner import Asks, run
from evals.sources import Sources
from evals.summary import SetResult, summary, variants_summary
from evals.timing import Timed, percentile
from evals.types import Outcome, Question
from evals.variants import VariedOutcome, as_varied, varied_talks
from index.errors import IndexProblem

if TYPE_CHECKING:
    from bot.assistant import Assistant

OK, WORSE, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 1 where something got worse or is wrong, 2 where it cannot run."""
    try:
        options = make_parser().parse_args(sys.argv[1:] if arguments is None else list(arguments))
        return _COMMANDS[options.command](options)
    except (EvalProblem, BotError, ReportProblem, IndexProblem) as problem:
        _tell(str(problem))
        return MISUSED


def open_assistant() -> "Assistant":
    """The assistant that the settings describe."""
    from bot.assistant import Assistant
    from bot.indexing import ensure_index
    from bot.settings import Settings

    settings = Settings.load()
    return Assistant.open(settings, ensure_index(settings, lambda told: _tell(f"{told} …")))


def open_search() -> Search:
    """The search of the index that the settings describe."""
    from bot.settings import Settings

    return index_search(Settings.load())


def open_sources() -> Sources:
    """The reports that the settings describe, as the gold speaks of them."""
    from bot.settings import Settings
    from corpus.library import find_reports, read_report

    return Sources.of(map(read_report, find_reports(Settings.load().reports)))


def new_conversation() -> object:
    """A conversation in which nothing was said yet."""
    from bot.conversation import Conversation

    return Conversation()


def evaluate(assistant: Asks, name: str, questions: Sequence[Question], sources: Sources) -> SetResult[Outcome]:
    """One set's outcomes, compared with what was accepted."""
    outcomes = run(assistant, questions, sources, new_conversation)
    accepted = load_accepted(name)
    return SetResult(name, outcomes, accepted, compare_results(outcomes, accepted))


def _run(options: argparse.Namespace) -> int:
    if options.jobs < 0:
        raise EvalProblem("--jobs 不能是负数。")
    started = perf_counter()
    sources, timed = open_sources(), Timed(open_assistant())
    search = open_search()
    results: list[SetResult[Outcome]] = []
    varied: dict[str, tuple[VariedOutcome, ...]] = {}
    for stem, path in choose_questions(options.set).items():
        questions = _chosen(load_questions(path), options)
        if not questions:
            continue
        results.append(evaluate(WithFound(timed, search), stem, questions, sources))
        _say(summary(results[-1], failures=options.failures))
    if not results:
        raise EvalProblem("没有符合条件的问题。")
    if options.variants:
        varied = _vary(results, sources, options.jobs)
        for name, outcomes in varied.items():
            _say(variants_summary(name, outcomes, failures=options.failures))
    seconds = perf_counter() - started
    _tell(f"{len(timed.taken)} 问，{timed}；连同载入共 {seconds:.1f} 秒")
    if options.out:
        _write_report(Path(options.out), results, varied, timed, seconds)
    return WORSE if any(result.comparison.worse for result in results) else OK


def _vary(results: Sequence[SetResult[Outcome]], sources: Sources, jobs: int) -> dict[str, tuple[VariedOutcome, ...]]:
    """The variants of every set, all asked together."""
    talks = {result.name: varied_talks(result.outcomes, sources.reports[0].report) for result in results}
    every = [talk for made in talks.values() for _, talk in made]
    answers = iter(ask_talks(open_assistant, every, new_conversation, jobs=jobs))
    return {
        result.name: as_varied(
            result.outcomes, talks[result.name], list(islice(answers, len(talks[result.name]))), sources
        )
        for result in results
    }


def _chosen(questions: Sequence[Question], options: argparse.Namespace) -> list[Question]:
    """The questions that the options pick, each with the whole of its conversation."""
    ids = set(filter(None, options.ids.split(",")))

    def wanted(one: Question) -> bool:
        return options.style in ("", one.style) and options.kind in ("", one.kind) and (not ids or one.id in ids)

    kept = {one.id for turns in as_sessions(questions) if any(map(wanted, turns)) for one in turns}
    return [one for one in questions if one.id in kept]


def _write_report(
    folder: Path,
    results: Sequence[SetResult[Outcome]],
    varied: dict[str, tuple[VariedOutcome, ...]],
    timed: Timed,
    seconds: float,
) -> None:
    from evals.report import TITLE, make_report

    pieces = make_report(results, varied)
    timings = {
        "answers": len(timed.taken),
        "median_ms": round(percentile(timed.taken, 0.5), 3),
        "p99_ms": round(percentile(timed.taken, 0.99), 3),
        "seconds": round(seconds, 1),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_document(folder / "report.md", TITLE, pieces)
        _write_document(folder / "report.html", TITLE, pieces)
        (folder / "timings.json").write_text(json.dumps(timings) + "\n", encoding="utf-8")
    except OSError as error:
        raise EvalProblem(f"写不了报告：{error}。") from error


def _write_document(path: Path, title: str, pieces: Sequence[Piece]) -> None:
    text = as_html(title, pieces) if path.suffix == ".html" else as_markdown(pieces)
    path.write_text(text, encoding="utf-8")


def _accept(options: argparse.Namespace) -> int:
    sources, assistant = open_sources(), WithFound(open_assistant(), open_search())
    for stem, path in choose_questions(options.set).items():
        result = evaluate(assistant, stem, load_questions(path), sources)
        day = datetime.datetime.now(datetime.UTC).date().isoformat()
        last = accept_results(stem, result.outcomes, measure(result.outcomes), why=options.why, day=day).runs[-1]
        _say(f"{stem}：已认可第 {last.run} 次结果，完全正确 {last.score('full')}")
    return OK


def _lint(options: argparse.Namespace) -> int:
    from evals.checking.lint import lint_drafts
    from evals.lint import GRAVE, cover, cover_map, lint

    sources, chosen = open_sources(), choose_sets(options.set)
    sets = {stem: load_questions(path) for stem, path in chosen.questions.items()}
    drafts = {stem: load_drafts(path) for stem, path in chosen.drafts.items()}
    findings = (*lint(sets, sources), *lint_drafts(drafts, sources))
    covered = cover(sets, sources)
    for finding in findings:
        _say(str(finding))
    cover_line = f"含数字的条目：{covered.figures}；表格：{covered.tables}；" if sets else ""
    _say(f"{cover_line}发现 {len(findings)} 处")
    if options.map:
        _write_document(Path(options.map), "问题覆盖", cover_map(covered, sources))
    return WORSE if any(finding.flaw in GRAVE for finding in findings) else OK


def _calibrate(options: argparse.Namespace) -> int:
    from bot.reading.weights import FILE
    from evals.calibrate import calibrate, dev_sets, threshold_table

    questions = {name: load_questions(path) for name, path in dev_sets().items()}
    every = [question for found in questions.values() for question in found]
    _say(f"{'、'.join(questions)}：{len(every)} 个问题")
    assistant = open_assistant()
    if options.thresholds:
        _say(as_markdown([threshold_table(assistant, every, open_sources(), new_conversation)]))
        return OK
    file = Path(options.out) if options.out else FILE
    for line in calibrate(assistant, every, file):
        _say(line)
    _say(f"已写入 {file}")
    return OK


def _compare(options: argparse.Namespace) -> int:
    from evals.compare import as_table, measure_system, open_system

    with tempfile.TemporaryDirectory() as scratch:
        systems = [open_system(name, Path(scratch)) for name in options.systems]
        for stem, path in choose_questions(options.set).items():
            questions = load_questions(path)
            measured = [measure_system(system, questions, new_conversation) for system in systems]
            _say(as_markdown([as_table(stem, measured)]))
    return OK


def _new(options: argparse.Namespace) -> int:
    from corpus.library import read_report
    from evals.newset import make_questions, write_questions

    read = read_report(Path(options.report))
    lines = make_questions(read)
    if not lines:
        raise EvalProblem(f"报告 {read.report.name} 里没有可以提问的数据点。")
    path = Path(options.out or f"{read.report.name}.jsonl")
    write_questions(lines, path)
    _say(f"已写入 {path}：{len(lines)} 个问题。请逐条核对、修改后，用 youju eval --set {path} 试跑。")
    return OK


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


_COMMANDS = {None: _run, "accept": _accept, "lint": _lint, "calibrate": _calibrate, "compare": _compare, "new": _new}

if __name__ == "__main__":
    sys.exit(main())
