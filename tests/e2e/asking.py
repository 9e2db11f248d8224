"""Raw requests to a running server: one at a time, and a question as the page's script asks it."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

ASK = "/gradio_api/run/predict"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for a request; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def shown(self) -> dict[str, Any]:
        """The answer in the reply to a question, as the page's script reads it."""
        data = json.loads(self.body)["data"][0]
        read: dict[str, Any] = json.loads(data if isinstance(data, str) else data["value"])
        return read


def send(
    address: str,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    source: str = "127.0.0.1",
) -> Reply:
    """One request, sent from the address `source`."""
    host = urlsplit(address)
    connection = http.client.HTTPConnection(str(host.hostname), host.port, timeout=30, source_address=(source, 0))
    try:
        connection.request(method, path, body, dict(headers or {}))
        answer = connection.getresponse()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def ask(address: str, question: object, past: object = "[]", source: str = "127.0.0.1") -> Reply:
    """The question box's own request with whatever is given as the question."""
    record = {"data": [question, past, None], "fn_index": 0, "session_hash": "asking", "event_data": None}
    return send(address, "POST", ASK, json.dumps(record).encode(), {"Content-Type": "application/json"}, source=source)
