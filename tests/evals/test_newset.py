"""A first question set from a report's facts."""

import json
from pathlib import Path

import pytest

from bot.types import Reason
from evals.errors import EvalProblem
from evals.lint import GRAVE, cover, lint
from evals.newset import make_questions, write_questions
from evals.questions import load_questions
from evals.sources import Sources
from evals.types import Kind


def test_each_fact_that_can_be_singled_out_is_asked(sources: Sources) -> None:
    """A fact's subject, change and year make the question; the figure and its clause are the gold."""
    lines = make_questions(sources.reports[0])
    asked = {line["question"]: line for line in lines}
    assert asked["2024年徐汇区地区生产总值是多少？"]["answers"] == [
        {"short": ["3931.2亿元"], "evidence": ["地区生产总值完成3931.2亿元"]}
    ]
    assert asked["2024年徐汇区地区生产总值增长多少？"]["kind"] == Kind.PERCENT
    assert asked["2025年徐汇区新增绿地的目标是多少？"]["year"] == 2025
    assert asked["2021年徐汇区地区生产总值是多少？"]["reason"] == Reason.MISSING_YEAR


def test_the_set_is_a_set(sources: Sources, tmp_path: Path) -> None:
    """What is written loads, and nothing in it is grave."""
    path = tmp_path / "small-dev.jsonl"
    write_questions(make_questions(sources.reports[0]), path)
    questions = load_questions(path)
    assert len(questions) == len(path.read_text(encoding="utf-8").splitlines())
    assert not [one for one in lint({"small": questions}, sources) if one.flaw in GRAVE]


def test_a_set_is_not_overwritten(tmp_path: Path) -> None:
    """A person's corrections stay."""
    path = tmp_path / "x.jsonl"
    write_questions([{"id": "a"}], path)
    with pytest.raises(EvalProblem, match="已经存在"):
        write_questions([{"id": "b"}], path)
    assert json.loads(path.read_text(encoding="utf-8")) == {"id": "a"}


def test_the_projects_own_report_gets_a_set(tmp_path: Path) -> None:
    """Made from its facts alone, the set is sound and touches most passages with a figure."""
    sources = Sources.shipped()
    path = tmp_path / "new.jsonl"
    write_questions(make_questions(sources.reports[0]), path)
    questions = load_questions(path)
    assert not [one for one in lint({"new": questions}, sources) if one.flaw in GRAVE]
    assert (cover({"new": questions}, sources).figures.value or 0) > 0.5
