"""`youju eval --completer`: the code alone and a chat model that completes follow-ups, side by side."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import Completed, Frame
from bot.indexing import ensure_index
from bot.settings import Settings
from evals import commands
from tests.bot.chat_server import Reply, serving, whole

LINE = (
    '{{"id": "{id}", "question": "{question}", "style": "followup", "kind": "number", "year": {year}, '
    '"reason": {reason}, "session": "s1", "answers": {answers}}}\n'
)
ANSWERED = '[{{"short": ["{short}"], "evidence": ["{evidence}"]}}]'


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A conversation of three: a code that completes nothing cannot answer the second; the third has no answer."""
    lines = [
        ("x1", "2024年已备案大模型有多少个？", "34个", "34个大模型通过备案"),
        ("x2", "它占几成", "近60%", "占全市近60%"),
    ]
    text = "".join(
        LINE.format(
            id=id, question=asked, year=2024, reason="null", answers=ANSWERED.format(short=short, evidence=evidence)
        )
        for id, asked, short, evidence in lines
    )
    text += LINE.format(id="x3", question="骆驼占几成", year="null", reason='"missing-figure"', answers="[]")
    path = tmp_path / "talk.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def completing(request: dict[str, Any]) -> Reply:
    """A model that completes the second question rightly, and makes of any other the first one again."""
    told = request["messages"][1]["content"]
    follow_up = re.findall(r"追问：(.*)", told)[0]
    return whole("2024年已备案大模型占几成？" if "它" in follow_up else "2024年已备案大模型有多少个？")


def test_off_and_on_stand_side_by_side(
    questions: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each metric has a column for either, and each completed follow-up is told with what came of it."""
    monkeypatch.setattr("bot.completing.complete", lambda text, *_: Completed(text, Frame()))
    ensure_index(Settings.load(), lambda _: None)
    with serving(completing) as server:
        monkeypatch.setenv("YOUJU_WRITER_BASE_URL", server.address)
        monkeypatch.setenv("YOUJU_COMPLETER_TIMEOUT", "30")
        code = commands.main(["--set", str(questions), "--completer", "openai:scripted"])
        assert len(server.asked) >= 2
    said = capsys.readouterr().out
    assert code == commands.OK
    assert "| completer=code | completer=openai:scripted |" in said
    assert "模型补全 1 问：变对 1，变错 0" in said
    assert re.search(r"\| x2 \| 它占几成 \| .* \| 2024年已备案大模型占几成？ \| 变对 \|", said)


def test_questions_without_a_conversation_have_nothing_to_complete(
    questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A set without conversations, and both comparisons at once, are complained of in one line."""
    alone = (
        questions.read_text(encoding="utf-8")
        .replace("followup", "formal")
        .replace('"session": "s1"', '"session": null')
    )
    questions.write_text(alone, encoding="utf-8")
    given = ["--set", str(questions), "--completer", "openai:x"]
    assert commands.main(given) == commands.MISUSED
    assert "没有对话" in capsys.readouterr().err
    assert commands.main([*given, "--writer", "openai:x"]) == commands.MISUSED
    assert "一次只能比一样" in capsys.readouterr().err


def test_a_completer_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is no completer is complained of in one line."""
    assert commands.main(["--set", "xuhui-dev-d", "--completer", "gpt"]) == commands.MISUSED
    assert "应当是 code" in capsys.readouterr().err
