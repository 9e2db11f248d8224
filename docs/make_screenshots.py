"""Takes the screenshots and draws the icons again: `python -m docs.make_screenshots [--all FOLDER] [--icons]`.

Without options it takes the pictures that the README and docs/ show. `--all` takes every kind of answer and every tab
on three widths, light and dark, for looking at; `--icons` draws the page's PNG icons from icon.svg. Needs chromium and
chromedriver.
"""

import argparse
import base64
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.web.page import STATIC
from tests.e2e.driving import Page, chromium, chromium_missing, serving

FOLDER = Path(__file__).parent / "screenshots"
QUESTION = "2024年徐汇区GDP是多少？"
SIZES = {"wide": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}
ICONS = (180, 192, 512)

DRAFT = """2024年，徐汇区地区生产总值完成3931.2亿元，增长5.8%。完成一般公共预算收入281.87亿元，同比增长12.37%。

2024年，既有多层住宅加装电梯完工333台，旧住房综合修缮完工402万平方米。全年新增各类绿地10公顷，新栽樱花2000株。

2025年，一般公共预算收入增长5%，固定资产投资总额增长12%，城镇调查失业率小于5.5%。"""

# What is asked for each picture of --all; the last question's source is opened.
SCENES = {
    "first": (),
    "figure": (QUESTION,),
    "list": ("西岸滨江功能区2024年有哪些进展？",),
    "comparison": ("2024年生命健康和文化创意产业的总产出哪个更高？",),
    "cell": ("2025年城镇调查失业率要控制在多少？",),
    "follow-up": ("2024年拆除违法建筑多少处？", "总面积呢？"),
    "refusal": ("浦东新区2024年GDP是多少？",),
    "error": ("？？",),
    "failed": (QUESTION,),
    "report": (),
    "facts": (),
    "pairs": (),
    "checked": (),
}


def main(arguments: Sequence[str]) -> int:
    """Take the pictures that the options name."""
    parser = argparse.ArgumentParser(prog="python -m docs.make_screenshots", description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    parser.add_argument("--icons", action="store_true")
    options = parser.parse_args(arguments)
    missing = chromium_missing()
    if missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    with tempfile.TemporaryDirectory() as scratch, serving(Path(scratch) / "data") as address:
        page = Page(chromium(Path(scratch) / "profile"), address)
        try:
            if options.icons:
                draw_icons(page)
            elif options.all:
                take_all(page, options.all)
            else:
                FOLDER.mkdir(exist_ok=True)
                take(page, (QUESTION,), FOLDER / "wide.png", (1280, 760))
                take(page, (QUESTION,), FOLDER / "phone.png", (390, 844))
                take_facts(page, FOLDER / "facts.png", (1280, 760))
                take_checked(page, FOLDER / "check.png", (1280, 760))
        finally:
            page.driver.quit()
    return 0


def take(page: Page, questions: Sequence[str], file: Path, size: tuple[int, int], *, dark: bool = False) -> None:
    """One picture of the last question's answer with its source open, if it has one."""
    page.resize(*size, dark=dark)
    page.open()
    page.driver.execute_script("localStorage.clear()")
    page.open()
    for question in questions:
        page.ask(question)
    if page.count(".turn:last-child .mark"):
        page.wait("document.querySelector('.turn:last-child .follow')")
        page.find(".turn:last-child .mark").click()
        page.wait("document.querySelector('#report mark.quoted')")
    page.driver.execute_script("document.activeElement.blur()")
    page.driver.save_screenshot(str(file))


def take_all(page: Page, folder: Path) -> None:
    """Every scene on every width, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, questions in SCENES.items():
        for screen, size in SIZES.items():
            for dark in (False, True):
                file = folder / f"{name}-{screen}-{'dark' if dark else 'light'}.png"
                page.offline(name == "failed")
                if name in OTHERS:
                    OTHERS[name](page, file, size, dark=dark)
                else:
                    take(page, questions, file, size, dark=dark)


def take_report(page: Page, file: Path, size: tuple[int, int], *, dark: bool = False) -> None:
    """The report with a word searched for."""
    page.resize(*size, dark=dark)
    page.open()
    page.find("[data-go=report]").click()
    page.find("#search input").send_keys("加装电梯")
    page.wait("document.querySelector('#report mark.found[data-now]')")
    page.driver.save_screenshot(str(file))


def take_failed(page: Page, file: Path, size: tuple[int, int], *, dark: bool = False) -> None:
    """A question that the network did not take."""
    page.offline(False)
    page.resize(*size, dark=dark)
    page.open()
    page.driver.execute_script("localStorage.clear()")
    page.open()
    page.offline(True)
    page.ask(QUESTION)
    page.driver.save_screenshot(str(file))
    page.offline(False)


def take_facts(page: Page, file: Path, size: tuple[int, int], *, dark: bool = False) -> None:
    """The table of facts, one of them opened in the report."""
    open_tab(page, "facts", size, dark=dark)
    page.find("#facts [name=words]").send_keys("绿地")
    page.wait("document.querySelectorAll('#facts tbody tr').length < 50")
    page.find("#facts tbody button").click()
    page.wait("document.querySelector('#report mark.quoted')")
    page.driver.save_screenshot(str(file))


def take_pairs(page: Page, file: Path, size: tuple[int, int], *, dark: bool = False) -> None:
    """Results beside targets."""
    open_tab(page, "facts", size, dark=dark)
    page.find("#facts [data-part=pairs]").click()
    page.driver.save_screenshot(str(file))


def take_checked(page: Page, file: Path, size: tuple[int, int], *, dark: bool = False) -> None:
    """A checked draft, one finding opened in the report."""
    open_tab(page, "check", size, dark=dark)
    page.driver.execute_script("document.getElementById('draft').value = arguments[0]", DRAFT)
    page.find("#check .main").click()
    page.wait("document.querySelector('#check .claim')")
    page.find("#check .claim[data-verdict=contradicted]").click()
    page.wait("document.querySelector('#report mark.quoted')")
    page.driver.execute_script("document.activeElement.blur()")
    page.driver.save_screenshot(str(file))


def open_tab(page: Page, name: str, size: tuple[int, int], *, dark: bool) -> None:
    """The page with one of the tabs for staff open."""
    page.resize(*size, dark=dark)
    page.open()
    page.find(f"[data-go={name}]").click()
    page.wait(f"'ready' in document.getElementById('{name}').dataset")


OTHERS = {
    "report": take_report,
    "failed": take_failed,
    "facts": take_facts,
    "pairs": take_pairs,
    "checked": take_checked,
}


def draw_icons(page: Page) -> None:
    """The PNG icons beside icon.svg: iOS and Android take no SVG. Corners are filled, the system rounds them."""
    svg = base64.b64encode((STATIC / "icon.svg").read_bytes().replace(b'rx="14"', b'rx="0"')).decode("ascii")
    for size in ICONS:
        metrics = {"width": size, "height": size, "deviceScaleFactor": 1, "mobile": False}
        page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        picture = f'<img width="{size}" src="data:image/svg+xml;base64,{svg}">'
        page.driver.get("data:text/html,<body>")
        page.driver.execute_script("document.body.style.margin = 0; document.body.innerHTML = arguments[0]", picture)
        page.wait("document.images[0].complete")
        page.driver.save_screenshot(str(STATIC / f"icon-{size}.png"))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
