"""The report as a page: its blocks as HTML, and where on that page any place of the file stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from corpus.library import ReadReport
from corpus.markup import Stretch
from corpus.types import Block, BlockKind, Passage, Span

_TITLED = re.compile(r"[表图]\s*\d")
_SHORT_CELL = 7  # characters that are kept on one line in a narrow table
_RUN_IN = 9  # the level of a heading that opens its paragraph


@dataclass(frozen=True, slots=True)
class Mark:
    """`[start, end)` in the text of the element `element` of the page."""

    element: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """An element's text and, for each of its visible characters, its place in the file."""

    element: str
    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, element: str, text: str, spans: Sequence[Span], source: str) -> "_Piece":
        return cls(element, text, tuple(_visible(source, spans)))

    def marks(self, spans: Sequence[Span]) -> Iterator[Mark]:
        """The parts of the text that stand at `spans`; white space between two of them does not part them."""
        if not self.places or spans[-1].end <= self.places[0] or spans[0].start > self.places[-1]:
            return
        shown = [i for i, char in enumerate(self.text) if not char.isspace()]
        hit = [any(span.start <= place < span.end for span in spans) for place in self.places]
        for inside, run in groupby(zip(hit, shown, strict=True), key=lambda pair: pair[0]):
            if inside:
                indices = [index for _, index in run]
                yield Mark(self.element, indices[0], indices[-1] + 1)


class ReportPage:
    """A report as HTML (`html`), and the marks that show a citation on it."""

    def __init__(self, read: ReadReport) -> None:
        self.report = read.report
        self._pieces = list(_pieces(read))
        self._passages: dict[str, list[tuple[Mark, Passage]]] = {}
        for passage in read.passages:
            for mark in self.marks(passage.spans):
                self._passages.setdefault(mark.element, []).append((mark, passage))
        self._ids = {id(block): f"b{i}" for i, block in enumerate(read.blocks)}
        self.html = "\n".join(self._render(read.blocks))

    def marks(self, spans: Sequence[Span]) -> list[Mark]:
        """Where on the page the characters at `spans` of the file stand, in reading order."""
        ordered = sorted(spans)
        return [mark for piece in self._pieces for mark in piece.marks(ordered)] if ordered else []

    # --- blocks to HTML --------------------------------------------------------------------------------

    def _render(self, blocks: Sequence[Block]) -> Iterator[str]:
        for kind, group in groupby(blocks, key=_Grouping()):
            run = list(group)
            if kind.startswith("table"):
                yield self._table(run)
            elif kind.startswith("list"):
                yield "<ul>" + "".join(self._element("li", block) for block in run) + "</ul>"
            elif kind.startswith("paragraph"):
                yield "<p>" + "".join(self._inline(block) for block in run) + "</p>"
            else:
                yield from (self._single(block) for block in run)

    def _single(self, block: Block) -> str:
        if block.kind is BlockKind.HEADING:
            title = f' data-title="{escape(block.section[-1])}"' if block.section else ""
            return self._element(f"h{min(block.level + 1, 6)}", block, title)
        note = '<span class="lost" aria-hidden="true"></span>' if block.text.startswith("图") else ""
        return f'<p class="figure">{self._element("span", block)}{note}</p>'

    def _inline(self, block: Block) -> str:
        return self._element("strong" if block.kind is BlockKind.HEADING else "span", block)

    def _row_label(self, block: Block) -> str:
        # The inner element stays in view while the row's items scroll by.
        element = self._ids[id(block)]
        return f'<th scope="row"><div id="{element}">{self._with_passages(element, block.text)}</div></th>'

    def _element(self, tag: str, block: Block, extra: str = "") -> str:
        element = self._ids[id(block)]
        return f'<{tag} id="{element}"{extra}>{self._with_passages(element, block.text)}</{tag}>'

    def _with_passages(self, element: str, text: str) -> str:
        parts, last = [], 0
        for mark, passage in self._passages.get(element, []):
            parts.append(escape(text[last : mark.start]))
            words = escape(text[mark.start : mark.end])
            parts.append(f'<span class="passage" data-passage="{escape(passage.id)}">{words}</span>')
            last = mark.end
        return "".join(parts) + escape(text[last:])

    def _table(self, run: Sequence[Block]) -> str:
        captions = [block for block in run if block.kind is BlockKind.CAPTION]
        title = next((block for block in captions if _is_title(block)), None)
        headers = [block for block in captions if block is not title]
        body = [block for block in run if block.kind is not BlockKind.CAPTION]
        rows = self._cell_rows(body) if any(block.cells for block in body) else self._item_rows(body)
        head = "".join(self._element("th", block, ' scope="col" class="short"') for block in headers)
        return (
            f'<table class="{"cells" if any(block.cells for block in body) else "lists"}">'
            + (self._element("caption", title) if title else "")
            + (f"<thead><tr>{head}</tr></thead>" if head else "")
            + f"<tbody>{''.join(rows)}</tbody></table>"
        )

    def _cell_rows(self, body: Sequence[Block]) -> Iterator[str]:
        for block in body:
            element = self._ids[id(block)]
            if not block.cells:
                yield f'<tr><td colspan="9">{self._inline(block)}</td></tr>'
                continue
            cells = []
            for i, cell in enumerate(block.cells):
                tag, scope = ("th", ' scope="row"') if cell.text == block.row else ("td", "")
                name = f"{element}c{i}"
                short = ' class="short"' if len(cell.text) <= _SHORT_CELL else ""
                cells.append(f'<{tag} id="{name}"{scope}{short}>{self._with_passages(name, cell.text)}</{tag}>')
            yield f'<tr id="{element}">{"".join(cells)}</tr>'

    def _item_rows(self, body: Sequence[Block]) -> Iterator[str]:
        label: Block | None = None
        items: list[Block] = []
        for block in (*body, None):
            if block is not None and block.kind is not BlockKind.HEADING:
                items.append(block)
                continue
            if label is not None or items:
                head = self._row_label(label) if label else '<th scope="row"></th>'
                listed = "".join(self._element("li", item) for item in items)
                yield f"<tr>{head}<td><ul>{listed}</ul></td></tr>"
            label, items = block, []


