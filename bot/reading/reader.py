"""Reads the passages found: which of them answer, which exact words are the short answer, or that none does."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.matching import Coverage, found
from bot.question import Kind, Question, Want, asks_who, asks_why, parse, split_asks
from bot.reading.figures import Candidate, excluded
from bot.reading.places import PlaceKind
from bot.reading.names import head_of, names, shortest
from bot.reading.reading import Piece, Reading
from bot.reading.title_page import read_title_page
from bot.reading.world import World
from bot.types import Reason
from corpus.figures import find_figures
from corpus.types import Passage, Status

ANSWER_FROM = 0.5  # share of the question that the answer's place must say; see evals/calibration
ANSWER_FROM_SURE = 0.22  # how probable it must be that the best place answers: most dev questions come out right here
_SURE_ENOUGH = 0.9  # a figure as sure as that needs no comparison with what is said in words
_WORDS_GAIN = 0.1  # a statement without figures must be so much surer than the best figure
_SAME = 0.06  # a second fact this near the best one is as good an answer
_LONG = 110  # a passage longer than this is cut to the sentences that answer


def read(question: Question, world: World) -> Reading:
    """What the report says to `question`."""
    of_the_report = read_title_page(question, world)
    if of_the_report is not None:
        return of_the_report
    parts = split_asks(question.text)
    if len(parts) > 1 and question.want in (Want.FIGURE, Want.NAME, Want.LIST):
        several = _several(question, parts, world)
        if several is not None:
            return several
    return _read_one(question, world)


def _read_one(question: Question, world: World) -> Reading:
    from bot.reading import comparing, judging

    whole = whole_row(question, world)
    if whole is not None:
        return whole

    if question.want is Want.DIFFERENCE:
        return comparing.difference(question, world)
    if question.want is Want.CHOICE:
        return comparing.choice(question, world)
    if question.want is Want.YESNO:
        return judging.judge(question, world)
    if question.want is Want.FIGURE:
        return figure(question, world)
    return words(question, world)


# --- figures -------------------------------------------------------------------------------------------


def rated(question: Question, world: World) -> list[Candidate]:
    """The facts that could answer, of the asked year, best first."""
    found_candidates = world.candidates(question, search_text(question), PlaceKind.FIGURE)
    return [one for one in found_candidates if _of_years(question, one) and not excluded(question, one.fact)]


def _of_years(question: Question, one: Candidate) -> bool:
    """Whether the figure is of an asked year, or of a thing whose name holds that year (「2023年度科学技术奖」)."""
    if not question.years or one.fact.year in question.years:
        return True
    return any(f"{year}年" in one.passage.text[slice(*one.window)] for year in question.years)


def search_text(question: Question) -> str:
    """What is searched for: the question's words and the report's words for them."""
    variants = [variant for term in question.terms for variant in term.variants]
    context = [term.text for term in question.context]
    return " ".join((question.body, *variants, *context)) or question.text


def figure(question: Question, world: World) -> Reading:
    """The figure asked for, a statement without figures that answers as well, or why there is none."""
    best = rated(question, world)
    sure = best[0].sure if best else 0.0
    if not _counts(question) and (question.open or sure < _SURE_ENOUGH):
        in_words = words(question, world, without_figures=not question.open)
        if in_words.answered and in_words.confidence >= sure + _WORDS_GAIN:
            return in_words
    if not good(best):
        return _missing(question, world, best)
    chosen = [best[0]]
    if not question.years and question.status is None:
        other = next((one for one in best[1:] if _other_year_same(one, best[0])), None)
        if other is not None:
            chosen.append(other)
    chosen += _asked_together(question, best)
    pieces = tuple(figure_piece(one) for one in _distinct(chosen))
    return Reading(pieces, confidence=sure, read=tuple(piece.passage.id for piece in pieces))


def _counts(question: Question) -> bool:
    """Whether only a figure in some unit can answer (「多少家」, 「面积」)."""
    return bool(question.units) and question.kind is None and "%" not in question.units


def good(best: Sequence[Candidate]) -> bool:
    """Whether the best candidate, if there is one, is sure enough to be the answer."""
    return bool(best) and best[0].sure >= ANSWER_FROM_SURE


def _distinct(chosen: Sequence[Candidate]) -> list[Candidate]:
    return list({(one.passage.id, one.fact.local): one for one in chosen}.values())


def _other_year_same(one: Candidate, best: Candidate) -> bool:
    return one.fact.year != best.fact.year and one.fact.unit == best.fact.unit and best.score - one.score < _SAME


def _asked_together(question: Question, best: Sequence[Candidate]) -> list[Candidate]:
    """Further figures that 「分别」 or 「各」 asks for: those whose own words the question names as well."""
    if not (question.open or re.search(r"分别|各(?:是|有|为|多少|自)|各$|各几", question.asks)):
        return []
    first = best[0]
    chosen: list[Candidate] = []
    for one in best[1:]:
        if one.fact.unit != first.fact.unit and one.passage.id != first.passage.id:
            continue
        own = set(one.fact.subject)
        if one.passage.id == first.passage.id and one.score > first.score - 0.25 and len(own) and _names_it(question, one, first):
            chosen.append(one)
    return sorted((first, *chosen), key=lambda one: one.fact.local)


def _names_it(question: Question, one: Candidate, first: Candidate) -> bool:
    """Whether the question names what `one` counts by a word that `first` does not have."""
    return any(
        term.strong and found(term, one.fact.subject) >= 0.9 and found(term, first.fact.subject) < 0.9
        for term in question.terms
    )


def figure_piece(one: Candidate) -> Piece:
    """The stretch of the passage that says the figure and of what."""
    text, fact = one.passage.text, one.fact
    start, end = window(text, *fact.local, fact.subject)
    return Piece(one.passage, start, end, label(one.passage, fact.year, fact.status), (short_of(text, fact.local),))


def short_of(text: str, local: tuple[int, int]) -> str:
    """A figure as the passage writes it, its qualifier included."""
    return text[slice(*local)].strip()


def window(text: str, start: int, end: int, subject: str = "") -> tuple[int, int]:
    """The shortest run of clauses around `[start, end)` that also holds the words of `subject`."""
    left = max((text.rfind(mark, 0, start) for mark in "，,；;。！？"), default=-1) + 1
    stops = [place for mark in "，,；;。！？、" if (place := text.find(mark, end)) >= 0]
    right = min(stops, default=len(text))
    wanted = subject[:4]
    while wanted and wanted not in text[left:right] and left > 0:
        before = max((text.rfind(mark, 0, left - 1) for mark in "，,；;。！？"), default=-1) + 1
        if wanted not in text[:right] or text[left - 1] in "。！？":
            break
        left = before
    return left, right


def label(passage: Passage, year: int | None, status: Status | None) -> str:
    """What is said before a quotation: the year, and whether it is done, expected or aimed at."""
    if year is None:
        return ""
    return f"{year}年"


def _missing(question: Question, world: World, best: Sequence[Candidate]) -> Reading:
    nearest = tuple(figure_piece(one) for one in best[:2])
    return Reading(reason=Reason.MISSING_FIGURE, nearest=nearest, confidence=best[0].sure if best else 0.0)


# --- several figures or names in one question -----------------------------------------------------------


def _several(question: Question, texts: Sequence[str], world: World) -> Reading | None:
    """The answers to all parts of a question, each alone or, where one fails, all in one passage; None without."""
    parts = _parts(question, texts, world)
    readings: list[Reading] = []
    for part in parts:
        reading = _read_one(part, world)
        if not reading.answered:
            return _in_one_passage(question, parts, world)
        readings.append(reading)
    return _joined(readings)


def _parts(question: Question, texts: Sequence[str], world: World) -> list[Question]:
    parts: list[Question] = []
    for text in texts:
        part = parse(text, world.report, world.vocabulary)
        part = replace(part, years=part.years or question.years, status=part.status or question.status)
        before = parts[0].terms if parts else ()
        if before and not any(term.strong for term in part.terms):
            part = replace(part, terms=(*before, *part.terms))
        else:
            part = replace(part, context=before or question.context)
        if re.search(r"呢[？?。]?$", text) and not part.units and parts:
            part = replace(part, want=parts[0].want, units=parts[0].units, kind=part.kind or parts[0].kind)
        parts.append(part)
    return parts


def _joined(readings: Sequence[Reading]) -> Reading:
    pieces = tuple(dict.fromkeys(piece for reading in readings for piece in reading.pieces))
    shorts = tuple(dict.fromkeys(short for reading in readings for short in shorts_of(reading)))
    sure = min(reading.confidence for reading in readings)
    return Reading(pieces, short=shorts, confidence=sure, read=tuple(piece.passage.id for piece in pieces))


def _in_one_passage(question: Question, parts: Sequence[Question], world: World) -> Reading | None:
    """Several figures of one passage: the passage that fits the whole question, each figure by its own unit and words."""
    if any(part.want is not Want.FIGURE for part in parts):
        return None
    whole = rated(replace(question, units=frozenset(), kind=None, asks=""), world)
    if not good(whole):
        return None
    passage = whole[0].passage.id
    chosen: list[Candidate] = []
    for part in parts:
        mine = [one for one in rated(part, world) if one.passage.id == passage and one.fact not in [c.fact for c in chosen]]
        if not mine:
            return None
        chosen.append(mine[0])
    pieces = tuple(figure_piece(one) for one in chosen)
    return Reading(pieces, confidence=whole[0].sure, read=(passage,))


def shorts_of(reading: Reading) -> tuple[str, ...]:
    """The short answers of a reading: its own, or those of its pieces."""
    return reading.short or tuple(dict.fromkeys(short for piece in reading.pieces for short in piece.short))


# --- a whole row of a table -------------------------------------------------------------------------------

_MOST_ITEMS = 12


_WHOLE_TOPIC = re.compile(r"做了什么|做了哪些|干了什么|干了啥|做了啥|有什么(?:举措|措施|进展|安排|动作|成绩)|有哪些(?:举措|措施|进展|安排|工作|成绩)|哪些(?:举措|措施|进展|工作)|总结|概括|情况(?:如何|怎么样|怎样)")


def _says_all(question: Question, row: str) -> bool:
    telling = [term for term in question.terms if term.strong]
    return bool(telling) and all(found(term, row) >= 0.9 or term.text in row for term in telling)


def whole_row(question: Question, world: World) -> Reading | None:
    """All items of a row, where the question asks for nothing but what stands in it (「大徐家汇功能区2025年的主要任务」)."""
    if question.want in (Want.DATE, Want.YESNO, Want.DIFFERENCE, Want.CHOICE) or question.units:
        return None
    rows = {passage.row for passage in world.passages if passage.row and len(passage.row) > 3 and not passage.cells}
    row = max((row for row in rows if row in question.text), key=len, default=None)
    if row is None and question.want is Want.TEXT and _WHOLE_TOPIC.search(question.asks):
        row = next((row for row in sorted(rows) if _says_all(question, row)), None)
    if row is None or not _says_all(question, row):
        return None
    items = [passage for passage in world.passages if passage.row == row]
    items = [one for one in items if not question.years or one.year in question.years]
    if question.status and not question.years:
        items = [one for one in items if one.status is question.status] or items
    if not items or len(items) > _MOST_ITEMS:
        return None
    pieces = tuple(Piece(one, 0, len(one.text), label(one, one.year, one.status)) for one in items)
    return Reading(pieces, short=(), confidence=1.0, read=tuple(one.id for one in items))


# --- names, lists, descriptions -------------------------------------------------------------------------


def best_clauses(question: Question, world: World, *, without_figures: bool = False) -> list[Candidate]:
    """The sentences (or the clauses without figures) that could answer, of the asked year, best first."""
    kind = PlaceKind.CLAUSE if without_figures else PlaceKind.SENTENCE
    years = question.years
    return [
        one
        for one in world.candidates(question, search_text(question), kind)
        if not years or one.passage.year is None or one.passage.year in years
    ]


def words(question: Question, world: World, *, without_figures: bool = False) -> Reading:
    """The name, list, date or description asked for, or why there is none."""
    best = best_clauses(question, world, without_figures=without_figures)
    if not good(best):
        nearest = tuple(Piece(one.passage, *one.window) for one in best[:2])
        return Reading(
            reason=Reason.MISSING_FIGURE, nearest=nearest, confidence=best[0].sure if best else 0.0
        )
    passage, (start, end) = best[0].passage, best[0].window
    if not _can_say(question, passage.text[start:end], passage):
        nearest = (Piece(passage, start, end),)
        return Reading(reason=Reason.MISSING_FIGURE, nearest=nearest, confidence=best[0].sure)
    shorts = _shorts(question, passage, start, end, world)
    if _DESCRIBES.search(question.asks):
        return _described(question, best)
    said = label(passage, passage.year, passage.status)
    piece = Piece(passage, *_shown(passage.text, start, end), said, shorts)
    lead = f"{passage.row}：" if passage.row in shorts else ""
    return Reading((piece,), lead=lead, confidence=best[0].sure, read=(passage.id,))


_DESCRIBES = re.compile(r"是什么[？?。]?$|什么是|介绍|说说|讲讲|是干什么|是做什么|什么意思|是个?什么(?:东西|地方|机构|组织|项目|平台|概念)")
_MOST_SENTENCES = 3


def _described(question: Question, best: Sequence[Candidate]) -> Reading:
    """The sentences that speak of the very thing asked about, at most three."""
    telling = [i for i, term in enumerate(question.terms) if term.strong]
    chosen = [one for one in best if all(one.coverage.values[i] >= _SAID for i in telling)][:_MOST_SENTENCES] or [best[0]]
    chosen = list({one.passage.id: one for one in reversed(chosen)}.values())[::-1]
    pieces = tuple(
        Piece(one.passage, *_shown(one.passage.text, *one.window), label(one.passage, one.passage.year, one.passage.status))
        for one in chosen
    )
    return Reading(pieces, confidence=best[0].sure, read=tuple(one.passage.id for one in chosen))


_SAID = 0.8  # so surely a sentence itself must name the thing
_CAUSE = re.compile(r"因|由于|受.{2,12}影响|为了|为.{1,8}(?:提供|打牢)|原因|以.{2,10}为目标|旨在")
_PERSON = re.compile(r"(?:主任|区长|市长|省长|书记|县长|主席|代表|委员长|局长)\s*[\u3400-\u9fff]{2,4}$|[\u3400-\u9fff]{2,3}同志")


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
    if question.want is Want.TEXT:
        return ()
    ordinal = re.search(r"第几([\u3400-\u9fff])", question.asks)
    if ordinal:
        return tuple(re.findall(rf"第[一二三四五六七八九十\d]+{ordinal.group(1)}", text))[:1]
    head = head_of(question)
    if head and passage.row and passage.row.endswith(head[-3:]) and passage.row not in question.text:
        return (passage.row,)
    return shortest(names(question, _focus(question, text), world.vocabulary)) or shortest(
        names(question, text, world.vocabulary)
    )


def _dates(text: str) -> tuple[str, ...]:
    found_dates = re.findall(r"20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|20\d\d(?=年?[）)])|\d{1,2}月\d{1,2}日", text)
    return tuple(sorted(dict.fromkeys(found_dates), key=len, reverse=True))[:1]


def _shown(text: str, start: int, end: int) -> tuple[int, int]:
    return (0, len(text)) if len(text) <= _LONG else (start, end)


def _focus(question: Question, sentence: str) -> str:
    """The clause of the sentence that holds most of the question's words, with the one before it."""
    clauses = [match for match in re.finditer(r"[^，,：]+", sentence)]
    if len(clauses) < 2:
        return sentence
    def value(text: str) -> float:
        return sum(term.weight * found(term, text) for term in question.terms)
    best = max(range(len(clauses)), key=lambda i: (value(clauses[i].group()), -i))
    return clauses[best].group()


def claims_of(question: Question) -> list[object]:
    """The figures that the question states itself."""
    return list(question.claims) or list(find_figures(question.text))


__all__ = ["Kind", "best_clauses", "figure", "figure_piece", "rated", "read", "shorts_of", "window", "words"]
