"""Hostile text over MCP: each call to each tool gets a result, in words of ours, and nothing of it is obeyed."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from bot.settings import Settings
from tests.conftest import ROOT
from tests.e2e.asking import Reply, send
from tests.hostile.sockets import exchange, request, statuses
from tests.hostile.texts import HOSTILE, LONG, NOT_TEXT, PLANTED

ACCEPTS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
ARGUMENT = {"ask": "question", "check": "text", "find_facts": "words", "get_passage": "id"}
_ENGLISH = re.compile(r"errors\.pydantic|validation error|Error executing|Traceback|input_value")


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[str]:
    """The address of a `youju mcp --http` that takes any number of calls."""
    given = {"YOUJU_DATA_DIR": str(settings.data_dir), "PYTHONUNBUFFERED": "1"}
    given |= {"YOUJU_LIMIT_BURST": "100000", "YOUJU_LIMIT_PER_MINUTE": "100000"}
    command = [sys.executable, "-m", "bot.cli", "mcp", "--http", "--port", "0"]
    started = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **given}, stdout=subprocess.PIPE, encoding="utf-8")
    with started as process:
        assert process.stdout is not None
        found = next((found for line in process.stdout if (found := re.search(r"(http://\S+)mcp", line))), None)
        assert found
        yield found[1]
        process.terminate()


def call(address: str, tool: str, arguments: object) -> Reply:
    """One call of a tool as JSON writes it, lone surrogates and all."""
    record = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    return send(address, "POST", "/mcp", json.dumps(record).encode(), ACCEPTS)


def result(reply: Reply) -> dict[str, Any]:
    """What the call gave, or what is said to be wrong with it."""
    record = json.loads(reply.body)
    found: dict[str, Any] = record.get("result") or record["error"]
    return found


def is_whole(text: str) -> bool:
    """Whether the text has no lone surrogate: JSON may write one, but it names no character."""
    return not any("\ud800" <= one <= "\udfff" for one in text)


def said(reply: Reply) -> str:
    """All words of the result."""
    return json.dumps(result(reply), ensure_ascii=False)


def test_every_hostile_question_gets_its_answer(address: str) -> None:
    """Answered, refused, or an error that says in Chinese what is wrong; no order is obeyed, none is internal."""
    for text in HOSTILE:
        reply = call(address, "ask", {"question": text})
        assert reply.status == (200 if is_whole(text) else 400), text
        found = result(reply)
        assert not _ENGLISH.search(said(reply)), text
        assert "内部出错" not in said(reply), text
        if not found.get("isError") and "structuredContent" in found:
            answer = found["structuredContent"]
            assert answer["status"] in ("answered", "refused")
            assert not any(PLANTED in short for short in answer["short"]), text


@pytest.mark.parametrize("tool", ["check", "find_facts", "get_passage"])
def test_the_other_tools_take_it_as_text(address: str, tool: str) -> None:
    """A hostile draft is checked, hostile words find nothing, a hostile id is unknown: each in words of ours."""
    for text in HOSTILE[::3]:
        reply = call(address, tool, {ARGUMENT[tool]: text})
        assert reply.status == (200 if is_whole(text) else 400), text
        assert not _ENGLISH.search(said(reply)), text
        assert "内部出错" not in said(reply), text


def test_what_is_no_text_is_told_in_chinese(address: str) -> None:
    """A value of another type, another name, too much or nothing: what is wrong is said, and not repeated."""
    wrong: list[tuple[str, object]] = [(tool, {ARGUMENT[tool]: value}) for tool in ARGUMENT for value in NOT_TEXT]
    wrong += [("ask", {}), ("ask", {"question": LONG[1] * 3}), ("check", {"text": "甲" * 60_000}), ("ask", [])]
    wrong += [("find_facts", {"limit": 10**30}), ("find_facts", {"year": "99999"}), ("../ask", {}), ("<b>", {"a": 1})]
    for tool, arguments in wrong:
        reply = call(address, tool, arguments)
        assert reply.status in (200, 400), (tool, arguments)
        assert not _ENGLISH.search(said(reply)), said(reply)


BODIES = (
    b"",
    b"{",
    b"[]",
    b"[" * 20_000,
    b'{"a":' * 5_000,
    b"\xff\xfe",
    b'{"jsonrpc": "2.0", "method": "x"}',
    b"9" * 5_000,
)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:12]))
def test_odd_bodies_are_refused(address: str, body: bytes) -> None:
    """What is no call is refused without a trace, and the server goes on."""
    reply = send(address, "POST", "/mcp", body, ACCEPTS)
    assert reply.status < 500
    assert b"Traceback" not in reply.body and b"site-packages" not in reply.body
    assert call(address, "ask", {"question": "2024年拆除违法建筑多少处？"}).status == 200


def test_there_is_one_address(address: str) -> None:
    """Only /mcp is there; the names, the sizes and the headers are watched as those of the page are."""
    for path in ("/", "/healthz", "/metrics", "/mcp/x", "/sse", "/messages/", "/.well-known/oauth-protected-resource"):
        assert send(address, "GET", path).status == 404, path
    assert send(address, "DELETE", "/mcp").status == 405
    assert send(address, "POST", "/mcp", b"a" * (1 << 21), ACCEPTS).status == 413
    assert send(address, "POST", "/mcp", b"{}", {**ACCEPTS, "Origin": "https://example.org"}).status == 403
    assert statuses(exchange(address, request(address, "GET /mcp", host="example.org"))) == [400]
    assert send(address, "GET", "/").headers["x-content-type-options"] == "nosniff"
