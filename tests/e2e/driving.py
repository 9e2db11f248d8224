"""Chromium and what a reader does with the page: ask, tap, look at what is on the screen."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

_READY = re.compile(r"有据已就绪：(http://\S+)")
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-quic --hide-scrollbars"
)
_PATIENCE = 15  # seconds

# The marked words that can be seen: inside the paper, and the paper inside the window.
_SEEN = """
const paper = document.getElementById("paper").getBoundingClientRect();
return [...document.querySelectorAll("#report mark.quoted")].filter((mark) => {
  const at = mark.getClientRects()[0];
  return at?.height > 0 && at.top >= paper.top && at.top < Math.min(paper.bottom, innerHeight)
    && document.elementFromPoint(at.left + 3, at.top + 6)?.closest("mark.quoted");
}).map((mark) => mark.textContent).join("");
"""


@contextmanager
def serving(data_dir: Path, log: TextIO | None = None, /, **settings: str) -> Iterator[str]:
    """The address of a `youju chat` with these settings on a free port that keeps its data in `data_dir`.

    What it complains of goes to `log`, or is seen with the tests' own.
    """
    given = {f"YOUJU_{name.upper()}": value for name, value in settings.items()}
    environment = {**os.environ, "YOUJU_DATA_DIR": str(data_dir), "YOUJU_PORT": "0", "PYTHONUNBUFFERED": "1", **given}
    command = [sys.executable, "-m", "bot.cli", "chat"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, encoding="utf-8") as server:
        assert server.stdout is not None
        ready = next((found for line in server.stdout if (found := _READY.search(line))), None)
        assert ready, "the server ended before it was ready"
        try:
            yield ready.group(1)
        finally:
            server.terminate()


def chromium_missing() -> str | None:
    """Why no browser test can run here, if so."""
    absent = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    return f"no {' and no '.join(absent)} installed: apt-get install chromium chromium-driver" if absent else None


def chromium(profile: Path) -> webdriver.Chrome:
    """A headless Chromium with an empty profile."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in (*_FLAGS.split(), f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service(str(shutil.which("chromedriver"))))


class Page:
    """The page in the browser."""

    def __init__(self, driver: webdriver.Chrome, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self, query: str = "") -> None:
        """Load the page anew and wait until it takes questions."""
        self.driver.get(self.address + query)
        self.wait("'ready' in document.getElementById('app').dataset")
        self.wait("document.querySelectorAll('#report [data-passage]').length > 0")
        self.wait("document.querySelectorAll('.examples .coming').length === 0")

    def resize(self, width: int, height: int, *, dark: bool = False) -> None:
        """Show the page on a screen of this size and mood."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})

    def offline(self, gone: bool) -> None:
        """Take the network away, or give it back."""
        self.driver.execute_cdp_cmd("Network.enable", {})
        limits = {"offline": gone, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", limits)

    def wait(self, condition: str) -> None:
        """Wait until a JavaScript expression holds."""
        WebDriverWait(self.driver, _PATIENCE, poll_frequency=0.05).until(
            lambda driver: driver.execute_script(f"return Boolean({condition})"), f"never came true: {condition}"
        )

    def run(self, expression: str) -> Any:  # noqa: ANN401  # whatever the expression gives
        """The value of a JavaScript expression."""
        return self.driver.execute_script(f"return {expression}")

    def ask(self, question: str) -> WebElement:
        """Type a question, press Enter, and wait for what comes of it."""
        before = self.count(".turn[data-status]")
        self.find("#question textarea").send_keys(question, Keys.ENTER)
        return self.answer_after(before)

    def answer_after(self, before: int) -> WebElement:
        """The answer that comes when there were `before` of them."""
        self.wait(f"document.querySelectorAll('.turn[data-status]').length > {before}")
        return self.find(".turn:last-child")

    def find(self, selector: str) -> WebElement:
        """The first element of a CSS selector."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def count(self, selector: str) -> int:
        """How many elements of a CSS selector there are."""
        return len(self.driver.find_elements(By.CSS_SELECTOR, selector))

    def press(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def seen(self) -> str:
        """The highlighted words of the report that can be seen on the screen, without white space."""
        return "".join(str(self.driver.execute_script(_SEEN)).split())

    def status(self) -> str | None:
        """What became of the last question: answered, refused, error or failed."""
        return self.find(".turn:last-child").get_attribute("data-status")

    def width_beyond(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.run("document.documentElement.scrollWidth - innerWidth"))

    def console(self) -> list[str]:
        """What the browser complained of since this was last asked."""
        return [str(entry["message"]) for entry in self._log("browser")]

    def asked_for(self) -> set[str]:
        """The addresses that were asked for since this was last asked."""
        events = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        return {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}

    def _log(self, kind: str) -> list[dict[str, str]]:
        entries: list[dict[str, str]] = self.driver.execute("getLog", {"type": kind})["value"]
        return entries
