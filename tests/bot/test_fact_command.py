"""`youju facts`: what it shows, saves and refuses."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.cli import main
from bot.facts.show import aligned, width


@pytest.fixture(autouse=True)
def _index(settings: object) -> None:
    """The index is there before a command asks for it."""


def test_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """The figures found stand in lines, with their number below."""
    assert main(["facts", "新增绿地", "--year", "2025"]) == 0
    shown = capsys.readouterr().out
    assert "新增绿地" in shown and "10公顷" in shown and "目标" in shown
    assert shown.rstrip().endswith("条。")


def test_json_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """One object with the rows as the API gives them."""
    assert main(["facts", "--unit", "公顷", "--status", "target", "--json"]) == 0
    given = json.loads(capsys.readouterr().out)
    assert given["count"] == len(given["facts"]) > 0
    assert {fact["unit"] for fact in given["facts"]} == {"公顷"}


def test_pairs_are_filtered_as_rows_are(capsys: pytest.CaptureFixture[str]) -> None:
    """Results beside targets are those of the words, not all there are."""
    assert main(["facts", "绿道", "--pairs", "--json"]) == 0
    pairs = json.loads(capsys.readouterr().out)["pairs"]
    assert [(pair["results"][0]["figure"], pair["targets"][0]["figure"]) for pair in pairs] == [("3.2公里", "3公里")]


def test_files_hold_the_same_rows(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """CSV on the terminal, CSV in a file and .xlsx agree."""
    assert main(["facts", "电梯", "--csv"]) == 0
    piped = capsysbinary.readouterr().out
    assert main(["facts", "电梯", "--csv", str(tmp_path / "a.csv")]) == 0
    assert main(["facts", "电梯", "--xlsx", str(tmp_path / "a.xlsx")]) == 0
    assert (tmp_path / "a.csv").read_bytes() == piped
    rows = list(csv.reader(io.StringIO(piped.decode("utf-8-sig"), newline="")))
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [row[0] for row in rows] == [row[0].value for row in sheet.iter_rows()]


@pytest.mark.parametrize(
    "arguments",
    [["--status", "完毕"], ["--year", "明年"], ["--conflicts", "--csv", "a.csv"], ["--xlsx", "/nowhere/a.xlsx"]],
)
def test_wrong_use_is_one_line_in_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and what is wrong, no traceback."""
    assert main(["facts", *arguments]) == 2
    complaint = capsys.readouterr().err
    assert complaint.startswith("错误：") and complaint.count("\n") == 1 and "Traceback" not in complaint


def test_columns_keep_their_places() -> None:
    """Chinese characters count two columns, and what is too wide is cut within them."""
    lines = aligned([("指标", "a"), ("GDP增长的很长的名字", "b")], (10, 4)).splitlines()
    starts = {width(line[: line.index(last)]) for line, last in zip(lines, "ab", strict=True)}
    assert len(starts) == 1 and starts.pop() <= 12
    assert "…" in lines[1]
