"""An answer as server-sent events: its text as it is written as `text`, then the whole of it as `answer`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

from starlette.responses import StreamingResponse

from bot.api.problems import Problem, of_error
from bot.batch import encode
from bot.errors import BotError

MEDIA_TYPE = "text/event-stream"

# Seconds in which most answers come, and what is wrong with a question is still told by the status; a model's first
# sentence ends the wait.
_SOON = 0.25
_PING = 10.0  # seconds between signs of life: proxies close silent connections
_LOG = logging.getLogger(__name__)
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}

Tell = Callable[[str], None]
Answering = Callable[[Tell], Coroutine[Any, Any, dict[str, Any]]]


async def streamed(answering: Answering) -> StreamingResponse:
    """The stream of the answer. Raises what answering raises, where that is known before the stream begins."""
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[str] = asyncio.Queue()
    spoken = asyncio.Event()

    def hear(text: str) -> None:
        told.put_nowait(text)
        spoken.set()

    def tell(text: str) -> None:
        loop.call_soon_threadsafe(hear, text)  # from the thread that writes

    task, first = asyncio.ensure_future(answering(tell)), asyncio.ensure_future(spoken.wait())
    begun: set[asyncio.Future[Any]] = {task, first}
    await asyncio.wait(begun, timeout=_SOON, return_when=asyncio.FIRST_COMPLETED)
    first.cancel()
    if task.done():
        task.result()
    return StreamingResponse(_events(task, told), media_type=MEDIA_TYPE, headers=_HEADERS)


async def _events(task: "asyncio.Future[dict[str, Any]]", told: "asyncio.Queue[str]") -> AsyncIterator[bytes]:
    try:
        while not task.done():
            yield await _next(task, told)
        while not told.empty():
            yield _event("text", {"text": told.get_nowait()})
        yield _last(task)
    finally:
        task.cancel()  # whoever asked may have gone


async def _next(task: "asyncio.Future[dict[str, Any]]", told: "asyncio.Queue[str]") -> bytes:
    """The text so far when there is more of it, else a sign of life; nothing when the answer is there."""
    more = asyncio.ensure_future(told.get())
    both: set[asyncio.Future[Any]] = {task, more}
    try:
        done, _ = await asyncio.wait(both, timeout=_PING, return_when=asyncio.FIRST_COMPLETED)
        if more in done:
            return _event("text", {"text": more.result()})
        return b"" if done else b": wait\n\n"
    finally:
        more.cancel()  # also where whoever asked has gone


def _last(task: "asyncio.Future[dict[str, Any]]") -> bytes:
    try:
        return _event("answer", task.result())
    except Problem as problem:
        return _event("problem", problem.as_json())
    except BotError as error:
        return _event("problem", of_error(error).as_json())
    except Exception:
        _LOG.exception("a streamed answer failed")
        return _event("problem", Problem("internal", "程序内部出错，这个问题没有得到回答。").as_json())


def _event(name: str, record: dict[str, Any]) -> bytes:
    return b"event: " + name.encode("ascii") + b"\ndata: " + encode(record) + b"\n"
