"""Laws that hold for any text: nothing raises, quotes are verbatim, places are in order and apart."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.clauses import clauses
from corpus.facts import facts_of
from corpus.figures import find_figures
from corpus.markup import Places, plain, text_at
from corpus.passages import make_passages
from corpus.reader import read_blocks
from corpus.types import BlockKind, Passage, Report, Span, Status

PIECES = st.sampled_from(
    [
        *"甲乙丙，。；、：（）“”《》 \t\n\r|*#-<>➤•%.0123456789一二三十百千万亿第占共累计",
        "\n\n", "## ", "**", "<li>", "</li>", "<p>", "</p>", "<br>", "<sub>", "</sub>", "<ul style='a'>", "<5.5%",
        "一、", "（一）", "表 1 ", "图1", "序号\t指标\n", "| 甲 | 乙 |\n", "|---|---|\n", "\n\t", "2024 年", "增长4.8%",
        "新增 8 家", "、升级2家", "累计达到167家", "分别完成1亿元、2亿元", "位居全市第一", "其中14家", "约577亿元",
        "各位代表：", "一是稳定。", "二〇二五", "三分之一", "2-3个", "1,234人", "億萬個", "\ufeff", "\u3000",
    ]
)  # fmt: skip
SOUP = st.lists(PIECES, max_size=60).map("".join)
TEXT = st.one_of(SOUP, st.text(max_size=80))
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def report_of(text: str) -> Report:
    """A report that holds `text`."""
    return Report("r", "r", "", None, 2024, 2025, text, "")


@MANY
@given(TEXT)
def test_any_text_is_read(text: str) -> None:
    """Every text gives blocks whose words stand at their spans, each character in at most one."""
    blocks = read_blocks(text)
    for block in blocks:
        assert block.text
        assert text_at(text, block.spans) == re.sub(r"\s", "", block.text)
        for cell in block.cells:
            assert text_at(text, cell.spans) == re.sub(r"\s", "", cell.text)
    spans = sorted(span for block in blocks for span in block.spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


@MANY
@given(TEXT)
def test_any_text_gives_passages_and_facts(text: str) -> None:
    """Passages quote verbatim, facts point at their figures."""
    report = report_of(text)
    for passage in make_passages(report, read_blocks(text)):
        assert text_at(text, passage.spans) == re.sub(r"\s", "", passage.text)
        for fact in facts_of(passage, text):
            start, end = fact.local
            assert text_at(text, fact.spans) == re.sub(r"\s", "", passage.text[start:end])


@MANY
@given(TEXT)
def test_figures_are_apart_and_stand_where_they_say(text: str) -> None:
    """Figures never overlap, lie within the text, and hold the words at their place."""
    figures = find_figures(text)
    assert all(a.end <= b.start for a, b in zip(figures, figures[1:], strict=False))
    for figure in figures:
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.text == text[figure.start : figure.end]
        assert figure.core in figure.text
        assert figure.value == figure.value and abs(figure.value) != float("inf")


@MANY
@given(TEXT)
def test_a_figures_own_text_is_that_figure(text: str) -> None:
    """Read alone, the words of a figure are one figure with the same number and unit."""
    for figure in find_figures(text):
        (again,) = find_figures(figure.text)
        assert (again.start, again.end) == (0, len(figure.text))
        assert (again.value, again.unit, again.qualifier) == (figure.value, figure.unit, figure.qualifier)


@MANY
@given(TEXT)
def test_clauses_hold_all_figures_whole(text: str) -> None:
    """No clause cuts a figure, none is lost."""
    figures = find_figures(text)
    parts = clauses(text, figures)
    assert [figure for part in parts for figure in part.figures] == figures
    for part in parts:
        assert all(part.start <= figure.start and figure.end <= part.end for figure in part.figures)


@MANY
@given(st.lists(TEXT, min_size=1, max_size=4), st.data())
def test_places_of_a_stretch(parts: list[str], data: st.DataObject) -> None:
    """Any stretch of a text that several places make up is found in those places, character for character."""
    source, spans, words = "", [], ""
    for part in parts:
        source += "｜"
        kept = "".join(part.split())
        if kept and plain(kept) == kept:
            spans.append(Span(len(source), len(source) + len(kept)))
            words += kept
        source += kept
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    found = Places(words, spans, source).of(start, end)
    assert "".join(source[span.start : span.end] for span in found) == words[start:end]
    assert all(any(whole.start <= span.start and span.end <= whole.end for whole in spans) for span in found)


@MANY
@given(TEXT)
def test_facts_of_any_passage(text: str) -> None:
    """One passage's facts are its figures, in order."""
    passage = Passage(
        "r/1", "r", 0, BlockKind.ITEM, text, (Span(0, len(text)),), (), None, None, (), 2024, Status.ACTUAL
    )
    figures = find_figures(text)
    facts = facts_of(passage, text)
    assert [fact.local for fact in facts] == [(figure.start, figure.end) for figure in figures]
