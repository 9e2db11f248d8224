"""What the reader makes of the shipped report is what a person has read and found right."""

import hashlib

import pytest

from tests.corpus.golden_files import FILES, GOLDEN, REPORT, shipped

RECEIVED = "44ced6f0df423a69fc45bf1371078cc9dc07f1a4eaf4b2cb2f8fe0665adfbd99"


def test_the_report_is_as_received() -> None:
    """Not one byte of the report was edited."""
    assert hashlib.sha256(REPORT.read_bytes()).hexdigest() == RECEIVED == shipped().report.sha256


@pytest.mark.parametrize("name", FILES)
def test_golden_file(name: str) -> None:
    """Facts, passages, outline and layout are unchanged (`python -m tests.corpus.golden_files` writes them anew)."""
    assert FILES[name](shipped()) == (GOLDEN / name).read_text(encoding="utf-8")


def test_layout_holds_no_words_but_repeated_headers() -> None:
    """What is in no block is tags, marks, white space, and table headers that a page repeats."""
    words = {"主要领域", "主要进展", "主要任务", "功能区", "序号", "指标", "属性", "2025年目标"}
    for line in (GOLDEN / "layout.txt").read_text(encoding="utf-8").splitlines():
        rest = line[6:]
        for word in words:
            rest = rest.replace(word, "")
        assert not any("\u4e00" <= char <= "\u9fff" or char.isdigit() for char in rest), line
