"""Every figure of a draft is judged, a planted fault is named by its step, and the metrics are those worked by hand."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.types import Finding, Verdict
from evals.checking.judge import FigureOutcome, judge_draft, run_drafts
from evals.checking.metrics import METRICS, by_genre, by_way, confusion, measure
from evals.checking.sets import Draft, Genre, Stated, Way
from evals.metrics import Score
from evals.sources import Sources
from evals.types import Step
from tests.evals.fakes import KnowingChecker

TEXT = "2024年新增绿地12公顷，2025年再增12公顷，湿地率7%。"
RIGHT = Stated("12公顷", (9, 13), Verdict.SUPPORTED, Way.SAME, (), ("新增绿地12公顷",))
WRONG = Stated("12公顷", (21, 25), Verdict.CONTRADICTED, Way.YEAR, ("10公顷",), ("新增绿地10公顷",))
NOWHERE = Stated("7%", (29, 31), Verdict.ABSENT, Way.NO_FIGURE, (), ())
DRAFT = Draft("d1", Genre.PRESS, TEXT, (), (RIGHT, WRONG, NOWHERE))


def judged(sources: Sources, stated: Stated, **changes: object) -> FigureOutcome:
    """The outcome of the figure where its finding is spoilt so; `seen=False`: it was not seen."""

    def fault(gold: Stated, finding: Finding) -> Finding | None:
        if gold is not stated:
            return finding
        return None if changes.get("seen") is False else replace(finding, **changes)  # type: ignore[arg-type]

    outcomes = run_drafts(KnowingChecker((DRAFT,), sources, fault), (DRAFT,), sources)
    return next(one for one in outcomes if one.stated is stated)


def test_the_right_findings_are_right(sources: Sources) -> None:
    """Verdict, correction and citation, in the draft's order."""
    assert [TEXT[slice(*one.span)] for one in DRAFT.stated] == ["12公顷", "12公顷", "7%"]
    outcomes = run_drafts(KnowingChecker((DRAFT,), sources), (DRAFT,), sources)
    assert [one.id for one in outcomes] == ["d1#1", "d1#2", "d1#3"]
    assert all(one.right and one.step is None and one.why == "" for one in outcomes)
    assert [one.cited for one in outcomes] == [True, True, False]
    assert [one.said for one in outcomes] == ["一致", "不一致，报告：10公顷", "未提及"]
    assert "【12公顷】" in outcomes[0].asked


@pytest.mark.parametrize(
    ("stated", "changes", "step"),
    [
        (RIGHT, {"seen": False}, Step.NOT_SEEN),
        (RIGHT, {"verdict": Verdict.CONTRADICTED}, Step.FALSE_ALARM),
        (RIGHT, {"verdict": Verdict.ABSENT}, Step.FALSE_ALARM),
        (WRONG, {"verdict": Verdict.SUPPORTED}, Step.FALSE_SUPPORT),
        (WRONG, {"verdict": Verdict.ABSENT}, Step.WRONG_VERDICT),
        (WRONG, {"correct": "12公顷"}, Step.WRONG_CORRECTION),
        (WRONG, {"correct": None}, Step.WRONG_CORRECTION),
        (NOWHERE, {"verdict": Verdict.SUPPORTED}, Step.FALSE_SUPPORT),
        (NOWHERE, {"verdict": Verdict.CONTRADICTED}, Step.WRONG_VERDICT),
        (RIGHT, {"citations": ()}, None),
        (WRONG, {"correct": "新增绿地10公顷左右"}, None),
        (RIGHT, {"span": (7, 15)}, None),
    ],
)
def test_a_planted_fault_is_named_by_its_step(
    sources: Sources, stated: Stated, changes: dict[str, object], step: Step | None
) -> None:
    """The finding that covers the figure is judged, whatever its bounds, and says where it went wrong."""
    one = judged(sources, stated, **changes)
    assert one.step is step
    assert bool(one.why) is (step is not None)


def test_a_fault_of_the_reader_is_not_the_checkers(sources: Sources) -> None:
    """Evidence in no passage, or without a Fact, is for who keeps the reader."""
    findings = [replace(one, verdict=Verdict.ABSENT, correct=None) for one in KnowingChecker((DRAFT,)).check(TEXT)]
    lost = Sources.of([replace(one, passages=one.passages[:1]) for one in sources.reports])
    assert [one.step for one in judge_draft(DRAFT, findings, lost)][:2] == [Step.NOT_IN_PASSAGES] * 2
    unread = Sources.of([replace(one, facts=()) for one in sources.reports])
    assert [one.step for one in judge_draft(DRAFT, findings, unread)][:2] == [Step.NOT_A_FACT] * 2


