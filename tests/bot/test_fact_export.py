"""The table as a file: Excel opens it right, every row is there, no cell is a formula."""

import csv
import io
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.facts import FactRow
from bot.facts.export import COLUMNS, as_csv, as_xlsx, harmless
from corpus.types import Span, Status

ROW = FactRow(
    id="r/0001/1",
    report="r",
    passage="r/0001",
    subject="新增绿地",
    figure="约14.15公顷",
    value=14.15,
    unit="公顷",
    qualifier="约",
    year=2024,
    status=Status.ACTUAL,
    change=None,
    section=("一、2024年", "（一）"),
    table=None,
    row=None,
    quote="新增绿地约14.15公顷，\n含“,”",
    spans=(Span(0, 5),),
    figure_spans=(Span(4, 9),),
    lines=(3, 4),
)


def read_csv(content: bytes) -> list[list[str]]:
    """The cells of a CSV as a program reads them."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> list[list[object]]:
    """The cells of a workbook's first sheet."""
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()]


def test_csv_has_the_mark_that_excel_needs_and_every_cell() -> None:
    """UTF-8 with its mark, and quotes, commas and line breaks come back as they went."""
    content = as_csv([ROW])
    assert content.startswith(b"\xef\xbb\xbf")
    head, row = read_csv(content)
    assert tuple(head) == COLUMNS
    assert row[:8] == ["新增绿地", "约14.15公顷", "14.15", "公顷", "约", "2024", "完成", "数值"]
    assert row[11] == ROW.quote


def test_xlsx_has_numbers_as_numbers() -> None:
    """A value can be summed up, a text is a text."""
    head, row = read_xlsx(as_xlsx([ROW], "标题"))
    assert tuple(head) == COLUMNS
    assert row[2] == 14.15 and row[5] == 2024 and row[8] == "一、2024年 › （一）"


@given(st.sampled_from("=+-@\t＝"), st.text(max_size=20))
def test_nothing_becomes_a_formula(sign: str, rest: str) -> None:
    """Text that begins like a formula is a text in both files, control characters and all."""
    row = replace(ROW, subject=sign + rest, quote=sign + rest)
    assert not harmless(sign + rest).startswith(sign)
    assert all(not cell.startswith(("=", "+", "-", "@")) for cell in read_csv(as_csv([row]))[1])
    book = load_workbook(io.BytesIO(as_xlsx([row], sign + rest)))
    assert all(cell.data_type != "f" for line in book.worksheets[0].iter_rows() for cell in line)
