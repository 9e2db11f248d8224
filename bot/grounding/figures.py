"""Whether a figure of a sentence stands in what it cites: value, unit, exactness, year, status, direction, subject."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.grounding.flaws import Flaw
from bot.grounding.source import Source, Stated, pairs_of
from bot.grounding.times import Named, fits_in_time, years_for
from bot.grounding.wholes import counts_otherwise, other_whole
from bot.grounding.words import support
from bot.quantities import Bound, Quantity, same, same_bound, same_unit

_CLAUSE_END = re.compile(r"[，,；;。：:！？!?、\n（）()]")
_UP = re.compile(r"增长|增加|增幅|增速|提高|提升|上升|上涨|上浮|扩大|扩容|升至|新增|净增|高于|快于|[增升涨]")
_DOWN = re.compile(r"下降|减少|降低|压减|缩减|缩短|回落|下滑|下跌|降幅|跌|低于|慢于|[减降缩]")
_NO_CHANGE = re.compile(r"减[碳负税贫排]|提质增效|增强|增设|降解|晋升|升级|增值|降本|减灾|降压")
_CHANGED_BY = re.compile(r"(?:增加|减少|提高|提升|上升|下降|降低|增长|回落|净增)了?[约近超逾]?$")
_REACH, _BEHIND = 60, 4  # characters before and behind a figure that can speak of it
_NEXT_TO = 8  # characters before a figure that are its own
_TELLING, _HALF = 2, 0.5  # pairs by which two subjects differ, and the share of them that a sentence must have
_ELSEWHERE = 0.3  # of a figure's subject; another passage that says so much more of it is the one that it is from
_LIKE, _UNLIKE = 0.6, 0.35  # a rival figure's subject must be so like, and so much liker than the figure's own


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence as its figures are read: its words, the years it names, those carried over, what it cites.

    `reported` is the year that the report is about, `place` the report's own place.
    """

    text: str
    named: Sequence[Named]
    carried: Sequence[int]
    sources: Sequence[Source]
    reported: int | None
    place: str = ""

    @property
    def words(self) -> str:
        """The words of all that it cites."""
        return "\n".join(source.words for source in self.sources)


def matching(quantity: Quantity, saying: Saying) -> tuple[list[Stated], Flaw | None]:
    """The stated figures that the quantity may be, or the first thing that keeps it from being any of them."""
    stated = [one for source in saying.sources for one in source.stated]
    clause = clause_around(saying.text, quantity)
    alike = [one for one in stated if same(_with_unit_of(one.quantity, quantity, clause), one.quantity)]
    if not alike:
        near = any(quantity.low == one.quantity.low for one in stated)
        return [], Flaw.UNIT if near else Flaw.FIGURE
    years = years_for(saying.text, quantity, saying.named, saying.words, saying.carried)
    whole = f"{clause.partition(' ')[0]}{saying.text[quantity.start : quantity.end]}"
    tests: tuple[tuple[Flaw, Callable[[Stated], bool]], ...] = (
        (Flaw.BOUND, lambda one: as_open(quantity, one.quantity)),
        (Flaw.YEAR, lambda one: fits_in_time(one, years, clause, saying.text, saying.reported)),
        (Flaw.DIRECTION, lambda one: same_direction(clause, one)),
        (Flaw.WHOLE, lambda one: not other_whole(whole, f"{one.before}{one.quantity.text}{one.after}", saying.place)),
        (Flaw.SUBJECT, lambda one: not counts_otherwise(saying.text[: quantity.start], one.before, one.change)),
    )
    for doubt, fits in tests:
        alike = [one for one in alike if fits(one)]
        if not alike:
            return [], doubt
    return alike, None


def _with_unit_of(stated: Quantity, said: Quantity, clause: str) -> Quantity:
    """A bare number with the stated figure's unit, where the words before it say that unit (「参与人次超过30万」)."""
    before = clause.partition(" ")[0]
    return replace(said, unit=stated.unit) if not said.unit and stated.unit and stated.unit in before else said


def as_open(said: Quantity, stated: Quantity) -> bool:
    """Whether the words around the number leave as much open as the report does; 「约」 may be added to any."""
    return same_bound(said, stated) or (said.bound is Bound.ABOUT and stated.bound is Bound.EXACT)


