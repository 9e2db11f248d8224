"""Finding and loading reports: metadata, and what is said of a file that is no report."""

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import ReportProblem
from corpus.library import find_reports, load_report, read_report

BODY = (
    "2030年清河区政府工作报告\n\n——2031年1月8日在清河区第三届人民代表大会上\n\n一、2030年工作回顾\n\n新增绿地3公顷。\n"
)


def test_metadata_file_wins(tmp_path: Path) -> None:
    """What the file beside the report says is believed, the rest is read from the report."""
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "a.toml").write_text('place = "清河新区"\ndate = 2031-02-01\n', encoding="utf-8")
    report = load_report(tmp_path / "a.txt")
    assert (report.place, report.date, report.year) == ("清河新区", date(2031, 2, 1), 2030)
    assert report.text == BODY


def test_places(tmp_path: Path) -> None:
    """A place without its rank in the title is named in full where its congress sat."""
    path = tmp_path / "a.txt"
    path.write_text(
        "2025年桂北政府工作报告\n\n2025年1月3日在桂北壮族自治区第二届人民代表大会上\n\n增长3%。", encoding="utf-8"
    )
    assert load_report(path).place == "桂北壮族自治区"
    path.write_text("关于财政工作的报告\n\n增长3%。", encoding="utf-8")
    assert load_report(path).place == ""


def test_impossible_dates_are_no_dates(tmp_path: Path) -> None:
    """「2月31日」 in a report's first lines does not keep it from being read."""
    path = tmp_path / "a.txt"
    path.write_text("报告\n\n2025年2月31日\n\n新增绿地3公顷。", encoding="utf-8")
    assert load_report(path).date is None


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"\xff\xfe\x00", "UTF-8"),
        ("a.txt", b"", "没有可以阅读的文字"),
        ("a.md", "# 只有标题\n".encode(), "没有可以阅读的文字"),
    ],
    ids=["not UTF-8", "empty", "a heading alone"],
)
def test_no_report(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    """A file that cannot be read is named, with what to do."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReportProblem, match=says) as problem:
        read_report(tmp_path / name)
    assert name in str(problem.value)


def test_missing_file(tmp_path: Path) -> None:
    """A report that is not there is named."""
    with pytest.raises(ReportProblem, match="a.txt"):
        load_report(tmp_path / "a.txt")


@pytest.mark.parametrize(
    "content",
    ["place = ", "colour = 1", "place = 3", 'date = "2025"', "year = true"],
    ids=["syntax", "unknown", "place", "date", "year"],
)
def test_bad_metadata(tmp_path: Path, content: str) -> None:
    """A slip in the metadata file is named, never passed on."""
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "a.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ReportProblem, match="a.toml"):
        load_report(tmp_path / "a.txt")


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    """A file from Windows is read, and quotes still stand at their spans."""
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + BODY.replace("\n", "\r\n").encode())
    read = read_report(tmp_path / "a.txt")
    assert read.report.title == "2030年清河区政府工作报告"
    fact = read.facts[-1]
    assert "".join(read.report.text[span.start : span.end] for span in fact.spans) == "3公顷"


def test_find_reports_in_order(tmp_path: Path) -> None:
    """Reports are sorted by name; hidden files, metadata, folders and a README are none."""
    for name in ("b.md", "a.txt", ".c.md", "README.md", "d.toml"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "e.md").mkdir()
    assert [path.name for path in find_reports(tmp_path)] == ["a.txt", "b.md"]
