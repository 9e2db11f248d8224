"""From a report's text to its blocks: headings, captions, paragraphs, list items and table rows.

Reads Markdown and plain text as scans and word processors leave them: numbered headings with or without `#`,
paragraphs and table cells broken by pages, table headers repeated on each page, lists as tags or as bare bullets.
"""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from corpus.markup import Stretch, concatenated, lines_with_offsets, plain
from corpus.types import Block, BlockKind, Cell

_MAX_HEADING = 60  # a longer line is a paragraph, whatever it starts with
_MAX_RUN_IN = 24  # a bold opening longer than this is emphasis, not a heading

_MARKED_HEADING = re.compile(r"\s*(#{1,6})\s+")
_NUMBERED_HEADING = re.compile(r"\s*(?:(第?[一二三四五六七八九十]+[、章部])|([（(][一二三四五六七八九十]+[)）]))\s*")
_CAPTION = re.compile(r"[\s*]*(?:<[^>]+>)?[表图]\s*\d+(?:[-－.]\d+)?\s*\S")
_SENTENCE_END = re.compile(r"[。！？!?；;：:.][”’」』）)]?\s*$")
_BULLET = re.compile(r"\s*(?:[➤►•●◆■▪▶★☆]|[-*+]\s(?=\S))\s*")
_SALUTATION = re.compile(r"^[^。；]{0,24}各位[^。；]{0,24}[：:]\s*$")
_PIPE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_ITEM_BREAK = re.compile(r"<li\b[^<>]*>|<br\s*/?>|</?p\b[^<>]*>|[➤►•●◆■▪▶]", re.IGNORECASE)
_BULLETED = re.compile(r"<li\b|[➤►•●◆■▪▶]", re.IGNORECASE)
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_STARS = re.compile(r"\*+")
_RUN_IN_NUMBER = re.compile(r"\s*(?:[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、](?!\d))[^。！？；]{2,40}。")
_DOUBLED = re.compile(r"(\w{2,8})\s+\1")
_RUN_IN_LEVEL = 9  # below every other heading: it holds for the rest of its paragraph
_DIGITS_ONLY = re.compile(r"\d+\.?$")
_BETWEEN_WORDS = re.compile(r"(?<=[\u4e00-\u9fff”）])\s+(?=[\u4e00-\u9fff“（])")


class _Line(Enum):
    BLANK = auto()
    HEADING = auto()
    CAPTION = auto()
    TABLE = auto()
    ITEM = auto()
    TEXT = auto()


@dataclass(slots=True)
class _Open:
    """What is open while reading: the headings above, the table, and the paragraph not yet ended."""

    section: list[tuple[int, str]] = field(default_factory=list)
    caption: str | None = None
    header: tuple[str, ...] | None = None
    row: str | None = None
    paragraph: list[Stretch] = field(default_factory=list)
    after_blank: bool = False

    def path(self) -> tuple[str, ...]:
        return tuple(title for level, title in self.section if level > 1)


