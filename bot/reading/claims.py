"""Claims with figures: whether what the report writes bears out a number, a rank, a rise or a comparison."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.question import Question, Want
from bot.reading import comparing
from bot.reading.figures import Candidate
from bot.reading.reading import Reading
from bot.reading.world import World
from bot.terms import Term
from bot.units import Kind, units_of
from corpus.clauses import clauses
from corpus.figures import Figure, find_figures
from corpus.numerals import chinese_number
from corpus.subjects import subjects_of
from corpus.types import Status

_OVER = re.compile(
    r"超(?![级大前高市])(?:过|出|了)?|突破|高于|大于|多于|不止|不少于|不低于|以上|逾|过了|(?<![通经])过$|至少|达到|达|满|有没有到|上了|破(?=[百千万亿\d]|$)|(?<![降减压缩跌少回])到了?$|有没有$|(?<!没)有了?$|够$"
)
_STRICTLY_OVER = re.compile(r"超|突破|高于|大于|多于|不止|逾|过了|(?<!超)过$|破(?=[百千万亿\d]|$)")
_UNDER = re.compile(
    r"(?<!有)没(?!有)[\u3400-\u9fff]{1,2}到|不到|跌破|跌穿|不及|低于|小于|少于|不足|不超过|以内|以下|控制在|没到|未达|不满|未超过|没超过|[<＜≤]"
)
_AT_MOST = re.compile(r"不超过|以内|控制在|未超过|没超过|≤")
_SAID_OVER = re.compile(r"超|突破|逾|余|多|以上|高于|大于|不少于|不低于|至少|破|[>＞≥]")
_ABOUT = re.compile(r"约|左右|大概|差不多|近|余|多|快")
_NEARLY = re.compile(r"快(?:要?[到有])?$|逼近$")
_TOP = re.compile(r"第一|最[高大多好快低少]|首位|榜首|冠军|头名")
_SCOPE = re.compile(r"全国|全市|全省|全区|全球|世界|中心城区|各区|全州")
_TARGET_WORD = re.compile(r"目标|指标|要求|上限|下限|计划|任务|预期|红线")
_IN_WORDS = re.compile(r"[一二两三四五六七八九十百千]*[百千][一二三四五六七八九十百千]*(?![分叶年])")
_SET_LATER = re.compile(r"要求|上限|下限|红线|这个目标|该目标")
_REACHED = re.compile(r"达标|达到|完成|实现|好于|优于|符合|满足|超额|兑现|做到")
_RISES = re.compile(r"(?<!负)增长|上升|提高|增加|上涨|变多|多了|涨了|提升|升高|变好|高了|升了|增了|扩大")
_FALLS = re.compile(r"负增长|下降|减少|降低|下滑|下跌|跌了|少了|低了|缩短|缩小|变少|回落|减半|压减|缩水|萎缩|滑坡|降了")
_HALF_CLAIMED = re.compile(r"(?P<how>超过?|过|不到|不足|达到?|有)(?:了)?(?:一半|半数)|(?:一半|半数)(?:以上|多)")
_HALF = re.compile(r"(?P<nearly>快|[将接]?近|差不多)?(?:一半|减半|腰斩)")
_EXPLICIT = re.compile(r"高于|低于|多于|少于|大于|小于|快于|慢于")
_COMPARED = re.compile(r"比|超过|高于|低于|多于|少于|大于|小于|快于|慢于|好于|优于|不如|不及")
_MEETS = re.compile(r"达标(?!率)")
_EQUAL = re.compile(r"一样(?:多|高|大|长)?|相同|相等|等同|持平|一致(?!认)")
_SMALLER = re.compile(r"[少低小慢短]|不如|不及|减|降|(?:好|优)于")
LIGHT = re.compile(
    r"超过|低于|突破|高于|以上|以下|达到|达标|目标|要求|上限|指标|正确|对吗|设定|设置|数值|结果|拿到|完成|实现|真的|已经|现在|一半|多于|少于|好于|优于|一百|一千|一万|是否|拥有|听说|还是|全部|每个|所有|具体|数字|百分比|百分之几"
)
_DONE_FIRST = 0.2
_KINDS = {"增长": Kind.GROWTH, "下降": Kind.GROWTH, "占比": Kind.SHARE}
_OPPOSITE = {"增长", "下降"}
ENOUGH = 0.5
_UNKNOWN = 0.9  # the weight of a word that the reports do not know


def of_two(question: Question, world: World) -> Reading | None:
    """A claim that lays two figures of the report side by side (「比2024年完成的多吗」, 「达到目标了吗」)."""
    text = question.text
    if question.claims and not _TARGET_WORD.search(text):
        return None
    explicit = weighs(text) or bool(_EXPLICIT.search(text))
    reaches = not explicit and bool(_TARGET_WORD.search(text) and _REACHED.search(text))
    reaches = reaches or _MEETS.search(text) is not None
    equal = not reaches and _EQUAL.search(question.asks) is not None
    if not (reaches or equal or _COMPARED.search(text)) or (question.claims and not reaches):
        return None
    years = set(question.years)
    if reaches and not _COMPARED.search(text) and len(years) < 2 and world.report.planned not in years:
        if not _SET_LATER.search(text) or world.report.planned is None or world.report.year is None:
            return None  # a target of the year reported on: the report says in words whether it was reached
        question = replace(question, years=(world.report.year, world.report.planned))
    pair = _two(question, world)
    if pair is None:
        return None
    first, second = pair
    a, b = first.fact.value, second.fact.value
    if reaches and first.fact.status is Status.TARGET and second.fact.status is not Status.TARGET:
        first, second, a, b = second, first, b, a
    capped = bool(second.fact.qualifier and _UNDER.search(second.fact.qualifier))
    if reaches:
        holds_true = (
            (a < b or (a == b and not re.search(r"低于|小于|[<＜]", second.fact.qualifier or ""))) if capped else a >= b
        )
    elif equal:
        holds_true = a == b
    else:
        holds_true = a < b if _SMALLER.search(_after_than(text)) else a > b
    return _verdict(holds_true, [first, second])


def weighs(text: str) -> bool:
    """Whether a question lays one amount beside another (「A比B多吗」)."""
    return "比" in text and bool(_after_than(text))


def weighed(question: Question, first: Candidate, second: Candidate) -> Reading | None:
    """The verdict on 「A比B多吗」 of two figures that are known; None where nothing like it is asked."""
    asked = _after_than(question.text) if "比" in question.text else ""
    if not asked:
        return None
    a, b = first.fact.value, second.fact.value
    return _verdict(a < b if _SMALLER.search(asked) else a > b, [first, second])


def _two(question: Question, world: World) -> tuple[Candidate, Candidate] | None:
    terms = tuple(term for term in question.terms if not LIGHT.fullmatch(term.text))
    return comparing.pair(replace(question, terms=terms, claims=()), world)


def _after_than(text: str) -> str:
    match = re.search(
        r"(?:高|多|大|低|少|小)于|[多高大快长强少低小慢短](?:得多|不少|很多|[那这]么多|[一两二三四五六七八九十几\d.]+倍|一半|一?大截|[一些点])*(?:了|的)?(?:吗|么|嘛|对吗|没有|吧)?[？?\s]*$|不如|不及|(?:低|少|小|好|优)于",
        text,
    )
    return match.group() if match else ""


def of_claim(question: Question, world: World) -> Reading | None:
    """A claim with a figure of its own (「是281亿元」, 「超过1000亿元」)."""
    if not question.claims:
        question = replace(question, asks=_in_digits(question.asks))
    stated = question.claims or find_figures(question.asks)
    told = [one for claim in stated if not claim.is_rank and (one := _told(claim, question, world))]
    if not told:
        return None
    best = max(told, key=lambda one: one.fits)
    # What else is claimed counts where the report says it in the same place.
    beside = [one for one in told if one.found.passage.id == best.found.passage.id]
    false = [one.found for one in beside if not _bears_out(one, question)]
    return _verdict(not false, false or [one.found for one in beside])


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure that a question claims, whether of a growth or a share, and the report's figure that it must bear out.

    `fits` says how well the report's figure is the claimed one.
    """

    claim: Figure
    change: str | None
    found: Candidate
    fits: float


