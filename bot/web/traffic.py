"""What is under way on the server: each request is numbered, counted and written down; too many are turned away."""

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.types import AnswerStatus
from bot.web.clients import client_of
from bot.web.logs import number_of_request, told

if TYPE_CHECKING:
    from bot.web.metrics import Metrics

_PAUSE = 0.05  # seconds between two looks at whether all has been answered
_SHARE = 0.5  # of all open requests that one client may have
_LEAST = 16  # requests that a client may have open in any case: a browser's first look at the page


@dataclass(slots=True)
class Traffic:
    """How many requests are open, how many of them ask something, and whether the server is about to end."""

    most: int
    metrics: "Metrics | None" = None
    requests: int = 0
    questions: int = 0
    ending: bool = False
    clients: Counter[str] = field(default_factory=Counter)

    @property
    def is_full(self) -> bool:
        """Whether no further request should be taken on."""
        return self.ending or self.requests > self.most

    def is_full_for(self, client: str) -> bool:
        """Whether no further request of that client should be taken on: nobody takes the places of all."""
        return self.is_full or self.clients[client] > max(_LEAST, self.most * _SHARE)

    def count(self, requests: int, questions: int, client: str = "") -> None:
        """So many requests and questions of a client have come (or, below zero, gone)."""
        self.requests += requests
        self.questions += questions
        self.clients[client] += requests
        if not self.clients[client]:
            del self.clients[client]
        if self.metrics:
            self.metrics.under_way(self.requests, self.questions)

    def answered(self, answer: Mapping[str, Any], writer: str) -> None:
        """Count and write down an answer, as the API gives it, that `writer` should have written."""
        by_writer, ms = answer["writer"], answer["elapsed_ms"]
        if self.metrics:
            self.metrics.answered(answer["status"], answer["reason"], by_writer, ms / 1000)
            if answer["status"] == AnswerStatus.ANSWERED and by_writer != writer:
                self.metrics.fell_back()
        values = {name: answer[name] for name in ("status", "reason", "writer")}
        told("answer", answer=answer["id"], **values, characters=len(answer["question"]), ms=round(ms, 1))

    async def finished(self, patience: float) -> None:
        """Take on nothing new, and wait so many seconds at most until every question has its answer."""
        self.ending = True
        until = time.monotonic() + patience
        while self.questions and time.monotonic() < until:
            await asyncio.sleep(_PAUSE)


class Watch:
    """ASGI middleware, the outermost: numbers, counts and writes down each request."""

    def __init__(
        self, app: ASGIApp, traffic: Traffic, route: Callable[[Scope], str], asks: Callable[[Scope], bool]
    ) -> None:
        """`route` gives the address without what varies in it, `asks` tells a question from other requests."""
        self.app = app
        self._traffic = traffic
        self._route = route
        self._asks = asks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; when it is answered, say how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number, started, status = uuid.uuid4().hex[:16], time.perf_counter(), 500
        number_of_request.set(number)

        async def numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = number
            await send(message)

        asks, client = int(self._asks(scope)), client_of(scope)
        self._traffic.count(1, asks, client)
        try:
            await self.app(scope, receive, numbered)
        finally:
            self._traffic.count(-1, -asks, client)
            self._tell(scope, status, time.perf_counter() - started)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = self._route(scope)
        if self._traffic.metrics:
            self._traffic.metrics.requested(route, status, seconds)
        told("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))
