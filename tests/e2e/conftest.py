"""A server with the real index and a real Chromium, each started once; skipped, and said so, where there is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.driving import Page, chromium, chromium_missing, serving


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's data folder: its index and the feedback."""
    return tmp_path_factory.mktemp("youju")


@pytest.fixture(scope="session")
def address(data_dir: Path) -> Iterator[str]:
    """The address of a running `youju chat`."""
    with serving(data_dir) as found:
        yield found


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory, address: str) -> Iterator[Page]:
    """A Chromium that has the page open."""
    missing = chromium_missing()
    if missing:
        pytest.skip(missing)
    page = Page(chromium(tmp_path_factory.mktemp("chromium")), address)
    yield page
    page.driver.quit()


@pytest.fixture
def page(browser: Page) -> Page:
    """The page as a first visitor on a wide screen finds it."""
    browser.resize(1440, 900)
    browser.open()
    browser.driver.execute_script("localStorage.clear()")
    browser.open()
    return browser
