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


def with_body(body: bytes, name: str = "word/document.xml") -> bytes:
    """A Word file with this XML in its body, in a part of that name."""
    whole, sink = io.BytesIO(word("甲1")), io.BytesIO()
    with zipfile.ZipFile(whole) as kept, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in kept.namelist():
            content = kept.read(part).replace(b"word/document.xml", name.encode())
            at = content.find(b"<w:sectPr") if part == "word/document.xml" else -1
            content = content[:at] + body + content[at:] if at >= 0 else content
            archive.writestr(name if part == "word/document.xml" else part, content)
    return sink.getvalue()


def table(cell: bytes, rows: int = 1) -> bytes:
    """The XML of a table."""
    return b"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>" + (b"<w:tr>" + cell + b"</w:tr>") * rows + b"</w:tbl>"


CELL = b"<w:tc><w:tcPr>%b</w:tcPr><w:p><w:r><w:t>ab</w:t></w:r></w:p></w:tc>"


def test_a_table_takes_no_more_time_than_it_is_long() -> None:
    """A cell that claims to span two thousand million columns is one; one that goes on over all rows is read once."""
    wide = with_body(table(CELL % b'<w:gridSpan w:val="2000000000"/>'))
    assert read_draft("稿.docx", wide) == "甲1\nab"
    first, more = CELL % b'<w:vMerge w:val="restart"/>', CELL.replace(b"ab", b"cd") % b"<w:vMerge/>"
    tall = with_body(table(first) + table(first, 1)[:-8] + (b"<w:tr>" + more + b"</w:tr>") * 20_000 + b"</w:tbl>")
    lines = read_draft("稿.docx", tall).splitlines()
    assert lines[1:] and set(lines[1:]) == {"ab"}


@pytest.mark.parametrize("name", ["word/document.xml", "word/document.png", "word/document"])
def test_a_small_file_of_very_many_elements_is_refused(name: str) -> None:
    """What would take gigabytes to read is not read, whatever its part is called."""
    with pytest.raises(DraftProblem, match="解开后太大"):
        read_draft("稿.docx", with_body(b"<w:p/>" * 2_000_000, name))


def test_large_pictures_are_no_trouble() -> None:
    """Pictures are not read: a draft may have many."""
    sink = io.BytesIO(word("甲1"))
    with zipfile.ZipFile(sink, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/a.png", b"\x89PNG" + bytes(30 << 20))
    assert read_draft("稿.docx", sink.getvalue()) == "甲1"


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
        ("稿.txt", "1个".encode() * 6_000),
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
