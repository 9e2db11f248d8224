"""Kills processes that write, at every named step and at random moments, and looks at what a new one finds."""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot.web.feedback import FILE_NAME, FeedbackStore
from tests.faults.victim import EXPORTED, content_of

ROOT = Path(__file__).resolve().parents[2]
_BEYOND = 1.2  # times as long as a build takes: so far may a random kill come after it has begun
_LONGEST_WRITING = 0.3


class Lost(AssertionError):
    """Something is wrong after a kill."""


def _start(task: str, folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-W", "ignore", "-m", "tests.faults.victim", task, str(folder), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def _done(task: str, folder: Path, *arguments: str) -> list[str]:
    with _start(task, folder, *arguments) as process:
        said, complaints = process.communicate(timeout=60)
    if "Traceback" in complaints:
        raise Lost(f"{task} {arguments}: {complaints}")
    return said.splitlines()


def seen(folder: Path) -> str:
    """What a fresh process reads: one line."""
    return _done("look", folder)[-1]


def steps(folder: Path, task: str = "build_until") -> list[str]:
    """The named steps of a build over another index, or of another task, in order."""
    trial = Path(shutil.copytree(folder, folder.with_name("trial")))
    said = _done(task, trial, "9", "-")
    shutil.rmtree(trial)
    return [line.split(" ", 2)[2] for line in said if line.startswith("step ")]


class Builds:
    """Builds of ever new versions of an index that are killed: what is read is wholly the old one or the new."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._version = 0
        self.published = 0  # kills after which the new index was there
        for older in ("-1", "0"):  # two generations, so that the next build has one to remove
            self._takes = self._seconds_of(older)
        self._read = seen(folder)

    def at_step(self, step: int) -> None:
        """One build that kills itself at that step."""
        self._version += 1
        self._died(_start("build_until", self.folder, str(self._version), str(step)))

    def at_random(self, draw: random.Random) -> None:
        """One build that is killed at some moment after it has begun."""
        self._version += 1
        process = _start("build", self.folder, str(self._version))
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(draw.random() * self._takes * _BEYOND)
        process.kill()
        self._died(process)

    def _seconds_of(self, version: str) -> float:
        """How long a build takes on this machine, counted from when it has begun."""
        with _start("build", self.folder, version) as process:
            assert process.stdout is not None
            process.stdout.readline()
            began = time.monotonic()
            process.communicate(timeout=60)
            return time.monotonic() - began

    def _died(self, process: "subprocess.Popen[str]") -> None:
        with process:
            _, complaints = process.communicate(timeout=60)
        if "Traceback" in complaints:
            raise Lost(complaints)
        read = seen(self.folder)
        if read == self._read:
            return
        if json.loads(read)["said"] != [f"第{self._version}版：办理实事{self._version}件。"]:
            raise Lost(f"after a kill of build {self._version}: {read}")
        self.published += 1
        self._read = read

    def finish(self) -> list[str]:
        """The next build goes through, says what it found, and leaves nothing half-made; gives what it said."""
        self._version += 1
        said = _done("build", self.folder, str(self._version))
        if f"第{self._version}版" not in seen(self.folder):
            raise Lost("the build after the kills did not go through")
        left = {path.name for path in self.folder.iterdir()} - {"CURRENT", "lock"}
        if len(left) > 2 or not all(name.startswith("generation-") for name in left):
            raise Lost(f"left behind: {left}")
        return said


def feedback_kept(folder: Path, kills: int, draw: random.Random) -> int:
    """Kill whoever keeps feedback so many times; all that was said to be kept is there. Gives how many that is."""
    said: set[str] = set()
    for _ in range(kills):
        said.update(line for line in _killed("feedback", folder, draw) if len(line) == 32)
    with closing(sqlite3.connect(folder / FILE_NAME)) as database:
        if database.execute("pragma integrity_check").fetchall() != [("ok",)]:
            raise Lost("the feedback database is damaged")
    missing = said - {row["answer"] for row in FeedbackStore(folder / FILE_NAME).rows()}
    if missing:
        raise Lost(f"{len(missing)} of {len(said)} were said to be kept and are not")
    return len(said)


def _killed(task: str, folder: Path, draw: random.Random) -> list[str]:
    """What a task that goes on without end said, line by line, until it was killed at some moment."""
    process = _start(task, folder)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(draw.random() * _LONGEST_WRITING)
    process.kill()
    with process:
        rest, complaints = process.communicate(timeout=60)
    if "Traceback" in complaints:
        raise Lost(f"{task}: {complaints}")
    return rest.split("\n")[:-1]  # the last line may be cut off


def exports_whole(folder: Path, kills: int, draw: random.Random) -> int:
    """Kill whoever writes a user's file, at each step and so many times: it is always whole. Gives the steps."""
    folder.mkdir()
    exported = folder / EXPORTED
    exported.write_bytes(content_of("0"))
    named = steps(folder, "export_until")
    for step in range(len(named)):
        with _start("export_until", folder, "7", str(step)) as process:
            process.wait(60)
        _is_whole(exported, at_least=0)
    for _ in range(kills):
        said = _killed("export", folder, draw)
        _is_whole(exported, at_least=int(said[-1]) if said else 0)
    return len(named)


def _is_whole(exported: Path, at_least: int) -> None:
    content = exported.read_bytes()
    version = content.partition(b"\n")[0].decode()
    if content != content_of(version) or (at_least and int(version) < at_least):
        raise Lost(f"{exported.name} is torn, or older than what was said to be written")


def backups_whole(folder: Path, kills: int, draw: random.Random) -> int:
    """Kill whoever copies the feedback and puts it back: both are whole each time. Gives how many copies were said."""
    number, copies = sum(1 for _ in FeedbackStore(folder / FILE_NAME).rows()), 0
    for _ in range(kills):
        copies += len(_killed("backups", folder, draw))
        for name in (FILE_NAME, "copy"):
            if not (folder / name).exists():
                continue
            with closing(sqlite3.connect(folder / name)) as database:
                if database.execute("pragma integrity_check").fetchall() != [("ok",)]:
                    raise Lost(f"{name} is damaged")
                if database.execute("select count(*) from feedback").fetchone() != (number,):
                    raise Lost(f"{name} has not all of the feedback")
    return copies


def flips(files: list[Path], number: int, draw: random.Random) -> Iterator[Path]:
    """Flip one bit of one of the files, so many times: each file is whole again before the next one is damaged."""
    for at in range(number):
        file = files[at % len(files)]
        whole = file.read_bytes()
        place = draw.randrange(len(whole))
        with file.open("r+b") as opened:
            opened.seek(place)
            opened.write(bytes([whole[place] ^ 1 << draw.randrange(8)]))
        try:
            yield file
        finally:
            with file.open("r+b") as opened:
                opened.seek(place)
                opened.write(whole[place : place + 1])
