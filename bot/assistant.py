"""From a question to an Answer: clean, complete, understand, find, read, write. The whole way, in order."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from bot import border, completing, refusing
from bot.apart import read_apart
from bot.asides import left_off, without_asides
from bot.completing import Completed
from bot.conversation import Conversation, Turn, frame_of
from bot.errors import QuestionRejected, UnknownReport
from bot.explaining import explained
from bot.lexicon import places
from bot.matching import found
from bot.placing import beside, in_context, in_its_passage, in_its_words
from bot.question import Question, Want, parse
from bot.reading import reader
from bot.reading.reading import Reading
from bot.reading.told import of_told
from bot.reading.world import World, worlds_of
from bot.receipt import Sealer
from bot.terms import Term
from bot.translating import to_chinese
from bot.typed import plainly
from bot.types import Answer, AnswerStatus, Reason
from bot.writing import Brief, ExtractiveWriter, Writer
from corpus.figures import find_figures
from index.store import Index, load

if TYPE_CHECKING:
    from bot.completing.by_model import ModelCompleter
    from bot.settings import Settings

_ASKS_A_PERSON = re.compile(r"你|您|觉得|认为|评价|看法|看好|建议|推荐")
_MAX_QUESTION = 500
_SAID = 0.5


class Assistant:
    """Answers questions about the reports of one index."""

    def __init__(
        self,
        index: Index,
        embedding: str | None = None,
        report: str | None = None,
        max_question: int = _MAX_QUESTION,
        writer: Writer | None = None,
        completer: "ModelCompleter | None" = None,
    ) -> None:
        """Takes a loaded index, the embedding setting it was built with, the report asked by default and a writer.

        `completer` is asked for a follow-up that the code completes into a question without an answer.
        """
        self._worlds = worlds_of(index, embedding)
        self._default = report or next(iter(self._worlds))
        self._max_question = max_question
        self._writer: Writer = writer or ExtractiveWriter()
        self._completer = completer
        self._sealer = Sealer(index.manifest, max_question)
        self._world(self._default)

    @classmethod
    def open(cls, settings: "Settings | None" = None, index: Index | None = None) -> "Assistant":
        """The assistant over `index`, or the one that the settings name.

        Raises:
            CorruptIndex: the index is missing or damaged.
            StaleIndex: another version or another model made it.
            SettingsProblem: the package of a model that is set is not installed.
        """
        from bot.writing.opening import open_completer, open_writer

        if settings is None:
            from bot.settings import Settings

            settings = Settings.load()
        writer, completer = open_writer(settings), open_completer(settings)
        opened = index or load(settings.index_folder)
        return cls(opened, settings.embedding, settings.report, settings.max_question, writer, completer)

    def ask(
        self, question: str, conversation: Conversation | None = None, *, report: str | None = None, id: str = ""
    ) -> Answer:
        """The answer to `question`; a follow-up is completed from `conversation`, which is carried on.

        Raises:
            UnknownReport: there is no report of that name.
        """
        *_, answer = self.stream(question, conversation, report=report, id=id)
        return answer

    def stream(
        self, question: str, conversation: Conversation | None = None, *, report: str | None = None, id: str = ""
    ) -> Iterator[Answer]:
        """The answer as it is written, by the sentence; only the last one is complete, and `conversation` has it.

        Raises:
            UnknownReport: there is no report of that name.
        """
        started = time.perf_counter_ns()
        world = self._world(report or self._default)
        try:
            typed, chinese = self._put_plainly(question, world)
        except QuestionRejected as error:
            rejected = Answer(id, question, "", AnswerStatus.ERROR, str(error), error.reason)
            yield self._sealer.seal(rejected, world.report, conversation)
            return
        understood = self._understood(chinese, typed, conversation, world)
        completed, asked, reading = understood.completed, understood.asked, understood.reading
        for answer in self._answers(id, question, understood, chinese, world):
            elapsed = (time.perf_counter_ns() - started) / 1e6
            answer = replace(answer, completer=understood.completer, elapsed_ms=elapsed)
            if not answer.complete:
                yield answer
        if conversation is not None:
            turn = _turn(asked, reading, answer, completed, conversation.last, world)
            conversation.add(turn)
            answer = _of_year(answer, completed, turn)
        answer = self._sealer.seal(answer, world.report, conversation)
        if conversation is not None:
            conversation.hear(question, world.report.name)
        yield answer

    @property
    def worlds(self) -> Mapping[str, World]:
        """The reports, each read in advance, by name."""
        return self._worlds

    def extractive(self) -> "Assistant":
        """The same assistant without any model: for what nobody reads, as trying a suggestion."""
        plain = copy(self)
        plain._writer, plain._completer = ExtractiveWriter(), None
        return plain

    @property
    def writer(self) -> str:
        """The name of the writer that is set."""
        return self._writer.name

    def understand(self, question: str, report: str | None = None) -> tuple[Question, World]:
        """What a single question wants, and the report that it is put to. Raises QuestionRejected."""
        world = self._world(report or self._default)
        _, chinese = self._put_plainly(question, world)
        return parse(chinese, world.report, world.vocabulary), world

    def _put_plainly(self, question: str, world: World) -> tuple[str, str]:
        """The question itself as it was typed, and it in Chinese and mended. Raises QuestionRejected."""
        text = plainly(border.simplified(border.clean(question, self._max_question)))
        typed = without_asides(text, world.vocabulary, world.report.place)
        return typed, self._in_chinese(typed, world)

    def _in_chinese(self, typed: str, world: World) -> str:
        return _mended(to_chinese(typed, world.vocabulary.all, world.report.year), world)

    def _world(self, report: str) -> World:
        if report not in self._worlds:
            raise UnknownReport.among(report, self._worlds)
        return self._worlds[report]

    def _understood(self, said: str, typed: str, conversation: Conversation | None, world: World) -> "_Understood":
        """The question as the code completes it; as a model does, where that is the better answered."""
        completed = completing.complete(said, conversation, world.report, world.vocabulary, typed)
        coded = self._rather_alone(self._read_whole(completed, said, typed, world), said, typed, world)
        coded = self._rather_bare(coded, typed, conversation, world)
        completer = self._completer
        if completer is None or conversation is None or not completer.may_help(coded.reading, completed, conversation):
            return coded
        text = completer.complete(said, coded.asked.text, conversation, world)
        if not text:
            return coded
        told = self._read_whole(Completed(text, frame_of(text, world.report.place)), text, typed, world)
        better = completer.is_better(told.reading, coded.reading)
        return replace(told, completer=completer.name) if better else coded

    def _read_whole(self, completed: Completed, said: str, typed: str, world: World) -> "_Understood":
        """The completed question in its conversation, and what the report says to it."""
        if completed.phrased and completed.phrased != said:
            said = typed = completed.phrased
        completed = beside(completed, world)
        asked = in_context(completed, world)
        told = of_told(asked, completed.operands, world) if completed.operands else None
        reading = told or self._apart(asked, said, typed, world) or self._read(asked, said, typed, world)
        asked, reading = self._not_again(asked, reading, completed, said, typed, world)
        again = in_its_words(asked, completed, world) if not reading.answered else None
        if again and (asked.want is Want.DIFFERENCE or reading.reason in (Reason.MISSING_FIGURE, Reason.MISSING_YEAR)):
            told = self._read(again, said, typed, world)
            fits = told.answered and (asked.want is Want.DIFFERENCE or len(reader.shorts_of(told)) == 1)
            asked, reading = (again, told) if fits else (asked, reading)
        if reading.reason is Reason.MISSING_FIGURE and (again := in_its_passage(asked, completed, world)):
            told = self._read(again, said, typed, world)
            asked, reading = (again, told) if told.answered else (asked, reading)
        return _Understood(completed, asked, reading)

    def _apart(self, asked: Question, said: str, typed: str, world: World) -> Reading | None:
        """What the report says to the whole questions that `said` puts at once; None where it puts one."""
        if asked.text != said or refusing.asks_opinion(said, typed, world.vocabulary.all):
            return None

        def read(part: Question, text: str) -> Reading:
            return self._read(part, text, typed if text == said else text, world)

        return read_apart(said, asked, read, world)

    def _rather_alone(self, understood: "_Understood", said: str, typed: str, world: World) -> "_Understood":
        """What was said read by itself, where completed it gets the figure told before and not all its words."""
        last, reading = understood.completed.last, understood.reading
        if last is None or not _is_told_again(reading, last, world):
            return understood
        if understood.completed.operands:  # two figures that are no measure for one another: one alone is no answer
            return replace(understood, reading=refusing.refused(reading, Reason.MISSING_FIGURE))
        terms = [term for term in parse(said, world.report, world.vocabulary).terms if term.known and term.strong]
        if _says(reading, terms):
            return understood
        alone = self._read_whole(Completed(said, frame_of(said, world.report.place)), said, typed, world)
        return alone if alone.reading.answered and _says(alone.reading, terms) else understood

    def _rather_bare(
        self, understood: "_Understood", typed: str, conversation: Conversation | None, world: World
    ) -> "_Understood":
        """The question without the clauses around it, where with them it is not answered and without them surely."""
        bare = typed if understood.reading.answered else left_off(typed, world.vocabulary, world.report.place)
        if bare == typed:
            return understood
        said = self._in_chinese(bare, world)
        completed = completing.complete(said, conversation, world.report, world.vocabulary, bare)
        told = self._read_whole(completed, said, bare, world)
        plain = told.reading.reason not in (Reason.MISSING_FIGURE, Reason.OUT_OF_SCOPE)
        return told if told.reading.answered or plain else understood

    def _not_again(
        self, asked: Question, reading: Reading, completed: Completed, said: str, typed: str, world: World
    ) -> tuple[Question, Reading]:
        """Another figure than the one answered before where the talk went over to a thing that this one is not of."""
        last = completed.last
        if not completed.moved or last is None or not _is_told_again(reading, last, world):
            return asked, reading
        before = last.facts[0]
        if completed.said in world.figures_of(reading)[0].subject:
            return asked, reading
        other = replace(asked, claims=(*asked.claims, *find_figures(before.text)))
        again = self._read(other, said, typed, world)
        facts = world.figures_of(again)
        fits = again.answered and len(facts) == 1 and completed.said in facts[0].subject
        return (asked, again) if fits else (asked, reading)

    def _read(self, asked: Question, said: str, typed: str, world: World) -> Reading:
        """What the report says, or why nothing is said: `said` is what was asked itself, `typed` as it was typed."""
        views = refusing.asks_opinion(said, typed, world.vocabulary.all)
        named = refusing.names_much(asked)
        if refusing.out_of_scope(said, typed, world.vocabulary.all, is_named=named) and not (views and named):
            return Reading(reason=Reason.OUT_OF_SCOPE)
        reading = reader.read(asked, world)
        if reading.reason is Reason.FALSE_PREMISE:
            return reading
        is_certain = reading.confidence == 1  # the title page or a whole row of a table
        is_compared = sum(bool(find_figures(short)) for short in reading.short) > 1  # 「明年会超过今年吗」
        # 「垃圾分类做得怎么样」 is told, not judged.
        asks_facts = (is_certain or is_compared) and not _ASKS_A_PERSON.search(said)
        if views and not asks_facts:
            fact = refusing.contradicted(asked, said, typed, world) if find_figures(said) else None
            told = replace(reading, nearest=(fact,), pieces=()) if fact else reading
            return refusing.refused(told, Reason.FALSE_PREMISE if fact else Reason.OPINION)
        place = refusing.other_place(asked, said, world.report, reading, world.vocabulary)
        if place and not refusing.names_own(said, world.report):
            return replace(refusing.refused(reading, Reason.OTHER_PLACE), message=place)
        fact = refusing.contradicted(asked, said, typed, world)
        if fact is None and not reading.answered and asked.text != said and "比" not in said:
            fact = refusing.contradicted(asked, asked.text, asked.text, world)  # a follow-up names nothing itself
        if fact is not None:
            return replace(refusing.refused(reading, Reason.FALSE_PREMISE), nearest=(fact,))
        if place:
            return replace(refusing.refused(reading, Reason.OTHER_PLACE), message=place)
        if reading.answered and (is_certain or not refusing.is_of_another(asked, said, typed, reading, world)):
            return reading
        told = refusing.missing(asked, said, replace(reading, reason=reading.reason or Reason.MISSING_FIGURE), world)
        if told.answered and (reading.answered or refusing.is_of_another(asked, said, typed, told, world)):
            return refusing.refused(told, Reason.MISSING_FIGURE)
        return told

    def _answers(self, id: str, question: str, understood: "_Understood", said: str, world: World) -> Iterator[Answer]:
        """What the writer makes of a reading, as it grows; a refusal is written at once, unless a model explains."""
        asked, reading = understood.asked, understood.reading
        if not reading.answered:
            refusal = _refusal(id, question, asked, reading, world)
            yield from explained(self._writer, refusal, asked, said, reading, world)
            return
        for draft in self._writer.write(Brief(asked, reading, world)):
            yield Answer(
                id,
                question,
                asked.text,
                AnswerStatus.ANSWERED,
                draft.text,
                None,
                reader.shorts_of(reading),
                draft.citations,
                writer=draft.writer,
                note=draft.note,
                complete=draft.complete,
                steps=_steps(reading),
            )


@dataclass(frozen=True, slots=True)
class _Understood:
    """A question as completed, as asked and as read; `completer` is the model that completed it, '' for the code."""

    completed: Completed
    asked: Question
    reading: Reading
    completer: str = ""


def _mended(text: str, world: World) -> str:
    return world.vocabulary.mend(text, _place_names())


@cache
def _place_names() -> re.Pattern[str]:
    return re.compile("|".join((*map(re.escape, places()), "哪[种样类项]")))


def _refusal(id: str, question: str, asked: Question, reading: Reading, world: World) -> Answer:
    understood = asked.text
    reason = reading.reason or Reason.MISSING_FIGURE
    text, citations = refusing.message(reading, asked, world.report)
    others = refusing.suggestions(refusing.shown(reading), world, understood)
    steps = _steps(reading)
    return Answer(
        id, question, understood, AnswerStatus.REFUSED, text, reason, (), citations, suggestions=others, steps=steps
    )


def _steps(reading: Reading) -> dict[str, object]:
    return {"read": list(reading.read), "confidence": reading.confidence}


def _turn(
    asked: Question, reading: Reading, answer: Answer, completed: Completed, before: Turn | None, world: World
) -> Turn | None:
    """What the next question may go on about; a refusal leaves it, but for the year, with the turn before."""
    aside = (Reason.OUT_OF_SCOPE, Reason.OPINION, Reason.FALSE_PREMISE)
    new_thing = completed.last is None or (completed.moved and reading.reason is Reason.MISSING_FIGURE)
    if not reading.answered and before is not None and (reading.reason in aside or not new_thing):
        moved = bool(asked.years) and set(asked.years) <= {world.report.year, world.report.planned} - set(before.years)
        return replace(before, years=asked.years) if moved and reading.reason not in aside else None
    facts = world.figures_of(reading)
    told = {fact.year for fact in facts if fact.year} or {
        piece.passage.year for piece in reading.pieces if piece.passage.year
    }
    years = asked.years or (tuple(told) if len(told) == 1 else ())
    named = asked.want is Want.NAME and len(answer.short) > 0 and not facts
    return Turn(
        understood=asked.text,
        frame=completed.frame,
        years=years,
        passages=reading.read,
        answer=answer,
        subject=facts[0].subject if facts else "",
        name=answer.short[0] if named else "",
        units=frozenset(fact.unit for fact in facts),
        facts=tuple(dict.fromkeys(facts)),
    )


def _of_year(answer: Answer, completed: Completed, turn: Turn | None) -> Answer:
    """The answer with its year in the first place where that is what was asked for (「刚才那个数是哪一年的」)."""
    if not completed.shown or turn is None or not turn.years or answer.status is not AnswerStatus.ANSWERED:
        return answer
    years = tuple(f"{year}年" for year in turn.years)
    return replace(answer, understood=completed.shown, short=(*years, *answer.short))


def _is_told_again(reading: Reading, last: Turn, world: World) -> bool:
    """Whether the one figure of an answer is the one answered before."""
    told = [(fact.value, fact.unit) for fact in world.figures_of(reading)] if reading.answered else []
    return len(told) == 1 and told == [(fact.value, fact.unit) for fact in last.facts]


def _says(reading: Reading, terms: Sequence[Term]) -> bool:
    """Whether the passages of an answer say each of the terms."""
    texts = [f"{piece.passage.context} {piece.passage.text}" for piece in reading.pieces]
    return all(any(found(term, text) >= _SAID for text in texts) for term in terms)
