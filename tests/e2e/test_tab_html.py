"""The tabs' HTML, made without a browser: whatever stands in a report or a draft is text there."""

from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.facts import Conflict, FactRow, FactTable, Pair
from bot.types import Citation, Finding, Verdict
from bot.web import checked, fact_rows
from bot.web.wording import wording
from corpus.types import Span, Status
from tests.corpus.golden_files import shipped

TEXT = st.text(alphabet="<>&\"'`=/ abc年绿1\n", max_size=30)


class Read(HTMLParser):
    """The text of some HTML, and the tags in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; no attribute may be a handler of events."""
        assert not any(name.startswith("on") for name, _ in attrs)
        self.tags.append(tag)
        if tag != "input":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Whatever is closed was the last to be opened."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def row(text: str, value: float = 1.0) -> FactRow:
    """A row that says `text` wherever a report's words go."""
    return FactRow(
        *("r/1/1", "r", "r/1", text, text, value, text, text, 2024, Status.ACTUAL, text, (text,), text, text, text),
        spans=(Span(0, 1),),
        figure_spans=(Span(0, 1),),
        lines=(1, 1),
    )


@given(TEXT)
def test_rows_and_pairs_are_text(text: str) -> None:
    """The words of a row come out as they are, in the same tags whatever they are."""
    words = wording("zh")["facts"]
    made, plain = Read(fact_rows.body([row(text)], words)), Read(fact_rows.body([row("a")], words))
    assert made.tags == plain.tags and made.open == []
    assert text in made.text
    pair = Read(fact_rows._pair(Pair(text, (row(text),), (row(text),)), words))
    assert pair.tags == Read(fact_rows._pair(Pair("a", (row("a"),), (row("a"),)), words)).tags
    conflict = Read(fact_rows._conflicts([Conflict(text, 2024, Status.ACTUAL, (row(text), row(text)))], words))
    assert conflict.tags.count("button") == 2 and conflict.open == []
    assert text in conflict.text


def test_a_slip_in_the_file_of_pairs_does_not_hide_the_table(tmp_path: Path) -> None:
    """The rows are there, and what is wrong stands where the pairs would."""
    read = shipped()
    (tmp_path / "a.pairs.toml").write_text("[[join]", encoding="utf-8")
    table = FactTable(read.report, read.passages, read.facts, tmp_path / "a.pairs.toml")
    made = Read(fact_rows.tab(table, wording("zh")["facts"]))
    assert made.tags.count("tr") == len(read.facts) + 1
    assert "配对文件 a.pairs.toml 读不懂" in made.text


@given(TEXT, TEXT, TEXT)
def test_a_draft_is_shown_character_for_character(before: str, after: str, said: str) -> None:
    """All of a draft is on the page, with nothing added but the signs of its figures."""
    draft = f"{before}5%{after}"
    citation = Citation(1, "r", "r/1", (said,), said, said, said, (Span(0, 1),), (1, 1))
    at = len(before)
    finding = Finding("5%", (at, at + 2), Verdict.CONTRADICTED, said, (citation,), said)
    html = checked.outcome(draft, [finding], wording("zh")["check"])
    made = Read(html)
    assert made.open == []
    shown = Read(html.partition('class="text"')[2].partition(">")[2].partition("</div>")[0]).text
    assert shown.replace("✗", "") == draft


@given(st.floats(0, 1e12), st.floats(0, 1e12))
def test_bars_stay_within_their_room(one: float, other: float) -> None:
    """No figure draws a bar that is wider than all, or none."""
    most = fact_rows._most((row("a", one), row("a", other)))
    html = fact_rows._side(row("a", one), 1, most, wording("zh")["facts"])
    assert 0 < float(html.partition("width:")[2].partition("%")[0]) <= 100
