"""`youju mcp`: the report as a source for assistants that speak MCP, over stdio or HTTP."""

import argparse
import socket
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from bot.errors import UsageProblem

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer
    from starlette.types import ASGIApp

    from bot.settings import Settings
    from bot.web.traffic import Traffic

_PORT = 7861  # beside the page's own
_PATH = "/mcp"
_MAX_BODY = 1 << 20  # bytes: the longest draft as JSON may write it
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_ANY_ADDRESS = ("0.0.0.0", "::")  # listening on all of the machine's addresses
_EXTRA = "mcp"

Tell = Callable[[str], None]


def add(commands: Any, tell: Tell) -> None:  # noqa: ANN401  # argparse keeps the type private
    """Add the command to the parser of `youju`; `tell` reports progress."""
    parser = commands.add_parser(
        "mcp",
        help="供助手软件调用（MCP）",
        description="MCP 服务：助手软件可以就报告提问、核对文稿、查数据。默认用标准输入输出，由助手软件启动；"
        "加 --http 则通过网络提供。",
    )
    parser.add_argument("--http", action="store_true", help="通过 HTTP 提供")
    parser.add_argument("--host", metavar="地址", help="监听的地址，默认 127.0.0.1；与 --http 合用")
    parser.add_argument("--port", metavar="端口", type=int, help=f"监听的端口，默认 {_PORT}；与 --http 合用")
    parser.add_argument("--report", metavar="名称", help="默认回答哪一份报告")
    parser.set_defaults(run=lambda options: _run(options, tell))


def _run(options: argparse.Namespace, tell: Tell) -> int:
    if not options.http and (options.host or options.port is not None):
        raise UsageProblem("--host 和 --port 要与 --http 合用。")
    if find_spec("mcp") is None:
        raise UsageProblem(f"没有装 mcp，请安装它的可选依赖：pip install 'youju[{_EXTRA}]'。")
    from bot.api.tools import make_server
    from bot.indexing import ensure_index
    from bot.settings import Settings
    from bot.web import logs
    from bot.web.opening import Opening

    port = _PORT if options.port is None else options.port
    settings = Settings.load(report=options.report, host=options.host or "127.0.0.1", port=port)
    # An index that is built anew is picked up as the page does it.
    opening = Opening(settings, ensure_index(settings, tell))
    server = make_server(opening.service, settings.places)
    logs.set_up(settings.log)  # the SDK's own log would hold what was asked
    opening.start()
    try:
        if options.http:
            _serve(server, settings)
        else:
            server.run("stdio")
    finally:
        opening.stop()
    return 0


def _serve(server: "MCPServer", settings: "Settings") -> None:
    import uvicorn

    from bot.web.connections import impatient
    from bot.web.privileges import give_up
    from bot.web.traffic import Traffic

    traffic = Traffic(settings.limit_connections)
    proxies = ",".join(settings.trusted_proxies)
    with socket.create_server((settings.host, settings.port), family=_family(settings.host)) as listening:
        port = listening.getsockname()[1]
        host = "127.0.0.1" if settings.host in _ANY_ADDRESS else settings.host
        sys.stdout.write(f"有据的 MCP 服务已就绪：http://{_bracketed(host)}:{port}{_PATH}\n按 Ctrl+C 停止。\n")
        sys.stdout.flush()
        config = uvicorn.Config(
            http_app(server, settings, traffic),
            http=impatient(settings.limit_connections, proxied=bool(proxies)),
            ws="none",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=proxies or None,
        )
        give_up()
        uvicorn.Server(config).run(sockets=[listening])


def http_app(server: "MCPServer", settings: "Settings", traffic: "Traffic") -> "ASGIApp":
    """The app that serves MCP over HTTP, behind the same guard as the page: one address, and no sessions kept."""
    from mcp.server.transport_security import TransportSecuritySettings

    from bot.api.admission import Admission, Keys
    from bot.web.addresses import Site, route_of
    from bot.web.guard import Guard, RateLimit
    from bot.web.traffic import Watch

    # A page of another site that had its name lead here would carry that name: DNS rebinding.
    names = [*_LOCAL, _bracketed(settings.host), *settings.allowed_hosts]
    known = [*names, *(f"{name}:*" for name in names)]
    checked = TransportSecuritySettings(
        enable_dns_rebinding_protection="*" not in names,
        allowed_hosts=known,
        allowed_origins=[
            f"{scheme}://{name}{port}" for scheme in ("http", "https") for name in names for port in ("", ":*")
        ],
    )
    app = server.streamable_http_app(
        streamable_http_path=_PATH,
        stateless_http=True,
        json_response=True,
        transport_security=checked,
        max_request_body_size=_MAX_BODY,
        host=settings.host,
    )
    admitted = Admission(app, Keys(settings.api_keys), {}, _MAX_BODY)
    site = Site(lambda path: path == _PATH, is_work=lambda _: True, most_of=lambda _: _MAX_BODY, keeps_json=True)
    limit = RateLimit(settings.limit_burst, settings.limit_per_minute / 60)
    guard = Guard(admitted, site, ["*"] if "*" in names else names, limit, limit, traffic.is_full_for)
    return Watch(guard, traffic, route_of, lambda _: True)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
