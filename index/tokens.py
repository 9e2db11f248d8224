"""Cuts texts into what BM25 counts: character bigrams, and words by jieba with a small dictionary of the corpus.

jieba's full dictionary takes a second to load and leaves a cache in the shared temporary folder. So the words of the
corpus are cut with it once, when the index is built, and kept; a question is cut with the kept words alone.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jieba

_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z]+|\d+(?:\.\d+)?")
_LONGEST = 256  # characters of a word; each of its beginnings is kept as well
_NEW_WORD = 3  # the frequency of a word that jieba's dictionary lacks, as jieba gives to one it is taught
_SIZE_OF_DICTIONARY = 60_101_967  # the sum of jieba's frequencies: a kept word stays as likely as it was


def runs(text: str) -> list[str]:
    """The runs of Chinese characters, of letters and of digits (a decimal number is one), in plain lower case."""
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def bigrams(text: str) -> list[str]:
    """Each two neighbouring Chinese characters, a character that stands alone, and each number or foreign word."""
    found: list[str] = []
    for run in runs(text):
        if run[0] < "\u3400" or len(run) == 1:
            found.append(run)
        else:
            found.extend(run[at : at + 2] for at in range(len(run) - 1))
    return found


class Words:
    """Cuts texts into words with the words of one corpus."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        """Takes the words and jieba's frequency of each."""
        self.frequencies = dict(sorted(frequencies.items()))
        self._jieba = _tokenizer(self.frequencies)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Words":
        """The words of the texts, found with jieba's full dictionary and its model of unknown words."""
        full = full_dictionary()
        frequencies: dict[str, int] = {}
        for text in texts:
            for run in runs(text):
                for word in full.cut_for_search(run):
                    if len(word) > 1 and word[0] >= "\u3400":
                        frequencies[word] = int(full.FREQ.get(word) or _NEW_WORD)
        return cls(frequencies)

    def cut(self, text: str) -> list[str]:
        """The words of a text, the shorter words inside a long one before it."""
        found: list[str] = []
        for run in runs(text):
            if run[0] < "\u3400":
                found.append(run)
            else:
                found.extend(self._jieba.cut_for_search(run, HMM=False))
        return found

    def as_text(self) -> str:
        """The words as they are kept: one a line with its frequency, in order."""
        return "".join(f"{word} {frequency}\n" for word, frequency in self.frequencies.items())

    @classmethod
    def from_text(cls, text: str) -> "Words":
        """The words as they were kept; another layout raises ValueError."""
        pairs = (line.split(" ") for line in text.splitlines())
        frequencies = {word: int(frequency) for word, frequency in pairs}
        if any(len(word) > _LONGEST for word in frequencies):
            raise ValueError("a word is longer than any word")
        return cls(frequencies)


@lru_cache(maxsize=1)
def full_dictionary() -> "jieba.Tokenizer":
    """Full jieba, read without the cache that it would leave in the temporary folder."""
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def _tokenizer(frequencies: Mapping[str, int]) -> "jieba.Tokenizer":
    import jieba

    tokenizer = jieba.Tokenizer()
    known: dict[str, int] = dict(frequencies)
    for word in frequencies:  # jieba walks a word from its first character on: each beginning must be known
        for end in range(1, len(word)):
            known.setdefault(word[:end], 0)
    tokenizer.FREQ, tokenizer.total = known, _SIZE_OF_DICTIONARY
    tokenizer.initialized = True
    return tokenizer
