"""Mends typing slips: of all ways to read a question, the likeliest one, slips that sound alike included."""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, product

from bot.lexicon import lines_of

_LONGEST = 8  # characters of a word or of a stretch of the reports
_LONGEST_SLIP = 8  # characters of a word that is looked for behind a slip
_OWN = 0.36  # what it costs, in nats, that a word is of the reports: seven words in ten of a question are
_FOREIGN = 1.2  # … or that it is not
_SINGLE = 1.5  # a character by itself: most are parts of words
_UNKNOWN = 15.0  # a character that no list holds
_NO_WORD = 1.5  # a stretch of the reports of three or more characters that is no word …
_PAIR = 4.5  # … and of two: often the end of one word and the start of the next
_ALL_WORDS = 6e7  # words behind the counts of the common words
_PLAIN = 13.0  # a word of which only is known that it is one
_ASKED = 7.5  # a way of asking
_COMMON_TARGET = 10  # the logarithm (base 2) of the count from which a common word may be meant by a slip
_SLIP = 6.0  # one character for another that sounds the same
_IN_A_PAIR = 1.5  # … more in a word of two characters: so many of them sound alike
_ANOTHER_WORD = 4.5  # … more where the text as it stands is a word as well
_ELSEWHERE = 2.0  # … more where the word meant is none of the reports
_MORE_SLIPS = 5.5  # each further one in the same word
_MOST_SLIPS = 4  # in one run of characters
_LEFT_OUT = 8.5
_TWICE = 8.5
_SWAPPED = 8.5
_TWISTED = 4  # so near a slip of order or shape shows what is meant
_NEAR = 4.0  # of readings that cost about the same, the one whose words stand together in the reports
_READINGS = 16
_SURE = 2
_REMEMBERED = 50_000  # pieces whose cost is remembered: whoever asks must not fill the memory
_PARTICLES = frozenset("的了是在")
_FIRM = frozenset("哪那几多少么吗呢不没未无谁何家")
# Ways of asking that a slip may hide.
ASKING = (
    "多少 几个 几家 几座 几条 几处 几项 几台 哪些 哪个 哪家 哪里 什么 什么时候 怎么 "
    "怎么样 如何 为什么 是否 有没有 是不是 今年 去年 明年 全年 目标 情况 计划 预计 增长 "
    "同比 占比 分别 一共 总共 请问 我想 想问 告诉 多多少 少多少 相差 对吗 原因 推荐 预测 "
    "等于 一下 机动车 酒店 多少个 多少家 多少台 多少套 多少条 多少座 多少项 多少张 多少人 "
    "多少名 多少户 多少所 多少处 多少场 多少门 多少亩 多少辆 多少件 多少支 多少幅 多少公里 "
    "几公里 几公顷 几平方米 几个百分点 多少年 多少天 多少钱 多少月 多少次 多少份 "
    "多少间 多少块 多少笔 多少米 多少吨 多少层 多少倍 "
    "多少公顷 多少平方米 多少亿元 多少万元 百分之几 "
).split()


