"""Completes a follow-up from the conversation: what it leaves out is taken from the turn before."""

import re

from bot.conversation import Conversation, Turn
from bot.question import body_of, years_of
from bot.terms import Vocabulary
from corpus.types import Report

_POINTS_BACK = re.compile(r"^(?:那么?|那边|其中|它们?|他们|她们|这|该|前者|后者|同年|同期|上述|当中|里面|其|还有|此外|另外|还)|它们?|前者|后者|这个(?!月)|那个|这些|那些|其中|同年|上述|里面")
_ENDS_OPEN = re.compile(r"呢[？?。]?$")
_ONLY_MEASURE = re.compile(r"^(?:同比|比上一?年|较上年|比去年|又|一共|总共|总)*(?:增长|增加|提高|上升|下降|减少|涨|降|占|比|达到|完成|累计|新增|增幅|增速|占比|排名|排第几|是|有|共|多|少)*(?:了|的)*(?:多少|几|第几|百分之几|多大)?[\u3400-\u9fff]{0,2}(?:呢|了|吗)?[？?]?$")
_SELF_STANDING = 3  # so many words of its own and no pointer back: a new question


def is_follow_up(text: str, body: str, vocabulary: Vocabulary) -> bool:
    """Whether `text` cannot be understood without the turn before."""
    terms = [term for term in vocabulary.terms(body) if term.strong]
    if _POINTS_BACK.search(text) or _ENDS_OPEN.search(text) or not terms or _ONLY_MEASURE.match(text):
        return True
    return len(terms) < _SELF_STANDING and sum(term.weight for term in terms) < 1.6


def complete(text: str, conversation: Conversation | None, report: Report, vocabulary: Vocabulary) -> tuple[str, Turn | None]:
    """The question that `text` asks in its conversation, and the turn it goes on from, if it does."""
    last = conversation.last if conversation else None
    if last is None:
        return text, None
    body = body_of(_without_pointer(text), report)
    if not is_follow_up(text, body, vocabulary):
        return text, None
    years = years_of(text, report)
    year = "" if years else "".join(f"{year}年" for year in last.years[:1])
    if not any(term.strong for term in vocabulary.terms(body)):
        topic = last.body if last.body not in text else ""
        return _joined(f"{year}{topic}", text), last
    topic = last.subject or last.body
    return _joined(f"{year}{topic}", text), last


def _without_pointer(text: str) -> str:
    return re.sub(r"^(?:那么?|其中|它们?的?|这个|那个|前者|后者|同年|还有)", "", text)


def _joined(topic: str, text: str) -> str:
    rest = re.sub(r"^(?:那么?|它们?的?|其中)", "", text).strip(" ，,")
    return f"{topic}，{rest}" if topic else rest
