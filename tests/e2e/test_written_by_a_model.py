"""The page while a chat model writes: sentences as they pass, who wrote, and what is said where the model fails."""

from collections.abc import Iterator

import pytest

from tests.bot.chat_server import ChatServer, Reply, whole
from tests.bot.chat_server import serving as playing
from tests.e2e.driving import Page, chromium, chromium_missing, serving

pytestmark = pytest.mark.browser
QUESTION = "2024年徐汇区地区生产总值是多少？"
FIRST = "2024年徐汇区地区生产总值完成3931.2亿元，同比增长4.8%[1]。"
SECOND = "2024年徐汇区经济运行总体平稳[1]。"


@pytest.fixture(scope="module")
def model() -> Iterator[ChatServer]:
    """A scripted chat model."""
    with playing(lambda _: whole(FIRST)) as running:
        yield running


@pytest.fixture(scope="module")
def page(model: ChatServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page of a server that has the model write."""
    missing = chromium_missing()
    if missing:
        pytest.skip(missing)
    settings = {"writer": "openai:scripted", "writer_base_url": model.address, "writer_key": "sk-not-to-be-seen"}
    with serving(tmp_path_factory.mktemp("youju"), **settings, writer_timeout="8", writer_silence="6") as address:
        opened = Page(chromium(tmp_path_factory.mktemp("chromium")), address)
        opened.open()
        yield opened
        opened.driver.quit()


def words(page: Page) -> str:
    """What the last answer says on the screen."""
    return page.find(".turn:last-child .words").text


def test_sentences_are_shown_as_they_pass(page: Page, model: ChatServer) -> None:
    """The first sentence is on the screen while the second is being written; a false one never is."""
    model.script = lambda _: Reply([FIRST, SECOND, "投资达到9999亿元[1]。"], pause=1.0)
    page.find("#question textarea").send_keys(QUESTION, "\ue007")
    page.wait("document.querySelector('.turn:last-child .words')?.textContent.includes('3931.2')")
    assert "总体平稳" not in words(page)
    assert page.count(".turn:last-child .busy") == 1
    page.wait("document.querySelector('.turn:last-child').dataset.status")
    assert "总体平稳" in words(page)
    assert "9999" not in words(page)
    assert "由模型 openai:scripted 撰写" in words(page)
    assert "回答由语言模型撰写，每一句都与报告原文核对过" in page.find("body").text
    assert page.count(".turn:last-child .place") == 1
    assert "sk-not-to-be-seen" not in page.driver.page_source


def test_a_failing_model_leaves_the_extractive_answer_and_a_note(page: Page, model: ChatServer) -> None:
    """A server that errs: the report's own words, and why."""
    model.script = lambda _: Reply(status=401)
    article = page.ask("2024年拆除违法建筑多少处？")
    assert "649处" in article.text
    assert "模型服务不接受所设的密钥，以下摘自报告原文。" in article.text
    model.script = lambda _: whole(FIRST)
    page.ask(QUESTION)
    assert "由模型" in words(page)
