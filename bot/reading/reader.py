"""Reads the passages found: which of them answer, which exact words are the short answer, or that none does."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.matching import Zone, coverage, found
from bot.question import Kind, Question, Want, parse, split_asks
from bot.reading.figures import Candidate, candidates
from bot.reading.names import names, shortest
from bot.reading.reading import Piece, Reading
from bot.reading.world import World
from bot.types import Reason
from corpus.figures import find_figures
from corpus.types import Passage, Status

ANSWER_FROM = 0.5  # share of the question that the answer's place must say; see evals/calibration
_SAME = 0.06  # a second fact this near the best one is as good an answer
_LONG = 110  # a passage longer than this is cut to the sentences that answer


def read(question: Question, world: World) -> Reading:
    """What the report says to `question`."""
    parts = split_asks(question.text)
    if len(parts) > 1 and question.want in (Want.FIGURE, Want.NAME, Want.LIST):
        several = _several(question, parts, world)
        if several is not None:
            return several
    return _read_one(question, world)


def _read_one(question: Question, world: World) -> Reading:
    from bot.reading import comparing, judging

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
    pool = world.find(search_text(question))
    found_candidates = candidates(question, pool, world.facts, world.vocabulary)
    if question.years:
        found_candidates = [one for one in found_candidates if one.fact.year in question.years]
    return found_candidates


def search_text(question: Question) -> str:
    """What is searched for: the question's words and the report's words for them."""
    variants = [variant for term in question.terms for variant in term.variants]
    context = [term.text for term in question.context]
    return " ".join((question.body, *variants, *context)) or question.text


def figure(question: Question, world: World) -> Reading:
    """The figure asked for, or why there is none."""
    best = rated(question, world)
    if not best or best[0].coverage.share < ANSWER_FROM:
        text = words(question, world)
        if text.answered and not question.units and question.kind is None:
            return text
        return _missing(question, world, best)
    chosen = [best[0]]
    if not question.years and question.status is None:
        other = next((one for one in best[1:] if _other_year_same(one, best[0])), None)
        if other is not None:
            chosen.append(other)
    chosen += _asked_together(question, best)
    pieces = tuple(figure_piece(one) for one in _distinct(chosen))
    return Reading(pieces, confidence=best[0].coverage.share, read=tuple(piece.passage.id for piece in pieces))


def _distinct(chosen: Sequence[Candidate]) -> list[Candidate]:
    return list({(one.passage.id, one.fact.local): one for one in chosen}.values())


def _other_year_same(one: Candidate, best: Candidate) -> bool:
    return one.fact.year != best.fact.year and one.fact.unit == best.fact.unit and best.score - one.score < _SAME


def _asked_together(question: Question, best: Sequence[Candidate]) -> list[Candidate]:
    """Further figures that 「分别」 or 「各」 asks for: those whose own words the question names as well."""
    if not re.search(r"分别|各(?:是|有|为|多少|自)|各$|各几", question.asks):
        return []
    first = best[0]
    chosen: list[Candidate] = []
    for one in best[1:]:
        if one.fact.unit != first.fact.unit and one.passage.id != first.passage.id:
            continue
        own = set(one.fact.subject)
        if one.passage.id == first.passage.id and one.score > first.score - 0.25 and len(own) and _names_it(question, one):
            chosen.append(one)
    return sorted((first, *chosen), key=lambda one: one.fact.local)


def _names_it(question: Question, one: Candidate) -> bool:
    return any(found(term, one.fact.subject) >= 0.9 and term.weight > 0.4 for term in question.terms)


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
    return Reading(reason=Reason.MISSING_FIGURE, nearest=nearest, confidence=best[0].coverage.share if best else 0.0)


# --- several figures or names in one question -----------------------------------------------------------


def _several(question: Question, parts: Sequence[str], world: World) -> Reading | None:
    readings: list[Reading] = []
    said: tuple = ()
    for text in parts:
        part = parse(text, world.report, world.vocabulary)
        part = replace(part, years=part.years or question.years, status=part.status or question.status, context=said or question.context)
        reading = _read_one(part, world)
        if not reading.answered:
            return None
        said = said or part.terms
        readings.append(reading)
    pieces = tuple(dict.fromkeys(piece for reading in readings for piece in reading.pieces))
    shorts = tuple(dict.fromkeys(short for reading in readings for short in shorts_of(reading)))
    return Reading(pieces, short=shorts, confidence=min(reading.confidence for reading in readings), read=tuple(piece.passage.id for piece in pieces))


def shorts_of(reading: Reading) -> tuple[str, ...]:
    """The short answers of a reading: its own, or those of its pieces."""
    return reading.short or tuple(dict.fromkeys(short for piece in reading.pieces for short in piece.short))


# --- names, lists, descriptions -------------------------------------------------------------------------


def best_clauses(question: Question, world: World) -> list[tuple[float, float, Passage, int, int]]:
    """The sentences of the found passages with how well each fits: (score, coverage, passage, start, end)."""
    rated_sentences = []
    for passage, search in world.find(search_text(question)):
        if question.years and passage.year is not None and passage.year not in question.years:
            continue
        for start, end in _sentences(passage.text):
            zones = (
                Zone(passage.text[start:end], 1.0),
                Zone(passage.text, 0.8),
                Zone(f"{passage.row or ''} {passage.section[-1] if passage.section else ''} {passage.table or ''}", 0.75),
                Zone(" ".join(passage.section), 0.45),
            )
            covered = coverage(question.terms, zones)
            context = coverage(question.context, zones).share if question.context else 0.0
            score = covered.share + 0.3 * search + 0.35 * context - 0.0004 * (end - start)
            if question.status and passage.status and (question.status is Status.TARGET) != (passage.status is Status.TARGET):
                score -= 0.12
            rated_sentences.append((score, covered.share, passage, start, end))
    return sorted(rated_sentences, key=lambda one: (-one[0], one[2].ordinal, one[3]))


def _sentences(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for match in re.finditer(r"[；;。！？]", text):
        spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans or [(0, len(text))]


def words(question: Question, world: World) -> Reading:
    """The name, list, date or description asked for, or why there is none."""
    best = best_clauses(question, world)
    if not best or best[0][1] < ANSWER_FROM:
        nearest = tuple(Piece(one[2], one[3], one[4]) for one in best[:2])
        return Reading(reason=Reason.MISSING_FIGURE, nearest=nearest, confidence=best[0][1] if best else 0.0)
    _, share, passage, start, end = best[0]
    if question.want is Want.DATE:
        shorts = _dates(passage.text[start:end])
    elif question.want is Want.TEXT:
        shorts = ()
    else:
        shorts = shortest(names(question, _focus(question, passage.text[start:end]), world.vocabulary))
    if not shorts and question.want is not Want.TEXT:
        shorts = shortest(names(question, passage.text[start:end], world.vocabulary))
    piece = Piece(passage, *_shown(passage.text, start, end), label(passage, passage.year, passage.status), shorts)
    return Reading((piece,), confidence=share, read=(passage.id,))


def _dates(text: str) -> tuple[str, ...]:
    found_dates = re.findall(r"20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|20\d\d(?=年?[）)])|\d{1,2}月\d{1,2}日", text)
    return tuple(dict.fromkeys(found_dates))[:1]


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
