"""A small OpenAI-compatible server on loopback, which speaks Ollama too: it streams and fails as it is told."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One reply: pieces of text, seconds before each, and what goes wrong.

    `status` other than 200 is an error; `ends` is said as the finish reason, None says none; `raw` is sent in place of
    the stream; `drops` breaks the connection off after the pieces, `hangs` keeps it open that many seconds.
    """

    pieces: Sequence[str] = ()
    pause: float = 0.0
    status: int = 200
    ends: str | None = "stop"
    raw: bytes | None = None
    drops: bool = False
    hangs: float = 0.0


Script = Callable[[dict[str, Any]], Reply]


def whole(text: str) -> Reply:
    """A reply in pieces of a few characters."""
    return Reply([text[i : i + 7] for i in range(0, len(text), 7)])


def always(reply: Reply) -> Script:
    """A script of one reply."""
    return lambda _: reply


@dataclass
class ChatServer:
    """A running server; `script` makes each reply from the request, which is kept in `asked`."""

    script: Script
    port: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    _server: "_Server | None" = None

    @property
    def address(self) -> str:
        """What a client takes as its base address."""
        return f"http://127.0.0.1:{self.port}/v1"

    def start(self) -> None:
        """Listen and serve in threads of its own."""
        self._server = _Server(("127.0.0.1", self.port), _handler(self))
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def kill(self) -> None:
        """Listen no more, and break off every connection."""
        if self._server is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._server.break_off()
        self._server = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, *arguments: Any) -> None:  # noqa: ANN401  # passed on as they come
        self.open: set[socket.socket] = set()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401
        self.open.discard(request)
        super().shutdown_request(request)

    def break_off(self) -> None:
        """Shut every connection, as a server that dies does."""
        for one in list(self.open):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """A client that went away is no news."""


def _handler(server: ChatServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            server.asked.append(request)
            server.keys.append(self.headers.get("authorization", ""))
            reply = server.script(request)
            if reply.status != 200:
                body = json.dumps({"error": {"message": f"no: {self.headers.get('authorization')}"}}).encode()
                self.send_response(reply.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                return
            is_ollama = self.path.endswith("/api/chat")
            self.send_response(200)
            self.send_header("content-type", "application/x-ndjson" if is_ollama else "text/event-stream")
            self.send_header("connection", "close")
            self.end_headers()
            self.close_connection = True
            for part in _lines(reply) if is_ollama else _events(reply):
                self.wfile.write(part)
                self.wfile.flush()
            time.sleep(reply.hangs)
            if reply.drops:
                self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, *arguments: Any) -> None:  # noqa: ANN401
            """Tests need no log of requests."""

    return Handler


def _events(reply: Reply) -> Iterator[bytes]:
    if reply.raw is not None:
        yield reply.raw
        return
    for piece in reply.pieces:
        time.sleep(reply.pause)
        yield _event({"content": piece}, None)
    if reply.ends is not None:
        yield _event({}, reply.ends)
        yield b"data: [DONE]\n\n"


def _lines(reply: Reply) -> Iterator[bytes]:
    """The same reply as Ollama streams it."""
    for piece in reply.pieces:
        time.sleep(reply.pause)
        yield _line({"message": {"role": "assistant", "content": piece}, "done": False})
    if reply.ends is not None:
        last = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": reply.ends}
        yield _line(last)


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps({"model": "scripted", "created_at": "2030-01-01T00:00:00Z", **record}).encode() + b"\n"


def _event(delta: dict[str, str], finish: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    record = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
    return f"data: {json.dumps(record, ensure_ascii=False)}\n\n".encode()


@contextmanager
def serving(script: Script) -> Iterator[ChatServer]:
    """A server for a while."""
    server = ChatServer(script)
    server.start()
    try:
        yield server
    finally:
        server.kill()
