"""A small share of the faults, the same in every run; `make faults` brings about the rest."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.faults.flipping import Damaged
from tests.faults.kills import ROOT, Builds, backups_whole, exports_whole, feedback_kept, steps

KILLED_AT = ("replace .unfinished", "replace CURRENT.new")


def test_killed_builds_leave_old_or_new(tmp_path: Path) -> None:
    """Builds killed at two named steps and at random: a fresh process reads one whole version, the next build works."""
    builds = Builds(tmp_path / "index")
    named = steps(tmp_path / "index")
    assert len(named) > 40
    for name in KILLED_AT:
        builds.at_step(next(at for at, step in enumerate(named) if step.startswith(name)))
    builds.at_random(random.Random(8))
    builds.at_step(next(at for at, step in enumerate(named) if step == "write_bytes facts.jsonl, half of it"))
    assert "上次建立索引时中断了，写了一半的文件已清除" in builds.finish()


def test_killed_writes_leave_whole_files(tmp_path: Path) -> None:
    """Feedback that is kept, copied and put back, and a file that is exported: killed, each is whole."""
    draw = random.Random(8)
    assert feedback_kept(tmp_path, 2, draw) > 0
    backups_whole(tmp_path, 2, draw)
    assert exports_whole(tmp_path / "export", 2, draw) >= 4


def test_flipped_bits_are_refused(settings: Settings, tmp_path: Path) -> None:
    """A bit flipped in any file of the index or the model is refused by name, or changes nothing that is found."""
    outcomes = Damaged(settings.index_folder, tmp_path).flip(40, random.Random(8))
    assert outcomes["refused"] > 30


@pytest.mark.parametrize(
    "arguments", [("ask", "2024年徐汇区GDP是多少？"), ("index", "verify"), ("chat", "--port", "0")]
)
def test_a_damaged_index_is_told_in_one_line(settings: Settings, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Each command says which file is damaged and what to run, and shows no traceback."""
    damaged = Damaged(settings.index_folder, tmp_path)
    file = next(file for file in damaged.files() if file.name == "facts.jsonl")
    file.write_bytes(file.read_bytes().replace(b"2024", b"2023", 1))
    command = [sys.executable, "-m", "bot.cli", *arguments]
    environment = {"YOUJU_DATA_DIR": str(tmp_path), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "错误：索引文件 facts.jsonl 已损坏，请运行 youju index build 重建索引。\n"
    assert not done.stdout
