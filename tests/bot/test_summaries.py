"""Summaries without a model: the passages about a topic, grouped and complete, or a refusal."""

import re

import pytest

from bot.assistant import Assistant
from bot.types import AnswerStatus, Reason


@pytest.mark.parametrize(
    ("question", "row", "year"),
    [
        ("总结一下养老服务", "养老服务", None),
        ("把垃圾分类的情况写成三点", "垃圾分类", None),
        ("梳理2024年医疗卫生方面的工作", "医疗卫生", 2024),
        ("概括2025年基层治理的要点", "基层治理", 2025),
        ("请用三句话概括西岸滨江功能区的建设情况", "西岸滨江功能区", None),
    ],
)
def test_a_summary_holds_all_that_stands_under_the_heading(
    assistant: Assistant, question: str, row: str, year: int | None
) -> None:
    """Every passage of the row that is asked about is shown and cited, under its heading and year."""
    answer = assistant.ask(question)
    _, world = assistant.understand(question)
    wanted = [one for one in world.passages if one.row == row and year in (None, one.year)]
    cited = {citation.passage for citation in answer.citations}
    assert wanted
    assert {one.id for one in wanted} <= cited
    assert all(one.text.rstrip("。；，") in answer.text for one in wanted)
    assert f"{row}（{wanted[0].year}年）：" in answer.text.splitlines()


@pytest.mark.parametrize("question", ["总结一下养老方面做了什么", "把交通建设情况写成三点", "梳理一下人工智能的进展"])
def test_a_summary_is_lines_under_headings(assistant: Assistant, question: str) -> None:
    """Each line but a heading is one passage with its own mark, in order; no heading stands twice."""
    answer = assistant.ask(question)
    lines = answer.text.splitlines()
    marked = [line for line in lines if line.startswith("- ")]
    headings = [line for line in lines if not line.startswith("- ")]
    assert answer.status is AnswerStatus.ANSWERED
    assert [re.findall(r"\[(\d+)\]$", line) for line in marked] == [[str(n)] for n in range(1, len(marked) + 1)]
    assert len(marked) == len(answer.citations)
    assert len(headings) == len(set(headings))
    assert all(heading.endswith("：") for heading in headings)


def test_a_summary_of_what_was_done_has_no_plans(assistant: Assistant) -> None:
    """What was done is of the year reported on."""
    answer = assistant.ask("总结一下养老方面做了什么")
    assert "2025年" not in answer.text


def test_a_university_is_no_traffic(assistant: Assistant) -> None:
    """A topic's word inside another's name is not the topic."""
    assert "交通大学" not in assistant.ask("把交通建设情况写成三点").text


@pytest.mark.parametrize("question", ["总结一下南极科考", "总结一下海洋渔业"])
def test_what_the_report_does_not_speak_of_is_not_summed_up(assistant: Assistant, question: str) -> None:
    """A topic that the report has nothing on is refused."""
    answer = assistant.ask(question)
    assert answer.status is AnswerStatus.REFUSED
    assert answer.reason in (Reason.MISSING_FIGURE, Reason.OUT_OF_SCOPE)


def test_one_sentence_is_one(assistant: Assistant) -> None:
    """Where one sentence is asked for, one passage is given."""
    assert len(assistant.ask("用一句话介绍模速空间").citations) == 1
