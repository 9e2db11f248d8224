"""What is wrong with question sets, and what of the report no question touches."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from corpus.library import ReadReport
from corpus.types import Passage
from evals.document import Heading, Paragraph, Piece, Table
from evals.metrics import Score
from evals.normalise import as_quote, as_short, holds_whole
from evals.questions import is_test
from evals.sources import Sources
from evals.types import Kind, Part, Question

NEAR = 0.8  # the share of character pairs that two texts have in common to be near-duplicates
_MANY = 3  # evidence that stands in more passages than this pins nothing down
_COMPUTED = (Kind.YESNO, Kind.COMPARISON)

QuestionSets = Mapping[str, Sequence[Question]]


class Flaw(StrEnum):
    """What can be wrong; those in `GRAVE` make the sets unusable as a measure."""

    NOT_IN_REPORT = "依据不在报告里"
    IN_NO_PASSAGE = "依据跨了条目"
    SHORT_NOT_IN_EVIDENCE = "短答案不在依据里"
    IN_MANY_PASSAGES = "依据出现在多处"
    TWO_GOLDS = "同一问题，答案不同"
    DUPLICATE = "重复"
    NEAR_DUPLICATE = "近似重复"
    UNLABELLED = "有数字没有标注"
    CORRECT_NOT_IN_EVIDENCE = "报告的说法不在依据里"


GRAVE = (
    Flaw.NOT_IN_REPORT,
    Flaw.IN_NO_PASSAGE,
    Flaw.TWO_GOLDS,
    Flaw.DUPLICATE,
    Flaw.UNLABELLED,
    Flaw.CORRECT_NOT_IN_EVIDENCE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw: the questions at fault, by set and id, and what exactly."""

    flaw: Flaw
    questions: tuple[str, ...]
    detail: str

    def __str__(self) -> str:
        return f"{self.flaw}：{' 与 '.join(self.questions)}：{self.detail}"


def lint(sets: QuestionSets, sources: Sources) -> tuple[Finding, ...]:
    """Every flaw in the sets, grave ones first."""
    found: list[Finding] = []
    bodies = [as_quote(one.report.text) for one in sources.reports]
    for name, questions in sets.items():
        for question in questions:
            found += _gold_flaws(f"{name}/{question.id}", question, sources, bodies)
    found += _repeated(sets)
    order = list(Flaw)
    return tuple(sorted(found, key=lambda one: (one.flaw not in GRAVE, order.index(one.flaw), one.questions)))


def _gold_flaws(name: str, question: Question, sources: Sources, bodies: Sequence[str]) -> Iterator[Finding]:
    for part in question.parts:
        for evidence in part.evidence:
            wanted = as_quote(evidence)
            holding = [passage for passage, quote in sources.quotes.items() if wanted in quote]
            if len(holding) > _MANY:
                yield Finding(Flaw.IN_MANY_PASSAGES, (name,), f"「{evidence}」在 {len(holding)} 个条目里")
            elif not holding:
                flaw = Flaw.IN_NO_PASSAGE if any(wanted in body for body in bodies) else Flaw.NOT_IN_REPORT
                yield Finding(flaw, (name,), f"「{evidence}」")
        yield from _short_flaws(name, question, part, sources)


def _short_flaws(name: str, question: Question, part: Part, sources: Sources) -> Iterator[Finding]:
    """Where none of the alternatives stands in the evidence, nor in what the report says around it.

    Around it stand the row and the headings (「哪个功能区」) and the year (「哪一年」); what is computed need not stand
    anywhere, nor need 是 or 否.
    """
    if question.kind in _COMPUTED or not part.short or set(part.short) & {"是", "否"}:
        return
    around = [_around(sources.passages[passage]) for passage in sources.gold(part)]
    quotes = [as_short(text) for text in (*part.evidence, *around)]
    if not any(holds_whole(quote, as_short(short)) for quote in quotes for short in part.short):
        yield Finding(Flaw.SHORT_NOT_IN_EVIDENCE, (name,), f"「{part.short[0]}」不在「{part.evidence[0]}」")


def _around(passage: Passage) -> str:
    year = f"{passage.year}年" if passage.year else ""
    return " ".join((passage.row or "", *passage.section, *(cell.header for cell in passage.cells), year))


