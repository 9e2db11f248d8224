"""A machine that misbehaves: a clock that is set back, no network, files that may not grow, two builds at once."""

import contextlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.web.feedback import FILE_NAME, FeedbackStore
from tests.conftest import ROOT
from tests.e2e.asking import Reply, ask, send
from tests.e2e.driving import serving
from tests.e2e.test_running import Running, started
from tests.faults.surroundings import NEW, OLD, PATIENCE, QUESTION, becomes, namespace, revise, run, said

# Whatever a program asks the C library for the time of day, it gets so many seconds more as a file says.
CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <sys/time.h>
static long shift(void) {
    long by = 0;
    FILE *file = fopen(getenv("CLOCK_SHIFT"), "r");
    if (file) { if (fscanf(file, "%ld", &by) != 1) by = 0; fclose(file); }
    return by;
}
int clock_gettime(clockid_t kind, struct timespec *at) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int done = real(kind, at);
    if (!done && kind == CLOCK_REALTIME) at->tv_sec += shift();
    return done;
}
time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *at, void *zone) {
    struct timespec now;
    (void) zone;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}
"""
TEN_YEARS = 10 * 365 * 24 * 3600
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the seconds by which the clock of every program that is started is wrong."""
    if shutil.which("cc") is None:
        pytest.skip("no C compiler: no clock can be set back")
    (tmp_path / "clock.c").write_text(CLOCK, encoding="utf-8")
    library, shift = tmp_path / "clock.so", tmp_path / "shift"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, tmp_path / "clock.c", "-ldl"], check=True)
    shift.write_text("0", encoding="utf-8")
    monkeypatch.setenv("LD_PRELOAD", str(library))
    monkeypatch.setenv("CLOCK_SHIFT", str(shift))
    return shift


def judge(address: str) -> Reply:
    """Feedback on a new answer."""
    body = json.dumps({"answer": ask(address, QUESTION).shown["id"], "useful": True}).encode()
    return send(address, "POST", "/youju/feedback", body, JSON)


def year(address: str) -> int:
    """The year that the server takes it for."""
    return int(send(address, "GET", "/healthz").headers["date"].split()[3])


def test_a_clock_that_is_set_back_changes_no_answer(place: Path, clock: Path) -> None:
    """Ten years back while it runs: it answers, keeps feedback in order, limits as before and takes a new index."""
    limits = {"limit_burst": "16", "limit_per_minute": "1", "password": "open-sesame"}
    with serving(place / "data", reports=str(place / "reports"), **limits) as address:
        entered = send(address, "POST", "/youju/enter", b"password=open-sesame")
        cookie = {"Cookie": entered.headers["set-cookie"].partition(";")[0]}

        def asked() -> Reply:
            record = {"data": [QUESTION, "[]", None], "fn_index": 0, "session_hash": "a", "event_data": None}
            return send(address, "POST", "/gradio_api/run/predict", json.dumps(record).encode(), {**JSON, **cookie})

        def judged() -> int:
            body = json.dumps({"answer": asked().shown["id"], "useful": True}).encode()
            return send(address, "POST", "/youju/feedback", body, {**JSON, **cookie}).status

        now = year(address)
        assert judged() == 204
        clock.write_text(str(-TEN_YEARS), encoding="utf-8")
        until = time.monotonic() + PATIENCE
        while year(address) > now - 9:  # the server looks at the clock once a second
            assert time.monotonic() < until
            time.sleep(0.2)
        assert judged() == 204
        rows = list(FeedbackStore(place / "data" / FILE_NAME).rows())
        assert len(rows) == 2 and rows[1]["at"] < rows[0]["at"]
        revise(place)
        under = ("env", *(f"{name}={os.environ[name]}" for name in ("LD_PRELOAD", "CLOCK_SHIFT")))
        assert run(place, "index", "build", under=under).returncode == 0
        statuses = [asked().status for _ in range(20)]
        assert statuses[0] == 200 and statuses[-1] == 429
        clock.write_text(str(TEN_YEARS), encoding="utf-8")
        assert send(address, "GET", "/", headers=cookie).status == 401  # the visit has ended; nothing else has


@contextlib.contextmanager
def mcp(place: Path) -> Iterator[str]:
    """The address of a running MCP server."""
    given = {"YOUJU_DATA_DIR": str(place / "data"), "YOUJU_REPORTS": str(place / "reports"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "bot.cli", "mcp", "--http", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **given}, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        found = next((found for line in process.stdout if (found := re.search(r"(http://\S+)mcp", line))), None)
        assert found
        yield found[1]
        process.terminate()


def called(address: str) -> str:
    """The answer by way of MCP."""
    params = {"name": "ask", "arguments": {"question": QUESTION}}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}).encode()
    reply = send(address, "POST", "/mcp", body, {**JSON, "Accept": "application/json, text/event-stream"})
    return str(json.loads(reply.body)["result"]["structuredContent"]["answer"])


