"""The API behind the page's border: its limits, its password, its keys."""

import json
from pathlib import Path

from bot.api.problems import MEDIA_TYPE
from tests.e2e.driving import serving
from tests.e2e.test_guard import send

ASK = json.dumps({"question": "2024年拆除违法建筑多少处？"}).encode()
KEY = "a-key-of-this-test-1"


def ask(address: str, **headers: str) -> tuple[int, dict[str, str], dict[str, object]]:
    """One question: its status, headers and JSON."""
    status, found, body = send(address, "POST", "/api/v1/ask", ASK, Content_Type="application/json", **headers)
    return status, found, json.loads(body)


def test_asking_too_fast_is_a_problem(data_dir: Path) -> None:
    """After the burst the API says when to come back; its health check and description stay open."""
    with serving(data_dir, limit_burst="2", limit_per_minute="1") as address:
        assert [ask(address)[0] for _ in range(2)] == [200, 200]
        status, headers, problem = ask(address)
        assert (status, problem["reason"], headers["content-type"]) == (429, "too-fast", MEDIA_TYPE)
        assert int(headers["retry-after"]) > 0
        assert send(address, "GET", "/api/v1/facts")[0] == 429
        assert {send(address, "GET", f"/api/v1/{name}")[0] for name in ("healthz", "openapi.json")} == {200}


def test_a_password_without_keys_closes_the_api(data_dir: Path) -> None:
    """Who has not entered gets a problem, not the form."""
    with serving(data_dir, password="open-sesame") as address:
        status, headers, problem = ask(address)
        assert (status, problem["reason"], headers["content-type"]) == (401, "unauthorized", MEDIA_TYPE)
        assert send(address, "GET", "/api/v1/healthz")[0] == 200


def test_a_key_opens_the_api_but_not_the_page(data_dir: Path) -> None:
    """Programs need the key and no password; the page still asks for its own."""
    with serving(data_dir, password="open-sesame", api_keys=KEY) as address:
        assert ask(address)[0] == 401
        assert ask(address, Authorization=f"Bearer {KEY}")[0] == 200
        assert send(address, "GET", "/", Authorization=f"Bearer {KEY}")[0] == 401


def test_every_answer_of_the_api_carries_the_security_headers(address: str) -> None:
    """And no other site may read it or send to it."""
    status, headers, _ = ask(address)
    assert status == 200
    assert headers["x-content-type-options"] == "nosniff"
    status, headers, problem = ask(address, Origin="https://example.org")
    assert (status, problem["reason"]) == (403, "foreign")
    assert "access-control-allow-origin" not in headers
