"""Connections that do not come to an end: a request that drips in, an answer that nobody reads, too many of them."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
import uvicorn

from bot.web import connections
from bot.web.clients import client_of, owner_of

WITHIN = 0.5  # seconds, in place of the real limits
LARGE = b"a" * (8 << 20)  # more than the system's own buffers hold
HEAD = b"GET / HTTP/1.1\r\nHost: a\r\n"


async def app(scope: dict[str, object], receive: object, send: Callable[[dict[str, object]], Awaitable[None]]) -> None:
    """A large answer, whatever is asked; a POST is answered when its body has come."""
    more = scope["method"] == "POST"
    while more:
        more = bool((await receive()).get("more_body"))  # type: ignore[operator]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": LARGE if scope["path"] == "/large" else b"ok"})


def served(talk: Callable[[int, uvicorn.Server], Awaitable[None]]) -> None:
    """A server that takes four requests at once, and what `talk` does with it."""

    async def run() -> None:
        config = uvicorn.Config(
            app,
            port=0,
            http=connections.impatient(4, proxied=False),
            lifespan="off",
            log_config=None,
            log_level="critical",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        try:
            await talk(server.servers[0].sockets[0].getsockname()[1], server)
        finally:
            server.should_exit = True
            await serving

    asyncio.run(run())


async def ended(reader: asyncio.StreamReader) -> bytes:
    """All that comes until the connection ends; a reset is an end too."""
    try:
        return await asyncio.wait_for(reader.read(), 10)
    except ConnectionResetError:
        return b""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test can wait for."""
    monkeypatch.setattr(connections, "REQUEST_WITHIN", WITHIN)
    monkeypatch.setattr(connections, "READ_WITHIN", WITHIN)


def test_half_a_request_is_not_waited_for() -> None:
    """A request that drips in is dropped when its time is over, and one address holds only its share of connections."""

    async def drip(port: int, server: uvicorn.Server) -> None:
        del server
        started, opened = time.monotonic(), []
        for _ in range(7):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"POST / HTTP/1.1\r\nHost: a\r\n")
            opened.append((reader, writer))
        await asyncio.sleep(WITHIN / 2)
        assert sum(not reader.at_eof() and reader.exception() is None for reader, _ in opened) == 4
        assert await ended(opened[0][0]) == b""
        assert WITHIN * 0.8 < time.monotonic() - started < 5
        for _, writer in opened:
            writer.close()

    served(drip)


def test_half_a_request_behind_a_whole_one_is_not_waited_for_either() -> None:
    """Pipelined, the second one has the same time as any other, though nothing more comes."""

    async def pipelined(port: int, server: uvicorn.Server) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD + b"\r\n" + HEAD.replace(b"GET", b"POST") + b"Content-Length: 9\r\n\r\n")
        started = time.monotonic()
        assert (await ended(reader)).count(b"200 OK") == 1
        assert time.monotonic() - started < 5
        writer.close()
        assert not server.server_state.connections

    served(pipelined)


def test_an_answer_that_nobody_reads_is_not_kept() -> None:
    """Who asks for much and reads nothing is dropped; who reads slowly gets all of it."""

    async def unread(port: int, server: uvicorn.Server) -> None:
        _, idle = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        idle.write(HEAD.replace(b"/ ", b"/large ") + b"\r\n")
        reader, slow = await asyncio.open_connection("127.0.0.1", port, limit=1 << 16)
        slow.write(HEAD.replace(b"/ ", b"/large ") + b"Connection: close\r\n\r\n")
        received = 0
        while piece := await reader.read(1 << 18):
            received += len(piece)
            await asyncio.sleep(0.03)
        assert received > len(LARGE)
        for _ in range(100):
            if not server.server_state.connections:
                break
            await asyncio.sleep(0.1)
        assert not server.server_state.connections
        idle.close()
        slow.close()

    served(unread)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8:0:0:ffff::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("unix:", "unix:", True),
    ],
)
def test_whoever_has_one_address_of_a_network_has_them_all(one: str, other: str, same: bool) -> None:
    """Limits count an IPv6 network as one; IPv4 addresses count each for themselves."""
    assert (owner_of(one) == owner_of(other)) is same
    assert client_of({"client": (one, 1)}) == owner_of(one)
    assert client_of({"client": None}) == ""