class _Grouping:
    """Names the run that a block belongs to: blocks of one table, one list or one paragraph share a name."""

    def __init__(self) -> None:
        self.number = 0
        self.before: Block | None = None

    def __call__(self, block: Block) -> str:
        kind = _kind(block)
        self.number += self.before is None or kind != _kind(self.before) or self._opens(block, kind, self.before)
        self.before = block
        return f"{kind}{self.number}"

    @staticmethod
    def _opens(block: Block, kind: str, before: Block) -> bool:
        if kind == "table":
            return block.table != before.table or _is_title(block)
        if kind == "paragraph":
            return block.kind is BlockKind.HEADING or before.kind is not BlockKind.HEADING
        return kind == "single"


def _kind(block: Block) -> str:
    if block.kind is BlockKind.CAPTION:
        return "single" if block.text.startswith("图") else "table"
    if block.kind is BlockKind.ROW or block.row is not None:
        return "table"
    if block.kind is BlockKind.HEADING:
        return "paragraph" if block.level == _RUN_IN else "single"
    return "list" if block.kind is BlockKind.ITEM else "paragraph"


def _is_title(block: Block) -> bool:
    return block.kind is BlockKind.CAPTION and _TITLED.match(block.text) is not None


def _pieces(read: ReadReport) -> Iterator[_Piece]:
    for i, block in enumerate(read.blocks):
        if block.cells:
            for j, cell in enumerate(block.cells):
                yield _Piece.of(f"b{i}c{j}", cell.text, cell.spans, read.report.text)
        else:
            yield _Piece.of(f"b{i}", block.text, block.spans, read.report.text)


def _visible(source: str, spans: Iterable[Span]) -> Iterator[int]:
    for span in spans:
        stretch = Stretch.of(source, span.start, span.end)
        yield from (place for char, place in zip(stretch.text, stretch.at, strict=True) if not char.isspace())
