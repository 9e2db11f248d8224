"""What a draft claims: each of its figures with what it is about, for which year, and as result or target."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from bot.checking.figures import figures_of
from bot.checking.measures import Measure, measure_of_figure
from bot.checking.places import Places
from bot.checking.plain import Plain
from bot.checking.subjects import Told
from bot.checking.times import When, Written, base_of
from bot.terms import Vocabulary
from corpus.clauses import Clause, clauses
from corpus.figures import Figure
from corpus.subjects import subjects_of
from corpus.types import Report

_LINE = re.compile(r"[^\n]*\S[^\n]*")
# What runs on for longer is no sentence, and would make the time of a check grow with its square.
_SENTENCE = re.compile(r"[^。！？!?；;\n]{1,600}[。！？!?；;]*")
_HEADING = re.compile(
    r"\s*(?:#{1,6}\s|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])?[^，。；！？!?;]{1,40}[:：]?\s*"
)
_LEVEL = re.compile(
    r"\s*(?:(?P<one>#{1,2}\s|[一二三四五六七八九十]{1,3}、)|(?P<two>#{3,6}\s|[（(][一二三四五六七八九十]))"
)
_NUMBERING = re.compile(
    r"\s*(?:#{1,6}\s+|[-•·➤●▪■◆+]\s*|[（(]?\d{1,2}[）)．、]\s*|\d{1,2}\.(?!\d)\s*|[一二三四五六七八九十]{1,3}、|"
    r"[（(][一二三四五六七八九十]{1,3}[）)])+"
)
_OPENING = 20  # characters in which a line without a figure says of which year the next ones are
_REACH, _WIDE = 160, 400  # characters on either side of a figure that say what it is about, closely and loosely
_BEFORE = 12  # characters before a figure that tell its kind
_LIST = 8  # members of a list that are told in turn
_NUMBER = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of a draft.

    `start` and `end` are its place in the draft as written; `subject` and `change` what it is about, as of a Fact;
    `clause`, `sentence` and `around` the words near it, from the nearest to the farthest, `at` its place in its
    clause, `line` and `number` tell its sentence; `place` is another place than the report's, where it is of one.
    """

    start: int
    end: int
    figure: Figure
    measure: Measure
    subject: str
    change: str | None
    clause: str
    at: int
    sentence: str
    around: str
    line: int
    number: int
    place: str | None
    when: When

    @property
    def written(self) -> str:
        """The number as it is written, without times and unit."""
        return number_of(self.figure.core)


def number_of(text: str) -> str:
    """The digits of a figure as they are written, without commas."""
    match = _NUMBER.search(text)
    return match.group().replace(",", "") if match else text


def claims_of(made: Plain, report: Report, vocabulary: Vocabulary) -> list[Claim]:
    """Every figure of a draft in order; `report` tells which year 「今年」 is and whose figures they are."""
    base = base_of(made.text, report)
    headings = _Headings()
    found: list[Claim] = []
    year: int | None = None
    for match in _LINE.finditer(made.text):
        line = match.group()
        numbering = _NUMBERING.match(line)
        start = match.start() + (numbering.end() if numbering and numbering.end() < len(line) else 0)
        text = made.text[start : match.end()]
        figures = figures_of(text)
        if not figures and _HEADING.fullmatch(line):
            headings.add(line, text)
            year = None
            continue
        written = Written(base, headings.text, year)
        if figures:
            places = Places(text, report, vocabulary)
            found.extend(_of_line(made, start, text, figures, places, written, headings.text, report.place))
        else:
            written.pass_by(text[:_OPENING])
        year = written.opening
        headings.close_lead(line)
    return found


class _Headings:
    """The headings above a line, outermost first, and the line that leads a list in (「主要目标如下：」)."""

    def __init__(self) -> None:
        self._title = self._one = self._two = self._lead = ""

    @property
    def text(self) -> str:
        return " ".join(filter(None, (self._title, self._one, self._two, self._lead)))

    def add(self, line: str, text: str) -> None:
        level = _LEVEL.match(line)
        self._two = self._lead = ""
        if level is None and not self._title:
            self._title = text
        elif level is None or level["one"]:
            self._one = text
        else:
            self._two = text

    def close_lead(self, line: str) -> None:
        if line.rstrip().endswith((":", "：")):
            self._lead = line.strip()


def _of_line(
    made: Plain, at: int, text: str, figures: list[Figure], places: Places, written: Written, heading: str, place: str
) -> Iterator[Claim]:
    parts = clauses(text, figures)
    sentences = [match.span() for match in _SENTENCE.finditer(text)] or [(0, len(text))]
    told = Told(heading, place)
    number = 0
    for i, (clause, subjects) in enumerate(zip(parts, subjects_of(text, parts), strict=True)):
        while number + 1 < len(sentences) and clause.start >= sentences[number][1]:
            number += 1
            written.end_sentence()
            told.end_sentence()
        words = text[clause.start : min(clause.end, clause.start + _REACH)]
        if clause.figures and not clause.is_joined:
            listed = takewhile(_joined, islice(parts, i + 1, i + 1 + _LIST))
            told.open_clause(words, len(clause.figures) + sum(1 for _ in listed))
        for figure, subject in zip(clause.figures, subjects, strict=True):
            first = max(clause.start, figure.start - _REACH)
            last = min(sentences[number][1], figure.end + _REACH)
            said, change = told.completed(subject, figure, text[max(0, figure.start - _BEFORE) : figure.start])
            start, end = made.span(at + figure.start, at + figure.end)
            yield Claim(
                start=start,
                end=end,
                figure=figure,
                measure=measure_of_figure(figure),
                subject=said,
                change=change,
                clause=text[first : min(clause.end, last)],
                at=figure.start - first,
                sentence=text[max(sentences[number][0], figure.start - _REACH) : last],
                around=f"{heading[-_REACH:]} {text[max(0, figure.start - _WIDE) : figure.end + _WIDE]}",
                line=at,
                number=number,
                place=places.at(figure.start),
                when=written.when(text[first : figure.start]),
            )
        if not clause.figures:
            written.pass_by(words)
            told.pass_by(words)


def _joined(clause: Clause) -> bool:
    return clause.is_joined and len(clause.figures) == 1
