"""What a clause itself says of what its figures are about, before the clauses around it are asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clauses import Clause
from corpus.figures import Figure
from corpus.words import ends_in_verb, leading_verbs, tidy, without_leads, without_tails

RATIO_UNITS = ("%", "个百分点", "倍", "", "位数")

_SHORT = 4  # characters of a noun that says too little alone
_REACH = 100  # characters before or after a figure in which its subject is sought
_NEIGHBOURS = 8  # figures beside a figure that can share its words

_GROWTH = re.compile(
    r"(增长|增加|提高|提升|上升|增幅|增速|下降|减少|降低|下滑|压减|压降|缩短|回落|上涨|改善)"
    r"(?:了|约|为|达到|达|至少|幅度|率|近|超过|超|分别|各)*$"
)
_DOWN = re.compile(r"下降|减少|降低|下滑|压减|压降|缩短|回落")
_COMPARED = re.compile(r"(?:(?:同比|环比|年均|实际|名义|预计|分别|均|累计)|(?:较|比)(?:上|去|前|20)\S{1,8}+)++$")
_ABOVE = re.compile(r"(?:(?:高|低|快|好|优)于|(?P<over>超(?!额)[过出]?))\S{0,10}$")
_SHARE = re.compile(
    r"(?:占比|比重)(?:达到|达|为|仅为|约|的|近|超过|超|首次)*$|占[^占，]{0,12}?(?:的|比重|比例|达|为|比|约|近|超过|超)*$"
)
_SHARE_TAIL = re.compile(r"(?:约|所)?占[^占]{0,20}$|比重\S{0,3}$")
_TOTAL = re.compile(r"累计|总数|总计|总机构数|总部机构数")
_ASIDE = re.compile(r"从|在|就|对|按|围绕|聚焦")
_NO_NOUN = re.compile(r"的比例|为$|为主|占|是|等$|后$|以来")
_RANK_PLACE = re.compile(r"(?:中心城区|全国|全市|全省|全球|世界)$")
_LIST_END = re.compile(r"(?:[和、]|(?<![参给赋])与|(?<![惠涉普以])及|以及|等)+$")
_NAMES = re.compile(r"、[^、]*(?<![等和与及、])$")
_RAISED = re.compile(r"\S*(?:提升|提高|降低)(?=\S{2,40}(?:率|比例|比重)$)")
_JOINTS = (re.compile("、"), re.compile("(?<=”)(?=“)"), re.compile(r"、|[和与]|(?<![普惠涉以])及"))
_MEASURE = re.compile(
    r"(?:产量|产值|增加值|收入|营收|销售额|销量|营业额|零售额|投资|贷款|利润|总量|数量|人数|面积|里程|吞吐量|发电量|用电量|"
    r"(?<!进)出口额?|(?<!出)进口额?|率)$"
)
_IS_MEASURE = re.compile(r"[数量率额值度比款长积程费]$|收入|利润|投资|[进出]口$")
_TOWN_AND_COUNTRY = "城乡"
_EACH_AGAIN = re.compile(
    r"(?:同比|比上年|较上年)?分别(?:同比|比上年|较上年|约|占|达到?)?(?:增长|下降|提高|减少|增加|占比?)?"
)
_SUM = re.compile(r"(?:共计|共|约|已|为了)$")
ABOVE, BELOW = ("高于", "快于", "好于", "优于"), ("低于",)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about and what kind of figure it is.

    `change` is 增长, 下降, 改善, 占比, 累计, 排名, 高于 or 低于; None for a level.
    """

    words: str
    change: str | None


def said_of(text: str, parts: Sequence[Clause], i: int, k: int) -> Subject:
    """What clause `i` of `parts` itself says of its figure `k`; without words where it only says how much."""
    figure = parts[i].figures[k]
    left = words_before(text, parts[i], k)
    if figure.is_rank:
        return Subject(tidy(without_tails(_RANK_PLACE.sub("", without_tails(left)))), "排名")
    change = _change(left, figure)
    if change in (*ABOVE, *BELOW):
        return Subject(tidy(left), change)
    if change in ("增长", "下降", "改善"):
        words = without_comparison(without_tails(_GROWTH.sub("", without_leads(left))))
        return Subject(tidy(without_tails(words)), change)
    if change == "占比":
        return Subject(tidy(without_tails(_SHARE_TAIL.sub("", without_leads(left)))), change)
    head = without_leads(left)
    right = _words_after(text, parts, i, k, shares=leading_verbs(head) == head or figure.unit == "方面")
    if figure.unit in ("位数", "%") and right.removeprefix("的").startswith("增长"):
        return Subject(tidy(without_tails(head)), "增长")
    if figure.unit == "方面":
        return Subject(tidy((("" if _ASIDE.match(head) else head) + right) or head), change)
    if right and _takes_noun(figure, head, right):
        head = _SUM.sub("", head)
        if _NAMES.search(head) and figure.unit not in RATIO_UNITS:
            head += "等"  # 「田林公园、桂江公园2座城市公园」
        return Subject(tidy(head + _LIST_END.sub("", right).removeprefix("级")), change)
    words = without_tails(head if k else _LIST_END.sub("", head))
    raised = _RAISED.match(words) if figure.unit == "%" else None
    return Subject(tidy(words[raised.end() :] if raised else words), change)


def words_before(text: str, clause: Clause, k: int) -> str:
    """The clause's words before figure `k`; figures that stand right before it (「62大项132项」) are left out."""
    before = clause.figures[max(0, k - _NEIGHBOURS) : k]
    start = clause.figures[k].start
    opening = max((figure.end for figure in before if figure.unit == "方面"), default=clause.start)
    for figure in reversed(before):
        if text[figure.end : start].strip(" （(、和"):
            break
        start = figure.start
    return text[max(opening, start - _REACH) : start].strip(" （(、")


