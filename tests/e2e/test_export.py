"""The conversation taken along: as Markdown, and as a Word document that is one by its own rules."""

import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.e2e.driving import Page

pytestmark = pytest.mark.browser

QUESTION = "2024年徐汇区GDP是多少？"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def exported(page: Page, folder: Path, kind: str) -> Path:
    """The file that the export gives."""
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    page.find("#export").click()
    page.find(f"#formats [data-format={kind}]").click()
    until = time.monotonic() + 10
    while not (found := [file for file in folder.glob(f"*.{kind}") if file.stat().st_size]):
        assert time.monotonic() < until, "nothing was downloaded"
        time.sleep(0.05)
    return found[0]


def test_markdown_holds_questions_answers_and_sources(page: Page, tmp_path: Path) -> None:
    """What is read on the page stands in the file."""
    page.ask(QUESTION)
    text = exported(page, tmp_path, "md").read_text(encoding="utf-8")
    assert f"## {QUESTION}" in text
    assert "3931.2亿元" in text
    assert "[1] 《" in text and "地区生产总值完成3931.2亿元，增长4.8%。”" in text


def test_word_holds_the_same_with_bold_and_marks(page: Page, tmp_path: Path) -> None:
    """The archive is sound, its parts are XML, the short answer is bold, and markup in a question is text."""
    page.ask(QUESTION)
    page.ask("<b>&明天</b>的天气怎么样？")
    with zipfile.ZipFile(exported(page, tmp_path, "docx")) as archive:
        assert archive.testzip() is None
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    assert "[Content_Types].xml" in parts
    paragraphs = list(parts["word/document.xml"].iter(f"{W}p"))
    texts = ["".join(run.text or "" for run in paragraph.iter(f"{W}t")) for paragraph in paragraphs]
    assert QUESTION in texts
    assert "<b>&明天</b>的天气怎么样？" in texts
    assert any(text.startswith("[1] 《") for text in texts)
    bold = [
        "".join(one.text or "" for one in run.iter(f"{W}t"))
        for run in parts["word/document.xml"].iter(f"{W}r")
        if run.find(f"{W}rPr/{W}b") is not None
    ]
    assert "3931.2亿元" in bold
    used = {style.get(f"{W}val") for style in parts["word/document.xml"].iter(f"{W}pStyle")}
    assert used <= {style.get(f"{W}styleId") for style in parts["word/styles.xml"].iter(f"{W}style")}
