"""What a question lays side by side: the things compared, the year of each, and what is to be worked out of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.question import Question, parse, years_of
from bot.reading.world import World
from bot.terms import Term
from corpus.figures import Figure, find_figures
from corpus.types import Status

_MORE = r"多|少|高|低|大|小|快|慢|长|短|增加|减少|提高|降低|提升|上升|下降|(?<![新净递])增(?!长)|减|升|降|压减|压降"
HOW_MUCH = re.compile(
    rf"比[^，,]+?(?:多|少)[\u3400-\u9fff]{{0,3}}?几|(?:{_MORE})(?:了|出|出来)?\s*(?:大约|大概|约)?(?:多少|几(?!乎))|相差|差距|差额|差值|相距|差(?:了|着)?(?:多少|几)|(?:多少|几)(?:个|家)?\s*(?:fewer|more|less|higher|lower)"
)
_TOTAL = re.compile(r"(?<!综)合计|加起来|加[在到]?一[起块]|总和|之和|相加|加总|总共|一共|合起来|合在一起|共计|总计")
_TIMES = re.compile(r"几倍|多少倍|倍数")
_EACH_ONE = re.compile(
    r"^(?P<before>.*?)(?:平均|均摊|摊)(?:算?下来|来看|来说)?[，,]?\s*(?:到|在)?(?:每|一)(?:个|家|座|条|台|件|户|所|处|项|张|套|幅|名|位|片)?"
    r"(?P<whole>[^，,？?]{1,12}?)(?:上|里|内)?[，,]?\s*(?:大约|大概|约|有|是|能|要|拥有|对应|配|摊到|合)*"
    r"(?P<part>(?:多少|几)[^，,？?]*)"
)
_PART = re.compile(
    r"^(?P<part1>[^，,]+?)(?:大约|大概|约)?占(?!比)(?:了|到)?(?P<whole1>(?![了到]?(?:百分|多少|多大|几|全))[^，,]{2,}?)的?(?:百分之几|百分之多少|几成|百分比|比重|比例|多少)|^(?P<whole>.+?)(?:里面?|中|当中|之中)[，,]?(?P<part>[^，,]+?)(?:大约|大概|约)?占(?:了|到)?(?:大约|大概|约)?(?:百分之几|百分之多少|多少|几成|多大)"
)
ORDER = re.compile(
    r"(?P<up>更?高|更?多|更?大|更?快|更?长|上升|增加|升|增)(?:了|的)?(?:还是|或者?)更?(?P<down>低|少|小|慢|短|下降|减少|降|减)"
)
_LARGER = re.compile(
    rf"(?:哪|谁|何者|孰)[^，,？?]{{0,12}}?(?:(?:更|最|比较|较|相对)(?:{_MORE}|强|久)|(?:{_MORE})(?=(?:一?些|一?点)?(?:[，,？?。呢呀啊]|$)))"
    rf"|(?:更|最)(?:{_MORE})的?是(?:哪|谁)|还是[^，,]{{1,24}}?(?:更|比较)?(?:多|大|高|快|少|低|小|长)(?=(?:一?些|一?点)?(?:[，,？?。呢呀啊]|$))"
)
_BEFORE_IT = re.compile(
    r"同比|环比|(?:比|较|同)\s*(?:上届|上一届|上期|上季度?|年初|去年|上一?年|前一年|上年同期|去年同期)(?:同期)?"
)
_APART = re.compile(
    r"相差|差距|差额|差值|相距|差(?:了|着)?(?:多少|几)|(?:(?<!增)多|(?<!减)少|(?<!提)高|(?<![降减])低)(?:了|出|出来)?(?:多少|几)|(?:多少|几)(?:个|家)?\s*(?:fewer|more|less|higher|lower)"
)
_THAN = re.compile(
    r"相比(?:于|较于)?|比起|(?<![对占百])比(?![例重率如较分赛])|(?<!比)较(?![高大多快好强低少小为长])|对比"
)
_PASSES = re.compile(r"超过|高于|低于|多于|少于|大于|小于|好于|优于|达到|不如|不及|快于|慢于")
_AND = re.compile(r"以及|与|和|跟|同(?![比时期步])|、")
_IS_OF = re.compile(r"相当于|等于|是|为|有")
_STARTS_WITH = re.compile(
    r"^(?P<topic>.*?)(?:与|和|跟|同|较之?|比起|相比于?|对比|比)(?P<right>[^，,]+?)(?:相比(?:较)?|比较|比起来|比)?[，,](?P<left>.+)$"
)
_GAPS = re.compile(r"相差|差距|差额|差值|差(?:多少|几)|哪|谁")
_BLANKS = re.compile(r"\s+")
_GAP_ASKED = re.compile(rf"(?:相差|差额?|{_MORE})?(?:多少|几)\S*[？?\s]*$")
_YEAR_MARK = re.compile(r"20\d\d\s*年?度?|今年|明年|去年|前年|上一?年|本年度?|来年")
_ALTERNATIVES = re.compile(r"还是|以及|与|和|跟|、|及(?!相关|其)|或者?|vs|VS|；|;")
_ASIDE = re.compile(r"[，,](?:分别|各|相差|差|多|少|高|低|合计|一共|总共|加起来|请|并)[^，,]*$")
_COMPARING = re.compile(
    r"一点|一些|条数|个数|差额|差距|相差|差值|多多少|少多少|高出|多出|提高|降低|减少|增加|提升|上升|下降|百分点|个百分点|大约|大概|约|两个|两者|二者|两项|三者|三个|四个|那块|这块|还是|哪个|倍数|几倍|"
    r"实际|实际水平|目标|合计|总共|加起来|fewer|more|less|number|之和|总和|比较|对比|相比|谁|更大|更高|更多|最大|最高|最多|最少|最小|同期|上年|高还是低|多还是少|据此|装好|完成数|各|分别|数值|设定|设置|上限|上线|下限|结果|指标|要求|好于|优于|高于|低于|多于|少于|超过|达到|达标"
)
_IT_IS = re.compile(r"^(?:请问|到底|究竟)?是(?!否|不是)(?=.*还是)")
_NAME_ENDS = re.compile(
    r"^(?:请问|那么?|在(?![建校读岗册职线])|关于|对比|比较)|(?:这|那)?(?:两|三|四|五|几|2|3|4)(?:个|项|类|种|者|大)?(?:行业|产业|功能区|领域|指标|项目|方面|数字|数|地方|板块)?(?:里|中|之间|当中)?$|的$|(?:哪|谁).*$|(?:更|比较)?(?:多|大|高|快|少|低|小|长)$|[，,。？?！!“”「」『』\"']"
)
_LEAST = 2
_OVER_YEARS = re.compile(r"[这前后今明]?(?:两|二)年(?!行动)|20\d\d年?[和与、\s]+20\d\d年?")
BORROWED = 0.3  # what a word that only the other side says counts
_TOPIC = re.compile(r"^(?P<topic>[^，,]{2,16}?(?:这块|那块|这一块|方面|这方面|那方面|上|来说|而言))[，,]")
_NEWLY = re.compile(r"新(?:落户|设立|来|引进|开设|成立|招引|入驻)")
_NUMBER = re.compile(r"[\d.]+")
_SAYS_NO_NAME = re.compile(rf"是否|增长|增速|目标|预计|实际|结果|(?:更|最)?(?:{_MORE})|[的得在]")
_LEVEL_NAME = re.compile(r"[十百千万亿]+元?级")


class Op(StrEnum):
    """What is to be worked out of two or more figures."""

    DIFFERENCE = "difference"
    TOTAL = "total"
    TIMES = "times"
    PART = "part"
    PER = "per"
    LARGER = "larger"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: its words, its year, and the figure that the question itself gives for it.

    `apart` tells that it is compared with the same thing of another year.
    """

    text: str
    own: tuple[Term, ...]
    years: tuple[int, ...] = ()
    status: Status | None = None
    stated: Figure | None = None
    apart: bool = False


