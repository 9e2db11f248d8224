"""A chat model as the writer: each sentence is held against what it cites before anybody sees it."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Protocol

from bot.grounding import Checked, Flaw, Grounding, Source
from bot.grounding.marks import renumbered
from bot.quantities import find_quantities
from bot.reading.reader import shorts_of
from bot.types import Citation
from bot.writing.answering import answers, led
from bot.writing.breaker import Breaker
from bot.writing.extractive import cite, write
from bot.writing.failures import Failure, WritingFailed, note
from bot.writing.offering import offered
from bot.writing.prompt import Message, messages
from bot.writing.sentences import Sentence, Sentences
from bot.writing.writer import EXTRACTIVE, Brief, Draft

_LOG = logging.getLogger(__name__)
_MOST_GIVEN = 4_000  # characters of passages: enough for a section, little enough for a small model
_AT_ONCE = 8  # answers that a model writes at a time
_LONGEST = 6_000  # characters of a model's text that are read; more is no answer to a question


class Streams(Protocol):
    """What a line to a chat model can do."""

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The model's text as it comes; raises WritingFailed."""


class ChatModelWriter:
    """Lets a chat model write, shows what is grounded, and the extractive answer where too little is."""

    explains = True

    def __init__(self, name: str, connection: Streams, breaker: Breaker, at_once: int = _AT_ONCE) -> None:
        """`name` is shown as the writer; it writes `at_once` answers at a time, and others do not wait for it."""
        self.name = name
        self._connection = connection
        self._breaker = breaker
        self._places = BoundedSemaphore(at_once)

    def write(self, brief: Brief) -> Iterator[Draft]:
        """Drafts that grow by the sentence, then the complete one: the model's, or the extractive one with a note.

        Where it was to explain, the extractive one is without text.
        """
        if not self._places.acquire(blocking=False):
            yield _extractive(brief, Failure.CROWDED)
            return
        try:
            yield from self._written(brief)
        finally:
            self._places.release()

    def _written(self, brief: Brief) -> Iterator[Draft]:
        if not self._breaker.allows():
            yield _extractive(brief, Failure.RESTING)
            return
        sources = offered(brief, _MOST_GIVEN)
        page = _Page(brief, sources, self.name)
        try:
            yield from self._streamed(messages(brief, sources), page)
        except WritingFailed as failed:
            self._breaker.failed()
            yield _extractive(brief, failed.failure)
            return
        self._breaker.succeeded()
        for checked in page.taken_out:
            _LOG.info("a sentence was taken out: %s (%s)", checked.flaw, checked.fault)
        yield page.draft(complete=True) if page.answers() else _extractive(brief, Failure.UNFIT)

    def _streamed(self, told: Sequence[Message], page: "_Page") -> Iterator[Draft]:
        cutter, length = Sentences(), 0
        for text in self._connection.stream(told):
            length += len(text)
            if length > _LONGEST:
                raise WritingFailed(Failure.UNFIT, "too long")
            shown = page.shown
            for sentence in cutter.feed(text):
                page.add(sentence)
            page.await_more(cutter.waiting())
            if page.shown != shown:
                yield page.draft(complete=False)
        for sentence in cutter.rest():
            page.add(sentence)


@dataclass(slots=True)
class _Page:
    """The sentences that passed, and the one at the end that may still get a further mark."""

    brief: Brief
    sources: dict[int, Source]
    writer: str
    taken_out: list[Checked] = field(default_factory=list)
    _grounding: Grounding = field(init=False)
    _passed: list[tuple[Sentence, Checked]] = field(default_factory=list)
    _waiting: tuple[Sentence, Checked] | None = None

    def __post_init__(self) -> None:
        question, reading = self.brief.question, self.brief.reading
        computed = find_quantities(" ".join((reading.lead, *shorts_of(reading)))) if reading.lead else ()
        report = self.brief.world.report
        for source in self.sources.values():
            source.prepare()
        self._grounding = Grounding(self.sources, question.years, question.text, computed, report.year)

    @property
    def shown(self) -> tuple[str, ...]:
        """The sentences that passed so far."""
        return tuple(checked.text for _, checked in self._all())

    def add(self, sentence: Sentence) -> None:
        """Take a sentence in, if it is grounded."""
        self._waiting = None
        checked = self._grounding.check(sentence.text)
        if checked.flaw is None:
            self._passed.append((sentence, checked))
        else:
            self.taken_out.append(checked)

    def await_more(self, sentence: Sentence | None) -> None:
        """Show a sentence that ended in a mark, though a further mark would be part of it."""
        checked = self._grounding.try_check(sentence.text) if sentence else None
        self._waiting = (sentence, checked) if sentence and checked and checked.flaw is None else None

    def answers(self) -> bool:
        """Whether the sentences that passed answer the question."""
        draft = self.draft(complete=True)
        cited = frozenset(citation.passage for citation in draft.citations)
        return answers(draft.text, cited, self.brief.reading, self.brief.question)

    def draft(self, *, complete: bool) -> Draft:
        """The text of the sentences that passed, their marks numbered as they come, and what they cite."""
        numbers: dict[int, int] = {}
        parts: list[str] = []
        for sentence, checked in self._all():
            for number in checked.numbers:
                numbers.setdefault(number, len(numbers) + 1)
            break_before = "\n" if parts and sentence.opens_line else ""
            bullet = "- " if sentence.listed else ""
            parts.append(f"{break_before}{bullet}{renumbered(checked.text, numbers)}")
        report = self.brief.world.report
        citations: tuple[Citation, ...] = tuple(
            cite(self.sources[number].passage, report, shown) for number, shown in numbers.items()
        )
        text = led(self.brief.reading.lead, parts) if parts else ""
        return Draft(text, citations, self.writer, complete=complete)

    def _all(self) -> list[tuple[Sentence, Checked]]:
        return [*self._passed, *([self._waiting] if self._waiting else [])]


def _extractive(brief: Brief, failure: Failure) -> Draft:
    if brief.explains:
        return Draft("", (), EXTRACTIVE, note(failure))
    return Draft(*write(brief.reading, brief.world.report), EXTRACTIVE, note(failure))


__all__ = ["ChatModelWriter", "Flaw", "Streams"]
