"""Flaws of question sets are found, and so is what no question touches."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.document import as_html, as_markdown
from evals.lint import NEAR, Flaw, alike, cover, cover_map, lint
from evals.questions import find_sets, load_questions
from evals.sources import Sources
from evals.types import Kind, Part, Question
from tests.evals.gold import GDP, GREEN, OLD, QUESTIONS, SECOND, TARGET, question


def flaws(sources: Sources, *questions: Question, test: Sequence[Question] = ()) -> list[tuple[Flaw, tuple[str, ...]]]:
    """The flaws of a dev set, with a test set beside it."""
    return [(one.flaw, one.questions) for one in lint({"dev": questions, "test": test}, sources)]


def test_sound_sets_have_no_flaw(sources: Sources) -> None:
    """Neither the gold nor the words of the sample are at fault."""
    assert flaws(sources, *QUESTIONS) == []


@pytest.mark.parametrize(
    ("part", "flaw"),
    [
        (Part(("9座",), ("新建桥梁9座",)), Flaw.NOT_IN_REPORT),
        (Part(("3座",), ("3座。漕河泾",)), Flaw.IN_NO_PASSAGE),
        (Part(("13座",), ("新建公园3座",)), Flaw.SHORT_NOT_IN_EVIDENCE),
        (Part(("。",), ("。",)), Flaw.IN_MANY_PASSAGES),
    ],
)
def test_gold_that_does_not_hold_is_found(part: Part, flaw: Flaw, sources: Sources) -> None:
    """Gold must stand in the report, in one passage, and hold its short answer."""
    assert (flaw, ("dev/q1",)) in flaws(sources, question("新建公园几座？", part))


def test_what_is_computed_need_not_stand_in_the_evidence(sources: Sources) -> None:
    """A difference and a verdict are not the report's words."""
    part = Part(("2公顷",), ("新增绿地12公顷",))
    assert flaws(sources, question("差多少？", part, kind=Kind.COMPARISON)) == []
    assert flaws(sources, question("是12公顷吗？", Part(("是",), part.evidence), kind=Kind.YESNO)) == []


def test_the_row_the_heading_and_the_year_may_be_the_answer(sources: Sources) -> None:
    """「哪一年」 and 「哪一部分」 are answered by what stands around the evidence."""
    evidence = ("新增绿地12公顷",)
    assert flaws(sources, question("哪一年？", Part(("2024年",), evidence))) == []
    assert flaws(sources, question("在哪一部分？", Part(("一、情况",), evidence))) == []
    wrong = flaws(sources, question("哪一年？", Part(("2025年",), evidence)))
    assert wrong == [(Flaw.SHORT_NOT_IN_EVIDENCE, ("dev/q1",))]


@given(st.lists(st.frozensets(st.sampled_from("甲乙丙丁戊己庚辛"), min_size=1), max_size=12))
def test_no_alike_texts_are_passed_over(texts: list[frozenset[str]]) -> None:
    """Comparing only texts with a rare pair in common finds what comparing all of them finds."""
    every = combinations(range(len(texts)), 2)
    near = {(i, j) for i, j in every if len(texts[i] & texts[j]) >= NEAR * len(texts[i] | texts[j])}
    assert sorted(alike(texts)) == sorted(near)


def test_repeated_questions_are_found(sources: Sources) -> None:
    """The same and nearly the same words, and the same words with another answer."""
    near = replace(GDP, id="near", question="2024年徐汇区的地区生产总值是多少？")
    other = replace(GDP, id="other", parts=GREEN.parts[:1])
    assert flaws(sources, GDP, test=[replace(GDP, id="t1")]) == [(Flaw.DUPLICATE, ("dev/gdp", "test/t1"))]
    assert flaws(sources, GDP, test=[near]) == [(Flaw.NEAR_DUPLICATE, ("dev/gdp", "test/near"))]
    assert flaws(sources, GDP, other) == [(Flaw.TWO_GOLDS, ("dev/gdp", "dev/other"))]


def test_a_conversation_may_open_with_a_question_of_its_own_side(sources: Sources) -> None:
    """It is asked for the turns that follow; a test question it may not be."""
    near = replace(GDP, id="near", question="2024年徐汇区的地区生产总值是多少？", session="n")
    assert flaws(sources, GDP, near) == []
    assert flaws(sources, near, test=[GDP]) == [(Flaw.NEAR_DUPLICATE, ("dev/near", "test/gdp"))]


def test_one_word_apart_with_another_answer_is_no_flaw(sources: Sources) -> None:
    """Such pairs test whether the word is read."""
    asked = replace(TARGET, question="2025年徐汇区新增绿地的目标是多少公顷？")
    other = replace(GREEN, question="2024年徐汇区新增绿地的目标是多少公顷？")
    assert flaws(sources, asked, other) == []


def test_later_turns_may_repeat(sources: Sources) -> None:
    """「2025年呢？」 means something else in every conversation."""
    first = replace(SECOND, id="a1", question="新增绿地？", session="a")
    again = replace(SECOND, id="a2", session="a", parts=GREEN.parts)
    assert flaws(sources, *QUESTIONS, first, again) == []


def test_cover_counts_passages_with_figures(sources: Sources) -> None:
    """Four passages hold figures; the growth target is gold for none of the sample."""
    covered = cover({"dev": QUESTIONS}, sources)
    assert (covered.figures.hits, covered.figures.total) == (3, 4)
    assert [passage.id for passage in covered.untouched] == ["small/0004"]
    assert covered.counts["small/0002"] == 2
    assert cover({"dev": [OLD]}, sources).figures.hits == 0


def test_the_map_shows_every_passage(sources: Sources) -> None:
    """Each passage stands in the map with its count."""
    pieces = cover_map(cover({"dev": QUESTIONS}, sources), sources)
    for text in (as_markdown(pieces), as_html("x", pieces)):
        assert all(name in text for name in sources.passages)
        assert "75.0%" in text


def test_the_projects_sets_have_no_flaw() -> None:
    """No gold at fault, and no question of the dev sets that is, or nearly is, a test question."""
    sets = {name: load_questions(path) for name, path in find_sets().items()}
    assert list(map(str, lint(sets, Sources.shipped()))) == []


def test_the_projects_gold_stands_in_the_report() -> None:
    """Every piece of gold of every shipped set stands in one passage of the report as it is read today."""
    sources = Sources.shipped()
    sets = {name: load_questions(path) for name, path in find_sets().items()}
    lost = [
        f"{name}/{one.id}"
        for name, questions in sets.items()
        for one in questions
        if any(not sources.gold(part) for part in one.parts)
    ]
    assert lost == []
