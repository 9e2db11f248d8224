"""Of which indicator a figure is: its noun, what was done with it, and whether two figures speak of the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.border import plain
from bot.facts.types import FactRow
from corpus.words import RELATIVE, leading_verbs, without_tails

_MARKS = re.compile(r"[“”‘’\"'《》「」『』\s]|[（(][^（）()]*[）)]|的(?=\S)")
_SCOPE = re.compile(r"^(?:(?:全区|全县|全市|全省|全州|全旗|区域内|区内|市内|省内|全社会|各级各类|各类|各级)(?=\S\S))+")
_LIST = re.compile(r"^.*等(?=[^级待于候])")  # the members of a list before its name: 「长华路绿地等各类绿地」
_GENERAL = re.compile(r"(?:建设|整治|工程|项目|任务|工作|情况|数量|总数|机构数)+$")
_AREA = re.compile(r"(?<=[开竣完]工)面积$")  # 「开工面积100万平方米」 is what was started
_SAME = (("规模以上", "规上"),)  # long and short for one thing
_FILLING = re.compile(r"(?:项目|工程|建设|市民|各类|总|任务)+")  # says nothing of its own inside a name
_STANDING = re.compile(r"^(?:新增筹措|新增|净增|新上线|在建|已建|建成)(?=\S\S)")
_DONE = re.compile(r"(?:全面|新)?(?:新开工|开竣工|开工|竣工|完工|完成|新认定|新增|改建|筹措|实施|供应|交付)+$")
_NOUN_VERBS = frozenset({"生产", "服务", "销售", "出口", "进口"})
_SHORTEST = 2  # characters of a name
_TELLING = 3  # a shorter name (「资金」) says what it is only with what was done (「新增绿地」)
_PLAIN_HEAD = 4  # a shorter name must be the other's last word to be the same

# What was done: figures of different kinds of doing are different indicators.
_DOING = {
    "start": re.compile(r"新开工|(?<!停)开工|开竣工"),
    "finish": re.compile(r"竣工|完工|开竣工"),
    "rebuild": re.compile(r"改建|改造|扩建|改扩建"),
    "add": re.compile(r"新增|净增|新建|新设|新认定|新培育|新引进|新改建"),
    "supply": re.compile(r"供应"),
    "stock": re.compile(r"集聚|汇聚|拥有|保有|存量|在建|达到|累计"),
    "end": re.compile(r"清退|拆除|关停|淘汰|压减|腾退|化解|减少|下降|降低|退出|压降"),
}
_FREE = frozenset({"add", "finish"})  # may be left unsaid: 「完成城市绿道3.2公里」 is of what was added


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure is of: `name` without verbs, `doing` what was done, `acts` whether anything was said to be done.

    `around` are the words beside it.
    """

    name: str
    doing: frozenset[str]
    acts: bool
    around: str

    @classmethod
    def of(cls, row: FactRow) -> "Indicator":
        """The indicator of a row."""
        subject = _AREA.sub("", _MARKS.sub("", plain(row.subject)))
        for long, short in _SAME:
            subject = subject.replace(long, short)
        doing = frozenset(kind for kind, pattern in _DOING.items() if pattern.search(subject))
        if row.change == "累计" and "add" not in doing:
            doing |= {"stock"}
        acts = bool(doing - {"stock"}) or bool(_verbs_of(subject))
        return cls(_name(subject), doing, acts, _MARKS.sub("", plain(f"{row.quote} {row.place}")))


def likeness(one: Indicator, other: Indicator) -> float:
    """How surely both are one indicator: 1 for the same words, 0 where anything tells them apart."""
    if (one.doing ^ other.doing) - _FREE or _clash(one.doing, other.doing):
        return 0.0
    short, long = sorted((one, other), key=lambda indicator: len(indicator.name))
    same_doing = one.doing == other.doing
    if RELATIVE.fullmatch(short.name) or len(short.name) < _TELLING and not (same_doing and one.doing):
        return 0.0
    if one.name == other.name:
        return 1.0 if same_doing else 0.9
    is_same = same_doing and any(_is_harmless(extra, short) for extra in _extras(short.name, long.name))
    return 0.8 if is_same else 0.0


def _clash(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one was added and the other finished, or either only in part of what was rebuilt."""
    if "rebuild" in one | other:
        return one != other
    return one != other and bool(one) and bool(other)


def _verbs_of(words: str) -> str:
    """The verbs that open `words`; some open a noun of four characters (「生产总值」) and are part of it."""
    verbs = leading_verbs(words)
    return "" if verbs in _NOUN_VERBS and len(words) == 2 * len(verbs) else verbs


def _name(subject: str) -> str:
    """The subject without scope, list members, verbs at either end and general words at its end."""
    name = _SCOPE.sub("", _LIST.sub("", _SCOPE.sub("", subject)))
    while (verbs := _verbs_of(name)) and len(name) - len(verbs) >= _SHORTEST:
        name = name[len(verbs) :]
    name = _STANDING.sub("", name)
    bare = without_tails(name)
    for pattern in (_GENERAL, _DONE, _GENERAL):
        shorter = pattern.sub("", bare)
        bare = shorter if len(shorter) >= _SHORTEST else bare
    return _SCOPE.sub("", bare) or name


def _extras(short: str, long: str) -> Iterator[str]:
    """What `long` has more than `short` where it is `short` with one thing put in, its last word kept."""
    more = len(long) - len(short)
    for at in range(len(short)):
        is_whole_head = at == 0 or len(short) >= _PLAIN_HEAD
        if is_whole_head and long[:at] == short[:at] and long[at + more :] == short[at:]:
            yield long[at : at + more]


def _is_harmless(extra: str, short: Indicator) -> bool:
    """Whether the words that only one name has are general, or are said around the other as well."""
    if _FILLING.fullmatch(extra):
        return True
    return len(extra) >= _SHORTEST and extra in short.around.replace(short.name, " ")
