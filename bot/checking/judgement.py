"""A verdict and what it rests on."""

from dataclasses import dataclass

from bot.types import Verdict
from corpus.types import Passage


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, the passage that it rests on, the report's own figure (contradicted only), and why in Chinese."""

    verdict: Verdict
    passage: Passage | None = None
    correct: str | None = None
    why: str = ""
