"""The server that `youju chat` starts: it says where it is, and ends only when what was asked is answered."""

import socket
import sys
from typing import TYPE_CHECKING

import uvicorn

from bot.web import logs
from bot.web.app import ANY_ADDRESS, build
from bot.web.connections import impatient
from bot.web.metrics import Metrics
from bot.web.opening import Opening
from bot.web.privileges import give_up
from bot.web.traffic import Traffic

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.store import Index

_KEPT_OPEN = 10  # seconds that an idle connection is kept
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
        http=impatient(settings.limit_connections, proxied=bool(proxies)),
        ws="none",
        log_config=None,
        log_level="error",  # what a sender does wrong is none of the server's troubles
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
        """Listen, give up what was only needed for that, say so, and begin to open the index."""
        await super().startup(sockets)
        give_up()
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
