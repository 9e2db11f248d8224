"""Of what a figure speaks: the words of its clause, completed from the clauses before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clauses import Clause
from corpus.figures import Figure
from corpus.words import (
    BARE_VERB,
    NEEDS_TOPIC,
    NEW,
    RELATIVE,
    ends_in_verb,
    leading_verbs,
    merged,
    noun_of,
    tidy,
    without_leads,
    without_tails,
)

_REMARK = 6  # characters of what says only how well (「100%闭环办结」)
_SHORT = 4  # characters of a noun that says too little alone
_REACH = 120  # characters before or after a figure in which its subject is sought
_RATIO_UNITS = ("%", "个百分点", "倍", "", "位数")

_GROWTH = re.compile(
    r"(增长|增加|提高|提升|上升|增幅|增速|下降|减少|降低|下滑|压减|压降|缩短|回落|上涨|改善)(?:了|约|为|达到|达|至少|幅度|率|近|超过|超|分别|各)*$"
)
_DOWN = re.compile(r"下降|减少|降低|下滑|压减|压降|缩短|回落")
_COMPARED = re.compile(r"(?:(?:同比|环比|年均|实际|名义|预计|分别|均|累计)|(?:较|比)(?:上|去|前|20)\S{1,8})+$")
_ABOVE = re.compile(r"(?:高|低|快|好)于\S{0,8}$")
_SHARE = re.compile(r"(?:占比|比重|占)(?:达到|达|为|仅为|比|约|的|近|超过|超|首次)*$|(?:约)?占[^占，]{0,12}?(?:的|比重|比例|达|为|约|近|超过|超)*$")
_SHARE_HEAD = re.compile(r"(?:约)?占")
_SHARE_TAIL = re.compile(r"(?:约)?占(?:比|全|总|当|同|整|其|地区|规|的|$)\S{0,12}$|(?:所)?占(?:比重|比例|比)?\S{0,4}$|比重\S{0,3}$")
_TOTAL = re.compile(r"累计|总数|总计|总机构数|总部机构数")
_ASIDE = re.compile(r"^(?:从|在|就|对|按|围绕|聚焦)")
_NO_NOUN = re.compile(r"^(?:的比例|为|占|是|等$|后$|以来)")
_RANK_PLACE = re.compile(r"(?:中心城区|全国|全市|全省|全球|世界)$")
_LIST_END = re.compile(r"(?:[和、]|(?<![参给赋])与|(?<![惠涉普以])及|以及|等)+$")
_SENTENCE_BREAK = re.compile(r"[。！？!?；;\n]")
_MEANS = re.compile(r"^(?:结合|依托|通过|根据|按照)\S{0,16}?(?=推进|推动|加快)")
_PART = re.compile(r"^其中")
_STATE = re.compile(
    r"(?:加快|持续|有序|稳步|全面|深入|扎实|统筹|不断|更加|明显|显著|纵深|逐步|全力|步伐|成效|蓬勃|健康|快速|进一步)+(?:推进|提速|提升|深化|优化|完善|改善|发展|增强|显现|向好|明显|加快|展开|显著)?$"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about and what kind of figure it is (增长, 下降, 占比, 累计, 排名; None for a level)."""

    words: str
    change: str | None


@dataclass(slots=True)
class Told:
    """What the clauses so far have spoken of.

    `last` is the latest subject with words of its own, `level` the latest that a growth or a share speaks of, `head`
    the first subject of the latest list, `verbs` those that open it (`counted` where the figure follows them at once),
    `topic` what the latest clause without a figure is about, `theme` what the sentence opened with, and `is_going`
    whether a figure of the same sentence came before.
    """

    last: str = ""
    level: str = ""
    head: str = ""
    verbs: str = ""
    counted: bool = False
    topic: str = ""
    theme: str = ""
    is_going: bool = False

    def end_sentence(self) -> None:
        """Forget what holds only within a sentence."""
        self.head = self.verbs = self.topic = self.theme = ""
        self.counted = self.is_going = False


def subjects_of(text: str, parts: Sequence[Clause]) -> list[list[Subject]]:
    """The subject of each figure of each clause of `text`."""
    told = Told()
    found: list[list[Subject]] = []
    pending: list[str] = []  # the names that the next figures take in turn
    for i, clause in enumerate(parts):
        if i and _SENTENCE_BREAK.search(text, parts[i - 1].end, clause.start):
            told.end_sentence()
        if not clause.figures:
            _note_topic(text, clause, told)
            found.append([])
            continue
        turn = _names_in_turn(text, parts, i) if not pending else []
        if turn:
            pending = turn[1:]
            change = _own(text, parts, i, 0).change
            found.append([Subject(turn[0], change)])
            told.last = told.level = told.head = turn[0]
            told.topic = ""
            continue
        if pending and clause.is_joined:
            found.append([Subject(pending.pop(0), found[-1][0].change if found[-1] else None)])
            continue
        pending = []
        found.append(_clause_subjects(text, parts, i, told, found[-1] if found else []))
        told.is_going = True
    return found


