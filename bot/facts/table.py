"""All facts of one report as a table: what stands where, filtered and sorted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.border import plain
from bot.errors import UnknownReport
from bot.facts.corrections import Corrections
from bot.facts.types import LEVEL, Choices, Conflict, FactRow, Filters, Pair, Sort
from bot.writing import lines_of
from corpus.figures import find_figures
from corpus.types import Fact, Passage, Report, Status

if TYPE_CHECKING:
    from bot.facts.pairing import Told
    from bot.settings import Settings
    from index.store import Index

_ORDER = {Status.ACTUAL: 0, Status.EXPECTED: 1, Status.TARGET: 2}
_SECTION_LEVELS = 2  # how deep the sections go that one can choose from


@dataclass(frozen=True, slots=True)
class _Searched:
    """The texts of a row that filters look into, in plain characters."""

    subject: str
    quote: str
    place: str

    @classmethod
    def of(cls, row: FactRow) -> "_Searched":
        return cls(plain(row.subject), plain(row.quote), plain(row.place))

    def is_about(self, words: Sequence[str]) -> bool:
        return all(word in self.subject for word in words)

    def says(self, words: Sequence[str]) -> bool:
        return all(word in self.subject or word in self.quote for word in words)


class FactTable:
    """The facts of one report."""

    def __init__(
        self, report: Report, passages: Sequence[Passage], facts: Sequence[Fact], corrections: Path | None = None
    ) -> None:
        """Takes the report with its passages and facts, and the file that corrects the pairs, if there may be one."""
        self.report = report
        self._corrections = corrections
        self._facts = tuple(facts)
        self._rows = tuple(_rows(report, passages, facts))
        self._searched = {row.id: _Searched.of(row) for row in self._rows}

    @classmethod
    def open(cls, settings: "Settings", index: "Index | None" = None, report: str | None = None) -> "FactTable":
        """The table of `report`, or the one that the settings name, over `index` or the settings' own.

        Raises:
            CorruptIndex: the index is missing or damaged.
            UnknownReport: there is no report of that name.
        """
        if index is None:
            from index.store import load

            index = load(settings.index_folder)
        name = report or settings.report or index.reports[0].name
        found = next((one for one in index.reports if one.name == name), None)
        if found is None:
            raise UnknownReport.among(name, (one.name for one in index.reports))
        passages = [passage for passage in index.passages if passage.report == name]
        own = {passage.id for passage in passages}
        facts = [fact for fact in index.facts if fact.passage in own]
        return cls(found, passages, facts, settings.reports / f"{name}.pairs.toml")

    def rows(self, filters: Filters | None = None) -> tuple[FactRow, ...]:
        """The rows that pass the filters, sorted as they say."""
        wanted = filters or Filters()
        words, section = plain(wanted.words).split(), plain(wanted.section).strip()
        unit = _plain_unit(wanted.unit) if wanted.unit else ""
        found = [
            row
            for row in self._rows
            if _passes(row, wanted, unit)
            and self._searched[row.id].says(words)
            and section in self._searched[row.id].place
        ]
        if wanted.sort is not Sort.PLACE:
            known = [row for row in found if _key(row, wanted.sort) is not None]
            known.sort(key=lambda row: _key(row, wanted.sort), reverse=wanted.descending)
            return (*known, *(row for row in found if _key(row, wanted.sort) is None))
        # What is about the words stands before what only mentions them.
        found.sort(key=lambda row: not self._searched[row.id].is_about(words))
        return tuple(reversed(found)) if wanted.descending else tuple(found)

    @cached_property
    def choices(self) -> Choices:
        """The values that the filters can take."""
        sections = dict.fromkeys(name for row in self._rows for name in row.section[:_SECTION_LEVELS])
        units = Counter(row.unit for row in self._rows if row.unit)
        return Choices(
            tuple(sections),
            tuple(sorted({row.year for row in self._rows if row.year})),
            tuple(sorted({row.status for row in self._rows if row.status}, key=_ORDER.__getitem__)),
            tuple(unit for unit, _ in units.most_common()),
            (LEVEL, *(change for change, _ in Counter(row.change for row in self._rows if row.change).most_common())),
        )

    def pairs(self, filters: Filters | None = None) -> tuple[Pair, ...]:
        """Results and targets of the same indicator, one of which passes the filters.

        Raises:
            ReportProblem: the corrections cannot be used.
        """
        wanted = self._about(filters)
        return tuple(pair for pair in self._pairs if any(row.id in wanted for row in (*pair.results, *pair.targets)))

    @cached_property
    def _pairs(self) -> tuple[Pair, ...]:
        from bot.facts.pairing import pairs_of

        return pairs_of(self._told, Corrections.load(self._corrections, self._rows))

    def conflicts(self, filters: Filters | None = None) -> tuple[Conflict, ...]:
        """Indicators that the report gives differently for the same year and status, where one passes the filters."""
        wanted = self._about(filters)
        return tuple(one for one in self._conflicts if any(row.id in wanted for row in one.rows))

    def _about(self, filters: Filters | None) -> set[str]:
        """The ids of the rows that pass the filters and are about their words, not only mention them."""
        words = plain(filters.words).split() if filters else []
        return {row.id for row in self.rows(filters) if self._searched[row.id].is_about(words)}

    @cached_property
    def _conflicts(self) -> tuple[Conflict, ...]:
        from bot.facts.conflicts import conflicts_of

        return conflicts_of(self._told)

    @cached_property
    def _told(self) -> tuple["Told", ...]:
        # Comparing measures brings the checker along, which the table alone can do without.
        from bot.checking.measures import measure_of_fact
        from bot.facts.indicators import Indicator
        from bot.facts.pairing import Told

        return tuple(
            Told(row, fact.local[1], Indicator.of(row), measure_of_fact(fact))
            for row, fact in zip(self._rows, self._facts, strict=True)
        )

    def as_json(self, filters: Filters | None = None) -> dict[str, Any]:
        """The rows found as the command line and the API give them."""
        rows = self.rows(filters)
        return {"report": self.report.name, "count": len(rows), "facts": [row.as_json() for row in rows]}

    def pairs_json(self, filters: Filters | None = None) -> dict[str, Any]:
        """The pairs as the command line and the API give them."""
        pairs = self.pairs(filters)
        return {"report": self.report.name, "count": len(pairs), "pairs": [pair.as_json() for pair in pairs]}

    def conflicts_json(self, filters: Filters | None = None) -> dict[str, Any]:
        """The disagreements as the command line and the API give them."""
        found = self.conflicts(filters)
        return {"report": self.report.name, "count": len(found), "conflicts": [one.as_json() for one in found]}


def _rows(report: Report, passages: Sequence[Passage], facts: Sequence[Fact]) -> Iterator[FactRow]:
    by_id = {passage.id: passage for passage in passages}
    counts: Counter[str] = Counter()
    for fact in facts:
        passage = by_id[fact.passage]
        counts[fact.passage] += 1
        yield FactRow(
            id=f"{fact.passage}/{counts[fact.passage]}",
            report=report.name,
            passage=fact.passage,
            subject=fact.subject,
            figure=passage.text[slice(*fact.local)],
            value=fact.value,
            unit=fact.unit,
            qualifier=fact.qualifier,
            year=fact.year,
            status=fact.status,
            change=fact.change,
            section=passage.section,
            table=passage.table,
            row=passage.row,
            quote=passage.text,
            spans=passage.spans,
            figure_spans=fact.spans,
            lines=lines_of(passage, report),
        )


def _passes(row: FactRow, wanted: Filters, unit: str) -> bool:
    return (
        (wanted.year is None or row.year == wanted.year)
        and (wanted.status is None or row.status is wanted.status)
        and (not unit or row.unit == unit)
        and (not wanted.change or (row.change or LEVEL) == wanted.change)
    )


def _plain_unit(unit: str) -> str:
    """The plain unit of one with a multiple: 「亿元」 gives 「元」."""
    figures = find_figures(f"1{unit.strip()}")
    return figures[0].unit if figures and figures[0].unit else unit.strip()


def _key(row: FactRow, sort: Sort) -> Any:  # noqa: ANN401  # each column has its own type
    if sort is Sort.STATUS:
        return None if row.status is None else _ORDER[row.status]
    if sort is Sort.VALUE:
        return (row.unit, row.value)  # numbers of different units do not compare
    return getattr(row, sort.value) or None
