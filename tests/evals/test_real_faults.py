"""A fault planted in each folder of the program itself is reported at the right step."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.assistant import Assistant
from bot.checking.checker import Checker
from bot.question import Question as Understood
from bot.question import parse
from bot.reading import finding
from bot.types import Verdict
from corpus.library import ReadReport, read_report
from evals.checking.judge import run_drafts
from evals.checking.sets import find_draft_sets, load_drafts
from evals.finding import DEPTH, Search, WithFound
from evals.metrics import by_step
from evals.questions import find_sets, load_questions
from evals.runner import run
from evals.sources import Sources
from evals.types import Outcome, Part, Question, Step, Style
from index import search as index_search
from index.embedding import load_embedder
from index.store import build, load

THRESHOLD = "ANSWER_FROM_SURE"  # how probable it must be that the best place answers
FEW_DRAFTS = 6
MOST = 24  # plain questions that are asked: enough for a fault to show


def program(read: ReadReport, folder: Path) -> tuple[Assistant, Search]:
    """The assistant over `read`, and the search of its index."""
    build([read], load_embedder(), folder)
    index = load(folder)
    searcher = index.searcher(load_embedder())
    return Assistant(index), lambda query: [hit.passage.id for hit in searcher.search(query, DEPTH)]


@pytest.fixture(scope="module")
def read(report_path: Path) -> ReadReport:
    """The shipped report."""
    return read_report(report_path)


@pytest.fixture(scope="module")
def whole(read: ReadReport, tmp_path_factory: pytest.TempPathFactory) -> tuple[Assistant, Search]:
    """The program as it is."""
    return program(read, tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def plain(read: ReadReport, whole: tuple[Assistant, Search]) -> tuple[Question, ...]:
    """Formal questions for one figure of a year, which the program as it is answers right."""
    asked = [
        one
        for one in load_questions(find_sets()["xuhui-dev"])
        if one.style is Style.FORMAL
        and one.answerable
        and one.year
        and not one.session
        and str(one.year) in one.question
    ][:MOST]
    outcomes = outcomes_of(whole, asked, read)
    right = tuple(one.question for one in outcomes if one.judgement.right)
    assert len(right) >= len(asked) // 2
    return right


def outcomes_of(made: tuple[Assistant, Search], asked: Sequence[Question], read: ReadReport) -> tuple[Outcome, ...]:
    """The program's outcomes, judged by the passages of `read`."""
    assistant, search = made
    return run(WithFound(assistant, search), asked, Sources.of([read]), object)


def test_a_passage_lost_in_the_reader(plain: Sequence[Question], read: ReadReport, tmp_path: Path) -> None:
    """corpus: the reader drops an item, so no passage holds the gold."""
    asked = plain[:1]
    lost = Sources.of([read]).gold(asked[0].parts[0])
    spoiled = replace(
        read,
        passages=tuple(passage for passage in read.passages if passage.id not in lost),
        facts=tuple(fact for fact in read.facts if fact.passage not in lost),
    )
    outcomes = outcomes_of(program(spoiled, tmp_path), asked, spoiled)
    assert [one.judgement.step for one in outcomes] == [Step.NOT_IN_PASSAGES]


def test_a_broken_fusion(
    plain: Sequence[Question], read: ReadReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """index: the fused scores are turned round, so the worst comes first."""
    fresh = program(read, tmp_path)  # a search that was made before the fault is remembered
    fused: Callable[..., index_search.Scores] = index_search._fused
    monkeypatch.setattr(index_search, "_fused", lambda parts: np.float32(1) / (np.float32(0.01) + fused(parts)))
    steps = by_step(outcomes_of(fresh, plain, read))
    assert steps.get(Step.NOT_FOUND, 0) >= 0.9 * len(plain)
    assert not steps.keys() & {Step.NOT_IN_PASSAGES, Step.FOUND_NOT_READ, Step.WRONGLY_REFUSED}


def test_a_swapped_year(
    plain: Sequence[Question],
    read: ReadReport,
    whole: tuple[Assistant, Search],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """bot: the year is read the wrong way round, so the other year's figure is given or none is found."""
    real: Callable[..., Understood] = parse

    def swapped(*given: object) -> Understood:
        understood = real(*given)
        years = tuple({2024: 2025, 2025: 2024}.get(year, year) for year in understood.years)
        return replace(understood, years=years, status=None)

    monkeypatch.setattr("bot.placing.parse", swapped)
    steps = by_step(outcomes_of(whole, plain, read))
    assert steps.get(Step.WRONG_YEAR, 0) >= 1
    assert not steps.keys() & {Step.NOT_IN_PASSAGES, Step.NOT_FOUND}


def test_a_threshold_too_high(
    plain: Sequence[Question],
    read: ReadReport,
    whole: tuple[Assistant, Search],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """bot: nothing is sure enough, so all is refused although it was found."""
    monkeypatch.setattr(finding, THRESHOLD, 2.0)
    outcomes = outcomes_of(whole, plain, read)
    assert by_step(outcomes).keys() <= {Step.WRONGLY_REFUSED, Step.FOUND_NOT_READ}
    assert len(outcomes) == sum(by_step(outcomes).values())


def test_a_threshold_too_low(
    read: ReadReport, whole: tuple[Assistant, Search], monkeypatch: pytest.MonkeyPatch
) -> None:
    """bot: anything is sure enough, so more is answered that must be refused."""
    asked = [one for one in load_questions(find_sets()["xuhui-dev"]) if not one.answerable and not one.session]
    before = by_step(outcomes_of(whole, asked, read)).get(Step.NOT_REFUSED, 0)
    monkeypatch.setattr(finding, THRESHOLD, 0.0)
    assert by_step(outcomes_of(whole, asked, read)).get(Step.NOT_REFUSED, 0) > before


def test_a_draft_against_a_report_misread(read: ReadReport, tmp_path: Path) -> None:
    """corpus: items are lost in the reader; what a draft says of them is charged to the reader."""
    drafts = load_drafts(find_draft_sets()["drafts-xuhui-dev"])[:FEW_DRAFTS]
    supported = [one for draft in drafts for one in draft.stated if one.verdict is Verdict.SUPPORTED]
    lost = {name for one in supported for name in Sources.of([read]).gold(Part((), one.evidence))}
    spoiled = replace(
        read,
        passages=tuple(one for one in read.passages if one.id not in lost),
        facts=tuple(fact for fact in read.facts if fact.passage not in lost),
    )
    build([spoiled], load_embedder(), tmp_path)
    outcomes = run_drafts(Checker.open(index=load(tmp_path)), drafts, Sources.of([spoiled]))
    steps = by_step([one for one in outcomes if one.stated in supported])
    assert steps.get(Step.NOT_IN_PASSAGES, 0) >= 0.9 * sum(steps.values()) > 0
    assert Step.FALSE_ALARM not in steps
