"""What the server writes down: a line for each request and each trouble, as text or JSON, with the request's number.

No question, no answer, no address of who asks: an error is told by its kind and its place, not by its words, which
may repeat what was asked.
"""

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal

LogForm = Literal["quiet", "text", "json"]

NAME = "youju"
number_of_request: ContextVar[str] = ContextVar("number_of_request", default="")

_PLACES = 12  # innermost calls that are told of an error
_QUIET = ("uvicorn.access", "uvicorn.error", "mcp", "httpx", "asyncio", "PIL", "markdown_it")


def set_up(form: LogForm) -> None:
    """Send all that is logged to standard error in that form; `quiet` holds back all but troubles."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(NAME).setLevel(logging.WARNING if form == "quiet" else logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)


def told(kind: str, **values: object) -> None:
    """Write down that something of that kind happened, with its values."""
    logging.getLogger(NAME).info(kind, extra={"values": values})


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record with its time, level, source, message, request, values and what went wrong where."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "source": record.name,
            "message": record.getMessage(),
        }
        if number := number_of_request.get():
            line["request"] = number
        line |= getattr(record, "values", {})
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "places": _places(record.exc_info[2])}
        return json.dumps(line, ensure_ascii=False, default=str)


class _Text(logging.Formatter):
    """One line a record, and one for each place of an error."""

    def format(self, record: logging.LogRecord) -> str:
        """The same as JSON has, to be read by people."""
        from bot.border import printable

        at = datetime.fromtimestamp(record.created).astimezone().strftime("%Y-%m-%d %H:%M:%S")
        values = " ".join(f"{name}={value}" for name, value in getattr(record, "values", {}).items())
        line = " ".join(filter(None, (at, record.levelname, number_of_request.get(), record.getMessage(), values)))
        if record.exc_info and record.exc_info[0]:
            line += f"（{record.exc_info[0].__name__}）"
            line += "".join(f"\n    {place}" for place in _places(record.exc_info[2]))
        return printable(line)


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-_PLACES:]]
