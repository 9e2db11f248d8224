"""The tab of facts: the table, its filters and files, results beside targets, and each figure's place."""

import csv
import io
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.facts.export import COLUMNS
from tests.e2e.driving import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def facts(page: Page) -> Page:
    """The page with the tab opened."""
    page.find("[data-go=facts]").click()
    page.wait("'ready' in document.getElementById('facts').dataset")
    return page


def shown(page: Page) -> list[list[str]]:
    """The cells of the table's rows as they stand on the page."""
    rows: list[list[str]] = page.run(
        "[...document.querySelectorAll('#facts tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return rows


def search(page: Page, words: str) -> list[list[str]]:
    """The rows that come for some words."""
    before = page.find("#facts output").text
    page.find("#facts [name=words]").send_keys(words)
    page.wait(f"document.querySelector('#facts output').textContent !== '{before}'")
    return shown(page)


def downloaded(page: Page, folder: Path, file: str) -> bytes:
    """The file that the link to it gives."""
    kind = file.rpartition(".")[2]
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    page.find(f"#facts a[href*='youju/{file}']").click()
    until = time.monotonic() + 10
    while not (found := [file for file in folder.glob(f"*.{kind}") if file.stat().st_size]):
        assert time.monotonic() < until, "nothing was downloaded"
        time.sleep(0.05)
    return found[0].read_bytes()


def test_nothing_of_the_tab_is_fetched_before_it_is_opened(page: Page) -> None:
    """The first screen does not wait for the tabs."""
    page.asked_for()
    page.open()
    assert not any("tabs" in address or "youju/facts" in address for address in page.asked_for())


def test_words_and_filters_narrow_the_table(facts: Page) -> None:
    """What is typed and chosen narrows the rows; clearing brings them all back."""
    every = len(shown(facts))
    rows = search(facts, "绿地")
    assert 0 < len(rows) < every
    facts.driver.execute_script(
        "const year = document.querySelector('#facts [name=year]'); year.value = '2025';"
        "year.dispatchEvent(new Event('input', { bubbles: true }))"
    )
    facts.wait(f"document.querySelectorAll('#facts tbody tr').length < {len(rows)}")
    assert {row[2] for row in shown(facts)} == {"2025"}
    facts.find("#facts [type=reset]").click()
    facts.wait(f"document.querySelectorAll('#facts tbody tr').length === {every}")


def test_a_column_sorts_both_ways(facts: Page) -> None:
    """A heading sorts by its column and says so; once more turns it round."""
    for order, is_up in (("ascending", True), ("descending", False)):
        facts.find("#facts [data-sort=year]").click()
        facts.wait(f"document.querySelector('#facts th:has([data-sort=year])').ariaSort === '{order}'")
        first, last = ("2024", "2025") if is_up else ("2025", "2024")
        facts.wait(f"document.querySelector('#facts tbody tr .year').textContent === '{first}'")
        assert shown(facts)[-1][2] == last


def test_a_row_opens_its_place(facts: Page) -> None:
    """The report stands beside the table, scrolled to the quote, the figure stressed; Escape goes back to the row."""
    search(facts, "新增各类绿地")
    facts.find("#facts tbody tr td.quote").click()
    facts.wait("document.querySelector('#report mark.quoted')")
    assert "新增各类绿地14.15公顷" in facts.seen()
    assert facts.find("#cited mark.key").text == "14.15公顷"
    facts.press("\ue00c")
    assert facts.run("'source' in document.getElementById('app').dataset") is False
    assert facts.run("document.activeElement.textContent") == "新增各类绿地"


def test_the_table_works_with_the_keyboard(facts: Page) -> None:
    """Each row is a stop of the Tab key, Enter opens its place."""
    facts.driver.execute_script("document.querySelector('#facts tbody button').focus()")
    facts.press("\ue007")
    facts.wait("document.querySelector('#report mark.quoted')")
    assert "地区生产总值完成3931.2亿元" in facts.seen()


def test_results_stand_beside_targets(facts: Page, tmp_path: Path) -> None:
    """Both figures of an indicator with bars to scale, and each opens its own place."""
    facts.find("#facts [data-part=pairs]").click()
    card = next(
        one for one in facts.driver.find_elements("css selector", "#facts .pairs > li") if "新增绿地" in one.text
    )
    assert "14.15公顷" in card.text and "10公顷" in card.text
    first, second = (bar.size["width"] for bar in card.find_elements("css selector", ".bar i"))
    assert second / first == pytest.approx(10 / 14.15, rel=0.02)
    card.find_elements("css selector", "[data-n]")[1].click()
    facts.wait("document.querySelector('#report mark.quoted')")
    assert "新增绿地10公顷" in facts.seen()
    sheet = load_workbook(io.BytesIO(downloaded(facts, tmp_path, "facts/pairs.xlsx"))).worksheets[0]
    assert ("新增绿地", "14.15公顷", "10公顷") in [
        (row[0].value, row[3].value, row[6].value) for row in sheet.iter_rows()
    ]


def test_the_files_say_what_the_page_says(facts: Page, tmp_path: Path) -> None:
    """CSV and .xlsx hold the rows that are shown, in their order."""
    rows = search(facts, "电梯")
    wanted = [[row[0], row[1]] for row in rows]
    table = list(csv.reader(io.StringIO(downloaded(facts, tmp_path, "facts.csv").decode("utf-8-sig"), newline="")))
    assert tuple(table[0]) == COLUMNS
    assert [row[:2] for row in table[1:]] == wanted
    sheet = load_workbook(io.BytesIO(downloaded(facts, tmp_path, "facts.xlsx"))).worksheets[0]
    assert [[cell.value for cell in row[:2]] for row in sheet.iter_rows(min_row=2)] == wanted


@pytest.mark.parametrize("part", ["all", "pairs", "conflicts"])
def test_a_phone_needs_no_sideways_scrolling(facts: Page, part: str) -> None:
    """On 390 pixels everything stands within the screen."""
    facts.resize(390, 844)
    facts.find(f"#facts [data-part={part}]").click()
    assert facts.width_beyond() <= 0
    assert facts.run("document.getElementById('facts').scrollWidth <= document.getElementById('facts').clientWidth")


def test_an_address_opens_the_tab(page: Page) -> None:
    """A link can lead straight to it, and the back-and-forth between views closes what another one opened."""
    page.open("?view=facts")
    page.wait("'ready' in document.getElementById('facts').dataset")
    page.find("#facts tbody button").click()
    page.wait("document.querySelector('#report mark.quoted')")
    page.find("[data-go=ask]").click()
    assert page.run("'source' in document.getElementById('app').dataset") is False
