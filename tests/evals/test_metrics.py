"""Every metric against a value computed by hand, and its range and direction."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.types import Reason
from evals import metrics
from evals.metrics import METRICS, Score, measure, wilson
from evals.types import Judgement, Outcome, Part, PartJudgement, Step
from tests.evals.fakes import answered, refused
from tests.evals.gold import GDP, GREEN, OLD, RECIPE, SECOND

LISTED: dict[str, tuple[str, ...]] = {"found": ()}
RIGHT, WRONG = PartJudgement(True, True, True, 1), PartJudgement(False, False, False, None)


def outcome(*parts: PartJudgement, right: bool = True, step: Step | None = None, **counts: Any) -> Outcome:  # noqa: ANN401
    """An answered question whose parts were judged so."""
    asked = replace(GDP, parts=tuple(Part(("x",), ("y",)) for _ in parts))
    return Outcome(asked, answered("x", steps=LISTED), Judgement(right, step, "", parts, **counts))


def refusal(reason: Reason | None, wanted: Reason | None, *, right: bool) -> Outcome:
    """A question that wants `wanted` (None: an answer) and got a refusal for `reason` (None: an answer)."""
    asked = replace(OLD if wanted else GDP, reason=wanted)
    answer = refused(reason, LISTED) if reason else answered("x", steps=LISTED)
    return Outcome(asked, answer, Judgement(right, None, "", () if wanted else (WRONG,)))


# Five answerable questions (the last wrongly refused) and three to refuse (one answered, one for a wrong reason).
SAMPLE = (
    outcome(RIGHT, shorts=1, shorts_right=1, citations=1, citations_right=1, citations_verbatim=1),
    outcome(
        PartJudgement(True, True, True, 2),
        PartJudgement(True, True, True, 4),
        shorts=2,
        shorts_right=2,
        citations=2,
        citations_right=2,
        citations_verbatim=2,
    ),
    outcome(
        PartJudgement(False, True, True, 3),
        shorts=2,
        shorts_right=0,
        citations=3,
        citations_right=1,
        citations_verbatim=2,
    ),
    outcome(WRONG, right=False, step=Step.NOT_FOUND, shorts=1, citations=1, citations_verbatim=1),
    refusal(Reason.OPINION, None, right=False),
    refusal(Reason.MISSING_YEAR, Reason.MISSING_YEAR, right=True),
    refusal(Reason.OPINION, Reason.MISSING_YEAR, right=False),
    refusal(None, Reason.OUT_OF_SCOPE, right=False),
)

BY_HAND = {
    "full": (4, 8),
    "full_answerable": (3, 5),
    "full_refusals": (1, 3),
    "short": (2, 5),
    "short_precision": (3, 6),
    "citation_recall": (4, 6),
    "citation_precision": (4, 7),
    "verbatim": (6, 7),
    "refusal_recall": (2, 3),
    "reason": (1, 2),
    "wrongful_refusal": (1, 5),
    "found_1": (1, 5),
    "found_3": (2, 5),
    "found_5": (3, 5),
    "mrr": (1 + 1 / 2 + 1 / 3, 5),
}


@pytest.mark.parametrize("key", METRICS)
def test_the_metric_is_what_its_definition_says(key: str) -> None:
    """Each metric of the sample, counted by hand."""
    hits, total = BY_HAND[key]
    score = measure(SAMPLE)[key]
    assert score.hits == pytest.approx(hits)
    assert score.total == total


def test_finding_is_measured_where_it_is_listed() -> None:
    """An answer that does not say what was found counts for no retrieval metric."""
    silent = replace(outcome(RIGHT), answer=answered("x"))
    scores = measure([silent])
    assert [scores[key].total for key in ("full", "found_1", "found_5", "mrr")] == [1, 0, 0, 0]


def test_every_metric_says_what_it_is() -> None:
    """A metric's docstring is its definition."""
    assert all(metric.__doc__ for name, (_, metric) in METRICS.items() if not name.startswith("found_"))
    assert metrics.found_at.__doc__


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_the_interval_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    """Values of the formula worked out by hand."""
    assert list(wilson(hits, total)) == pytest.approx([low, high], abs=1e-4)


def test_no_case_has_no_value() -> None:
    """A share of nothing is no number, and prints as a dash."""
    assert all(score.value is None and score.interval is None and str(score) == "—" for score in measure(()).values())
    assert str(Score(8, 10)) == "80.0% [49.0%, 94.3%] 8/10"


ranks = st.one_of(st.none(), st.integers(1, 12))
judged_parts = st.builds(PartJudgement, st.booleans(), st.booleans(), st.booleans(), ranks)
outcomes = st.lists(
    st.one_of(
        st.builds(
            lambda parts, right: outcome(*parts, right=right, shorts=3, shorts_right=2, citations=2, citations_right=1),
            st.lists(judged_parts, min_size=1, max_size=3),
            st.booleans(),
        ),
        st.builds(
            lambda given, wanted, right: refusal(given, wanted, right=right),
            st.sampled_from([None, Reason.OPINION, Reason.MISSING_YEAR]),
            st.sampled_from([None, Reason.OPINION, Reason.MISSING_YEAR]),
            st.booleans(),
        ),
    ),
    max_size=12,
)


