"""Weights are learned from the dev sets alone, the same every time, and do what they are for."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.assistant import Assistant
from bot.reading import finding
from bot.reading.figures import FEATURES
from bot.reading.places import PlaceKind
from bot.reading.weights import FILE
from bot.types import Answer, AnswerStatus, Reason
from evals import calibrate as calibrate_module
from evals import commands, opening
from evals.calibrate import (
    START,
    Example,
    calibrate,
    dev_sets,
    learn_fit,
    learn_sure,
    threshold_table,
    top_is_gold,
)
from evals.questions import find_sets, load_questions
from evals.sources import Sources
from evals.types import Question
from tests.evals.fakes import KnowingAssistant, refused

FEW = 10  # questions of each set that the program itself learns from


def toy(count: int = 40) -> list[Example]:
    """Places of three features: the gold has more of the second, whatever the noise of the others says."""
    random = np.random.default_rng(7)
    found = []
    for number in range(count):
        rows = random.normal(size=(5, 3))
        gold = np.arange(5) == number % 5
        rows[:, 1] = np.where(gold, 1.0, random.uniform(-1.0, 0.2, size=5))
        found.append(Example(rows, gold, np.arange(5), number))
    return found


def without_gold(example: Example) -> Example:
    """The question, its answer taken out of the report."""
    return Example(example.rows[~example.gold], example.gold[~example.gold], example.passages[:-1], example.number)


def test_the_rating_raises_gold_above_the_others() -> None:
    """From a start that puts noise first, nearly every gold place comes first, of questions not learned from too."""
    start = np.array([0.5, 0.0, 0.5])
    data = toy(80)
    fit = learn_fit(data[:40], start)
    assert top_is_gold(data, start) < 0.5
    assert top_is_gold(data[:40], fit) >= 0.95
    assert top_is_gold(data[40:], fit) >= 0.95
    assert fit[1] > abs(fit[0])


def test_the_rating_without_gold_stays_where_it_starts() -> None:
    """Questions without an answer say nothing of which place is better."""
    start = np.array([0.5, 0.1, 0.5])
    assert learn_fit(list(map(without_gold, toy())), start) == pytest.approx(start)


def test_being_sure_tells_right_from_wrong() -> None:
    """Sure of the questions whose best place is gold, unsure of those whose gold was taken away."""
    fit = np.array([0.0, 1.0, 0.0])
    data = [*toy(), *map(without_gold, toy())]
    sure = learn_sure(data, fit)

    def chance(example: Example) -> float:
        best = example.rows[int(np.argmax(example.rows @ fit))]
        return float(1 / (1 + np.exp(-(sure[0] + best @ sure[1:]))))

    assert all(chance(one) > 0.5 for one in data[:40])
    assert all(chance(one) < 0.5 for one in data[40:])


def test_the_start_names_features() -> None:
    """A feature that is gone or misspelt would be pulled towards nothing."""
    assert set(START) <= set(FEATURES)


def test_the_weights_in_use_have_every_feature_in_order() -> None:
    """They are read by place: one missing or out of order would weigh another feature."""
    table = json.loads(FILE.read_text(encoding="utf-8"))
    for kind in PlaceKind:
        assert tuple(table["fit"][kind.name.lower()]) == FEATURES
        assert tuple(table["sure"][kind.name.lower()]) == ("bias", *FEATURES)


def test_sets_to_learn_from_are_dev_and_never_test(tmp_path: Path) -> None:
    """The name decides; one that says both is kept out."""
    for name in ("a-dev", "a-dev-b", "a-test", "a-test-dev", "a-developed"):
        (tmp_path / f"{name}.jsonl").touch()
    assert set(dev_sets(tmp_path)) == {"a-dev", "a-dev-b"}
    assert {"xuhui-dev", "xuhui-dev-b"} <= set(dev_sets()) < set(find_sets())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few steps and folds: what is learned is worse, and learned in the same way."""
    monkeypatch.setattr(calibrate_module, "_STEPS", 40)
    monkeypatch.setattr(calibrate_module, "_FOLDS", 2)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    """The program as it is."""
    opening.prepare(lambda told: None)
    return opening.open_assistant()


@pytest.mark.usefixtures("quick")
def test_the_same_questions_give_the_same_weights(assistant: Assistant, tmp_path: Path) -> None:
    """To the byte, with every feature by its name; what was measured is said for each kind of place."""
    questions = [one for path in dev_sets().values() for one in load_questions(path)[:FEW]]
    told = [calibrate(assistant, questions, tmp_path / name) for name in "ab"]
    assert told[0] == told[1]
    assert len(told[0]) == len(PlaceKind)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    table = json.loads((tmp_path / "a").read_text(encoding="utf-8"))
    assert {tuple(table["fit"][kind.name.lower()]) for kind in PlaceKind} == {FEATURES}


@pytest.mark.usefixtures("quick")
def test_the_command_loads_no_test_question(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`youju eval calibrate` opens the dev files and no other, and says where it wrote."""
    opened: list[Path] = []

    def load_few(path: Path) -> tuple[Question, ...]:
        opened.append(path)
        return load_questions(path)[:FEW]

    monkeypatch.setattr(commands, "load_questions", load_few)
    monkeypatch.setattr(commands, "open_assistant", lambda: assistant)
    before = FILE.read_bytes()
    out = tmp_path / "weights.json"
    assert commands.main(["calibrate", "--out", str(out)]) == 0
    assert opened
    assert not [path for path in opened if "test" in path.name]
    assert out.exists()
    assert FILE.read_bytes() == before
    assert str(out) in capsys.readouterr().out


class Unsure:
    """Knows the gold, and refuses where it is less sure than the reader asks: more so with every question."""

    def __init__(self, questions: Sequence[Question], sources: Sources) -> None:
        self._knowing = KnowingAssistant(questions, sources)
        self._sure = {one.id: (number + 0.5) / len(questions) for number, one in enumerate(questions)}

    def ask(self, question: str, conversation: object | None = None, *, id: str = "") -> Answer:
        """The right answer, or a refusal."""
        answer = self._knowing.ask(question, conversation, id=id)
        unsure = answer.status is AnswerStatus.ANSWERED and self._sure[id] < finding.ANSWER_FROM_SURE
        return refused(Reason.MISSING_FIGURE, answer.steps) if unsure else answer


def test_the_thresholds_stand_side_by_side(
    questions: Sequence[Question], sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of eight questions, sure by sixteenths, the higher threshold refuses more; the one in use is marked and kept."""
    monkeypatch.setattr(finding, "ANSWER_FROM_SURE", 0.35)
    table = threshold_table(Unsure(questions, sources), questions, sources, list)
    rows = {row[0]: row for row in table.rows}
    assert list(rows) == ["0.2", "0.3", "0.35（在用）", "0.4", "0.5", "0.6", "0.7", "0.8"]
    # At 0.2 the answers sure by 1/16 and 3/16 go, at 0.8 those by 5/16 and 7/16 too; two are refused anyway.
    assert [cell.split()[-1] for cell in rows["0.2"][1:]] == ["6/8", "4/8", "2/2", "2/6"]
    assert [cell.split()[-1] for cell in rows["0.8"][1:]] == ["4/8", "6/8", "2/2", "4/6"]
    assert finding.ANSWER_FROM_SURE == 0.35
