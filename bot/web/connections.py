"""Connections to the server: few of one address, and dropped when a request or a reader does not come to an end."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from bot.web.clients import owner_of

REQUEST_WITHIN = 30.0  # seconds in which a request, body and all, must have come
READ_WITHIN = 30.0  # seconds between two looks at how much of an answer was read
_SLOWEST = 1024  # bytes a second at which an answer must be read: slower is no reader
_SPARE = 2  # connections for each request that may be open: browsers open more than they use
_SHARE = 0.5  # of all connections that one address may hold
_GARBLED = "请求的格式不对。"
_BAD_REQUEST = (
    b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"x-content-type-options: nosniff\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%b"
)


class _Impatient(H11Protocol):
    """HTTP that drops a connection whose request has not come to its end in time, however slowly it drips.

    Nor is an answer kept for someone who does not read it. It holds `most` connections, and of one address no more
    than `most_of_one`.
    """

    most = most_of_one = 0
    _deadline: asyncio.TimerHandle | None = None
    _reading: asyncio.TimerHandle | None = None
    _unread = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection on, if there is room for it."""
        super().connection_made(transport)
        owner = owner_of(self.client[0]) if self.client else ""
        clients = [one.client for one in self.connections if isinstance(one, _Impatient)]
        same = sum(client is not None and owner_of(client[0]) == owner for client in clients)
        if len(clients) > self.most or same > self.most_of_one:
            transport.abort()
            return
        self._set_deadline()

    def data_received(self, data: bytes) -> None:
        """Read on, within what is left of the time."""
        super().data_received(data)
        self._set_deadline()

    def on_response_complete(self) -> None:
        """Go on with what came meanwhile; a request that has only begun gets no more time than any other."""
        super().on_response_complete()
        self._set_deadline()

    def pause_writing(self) -> None:
        """More is written than was read: look later how that goes on."""
        super().pause_writing()
        self._unread = self.transport.get_write_buffer_size()
        if self._reading is None:
            self._reading = self.loop.call_later(READ_WITHIN, self._look)

    def resume_writing(self) -> None:
        """It was read."""
        super().resume_writing()
        self._clear_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._clear_deadline()
        self._clear_reading()
        super().connection_lost(exc)

    def timeout_keep_alive_handler(self) -> None:
        """An idle connection ends; what was never read of it would keep it open for good."""
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        else:
            super().timeout_keep_alive_handler()

    def send_400_response(self, msg: str) -> None:
        """Say, in words of ours, that this is no HTTP."""
        del msg
        body = _GARBLED.encode("utf-8")
        self.transport.write(_BAD_REQUEST % (len(body), body))
        self.transport.close()

    def _should_upgrade(self) -> bool:
        return False  # there is nothing to upgrade to, which is not worth a line in the log each time

    def _set_deadline(self) -> None:
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and not cycle.more_body and not cycle.response_complete:
            self._clear_deadline()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_WITHIN, self._drop)

    def _clear_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _clear_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _look(self) -> None:
        """Go on waiting for a reader that reads, however slowly within reason."""
        left = self.transport.get_write_buffer_size()
        if self._unread - left < _SLOWEST * READ_WITHIN:
            self._reading = None
            self.transport.abort()
            return
        self._unread = left
        self._reading = self.loop.call_later(READ_WITHIN, self._look)

    def _drop(self) -> None:
        self._deadline = None
        self.transport.abort()


def impatient(requests: int, *, proxied: bool) -> type[asyncio.Protocol]:
    """The protocol of a server that takes so many requests at once; behind a proxy one address brings them all."""
    most = requests * _SPARE
    return type("Impatient", (_Impatient,), {"most": most, "most_of_one": most if proxied else int(most * _SHARE)})
