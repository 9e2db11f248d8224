"""The stretches of a passage that are shown: long enough to be understood, no longer than what was asked."""

from collections.abc import Sequence

from bot.reading.figures import Candidate
from bot.reading.reading import Piece, Reading
from corpus.types import Passage, Status

_LONG = 110  # a passage longer than this is cut to the sentences that answer


def figure_piece(one: Candidate) -> Piece:
    """The stretch of the passage that says the figure and of what."""
    text, fact = one.passage.text, one.fact
    start, end = window(text, *fact.local, fact.subject)
    return Piece(one.passage, start, end, label(one.passage, fact.year, fact.status), (short_of(text, fact.local),))


def laid_out(found: Sequence[Candidate], pieces: Sequence[Piece], firsts: Sequence[str], shown: str) -> Reading:
    """The reading of figures laid side by side: `shown` is said first, `firsts` are the first short answers."""
    shorts = (*firsts, *(short for piece in pieces for short in piece.short))
    return Reading(
        tuple(pieces),
        short=tuple(dict.fromkeys(shorts)),
        lead=f"{shown}。",
        confidence=min(one.coverage.share for one in found),
        read=tuple(dict.fromkeys(one.passage.id for one in found)),
    )


def short_of(text: str, local: tuple[int, int]) -> str:
    """A figure as the passage writes it, its qualifier included."""
    return text[slice(*local)].strip()


def window(text: str, start: int, end: int, subject: str = "") -> tuple[int, int]:
    """The shortest run of clauses around `[start, end)` that also holds the words of `subject`."""
    left = max((text.rfind(mark, 0, start) for mark in "，,；;。！？"), default=-1) + 1
    stops = [place for mark in "，,；;。！？、" if (place := text.find(mark, end)) >= 0]
    right = min(stops, default=len(text))
    wanted = subject[:4]
    while wanted and wanted not in text[left:right] and left > 0:
        before = max((text.rfind(mark, 0, left - 1) for mark in "，,；;。！？"), default=-1) + 1
        if wanted not in text[:right] or text[left - 1] in "。！？":
            break
        left = before
    return left, right


def label(passage: Passage, year: int | None, status: Status | None) -> str:
    """What is said before a quotation: the year that it is about."""
    if year is None:
        return ""
    return f"{year}年"


def shown(text: str, start: int, end: int) -> tuple[int, int]:
    """What is shown of a passage of which `[start, end)` answers: all of a short one."""
    return (0, len(text)) if len(text) <= _LONG else (start, end)
