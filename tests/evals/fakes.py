"""An assistant that knows the gold, so that a fault can be planted at any step of its way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from bot.types import Answer, AnswerStatus, Citation, Finding, Reason
from corpus.types import Passage
from evals import baseline, commands
from evals.checking.sets import Draft, Stated
from evals.crew import Openers
from evals.runner import Asks, ask_talk
from evals.sources import Sources
from evals.types import Outcome, Part, Question
from evals.variants import VariedOutcome, as_varied, varied_talks

Fault = Callable[[Question, Answer], Answer]


def cite(passage: Passage, n: int = 1) -> Citation:
    """A citation of the whole passage."""
    return Citation(
        n, passage.report, passage.id, passage.section, passage.table, passage.row, passage.text, passage.spans, (1, 1)
    )


def answered(
    *shorts: str, text: str = "", cites: Sequence[Passage] = (), steps: Mapping[str, Any] | None = None
) -> Answer:
    """An answer with these short answers."""
    citations = tuple(cite(passage, n) for n, passage in enumerate(cites, 1))
    body = text or "、".join(shorts)
    return Answer("", "", "", AnswerStatus.ANSWERED, body, short=shorts, citations=citations, steps=steps or {})


def refused(reason: Reason, steps: Mapping[str, Any] | None = None) -> Answer:
    """A refusal for `reason`."""
    return Answer("", "", "", AnswerStatus.REFUSED, "报告没有说。", reason=reason, steps=steps or {})


def run_variants(assistant: Asks, outcomes: Sequence[Outcome], sources: Sources) -> tuple[VariedOutcome, ...]:
    """Every question varied in every way and asked anew, each conversation from its start."""
    talks = varied_talks([one.question for one in outcomes], sources.reports[0].report)
    answers = [ask_talk(assistant, talk, object) for _, talk in talks]
    return as_varied(outcomes, talks, answers, sources)


def stand_in(monkeypatch: pytest.MonkeyPatch, openers: Openers, sources: Sources, accepted: Path) -> None:
    """The commands work with `openers` and `sources`, and keep what is accepted in the folder `accepted`."""
    monkeypatch.setattr(commands, "open_all", lambda: openers)
    monkeypatch.setattr(commands, "open_sources", lambda: sources)
    monkeypatch.setattr(commands, "prepare", lambda tell: None)
    monkeypatch.setattr(commands, "load_accepted", lambda name: baseline.load_accepted(name, accepted))
    monkeypatch.setattr(
        commands, "accept_results", lambda *found, **given: baseline.accept(*found, folder=accepted, **given)
    )


@dataclass
class KnowingAssistant:
    """Answers every question from its gold, then lets `fault` spoil the answer."""

    questions: Sequence[Question]
    sources: Sources
    fault: Fault = lambda question, answer: answer
    asked: list[tuple[str, object]] = field(default_factory=list)

    def ask(self, question: str, conversation: object | None = None, *, id: str = "") -> Answer:
        """The right answer to the question of that id or those words, spoiled by the fault."""
        self.asked.append((question, conversation))
        gold = next((one for one in self.questions if one.id == id), None) if id else self._by_words(question)
        if gold is None:
            return refused(Reason.OUT_OF_SCOPE)
        return replace(self.fault(gold, self._right(gold)), id=id, question=question)

    def _by_words(self, question: str) -> Question | None:
        return next((one for one in self.questions if one.question == question), None)

    def _right(self, gold: Question) -> Answer:
        if gold.reason is not None:
            return refused(gold.reason)
        names = list(dict.fromkeys(sorted(self.sources.gold(part))[0] for part in gold.parts))
        others = [name for name in self.sources.passages if name not in names]
        return answered(
            *(part.short[0] for part in gold.parts if part.short),
            cites=[self.sources.passages[name] for name in names],
            steps={"found": [*names, *others], "read": names},
        )


@dataclass
class KnowingChecker:
    """Finds in every draft what its gold says, then lets `fault` spoil each finding; None is a figure not seen."""

    drafts: Sequence[Draft] = ()
    sources: Sources | None = None
    fault: Callable[[Stated, Finding], Finding | None] = lambda stated, finding: finding

    def check(self, text: str) -> tuple[Finding, ...]:
        """The findings of the draft of that text."""
        stated = next((draft.stated for draft in self.drafts if draft.text == text), ())
        found = (self.fault(one, self._right(one)) for one in stated)
        return tuple(finding for finding in found if finding is not None)

    def _right(self, stated: Stated) -> Finding:
        gold = sorted(self.sources.gold(Part((), stated.evidence))) if self.sources and stated.evidence else []
        cites = tuple(cite(self.sources.passages[name]) for name in gold) if self.sources else ()
        correct = stated.correct[0] if stated.correct else None
        return Finding(stated.figure, stated.span, stated.verdict, correct, cites)
