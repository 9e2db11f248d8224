"""Other ways to write a question, made by code, which must not change its answer."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

from bot.types import Answer
from corpus.types import Report
from evals.metrics import Score, full_accuracy
from evals.normalise import as_short
from evals.questions import as_sessions
from evals.runner import Talk, judge_talk
from evals.sources import Sources
from evals.types import Outcome, Question, Style


class VariantKind(StrEnum):
    """What is done to a question."""

    TRADITIONAL = "traditional"
    FULL_WIDTH = "full-width"
    NUMERALS = "numerals"
    HOMOPHONE = "homophone"
    POLITE = "polite"
    ASKER = "asker"
    PRESSING = "pressing"
    WORD_ORDER = "word-order"
    PUNCTUATION = "punctuation"
    PLACE_FULL = "place-full"
    PLACE_SHORT = "place-short"
    PLACE_THIS = "place-this"
    PLACE_OURS = "place-ours"


WORDS: Mapping[VariantKind, str] = {
    VariantKind.TRADITIONAL: "繁体",
    VariantKind.FULL_WIDTH: "全角",
    VariantKind.NUMERALS: "年份用汉字",
    VariantKind.HOMOPHONE: "同音错字",
    VariantKind.POLITE: "客套话",
    VariantKind.ASKER: "开场白",
    VariantKind.PRESSING: "催问",
    VariantKind.WORD_ORDER: "关键词倒序",
    VariantKind.PUNCTUATION: "标点",
    VariantKind.PLACE_FULL: "地名全称",
    VariantKind.PLACE_SHORT: "地名简称",
    VariantKind.PLACE_THIS: "本区",
    VariantKind.PLACE_OURS: "我区",
}

_CJK = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")
_DIGITS = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))
_FINAL = re.compile(r"[？?。！!]+$")
_OPENINGS = ("我是一名记者，想了解一下：", "作为这里的居民，我想问：", "根据报告，", "嗯…我在写材料，帮我查一下：")
_PRESSING = ("？急，在线等", "？请回答。", "，具体说说", "？有数据吗", "呢？我想知道。")
_LEVELS = "省市区县州盟旗"
# A wrong character in one of these changes what is asked, or is no slip that anybody would notice.
_KEEP = frozenset("零〇一二三四五六七八九十百千万亿年月日去今明后前是否不没有无多少几的了吗呢么个和与")
_NAMES = 4  # full, short, 本区, 我区: a place of an unknown kind has its full name only
_NEXT = 2  # characters after the short place name that tell a longer name from the place


@dataclass(frozen=True, slots=True)
class VariedOutcome:
    """A question as it stood and as it was varied, with both answers."""

    kind: VariantKind
    original: Outcome
    varied: Outcome

    @property
    def consistent(self) -> bool:
        """Whether both got the same answer: status, reason and short answers, their order apart."""
        return _essence(self.original.answer) == _essence(self.varied.answer)


def _essence(answer: Answer) -> tuple[object, ...]:
    return answer.status, answer.reason, frozenset(map(as_short, answer.short))


def vary(question: Question, kind: VariantKind, report: Report) -> str | None:
    """The question's words varied in the way `kind`, None where that changes nothing or makes no sense."""
    if not _CJK.search(question.question) or question.style is Style.ENGLISH:
        return None
    if kind is VariantKind.TRADITIONAL and question.style is Style.TRADITIONAL:
        return None
    if kind is VariantKind.WORD_ORDER and question.style is not Style.KEYWORDS:
        return None
    if kind is VariantKind.PRESSING and question.style is Style.KEYWORDS:
        return None
    varied = _WAYS[kind](question.question, report)
    return varied if varied != question.question else None


def _traditional(text: str, report: Report) -> str:
    del report
    return str(_opencc().convert(text))


@cache
def _opencc() -> Any:  # noqa: ANN401  # the library's type is imported only where it is used
    from opencc import OpenCC

    return OpenCC("s2t")


def _full_width(text: str, report: Report) -> str:
    del report
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _numerals(text: str, report: Report) -> str:
    del report
    return _YEAR.sub(lambda match: "".join(_DIGITS[digit] for digit in match.group()), text)


def _polite(text: str, report: Report) -> str:
    del report
    asked = _FINAL.sub("", text)
    return f"您好，{asked}，谢谢！" if asked.startswith("请") else f"您好，请问{asked}？谢谢！"


def _asker(text: str, report: Report) -> str:
    del report
    return f"{_OPENINGS[crc32(text.encode()) % len(_OPENINGS)]}{text}"


def _pressing(text: str, report: Report) -> str:
    del report
    return f"{_FINAL.sub('', text)}{_PRESSING[crc32(text.encode()) % len(_PRESSING)]}"


def _word_order(text: str, report: Report) -> str:
    del report
    return " ".join(reversed(text.split()))


def _punctuation(text: str, report: Report) -> str:
    del report
    bare = _FINAL.sub("", text)
    return bare.replace("，", " ").replace("、", " ") if bare != text else f"{text}？？"


