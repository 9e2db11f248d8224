"""The points that a sentence announces (「面临一些困难：一是…二是…」): each is a part of the answer."""

import re
from collections.abc import Iterator

from bot.question import Question, Want
from bot.reading.figures import Candidate
from bot.reading.phrases import clauses
from bot.reading.pieces import label
from bot.reading.reading import Piece, Reading
from bot.reading.world import World
from corpus.numerals import chinese_number
from corpus.types import Passage

_MARK = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]，|[（(][一二三四五六七八九十\d][）)]|[1-9][.．、])"
)
_ANNOUNCES = re.compile(
    r"(?:一些|以下|下列|如下|几个?方面|[两三四五六七八九]个?方面|不少|诸多|主要|突出|仍|还)[^，,。；]{0,10}"
    r"(?:困难|问题|挑战|不足|短板|矛盾|差距|工作|任务|举措|措施|要求|考虑)[^，,。；]{0,8}[。：:]?$"
)
_NTH = re.compile(r"第(?P<n>[一二三四五六七八九十\d]+)[条个点项大]|头一[条个点项]|首先|首要|最先")
_SENTENCE = re.compile(r"[^。；;！？]+[。；;！？]?")
_FEWEST = 2


def points(question: Question, best: Candidate, world: World) -> Reading | None:
    """All points that the best sentence announces; None where it announces none, or one thing is asked for."""
    nth = _NTH.search(question.asks)
    if (question.want not in (Want.LIST, Want.TEXT) and nth is None) or not _ANNOUNCES.search(best.place.text.strip()):
        return None
    found = list(_after(best.passage, best.window[1], world))
    if len(found) < _FEWEST:
        return None
    if nth is not None:
        at = int(chinese_number(nth["n"]) or 1) - 1 if nth["n"] else 0
        found = found[at : at + 1]
    pieces = tuple(
        Piece(passage, start, end, label(passage, passage.year, passage.status), (_head(passage.text[start:end]),))
        for passage, start, end in found
    )
    return Reading(pieces, confidence=best.sure, read=tuple(dict.fromkeys(piece.passage.id for piece in pieces)))


def _after(passage: Passage, at: int, world: World) -> Iterator[tuple[Passage, int, int]]:
    """The marked sentences that follow, in the passage itself and in those behind it, up to the first unmarked one."""
    place = next(i for i, one in enumerate(world.passages) if one.id == passage.id)
    for one in world.passages[place:]:
        for match in _SENTENCE.finditer(one.text, at):
            if not _MARK.match(match.group()):
                return
            yield one, *match.span()
        at = 0


def _head(point: str) -> str:
    """What a point is about: its first clause without the mark."""
    parts = clauses(_MARK.sub("", point, count=1))
    return parts[0] if parts else point.strip()
