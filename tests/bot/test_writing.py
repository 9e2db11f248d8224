"""The extractive writer: the report's own words, each label once, each passage marked and cited once."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.reading import Piece, Reading
from bot.writing import cite, lines_of, write
from corpus.types import BlockKind, Cell, Passage, Report, Span, Status

LINES = (
    "粮食总产量完成12.6万吨，增长3.1%；建成高标准农田2.4万亩。",
    "新建农贸市场4家，改造5家，",
    "2030年末常住人口31万人。",
    "全县义务教育学校、幼儿园食堂全面升级。",
)
TEXT = "# 标题\n\n" + "\n".join(LINES) + "\n| 1 | 粮食播种面积 | 约束性 | 36万亩 |\n"
REPORT = Report("small", "云栖县报告", "云栖县", date(2031, 1, 15), 2030, 2031, TEXT, "0" * 64)


def passage(place: int, year: int | None = 2030) -> Passage:
    """The line at `place` as a passage."""
    start = TEXT.index(LINES[place])
    spans = (Span(start, start + len(LINES[place])),)
    name, status = f"small/{place:04d}", Status.ACTUAL
    return Passage(
        name, "small", place, BlockKind.ITEM, LINES[place], spans, ("一、回顾",), None, None, (), year, status
    )


def row() -> Passage:
    """The table's row as a passage."""
    words = ("1", "粮食播种面积", "约束性", "36万亩")
    spans = tuple(Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in words)
    headers = ("序号", "指标", "属性", "2031年目标")
    cells = tuple(Cell(head, word, (span,)) for head, word, span in zip(headers, words, spans, strict=True))
    span = (Span(spans[0].start, spans[-1].end),)
    text, kind = " ".join(words), BlockKind.ROW
    return Passage(
        "small/0009", "small", 9, kind, text, span, ("二、目标",), "表1 目标", words[1], cells, 2031, Status.TARGET
    )


def whole(one: Passage, label: str = "2030年") -> Piece:
    """All of a passage."""
    return Piece(one, 0, len(one.text), label)


def part(one: Passage, words: str, label: str = "2030年") -> Piece:
    """The `words` of a passage."""
    start = one.text.index(words)
    return Piece(one, start, start + len(words), label, (words,))


def test_a_piece_is_a_sentence_with_its_year_place_and_mark() -> None:
    """What is shown is the report's words, the year and place before them and the mark after the stop."""
    text, citations = write(Reading((part(passage(0), "粮食总产量完成12.6万吨"),)), REPORT)
    assert text == "2030年云栖县粮食总产量完成12.6万吨。[1]"
    assert [one.n for one in citations] == [1]


def test_a_row_is_told_in_words() -> None:
    """A row of a table is its label, then each other column with its value, without the row's number."""
    text, citations = write(Reading((whole(row(), "2031年"),)), REPORT)
    assert text == "2031年云栖县粮食播种面积：属性约束性，2031年目标36万亩。[1]"
    assert (citations[0].table, citations[0].row) == ("表1 目标", "粮食播种面积")
    assert citations[0].quote == "1 粮食播种面积 约束性 36万亩"


def test_the_same_label_is_said_once_in_a_row() -> None:
    """A second sentence of the same year goes on without the label, one of another year has its own."""
    pieces = (whole(passage(0)), whole(passage(3)), whole(row(), "2031年"), whole(passage(1)))
    text, _ = write(Reading(pieces), REPORT)
    assert [said.count("云栖县") for said in re.split(r"\[\d\]", text)] == [1, 0, 1, 1, 0]


def test_words_that_say_their_year_get_no_label() -> None:
    """A sentence that opens with its year is not told the year again."""
    text, _ = write(Reading((whole(passage(2)),)), REPORT)
    assert text == "2030年末常住人口31万人。[1]"


def test_pieces_of_one_passage_are_one_sentence_with_one_mark() -> None:
    """Two stretches of a passage stand in its order, joined by a comma, those that touch as the report has them."""
    one = passage(0)
    apart = Reading((part(one, "建成高标准农田2.4万亩"), part(one, "粮食总产量完成12.6万吨")))
    assert write(apart, REPORT)[0] == "2030年云栖县粮食总产量完成12.6万吨，建成高标准农田2.4万亩。[1]"
    touching = Reading((part(one, "增长3.1%"), part(one, "粮食总产量完成12.6万吨")))
    assert write(touching, REPORT)[0] == "2030年云栖县粮食总产量完成12.6万吨，增长3.1%。[1]"
    assert len(write(touching, REPORT)[1]) == 1


def test_the_lead_comes_first() -> None:
    """A verdict or a sum opens the answer, before any label, and has no mark of its own."""
    text, citations = write(Reading((part(passage(1), "改造5家"),), lead="5−4=1家。"), REPORT)
    assert text == "5−4=1家。2030年云栖县改造5家。[1]"
    assert len(citations) == 1


@pytest.mark.parametrize("place", range(len(LINES)))
def test_no_stop_is_doubled(place: int) -> None:
    """Whatever sign a passage ends in, its sentence ends in one 。 before the mark."""
    text, _ = write(Reading((whole(passage(place)),)), REPORT)
    assert text.endswith("。[1]")
    assert not re.search(r"[，；。、]{2,}", text)


def test_a_citation_is_the_whole_passage_at_its_place() -> None:
    """What is cited is all of the passage, with its spans, section and 1-based lines, however little is shown."""
    one = passage(1)
    cited = cite(one, REPORT, 7)
    assert (cited.n, cited.report, cited.passage, cited.section) == (7, "small", one.id, ("一、回顾",))
    assert (cited.quote, cited.spans, cited.lines) == (one.text, one.spans, (4, 4))


@pytest.mark.parametrize(("first", "last", "lines"), [(0, 0, (3, 3)), (0, 3, (3, 6)), (2, 3, (5, 6))])
def test_lines_are_those_of_the_first_and_the_last_character(first: int, last: int, lines: tuple[int, int]) -> None:
    """A passage broken by a page has the line where it starts and the one where it ends."""
    spans = (passage(first).spans[0], passage(last).spans[0])
    one = Passage("small/0", "small", 0, BlockKind.ITEM, "", spans, (), None, None, (), None, None)
    assert lines_of(one, REPORT) == lines


def test_lines_are_of_the_report_that_is_asked() -> None:
    """Two reports that are asked in turn each have their own lines."""
    lower = replace(REPORT, name="lower", text="\n" * 40 + TEXT)
    there = replace(passage(3), spans=(Span(*(place + 40 for place in passage(3).spans[0])),))
    for _ in range(2):
        assert lines_of(passage(3), REPORT) == (6, 6)
        assert lines_of(there, lower) == (46, 46)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(1, 30)), max_size=6))
def test_marks_and_citations_agree_whatever_is_shown(cuts: list[tuple[int, int, int]]) -> None:
    """Any pieces in any order give marks 1..n in order, a citation for each, and no words but the report's."""
    pieces = [(passage(place), start, start + length) for place, start, length in cuts]
    reading = Reading(tuple(Piece(one, start, min(end, len(one.text)), "2030年") for one, start, end in pieces))
    text, citations = write(reading, REPORT)
    marks = re.findall(r"\[(\d+)\]", text)
    assert marks == [str(one.n) for one in citations] == [str(n + 1) for n in range(len(citations))]
    assert {one.passage for one in citations} == {one.id for one, _, _ in pieces}
    assert write(reading, REPORT) == (text, citations)
