"""Headings that open a paragraph and stand in it: 「**重点产业稳步推进。**推进…」, 「（一）…。」, 「一是…。」."""

import re
from collections.abc import Iterator

from corpus.markup import Stretch, plain

_MAX_RUN_IN = 24  # a bold opening longer than this is emphasis, not a heading
_MAX_OPENING = 4  # characters that may stand between a sentence's start and its bold part
_BOLD = re.compile(r"\*\*(?P<bold>[^*]+)\*\*")
_NUMBERED = re.compile(
    r"\s*(?P<number>[（(][一二三四五六七八九十\d]{1,3}[)）][^。！？；：]{2,40}。|\d{1,2}[.．、](?!\d)[^。！？；：]{2,40}。(?=\s*\S))"
    r"|\s*[一二三四五六七八九十]{1,3}[是要][^。！？；\d]{3,30}。(?=\s*\S)"
)
_SENTENCE_ENDS = "。！？"


def run_ins(body: Stretch) -> Iterator[tuple[Stretch, bool, bool]]:
    """A paragraph cut at its run-in headings: (part, whether it is one, whether it holds beyond the paragraph)."""
    text = body.text
    cuts: list[tuple[int, int, bool]] = []
    numbered = _NUMBERED.match(text)
    if numbered:
        cuts.append((*numbered.span(), numbered["number"] is not None))
    for match in _BOLD.finditer(text):
        cut = _bold_run_in(text, match)
        if cut and (not cuts or cut[0] >= cuts[-1][1]):
            cuts.append((*cut, False))
    last = 0
    for start, end, holds in cuts:
        yield body[last:start], False, False
        yield body[start:end], True, holds
        last = end
    yield body[last:], False, False


def _bold_run_in(text: str, bold: re.Match[str]) -> tuple[int, int] | None:
    """The run-in heading that a bold stretch makes, if it makes one: a short sentence at a sentence's start."""
    reach = max(0, bold.start() - 2 * _MAX_OPENING)
    start = max(text.rfind(mark, reach, bold.start()) for mark in _SENTENCE_ENDS) + 1
    if start == 0 and reach > 0:
        return None
    if len(text[start : bold.start()].strip(" *\n")) > _MAX_OPENING:
        return None
    stop = text.find("。", bold.start(), bold.end() + 2)
    if stop < 0 or re.search(r"\d", text[bold.start() : stop]):
        return None
    if len(plain(text[start:stop]).replace("*", "")) > _MAX_RUN_IN:
        return None
    end = stop + 1
    while text[end : end + 1] == "*":
        end += 1
    return start, end
