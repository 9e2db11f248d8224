"""The places of a report that can answer, read in advance: each figure's clause, each sentence, each bare clause.

A place carries the words around it in zones, from its own to its section's, so that a question only has to be laid
beside them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.terms import Vocabulary
from corpus.clauses import clauses
from corpus.figures import Figure, find_figures
from corpus.types import Fact, Passage

_SENTENCE = re.compile(r"[^；;。！？]+[；;。！？]?")
_CLAUSE = re.compile(r"[^，,；;。！？：:]+")


class PlaceKind(IntEnum):
    """What may answer at a place."""

    FIGURE = 0
    SENTENCE = 1
    CLAUSE = 2


@dataclass(frozen=True, slots=True)
class Place:
    """`[start, end)` of a passage and the words around it: `zones` from the nearest to the farthest.

    `own` are the words of its subject with what each tells: those that a question does not name speak against it.
    """

    kind: PlaceKind
    passage: Passage
    start: int
    end: int
    zones: tuple[str, ...]
    fact: Fact | None = None
    own: tuple[tuple[str, float], ...] = ()

    @property
    def text(self) -> str:
        """The words at the place."""
        return self.passage.text[self.start : self.end]


ZONES = 5  # own words, sentence, passage, row and headers, section
NEAR = 2  # of these, the zones that are a place's own; the others are the same for the whole passage


@dataclass(frozen=True, slots=True)
class Group:
    """The places of one kind in one passage, with their numbers among all places of the report.

    `outer` are the zones that they share, `wide` all that is said in and around them, as one text.
    """

    places: tuple[Place, ...]
    numbers: tuple[int, ...]
    outer: tuple[str, ...]
    wide: str

    @classmethod
    def of(cls, passage: Passage, numbered: Sequence[tuple[Place, int]]) -> "Group":
        """The group of these places of `passage`, of which there is at least one."""
        places, numbers = zip(*numbered, strict=True)
        outer = places[0].zones[NEAR:]
        own = (place.zones[0] for place in places if place.fact)
        return cls(places, numbers, outer, " ".join((passage.context, *outer, *own)))


def places_of(passage: Passage, facts: Sequence[Fact], vocabulary: Vocabulary) -> Iterator[Place]:
    """All places of one passage."""
    row, section = row_words(passage), " ".join(passage.section) + _title_page(passage)
    figures = find_figures(passage.text)
    parts = clauses(passage.text, figures)
    sentences = [match.span() for match in _SENTENCE.finditer(passage.text)] or [(0, len(passage.text))]
    for fact in facts:
        start, end = next(
            ((part.start, part.end) for part in parts if part.start <= fact.local[0] < part.end), fact.local
        )
        around = next((span for span in sentences if span[0] <= fact.local[0] < span[1]), (start, end))
        own = f"{fact.subject}{fact.change or ''} {passage.text[start:end]} {_topic(passage.text, around, figures)}"
        words = tuple(
            (word, vocabulary.weight(word)) for word, known in vocabulary.cut(fact.subject) if known and len(word) > 1
        )
        yield Place(
            PlaceKind.FIGURE,
            passage,
            start,
            end,
            (own, passage.text[slice(*around)], passage.text, row, section),
            fact,
            words,
        )
    for start, end in sentences:
        text = passage.text[start:end]
        yield Place(PlaceKind.SENTENCE, passage, start, end, (text, text, passage.text, row, section))
    for match in _CLAUSE.finditer(passage.text):
        if not any(match.start() <= one.start < match.end() for one in figures):
            around = next((span for span in sentences if span[0] <= match.start() < span[1]), match.span())
            yield Place(
                PlaceKind.CLAUSE,
                passage,
                *match.span(),
                (match.group(), passage.text[slice(*around)], passage.text, row, section),
            )


def _topic(text: str, sentence: tuple[int, int], figures: Sequence[Figure]) -> str:
    """The clause that opens a sentence, where it holds no figure: it says what the figures after it are about."""
    opening = _CLAUSE.search(text, *sentence)
    if opening is None or any(opening.start() <= one.start < opening.end() for one in figures):
        return ""
    return opening.group()


def row_words(passage: Passage) -> str:
    """What the row, the column headers, the table and the nearest heading say of a passage."""
    headers = " ".join(cell.header for cell in passage.cells)
    heading = passage.section[-1] if passage.section else ""
    return f"{passage.row or ''} {headers} {heading} {passage.table or ''}"


def _title_page(passage: Passage) -> str:
    """A title page says when, where and by whom the report was given, without these words."""
    return "" if passage.section else " 报告 日期 时间 会议 审议 报告人 作者 主任 提请 听取"