def _told(claim: Figure, question: Question, world: World) -> _Told | None:
    """The figure of the report that is the claimed one's, with how well it fits; None where it gives none."""
    from bot.reading import reader

    change = _change_claimed(claim, question)
    kind = (question.kind or _KINDS.get(change or "")) if claim.unit in ("%", "个百分点", "倍") else None
    units = units_of(f"多少{claim.unit}", None) or frozenset({claim.unit}) if claim.unit else frozenset()
    terms = _without(question.terms, claim)
    if kind is Kind.SHARE:
        terms = _without_whole(terms, question.asks)
    asking = replace(question, want=Want.FIGURE, units=units, kind=kind, asks="", terms=terms)
    compared = bool(claim.qualifier) or bool(_compares(question.asks, claim))
    best: _Told | None = None
    for one in reader.rated(asking, world)[:12]:
        moved = kind is not Kind.GROWTH and one.fact.change in ("增长", "下降", "排名")
        if moved or (units and one.fact.unit not in units):
            continue
        if _says_enough(one, asking):
            value = one.coverage.share + 0.5 * one.sure + 0.4 * compared - 0.4 * (claim.unit in ("分钟", "天", "年"))
            # Where no year is said, what was done is meant before what is planned.
            value += _DONE_FIRST * (
                not question.years and not _as_target(question) and one.fact.year == world.report.year
            )
            if best is None or value > best.fits:
                best = _Told(claim, change, one, value)
    return best


