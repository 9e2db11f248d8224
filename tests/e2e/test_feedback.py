"""有用 and 没用 under an answer, from the tap to the database."""

from pathlib import Path

import pytest

from bot.web.feedback import FILE_NAME, FeedbackStore
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
