"""Drafts as files: what can be read, what is refused, and what the exports hold."""

import csv
import io
import zipfile

import pytest
from docx import Document

from bot.checking.checker import Checker
from bot.checking.draft import MAX_DRAFT, read_draft
from bot.checking.export import as_csv, as_docx
from bot.checking.sentences import sentences_of
from bot.errors import DraftProblem
from bot.settings import Settings
from bot.types import Finding, Verdict

DRAFT = "2024年地区生产总值3931.2亿元，增长4.9%。\n=新增停车位3000个。"


@pytest.fixture(scope="module")
def findings(settings: Settings) -> tuple[Finding, ...]:
    """What the checker says to DRAFT."""
    return Checker.open(settings).check(DRAFT)


def word(*lines: str) -> bytes:
    """A Word file of these paragraphs."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    sink = io.BytesIO()
    document.save(sink)
    return sink.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_that_people_have(encoding: str) -> None:
    """UTF-8, with a mark or not, GB 18030 and UTF-16 give the same draft."""
    assert read_draft("稿.txt", DRAFT.encode(encoding)) == DRAFT


def test_a_word_file_gives_its_paragraphs_and_tables() -> None:
    """A table's row is one line, a merged cell is read once."""
    document = Document()
    document.add_paragraph("一、经济")
    table = document.add_table(1, 3)
    table.cell(0, 0).text = "新增绿地"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "14.15公顷"
    sink = io.BytesIO()
    document.save(sink)
    assert read_draft("稿.DOCX", sink.getvalue()) == "一、经济\n新增绿地\t14.15公顷"


def bomb() -> bytes:
    """A Word file of a few KB that unpacks to 200 MB."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"word/{number}.xml", b"0" * 10_000_000)
    return sink.getvalue()


def hostile() -> bytes:
    """A zip archive that is no Word file."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("[Content_Types].xml", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:/etc/passwd'>]><x>&a;</x>")
    return sink.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("稿.pdf", b"%PDF"),
        ("稿", b"x"),
        ("稿.txt", b""),
        ("稿.txt", " \n，".encode()),
        ("稿.txt", b"\x00\x01\x02\xff"),
        ("稿.txt", ("字" * (MAX_DRAFT + 1)).encode()),
        ("稿.docx", b"PK not a zip"),
        ("稿.docx", hostile()),
        ("稿.docx", bomb()),
        ("稿.docx", word(*["字" * 10_000] * 6)),
        ("稿.docx", word("")),
        ("稿.docx", word("一")[:-40]),
    ],
)
def test_what_cannot_be_read_is_told_in_chinese(name: str, data: bytes) -> None:
    """No file brings about anything but one Chinese sentence."""
    with pytest.raises(DraftProblem, match="[\u4e00-\u9fff]"):
        read_draft(name, data)


def test_the_table_holds_every_figure_and_no_formula(findings: tuple[Finding, ...]) -> None:
    """Each figure is a row with its verdict; a cell that begins like a formula is none."""
    data = as_csv(DRAFT, findings)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row[1:4] for row in rows[1:]] == [
        ["3931.2亿元", "一致", ""],
        ["4.9%", "不一致", "4.8%"],
        ["3000个", "未提及", ""],
    ]
    assert rows[3][-1] == "'=新增停车位3000个。"


def test_the_word_file_holds_the_draft_and_a_comment_for_each_figure(findings: tuple[Finding, ...]) -> None:
    """The draft's lines come back as they were, and the comments say what the report says."""
    document = Document(io.BytesIO(as_docx(DRAFT, findings)))
    assert "\n".join(one.text for one in document.paragraphs[1:]) == DRAFT
    comments = [comment.text for comment in document.comments]
    assert len(comments) == 3
    assert "4.8%" in comments[1]
    assert comments[2].startswith("未提及")


def test_exports_hold_whatever_stands_in_a_draft() -> None:
    """Control characters and figures over a line break do no harm."""
    draft = "\x00共\ud80012\n家\x0b。"
    finding = Finding("12\n家", (3, 7), Verdict.ABSENT, why="\x01没有")
    assert as_csv(draft, (finding,))
    assert Document(io.BytesIO(as_docx(draft, (finding,)))).comments
    assert as_docx("", ())


def test_sentences_are_the_whole_draft(findings: tuple[Finding, ...]) -> None:
    """The sentences follow one another without a gap, and each figure is in one of them."""
    sentences = list(sentences_of(DRAFT, findings))
    assert "".join(DRAFT[one.start : one.end] for one in sentences) == DRAFT
    assert [finding for one in sentences for finding in one.findings] == list(findings)
    assert [one.verdict for one in sentences if one.findings] == [Verdict.CONTRADICTED, Verdict.ABSENT]
