"""A passage as evidence: its words, the years it is about, and each figure with what the report says of it."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from bot.quantities import Quantity, bound_of, find_quantities, narrowed
from corpus.numerals import plain_years
from corpus.types import Fact, Passage, Report, Status

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SENTENCE_END = re.compile(r"[；;。！？!?\n]")
_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
_BEFORE = 60  # characters before a figure in which its verb stands


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as the report states it; `before` are the words of its sentence before it, `after` those behind."""

    quantity: Quantity
    year: int | None
    status: Status | None
    subject: str
    change: str | None
    before: str
    after: str


@dataclass(frozen=True)
class Source:
    """One passage that a sentence may cite, with its facts; what is made of it is made once."""

    passage: Passage
    facts: tuple[Fact, ...]
    report: Report = field(repr=False)

    @cached_property
    def text(self) -> str:
        """The passage's words, digits in half width, Chinese years in digits."""
        return plain_years(narrowed(self.passage.text))

    @cached_property
    def words(self) -> str:
        """All that the passage says with its surroundings, without white space: names and numbers stand in it."""
        headers = " ".join(cell.header for cell in self.passage.cells)
        whole = f"{self.text}\n{plain_years(narrowed(self.passage.context))}\n{headers}\n{self.report.title}"
        return re.sub(r"[^\S\n]", "", whole)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the passage is about or speaks of."""
        said = {int(year) for year in _YEAR.findall(self.words.rpartition("\n")[0])}
        own = {fact.year for fact in self.facts} | {self.passage.year}
        return frozenset(said | {year for year in own if year})

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """Every figure of the passage: the facts first, then what only counts in words or in its headings."""
        known = [self._of_fact(fact) for fact in self.facts]
        taken = {fact.local[0] for fact in self.facts}
        others = [one for one in find_quantities(self.passage.text) if one.start not in taken]
        others += find_quantities(self.passage.context)
        year, status = self.passage.year, self.passage.status
        return (*known, *(Stated(one, year, status, "", None, "", "") for one in others))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring characters of all its words."""
        place = f"{self.report.place}\n{self.report.title}"
        return frozenset(pairs_of(f"{self.words}\n{place}"))

    def prepare(self) -> None:
        """Make all that checking a sentence needs, ahead of the first one."""
        _ = (self.stated, self.pairs, self.years)

    def _of_fact(self, fact: Fact) -> Stated:
        start, end = fact.local
        text = narrowed(self.passage.text)
        ends = [match.end() for match in _SENTENCE_END.finditer(text, max(0, start - _BEFORE), start)]
        before = text[max(ends[-1] if ends else 0, start - _BEFORE) : start]
        read = next((one for one in find_quantities(text[start:end])), None)
        quantity = Quantity(
            start,
            end,
            text[start:end],
            fact.value,
            read.high if read is not None and read.low == fact.value else fact.value,
            fact.unit,
            bound_of(fact.qualifier),
            read is not None and read.is_rank,
        )
        return Stated(quantity, fact.year, fact.status, fact.subject, fact.change, before, text[end : end + 4])


def pairs_of(text: str) -> list[str]:
    """The pairs of neighbouring ideographs of a text."""
    runs = _IDEOGRAPHS.findall(text)
    return [run[i : i + 2] for run in runs for i in range(len(run) - 1)]
