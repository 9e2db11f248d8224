"""Attacks on the running page below and beside what browsers send: none gets a trace, a file, or another's answer."""

import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.e2e.asking import ask, send
from tests.e2e.driving import serving
from tests.hostile.sockets import connected, exchange, request, statuses

QUESTION = "2024年徐汇区地区生产总值是多少？"
EVIL = "evil.example"
LONG = "a" * 5_000
CHUNKED = "Transfer-Encoding: chunked"
_CHUNKS = b"8000\r\n" + b"a" * 0x8000 + b"\r\n"
_SETTLING = 20.0  # seconds
_TRACES = (b"Traceback", b'File "', b"site-packages", b'detail":', b"Internal Server Error", b"root:x:0")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[str]:
    """The address of a server that takes any number of questions, and has a password's form for nobody."""
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "index").symlink_to(settings.index_folder)
    with serving(folder, limit_burst="100000", limit_per_minute="100000") as found:
        yield found


def refused(address: str, received: bytes, *allowed: int) -> None:
    """The answer is one of these statuses, in words of ours, and the server goes on."""
    assert statuses(received)[:1] and statuses(received)[0] in allowed, received[:300]
    assert not [trace for trace in _TRACES if trace in received], received[-300:]
    assert EVIL.encode() not in received
    said = received.rpartition(b"\r\n\r\n")[2].decode("utf-8")
    assert any("\u4e00" <= one <= "\u9fff" for one in said), said
    assert send(address, "GET", "/healthz").status == 200


PATHS = (
    f"/static/{LONG}",
    f"/assets/{LONG}",
    f"/youju/0123456789ab/{LONG}",
    f"/gradio_api/heartbeat/{LONG}",
    f"/youju/following/{LONG}",
    "/static/" + "a/" * 500,
    "/static/%00",
    "/assets/x%00.js",
    "/youju/0123456789ab/%00",
    "/static/..%2f..%2fconfig",
    "/static/%2e%2e/%2e%2e/etc/passwd",
    "/assets/....//....//etc/passwd",
    "/static//etc/passwd",
    "/assets/%2fetc/passwd",
    "/static/C:%5cwindows%5cwin.ini",
    "/assets/..%5c..%5croutes.py",
    "/static/%c0%ae%c0%ae/etc/passwd",
    "/assets/%ff%fe",
    "/assets/",
    "/static/",
    "/static/img",
    "/youju/..;/config",
    "/youju/facts/..%2f..%2f",
    "/;/config",
    "/config;.css",
    "/gradio_api/file=%2fetc%2fpasswd",
    "/gradio_api%2ffile=/etc/passwd",
    "/gradio_api/queue/data?session_hash=asking",
    f"http://{EVIL}/config",
    "*",
    "//evil.example/config",
    "/%2f%2fevil.example",
)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
def test_no_path_leads_elsewhere(attacked: str, path: str) -> None:
    """Traversals, encodings, names too long for a disk and whole addresses: not found, whatever they are."""
    refused(attacked, exchange(attacked, request(attacked, f"GET {path}")), 404, 403, 405)


HOSTS = ("127.0.0.1:80@evil.example", "127.0.0.1:abc", "[::1", EVIL, "", "127.0.0.1:7860/x", "127.0.0.1 evil.example")


@pytest.mark.parametrize("host", HOSTS)
def test_the_host_is_one_of_ours(attacked: str, host: str) -> None:
    """A name that is not ours, or that only begins like ours, gets nothing: pages' addresses are made of it."""
    refused(attacked, exchange(attacked, request(attacked, "GET /config", host=host)), 400)


SENDER_SAYS = (
    f"X-Forwarded-Host: {EVIL}",
    "X-Forwarded-Host: [",
    f"X-Gradio-Server: http://{EVIL}/",
    "X-Gradio-Server: http://[",
    f"Forwarded: host={EVIL}",
    f"X-Original-URL: http://{EVIL}/admin",
    f"X-Rewrite-URL: /{EVIL}",
    f"Referer: https://{EVIL}/",
    "Cookie: " + "a=b; " * 8_000,
    "X-Long: " + "a" * 60_000,
    "Range: bytes=0-1,1-2,2-3,0-99999999999999999999",
    f"If-None-Match: {EVIL}",
    "Accept-Encoding: gzip;q=1e999, *;q=-1",
)


