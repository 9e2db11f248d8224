"""The command `youju facts`: the table of facts on the terminal, as JSON, CSV or .xlsx."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import UsageProblem, in_chinese
from bot.saving import save
from corpus.types import Status

if TYPE_CHECKING:
    from bot.facts.table import FactTable
    from bot.facts.types import Filters

_STATUSES: Mapping[str, Status] = {"完成": Status.ACTUAL, "预计": Status.EXPECTED, "目标": Status.TARGET} | {
    status.value: status for status in Status
}
# The names of facts.types.Sort, and how they are said here.
_SORTS = {"原文": "place", "指标": "subject", "数值": "value", "单位": "unit"} | {
    "年份": "year",
    "状态": "status",
    "类别": "change",
}
_DESCRIPTION = """报告里的全部数据点：指标、数值、单位、年份、状态、类别和出处。
不带选项时列出全部；选项可以合用，如：youju facts 绿地 --year 2025 --status 目标"""


def add(commands: Any, tell: Callable[[str], None]) -> None:  # noqa: ANN401  # argparse keeps the type private
    """Add the command to the parser of `youju`; `tell` reports progress."""
    facts = commands.add_parser("facts", help="列出报告里的数据", description=_DESCRIPTION)
    facts.add_argument("words", nargs="*", metavar="词", help="指标或原文里要有的词，几个词都要有")
    facts.add_argument("--section", default="", metavar="词", help="章节、表名或行名里要有的词")
    facts.add_argument("--year", type=int, metavar="年份", help="哪一年的数据，如 2025")
    facts.add_argument("--status", metavar="状态", choices=tuple(_STATUSES), help="完成、预计或目标")
    facts.add_argument("--unit", default="", metavar="单位", help="单位，如 亿元、家、%%")
    facts.add_argument("--change", default="", metavar="类别", help="数值、增长、下降、占比、累计或排名")
    facts.add_argument(
        "--sort", metavar="列", choices=tuple(_SORTS), default="原文", help="按哪一列排序：" + "、".join(_SORTS)
    )
    facts.add_argument("--desc", action="store_true", help="从大到小")
    what = facts.add_mutually_exclusive_group()
    what.add_argument("--pairs", action="store_true", help="同一指标的结果和目标并列")
    what.add_argument("--conflicts", action="store_true", help="同一指标前后说法不一致的地方")
    how = facts.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="以 JSON 输出")
    how.add_argument("--csv", nargs="?", const="-", metavar="文件", help="存为 CSV；不写文件名则输出到终端")
    how.add_argument("--xlsx", metavar="文件", help="存为 Excel 文件")
    facts.add_argument("--report", metavar="名称", help="看哪一份报告")
    facts.set_defaults(run=lambda options: _run(options, tell))


def _run(options: argparse.Namespace, tell: Callable[[str], None]) -> int:
    if options.conflicts and (options.csv or options.xlsx):
        raise UsageProblem("--conflicts 只能显示或以 --json 输出。")
    from bot.facts.table import FactTable
    from bot.indexing import ensure_index
    from bot.settings import Settings

    settings = Settings.load(report=options.report)
    table = FactTable.open(settings, ensure_index(settings, tell))
    if options.csv or options.xlsx:
        return _save(options, table)
    _print(_shown(options, table))
    return 0


def _shown(options: argparse.Namespace, table: "FactTable") -> str:
    from bot.facts import show

    filters = _filters(options)
    if options.pairs:
        return _dumped(table.pairs_json(filters)) if options.json else show.pairs_text(table.pairs(filters))
    if options.conflicts:
        return _dumped(table.conflicts_json(filters)) if options.json else show.conflicts_text(table.conflicts(filters))
    return _dumped(table.as_json(filters)) if options.json else show.rows_text(table.rows(filters))


def _save(options: argparse.Namespace, table: "FactTable") -> int:
    from bot.facts.export import as_csv, as_xlsx, pairs_as_csv, pairs_as_xlsx

    title = table.report.title
    if options.pairs:
        pairs = table.pairs()
        count, content = len(pairs), pairs_as_csv(pairs) if options.csv else pairs_as_xlsx(pairs, title)
    else:
        rows = table.rows(_filters(options))
        count, content = len(rows), as_csv(rows) if options.csv else as_xlsx(rows, title)
    name = options.csv or options.xlsx
    if name == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return 0
    try:
        save(Path(name), content)
    except OSError as error:
        raise UsageProblem(f"无法写入 {name}：{in_chinese(error)}。") from error
    sys.stderr.write(f"已存入 {name}，共 {count} 条。\n")
    return 0


def _filters(options: argparse.Namespace) -> "Filters":
    from bot.facts.types import Filters, Sort

    return Filters(
        words=" ".join(options.words),
        section=options.section,
        year=options.year,
        status=_STATUSES[options.status] if options.status else None,
        unit=options.unit,
        change=options.change,
        sort=Sort(_SORTS[options.sort]),
        descending=options.desc,
    )


def _dumped(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False)


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
