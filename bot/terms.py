"""The words of the indexed reports: cutting a question into them, weighing them, mending typing slips."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.lexicon import actions, common, indicators, light, places, singles
from bot.mending import ASKING, Mender
from corpus.types import Passage

_NO_SLIP = re.compile(rf"{'|'.join(sorted(map(re.escape, ASKING), key=len, reverse=True))}|[年是的了吗呢有]")
_COUNT_OF = re.compile(
    r"(?<=\d)[项个条行](?=[比和与跟])|咱们?[区市省县]?|阿拉|[升变改换转评建修造弄搞拆盖][成到掉完好]|[证户件条台套座处项张]数(?=[、，和与及\s]|$)"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_RUNS = r"[\u3400-\u9fff]+|[A-Za-z][A-Za-z0-9.\-]*|\d+(?:\.\d+)?"
_MIXED = re.compile(r"[\u3400-\u9fff][A-Za-z\d]|[A-Za-z\d][\u3400-\u9fff]")  # 「AI行业」, 「打12345」
_LONGEST = 12
# Characters that say nothing by themselves: they end a stretch of unknown words.
_EMPTY = frozenset(
    "的了在是有和与及或为到被把给对从向就都也还又再才只让去来得地着过吗其各等个要会能可以应需想比较更最于以由所之而则且但不没呢吧呀啊啦哦嘛么哈你我他她它们这那哪几多少今明后一二两三四五六七八九十年月日家座条占处位名间所项次人并里做搞弄"
)
_NO_END = frozenset("的了在是有和与及等")
_LONGEST_NAME = 6
_UNKNOWN_COST = 1.15  # per character: a known word is always better, and few long words better than many short
_WORD_COST = 1.0
_NOT_OF_REPORTS = 0.01  # a character: of two ways to cut, the one with more of the reports' own words
_OOV_WEIGHT = 0.95
_ACTION_WEIGHT = 0.3  # a verb that the reports do not use says less than a noun that they do not
_SINGLE_WEIGHT = 0.3  # a verb of one character stands in many words
_FOREIGN_WEIGHT = 0.25  # an English word that neither the glossary nor the reports know
_STRONG = 0.22
# A number with its classifier only counts what it stands before (「两处场所」): no report needs to say it.
_COUNTS = re.compile(
    r"[一二两三四五六七八九十几每各某这那头首]{1,2}[个家条座所处项种类批位名件台套张户场块片支笔只款份者次]"
)
_CLASSIFIERS = frozenset("个家条座所处项种类批位件台套张户场块片支笔只款份者次门")
_LIGHT = 0.2  # what is left of a light word's weight


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question: how much it tells (0 to 1), whether the reports know it, and what it may stand for.

    A `whole` word is the name of a statistic: a text that has only most of it does not say it.
    """

    text: str
    weight: float
    known: bool
    variants: tuple[str, ...] = ()
    whole: bool = False

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
        self.known = self.words | set(everyday) | common() | actions() | light() | indicators() | set(places())
        self._counts: dict[str, int] = {}
        self.all = "\n".join(texts)
        self.unquoted = self.all.replace("“", "").replace("”", "")
        mixed = sorted((word for word in everyday if _MIXED.search(word)), key=len, reverse=True)
        self._runs = re.compile("|".join([*map(re.escape, mixed), _RUNS]), re.IGNORECASE)

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
                options.append((best[end - 1][0] + _WORD_COST + _NOT_OF_REPORTS / 2, end - 1, True))
            for start in range(max(0, end - _LONGEST), end - 1):
                if run[start:end] in self.known:
                    foreign = 0.0 if run[start:end] in self.words else _NOT_OF_REPORTS * (end - start)
                    options.append((best[start][0] + _WORD_COST + foreign, start, True))
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
        for run in self._runs.findall(text):
            pieces = _uncounted(self.cut(run)) if _CHINESE.fullmatch(run) else [(run, True)]
            for piece, known in self._joined(pieces):
                for word in (piece,) if known or not all(one in singles() for one in piece) else piece:
                    if len(word) > 1 and word not in found:
                        found[word] = self.term(word)
                    elif word in singles() and word not in found:
                        found[word] = Term(word, _SINGLE_WEIGHT, True, singles()[word])
        return tuple(found.values())

    def _joined(self, pieces: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
        """The pieces, single characters that stand together in the reports as one word (a name that no list has)."""
        out: list[tuple[str, bool]] = []
        at = 0
        while at < len(pieces):
            end = at
            while end < len(pieces) and len(pieces[end][0]) == 1 and end - at < _LONGEST_NAME:
                end += 1
            while end - at > 1 and not self._is_name("".join(piece for piece, _ in pieces[at:end])):
                end -= 1
            if end - at > 1:
                out.append(("".join(piece for piece, _ in pieces[at:end]), True))
            else:
                out.extend([pieces[at]] if pieces[at][1] else self._parted(pieces[at][0]))
            at = max(end, at + 1)
        return out

    def _parted(self, stretch: str) -> list[tuple[str, bool]]:
        """A stretch of no known words, parted where its head or its end is a name of the reports (「托班加」)."""
        for size in range(len(stretch) - 1, 1, -1):
            if self._is_name(stretch[:size]):
                return [(stretch[:size], True), (stretch[size:], False)]
            if self._is_name(stretch[-size:]):
                return [(stretch[:-size], False), (stretch[-size:], True)]
        return [(stretch, False)]

    def _is_name(self, text: str) -> bool:
        return text[0] not in _EMPTY and text[-1] not in _NO_END and text in self.all

    def term(self, piece: str) -> Term:
        """One word as a term."""
        variants = tuple(dict.fromkeys((*self.everyday.get(piece, ()), *self.everyday.get(piece.upper(), ()))))
        standing = [word for word in (piece, *variants) if word in self.all]
        weight = max(self.weight(word) for word in standing) if standing else _unknown_weight(piece)
        if piece in light() or (not standing and _COUNTS.fullmatch(piece)):
            weight *= _LIGHT
        return Term(piece, weight, bool(standing), variants, piece in indicators())

    # --- typing slips ----------------------------------------------------------------------------------

    def mend(self, text: str, keep: re.Pattern[str]) -> str:
        """`text` with its typing slips mended, towards words of the reports above all.

        What `keep` matches is left alone, and so is a stretch that is made of known words only.
        """
        kept = [match.span() for pattern in (keep, _COUNT_OF) for match in pattern.finditer(text)]
        mended: list[str] = []
        at = 0
        for run in _CHINESE.finditer(text):
            mended.append(text[at : run.start()])
            spans = [(start - run.start(), end - run.start()) for start, end in kept]
            mended.append(self._mender.mend(run.group(), spans) if self._odd(run.group(), spans) else run.group())
            at = run.end()
        return "".join((*mended, text[at:]))

    @cached_property
    def _mender(self) -> Mender:
        official = {word for words in self.everyday.values() for word in words}
        return Mender({*self.words, *self.everyday, *official, *light(), *places()}, self.all)

    def _odd(self, run: str, kept: Sequence[tuple[int, int]]) -> bool:
        """Whether `run` holds, outside the spans `kept`, anything but words of the reports and ways of asking."""
        sure = [*kept, *(match.span() for match in _NO_SLIP.finditer(run))]
        at = 0
        for piece, _ in self.cut(run):
            known = len(piece) > 1 and piece in self.all
            if not known and not any(start <= at < end for start, end in sure):
                return True
            at += len(piece)
        return False


def _uncounted(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The pieces without the classifier that 「几张铺」 leaves at the head of an unknown word."""
    (first, known), rest = pieces[0], pieces[1:]
    return pieces if known or len(first) < 2 or first[0] not in _CLASSIFIERS else [(first[1:], False), *rest]


def _unknown_weight(piece: str) -> float:
    if not (_CHINESE.match(piece) or piece[0].isdigit()):
        return _FOREIGN_WEIGHT
    return _ACTION_WEIGHT if piece in actions() else _OOV_WEIGHT
