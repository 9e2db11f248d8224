"""The words of the indexed reports: cutting a question into them, weighing them, mending typing slips."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.lexicon import actions, common, light, places
from corpus.types import Passage

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_RUNS = re.compile(r"[\u3400-\u9fff]+|[A-Za-z][A-Za-z0-9.\-]*|\d+(?:\.\d+)?")
_LONGEST = 8
# Characters that say nothing by themselves: they end a stretch of unknown words.
_EMPTY = frozenset(
    "的了在是有和与及或为到被把给对从向就都也还又再才只让去来得地着过吗其各等个要会能可以应需想比较更最于以由所之而则且但不没呢吧呀啊啦哦嘛么哈你我他她它们这那哪几多少今明后一二两三四五六七八九十年月日家座条处位名间所项次人并里"
)
_UNKNOWN_COST = 1.15  # per character: a known word is always better, and few long words better than many short
_WORD_COST = 1.0
_OOV_WEIGHT = 0.95
_ACTION_WEIGHT = 0.3  # a verb that the reports do not use says less than a noun that they do not
_FOREIGN_WEIGHT = 0.25  # an English word that neither the glossary nor the reports know
_STRONG = 0.22
_LIGHT = 0.2  # what is left of a light word's weight


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question: how much it tells (0 to 1), whether the reports know it, and what it may stand for."""

    text: str
    weight: float
    known: bool
    variants: tuple[str, ...] = ()

    @property
    def strong(self) -> bool:
        """Whether the word says by itself what the question is about."""
        return self.weight >= _STRONG


