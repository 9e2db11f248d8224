"""Servers while things go wrong around them: an index built anew or damaged, no room, nothing to write to, no home."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from bot.web.opening import _LOOK_EVERY
from tests.e2e.asking import send
from tests.e2e.driving import serving
from tests.faults.kills import ROOT
from tests.faults.surroundings import NEW, OLD, PATIENCE, QUESTION, becomes, namespace, revise, run, said


def test_an_index_built_anew_is_picked_up_by_every_server(place: Path, server: str) -> None:
    """Two servers answer from one index; a build beside them reaches both without a restart, page and all."""
    with serving(place / "data", reports=str(place / "reports")) as other:
        assert OLD in said(server) and OLD in said(other)
        revise(place)
        assert run(place, "index", "build").returncode == 0
        assert becomes(server, NEW) and becomes(other, NEW)
        report = send(server, "GET", "/youju/report?0000000000000000.0")
        assert NEW in report.body.decode("utf-8")
        assert report.headers["cache-control"] == "no-store"


def test_a_damaged_new_index_changes_nothing(place: Path, server: str) -> None:
    """A server goes on with the index that it has read when the one on the disk cannot be read."""
    assert OLD in said(server)
    revise(place)
    pointer = place / "data" / "index" / "CURRENT"
    pointer.write_text("generation-0000000000000000\n", encoding="utf-8")
    time.sleep(_LOOK_EVERY + 0.5)
    assert OLD in said(server)
    assert send(server, "GET", "/healthz").status == 200


def test_a_damaged_index_that_is_mended_is_picked_up(place: Path, server: str) -> None:
    """Built again, an index that was damaged has the same name: it is read all the same."""
    assert OLD in said(server)
    revise(place)
    assert run(place, "index", "build", YOUJU_DATA_DIR=str(place / "other")).returncode == 0
    built, index = place / "other" / "index", place / "data" / "index"
    pointer = (built / "CURRENT").read_text(encoding="utf-8")
    copy = shutil.copytree(built / pointer.strip(), index / pointer.strip())
    (copy / "facts.jsonl").write_bytes((copy / "facts.jsonl").read_bytes()[:-2])
    (index / "CURRENT").write_text(pointer, encoding="utf-8")
    time.sleep(_LOOK_EVERY * 2)
    assert OLD in said(server)
    assert run(place, "index", "build").returncode == 0
    assert (index / "CURRENT").read_text(encoding="utf-8") == pointer
    assert becomes(server, NEW)


def test_interrupted_it_ends_at_once_and_well(place: Path) -> None:
    """Told to stop, a server ends by itself, before long, also while it is still making itself ready."""
    environment = {**os.environ, "YOUJU_DATA_DIR": str(place / "data"), "YOUJU_REPORTS": str(place / "reports")}
    command = [sys.executable, "-m", "bot.cli", "chat", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        assert "有据已就绪" in server.stdout.readline()
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE) in (0, -signal.SIGTERM)


def mounted(place: Path, mount: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A command of the product with its data folder mounted in that way."""
    script = f'mkdir -p "$DATA"; {mount}; exec "$@"'
    return run(place, *arguments, under=(*namespace("mount"), "sh", "-c", script, "sh"), DATA=str(place / "data"))


def test_a_full_disk_is_told(place: Path) -> None:
    """A build on a disk without room says so in one line; a disk that holds an index still answers when full."""
    done = mounted(place, 'mount -t tmpfs -o size=64k none "$DATA"', "index", "build")
    assert done.returncode == 1
    assert "磁盘已满" in done.stderr and "Traceback" not in done.stderr
    assert run(place, "index", "build").returncode == 0
    full = 'cp -a "$DATA" /tmp/kept.$$; mount -t tmpfs -o size=4m none "$DATA"; cp -a /tmp/kept.$$/. "$DATA"'
    full += '; rm -r /tmp/kept.$$; cat /dev/zero > "$DATA/filled" 2>/dev/null'
    assert OLD in mounted(place, full, "ask", QUESTION).stdout


def test_a_read_only_folder_answers_and_refuses_to_build(place: Path) -> None:
    """With an index, nothing needs to be written to answer; a build says what keeps it."""
    assert run(place, "index", "build").returncode == 0
    read_only = 'mount --bind "$DATA" "$DATA"; mount -o remount,bind,ro "$DATA"'
    assert OLD in mounted(place, read_only, "ask", QUESTION).stdout
    done = mounted(place, read_only, "index", "build")
    assert done.returncode == 1
    assert "磁盘是只读的" in done.stderr and "Traceback" not in done.stderr


def test_a_bare_environment_answers(place: Path) -> None:
    """Without a locale, a home or a time zone the answer is the same."""
    done = run(place, "ask", QUESTION, LC_ALL="C", LANG="C", HOME="/nonexistent", TZ="nowhere/at-all")
    assert (done.returncode, OLD in done.stdout) == (0, True), done.stderr
