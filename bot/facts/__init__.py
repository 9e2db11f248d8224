"""The table of a report's facts: filtered, sorted, exported, results beside targets, places that disagree."""

from bot.facts.table import FactTable
from bot.facts.types import Conflict, FactRow, Filters, Pair, Sort

__all__ = ["Conflict", "FactRow", "FactTable", "Filters", "Pair", "Sort"]
