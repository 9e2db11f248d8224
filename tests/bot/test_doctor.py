"""The doctor names what is wrong and how to mend it, and finds a sound installation sound."""

import json
import shutil
import socket
from pathlib import Path

import pytest

from bot import cli
from bot.doctor.checks import Found, State, examine
from bot.settings import Settings

ALL = {"Python", "依赖", "设置", "报告", "嵌入模型", "数据文件夹", "索引", "评价", "端口", "开放", "撰写"}


def found(name: str) -> Found:
    """What the doctor finds of that name."""
    return next(one for one in examine() if one.name == name)


def test_all_is_looked_at_and_good(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """A sound installation: every part is named, and the exit code is 0."""
    del settings
    assert cli.main(["doctor", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["name"] for line in lines} == ALL
    assert not [line for line in lines if line["state"] == "不行"]
    assert all(line["mend"] for line in lines if line["state"] != "好")


@pytest.fixture
def own(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test's own, with a sound index."""
    shutil.copytree(settings.index_folder, tmp_path / "index")
    monkeypatch.setenv("YOUJU_DATA_DIR", str(tmp_path))
    return tmp_path


def test_a_damaged_index_is_found(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is named, the command that mends is named, the exit code is 1, and the rest is still looked at."""
    generation = own / "index" / (own / "index" / "CURRENT").read_text(encoding="utf-8").strip()
    (generation / "facts.jsonl").write_bytes(b"x")
    assert cli.main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "[不行] 索引：索引文件 facts.jsonl 已损坏，请运行 youju index build" in said
    assert "[好] 端口" in said or "[留意] 端口" in said


def test_what_an_interrupted_build_left_is_found(own: Path) -> None:
    """Half-made files are told of, and harmless."""
    (own / "index" / ".unfinished").mkdir()
    one = found("索引")
    assert one.state is State.DOUBTFUL and "中断" in one.said


def test_a_damaged_database_is_found(own: Path) -> None:
    """Feedback that cannot be read is told of, with how to restore it."""
    (own / "feedback.sqlite3").write_bytes(b"rubbish" * 500)
    one = found("评价")
    assert one.state is State.BAD and "restore" in one.mend


def test_a_taken_port_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that somebody listens on is told of, with another way."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("YOUJU_PORT", str(taken.getsockname()[1]))
        one = found("端口")
    assert one.state is State.DOUBTFUL and "占用" in one.said and "--port" in one.mend


@pytest.mark.parametrize(
    ("setting", "value", "name", "state"),
    [
        ("YOUJU_REPORTS", "/nonexistent", "报告", State.BAD),
        ("YOUJU_REPORT", "没有的报告", "报告", State.BAD),
        ("YOUJU_HOST", "0.0.0.0", "开放", State.DOUBTFUL),
        ("YOUJU_PORT", "七", "设置", State.BAD),
        ("YOUJU_WRITER", "nothing:at-all", "撰写", State.BAD),
    ],
)
def test_a_wrong_setting_is_found(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, name: str, state: State
) -> None:
    """What cannot work, or is open to all, is told of in Chinese with what to do."""
    del settings
    monkeypatch.setenv(setting, value)
    one = found(name)
    assert one.state is state and one.mend
