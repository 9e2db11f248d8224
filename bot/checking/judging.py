"""What the report says to each figure of a draft: the same, something else, or nothing."""

import re
from collections.abc import Sequence

from bot.checking.claims import Claim
from bot.checking.judgement import Judgement
from bot.checking.known import Known
from bot.checking.matching import Match, is_new
from bot.checking.measures import agrees, comparable
from bot.lexicon import places
from bot.types import Verdict
from corpus.types import Fact, Status

# How surely a fact must be what a claim is about, as the logarithm of the odds.
_CONTRADICTED = -2.9
_SUPPORTED = ((2, -4.1), (5, -3.5), (10_000, -2.5))  # where at most so many facts have the claimed number
_RARE, _DIGITS = -4.8, 3  # where they are the fewest and it has so many digits: hardly by chance
_RANKED = -3.6
_MISTIMED = -3.6  # where the claimed number is the indicator's own, of another year
_AIM = 1.5  # so much better must a target fit than a result where a draft names no time
_OTHERWISE = 0.5  # what a fact of all there is loses where only what was added is claimed, and the other way round
_LEAD = 0.2  # so much better must another fact fit to speak against one with the claimed number
_LEAD_ANY = 4.5  # the same for a fact of another year
_SCOPE = re.compile(
    rf"{'|'.join(map(re.escape, places()))}"
    r"|全[国市省区州县]|各区|中心城区|世界|全球|亚洲|[东中西]部|[东西]北|长三角|京津冀"
)
_WHOLES = frozenset({"全市", "全省", "全州", "各区"})
_REACH = 12  # characters before a rank in which its scope is said
_GROWS = frozenset({"增长", "下降", "改善"})


def judge(claim: Claim, matches: Sequence[Match]) -> Judgement:
    """The verdict on one claim; `matches` are the facts that may be meant, best first."""
    same = [match for match in matches if same_kind(claim, match.known.fact) and _same_place(claim, match.known)]
    timely = [match for match in same if _same_time(claim, match.known.fact)]
    agreeing = [match for match in timely if _agrees(claim, match.known)]
    other = max((match for match in timely if _other(claim, match)), key=lambda one: _meant(claim, one), default=None)
    floor = same[0].fit - _LEAD_ANY if same else 0.0
    if agreeing and agreeing[0].fit >= max(_enough(claim, matches), floor, _rival(claim, agreeing[0], timely)):
        return Judgement(Verdict.SUPPORTED, agreeing[0].known.passage)
    mistimed = any(one.fit >= _CONTRADICTED and _agrees(claim, one.known) for one in same if one not in timely)
    if other and _against(claim, other) >= max(floor, _MISTIMED if mistimed else _doubt(claim, other)):
        said = words_of(other.known)
        if not _same_way(claim, other.known.fact):
            said = f"{other.known.fact.change}{said}"
        return Judgement(Verdict.CONTRADICTED, other.known.passage, said, f"报告写的是{said}")
    elsewhen = next((match for match in same if match not in timely and match.fit >= _CONTRADICTED), None)
    if elsewhen:
        known = elsewhen.known
        return Judgement(Verdict.ABSENT, known.passage, None, f"报告只写了{_time_of(known.fact)}：{words_of(known)}")
    return Judgement(Verdict.ABSENT, why="报告没有写这一项")


def _rival(claim: Claim, agreeing: Match, timely: Sequence[Match]) -> float:
    """How surely the fact with the claimed number must be meant, in view of those with another number.

    Where a draft does not say which year it means, the result and the target of an indicator are no rivals.
    """
    time = (agreeing.known.fact.year, agreeing.known.fact.status)
    return max(
        (
            _against(claim, match) - (_LEAD if (match.known.fact.year, match.known.fact.status) == time else _LEAD_ANY)
            for match in timely
            if _other(claim, match) and not _beside(match.known, agreeing.known)
        ),
        default=agreeing.fit,
    )


