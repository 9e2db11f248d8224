"""Which figure a question asks for: the fact whose words, unit, kind, year and status fit it best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.matching import Coverage, Zone, coverage
from bot.question import Kind, Question, asked_unit
from bot.terms import Vocabulary
from corpus.facts import clauses
from corpus.figures import find_figures
from corpus.types import BlockKind, Fact, Passage, Status

# What a term counts by how near to the figure it stands.
_SUBJECT, _CLAUSE, _SENTENCE, _PASSAGE, _ROW, _SECTION = 1.0, 0.97, 0.86, 0.7, 0.62, 0.4
_UNIT_SAME, _UNIT_LIKE, _UNIT_OTHER = 0.1, 0.06, -0.3
_KIND_SAME, _KIND_OTHER = 0.15, -0.25
_STATUS_OTHER = -0.12
_UNASKED = 0.14  # what a subject that says much more than the question loses
_RUNNING_TEXT = 0.015  # the running text gives the headline, tables the detail
_FOUND = 0.1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact that may be the answer: how well it fits, and which terms its place says."""

    fact: Fact
    passage: Passage
    score: float
    coverage: Coverage
    window: tuple[int, int]


def candidates(
    question: Question,
    passages: Iterable[tuple[Passage, float]],
    facts: dict[str, Sequence[Fact]],
    vocabulary: Vocabulary,
) -> list[Candidate]:
    """The facts of `passages` (each with its search score) that could answer, best first."""
    rated = [
        candidate
        for passage, score in passages
        for candidate in _of_passage(question, passage, score, facts.get(passage.id, ()), vocabulary)
    ]
    return sorted(rated, key=lambda candidate: (-candidate.score, candidate.passage.ordinal, candidate.fact.local))


def _of_passage(
    question: Question, passage: Passage, search: float, facts: Sequence[Fact], vocabulary: Vocabulary
) -> Iterable[Candidate]:
    if not facts:
        return
    parts = clauses(passage.text, find_figures(passage.text))
    for fact in facts:
        start, end = _clause_of(fact, parts)
        clause = passage.text[start:end]
        sentence = _sentence_of(fact, passage.text)
        zones = (
            Zone(f"{fact.subject}{fact.change or ''}", _SUBJECT),
            Zone(clause, _CLAUSE),
            Zone(passage.text[slice(*sentence)], _SENTENCE),
            Zone(passage.text, _PASSAGE),
            Zone(f"{passage.row or ''} {passage.section[-1] if passage.section else ''} {passage.table or ''}", _ROW),
            Zone(" ".join(passage.section), _SECTION),
        )
        covered = coverage(question.terms, zones)
        context = coverage(question.context, zones).share if question.context else 0.0
        score = (
            covered.share
            + 0.35 * context
            + _unit(question, fact)
            + _kind(question, fact)
            + _status(question, fact)
            - _UNASKED * _unasked(question, fact, vocabulary)
            + _FOUND * search
            + (_RUNNING_TEXT if passage.kind is BlockKind.PARAGRAPH else 0.0)
        )
        yield Candidate(fact, passage, score, covered, (start, end))


def _clause_of(fact: Fact, parts: Sequence[object]) -> tuple[int, int]:
    for part in parts:
        if part.start <= fact.local[0] < part.end:  # type: ignore[attr-defined]
            return part.start, part.end  # type: ignore[attr-defined]
    return fact.local


def _sentence_of(fact: Fact, text: str) -> tuple[int, int]:
    start = max(text.rfind(mark, 0, fact.local[0]) for mark in "；;。！？") + 1
    ends = [place for mark in "；;。！？" if (place := text.find(mark, fact.local[1])) >= 0]
    return start, min(ends, default=len(text))


def _unit(question: Question, fact: Fact) -> float:
    if not question.units:
        return 0.0
    if fact.unit in question.units:
        return _UNIT_SAME if asked_unit(question.asks) == fact.unit else _UNIT_LIKE
    return _UNIT_OTHER


_CHANGES = {Kind.GROWTH: ("增长", "下降"), Kind.SHARE: ("占比",), Kind.RANK: ("排名",)}


def _kind(question: Question, fact: Fact) -> float:
    if question.kind in _CHANGES:
        if fact.change in _CHANGES[question.kind]:
            return _KIND_SAME
        return 0.0 if question.kind is Kind.SHARE and fact.unit == "%" else _KIND_OTHER
    if fact.change in ("增长", "下降", "排名", "占比"):
        return _KIND_OTHER / 2 if "%" in question.units else _KIND_OTHER
    if fact.change == "累计":
        return 0.04 if "累计" in question.text or "共" in question.text else -0.02
    return 0.0


def _status(question: Question, fact: Fact) -> float:
    if question.status is None or fact.status is None:
        return 0.0
    return _STATUS_OTHER if (question.status is Status.TARGET) != (fact.status is Status.TARGET) else 0.0


def _unasked(question: Question, fact: Fact, vocabulary: Vocabulary) -> float:
    asked = question.body + "".join(variant for term in question.terms for variant in term.variants)
    words = [piece for piece, known in vocabulary.cut(fact.subject) if known and len(piece) > 1]
    total = sum(vocabulary.weight(word) for word in words)
    extra = sum(vocabulary.weight(word) for word in words if word not in asked)
    return extra / total if total else 0.0
