"""The vocabulary of a report: what the reader produces and everything downstream speaks of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """`[start, end)` in characters of the report file as received."""

    start: int
    end: int


class BlockKind(StrEnum):
    """What a stretch of the report is."""

    HEADING = "heading"
    CAPTION = "caption"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


class Status(StrEnum):
    """How certain a figure is: done, expected at the time of writing, or aimed at."""

    ACTUAL = "actual"
    EXPECTED = "expected"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Report:
    """One document as received and its metadata.

    `text` is the file's content, never edited; `year` is the year reported on, `planned` the year planned.
    """

    name: str
    title: str
    place: str
    date: date | None
    year: int | None
    planned: int | None
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row that is data in itself: its column's header, its text and its place."""

    header: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, caption, paragraph, list item or table row.

    `text` is what stands at `spans`, joined, without markup; `section` are the headings above it, outermost
    first; `table`, `row` and `cells` are set inside a table.
    """

    kind: BlockKind
    text: str
    spans: tuple[Span, ...]
    section: tuple[str, ...]
    table: str | None = None
    row: str | None = None
    cells: tuple[Cell, ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is found and cited: one list item, one table row or one to three sentences.

    `text` is the quote: the report's words at `spans`, without markup. `kind` is the block's kind; `year` and
    `status` are those that its section and its own words imply.
    """

    id: str
    report: str
    ordinal: int
    kind: BlockKind
    text: str
    spans: tuple[Span, ...]
    section: tuple[str, ...] = ()
    table: str | None = None
    row: str | None = None
    cells: tuple[Cell, ...] = ()
    year: int | None = None
    status: Status | None = None

    @property
    def location(self) -> str:
        """Where it stands, as a person would say it: section, table and row."""
        return " › ".join((*self.section, *(part for part in (self.table, self.row) if part)))

    @property
    def context(self) -> str:
        """What only the surroundings say: section path, table and row label, as one text."""
        return " ".join((*self.section, self.table or "", self.row or "")).strip()


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of a passage.

    `text` is the figure as written (「约577亿元」 gives 「577亿元」, qualifier 「约」), `value` the number in the
    plain `unit` (「577亿元」 is 57700000000 「元」), `local` its `[start, end)` in the passage's text, `spans` its
    place in the report. `change` says what kind of figure it is where it is no level: 同比, 占比, 累计, 排名 …
    """

    passage: str
    subject: str
    text: str
    value: float
    unit: str
    qualifier: str | None
    year: int | None
    status: Status | None
    change: str | None
    local: tuple[int, int]
    spans: tuple[Span, ...]
