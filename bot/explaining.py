"""Questions for a reason or an explanation that the report does not give outright: a model may weave what is found."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.question import Question, Want, asks_why, parse
from bot.reading import reader
from bot.reading.reading import Piece, Reading
from bot.refusing import introduction
from bot.refusing.subject import KNOWN, bare, piece_of, plain
from bot.types import Answer, AnswerStatus, Reason
from bot.writing.writer import Brief

if TYPE_CHECKING:
    from bot.reading.world import World
    from bot.writing.writer import Writer

_ASKS = re.compile(
    r"解释|怎么?样?理解|如何理解|说明一?下|说明了什么|意味着什么|什么意思|什么含义|是什么意义|讲一?讲|说一?说"
)
_MOST = 4  # passages; what is found after them has little to do with the question


def explained(
    writer: "Writer", refusal: Answer, asked: Question, said: str, reading: Reading, world: "World"
) -> Iterator[Answer]:
    """The refusal, or what a model made of the passages found where a reason or an explanation is asked for.

    What explains is an answer. A reason that the reader does not find is none in a model's words either: those only
    tell, marked as no answer, what the report says of the matter.
    """
    found = _found(asked, said, reading, world) if writer.explains else None
    if found is None:
        yield refusal
        return
    why = asks_why(asked)
    opening = introduction(reading, asked, world.report) if why else ""
    for draft in writer.write(Brief(replace(asked, want=Want.TEXT), found, world, explains=True)):
        if not draft.text:
            yield replace(refusal, note=draft.note)
            continue
        told = replace(
            refusal,
            text=f"{opening}{draft.text}",
            citations=draft.citations,
            writer=draft.writer,
            complete=draft.complete,
        )
        yield told if why else replace(told, status=AnswerStatus.ANSWERED, reason=None, suggestions=())


def _found(asked: Question, said: str, reading: Reading, world: "World") -> Reading | None:
    """The sentences that say most of what a reason or an explanation is asked for; None where that is not asked."""
    if reading.reason is not Reason.MISSING_FIGURE or not (asks_why(asked) or _ASKS.search(said)):
        return None
    subject = plain(asked, parse(_ASKS.sub(" ", bare(asked.text)), world.report, world.vocabulary))
    best = [one for one in reader.best_clauses(subject, world) if one.coverage.share >= KNOWN]
    pieces: dict[str, Piece] = {}
    for one in best:
        pieces.setdefault(one.passage.id, piece_of(one.passage, *one.window))
    if not pieces:
        return None
    chosen = tuple(pieces.values())[:_MOST]
    return Reading(chosen, confidence=reading.confidence, read=tuple(piece.passage.id for piece in chosen))
