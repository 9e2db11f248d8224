"""Yes or no: what the report says of a claim, and the ground for it."""

import re
from dataclasses import replace

from bot.question import Kind, Question
from bot.reading.reading import Piece, Reading
from bot.reading.world import World
from bot.types import Reason
from corpus.figures import Figure

_OVER = re.compile(r"超过|超|突破|高于|大于|多于|不止|不少于|以上|逾|过了")
_UNDER = re.compile(r"不到|低于|小于|少于|不足|不超过|以内|以下|控制在|没到")
_NEGATIVE = re.compile(r"没有|未能|未(?=[完达实])|不再|取消|下降|减少|关闭|停|拆")


def judge(question: Question, world: World) -> Reading:
    """是 or 否 with the place that says so, or why the report does not tell."""
    from bot.reading import reader

    if question.claims:
        claimed = _claim(question, world)
        if claimed is not None:
            return claimed
    reading = reader.words(replace(question), world)
    if not reading.answered:
        return reading
    piece = reading.pieces[0]
    said = piece.passage.text
    verdict = "否" if bool(_NEGATIVE.search(question.asks)) != bool(_NEGATIVE.search(said)) and _NEGATIVE.search(question.asks) else "是"
    return replace(reading, pieces=(replace(piece, short=()),), short=(verdict,), lead=f"{verdict}。")


def _claim(question: Question, world: World) -> Reading | None:
    from bot.reading import reader

    claim = question.claims[0]
    kind = question.kind if question.kind is not None else (Kind.RANK if claim.is_rank else None)
    asking = replace(question, units=frozenset({claim.unit}) if claim.unit else question.units, kind=kind)
    bare = replace(asking, terms=tuple(term for term in asking.terms if term.text not in claim.text))
    best = reader.rated(bare, world)
    if not best or best[0].coverage.share < reader.ANSWER_FROM:
        return None
    one = best[0]
    verdict = "是" if holds(question.asks, claim, one.fact.value, one.fact.qualifier) else "否"
    piece = reader.figure_piece(one)
    return Reading(
        (piece,), short=(verdict, *piece.short), lead=f"{verdict}。", confidence=one.coverage.share, read=(one.passage.id,)
    )


def holds(asked: str, claim: Figure, value: float, qualifier: str | None) -> bool:
    """Whether a figure of `value` bears out what is claimed of it (「超过1000亿元」, 「是281亿元」)."""
    words = asked + (claim.qualifier or "")
    if _OVER.search(words) and "不超过" not in words:
        return value > claim.value or (value == claim.value and bool(qualifier and _OVER.search(qualifier)))
    if _UNDER.search(words):
        return value < claim.value or (value == claim.value and bool(qualifier and re.search(r"<|小于|低于|以下|近", qualifier)))
    return abs(value - claim.value) <= 1e-9 * max(1.0, abs(claim.value))


__all__ = ["Piece", "Reason", "holds", "judge"]