@given(outcomes)
def test_scores_lie_between_nought_and_one(sample: list[Outcome]) -> None:
    """Every value lies in [0, 1] and within its interval."""
    for score in measure(sample).values():
        if score.value is not None and score.interval is not None:
            low, high = score.interval
            assert 0 <= low <= score.value + 1e-12
            assert score.value <= high + 1e-12 <= 1 + 2e-12


@given(outcomes)
def test_order_does_not_matter(sample: list[Outcome]) -> None:
    """A metric is of the set of outcomes."""
    backwards = measure(sample[::-1])
    for key, score in measure(sample).items():
        assert score.hits == pytest.approx(backwards[key].hits)
        assert score.total == backwards[key].total


GROWING = (
    "full",
    "full_answerable",
    "short",
    "short_precision",
    "citation_recall",
    "citation_precision",
    "verbatim",
    "mrr",
)


@given(outcomes)
def test_one_more_right_answer_lowers_no_good_score(sample: list[Outcome]) -> None:
    """A wholly right answer more: no score falls, and wrongful refusals do not rise."""
    best = outcome(RIGHT, shorts=1, shorts_right=1, citations=1, citations_right=1, citations_verbatim=1)
    before, after = measure(sample), measure([*sample, best])
    for key in (*GROWING, "found_1", "found_3", "found_5"):
        assert (after[key].value or 0) >= (before[key].value or 0) - 1e-12
    assert (after["wrongful_refusal"].value or 0) <= (before["wrongful_refusal"].value or 0)


@given(outcomes)
def test_a_right_refusal_more_lowers_no_score_of_refusals(sample: list[Outcome]) -> None:
    """Refused for the right reason: the right ones of all, the refused ones and the right ones of these do not fall."""
    before = measure(sample)
    after = measure([*sample, refusal(Reason.MISSING_YEAR, Reason.MISSING_YEAR, right=True)])
    for key in ("full", "full_refusals", "refusal_recall", "reason"):
        assert (after[key].value or 0) >= (before[key].value or 0) - 1e-12
    assert after["full_answerable"] == before["full_answerable"]


@given(outcomes)
def test_the_two_halves_make_the_whole(sample: list[Outcome]) -> None:
    """Answerable questions and those to refuse: together all questions."""
    scores = measure(sample)
    halves = scores["full_answerable"], scores["full_refusals"]
    assert sum(half.hits for half in halves) == scores["full"].hits
    assert sum(half.total for half in halves) == scores["full"].total


@given(outcomes)
def test_finding_deeper_finds_no_less(sample: list[Outcome]) -> None:
    """Retrieval at 1, 3 and 5 can only rise, and the reciprocal rank is at least retrieval at 1."""
    scores = measure(sample)
    assert scores["found_1"].hits <= scores["found_3"].hits <= scores["found_5"].hits
    assert scores["found_1"].hits <= scores["mrr"].hits + 1e-9


@given(st.integers(1, 400), st.data())
def test_the_interval_grows_with_the_hits_and_narrows_with_the_cases(total: int, data: st.DataObject) -> None:
    """More hits move the interval up; the same share of four times the cases has a narrower one."""
    hits = data.draw(st.integers(0, total - 1))
    low, high = wilson(hits, total)
    assert all(new >= old for new, old in zip(wilson(hits + 1, total), (low, high), strict=True))
    narrow_low, narrow_high = wilson(4 * hits, 4 * total)
    assert narrow_high - narrow_low < high - low


def _flat(groups: dict[str, Score]) -> dict[str, tuple[float, int]]:
    return {name: (score.hits, score.total) for name, score in groups.items()}


def test_groups_are_counted_apart() -> None:
    """Styles, kinds, reasons, turns and steps of a sample counted by hand."""
    right, wrong = Judgement(True, None, ""), Judgement(False, Step.WRONG_YEAR, "")
    sample: Sequence[Outcome] = (
        Outcome(GDP, answered("x"), right),
        Outcome(GREEN, answered("x"), wrong),
        Outcome(SECOND, refused(Reason.OPINION), wrong, turn=2),
        Outcome(RECIPE, refused(Reason.OPINION), Judgement(False, Step.WRONG_REASON, "")),
    )
    assert _flat(metrics.by_style(sample)) == {"formal": (1, 3), "followup": (0, 1)}
    assert _flat(metrics.by_kind(sample)) == {"multi": (0, 1), "number": (1, 2), "refusal": (0, 1)}
    assert metrics.by_reason(sample) == {"out-of-scope": (Score(1, 1), Score(0, 1))}
    assert _flat(metrics.by_turn(sample)) == {"第 2 轮": (0, 1)}
    assert metrics.by_wrongful_reason(sample) == {"opinion": 1}
    assert metrics.by_step(sample) == {Step.WRONG_YEAR: 2, Step.WRONG_REASON: 1}
