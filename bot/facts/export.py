"""The table of facts as a file: CSV that opens right in Excel, and .xlsx; no cell ever becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from bot.border import printable
from bot.facts.types import LEVEL, STATUS_WORDS, FactRow, Pair

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    "指标",
    "原文数值",
    "数值",
    "单位",
    "限定",
    "年份",
    "状态",
    "类别",
    "章节",
    "表格",
    "行",
    "原文",
    "行号",
    "编号",
)
PAIR_COLUMNS = (
    "指标",
    "类别",
    "结果年份",
    "结果",
    "结果数值",
    "目标年份",
    "目标",
    "目标数值",
    "单位",
    "结果原文",
    "目标原文",
)

_FORMULA = tuple("=+-@\t\r＝＋－＠")  # what a spreadsheet takes for the start of a formula
_WIDTHS = {"指标": 34, "章节": 40, "表格": 24, "行": 24, "原文": 80, "结果原文": 60, "目标原文": 60, "编号": 26}
_WIDTH = 13  # characters, of every other column

Cells = tuple[str | float | int | None, ...]


def as_csv(rows: Sequence[FactRow]) -> bytes:
    """The rows as CSV: UTF-8 with a mark at its start, by which Excel knows it, and line ends as it wants them."""
    return _csv(COLUMNS, map(cells, rows))


def as_xlsx(rows: Sequence[FactRow], title: str) -> bytes:
    """The rows as a workbook of one sheet; `title` goes into its properties."""
    return _xlsx(COLUMNS, map(cells, rows), title, "数据")


def pairs_as_csv(pairs: Sequence[Pair]) -> bytes:
    """Results beside targets as CSV."""
    return _csv(PAIR_COLUMNS, map(pair_cells, pairs))


def pairs_as_xlsx(pairs: Sequence[Pair], title: str) -> bytes:
    """Results beside targets as a workbook of one sheet."""
    return _xlsx(PAIR_COLUMNS, map(pair_cells, pairs), title, "结果与目标")


def _csv(header: Sequence[str], lines: Iterable[Cells]) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow(header)
    for line in lines:
        writer.writerow(harmless(value) if isinstance(value, str) else value for value in line)
    return sink.getvalue().encode("utf-8-sig")


def _xlsx(header: Sequence[str], lines: Iterable[Cells], title: str, name: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    book.properties.title = printable(title)
    for at, line in enumerate([tuple(header), *lines], 1):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(at, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a text, whatever it begins with
            if at == 1:
                cell.font = Font(bold=True)
            elif header[column - 1].endswith("原文"):
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, said in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(said, _WIDTH)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def pair_cells(pair: Pair) -> Cells:
    """The pair's values, one for each of PAIR_COLUMNS; of several places the first."""
    result, target = pair.results[0], pair.targets[0]
    return (
        printable(pair.indicator),
        result.change or LEVEL,
        *(result.year, printable(result.figure), _number(result)),
        *(target.year, printable(target.figure), _number(target)),
        result.unit,
        *(printable(row.quote) for row in (result, target)),
    )


def _number(row: FactRow) -> float | int:
    return int(row.value) if row.value.is_integer() else row.value


def cells(row: FactRow) -> Cells:
    """The row's values, one for each of COLUMNS."""
    first, last = row.lines
    texts = (" › ".join(row.section), row.table or "", row.row or "", row.quote)
    return (
        printable(row.subject),
        printable(row.figure),
        _number(row),
        row.unit,
        row.qualifier or "",
        row.year,
        STATUS_WORDS[row.status] if row.status else "",
        row.change or LEVEL,
        *(printable(text) for text in texts),
        str(first) if first == last else f"{first}—{last}",
        row.id,
    )


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: with an apostrophe before it where it begins like one."""
    return f"'{text}" if text.startswith(_FORMULA) else text