def _clause_subjects(
    text: str, parts: Sequence[Clause], i: int, told: Told, before: Sequence[Subject]
) -> list[Subject]:
    clause = parts[i]
    subjects = []
    for k, figure in enumerate(clause.figures):
        own = _own(text, parts, i, k)
        opens = text[clause.start : figure.start].strip() if k == 0 else "…"
        words = _completed(own, opens, figure, clause, told)
        goes_on = not own.words and not opens and clause.is_joined and figure.unit in _RATIO_UNITS and before
        subjects.append(Subject(words, before[-1].change if goes_on else own.change))
    first, own_first = subjects[0], _own(text, parts, i, 0)
    if own_first.words and own_first.change not in ("排名", "占比") and not RELATIVE.fullmatch(own_first.words):
        told.verbs = leading_verbs(first.words) or (told.verbs if clause.is_joined else "")
        told.counted = without_leads(_left(text, clause, 0)) == told.verbs
        if not clause.is_joined:
            told.head = first.words
        told.last = subjects[-1].words
        if BARE_VERB.fullmatch(own_first.words) and first.words.endswith(own_first.words):
            told.last = first.words[: -len(own_first.words)] or first.words
    if own_first.words and own_first.change not in ("排名", "占比"):
        told.level = subjects[-1].words
    told.topic = ""
    return subjects


def _note_topic(text: str, clause: Clause, told: Told) -> None:
    words = tidy(text[clause.start : clause.end][-_REACH:])
    stated = _STATE.sub("", words)
    if stated != words and stated:
        told.theme = stated
    told.verbs, told.counted = leading_verbs(words), False
    noun = noun_of(_MEANS.sub("", stated))
    told.topic = re.sub(r"(?:力度|工作|步伐)$", "", noun)


# --- what a clause says itself -------------------------------------------------------------------------


def _own(text: str, parts: Sequence[Clause], i: int, k: int) -> Subject:
    clause, figure = parts[i], parts[i].figures[k]
    left = _left(text, clause, k)
    if figure.is_rank:
        return Subject(tidy(without_tails(_RANK_PLACE.sub("", without_tails(left)))), "排名")
    change = _change(left, figure)
    if change in ("高于", "低于", "快于", "好于"):
        return Subject(tidy(left), change)
    if change in ("增长", "下降", "改善"):
        words = _COMPARED.sub("", without_tails(_GROWTH.sub("", without_leads(left))))
        return Subject(tidy(without_tails(_COMPARED.sub("", words))), change)
    if change == "占比":
        return Subject(tidy(without_tails(_SHARE_TAIL.sub("", without_leads(left)))), change)
    head = without_leads(left)
    right = _right(text, parts, i, k)
    if figure.unit == "方面":
        return Subject(tidy((("" if _ASIDE.match(head) else head) + right) or head), change)
    if right and _takes_noun(figure, head, right):
        if figure.unit == "位数" and right.startswith("增长"):
            return Subject(tidy(without_tails(head)), "增长")
        return Subject(tidy(re.sub(r"(?:共计|共|约|已|为了)$", "", head) + _LIST_END.sub("", right)), change)
    return Subject(tidy(without_tails(_LIST_END.sub("", head) if not k else head)), change)


def _left(text: str, clause: Clause, k: int) -> str:
    """The clause's words before figure `k`; figures that stand right before it (「62大项132项」) are left out."""
    start = figure_start = clause.figures[k].start
    opening = max((f.end for f in clause.figures[:k] if f.unit == "方面"), default=clause.start)
    for before in reversed(clause.figures[:k]):
        if text[before.end : start].strip(" （(、和"):
            break
        start = before.start
    words = text[max(opening, start - _REACH) : start if start < figure_start else figure_start]
    return words.strip(" （(、")


def _right(text: str, parts: Sequence[Clause], i: int, k: int) -> str:
    """The words after figure `k` up to the next; a bare figure shares those of the next (「22项、112条任务」)."""
    clause, figure = parts[i], parts[i].figures[k]
    while True:
        more = k + 1 < len(clause.figures)
        end = clause.figures[k + 1].start if more else clause.end
        words = text[figure.end : min(end, figure.end + _REACH)].strip(" ）)、")
        if said := words if more and leading_verbs(words) == words else "":
            return said + _right(text, parts, i, k + 1)
        if words or figure.unit in _RATIO_UNITS or figure.unit.endswith("元"):
            return words + (_right(text, parts, i, k + 1) if more and 0 < len(words) <= _SHORT and _bare(text, clause, k) else "")
        if more:
            k += 1
        elif i + 1 < len(parts) and parts[i + 1].is_joined and _opens(text, parts[i + 1]):
            i, k = i + 1, 0
            clause = parts[i]
        else:
            return words
        figure = clause.figures[k]


def _bare(text: str, clause: Clause, k: int) -> bool:
    """Whether figure `k` opens its clause: 「28个部门72个事项实施远程帮办」."""
    return k == 0 and not text[clause.start : clause.figures[0].start].strip()


