"""The findings of a draft as files: a table (CSV) and the draft itself with comments (Word)."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.border import printable
from bot.checking.sentences import WORDS, counted, sentences_of
from bot.facts.export import harmless
from bot.terminal import place_of
from bot.types import Finding, Verdict

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

HEADER = ("序号", "数字", "结论", "报告写的", "说明", "出处", "报告原文", "所在句")
_COLOURS = {Verdict.SUPPORTED: "C6E7CE", Verdict.CONTRADICTED: "F9C9C5", Verdict.ABSENT: "FBE9B7"}
_AUTHOR, _INITIALS = "有据", "有据"


def as_csv(draft: str, findings: Sequence[Finding]) -> bytes:
    """One row for each figure, in UTF-8 with a byte order mark, so that spreadsheets show Chinese at once."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(HEADER)
    number = 0
    for sentence in sentences_of(draft, findings):
        for finding in sentence.findings:
            number += 1
            said = draft[sentence.start : sentence.end]
            writer.writerow([number, *(harmless(printable(text).strip()) for text in (*_told(finding), said))])
    return sink.getvalue().encode("utf-8-sig")


def as_docx(draft: str, findings: Sequence[Finding]) -> bytes:
    """The draft as a Word file: every figure shaded by its verdict, with a comment that says what the report says."""
    from docx import Document

    document = Document()
    stamp = datetime(1980, 1, 1, tzinfo=UTC)  # the same draft gives the same file
    document.core_properties.created = document.core_properties.modified = stamp
    document.core_properties.author = _AUTHOR
    document.core_properties.title = "文稿核对"
    document.add_paragraph(f"{counted(findings)}绿色：一致；红色：不一致；黄色：未提及。")
    start = index = 0
    for line in draft.split("\n"):
        own = index
        while own < len(findings) and findings[own].span[0] <= start + len(line):
            own += 1
        _add_line(document, line, start, findings[index:own])
        start, index = start + len(line) + 1, own
    sink = io.BytesIO()
    document.save(sink)
    return sink.getvalue()


def _add_line(document: "Document", line: str, start: int, findings: Sequence[Finding]) -> None:
    paragraph = document.add_paragraph()
    position = 0
    for finding in findings:
        first, last = finding.span[0] - start, min(finding.span[1] - start, len(line))
        paragraph.add_run(printable(line[position:first]))
        _add_figure(document, paragraph, line[first:last], finding)
        position = last
    paragraph.add_run(printable(line[position:]))


def _add_figure(document: "Document", paragraph: "Paragraph", text: str, finding: Finding) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    run = paragraph.add_run(printable(text))
    colour = _COLOURS[finding.verdict]
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    run._r.get_or_add_rPr().append(shade)
    document.add_comment(run, text=comment_of(finding), author=_AUTHOR, initials=_INITIALS)


def comment_of(finding: Finding) -> str:
    """What the report says to a figure, with its place, in a few Chinese lines."""
    _, verdict, _, why, place, quote = _told(finding)
    lines = (f"{verdict}：{why}" if why else verdict, place, f"「{quote}」" if quote else "")
    return printable("\n".join(filter(None, lines)))


def _told(finding: Finding) -> tuple[str, ...]:
    """Figure, verdict, the report's own figure, why, place and quote."""
    cited = finding.citations[0] if finding.citations else None
    return (
        finding.figure,
        WORDS[finding.verdict],
        finding.correct or "",
        finding.why,
        place_of(cited) if cited else "",
        cited.quote if cited else "",
    )
