"""What the report says to a draft's dates and numbers in an order: the words around them tell which is meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checking.judgement import Judgement
from bot.checking.numbered import Numbered, alike, find_numbered, same
from bot.types import Verdict
from corpus.types import Passage

_DATE = "日期"
_REACH = 16  # characters on either side that say what is numbered
_SHARED = 3  # so many pairs of characters must be the same
_MEETING = ("会议", "报告", "审议", "听取", "人大")


@dataclass(frozen=True, slots=True)
class Order:
    """The dates and numbers in an order of a report, each with its passage."""

    known: tuple[tuple[Passage, Numbered], ...]

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> "Order":
        """Reads them from the passages."""
        return cls(tuple((passage, one) for passage in passages for one in find_numbered(passage.text)))

    def judge(self, one: Numbered, text: str) -> Judgement:
        """The verdict on a date or a number in an order that stands in `text`."""
        around = text[max(0, one.start - _REACH) : one.end + _REACH]
        here = [(passage, other) for passage, other in self.known if other.kind == one.kind]
        near = [(passage, other) for passage, other in here if _near(one, other, around, passage)]
        for passage, other in near:
            if same(one, other):
                return Judgement(Verdict.SUPPORTED, passage)
        for passage, other in near:
            if one.kind == _DATE or alike(one, [other]):
                said = passage.text[other.start : other.end]
                return Judgement(Verdict.CONTRADICTED, passage, said, f"报告写的是{said}")
        return Judgement(Verdict.ABSENT, why="报告没有写这一项")


def _near(one: Numbered, other: Numbered, around: str, passage: Passage) -> bool:
    """Whether the words around both speak of the same."""
    if one.kind == _DATE and not passage.section and any(word in around for word in _MEETING):
        return True
    if one.kind != _DATE and one.noun[:1] and one.noun[:1] == other.noun[:1]:
        return True
    theirs = passage.text[max(0, other.start - _REACH) : other.end + _REACH]
    return len(_pairs(around) & _pairs(theirs)) >= _SHARED


def _pairs(text: str) -> set[str]:
    return {
        a + b for a, b in zip(text, text[1:], strict=False) if "\u3400" <= a <= "\u9fff" and "\u3400" <= b <= "\u9fff"
    }
