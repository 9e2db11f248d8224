"""What answering needs, made ready in a thread of its own while the page is served, and again when it is new."""

import gc
import gzip
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import BotError
from bot.types import Answer
from bot.web.reading import ReportPage
from bot.web.suggesting import examples_for
from corpus.library import ReadReport, find_reports, load_report
from corpus.reader import read_blocks
from corpus.types import Report
from index.errors import IndexProblem

if TYPE_CHECKING:
    from pathlib import Path

    from bot.api.service import Service
    from bot.assistant import Assistant
    from bot.checking.checker import Checker
    from bot.facts import FactTable
    from bot.settings import Settings
    from index.store import Index

_LOG = logging.getLogger(__name__)
_TRY_AGAIN = 10.0  # seconds until one that could not be read is tried again
_LOOK_EVERY = 2.0  # seconds between two looks at whether the index was built anew


@dataclass(frozen=True, slots=True)
class Opened:
    """All that questions about one report need; `packed` is the report's page as it is sent, `index` its version.

    `service` gives other programs the same answers.
    """

    assistant: "Assistant"
    read: ReadReport
    page: ReportPage
    packed: bytes
    index: str
    service: "Service"

    def ask(self, question: str) -> Answer:
        """The extractive answer to a question that stands by itself."""
        from bot.conversation import Conversation

        return self.assistant.extractive().ask(question, Conversation(), id="")


class Opening:
    """Makes an `Opened` and the first screen's questions, once started; whoever asks for them waits.

    An index that is built anew takes the place of the one in use as soon as it is read; one that cannot be read does
    not, and is said in the log. `on_change` is called with whatever is answered from next.
    """

    def __init__(self, settings: "Settings", index: "Index | None" = None) -> None:
        self._settings = settings
        self._index = index
        self._opened: Future[Opened] = Future()
        self._examples: Future[tuple[str, ...]] = Future()
        self._first = load_report(path_of_report(settings))
        self._stopped = threading.Event()
        self.on_change: Callable[[Opened], None] = lambda _: None

    def start(self, failed: Callable[[], None] = lambda: None) -> None:
        """Begin; `failed` is called where it cannot be done, and `opened` then raises the reason."""
        threading.Thread(target=self._run, args=(failed,), name="opening", daemon=True).start()

    def stop(self) -> None:
        """Look no more for a new index."""
        self._stopped.set()

    def opened(self) -> Opened:
        """What answering needs; waits until it is there."""
        return self._opened.result()

    def service(self) -> "Service":
        """What other programs are given, from the index in use; waits until it is there."""
        return self.opened().service

    def facts(self) -> "FactTable":
        """The table of the report's facts, made when it is first asked for."""
        opened = self.opened()
        return opened.service.table(opened.page.report.name)

    def checker(self) -> "Checker":
        """What holds drafts against the report, made when it is first asked for."""
        return self.opened().service.checker()

    def examples(self) -> tuple[str, ...]:
        """Questions for the first screen, all of them tried; waits until they are."""
        return self._examples.result()

    @property
    def report(self) -> Report:
        """The report that is answered from, or will be; does not wait."""
        return self.opened().read.report if self.is_open else self._first

    @property
    def is_open(self) -> bool:
        """Whether questions can be answered by now."""
        return self._opened.done() and not self._opened.exception()

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
            self._take(self._open(self._index))
        except Exception as error:
            _LOG.exception("无法打开索引")
            for future in (self._opened, self._examples):
                if not future.done():
                    future.set_exception(error)
            failed()
            return
        self._watch()

    def _watch(self) -> None:
        """Looks for a new index until stopped."""
        from index.store import current

        refused, again = "", 0.0
        while not self._stopped.wait(_LOOK_EVERY):
            used, found = self.opened().index, current(self._settings.index_folder)
            if found is None or found == used or (found == refused and time.monotonic() < again):
                continue
            try:
                self._take(self._open(None))
            except Exception as error:  # whatever is wrong with the new one, the old one is there
                if found != refused:
                    said = str(error) if isinstance(error, (IndexProblem, BotError)) else type(error).__name__
                    _LOG.warning("新的索引 %s 不能用，继续用 %s：%s", found, used, said)
                # Mended, it has the same name: what it says is what it is called by.
                refused, again = found, time.monotonic() + _TRY_AGAIN
            else:
                _LOG.warning("索引已更新，改用 %s", self.opened().index)
                refused = ""

    def _open(self, index: "Index | None") -> Opened:
        from bot.api.service import Service
        from bot.assistant import Assistant
        from index.store import load

        settings = self._settings
        index = index or load(settings.index_folder)
        assistant = Assistant.open(settings, index)
        read = _read(index, settings.report)
        page = ReportPage(read)
        packed = gzip.compress(page.html.encode("utf-8"), mtime=0)
        service = Service(assistant, index, settings)
        return Opened(assistant, read, page, packed, index.manifest.generation, service)

    def _take(self, opened: Opened) -> None:
        """Answer from `opened` from now on, and from nothing else."""
        fresh: Future[Opened] = Future()
        fresh.set_result(opened)
        waiting, self._opened = self._opened, fresh
        self.on_change(opened)
        if not waiting.done():
            waiting.set_result(opened)
        # The first question loads the dictionaries: better one of ours than a reader's.
        tried: Future[tuple[str, ...]] = Future()
        tried.set_result(examples_for(opened.read, opened.ask))
        waiting_for, self._examples = self._examples, tried
        if not waiting_for.done():
            waiting_for.set_result(tried.result())
        # What is here now stays: looking through it for garbage would make some answers wait.
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def _read(index: "Index", name: str | None) -> ReadReport:
    """The report of that name as the index holds it: what is shown is what is answered from."""
    report = next((one for one in index.reports if one.name == name), index.reports[0])
    passages = tuple(passage for passage in index.passages if passage.report == report.name)
    known = {passage.id for passage in passages}
    facts = tuple(fact for fact in index.facts if fact.passage in known)
    return ReadReport(report, tuple(read_blocks(report.text)), passages, facts)


def path_of_report(settings: "Settings") -> "Path":
    """The file of the report that the page is about."""
    paths = find_reports(settings.reports)
    named = [path for path in paths if path.stem == settings.report]
    return (named or paths)[0]
