"""The places of a report that can answer: each figure's clause, each sentence, each clause without a figure."""

from itertools import pairwise

import pytest

from bot.assistant import Assistant
from bot.lexicon import everyday
from bot.reading.places import ZONES, Place, PlaceKind, places_of, row_words
from bot.reading.world import World
from bot.terms import Vocabulary
from corpus.types import BlockKind, Cell, Fact, Passage, Span, Status

TEXT = "新建渔港2座，修复码头5座；疏浚航道全面提速。渔民培训有序开展，覆盖300人。"


@pytest.fixture(scope="module")
def world(assistant: Assistant) -> World:
    """The real report, read in advance."""
    return assistant.understand("地区生产总值")[1]


@pytest.fixture(scope="module")
def all_places(world: World) -> list[Place]:
    """All places of the real report."""
    return [place for passage in world.passages for place, _ in world.places[passage.id]]


def small(text: str = TEXT, section: tuple[str, ...] = ("一、回顾", "（二）渔业")) -> Passage:
    """One item of a small report."""
    kind, spans = BlockKind.ITEM, (Span(0, len(text)),)
    return Passage("p/1", "p", 0, kind, text, spans, section, "表1 实事", "渔业发展", (), 2030, Status.ACTUAL)


def fact(passage: Passage, subject: str, text: str) -> Fact:
    """A figure of the passage."""
    start = passage.text.index(text)
    local, unit = (start, start + len(text)), text.lstrip("0123456789")
    return Fact(
        passage.id, subject, text, float(text.removesuffix(unit)), unit, None, 2030, Status.ACTUAL, None, local, ()
    )


def read() -> list[Place]:
    """The places of the small item."""
    passage = small()
    facts = (fact(passage, "新建渔港", "2座"), fact(passage, "修复码头", "5座"), fact(passage, "渔民培训", "300人"))
    return list(places_of(passage, facts, Vocabulary(["渔港", "码头", "渔民", "培训"], [passage], everyday())))


def of_kind(places: list[Place], kind: PlaceKind) -> list[str]:
    """The words at the places of one kind."""
    return [place.text for place in places if place.kind is kind]


def test_each_kind_of_place_is_found() -> None:
    """A figure's place is its clause, a sentence ends at a stop or semicolon, a clause is one without figures."""
    places = read()
    assert of_kind(places, PlaceKind.SENTENCE) == [
        "新建渔港2座，修复码头5座；",
        "疏浚航道全面提速。",
        "渔民培训有序开展，覆盖300人。",
    ]
    assert of_kind(places, PlaceKind.CLAUSE) == ["疏浚航道全面提速", "渔民培训有序开展"]
    figures = of_kind(places, PlaceKind.FIGURE)
    assert ["2座" in figures[0], "5座" in figures[1], "300人" in figures[2]] == [True] * 3
    assert "2座" not in figures[1]


def test_a_figures_own_words_are_its_subject_and_clause() -> None:
    """The nearest zone of a figure has its subject, that it is counted by another clause included."""
    figures = [place for place in read() if place.kind is PlaceKind.FIGURE]
    assert "渔民培训" in figures[2].zones[0]
    assert "码头" not in figures[0].zones[0]
    assert [("码头" in dict(place.own), "渔港" in dict(place.own)) for place in figures[:2]] == [
        (False, True),
        (True, False),
    ]


def test_zones_go_from_the_place_to_its_section() -> None:
    """Own words, sentence, passage, row and headers, section: each zone holds what its name says."""
    for place in read():
        own, sentence, passage, row, section = place.zones
        assert place.text in own
        assert sentence in passage == TEXT
        assert ("渔业发展" in row, "表1 实事" in row, "（二）渔业" in row) == (True, True, True)
        assert section.split() == ["一、回顾", "（二）渔业"]


def test_row_words_are_label_headers_heading_and_table() -> None:
    """What only a table says around a cell is among the words of its row."""
    passage = small()
    cells = (Cell("指标", "渔港", ()), Cell("2031年目标", "3座", ()))
    row = Passage("p/2", "p", 1, BlockKind.ROW, "渔港 3座", (), passage.section, "表2", "渔港", cells, 2031, None)
    assert set(row_words(row).split()) == {"渔港", "指标", "2031年目标", "（二）渔业", "表2"}


def test_a_title_page_says_what_it_is_for() -> None:
    """Words that a title page leaves out are said of it, and of no other passage."""
    for section, there in (((), True), (("一、回顾",), False)):
        passage = small("临川市市长 周望舒", section)
        places = list(places_of(passage, (), Vocabulary([], [passage], everyday())))
        assert all(("报告人" in place.zones[-1]) is there for place in places)


def test_every_fact_has_its_place(world: World, all_places: list[Place]) -> None:
    """Each figure of the real report has one place, which holds it, or holds at least its start."""
    figures = [place for place in all_places if place.fact is not None]
    assert [place.fact for place in figures] == [
        fact for passage in world.passages for fact in world.facts.get(passage.id, ())
    ]
    for place in figures:
        assert place.fact is not None
        assert place.start <= place.fact.local[0] < place.end
        assert place.fact.passage == place.passage.id


def test_every_word_of_the_report_is_in_a_sentence(world: World) -> None:
    """The sentences of a passage follow each other and lose nothing but stops that stand alone."""
    for passage in world.passages:
        spans = [(one.start, one.end) for one, _ in world.places[passage.id] if one.kind is PlaceKind.SENTENCE]
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        said = "".join(passage.text[start:end] for start, end in spans)
        assert said.strip("；;。！？") == passage.text.strip("；;。！？")


def test_no_bare_clause_holds_a_figure(world: World, all_places: list[Place]) -> None:
    """A clause without figures is one: no fact starts in it."""
    for place in all_places:
        if place.kind is PlaceKind.CLAUSE:
            facts = world.facts.get(place.passage.id, ())
            assert not any(place.start <= fact.local[0] < place.end for fact in facts), place.text


def test_every_place_has_all_zones_and_a_meaning(world: World, all_places: list[Place]) -> None:
    """All places have the same zones, their words are the passage's, and each has its own vector."""
    assert {len(place.zones) for place in all_places} == {ZONES}
    assert all(place.passage.text[place.start : place.end] == place.text != "" for place in all_places)
    assert all(place.zones[2] == place.passage.text for place in all_places)
    numbers = [at for passage in world.passages for _, at in world.places[passage.id]]
    assert numbers == list(range(len(all_places)))
    assert len(world.meanings) == len(numbers)