class Vocabulary:
    """The words of some passages, with how rare each is and how each sounds."""

    def __init__(
        self, words: Iterable[str], passages: Sequence[Passage], everyday: Mapping[str, Sequence[str]]
    ) -> None:
        """Takes the `words` that occur in the passages and the everyday words that stand for others."""
        texts = [f"{passage.context} {passage.text}" for passage in passages]
        self.texts = texts
        self.words = {word for word in words if len(word) > 1}
        self.everyday = everyday
        self.known = self.words | set(everyday) | common() | actions() | light() | set(places())
        self._sounds: dict[tuple[str, ...], str] | None = None
        self._counts: dict[str, int] = {}
        self.all = "\n".join(texts)

    def count(self, word: str) -> int:
        """In how many passages `word` stands, their surroundings included."""
        if word not in self._counts:
            self._counts[word] = sum(word in text for text in self.texts)
        return self._counts[word]

    def weight(self, word: str) -> float:
        """How much `word` tells: near 0 where every passage has it, 1 where one has."""
        count = self.count(word)
        if not count:
            return _OOV_WEIGHT
        total = len(self.texts)
        return math.log(1 + total / count) / math.log(1 + total)

    def cut(self, run: str) -> list[tuple[str, bool]]:
        """`run` cut into known words and stretches that are none: (text, whether it is known)."""
        best: list[tuple[float, int, bool]] = [(0.0, 0, True)]
        for end in range(1, len(run) + 1):
            options = [(best[end - 1][0] + _UNKNOWN_COST, end - 1, False)]
            if run[end - 1] in _EMPTY:
                options.append((best[end - 1][0] + _WORD_COST, end - 1, True))
            for start in range(max(0, end - _LONGEST), end - 1):
                if run[start:end] in self.known:
                    options.append((best[start][0] + _WORD_COST, start, True))
            best.append(min(options))
        pieces: list[tuple[str, bool]] = []
        end = len(run)
        while end:
            _, start, known = best[end]
            if not known and pieces and not pieces[-1][1]:
                pieces[-1] = (run[start:end] + pieces[-1][0], False)
            else:
                pieces.append((run[start:end], known))
            end = start
        return pieces[::-1]

    def terms(self, text: str) -> tuple[Term, ...]:
        """The words of `text` that say what it is about, in order, each once."""
        found: dict[str, Term] = {}
        for run in _RUNS.findall(text):
            pieces = self.cut(run) if _CHINESE.match(run) else [(run, True)]
            for piece, _ in pieces:
                if len(piece) > 1 and piece not in found:
                    found[piece] = self.term(piece)
        return tuple(found.values())

    def term(self, piece: str) -> Term:
        """One word as a term."""
        variants = tuple(dict.fromkeys((*self.everyday.get(piece, ()), *self.everyday.get(piece.upper(), ()))))
        standing = [word for word in (piece, *variants) if word in self.all]
        if standing:
            weight = max(self.weight(word) for word in standing)
        else:
            weight = _unknown_weight(piece)
        if piece in light():
            weight *= _LIGHT
        return Term(piece, weight, bool(standing), variants)

    # --- typing slips ----------------------------------------------------------------------------------

    def mend(self, text: str, keep: re.Pattern[str]) -> str:
        """`text` with words that the reports lack replaced by one of theirs that sounds the same.

        What `keep` matches is left alone. Only stretches that are no known word are looked at, together with
        their neighbours, longest first.
        """
        kept = [match.span() for match in keep.finditer(text)]
        for run in list(_CHINESE.finditer(text)):
            replaced = self._mend_run(run.group(), run.start(), kept)
            if replaced != run.group():
                text = text[: run.start()] + replaced + text[run.end() :]
        return text

    def _mend_run(self, run: str, offset: int, kept: Sequence[tuple[int, int]]) -> str:
        unknown = self._unknown(run, offset, kept)
        while unknown:
            better = self._replaced(run, unknown)
            left = self._unknown(better, offset, kept)
            if len(left) >= len(unknown):
                return run
            run, unknown = better, left
        return run

    def _unknown(self, run: str, offset: int, kept: Sequence[tuple[int, int]]) -> list[int]:
        position, unknown = 0, []
        for piece, known in self.cut(run):
            if not known:
                unknown += [
                    i
                    for i in range(position, position + len(piece))
                    if not _inside(offset + i, kept) and not self._stands(run, i)
                ]
            position += len(piece)
        return unknown

    def _stands(self, run: str, i: int) -> bool:
        """Whether the character stands in the reports next to one of its neighbours."""
        pairs = (run[i - 1 : i + 1] if i else "", run[i : i + 2])
        return any(len(pair) == 2 and not set(pair) & _EMPTY and pair in self.all for pair in pairs)

    def _replaced(self, run: str, unknown: Sequence[int]) -> str:
        """`run` with the longest stretch that holds an unknown character and sounds like a known word mended."""
        for length in (6, 5, 4, 3, 2):
            for start in range(max(0, unknown[0] - length + 1), min(len(run) - length, unknown[-1]) + 1):
                window = run[start : start + length]
                if not any(start <= i < start + length for i in unknown) or window in self.known or set(window) & _EMPTY:
                    continue
                heard = self._heard(window)
                if heard and sum(a != b for a, b in zip(heard, window, strict=True)) <= max(1, length // 2):
                    return run[:start] + heard + run[start + length :]
        return run

    def _heard(self, window: str) -> str | None:
        if self._sounds is None:
            self._sounds = {}
            for word in sorted(self.words | set(self.everyday) | light() | set(places()), key=lambda word: (word in self.words, self.count(word), word)):
                if 2 <= len(word) <= 6 and _CHINESE.fullmatch(word):
                    self._sounds[sound(word)] = word
        return self._sounds.get(sound(window))


def _unknown_weight(piece: str) -> float:
    if not (_CHINESE.match(piece) or piece[0].isdigit()):
        return _FOREIGN_WEIGHT
    return _ACTION_WEIGHT if piece in actions() else _OOV_WEIGHT


@lru_cache(maxsize=20_000)
def sound(word: str) -> tuple[str, ...]:
    """How `word` sounds, without tones and with the pairs that many people do not tell apart made one."""
    from pypinyin import Style, lazy_pinyin

    return tuple(
        re.sub(r"^([zcs])h", r"\1", syllable).replace("ng", "n") for syllable in lazy_pinyin(word, style=Style.NORMAL)
    )


def _inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)
