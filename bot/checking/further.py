"""Figures that a report writes in words: 「增幅全市最高」 is a rank, 「翻一番」 a growth."""

import re
from collections.abc import Iterator, Sequence

from bot.checking.figures import figures_of
from bot.checking.plain import plain
from corpus.clauses import clauses
from corpus.markup import Places as Located
from corpus.subjects import subjects_of
from corpus.types import Fact, Passage

_FIRST_OF_ALL = re.compile(r"(?<=全[国市省区州县])最[高多快大低优好]")  # as long as 「第一」


def further_facts(passage: Passage, facts: Sequence[Fact], source: str) -> Iterator[Fact]:
    """The figures of `passage` that its `facts` do not hold, as facts; `source` is the report's text."""
    taken = {place for fact in facts for place in range(*fact.local)}
    made = plain(_FIRST_OF_ALL.sub("第一", passage.text))
    figures = figures_of(made.text)
    parts = clauses(made.text, figures)
    located = Located(passage.text, passage.spans, source)
    for clause, subjects in zip(parts, subjects_of(made.text, parts), strict=True):
        for figure, subject in zip(clause.figures, subjects, strict=True):
            start, end = made.span(figure.start, figure.end)
            if taken.isdisjoint(range(start, end)):
                yield Fact(
                    passage=passage.id,
                    subject=subject.words,
                    text=figure.core,
                    value=figure.value,
                    unit=figure.unit,
                    qualifier=figure.qualifier,
                    year=passage.year,
                    status=passage.status,
                    change=subject.change,
                    local=(start, end),
                    spans=located.of(start, end),
                )
