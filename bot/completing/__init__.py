"""Completes a follow-up from the conversation: what it leaves out is taken from the turns before, slot by slot."""

import re

from bot.completing.asking import afresh, depends, ellipsis, narrowed, part, swapped
from bot.completing.comparing import compared
from bot.completing.followup import FollowUp
from bot.completing.gaps import gap
from bot.completing.growing import grown
from bot.completing.opening import gone_back, opened
from bot.completing.pointing import listed, pointing, quoted_figure, which_year
from bot.completing.wording import plain
from bot.completing.working import worked
from bot.conversation import ASKING, Completed, Conversation, frame_of
from bot.terms import Vocabulary
from corpus.types import Report

__all__ = ["Completed", "complete", "plain"]

_CHAT = re.compile(
    r"(?:(?:谢谢[你您]?们?|多谢|感谢|好的?|行|嗯|哦|噢|知道|明白|了解|清楚|收到|再见|拜拜|辛苦|可以|没[事有](?=了))[啦了啊呀吧哈]*[。！!，,~～\s]*)+"
)
_ENGLISH_CHAT = re.compile(r"(?:(?:thanks?|thank you|thx|ok(?:ay)?|great|got it|bye)[\s!.,]*)+", re.IGNORECASE)
_FLAT_QUESTION = re.compile(r"(?<!呢)了(?:吧[？?]?|[？?])$")
_LONGEST = 90
_WAYS = (which_year, quoted_figure, listed, grown, worked, compared, gap, pointing, part, ellipsis)


def complete(
    text: str, conversation: Conversation | None, report: Report, vocabulary: Vocabulary, original: str = ""
) -> Completed:
    """The question that `text` asks in its conversation; `original` is its wording before translation."""
    last = conversation.last if conversation else None
    if last is not None and (_CHAT.fullmatch(text) or _ENGLISH_CHAT.fullmatch(original)):
        return Completed(text, last.frame)
    if conversation is None or last is None or not last.frame.whole:
        return Completed(text, frame_of(text, report.place))
    text = text if ASKING.search(text) else _FLAT_QUESTION.sub("了吗？", text)
    opening = opened(text, original, last, report)
    text, last = gone_back(opening.text, conversation, last, report)
    it = FollowUp(text, conversation, last, report, vocabulary, opening.original, switched=opening.switched)
    done = _completed(it)
    return done if len(done.text) <= _LONGEST else Completed(text, frame_of(text, report.place))


def _completed(it: FollowUp) -> Completed:
    for way in _WAYS:
        done = way(it)
        if done is not None:
            return done
    if not depends(it):
        return afresh(it)
    return swapped(it) if it.names_only() else narrowed(it)