def _without_whole(terms: tuple[Term, ...], asked: str) -> tuple[Term, ...]:
    """The words without those of the whole of which a share is claimed (「占预算收入的比重」), if others are left."""
    whole = _WHOLE.search(asked)
    part = tuple(term for term in terms if whole and term.text in asked[: whole.start()])
    return part if any(term.strong for term in part) else terms


_WHOLE = re.compile(r"占(?:了|到)?[^，,？?]{2,}?(?:的|比重|比例|份额|超|近|约|\d)")


def _bears_out(told: _Told, question: Question) -> bool:
    """Whether the report's figure is what is claimed, and moved the same way."""
    words, fact = _compares(question.asks, told.claim), told.found.fact
    true = holds(words, told.claim, fact.value, fact.qualifier, stated=_as_target(question))
    return true and {told.change, fact.change} != _OPPOSITE


def _change_claimed(claim: Figure, question: Question) -> str | None:
    """Whether the claim is of a growth, a fall or a share, as the report's own figures are told apart."""
    figures = find_figures(question.asks)
    parts = clauses(question.asks, figures)
    told = [one for subjects in subjects_of(question.asks, parts) for one in subjects]
    return next((one.change for figure, one in zip(figures, told, strict=True) if figure == claim), None)


def _in_digits(asked: str) -> str:
    """What is asked with the figures in words (「一百台」, 「过半数」) written as others are."""
    if _HALF_CLAIMED.search(asked):
        return _HALF_CLAIMED.sub(_half, asked)
    return _IN_WORDS.sub(lambda match: f"{chinese_number(match.group()) or 0:.0f}", asked)


def _half(match: re.Match[str]) -> str:
    """「过半数」 and 「不到一半」 as a claim of 50%."""
    if match["how"] is None:
        return "50%以上"
    if match["how"].startswith("不"):
        return "低于50%"
    return "超过50%" if "过" in match["how"] or match["how"] == "超" else "50%以上"


def _says_enough(one: Candidate, question: Question) -> bool:
    unsaid = max((term.weight for term in one.coverage.missing(question.terms)), default=0.0)
    if unsaid >= _UNKNOWN:
        return one.coverage.share >= 0.7
    return one.coverage.share >= ENOUGH or (one.sure >= 0.8 and one.coverage.share >= 0.4)


def _as_target(question: Question) -> bool:
    return bool(_TARGET_WORD.search(question.text)) or question.status is Status.TARGET


def _without(terms: Sequence[Term], claim: Figure) -> tuple[Term, ...]:
    return tuple(
        term
        for term in terms
        if term.text not in claim.text
        and not term.text[0].isdigit()
        and not LIGHT.fullmatch(term.text)
        and not (len(term.text) > 1 and claim.unit.startswith(term.text))
    )


def _compares(asked: str, claim: Figure) -> str:
    """The words of comparison around the claimed figure."""
    place = asked.find(claim.text)
    if place < 0:
        place = asked.find(claim.core)
    if place < 0:
        return claim.qualifier or ""
    before, after = asked[max(0, place - 6) : place], asked[place + len(claim.core) : place + len(claim.core) + 8]
    words = [match.group() for pattern in (_OVER, _UNDER) for match in pattern.finditer(before)]
    words += [match.group() for match in _NEARLY.finditer(before)]
    words += re.findall(r"以上|以下|以内|左右|上下|多(?=[个家元台人])", after[:4])
    return "".join((*words, claim.qualifier or ""))