def opens_clause(text: str, clause: Clause) -> bool:
    """Whether a figure opens the clause."""
    return bool(clause.figures) and not text[clause.start : clause.figures[0].start].strip()


def without_comparison(words: str) -> str:
    """`words` without 「同比」, 「较上年」 and their like at the end."""
    return _COMPARED.sub("", words)


def names_in_turn(text: str, parts: Sequence[Clause], i: int) -> list[str]:
    """「甲、乙、丙营收分别完成1亿元、2亿元、3亿元」 names each figure's subject: 甲营收, 乙营收, 丙营收."""
    clause = parts[i]
    if len(clause.figures) != 1:
        return []
    before = text[max(clause.start, clause.figures[0].start - _REACH) : clause.figures[0].start]
    said, mark, done = before.rpartition("分别")
    if not mark:
        said, done = without_tails(_GROWTH.sub("", before)), ""
    fewest = 2 if mark else 3  # without 「分别」 two names may share two figures of another kind
    for joint in _JOINTS:
        names = [name for name in joint.split(without_leads(said.strip())) if name]
        if len(names) >= fewest and _bare_figures(text, parts, i, len(names) + 1) == len(names):
            break
    else:
        if _TOWN_AND_COUNTRY not in said or _bare_figures(text, parts, i, 3) != 2:
            return []
        names = [said.replace(_TOWN_AND_COUNTRY, one) for one in ("城镇", "农村")]  # 「城乡居民收入分别增长4%、6%」
    shared = _shared_tail(names)
    measure = tidy(without_tails(_GROWTH.sub("", done)))  # 「交通、水利分别完成投资…」
    full = [*(name + shared for name in names[:-1]), names[-1]]
    return [tidy(without_comparison(name)) + measure for name in full]


def goes_through_again(text: str, parts: Sequence[Clause], i: int, names: int) -> bool:
    """Whether clause `i` tells more of the `names` things listed before, in their order: 「分别增长7%、9%」."""
    before = text[parts[i].start : parts[i].figures[0].start].strip(" ，,")
    return names > 1 and bool(_EACH_AGAIN.fullmatch(before)) and _bare_figures(text, parts, i, names + 1) == names


def _bare_figures(text: str, parts: Sequence[Clause], i: int, wanted: int) -> int:
    """How many figures stand in a list from clause `i` on, each but the first alone; at most `wanted`."""
    count = 1
    for clause in parts[i + 1 : i + wanted]:
        if not (clause.is_joined and len(clause.figures) == 1 and opens_clause(text, clause)):
            break
        count += 1
    return count


def _shared_tail(names: Sequence[str]) -> str:
    """What the last name of a list adds for all: 营收 in (信息服务业, 科技研发服务业营收)."""
    *others, last = names
    for size in range(min(map(len, others)), 0, -1):
        ending = others[0][-size:]
        place = last.find(ending)
        if all(name.endswith(ending) for name in others) and place >= 0:
            return last[place + size :]
    size = max(map(len, others))
    measure = _MEASURE.search(last)
    if size >= _SHORT:
        shares = measure and measure.start() > 1 and not any(map(_IS_MEASURE.search, others))
        return measure.group() if measure and shares else ""
    # 「城镇、农村居民收入」 share 居民收入, 「家电、新能源汽车零售额」 only 零售额.
    apart = measure and (measure.start() <= size + 1 or measure.start() > size + 2)
    return measure.group() if measure and apart else last[size:]


def _words_after(text: str, parts: Sequence[Clause], i: int, k: int, *, shares: bool) -> str:
    """The words after figure `k` up to the next; one that shares takes those of the next (「22项、112条任务」)."""
    said = ""
    for _ in range(_NEIGHBOURS):
        clause, figure = parts[i], parts[i].figures[k]
        has_next = k + 1 < len(clause.figures)
        end = clause.figures[k + 1].start if has_next else clause.end
        words = text[figure.end : min(end, figure.end + _REACH)].strip(" ）)、")
        words = without_tails(words) if has_next else words
        said += words
        if figure.unit in RATIO_UNITS or figure.unit.endswith("元"):
            return said
        if not shares and not words:
            return said
        if words and not (has_next and _says_too_little(text, clause, k, said)):
            return said
        if has_next:
            k += 1
        elif i + 1 < len(parts) and parts[i + 1].is_joined and opens_clause(text, parts[i + 1]):
            i, k = i + 1, 0
        else:
            return said
    return said


def _says_too_little(text: str, clause: Clause, k: int, said: str) -> bool:
    """Whether the words between two figures need those after the second: 「五方面落实22项…」, 「28个部门72个…」."""
    return leading_verbs(said) == said or (len(said) <= _SHORT and k == 0 and opens_clause(text, clause))


def _takes_noun(figure: Figure, head: str, right: str) -> bool:
    if _NO_NOUN.match(right) or figure.unit == "个百分点":
        return False
    if figure.unit.endswith("元"):
        return (not head or ends_in_verb(head)) and not leading_verbs(right)
    return True


def _change(left: str, figure: Figure) -> str | None:
    if figure.unit == "个百分点" and (above := _ABOVE.search(left)):
        return "高于" if above["over"] else above.group()[:2]
    if figure.unit in RATIO_UNITS and (growth := _GROWTH.search(left)):
        said = growth.group(1)
        return "下降" if _DOWN.search(said) else "改善" if said == "改善" else "增长"
    if figure.unit in ("%", "") and ("占" in left or "比重" in left) and _SHARE.search(left):
        return "占比"
    return "累计" if _TOTAL.search(left) else None