def _homophone(text: str, report: Report) -> str:
    """One character of a word of the report replaced by another that sounds the same; the text decides which."""
    kept = {*_KEEP, *report.place}
    places = [
        i for i, char in enumerate(text) if char not in kept and _in_word(text, i, report) and _sounding_like(char)
    ]
    if not places:
        return text
    seed = crc32(text.encode())
    place = places[seed % len(places)]
    others = _sounding_like(text[place])
    return text[:place] + others[seed // len(places) % len(others)] + text[place + 1 :]


def _in_word(text: str, place: int, report: Report) -> bool:
    pairs = (text[max(0, place - 1) : place + 1], text[place : place + 2])
    return any(len(pair) == 2 and _CJK.sub("", pair) == "" and pair in report.text for pair in pairs)


@cache
def _sounding_like(char: str) -> tuple[str, ...]:
    return tuple(other for other in _by_sound().get(_sound(char), ()) if other != char and other not in _KEEP)


@cache
def _sound(char: str) -> str:
    from pypinyin import Style as PinyinStyle
    from pypinyin import pinyin

    return str(pinyin(char, style=PinyinStyle.TONE3)[0][0])


@cache
def _by_sound() -> Mapping[str, tuple[str, ...]]:
    """The common characters, the first level of GB 2312, by their sound."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    common = "".join(code.decode("gb2312", errors="ignore") for code in codes)
    sounds: dict[str, list[str]] = {}
    for char in common:
        sounds.setdefault(_sound(char), []).append(char)
    return {sound: tuple(chars) for sound, chars in sounds.items()}


def _place_named(index: int) -> Callable[[str, Report], str]:
    """The way that calls the report's place by one of its names: full, short, 本区, 我区."""

    def way(text: str, report: Report) -> str:
        names = place_names(report.place)
        if len(names) < _NAMES:
            return text
        return _naming_place(report).sub(names[index], text)

    return way


def place_names(place: str) -> tuple[str, ...]:
    """What people of a place call it: 徐汇区 is 徐汇区, 徐汇, 本区 and 我区."""
    if len(place) < 3 or place[-1] not in _LEVELS:
        return (place,) if place else ()
    return place, place[:-1], f"本{place[-1]}", f"我{place[-1]}"


@lru_cache(maxsize=4)
def _naming_place(report: Report) -> re.Pattern[str]:
    full, short, *own = place_names(report.place)
    body = "".join(report.text.split())
    longer = {body[at.end() : at.end() + _NEXT] for at in re.finditer(re.escape(short), body)}
    longer = {name for name in longer if not name.startswith(full[-1])}
    # 「徐汇滨江」 is a name of its own: what follows the short name in the report is no place to swap it.
    guard = f"(?!{'|'.join(map(re.escape, sorted(longer)))})" if longer else ""
    return re.compile("|".join([re.escape(full), f"{re.escape(short)}{guard}", *map(re.escape, own)]))


_WAYS: Mapping[VariantKind, Callable[[str, Report], str]] = {
    VariantKind.TRADITIONAL: _traditional,
    VariantKind.FULL_WIDTH: _full_width,
    VariantKind.NUMERALS: _numerals,
    VariantKind.HOMOPHONE: _homophone,
    VariantKind.POLITE: _polite,
    VariantKind.ASKER: _asker,
    VariantKind.PRESSING: _pressing,
    VariantKind.WORD_ORDER: _word_order,
    VariantKind.PUNCTUATION: _punctuation,
    VariantKind.PLACE_FULL: _place_named(0),
    VariantKind.PLACE_SHORT: _place_named(1),
    VariantKind.PLACE_THIS: _place_named(2),
    VariantKind.PLACE_OURS: _place_named(3),
}


def varied_talks(questions: Sequence[Question], report: Report) -> tuple[tuple[VariantKind, Talk], ...]:
    """Every question varied in every way; a conversation is varied in all its turns that can be."""
    made: list[tuple[VariantKind, Talk]] = []
    talks = as_sessions(questions)
    for kind in VariantKind:
        for talk in talks:
            words = [vary(question, kind, report) for question in talk]
            if any(words):
                turns = zip(talk, words, strict=True)
                made.append((kind, tuple(replace(one, question=varied or one.question) for one, varied in turns)))
    return tuple(made)


def as_varied(
    outcomes: Sequence[Outcome],
    talks: Sequence[tuple[VariantKind, Talk]],
    answers: Sequence[Sequence[Answer]],
    sources: Sources,
) -> tuple[VariedOutcome, ...]:
    """The answers to `talks` judged, each that was varied laid beside the outcome that it was made from."""
    before = {one.question.id: one for one in outcomes}
    return tuple(
        VariedOutcome(kind, before[outcome.question.id], outcome)
        for (kind, talk), given in zip(talks, answers, strict=True)
        for outcome in judge_talk(talk, given, sources)
        if outcome.question.question != before[outcome.question.id].question.question
    )


def consistency(varied: Sequence[VariedOutcome]) -> Score:
    """Varied questions that got the same answer as the question they were made from, of all varied questions."""
    return Score(sum(one.consistent for one in varied), len(varied))


def by_kind(varied: Sequence[VariedOutcome]) -> dict[VariantKind, tuple[Score, Score]]:
    """Of each kind of variant, the consistency and the full accuracy."""
    groups = {kind: [one for one in varied if one.kind is kind] for kind in VariantKind}
    return {
        kind: (consistency(group), full_accuracy([one.varied for one in group]))
        for kind, group in groups.items()
        if group
    }
