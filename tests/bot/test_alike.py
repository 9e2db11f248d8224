"""English questions in other words and longer frames: what only sounds different is read the same."""

import pytest

from bot.assistant import Assistant
from bot.framing import loosened
from bot.lexicon import alike
from bot.types import AnswerStatus, Reason


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many elevators were wrapped up in 2024?", "333台"),
        ("What number of talent flats went online in 2024?", "2139套"),
        ("What was Xuhui's household trash recycling rate in 2024?", "43%"),
        ("What portion of the city's registered large models does Xuhui account for?", "近60%"),
        ("Roughly how many employment opportunities were offered at the job fairs?", "3.1万个"),
        ("What would you say was the non-tax revenue of Xuhui in 2024?", "13.3亿元"),
    ],
)
def test_other_words_of_one_meaning_find_the_same(assistant: Assistant, question: str, short: str) -> None:
    """A word that the glossary lacks in a phrase is read as another of its group, a longer frame as the plain one."""
    assert assistant.ask(question).short == (short,)


@pytest.mark.parametrize("question", ["How many Americans live in Xuhui?", "How many embassies are in Xuhui?"])
def test_what_the_report_has_no_word_for_is_noticed(assistant: Assistant, question: str) -> None:
    """A common noun is translated even where no report uses it: it is then seen that none does."""
    answer = assistant.ask(question)
    assert (answer.status, answer.reason) == (AnswerStatus.REFUSED, Reason.MISSING_FIGURE)


def test_a_word_is_of_one_group() -> None:
    """A word stands in one group only, or it would mean two things."""
    words = [word for group in alike() for word in group]
    assert len(words) == len(set(words))


def test_a_question_that_is_only_short_is_left() -> None:
    """「How many in total?」 asks for a sum, and Chinese is not touched."""
    assert loosened("How many in total?") == "How many in total?"
    assert loosened("2024年GDP多少") == "2024年GDP多少"
    assert loosened("How many in total were built?") == "how many were built?"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many Class II water sections were there in 2024?", "8个"),
        ("2024年新增国家级专精特新小巨人企业多少家？", "8家"),
        ("What is the growth of budget revenue in 2025?", "5%"),
    ],
)
def test_the_figure_whose_own_name_is_asked_for(assistant: Assistant, question: str, short: str) -> None:
    """II is no part of III, 国家级 is not 市级, and the growth of a thing is how much it grows."""
    assert assistant.ask(question).short == (short,)
