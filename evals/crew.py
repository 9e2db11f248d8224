"""Many conversations and drafts given to copies of the program, a process each; the results keep their order."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

from bot.types import Answer, Finding
from evals.checking.judge import Checks
from evals.errors import EvalProblem
from evals.finding import Search, WithFound
from evals.runner import Asks, NewConversation, Talk, ask_talk
from evals.timing import Timed

_WORTH = 400  # questions: below, opening a copy takes longer than it saves
_BATCH = 16  # conversations handed over at once: few enough to keep all processes busy to the end

_Job = TypeVar("_Job")
_Done = TypeVar("_Done")


@dataclass(frozen=True, slots=True)
class Openers:
    """How each process opens what it works with: functions of a module where there is more than one process."""

    assistant: Callable[[], Asks]
    search: Callable[[], Search]
    checker: Callable[[], Checks]
    new_conversation: NewConversation


@dataclass(frozen=True, slots=True)
class Asked:
    """A talk's answers, and how many nanoseconds each took."""

    answers: tuple[Answer, ...]
    taken: tuple[int, ...]


@dataclass
class _Tools:
    """What one process has opened."""

    open: Openers
    _assistant: list[Asks] = field(default_factory=list)
    _search: list[Search] = field(default_factory=list)
    _checker: list[Checks] = field(default_factory=list)

    def ask(self, talk: Talk) -> Asked:
        """The answers to the talk."""
        timed = Timed(_opened(self._assistant, self.open.assistant))
        return Asked(ask_talk(timed, talk, self.open.new_conversation), tuple(timed.taken))

    def ask_listed(self, talk: Talk) -> Asked:
        """The answers to the talk, each with the list of what the index finds, which does not count in the time."""
        timed = Timed(_opened(self._assistant, self.open.assistant))
        listed = WithFound(timed, _opened(self._search, self.open.search))
        return Asked(ask_talk(listed, talk, self.open.new_conversation), tuple(timed.taken))

    def check(self, text: str) -> tuple[Finding, ...]:
        """The findings of the draft `text`."""
        return tuple(_opened(self._checker, self.open.checker).check(text))


def _opened(kept: list[_Done], opener: Callable[[], _Done]) -> _Done:
    """What `kept` holds, opened when first needed."""
    if not kept:
        kept.append(opener())
    return kept[0]


class Crew:
    """Works here, or in processes of its own while it is entered; what is handed over first is begun first."""

    def __init__(self, openers: Openers, processes: int = 1) -> None:
        """Takes how to open what is worked with, and how many processes work; 1 works here."""
        self._tools, self._processes = _Tools(openers), processes
        self._pool: Executor | None = None

    def __enter__(self) -> Self:
        if self._processes > 1:
            # Started anew, not forked: a fork would copy the threads' locks of libraries that are in use already.
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(self._processes, context, _open, (self._tools.open,))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def ask(self, talks: Sequence[Talk], *, listed: bool = False) -> Iterator[Asked]:
        """Each talk answered, in order; `listed`: with what the index finds for each question."""
        return self._do(_ask_listed if listed else _ask, self._tools.ask_listed if listed else self._tools.ask, talks)

    def check(self, texts: Sequence[str]) -> Iterator[tuple[Finding, ...]]:
        """Each draft checked, in order."""
        return self._do(_check, self._tools.check, texts)

    def _do(
        self, there: Callable[[_Job], _Done], here: Callable[[_Job], _Done], jobs: Sequence[_Job]
    ) -> Iterator[_Done]:
        """The jobs done in order; those for other processes are handed over at once. Raises `EvalProblem`."""
        if self._pool is None:
            return map(here, jobs)
        return _arriving(self._pool.map(there, jobs, chunksize=_BATCH))


def _arriving(results: Iterable[_Done]) -> Iterator[_Done]:
    try:
        yield from results
    except BrokenProcessPool as error:
        raise EvalProblem("有一个进程中途停了，多半是内存不够。请用 --jobs 1 再试。") from error


def processes_for(questions: int, jobs: int = 0) -> int:
    """How many processes are worth it: `jobs` where it is given, one for few questions, else one a processor."""
    if jobs:
        return jobs
    return 1 if questions < _WORTH else cores()


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_own: list[_Tools] = []  # in a process of the pool, its own tools


def _open(openers: Openers) -> None:
    _own.append(_Tools(openers))


def _ask(talk: Talk) -> Asked:
    return _own[0].ask(talk)


def _ask_listed(talk: Talk) -> Asked:
    return _own[0].ask_listed(talk)


def _check(text: str) -> tuple[Finding, ...]:
    return _own[0].check(text)
