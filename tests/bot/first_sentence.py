"""How long after a model has sent its first sentence it is there: `python -m tests.bot.first_sentence`.

Three places: given by the assistant, read from the API's stream, on the screen of the page (where Chromium is).
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.api.problems import PREFIX
from bot.assistant import Assistant
from bot.indexing import ensure_index
from bot.settings import Settings
from tests.bot.chat_server import ChatServer, Reply
from tests.bot.chat_server import serving as playing
from tests.e2e.driving import Page, chromium, chromium_missing, serving

QUESTION = "2024年徐汇区地区生产总值是多少？"
SENTENCE = "2024年徐汇区地区生产总值完成3931.2亿元，增长4.8%[1]。"
FIGURE = "3931.2"
TIMES = 30

# When the frame is drawn that first holds the figure in the last answer, in milliseconds since 1970.
_WATCH = """
window.shown = null;
const held = () => document.querySelector('.turn:last-child .words')?.textContent.includes(arguments[0]);
const before = document.querySelectorAll('.turn').length;
const watcher = new MutationObserver(() => {
  if (document.querySelectorAll('.turn').length === before || !held()) return;
  watcher.disconnect();
  requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => { window.shown = performance.timeOrigin + performance.now(); };
    after.port2.postMessage(0);
  });
});
watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
"""


class Sent(Sequence[str]):
    """The pieces of a reply; `at` is when the last of the first sentence was sent."""

    def __init__(self) -> None:
        self.at = 0.0
        self._pieces = (*(SENTENCE[i : i + 4] for i in range(0, len(SENTENCE), 4)), "另外")

    def __len__(self) -> int:
        return len(self._pieces)

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401  # as sequences do
        return self._pieces[place]

    def __iter__(self) -> Iterator[str]:
        """Each piece; the last waits, as a model does between sentences."""
        *first, last = self._pieces
        for piece in first:
            self.at = time.time()
            yield piece
        time.sleep(0.5)
        yield last


def given(server: ChatServer, sent: Sent) -> list[float]:
    """Milliseconds until the assistant gives the sentence."""
    ensure_index(Settings.load(), lambda _: None)
    assistant = Assistant.open(Settings.load(writer="openai:scripted", writer_base_url=server.address))
    delays = []
    for _ in range(TIMES):
        for answer in assistant.stream(QUESTION):
            if not answer.complete:
                delays.append((time.time() - sent.at) * 1000)
                break
    return delays


def streamed(address: str, sent: Sent) -> list[float]:
    """Milliseconds until the sentence is read from the API's stream."""
    delays, body = [], json.dumps({"question": QUESTION})
    for _ in range(TIMES):
        connection = HTTPConnection(urlsplit(address).netloc)
        headers = {"content-type": "application/json", "accept": "text/event-stream"}
        connection.request("POST", f"{PREFIX}/ask", body, headers)
        for line in connection.getresponse():
            if line.startswith(b"data:") and FIGURE.encode() in line:
                delays.append((time.time() - sent.at) * 1000)
                break
        connection.close()
        time.sleep(0.6)  # the answer that nobody reads any more ends
    return delays


def drawn(address: str, sent: Sent, profile: Path) -> list[float]:
    """Milliseconds until the sentence is on the screen."""
    page = Page(chromium(profile), address)
    delays = []
    try:
        page.open()
        for _ in range(TIMES):
            page.driver.execute_script(_WATCH, FIGURE)
            page.find("#question textarea").send_keys(QUESTION, "\ue007")
            page.wait("window.shown")
            delays.append(float(page.driver.execute_script("return window.shown")) - sent.at * 1000)
            page.wait("document.querySelector('.turn:last-child').dataset.status")
    finally:
        page.driver.quit()
    return delays


def _say(place: str, measure: Callable[[], list[float]]) -> None:
    delays = sorted(measure()[1:])  # the first loads the client library
    median, late = delays[len(delays) // 2], delays[len(delays) * 95 // 100]
    times = f"中位数 {median:.1f} 毫秒，95% 在 {late:.1f} 毫秒内，最长 {delays[-1]:.1f} 毫秒"
    sys.stdout.write(f"{place}：{len(delays)} 次，第一句写完后{times}\n")
    sys.stdout.flush()


def main() -> int:
    """Print the median, the 95th percentile and the longest delay at each place."""
    sent = Sent()
    with playing(lambda _: Reply(sent)) as server, tempfile.TemporaryDirectory() as scratch:
        _say("助手给出", lambda: given(server, sent))
        model = {"writer": "openai:scripted", "writer_base_url": server.address, "limit_burst": "1000"}
        with serving(Path(scratch) / "data", **model) as address:
            _say("接口读到", lambda: streamed(address, sent))
            if chromium_missing() is None:
                _say("网页看到", lambda: drawn(address, sent, Path(scratch) / "chromium"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
