"""One answer against its gold: what it is worth, and where on a question's way it went wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.types import Answer, AnswerStatus
from evals.normalise import among_shorts, as_quote, in_text
from evals.sources import Sources
from evals.types import Judgement, Part, PartJudgement, Question, Step
from evals.words import shown_reason

FOUND_DEPTH = 10  # a passage found further down counts as not found: no reader goes that deep


def judge(question: Question, answer: Answer, sources: Sources) -> Judgement:
    """The answer's worth: right only where status, every part, its citation or the refusal's reason are right."""
    parts = tuple(_judge_part(part, answer, sources) for part in question.parts)
    step, why = _fault(question, answer, parts, sources)
    evidence = [as_quote(text) for part in question.parts for text in part.evidence]
    return Judgement(
        right=step is None,
        step=step,
        why=why,
        parts=parts,
        shorts=len(answer.short),
        shorts_right=sum(_is_wanted(short, place, question) for place, short in enumerate(answer.short)),
        citations=len(answer.citations),
        citations_right=sum(any(e in as_quote(one.quote) for e in evidence) for one in answer.citations),
        citations_verbatim=sum(map(sources.verbatim, answer.citations)),
        said=brief(answer),
    )


def _judge_part(part: Part, answer: Answer, sources: Sources) -> PartJudgement:
    short = not part.short or any(among_shorts(wanted, answer.short) for wanted in part.short)
    said = short or any(in_text(wanted, answer.text) for wanted in part.short)
    wanted = [as_quote(text) for text in part.evidence]
    cited = any(text in as_quote(one.quote) for one in answer.citations for text in wanted)
    gold = sources.gold(part)
    found = _passages(answer.steps, "found")
    rank = next((place for place, name in enumerate(found, 1) if name in gold), None)
    return PartJudgement(short, said, cited, rank)


def _passages(steps: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(map(str, steps.get(name) or ()))


def _is_wanted(short: str, place: int, question: Question) -> bool:
    """Whether a short answer is one that the gold asks for; a verdict 是 or 否 counts in the first place only."""
    wanted = [text for part in question.parts for text in part.short]
    return any(among_shorts(text, (short,)) for text in wanted if place == 0 or text not in ("是", "否"))


def _fault(
    question: Question, answer: Answer, parts: Sequence[PartJudgement], sources: Sources
) -> tuple[Step | None, str]:
    if answer.status is AnswerStatus.ERROR:
        return Step.ERROR, f"程序出错：{shown_reason(answer.reason)}"
    if not question.answerable:
        return _refusal_fault(question, answer)
    if answer.status is AnswerStatus.ANSWERED and all(part.said and part.cited for part in parts):
        return None, ""
    return _answer_fault(question, answer, parts, sources)


def _refusal_fault(question: Question, answer: Answer) -> tuple[Step | None, str]:
    if answer.status is AnswerStatus.ANSWERED:
        return Step.NOT_REFUSED, f"应拒答（{shown_reason(question.reason)}），却答了「{brief(answer)}」"
    if answer.reason is not question.reason:
        return (
            Step.WRONG_REASON,
            f"拒答的理由应为「{shown_reason(question.reason)}」，给的是「{shown_reason(answer.reason)}」",
        )
    return None, ""


def _answer_fault(
    question: Question, answer: Answer, parts: Sequence[PartJudgement], sources: Sources
) -> tuple[Step, str]:
    refused = answer.status is AnswerStatus.REFUSED
    failing = [
        (part, judged)
        for part, judged in zip(question.parts, parts, strict=True)
        if refused or not (judged.said and judged.cited)
    ]
    unsaid = [part for part, judged in failing if not judged.said]
    fault = _not_found(failing, answer, sources)
    if fault is None and unsaid and not refused:
        fault = _of_another_year(question, unsaid, answer, sources)
    fault = fault or _not_read(failing, answer, sources)
    if fault:
        return fault
    if refused:
        return Step.WRONGLY_REFUSED, f"报告里有，也找到了，却以「{shown_reason(answer.reason)}」拒答"
    if not unsaid:
        evidence = "；".join(part.evidence[0] for part, _ in failing)
        return Step.NOT_CITED, f"答对了，但没有引用「{evidence}」"
    if len(unsaid) < len(parts):
        return Step.INCOMPLETE, f"缺「{_wanted(unsaid)}」"
    return Step.WRONG_FIGURE, f"应为「{_wanted(unsaid)}」，答的是「{brief(answer)}」"


Failing = Sequence[tuple[Part, PartJudgement]]


def _not_found(failing: Failing, answer: Answer, sources: Sources) -> tuple[Step, str] | None:
    """Where a failing part's passage does not exist, or did not come up."""
    for part, _ in failing:
        if not sources.gold(part):
            return Step.NOT_IN_PASSAGES, f"没有一个条目含有「{part.evidence[0]}」"
    if "found" not in answer.steps:
        return None
    read = frozenset(_passages(answer.steps, "read"))
    for part, judged in failing:
        deep = judged.rank is None or judged.rank > FOUND_DEPTH
        if deep and not sources.gold(part) & read:
            place = f"，排在第 {judged.rank}" if judged.rank else ""
            return Step.NOT_FOUND, f"前 {FOUND_DEPTH} 个条目里没有「{part.evidence[0]}」{place}"
    return None


def _of_another_year(
    question: Question, unsaid: Sequence[Part], answer: Answer, sources: Sources
) -> tuple[Step, str] | None:
    """Where the answer's figures are of another year than the one asked for."""
    years = sources.years_of(answer.short, (citation.passage for citation in answer.citations))
    if question.year is None or not years or question.year in years:
        return None
    told = "、".join(map(str, sorted(years)))
    said = f"问的是 {question.year} 年，答的是 {told} 年的「{brief(answer)}」"
    return Step.WRONG_YEAR, f"{said}，应为「{_wanted(unsaid)}」"


def _not_read(failing: Failing, answer: Answer, sources: Sources) -> tuple[Step, str] | None:
    """Where a failing part's passage came up and was not read."""
    if "read" not in answer.steps:
        return None
    read = frozenset(_passages(answer.steps, "read"))
    for part, judged in failing:
        if not sources.gold(part) & read:
            place = f"第 {judged.rank}" if judged.rank else "名次不详"
            return Step.FOUND_NOT_READ, f"找到了（{place}），没有用上「{part.evidence[0]}」"
    return None


def _wanted(parts: Sequence[Part]) -> str:
    return "、".join(part.short[0] for part in parts)


def brief(answer: Answer) -> str:
    """What an answer says, in a few words."""
    if answer.status is AnswerStatus.REFUSED:
        return f"拒答（{shown_reason(answer.reason)}）"
    if answer.status is AnswerStatus.ERROR:
        return f"出错（{shown_reason(answer.reason)}）"
    return "、".join(answer.short) or answer.text[:60]
