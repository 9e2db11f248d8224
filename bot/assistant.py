"""From a question to an Answer: clean, complete, understand, find, read, write. The whole way, in order."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import border, completing, refusing
from bot.conversation import Conversation, Turn
from bot.errors import QuestionRejected, UnknownReport
from bot.lexicon import everyday, places
from bot.question import Question, parse
from bot.reading import reader
from bot.reading.reading import Piece, Reading
from bot.reading.world import World
from bot.terms import Vocabulary
from bot.translating import to_chinese
from bot.types import Answer, AnswerStatus, Reason
from bot.writing import cite, write
from corpus.types import Passage
from index.embedding import load_embedder
from index.store import Index, load

if TYPE_CHECKING:
    from bot.settings import Settings

_MAX_QUESTION = 500


class Assistant:
    """Answers questions about the reports of one index."""

    def __init__(self, index: Index, embedding: str | None = None, report: str | None = None, max_question: int = _MAX_QUESTION) -> None:
        """Takes a loaded index, the embedding setting it was built with, and the report that is asked by default."""
        embedder = load_embedder(embedding)
        searcher = index.searcher(embedder)
        vocabulary = Vocabulary(index.fields.words.frequencies, index.passages, everyday())
        self._worlds = {
            one.name: World.of(one, index.passages, index.facts, searcher, embedder, vocabulary) for one in index.reports
        }
        self._default = report or next(iter(self._worlds))
        self._max_question = max_question
        self._world(self._default)

    @classmethod
    def open(cls, settings: "Settings | None" = None) -> "Assistant":
        """The assistant over the index that the settings name. Raises CorruptIndex or StaleIndex where it cannot be used."""
        if settings is None:
            from bot.settings import Settings

            settings = Settings.load()
        return cls(load(settings.index_folder), settings.embedding, settings.report, settings.max_question)

    def ask(
        self, question: str, conversation: Conversation | None = None, *, report: str | None = None, id: str = ""
    ) -> Answer:
        """The answer to `question`; a follow-up is completed from `conversation`, which is carried on.

        Raises:
            UnknownReport: there is no report of that name.
        """
        started = time.perf_counter_ns()
        world = self._world(report or self._default)
        try:
            text = border.clean(question, self._max_question)
        except QuestionRejected as error:
            return Answer(id, question, "", AnswerStatus.ERROR, str(error), error.reason)
        chinese = _mended(to_chinese(border.simplified(text), world.vocabulary.all), world)
        understood, last = completing.complete(chinese, conversation, world.report, world.vocabulary)
        asked = parse(understood, world.report, world.vocabulary)
        if last is not None:
            asked = self._in_context(asked, chinese, last, world)
        reading = self._read(asked, world)
        answer = _answer(id, question, understood, reading, world)
        answer = replace(answer, elapsed_ms=(time.perf_counter_ns() - started) / 1e6)
        if conversation is not None:
            conversation.turns.append(_turn(asked, reading, answer, last))
        return answer

    def understand(self, question: str, report: str | None = None) -> tuple[Question, World]:
        """What a single question wants, and the report that it is put to. Raises QuestionRejected."""
        world = self._world(report or self._default)
        text = border.clean(question, self._max_question)
        chinese = _mended(to_chinese(border.simplified(text), world.vocabulary.all), world)
        return parse(chinese, world.report, world.vocabulary), world

    def _world(self, report: str) -> World:
        if report not in self._worlds:
            known = "、".join(self._worlds)
            raise UnknownReport(f"没有名为 {report} 的报告，现有：{known}。")
        return self._worlds[report]

    def _in_context(self, asked: Question, text: str, last: Turn, world: World) -> Question:
        own = parse(text, world.report, world.vocabulary)
        if not any(term.strong for term in own.terms):
            return asked
        rest = tuple(term for term in asked.terms if term not in own.terms)
        return replace(asked, terms=own.terms, context=rest, want=own.want, kind=own.kind, units=own.units, asks=own.asks)

    def _read(self, asked: Question, world: World) -> Reading:
        if refusing.out_of_scope(asked.text):
            return Reading(reason=Reason.OUT_OF_SCOPE)
        reading = reader.read(asked, world)
        cited = [piece.passage for piece in reading.pieces]
        if refusing.asks_opinion(asked.text):
            return replace(_refused(reading), reason=Reason.OPINION)
        place = refusing.other_place(asked, world.report, cited)
        if place:
            return replace(_refused(reading), reason=Reason.OTHER_PLACE, message=place)
        near = cited or [piece.passage for piece in reading.nearest[:1]]
        if refusing.false_premise(asked, near):
            return replace(_refused(reading), reason=Reason.FALSE_PREMISE)
        if not reading.answered:
            return _missing(asked, reading, world)
        return reading


def _mended(text: str, world: World) -> str:
    keep = "|".join(map(_escaped, places()))
    import re

    return world.vocabulary.mend(text, re.compile(keep))


def _escaped(text: str) -> str:
    import re

    return re.escape(text)


def _refused(reading: Reading) -> Reading:
    nearest = reading.pieces or reading.nearest
    return replace(reading, pieces=(), short=(), lead="", nearest=nearest[:2])


def _missing(asked: Question, reading: Reading, world: World) -> Reading:
    if not asked.years:
        return reading
    elsewhere = reader.read(replace(asked, years=(), status=None), world)
    known = {world.report.year, world.report.planned}
    if elsewhere.answered:
        return replace(_refused(elsewhere), reason=Reason.MISSING_YEAR)
    return replace(reading, reason=Reason.MISSING_YEAR if not set(asked.years) & known and reading.nearest else Reason.MISSING_FIGURE)


def _answer(id: str, question: str, understood: str, reading: Reading, world: World) -> Answer:
    steps = {"read": list(reading.read), "confidence": reading.confidence}
    if reading.answered:
        text, citations = write(reading, world.report)
        return Answer(
            id, question, understood, AnswerStatus.ANSWERED, text, None, reader.shorts_of(reading), citations, steps=steps
        )
    reason = reading.reason or Reason.MISSING_FIGURE
    message = refusing.MESSAGES[reason].format(
        years="该年份", place=world.report.place or "报告所写的地方", other=reading.message
    )
    nearest = _passages(reading.nearest)
    citations = tuple(cite(passage, world.report, number) for number, passage in enumerate(nearest, 1))
    if nearest and reason not in (Reason.OUT_OF_SCOPE, Reason.OPINION):
        message += "相近的内容（不是答案）：" + "；".join(f"{_cut(piece)}[{i}]" for i, piece in enumerate(_first_of_each(reading.nearest), 1)) + "。"
    else:
        citations = ()
    return Answer(id, question, understood, AnswerStatus.REFUSED, message, reason, (), citations, steps=steps)


def _passages(pieces: Sequence[Piece]) -> list[Passage]:
    return [piece.passage for piece in _first_of_each(pieces)]


def _first_of_each(pieces: Sequence[Piece]) -> list[Piece]:
    return list({piece.passage.id: piece for piece in reversed(pieces)}.values())[::-1]


def _cut(piece: Piece) -> str:
    return piece.passage.text[piece.start : piece.end].strip(" ，,；;。、")


def _turn(asked: Question, reading: Reading, answer: Answer, last: Turn | None) -> Turn:
    return Turn(
        understood=asked.text,
        body=asked.body,
        years=asked.years,
        passages=reading.read,
        answer=answer,
    )
