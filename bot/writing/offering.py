"""The passages that a chat model is given: those that answer, then what was found beside them, within a budget."""

from collections.abc import Iterator

from bot.grounding import Source
from bot.question import Question, Want
from bot.reading.finding import search_text
from bot.reading.world import World
from bot.writing.writer import Brief
from corpus.types import Passage

_MOST = 8  # passages beside those that answer: more would only tempt a model to stray
_BESIDE = 0.35  # of the best hit's score; what is found with less speaks of something else


def offered(brief: Brief, most_characters: int) -> dict[int, Source]:
    """The passages by number, from 1, in all at most `most_characters` long; those that answer always come."""
    chosen: dict[str, Passage] = {piece.passage.id: piece.passage for piece in brief.reading.pieces}
    length = sum(len(passage.text) for passage in chosen.values())
    for passage in _beside(brief):
        if len(chosen) >= max(_MOST, len(brief.reading.pieces)):
            break
        if passage.id not in chosen and length + len(passage.text) <= most_characters:
            chosen[passage.id] = passage
            length += len(passage.text)
    world = brief.world
    return {
        number: Source(passage, world.facts.get(passage.id, ()), world.report)
        for number, passage in enumerate(chosen.values(), 1)
    }


def _beside(brief: Brief) -> Iterator[Passage]:
    """What the search finds for the question, of the asked years."""
    question, world = brief.question, brief.world
    if question.want not in (Want.TEXT, Want.LIST):
        return
    for passage, score in found(question, world):
        if score >= _BESIDE and (not question.years or passage.year in (None, *question.years)):
            yield passage


def found(question: Question, world: World) -> list[tuple[Passage, float]]:
    """The passages that the question's words find, best first."""
    return world.find(search_text(question))
