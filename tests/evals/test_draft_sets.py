"""Draft sets are typed data: every figure of a draft has its gold, and what is odd is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.types import Verdict
from evals.checking.lint import lint_drafts
from evals.checking.sets import Draft, Genre, Way, find_draft_sets, load_drafts
from evals.choosing import choose_questions, choose_sets
from evals.errors import EvalProblem
from evals.lint import Flaw
from evals.sources import Sources

FIGURE: dict[str, Any] = {
    "figure": "12公顷",
    "occurrence": 1,
    "verdict": "supported",
    "way": "same",
    "correct": [],
    "evidence": ["新增绿地12公顷"],
}
WRONG = {**FIGURE, "occurrence": 2, "verdict": "contradicted", "way": "year", "correct": ["10公顷"]}
WRONG = {**WRONG, "evidence": ["新增绿地10公顷"]}
ABSENT = {**FIGURE, "figure": "7%", "verdict": "absent", "way": "no-figure", "evidence": []}
DRAFT: dict[str, Any] = {
    "id": "d1",
    "genre": "press",
    "text": "2024年新增绿地12公顷，2025年再增12公顷，湿地率7%，详询12345热线。",
    "names": ["12345"],
    "figures": [FIGURE, WRONG, ABSENT],
}


def write(folder: Path, *lines: dict[str, Any]) -> Path:
    """A draft set of these lines."""
    path = folder / "some-dev.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """The draft above, as read."""
    return load_drafts(write(tmp_path, DRAFT))[0]


def test_a_line_becomes_a_draft(draft: Draft) -> None:
    """The spans are those of the occurrences, in the draft's own characters."""
    assert draft.genre is Genre.PRESS
    assert [draft.text[slice(*one.span)] for one in draft.stated] == ["12公顷", "12公顷", "7%"]
    assert draft.stated[0].span < draft.stated[1].span
    assert [one.verdict for one in draft.stated] == [Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.ABSENT]
    assert draft.stated[1].way is Way.YEAR


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"colour": "red"}, "有不认识的项「colour」"),
        ({"figures": []}, "figures 不能为空"),
        ({"figures": [{**FIGURE, "id": 1}]}, "有不认识的项「figures.0.id」"),
        ({"figures": [{**FIGURE, "occurrence": 3}]}, "没有第 3 处「12公顷」"),
        ({"figures": [{**FIGURE, "occurrence": 0}]}, "occurrence 从 1 数起"),
        ({"figures": [FIGURE, FIGURE]}, "不能重叠"),
        ({"figures": [WRONG, FIGURE]}, "先后排列"),
        ({"figures": [{**FIGURE, "correct": ["3座"]}]}, "correct 写报告的说法"),
        ({"figures": [{**WRONG, "correct": []}]}, "correct 写报告的说法"),
        ({"figures": [{**FIGURE, "evidence": []}]}, "evidence 写原文依据"),
        ({"figures": [{**ABSENT, "evidence": ["新增"]}]}, "evidence 写原文依据"),
        ({"figures": [{**FIGURE, "way": "odd"}]}, "「figures.0.way」的值 'odd' 不在允许之列"),
    ],
)
def test_an_odd_line_is_refused(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    """The message names the file, the line and what is wrong with it."""
    with pytest.raises(EvalProblem) as caught:
        load_drafts(write(tmp_path, {**DRAFT, "id": "d0"}, {**DRAFT, **change}))
    assert "稿件集 some-dev.jsonl 第 2 行" in str(caught.value)
    assert complaint in str(caught.value)


Change = Callable[[Draft], Draft]


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        (lambda one: one, None),
        (lambda one: replace(one, names=()), Flaw.UNLABELLED),
        (lambda one: replace(one, stated=one.stated[1:]), Flaw.UNLABELLED),
        (lambda one: _with_gold(one, evidence=("新增绿地11公顷",)), Flaw.NOT_IN_REPORT),
        (lambda one: _with_gold(one, evidence=("新建公园3座。漕河泾",)), Flaw.IN_NO_PASSAGE),
        (lambda one: _with_gold(one, correct=("9公顷",)), Flaw.CORRECT_NOT_IN_EVIDENCE),
    ],
)
def test_gold_that_does_not_hold_is_found(draft: Draft, sources: Sources, change: Change, flaw: Flaw | None) -> None:
    """Evidence stands in a passage, holds the correct value, and no number is without a label."""
    found = lint_drafts({"dev": [change(draft)]}, sources)
    assert [one.flaw for one in found][:1] == ([flaw] if flaw else [])


def _with_gold(draft: Draft, evidence: tuple[str, ...] = (), correct: tuple[str, ...] = ()) -> Draft:
    first, wrong, last = draft.stated
    wrong = replace(wrong, evidence=evidence or wrong.evidence, correct=correct or wrong.correct)
    return replace(draft, stated=(first, wrong, last))


def test_repeated_drafts_are_found(draft: Draft, sources: Sources) -> None:
    """The same draft, and nearly the same, in dev and test."""
    near = replace(draft, id="d2", text=draft.text.replace("详询", "请询"))
    found = lint_drafts({"dev": [draft], "test": [replace(draft, id="d3"), near]}, sources)
    assert [(one.flaw, one.questions) for one in found] == [
        (Flaw.DUPLICATE, ("dev/d1", "test/d3")),
        (Flaw.NEAR_DUPLICATE, ("dev/d1", "test/d2")),
        (Flaw.NEAR_DUPLICATE, ("test/d3", "test/d2")),
    ]


def test_sets_are_chosen_by_name(tmp_path: Path) -> None:
    """By name, by a part of it, by file, or all; an unknown one is refused with the known ones."""
    questions, drafts = tmp_path / "questions", tmp_path / "drafts"
    questions.mkdir()
    drafts.mkdir()
    (questions / "some-dev.jsonl").write_text('{"id": "q"}\n', encoding="utf-8")
    path = write(drafts, DRAFT)
    every = choose_sets("all", questions, drafts)
    assert (list(every.questions), list(every.drafts)) == (["some-dev"], ["drafts-some-dev"])
    assert choose_sets("dev", questions, drafts) == every
    assert list(choose_sets("drafts", questions, drafts).questions) == []
    assert list(choose_sets("drafts-some-dev", questions, drafts).drafts) == ["drafts-some-dev"]
    assert choose_sets(str(path)).drafts == {"some-dev": path}
    assert choose_sets(str(questions / "some-dev.jsonl")).drafts == {}
    with pytest.raises(EvalProblem, match="some-dev、drafts-some-dev"):
        choose_sets("none", questions, drafts)
    with pytest.raises(EvalProblem, match="稿件集"):
        choose_questions(str(path))


def test_the_projects_sets_are_sound() -> None:
    """What the project ships keeps to the format, has no flaw, and is as large as promised."""
    sets = {name: load_drafts(path) for name, path in find_draft_sets().items()}
    assert lint_drafts(sets, Sources.shipped()) == ()
    assert sum(map(len, sets.values())) >= 170
    assert sum(len(draft.stated) for drafts in sets.values() for draft in drafts) >= 400
    assert {one.way for drafts in sets.values() for draft in drafts for one in draft.stated} == set(Way)
