"""`youju eval`: the question sets put to the assistant and compared with the last accepted results."""

import argparse
import datetime
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from bot.errors import BotError
from corpus.errors import ReportProblem
from evals.arguments import make_parser
from evals.baseline import accept as accept_results
from evals.baseline import load_accepted
from evals.checking.metrics import measure as measure_drafts
from evals.checking.report import drafts_pieces, drafts_summary
from evals.checking.sets import load_drafts
from evals.choosing import choose_questions, choose_sets
from evals.document import Piece, as_html, as_markdown
from evals.errors import EvalProblem
from evals.evaluation import Evaluation, Evaluator
from evals.metrics import measure
from evals.opening import new_conversation, open_all, open_assistant, open_sources, prepare
from evals.questions import as_sessions, load_questions
from evals.summary import summary, variants_summary
from evals.timing import percentile, told
from evals.types import Question
from index.errors import IndexProblem

OK, WORSE, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 1 where something got worse or is wrong, 2 where it cannot run."""
    try:
        options = make_parser().parse_args(sys.argv[1:] if arguments is None else list(arguments))
        return _COMMANDS[options.command](options)
    except (EvalProblem, BotError, ReportProblem, IndexProblem) as problem:
        _tell(str(problem))
        return MISUSED


def _evaluate(options: argparse.Namespace, *, variants: bool = False, jobs: int = 0) -> Evaluation:
    """The sets that the options choose, run and compared with what was accepted for them."""
    chosen = choose_sets(options.set)
    questions = {stem: _chosen(load_questions(path), options) for stem, path in chosen.questions.items()}
    questions = {stem: found for stem, found in questions.items() if found}
    drafts = {stem: load_drafts(path) for stem, path in chosen.drafts.items()} if not _picks(options) else {}
    if not (questions or drafts):
        raise EvalProblem("没有符合条件的问题。")
    accepted = {stem: load_accepted(stem) for stem in (*questions, *drafts)}
    prepare(_tell_wait)
    return Evaluator(open_all(), open_sources(), accepted).run(questions, drafts, variants=variants, jobs=jobs)


def _run(options: argparse.Namespace) -> int:
    if options.jobs < 0:
        raise EvalProblem("--jobs 不能是负数。")
    if options.writer or options.completer:
        return _side_by_side(options)
    started = perf_counter()
    done = _evaluate(options, variants=options.variants, jobs=options.jobs)
    for result in done.results:
        _say(summary(result, failures=options.failures))
    for name, outcomes in done.varied.items():
        _say(variants_summary(name, outcomes, failures=options.failures))
    for drafts in done.drafts:
        _say(drafts_summary(drafts, failures=options.failures))
    seconds = perf_counter() - started
    asked = f"{len(done.taken)} 问，{told(done.taken)}；" if done.taken else ""
    _tell(f"{asked}连同载入共 {seconds:.1f} 秒")
    if options.out:
        _write_report(Path(options.out), done, seconds)
    return WORSE if done.worse else OK


def _side_by_side(options: argparse.Namespace) -> int:
    """The writer or the completer that is named beside the one without a model, on the same questions."""
    from evals import completers, writers

    if options.writer and options.completer:
        raise EvalProblem("--writer 和 --completer 一次只能比一样。")
    sets = {stem: _chosen(load_questions(path), options) for stem, path in choose_sets(options.set).questions.items()}
    sets = {stem: found for stem, found in sets.items() if found}
    if not sets:
        raise EvalProblem("没有符合条件的问题。")
    name = options.writer or options.completer
    beside = (writers if options.writer else completers).side_by_side
    with tempfile.TemporaryDirectory() as scratch:
        _say(as_markdown(beside(sets, name, new_conversation, Path(scratch))))
    return OK


def _picks(options: argparse.Namespace) -> bool:
    """Whether the options pick some questions of a set; drafts have neither style nor kind."""
    return any(getattr(options, name, "") for name in ("style", "kind", "ids"))


def _chosen(questions: Sequence[Question], options: argparse.Namespace) -> list[Question]:
    """The questions that the options pick, each with the whole of its conversation."""
    if not _picks(options):
        return list(questions)
    ids = set(filter(None, options.ids.split(",")))

    def wanted(one: Question) -> bool:
        return options.style in ("", one.style) and options.kind in ("", one.kind) and (not ids or one.id in ids)

    kept = {one.id for turns in as_sessions(questions) if any(map(wanted, turns)) for one in turns}
    return [one for one in questions if one.id in kept]


def _write_report(folder: Path, done: Evaluation, seconds: float) -> None:
    from evals.report import TITLE, make_report

    pieces = [*make_report(done.results, done.varied), *(one for each in done.drafts for one in drafts_pieces(each))]
    timings = {
        "answers": len(done.taken),
        "median_ms": round(percentile(done.taken, 0.5), 3) if done.taken else None,
        "p99_ms": round(percentile(done.taken, 0.99), 3) if done.taken else None,
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
    done, day = _evaluate(options), datetime.datetime.now(datetime.UTC).date().isoformat()
    for result in done.results:
        run = accept_results(result.name, result.outcomes, measure(result.outcomes), why=options.why, day=day).runs[-1]
        _say(f"{result.name}：已认可第 {run.run} 次结果，完全正确 {run.score('full')}")
    for drafts in done.drafts:
        scores = measure_drafts(drafts.outcomes)
        run = accept_results(drafts.name, drafts.outcomes, scores, why=options.why, day=day).runs[-1]
        _say(f"{drafts.name}：已认可第 {run.run} 次结果，结论正确 {run.score('verdict')}")
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
    prepare(_tell_wait)
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


def _tell_wait(text: str) -> None:
    _tell(f"{text} …")


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


_COMMANDS = {None: _run, "accept": _accept, "lint": _lint, "calibrate": _calibrate, "compare": _compare, "new": _new}

if __name__ == "__main__":
    sys.exit(main())
