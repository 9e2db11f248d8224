"""The server that `youju chat` starts: patient with answers, impatient with requests that do not come to an end."""

import asyncio
import socket
import sys
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from bot.web import logs
from bot.web.app import ANY_ADDRESS, build
from bot.web.metrics import Metrics
from bot.web.opening import Opening
from bot.web.traffic import Traffic

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.store import Index

_REQUEST_WITHIN = 30.0  # seconds in which a request, body and all, must have come
_KEPT_OPEN = 10  # seconds that an idle connection is kept
_SPARE = 2  # connections for each request that may be open: browsers open more than they use
_SHARE = 0.5  # of all connections that one address may hold, unless a proxy brings them all
_FINISHING = 20.0  # seconds that questions under way get when the server is told to end
_CLOSING = 2  # and then whatever else is open


def serve(settings: "Settings", index: "Index | None" = None) -> None:
    """Answer on the page from `index`, or the settings' own, until interrupted; prints the address once it listens.

    Raises:
        CorruptIndex: the index is missing or damaged.
        StaleIndex: another version or another model made it.
    """
    logs.set_up(settings.log)
    metrics = Metrics() if settings.metrics_port else None
    opening, traffic = Opening(settings, index), Traffic(settings.limit_connections, metrics)
    app = build(opening, settings, traffic)
    if metrics and settings.metrics_port:
        opening.on_change = lambda opened: metrics.uses(opened.index)
        metrics.listen(settings.metrics_port)
    proxies = ",".join(settings.trusted_proxies)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        root_path=settings.root_path,
        http=_impatient(settings.limit_connections * _SPARE, _SHARE if not proxies else 1.0),
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEPT_OPEN,
        timeout_graceful_shutdown=_CLOSING,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
    )
    try:
        _Announcing(config, opening, traffic).run()
    finally:
        opening.stop()
    opening.check()


class _Announcing(uvicorn.Server):
    """A server that says where it is as soon as it listens, and only then makes the rest ready."""

    def __init__(self, config: uvicorn.Config, opening: Opening, traffic: Traffic) -> None:
        super().__init__(config)
        self._opening = opening
        self._traffic = traffic

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, say so, and begin to open the index."""
        await super().startup(sockets)
        port = self.servers[0].sockets[0].getsockname()[1]
        host = "127.0.0.1" if self.config.host in ANY_ADDRESS else self.config.host
        proxied = f"由反向代理放在 {self.config.root_path}/ 下。\n" if self.config.root_path else ""
        shown = f"[{host}]" if ":" in host else host
        sys.stdout.write(f"有据已就绪：http://{shown}:{port}/\n{proxied}按 Ctrl+C 停止。\n")
        sys.stdout.flush()
        self._opening.start(self._stop)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what was asked, turn away what is asked now, then close."""
        await self._traffic.finished(_FINISHING)
        for connection in list(self.server_state.connections):  # pages that listen, for as long as they are open
            connection.transport.close()
        await super().shutdown(sockets)

    def _stop(self) -> None:
        self.should_exit = True


class _Impatient(H11Protocol):
    """HTTP that drops a connection whose request has not come to its end in time, however slowly it drips.

    It holds `most` connections, and of one address no more than `most_of_one`.
    """

    most = most_of_one = 0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection on, if there is room for it."""
        super().connection_made(transport)
        address = self.client and self.client[0]
        clients = [one.client for one in self.connections if isinstance(one, _Impatient)]
        same = sum(client is not None and client[0] == address for client in clients)
        if len(clients) > self.most or same > self.most_of_one:
            transport.abort()
            return
        self._set_deadline()

    def data_received(self, data: bytes) -> None:
        """Read on, within what is left of the time."""
        super().data_received(data)
        self._set_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._clear_deadline()
        super().connection_lost(exc)

    def _set_deadline(self) -> None:
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and not cycle.more_body and not cycle.response_complete:
            self._clear_deadline()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(_REQUEST_WITHIN, self._drop)

    def _clear_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _drop(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self.transport.close()


def _impatient(most: int, share: float) -> type[asyncio.Protocol]:
    return type("Impatient", (_Impatient,), {"most": most, "most_of_one": int(most * share)})
