"""What was accepted is kept, and every change since is found."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.types import Answer, Reason
from evals.baseline import Accepted, accept, compare, load_accepted
from evals.errors import EvalProblem
from evals.metrics import measure
from evals.runner import run
from evals.sources import Sources
from evals.types import Outcome, Question
from tests.evals.fakes import KnowingAssistant, answered, refused


def outcomes(questions: Sequence[Question], sources: Sources, wrong: str = "", worded: str = "") -> tuple[Outcome, ...]:
    """All right, but the question `wrong`; `worded` is right in other words."""

    def fault(question: Question, answer: Answer) -> Answer:
        if question.id == wrong:
            return refused(Reason.OPINION) if question.answerable else answered("3座")
        if question.id == worded:
            return answered("约" + answer.short[0], cites=[sources.passages[name] for name in answer.steps["read"]])
        return answer

    return run(KnowingAssistant(questions, sources, fault), questions, sources, object)


def keep(found: Sequence[Outcome], *, folder: Path, why: str = "初次") -> Accepted:
    """The outcomes as accepted results of the set s."""
    return accept("s", found, measure(found), why=why, day="2026-01-01", folder=folder)


def test_what_changed_is_told_apart(questions: Sequence[Question], sources: Sources, tmp_path: Path) -> None:
    """Worse, better, reworded, new and gone, each with the old answer."""
    accepted = keep(outcomes(questions[1:], sources, wrong="green"), folder=tmp_path)
    changed = compare(outcomes(questions[:-1], sources, wrong="target", worded="s1"), accepted)
    assert [(one.outcome.question.id, one.old.said) for one in changed.worse] == [("target", "10公顷")]
    assert [(one.outcome.question.id, one.old.said) for one in changed.better] == [("green", "拒答（要求评价）")]
    assert [one.outcome.question.id for one in changed.reworded] == ["s1"]
    assert [one.question.id for one in changed.new] == ["gdp"]
    assert changed.gone == ("s2",)


def test_nothing_changed_is_no_change(questions: Sequence[Question], sources: Sources, tmp_path: Path) -> None:
    """The accepted results compared with themselves."""
    first = outcomes(questions, sources)
    changed = compare(first, keep(first, folder=tmp_path))
    assert not any((changed.worse, changed.better, changed.reworded, changed.new, changed.gone))


def test_a_question_with_new_words_is_a_new_question(
    questions: Sequence[Question], sources: Sources, tmp_path: Path
) -> None:
    """Other words are no regression of the old ones."""
    accepted = keep(outcomes(questions, sources), folder=tmp_path)
    old = accepted.answers["gdp"].model_copy(update={"question": "旧问题"})
    edited = accepted.model_copy(update={"answers": {**accepted.answers, "gdp": old}})
    changed = compare(outcomes(questions, sources, wrong="gdp"), edited)
    assert [one.question.id for one in changed.new] == ["gdp"]
    assert not changed.worse


def test_runs_add_up(questions: Sequence[Question], sources: Sources, tmp_path: Path) -> None:
    """Every accepted run stays with its reason and scores; the file reads back as it was written."""
    assert load_accepted("s", tmp_path) is None
    keep(outcomes(questions, sources, wrong="gdp"), folder=tmp_path)
    second = keep(outcomes(questions, sources), why=" 修好了 ", folder=tmp_path)
    assert load_accepted("s", tmp_path) == second
    assert [(run.run, run.why, run.score("full").hits) for run in second.runs] == [(1, "初次", 7), (2, "修好了", 8)]
    assert second.runs[0].score("unknown").value is None


def test_the_same_results_make_the_same_file(questions: Sequence[Question], sources: Sources, tmp_path: Path) -> None:
    """To the byte, and one answer a line."""
    for folder in ("a", "b"):
        keep(outcomes(questions, sources), folder=tmp_path / folder)
    one, other = ((tmp_path / folder / "s.json").read_bytes() for folder in ("a", "b"))
    assert one == other
    assert len(one.decode().splitlines()) == 1 + 1 + 2 + len(questions) + 1


def test_accepting_wants_a_reason(questions: Sequence[Question], sources: Sources, tmp_path: Path) -> None:
    """Without a why nothing is written."""
    with pytest.raises(EvalProblem, match="--why"):
        keep(outcomes(questions, sources), why=" ", folder=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"{", b"\xff", b'{"runs": [], "answers": {}}', b'{"runs": [], "more": 1}'])
def test_a_damaged_file_is_refused(content: bytes, tmp_path: Path) -> None:
    """A damaged file is no empty baseline."""
    (tmp_path / "s.json").write_bytes(content)
    with pytest.raises(EvalProblem, match="已损坏"):
        load_accepted("s", tmp_path)
