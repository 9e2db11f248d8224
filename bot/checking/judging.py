"""What the report says to each figure of a draft: the same, something else, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checking.claims import Claim
from bot.checking.known import Known
from bot.checking.matching import Match
from bot.checking.measures import agrees
from bot.types import Verdict
from corpus.types import Fact, Status

_SUPPORTED = 0.5
_CONTRADICTED = 0.62
_LEAD = 0.12  # so much better must another fact fit to speak against one with the claimed number
_DIRECTIONS = {"下降": -1, "改善": 0}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, the fact that it rests on, and why in Chinese."""

    verdict: Verdict
    known: Known | None = None
    why: str = ""


def judge(claim: Claim, matches: Sequence[Match]) -> Judgement:
    """The verdict on one claim; `matches` are the facts that may be meant, best first."""
    same = [match for match in matches if _same_kind(claim, match.known.fact)]
    timely = [match for match in same if _same_time(claim, match.known.fact)]
    agreeing = next((match for match in timely if agrees(claim.measure, match.known.measure)), None)
    other = next((match for match in timely if not agrees(claim.measure, match.known.measure)), None)
    if agreeing and agreeing.fit >= _SUPPORTED and (other is None or agreeing.fit >= other.fit - _LEAD):
        return Judgement(Verdict.SUPPORTED, agreeing.known)
    if other and other.fit >= _CONTRADICTED:
        return Judgement(Verdict.CONTRADICTED, other.known, f"报告写的是{words_of(other.known)}")
    elsewhen = next((match for match in same if agrees(claim.measure, match.known.measure, loosely=False)), None)
    if elsewhen and elsewhen.fit >= _CONTRADICTED and elsewhen not in timely:
        return Judgement(Verdict.CONTRADICTED, elsewhen.known, f"报告中这是{_time_of(elsewhen.known.fact)}")
    return Judgement(Verdict.ABSENT, None, "报告没有写这一项")


def words_of(known: Known) -> str:
    """The figure in the report's own words."""
    return known.passage.text[slice(*known.fact.local)]


def _same_kind(claim: Claim, fact: Fact) -> bool:
    grows = {"增长", "下降", "改善"}
    if (claim.change in grows) != (fact.change in grows):
        return False
    return claim.change not in grows or _DIRECTIONS.get(claim.change or "", 1) == _DIRECTIONS.get(fact.change or "", 1)


def _same_time(claim: Claim, fact: Fact) -> bool:
    year, status = claim.when.year, claim.when.status
    if year is not None and fact.year is not None and year != fact.year:
        return False
    return not (
        status is not None and fact.status is not None and (status is Status.TARGET) != (fact.status is Status.TARGET)
    )


def _time_of(fact: Fact) -> str:
    year = f"{fact.year}年" if fact.year else ""
    return f"{year}{'目标' if fact.status is Status.TARGET else '完成数'}"
