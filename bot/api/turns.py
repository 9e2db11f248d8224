"""Who is answered when: a few at a time, in threads, so that a slow answer keeps nobody else waiting for the server."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, TypeVar

from starlette.concurrency import run_in_threadpool

from bot.api.problems import Problem

if TYPE_CHECKING:
    from bot.settings import Settings

_LONG = 120  # characters of a question and those before it; far fewer are usual, and each takes its time
_PATIENCE = 10.0  # seconds that a question waits for its turn
_RETRY = 5  # seconds after which it is worth to ask again

Result = TypeVar("Result")


def is_long(*questions: str) -> bool:
    """Whether these questions together take so long to read that short ones should not wait behind them."""
    return sum(map(len, questions)) > _LONG


@dataclass(frozen=True, slots=True)
class Places:
    """How many are answered at once: short questions, long ones and drafts each have their own, so none waits long."""

    questions: BoundedSemaphore
    long: BoundedSemaphore
    drafts: BoundedSemaphore

    @classmethod
    def of(cls, settings: "Settings") -> "Places":
        """As many as the settings say; whoever waits for a model takes the place of nobody else."""
        waiting = settings.places - settings.limit_at_once
        return cls(
            BoundedSemaphore(settings.places), BoundedSemaphore(waiting + 1), BoundedSemaphore(settings.limit_at_once)
        )


class Turns:
    """Runs work in threads; `places` are shared with whoever else answers, as the page does."""

    def __init__(self, places: BoundedSemaphore, at_once: int) -> None:
        self._places = places
        # Who waits here holds no thread: those are few, and the page's own requests need them.
        self._waiting = asyncio.Semaphore(at_once)

    async def take(self, work: Callable[[], Result]) -> Result:
        """What `work` gives, done in its turn. Raises Problem where that does not come in time."""
        try:
            await asyncio.wait_for(self._waiting.acquire(), _PATIENCE)
        except TimeoutError:
            raise _busy() from None
        try:
            return await run_in_threadpool(self._done, work)
        finally:
            self._waiting.release()

    def _done(self, work: Callable[[], Result]) -> Result:
        if not self._places.acquire(timeout=_PATIENCE):
            raise _busy()
        try:
            return work()
        finally:
            self._places.release()


def _busy() -> Problem:
    return Problem("busy", "现在请求很多，请稍候再试。", retry_after=_RETRY)