def operation(text: str) -> Op | None:
    """What `text` wants worked out of several figures, or None."""
    if ORDER.search(text):
        return Op.ORDER
    if _LARGER.search(text):
        return Op.LARGER
    if _TIMES.search(text):
        return Op.TIMES
    if _EACH_ONE.match(text):
        return Op.PER
    if _PART.search(text):
        return None if re.search(r"以外|之外|除了?|合计|之和|总和", text) else Op.PART
    if (
        _TOTAL.search(text)
        and (_AND.search(text) or _OVER_YEARS.search(text))
        and not (_THAN.search(text) or _GAPS.search(text))
    ):
        return Op.TOTAL
    if HOW_MUCH.search(text):
        return Op.DIFFERENCE if _lays_side_by_side(text) else None
    return None


def _lays_side_by_side(text: str) -> bool:
    """Whether two things are named: a growth over the year before is one figure of the report."""
    if _APART.search(text) or len(_YEAR_MARK.findall(_BEFORE_IT.sub("", text))) > 1:
        return True
    return bool(_THAN.search(text)) and not _BEFORE_IT.search(text)


def asks_of(text: str) -> list[str]:
    """The several differences that one question asks for, each with the clauses that lead to it."""
    parts: list[str] = []
    gathered = ""
    for clause in re.findall(r"[^，,；;？?。]+[，,；;？?。]?", text):
        gathered += clause
        if HOW_MUCH.search(clause):
            parts.append(gathered)
            gathered = ""
    if gathered and parts:
        parts[-1] += gathered
    return parts if len(parts) > 1 else [text]


