"""What an evaluation works with, opened as the settings say; module functions, so that any process can call them."""

from typing import TYPE_CHECKING

from evals.crew import Openers
from evals.finding import Search, index_search
from evals.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.assistant import Assistant
    from bot.checking.checker import Checker


def prepare(tell: "Callable[[str], None]") -> None:
    """Makes the index where it is missing or stale: the others here want it to be there."""
    from bot.indexing import ensure_index
    from bot.settings import Settings

    ensure_index(Settings.load(), tell)


def open_assistant() -> "Assistant":
    """The assistant that the settings describe."""
    from bot.assistant import Assistant

    return Assistant.open()


def open_checker() -> "Checker":
    """The checker of drafts that the settings describe."""
    from bot.checking.checker import Checker

    return Checker.open()


def open_search() -> Search:
    """The search of the index that the settings describe."""
    from bot.settings import Settings

    return index_search(Settings.load())


def open_sources() -> Sources:
    """The reports that the settings describe, as the gold speaks of them."""
    from bot.settings import Settings
    from corpus.library import find_reports, read_report

    return Sources.of(map(read_report, find_reports(Settings.load().reports)))


def new_conversation() -> object:
    """A conversation in which nothing was said yet."""
    from bot.conversation import Conversation

    return Conversation()


def open_all() -> Openers:
    """How each process opens what it works with."""
    return Openers(open_assistant, open_search, open_checker, new_conversation)
