"""The tab of checking: a draft pasted or given as a file, its figures marked, the report's places, the exports."""

import csv
import io
import json
import time
from pathlib import Path

import pytest
from docx import Document

from bot.checking.draft import MAX_DRAFT
from tests.e2e.driving import Page
from tests.e2e.test_guard import send

pytestmark = pytest.mark.browser

DRAFT = """<b>徐汇区2024年情况</b> & 说明
2024年，既有多层住宅加装电梯完工333台。新增各类绿地12公顷。
全年新栽樱花2000株。"""
VERDICTS = [("333台", "supported"), ("12公顷", "contradicted"), ("2000株", "absent")]


@pytest.fixture
def check(page: Page) -> Page:
    """The page with the tab opened."""
    page.find("[data-go=check]").click()
    page.wait("'ready' in document.getElementById('check').dataset")
    return page


def checked(page: Page, draft: str) -> None:
    """Paste a draft and wait for its findings."""
    page.driver.execute_script("document.getElementById('draft').value = arguments[0]", draft)
    page.find("#check .main").click()
    page.wait("!document.querySelector('#check .outcome').hidden")


def marked(page: Page) -> list[tuple[str, str]]:
    """The figures marked in the draft, each with its verdict."""
    found = page.run(
        "[...document.querySelectorAll('#check .claim')].map(one => [one.firstChild.data, one.dataset.verdict])"
    )
    return [(figure, verdict) for figure, verdict in found]


def saved(page: Page, folder: Path, kind: str) -> bytes:
    """The file that the export gives."""
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    page.find(f"#check [data-file={kind}]").click()
    until = time.monotonic() + 10
    while not (found := [file for file in folder.glob(f"*.{kind}") if file.stat().st_size]):
        assert time.monotonic() < until, "nothing was downloaded"
        time.sleep(0.05)
    return found[0].read_bytes()


def test_every_figure_is_marked_by_more_than_colour(check: Page) -> None:
    """Each figure has its verdict, a sign and words for a screen reader; the draft itself is text, not markup."""
    checked(check, DRAFT)
    assert marked(check) == VERDICTS
    signs = [one.text for one in check.driver.find_elements("css selector", "#check .claim .sign")]
    assert signs == ["✓", "✗", "？"]
    labels = check.run("[...document.querySelectorAll('#check .claim')].map(one => one.ariaLabel)")
    assert [label.split("，")[1] for label in labels] == ["一致", "不一致", "未提及"]
    assert "<b>徐汇区2024年情况</b> & 说明" in check.find("#check .text").text
    assert check.count("#check .text b") == 0


def test_a_contradicted_figure_shows_what_the_report_says(check: Page) -> None:
    """The finding names the report's own figure; a tap on mark or finding opens the report there."""
    checked(check, DRAFT)
    assert "14.15公顷" in check.find("#check .findings [data-verdict=contradicted]").text
    check.find("#check .claim[data-verdict=contradicted]").click()
    check.wait("document.querySelector('#report mark.quoted')")
    assert "14.15公顷" in check.seen()
    assert check.find("#cited .told").text.startswith("12公顷，不一致")
    assert check.count("#check .findings [data-verdict=contradicted][data-chosen]") == 1
    check.find("#check .findings [data-verdict=supported]").click()
    check.wait("document.querySelector('#cited blockquote').textContent.includes('333台')")
    assert "333台" in check.seen()


def test_verdicts_can_be_hidden(check: Page) -> None:
    """A tap on a verdict takes its findings out of the list, and another brings them back."""
    checked(check, DRAFT)
    for shown in (2, 3):
        check.find("#check .verdicts [data-verdict=supported]").click()
        assert check.run("document.querySelectorAll('#check .findings li:not([hidden])').length") == shown


