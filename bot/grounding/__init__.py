"""Grounding: whether each sentence that a model wrote says only what stands in the passages that it cites."""

from bot.grounding.flaws import Flaw
from bot.grounding.grounding import Checked, Grounding
from bot.grounding.source import Source

__all__ = ["Checked", "Flaw", "Grounding", "Source"]
