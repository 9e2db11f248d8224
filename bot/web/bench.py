"""Measures the page beside plain Gradio in one run, in a real Chromium: `python -m bot.web.bench [--starts N]`.

Two things: how long after its start the page takes questions, beside an empty Blocks page; and how long after Enter
the first words of an answer are on the screen, beside a page of the same box and button that echoes the question.
Needs chromium and chromedriver.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from statistics import median

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from bot.web.suggesting import written_examples

_CHAT = ("-m", "bot.cli", "chat", "--port", "0")
_EMPTY = ("-m", "bot.web.bench", "--empty")
_ECHO = ("-m", "bot.web.bench", "--echo")
_ADDRESS = re.compile(r"http://[\d.:]+/")
_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_PATIENCE = 60.0  # seconds
_SETTLING = 2.0  # after a page was opened: the report is laid out, the server has tried its examples
_BETWEEN = 0.5  # after an answer: what comes after its words is not counted, and must not slow the next
_ASKABLE = "document.querySelector('#app[data-ready] #question textarea')"
_BOX = "document.querySelector('#question textarea')"
_DRAWN = "document.querySelector('gradio-app main')"

# From the key's own time to the frame after the one that first holds the words.
_WATCH = """
window.shown = null;
const words = document.querySelector(arguments[0]), count = () => words.querySelectorAll(arguments[1]).length;
const before = arguments[1] ? count() : words.textContent;
addEventListener("keydown", (key) => {
  const watcher = new MutationObserver(() => {
    if ((arguments[1] ? count() : words.textContent) === before) return;
    watcher.disconnect();
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => { window.shown = performance.now() - key.timeStamp; };
      after.port2.postMessage(0);
    });
  });
  watcher.observe(words, { subtree: true, childList: true, characterData: true });
}, { capture: true, once: true });
"""


@contextmanager
def served(arguments: Sequence[str]) -> Iterator[str]:
    """The address that a Python process prints once it listens; the process ends with the block."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "GRADIO_ANALYTICS_ENABLED": "False"}
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        found = next((match for line in server.stdout if (match := _ADDRESS.search(line))), None)
        if found is None:
            raise RuntimeError(f"{' '.join(arguments)} ended before it listened")
        try:
            yield found.group()
        finally:
            server.terminate()


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    """A headless Chromium with an empty profile."""
    with tempfile.TemporaryDirectory() as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = str(shutil.which("chromium"))
        for flag in (*_FLAGS, f"--user-data-dir={profile}", "--window-size=1440,900"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(str(shutil.which("chromedriver"))))
        try:
            yield driver
        finally:
            driver.quit()


def seconds_to_ready(driver: webdriver.Chrome, arguments: Sequence[str], ready: str) -> float:
    """From the start of the process to the page in the browser."""
    started = time.perf_counter()
    with served(arguments) as address:
        driver.get(address)
        _wait(driver, ready)
        return time.perf_counter() - started


def milliseconds_to_words(driver: webdriver.Chrome, question: str, words: str, item: str = "") -> float:
    """From Enter to the first words on the screen: a change of the element `words`, or one more `item` in it."""
    box = driver.find_element(By.CSS_SELECTOR, "#question textarea")
    box.send_keys(question)
    driver.execute_script(_WATCH, words, item)
    box.send_keys(Keys.ENTER)
    _wait(driver, "window.shown")
    shown = float(driver.execute_script("return window.shown"))
    time.sleep(_BETWEEN)
    return shown


def starts(runs: int) -> tuple[list[float], list[float]]:
    """Seconds until each page is ready, the two by turns, after one of each that does not count."""
    ours, empty = [], []
    with chromium() as driver:
        for _ in range(runs + 1):
            ours.append(seconds_to_ready(driver, _CHAT, _ASKABLE))
            empty.append(seconds_to_ready(driver, _EMPTY, _DRAWN))
    return ours[1:], empty[1:]


def first_words(rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds from Enter to words: each round puts the written examples to one page, then to the other."""
    questions = written_examples("xuhui-2024-2025")
    ours: list[float] = []
    echoed: list[float] = []
    with ExitStack() as stack:
        driver = stack.enter_context(chromium())
        page, echo = stack.enter_context(served(_CHAT)), stack.enter_context(served(_ECHO))
        for _ in range(rounds + 1):
            _open(driver, page, _ASKABLE)
            ours += [milliseconds_to_words(driver, question, "#turns", ".words") for question in questions]
            _open(driver, echo, _BOX)
            echoed += [milliseconds_to_words(driver, question, "#echo") for question in questions]
    return ours[len(questions) :], echoed[len(questions) :]


def _open(driver: webdriver.Chrome, address: str, ready: str) -> None:
    driver.get(address)
    driver.execute_script("localStorage.clear()")  # a first visitor, as the plain page has no memory either
    driver.get(address)
    _wait(driver, ready)
    time.sleep(_SETTLING)


def launch_plain(*, echo: bool) -> None:
    """Serve a plain Gradio page: empty, or with the same box and button and the question shown again."""
    import gradio as gr

    with gr.Blocks(analytics_enabled=False) as blocks:
        if echo:
            with gr.Row(elem_id="composer"):
                question = gr.Textbox(show_label=False, container=False, elem_id="question")
                send = gr.Button("提问")
            shown = gr.Markdown(elem_id="echo")
            gr.on([question.submit, send.click], lambda text: ("", text), question, [question, shown])
    blocks.launch(server_port=_free_port(), quiet=True, prevent_thread_lock=True)
    sys.stdout.write(f"{blocks.local_url}\n")
    sys.stdout.flush()
    blocks.block_thread()


def _free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(driver: webdriver.Chrome, condition: str) -> None:
    until = time.perf_counter() + _PATIENCE
    while not driver.execute_script(f"return Boolean({condition})"):
        if time.perf_counter() > until:
            raise TimeoutError(condition)
        time.sleep(0.005)


def _row(name: str, ours: Sequence[float], theirs: Sequence[float], unit: str, most: float) -> str:
    mine, other = median(ours), median(theirs)
    return f"{name}\t有据 {mine:.1f} {unit}\t对照 {other:.1f} {unit}\t{mine / other:.2f} 倍（目标不超过 {most} 倍）\n"


def main(arguments: Sequence[str]) -> int:
    """Measure and print both figures side by side."""
    parser = argparse.ArgumentParser(prog="python -m bot.web.bench", description=__doc__)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--echo", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--empty", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.echo or options.empty:
        launch_plain(echo=options.echo)
        return 0
    absent = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    if absent:
        sys.stderr.write(f"没有安装 {'、'.join(absent)}\n")
        return 2
    if options.rounds:
        sys.stdout.write(_row("按回车到首字", *first_words(options.rounds), "毫秒", 1.5))
    if options.starts:
        sys.stdout.write(_row("启动到可提问", *starts(options.starts), "秒", 1.3))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
