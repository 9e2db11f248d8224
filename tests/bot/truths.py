"""True sentences about the shipped report, each with the passages that a writer may cite, for the grounding tests."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.grounding import Grounding, Source
from corpus.facts import facts_of
from corpus.library import read_report

REPORT = Path(__file__).resolve().parents[2] / "corpus" / "reports" / "xuhui-2024-2025.md"
OFFERED, STRIDE = 6, 7  # passages beside one another and far apart


@dataclass(frozen=True)
class Truth:
    """A sentence that says a passage, cited as [1], and the passages offered with it."""

    sentence: str
    offered: tuple[Source, ...] = field(repr=False)

    @property
    def source(self) -> Source:
        """What it cites."""
        return self.offered[0]

    def grounding(self) -> Grounding:
        """A grounding of nothing but the offered passages."""
        return Grounding(dict(enumerate(self.offered, 1)), reported=self.source.report.year)


@cache
def sources() -> tuple[Source, ...]:
    """Every passage of the report as evidence."""
    read = read_report(REPORT)
    return tuple(Source(one, tuple(facts_of(one, read.report.text)), read.report) for one in read.passages)


@cache
def truths() -> tuple[Truth, ...]:
    """A true sentence for every passage that is no row of cells."""
    every = sources()
    found = []
    for place, source in enumerate(every):
        if source.passage.cells:
            continue
        words = source.passage.text.strip("。；，;,. ")
        offered = tuple(every[(place + i * STRIDE) % len(every)] for i in range(OFFERED))
        found.append(Truth(f"{source.passage.year}年{source.report.place}{words}。[1]", offered))
    return tuple(found)
