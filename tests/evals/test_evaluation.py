"""Draft sets run with the question sets: compared, accepted, reported, the same in every run."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.types import Finding, Verdict
from evals import commands
from evals.checking.sets import Stated, load_drafts
from evals.crew import Openers
from evals.sources import Sources
from tests.evals.fakes import KnowingAssistant, KnowingChecker, stand_in
from tests.evals.gold import QUESTIONS

LINE = {
    "id": "d1",
    "genre": "press",
    "text": "2024年新增绿地12公顷，2025年再增12公顷<b>，湿地率7%。",
    "names": [],
    "figures": [
        {
            "figure": "12公顷",
            "occurrence": 1,
            "verdict": "supported",
            "way": "same",
            "correct": [],
            "evidence": ["新增绿地12公顷"],
        },
        {
            "figure": "12公顷",
            "occurrence": 2,
            "verdict": "contradicted",
            "way": "year",
            "correct": ["10公顷"],
            "evidence": ["新增绿地10公顷"],
        },
        {"figure": "7%", "occurrence": 1, "verdict": "absent", "way": "no-figure", "correct": [], "evidence": []},
    ],
}

Spoil = Callable[[], None]


@pytest.fixture
def draft_file(tmp_path: Path) -> Path:
    """One draft as a set."""
    path = tmp_path / "drafts.jsonl"
    path.write_text(json.dumps(LINE, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def spoil(draft_file: Path, sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spoil:
    """The commands check with the knowing checker; after this is called it calls every wrong figure supported."""
    wrong: list[bool] = []

    def fault(stated: Stated, finding: Finding) -> Finding:
        if wrong and stated.verdict is Verdict.CONTRADICTED:
            return replace(finding, verdict=Verdict.SUPPORTED, correct=None)
        return finding

    checker = KnowingChecker(load_drafts(draft_file), sources, fault)
    knowing = KnowingAssistant(QUESTIONS, sources)
    openers = Openers(lambda: knowing, lambda: lambda query: (), lambda: checker, object)
    stand_in(monkeypatch, openers, sources, tmp_path / "accepted")
    return lambda: wrong.append(True)


def test_a_figure_worse_than_accepted_is_exit_1(
    draft_file: Path, spoil: Spoil, capsys: pytest.CaptureFixture[str]
) -> None:
    """Accepted, spoiled, run: 1, with the figure, the old and the new verdict and the step in the log."""
    given = ["--set", str(draft_file)]
    assert commands.main(["accept", *given, "--why", "初次"]) == 0
    assert commands.main(given) == 0
    assert "结论正确\t100.0%" in capsys.readouterr().out
    spoil()
    assert commands.main(given) == 1
    told = capsys.readouterr().out
    assert "变坏 d1#2" in told
    assert "原：不一致，报告：10公顷｜现：一致｜错的当成一致（bot）" in told
    assert "（上次 100.0%）" in told


def test_the_report_shows_the_drafts(draft_file: Path, spoil: Spoil, tmp_path: Path) -> None:
    """Metrics, ways, verdicts given, and each failure with its evidence; the same bytes from every run, text only."""
    spoil()
    for name in "ab":
        assert commands.main(["--set", str(draft_file), "--out", str(tmp_path / name)]) == 0
    for file in ("report.md", "report.html"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
        text = (tmp_path / "a" / file).read_text(encoding="utf-8")
        for words in ("稿件集 drafts", "结论正确", "年份、目标与完成", "判为一致", "错的当成一致", "新增绿地10公顷"):
            assert words in text
    page = (tmp_path / "a" / "report.html").read_text(encoding="utf-8")
    assert "公顷<b>" not in page
    assert "公顷&lt;b&gt;" in page


def test_questions_picked_by_style_leave_drafts_out(draft_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Drafts have no style: where one is asked for, there is nothing to run in a draft set."""
    assert commands.main(["--set", str(draft_file), "--style", "formal"]) == 2
    assert "没有符合条件的问题" in capsys.readouterr().err


def test_a_draft_set_is_linted(draft_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sound one is 0; one whose gold the report does not hold is 1."""
    assert commands.main(["lint", "--set", str(draft_file)]) == 0
    draft_file.write_text(draft_file.read_text(encoding="utf-8").replace("新增绿地10", "新增绿地9"), encoding="utf-8")
    assert commands.main(["lint", "--set", str(draft_file)]) == 1
    assert "依据不在报告里" in capsys.readouterr().out
    assert commands.main(["compare", "youju", "--set", str(draft_file)]) == 2
