"""What a draft claims: each of its figures with what it is about, for which year, and as result or target."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.checking.measures import Measure, measure_of_figure
from bot.checking.plain import Plain, plain
from bot.checking.times import Base, When, Written, base_of
from corpus.clauses import clauses
from corpus.figures import Figure, find_figures
from corpus.subjects import subjects_of
from corpus.types import Report

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*")
_HEADING = re.compile(
    r"\s*(?:#{1,6}\s|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])?[^，。；！？!?;]{1,40}[:：]?\s*"
)
_LEVEL = re.compile(
    r"\s*(?:(?P<one>#{1,2}\s|[一二三四五六七八九十]{1,3}、)|(?P<two>#{3,6}\s|[（(][一二三四五六七八九十]))"
)
_NUMBERING = re.compile(
    r"\s*(?:#{1,6}\s+|[-•·➤●▪■◆+]\s*|[（(]?\d{1,2}[）)．、]\s*|\d{1,2}\.(?!\d)\s*|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])+"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of a draft.

    `start` and `end` are its place in the draft as written; `subject` and `change` what it is about, as of a Fact;
    `clause`, `sentence` and `around` the words near it, from the nearest to the farthest.
    """

    start: int
    end: int
    figure: Figure
    measure: Measure
    subject: str
    change: str | None
    clause: str
    sentence: str
    around: str
    number: int
    when: When


def claims_of(draft: str, report: Report) -> list[Claim]:
    """Every figure of `draft` in order; `report` tells which year 「今年」 is."""
    made = plain(draft)
    base = base_of(made.text, report)
    headings = _Headings()
    found: list[Claim] = []
    for match in _LINE.finditer(made.text):
        line = match.group()
        numbering = _NUMBERING.match(line)
        start = match.start() + (numbering.end() if numbering and numbering.end() < len(line) else 0)
        text = made.text[start : match.end()]
        figures = find_figures(text)
        if not figures and _HEADING.fullmatch(line):
            headings.add(line, text)
            continue
        found.extend(_of_line(made, start, text, figures, headings.text, base))
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


def _of_line(made: Plain, at: int, text: str, figures: list[Figure], heading: str, base: Base) -> Iterator[Claim]:
    parts = clauses(text, figures)
    written = Written(base, heading)
    sentences = [match.span() for match in _SENTENCE.finditer(text)] or [(0, len(text))]
    number = 0
    for clause, subjects in zip(parts, subjects_of(text, parts), strict=True):
        while number + 1 < len(sentences) and clause.start >= sentences[number][1]:
            number += 1
            written.end_sentence()
        for figure, subject in zip(clause.figures, subjects, strict=True):
            start, end = made.span(at + figure.start, at + figure.end)
            yield Claim(
                start=start,
                end=end,
                figure=figure,
                measure=measure_of_figure(figure),
                subject=subject.words,
                change=subject.change,
                clause=text[clause.start : clause.end],
                sentence=text[slice(*sentences[number])],
                around=f"{heading} {text}",
                number=number,
                when=written.when(text[clause.start : figure.start], text[figure.start : clause.end]),
            )
        if not clause.figures:
            written.pass_by(text[clause.start : clause.end])
