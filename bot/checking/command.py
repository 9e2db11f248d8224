"""The command `youju check`: a draft from the command line, a file or a pipe; findings for people or programs.

Exit 0: no figure is contradicted; 1: one is, or a line of a batch is an error; 2: the command was used wrongly.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from bot.checking.draft import KINDS, MAX_FILE, bounded, read_draft
from bot.errors import DraftProblem, UsageProblem, in_chinese
from bot.saving import save
from bot.types import Finding, Verdict

if TYPE_CHECKING:
    from bot.checking.checker import Checker

OK, FAILED = 0, 1
_LONGEST_PATH = 1_000  # characters; what is longer is text


def add(commands: Any, tell: Callable[[str], None]) -> None:  # noqa: ANN401  # argparse keeps the type private
    """Add the command to the parser of `youju`; `tell` reports progress."""
    parser = commands.add_parser(
        "check",
        help="核对文稿里的数字",
        description="拿文稿里的每个数字与报告核对：一致、不一致（并给出报告写的）或未提及。",
        epilog="退出码：0 没有不一致的数字；1 有不一致的，或有一行出错；2 用法不对。",
    )
    parser.add_argument(
        "draft", nargs="*", metavar="文稿", help="要核对的文字，或 .txt、.md、.docx 文件；- 表示标准输入"
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.add_argument("--batch", metavar="文件", help="逐行核对文件里的 JSON 文稿；- 表示标准输入")
    parser.add_argument("--csv", metavar="文件", help="把结果存成表格（CSV）")
    parser.add_argument("--docx", metavar="文件", help="把文稿和批注存成 Word 文件")
    parser.add_argument("--report", metavar="名称", help="与哪一份报告核对")
    parser.set_defaults(run=lambda options: _run(options, tell))


def _run(options: argparse.Namespace, tell: Callable[[str], None]) -> int:
    if options.batch is not None:
        if options.draft or options.csv or options.docx:
            raise UsageProblem("--batch 不能与文稿、--csv 或 --docx 同时使用。")
        return _batch(options, tell)
    try:
        draft = _draft(options.draft)
    except DraftProblem as problem:
        raise UsageProblem(str(problem)) from problem
    findings = _open(options, tell).check(draft)
    _save(options, draft, findings)
    _show(draft, findings, as_json=options.json)
    return FAILED if any(finding.verdict is Verdict.CONTRADICTED for finding in findings) else OK


def _batch(options: argparse.Namespace, tell: Callable[[str], None]) -> int:
    from bot.batch import run
    from bot.checking.batch import Drafts

    with contextlib.ExitStack() as stack:
        source: BinaryIO | None = sys.stdin.buffer if sys.stdin is not None else None
        if options.batch != "-":
            try:
                source = stack.enter_context(Path(options.batch).open("rb"))
            except OSError as error:
                raise UsageProblem(f"无法打开 {options.batch}：{in_chinese(error)}。") from error
        if source is None:
            raise UsageProblem("没有标准输入，请写文件名。")
        drafts = Drafts(_open(options, tell))
        errors = run(source, sys.stdout.buffer, drafts)
    return FAILED if errors or drafts.contradicted else OK


def _open(options: argparse.Namespace, tell: Callable[[str], None]) -> "Checker":
    from bot.checking.checker import Checker
    from bot.indexing import ensure_index
    from bot.settings import Settings

    settings = Settings.load(report=options.report)
    return Checker.open(settings, ensure_index(settings, tell))


def _draft(given: list[str]) -> str:
    """The draft that the arguments name: a file where one has the name, the text itself otherwise."""
    if given == ["-"] or (not given and sys.stdin is not None and not sys.stdin.isatty()):
        if sys.stdin is None:
            raise UsageProblem("没有标准输入，请把文稿写在命令里。")
        return read_draft("标准输入.txt", sys.stdin.buffer.read(MAX_FILE + 1))
    if not given:
        raise UsageProblem("请给出文稿：文字、文件，或 - 表示标准输入。")
    if len(given) == 1 and len(given[0]) <= _LONGEST_PATH and Path(given[0]).suffix.lower() in KINDS:
        return _of_file(Path(given[0]))
    return bounded(" ".join(given))


def _of_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise UsageProblem(f"无法打开 {path}：{in_chinese(error)}。") from error
    return read_draft(path.name, data)


def _save(options: argparse.Namespace, draft: str, findings: tuple[Finding, ...]) -> None:
    from bot.checking.export import as_csv, as_docx

    for name, write in ((options.csv, as_csv), (options.docx, as_docx)):
        if name is not None:
            try:
                save(Path(name), write(draft, findings))
            except OSError as error:
                raise UsageProblem(f"无法写 {name}：{in_chinese(error)}。") from error


def _show(draft: str, findings: tuple[Finding, ...], *, as_json: bool) -> None:
    if as_json:
        from bot.batch import encode

        sys.stdout.flush()
        sys.stdout.buffer.write(encode({"id": "", "findings": [finding.as_json() for finding in findings]}))
        sys.stdout.buffer.flush()
        return
    from bot.checking.terminal import render

    colour = sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and "NO_COLOR" not in os.environ
    sys.stdout.write(render(draft, findings, colour=colour) + "\n")
    sys.stdout.flush()
