"""What can go wrong with a chat model, and what a reader is told of it."""

import re
from collections.abc import Iterator
from enum import StrEnum

_UNKNOWN_STATUS = 0


class Failure(StrEnum):
    """Why a model gave no answer."""

    SLOW = "slow"
    UNREACHABLE = "unreachable"
    LOCKED = "locked"
    BUSY = "busy"
    BROKEN = "broken"
    REFUSED = "refused"
    CUT_OFF = "cut-off"
    GARBLED = "garbled"
    RESTING = "resting"
    CROWDED = "crowded"
    UNFIT = "unfit"
    NOT_SET_UP = "not-set-up"


NOTES = {
    Failure.SLOW: "模型没有在限定的时间内写完",
    Failure.UNREACHABLE: "模型服务连不上",
    Failure.LOCKED: "模型服务不接受所设的密钥",
    Failure.BUSY: "模型服务忙",
    Failure.BROKEN: "模型服务出错",
    Failure.REFUSED: "模型服务不接受这次请求",
    Failure.CUT_OFF: "模型只答了一半",
    Failure.GARBLED: "模型服务的回复读不出来",
    Failure.RESTING: "模型服务连续出错，暂停使用",
    Failure.CROWDED: "现在请模型撰写的人很多",
    Failure.UNFIT: "模型写的话没有通过核对",
    Failure.NOT_SET_UP: "模型没有设好",
}
_WORTH_TRYING_AGAIN = frozenset({Failure.UNREACHABLE, Failure.BUSY, Failure.BROKEN})


class WritingFailed(Exception):
    """A model gave no answer; `status` is the server's, 0 without one, `cause` the name of the error behind it."""

    def __init__(self, failure: Failure, cause: str = "", status: int = _UNKNOWN_STATUS) -> None:
        super().__init__(failure.value)
        self.failure = failure
        self.cause = cause
        self.status = status

    @property
    def is_passing(self) -> bool:
        """Whether the same call may well be answered a moment later."""
        return self.failure in _WORTH_TRYING_AGAIN


def note(failure: Failure) -> str:
    """What the reader of an answer is told."""
    return f"{NOTES[failure]}，以下摘自报告原文。"


def failure_of(error: BaseException) -> WritingFailed:
    """The error of a client library or of the network as one of ours. Its message is not kept: it may hold a key."""
    if isinstance(error, WritingFailed):
        return error
    status = next(filter(None, map(_status, _causes(error))), _UNKNOWN_STATUS)
    failure = _of_status(status) if status else _of_kind(error)
    return WritingFailed(failure, type(error).__name__, status)


# By name, since the client libraries are only there where they are installed; the first that fits counts.
_KINDS = (
    (Failure.SLOW, re.compile(r"Timeout")),
    (Failure.CUT_OFF, re.compile(r"RemoteProtocolError|ReadError|IncompleteRead|ConnectionReset")),
    (Failure.GARBLED, re.compile(r"JSONDecodeError|Unicode")),
    (Failure.UNREACHABLE, re.compile(r"Connect|ProxyError|NetworkError|^OSError$|gaierror")),
    (Failure.NOT_SET_UP, re.compile(r"ImportError|ModuleNotFoundError|ValidationError")),
    (Failure.CUT_OFF, re.compile(r"^ValueError$")),  # LangChain's for a stream without a chunk
)


def _of_kind(error: BaseException) -> Failure:
    names = [kind.__name__ for one in _causes(error) for kind in type(one).__mro__]
    return next((failure for failure, words in _KINDS if any(map(words.search, names))), Failure.GARBLED)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and those behind it."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _status(error: BaseException) -> int:
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return status if isinstance(status, int) else _UNKNOWN_STATUS


def _of_status(status: int) -> Failure:
    if status in (401, 403):
        return Failure.LOCKED
    if status in (408, 429):
        return Failure.BUSY
    return Failure.BROKEN if status >= 500 else Failure.REFUSED
