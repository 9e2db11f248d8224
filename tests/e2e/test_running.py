"""What whoever runs the server sees: its health, its log, its numbers; and how it ends."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.web import logs
from bot.web.logs import _Json, _Text
from bot.web.traffic import Traffic
from tests.e2e.asking import Reply, ask, send

QUESTION = "2024年徐汇区地区生产总值是多少？"
PLANTED = "13812345678"
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Running:
    """A server that writes its log to a file and gives its numbers on a port."""

    address: str
    metrics: str
    log: Path
    process: "subprocess.Popen[str]"

    def lines(self) -> list[dict[str, object]]:
        """What has been logged so far."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def started(folder: Path, data_dir: Path) -> Iterator[Running]:
    """A server with everything that tells about it switched on."""
    port = free_port()
    given = {"YOUJU_DATA_DIR": str(data_dir), "YOUJU_PORT": "0", "YOUJU_LOG": "json", "YOUJU_METRICS_PORT": str(port)}
    with (folder / "log").open("w", encoding="utf-8") as log:
        command = [sys.executable, "-m", "bot.cli", "chat"]
        environment = {**os.environ, **given, "PYTHONWARNINGS": "ignore"}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, encoding="utf-8")
        with process:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found
            running = Running(found.group(), f"http://127.0.0.1:{port}/", folder / "log", process)
            until = time.monotonic() + _PATIENCE
            while send(running.address, "GET", "/readyz").status != 200:
                assert time.monotonic() < until
                time.sleep(0.1)
            try:
                yield running
            finally:
                process.terminate()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, data_dir: Path, address: str) -> Iterator[Running]:
    """A server of this module's own; `address` has built the index before."""
    del address
    folder = tmp_path_factory.mktemp("running")
    (folder / "index").symlink_to(data_dir / "index")
    with started(folder, folder) as found:
        yield found


def test_it_is_healthy_and_ready(running: Running) -> None:
    """Healthy as soon as it listens, ready with the name of its index; both without a password and not cached."""
    assert json.loads(send(running.address, "GET", "/healthz").body) == {"status": "ok"}
    assert json.loads(send(running.address, "GET", "/readyz").body)["index"].startswith("generation-")


def test_the_log_has_numbers_and_no_words(running: Running) -> None:
    """Each request has a number, told to whoever sent it and written in each line; what was asked is nowhere."""
    reply = ask(running.address, f"{QUESTION}我是{PLANTED}")
    assert reply.status == 200
    ask(running.address, [PLANTED])
    send(running.address, "GET", f"/{PLANTED}?q={PLANTED}")
    time.sleep(0.2)
    mine = [line for line in running.lines() if line.get("request") == reply.headers["x-request-id"]]
    assert [line["message"] for line in mine] == ["answer", "request"]
    assert mine[1]["route"] == "/gradio_api/run/predict"
    text = running.log.read_text(encoding="utf-8")
    assert PLANTED not in text and "生产总值" not in text and "127.0.0.1" not in text


def test_the_numbers_are_counted(running: Running) -> None:
    """Questions by outcome, times, requests by address and the index are given to Prometheus, on loopback."""

    def value(start: str) -> float:
        text = send(running.metrics, "GET", "/metrics").body.decode("utf-8")
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(start))

    answered = 'youju_questions_total{reason="",status="answered",writer="extractive"}'
    refused = 'youju_questions_total{reason="other-place"'
    before = value(answered), value(refused), value("youju_answer_seconds_count")
    ask(running.address, QUESTION)
    ask(running.address, "浦东新区2024年GDP是多少？")
    assert (value(answered), value(refused)) == (before[0] + 1, before[1] + 1)
    assert value("youju_answer_seconds_count") == before[2] + 2
    assert value("youju_index{generation=") == 1
    assert value('youju_requests_total{route="/gradio_api/run/predict",status="200"}') >= 2
    assert "youju_writer_fallbacks_total" in send(running.metrics, "GET", "/metrics").body.decode("utf-8")
    assert send(running.address, "GET", "/metrics").status == 404


def test_the_numbers_port_gives_numbers_alone(running: Running) -> None:
    """Whatever is asked for there, and however, it is counts and times: no file, no setting, no word of a question."""
    ask(running.address, f"{QUESTION}我是{PLANTED}")
    for method, path in (("GET", "/"), ("GET", "/../../etc/passwd"), ("GET", "/config"), ("POST", "/metrics")):
        reply = send(running.metrics, method, path)
        assert reply.status < 500
        lines = [line for line in reply.body.decode("utf-8").splitlines() if not line.startswith("#")]
        assert all(re.fullmatch(r"youju_\w+(\{[^}]*\})? \S+", line) for line in lines), path
        assert PLANTED not in reply.body.decode("utf-8") and "生产总值" not in reply.body.decode("utf-8")


