"""Names, lists, dates and descriptions: what the report says in words."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.question import Question, Want, asks_who, asks_why
from bot.reading.dated import times, year_of_deed
from bot.reading.figures import Candidate
from bot.reading.finding import best_clauses, good
from bot.reading.heads import head_of, kind_of
from bot.reading.names import focus, names, shortest
from bot.reading.phrases import clauses, repeats
from bot.reading.pieces import label, shown
from bot.reading.points import points
from bot.reading.reading import Piece, Reading
from bot.reading.roles import alternatives, asks_role, by_role
from bot.reading.telling import does_what, doing, meaning, telling_clauses
from bot.reading.world import World
from bot.types import Reason
from corpus.types import Passage


def words(question: Question, world: World, *, without_figures: bool = False) -> Reading:
    """The name, list, date or description asked for, or why there is none."""
    best = best_clauses(question, world, without_figures=without_figures)
    if asks_role(question):
        near = (one for one in best if one.sure >= _NEARLY * best[0].sure)
        best = [one for one in near if by_role(question, clauses(one.place.text))] or best
    if not good(best, question) or _is_unheard_of(question, world):
        nearest = tuple(Piece(one.passage, *one.window) for one in best[:2])
        return Reading(reason=Reason.MISSING_FIGURE, nearest=nearest, confidence=best[0].sure if best else 0.0)
    return said_in_words(question, best, world)


_NEARLY = 0.4  # of what the best place is worth, so much is one that names whom the question asks for


def _is_unheard_of(question: Question, world: World) -> bool:
    """Whether things of a kind are asked for that the reports nowhere name, not even in part (「哪些灯塔竣工了」)."""
    if question.want not in (Want.NAME, Want.LIST) or question.open or _ANY_KIND.search(question.asks):
        return False
    kind = kind_of(question, world.vocabulary)
    noun = next((term for term in question.terms if term.text == kind), None)
    if noun is None or noun.known or noun.variants or noun.text[-1] in "上里中内下边":
        return False
    return not any("".join(pair) in world.vocabulary.all for pair in pairwise(noun.text))


_ANY_KIND = re.compile(
    r"哪里|哪儿|[哪何什么啥](?:[一几些两三个条座所处家样种]*)(?:地|名|方|别|做|办|年|程|动|东|样|事|人|时|属|性|级|状|成|水|结|称|绰|外)|叫(?:什么|啥)|谁"
)


def said_in_words(question: Question, best: Sequence[Candidate], world: World) -> Reading:
    """What the best of the places says in words, or why it does not answer."""
    passage, (start, end) = best[0].passage, best[0].window
    if not _can_say(question, passage.text[start:end], passage):
        of_year = year_of_deed(question, best)
        if of_year is not None:
            return of_year
        nearest = (Piece(passage, start, end),)
        return Reading(reason=Reason.MISSING_FIGURE, nearest=nearest, confidence=best[0].sure)
    told = points(question, best[0], world)
    if told is not None:
        return told
    if _DESCRIBES.search(question.asks) and not _STRETCH.search(question.asks):
        return _described(question, best)
    end = _and_what_follows(question, passage, start, end)
    shorts = _shorts(question, passage, start, end, world)
    lead_in = label(passage, passage.year, passage.status)
    piece = Piece(passage, *shown(passage.text, start, end), lead_in, shorts)
    lead = f"{passage.row}：" if passage.row in shorts else ""
    return Reading((piece,), lead=lead, confidence=best[0].sure, read=(passage.id,))


_DESCRIBES = re.compile(
    r"是什么[？?。]?$|什么是|介绍|说说|讲讲|是干什么|是做什么|什么意思|(?<!的)[是算]个?什么(?:性质|样|东西|"
    r"地方|机构|组织|项目|平台|概念)"
)
_MOST_SENTENCES = 3
_SAYS_NO_MORE = 4  # a sentence with so few characters besides the question's own tells nothing yet


def _and_what_follows(question: Question, passage: Passage, start: int, end: int) -> int:
    """The end of the sentence, or of the next one where this one only repeats the question (「促进文旅融合。」)."""
    rest = re.sub(r"[^\u3400-\u9fff]", "", passage.text[start:end])
    for term in question.terms:
        for word in (term.text, *term.variants):
            rest = rest.replace(word, "")
    if len(rest) > _SAYS_NO_MORE or end >= len(passage.text) or passage.cells:
        return end
    following = re.compile(r"[^。！？]{2,}[。！？]?").search(passage.text, end)
    return following.end() if following else end


def _described(question: Question, best: Sequence[Candidate]) -> Reading:
    """The sentences that speak of the very thing asked about, at most three."""
    telling = [i for i, term in enumerate(question.terms) if term.strong]
    chosen = [one for one in best if all(one.coverage.values[i] >= _SAID for i in telling)][:_MOST_SENTENCES] or [
        best[0]
    ]
    chosen = list({one.passage.id: one for one in reversed(chosen)}.values())[::-1]
    meant = {one.passage.id: meaning(question, one.passage.text[slice(*one.window)]) for one in best if _clear(one)}
    telling_what = next((one for one in best if meant.get(one.passage.id)), None)
    if telling_what is None and does_what(question):
        done = {one.passage.id: doing(question, one.passage.text[slice(*one.window)]) for one in best if _clear(one)}
        meant, telling_what = done, next((one for one in best if done.get(one.passage.id)), None)
    if telling_what is not None:
        chosen = [telling_what, *(one for one in chosen if one.passage.id != telling_what.passage.id)][:_MOST_SENTENCES]
    pieces = []
    for i, one in enumerate(chosen):
        start, end = one.window
        end = _and_what_follows(question, one.passage, start, end) if i == 0 else end
        shorts = (meant.get(one.passage.id) or _said_of(question, one.passage, start, end)) if i == 0 else []
        stretch = shown(one.passage.text, start, end)
        pieces.append(
            Piece(one.passage, *stretch, label(one.passage, one.passage.year, one.passage.status), shortest(shorts))
        )
    return Reading(tuple(pieces), confidence=best[0].sure, read=tuple(one.passage.id for one in chosen))


def _clear(one: Candidate) -> bool:
    return one.coverage.share >= _SAID


def _said_of(question: Question, passage: Passage, start: int, end: int) -> list[str]:
    if passage.cells:
        return list(_cells(question, passage))
    return telling_clauses(question, passage.text[start:end])


_SAID = 0.8  # so surely a sentence itself must name the thing
# By whom something is done is told only where the deed is (「由哪家公司承建」).
_AGENT = re.compile(
    r"(?:由|被|是)?(?:谁|哪[一几些]?[家个位]|什么)[\u3400-\u9fff\s]{0,6}?(?P<deed>承建|承包|承办|设计|施工|出资|投资|赞助|开发|建造|运营|供应|监理|收购)(?!的?[商区园者])"
)
_TRADE = re.compile(
    r"哪[一几些]?[家个位]?\s*(?P<trade>开发商|承建商|施工方|施工单位|施工队|建筑公司|设计院|设计公司|运营商|供应商|投资方|投资人)"
)
# 「承建单位是谁」: told where that body is named, or by whom it is done (「由甲公司承建」).
_BODY = re.compile(
    r"(?P<deed>承建|承包|承办|主办|设计|施工|出资|投资|赞助|开发|建设|建造|运营|供应|供餐|监理|管理|主管|牵头|产权)"
    r"(?P<body>单位|方|商|部门|公司|机构|主体)\s*(?:是|叫|为)?\s*(?:谁|哪)"
)
_CAUSE = re.compile(r"因|由于|受.{2,12}影响|为了|为.{1,8}(?:提供|打牢)|原因|以.{2,10}为目标|旨在")
_PERSON = re.compile(
    r"(?:主任|区长|市长|省长|书记|县长|主席|代表|委员长|局长)\s*[\u3400-\u9fff]{2,4}$|[\u3400-\u9fff]{2,3}同志"
)


def _can_say(question: Question, text: str, passage: Passage) -> bool:
    """Whether the text holds what the question asks for at all: a date, a person, a reason."""
    if question.want is Want.DATE:
        return bool(times(question, text))
    if asks_why(question):
        return _CAUSE.search(text) is not None
    if asks_who(question):
        return _PERSON.search(passage.text) is not None or bool(by_role(question, clauses(text)))
    trade = _TRADE.search(question.asks)
    if trade and trade["trade"][-2:] not in passage.text:
        return False
    body = _BODY.search(question.asks)
    if body:
        return re.search(rf"{body['deed']}{body['body']}|由[^，；。]+{body['deed']}", passage.text) is not None
    agent = _AGENT.search(question.asks)
    return agent is None or agent["deed"] in passage.text


def _shorts(question: Question, passage: Passage, start: int, end: int, world: World) -> tuple[str, ...]:
    text = passage.text[start:end]
    period = _PERIOD.search(text) if _WHICH_YEARS.search(question.asks) else None
    if period:
        return (period.group(),)
    if question.want is Want.DATE:
        return times(question, focus(question, text, world.vocabulary)) or times(question, text)
    if passage.cells:
        return _cells(question, passage)
    medals = _MEDALS.search(text) if _ASKS_MEDALS.search(question.asks) else None
    if medals:
        return (medals.group(),)
    meant = meaning(question, text)
    if meant:
        return shortest(meant)
    if question.want is Want.TEXT:
        return shortest(telling_clauses(question, text))
    stretch = _STRETCH.search(question.asks) and _stretch(question, focus(question, text, world.vocabulary))
    if stretch:
        return (stretch,)
    ordinal = re.search(r"第几([\u3400-\u9fff])", question.asks)
    if ordinal:
        clause = focus(question, text, world.vocabulary)
        return tuple(re.findall(rf"第?(?:[一二三四五六七八九十]+|\d+(?:\.\d+)?){ordinal.group(1)}", clause))
    head = head_of(question)
    if head and passage.row and passage.row.endswith(head[-3:]) and passage.row not in question.text:
        return (passage.row,)
    return shortest(_names(question, text, world))


def _names(question: Question, text: str, world: World) -> list[str]:
    """The names that answer, or what is told of them where the question names them all itself."""
    told = names(question, text, world.vocabulary)
    known = not alternatives(question) and all(repeats(name, question) for name in told)
    return telling_clauses(question, text) if known else told


def _stretch(question: Question, clause: str) -> str:
    """The stretch in brackets that stands behind what the question names, or the first one."""
    found_stretches = list(_IN_BRACKETS.finditer(clause))
    behind = [one for one in found_stretches if any(clause[: one.start()].endswith(t.text) for t in question.terms)]
    return next((one.group(1) for one in (*behind, *found_stretches)), "")


_ASKS_MEDALS = re.compile(r"奖牌|[金银铜]牌|几[金银铜]|成绩|名次|战绩")
_MEDALS = re.compile(r"(?:\d+(?:枚)?[金银铜]牌?[、，]?)+(?<![、，])")
_WHICH_YEARS = re.compile(r"年份|哪几年|哪一?年(?:起|开始)?[^，,]{0,3}到哪一?年|起止|年限|规划期|期限")
_PERIOD = re.compile(r"20\d\d年?[-—－至到]20\d\d年?")
_STRETCH = re.compile(r"哪一?[段截]|从哪.{0,6}到哪|起止|起讫|路段(?:名称)?是(?:什么|哪)")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{2,20}[-—至到][^（）()]{2,20})[）)]")
_WHICH_ROW = re.compile(r"哪一?项|哪一?个|哪些|什么指标|指标是什么|叫什么|名称")


def _asks_for(header: str, text: str) -> bool:
    """Whether a question names a column, with or without its year (「目标值」 for 「2025年目标」)."""
    bare = re.sub(r"20\d\d年|\s", "", header)
    return header in text or (len(bare) > 1 and bare in text)


def _cells(question: Question, passage: Passage) -> tuple[str, ...]:
    """The cells of a row that a question asks for: its label, the columns it names, or else the last one."""
    named = [cell.text for cell in passage.cells if cell.header and _asks_for(cell.header, question.text)]
    chosen = [cell.text for cell in passage.cells if cell.text in question.text and cell.text != passage.row]
    if "还是" in question.text and chosen:
        return shortest(chosen)
    if passage.row and passage.row not in question.text and _WHICH_ROW.search(question.asks):
        return shortest([passage.row, *named])
    return shortest(named or [passage.cells[-1].text])
