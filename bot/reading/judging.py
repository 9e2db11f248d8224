"""Yes or no: what the report says of a claim, and the ground for it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.question import Question
from bot.reading import stages
from bot.reading.claims import ENOUGH, LIGHT, holds, of_change, of_claim, of_rank, of_two, says_claims, weighs
from bot.reading.figures import Candidate
from bot.reading.membership import is_member
from bot.reading.reading import Piece, Reading
from bot.reading.world import World
from bot.types import Reason
from corpus.types import Status

_NEGATIVE = re.compile(r"没有|未能|未(?=[完达实])|尚未|还没|不再|取消|不能|不得|禁止|不准|不用|不需要|不收|无法")
_ASKS_NEGATIVE = re.compile(
    r"(?:没有?|未|尚未|不再|不用|不能|不需要)[\u3400-\u9fff]{2,}[，,]?(?:吗|么|对吗|对吧|对不对|是吗|是吧)"
)
_ALL = re.compile(r"全部|全都|都|所有|每[个家条所座]|各个?(?:街镇|区|县|校)|全覆盖|一律|百分之百|全体")
_SOME = re.compile(r"试点|部分|首批|在\d+个|首个|率先")
_EVERY = re.compile(r"全覆盖|全部|全面|100%|均|所有|各[街区校县乡]|全体|清零|都")
_DEFINITE = re.compile(
    r"具体(?:的)?(?:数字|数值|百分比|百分之几|指标|比例|数据|增速|数)|(?:明确|量化)的?(?:数字|数值|百分比|指标|目标)|确切"
)
_OPPOSITES = tuple(
    tuple(pair.split("/"))
    for pair in (
        "约束性/预期性 公办/民办 国家级/市级 国家级/省级 国家级/区级 市级/区级 省级/市级 "
        "线上/线下 新建/改建 新建/扩建 收费/免费 收费/无偿 限制/不限 盈利/亏损 首个/第二个 "
        "只准/不限 只限/不限 仅限/不限 只能/不限 只给/不限 只收/不限 城镇/农村 禁止/允许 "
        "全部/部分 一期/二期 二期/三期 东部/西部 南部/北部 东部/南部 东部/北部 西部/南部 "
        "西部/北部 室内/室外 全面/试点 国有/民营 内资/外资 合格/不合格"
    ).split()
)
_THAN_YEAR = re.compile(
    r"(?<![占对])比(?P<year>20\d\d)年[^，,？?]{0,8}[多少高低大小快慢长短好差][^，,？?]{0,3}(?:吗|么|没有?)?[？?\s]*$"
)
_TELLING = 0.8
_SAYS_WHAT = 0.5  # the last word of such a weight is what is said of the thing
_DONE = re.compile(r"(?P<verb>[建造修拆停关])(?:了|掉了?)(?:吗|没|么)")
_NOT_YET = re.compile(
    r"(?<!有)(?:还|尚|仍|一直|至今|到现在|并)?(?:没有?|未)(?!有没有)[^，,？?吗没]{0,5}(?:竣工|完工|建成|落成|完成|交付|通车|启用|开业|开放|开工|动工|投用|投入|[建造修装盖弄做搞改拆搬征办]完?[好完成了]?)[了的]?[，,]?(?:吗|么|吧|对吗|对吧|对不对|是吗|是吧|是不是|对么)"
    r"|是不是(?:还|尚|仍)?(?:没有?|未)"
)
_MUST = (
    re.compile(r"收费|免费|要钱|付费|无偿|花钱|公益"),
    re.compile(r"涨价|降价|价格|房价"),
    re.compile(r"取消|停办|停止|关闭|关停|撤销|废止|禁止"),
    re.compile(r"新增|增长|上升|提高|增加|上涨|提升|扩大|扩容|翻番|更多|(?<!全)高于"),
    re.compile(r"下降|减少|降低|下滑|缩短|缩小|压减|清退|清零"),
)
# 「西岸美术馆和卢浮宫合作吗」: not so where the other is not named.
_PARTNER = re.compile(
    r"[和与跟同](?P<who>[\u3400-\u9fffA-Za-z]{2,14}?)(?:之间|共同|一起|联合|开展|进行|建立|达成|签[署订了约]*|有|搞|的)*"
    r"(?:战略)?(?:合作|签约|签署|共建|联手|结对|协议)"
)
_ANY_BODY = re.compile(r"(?:大学|博物馆|美术馆|公司|集团|医院|中心|学院|银行|研究院|研究所|学校)$")
_DOES = re.compile(r"(?:有没有|是否|是不是|要|会|打算|计划|准备)(?:在)?新?(?P<verb>[建造修拆办发设停关])(?!议)")


def judge(question: Question, world: World) -> Reading:
    """是 or 否 with the place that says so, or why the report does not tell."""
    for way in (
        _of_either,
        is_member,
        _of_contrary,
        of_two,
        of_rank,
        of_claim,
        of_change,
        _of_unknown_year,
        _of_stage,
        _of_words,
    ):
        reading = way(question, world)
        if reading is not None:
            return reading
    from bot.reading import reader

    near = reader.best_clauses(question, world)[:2]
    return Reading(
        reason=Reason.MISSING_FIGURE,
        nearest=tuple(Piece(one.passage, *one.window) for one in near),
        confidence=near[0].coverage.share if near else 0.0,
    )


def _of_unknown_year(question: Question, world: World) -> Reading | None:
    """A comparison with a year that the report tells nothing of (「比2023年多吗」)."""
    known = {world.report.year, world.report.planned}
    than = _THAN_YEAR.search(question.text)
    if than is None or int(than["year"]) in known:
        return None
    return Reading(reason=Reason.MISSING_YEAR)


def _of_stage(question: Question, world: World) -> Reading | None:
    """A claim that a thing is built, open or done: as far as the report says that it has come."""
    from bot.reading import reader

    asked = stages.asked(question.asks)
    if asked is None:
        return None
    clause = stages.clause_asked(question.asks)
    terms = tuple(
        term
        for term in question.terms
        if not stages.is_stage(term.text)
        and not LIGHT.fullmatch(term.text)
        and (term.text in clause or term.text not in question.asks)
    )
    if not any(term.strong for term in terms):
        return None
    years = question.years or ((world.report.year,) if world.report.year and not stages.ahead(question.asks) else ())
    reached: list[tuple[int, Candidate, tuple[int, int]]] = []
    for about in dict.fromkeys((years, question.years)):
        asking = replace(question, terms=terms, years=about)
        reached = _stages_of(asking, reader.best_clauses(asking, world)[:6])
        if reached:
            break
    if not reached:
        return None
    furthest = max(stage for stage, _, _ in reached)
    true = furthest >= asked
    if _NOT_YET.search(question.asks):
        return _not_yet(question, asked, reached)
    if true and _limited(question, reached[0][1].place.text):
        true = False
    grounds = [one for one in reached if one[0] == furthest] if true else sorted(reached, key=lambda one: -one[0])
    return _worded(true, [(one, span) for _, one, span in grounds[: 1 if true else 2]])


def _not_yet(question: Question, asked: int, reached: Sequence[tuple[int, Candidate, tuple[int, int]]]) -> Reading:
    """The verdict on a claim that something is not done yet (「还没完成，对吗」): what is only planned is not."""
    ahead = Status.TARGET if not question.years else None
    done = [one for one in reached if one[0] >= asked and one[1].passage.status is not ahead]
    _, ground, span = max(done or reached, key=lambda one: one[0])
    return _worded(not done, [(ground, span)])


def _stages_of(question: Question, sentences: Sequence[Candidate]) -> list[tuple[int, Candidate, tuple[int, int]]]:
    """How far each sentence about the thing says that it has come, with the clauses that say so."""
    reached = []
    for one in sentences:
        if one.coverage.share < ENOUGH:
            continue
        said = stages.said(one.passage.text, one.window, question.terms, question.asks)
        if said is not None:
            reached.append((said[0], one, said[1]))
    return reached


def _of_either(question: Question, world: World) -> Reading | None:
    """Which of two opposites the report says, where a question names both (「约束性 预期性」)."""
    from bot.reading import reader

    pair = next((pair for pair in _OPPOSITES if _are_alternatives(pair, question.asks)), None)
    if pair is None:
        return None
    for one in reader.best_clauses(_without_words(question, [pair]), world)[:5]:
        said = [word for word in pair if word in one.place.text]
        if len(said) == 1 and one.coverage.share >= ENOUGH:
            return replace(_worded(True, [(one, one.window)]), short=tuple(said), lead="")
    return None


def _are_alternatives(pair: Sequence[str], asked: str) -> bool:
    """Whether a question lays both words before the reader; key words of two levels may both be meant."""
    joint = "还是|或者?|、" if pair[0].endswith("级") else r"还是|或者?|、|\s"
    return any(
        re.search(rf"{a}的?[\u3400-\u9fff]{{0,2}}[，,]?(?:{joint})+(?:是)?{b}", asked)
        for a, b in (tuple(pair), tuple(pair)[::-1])
    )


def _of_contrary(question: Question, world: World) -> Reading | None:
    """A claim of which the report says the opposite (「是约束性指标吗」 where it is 预期性)."""
    from bot.reading import reader

    pairs = [pair for pair in _OPPOSITES if any(word in question.asks for word in pair)]
    if not pairs:
        return None
    for one in reader.best_clauses(_without_words(question, pairs), world)[:5]:
        said = one.place.text + (one.passage.row or "")
        against = next((word for pair in pairs if (word := _contrary(question.asks, said, pair))), None)
        if against and one.coverage.share >= 0.65:
            return _worded(False, [(one, one.window)], against)
    return None


def _without_words(question: Question, pairs: Sequence[Sequence[str]] = ()) -> Question:
    """The question without words that only compare, and without those of which the opposite is looked for."""
    words = {word for pair in pairs for word in pair}
    terms = tuple(term for term in question.terms if not LIGHT.fullmatch(term.text) and not term.text[0].isdigit())
    others = tuple(term for term in terms if term.text not in words)
    return replace(question, terms=others if any(term.strong for term in others) else terms)


def _of_words(question: Question, world: World) -> Reading | None:
    """A claim without figures: what the best sentence says of it."""
    from bot.reading import reader

    if weighs(question.text):  # two figures are to be compared, and one of them is not known
        return None
    asking = _without_words(question)
    best = [one for one in reader.best_clauses(asking, world)[:5] if _fits(one, asking)]
    if not best:
        return None
    one = best[0]
    if not says_claims(question, one.place.text):
        return None
    span = (one, one.window)
    if _DEFINITE.search(question.asks):
        return _worded(any(place.fact for place, _ in world.places[one.passage.id]), [span])
    if _limited(question, one.place.text):
        return _worded(False, [span])
    negative = bool(_ASKS_NEGATIVE.search(question.asks)) != bool(_NEGATIVE.search(one.place.text))
    return _worded(not negative, [span])


def _fits(one: Candidate, question: Question) -> bool:
    """Whether a sentence says the question: most of its words, the last telling one and the deed among them."""
    missing = [term for term in one.coverage.missing(question.terms) if term.weight >= _TELLING]
    strong = [term for term in question.terms if term.strong]
    telling = [term for term in strong if term.weight >= _SAYS_WHAT] or strong
    several = len(strong) >= 4 and one.coverage.share >= 0.65
    if missing and (missing[-1] == telling[-1] or missing[0] == telling[0]) and not several:
        return False
    return not _leaves_out(question.asks, one.place.text) and one.coverage.share >= ENOUGH


def _leaves_out(asked: str, text: str) -> bool:
    """Whether the deed, the price or the change that is asked about is none of the sentence's."""
    deed = _DOES.search(asked) or _DONE.search(asked)
    if deed and deed["verb"] not in text:
        return True
    partner = _PARTNER.search(asked)
    if partner and not _is_named(partner["who"], text):
        return True
    return any(words.search(asked) and not words.search(text) for words in _MUST)


