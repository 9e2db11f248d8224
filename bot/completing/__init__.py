"""Completes a follow-up from the conversation: what it leaves out is taken from the turns before, slot by slot."""

import re

from bot.completing.asking import afresh, depends, ellipsis, narrowed, part, swapped
from bot.completing.comparing import compared
from bot.completing.followup import FollowUp
from bot.completing.opening import gone_back, opened
from bot.completing.pointing import listed, pointing, quoted_figure, which_year
from bot.completing.wording import plain
from bot.conversation import ASKING, Completed, Conversation, frame_of
from bot.terms import Vocabulary
from corpus.types import Report

__all__ = ["Completed", "complete", "plain"]

_CHAT = re.compile(
    r"(?:谢谢你?|多谢|感谢|好的?|嗯+|哦+|知道了|明白了?|了解了?|再见|拜拜|辛苦了|可以了?|没(?:事|有)了)+[。！!，,~\s]*"
)
_FLAT_QUESTION = re.compile(r"(?<!呢)了(?:吧[？?]?|[？?])$")
_LONGEST = 90
_WAYS = (which_year, quoted_figure, listed, compared, pointing, part, ellipsis)


def complete(
    text: str, conversation: Conversation | None, report: Report, vocabulary: Vocabulary, original: str = ""
) -> Completed:
    """The question that `text` asks in its conversation; `original` is its wording before translation."""
    last = conversation.last if conversation else None
    if last is not None and _CHAT.fullmatch(text):
        return Completed(text, last.frame)
    if conversation is None or last is None or not last.frame.whole:
        return Completed(text, frame_of(text, report.place))
    text = text if ASKING.search(text) else _FLAT_QUESTION.sub("了吗？", text)
    opening = opened(text, original, last, report)
    text, last = gone_back(opening.text, conversation, last, report)
    done = _completed(FollowUp(text, conversation, last, report, vocabulary, opening.original))
    return done if len(done.text) <= _LONGEST else Completed(text, frame_of(text, report.place))


def _completed(it: FollowUp) -> Completed:
    for way in _WAYS:
        done = way(it)
        if done is not None:
            return done
    if not depends(it):
        return afresh(it)
    return swapped(it) if it.names_only() else narrowed(it)