def ways(question: Question, text: str, op: Op, before: list[Side], world: World) -> list[list[Side]]:
    """The ways to see what is compared with what, the most plausible first."""
    if before and not _THAN.search(text):
        own = terms_of(text, world)
        return [[replace(side, text=text, own=own) for side in before]]
    if op in (Op.LARGER, Op.TOTAL):
        names = names_in(text, world.report.text)
        if op is Op.TOTAL and len(question.years) == _LEAST and _OVER_YEARS.search(text):
            return [_by_year(question, text, world)]
        if len(question.years) == 2 and op is Op.LARGER and all(_YEAR_MARK.search(name) for name in names):
            return [_by_year(question, text, world)]
        return [_sides(question, names, world)] if len(names) > 1 else []
    texts = _splits(text, op)
    ways = [_sides(question, parts, world) for parts in texts]
    if len(question.years) == 2 and not any(years_apart(way) for way in ways):
        ways.insert(0, _by_year(question, text, world))
    elif not ways and _both_states(text):
        years = (world.report.planned, world.report.year)
        ways.append([Side(text, terms_of(text, world), (year,) if year else ()) for year in years])
    return ways[:4]


def _splits(text: str, op: Op) -> list[list[str]]:
    if op is Op.PER and (each := _EACH_ONE.match(text)):
        part = re.sub(r"多少|几", "", each["part"])
        return [[f"{each['before']} {part}", each["whole"]]]
    if op is Op.PART and (match := _PART.search(text)):
        return [[match["part1"] or match["part"], match["whole1"] or match["whole"]]]
    leading = _STARTS_WITH.match(text)
    if (
        leading
        and len(leading["right"]) > 1
        and re.search(r"相比|比起|对比|比较|比[，,]", text[: leading.end("right") + 4])
    ):
        return [[leading["topic"] + leading["left"], leading["right"]]]
    marks = (
        [_THAN]
        if _THAN.search(text)
        else [_PASSES]
        if _PASSES.search(text)
        else [_IS_OF, _AND]
        if op is Op.TIMES
        else [_AND]
    )
    parts = []
    for mark in marks:
        for match in mark.finditer(text):
            left, right = text[: match.start()].strip(" ，,"), text[match.end() :].strip(" ，,")
            if len(left) > 1 and len(right) > 1:
                parts.append([left, right])
    words = _BLANKS.split(_GAP_ASKED.sub("", text).strip())
    if (
        not parts and len(words) in (2, 3) and not _YEAR_MARK.search(text)
    ):  # key words: a blank stands for 和, and what both share comes last
        shared = f" {words[2]}" if len(words) == 3 else ""
        return [[f"{words[0]}{shared}", f"{words[1]}{shared}"]]
    return parts[-1:] if marks == [_THAN] else parts[:3]


