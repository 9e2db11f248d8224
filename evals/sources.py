"""The reports that the gold speaks of: which passages hold a piece of evidence, and of which year a figure is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.types import Citation
from corpus.library import REPORTS, ReadReport, find_reports, read_report
from corpus.markup import plain, text_at
from corpus.types import Passage
from evals.normalise import as_quote, as_short
from evals.types import Part


@dataclass(frozen=True, slots=True)
class Sources:
    """The reports as read, arranged for judging."""

    reports: tuple[ReadReport, ...]
    passages: Mapping[str, Passage]
    quotes: Mapping[str, str]
    years: Mapping[str, Mapping[str, frozenset[int]]]
    _gold: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, reports: Iterable[ReadReport]) -> "Sources":
        """The sources made of `reports`."""
        read = tuple(reports)
        passages = {passage.id: passage for one in read for passage in one.passages}
        quotes = {name: as_quote(passage.text) for name, passage in passages.items()}
        return cls(read, passages, quotes, {one: _years(one, read, passages) for one in passages})

    @classmethod
    def shipped(cls) -> "Sources":
        """The reports that the program comes with."""
        return cls.of(map(read_report, find_reports(REPORTS)))

    def gold(self, part: Part) -> frozenset[str]:
        """The passages that hold one of the part's pieces of evidence."""
        if part.evidence not in self._gold:
            wanted = [as_quote(text) for text in part.evidence]
            self._gold[part.evidence] = frozenset(
                name for name, quote in self.quotes.items() if any(text in quote for text in wanted)
            )
        return self._gold[part.evidence]

    def years_of(self, shorts: Sequence[str], passages: Iterable[str]) -> frozenset[int]:
        """The years that the figures `shorts` are of in `passages`; where no fact says, the passages' own years."""
        figures = set(map(as_short, shorts))
        found: set[int] = set()
        for name in passages:
            if name not in self.passages:
                continue
            stated = self.years[name]
            of_figures = [year for figure in figures for year in stated.get(figure, ())]
            own = self.passages[name].year
            found.update(of_figures or ([own] if own is not None else []))
        return frozenset(found)

    def verbatim(self, citation: Citation) -> bool:
        """Whether the report's text at the citation's spans is the quote, white space and markup apart."""
        text = next((one.report.text for one in self.reports if one.report.name == citation.report), None)
        return text is not None and bool(citation.spans) and text_at(text, citation.spans) == plain(citation.quote)


def _years(name: str, reports: Sequence[ReadReport], passages: Mapping[str, Passage]) -> Mapping[str, frozenset[int]]:
    years: dict[str, set[int]] = {}
    for one in reports:
        if one.report.name != passages[name].report:
            continue
        for fact in one.facts:
            if fact.passage == name and fact.year is not None:
                years.setdefault(as_short(fact.text), set()).add(fact.year)
    return {figure: frozenset(found) for figure, found in years.items()}