def test_a_word_file_is_checked(check: Page, tmp_path: Path) -> None:
    """What stands in an uploaded .docx comes back marked, and can be edited."""
    document = Document()
    for line in DRAFT.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "讲话稿.docx"))
    check.find("#check [type=file]").send_keys(str(tmp_path / "讲话稿.docx"))
    check.wait("!document.querySelector('#check .outcome').hidden")
    assert marked(check) == VERDICTS
    check.find("#check .edit").click()
    assert check.find("#draft").get_property("value") == DRAFT


@pytest.mark.parametrize(("name", "content", "said"), [("a.docx", b"PK", "Word"), ("a.txt", b"\x80\xff", "UTF-8")])
def test_a_file_that_cannot_be_read_is_said(check: Page, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    """What is wrong stands under the form, and the form still works."""
    (tmp_path / name).write_bytes(content)
    check.find("#check [type=file]").send_keys(str(tmp_path / name))
    check.wait("document.querySelector('#check .problem').textContent")
    assert said in check.find("#check .problem").text
    checked(check, DRAFT)
    assert marked(check) == VERDICTS


def test_an_empty_and_an_endless_draft_are_refused(check: Page) -> None:
    """Nothing to check, and more than can be taken, are said in words."""
    check.find("#check .main").click()
    check.wait("document.querySelector('#check .problem').textContent.includes('空')")
    check.driver.execute_script(f"document.getElementById('draft').value = '一'.repeat({MAX_DRAFT + 1})")
    check.find("#check .main").click()
    check.wait("document.querySelector('#check .problem').textContent.includes('太长')")


def test_the_exports_say_what_the_page_says(check: Page, tmp_path: Path) -> None:
    """The Word file has a comment on each figure, the CSV a row, with the page's verdicts."""
    checked(check, DRAFT)
    document = Document(io.BytesIO(saved(check, tmp_path, "docx")))
    assert [comment.text.split("：")[0].splitlines()[0] for comment in document.comments] == [
        "一致",
        "不一致",
        "未提及",
    ]
    assert "新增各类绿地12公顷" in "\n".join(paragraph.text for paragraph in document.paragraphs)
    rows = list(csv.reader(io.StringIO(saved(check, tmp_path, "csv").decode("utf-8-sig"), newline="")))
    assert [row[1:3] for row in rows[1:]] == [["333台", "一致"], ["12公顷", "不一致"], ["2000株", "未提及"]]


def test_a_phone_needs_no_sideways_scrolling(check: Page) -> None:
    """On 390 pixels the marked draft and the list stand one under the other."""
    check.resize(390, 844)
    checked(check, DRAFT)
    assert check.width_beyond() <= 0
    assert check.run("document.getElementById('check').scrollWidth <= document.getElementById('check').clientWidth")


def test_the_draft_is_kept_nowhere(check: Page, data_dir: Path) -> None:
    """Neither the browser's storage nor the server's data folder holds it, and a reload forgets it."""
    checked(check, DRAFT)
    assert check.run("JSON.stringify([localStorage, sessionStorage]).includes('樱花')") is False
    kept = [path for path in data_dir.rglob("*") if path.is_file() and "index" not in path.parts]
    assert not any("樱花".encode() in path.read_bytes() for path in kept)
    check.open("?view=check")
    check.wait("'ready' in document.getElementById('check').dataset")
    assert check.find("#draft").get_property("value") == ""


def test_the_addresses_take_no_more_than_they_need(address: str) -> None:
    """An oversized draft or file is refused unread, another kind of body is an error in words, never a crash."""
    large = json.dumps({"text": "长" * 400_000}).encode()
    assert send(address, "POST", "/youju/check", large, Content_Type="application/json")[0] == 413
    assert send(address, "POST", "/youju/check/draft?name=a.txt", b"a" * (9 << 20))[0] == 413
    assert send(address, "POST", "/youju/check/draft?name=a.exe", b"a")[0] == 422
    assert send(address, "POST", "/youju/check", b"[1]", Content_Type="application/json")[0] == 422
    assert (
        send(address, "POST", "/youju/check/file?kind=exe", b'{"text":"1"}', Content_Type="application/json")[0] == 422
    )
