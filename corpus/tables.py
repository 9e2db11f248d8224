"""The tables of a report: rows that pages break are joined, headers that pages repeat are left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.lines import STARS
from corpus.markup import Stretch, concatenated, joined_spans, title_of
from corpus.types import Block, BlockKind, Cell

_RULE = re.compile(r"\s*+\|?\s*+:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)*+\|?\s*+$")
_ITEM_BREAK = re.compile(r"<li\b[^<>]*>|<br\s*/?>|</?p\b[^<>]*>|[➤►•●◆■▪▶]", re.IGNORECASE)
_BULLETED = re.compile(r"<li\b|[➤►•●◆■▪▶]", re.IGNORECASE)
_DIGITS_ONLY = re.compile(r"\d+\.?$")
_FEW = 2  # columns: a label and a list; with more, every cell is data
_LABEL_LEVEL = 5


@dataclass(slots=True)
class _Pending:
    """An item or row that the next page may carry on: the pieces of each of its cells."""

    kind: BlockKind
    row: str | None
    cells: list[list[Stretch]]


@dataclass(slots=True)
class Table:
    """One table being read, line by line."""

    source: str
    section: tuple[str, ...]
    caption: str | None
    header: tuple[str, ...] | None = None
    row: str | None = None
    pending: _Pending | None = None
    blocks: list[Block] = field(default_factory=list)

    def add_line(self, start: int, end: int) -> None:
        """Read the line `[start, end)` of the source: a header, its repetition, or a row."""
        line = self.source[start:end]
        if _RULE.match(line):
            return
        cells = [self._tidy(left, right) for left, right in _cells(line, start)]
        texts = tuple(title_of(cell.text) for cell in cells)
        if self.header is None:
            self.header = texts
            for cell in cells:
                self._add(BlockKind.CAPTION, cell)
        elif texts != self.header:
            self._add_row(_cells(line, start), cells, texts)

    def close(self) -> list[Block]:
        """All blocks of the table."""
        self._flush()
        return self.blocks

    def _add_row(self, places: Sequence[tuple[int, int]], cells: Sequence[Stretch], texts: Sequence[str]) -> None:
        left, right = places[-1]
        is_list = len(cells) == _FEW and (_BULLETED.search(self.source, left, right) is not None or not texts[0])
        if is_list:
            self._label(cells[0], texts[0])
            self._add_items(left, right, continues=not texts[0])
        elif not texts[0] and len(cells) > _FEW and self.pending and self.pending.kind is BlockKind.ROW:
            for held, cell in zip(self.pending.cells, cells, strict=False):
                held.append(cell)
        elif any(texts):
            self._flush()
            self.row = next((text for text in texts if text and not _DIGITS_ONLY.match(text)), None)
            self.pending = _Pending(BlockKind.ROW, self.row, [[cell] for cell in cells])

    def _label(self, cell: Stretch, text: str) -> None:
        if text:
            self._flush()
            self.row = text
            self._add(BlockKind.HEADING, cell, level=_LABEL_LEVEL)

    def _add_items(self, left: int, right: int, *, continues: bool) -> None:
        """The items of a cell; before the first bullet of a row without a label, the last item goes on."""
        is_new = not continues
        for start, end, opens in _item_places(self.source, left, right):
            is_new = is_new or opens
            body = self._tidy(start, end)
            if not body.text:
                continue
            if not is_new and self.pending and self.pending.kind is BlockKind.ITEM:
                self.pending.cells[0].append(body)
            else:
                self._flush()
                self.pending = _Pending(BlockKind.ITEM, self.row, [[body]])
            is_new = True

    def _flush(self) -> None:
        pending, self.pending = self.pending, None
        if pending is None:
            return
        if pending.kind is BlockKind.ITEM:
            parts = pending.cells[0]
            spans = tuple(span for part in parts for span in part.spans(self.source))
            text = "".join(part.text for part in parts)
            self.blocks.append(Block(BlockKind.ITEM, text, spans, self.section, self.caption, pending.row))
            return
        header = self.header or ()
        cells = tuple(
            self._cell(header[i] if i < len(header) else "", pieces)
            for i, pieces in enumerate(pending.cells)
            if any(piece.text for piece in pieces)
        )
        text = " ".join(cell.text for cell in cells)
        spans = joined_spans((span for cell in cells for span in cell.spans), self.source)
        self.blocks.append(Block(BlockKind.ROW, text, spans, self.section, self.caption, pending.row, cells))

    def _cell(self, header: str, pieces: Sequence[Stretch]) -> Cell:
        whole = concatenated(pieces)
        return Cell(header, whole.text, tuple(span for piece in pieces for span in piece.spans(self.source)))

    def _tidy(self, start: int, end: int) -> Stretch:
        return Stretch.of(self.source, start, end).without(STARS).tidy()

    def _add(self, kind: BlockKind, body: Stretch, *, level: int = 0) -> None:
        if body.text:
            spans = body.spans(self.source)
            self.blocks.append(Block(kind, body.text, spans, self.section, self.caption, self.row, (), level))


def _item_places(source: str, left: int, right: int) -> Iterator[tuple[int, int, bool]]:
    """`[start, end)` of each part of a list cell and whether a bullet opens it."""
    start, opens = left, False
    for match in _ITEM_BREAK.finditer(source, left, right):
        yield start, match.start(), opens
        start, opens = match.end(), _BULLETED.match(match.group()) is not None
    yield start, right, opens


def _cells(line: str, offset: int) -> list[tuple[int, int]]:
    """`[start, end)` in the file of each cell of a table line, whether tabs or pipes part them."""
    if "\t" in line:
        borders = [-1, *(i for i, char in enumerate(line) if char == "\t"), len(line)]
    else:
        inner = [i for i, char in enumerate(line) if char == "|" and (i == 0 or line[i - 1] != "\\")]
        borders = inner if line.rstrip().endswith("|") and len(inner) > 1 else [*inner, len(line)]
    return [(offset + left + 1, offset + right) for left, right in zip(borders, borders[1:], strict=False)]
