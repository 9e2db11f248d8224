"""Conversations over the API: few, short-lived, each its owner's alone and under a name that nobody can guess."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.conversation import Conversation
from bot.errors import UnknownSession

IDLE = 3600  # seconds after which an unused conversation is forgotten
_MOST = 1_000  # conversations held at once
_MOST_OF_ONE = 50  # of them for one client: nobody pushes out all others
_NAME = 24  # random bytes of a name
_UNKNOWN = "没有这个会话，或者它已经过期。请用 POST sessions 开始新的会话，或者用 history 带上此前的问题。"


@dataclass(slots=True)
class _Session:
    owner: str
    used: float
    conversation: Conversation = field(default_factory=Conversation)
    turn: threading.Lock = field(default_factory=threading.Lock)


class Sessions:
    """The conversations under way."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sessions: OrderedDict[str, _Session] = OrderedDict()  # the longest unused first
        self._lock = threading.Lock()

    def begin(self, owner: str) -> str:
        """The name of a new conversation of `owner`; the longest unused give way where there are too many."""
        name = secrets.token_urlsafe(_NAME)
        with self._lock:
            self._forget_old()
            own = [other for other, session in self._sessions.items() if session.owner == owner]
            for other in own[: max(0, len(own) - _MOST_OF_ONE + 1)]:
                del self._sessions[other]
            while len(self._sessions) >= _MOST:
                self._sessions.popitem(last=False)
            self._sessions[name] = _Session(owner, self._clock())
        return name

    @contextmanager
    def taken(self, name: str, owner: str) -> Iterator[Conversation]:
        """The conversation of that name, for one question at a time. Raises UnknownSession, also for another owner."""
        with self._lock:
            self._forget_old()
            session = self._sessions.get(name)
            if session is None or session.owner != owner:
                raise UnknownSession(_UNKNOWN)
            session.used = self._clock()
            self._sessions.move_to_end(name)
        with session.turn:
            yield session.conversation

    def _forget_old(self) -> None:
        while self._sessions:
            name, session = next(iter(self._sessions.items()))
            if self._clock() - session.used < IDLE:
                return
            del self._sessions[name]
