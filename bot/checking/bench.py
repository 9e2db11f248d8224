"""How long it takes to check a draft: `python -m bot.checking.bench [FILE] [--report NAME]`.

Without a file the draft is made of the report's own sentences with figures, so that it is as dense as drafts get.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bot.checking.checker import Checker
from bot.checking.draft import read_draft
from bot.indexing import ensure_index
from bot.settings import Settings
from bot.types import Verdict

LENGTH = 5_000  # characters of the draft
RUNS = 5


def dense_draft(passages: Sequence[str], length: int = LENGTH) -> str:
    """A draft of `length` characters from passages that hold a figure, repeated where they are too few."""
    lines = [line for line in passages if any(char.isdigit() for char in line)] or ["没有数字。"]
    text = "\n".join(lines)
    return (text * (length // max(1, len(text)) + 1))[:length]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the seconds of the first check, which reads the words, and the median of further ones."""
    parser = argparse.ArgumentParser(prog="python -m bot.checking.bench", description="测核对一份文稿的用时。")
    parser.add_argument("draft", nargs="?", metavar="文件", help="文稿；不写则用报告自己的句子凑一份")
    parser.add_argument("--report", metavar="名称", help="与哪一份报告核对")
    options = parser.parse_args(arguments)
    settings = Settings.load(report=options.report)
    index = ensure_index(settings, lambda message: None)
    checker = Checker.open(settings, index)
    name = settings.report or index.reports[0].name
    if options.draft:
        draft = read_draft(options.draft, Path(options.draft).read_bytes())
    else:
        draft = dense_draft([passage.text for passage in index.passages if passage.report == name])
    seconds, worked = [], []
    for _ in range(RUNS):
        started, busy = time.perf_counter(), time.process_time()
        findings = checker.check(draft)
        seconds.append(time.perf_counter() - started)
        worked.append(time.process_time() - busy)
    supported = sum(finding.verdict is Verdict.SUPPORTED for finding in findings)
    sys.stdout.write(
        f"{len(draft)} 字，{len(findings)} 个数字（一致 {supported}）："
        f"第一次 {seconds[0]:.2f} 秒（处理器 {worked[0]:.2f} 秒），"
        f"此后中位数 {median(seconds[1:]):.2f} 秒（处理器 {median(worked[1:]):.2f} 秒）\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