def clause_around(text: str, quantity: Quantity) -> str:
    """What the clause of a figure says of it: the words before it, and the next few."""
    before = [match.end() for match in _CLAUSE_END.finditer(text, max(0, quantity.start - _REACH), quantity.start)]
    after = _CLAUSE_END.search(text, quantity.end)
    end = min(quantity.end + _BEHIND, after.start() if after else len(text))
    return f"{text[before[-1] if before else 0 : quantity.start]} {text[quantity.end : end]}"


def same_direction(clause: str, stated: Stated) -> bool:
    """Whether what went up is said to have gone up, and what is a level is no change, nor a change a level."""
    up, down = _directions(clause)
    if not (up or down):
        return not _CHANGED_BY.search(stated.before)
    there_up, there_down = _directions(f"{stated.before} {stated.after}")
    change = stated.change or ""
    there_up |= change == "增长"
    there_down |= change == "下降"
    return (up and there_up) or (down and there_down)


def _directions(text: str) -> tuple[bool, bool]:
    text = _NO_CHANGE.sub("", text)
    return _UP.search(text) is not None, _DOWN.search(text) is not None


def told_of_another(quantity: Quantity, stated: Sequence[Stated], subject: str, saying: Saying) -> bool:
    """Whether the sentence's words for a figure, or those around it, are the report's for another of its year."""
    subject = subject.replace(saying.place, "") if saying.place else subject
    if _half_elsewhere(subject, stated, saying.sources):
        return True
    values, years = {one.quantity.low for one in stated}, {one.year for one in stated}
    others = [
        one
        for source in saying.sources
        for one in source.stated
        if one.subject and one.year in years and one.quantity.low not in values
    ]
    alike = [one for one in others if one.change == stated[0].change]
    if _ends_in(subject, alike) > _ends_in(subject, stated):
        return True
    if any(_names_rather(subject, one.subject, [own.subject for own in stated]) for one in alike):
        return True
    rivals = [one for one in others if same_unit(one.quantity.unit, stated[0].quantity.unit)]
    if not rivals:
        return False
    here = _around(saying.text[: quantity.start], saying.text[quantity.end :])
    by_subject = (
        max((likeness(subject, one.subject) for one in alike if one in rivals), default=0.0),
        max(likeness(subject, one.subject) for one in stated),
    )
    by_words = (
        max(likeness(here, _around(one.before, one.after)) for one in rivals),
        max(likeness(here, _around(one.before, one.after)) for one in stated),
    )
    return any(best >= _LIKE and best - own >= _UNLIKE for best, own in (by_subject, by_words))


def _ends_in(subject: str, stated: Sequence[Stated]) -> int:
    """How long the longest of the stated subjects is in which a subject ends (「进出口」 ends in 「出口」 too)."""
    return max((len(one.subject) for one in stated if one.subject and subject.endswith(one.subject)), default=0)


def _half_elsewhere(subject: str, stated: Sequence[Stated], sources: Sequence[Source]) -> bool:
    """Whether a figure stands in one cited passage and what it is said of in another."""
    said = frozenset(pairs_of(subject))
    if len(sources) < _TELLING or len(said) < _TELLING or any(one.change == "占比" for one in stated):
        return False
    shares = [(support(said, source.pairs), any(one in source.stated for one in stated)) for source in sources]
    own = max(share for share, has_it in shares if has_it)
    return own < _HALF and any(share > own + _ELSEWHERE for share, _ in shares)


def _names_rather(subject: str, rival: str, own: Sequence[str]) -> bool:
    """Whether a subject has what tells the rival's from the figure's own, and nothing of what tells its own."""
    said, other = set(pairs_of(subject)), set(pairs_of(rival))
    for one in own:
        mine = set(pairs_of(one))
        tells_other, tells_own = other - mine, mine - other
        if len(tells_own) < _TELLING or said & tells_own or not tells_other:
            return False
        if len(said & tells_other) < _HALF * len(tells_other):
            return False
    return True


def _around(before: str, after: str) -> str:
    """The words next to a figure."""
    clause = _CLAUSE_END.split(f"，{before}")[-1]
    return f"{clause[-_NEXT_TO:]} {_CLAUSE_END.split(after)[0][:_BEHIND]}"


def likeness(a: str, b: str) -> float:
    """How alike two subjects are, 0 to 1, by their pairs of characters."""
    first, second = set(pairs_of(a)), set(pairs_of(b))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
