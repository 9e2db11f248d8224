"""What a reader hands to the writer: the places that answer, the exact words, or why there is no answer."""

from dataclasses import dataclass, field

from bot.types import Reason
from corpus.types import Passage


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch `[start, end)` of a passage that is shown, said before it (`label`), and the short answers in it.

    `group` is the heading under which it is listed with others; '' where nothing is grouped.
    """

    passage: Passage
    start: int
    end: int
    label: str = ""
    short: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading: pieces that answer, or a reason why none does and the nearest passages.

    `lead` is said before the pieces (是/否, a sum shown); `short` overrides the pieces' own; `confidence` is the
    share of the question that the best place says.
    """

    pieces: tuple[Piece, ...] = ()
    short: tuple[str, ...] = ()
    lead: str = ""
    reason: Reason | None = None
    message: str = ""
    nearest: tuple[Piece, ...] = ()
    confidence: float = 0.0
    read: tuple[str, ...] = field(default=())

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return self.reason is None and bool(self.pieces)