def title_of(heading: str) -> str:
    """A heading as it is shown: without stray spaces, a word doubled by a line break once."""
    return _BETWEEN_WORDS.sub("", _DOUBLED.sub(r"\1", heading)).strip(" 。：:*")


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
        return self.blocks

    def _line(self, start: int, end: int) -> None:
        kind = self._kind(start, end)
        if kind is _Line.BLANK:
            self._blank()
        elif kind is _Line.HEADING:
            self._end_paragraph()
            self._heading(start, end)
        elif kind is _Line.CAPTION:
            self._figure_or_table(start, end)
        elif kind is _Line.TABLE:
            self._end_paragraph()
            self._table_line(start, end)
        elif kind is _Line.ITEM:
            self._end_paragraph()
            match = _BULLET.match(self.source, start, end)
            self.open.paragraph = [Stretch.of(self.source, match.end() if match else start, end)]
            self._end_paragraph(BlockKind.ITEM)
        else:
            self._text(start, end)

    def _kind(self, start: int, end: int) -> _Line:
        line = self.source[start:end]
        bare = plain(line)
        if not bare or not bare.strip("*-_—="):
            return _Line.BLANK
        if _MARKED_HEADING.match(line):
            return _Line.HEADING
        if "\t" in line.strip(" ") or line.lstrip().startswith("|"):
            return _Line.TABLE
        if _CAPTION.match(line) and len(bare) <= _MAX_HEADING and not _SENTENCE_END.search(bare.strip("*")):
            return _Line.CAPTION
        if _BULLET.match(line):
            return _Line.ITEM
        if self._is_numbered_heading(line, bare):
            return _Line.HEADING
        return _Line.TEXT

    def _is_numbered_heading(self, line: str, bare: str) -> bool:
        if not _NUMBERED_HEADING.match(line.lstrip("*")) or len(bare) > _MAX_HEADING:
            return False
        unfinished = self.open.paragraph and not _ends(self.open.paragraph)
        return not unfinished and not re.search(r"[。；;！!，]$|。", bare.strip("*"))

    # --- headings and captions -------------------------------------------------------------------------

    def _heading(self, start: int, end: int, level: int | None = None) -> None:
        marked = _MARKED_HEADING.match(self.source, start, end)
        body = Stretch.of(self.source, marked.end() if marked else start, end).without(_STARS).tidy()
        numbered = _NUMBERED_HEADING.match(body.text)
        if level is not None:
            pass
        elif numbered:
            level = 2 if numbered.group(1) else 3
        else:
            level = len(marked.group(1)) if marked else 3
        title = title_of(body.text)
        self._leave_table()
        self._enter(level, title)
        self._add(BlockKind.HEADING, body, level=level)

    def _enter(self, level: int, title: str) -> None:
        self.open.section = [(above, name) for above, name in self.open.section if above < level]
        self.open.section.append((level, title))

    def _figure_or_table(self, start: int, end: int) -> None:
        body = Stretch.of(self.source, start, end).without(_STARS).tidy()
        if body.text.startswith("图") and self.open.paragraph and not _ends(self.open.paragraph):
            # A picture inside a broken paragraph: the paragraph goes on after it.
            self._add(BlockKind.CAPTION, body)
            return
        self._end_paragraph()
        self._leave_table()
        self._leave_run_in()
        if body.text.startswith("表"):
            self.open.caption = title_of(body.text)
        self._add(BlockKind.CAPTION, body)

    def _leave_table(self) -> None:
        self.open.caption = self.open.header = self.open.row = None

    # --- paragraphs ------------------------------------------------------------------------------------

    def _blank(self) -> None:
        self.open.after_blank = True
        if self.open.paragraph and _ends(self.open.paragraph):
            self._end_paragraph()

    def _text(self, start: int, end: int) -> None:
        piece = Stretch.of(self.source, start, start + len(self.source[start:end].rstrip()))
        if _SALUTATION.match(piece.text.strip()):
            self._end_paragraph()
        if self.open.header is not None and not self.open.paragraph:
            self._leave_table()
        if self.open.paragraph and self.open.after_blank and not self._in_body():
            # Lines of a title page stay apart as words do; in a body a broken line goes straight on.
            piece = Stretch(" ", (start - 1,)) + piece
        self.open.after_blank = False
        if not self.blocks and not self.open.paragraph and self._is_title(piece.text):
            self._heading(start, end, level=1)
            return
        self.open.paragraph.append(piece)

    def _is_title(self, line: str) -> bool:
        return len(line.strip()) <= _MAX_HEADING and not _SENTENCE_END.search(line)

    def _in_body(self) -> bool:
        return any(level > 1 for level, _ in self.open.section)

    def _end_paragraph(self, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        body = concatenated(self.open.paragraph)
        self.open.paragraph = []
        if not body.text.strip():
            return
        self._leave_run_in()
        for part, is_run_in in _parts(body) if kind is BlockKind.PARAGRAPH else [(body, False)]:
            tidy = part.without(_STARS).tidy()
            if is_run_in:
                self._enter(_RUN_IN_LEVEL, title_of(tidy.text))
                self._add(BlockKind.HEADING, tidy, level=_RUN_IN_LEVEL)
            else:
                self._add(kind, tidy)

    def _leave_run_in(self) -> None:
        self.open.section = [(level, title) for level, title in self.open.section if level != _RUN_IN_LEVEL]

    # --- tables ----------------------------------------------------------------------------------------

    def _table_line(self, start: int, end: int) -> None:
        line = self.source[start:end]
        if _PIPE_RULE.match(line):
            return
        cells = _cells(line, start)
        texts = tuple(title_of(Stretch.of(self.source, left, right).tidy().text) for left, right in cells)
        if self.open.header is None:
            self.open.header = texts
            for left, right in cells:
                self._add(BlockKind.CAPTION, Stretch.of(self.source, left, right).without(_STARS).tidy())
            return
        if texts == self.open.header:
            return
        self._row(cells, texts)

    def _row(self, cells: list[tuple[int, int]], texts: tuple[str, ...]) -> None:
        header = self.open.header or ()
        last_left, last_right = cells[-1]
        bulleted = len(cells) == 2 and (
            _BULLETED.search(self.source, last_left, last_right) is not None or not texts[0]
        )
        if not texts[0] and self._continue_row(cells):
            return
        if bulleted:
            self._label(cells[0], texts[0])
            self._items(last_left, last_right, continues=not texts[0])
            return
        stretches = [Stretch.of(self.source, left, right).without(_STARS).tidy() for left, right in cells]
        self.open.row = next((text for text in texts if text and not _DIGITS_ONLY.match(text)), None)
        data = tuple(
            Cell(header[i] if i < len(header) else "", stretch.text, stretch.spans(self.source))
            for i, stretch in enumerate(stretches)
            if stretch.text
        )
        joined = concatenated(
            part
            for i, stretch in enumerate(stretches)
            if stretch.text
            for part in ((Stretch(" ", (stretch.at[0] - 1,)), stretch) if i else (stretch,))
        )
        self._add(BlockKind.ROW, joined, cells=data)

    def _continue_row(self, cells: list[tuple[int, int]]) -> bool:
        """A data row whose first cell is empty carries on the row before it, cell by cell."""
        before = self.blocks[-1] if self.blocks else None
        if before is None or before.kind is not BlockKind.ROW or len(cells) < 3:
            return False
        self.blocks.pop()
        pieces = [Stretch.of(self.source, left, right).without(_STARS).tidy() for left, right in cells]
        header = self.open.header or ()
        merged = []
        for i, name in enumerate(header):
            old = next((cell for cell in before.cells if cell.header == name), Cell(name, "", ()))
            new = pieces[i] if i < len(pieces) else Stretch("", ())
            merged.append(Cell(name, old.text + new.text, (*old.spans, *new.spans(self.source))))
        kept = tuple(cell for cell in merged if cell.text)
        spans = tuple(sorted(span for cell in kept for span in cell.spans))
        text = " ".join(cell.text for cell in kept)
        self.blocks.append(
            Block(BlockKind.ROW, text, spans, before.section, before.table, before.row, kept)
        )
        return True

    def _label(self, cell: tuple[int, int], text: str) -> None:
        if not text:
            return
        self.open.row = text
        self._add(BlockKind.HEADING, Stretch.of(self.source, *cell).without(_STARS).tidy(), level=5)

    def _items(self, left: int, right: int, *, continues: bool) -> None:
        breaks = list(_ITEM_BREAK.finditer(self.source, left, right))
        starts = [left, *(match.end() for match in breaks)]
        ends = [*(match.start() for match in breaks), right]
        bulleted = [False, *(_BULLETED.match(match.group()) is not None for match in breaks)]
        new = not continues
        for start, end, opens in zip(starts, ends, bulleted, strict=True):
            new = new or opens
            body = Stretch.of(self.source, start, end).without(_STARS).tidy()
            if not body.text:
                continue
            if not new and self.blocks and self.blocks[-1].kind is BlockKind.ITEM:
                # Before the first bullet of a row without a label, the last item of the page before goes on.
                self._join_last(body)
            else:
                self._add(BlockKind.ITEM, body)
            new = True

    def _join_last(self, body: Stretch) -> None:
        before = self.blocks.pop()
        self.blocks.append(
            Block(
                before.kind,
                before.text + body.text,
                (*before.spans, *body.spans(self.source)),
                before.section,
                before.table,
                before.row,
            )
        )

    def _add(
        self, kind: BlockKind, body: Stretch, *, level: int = 0, cells: tuple[Cell, ...] = ()
    ) -> None:
        if not body.text:
            return
        self.blocks.append(
            Block(
                kind,
                body.text,
                body.spans(self.source),
                self.open.path(),
                self.open.caption,
                self.open.row,
                cells,
                level,
            )
        )


def _ends(pieces: list[Stretch]) -> bool:
    last = pieces[-1].text.rstrip().rstrip("*")
    return _SENTENCE_END.search(last) is not None


def _cells(line: str, offset: int) -> list[tuple[int, int]]:
    """`[start, end)` in the file of each cell of a table line, whether tabs or pipes part them."""
    if "\t" in line:
        borders = [-1, *(i for i, char in enumerate(line) if char == "\t"), len(line)]
    else:
        inner = [i for i, char in enumerate(line) if char == "|" and (i == 0 or line[i - 1] != "\\")]
        borders = inner if line.rstrip().endswith("|") else [*inner, len(line)]
    return [(offset + left + 1, offset + right) for left, right in zip(borders, borders[1:], strict=False)]


def _parts(body: Stretch) -> list[tuple[Stretch, bool]]:
    """A paragraph cut at its run-in headings: (part, whether it is one)."""
    cuts: list[tuple[int, int]] = []
    numbered = _RUN_IN_NUMBER.match(body.text)
    if numbered:
        cuts.append(numbered.span())
    for match in _BOLD.finditer(body.text):
        cut = _run_in(body.text, match)
        if cut and (not cuts or cut[0] >= cuts[-1][1]):
            cuts.append(cut)
    parts, last = [], 0
    for start, end in cuts:
        parts += [(body[last:start], False), (body[start:end], True)]
        last = end
    return [*parts, (body[last:], False)]


def _run_in(text: str, bold: re.Match[str]) -> tuple[int, int] | None:
    """The run-in heading that a bold stretch makes, if it makes one: a short sentence at a sentence's start."""
    before = max(text.rfind(mark, 0, bold.start()) for mark in "。！？")
    opening = text[before + 1 : bold.start()].strip(" *\n")
    if len(opening) > 4:
        return None
    stop = text.find("。", bold.start())
    if stop < 0 or stop > bold.end() + 1:
        return None
    if len(plain(text[before + 1 : stop]).replace("*", "")) > _MAX_RUN_IN or re.search(r"\d", text[bold.start() : stop]):
        return None
    end = stop + 1
    while text[end : end + 1] == "*":
        end += 1
    return before + 1, end
