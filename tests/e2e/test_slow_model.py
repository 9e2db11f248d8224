"""A model server that takes its time: whoever waits for it waits alone."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.chat_server import ChatServer, Reply
from tests.bot.chat_server import serving as playing
from tests.e2e.asking import Reply as Answered
from tests.e2e.asking import send
from tests.e2e.driving import serving

QUESTION = "2024年徐汇区地区生产总值是多少？"
SENTENCE = "2024年徐汇区地区生产总值完成3931.2亿元，同比增长4.8%[1]。"
SLOW = 4.0  # seconds that the model takes
SOON = 2.0  # seconds, far less than the model takes and far more than an answer does
AT_ONCE = 2
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def model() -> Iterator[ChatServer]:
    """A model that writes one sentence, after a while."""
    with playing(lambda _: Reply([SENTENCE], pause=SLOW)) as running:
        yield running


@pytest.fixture(scope="module")
def address(model: ChatServer, data_dir: Path) -> Iterator[str]:
    """A server that has it write, two answers at once; it is warm, and the index is read."""
    settings = {"writer": "openai:slow", "writer_base_url": model.address, "writer_key": "sk-of-this-test"}
    with serving(data_dir, **settings, limit_writing=str(AT_ONCE), limit_at_once="1", limit_burst="1000") as found:
        while send(found, "GET", "/readyz").status != 200:
            time.sleep(0.1)
        assert asked(found)["writer"] == "openai:slow"
        yield found


def asked(address: str) -> dict[str, Any]:
    """The answer to the question by way of the API."""
    reply = send(address, "POST", "/api/v1/ask", json.dumps({"question": QUESTION}).encode(), JSON)
    assert reply.status == 200, reply.body
    found: dict[str, Any] = json.loads(reply.body)
    return found


def asked_on_the_page(address: str, session: str) -> dict[str, Any]:
    """The answer as the page gets it: by the queue and its stream."""
    record = {"data": [QUESTION, "[]", None], "fn_index": 0, "session_hash": session, "event_data": None}
    joined = send(address, "POST", "/gradio_api/queue/join", json.dumps(record).encode(), JSON)
    assert joined.status == 200, joined.body
    stream = send(address, "GET", f"/gradio_api/queue/data?session_hash={session}")
    events = [json.loads(line[6:]) for line in stream.body.decode().splitlines() if line.startswith("data: ")]
    (done,) = [event for event in events if event["msg"] == "process_completed"]
    data = done["output"]["data"][0]
    found: dict[str, Any] = json.loads(data if isinstance(data, str) else data["value"])
    return found


def timed(address: str, method: str, path: str, body: bytes | None = None) -> tuple[Answered, float]:
    """A request, and the seconds it took."""
    started = time.monotonic()
    reply = send(address, method, path, body, JSON if body else {})
    return reply, time.monotonic() - started


def test_who_waits_for_the_model_waits_alone(address: str) -> None:
    """While two answers are being written, others are answered at once in the report's words, and all else goes on."""
    given: list[dict[str, Any]] = []
    writing = [threading.Thread(target=lambda: given.append(asked(address))) for _ in range(AT_ONCE)]
    for thread in writing:
        thread.start()
    time.sleep(SLOW / 4)
    started = time.monotonic()
    others = [asked(address) for _ in range(3)]
    page = asked_on_the_page(address, "besideit")
    assert time.monotonic() - started < SOON
    assert {other["writer"] for other in others} == {"extractive"}
    assert all("3931.2亿元" in other["answer"] for other in others)
    assert "3931.2" in page["text"] and "请模型撰写的人很多" in page["html"]
    draft = json.dumps({"text": "地区生产总值3931.2亿元。"}).encode()
    for method, path, body in (
        ("GET", "/healthz", None),
        ("GET", "/", None),
        ("GET", "/api/v1/facts?limit=3", None),
        ("GET", "/youju/facts/rows?words=GDP", None),
        ("POST", "/api/v1/check", draft),
    ):
        reply, took = timed(address, method, path, body)
        assert reply.status == 200 and took < SOON, path
    for thread in writing:
        thread.join()
    assert [answer["writer"] for answer in given] == ["openai:slow"] * AT_ONCE


def test_pages_that_wait_for_the_model_keep_the_server_free(address: str) -> None:
    """More pages ask than are written for: the first get the model's words, the rest the report's, none fails."""
    given: list[dict[str, Any]] = []
    pages = [
        threading.Thread(target=lambda at=at: given.append(asked_on_the_page(address, f"page{at}"))) for at in range(12)
    ]
    for thread in pages:
        thread.start()
    time.sleep(SLOW / 2)
    assert timed(address, "GET", "/readyz")[1] < SOON
    assert len(given) == len(pages) - AT_ONCE
    for thread in pages:
        thread.join()
    assert len(given) == len(pages)
    assert all("3931.2" in answer["text"] for answer in given)
    assert sum("由模型 openai:slow 撰写" in answer["html"] for answer in given) == AT_ONCE