def test_an_mcp_server_picks_up_a_new_index(place: Path) -> None:
    """An assistant's server runs for days: it answers from the index that was built meanwhile."""
    with mcp(place) as address:
        assert OLD in called(address)
        revise(place)
        assert run(place, "index", "build").returncode == 0
        assert becomes(address, NEW, called)


def test_without_a_network_it_answers(place: Path) -> None:
    """In a machine with loopback alone the command answers, and the page is served and answers too."""
    bare = namespace("net")
    done = run(place, "ask", QUESTION, under=bare)
    assert (done.returncode, OLD in done.stdout) == (0, True), done.stderr
    program = (
        "import sys; from pathlib import Path; from tests.e2e.driving import serving; from tests.e2e.asking import *\n"
        "with serving(Path(sys.argv[1])) as address:\n"
        "    print(send(address, 'GET', '/').status, ask(address, sys.argv[2]).shown['text'])"
    )
    up = ("sh", "-c", 'ip link set lo up && exec "$@"', "sh")
    environment = {**os.environ, "YOUJU_REPORTS": str(place / "reports")}
    served = subprocess.run(
        [*bare, *up, sys.executable, "-c", program, str(place / "data"), QUESTION],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert served.stdout.startswith("200 ") and OLD in served.stdout, served.stderr


def test_two_builds_at_once_leave_one_whole_index(place: Path) -> None:
    """Of builds that begin together each goes through or says that another is under way; then there is one index."""
    assert run(place, "index", "build").returncode == 0
    revise(place)
    given = {"PATH": os.environ["PATH"], "YOUJU_DATA_DIR": str(place / "data"), "YOUJU_REPORTS": str(place / "reports")}
    command = [sys.executable, "-W", "ignore", "-m", "bot.cli", "index", "build"]
    builds = [
        subprocess.Popen(command, cwd=ROOT, env=given, stderr=subprocess.PIPE, encoding="utf-8") for _ in range(3)
    ]
    said_of = [(build.communicate(timeout=120)[1], build.returncode) for build in builds]
    assert any(code == 0 for _, code in said_of)
    assert all(code == 0 or "另一个进程正在建立索引" in complaints for complaints, code in said_of)
    assert all("Traceback" not in complaints for complaints, _ in said_of)
    assert run(place, "index", "verify").returncode == 0
    assert NEW in run(place, "ask", QUESTION).stdout
    left = {path.name for path in (place / "data" / "index").iterdir()} - {"CURRENT", "lock"}
    assert all(name.startswith("generation-") for name in left) and len(left) <= 2


def test_questions_at_once_without_an_index_share_one_build(place: Path) -> None:
    """The first question builds the index; those that come meanwhile wait for it and are answered too."""
    given = {"PATH": os.environ["PATH"], "YOUJU_DATA_DIR": str(place / "data"), "YOUJU_REPORTS": str(place / "reports")}
    command = [sys.executable, "-W", "ignore", "-m", "bot.cli", "ask", QUESTION]
    asking = [
        subprocess.Popen(command, cwd=ROOT, env=given, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for process in asking:
        answer, complaints = process.communicate(timeout=120)
        assert OLD in answer, complaints


def test_files_that_may_not_grow_are_told(place: Path) -> None:
    """Where no file may be longer than so much, a build and an export say so; the old index and file are there."""
    assert run(place, "index", "build").returncode == 0
    table = place / "facts.csv"
    assert run(place, "facts", "--csv", str(table)).returncode == 0
    whole = table.read_bytes()
    revise(place)
    limited = ("sh", "-c", 'ulimit -f 1; exec "$@"', "sh")
    build = run(place, "index", "build", under=limited)
    assert build.returncode == 1
    assert "Traceback" not in build.stderr and "错误：" in build.stderr
    assert OLD in run(place, "ask", QUESTION, YOUJU_REPORTS=str(_as_it_was(place))).stdout
    (place / "large").mkdir()
    export = run(place, "facts", "--csv", str(table), under=limited, YOUJU_REPORTS=str(_as_it_was(place)))
    assert "Traceback" not in export.stderr
    assert table.read_bytes() == whole


def _as_it_was(place: Path) -> Path:
    """A folder with the report before it was revised."""
    folder = place / "before"
    if not folder.exists():
        folder.mkdir()
        text = (place / "reports" / "sample.txt").read_text(encoding="utf-8")
        (folder / "sample.txt").write_text(text.replace(NEW, OLD), encoding="utf-8")
    return folder


@pytest.fixture
def running(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A server whose process can be laid hands on."""
    monkeypatch.setenv("YOUJU_REPORTS", str(place / "reports"))
    with started(place, place / "data") as found:
        yield found


def test_feedback_without_room_is_told_and_comes_back(running: Running) -> None:
    """Where nothing more can be written, feedback gets 503 and answers go on; with room again it is kept."""
    assert judge(running.address).status == 204
    resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    refused = judge(running.address)
    assert (refused.status, refused.headers["retry-after"]) == (503, "30")
    assert OLD in said(running.address)
    resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert judge(running.address).status == 204
