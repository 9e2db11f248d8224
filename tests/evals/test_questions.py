"""Question sets are typed data: what is odd is refused, with the line and the field named."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.errors import EvalProblem
from evals.questions import as_sessions, find_sets, load_questions
from evals.types import Question, Style
from tests.evals.gold import QUESTIONS, SECOND

GOOD: dict[str, Any] = {
    "id": "d001",
    "question": "地区生产总值是多少？",
    "style": "formal",
    "kind": "number",
    "year": 2024,
    "reason": None,
    "session": None,
    "answers": [{"short": ["3931.2亿元"], "evidence": ["地区生产总值完成3931.2亿元"]}],
}


def write(folder: Path, *lines: dict[str, Any] | str) -> Path:
    """A set of these lines."""
    path = folder / "set-dev.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_a_line_becomes_a_question(tmp_path: Path) -> None:
    """Every field arrives; empty lines are nothing."""
    (question,) = load_questions(write(tmp_path, GOOD, ""))
    assert (question.id, question.style, question.year, question.answerable) == ("d001", Style.FORMAL, 2024, True)
    assert question.parts[0].short == ("3931.2亿元",)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"colour": "red"}, "有不认识的项「colour」"),
        ({"answers": [{"short": [], "evidence": ["a"], "id": 1}]}, "有不认识的项「answers.0.id」"),
        ({"style": "rude"}, "「style」的值 'rude' 不在允许之列"),
        ({"kind": None}, "「kind」"),
        ({"reason": "internal", "answers": []}, "reason 只能是"),
        ({"reason": "opinion"}, "answers 须为 []"),
        ({"answers": []}, "至少要有一条 answers"),
        ({"answers": [{"short": ["1"], "evidence": []}]}, "evidence 不能为空"),
        ({"style": "followup"}, "须写明 session"),
        ({"question": "  "}, "「question」"),
        ({"year": "今年"}, "「year」"),
    ],
)
def test_an_odd_line_is_refused(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    """The message names the file, the line and what is wrong with it."""
    with pytest.raises(EvalProblem) as caught:
        load_questions(write(tmp_path, {**GOOD, "id": "d000"}, {**GOOD, **change}))
    assert "set-dev.jsonl 第 2 行" in str(caught.value)
    assert complaint in str(caught.value)


@pytest.mark.parametrize("field", GOOD)
def test_every_field_is_wanted(tmp_path: Path, field: str) -> None:
    """No field may be left out."""
    with pytest.raises(EvalProblem, match=f"缺少「{field}」"):
        load_questions(write(tmp_path, {name: value for name, value in GOOD.items() if name != field}))


def test_a_file_at_fault_is_named(tmp_path: Path) -> None:
    """No JSON, a repeated id, an empty and a missing file each have their message."""
    with pytest.raises(EvalProblem, match="不是合法的 JSON"):
        load_questions(write(tmp_path, "{"))
    with pytest.raises(EvalProblem, match="d001 出现了两次"):
        load_questions(write(tmp_path, GOOD, GOOD))
    with pytest.raises(EvalProblem, match="是空的"):
        load_questions(write(tmp_path))
    with pytest.raises(EvalProblem, match="读不了问题集"):
        load_questions(tmp_path / "none.jsonl")


def test_a_false_premise_may_have_gold(tmp_path: Path) -> None:
    """What the report does say may stand beside a false premise, without a short answer."""
    line = {**GOOD, "reason": "false-premise", "answers": [{"short": [], "evidence": ["增长4.8%"]}]}
    (question,) = load_questions(write(tmp_path, line))
    assert not question.answerable
    assert question.parts[0].short == ()


def test_turns_are_kept_together() -> None:
    """A conversation is its turns in order; every other question stands alone."""
    sessions = as_sessions([SECOND, *QUESTIONS[:-1]])
    assert [len(turns) for turns in sessions] == [2, 1, 1, 1, 1, 1, 1]
    assert sessions[0] == (SECOND, QUESTIONS[-2])


@pytest.mark.parametrize("name", sorted(find_sets()))
def test_the_projects_sets_load(name: str) -> None:
    """The sets that the project ships keep to the format."""
    questions: tuple[Question, ...] = load_questions(find_sets()[name])
    assert questions