def _sides(question: Question, texts: Sequence[str], world: World) -> list[Side]:
    own = [terms_of(text, world) for text in texts]
    years = [_own_years(text, question, world) for text in texts]
    years = _shared_years(years, list(texts), own, question, world)
    return [
        Side(text, terms, when, _status(when, world), _stated(text))
        for text, terms, when in zip(texts, own, years, strict=True)
    ]


def _by_year(question: Question, text: str, world: World) -> list[Side]:
    """The question about each of its two years: the words before the first year belong to both."""
    marks = [match.start() for match in _YEAR_MARK.finditer(text)]
    pieces = [text[a:b] for a, b in zip(marks, [*marks[1:], len(text)], strict=False)]
    topic = text[: marks[0]] if marks else ""
    sides = []
    for year in question.years:
        piece = next((one for one in pieces if year in _own_years(one, question, world)), text)
        whole = terms_of(text, world) if len(terms_of(piece, world)) == 0 else terms_of(f"{topic} {piece}", world)
        sides.append(Side(piece, whole or terms_of(text, world), (year,), _status((year,), world), _stated(piece)))
    return sides


def terms_of(text: str, world: World) -> tuple[Term, ...]:
    """The words of `text` that say what it is about; those of a topic put before it count little."""
    topic = _TOPIC.match(text)
    rest = text[topic.end() :] if topic else text
    terms = [*words_of(rest, world)]
    if topic:
        said = {term.text for term in terms}
        terms += [
            replace(term, weight=term.weight * BORROWED)
            for term in words_of(topic["topic"], world)
            if term.text not in said
        ]
    return tuple(terms)


def words_of(text: str, world: World) -> list[Term]:
    """The words of `text` that say what it is about, without those that only compare."""
    terms = parse(text, world.report, world.vocabulary).terms
    words = [term for term in terms if not _COMPARING.fullmatch(term.text) and not _NUMBER.fullmatch(term.text)]
    if _NEWLY.search(text):
        words = [term for term in words if not _NEWLY.search(f"新{term.text}")]
        words.append(world.vocabulary.term("新增"))
    for name in dict.fromkeys(_LEVEL_NAME.findall(text)):
        if all(name not in term.text for term in words):
            words = [term for term in words if term.text not in name]
            words.append(world.vocabulary.term(name))
    return words


def _own_years(text: str, question: Question, world: World) -> tuple[int, ...]:
    """The years that a part of the question names; a relative one counts from the year that the whole names."""
    named = re.search(r"20\d\d", text)
    if named or not re.search(r"20\d\d", question.text):
        return years_of(text, world.report)
    base = max(map(int, re.findall(r"20\d\d", question.text)))
    if re.search(r"今年|本年|年内", text):
        other = [year for year in question.years if year != base]
        return tuple(other[:1]) or (world.report.year if base == world.report.planned and world.report.year else base,)
    return tuple(year for year in years_of(f"{base}年 {text}", world.report) if year != base)


def _shared_years(
    years: list[tuple[int, ...]], texts: list[str], own: list[tuple[Term, ...]], question: Question, world: World
) -> list[tuple[int, ...]]:
    """A year for each side: its own, the one that its words imply, or that of the other."""
    known = (world.report.year, world.report.planned)
    implied = [_implied(text if not any(years) else text.replace("计划", ""), world) for text in texts]
    if not any(years) and len(set(implied)) > 1 and all(implied):
        return [(year,) for year in implied if year]
    given = [when for when in years if when]
    if not given:
        return [question.years] * len(years)
    result = []
    for i, when in enumerate(years):
        if when:
            result.append(when[-1:])
        elif implied[i]:
            result.append((implied[i],))  # type: ignore[arg-type]
        elif len(years) == 2 and not any(term.strong for term in own[1 - i]) and given[0][0] in known:
            result.append(tuple(year for year in known if year and year != given[0][0]))
        else:
            result.append(given[0][-1:])
    return result


