"""Grounding against sentences whose figure stands in the passage cited, and that are wrong all the same."""

import pytest

from bot.grounding import Checked, Grounding, Source
from tests.bot.doubtful import FALSE, TRUE, Cited
from tests.bot.truths import OFFERED, STRIDE, sources

LEAST_SHARE = 0.97  # of the true sentences


def passage_with(words: str) -> int:
    """The place of the first passage that says the words."""
    plain = words.replace(",", "，")
    return next(
        place for place, one in enumerate(sources()) if plain in one.passage.text.replace(" ", "").replace(",", "，")
    )


def checked(cited: Cited, sentence: str) -> Checked:
    """What grounding makes of a sentence that is offered the passages cited and others."""
    places = [passage_with(words) for words in cited]
    others = ((places[0] + i * STRIDE) % len(sources()) for i in range(1, OFFERED))
    offered: list[Source] = [sources()[place] for place in dict.fromkeys((*places, *others))]
    return Grounding(dict(enumerate(offered, 1)), reported=2024).check(sentence)


@pytest.mark.parametrize("kind", FALSE)
def test_a_true_figure_does_not_carry_a_false_sentence(kind: str) -> None:
    """Whatever is wrong about the figure's subject, whole, basis, time or cause, the sentence is taken out."""
    shown = [sentence for cited, sentence in FALSE[kind] if checked(cited, sentence).flaw is None]
    assert not shown


def test_true_sentences_in_other_words_pass() -> None:
    """What the report says, told as a model tells it, is shown."""
    lost = [(sentence, one) for cited, sentence in TRUE if (one := checked(cited, sentence)).flaw is not None]
    assert 1 - len(lost) / len(TRUE) >= LEAST_SHARE, lost


def test_there_are_many_kinds() -> None:
    """So many false sentences, of so many kinds, that a rule for one of them does not pass for a law."""
    assert sum(map(len, FALSE.values())) >= 130
    assert len(FALSE) >= 18