def holds(words: str, claim: Figure, value: float, qualifier: str | None, *, stated: bool = False) -> bool:
    """Whether a figure of `value` bears out what is claimed of it in `words` (「超过1000亿元」, 「281亿元」).

    `qualifier` is the report's own (「超5万」, 「近60%」); where `stated`, the claim is about a bound that the report
    sets, so that one bound is compared with the other.
    """
    said = qualifier or ""
    over, under = bool(_SAID_OVER.search(said)), bool(_UNDER.search(said) or said == "近" or "接近" in said)
    equal = abs(value - claim.value) <= 1e-9 * max(1.0, abs(claim.value))
    if _UNDER.search(words):
        if stated and _UNDER.search(said):
            return equal
        return value < claim.value or (equal and (under or bool(_AT_MOST.search(words))))
    if _OVER.search(words):
        if stated and over and not re.search(r"达到?$", words):
            return equal
        if equal:
            return not under if not _STRICTLY_OVER.search(words) else over
        return value > claim.value
    if equal:
        return True
    return bool(_ABOUT.search(words)) and abs(value - claim.value) <= 0.05 * abs(claim.value)


def says_claims(question: Question, text: str) -> bool:
    """Whether each figure that is claimed is borne out by one of its unit in `text`."""
    said = find_figures(text)
    return all(
        any(
            holds(_compares(question.asks, claim), claim, one.value, one.qualifier)
            for one in said
            if one.unit == claim.unit
        )
        for claim in question.claims
        if claim.unit
    )


def of_rank(question: Question, world: World) -> Reading | None:
    """A claim about a place in an order (「是不是全市第一」, 「增幅是全市最高吗」)."""
    from bot.reading import reader

    ranks = [claim for claim in question.claims if claim.is_rank]
    top = _TOP.search(question.asks)
    if not ranks and not top:
        return None
    wanted = ranks[0].value if ranks else 1.0
    terms = tuple(
        term
        for term in question.terms
        if not _TOP.search(term.text) and not _SCOPE.search(term.text) and term.text not in ("位居", "排名", "位列")
    )
    asking = replace(question, want=Want.FIGURE, kind=Kind.RANK, units=frozenset({"位"}), asks="", terms=terms)
    for one in reader.rated(asking, world)[:6]:
        if one.fact.change != "排名" or one.coverage.share < 0.6:
            continue
        scope, clause = _SCOPE.search(question.asks), one.passage.text[slice(*one.window)]
        elsewhere = (
            scope is not None
            and scope.group() not in clause
            and _SCOPE.search(clause) is not None
            and not _same_scope(scope.group(), clause)
        )
        return _verdict(one.fact.value == wanted and not elsewhere, [one])
    return None


def _same_scope(scope: str, clause: str) -> bool:
    return scope in ("全市", "各区") and bool(re.search(r"全市|各区", clause))


def of_change(question: Question, world: World) -> Reading | None:
    """A claim that something rose or fell (「下降了吗」, 「有没有增长」)."""
    from bot.reading import reader

    rises, falls = _RISES.search(question.asks), _FALLS.search(question.asks)
    if bool(rises) == bool(falls) or _TARGET_WORD.search(question.asks):
        return None
    moved = (rises or falls).group()  # type: ignore[union-attr]
    terms = tuple(
        term
        for term in question.terms
        if term.text not in moved and moved not in term.text and not LIGHT.fullmatch(term.text)
    )
    asking = replace(
        question,
        want=Want.FIGURE,
        kind=Kind.GROWTH,
        units=frozenset({"%", "个百分点"}),
        asks="",
        terms=terms,
        claims=(),
    )
    one = next((one for one in reader.rated(asking, world)[:6] if one.fact.change in ("增长", "下降")), None)
    if one is None or one.coverage.share < 0.6:
        return None if moved in ("扩大", "缩小") else _of_plan(question, world, rises=bool(rises))
    up = one.fact.change == "增长" and one.fact.value >= 0
    true = up == bool(rises)
    if true and (half := _HALF.search(question.asks)):
        true = abs(one.fact.value) >= (45 if half["nearly"] else 50)
    return _verdict(true, [one])


def _of_plan(question: Question, world: World, *, rises: bool) -> Reading | None:
    """A rise or fall from the year reported on to the year planned, of which the report gives both figures."""
    report = world.report
    if report.planned is None or report.year is None or question.years != (report.planned,):
        return None
    both = comparing.pair(replace(question, years=(report.planned, report.year), claims=()), world)
    if both is None or both[0].fact.value == both[1].fact.value:
        return None
    return _verdict((both[0].fact.value > both[1].fact.value) == rises, both)


def _verdict(true: bool, found_facts: Sequence[Candidate]) -> Reading:
    from bot.reading import reader

    said = "是" if true else "否"
    pieces = tuple(reader.figure_piece(one) for one in found_facts)
    return Reading(
        pieces,
        short=(said, *dict.fromkeys(short for piece in pieces for short in piece.short)),
        lead=f"{said}。",
        confidence=min(one.coverage.share for one in found_facts),
        read=tuple(dict.fromkeys(one.passage.id for one in found_facts)),
    )
