"""Of which place a figure of a draft is: the report's own, or another of which the report says nothing."""

import re
from bisect import bisect_right
from operator import itemgetter

from bot.refusing.place import names_own, place_before
from bot.terms import Vocabulary
from corpus.types import Report

_CLAUSE = re.compile(r"[^，,；;。：:！？!?、（(\n]+")
_OWN_AGAIN = re.compile(r"我[区市省县州们]|本[区市省县州]|全[区县州]")
_MARK = re.compile(r"\s*(?:其中|同期|同时|而|相比之下|此外|另外)?\s*")


class Places:
    """Reads one line of a draft: which place each stretch of it is about."""

    def __init__(self, text: str, report: Report, vocabulary: Vocabulary) -> None:
        """Takes the line, in plain characters."""
        self._changes: list[tuple[int, str | None]] = [(0, None)]
        for clause in _CLAUSE.finditer(text):
            words = _MARK.sub("", clause.group(), count=1)
            place = place_before(words, report, vocabulary)
            opens = clause.start() > 0 and text[clause.start() - 1] in "。！？!?\n"
            if place is not None:
                self._changes.append((clause.start(), place))
            elif opens or names_own(words, report) or _OWN_AGAIN.search(words):
                self._changes.append((clause.start(), None))

    def at(self, position: int) -> str | None:
        """The other place that the words at `position` are about, or None."""
        return self._changes[bisect_right(self._changes, position, key=itemgetter(0)) - 1][1]
