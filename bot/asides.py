"""What people say of themselves before they ask: left off where it says nothing that the reports tell."""

import re

from bot.terms import Vocabulary
from bot.typed import OPENLY

_CLAUSE = re.compile(r"[^，,。！!；;：:]*[，,。！!；;：:]+\s*")
# 我区 is the place itself, and so is what stands before 区 in 我们区.
_OF_ONESELF = re.compile(
    r"我(?!们?[区市省县镇街国院校])|咱(?!们?[区市省县镇街])|俺|阿拉(?!区)|本人|作为|身为|家里|家有|孩子|老人家|小孩|邻居|朋友|同事|老[公婆]"
)
_ASKS_OPENLY = re.compile(OPENLY)
_ASKS = re.compile(rf"{OPENLY}|吗|是不是|是否|有没有")
_POINTS = re.compile(r"那[里边儿个些]|这[里边儿个些]|附近|周边|我们|咱们|我家|[它他她]")


def without_asides(text: str, vocabulary: Vocabulary) -> str:
    """`text` from the clause on that asks, where those before it are about the asker alone."""
    while (aside := _CLAUSE.match(text)) is not None:
        clause, rest = aside.group(), text[aside.end() :]
        is_aside = _OF_ONESELF.match(clause) and not _ASKS.search(clause)
        if not is_aside or not _ASKS_OPENLY.search(rest) or _POINTS.search(rest):
            return text
        if any(term.known and term.strong and not term.text.isdigit() for term in vocabulary.terms(clause)):
            return text
        text = rest
    return text
