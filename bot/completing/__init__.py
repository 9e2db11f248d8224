"""Completes a follow-up from the conversation: what it leaves out is taken from the turns before, slot by slot."""

import re
from dataclasses import replace

from bot.completing.asking import afresh, depends, ellipsis, narrowed, part, swapped, whole
from bot.completing.comparing import compared
from bot.completing.followup import FollowUp
from bot.completing.gaps import gap
from bot.completing.growing import grown
from bot.completing.opening import gone_back, opened
from bot.completing.pointing import listed, pointing, quoted_figure, which_year
from bot.completing.weighing import weighed
from bot.completing.wording import plain
from bot.completing.working import worked
from bot.conversation import ASKING, Completed, Conversation, frame_of
from bot.question import years_of
from bot.remarks import is_remark
from bot.terms import Vocabulary
from corpus.types import Report

__all__ = ["Completed", "complete", "plain"]

_FLAT_QUESTION = re.compile(r"(?<!呢)了(?:吧[？?]?|[？?])$")
_AMOUNT = re.compile(r"[是有]?(?:多少|几)[\u3400-\u9fff]{0,3}")
_LONGEST = 90
_WAYS = (which_year, quoted_figure, listed, grown, worked, weighed, compared, gap, pointing, part, ellipsis)


def complete(
    text: str, conversation: Conversation | None, report: Report, vocabulary: Vocabulary, original: str = ""
) -> Completed:
    """The question that `text` asks in its conversation; `original` is its wording before translation."""
    last = conversation.last if conversation else None
    if last is not None and (is_remark(text) or is_remark(original)):
        return Completed(text, last.frame)
    if conversation is None or last is None or not last.frame.whole:
        return Completed(text, frame_of(text, report.place))
    text = text if ASKING.search(text) or "还是" in text else _FLAT_QUESTION.sub("了吗？", text)
    opening = opened(text, original, last, report)
    text, last = gone_back(opening.text, conversation, last, report)
    it = FollowUp(text, conversation, last, report, vocabulary, opening.original, switched=opening.switched)
    done = _asked_before(_completed(it), it)
    own = done.phrased or it.english or not opening.original
    done = done if own else replace(done, phrased=opening.text)
    return done if len(done.text) <= _LONGEST else Completed(text, frame_of(text, report.place))


def _asked_before(done: Completed, it: FollowUp) -> Completed:
    """The question as it was asked before, where the follow-up comes back to it: the answer is the same again."""
    if done.last is None or done.operands or done.shown:
        return done
    place, years = it.report.place, years_of(done.text, it.report)
    frame = frame_of(done.text, place)
    for turn in reversed(it.turns):
        before = frame_of(turn.understood, place)
        alike = before.ask == frame.ask or all(_AMOUNT.fullmatch(ask) for ask in (before.ask, frame.ask))
        if before.topic == frame.topic and alike and turn.years[:1] == years[:1] and turn.facts:
            return Completed(turn.understood, done.frame, phrased=turn.understood)
    return done


def _completed(it: FollowUp) -> Completed:
    if whole(it):
        return afresh(it)
    for way in _WAYS:
        done = way(it)
        if done is not None:
            return done
    if not depends(it):
        return afresh(it)
    return swapped(it) if it.names_only() else narrowed(it)
