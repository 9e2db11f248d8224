"""Questions to tap: on the first screen and after an answer, all of them tried and found to have an answer."""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.types import Answer, AnswerStatus
from corpus.library import ReadReport
from corpus.types import Fact, Status

_EXAMPLES = Path(__file__).with_name("examples.toml")
EXAMPLES = 8  # questions on the first screen
_FOLLOWING = 3  # questions after an answer
_TRIED = 24  # generated questions that are tried for the first screen
_TRIED_AFTER = 8  # and after an answer
_NEAR = 12  # passages around a cited one that its follow-ups are about
_NAME = re.compile(r"[\u4e00-\u9fff]{4,12}")  # a subject that makes a natural question
_MEASURES = frozenset({"%", "个百分点", "平方米", "公顷", "平方公里", "公里", "米", "吨", "千瓦", "年", "天", ""})

Ask = Callable[[str], Answer]


def examples_for(read: ReadReport, ask: Ask) -> tuple[str, ...]:
    """Up to eight questions about the report that `ask` answers."""
    written = written_examples(read.report.name)
    facts = _askable(read.facts)
    spread = facts[:: max(1, len(facts) // _TRIED)][:_TRIED]
    chosen: list[str] = []
    for question in written:
        if len(chosen) < EXAMPLES and ask(question).status is AnswerStatus.ANSWERED:
            chosen.append(question)
    for fact in spread:
        if len(chosen) < EXAMPLES and _is_told(fact, ask):
            chosen.append(question_about(fact))
    return tuple(chosen)


def written_examples(report: str) -> tuple[str, ...]:
    """The questions that were written for a report of that name."""
    return tuple(tomllib.loads(_EXAMPLES.read_text(encoding="utf-8")).get(report, ()))


def follow_ups(read: ReadReport, answer: Answer, ask: Ask) -> tuple[str, ...]:
    """Up to three questions about figures near those that `answer` cites, each answered with its figure."""
    tried = list(_near(read, answer))[:_TRIED_AFTER]
    chosen: list[str] = []
    for fact in tried:
        if len(chosen) == _FOLLOWING:
            break
        if _is_told(fact, ask):
            chosen.append(question_about(fact))
    return tuple(chosen)


def question_about(fact: Fact) -> str:
    """The plain question that the fact answers."""
    if fact.status is Status.TARGET:
        return f"{fact.year}年{fact.subject}的目标是多少？"
    asked = "是多少" if fact.unit in _MEASURES or fact.unit.endswith("元") else f"有多少{fact.unit}"
    return f"{fact.year}年{fact.subject}{asked}？"


def _near(read: ReadReport, answer: Answer) -> Iterator[Fact]:
    """Facts about the same subjects in another year first, then those nearest to what was cited."""
    ordinals = {passage.id: passage.ordinal for passage in read.passages}
    cited = [ordinals[citation.passage] for citation in answer.citations if citation.passage in ordinals]
    if not cited:
        return
    told = set(answer.short)
    subjects = {fact.subject for fact in read.facts if fact.text in told and ordinals.get(fact.passage) in cited}
    seen: set[str] = set()
    facts = [fact for fact in _askable(read.facts) if fact.text not in told]
    twins = [fact for fact in facts if fact.subject in subjects]
    nearest = sorted(facts, key=lambda fact: min(abs(ordinals[fact.passage] - at) for at in cited))
    for fact in (*twins, *nearest[:_NEAR]):
        question = question_about(fact)
        if question not in seen and question != answer.question:
            seen.add(question)
            yield fact


def _askable(facts: Sequence[Fact]) -> list[Fact]:
    """Facts whose subject reads well in a question, each subject and year once."""
    first: dict[tuple[str, int | None], Fact] = {}
    for fact in facts:
        if fact.change is None and fact.year and _NAME.fullmatch(fact.subject):
            first.setdefault((fact.subject, fact.year), fact)
    return list(first.values())


def _is_told(fact: Fact, ask: Ask) -> bool:
    answer = ask(question_about(fact))
    return answer.status is AnswerStatus.ANSWERED and any(fact.text in short for short in answer.short)