def _beside(one: Known, other: Known) -> bool:
    """Whether a passage gives both figures for one thing (「增长7%以上、力争8%」)."""
    return (one.passage.id, one.fact.subject, one.fact.change) == (
        other.passage.id,
        other.fact.subject,
        other.fact.change,
    )


def _enough(claim: Claim, matches: Sequence[Match]) -> float:
    """How surely a fact with the claimed number must be what the claim is about: the rarer the number, the less."""
    if claim.measure.is_rank:
        return _RANKED
    count = sum(agrees(claim.measure, match.known.measure) for match in matches)
    if count <= _SUPPORTED[0][0] and len(claim.written.replace(".", "").rstrip("0")) >= _DIGITS:
        return _RARE
    return next(enough for most, enough in _SUPPORTED if count <= most)


def _against(claim: Claim, match: Match) -> float:
    """How surely a fact with another number is what the claim is about."""
    return match.fit - (0.0 if _same_sum(claim, match.known.fact) else _OTHERWISE)


def _meant(claim: Claim, match: Match) -> float:
    """The same, for choosing: a draft that says neither a year nor that it is a plan tells of what came of it."""
    undated = claim.when.year is None and claim.when.status is None
    return _against(claim, match) - (_AIM if undated and match.known.fact.status is Status.TARGET else 0.0)


def _doubt(claim: Claim, match: Match) -> float:
    """How surely a fact must be meant to speak against the claim: less where the same number has another unit."""
    is_slip = comparable(claim.measure, match.known.measure) < 1 and claim.written == match.known.written
    return _SUPPORTED[0][1] if is_slip else _CONTRADICTED


def words_of(known: Known) -> str:
    """The figure in the report's own words."""
    return known.passage.text[slice(*known.fact.local)]


def _agrees(claim: Claim, known: Known) -> bool:
    same = agrees(claim.measure, known.measure) and _same_sum(claim, known.fact) and _same_way(claim, known.fact)
    return same and (not claim.measure.is_rank or _same_scope(claim, known))


def _other(claim: Claim, match: Match) -> bool:
    """Whether a fact may speak against the claim: another number, or the same written one in another unit."""
    if _agrees(claim, match.known):
        return False
    return comparable(claim.measure, match.known.measure) == 1.0 or claim.written == match.known.written


def same_kind(claim: Claim, fact: Fact) -> bool:
    """Whether both tell a change of the same direction, or both a level."""
    return (claim.change in _GROWS) == (fact.change in _GROWS)


def _same_way(claim: Claim, fact: Fact) -> bool:
    """Whether both rise or both fall, where they do either."""
    return claim.change not in _GROWS or (claim.change == "下降") == (fact.change == "下降")


def _same_sum(claim: Claim, fact: Fact) -> bool:
    """Whether both count what was added, or both all there is, as far as they say."""
    return not ((claim.change == "累计" and is_new(fact)) or (fact.change == "累计" and is_new(claim)))


def _same_scope(claim: Claim, known: Known) -> bool:
    """Whether two ranks are ranks among the same (「全市第一」, 「中心城区第一」)."""
    said = _SCOPE.findall(claim.clause[: claim.at] + claim.figure.text)
    told = _SCOPE.findall(known.passage.text[: known.fact.local[1]][-_REACH:])
    return not said or not told or said[-1] == told[-1] or {_whole(said[-1]), _whole(told[-1])} == {"全市"}


def _whole(scope: str) -> str:
    """A scope as the place that holds the report's, which a name or 各区 may stand for as well."""
    return "全市" if scope in _WHOLES or scope in places() else scope


def _same_place(claim: Claim, known: Known) -> bool:
    return claim.place is None or claim.place in known.place.zones[1]


def _same_time(claim: Claim, fact: Fact) -> bool:
    year, status = claim.when.year, claim.when.status
    if year is not None and fact.year is not None and year != fact.year:
        return False
    return not (
        status is not None and fact.status is not None and (status is Status.TARGET) != (fact.status is Status.TARGET)
    )


def _time_of(fact: Fact) -> str:
    year = f"{fact.year}年" if fact.year else ""
    return f"{year}{'目标' if fact.status is Status.TARGET else '的数字'}"
