"""The command `youju check`: what goes in, what comes out, and the exit code."""

import io
import json
from pathlib import Path

import pytest

from bot.cli import main

pytestmark = pytest.mark.usefixtures("settings")

TRUE, WRONG, UNKNOWN = "2024年地区生产总值3931.2亿元。", "2024年地区生产总值3913.2亿元。", "新增停车位3000个。"


class Piped(io.TextIOWrapper):
    """A standard input that holds a text."""

    def __init__(self, text: str) -> None:
        super().__init__(io.BytesIO(text.encode()), encoding="utf-8")


@pytest.mark.parametrize(("draft", "code"), [(TRUE, 0), (UNKNOWN, 0), (WRONG, 1)])
def test_the_exit_code_tells_a_contradiction(draft: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """1 where a figure is contradicted; what the report does not give is no contradiction."""
    assert main(["check", draft]) == code
    assert "共 1 个数字" in capsys.readouterr().out


def test_a_person_sees_the_reports_value_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    """Sentence, mark, the report's own figure and the lines where it stands."""
    main(["check", WRONG])
    out = capsys.readouterr().out
    assert "3913.2亿元✗" in out
    assert "报告写的是3931.2亿元" in out
    assert "行）" in out


def test_a_file_and_a_pipe_are_drafts_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file of a known kind, `-` and a pipe give the same findings as the text itself."""
    path = tmp_path / "稿.md"
    path.write_text(WRONG, encoding="utf-8")
    told = []
    for arguments in ([WRONG], [str(path)], ["-"], []):
        monkeypatch.setattr("sys.stdin", Piped(WRONG))
        assert main(["check", "--json", *arguments]) == 1
        told.append(capsys.readouterr().out)
    assert len(set(told)) == 1
    (finding,) = json.loads(told[0])["findings"]
    assert (finding["verdict"], finding["correct"], finding["span"]) == ("contradicted", "3931.2亿元", [11, 19])


def test_a_batch_loses_no_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line gets its object, in order, with its own id; a bad one says what is wrong."""
    lines = [
        {"id": "a", "text": TRUE},
        {"id": 2},
        {"id": "c", "text": ""},
        {"text": UNKNOWN},
        {"id": "d", "text": TRUE, "report": "无"},
    ]
    path = tmp_path / "drafts.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n{\n", encoding="utf-8")
    assert main(["check", "--batch", str(path)]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["id"] for one in told] == ["a", 2, "c", "4", "d", "6"]
    assert [one.get("status") for one in told] == [None, "error", "error", None, "error", "error"]
    assert all(one["findings"] == [] and one["error"] for one in told if "status" in one)


def test_a_batch_of_consistent_drafts_succeeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 where every line was checked and nothing is contradicted, 1 where something is."""
    path = tmp_path / "drafts.jsonl"
    path.write_text(json.dumps({"id": 1, "text": TRUE}), encoding="utf-8")
    assert main(["check", "--batch", str(path)]) == 0
    path.write_text(json.dumps({"id": 1, "text": WRONG}), encoding="utf-8")
    assert main(["check", "--batch", str(path)]) == 1
    capsys.readouterr()


def test_findings_are_saved(tmp_path: Path) -> None:
    """A table and a Word file, as asked for."""
    table, word = tmp_path / "a.csv", tmp_path / "a.docx"
    assert main(["check", WRONG, "--csv", str(table), "--docx", str(word)]) == 1
    assert "3931.2亿元" in table.read_text(encoding="utf-8-sig")
    assert word.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    "arguments",
    [
        [""],
        ["没有.docx"],
        ["--batch", "没有.jsonl"],
        ["--batch", "-", "字"],
        ["字", "--csv", "/没有/a.csv"],
        [TRUE, "--report", "没有"],
    ],
)
def test_wrong_use_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and one Chinese line."""
    assert main(["check", *arguments]) == 2
    assert capsys.readouterr().err.startswith("错误：")