@pytest.mark.parametrize("header", SENDER_SAYS, ids=lambda header: header[:30])
def test_a_header_changes_no_page(attacked: str, header: str) -> None:
    """The page, its settings and its health are the same whatever a sender claims, and name no other server."""
    for path in ("/", "/config", "/healthz"):
        received = exchange(attacked, request(attacked, f"GET {path}", header))
        assert statuses(received) == [200]
        assert EVIL.encode() not in received
    (said,) = re.findall(rb'"root":"([^"]*)"', exchange(attacked, request(attacked, "GET /config", header)))
    assert said.decode() == attacked.rstrip("/")


@pytest.mark.parametrize(
    "query", ["page=none", "page=../../x", "deep_link=../../etc/passwd", "view=runs&page=%00", f"__theme={LONG}"]
)
def test_a_query_changes_no_page(attacked: str, query: str) -> None:
    """What Gradio would read from the address, of pages and links of its own, it does not get."""
    for path in ("/", "/config", "/gradio_api/info", "/theme.css"):
        received = exchange(attacked, request(attacked, f"GET {path}?{query}"))
        assert statuses(received) == [200]
        assert LONG.encode() not in received


POST = "POST /youju/feedback"
TWO = b"0\r\n\r\nGET /config HTTP/1.1\r\nHost: a\r\n\r\n"
SMUGGLED: dict[str, tuple[tuple[str, ...], bytes]] = {
    "both lengths": (("Content-Length: 4", CHUNKED), TWO),
    "both lengths, the other way": ((CHUNKED, "Content-Length: 4"), TWO),
    "two lengths": (("Content-Length: 4", "Content-Length: 5"), b"aaaaa"),
    "signed length": (("Content-Length: +4",), b"aaaa"),
    "length of 5000 digits": (("Content-Length: " + "9" * 5_000,), b"aaaa"),
    "length of 19 digits": (("Content-Length: " + "9" * 19,), b"aaaa"),
    "unknown coding": (("Transfer-Encoding: xchunked",), TWO),
    "two codings": (("Transfer-Encoding: gzip, chunked",), TWO),
    "coding in a tab": (("Transfer-Encoding:\tchunked", "Content-Length: 4"), TWO),
    "space before the colon": (("Transfer-Encoding : chunked",), TWO),
    "a zero byte": (("X-A: b\0c",), b""),
    "no sense in a chunk": ((CHUNKED,), b"zz\r\naa\r\n0\r\n\r\n"),
}


@pytest.mark.parametrize(("headers", "body"), SMUGGLED.values(), ids=SMUGGLED)
def test_no_second_request_is_smuggled(attacked: str, headers: tuple[str, ...], body: bytes) -> None:
    """What two servers could read differently is refused whole, and the connection ends with it."""
    sent = request(attacked, POST, "Content-Type: application/json", *headers, body=body)
    received = exchange(attacked, sent.replace(b"Connection: close\r\n", b""))
    refused(attacked, received, 400, 413)
    assert len(statuses(received)) == 1


@pytest.mark.parametrize("sent", [b"\x16\x03\x01\x02\x00\x01\x00" + b"a" * 500, bytes(range(256)) * 9, b"\n" * 70_000])
def test_what_is_no_http_is_told_so(attacked: str, sent: bytes) -> None:
    """TLS, bytes and line ends: 400 in words, or nothing at all."""
    received = exchange(attacked, sent, patience=1)
    assert not received or statuses(received) == [400]
    assert send(attacked, "GET", "/healthz").status == 200


