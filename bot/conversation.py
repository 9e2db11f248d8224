"""A conversation: what the questions before were about, so that a follow-up can be completed."""

from dataclasses import dataclass, field

from bot.types import Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as understood and what came of it: the place, year and words that the next may go on about."""

    understood: str
    body: str
    years: tuple[int, ...]
    passages: tuple[str, ...]
    answer: Answer
    subject: str = ""
    report: str | None = None


@dataclass(slots=True)
class Conversation:
    """The turns so far, in order."""

    turns: list[Turn] = field(default_factory=list)

    @property
    def last(self) -> Turn | None:
        """The turn before, if there is one."""
        return self.turns[-1] if self.turns else None
