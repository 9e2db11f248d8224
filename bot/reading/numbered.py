"""Things that are told apart by a number: 「几号地块」, 「多少弄」, 「几号楼」."""

import re

from bot.question import Question
from bot.reading.finding import best_clauses, good
from bot.reading.pieces import label, shown
from bot.reading.reading import Piece, Reading
from bot.reading.world import World

_ASKED = re.compile(r"(?:几|多少|哪几?个?)(?P<mark>号(?=地块|楼|线|厂?房|院)|弄)|哪几?(?P<alone>号)(?![线楼])")
_NEAR = 3  # so many of the best sentences are looked through
_NUMBERS = r"\d+(?:[-—]\d+)?(?:[、和]\d+(?:[-—]\d+)?)*\s*"


def numbered_name(question: Question, world: World) -> Reading | None:
    """The number by which a thing is known, right behind the word that stands before it in the question."""
    asked = _ASKED.search(question.asks)
    if asked is None:
        return None
    mark = asked["mark"] or asked["alone"]
    before = [term.text for term in question.terms if term.strong and term.text in question.asks[: asked.start()]]
    best = best_clauses(question, world)
    for one in best[:_NEAR] if good(best) else ():
        text = one.place.text
        match = next(
            (
                hit
                for name in reversed(before)
                if (hit := re.search(rf"{re.escape(name)}[\u3400-\u9fff]{{0,2}}(?P<number>{_NUMBERS}{mark})", text))
            ),
            None,
        )
        if match:
            piece = Piece(
                one.passage,
                *shown(one.passage.text, *one.window),
                label(one.passage, one.passage.year, one.passage.status),
                (match["number"],),
            )
            return Reading((piece,), confidence=one.sure, read=(one.passage.id,))
    return None
