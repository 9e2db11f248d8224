"""What answering needs, made ready in a thread of its own while the page is already served."""

import gc
import gzip
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.types import Answer
from bot.web.reading import ReportPage
from bot.web.suggesting import examples_for
from corpus.library import ReadReport, find_reports, read_report

if TYPE_CHECKING:
    from pathlib import Path

    from bot.assistant import Assistant
    from bot.checking import Checker
    from bot.facts import FactTable
    from bot.settings import Settings
    from index.store import Index

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """All that questions about one report need; `packed` is the report's page as it is sent, `index` its version."""

    assistant: "Assistant"
    read: ReadReport
    page: ReportPage
    packed: bytes
    index: str

    def ask(self, question: str) -> Answer:
        """The answer to a question that stands by itself."""
        from bot.conversation import Conversation

        return self.assistant.ask(question, Conversation(), id="")


class Opening:
    """Makes an `Opened` and the first screen's questions, once started; whoever asks for them waits."""

    def __init__(self, settings: "Settings", index: "Index | None" = None) -> None:
        self._settings = settings
        self._index = index
        self._making = threading.Lock()
        self._facts: FactTable | None = None
        self._checker: Checker | None = None
        self._opened: Future[Opened] = Future()
        self._examples: Future[tuple[str, ...]] = Future()

    def start(self, failed: Callable[[], None] = lambda: None) -> None:
        """Begin; `failed` is called where it cannot be done, and `opened` then raises the reason."""
        threading.Thread(target=self._run, args=(failed,), name="opening", daemon=True).start()

    def opened(self) -> Opened:
        """What answering needs; waits until it is there."""
        return self._opened.result()

    def facts(self) -> "FactTable":
        """The table of the report's facts, made when it is first asked for."""
        report = self.opened().page.report.name
        with self._making:
            if self._facts is None:
                from bot.facts import FactTable

                self._facts = FactTable.open(self._settings, self._index, report)
            return self._facts

    def checker(self) -> "Checker":
        """What holds drafts against the report, made when it is first asked for."""
        self.opened()
        with self._making:
            if self._checker is None:
                from bot.checking import Checker

                self._checker = Checker.open(self._settings, self._index)
            return self._checker

    def examples(self) -> tuple[str, ...]:
        """Questions for the first screen, all of them tried; waits until they are."""
        return self._examples.result()

    @property
    def tried(self) -> tuple[str, ...] | None:
        """The questions for the first screen if they have been tried by now."""
        return self._examples.result() if self._examples.done() and not self._examples.exception() else None

    def check(self) -> None:
        """Raises what kept it from opening, if anything did."""
        if self._opened.done():
            self._opened.result()

    def _run(self, failed: Callable[[], None]) -> None:
        try:
            self._opened.set_result(self._open())
            # The first question loads the dictionaries: better one of ours than a reader's.
            self._examples.set_result(examples_for(self.opened().read, self.opened().ask))
            # What is here now stays: looking through it for garbage would make some answers wait.
            gc.collect()
            gc.freeze()
        except Exception as error:
            _LOG.exception("the page cannot be opened")
            for future in (self._opened, self._examples):
                if not future.done():
                    future.set_exception(error)
            failed()

    def _open(self) -> Opened:
        from bot.assistant import Assistant
        from index.store import load

        settings = self._settings
        index = self._index = self._index or load(settings.index_folder)
        assistant = Assistant(index, settings.embedding, settings.report, settings.max_question)
        read = read_report(path_of_report(settings))
        page = ReportPage(read)
        packed = gzip.compress(page.html.encode("utf-8"), mtime=0)
        return Opened(assistant, read, page, packed, index.manifest.generation)


def path_of_report(settings: "Settings") -> "Path":
    """The file of the report that the page is about."""
    paths = find_reports(settings.reports)
    named = [path for path in paths if path.stem == settings.report]
    return (named or paths)[0]
