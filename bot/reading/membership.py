"""Lists of which a question names a member itself: those besides it, and whether it is one of them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.matching import found
from bot.question import Question, Want, parse
from bot.reading.finding import best_clauses
from bot.reading.pieces import label
from bot.reading.reading import Piece, Reading
from bot.reading.world import World
from bot.types import Reason

_BESIDES = re.compile(
    r"[里中内]?[，,]?\s*除(?:了|去|开)?(?P<one>[^，,？?]{2,30}?)(?:(?:之|以)?外的?[，,]?|[，,]|(?=还))(?=.*(?:哪|什么|啥|谁))"
)
_OTHER_THAN = re.compile(r"^(?P<one>[^，,？?除]{2,30}?)(?:之外|以外)(?:的)?[，,]?(?=.*(?:哪|什么|啥|谁))")
_MORE = re.compile(r"(?:还|另外|其他|其余|别的)(?:还|另外)?(?=[^，,？?]{0,10}(?:哪|什么|啥|谁))")
_OPENLY = re.compile(r"(?:都|分别)?(?:有|是)?(?:谁|什么|啥)[？?]?$")
_IN_IT = (
    re.compile(
        r"^(?P<all>[^，,？?]{2,}?)(?:都|是否|是不是|有没有|到底)?(?:包括|包含|涵盖|包不包括|含不含|[里中]面?有没?有?)(?:了|着)?"
        r"(?P<one>[^，,？?]{2,}?)(?:没有?|在内)?(?:吗|么)?[？?\s]*$"
    ),
    re.compile(
        r"^(?P<one>[^，,？?]{2,}?)(?:是不是|是否|算不算|属不属于|属于|在不在|也?[是算在])(?P<all>[^，,？?]{2,}?)"
        r"(?:之一|里面?|之列|当中|其中(?:之一|一[个家项]))(?:吗|么)?[？?\s]*$"
    ),
)
_SURELY = 0.8
_LEAST = 2
_NEAR = 5
_MOST = 0.6
_NO_NAME = re.compile(r"\d|[百千万亿成]|多少|哪|什么|[了过好完]$")


def besides(question: Question, world: World) -> Reading | None:
    """The members of a list beside the one that the question names (「除了甲，还有哪些」); None where it is none."""
    named = _BESIDES.search(question.text) or _OTHER_THAN.search(question.text)
    if named is None:
        return None
    ones = [one for one in re.split("[、和与]", named["one"]) if len(one) > 1]
    rest = _MORE.sub("", f"{question.text[: named.start()]}{question.text[named.end() :]}", count=1)
    from bot.reading.reader import shorts_of

    for text in (_OPENLY.sub("有哪些", rest), question.text):
        told = _list_of(text, question, world)
        members = shorts_of(told) if told else ()
        left = tuple(short for short in members if not any(_is(one, short, world) for one in ones))
        if told is not None and 0 < len(left) < len(members):
            return replace(told, short=left, lead="")
    return None


def is_member(question: Question, world: World) -> Reading | None:
    """Whether a list has the member that the question names (「T包括甲吗」); None where it asks for something else."""
    from bot.reading.reader import shorts_of

    asked = next((match for way in _IN_IT if (match := way.search(question.text))), None)
    if asked is None or _NO_NAME.search(asked["one"]) or _is_place(asked["one"], world):
        return None
    told = _list_of(f"{asked['all']}有哪些", question, world)
    if told is not None and _is_told(asked["one"], shorts_of(told), world):
        return _verdict("是", told)
    ground = _said_of_it(question, asked, world)
    if ground is not None:
        return _verdict("是", ground)
    shown = [f"{_shown(piece)} {piece.passage.context}" for piece in told.pieces] if told else []
    if told is not None and not _is_told(asked["one"], shown, world) and _is_of(asked["all"], " ".join(shown), world):
        return _verdict("否", told)
    return Reading(reason=Reason.MISSING_FIGURE, nearest=told.pieces[:1] if told else ())


def _is_place(one: str, world: World) -> bool:
    """Whether the one named is the report's own place (「首批实践区里有徐汇吗」)."""
    place = world.report.place
    return one in (place, place[:-1]) or re.fullmatch(r"(?:我们?|咱们?|本)[区市省县]?|这里", one) is not None


def _verdict(said: str, ground: Reading) -> Reading:
    return replace(ground, short=(said,), lead=f"{said}。")


def _is_told(one: str, texts: Sequence[str], world: World) -> bool:
    return any(_is(one, text, world) for text in texts)


def _is_of(whole: str, text: str, world: World) -> bool:
    """Whether a place is surely of the whole that is named: it says all words of it that tell."""
    return all(found(term, text) >= _SURELY for term in world.vocabulary.terms(whole) if term.strong and term.known)


def _said_of_it(question: Question, asked: re.Match[str], world: World) -> Reading | None:
    """The place that speaks of the one named and says most of what the whole is."""
    terms = [term for term in world.vocabulary.terms(asked["all"]) if term.strong]
    total = sum(term.weight for term in terms)
    for one in best_clauses(question, world)[:_NEAR]:
        text = f"{one.place.text} {one.passage.row or ''}"
        said = sum(term.weight for term in terms if found(term, text) >= _SURELY)
        if total and said >= _MOST * total and _is(asked["one"], one.place.text, world):
            piece = Piece(one.passage, *one.window, label(one.passage, one.passage.year, one.passage.status))
            return Reading((piece,), confidence=one.coverage.share, read=(one.passage.id,))
    return None


def _list_of(text: str, question: Question, world: World) -> Reading | None:
    """The list of at least two that answers `text`; None where none does."""
    from bot.reading.reader import read_one, shorts_of

    asked = replace(parse(text, world.report, world.vocabulary), want=Want.LIST)
    if not any(term.strong for term in asked.terms):
        return None
    told = read_one(replace(asked, years=asked.years or question.years), world)
    return told if told.answered and len(shorts_of(told)) >= _LEAST else None


def _shown(piece: Piece) -> str:
    return piece.passage.text[piece.start : piece.end]


def _is(one: str, member: str, world: World) -> bool:
    """Whether a member is the one that is named: the same words, or what stands for them."""
    if _plain(one) in _plain(member) or _plain(member) in _plain(one):
        return True
    terms = [term for term in world.vocabulary.terms(one) if term.strong]
    return bool(terms) and all(found(term, member) >= _SURELY for term in terms)


def _plain(text: str) -> str:
    return re.sub(r"[\s“”《》]|的$", "", text)
