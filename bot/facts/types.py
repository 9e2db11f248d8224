"""The vocabulary of the table of facts: a row, what is asked of the table, results beside targets, disagreements."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus.types import Span, Status

STATUS_WORDS = {Status.ACTUAL: "完成", Status.EXPECTED: "预计", Status.TARGET: "目标"}
LEVEL = "数值"  # the change of a figure that is a plain value


class Sort(StrEnum):
    """What the rows may be sorted by; `place` is the report's own order."""

    PLACE = "place"
    SUBJECT = "subject"
    VALUE = "value"
    UNIT = "unit"
    YEAR = "year"
    STATUS = "status"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact of a report with its place.

    `figure` is the figure as written with its qualifier (「约577亿元」), `value` the number in the plain `unit`;
    `quote` is the passage's text at `spans`, `figure_spans` the figure's own place; `lines` are 1-based.
    """

    id: str
    report: str
    passage: str
    subject: str
    figure: str
    value: float
    unit: str
    qualifier: str | None
    year: int | None
    status: Status | None
    change: str | None
    section: tuple[str, ...]
    table: str | None
    row: str | None
    quote: str
    spans: tuple[Span, ...]
    figure_spans: tuple[Span, ...]
    lines: tuple[int, int]

    def as_json(self) -> dict[str, Any]:
        """The row as the command line and the API give it."""
        return {
            "id": self.id,
            "report": self.report,
            "passage": self.passage,
            "subject": self.subject,
            "figure": self.figure,
            "value": self.value,
            "unit": self.unit,
            "qualifier": self.qualifier,
            "year": self.year,
            "status": self.status.value if self.status else None,
            "change": self.change,
            "section": list(self.section),
            "table": self.table,
            "row": self.row,
            "quote": self.quote,
            "spans": [list(span) for span in self.spans],
            "figure_spans": [list(span) for span in self.figure_spans],
            "lines": list(self.lines),
        }

    @property
    def place(self) -> str:
        """Where it stands, as a person would say it: section, table and row."""
        return " › ".join((*self.section, *(part for part in (self.table, self.row) if part)))


@dataclass(frozen=True, slots=True)
class Filters:
    """What rows are wanted and in which order; what is empty or None filters nothing.

    `words` (parted by spaces) must all stand in the subject or the quote, `section` in the path of section, table and
    row; `unit` may be a plain unit or one with a multiple (「亿元」); `change` 「数值」 means plain values.
    """

    words: str = ""
    section: str = ""
    year: int | None = None
    status: Status | None = None
    unit: str = ""
    change: str = ""
    sort: Sort = Sort.PLACE
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that filters can take in one table, in the report's order (units: the frequent ones first)."""

    sections: tuple[str, ...]
    years: tuple[int, ...]
    statuses: tuple[Status, ...]
    units: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A result and the target of the same indicator, each with all the places that give it."""

    indicator: str
    results: tuple[FactRow, ...]
    targets: tuple[FactRow, ...]

    def as_json(self) -> dict[str, Any]:
        """The pair as the command line and the API give it."""
        return {
            "indicator": self.indicator,
            "results": [row.as_json() for row in self.results],
            "targets": [row.as_json() for row in self.targets],
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """An indicator that the report gives differently in several places for the same year and status."""

    indicator: str
    year: int | None
    status: Status | None
    rows: tuple[FactRow, ...]

    def as_json(self) -> dict[str, Any]:
        """The disagreement as the command line and the API give it."""
        return {
            "indicator": self.indicator,
            "year": self.year,
            "status": self.status.value if self.status else None,
            "rows": [row.as_json() for row in self.rows],
        }
