"""From a report's text to its blocks: headings, captions, paragraphs, list items and table rows.

Reads Markdown and plain text as scans and word processors leave them: numbered headings with or without `#`,
paragraphs and table cells broken by pages, table headers repeated on each page, lists as tags or as bare bullets.
"""

import re
from dataclasses import dataclass, field

from corpus.lines import BULLET, MARKED_HEADING, MAX_HEADING, NUMBERED_HEADING, STARS, LineKind, is_ended, kind_of
from corpus.markup import Stretch, concatenated, lines_with_offsets, title_of
from corpus.runins import run_ins
from corpus.tables import Table
from corpus.types import Block, BlockKind

__all__ = ["read_blocks", "title_of"]

_SALUTATION = re.compile(r"^[^。；]{0,24}各位[^。；]{0,24}[：:]\s*$")
_SUMS_UP = re.compile(r"\s*(?:各位代表|一年来|过去一年|回顾|在总结|在肯定|同时，|我们也|成绩|总之|实践)")
_NUMBERED_LEVEL = 8  # 「（一）…。」 at a paragraph's start: it holds until the next of its kind
_RUN_IN_LEVEL = 9  # below every other heading: it holds for the rest of its paragraph


@dataclass(slots=True)
class _Open:
    """What is open while reading: the headings above, the caption, the table, and the paragraph not yet ended."""

    section: list[tuple[int, str]] = field(default_factory=list)
    caption: str | None = None
    table: Table | None = None
    paragraph: list[Stretch] = field(default_factory=list)
    after_blank: bool = False

    def path(self) -> tuple[str, ...]:
        return tuple(title for level, title in self.section if level > 1)

    def unfinished(self) -> bool:
        return bool(self.paragraph) and not is_ended(self.paragraph[-1].text)


def read_blocks(source: str) -> list[Block]:
    """The blocks of a report in the order of its text.

    A block's text is what stands at its spans, without markup; table headers that a page repeats and list or
    heading marks are in no block.
    """
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.open = _Open()

    def read(self) -> list[Block]:
        for start, end in lines_with_offsets(self.source):
            self._line(start, end)
        self._end_paragraph()
        self._end_table()
        return self.blocks

    def _line(self, start: int, end: int) -> None:
        match kind_of(self.source[start:end], unfinished=self.open.unfinished()):
            case LineKind.BLANK:
                self.open.after_blank = True
                if self.open.paragraph and not self.open.unfinished():
                    self._end_paragraph()
            case LineKind.HEADING:
                self._end_paragraph()
                self._heading(start, end)
            case LineKind.CAPTION:
                self._caption(start, end)
            case LineKind.TABLE:
                self._end_paragraph()
                if self.open.table is None:
                    self.open.table = Table(self.source, self.open.path(), self.open.caption)
                self.open.table.add_line(start, end)
            case LineKind.ITEM:
                self._end_paragraph()
                if self.open.table:
                    self._leave_caption()
                bullet = BULLET.match(self.source, start, end)
                self._add(BlockKind.ITEM, self._tidy(bullet.end() if bullet else start, end))
            case LineKind.TEXT:
                self._text(start, end)

    # --- headings and captions -------------------------------------------------------------------------

    def _heading(self, start: int, end: int, level: int | None = None) -> None:
        marked = MARKED_HEADING.match(self.source, start, end)
        body = self._tidy(marked.end() if marked else start, end)
        self._leave_caption()
        if level is None:
            level = _level(body.text, len(marked.group(1)) if marked else None)
        self._enter(level, title_of(body.text))
        self._add(BlockKind.HEADING, body, level=level)

    def _enter(self, level: int, title: str) -> None:
        self._leave(level)
        self.open.section.append((level, title))

    def _leave(self, level: int) -> None:
        self.open.section = [(above, name) for above, name in self.open.section if above < level]

    def _caption(self, start: int, end: int) -> None:
        body = self._tidy(start, end)
        if body.text[:1] in "图圖" and self.open.unfinished():
            # A picture inside a broken paragraph: the paragraph goes on after it.
            self._add(BlockKind.CAPTION, body)
            return
        self._end_paragraph()
        self._leave_caption()
        self._leave(_RUN_IN_LEVEL)
        if body.text.startswith("表"):
            self.open.caption = title_of(body.text)
        self._add(BlockKind.CAPTION, body)

    def _leave_caption(self) -> None:
        self._end_table()
        self.open.caption = None

    def _end_table(self) -> None:
        table, self.open.table = self.open.table, None
        if table:
            self.blocks += table.close()

    # --- paragraphs ------------------------------------------------------------------------------------

    def _text(self, start: int, end: int) -> None:
        piece = Stretch.of(self.source, start, start + len(self.source[start:end].rstrip()))
        if _SALUTATION.match(piece.text.strip()):
            self._end_paragraph()
        if self.open.table is not None:
            self._leave_caption()
        if self.open.paragraph and self.open.after_blank and not self.open.path():
            # Lines of a title page stay apart as words do; in a body a broken line goes straight on.
            piece = Stretch(" ", (start - 1,)) + piece
        self.open.after_blank = False
        is_first = not self.blocks and not self.open.paragraph
        if is_first and len(piece.text.strip()) <= MAX_HEADING and not is_ended(piece.text):
            self._heading(start, end, level=1)
        else:
            self.open.paragraph.append(piece)

    def _end_paragraph(self) -> None:
        body = concatenated(self.open.paragraph)
        self.open.paragraph = []
        if not body.text.strip():
            return
        self._end_table()
        self._leave(_NUMBERED_LEVEL if _SUMS_UP.match(body.text) else _RUN_IN_LEVEL)
        for part, is_heading, holds in run_ins(body):
            tidy = part.without(STARS).tidy()
            if is_heading:
                level = _NUMBERED_LEVEL if holds else _RUN_IN_LEVEL
                self._enter(level, title_of(tidy.text))
                self._add(BlockKind.HEADING, tidy, level=level)
            else:
                self._add(BlockKind.PARAGRAPH, tidy)

    def _tidy(self, start: int, end: int) -> Stretch:
        return Stretch.of(self.source, start, end).without(STARS).tidy()

    def _add(self, kind: BlockKind, body: Stretch, *, level: int = 0) -> None:
        if body.text:
            spans = body.spans(self.source)
            self.blocks.append(Block(kind, body.text, spans, self.open.path(), self.open.caption, None, (), level))


def _level(heading: str, marks: int | None) -> int:
    """2 for 「一、」, 3 for 「（一）」, as many as there are `#` elsewhere; 2 where nothing marks or numbers it."""
    numbered = NUMBERED_HEADING.match(heading)
    if numbered:
        return 2 if numbered.group(1) else 3
    return marks or 2
