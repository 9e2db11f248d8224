"""`youju eval` from the outside, with an assistant that knows the gold."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.types import Answer, Reason
from evals import commands
from evals.crew import Openers
from evals.sources import Sources
from evals.timing import Timed, percentile, told
from evals.types import Question
from tests.evals.fakes import KnowingAssistant, KnowingChecker, refused, stand_in

Spoil = Callable[[str], None]


@pytest.fixture
def set_file(questions: Sequence[Question], tmp_path: Path) -> Path:
    """The sample as a file."""
    lines = [
        {
            "id": one.id,
            "question": one.question,
            "style": one.style,
            "kind": one.kind,
            "year": one.year,
            "reason": one.reason,
            "session": one.session,
            "answers": [{"short": part.short, "evidence": part.evidence} for part in one.parts],
        }
        for one in questions
    ]
    path = tmp_path / "sample.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def spoil(questions: Sequence[Question], sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spoil:
    """The commands ask the knowing assistant; what this returns makes it refuse one question."""
    wrong: list[str] = []

    def fault(question: Question, answer: Answer) -> Answer:
        return refused(Reason.OPINION, answer.steps) if question.id in wrong else answer

    openers = Openers(
        lambda: KnowingAssistant(questions, sources, fault), lambda: lambda query: [], KnowingChecker, object
    )
    stand_in(monkeypatch, openers, sources, tmp_path / "accepted")
    return wrong.append


def test_worse_than_accepted_is_exit_1(set_file: Path, spoil: Spoil, capsys: pytest.CaptureFixture[str]) -> None:
    """Accept, spoil, run: 1 with the question named; accept with a why: 0 again."""
    given = ["--set", str(set_file)]
    assert commands.main(given) == 0
    assert commands.main(["accept", *given, "--why", "初次"]) == 0
    assert commands.main(given) == 0
    spoil("green")
    capsys.readouterr()
    assert commands.main(given) == 1
    assert "变坏 green" in capsys.readouterr().out
    assert commands.main(["accept", *given, "--why", "有意为之"]) == 0
    assert commands.main(given) == 0


def test_no_question_of_a_test_set_is_told(set_file: Path, spoil: Spoil, capsys: pytest.CaptureFixture[str]) -> None:
    """A test set that got worse is exit 1 too, but only how many questions changed is told, not which."""
    given = ["--set", str(set_file.rename(set_file.with_name("sample-test.jsonl")))]
    assert commands.main(["accept", *given, "--why", "初次"]) == 0
    spoil("green")
    capsys.readouterr()
    assert commands.main(given) == 1
    told = capsys.readouterr().out
    assert "变坏 1，变好 0" in told
    assert "green" not in told


def test_accepting_wants_a_why(set_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --why the command is used wrongly."""
    assert commands.main(["accept", "--set", str(set_file)]) == 2
    assert commands.main(["accept", "--set", str(set_file), "--why", ""]) == 2
    assert "--why" in capsys.readouterr().err


def test_two_runs_write_the_same_report(set_file: Path, tmp_path: Path) -> None:
    """The report is the same to the byte; the timings stand in a file of their own."""
    for name in ("a", "b"):
        assert commands.main(["--set", str(set_file), "--variants", "--out", str(tmp_path / name)]) == 0
    for file in ("report.md", "report.html"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    timings = json.loads((tmp_path / "a" / "timings.json").read_text(encoding="utf-8"))
    assert timings["answers"] == 8
    assert "毫秒" not in (tmp_path / "a" / "report.md").read_text(encoding="utf-8")


def test_questions_are_picked_with_their_conversation(set_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A turn is asked after the turns before it; other questions are left out."""
    assert commands.main(["--set", str(set_file), "--ids", "s2"]) == 0
    assert "2 个问题" in capsys.readouterr().out
    assert commands.main(["--set", str(set_file), "--style", "colloquial"]) == 0
    assert "1 个问题" in capsys.readouterr().out
    assert commands.main(["--set", str(set_file), "--kind", "date"]) == 2


def test_lint_says_what_is_wrong(set_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sound: 0 and the map; gold that is not in the report: 1."""
    where = tmp_path / "map.html"
    assert commands.main(["lint", "--set", str(set_file), "--map", str(where)]) == 0
    assert "small/0004" in where.read_text(encoding="utf-8")
    set_file.write_text(set_file.read_text(encoding="utf-8").replace("新建公园3座", "新建公园4座"), encoding="utf-8")
    capsys.readouterr()
    assert commands.main(["lint", "--set", str(set_file)]) == 1
    assert "依据不在报告里" in capsys.readouterr().out


def test_a_new_set_can_be_run(
    report_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`new` writes a set that lints and says how to run it."""
    monkeypatch.setattr(commands, "open_sources", Sources.shipped)
    out = tmp_path / "new.jsonl"
    assert commands.main(["new", str(report_path), "--out", str(out)]) == 0
    assert str(out) in capsys.readouterr().out
    assert commands.main(["lint", "--set", str(out)]) == 0
    assert commands.main(["new", str(report_path), "--out", str(out)]) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["--set", "none"],
        ["compare", "nothing"],
        ["new", "none.md"],
        ["--failures", "x"],
        ["--jobs", "-1"],
        ["other"],
        ["compare"],
        ["accept", "--why"],
    ],
)
def test_misuse_is_one_chinese_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 and one line that says what to do."""
    assert commands.main(arguments) == 2
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    assert any("\u4e00" <= char <= "\u9fff" for char in error)
    assert not {"argument", "arguments", "invalid", "required", "choose"} & set(error.split())


def test_the_time_within_which_a_share_came() -> None:
    """The smallest time that is enough, in milliseconds."""
    taken = [number * 1_000_000 for number in range(100, 0, -1)]
    assert percentile(taken, 0.5) == 50
    assert percentile(taken, 0.99) == 99
    assert percentile(taken, 1.0) == 100
    assert percentile([7_000_000], 0.5) == 7


def test_answers_are_timed(questions: Sequence[Question], sources: Sources) -> None:
    """Every answer has its time, and passes through as it is."""
    knowing = KnowingAssistant(questions, sources)
    timed = Timed(knowing)
    assert told(timed.taken) == "—"
    assert timed.ask("？", None, id="gdp") == knowing.ask("？", None, id="gdp")
    assert len(timed.taken) == 1
    assert "毫秒" in told(timed.taken)


@given(st.lists(st.integers(0, 10**10), min_size=1, max_size=30), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_takes_no_less_time(taken: list[int], one: float, other: float) -> None:
    """The time is one of those taken, the same in any order, and does not fall as the share grows."""
    low, high = sorted((one, other))
    assert percentile(taken, low) <= percentile(taken, high)
    assert percentile(taken, low) in {time / 1e6 for time in taken}
    assert percentile(taken, high) == percentile(taken[::-1], high)
