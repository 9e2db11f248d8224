"""Settings of a deployment: the password before the page, the language of the interface, the limits."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from selenium.webdriver.common.keys import Keys

from bot.web.entrance import Entrance
from bot.web.wording import wording
from tests.e2e.driving import Page, serving

PASSWORD = "徐汇 & 2025"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Iterator[str]:
    """The address of a server in English behind a password."""
    folder = tmp_path_factory.mktemp("locked")
    (folder / "index").symlink_to(data_dir / "index")
    with serving(folder, password=PASSWORD, language="en", limit_burst="8", limit_per_minute="1") as found:
        yield found


def send(address: str, method: str, path: str, body: str | None = None, cookie: str = "") -> http.client.HTTPResponse:
    """One raw request, its answer read."""
    host = urlsplit(address)
    connection = http.client.HTTPConnection(str(host.hostname), host.port, timeout=10)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/youju/report"),
        ("GET", "/youju/facts"),
        ("GET", "/config"),
        ("POST", "/gradio_api/run/predict"),
    ],
)
@pytest.mark.parametrize("cookie", ["", "youju=1.00", "youju=99999999999." + "0" * 64, "youju=.", "youju=²."])
def test_without_the_password_there_is_nothing(address: str, locked: str, method: str, path: str, cookie: str) -> None:
    """No page, no report, no answer; forged cookies change nothing."""
    del address
    assert send(locked, method, path, "" if method == "POST" else None, cookie.encode().decode("latin-1")).status == 401


def test_the_health_check_needs_no_password(locked: str) -> None:
    """Whoever watches over the server need not know it."""
    assert send(locked, "GET", "/healthz").status == 200


def test_a_cookie_ends_and_belongs_to_its_password() -> None:
    """A cookie is good for its time and its password only."""
    now = [0.0]

    def entrance(password: str) -> Entrance:
        return Entrance(None, password, {"version": "v"}, wording("zh")["entrance"], lambda: now[0])  # type: ignore[arg-type]

    door, other = entrance("a"), entrance("b")
    cookie = f"100.{door._sign(100)}"
    assert door._knows(cookie)
    assert not other._knows(cookie)
    now[0] = 101
    assert not door._knows(cookie)


def test_the_form_lets_in_and_the_page_is_english(browser: Page, locked: str) -> None:
    """A wrong password is refused, the right one opens the page in English, whose answers stay Chinese."""
    page = Page(browser.driver, locked)
    page.resize(390, 844)
    page.driver.get(locked)
    page.find("#password").send_keys("wrong", Keys.ENTER)
    page.wait("document.getElementById('problem').textContent")
    assert page.find("#problem").text == wording("en")["entrance"]["wrong"]
    page.find("#password").send_keys(PASSWORD, Keys.ENTER)
    page.wait("document.querySelector('#app[data-ready]')")
    assert page.run("document.documentElement.lang") == "en"
    page.ask("2024年徐汇区GDP是多少？")
    assert page.find(".words strong").text == "3931.2亿元"
    assert page.run("document.querySelector('.words').lang") == "zh-CN"
    assert page.find(".turn [data-do=copy]").text == wording("en")["script"]["copy"]
    assert page.width_beyond() <= 0
    too_fast(page)


def too_fast(page: Page) -> None:
    """Past the limit the page says that it is too fast, and keeps the question."""
    for _ in range(9):
        page.ask("2024年徐汇区GDP是多少？")
        if page.status() == "failed":
            break
    assert page.find(".turn:last-child .verdict").text == wording("en")["script"]["too_fast"]
    assert page.find(".turn:last-child [data-do=again]").is_displayed()


def test_guessing_is_slow(locked: str) -> None:
    """After some tries the form takes no more for a while."""
    body = urlencode({"password": "wrong"})
    statuses = [send(locked, "POST", "/youju/enter", body).status for _ in range(11)]
    assert statuses[-1] == 429
    assert set(statuses) == {401, 429}