FLOODER, OTHER = "127.0.0.2", "127.0.0.3"
LONG = "2024年各街道镇公厕、绿地、违法建筑、养老床位、托育、就业、财政、外资、消费、进出口分别是多少，增长多少？" * 8
FLOODS = {
    "a question": (lambda address: ask(address, QUESTION, source=FLOODER)),
    "long ones after long ones": (lambda address: ask(address, LONG, json.dumps([LONG] * 6), source=FLOODER)),
    "the page": (lambda address: send(address, "GET", "/", source=FLOODER)),
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_one_that_floods_does_not_starve_the_rest(
    data_dir: Path, running: Running, flood: Callable[[str], Reply], tmp_path: Path
) -> None:
    """While one address asks without end and is turned away, another gets the page and every answer, and soon."""
    del running  # it has built the index
    stop, flooded = threading.Event(), []
    (tmp_path / "index").symlink_to(data_dir / "index")

    def without_end(address: str) -> None:
        while not stop.is_set():
            flooded.append(flood(address).status)

    with started(tmp_path, tmp_path) as own:
        threads = [threading.Thread(target=without_end, args=(own.address,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        try:
            until = time.monotonic() + _PATIENCE
            while 429 not in flooded and time.monotonic() < until:
                time.sleep(0.05)
            begun = time.monotonic()
            replies = [ask(own.address, QUESTION, source=OTHER) for _ in range(20)]
            took = time.monotonic() - begun
            page = send(own.address, "GET", "/", source=OTHER)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    assert {reply.status for reply in replies} == {200} == {page.status}
    assert all("3931.2" in reply.shown["text"] for reply in replies)
    assert set(flooded) <= {200, 429}
    assert took < _PATIENCE


@pytest.mark.parametrize(("requests", "ending", "full"), [(2, False, False), (3, False, True), (0, True, True)])
def test_full_is_full(requests: int, ending: bool, full: bool) -> None:
    """So many requests at once and no more; none at all once the end has been told."""
    traffic = Traffic(2, ending=ending)
    traffic.count(requests, 0)
    assert traffic.is_full is full


def test_one_client_does_not_take_the_places_of_all() -> None:
    """Half of the open requests are for one client at most; what is over is given back."""
    traffic = Traffic(100)
    for _ in range(51):
        traffic.count(1, 0, "a")
    assert traffic.is_full_for("a") and not traffic.is_full_for("b") and not traffic.is_full
    traffic.count(-1, 0, "a")
    assert not traffic.is_full_for("a")
    for _ in range(50):
        traffic.count(-1, 0, "a")
    assert not traffic.clients


@pytest.mark.parametrize("form", [_Json(), _Text()], ids=["json", "text"])
def test_an_error_is_told_without_its_words(form: "_Json | _Text") -> None:
    """Of what went wrong the log has the kind and the place, and no terminal escape."""
    import logging

    try:
        raise KeyError(PLANTED)
    except KeyError:
        record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "坏了\x1b[2J", None, sys.exc_info())
    line = form.format(record)
    assert PLANTED not in line and "\x1b" not in line
    assert "KeyError" in line and "test_running.py" in line


def test_setting_up_takes_over_the_root() -> None:
    """One handler for all that is logged, in the form that was set."""
    import logging

    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    try:
        logs.set_up("json")
        assert [type(handler.formatter) for handler in root.handlers] == [_Json]
        logs.set_up("quiet")
        assert not logging.getLogger(logs.NAME).isEnabledFor(logging.INFO)
    finally:
        root.handlers[:] = kept
        root.setLevel(level)


def test_told_to_end_it_answers_what_was_asked(running: Running) -> None:
    """Questions that are under way when the server is told to end get their answers. (The last test: it ends it.)"""
    host = urlsplit(running.address)
    data = ["新曾绿第" * 100, json.dumps(["新增绿地多少？"] * 6), None]
    body = json.dumps({"data": data, "fn_index": 0, "session_hash": "ending"}).encode()
    head = f"POST /gradio_api/run/predict HTTP/1.1\r\nHost: {host.netloc}\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection((str(host.hostname), host.port or 80), timeout=_PATIENCE) as connection:
        connection.sendall(head.encode() + body)
        time.sleep(0.05)
        running.process.send_signal(signal.SIGTERM)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    assert received.startswith(b"HTTP/1.1 200")
    assert json.loads(received.partition(b"\r\n\r\n")[2])["data"][0]
    assert running.process.wait(_PATIENCE) in (0, -signal.SIGTERM)
