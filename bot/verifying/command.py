"""`youju verify`: makes answers again from their receipts and says whether they are the same to the byte."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.border import printable
from bot.errors import UsageProblem, in_chinese

if TYPE_CHECKING:
    from bot.verifying.again import Verification

_SAME, _CHANGED = 0, 1
_MAX_READ = 64 << 20  # bytes of receipts


def add(commands: Any, tell: Callable[[str], None]) -> None:  # noqa: ANN401  # argparse keeps the type private
    """Add the command to the parser of `youju`; `tell` reports progress."""
    parser = commands.add_parser(
        "verify",
        help="按回执复核回答",
        description="按回执重做回答，看是否逐字节相同；不同时说明什么变了。"
        "退出码：0 全都相同；1 有变化；2 给的不是回执。",
    )
    parser.add_argument(
        "receipt",
        metavar="回执",
        help="回执本身（JSON），或者存有回执、带回执的回答的文件（可以一行一个）；- 表示标准输入",
    )
    parser.add_argument("--json", action="store_true", help="每个回执输出一行 JSON")
    parser.set_defaults(run=lambda options: _run(options, tell))


def _run(options: argparse.Namespace, tell: Callable[[str], None]) -> int:
    from bot.assistant import Assistant
    from bot.batch import encode
    from bot.indexing import ensure_index
    from bot.settings import Settings
    from bot.verifying.again import read_receipts, verify
    from bot.writing import EXTRACTIVE
    from bot.writing.opening import CODE

    receipts = list(read_receipts(_text(options.receipt)))
    index = ensure_index(Settings.load(), tell)
    opened: dict[int, Assistant] = {}

    def assistant(max_question: int) -> Assistant:
        if max_question not in opened:
            settings = Settings.load(max_question=max_question, writer=EXTRACTIVE, completer=CODE)
            opened[max_question] = Assistant.open(settings, index)
        return opened[max_question]

    same = True
    for receipt in receipts:
        found = verify(receipt, assistant)
        same = same and found.same
        line = encode(found.as_json()) if options.json else f"{_said(found)}\n".encode("utf-8", errors="replace")
        sys.stdout.flush()
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
    return _SAME if same else _CHANGED


def _text(given: str) -> str:
    if given.lstrip().startswith("{"):
        return given
    try:
        if given == "-":
            content = sys.stdin.buffer.read(_MAX_READ)
        else:
            with Path(given).open("rb") as opened:
                content = opened.read(_MAX_READ)
    except OSError as error:
        raise UsageProblem(f"无法打开 {given}：{in_chinese(error)}。") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageProblem("给的不是 UTF-8 文字，读不出回执。") from error


def _said(found: "Verification") -> str:
    from bot.verifying.again import TAMPERED

    if found.same and found.answer_same is None:
        return (
            f"相符：{found.question}\n  回答由 {found.writer} 撰写，模型的文字不能重做；"
            "对问题的理解、引文及其位置，以及报告、索引和程序都没有变。"
        )
    if found.same:
        return f"相同：{found.question}\n  重做的回答与回执逐字节相同，报告、索引和程序都没有变。"
    lines = [f"不同：{found.question}"]
    for one in found.changes:
        happened = "被改过" if one.what in TAMPERED else "变了"
        lines.append(f"  {one.what}{happened}：{one.was or '（无）'} → {one.now or '（无）'}")
    if found.answer_same:
        lines.append("  重做的回答本身仍然逐字节相同。")
    return printable("\n".join(lines))
