"""The checker: a draft goes in, a finding for each of its figures comes out."""

from typing import TYPE_CHECKING

from bot.checking.claims import Claim, claims_of
from bot.checking.judging import Judgement, judge, words_of
from bot.checking.known import KnownFacts
from bot.checking.matching import matches_of
from bot.errors import UnknownReport
from bot.lexicon import everyday
from bot.reading.world import World
from bot.terms import Vocabulary
from bot.types import Finding, Verdict
from bot.writing import cite
from index.embedding import load_embedder
from index.store import Index, load

if TYPE_CHECKING:
    from bot.settings import Settings


class Checker:
    """Holds the figures of drafts against the reports of one index."""

    def __init__(self, worlds: dict[str, World], report: str | None = None) -> None:
        """Takes the reports read in advance, by name, and the one that drafts are held against by default."""
        self._worlds = worlds
        self._tables: dict[str, KnownFacts] = {}
        self._default = report or next(iter(worlds))
        self._table(self._default)

    @classmethod
    def open(cls, settings: "Settings | None" = None, index: Index | None = None) -> "Checker":
        """The checker over `index`, or the one that the settings name.

        Raises:
            CorruptIndex: the index is missing or damaged.
            StaleIndex: another version or another model made it.
        """
        if settings is None:
            from bot.settings import Settings

            settings = Settings.load()
        index = index or load(settings.index_folder)
        embedder = load_embedder(settings.embedding)
        searcher = index.searcher(embedder)
        vocabulary = Vocabulary(index.fields.words.frequencies, index.passages, everyday())
        worlds = {
            one.name: World.of(one, index.passages, index.facts, searcher, embedder, vocabulary)
            for one in index.reports
        }
        return cls(worlds, settings.report)

    def check(self, draft: str, report: str | None = None) -> tuple[Finding, ...]:
        """A finding for every figure of `draft`, in order.

        Raises:
            UnknownReport: there is no report of that name.
        """
        table = self._table(report or self._default)
        claims = claims_of(draft, table.world.report)
        judged = [judge(claim, matches) for claim, matches in zip(claims, matches_of(claims, table), strict=True)]
        return tuple(_finding(draft, claim, judgement, table) for claim, judgement in zip(claims, judged, strict=True))

    def _table(self, name: str) -> KnownFacts:
        if name not in self._worlds:
            known = "、".join(self._worlds)
            raise UnknownReport(f"没有名为 {name} 的报告，现有：{known}。")
        if name not in self._tables:
            self._tables[name] = KnownFacts.of(self._worlds[name])
        return self._tables[name]


def _finding(draft: str, claim: Claim, judgement: Judgement, table: KnownFacts) -> Finding:
    known = judgement.known
    return Finding(
        figure=draft[claim.start : claim.end],
        span=(claim.start, claim.end),
        verdict=judgement.verdict,
        correct=words_of(known) if known and judgement.verdict is Verdict.CONTRADICTED else None,
        citations=(cite(known.passage, table.world.report, 1),) if known else (),
        why=judgement.why,
    )