@pytest.mark.parametrize("path", ["/youju/feedback", "/youju/enter", "/youju/check", "/gradio_api/run/predict"])
def test_a_body_that_grows_on_the_way_is_too_large(attacked: str, path: str) -> None:
    """What says nothing of its length is read so far as it may be, and no further."""
    pieces = _CHUNKS * 40 + b"0\r\n\r\n"
    headers = ("Content-Type: application/json", CHUNKED)
    sent = request(attacked, f"POST {path}", *headers, body=pieces).replace(b"Connection: close\r\n", b"")
    received = exchange(attacked, sent, patience=3)
    until = time.monotonic() + _SETTLING
    while statuses(received)[:1] == [429] and time.monotonic() < until:  # what earlier tests left open is being closed
        time.sleep(0.5)
        received = exchange(attacked, sent, patience=3)
    refused(attacked, received, 413, 404)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "A" * 3_000])
def test_no_other_method(attacked: str, method: str) -> None:
    """Nothing is written, deleted or echoed by way of a method; nor by a header that claims one."""
    refused(attacked, exchange(attacked, request(attacked, f"{method} /config")), 405)
    claimed = request(attacked, "POST /healthz", "X-HTTP-Method-Override: GET", "Content-Length: 0")
    refused(attacked, exchange(attacked, claimed), 404, 405)


def test_nothing_is_upgraded(attacked: str) -> None:
    """An upgrade to a WebSocket or to HTTP/2 is passed over: the answer is plain HTTP."""
    for named, more in (("websocket", "Sec-WebSocket-Key: eA=="), ("h2c", "HTTP2-Settings: AAMAAABkAAQAAP__")):
        sent = request(attacked, "GET /healthz", f"Upgrade: {named}", more).replace(b"close", b"Upgrade, close")
        assert statuses(exchange(attacked, sent)) == [200]


def test_pipelined_requests_are_answered_in_order(attacked: str) -> None:
    """Fifty requests in one piece get fifty answers; half a request behind them holds nothing for good."""
    one = request(attacked, "GET /healthz").replace(b"Connection: close\r\n", b"")
    assert statuses(exchange(attacked, one * 50 + request(attacked, "GET /readyz"))) == [200] * 51


def test_nobody_reads_on_in_anothers_conversation(attacked: str) -> None:
    """With the session of another's page, but not their questions, a follow-up has nothing to lean on."""
    first = ask(attacked, QUESTION)
    assert "3931.2" in first.shown["text"]
    own = ask(attacked, "增长多少？", json.dumps([QUESTION]))
    assert "4.8" in own.shown["text"]
    guessed = ask(attacked, "增长多少？", "[]")
    alone = send(
        attacked, "POST", "/api/v1/ask", '{"question": "增长多少？"}'.encode(), {"Content-Type": "application/json"}
    )
    assert guessed.shown["text"] == json.loads(alone.body)["answer"] != own.shown["text"]
    assert first.shown["id"] != own.shown["id"]


def test_nobody_judges_or_follows_an_answer_that_they_do_not_have(attacked: str) -> None:
    """Answers have names that cannot be guessed, and a wrong one opens nothing."""
    real = ask(attacked, QUESTION).shown["id"]
    near = f"{int(real, 16) ^ 1:032x}"
    assert send(attacked, "POST", f"/youju/following/{near}").body == b"[]"
    body = json.dumps({"answer": near, "useful": True}).encode()
    assert send(attacked, "POST", "/youju/feedback", body, {"Content-Type": "application/json"}).status == 410


