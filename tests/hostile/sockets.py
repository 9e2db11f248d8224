"""Raw bytes to a server and what comes back: for requests that no HTTP library would send."""

import socket
from urllib.parse import urlsplit

_MOST = 4 << 20  # bytes of an answer that are read


def exchange(address: str, sent: bytes, patience: float = 10.0) -> bytes:
    """What the server answers until it closes the connection or says nothing for so many seconds."""
    with connected(address, patience) as connection:
        connection.sendall(sent)
        return read(connection)


def connected(address: str, patience: float = 10.0, source: str = "127.0.0.1") -> socket.socket:
    """A connection to the server."""
    host = urlsplit(address)
    return socket.create_connection((str(host.hostname), host.port or 80), patience, (source, 0))


def read(connection: socket.socket) -> bytes:
    """All that comes until the end, a reset or silence."""
    received = b""
    try:
        while len(received) < _MOST and (piece := connection.recv(65536)):
            received += piece
    except (TimeoutError, ConnectionResetError):
        return received
    return received


def request(address: str, line: str, *headers: str, body: bytes = b"", host: str | None = None) -> bytes:
    """A request as it goes over the line; the connection is to be closed after it."""
    own = urlsplit(address).netloc if host is None else host
    lines = (f"{line} HTTP/1.1", f"Host: {own}", "Connection: close", *headers)
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def statuses(received: bytes) -> list[int]:
    """The statuses of the answers, in order; 100 Continue is none."""
    found = [int(part[:3]) for part in received.split(b"HTTP/1.1 ")[1:]]
    return [status for status in found if status != 100]
