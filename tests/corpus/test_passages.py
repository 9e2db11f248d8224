"""Passages: quotes that stand in the file, with the year and status that their place implies."""

import pytest

from corpus.markup import Places, plain, text_at
from corpus.types import BlockKind, Passage, Span, Status
from tests.corpus.golden_files import shipped

READ = shipped()


def passage_with(words: str) -> Passage:
    """The one passage that holds `words`."""
    (found,) = [passage for passage in READ.passages if words in passage.text]
    return found


def test_a_passages_text_stands_at_its_spans() -> None:
    """The quote is the file's text at the spans, without markup and white space."""
    for passage in READ.passages:
        assert text_at(READ.report.text, passage.spans) == plain(passage.text), passage.id


def test_ids_and_order() -> None:
    """Passages are numbered in the order of the file."""
    assert [passage.ordinal for passage in READ.passages] == list(range(len(READ.passages)))
    assert len({passage.id for passage in READ.passages}) == len(READ.passages)
    starts = [passage.spans[0].start for passage in READ.passages]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("words", "year", "status"),
    [
        ("完成一般公共预算收入281.87亿元", 2024, Status.ACTUAL),
        ("拆除违法建筑649处", 2024, Status.ACTUAL),
        ("一般公共预算收入增长5%，固定资产投资总额增长10%", 2025, Status.TARGET),
        ("旧住房综合修缮项目开工面积 预期性", 2025, Status.TARGET),
        ("垃圾回收利用率达到47%", 2025, Status.TARGET),
        ("主任、各位副主任", None, None),
    ],
)
def test_year_and_status(words: str, year: int | None, status: Status | None) -> None:
    """What is under the first part was done in 2024, what is under the others is aimed at in 2025."""
    passage = passage_with(words)
    assert (passage.year, passage.status) == (year, status)


def test_a_passage_knows_its_table_and_row() -> None:
    """An item's place is section, table and row."""
    passage = passage_with("PM10浓度")
    assert passage.kind is BlockKind.ITEM
    assert passage.row == "生态环保"
    assert passage.table == "表7城区治理推进情况"
    assert passage.location.endswith("表7城区治理推进情况 › 生态环保")
    assert "<sub>" in READ.report.text[passage.spans[0].start : passage.spans[0].end]


def test_passages_are_of_a_length_to_cite() -> None:
    """No passage is a mere fragment or a page."""
    bodies = [passage for passage in READ.passages if passage.section and passage.kind is not BlockKind.ROW]
    assert min(len(passage.text) for passage in bodies) >= 10
    assert max(len(passage.text) for passage in bodies) <= 320


def test_places_in_a_broken_passage() -> None:
    """Words on both sides of a page break have two places."""
    passage = passage_with("总面积10.6万平方米")
    start = passage.text.index("10.6万平方米")
    spans = Places(passage.text, passage.spans, READ.report.text).of(start, start + len("10.6万平方米"))
    assert [READ.report.text[span.start : span.end] for span in spans] == ["10.6", "万平方米"]


def test_no_characters_have_no_places() -> None:
    """No characters, no places."""
    assert Places("甲乙", (Span(0, 2),), "甲乙").of(1, 1) == ()