def outcome(
    gold: Verdict, given: Verdict | None, *, corrected: bool = False, cited: bool = False, draft: str = "a"
) -> FigureOutcome:
    """A figure whose gold is `gold` and that was called `given`, None where it was not seen."""
    finding = Finding("1", (0, 1), given) if given else None
    stated = replace(RIGHT, verdict=gold, way=Way.UNIT if draft == "a" else Way.RANK)
    step = None if given is gold else Step.WRONG_VERDICT
    return FigureOutcome(replace(DRAFT, id=draft), stated, 1, finding, corrected, cited, step, "")


S, C, A = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.ABSENT
# Draft a is all right; of draft b's six figures two are right, one was not seen.
SAMPLE = (
    outcome(S, S, cited=True),
    outcome(C, C, corrected=True, cited=True),
    outcome(S, C, draft="b"),
    outcome(S, None, draft="b"),
    outcome(C, C, draft="b"),
    outcome(C, S, corrected=True, draft="b"),
    outcome(A, A, draft="b"),
    outcome(A, S, draft="b"),
)

BY_HAND = {
    "verdict": (4, 8),
    "supported": (1, 3),
    "contradicted": (2, 3),
    "absent": (1, 2),
    "false_supported": (2, 5),
    "false_alarm": (1, 3),
    "corrected": (1, 3),
    "cited": (2, 3),
    "seen": (7, 8),
    "drafts": (1, 2),
}


@pytest.mark.parametrize("key", METRICS)
def test_each_metric_is_the_one_worked_by_hand(key: str) -> None:
    """Hits and total of the sample; nothing of an empty one."""
    assert measure(SAMPLE)[key] == Score(*BY_HAND[key])
    assert measure(())[key].value is None


def test_groups_are_the_ones_worked_by_hand() -> None:
    """By way, by genre, and each gold verdict against each one given."""
    assert by_way(SAMPLE) == {"unit": Score(2, 2), "rank": Score(2, 6)}
    assert by_genre(SAMPLE) == {"press": Score(4, 8)}
    assert confusion(SAMPLE) == {
        (S, S): 1, (S, C): 1, (S, None): 1, (C, C): 2, (C, S): 1, (A, A): 1, (A, S): 1
    }  # fmt: skip


VERDICT = st.sampled_from([S, C, A])
OUTCOMES = st.lists(
    st.builds(
        outcome,
        VERDICT,
        st.none() | VERDICT,
        corrected=st.booleans(),
        cited=st.booleans(),
        draft=st.sampled_from(["a", "b", "c"]),
    ),
    max_size=12,
)
LOWER_IS_BETTER = {"false_supported", "false_alarm"}


@given(OUTCOMES)
def test_every_metric_is_a_share(outcomes: Sequence[FigureOutcome]) -> None:
    """Hits lie between nothing and the total, the interval round the share; the verdicts' parts make up the whole."""
    scores = measure(outcomes)
    for score in scores.values():
        assert 0 <= score.hits <= score.total
        assert score.interval is None or score.interval[0] <= score.hits / score.total <= score.interval[1]
    parts = [scores[key] for key in ("supported", "contradicted", "absent")]
    assert scores["verdict"] == Score(sum(one.hits for one in parts), sum(one.total for one in parts))


@given(OUTCOMES, st.data())
def test_a_right_verdict_makes_no_metric_worse(outcomes: list[FigureOutcome], data: st.DataObject) -> None:
    """One figure put right, with its correction and citation: no share falls, no rate of faults rises."""
    if not outcomes:
        return
    place = data.draw(st.integers(0, len(outcomes) - 1))
    one = outcomes[place]
    better = outcome(one.stated.verdict, one.stated.verdict, corrected=True, cited=True, draft=one.draft.id)
    before, after = measure(outcomes), measure([*outcomes[:place], better, *outcomes[place + 1 :]])
    for key, score in after.items():
        old, new = before[key].value, score.value
        if old is None or new is None or key == "cited":
            continue
        assert new <= old + 1e-9 if key in LOWER_IS_BETTER else new >= old - 1e-9
