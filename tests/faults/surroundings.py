"""A small report of its own, the commands of the product over it, and surroundings that a machine may grant."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.asking import ask
from tests.faults.kills import ROOT

SAMPLE = ROOT / "tests" / "corpus" / "samples" / "plain.txt"
QUESTION, OLD, NEW = "2031年全市粮食总产量是多少？", "58.7亿斤", "59.8亿斤"
PATIENCE = 20.0  # seconds


def run(place: Path, *arguments: str, under: tuple[str, ...] = (), **given: str) -> "subprocess.CompletedProcess[str]":
    """One command of the product, wholly in its own environment."""
    environment = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "ignore", "YOUJU_DATA_DIR": str(place / "data")}
    environment |= {"YOUJU_REPORTS": str(place / "reports"), **given}
    command = [*under, sys.executable, "-m", "bot.cli", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


def revise(place: Path) -> None:
    """The report says another figure now."""
    report = place / "reports" / "sample.txt"
    report.write_text(report.read_text(encoding="utf-8").replace(OLD, NEW), encoding="utf-8")


def said(address: str) -> str:
    """The answer to the question."""
    return str(ask(address, QUESTION).shown["text"])


def becomes(address: str, figure: str, said: Callable[[str], str] = said) -> bool:
    """Whether the answer says the figure before long."""
    until = time.monotonic() + PATIENCE
    while figure not in (text := said(address)):
        if time.monotonic() > until:
            return False
        assert OLD in text
        time.sleep(0.1)
    return True


def namespace(kind: str) -> tuple[str, ...]:
    """A command before a command: a namespace of its own for `mount` or `net`, where this machine grants one."""
    command = ("unshare", "--user", "--map-root-user", f"--{kind}")
    if (
        shutil.which("unshare") is None
        or subprocess.run([*command, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine grants no namespace: no disk can be filled, no network taken away")
    return command
