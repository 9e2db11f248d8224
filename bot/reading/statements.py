"""Names, lists, dates and descriptions: what the report says in words."""

import re
from collections.abc import Sequence

from bot.matching import found
from bot.question import Question, Want, asks_who, asks_why
from bot.reading.figures import Candidate
from bot.reading.finding import best_clauses, good
from bot.reading.names import head_of, names, shortest
from bot.reading.pieces import label, shown
from bot.reading.reading import Piece, Reading
from bot.reading.world import World
from bot.types import Reason
from corpus.types import Passage


def words(question: Question, world: World, *, without_figures: bool = False) -> Reading:
    """The name, list, date or description asked for, or why there is none."""
    best = best_clauses(question, world, without_figures=without_figures)
    if not good(best):
        nearest = tuple(Piece(one.passage, *one.window) for one in best[:2])
        return Reading(reason=Reason.MISSING_FIGURE, nearest=nearest, confidence=best[0].sure if best else 0.0)
    passage, (start, end) = best[0].passage, best[0].window
    if not _can_say(question, passage.text[start:end], passage):
        nearest = (Piece(passage, start, end),)
        return Reading(reason=Reason.MISSING_FIGURE, nearest=nearest, confidence=best[0].sure)
    shorts = _shorts(question, passage, start, end, world)
    if _DESCRIBES.search(question.asks):
        return _described(question, best)
    said = label(passage, passage.year, passage.status)
    piece = Piece(passage, *shown(passage.text, start, end), said, shorts)
    lead = f"{passage.row}：" if passage.row in shorts else ""
    return Reading((piece,), lead=lead, confidence=best[0].sure, read=(passage.id,))


_DESCRIBES = re.compile(
    r"是什么[？?。]?$|什么是|介绍|说说|讲讲|是干什么|是做什么|什么意思|是个?什么(?:东西|"
    r"地方|机构|组织|项目|平台|概念)"
)
_MOST_SENTENCES = 3


def _described(question: Question, best: Sequence[Candidate]) -> Reading:
    """The sentences that speak of the very thing asked about, at most three."""
    telling = [i for i, term in enumerate(question.terms) if term.strong]
    chosen = [one for one in best if all(one.coverage.values[i] >= _SAID for i in telling)][:_MOST_SENTENCES] or [
        best[0]
    ]
    chosen = list({one.passage.id: one for one in reversed(chosen)}.values())[::-1]
    pieces = tuple(
        Piece(
            one.passage,
            *shown(one.passage.text, *one.window),
            label(one.passage, one.passage.year, one.passage.status),
        )
        for one in chosen
    )
    return Reading(pieces, confidence=best[0].sure, read=tuple(one.passage.id for one in chosen))


_SAID = 0.8  # so surely a sentence itself must name the thing
_CAUSE = re.compile(r"因|由于|受.{2,12}影响|为了|为.{1,8}(?:提供|打牢)|原因|以.{2,10}为目标|旨在")
_PERSON = re.compile(
    r"(?:主任|区长|市长|省长|书记|县长|主席|代表|委员长|局长)\s*[\u3400-\u9fff]{2,4}$|[\u3400-\u9fff]{2,3}同志"
)


def _can_say(question: Question, text: str, passage: Passage) -> bool:
    """Whether the text holds what the question asks for at all: a date, a person, a reason."""
    if question.want is Want.DATE:
        return bool(_dates(text))
    if asks_why(question):
        return _CAUSE.search(text) is not None
    if asks_who(question):
        return _PERSON.search(passage.text) is not None
    return True


def _shorts(question: Question, passage: Passage, start: int, end: int, world: World) -> tuple[str, ...]:
    text = passage.text[start:end]
    if question.want is Want.DATE:
        return _dates(text)
    if passage.cells:
        return _cells(question, passage)
    if question.want is Want.TEXT:
        return shortest([remainder(question, text)])
    stretch = _STRETCH.search(question.asks) and _IN_BRACKETS.search(text)
    if stretch:
        return (stretch.group(1),)
    ordinal = re.search(r"第几([\u3400-\u9fff])", question.asks)
    if ordinal:
        return tuple(re.findall(rf"第[一二三四五六七八九十\d]+{ordinal.group(1)}", text))[:1]
    head = head_of(question)
    if head and passage.row and passage.row.endswith(head[-3:]) and passage.row not in question.text:
        return (passage.row,)
    return shortest(names(question, _focus(question, text), world.vocabulary)) or shortest(
        names(question, text, world.vocabulary)
    )


_STRETCH = re.compile(r"哪一?[段截]|从哪.{0,6}到哪|起止")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{2,20}[-—至到][^（）()]{2,20})[）)]")
_WHICH_ROW = re.compile(r"哪一?项|哪一?个|哪些|什么指标|指标是什么|叫什么|名称")


def _cells(question: Question, passage: Passage) -> tuple[str, ...]:
    """The cells of a row that a question asks for: its label, the columns it names, or else the last one."""
    named = [cell.text for cell in passage.cells if cell.header and cell.header in question.text]
    if passage.row and passage.row not in question.text and _WHICH_ROW.search(question.asks):
        return shortest([passage.row, *named])
    return shortest(named or [passage.cells[-1].text])


def remainder(question: Question, sentence: str) -> str:
    """What a sentence says of the thing asked about: its words after the question's, or the next clause."""
    parts = [match for match in re.finditer(r"[^，,；;。：:]+", sentence)]
    if not parts:
        return ""
    best = max(range(len(parts)), key=lambda i: (_said(question, parts[i].group()), -i))
    clause = parts[best].group()
    words_asked = [word for term in question.terms for word in (term.text, *term.variants) if word in clause]
    after = max((clause.rfind(word) + len(word) for word in words_asked), default=0)
    rest = clause[after:].strip(" ，,、”")
    if len(rest) > 1:
        return rest
    return parts[best + 1].group().strip() if best + 1 < len(parts) else clause


def _dates(text: str) -> tuple[str, ...]:
    found_dates = re.findall(r"20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|20\d\d(?=年?[）)])|\d{1,2}月\d{1,2}日", text)
    return tuple(sorted(dict.fromkeys(found_dates), key=len, reverse=True))[:1]


def _focus(question: Question, sentence: str) -> str:
    """The clause of the sentence that says most of the question, a list or the asked kind of thing counting too."""
    parts = [match.group() for match in re.finditer(r"[^，,：]+", sentence)]
    if len(parts) < 2:
        return sentence
    head = head_of(question)
    counted = _COUNTED.search(question.asks)
    wanted = _NUMERALS.index(counted.group(1)) + 2 if counted else 0

    def value(i: int) -> tuple[float, int]:
        text = parts[i]
        members = text.count("、") + 1
        bonus = 0.5 * (question.want is Want.LIST and members > 1) + 0.2 * bool(head and head[-2:] in text)
        return _said(question, text) + bonus + 0.6 * (wanted > 1 and members == wanted), -i

    return parts[max(range(len(parts)), key=value)]


_NUMERALS = "两三四五六七八九十"
_COUNTED = re.compile(rf"哪([{_NUMERALS}])")


def _said(question: Question, text: str) -> float:
    return sum(term.weight * found(term, text) for term in question.terms)