BOMBS = {
    "an integer": b'{"question": 1, "id": ' + b"9" * 5_000 + b"}",
    "a float": b'{"question": 1e' + b"9" * 5_000 + b"}",
    "brackets": b'{"question": ' + b"[" * 30_000 + b"}",
    "objects": b'{"a":' * 6_000 + b"1" + b"}" * 6_000,
    "keys": b"{" + b",".join(b'"k%d": 1' % at for at in range(2_500)) + b"}",
    "the same key": b'{"question": "a", ' + b'"question": "b", ' * 1_500 + b'"question": "c"}',
    "surrogates": b'{"question": "' + b"\\ud800" * 4_000 + b'"}',
    "UTF-16": '{"question": "GDP"}'.encode("utf-16"),
    "UTF-7": b'{"question": "+ADw-script+AD4-"}',
    "combining marks": json.dumps({"question": "e" + "\u0301" * 3_000}).encode(),
    "an overlong form": b'{"question": "\xc0\xaf\xe0\x80\xaf"}',
    "history of histories": json.dumps({"question": "甲", "history": ["（" * 500] * 10}).encode(),
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("path", ["/gradio_api/run/predict", "/api/v1/ask", "/youju/check", "/youju/feedback"])
def test_a_bomb_does_not_go_off(attacked: str, path: str, body: bytes) -> None:
    """What unpacks to much, nests or names no number is answered or refused at once."""
    started = time.monotonic()
    reply = send(attacked, "POST", path, body, {"Content-Type": "application/json"})
    assert reply.status < 500
    assert not [trace for trace in (b"Traceback", b"site-packages") if trace in reply.body]
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "header", ["Sec-Fetch-Site: same-site", "Sec-Fetch-Site: cross-site", f"Origin: https://{EVIL}"]
)
def test_no_neighbour_sends_a_question(attacked: str, header: str) -> None:
    """A page of another site, also of one below the same domain, sends nothing: no preflight, no simple request."""
    for line in ("POST /gradio_api/run/predict", "POST /api/v1/ask", "OPTIONS /api/v1/ask"):
        received = exchange(attacked, request(attacked, line, header, "Content-Length: 2", body=b"{}"))
        assert statuses(received) == [403]
        assert b"access-control-allow" not in received.lower()


def test_the_log_does_not_grow_with_each_attack(tmp_path: Path, settings: Settings) -> None:
    """What a sender does wrong is worth no line: nobody fills the disk with it."""
    (tmp_path / "index").symlink_to(settings.index_folder)
    with (tmp_path / "log").open("w+", encoding="utf-8") as log, serving(tmp_path, log) as address:
        for sent in (b"\0\0\r\n\r\n", request(address, "GET /x"), request(address, "GET /", "Upgrade: websocket")):
            exchange(address, sent)
        send(address, "POST", "/youju/feedback", b"{", {"Content-Type": "application/json"})
        log.flush()
        assert (tmp_path / "log").read_text(encoding="utf-8") == ""


def test_it_listens_where_it_was_told_and_nowhere_else(attacked: str) -> None:
    """The server's process has one open port, on loopback."""
    port = int(attacked.rstrip("/").rpartition(":")[2])
    lines = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    listening = {line[1]: line[9] for line in lines if line[3] == "0A"}
    (own,) = [inode for where, inode in listening.items() if int(where.partition(":")[2], 16) == port]
    (process,) = [path.parent.parent for path in Path("/proc").glob("[0-9]*/fd/*") if _is_socket(path, own)]
    mine = {
        where for where, inode in listening.items() if any(_is_socket(path, inode) for path in process.glob("fd/*"))
    }
    assert mine == {f"0100007F:{port:04X}"}
    status = (process / "status").read_text(encoding="ascii")
    assert re.search(r"^NoNewPrivs:\t1$", status, re.MULTILINE)
    assert re.search(r"^CapEff:\t0{16}$", status, re.MULTILINE)
    assert "Max core file size        0" in (process / "limits").read_text(encoding="ascii")


def _is_socket(path: Path, inode: str) -> bool:
    try:
        return path.readlink().name == f"socket:[{inode}]"
    except OSError:
        return False


def test_slow_readers_and_many_streams_leave_room_for_others(tmp_path: Path, settings: Settings) -> None:
    """One address opens all the streams it may and reads none: another gets the page and an answer at once."""
    (tmp_path / "index").symlink_to(settings.index_folder)
    held: list[socket.socket] = []
    with serving(tmp_path, limit_connections="40") as address:
        try:
            for at in range(60):
                stream = connected(address, source="127.0.0.2")
                stream.sendall(request(address, f"GET /gradio_api/heartbeat/a{at}"))
                held.append(stream)
            time.sleep(0.5)
            assert send(address, "GET", "/", source="127.0.0.2").status == 503
            assert send(address, "GET", "/", source="127.0.0.3").status == 200
            assert "3931.2" in ask(address, QUESTION, source="127.0.0.3").shown["text"]
        finally:
            for stream in held:
                stream.close()
