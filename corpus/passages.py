"""From blocks to passages: what is found and cited, with the year and status that its place implies."""

import re
from collections.abc import Iterator, Sequence

from corpus.markup import Places
from corpus.script import simplified
from corpus.types import Block, BlockKind, Passage, Report, Span, Status

_SHORT = 18  # a sentence shorter than this says too little alone: it opens the passage of the next one
_LONG = 160  # a sentence longer than this is cut at its semicolons
_SENTENCE = re.compile(r"[^。！？!?]*(?:[。！？!?]+[”’」』）)]?|$)")
_SEMICOLON = re.compile("；")
_YEAR = re.compile(r"(20\d\d)\s*年")
_DONE = re.compile(r"回顾|执行情况|完成情况|推进情况|进展|成效|总结|成就")
_AHEAD = re.compile(r"主要目标|目标任务|任务|举措|安排|打算|部署|重点工作|总体要求|预期目标|年目标")


def make_passages(report: Report, blocks: Sequence[Block]) -> list[Passage]:
    """The passages of `report` in the order of its text; `blocks` are its blocks.

    List items and table rows are passages as they stand; a paragraph is cut into sentences, a very short one
    joined with the one after it.
    """
    passages: list[Passage] = []
    top: tuple[int | None, Status | None] = (None, None)
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.level == 2:
            top = time_of_heading(block.text, report) or top
        if block.kind in (BlockKind.HEADING, BlockKind.CAPTION):
            continue
        year, status = _time_of(block, report) or top
        for text, spans in _cut(block, report.text):
            passages.append(
                Passage(
                    id=f"{report.name}/{len(passages) + 1:04d}",
                    report=report.name,
                    ordinal=len(passages),
                    kind=block.kind,
                    text=text,
                    spans=spans,
                    section=block.section,
                    table=block.table,
                    row=block.row,
                    cells=block.cells,
                    year=year,
                    status=status,
                )
            )
    return passages


def time_of_heading(heading: str, report: Report) -> tuple[int | None, Status | None] | None:
    """The year and status that a heading or caption announces for what stands under it, if any."""
    heading = simplified(heading)
    years = [int(year) for year in _YEAR.findall(heading)]
    if _DONE.search(heading):
        return (years[0] if years else report.year), Status.ACTUAL
    if _AHEAD.search(heading):
        return (years[-1] if years else report.planned), Status.TARGET
    if years and years[-1] == report.planned:
        return years[-1], Status.TARGET
    if years and years[0] == report.year:
        return years[0], Status.ACTUAL
    return None


def _time_of(block: Block, report: Report) -> tuple[int | None, Status | None] | None:
    headers = " ".join(cell.header for cell in block.cells)
    if block.cells and _YEAR.search(headers):
        return time_of_heading(headers, report)
    return None


def _cut(block: Block, source: str) -> Iterator[tuple[str, tuple[Span, ...]]]:
    if block.kind is not BlockKind.PARAGRAPH:
        yield block.text, block.spans
        return
    start = 0
    places = Places(block.text, block.spans, source)
    for end in _ends(block.text):
        if end <= start or (end - start < _SHORT and end < len(block.text)):
            continue
        text = block.text[start:end].strip()
        if text:
            yield text, places.of(start, end)
        start = end


def _ends(text: str) -> Iterator[int]:
    """Where the sentences of `text` end, and the parts of its long sentences."""
    for match in _SENTENCE.finditer(text):
        if match.end() - match.start() > _LONG:
            yield from (mark.end() for mark in _SEMICOLON.finditer(text, *match.span()))
        yield match.end()
