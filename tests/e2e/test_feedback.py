"""有用 and 没用 under an answer, from the tap to the database."""

from pathlib import Path

import pytest

from bot.types import Answer, AnswerStatus
from bot.web.feedback import FILE_NAME, Feedback, FeedbackStore, RecentAnswers
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
    assert kept["given"]["question"] == "2024年徐汇区GDP是多少？"
    assert "3931.2亿元" in kept["given"]["citations"][0]["quote"]


def answered(number: str) -> Answer:
    """An answer with that id."""
    return Answer(number, "问", "问", AnswerStatus.ANSWERED, "答")


def test_a_second_opinion_takes_the_first_ones_place(tmp_path: Path) -> None:
    """Each answer has one opinion, the last; what another connection wrote is read back whole."""
    store = FeedbackStore(tmp_path / "new" / FILE_NAME)
    assert list(store.rows()) == []
    store.add(Feedback(answer="a" * 32, useful=True), answered("a" * 32), "sha")
    store.add(Feedback(answer="a" * 32, useful=False, reason="其他", comment=" 再想想 "), answered("a" * 32), "sha")
    store.add(Feedback(answer="b" * 32, useful=True), answered("b" * 32), "sha")
    rows = {row["answer"]: row for row in FeedbackStore(store.path).rows()}
    assert [rows["a" * 32]["useful"], rows["b" * 32]["useful"]] == [False, True]
    assert rows["a" * 32]["comment"] == "再想想"


def test_only_recent_answers_are_remembered() -> None:
    """The memory for feedback does not grow without end."""
    recent = RecentAnswers(most=2)
    for number in ("1", "2", "3"):
        recent.add(answered(number))
    assert recent.get("1") is None
    assert recent.get("3") == answered("3")
