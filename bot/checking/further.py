"""Figures that a report writes in words: 「增幅全市最高」 is a rank, 「翻一番」 a growth."""

import re
from collections.abc import Iterator, Sequence
from math import nan

from bot.checking.figures import figures_of
from bot.checking.plain import plain
from corpus.clauses import clauses
from corpus.markup import Places as Located
from corpus.subjects import subjects_of
from corpus.types import Fact, Passage

_IN_STEP = re.compile(r"与全[国市省区](?:平均水平)?(?:保持)?(?:同步|持平)")
_FIRST_OF_ALL = re.compile(r"(?<=全[国市省区州县])最[高多快大低优好]")  # as long as 「第一」


def further_facts(passage: Passage, facts: Sequence[Fact], source: str) -> Iterator[Fact]:
    """The figures of `passage` that its `facts` do not hold, as facts; `source` is the report's text."""
    taken = {place for fact in facts for place in range(*fact.local)}
    text = _FIRST_OF_ALL.sub("第一", passage.text)
    # A rise that is given in words stands for a number that no claim equals; it is written as long as the words.
    worded = [match.span() for match in _IN_STEP.finditer(text)]
    made = plain(_IN_STEP.sub(lambda match: f"{'9' * (len(match.group()) - 1)}%", text))
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
                    text=passage.text[start:end],
                    value=nan if (start, end) in worded else figure.value,
                    unit=figure.unit,
                    qualifier=figure.qualifier,
                    year=passage.year,
                    status=passage.status,
                    change=subject.change,
                    local=(start, end),
                    spans=located.of(start, end),
                )
