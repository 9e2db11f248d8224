"""The checker: a draft goes in, a finding for each of its figures comes out."""

from operator import itemgetter
from typing import TYPE_CHECKING

from bot.checking.claims import Claim, claims_of
from bot.checking.judgement import Judgement
from bot.checking.judging import judge
from bot.checking.known import KnownFacts
from bot.checking.matching import Match, matches_of
from bot.checking.numbered import find_numbered
from bot.checking.plain import Plain, plain
from bot.errors import UnknownReport
from bot.reading.world import World, worlds_of
from bot.types import Finding
from bot.writing import cite
from corpus.types import Report
from index.store import Index, load

if TYPE_CHECKING:
    from bot.settings import Settings


class Checker:
    """Holds the figures of drafts against the reports of one index."""

    def __init__(self, worlds: dict[str, World], report: str | None = None) -> None:
        """Takes the reports read in advance, by name, and the one that drafts are held against by default."""
        self._worlds = worlds
        self._laid: dict[str, KnownFacts] = {}
        self._default = report or next(iter(worlds))
        self._known(self._default)

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
        return cls(worlds_of(index or load(settings.index_folder), settings.embedding), settings.report)

    def check(self, draft: str, report: str | None = None) -> tuple[Finding, ...]:
        """A finding for every figure of `draft`, in order.

        Raises:
            UnknownReport: there is no report of that name.
        """
        known = self._known(report or self._default)
        made = plain(draft)
        judged = {(claim.start, claim.end): judge(claim, matches) for claim, matches in _matched(made, known)}
        taken = {place for span in judged for place in range(*span)}
        for one in find_numbered(made.text):
            span = made.span(one.start, one.end)
            if taken.isdisjoint(range(*span)):
                judged[span] = known.order.judge(one, made.text)
        found = sorted(judged.items(), key=itemgetter(0))
        return tuple(_finding(draft, span, judgement, known.world.report) for span, judgement in found)

    def matched(self, draft: str, report: str | None = None) -> list[tuple[Claim, list[Match]]]:
        """What each figure of `draft` claims, with the facts that may be meant, best first; it is learned from.

        Raises:
            UnknownReport: there is no report of that name.
        """
        return _matched(plain(draft), self._known(report or self._default))

    def _known(self, name: str) -> KnownFacts:
        if name not in self._worlds:
            raise UnknownReport.among(name, self._worlds)
        if name not in self._laid:
            self._laid[name] = KnownFacts.of(self._worlds[name])
        return self._laid[name]


def _matched(draft: Plain, known: KnownFacts) -> list[tuple[Claim, list[Match]]]:
    claims = claims_of(draft, known.world.report, known.world.vocabulary)
    return list(zip(claims, matches_of(claims, known), strict=True))


def _finding(draft: str, span: tuple[int, int], judgement: Judgement, report: Report) -> Finding:
    passage = judgement.passage
    return Finding(
        figure=draft[slice(*span)],
        span=span,
        verdict=judgement.verdict,
        correct=judgement.correct,
        citations=(cite(passage, report, 1),) if passage else (),
        why=judgement.why,
    )
