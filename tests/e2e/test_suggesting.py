"""Questions to tap: drawn from the report's facts, kept only where they are answered with their figure."""

from dataclasses import replace

import pytest

from bot.types import Answer, AnswerStatus, Citation
from bot.web.suggesting import examples_for, follow_ups, question_about
from corpus.library import ReadReport, find_reports, read_report


@pytest.fixture(scope="module")
def read() -> ReadReport:
    """The first report, under a name that nobody has written examples for."""
    found = read_report(find_reports()[0])
    return replace(found, report=replace(found.report, name="unknown"))


def knows(read: ReadReport, question: str) -> Answer:
    """An answer from one who knows every fact by its question."""
    told = tuple(fact.text for fact in read.facts if question_about(fact) == question)
    return Answer("", question, question, AnswerStatus.ANSWERED if told else AnswerStatus.REFUSED, "", None, told)


def refuses(question: str) -> Answer:
    """An answer from one who knows nothing."""
    return Answer("", question, question, AnswerStatus.REFUSED, "")


def test_a_report_without_examples_gets_eight_of_its_own(read: ReadReport) -> None:
    """Any report has a first screen."""
    examples = examples_for(read, lambda question: knows(read, question))
    assert len(examples) == len(set(examples)) == 8


def test_what_is_refused_is_not_suggested(read: ReadReport) -> None:
    """No question is offered that would be refused."""
    assert examples_for(read, refuses) == ()
    assert follow_ups(read, cited(read), refuses) == ()


def test_follow_ups_ask_for_something_else_nearby(read: ReadReport) -> None:
    """Up to three questions, none of them for the figure just given."""
    given = cited(read)
    following = follow_ups(read, given, lambda question: knows(read, question))
    assert 1 <= len(following) <= 3
    told = {question_about(fact) for fact in read.facts if fact.text in given.short}
    assert not told & set(following)


def test_an_answer_without_sources_has_no_follow_ups(read: ReadReport) -> None:
    """Nothing cited, nothing near."""
    assert follow_ups(read, refuses("天气"), lambda question: knows(read, question)) == ()


def cited(read: ReadReport) -> Answer:
    """An answer that cites the first fact with a plain subject."""
    fact = next(fact for fact in read.facts if fact.change is None and fact.year and len(fact.subject) > 4)
    passage = next(passage for passage in read.passages if passage.id == fact.passage)
    source = Citation(1, passage.report, passage.id, passage.section, None, None, passage.text, passage.spans, (1, 1))
    return Answer("", "问", "问", AnswerStatus.ANSWERED, "", None, (fact.text,), (source,))
