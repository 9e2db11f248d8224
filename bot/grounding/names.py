"""Names without quotation marks: a run of characters that no source has and that is made of no common words."""

import re
from functools import cache

from bot.lexicon import actions, light, lines_of
from bot.mending import frequent

_RUNS = re.compile(r"[\u3400-\u9fff]+")
_FUNCTION = frozenset(
    "比达居位列占仅只较亦即如若至自每各另本该多少高低升降增减超近余万亿元一二三四五六七八九十成倍看来说据按照除了的和与及在为是有等也都将已其中年共约并还又而且则再更最被把对向从到由于以使让用做个之所各该此这那们着过地得里上下内外前后时间"
)
_LONGEST_WORD = 4
_LEAST = 2  # characters; one alone is a verb or a particle


def strange_name(text: str, known: frozenset[str]) -> str:
    """The first run of two characters or more that has no pair of `known` and is made of no common words; '' without.

    `known` are the pairs of neighbouring characters of all that the sources say.
    """
    for match in _RUNS.finditer(text):
        run = match.group()
        held = [i > 0 and run[i - 1 : i + 1] in known or run[i : i + 2] in known for i in range(len(run))]
        start = 0
        while start < len(run):
            end = start
            while end < len(run) and not held[end]:
                end += 1
            if end - start >= _LEAST and not _is_made_of_words(run, start, end):
                return run[start:end]
            start = end + 1
    return ""


def _is_made_of_words(run: str, start: int, end: int) -> bool:
    """Whether common words cover `[start, end)`, the first and the last of them perhaps with characters beside it."""
    covered = {place for place in range(start, end) if run[place] in _FUNCTION}
    for first in range(max(0, start - _LONGEST_WORD + 1), end):
        for last in range(first + 2, min(first + _LONGEST_WORD, len(run)) + 1):
            if last > start and run[first:last] in _words():
                covered.update(range(max(first, start), min(last, end)))
    return len(covered) == end - start


@cache
def _words() -> frozenset[str]:
    names = {word for line in lines_of("names.txt") for word in line.split()}
    return frozenset((frequent().keys() - names) | actions() | light())