def _opens(text: str, clause: Clause) -> bool:
    return bool(clause.figures) and not text[clause.start : clause.figures[0].start].strip()


def _takes_noun(figure: Figure, head: str, right: str) -> bool:
    if _NO_NOUN.match(right) or figure.unit == "个百分点":
        return False
    if figure.unit.endswith("元"):
        return (not head or ends_in_verb(head)) and not leading_verbs(right)
    return True


def _change(left: str, figure: Figure) -> str | None:
    growth = _GROWTH.search(left)
    if growth and figure.unit in _RATIO_UNITS:
        said = growth.group(1)
        return "下降" if _DOWN.search(said) else "改善" if said == "改善" else "增长"
    if figure.unit == "个百分点" and (above := _ABOVE.search(left)):
        return above.group()[:2]
    if figure.unit in ("%", "") and (_SHARE.search(left) or _SHARE_HEAD.match(left)):
        return "占比"
    if _TOTAL.search(left):
        return "累计"
    return None


# --- what the clauses before complete ------------------------------------------------------------------


def _completed(own: Subject, opens: str, figure: Figure, clause: Clause, told: Told) -> str:
    words = own.words
    if not words:
        return _carried(own, clause, told)
    if not told.last and not told.topic:
        return words
    if re.fullmatch(r"(?:增速|增幅)?(?:高|低|快|好)于\S{0,8}", words):
        return merged(told.level, words)
    if _PART.match(opens) and not without_leads(opens):
        return merged(noun_of(told.last), words)
    if not opens and figure.unit == "%" and len(words) <= _REMARK and told.is_going:
        return merged(told.last, words)
    if opens in ("共", "共计", "合计") and not words.startswith(noun_of(told.last)):
        return merged(noun_of(told.last), words)
    if RELATIVE.fullmatch(words):
        return _measured(words, own, told)
    if BARE_VERB.fullmatch(words):
        base = told.topic or noun_of(told.last)
        return merged(base, words)
    if own.change == "累计" and re.match(r"覆盖|惠及", words):
        return merged(noun_of(told.last), words)
    if own.change is None and told.theme and NEEDS_TOPIC.fullmatch(words):
        return merged(told.theme, words)
    return _with_verbs(words, opens, clause, told)


def _carried(own: Subject, clause: Clause, told: Told) -> str:
    if own.change == "累计":
        return NEW.sub("", told.head or told.last)
    if told.topic and not clause.is_joined:
        return told.topic
    return told.level if own.change else told.last


def _measured(words: str, own: Subject, told: Told) -> str:
    """A subject that only says how much: 「总面积」, 「增幅」, 「累计总部机构数」."""
    if NEEDS_TOPIC.fullmatch(words) and told.theme:
        return merged(told.theme, words)
    base = noun_of(told.head or told.last) if own.change == "累计" else told.last
    if re.match(r"总量|总数", words) and re.search(r"总额|总量|总数|总产值$", base):
        return base
    return merged(base, words) if base else words


def _with_verbs(words: str, opens: str, clause: Clause, told: Told) -> str:
    """The verbs of a list hold for all its members: 「落地亿元级项目12个、千万级项目103个」."""
    goes_on = clause.is_joined or (not opens and told.counted and not _has_verb(words))
    if not goes_on or not told.verbs or leading_verbs(words):
        return words
    return told.verbs + words


def _has_verb(words: str) -> bool:
    return any(leading_verbs(words[at:]) for at in range(len(words))) or bool(re.search(r"参赛|达成|纳入|入驻|获", words))


def _names_in_turn(text: str, parts: Sequence[Clause], i: int) -> list[str]:
    """「甲、乙、丙营收分别完成1亿元、2亿元、3亿元」 names each figure's subject: 甲营收, 乙营收, 丙营收."""
    clause = parts[i]
    if len(clause.figures) != 1:
        return []
    before = text[max(clause.start, clause.figures[0].start - _REACH) : clause.figures[0].start]
    said, mark, done = before.rpartition("分别")
    names = [name for name in re.split(r"、|和|与|及", without_leads(said.strip())) if name]
    bare = 1
    for following in parts[i + 1 : i + len(names)]:
        if not (following.is_joined and len(following.figures) == 1 and _opens(text, following)):
            break
        bare += 1
    if not mark or len(names) < 2 or bare != len(names):
        return []
    shared = _shared_tail(names)
    measure = tidy(without_tails(_GROWTH.sub("", done)))  # 「交通、水利分别完成投资…」
    return [tidy(_COMPARED.sub("", name if name is names[-1] else name + shared)) + measure for name in names]


def _shared_tail(names: Sequence[str]) -> str:
    """What the last name of a list adds for all: 营收 in (信息服务业, 科技研发服务业营收)."""
    *others, last = names
    for size in range(min(map(len, others)), 0, -1):
        ending = others[0][-size:]
        place = last.rfind(ending)
        if all(name.endswith(ending) for name in others) and place >= 0:
            return last[place + size :]
    return last[len(others[-1]) :] if len(others[-1]) <= 3 else ""