def _is_named(who: str, text: str) -> bool:
    """Whether the text has a name or a short form of it (「复旦」, 「交大」), but for what many names end in."""
    own = _ANY_BODY.sub("", who) or who
    return any("".join(pair) in text for pair in pairwise(own)) or bool(re.search(r"\w{0,2}".join(who), text))


def _contrary(asked: str, said: str, pair: Sequence[str]) -> str | None:
    """The word of `said` that is the opposite of one that is asked."""
    ways = (tuple(pair), tuple(pair)[::-1])
    return next((b for a, b in ways if a in asked and a not in said and b in said and b not in asked), None)


def _limited(question: Question, text: str) -> bool:
    """Whether all is asked for and the report speaks of some (「都」 and 「在5个街镇试点」)."""
    return bool(_ALL.search(question.asks) and _SOME.search(text) and not _EVERY.search(text))


def _worded(true: bool, grounds: Sequence[tuple[Candidate, tuple[int, int]]], *shorts: str) -> Reading:
    from bot.reading import reader

    said = "是" if true else "否"
    pieces = tuple(
        Piece(one.passage, *span, reader.label(one.passage, one.passage.year, one.passage.status))
        for one, span in grounds
    )
    return Reading(
        pieces,
        short=(said, *shorts),
        lead=f"{said}。",
        confidence=min(one.coverage.share for one, _ in grounds),
        read=tuple(dict.fromkeys(one.passage.id for one, _ in grounds)),
    )


__all__ = ["holds", "judge"]
