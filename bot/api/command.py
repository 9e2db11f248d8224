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
    from bot.api.service import Service
    from bot.indexing import ensure_index
    from bot.settings import Settings

    port = _PORT if options.port is None else options.port
    settings = Settings.load(report=options.report, host=options.host or "127.0.0.1", port=port)
    service = Service.open(settings, ensure_index(settings, tell))
    from bot.api.tools import make_server

    server = make_server(service, settings.limit_at_once)
    if options.http:
        _serve(server, settings)
    else:
        server.run("stdio")
    return 0


def _serve(server: "MCPServer", settings: "Settings") -> None:
    import uvicorn

    with socket.create_server((settings.host, settings.port), family=_family(settings.host)) as listening:
        port = listening.getsockname()[1]
        host = "127.0.0.1" if settings.host in _ANY_ADDRESS else settings.host
        sys.stdout.write(f"有据的 MCP 服务已就绪：http://{_bracketed(host)}:{port}{_PATH}\n按 Ctrl+C 停止。\n")
        sys.stdout.flush()
        config = uvicorn.Config(http_app(server, settings), log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listening])


def http_app(server: "MCPServer", settings: "Settings") -> "ASGIApp":
    """The app that serves MCP over HTTP: known host names only, a key where there are any, no sessions kept."""
    from mcp.server.transport_security import TransportSecuritySettings

    from bot.api.admission import Admission, Keys

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
    return Admission(app, Keys(settings.api_keys), {}, _MAX_BODY)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
