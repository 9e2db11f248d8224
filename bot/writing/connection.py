"""The line to a chat model: its stream of text, within time limits, tried again where that may help."""

import asyncio
import contextlib
import logging
import os
import queue
import random
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.writing.failures import Failure, WritingFailed, failure_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from bot.writing.prompt import Message

_LOG = logging.getLogger(__name__)
_FIRST_PAUSE = 0.2  # seconds before the second try; each further pause is twice as long, and a little random
_MARGIN = 0.2  # seconds over the time limit after which a stream that does not end itself is left


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for a whole answer and for the server's silence, and how often a failed call is made again."""

    total: float
    silence: float
    retries: int


@cache
def _loop(process: int) -> asyncio.AbstractEventLoop:
    """The loop in which all streams of a process run; client libraries keep connections that belong to one loop."""
    del process
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat-models", daemon=True).start()
    return loop


class Connection:
    """One chat model, made when it is first needed, whose streams run beside the questions."""

    def __init__(self, make: "Callable[[], BaseChatModel]", limits: Limits) -> None:
        self._make = make
        self._limits = limits
        self._model: BaseChatModel | None = None
        # Loading the client library takes seconds: it begins before the first question is read.
        _loop(os.getpid()).call_soon_threadsafe(self._warm_up)

    def stream(self, messages: "Sequence[Message]") -> Iterator[str]:
        """The model's text as it comes.

        Raises:
            WritingFailed: there is none, or it stopped before its end.
        """
        deadline = time.monotonic() + self._limits.total
        pieces: queue.SimpleQueue[str | WritingFailed | None] = queue.SimpleQueue()
        running = asyncio.run_coroutine_threadsafe(self._run(messages, deadline, pieces.put), _loop(os.getpid()))
        try:
            while True:
                try:
                    piece = pieces.get(timeout=max(0.0, deadline + _MARGIN - time.monotonic()))
                except queue.Empty:
                    raise WritingFailed(Failure.SLOW, "no end") from None
                if piece is None:
                    return
                if isinstance(piece, WritingFailed):
                    raise piece
                yield piece
        finally:
            running.cancel()

    def _warm_up(self) -> None:
        with contextlib.suppress(Exception):  # the first question meets the same error and says so
            self._opened()

    def _opened(self) -> "BaseChatModel":
        if self._model is None:
            self._model = self._make()
        return self._model

    async def _run(
        self, messages: "Sequence[Message]", deadline: float, put: "Callable[[str | WritingFailed | None], None]"
    ) -> None:
        """Put the model's text piece by piece, then None or what went wrong."""
        for attempt in range(self._limits.retries + 1):
            begun = False
            try:
                async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
                    async for text in self._texts(messages):
                        begun = True
                        put(text)
                put(None)
                return
            except Exception as error:  # whatever a client library raises, the reader gets an answer
                failed = failure_of(error)
                pause = _FIRST_PAUSE * 2**attempt * (1 + random.random() / 4)  # noqa: S311
                late = time.monotonic() + pause >= deadline
                last = begun or late or not failed.is_passing or attempt == self._limits.retries
                _LOG.warning(
                    "the model failed: %s (%s, status %s), %s",
                    failed.failure.value,
                    failed.cause,
                    failed.status or "none",
                    "given up" if last else f"tried again in {pause:.1f} s",
                )
                if last:
                    put(failed)
                    return
                await asyncio.sleep(pause)

    async def _texts(self, messages: "Sequence[Message]") -> AsyncIterator[str]:
        finished = ""
        stream = self._opened().astream(list(messages))
        async with contextlib.aclosing(stream) as chunks:  # type: ignore[type-var]  # LangChain's is a generator
            pieces = aiter(chunks)
            while True:
                try:
                    chunk = await asyncio.wait_for(anext(pieces), self._limits.silence)
                except StopAsyncIteration:
                    break
                finished = _reason(chunk) or finished
                if chunk.text:
                    yield str(chunk.text)
        if not finished:
            raise WritingFailed(Failure.CUT_OFF, "no finish reason")


def _reason(chunk: Any) -> str:  # noqa: ANN401  # each provider's own
    """Why the model stopped, as its last chunk says; '' in the others."""
    said = chunk.response_metadata
    return str(said.get("finish_reason") or said.get("done_reason") or said.get("stop_reason") or "")
