"""The table of facts: every fact is in it once with its place, filters and sorting keep what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UnknownReport
from bot.facts import FactTable, Filters, Sort
from bot.settings import Settings
from corpus.types import Status
from index.store import Index, load


@pytest.fixture(scope="module")
def index(settings: Settings) -> Index:
    """The index of the report that the project ships."""
    return load(settings.index_folder)


@pytest.fixture(scope="module")
def table(settings: Settings, index: Index) -> FactTable:
    """The table of the report that the project ships."""
    return FactTable.open(settings, index)


def test_every_fact_is_a_row_with_its_own_words(table: FactTable, index: Index) -> None:
    """As many rows as facts, each with an id of its own; figure and quote stand at their spans."""
    rows = table.rows()
    assert len(rows) == len({row.id for row in rows}) == len(index.facts)
    text = table.report.text
    for row in rows:
        assert row.figure in row.quote
        assert [span.start for span in row.spans] == sorted(span.start for span in row.spans)
        written = "".join(text[start:end] for start, end in row.figure_spans)
        assert "".join(row.figure.split()) in "".join(written.split()) or "<" in written


def test_filters_keep_only_what_they_say(table: FactTable) -> None:
    """Words, section, year, status, unit and change each narrow the rows, and all of them together."""
    found = table.rows(Filters("绿地", "表9", 2025, Status.TARGET, "公顷", "数值"))
    assert [(row.subject, row.figure) for row in found] == [("新增绿地", "10公顷")]
    assert {row.unit for row in table.rows(Filters(unit="亿元"))} == {"元"}
    assert all("第" in row.figure for row in table.rows(Filters(change="排名")))
    assert table.rows(Filters(words="没有这样的词")) == ()


def test_a_subject_that_says_the_words_comes_first(table: FactTable) -> None:
    """What only mentions the words in its sentence stands after what is about them."""
    about = ["绿地" in row.subject for row in table.rows(Filters(words="绿地"))]
    assert about == sorted(about, reverse=True) and not about[-1]


def test_traditional_and_wide_characters_find_the_same(table: FactTable) -> None:
    """繁體 and full-width letters are searched as their plain forms."""
    assert table.rows(Filters(words="綠地 ２０２５")) == table.rows(Filters(words="绿地 2025")) != ()


@given(st.sampled_from(Sort), st.booleans(), st.sampled_from(["", "建设", "增长"]))
def test_sorting_loses_no_row(table: FactTable, sort: Sort, descending: bool, words: str) -> None:
    """Whatever the order, the same rows come."""
    rows = table.rows(Filters(words=words, sort=sort, descending=descending))
    assert {row.id for row in rows} == {row.id for row in table.rows(Filters(words=words))}


def test_values_are_sorted_within_their_unit(table: FactTable) -> None:
    """Numbers of one unit stand in order."""
    shares = [row.value for row in table.rows(Filters(unit="%", sort=Sort.VALUE))]
    assert shares == sorted(shares)


def test_every_choice_finds_something(table: FactTable) -> None:
    """No value is offered that filters everything away."""
    choices = table.choices
    assert all(table.rows(Filters(section=section)) for section in choices.sections)
    assert all(table.rows(Filters(year=year)) for year in choices.years)
    assert all(table.rows(Filters(status=status)) for status in choices.statuses)
    assert all(table.rows(Filters(unit=unit)) for unit in choices.units)
    assert all(table.rows(Filters(change=change)) for change in choices.changes)


def test_an_unknown_report_is_said(settings: Settings, index: Index) -> None:
    """The message names those that there are."""
    with pytest.raises(UnknownReport, match="xuhui-2024-2025"):
        FactTable.open(settings, index, "nowhere")