class Mender:
    """Mends with the words of some reports: what stands in them is right as it is."""

    def __init__(self, words: Iterable[str], text: str) -> None:
        """Takes the words that a slip may hide and the reports' whole text."""
        self._text = text
        self._lines = text.split("\n")
        self._size = max(len(text), 1)
        self._words = {word for word in words if 1 < len(word) <= _LONGEST_SLIP and _chinese(word)} | set(ASKING)
        self._pairs = {text[place : place + 2] for place in range(len(text) - 1)}
        self._costs: dict[str, float] = {}
        common = {word for word, count in frequent().items() if count >= _COMMON_TARGET and len(word) == 2}
        # Words by length and first sound; a group's other sounds are looked up when a text first asks for the group.
        self._groups: dict[tuple[int, str], list[str]] = {}
        for word in sorted(self._words | common):
            for first in _readings().get(word[0], ()):
                self._groups.setdefault((len(word), first), []).append(word)
        self._sounding: dict[tuple[int, str], dict[tuple[str, ...], list[str]]] = {}
        self._by_rest: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if len(word) > 4 and self._standing(word):
                for place in range(len(word)):
                    self._by_rest.setdefault(word[:place] + word[place + 1 :], []).append(word)

    def mend(self, run: str, kept: Sequence[tuple[int, int]] = ()) -> str:
        """`run`, Chinese characters only, with its slips mended; what lies in the spans `kept` stays."""
        for _ in range(_MOST_SLIPS):
            before, after = self._up_to(run), self._up_to(run[::-1], -1)[::-1]
            gains = [
                (before[-1] - self._with(word, (start, end), run, before, after) - slip, start, word, end)
                for start, end, word, slip in self._mended(run, kept)
            ]
            gain, start, word, end = max(
                gains, key=lambda one: (round(one[0], 6), -one[1], one[2]), default=(0.0, 0, "", 0)
            )
            if gain <= 0:
                break
            others = [one[2] for one in gains if one[1::2] == (start, end) and one[0] > max(0.0, gain - _NEAR)]
            if len(others) > 1:
                word = self._in_company(word, others, run[:start], run[end:])
            better = run[:start] + word + run[end:]
            kept, run = _moved(kept, run, better), better
        return run

    def _in_company(self, likeliest: str, others: Sequence[str], *around: str) -> str:
        """Of the words that a slip may hide, the one that stands in the reports with most of what is `around` it."""
        pairs = {text[place : place + 2] for text in around for place in range(len(text) - 1)} & self._pairs

        def company(word: str) -> int:
            return max((sum(pair in line for pair in pairs) for line in self._lines if word in line), default=0)

        best = max(others, key=lambda word: (company(word), word == likeliest))
        return best if company(best) > company(likeliest) else likeliest

    def _up_to(self, run: str, step: int = 1) -> list[float]:
        """What the likeliest cut of each start of `run` into words and stretches of the reports costs, in nats.

        With `step` -1 `run` is written backwards, and so are its pieces.
        """
        best = [0.0]
        for end in range(1, len(run) + 1):
            pieces = range(max(0, end - _LONGEST), end)
            best.append(min(best[start] + self._cost(run[start:end][::step]) for start in pieces))
        return best

    def _with(
        self, word: str, place: tuple[int, int], run: str, before: Sequence[float], after: Sequence[float]
    ) -> float:
        """What the likeliest cut costs once `word` stands in `place`; only what is near the place is cut anew.

        A long run of slips would otherwise cost its length for each way to mend it.
        """
        start, end = place
        first = max(0, start - _LONGEST)
        near = run[first:start] + word + run[end : end + _LONGEST]
        best = list(before[first : start + 1])
        for at in range(start - first + 1, len(near) + 1):
            pieces = range(max(0, at - _LONGEST), at)
            best.append(min(best[one] + self._cost(near[one:at]) for one in pieces))
        # Some piece ends at the place's end or within a piece's length after it: from there on all is as before.
        behind = start - first + len(word)
        return min(best[behind + more] + after[end + more] for more in range(len(near) - behind + 1))

    def _mended(self, run: str, kept: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str, float]]:
        """The ways to mend one slip of `run`: from where to where, the word that stands there, what the slip costs."""
        for start in range(len(run) - 1):
            for end in range(start + 2, min(len(run), start + _LONGEST_SLIP) + 1):
                if any(a < end and start < b for a, b in kept):
                    continue
                for slip, word in self._slips(run[start:end]):
                    yield start, end, word, slip

    def _cost(self, window: str) -> float:
        """How unlikely `window` is as one piece of a question, in nats."""
        cost = self._costs.get(window)
        if cost is None:
            if len(self._costs) >= _REMEMBERED:
                self._costs.clear()
            cost = self._costs[window] = self._own_cost(window)
        return cost

    def _own_cost(self, window: str) -> float:
        count = frequent().get(window)
        cost = math.inf
        if count is not None:
            cost = math.log(_ALL_WORDS) - count * math.log(2) + (_FOREIGN if len(window) > 1 else _SINGLE)
        elif len(window) == 1:
            cost = _UNKNOWN
        if len(window) == 1:
            return cost
        if window in ASKING:
            return _ASKED
        if window in self._words:
            cost = min(cost, _PLAIN + _OWN)
        standing = self._standing(window)
        if standing:
            own = math.log(self._size / standing) + _OWN
            if window not in self._words:
                own += _PAIR if len(window) == 2 else _NO_WORD
            cost = min(cost, own)
        return cost

    def _standing(self, window: str) -> int:
        """How often `window` stands in the reports; most do not, and then some pair of theirs does not either."""
        if any(window[place : place + 2] not in self._pairs for place in range(len(window) - 1)):
            return 0
        return self._text.count(window)

    def _slips(self, window: str) -> Iterator[tuple[float, str]]:
        """The words that `window` may be meant for, each with what it costs to have meant it."""
        if len(window) <= _LONGEST_SLIP:
            for key in sounds(window):
                for word in self._alike(key):
                    wrong = [(a, b) for a, b in zip(word, window, strict=True) if a != b]
                    if 0 < len(wrong) <= max(1, len(word) // 2) and not any(_firm(a, b, word) for a, b in wrong):
                        yield self._slip(window, word) + (len(wrong) - 1) * _MORE_SLIPS, word
        for word in self._by_rest.get(window, ()):
            yield _LEFT_OUT, word
        for place in range(1, len(window)):
            word = window[:place] + window[place + 1 :]
            if window[place - 1] == window[place] and word in self._words and self._is_sure(word):
                yield _TWICE, word
        if len(window) <= _TWISTED:
            yield from self._twisted(window)

    def _twisted(self, window: str) -> Iterator[tuple[float, str]]:
        """The words for which two neighbours changed places or one character was taken for one that looks like it.

        Only what stands beside each other nowhere in the reports is such a slip.
        """
        odd = [window[place : place + 2] not in self._pairs for place in range(len(window) - 1)]
        for place, is_odd in enumerate(odd):
            word = window[:place] + window[place + 1] + window[place] + window[place + 2 :]
            if is_odd and self._is_sure(word):
                yield _SWAPPED, word
        for place, character in enumerate(window):
            for other in _shapes().get(character, "") if any(odd[max(0, place - 1) : place + 1]) else "":
                word = window[:place] + other + window[place + 1 :]
                if self._is_sure(word):
                    yield self._slip(window, word), word

    def _is_sure(self, word: str) -> bool:
        """Whether a word, or a stretch of the reports, is long enough or stands often enough to be meant."""
        return self._standing(word) >= (1 if len(word) > 2 else _SURE) and (len(word) > 2 or word in self._words)

    def _alike(self, key: tuple[str, ...]) -> Sequence[str]:
        """The words that sound like `key`, one syllable a character."""
        group = (len(key), key[0])
        found = self._sounding.get(group)
        if found is None:
            found = self._sounding[group] = {}
            for word in self._groups.get(group, ()):
                if len(word) == 2 and word not in frequent() and self._text.count(word) < _SURE:
                    continue  # two characters that stand together once may be no word at all
                for one in sounds(word):
                    found.setdefault(one, []).append(word)
        return found.get(key, ())

    def _slip(self, window: str, word: str) -> float:
        """How unlikely it is, in nats, that who means `word` writes `window`."""
        cost = _SLIP + (_IN_A_PAIR if len(word) == 2 else 0.0)
        if len(word) == 2 and any(a == b and a in _PARTICLES for a, b in zip(window, word, strict=False)):
            cost += _ANOTHER_WORD  # 「增的」 is two words: nobody writes it for 「真的」
        if window in frequent():
            cost += _ANOTHER_WORD
        if word not in self._words and word not in self._text:
            cost += _ELSEWHERE
        return cost


@cache
def _shapes() -> dict[str, str]:
    """Character -> those that look like it, from `shapes.txt`."""
    found: dict[str, str] = {}
    for group in (group for line in lines_of("shapes.txt") for group in line.split()):
        for character in group:
            found[character] = found.get(character, "") + group.replace(character, "")
    return found


def _firm(meant: str, written: str, word: str) -> bool:
    """Whether `written` is a character that asks or denies, which nobody writes for another."""
    return written == "那" or ((written in _FIRM or meant == "那") and word not in ASKING)


@cache
def frequent() -> dict[str, int]:
    """Common word -> the logarithm (base 2) of how often it stands in general text, from `frequent.txt`."""
    found: dict[str, int] = {}
    for line in lines_of("frequent.txt"):
        count, _, words = line.partition(" ")
        found.update(dict.fromkeys(words.split(), int(count)))
    return found


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    """Character -> how it may sound, from `pinyin.txt`, as many people hear it."""
    found: dict[str, list[str]] = {}
    for line in lines_of("pinyin.txt"):
        syllable, _, characters = line.partition(" ")
        for character in characters:
            found.setdefault(character, []).append(heard(syllable))
    return {character: tuple(dict.fromkeys(sounds)) for character, sounds in found.items()}


def heard(syllable: str) -> str:
    """A syllable without the differences that many people do not hear or type: zh/z, ch/c, sh/s, n/l, -ng/-n."""
    for written, same in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l")):
        if syllable.startswith(written):
            syllable = same + syllable[len(written) :]
            break
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable


@lru_cache(maxsize=50_000)
def sounds(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which `word` may sound, a syllable a character; none where a character is unknown."""
    choices = [_readings().get(character, ()) for character in word]
    return tuple(islice(product(*choices), _READINGS)) if all(choices) else ()


def _moved(kept: Sequence[tuple[int, int]], old: str, new: str) -> list[tuple[int, int]]:
    """The spans `kept` of `old` where they lie in `new`, which differs in one place that none of them touches."""
    same = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    longer = len(new) - len(old)
    return [(a + longer, b + longer) if a > same else (a, b) for a, b in kept]


def _chinese(word: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" for character in word)
