"""One figure of a draft against its gold: whether the verdict and the correction are right, and where it went wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.types import Finding, Verdict
from evals.checking.sets import Draft, Stated
from evals.normalise import among_shorts, as_quote, as_short, holds_whole
from evals.sources import Sources
from evals.types import Part, Step

VERDICTS = {Verdict.SUPPORTED: "一致", Verdict.CONTRADICTED: "不一致", Verdict.ABSENT: "未提及"}
_BEFORE, _AFTER = 16, 6  # characters of the draft that tell which figure is meant


class Checks(Protocol):
    """What can be evaluated: a checker, or anything that finds like one."""

    def check(self, text: str) -> Sequence[Finding]:
        """The findings of the draft `text`."""


@dataclass(frozen=True, slots=True)
class FigureOutcome:
    """One figure of a draft, what the checker found, and what that is worth.

    `corrected` says whether the correction is one of the acceptable ones, `cited` whether a citation holds the
    evidence; `finding` is None where the checker saw no figure there.
    """

    draft: Draft
    stated: Stated
    number: int
    finding: Finding | None
    corrected: bool
    cited: bool
    step: Step | None
    why: str

    @property
    def id(self) -> str:
        """The draft's id and the figure's number in it, from 1."""
        return f"{self.draft.id}#{self.number}"

    @property
    def asked(self) -> str:
        """The figure with the words around it."""
        start, end = self.stated.span
        text = self.draft.text
        return f"{text[max(0, start - _BEFORE) : start]}【{text[start:end]}】{text[end : end + _AFTER]}".replace(
            "\n", " "
        )

    @property
    def said(self) -> str:
        """The verdict given and the correction."""
        if self.finding is None:
            return "没有认出"
        correct = f"，报告：{self.finding.correct}" if self.finding.correct else ""
        return f"{VERDICTS[self.finding.verdict]}{correct}"

    @property
    def verdict_right(self) -> bool:
        """Whether the verdict is the gold's."""
        return self.finding is not None and self.finding.verdict is self.stated.verdict

    @property
    def right(self) -> bool:
        """Whether the verdict is right and, where the figure is wrong, the correction too."""
        return self.step is None


def run_drafts(checker: Checks, drafts: Iterable[Draft], sources: Sources) -> tuple[FigureOutcome, ...]:
    """The outcomes of all figures of the drafts, in their order."""
    return tuple(outcome for draft in drafts for outcome in judge_draft(draft, checker.check(draft.text), sources))


def judge_draft(draft: Draft, findings: Sequence[Finding], sources: Sources) -> tuple[FigureOutcome, ...]:
    """The outcome of every figure of the draft; a finding that no label covers says nothing."""
    return tuple(
        _judge(draft, stated, number, _finding_of(stated, findings), sources)
        for number, stated in enumerate(draft.stated, 1)
    )


def _finding_of(stated: Stated, findings: Sequence[Finding]) -> Finding | None:
    """The finding that covers most of the figure's characters, None where none covers any."""

    def covered(finding: Finding) -> int:
        return min(stated.span[1], finding.span[1]) - max(stated.span[0], finding.span[0])

    best = max(findings, key=covered, default=None)
    return best if best is not None and covered(best) > 0 else None


def _judge(draft: Draft, stated: Stated, number: int, finding: Finding | None, sources: Sources) -> FigureOutcome:
    correct = (finding.correct,) if finding is not None and finding.correct else ()
    corrected = any(among_shorts(wanted, correct) for wanted in stated.correct)
    quotes = [as_quote(one.quote) for one in finding.citations] if finding is not None else []
    cited = any(as_quote(evidence) in quote for evidence in stated.evidence for quote in quotes)
    step, why = _fault(stated, finding, corrected=corrected, sources=sources)
    return FigureOutcome(draft, stated, number, finding, corrected, cited, step, why)


def _fault(stated: Stated, finding: Finding | None, *, corrected: bool, sources: Sources) -> tuple[Step | None, str]:
    if finding is None:
        return Step.NOT_SEEN, f"没有认出「{stated.figure}」是数字"
    if finding.verdict is stated.verdict and (corrected or stated.verdict is not Verdict.CONTRADICTED):
        return None, ""
    wanted = f"应为{VERDICTS[stated.verdict]}" + (f"（报告：{stated.correct[0]}）" if stated.correct else "")
    if finding.verdict is Verdict.SUPPORTED:
        return Step.FALSE_SUPPORT, f"{wanted}，却判为一致"
    lacking = _lacking(stated, sources)
    if lacking:
        return lacking
    given = VERDICTS[finding.verdict]
    if stated.verdict is Verdict.SUPPORTED:
        return Step.FALSE_ALARM, f"{wanted}，却判为{given}"
    if finding.verdict is not stated.verdict:
        return Step.WRONG_VERDICT, f"{wanted}，判的是{given}"
    return Step.WRONG_CORRECTION, f"{wanted}，给的是「{finding.correct or '无'}」"


def _lacking(stated: Stated, sources: Sources) -> tuple[Step, str] | None:
    """Where no passage holds the evidence, or no Fact stands in it: the reader is at fault, not the checker."""
    if not stated.evidence:
        return None
    gold = sources.gold(Part((), stated.evidence))
    if not gold:
        return Step.NOT_IN_PASSAGES, f"没有一个条目含有「{stated.evidence[0]}」"
    said = [as_short(evidence) for evidence in stated.evidence]
    facts = (fact for one in sources.reports for fact in one.facts if fact.passage in gold)
    if not any(holds_whole(text, as_short(fact.text)) for fact in facts for text in said):
        return Step.NOT_A_FACT, f"「{stated.evidence[0]}」里没有读出数据点"
    return None
