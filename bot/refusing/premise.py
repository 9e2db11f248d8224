"""What a question takes for granted, and whether the report says otherwise."""

import re
from dataclasses import dataclass, replace

from bot.question import Question, Want, parse
from bot.reading import reader
from bot.reading.reading import Piece
from bot.reading.world import World
from bot.refusing.claimed import against
from bot.refusing.numbers import named_number, other_number
from bot.refusing.phrases import phrases
from bot.refusing.presupposed import presupposed
from bot.refusing.subject import KNOWN, WHY, bare, plain, sentence_about
from bot.refusing.unfinished import finished_by, speaks_of_after, unfinished
from bot.units import Kind
from corpus.figures import find_figures

_HOW_MUCH_OF_IT = re.compile(
    r"多少|幅度?(?:是|有)?几|几[个家台条座人项]|花了|用了|准备|打算|怎么(?!样)|哪里|哪儿|去哪|哪些|什么时候|何时|多久"
    r"|\bhow (?:many|much|long|far)\b",
    re.IGNORECASE,
)
_ASKS_WHETHER = re.compile(r"是不是|是否|有没有|对吗|对不对|是吗|吗[？?\s]*$|(?<![什怎])么[？?\s]*$|没有?[？?\s]*$")
_ONCE = re.compile(r"(?:以后|之后|后)$")
_DENIES = re.compile(
    r"一[\u3400-\u9fff]{1,4}[都也]没|没能|没有?(?:拿|评|选|建|开|办|完|通|进|入)|停[办建工产运]|取消|叫停|烂尾|垫底|倒数"
)
_TOPIC = re.compile(r"(?:的话|里|上|方面|来说|而言)$|^(?:如果|要是|假如|万一)")
_TAG = re.compile(
    r"是不是|是否|有没有|对不对|[对是真][的吗么]|这样|这个|数字?|属实|没错|正确|准确|真实|[吗么呢啊吧了的就也这那都]"
)
_OF_ITS_OWN = 2  # so many characters beside the asking words ask something of their own
_FOLLOWED_BY = re.compile(r"后|花了|用了|准备|打算|哪里|哪儿|去哪|腾出|[，,]")
_AFTER = re.compile(r"\bafter\b", re.IGNORECASE)
_MORE = re.compile(r"新增|新认定|增至|扩大|持续壮大|累计|突破|新高|第一")
_LOOKS_AHEAD = re.compile(r"后[^。？?]{0,20}?(?:要(?!多|花|坐|几)|将|明年|能(?=盖|覆|达|有|增|提|带|新))")
_NAMED_YEAR = re.compile(r"20\d\d|(?<!\d)\d\d年")
_HELD = re.compile(r"止(?=[跌滑])[跌滑]|抗跌")  # 「止跌回稳」 speaks of no fall
_NOT_HAPPENED = re.compile(
    r"成功防御|零伤亡|平稳度过|未发生|没有发生|零发生|未出现|没有出现|无.{0,8}发生|杜绝|有效防范|坚决遏制"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A state that a question speaks of, and where in the Chinese wording; -1 where only the original has it."""

    family: str
    start: int


def contradicted(question: Question, text: str, original: str, world: World) -> Piece | None:
    """The place that says otherwise than `text` takes for granted, or None.

    `text` is what was asked itself, in Chinese; `original` is as it was typed.
    """
    if question.years and not set(question.years) & {world.report.year, world.report.planned}:
        if _NAMED_YEAR.search(text):
            return None
        question = replace(question, years=())  # 「去年」 may well be the year reported on
    both = f"{text} {original}" if original != text else text
    why = WHY.search(both) is not None
    if _ASKS_WHETHER.search(text) and not why:
        return _before_whether(question, text, original, world)
    named = named_number(question, text, world)
    if named is not None:
        return named
    claimed = _of_claims(question, text, original, world)
    if claimed is not None:
        return claimed
    if not why and not _HOW_MUCH_OF_IT.search(both):
        return None
    for said in _states(text, original):
        piece = _against(said, question, text, original, world, why=why)
        if piece is not None:
            return piece
    return other_number(question, text, world) if why or re.search(r"花了|用了", text) else None


def _before_whether(question: Question, text: str, original: str, world: World) -> Piece | None:
    """The place that says otherwise than what is claimed before something else is asked (「…600台，来得及吗」)."""
    claim, comma, asked = re.sub(r"[？?。\s]+$", "", text).rpartition("，")
    is_tag = len(_TAG.sub("", asked)) < _OF_ITS_OWN
    if not comma or is_tag or any(way.search(claim) for way in (_ASKS_WHETHER, _HOW_MUCH_OF_IT, _TOPIC)):
        return None
    after = _ONCE.search(claim)
    if find_figures(claim) or after:
        return against(claim[: after.start()] if after else claim, question, original, world)
    return _state_in(claim, question, world) if _DENIES.search(claim) else None


def _of_claims(question: Question, text: str, original: str, world: World) -> Piece | None:
    """The place that says otherwise than a claim that stands before what is asked (「通车后」, 「只排第二，」)."""
    ahead = _LOOKS_AHEAD.search(text) is not None
    planned = ahead or (world.report.planned is not None and str(world.report.planned) in text)
    if speaks_of_after(text, original) and not planned:
        unbuilt = unfinished(question, text, world)
        if unbuilt is not None:
            return unbuilt
    for claim in () if ahead else presupposed(text, original, world.vocabulary.all):
        built = "" if planned else finished_by(claim)
        piece = (
            (unfinished(question, built, world) if built else None)
            or against(claim, question, original, world)
            or _state_in(claim, question, world)
        )
        if piece is not None:
            return piece
    return None


def _state_in(claim: str, question: Question, world: World) -> Piece | None:
    """The place that says nothing of a state that a claim speaks of, and so otherwise."""
    for said in _states(claim, ""):
        if said.family != "上升":
            piece = _against(said, question, claim, "", world, why=True)
            if piece is not None:
                return piece
    return None


# --- states: fallen, closed, last, none -------------------------------------------------------------------


def _states(text: str, original: str) -> list[_Said]:
    found: list[_Said] = []
    text, original = _HELD.sub("稳住", text), _HELD.sub("稳住", original)
    for family, pattern in phrases("premise.txt").items():
        if family in ("限制", "不限"):
            continue
        match = pattern.search(text.lower())
        elsewhere = None if match else pattern.search(original.lower())
        if match or elsewhere:
            found.append(_Said(family, match.start() if match else -1))
    return found


def _against(said: _Said, question: Question, text: str, original: str, world: World, *, why: bool) -> Piece | None:
    subject = _subject(said, question, text, world)
    if not subject.terms:
        return None
    if said.family in ("下降", "上升"):
        neutral = not why and (said.family == "上升" or question.want is Want.DIFFERENCE)
        return None if neutral else _other_direction(said, subject, world, why=why)
    followed = said.start < 0 or _FOLLOWED_BY.search(text[said.start :]) or _AFTER.search(original)
    # 「拆除了多少」 asks how much, 「拆除后建什么」 takes it for granted.
    if not why and (said.family != "结束" or not followed):
        return None
    best = sentence_about(subject, world) or sentence_about(replace(subject, years=()), world)
    if best is None:
        return None
    if said.family == "发生":
        return best if _NOT_HAPPENED.search(best.passage.text) else None
    return None if phrases("premise.txt")[said.family].search(best.passage.text) else best


def _subject(said: _Said, question: Question, text: str, world: World) -> Question:
    """The question reduced to what the state is said of: the words before it, or all others where none stand there."""
    if said.start >= 0:
        before = parse(bare(text[: said.start]), world.report, world.vocabulary)
        if any(term.strong for term in before.terms):
            return plain(question, before)
    families = phrases("premise.txt")
    rest = parse(bare(text), world.report, world.vocabulary)
    terms = tuple(
        term
        for term in (*rest.terms, *(question.terms if not any(term.strong for term in rest.terms) else ()))
        if not any(pattern.search(term.text) for pattern in families.values())
    )
    return plain(question, replace(rest, terms=terms))


def _other_direction(said: _Said, subject: Question, world: World, *, why: bool) -> Piece | None:
    """The growth that the report gives where the question takes a fall for granted, and the other way round."""
    families = phrases("premise.txt")
    opposite = {"下降": "增长", "上升": "下降"}[said.family]
    asked = replace(subject, kind=Kind.GROWTH, units=frozenset({"%", "个百分点", "倍"}))
    changes = [one for one in reader.rated(asked, world) if one.fact.change in ("增长", "下降")]
    if changes and changes[0].coverage.share >= KNOWN:
        return reader.figure_piece(changes[0]) if changes[0].fact.change == opposite else None
    best = sentence_about(subject, world)
    if best is None:
        return None
    clause = best.passage.text[best.start : best.end]
    other = families["上升" if said.family == "下降" else "下降"]
    rising = other.search(clause) or (said.family == "下降" and why and _MORE.search(clause))
    return best if rising and not families[said.family].search(clause) and not re.search(r"减|降", clause) else None
