"""有用 and 没用 under an answer, from the tap to the database."""

import csv
import io
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.types import Answer, AnswerStatus
from bot.web import feedback
from bot.web.feedback import FILE_NAME, Feedback, FeedbackStore, RecentAnswers, main, write_csv
from tests.e2e.driving import Page


@pytest.mark.browser
def test_an_opinion_is_kept_with_question_answer_and_citation(page: Page, data_dir: Path) -> None:
    """没用 with a reason and a comment lands in the database, beside what was asked and answered."""
    page.ask("2024年徐汇区GDP是多少？")
    page.find(".turn:last-child [data-useful=false]").click()
    page.find(".opinion input[value=出处不对]").click()
    page.find(".opinion textarea").send_keys("应引表1")
    page.find(".opinion button").click()
    page.wait("document.querySelector('.turn:last-child [data-useful=false]').ariaPressed === 'true'")
    kept = list(FeedbackStore(data_dir / FILE_NAME).rows())[-1]
    assert (kept["useful"], kept["reason"], kept["comment"]) == (False, "出处不对", "应引表1")
    assert kept["index_version"].startswith("generation-")
    assert kept["given"]["question"] == "2024年徐汇区GDP是多少？"
    assert "3931.2亿元" in kept["given"]["citations"][0]["quote"]


def answered(number: str) -> Answer:
    """An answer with that id."""
    return Answer(number, "问", "问", AnswerStatus.ANSWERED, "答")


def test_feedback_does_not_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is an end to what is kept, told as a lack of room; and no other user of the machine reads it."""
    store = FeedbackStore(tmp_path / FILE_NAME)
    store.add(Feedback(answer="a" * 32, useful=True), answered("a" * 32), "sha", "generation-1")
    assert {file.stat().st_mode & 0o077 for file in tmp_path.iterdir()} == {0}
    monkeypatch.setattr(feedback, "LARGEST", 1)
    with pytest.raises(OSError, match=FILE_NAME):
        store.add(Feedback(answer="b" * 32, useful=True), answered("b" * 32), "sha", "generation-1")
    assert [row["answer"] for row in store.rows()] == ["a" * 32]


def test_a_second_opinion_takes_the_first_ones_place(tmp_path: Path) -> None:
    """Each answer has one opinion, the last; what another connection wrote is read back whole."""
    store = FeedbackStore(tmp_path / "new" / FILE_NAME)
    assert list(store.rows()) == []
    store.add(Feedback(answer="a" * 32, useful=True), answered("a" * 32), "sha", "generation-1")
    store.add(
        Feedback(answer="a" * 32, useful=False, reason="其他", comment=" 再想想 "),
        answered("a" * 32),
        "sha",
        "generation-1",
    )
    store.add(Feedback(answer="b" * 32, useful=True), answered("b" * 32), "sha", "generation-1")
    rows = {row["answer"]: row for row in FeedbackStore(store.path).rows()}
    assert [rows["a" * 32]["useful"], rows["b" * 32]["useful"]] == [False, True]
    assert rows["a" * 32]["comment"] == "再想想"


def test_personal_data_is_not_kept(tmp_path: Path) -> None:
    """What a reader wrote is masked before it is stored: in the question, as understood, and in the comment."""
    store = FeedbackStore(tmp_path / FILE_NAME)
    answer = replace(answered("a" * 32), question="我是13812345678", understood="a@b.cn问", text="答[1]")
    store.add(Feedback(answer="a" * 32, useful=False, comment="打13812345678"), answer, "sha", "generation-1")
    raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"13812345678" not in raw and b"a@b.cn" not in raw
    (row,) = store.rows()
    assert row["comment"].startswith("打＊") and row["given"]["question"].startswith("我是＊")


def test_only_recent_answers_are_remembered() -> None:
    """The memory for feedback does not grow without end."""
    recent = RecentAnswers(most=2)
    for number in ("1", "2", "3"):
        recent.add(answered(number))
    assert recent.get("1") is None
    assert recent.get("3") == answered("3")


# Adds opinions one after the other and says which are kept, until it is killed.
_WRITER = """
import sys
from pathlib import Path
from bot.types import Answer, AnswerStatus
from bot.web.feedback import Feedback, FeedbackStore
store = FeedbackStore(Path(sys.argv[1]))
for n in range(100_000):
    number = f"{n:032x}"
    answer = Answer(number, "问", "问", AnswerStatus.ANSWERED, "答" * 500)
    store.add(Feedback(answer=number, useful=True), answer, "sha", "generation-1")
    print(number, flush=True)
"""


def test_a_killed_server_loses_no_opinion_that_it_took(tmp_path: Path) -> None:
    """Whatever was said to be kept is there, whole, after SIGKILL at any moment."""
    chance = random.Random(5)
    for attempt in range(3):
        path = tmp_path / str(attempt) / FILE_NAME
        writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, encoding="utf-8")
        assert writer.stdout is not None
        said = [writer.stdout.readline().strip()]
        time.sleep(chance.uniform(0.01, 0.2))
        os.kill(writer.pid, signal.SIGKILL)
        said += writer.stdout.read().split()
        writer.wait()
        writer.stdout.close()
        said = [number for number in said if len(number) == 32]
        kept = {row["answer"] for row in FeedbackStore(path).rows()}
        assert said
        assert set(said) <= kept
        assert len(kept) <= len(said) + 1
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_database_of_an_earlier_version_is_taken_over(tmp_path: Path) -> None:
    """Feedback kept before the index version was noted stays, and new feedback goes beside it."""
    path = tmp_path / FILE_NAME
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "create table feedback (answer text primary key, at text not null, useful integer not null, reason text,"
            " comment text, report_sha256 text not null, given text not null) strict"
        )
        row = ("a" * 32, "2025-01-01", 1, None, None, "sha", "{}")
        database.execute("insert into feedback values (?, ?, ?, ?, ?, ?, ?)", row)
    store = FeedbackStore(path)
    store.add(Feedback(answer="b" * 32, useful=True), answered("b" * 32), "sha", "generation-2")
    assert [row["index_version"] for row in store.rows()] == [None, "generation-2"]


def test_the_table_runs_no_formula_of_a_reader(tmp_path: Path) -> None:
    """The CSV has one line of heads and one for each opinion; a comment like a formula is made text."""
    store = FeedbackStore(tmp_path / FILE_NAME)
    store.add(Feedback(answer="a" * 32, useful=False, comment="=1+1"), answered("a" * 32), "sha", "generation-1")
    out = io.StringIO()
    write_csv(store.rows(), out)
    head, row = csv.reader(io.StringIO(out.getvalue()))
    assert dict(zip(head, row, strict=True))["说明"] == "'=1+1"


def test_the_command_gives_one_line_for_each_opinion(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`youju feedback FILE` writes JSON lines."""
    store = FeedbackStore(tmp_path / FILE_NAME)
    store.add(Feedback(answer="a" * 32, useful=True), answered("a" * 32), "sha", "generation-1")
    assert main([str(store.path)]) == 0
    assert capsys.readouterr().out.count("\n") == 1
