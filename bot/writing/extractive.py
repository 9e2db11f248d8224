"""The extractive writer: an answer made of the report's own words, with marks [n] and the citations they stand for."""

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.reading.reading import Piece, Reading
from bot.types import Citation
from bot.writing.writer import EXTRACTIVE, Brief, Draft
from corpus.types import Passage, Report

_NUMBERING = re.compile(r"\d{1,3}[.、]?")
_ITEM = re.compile(r"^(?:[①-⑳]|\d{1,2}[.．](?!\d))\s*")  # the number of an item in a running list
_YEAR_SAID = re.compile(r"20\d\d年")


class ExtractiveWriter:
    """Writes with the report's own words, at once."""

    name = EXTRACTIVE
    explains = False

    def write(self, brief: Brief) -> Iterator[Draft]:
        """The one draft, complete."""
        yield Draft(*write(brief.reading, brief.world.report), self.name)


def write(reading: Reading, report: Report) -> tuple[str, tuple[Citation, ...]]:
    """The answer's text and citations: each piece as it stands in the report, marked with its number."""
    if any(piece.group for piece in reading.pieces):
        return _listed(reading.pieces, report)
    numbers: dict[str, int] = {}
    sentences: list[str] = []
    grouped: list[tuple[Passage, str, list[tuple[int, int]]]] = []
    for piece in reading.pieces:
        same = next((group for group in grouped if group[0].id == piece.passage.id), None)
        if same is None:
            grouped.append((piece.passage, piece.label, [(piece.start, piece.end)]))
        else:
            same[2].append((piece.start, piece.end))
    before = None
    for passage, label, windows in grouped:
        number = numbers.setdefault(passage.id, len(numbers) + 1)
        text = row_words(passage) or "，".join(_sentence(passage.text[start:end]) for start, end in _merged(windows))
        said = "" if not label or label == before or _YEAR_SAID.match(text) else f"{label}{report.place}"
        before = label
        sentences.append(f"{said}{text}。[{number}]")
    citations = tuple(cite(passage, report, numbers[passage.id]) for passage, _, _ in grouped)
    return reading.lead + "".join(sentences), citations


def _listed(pieces: Sequence[Piece], report: Report) -> tuple[str, tuple[Citation, ...]]:
    """Each group under its heading, a line for each of its passages."""
    lines: list[str] = []
    for number, piece in enumerate(pieces, 1):
        if number == 1 or piece.group != pieces[number - 2].group:
            lines.append(f"{piece.group}：")
        lines.append(f"- {_sentence(piece.passage.text[piece.start : piece.end])}。[{number}]")
    citations = tuple(cite(piece.passage, report, number) for number, piece in enumerate(pieces, 1))
    return "\n".join(lines), citations


def cite(passage: Passage, report: Report, number: int) -> Citation:
    """The citation of a whole passage as [number]."""
    return Citation(
        n=number,
        report=passage.report,
        passage=passage.id,
        section=passage.section,
        table=passage.table,
        row=passage.row,
        quote=passage.text,
        spans=passage.spans,
        lines=lines_of(passage, report),
    )


def lines_of(passage: Passage, report: Report) -> tuple[int, int]:
    """The 1-based lines of the report's file on which a passage starts and ends."""
    breaks = _line_breaks(report.text)
    return bisect.bisect_left(breaks, passage.spans[0].start) + 1, bisect.bisect_left(
        breaks, passage.spans[-1].end - 1
    ) + 1


@lru_cache(maxsize=8)
def _line_breaks(text: str) -> list[int]:
    return [place for place, char in enumerate(text) if char == "\n"]


def _merged(windows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _sentence(text: str) -> str:
    return _ITEM.sub("", text.strip(" ，,；;。、"))


def row_words(passage: Passage) -> str:
    """A row of a table in words: what it is about, then each other column with its value; '' for any other passage."""
    if not passage.cells or not passage.row:
        return ""
    values = [cell for cell in passage.cells if cell.text != passage.row and not _NUMBERING.fullmatch(cell.text)]
    return f"{passage.row}：" + "，".join(f"{cell.header}{cell.text}" for cell in values)
