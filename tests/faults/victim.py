"""What is killed and what looks afterwards, each a fresh process: `python -m tests.faults.victim TASK FOLDER …`."""

import itertools
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from bot.saving import save
from corpus.library import ReadReport
from index import store
from index.errors import IndexProblem
from tests.index.factories import TEXTS, HashedEmbedder, make_report

EMBEDDER = HashedEmbedder()
EXPORTED = "export.csv"
_LINES = 400_000
ASKED = ("公厕改造多少座", "外资项目", "旧住房")


def report_of(version: str) -> ReadReport:
    """The report of that version: another version says another thing."""
    return make_report(texts=[*TEXTS, f"第{version}版：办理实事{version}件。"])


def build(folder: Path, version: str) -> None:
    """Build an index of that version."""
    _say("begun")
    store.build([report_of(version)], EMBEDDER, folder, _say)


def build_until(folder: Path, version: str, stop: str) -> None:
    """Build, and be killed at step number `stop`; with a stop of `-` say each step instead."""
    _kill_at(stop)
    build(folder, version)


def export_until(folder: Path, version: str, stop: str) -> None:
    """Write one file for a user, and be killed at that step."""
    _kill_at(stop)
    save(folder / EXPORTED, content_of(version))


def export(folder: Path) -> None:
    """Write ever new versions of a user's file, saying each one that is written."""
    _say("begun")
    for version in itertools.count(1):
        save(folder / EXPORTED, content_of(str(version)))
        _say(str(version))


def content_of(version: str) -> bytes:
    """A file of that version, large enough to be caught half-written."""
    return (version + "\n").encode() * _LINES


def backups(folder: Path) -> None:
    """Back the feedback up and put it back without end, saying each copy."""
    from bot.web.feedback import FILE_NAME
    from bot.web.feedback_copies import backup, restore

    _say("begun")
    while True:
        _say(str(backup(folder / FILE_NAME, folder / "copy")))
        restore(folder / "copy", folder / FILE_NAME)


def _kill_at(stop: str) -> None:
    steps = itertools.count()

    def arrive(name: str) -> None:
        at = next(steps)
        if stop == "-":
            _say(f"step {at} {name}")
        elif at == int(stop):
            os.kill(os.getpid(), signal.SIGKILL)

    _watch(os, "fsync", arrive, lambda number, *_: Path(os.readlink(f"/proc/self/fd/{number}")).name)
    _watch(os, "replace", arrive, lambda old, new: f"{Path(old).name} -> {Path(new).name}")
    _watch(shutil, "rmtree", arrive, lambda path, **_: Path(path).name)
    _watch(Path, "mkdir", arrive, lambda path, **_: path.name)
    _watch(np, "savez", arrive, lambda file, **_: Path(file.name).name)
    _watch(np, "save", arrive, lambda file, *_, **__: Path(file).name)
    _watch(faiss, "write_index", arrive, lambda _, file: Path(file).name)
    for name in ("write_bytes", "write_text"):
        _halve(name, arrive)


def _watch(owner: object, name: str, arrive: Callable[[str], None], told: Callable[..., str]) -> None:
    """Has `arrive` called before each call of the function."""
    real = getattr(owner, name)

    def step(*arguments: Any, **options: Any) -> object:  # noqa: ANN401  # whatever the function takes
        arrive(f"{name} {told(*arguments, **options)}")
        return real(*arguments, **options)

    setattr(owner, name, step)


def _halve(name: str, arrive: Callable[[str], None]) -> None:
    """Has `arrive` called before each such write, and once more when half of it is written."""
    real = getattr(Path, name)

    def step(path: Path, content: Any, **options: Any) -> object:  # noqa: ANN401  # text or bytes
        arrive(f"{name} {path.name}")
        real(path, content[: len(content) // 2], **options)
        arrive(f"{name} {path.name}, half of it")
        return real(path, content, **options)

    setattr(Path, name, step)


def look(folder: Path) -> None:
    """Say which version is read, by what a search finds; anything amiss is said in the error's own words."""
    try:
        index = store.load(folder)
    except IndexProblem as problem:
        _say(f"refused {problem}")
        return
    searcher = index.searcher(EMBEDDER)
    found = [hit.passage.text for asked in ASKED for hit in searcher.search(asked, 3)]
    said = [passage.text for passage in index.passages if passage.text.startswith("第")]
    _say(json.dumps({"said": said, "found": found}, ensure_ascii=False))


def feedback(folder: Path) -> None:
    """Keep feedback without end, saying each one that is kept."""
    from bot.types import Answer, AnswerStatus
    from bot.web.feedback import FILE_NAME, Feedback, FeedbackStore

    kept = FeedbackStore(folder / FILE_NAME)
    _say("begun")
    for number in itertools.count(time.time_ns()):
        name = f"{number:032x}"
        answer = Answer(name, "公厕改造多少座", "公厕改造多少座", AnswerStatus.ANSWERED, "30座。[1]")
        kept.add(Feedback(answer=name, useful=True, comment="说明" * 400), answer, "0" * 64, "generation-0")
        _say(name)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    task, where, *rest = sys.argv[1:]
    tasks: dict[str, Callable[..., None]] = {
        **{"build": build, "build_until": build_until},
        **{"export": export, "export_until": export_until},
        **{"look": look, "feedback": feedback, "backups": backups},
    }
    tasks[task](Path(where), *rest)
