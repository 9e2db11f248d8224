"""What axe-core, the usual checker of accessibility, finds on the page; it comes from its npm package, for the test."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.e2e.driving import Page

pytestmark = pytest.mark.browser

_RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then((found) => done(found.violations.map(
  (one) => `${one.impact} ${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`)));
"""


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The checker's script."""
    if shutil.which("npm") is None:
        pytest.skip("no npm installed: axe-core comes from its npm package")
    folder = tmp_path_factory.mktemp("axe")
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), "axe-core@4"]
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=20, cwd=folder)
    except subprocess.TimeoutExpired:
        pytest.skip("npm gave no axe-core within 20 seconds")
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if done.returncode or not script.exists():
        pytest.skip(f"npm gave no axe-core: {done.stderr.strip()[-200:]}")
    return script.read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """What the checker finds on the page as it stands, the slight things too."""
    page.driver.execute_script(axe)
    found: list[str] = page.driver.execute_async_script(_RUN)
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_serious_is_found(page: Page, axe: str, width: int, dark: bool) -> None:
    """From the first screen over an answer, a refusal and the report to the tabs for staff: nothing serious."""
    page.resize(width, 900, dark=dark)
    found = {"first": violations(page, axe)}
    page.ask("2024年生命健康和文化创意产业的总产出哪个更高？")
    page.find(".turn:last-child .mark").click()
    page.wait("document.querySelector('#report mark.quoted')")
    found["answer"] = violations(page, axe)
    page.find("#close").click()
    page.ask("明天的天气怎么样？")
    page.find(".turn:last-child [data-useful=false]").click()
    found["refusal"] = violations(page, axe)
    page.find("[data-go=report]").click()
    found["report"] = violations(page, axe)
    page.find("[data-go=facts]").click()
    page.wait("'ready' in document.getElementById('facts').dataset")
    page.find("#facts tbody button").click()
    page.wait("document.querySelector('#report mark.quoted')")
    found["facts"] = violations(page, axe)
    page.find("#close").click()
    page.find("#facts [data-part=pairs]").click()
    found["pairs"] = violations(page, axe)
    page.find("[data-go=check]").click()
    page.wait("'ready' in document.getElementById('check').dataset")
    found["form"] = violations(page, axe)
    page.find("#draft").send_keys("新增绿地14.15公顷，栽花2000株，地区生产总值增长9%。")
    page.find("#check .main").click()
    page.wait("document.querySelector('#check .claim')")
    found["checked"] = violations(page, axe)
    serious = {
        name: [one for one in several if one.startswith(("serious", "critical"))] for name, several in found.items()
    }
    assert serious == dict.fromkeys(found, [])


def test_the_page_can_be_kept_on_a_phone(page: Page) -> None:
    """The browser reads the manifest without complaint, and its icons are pictures of the size they claim."""
    page.driver.execute_cdp_cmd("Page.enable", {})
    read = page.driver.execute_cdp_cmd("Page.getAppManifest", {})
    assert read["errors"] == []
    sizes = page.driver.execute_async_script(
        """const done = arguments[0];
        fetch("./manifest.json").then((answer) => answer.json()).then((manifest) => Promise.all(
          [...manifest.icons, {src: document.querySelector("link[rel=apple-touch-icon]").href, sizes: "180x180"}]
            .filter((icon) => icon.sizes !== "any").map(async (icon) => {
              const picture = new Image();
              picture.src = icon.src;
              await picture.decode();
              return [icon.sizes, `${picture.naturalWidth}x${picture.naturalHeight}`];
            }))).then(done);"""
    )
    assert {said for said, _ in sizes} >= {"180x180", "192x192", "512x512"}
    assert [said for said, _ in sizes] == [real for _, real in sizes]


def test_the_icons_are_in_the_folder() -> None:
    """They are drawn by docs/make_screenshots.py and kept."""
    from bot.web.page import STATIC

    assert {path.name for path in Path(STATIC).glob("*.png")} == {f"icon-{size}.png" for size in (180, 192, 512)}
