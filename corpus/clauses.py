"""A passage's text cut into clauses, each with the figures of which it speaks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.figures import Figure
from corpus.words import verbs_end

_BREAK = re.compile(r"[，,；;。：:！？!?\n]|——")
_LIST_MARK = re.compile(r"、|以及|(?<![惠涉普以])及|(?<![参给赋])与|[和并]")
_SHARE_AHEAD = re.compile(r"(?:约)?占|其中")


@dataclass(frozen=True, slots=True)
class Clause:
    """`[start, end)` of a text, the figures in it, and whether a list mark (「、」) joins it to the one before."""

    start: int
    end: int
    figures: tuple[Figure, ...]
    is_joined: bool = False


def clauses(text: str, figures: Sequence[Figure]) -> list[Clause]:
    """`text` cut at its punctuation, and at list marks between two figures (「12个、千万级项目103个」).

    A list mark also cuts before 「占」 (「34个、占全市近60%」) and before a verb of the next figure
    (「10个示范点、开办40个教学点」). No figure is ever cut.
    """
    cuts = sorted({*_breaks(text, figures), *_list_cuts(text, figures)})
    joints = {end for _, end in _list_cuts(text, figures)}
    found: list[Clause] = []
    position = index = 0
    for start, end in [*cuts, (len(text), len(text))]:
        own: list[Figure] = []
        while index < len(figures) and figures[index].start < start:
            own.append(figures[index])
            index += 1
        if text[position:start].strip():
            found.append(Clause(position, start, tuple(own), position in joints))
        position = end
    return found


def _breaks(text: str, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    inside = _inside(text, figures)
    return [match.span() for match in _BREAK.finditer(text) if not inside[match.start()]]


def _list_cuts(text: str, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    inside = _inside(text, figures)
    starts = {figure.start for figure in figures}
    ends = {figure.end for figure in figures}
    first = figures[0].end if figures else len(text)
    cuts = []
    for match in _LIST_MARK.finditer(text):
        start, end = match.span()
        if inside[start] or start < first:
            continue
        opens_figure = end in starts or (verbs_end(text, end) or end) in starts
        if start in ends or opens_figure or (match.group() == "、" and _SHARE_AHEAD.match(text, end)):
            cuts.append((start, end))
    return cuts


def _inside(text: str, figures: Sequence[Figure]) -> bytearray:
    """A map of `text`: 1 where a cut would part a figure."""
    inside = bytearray(len(text))
    for figure in figures:
        inside[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
    return inside
