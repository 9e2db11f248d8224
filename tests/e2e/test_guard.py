"""What the server lets in: known addresses, small requests, few questions at a time; and what it says back."""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from bot.web.guard import RateLimit


def send(
    address: str, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """One raw request: its status, headers and body."""
    host = urlsplit(address)
    connection = http.client.HTTPConnection(str(host.hostname), host.port, timeout=10)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/", "/healthz", "/manifest.json", "/youju/report", "/readyz"])
def test_the_page_and_its_files_are_served(address: str, path: str) -> None:
    """Whatever the page needs is there."""
    assert send(address, "GET", path)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/api/predict",
        "/gradio_api/api/ask",
        "/gradio_api/call/ask",
        "/gradio_api/queue/join",
        "/gradio_api/queue/data",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=https://example.org/",
        "/gradio_api/proxy=https://example.org/",
        "/gradio_api/queue/../upload",
        "//gradio_api/upload",
        "/GRADIO_API/upload",
        "/gradio_api/%75pload",
        "/gradio_api/component_server",
        "/gradio_api/deep_link",
        "/monitoring",
        "/monitoring/summary",
        "/openapi.json",
        "/docs",
        "/login",
        "/youju/../app.py",
        "/youju/..%2fapp.py",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_else_exists(address: str, method: str, path: str) -> None:
    """Uploads, files, proxies, direct runs, monitoring and whatever Gradio adds next are not there."""
    assert send(address, method, path, b"" if method == "POST" else None)[0] in (404, 405)


def test_every_answer_carries_the_security_headers(address: str) -> None:
    """Known address or not, the headers are there, and each page has a nonce of its own."""
    _, first, page = send(address, "GET", "/")
    _, second, _ = send(address, "GET", "/nowhere")
    for headers in (first, second):
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert first["content-security-policy"] != second["content-security-policy"]
    nonce = first["content-security-policy"].split("'nonce-")[1].split("'")[0]
    text = page.decode("utf-8")
    assert text.count("<script") == text.count(f'<script nonce="{nonce}"') > 0


def test_no_other_site_may_read_answers(address: str) -> None:
    """A foreign origin gets no permission, a foreign host name no page."""
    _, headers, _ = send(address, "GET", "/config", Origin="https://example.org")
    assert "access-control-allow-origin" not in headers
    assert send(address, "GET", "/", Host="example.org")[0] == 400


def test_a_large_request_is_refused(address: str) -> None:
    """More than a question needs is not even read."""
    body = json.dumps({"data": ["长" * 40_000, "", None]}).encode()
    assert send(address, "POST", "/gradio_api/run/predict", body, Content_Type="application/json")[0] == 413


def test_feedback_on_an_unknown_answer_is_refused(address: str) -> None:
    """Only answers that this server gave can be judged, and only in the agreed form."""
    known = json.dumps({"answer": "0" * 32, "useful": True}).encode()
    assert send(address, "POST", "/youju/feedback", known, Content_Type="application/json")[0] == 410
    extra = json.dumps({"answer": "0" * 32, "useful": True, "name": "张三"}).encode()
    assert send(address, "POST", "/youju/feedback", extra, Content_Type="application/json")[0] == 422


def test_asking_has_a_burst_and_a_pace() -> None:
    """So many at once, then so many a second, each address for itself."""
    now = [0.0]
    limit = RateLimit(burst=2, rate=1, clock=lambda: now[0])
    assert [limit.allows("a") for _ in range(3)] == [True, True, False]
    assert limit.allows("b")
    now[0] += 1
    assert [limit.allows("a") for _ in range(2)] == [True, False]


def test_what_is_long_counts_as_several() -> None:
    """A long draft takes as much of a burst as several questions, but never all of it."""
    limit = RateLimit(burst=60, rate=0, clock=lambda: 0.0)
    assert [limit.allows("a", 150_000) for _ in range(4)] == [True, True, True, False]
    assert limit.allows("a")
    assert limit.allows("b", 1 << 40) and limit.allows("b", 1 << 40)