def _implied(text: str, world: World) -> int | None:
    if re.search(r"目标|计划(?!\s*(?:实施|执行|项目|情况))|力争|预期|打算", text):
        return world.report.planned
    return (
        world.report.year
        if re.search(
            r"实际|完成[了的]|已经|已(?=[有建完投])|现有|在建|落实了|落地[了的]?$|投用|目前|现在|当前|[建做装修]好的?",
            text,
        )
        else None
    )


def _both_states(text: str) -> bool:
    return bool(re.search(r"目标|计划|预期", text) and re.search(r"实际|完成|实绩", text))


def years_apart(way: Sequence[Side]) -> bool:
    """Whether the sides are of different years."""
    return len({side.years for side in way}) == len(way)


def _status(years: tuple[int, ...], world: World) -> Status | None:
    if len(years) != 1:
        return None
    return Status.TARGET if years[0] == world.report.planned else Status.ACTUAL


def _stated(text: str) -> Figure | None:
    bare = _YEAR_MARK.sub(" ", text)
    return next((one for one in find_figures(bare) if not one.is_word and not one.is_rank), None)


def names_in(text: str, reported: str) -> list[str]:
    """The things that the question names to be compared or added, the words around them left with each.

    A name of the report that holds 和 or 与 itself is one (「知识产权与法律服务机构」), if there are two then.
    """
    kept = _JOINED.sub(lambda match: _KEPT if is_of_name(match, reported) else match.group(), text)
    names = _names_in(kept)
    restored = [_restored(name, text) for name in names]
    return restored if len(names) > 1 or kept == text else _names_in(text)


_JOINED = re.compile(r"(?<=[\u3400-\u9fff]{2})[和与及](?=[\u3400-\u9fff]{2})")
_KEPT = "\x00"


def is_of_name(match: re.Match[str], reported: str) -> bool:
    """Whether the 和 or 与 that was matched stands so in the report (「知识产权与法律服务机构」); 、 never does."""
    if match.group() not in ("和", "与", "及"):
        return False
    return match.string[match.start() - 2 : match.end() + 2] in reported


def _restored(name: str, text: str) -> str:
    """`name` with the words that were kept in it as `text` has them."""
    found = re.search(re.escape(name).replace(re.escape(_KEPT), "[和与及]"), text)
    return found.group() if found else name.replace(_KEPT, "和")


def _names_in(text: str) -> list[str]:
    text = _IT_IS.sub("", _ASIDE.sub("", text.strip(" ？?。")))
    if "还是" in text:
        before, _, after = text.rpartition("还是")
        *topic, head = re.split(r"[，,：:？?]", before)
        return [
            *(part for part in _ALTERNATIVES.split(head) if len(part) > 1),
            " ".join((re.split(r"[，,？?]", after)[0], *topic)),
        ]
    asking = re.search(rf"哪|谁|何者|孰|(?:{_TOTAL.pattern})", text)
    cut = asking.start() if asking else len(text)
    measure = re.sub(_TOTAL.pattern + r"|哪一?[个种样类项家边]?|谁|何者|孰|多少.*|[，,].*", " ", text[cut:])
    names = [part.strip(" ，,：:") for part in _ALTERNATIVES.split(text[:cut])]
    names = [name for name in names if len(name) > 1]
    return [f"{name} {measure}".strip() if i == len(names) - 1 else name for i, name in enumerate(names)]


def unheard_of(name: str, world: World) -> bool:
    """Whether the reports have none of the words of one of the things compared (「男性」)."""
    words = [term for term in terms_of(name, world) if term.strong and not _YEAR_MARK.search(name)]
    return bool(words) and not any(term.known for term in words)


def name_of(text: str) -> str:
    """The name of one of the things compared, as the question gives it."""
    aside = re.search(r"[里中内]的?[，,]", text)  # 「四项中，A」 names A
    text = text[aside.end() :] if aside else text
    words = [word for word in _YEAR_MARK.sub(" ", text).split() if not _SAYS_NO_NAME.fullmatch(word)]
    name = re.sub(r"^[的度]", "", words[0]) if words else ""
    for _ in range(3):
        name = _NAME_ENDS.sub("", _YEAR_MARK.sub("", name)).strip()
    return name
