"""The MCP server: the official client lists and calls every tool, over stdio and over HTTP."""

import asyncio
import http.client
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult, TextContent, Tool

from bot import cli
from bot.api import command
from bot.api.service import Service
from bot.api.tools import make_server
from bot.assistant import Assistant
from bot.facts.types import Filters
from bot.settings import Settings
from bot.web.traffic import Traffic
from corpus.types import Status
from index.store import load

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "2024年拆除违法建筑多少处？"
FOLLOW_UP = "总面积呢？"
DRAFT = "2024年拆除违法建筑650处。"
PASSAGE = "xuhui-2024-2025/0174"
KEY = "a-key-of-this-test-1"

CALLS: dict[str, dict[str, Any]] = {
    "ask": {"question": FOLLOW_UP, "history": [QUESTION]},
    "check": {"text": DRAFT},
    "find_facts": {"words": "绿地", "year": 2025, "status": "target", "limit": 3},
    "get_passage": {"id": PASSAGE},
}


@pytest.fixture(scope="session")
def service(settings: Settings, assistant: Assistant) -> Service:
    """The service over the report that the project ships."""
    return Service(assistant, load(settings.index_folder), settings)


@pytest.fixture(scope="session")
def server(service: Service) -> MCPServer:
    """The server in this process."""
    return make_server(lambda: service, 2)


def environment(**given: str) -> dict[str, str]:
    """What a server of its own process needs."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", **given}


@pytest.fixture(scope="module")
def stdio(settings: Settings) -> StdioServerParameters:
    """How a client starts the server."""
    del settings  # whose index is there by now
    return StdioServerParameters(command=sys.executable, args=["-m", "bot.cli", "mcp"], env=environment())


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[str]:
    """The address of a server over HTTP."""
    del settings
    started = [sys.executable, "-m", "bot.cli", "mcp", "--http", "--port", "0"]
    with subprocess.Popen(started, env=environment(), stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        ready = next((found for line in process.stdout if (found := re.search(r"http://\S+", line))), None)
        assert ready
        yield ready.group()
        process.terminate()


async def used(target: Any) -> tuple[list[Tool], dict[str, CallToolResult]]:  # noqa: ANN401  # what Client takes
    """The tools of a server, and what each of them gives."""
    async with Client(target, read_timeout_seconds=60) as client:
        listed = await client.list_tools()
        return listed.tools, {name: await client.call_tool(name, given) for name, given in CALLS.items()}


def timeless(result: Any) -> Any:  # noqa: ANN401  # as JSON has it
    """The object without the time it took."""
    return {**result, "elapsed_ms": 0} if "elapsed_ms" in result else result


def test_every_tool_over_stdio_and_http(stdio: StdioServerParameters, address: str, service: Service) -> None:
    """Both ways list the same tools, well described, and give the very objects of the command line."""
    expected = {
        "ask": service.ask(FOLLOW_UP, service.conversation([QUESTION])),
        "check": service.check(DRAFT),
        "find_facts": service.facts(Filters(words="绿地", year=2025, status=Status.TARGET), limit=3),
        "get_passage": service.passage(PASSAGE),
    }
    for target in (stdio, address):
        tools, results = asyncio.run(used(target))
        assert {tool.name for tool in tools} == set(CALLS)
        for tool in tools:
            assert len(tool.description or "") > 40
            assert tool.output_schema and tool.annotations and tool.annotations.read_only_hint
            assert all("description" in one for one in tool.input_schema["properties"].values())
        for name, result in results.items():
            assert not result.is_error
            structured = json.loads(json.dumps(result.structured_content))
            assert timeless(structured) == timeless(json.loads(json.dumps(expected[name])))
            (content,) = result.content
            assert isinstance(content, TextContent)
            assert timeless(json.loads(content.text)) == timeless(structured)


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("ask", {"question": "？"}, "没有看到问题"),
        ("ask", {"question": QUESTION, "report": "x"}, "没有名为 x 的报告"),
        ("check", {"text": " "}, "文稿是空的"),
        ("find_facts", {"limit": 0}, "limit"),
        ("find_facts", {"status": "x"}, "status"),
        ("get_passage", {"id": "x"}, "没有编号为 x 的条目"),
        ("nothing", {}, "nothing"),
    ],
)
def test_what_is_wrong_is_said_to_the_model(server: MCPServer, name: str, given: dict[str, Any], said: str) -> None:
    """A wrong call is a result that is marked as an error and says what to do."""

    async def call() -> CallToolResult:
        async with Client(server) as client:
            return await client.call_tool(name, given)

    result = asyncio.run(call())
    (content,) = result.content
    assert result.is_error and isinstance(content, TextContent) and said in content.text


def post(address: str, **headers: str) -> int:
    """The status of a plain request with these headers."""
    host, _, port = address.removeprefix("http://").partition("/")[0].partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"})
    given = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    try:
        connection.request("POST", "/mcp", body, {**given, **headers})
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_foreign_name_is_turned_away(address: str) -> None:
    """A page of another site whose name leads here gets nothing: DNS rebinding."""
    assert post(address) == 200
    assert post(address, Host="example.org") == 400
    assert post(address, Host="example.org:7861") == 400
    assert post(address, Origin="http://example.org") == 403


def test_without_the_key_there_is_no_tool(server: MCPServer) -> None:
    """Where keys are set, a call without one is refused before anything is read."""
    from starlette.testclient import TestClient

    app = command.http_app(server, Settings.load(api_keys=(KEY,)), Traffic(400))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.post("/mcp", json={}).status_code == 401
        assert client.post("/mcp", json={}, headers={"authorization": f"Bearer {KEY}"}).status_code != 401


def test_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the SDK the command says in one line what to install; a wrong use is told as well."""
    monkeypatch.setattr(command, "find_spec", lambda _: None)
    assert cli.main(["mcp"]) == 2
    assert "youju[mcp]" in capsys.readouterr().err
    assert cli.main(["mcp", "--port", "1"]) == 2
    assert "--http" in capsys.readouterr().err
