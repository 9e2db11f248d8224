"""From passages to facts: of what each figure speaks, for which year, and how certain it is."""

import re
from collections.abc import Iterator, Sequence

from corpus.clauses import Clause, clauses
from corpus.figures import Figure, find_figures
from corpus.markup import Places
from corpus.said import Subject
from corpus.script import simplified
from corpus.subjects import subjects_of
from corpus.types import Cell, Fact, Passage, Report, Status

__all__ = ["clauses", "extract_facts", "facts_of"]

_SENTENCE_BREAK = re.compile(r"[；;。！？!?\n]")
_YEAR_HEAD = re.compile(
    r"\s{0,3}(?:到|至|截至|截止|预计到)?(20\d\d)年(?:底|末|前|以前|以来|全年)?(?![\u4e00-\u9fff]{0,6}[”》])"
)
_YEAR = re.compile(r"(20\d\d)\s{0,3}年")
_EXPECTED = re.compile(r"[预預][计計]|有望")
_GROWTH_LABEL = re.compile(r"(?:增长|增速|增幅)$")
_GENERAL_HEADER = re.compile(r"20\d\d\s{0,3}年|度|目标|完成|情况|预期|数值|指标值|值|计划|实际|预计")


def extract_facts(report: Report, passages: Sequence[Passage]) -> list[Fact]:
    """The facts of all `passages` in the order of the report."""
    return [fact for passage in passages for fact in facts_of(passage, report.text)]


def facts_of(passage: Passage, source: str) -> list[Fact]:
    """The facts of one passage of the report whose file holds `source`.

    Dates and years are no facts; the value of a range is its lower bound.
    """
    figures = find_figures(passage.text)
    if not figures:
        return []
    places = Places(passage.text, passage.spans, source)
    if passage.cells:
        return list(_cell_facts(passage, figures, places))
    text = simplified(passage.text)  # subjects are told in 简体, as questions are understood
    parts = clauses(text, figures)
    times = _times(passage, parts)
    return [
        _fact(passage, places, figure, subject, when)
        for clause, subjects, when in zip(parts, subjects_of(text, parts), times, strict=True)
        for figure, subject in zip(clause.figures, subjects, strict=True)
    ]


def _times(passage: Passage, parts: Sequence[Clause]) -> list[tuple[int | None, Status | None]]:
    """Year and status of each clause: a year or 「预计」 holds to the end of its sentence."""
    year, status = passage.year, passage.status
    times: list[tuple[int | None, Status | None]] = []
    end = 0
    for clause in parts:
        if _SENTENCE_BREAK.search(passage.text, end, clause.start):
            year, status = passage.year, passage.status
        end = clause.end
        said = passage.text[clause.start : clause.figures[-1].start if clause.figures else clause.end]
        opening = _YEAR_HEAD.match(said)
        if opening:
            year = int(opening.group(1))
        if status is not Status.TARGET and _EXPECTED.search(said):
            status = Status.EXPECTED
        times.append((year, status))
    return times


def _cell_facts(passage: Passage, figures: Sequence[Figure], places: Places) -> Iterator[Fact]:
    """The facts of a table row: its label says of what, its column's header says which year."""
    bounds, position = [], 0
    for cell in passage.cells:
        place = passage.text.find(cell.text, position)
        position = place + len(cell.text)
        bounds.append((place, position, cell))
    held = [(cell, figure) for start, end, cell in bounds for figure in figures if start <= figure.start < end]
    data = [(cell, figure) for cell, figure in held if cell.text != passage.row]
    several = len({cell.header for cell, _ in data}) > 1
    for cell, figure in data:
        header_year = _YEAR.search(cell.header)
        year = int(header_year.group(1)) if header_year else passage.year
        yield _fact(passage, places, figure, _cell_subject(passage, cell, several=several), (year, passage.status))


def _cell_subject(passage: Passage, cell: Cell, *, several: bool) -> Subject:
    label = passage.row or ""
    if several:
        label += _GENERAL_HEADER.sub("", cell.header)
    words = _GROWTH_LABEL.sub("", label)
    return Subject(words, "增长") if words != label else Subject(label, None)


def _fact(
    passage: Passage, places: Places, figure: Figure, subject: Subject, when: tuple[int | None, Status | None]
) -> Fact:
    return Fact(
        passage=passage.id,
        subject=subject.words,
        text=figure.core,
        value=figure.value,
        unit=figure.unit,
        qualifier=figure.qualifier,
        year=when[0],
        status=when[1],
        change=subject.change,
        local=(figure.start, figure.end),
        spans=places.of(figure.start, figure.end),
    )
