"""`youju eval --writer`: the extractive writer and a chat model side by side on the same questions."""

import re
from typing import Any

import pytest

from bot.indexing import ensure_index
from bot.settings import Settings
from evals import commands
from tests.bot.chat_server import Reply, serving, whole


def echo(request: dict[str, Any]) -> Reply:
    """A model that writes the first passage as it was given."""
    told = request["messages"][1]["content"]
    year, text = re.findall(r"\[1\] （[^\n]*?；(20\d\d年)\S{2}）([^\n]*)", told)[0]
    return whole("".join(f"{year}{one}[1]。" for one in re.split("[。；]", text) if one))


def test_both_writers_stand_side_by_side(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each metric has a column for either, and it is said how many answers the model wrote and why not the others."""
    ensure_index(Settings.load(), lambda _: None)
    with serving(echo) as server:
        monkeypatch.setenv("YOUJU_WRITER_BASE_URL", server.address)
        code = commands.main(["--set", "dev", "--style", "formal", "--kind", "percent", "--writer", "openai:echo"])
        assert server.asked
    said = capsys.readouterr().out
    assert code == commands.OK
    assert "| writer=extractive | writer=openai:echo |" in said
    (share,) = re.findall(r"\| openai:echo \| (\d+) \|", said)
    assert int(share) > 0


def test_a_writer_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is no writer is complained of in one line."""
    assert commands.main(["--set", "dev", "--writer", "gpt"]) == commands.MISUSED
    assert "提供方:模型" in capsys.readouterr().err