def _repeated(sets: QuestionSets) -> Iterator[Finding]:
    """Questions of the same or nearly the same words; turns after the first say nothing by their words alone."""
    named = [
        (f"{name}/{question.id}", question, pairs_of(question.question))
        for name, questions in sets.items()
        for question in questions
        if question.id in _openings(questions)
    ]
    for first, second in alike([pairs for _, _, pairs in named]):
        (name, one, _), (other_name, other, _) = named[first], named[second]
        same = _bare(one.question) == _bare(other.question)
        if same and _gold_of(one) != _gold_of(other):
            flaw = Flaw.TWO_GOLDS
        elif same:
            flaw = Flaw.DUPLICATE
        elif _gold_of(one) == _gold_of(other):
            flaw = Flaw.NEAR_DUPLICATE
        else:
            continue  # one word apart and another answer: that is what tests whether the words are read
        if flaw is Flaw.NEAR_DUPLICATE and (one.session or other.session) and is_test(name) is is_test(other_name):
            continue  # what opens a conversation is asked for the sake of what follows
        yield Finding(flaw, (name, other_name), f"「{one.question}」「{other.question}」")


def _openings(questions: Sequence[Question]) -> frozenset[str]:
    seen: set[str] = set()
    found = set()
    for question in questions:
        if question.session is None or question.session not in seen:
            found.add(question.id)
        if question.session:
            seen.add(question.session)
    return frozenset(found)


def _bare(text: str) -> str:
    return "".join(char for char in as_quote(text).lower() if char.isalnum())


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of `text`, white space and punctuation apart."""
    bare = _bare(text)
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1)) or frozenset({bare})


def alike(texts: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """The places of every two texts that share `NEAR` of their pairs, each two once.

    Only texts that have one of their rarest pairs in common are compared: of n pairs, two texts that share so many
    cannot differ in all of the n − ⌈NEAR·n⌉ + 1 rarest (prefix filtering: Chaudhuri et al., ICDE 2006).
    """
    often = Counter(pair for pairs in texts for pair in pairs)
    holding: dict[str, list[int]] = defaultdict(list)
    for place, pairs in enumerate(texts):
        rarest = sorted(pairs, key=lambda pair: (often[pair], pair))[: len(pairs) - ceil(NEAR * len(pairs)) + 1]
        for earlier in sorted({one for pair in rarest for one in holding[pair]}):
            if _shared(texts[earlier], pairs) >= NEAR:
                yield earlier, place
        for pair in rarest:
            holding[pair].append(place)


def _shared(pairs: frozenset[str], others: frozenset[str]) -> float:
    """The share of two texts' pairs that both have, 0 where their lengths alone part them."""
    if min(len(pairs), len(others)) < NEAR * max(len(pairs), len(others)):
        return 0.0
    return len(pairs & others) / (len(pairs | others) or 1)


def _gold_of(question: Question) -> tuple[object, ...]:
    return question.reason, tuple(frozenset(map(as_short, part.short)) for part in question.parts)


@dataclass(frozen=True, slots=True)
class Cover:
    """Which passages with a figure, and which tables, are gold for some question."""

    figures: Score
    tables: Score
    untouched: tuple[Passage, ...]
    counts: Mapping[str, int]


def cover(sets: QuestionSets, sources: Sources) -> Cover:
    """The cover of the reports by all questions of the sets."""
    counts: dict[str, int] = defaultdict(int)
    for questions in sets.values():
        for question in questions:
            for name in {name for part in question.parts for name in sources.gold(part)}:
                counts[name] += 1
    holding = {fact.passage for one in sources.reports for fact in one.facts}
    figures = [passage for name, passage in sources.passages.items() if name in holding]
    tables = {passage.table for passage in sources.passages.values() if passage.table}
    touched = {passage.table for name, passage in sources.passages.items() if passage.table and counts[name]}
    untouched = tuple(passage for passage in figures if not counts[passage.id])
    return Cover(
        Score(len(figures) - len(untouched), len(figures)), Score(len(touched), len(tables)), untouched, dict(counts)
    )


def cover_map(covered: Cover, sources: Sources) -> list[Piece]:
    """The cover as a document: the shares, what is untouched, and how many questions touch each passage."""
    untouched = tuple((one.id, one.location, one.text) for one in covered.untouched)
    pieces: list[Piece] = [
        Heading("问题覆盖了报告的哪些地方", 1),
        Paragraph(f"含数字的条目：{covered.figures}。表格：{covered.tables}。"),
        Table("没有问题触及的含数字条目", ("条目", "位置", "原文"), untouched),
    ]
    return [*pieces, *(_report_map(one, covered) for one in sources.reports)]


def _report_map(one: ReadReport, covered: Cover) -> Table:
    rows = tuple((str(covered.counts.get(p.id, 0)), p.id, p.location, p.text) for p in one.passages)
    return Table(f"{one.report.title}：各条目的问题数", ("问题数", "条目", "位置", "原文"), rows, folded=True)
