"""The addresses of the server: those that SECURITY.md lists, and not one of Gradio's others."""

import re
import string
import subprocess
import sys
from itertools import product

import pytest

from bot.api.app import build as build_api
from bot.api.turns import Places
from bot.settings import Settings
from bot.web import addresses
from tests.conftest import ROOT
from tests.e2e.asking import send

_FILLED = ("ask", "predict", "../x", "https://example.org/", "etc/passwd", "%2e%2e", "0" * 32)
_METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE")
_CLOSED = (401, 404, 405)


def listed() -> list[str]:
    """The addresses that SECURITY.md lists."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- addresses -->\n```\n(.*?)```\n<!-- /addresses -->", text, re.DOTALL)
    assert found
    return found[1].splitlines()


def existing() -> list[str]:
    """The addresses that the server lets through."""
    api = build_api(lambda: None, Settings.load(), Places.of(Settings.load()))  # type: ignore[arg-type, return-value]
    paths = (re.sub(r"\{.*\}", "…", path) for path in api.openapi()["paths"])
    return sorted(
        {
            *(*addresses.EXACT, *addresses.QUEUE, "/youju/…/…", "/api/v1/openapi.json"),
            *(f"{start}…" for start in addresses.UNDER),
            *(f"/api/v1{path}" for path in paths),
        }
    )


def test_the_list_is_the_truth() -> None:
    """SECURITY.md lists just the addresses that exist."""
    assert listed() == existing()


def is_listed(path: str) -> bool:
    """Whether an address that was filled in is one of the list."""
    patterns = (re.escape(one).replace("…", ".+") for one in listed())
    return any(re.fullmatch(pattern, path) for pattern in patterns)


# In a process of its own: an app that is built and never run leaves loops and sockets behind.
_WALK = """
from bot.settings import Settings
from bot.web.app import build
from bot.web.opening import Opening

def routes(found, before=""):
    for route in found:
        path = before + (getattr(route, "path", None) or "")
        yield path
        yield from routes(getattr(route, "routes", None) or getattr(getattr(route, "app", None), "routes", ()), path)
        yield from routes(getattr(getattr(route, "original_router", None), "routes", ()), before)

settings = Settings.load()
print(*{path for path in routes(build(Opening(settings), settings).routes) if path}, sep="\\n")
"""


@pytest.fixture(scope="module")
def all_routes() -> set[str]:
    """Every route that some part of the program has, Gradio's included."""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", _WALK], cwd=ROOT, capture_output=True, check=True)
    return set(done.stdout.decode("utf-8").split())


def test_a_scan_finds_only_what_is_listed(address: str, all_routes: set[str]) -> None:
    """Each route of the program with each filling and method: what is not listed is not there."""
    assert len(all_routes) > 80 and "/gradio_api/upload" in all_routes
    tried = 0
    for route, filling in product(sorted(all_routes), _FILLED):
        path = re.sub(r"\{[^}]*\}", filling, route)
        if is_listed(path):
            continue
        for method in _METHODS if filling == _FILLED[0] else ("GET",):
            assert send(address, method, path).status in _CLOSED, (method, path)
            tried += 1
        if "{" not in route:
            assert send(address, "GET", f"{path}/").status in _CLOSED
    assert tried > 300


@pytest.mark.parametrize("start", ["/youju/", "/gradio_api/", "/api/v1/", "/"])
def test_neighbours_of_what_is_listed_are_not_there(address: str, start: str) -> None:
    """Short names that nobody listed, and listed ones spelt otherwise, are not there."""
    for name in (
        *string.ascii_lowercase,
        "facts/",
        "FACTS",
        "facts%00",
        "facts.json",
        "check/x",
        ".env",
        "static/../x",
    ):
        if not is_listed(f"{start}{name}"):
            assert send(address, "GET", f"{start}{name}").status in _CLOSED, name


def test_no_websocket(address: str) -> None:
    """An upgrade is not taken."""
    headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    reply = send(address, "GET", "/gradio_api/queue/data", headers={**headers, "Sec-WebSocket-Key": "eA=="})
    assert reply.status in (400, 404, 426)


@pytest.mark.parametrize("path", ["/gradio_api/run/predict", "/youju/feedback", "/api/v1/ask", "/youju/check"])
def test_no_other_site_sends_requests(address: str, path: str) -> None:
    """What a browser says comes from another site's page is refused, with a sentence."""
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.org"}):
        reply = send(address, "POST", path, b"{}", {"Content-Type": "application/json", **headers})
        assert reply.status == 403
        assert "网" in reply.body.decode("utf-8")
        assert "access-control-allow-origin" not in reply.headers
    own = {"Origin": address.rstrip("/"), "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
    assert send(address, "POST", path, b"{}", own).status == 422
