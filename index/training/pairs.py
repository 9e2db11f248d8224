"""Draws training pairs: a piece of text that asks, and the stretch of text in which its answer would stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.data import Question

Ids = NDArray[np.int32]

ASKED = (4, 26)  # pieces in a made-up question: as long as real ones are
CONTEXT = (24, 320)  # pieces in its context, from one list item to a long paragraph
KEEP_WORDS = 0.55  # at the least: a question leaves out words of its sentence
REMOVED = 0.1  # how often the sentence is taken out of its context, so that meaning counts too and not words alone


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as bags of pieces: the pieces of all, and where each begins."""

    ids: Ids
    offsets: NDArray[np.int64]


def bags_of(texts: Sequence[Ids]) -> Bags:
    """The texts as one run of pieces with offsets."""
    return Bags(np.concatenate(texts), np.array([0, *accumulate(len(text) for text in texts[:-1])], dtype=np.int64))


class Articles:
    """Articles as pieces, with the places where their sentences begin."""

    def __init__(self, tokenizer: Tokenizer, articles: Sequence[tuple[str, ...]]) -> None:
        """Cuts every sentence of every article into pieces."""
        self._articles: list[tuple[Ids, NDArray[np.int64]]] = []
        for start in range(0, len(articles), 2000):
            block = articles[start : start + 2000]
            encoded = iter(tokenizer.encode_batch_fast([s for article in block for s in article]))
            for article in block:
                sentences = [np.array(next(encoded).ids, dtype=np.int32) for _ in article]
                starts = np.cumsum([0, *map(len, sentences)])
                if starts[-1] >= 2 * CONTEXT[0]:
                    self._articles.append((np.concatenate(sentences), starts))
        sizes = np.array([min(len(ids), 4000) for ids, _ in self._articles], dtype=np.float64)
        self._chance = np.cumsum(sizes / sizes.sum())

    def counts(self, pieces: int) -> NDArray[np.int64]:
        """How often each piece occurs."""
        counts = np.zeros(pieces, dtype=np.int64)
        for ids, _ in self._articles:
            counts += np.bincount(ids, minlength=pieces)
        return counts

    def draw(self, number: int, random: np.random.Generator) -> list[tuple[Ids, Ids]]:
        """`number` pairs of a made-up question and its context."""
        pairs: list[tuple[Ids, Ids]] = []
        while len(pairs) < number:
            ids, starts = self._articles[int(np.searchsorted(self._chance[:-1], random.random()))]
            if (pair := _cloze(ids, starts, random)) is not None:
                pairs.append(pair)
        return pairs


def _cloze(ids: Ids, starts: NDArray[np.int64], random: np.random.Generator) -> tuple[Ids, Ids] | None:
    """A sentence's words as the question, the text around it as the context."""
    chosen = int(random.integers(len(starts) - 1))
    start, end = int(starts[chosen]), int(starts[chosen + 1])
    if end - start < ASKED[0] + 2:
        return None
    length = int(random.integers(ASKED[0], ASKED[1] + 1))
    at = start + int(random.integers(max(1, end - start - length + 1)))
    asked = ids[at : min(at + length, end)]
    kept = asked[random.random(len(asked)) < random.uniform(KEEP_WORDS, 1.0)]
    size = int(np.exp(random.uniform(*np.log(CONTEXT))))
    before = int(random.integers(size + 1))
    left, right = ids[max(0, start - before) : start], ids[end : end + size - before]
    whole = random.random() >= REMOVED or len(left) + len(right) < CONTEXT[0]
    context = np.concatenate((left, ids[start:end], right) if whole else (left, right))
    return (kept if len(kept) > 1 else asked), context


class Questions:
    """Real questions as pieces, with their paragraphs."""

    def __init__(self, tokenizer: Tokenizer, questions: Sequence[Question]) -> None:
        """Cuts every question and paragraph into pieces."""
        self._asked = [np.array(e.ids, dtype=np.int32) for e in tokenizer.encode_batch([q.text for q in questions])]
        self._answer = [question.answer for question in questions]
        paragraphs = {question.sentences: None for question in questions}
        cut = {
            sentences: [np.array(e.ids, dtype=np.int32) for e in tokenizer.encode_batch(list(sentences))]
            for sentences in paragraphs
        }
        self._sentences = [cut[question.sentences] for question in questions]
        number = {sentences: place for place, sentences in enumerate(paragraphs)}
        self._paragraph = [number[question.sentences] for question in questions]

    def draw(self, number: int, random: np.random.Generator) -> list[tuple[Ids, Ids]]:
        """`number` pairs of a question and its paragraph, or some sentences around its answer; a paragraph once."""
        pairs: list[tuple[Ids, Ids]] = []
        used: set[int] = set()
        for chosen in random.permutation(len(self._asked)):
            if self._paragraph[chosen] in used:
                continue
            used.add(self._paragraph[chosen])
            pairs.append((self._asked[chosen], self._around(int(chosen), random)))
            if len(pairs) == number:
                break
        return pairs

    def _around(self, chosen: int, random: np.random.Generator) -> Ids:
        sentences, answer = self._sentences[chosen], self._answer[chosen]
        if random.random() < 0.5:
            return np.concatenate(sentences)
        first, last = answer - int(random.integers(3)), answer + int(random.integers(3))
        return np.concatenate(sentences[max(0, first) : last + 1])
