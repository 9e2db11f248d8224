"""复核 under an answer: the receipt that the page shows is the one that verifies, also after a reload."""

import json

import pytest

from bot.assistant import Assistant
from bot.settings import Settings
from bot.verifying.again import verify
from index.store import load
from tests.e2e.driving import Page

pytestmark = pytest.mark.browser

QUESTION = "2024年拆除违法建筑多少处？"


def shown(page: Page) -> str:
    """The receipt of the last answer, opened by its button."""
    page.find(".turn:last-child [data-do=recheck]").click()
    return page.find(".turn:last-child .receipt pre").text


def test_the_receipt_on_the_page_verifies(page: Page, address: str, data_dir: object) -> None:
    """A follow-up's receipt, read off the page before and after a reload, makes the same answer again."""
    del address
    page.ask(QUESTION)
    page.ask("总面积呢？")
    first = shown(page)
    page.find(".turn:last-child [data-do=recheck]").click()
    assert page.count(".receipt") == 0
    page.open()
    assert shown(page) == first
    receipt = json.loads(first)
    assert [question for question, _ in receipt["before"]] == [QUESTION]
    settings = Settings.load(data_dir=data_dir)
    assistant = Assistant.open(settings, load(settings.index_folder))
    assert verify(receipt, lambda _: assistant).same


def test_the_receipt_can_be_copied(page: Page) -> None:
    """One tap, and the page says so."""
    page.ask(QUESTION)
    shown(page)
    page.find(".receipt button").click()
    page.wait("document.getElementById('status').textContent.includes('回执')")
    assert page.width_beyond() <= 0
