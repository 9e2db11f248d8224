"""Each sentence held against the passages that it cites, before anybody sees it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.grounding.claims import unfounded_claim
from bot.grounding.computing import recomputed
from bot.grounding.figures import Saying, matching, told_of_another
from bot.grounding.flaws import Flaw
from bot.grounding.marks import Segment, numbers_in, segments_of, with_plain_marks
from bot.grounding.names import strange_name
from bot.grounding.numerals import unfounded_numeral
from bot.grounding.source import Source, Stated
from bot.grounding.stages import too_far
from bot.grounding.times import unfounded_year, years_named
from bot.grounding.wholes import other_place
from bot.grounding.words import is_chinese, is_clean, quoted_names, support, telling_pairs, unfounded_name
from bot.quantities import Quantity, find_quantities, narrowed, same
from corpus.facts import facts_of
from corpus.numerals import plain_years
from corpus.types import BlockKind, Passage, Span

_SUPPORT = 0.4  # share of a stretch's words that its sources must have; paraphrases have half, other matters a tenth
_LONGEST = 800  # characters; no sentence of a report is as long
_FEW = 8  # pairs; a stretch with a grounded figure and hardly another word (「增幅为4.8%」) needs no more
_LONG_CLAUSE, _CLAUSE_SUPPORT = 5, 0.15  # pairs; a clause of so many with hardly one of the source's is an addition
_CLAUSES = re.compile(r"[，,；;：:。！？]")
_CLEARLY_BETTER = 0.3  # another passage that has so much more of a stretch is the one that it should cite
_ADDS = 0.12  # a passage that has less of a stretch, and none of its figures, is cited for nothing


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence with plain marks, what is wrong with it (None: nothing), and the words at fault."""

    text: str
    flaw: Flaw | None = None
    fault: str = ""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The passages that it cites."""
        return numbers_in(self.text)


@dataclass(slots=True)
class Grounding:
    """Checks the sentences of one answer, in order: a year holds until another is named.

    `sources` are the offered passages by number; `years` those that the question is about; `known` its words;
    `computed` figures that the reader computed; `reported` the year reported on.
    """

    sources: Mapping[int, Source]
    years: Sequence[int] = ()
    known: str = ""
    computed: Sequence[Quantity] = ()
    reported: int | None = None
    _carried: tuple[int, ...] = field(default=())

    def check(self, sentence: str) -> Checked:
        """The sentence with what is wrong with it, if anything is; one that passes says the year of the next."""
        checked = self.try_check(sentence)
        if checked.flaw is None:
            named = [one for one in years_named(plain_years(narrowed(checked.text))) if not one.is_base]
            self._carried = named[-1].years if named else self._carried
        return checked

    def try_check(self, sentence: str) -> Checked:
        """The same for a sentence that may not be whole yet: nothing is kept of it."""
        text = with_plain_marks(sentence.strip())
        return self._check(text, plain_years(narrowed(text)))

    def _check(self, text: str, plain: str) -> Checked:
        if len(plain) > _LONGEST:
            return Checked(text[:_LONGEST], Flaw.TOO_LONG)
        numbers = numbers_in(plain)
        if not numbers:
            return Checked(text, Flaw.NO_MARK)
        if any(number not in self.sources for number in numbers):
            return Checked(text, Flaw.UNKNOWN_MARK, str(numbers))
        if not is_clean(plain):
            return Checked(text, Flaw.MARKUP)
        if not is_chinese(plain):
            return Checked(text, Flaw.NOT_CHINESE)
        segments = segments_of(plain)
        grounded: list[Quantity] = []
        open_figures: list[tuple[Quantity, Flaw]] = []
        for segment in segments:
            flaw, fault = self._segment(plain, segment, grounded, open_figures)
            if flaw:
                return Checked(text, flaw, fault)
        for quantity, doubt in open_figures:
            given = any(same(quantity, one) for one in self.computed)
            if not given and not recomputed(quantity, grounded, plain):
                return Checked(text, doubt, quantity.text)
        return Checked(text)

    def _segment(
        self, sentence: str, segment: Segment, grounded: list[Quantity], open_figures: list[tuple[Quantity, Flaw]]
    ) -> tuple[Flaw | None, str]:
        """What is wrong with one stretch; figures that may be computed are left in `open_figures`."""
        cited = [self.sources[number] for number in segment.numbers]
        # What stands before the stretch says its years, and is blanked so that places stay the same.
        text = sentence[: segment.end]
        own = " " * segment.start + text[segment.start :]
        words = "\n".join(source.words for source in cited)
        named = years_named(text)
        if unfounded_year(own, [one for one in named if one.start >= segment.start], cited):
            return Flaw.YEAR, own.strip()
        name = unfounded_name(own, words, self.known)
        if name:
            return Flaw.NAME, name
        quantities = find_quantities(own)
        saying = Saying(text, named, self._carried or tuple(self.years), cited, self.reported, cited[0].report.place)
        held: dict[Quantity, list[Stated]] = {}
        for quantity in quantities:
            stated, doubt = matching(quantity, saying)
            if doubt in (Flaw.FIGURE, Flaw.UNIT):
                open_figures.append((quantity, doubt))
            elif doubt:
                return doubt, quantity.text
            else:
                held[quantity] = stated
                grounded.append(quantity)
        years = [(one.start, one.end + own.startswith("年", one.end)) for one in named]
        counted = _marked(own, years + [(one.start, one.end) for one in quantities])
        taken = _marked(own, quoted_names(own), counted)
        stated_there = [one.quantity for source in cited for one in source.stated]
        numeral = unfounded_numeral(own, taken, words, stated_there)
        if numeral:
            return Flaw.NUMERAL, numeral
        said = "".join(" " if is_counted else char for char, is_counted in zip(own, counted, strict=True))
        if self._cites_wrongly(said, cited, held, has_open=bool(open_figures)):
            return Flaw.WRONG_PASSAGE, own.strip()
        unsaid = _unsaid(said, cited)
        if unsaid:
            return Flaw.UNSAID, unsaid
        alone = self._words_alone(own, said, words, cited)
        if alone:
            return alone
        swapped = _swapped(own, held, saying)
        return (Flaw.SUBJECT, swapped) if swapped else (None, "")

    def _words_alone(self, own: str, said: str, words: str, cited: Sequence[Source]) -> tuple[Flaw, str] | None:
        """What is wrong with the words of a stretch: a place, a name, a claim; `said` is it without its figures."""
        there = "\n".join(f"{source.text}\n{source.passage.context}" for source in cited)
        place = other_place(own, there, cited[0].report.place)
        if place:
            return Flaw.PLACE, place
        strange = strange_name(said, frozenset[str]().union(*(source.pairs for source in cited)))
        if strange:
            return Flaw.NAME, strange
        claim = unfounded_claim(own, words) or too_far(own, [source.text for source in cited])
        return (Flaw.CLAIM, claim) if claim else None

    def _cites_wrongly(
        self, text: str, cited: Sequence[Source], held: Mapping[Quantity, Sequence[Stated]], *, has_open: bool
    ) -> bool:
        """Whether the stretch speaks of other things than what it cites, or cites a passage that adds nothing."""
        pairs = telling_pairs(text)
        if not pairs and not held and not has_open:
            return True
        shares = [support(pairs, source.pairs) for source in cited]
        together = shares[0] if len(cited) == 1 else support(pairs, frozenset().union(*(one.pairs for one in cited)))
        others = [support(pairs, one.pairs) for one in self.sources.values() if one not in cited]
        if (together < _SUPPORT and (len(pairs) >= _FEW or not held)) or max(
            others, default=0.0
        ) >= together + _CLEARLY_BETTER:
            return True
        used = {id(one) for stated in held.values() for one in stated}
        idle = [
            source
            for source, share in zip(cited, shares, strict=True)
            if share < _ADDS and not any(id(one) in used for one in source.stated)
        ]
        return bool(idle) and not has_open


def _unsaid(text: str, cited: Sequence[Source]) -> str:
    """The first clause of which the passages say next to nothing; '' without."""
    known = frozenset[str]().union(*(source.pairs for source in cited))
    for clause in _CLAUSES.split(text):
        pairs = telling_pairs(clause)
        if len(pairs) >= _LONG_CLAUSE and support(pairs, known) < _CLAUSE_SUPPORT:
            return clause
    return ""


def _marked(text: str, spans: Sequence[tuple[int, int]], also: bytes | bytearray = b"") -> bytearray:
    """A map of `text`: 1 inside the spans, and where `also` has it."""
    marked = bytearray(also or len(text))
    for start, end in spans:
        marked[start:end] = b"\1" * (end - start)
    return marked


def _swapped(text: str, held: Mapping[Quantity, Sequence[Stated]], saying: Saying) -> str:
    """The first figure that the stretch tells of what the report says another figure of; '' without."""
    if not held:
        return ""
    passage = Passage("", "", 0, BlockKind.PARAGRAPH, text, (Span(0, len(text)),))
    subjects = {fact.local: fact.subject for fact in facts_of(passage, text)}
    for quantity, stated in held.items():
        subject = subjects.get((quantity.start, quantity.end), "")
        if told_of_another(quantity, stated, subject, saying):
            return quantity.text
    return ""
