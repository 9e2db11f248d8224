"""A copy of the feedback is whole, comes back whole, and nothing of what it replaces is lost."""

from pathlib import Path

import pytest

from bot.errors import UsageProblem
from bot.types import Answer, AnswerStatus
from bot.web.feedback import FILE_NAME, Feedback, FeedbackStore, main
from bot.web.feedback_copies import backup, restore


def keep(store: FeedbackStore, *names: str) -> None:
    """Feedback on answers of these names."""
    for name in names:
        answer = Answer(name * 32, "问", "问", AnswerStatus.ANSWERED, "答")
        store.add(Feedback(answer=name * 32, useful=True), answer, "sha", "generation-1")


def names(path: Path) -> list[str]:
    """Whose feedback the database has."""
    return [row["answer"][0] for row in FeedbackStore(path).rows()]


def test_a_copy_comes_back(tmp_path: Path, youju_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Backed up, changed and restored: what was is there again, and what was replaced stands beside it."""
    store = FeedbackStore(tmp_path / FILE_NAME)
    keep(store, "a", "b")
    assert main(["backup", str(tmp_path / "copy"), str(store.path)]) == 0
    keep(store, "c")
    assert main(["restore", str(tmp_path / "copy"), str(store.path)]) == 0
    assert "已备份 2 条" in (said := capsys.readouterr().out) and "已恢复 2 条" in said
    assert names(store.path) == ["a", "b"]
    assert names(tmp_path / f"{FILE_NAME}.before") == ["a", "b", "c"]
    keep(store, "d")
    assert names(store.path) == ["a", "b", "d"]


def test_a_damaged_database_gives_way_to_its_copy(tmp_path: Path) -> None:
    """Where the database cannot be read it is moved aside, and the copy takes its place."""
    store = FeedbackStore(tmp_path / FILE_NAME)
    keep(store, "a")
    backup(store.path, tmp_path / "copy")
    store.path.write_bytes(b"rubbish" * 1000)
    assert restore(tmp_path / "copy", store.path) == 1
    assert names(store.path) == ["a"]
    assert (tmp_path / f"{FILE_NAME}.before").read_bytes().startswith(b"rubbish")


def test_no_copy_of_nothing_or_of_rubbish(tmp_path: Path) -> None:
    """What is no feedback is neither copied nor put in the place of any."""
    keep(FeedbackStore(tmp_path / FILE_NAME), "a")
    (tmp_path / "rubbish").write_bytes(b"rubbish" * 1000)
    for copy in ("rubbish", "nowhere"):
        with pytest.raises(UsageProblem):
            restore(tmp_path / copy, tmp_path / FILE_NAME)
    with pytest.raises(UsageProblem):
        backup(tmp_path / "nowhere", tmp_path / "copy")
    assert names(tmp_path / FILE_NAME) == ["a"]
    assert not (tmp_path / "copy").exists()
