"""The table of facts as a file: CSV that opens right in Excel, and .xlsx; no cell ever becomes a formula."""

import csv
import io
from collections.abc import Sequence

from bot.border import printable
from bot.facts.types import LEVEL, STATUS_WORDS, FactRow

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

_FORMULA = tuple("=+-@\t\r＝＋－＠")  # what a spreadsheet takes for the start of a formula
_WIDTHS = (34, 14, 16, 10, 8, 8, 8, 8, 40, 24, 24, 80, 10, 26)  # in characters, one for each column
_QUOTE = COLUMNS.index("原文")


def as_csv(rows: Sequence[FactRow]) -> bytes:
    """The rows as CSV: UTF-8 with a mark at its start, by which Excel knows it, and line ends as it wants them."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(harmless(value) if isinstance(value, str) else value for value in cells(row))
    return sink.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[FactRow], title: str) -> bytes:
    """The rows as a workbook of one sheet; `title` goes into its properties."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "数据"
    book.properties.title = printable(title)
    for at, row in enumerate([COLUMNS, *map(cells, rows)], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a text, whatever it begins with
            if at == 1:
                cell.font = Font(bold=True)
            elif column == _QUOTE + 1:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def cells(row: FactRow) -> tuple[str | float | int | None, ...]:
    """The row's values, one for each of COLUMNS."""
    value = int(row.value) if row.value.is_integer() else row.value
    first, last = row.lines
    texts = (" › ".join(row.section), row.table or "", row.row or "", row.quote)
    return (
        printable(row.subject),
        printable(row.figure),
        value,
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
