"""Whether an answer is of another thing than the one that a question names exactly: its opposite, part or sister."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.lexicon import actions, light, opposed, places
from bot.matching import found
from bot.question import Question, Want, body_of
from bot.reading.reading import Reading
from bot.reading.world import World
from bot.terms import Term
from corpus.script import simplified
from corpus.types import Fact
from corpus.words import noun_of

_ADDED = re.compile(r"新增|新建|新认定|新引进|新设|增设|升级|改建|改造|扩建|新开")
_GROWS = re.compile(r"新(?!区|村|城|型|能源|兴|闻|时代|生)|改|升级|扩|加装")
_ALL_THERE_IS = re.compile(
    r"(?:现在?|目前|如今)(?:[一总]?共)?有(?:多少|几)|[总一统拢]?共有(?:多少|几)|到(?:现在|目前|今天)|至今|迄今|截[至止]|累计"
)
_BY_THEN = re.compile(r"(?:截[至止]|到)20\d\d年[底末]?")
_OF_A_YEAR = re.compile(r"[今明去前]年|年内|全年|20\d\d年(?![底末])")
_STOPS = r"[，,；;。！？]"
_RATE = re.compile(r"([\u3400-\u9fff]{2})率(?!先|领)")
_ANY_RATE = frozenset({"的比", "比", "概", "效"})
_IS_ONE = re.compile(
    r"(?:多少|(?<!哪)几)[个家名位款项条台座所处](?:是|属于|来自)(?P<kind>[\u3400-\u9fff]{2,8}?)的?(?:[？?呀啊呢]|$)"
    r"|(?:(?<![区市省])里头|里面|当中|其中|之中|[里中](?=[，,]))[，,]?(?P<within>[^，,？?]{2,16}?)的?(?:[一总]?共|合计)?[有是占了]{0,2}(?:多少|(?<![哪第好])几)"
)
_DEED = re.compile(r"[\u3400-\u9fff][上到进出过成掉下]")  # 「评上市级专精特新」 names the kind behind the deed
_PRECISE = 0.5  # a word that tells so much names one kind among others
_NO_KIND = frozenset("部分 百分 百分比 比例 数量 总数 总额 金额".split())


def names_another(question: Question, text: str, reading: Reading, world: World) -> bool:
    """Whether what is told is not of the very thing that `text`, the question in Chinese, names."""
    if reading.lead or question.want not in (Want.FIGURE, Want.LIST, Want.NAME):
        return False
    if _of_the_opposite(text, reading, world):
        return True
    if question.want is not Want.FIGURE:
        return False
    said = _passages(reading, world)
    return (
        any(term.whole and not found(term, said) for term in question.terms)
        or _of_another_rate(question, text, said, world)
        or _not_from_there(text, said, world)
        or _not_of_that_kind(text, said, world)
        or _only_what_was_added(text, reading, world)
        or _counted_elsewhere(text, reading, world)
        or _another_of_its_kind(question, text, reading, world)
    )


def _passages(reading: Reading, world: World) -> str:
    """The passages that answer with what stands above them and what their figures are of, in simplified characters."""
    subjects = (fact.subject for fact in world.figures_of(reading))  # 「粮食播种面积…、产量825亿斤」 tells 粮食产量
    texts = (f"{piece.passage.text} {piece.passage.context}" for piece in reading.pieces)
    return simplified(" ".join((*texts, *subjects)))


def _of_the_opposite(text: str, reading: Reading, world: World) -> bool:
    """Whether one of several things that exclude each other is asked about, and another is told of."""
    whole = _passages(reading, world)
    zones = {"条目": whole, "分句": " ".join(_own_clauses(reading, world))}
    for section, groups in opposed().items():
        for group in groups:
            asked = [one for one in group if any(word in text for word in one)]
            if len(asked) != 1 or any(word in zones[section] for word in asked[0]):
                continue
            if any(word in zones[section] for one in group if one is not asked[0] for word in one):
                return True
    return False


def _of_another_rate(question: Question, text: str, said: str, world: World) -> bool:
    """Whether a rate is asked for by a name (「出租率」) that the passages do not say."""
    for match in _RATE.finditer(body_of(text, world.report)):
        name = match.group(1)
        if name in _ANY_RATE or name in said or match.group() in said:
            continue
        if any(match.group() in term.text and found(term, said) for term in question.terms):
            continue  # a longer name of the rate that the report puts otherwise (「网上办理率」)
        words = (world.vocabulary.term(match.group()), world.vocabulary.term(name))
        if not any(found(word, said) for word in words):
            return True
    return False


def _not_from_there(text: str, said: str, world: World) -> bool:
    """Whether people or things from a place are asked about (「贵州来的」) and the passages do not name it."""
    known = f"{said}{world.report.title}全国中国我国"
    named = [place for place in places() if place in text]
    return any(
        place not in known and place[:2] not in known and not any(place in other for other in named if other != place)
        for place in named
    )


def _not_of_that_kind(text: str, said: str, world: World) -> bool:
    """Whether only some are to be counted (「有几家是外国牌子」) and the passages do not say which are."""
    match = _IS_ONE.search(text)
    if not match:
        return False
    terms = world.vocabulary.terms(body_of(match["kind"] or match["within"], world.report))
    named = (term for term in terms if len(term.text) > 1 and term.text not in light() | _NO_KIND)
    return any(not found(term, said) and not _DEED.fullmatch(term.text) for term in named)


def _only_what_was_added(text: str, reading: Reading, world: World) -> bool:
    """Whether all that there is is asked for and only what came new or was altered is told."""
    undated = _BY_THEN.sub("", text)
    if not _ALL_THERE_IS.search(text) or _GROWS.search(text) or _OF_A_YEAR.search(undated):
        return False
    facts = world.figures_of(reading)
    return bool(facts) and all(_ADDED.search(one.subject) and one.change != "累计" for one in facts)


def _counted_elsewhere(text: str, reading: Reading, world: World) -> bool:
    """Whether the very thing asked about is counted elsewhere in the reports, and here another of the same kind.

    「养老床位」 is counted for another year: the 认知症床位 of the asked one are no answer.
    """
    facts = world.figures_of(reading)
    own = _plain(" ".join([*(fact.subject for fact in facts), *_clauses(reading)]))
    names = {name for name in _compounds(_plain(text), world) if name not in own and _is_sister(name, facts)}
    return any(
        _plain(other.subject).endswith(name) and other.unit == facts[0].unit
        for name in names
        for others in world.facts.values()
        for other in others
    )


def _another_of_its_kind(question: Question, text: str, reading: Reading, world: World) -> bool:
    """Whether what is counted has another name before its head than the one asked about (制造业项目, 道路项目).

    What is told says nothing of the name that the question puts there, and the question nothing of its own.
    """
    facts = world.figures_of(reading)
    said = _passages(reading, world)
    return bool(facts) and all(_is_another(question, text, _plain(fact.subject), said) for fact in facts)


def _is_another(question: Question, text: str, subject: str, said: str) -> bool:
    noun = noun_of(subject)
    name, head = noun[:-2], noun[-2:]
    called = any(term.variants and found(term, noun) for term in question.terms)
    if called or len(name) < 2 or any(pair in text for pair in map("".join, pairwise(name))):
        return False
    for term in question.terms:
        at = text.find(term.text)
        before = term.text[: -len(head)] if term.text.endswith(head) else term.text
        stands = len(before) > 1 and at >= 0 and text.startswith(head, at + len(before))
        if stands and _names_a_kind(term) and not _DEED.fullmatch(before) and not found(term, said):
            return True
    return False


def _names_a_kind(term: Term) -> bool:
    return term.weight >= _PRECISE and term.text not in actions() | light()


def _own_clauses(reading: Reading, world: World) -> list[str]:
    """The clauses of the figures told with what they are of; whole stretches where words are told."""
    facts = world.figures_of(reading)
    if not facts:
        return _clauses(reading)
    texts = {piece.passage.id: simplified(piece.passage.text) for piece in reading.pieces}
    around = ((re.split(_STOPS, texts[one.passage][: one.local[0]])[-1], one, texts[one.passage]) for one in facts)
    return [f"{one.subject} {before}{re.split(_STOPS, text[one.local[0] :])[0]}" for before, one, text in around]


def _plain(words: str) -> str:
    return re.sub("[“”]", "", words)


def _clauses(reading: Reading) -> list[str]:
    return [simplified(piece.passage.text[piece.start : piece.end]) for piece in reading.pieces]


def _is_sister(name: str, facts: Sequence[Fact]) -> bool:
    """Whether the figures are all of something that has another name before the same head (养老床位, 认知症床位)."""
    heads = (noun_of(fact.subject).partition(name[-2:]) for fact in facts)
    return bool(facts) and all(before and head for before, head, _ in heads)


def _compounds(text: str, world: World) -> set[str]:
    """The names made of two words in `text` that the report has as well, verbs apart."""
    names: set[str] = set()
    for run in re.findall(r"[\u3400-\u9fff]+", body_of(text, world.report)):
        pieces = [piece for piece, _ in world.vocabulary.cut(run)]
        pairs = [*zip(pieces, pieces[1:], strict=False), *((one[:2], one[2:]) for one in pieces if len(one) == 4)]
        names |= {
            before + head
            for before, head in pairs
            if len(before) > 1 and len(head) == 2 and not {before, head} & (actions() | light())
        }
    return {name for name in names if name in world.vocabulary.unquoted}


__all__ = ["names_another"]
