"""What a writer is given and what it gives back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.types import Citation

if TYPE_CHECKING:
    from bot.question import Question
    from bot.reading.reading import Reading
    from bot.reading.world import World

EXTRACTIVE = "extractive"  # the writer that needs no model


@dataclass(frozen=True, slots=True)
class Brief:
    """A question as understood, what the reader made of it, and the report that both are about.

    `explains` tells that the reader found passages and no answer: without a model there is nothing to write.
    """

    question: "Question"
    reading: "Reading"
    world: "World"
    explains: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer's text with marks [n] and their citations, and who wrote it.

    `note` tells the reader why it is not the writer that was set; `complete` is False while sentences still come.
    """

    text: str
    citations: tuple[Citation, ...]
    writer: str
    note: str = ""
    complete: bool = True


class Writer(Protocol):
    """Turns what was read into prose; one that `explains` can also make something of passages without an answer."""

    name: str
    explains: bool

    def write(self, brief: Brief) -> Iterator[Draft]:
        """The answer as it grows; the last draft is the complete one, and always comes."""
