"""An answer as HTML, and where its quotes stand on the report's page."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import unescape

import pytest
from lxml.html import fragment_fromstring

from bot.types import Answer, AnswerStatus, Citation, Reason
from bot.web.answers import answer_html, reply
from bot.web.reading import ReportPage
from bot.web.wording import wording
from corpus.library import ReadReport, find_reports, read_report
from corpus.types import Passage, Span

TEXTS = wording("zh")["answer"]


@pytest.fixture(scope="module")
def read() -> ReadReport:
    """The first report of the library."""
    return read_report(find_reports()[0])


@pytest.fixture(scope="module")
def page(read: ReadReport) -> ReportPage:
    """Its page."""
    return ReportPage(read)


def citation(passage: Passage, n: int = 1) -> Citation:
    """A citation of a whole passage."""
    return Citation(
        n, passage.report, passage.id, passage.section, passage.table, passage.row, passage.text, passage.spans, (1, 1)
    )


def answered(text: str, *short: str, citations: tuple[Citation, ...] = ()) -> Answer:
    """An answer with that text and those short answers."""
    return Answer("a", "问", "问", AnswerStatus.ANSWERED, text, None, short, citations)


def bare(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


@cache
def elements(html: str) -> dict[str, str]:
    """What a browser shows in each element that has an id."""
    return {
        one.get("id"): one.text_content() for one in fragment_fromstring(html, create_parent=True).xpath("//*[@id]")
    }


def shown(page: ReportPage, spans: Sequence[Span]) -> list[str]:
    """What the page shows at the marks of `spans`."""
    return [elements(page.html)[mark.element][mark.start : mark.end] for mark in page.marks(spans)]


def test_every_passage_is_marked_by_its_own_words(read: ReadReport, page: ReportPage) -> None:
    """What the page shows at the marks of a passage is the passage, for all of them."""
    wrong = [passage.id for passage in read.passages if bare("".join(shown(page, passage.spans))) != bare(passage.text)]
    assert wrong == []


def test_a_part_of_a_passage_is_marked_alone(read: ReadReport, page: ReportPage) -> None:
    """Spans inside a passage mark only the words at them."""
    fact = next(fact for fact in read.facts if "3931.2" in fact.text)
    assert bare("".join(shown(page, fact.spans))) == bare(fact.text)


def test_spans_of_layout_alone_mark_nothing(page: ReportPage) -> None:
    """Where no shown character stands there is nothing to highlight."""
    assert page.marks([Span(0, 1)]) == []
    assert page.marks([]) == []


def test_the_page_shows_every_block_once_and_in_order(read: ReadReport, page: ReportPage) -> None:
    """No word of the report is lost or doubled on its page."""
    shown = bare(unescape(re.sub(r"<[^>]+>", "", page.html)))
    assert shown == bare("".join("".join(c.text for c in b.cells) if b.cells else b.text for b in read.blocks))


def test_all_text_is_escaped() -> None:
    """Markup in question, text, short answer or quote comes out as text."""
    evil = "<script>alert(1)</script>"
    source = replace(citation(_passage()), quote=f'"{evil}')
    answer = replace(answered(f"{evil}[1]", evil, citations=(source,)), question="甲", understood=evil)
    html = answer_html(answer, TEXTS, contact=evil)
    assert "<script" not in html
    assert 'aria-label="依据 1：&quot;&lt;script' in html
    assert "<strong>&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("text", "short", "expected"),
    [
        pytest.param(
            "增长15%，税收增长5%。", ("5%",), "增长15%，税收增长<strong>5%</strong>。", id="not-inside-a-figure"
        ),
        pytest.param("是。已开工。", ("是",), "<strong>是</strong>。已开工。", id="yes-no"),
        pytest.param("甲5家，乙15家", ("5家", "15家"), "甲<strong>5家</strong>，乙<strong>15家</strong>", id="both"),
        pytest.param("没有这个词", ("别的",), "没有这个词", id="absent"),
    ],
)
def test_the_short_answer_is_bold_where_it_stands(text: str, short: tuple[str, ...], expected: str) -> None:
    """Each short answer is bold once, at its own place."""
    assert answer_html(answered(text, *short), TEXTS) == f"<p>{expected}</p>"


def test_only_marks_of_citations_become_buttons() -> None:
    """A number in brackets that cites nothing stays text, and no mark is taken for a short answer."""
    html = answer_html(answered("共1处[1]，见[2]。", "1处", citations=(citation(_passage()),)), TEXTS)
    assert html.count("<button") == 1
    assert "<strong>1处</strong>" in html
    assert "见[2]" in html


def test_a_list_becomes_a_list() -> None:
    """Lines with bullets are list items, lines without are paragraphs."""
    assert (
        answer_html(answered("共两项：\n- 甲\n- 乙\n完"), TEXTS)
        == "<p>共两项：</p><ul><li>甲</li><li>乙</li></ul><p>完</p>"
    )


def test_sentences_of_two_sources_stay_a_paragraph_and_of_three_become_a_list() -> None:
    """Each sentence keeps its marks; what closes it stays with it."""
    cited = tuple(citation(_passage(), n) for n in (1, 2, 3))
    two = answer_html(answered("甲[1]。乙。[2]", citations=cited), TEXTS)
    assert two.startswith("<p>") and two.count('<span class="said">') == 2
    assert re.sub(r"<[^>]+>", "", two) == "甲1。乙。2"
    three = answer_html(answered("甲。[1]乙。[2][3]丙。[3]", citations=cited), TEXTS)
    assert [re.sub(r"<[^>]+>", "", item) for item in three.split("<li>")[1:]] == ["甲。1", "乙。23", "丙。3"]


def test_a_completed_question_is_shown_with_a_refusal_too() -> None:
    """A reader sees how a follow-up was understood, whatever became of it."""
    refusal = Answer(
        "a", "总面积呢？", "2024年绿地总面积是多少？", AnswerStatus.REFUSED, "没有。", Reason.MISSING_FIGURE
    )
    assert "2024年绿地总面积是多少？" in answer_html(refusal, TEXTS)


def test_a_line_that_starts_with_a_figure_stays_whole() -> None:
    """「2.5亿元」 at a line's start is no list number."""
    assert answer_html(answered("合计：\n2.5亿元"), TEXTS) == "<p>合计：</p><p>2.5亿元</p>"


def test_a_refusal_says_so_and_whom_to_ask() -> None:
    """A refusal carries a heading for its reason and the contact of the settings."""
    refusal = Answer("a", "问", "问", AnswerStatus.REFUSED, "没有。", Reason.MISSING_YEAR)
    html = answer_html(refusal, TEXTS, contact="12345")
    assert 'class="verdict">报告没有这一年的数据<' in html
    assert "12345" in html


def test_the_reply_places_each_citation(read: ReadReport, page: ReportPage) -> None:
    """What goes to the browser names the element and the characters to highlight."""
    passage = read.passages[5]
    sent = reply(answered("文[1]", citations=(citation(passage),)), page, TEXTS)
    (mark,) = sent["citations"][0]["marks"]
    assert f'id="{mark["element"]}"' in page.html
    assert sent["citations"][0]["quote"] == passage.text


def _passage() -> Passage:
    return read_report(find_reports()[0]).passages[0]
