"""The years that a sentence names, and the one that each of its figures is of."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.grounding.source import Source, Stated
from bot.quantities import Quantity
from corpus.types import Status

_YEAR = re.compile(
    r"(?<![\d.])(20\d\d)(?!\d|\.\d|,\d)(?=\s*(?:年|[)）—\-–至到、/和与]))(?:\s*(?:年度?)?\s*[—\-–至到]\s*(20\d\d)(?=\s*年))?"
)
_QUOTED = re.compile(r"[“「『《][^“”「」『』《》]{1,60}[”」』》]")
_COMPARED = re.compile(r"(?:比|较|同|与|和|跟|相比于?)[^，,。；;]{0,6}$")
_COMPARED_AFTER = re.compile(r"年?[^，,。；;]{0,4}(?:相比|同期|相较)")
_IN_BRACKETS = re.compile(r"\s*[（(]\s*(20\d\d)")
_RELATIVE = re.compile(r"(?:比|较|同)?(?:今年|去年|前年|明年|来年|次年|翌年|本年度?|当年|上一?年(?:度|同期)?|下一?年)")
_COMPARED_RELATIVE = re.compile(r"^[比较同]")
_AIM_ONLY = re.compile(
    r"目标(?!任务)|力争|拟(?=[建新推引])|(?:(?<![动年才项大])计划|预期(?!性)|争取|打算|预计)(?!生育|[^，,]{0,3}的?执行|单列)"
)
_AIMS = re.compile(
    r"目标|力争|拟|计划|预期|争取|打算|预计|将|要|确保|推动|推进|准备|安排|有望|任务|建议|努力|规划|加快|到20\d\d年"
)
_COMMA = re.compile(r"[，,；;。：:]")
_DONE = re.compile(r"已经?(?=[完建实达新累增落开成])|实际|[完达建落做办增开]成?了|达到了|实现了|完成了|实绩|累计完成")
_EXPECTED = re.compile(r"预计|有望|预期|将")


@dataclass(frozen=True, slots=True)
class Named:
    """Years named at `start` of a sentence; `is_base` where they are only compared with."""

    start: int
    end: int
    years: tuple[int, ...]
    is_base: bool


def years_named(text: str) -> list[Named]:
    """The years that a sentence names, in order; one inside a quoted name is the name's."""
    found = []
    text = _QUOTED.sub(lambda match: "“" + "·" * (len(match.group()) - 2) + "”", text)
    for match in _YEAR.finditer(text):
        first, last = int(match[1]), int(match[2] or match[1])
        base = _COMPARED.search(text, max(0, match.start() - 8), match.start()) and _GROWS.search(text, match.end())
        base = base or _COMPARED_AFTER.match(text, match.end())
        found.append(Named(match.start(), match.end(), tuple(range(first, last + 1)), bool(base)))
    return found


_GROWS = re.compile(r"[增涨升高多快降减少低回落慢]")


def unfounded_year(text: str, named: Sequence[Named], sources: Collection[Source]) -> bool:
    """Whether the sentence names a year that none of the sources speaks of."""
    known = frozenset().union(*(source.years for source in sources))
    for one in named:
        before = {year - 1 for year in known} if one.is_base else frozenset()
        if any(year not in known and year not in before for year in one.years):
            return True
    words = "\n".join(source.words for source in sources)
    for match in _RELATIVE.finditer(text):
        grows = _COMPARED_RELATIVE.match(match.group()) and re.search(r"同比|比上|较上|增长|增|降", words)
        is_of_named = match.group() == "当年" and any(one.start < match.start() for one in named)
        if not grows and not is_of_named and match.group() not in words:
            return True
    return False


def years_for(
    text: str, quantity: Quantity, named: Sequence[Named], source_words: str, carried: Sequence[int]
) -> tuple[int, ...]:
    """The years of which the sentence says a figure: those named before it, behind it, or carried over."""
    bracketed = _IN_BRACKETS.match(text, quantity.end)
    if bracketed:
        return (int(bracketed[1]),)
    governing = [one for one in named if not one.is_base and not _is_of_a_name(text, one, source_words)]
    before = [one for one in governing if one.start < quantity.start]
    if before:
        return before[-1].years
    return governing[0].years if governing else tuple(carried)


def _is_of_a_name(text: str, one: Named, source_words: str) -> bool:
    """「2023年度科学技术奖」 is a name: the report writes it so, whatever year the figure is of."""
    return text.startswith("年度", one.end) and text[one.start : one.end + 4] in source_words


def fits_in_time(stated: Stated, years: Sequence[int], clause: str, sentence: str, reported: int | None) -> bool:
    """Whether a figure may be told as of `years` and in the words of `clause`: done, expected or aimed at."""
    if stated.year is not None and years and stated.year not in years:
        return False
    if stated.status is Status.TARGET:
        if _AIM_ONLY.search(_own_clause(stated.before)) and not _AIMS.search(sentence):
            return False
        undated = not years and stated.year is not None and stated.year != reported
        return not (undated and not _AIM_ONLY.search(sentence)) and not _says_done(clause, stated)
    if stated.year is not None and not years and stated.year != reported:
        return False
    aims = _AIM_ONLY.search(clause)
    if aims and stated.status is Status.ACTUAL and aims.group() not in stated.before:
        return False
    return stated.status is not Status.EXPECTED or _EXPECTED.search(sentence) is not None


def _own_clause(before: str) -> str:
    return _COMMA.split(before)[-1]


def _says_done(clause: str, stated: Stated) -> bool:
    done = _DONE.search(clause)
    return done is not None and done.group() not in stated.before
