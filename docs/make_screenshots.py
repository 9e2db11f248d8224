"""Takes the README's screenshots again: `python -m docs.make_screenshots` (needs chromium and chromedriver)."""

import sys
import tempfile
from pathlib import Path

from tests.e2e.driving import Page, chromium, chromium_missing, serving

FOLDER = Path(__file__).parent / "screenshots"
QUESTION = "2024年徐汇区GDP是多少？"


def main() -> int:
    """Ask on a wide screen and on a phone, open the source, keep both pictures."""
    missing = chromium_missing()
    if missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    with tempfile.TemporaryDirectory() as scratch, serving(Path(scratch) / "data") as address:
        page = Page(chromium(Path(scratch) / "profile"), address)
        try:
            take(page, "wide.png", 1280, 760)
            take(page, "phone.png", 390, 844)
        finally:
            page.driver.quit()
    return 0


def take(page: Page, name: str, width: int, height: int) -> None:
    """One picture of the question answered and its source open."""
    page.resize(width, height)
    page.open()
    page.driver.execute_script("localStorage.clear()")
    page.open()
    page.ask(QUESTION)
    page.find(".turn:last-child .mark").click()
    page.wait("document.querySelector('#report mark.quoted')")
    page.driver.execute_script("document.activeElement.blur()")
    FOLDER.mkdir(exist_ok=True)
    page.driver.save_screenshot(str(FOLDER / name))


if __name__ == "__main__":
    raise SystemExit(main())
