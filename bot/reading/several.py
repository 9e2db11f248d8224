"""Several figures or names in one question: each read alone, or all in the passage that fits the whole question."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from bot.matching import found
from bot.question import Question, Want, parse
from bot.reading.figures import FEATURES, Candidate
from bot.reading.finding import best_clauses, good, rated
from bot.reading.parting import MOST_PARTS, parted
from bot.reading.pieces import figure_piece, short_of
from bot.reading.reading import Piece, Reading
from bot.reading.statements import said_in_words
from bot.reading.world import World
from bot.splitting import split_asks
from bot.terms import Term
from bot.units import asked_unit

_SHARED = 0.6  # what the words of a question's first part count in its other parts
_SAID_ITSELF = 0.5
_IN_WORDS = (Want.NAME, Want.LIST)
_SURE = 0.5  # how sure each figure must be where nothing but the question holds them together
_OF_UNIT = 0.3  # what the very unit that a part asks for counts beside its words
_LEAST = 2
_APART = 0.2  # what speaks against figures of several sentences
_MOST_CHOICES = 5
_SAID_WHOLLY = 0.8
_SAYS_MORE = 0.15  # so much more of the parts' words must figures of several passages say


def several(question: Question, world: World) -> Reading | None:
    """The answers to all parts of a question, in the order asked; None where it has one part, or one fails."""
    if question.want is Want.YESNO:
        return _and_whether(question, world)
    if question.want is not Want.FIGURE and question.want not in _IN_WORDS:
        return None
    named = parted(question, world)
    if len(named) > 1 and (question.want is Want.FIGURE or question.units):
        told = _better(question, named, world)
        if told is not None:
            return told
    texts = split_asks(question.text)
    return _each(question, texts, world) if len(texts) > 1 else None


def _each(question: Question, texts: Sequence[str], world: World) -> Reading | None:
    """The answers to all parts, each alone or, where one fails, all in one passage."""
    parts = _parts(question, texts, world)
    readings: list[Reading] = []
    for part in parts:
        reading = _beside(part, parts[0], readings, world) or _surest(part, parts[0], world)
        if not reading.answered and part.want is not Want.FIGURE:
            reading = _told_there(part, readings, world) or reading
        if not reading.answered:
            return _in_one_passage(question, parts, world)
        readings.append(reading)
    again = _told_together(question, parts, readings, world)
    if again is not None:
        return again
    if len({piece for reading in readings for piece in reading.pieces}) < len(readings):
        return _in_one_passage(question, parts, world) or joined(readings)
    return joined(readings)


def _told_together(
    question: Question, parts: Sequence[Question], readings: Sequence[Reading], world: World
) -> Reading | None:
    """All figures from one passage, where it says the first of them again and the others beside it."""
    apart = {piece.passage.id for reading in readings for piece in reading.pieces}
    if len(apart) < _LEAST or len({part.years for part in parts}) > 1:
        return None
    together = _in_one_passage(question, parts, world)
    first = readings[0].pieces[0]
    again = together is not None and together.pieces[0].passage.id != first.passage.id
    return together if together is not None and again and together.pieces[0].short == first.short else None


def _and_whether(question: Question, world: World) -> Reading | None:
    """The verdict and what else is asked before it (「解决了几件，办结得彻底吗」); None where nothing else is."""
    from bot.reading.reader import read_one

    first, _, rest = question.text.rpartition("，")
    if not (first and _ASKS_FIRST.search(first)) or _ASKS_FIRST.search(rest):
        return None
    told = read_one(_parts(question, [first], world)[0], world)
    verdict = read_one(question, world)
    return joined([verdict, told]) if told.answered and verdict.answered else None


_ASKS_FIRST = re.compile(r"多少|(?<!哪)几[个件家条项座处台人名位]|哪[个家条座里些一]|什么|谁")


def _better(question: Question, texts: Sequence[str], world: World) -> Reading | None:
    """The figures of things named in turn: of one passage, unless several say more of what each is."""
    parts = _parts(question, texts, world)
    together, apart = _in_one_passage(question, parts, world), _apart(question, texts, world)
    if together is None or apart is None:
        return together or apart
    more = sum(
        _said(part, two) - _said(part, one)
        for part, one, two in zip(parts, together.pieces, apart.pieces, strict=False)
    )
    return apart if len(apart.pieces) == len(parts) and more > _SAYS_MORE else together


def _is_sure(part: Question, told: Reading) -> bool:
    """Whether a figure is surely the part's, or its clause says nearly all of the part."""
    return told.answered and (told.confidence >= _SURE or _said(part, told.pieces[0]) >= _SAID_WHOLLY)


def _said(part: Question, piece: Piece) -> float:
    """How much of a part's own words the stretch that is shown for it says, by weight."""
    own = [term for term in part.terms if term.strong]
    shown = f"{piece.passage.text[piece.start : piece.end]} {piece.passage.row or ''}"
    total = sum(term.weight for term in own)
    return sum(term.weight * found(term, shown) for term in own) / total if total else 1.0


def _apart(question: Question, texts: Sequence[str], world: World) -> Reading | None:
    """The figures of things that stand in several passages, if there is a sure one for each."""
    from bot.reading.reader import figure

    parts = _parts(question, texts, world)
    readings = [figure(replace(part, context=()), world) for part in parts]
    if not all(map(_is_sure, parts, readings)):
        return None
    return joined(readings) if len({one.pieces for one in readings}) == len(readings) else None


def joined(readings: Sequence[Reading]) -> Reading:
    """One reading of several: their places and short answers in order, each once."""
    from bot.reading.reader import shorts_of

    pieces = tuple(dict.fromkeys(piece for reading in readings for piece in reading.pieces))
    shorts = tuple(dict.fromkeys(short for reading in readings for short in shorts_of(reading)))
    sure = min(reading.confidence for reading in readings)
    read = tuple(piece.passage.id for piece in pieces)
    return Reading(pieces, short=shorts, lead=readings[0].lead, confidence=sure, read=read)


def _parts(question: Question, texts: Sequence[str], world: World) -> list[Question]:
    parts: list[Question] = []
    for text in texts:
        part = parse(text, world.report, world.vocabulary)
        years = part.years or _years_implied(text, world) or question.years
        part = replace(part, years=years, status=part.status or question.status)
        before = parts[0].terms if parts else ()
        if before and not any(term.strong for term in part.terms):
            part = replace(part, terms=(*before, *part.terms), body=f"{parts[0].body} {part.body}")
        else:
            part = replace(part, context=before or question.context)
        if re.search(r"呢[？?。]?$", text) and not part.units and parts:
            part = replace(part, want=parts[0].want, units=parts[0].units, kind=part.kind or parts[0].kind)
        parts.append(part)
    return parts


_NOW = re.compile(r"现在|目前|眼下|当前|如今|现今|到现在")


def _years_implied(text: str, world: World) -> tuple[int, ...]:
    """The year reported on where a part says how things stand now (「现在放了几成，明年想放到几成」)."""
    return (world.report.year,) if world.report.year and _NOW.search(text) else ()


# --- reading the parts ----------------------------------------------------------------------------------


def _surest(part: Question, first: Question, world: World) -> Reading:
    """The part read by its own words, and by those of the first part as well: whichever is surer."""
    from bot.reading.reader import read_one

    alone = read_one(part, world)
    if part is first:
        return alone
    shared = tuple(replace(term, weight=term.weight * _SHARED) for term in first.terms if term not in part.terms)
    together = read_one(replace(part, terms=(*part.terms, *shared), context=()), world)
    answered = [reading for reading in (alone, together) if reading.answered]
    return max(answered, key=lambda reading: reading.confidence, default=alone)


def _beside(part: Question, first: Question, before: Sequence[Reading], world: World) -> Reading | None:
    """A further figure in the passage that answered the part before, if the part's own words and unit fit one there."""
    if not before or part.want is not Want.FIGURE or not before[-1].pieces:
        return None
    passage = before[-1].pieces[0].passage.id
    # A whole row of a table that was told holds this part's figure as well.
    taken = {
        (piece.passage.id, piece.short[0]) for reading in before for piece in reading.pieces if len(piece.short) == 1
    }
    own = [term for term in part.terms if term.strong and term not in (*part.context, *first.terms)]
    for one in rated(part, world) if own else _nearest_after(part, rated(part, world), before[-1]):
        is_new = (passage, short_of(one.passage.text, one.fact.local)) not in taken
        if (
            one.passage.id == passage
            and is_new
            and _share(own, one) >= _SAID_ITSELF
            and one.features[FEATURES.index("unit_other")] == 0
        ):
            piece = figure_piece(one)
            return Reading((piece,), confidence=before[-1].confidence, read=(passage,))
    return None


def _nearest_after(part: Question, best: Sequence[Candidate], before: Reading) -> list[Candidate]:
    """The figures for a part without words of its own: those of its unit first, those behind the one before first."""
    unit, piece = asked_unit(part.asks), before.pieces[0]
    at = piece.passage.text.find(piece.short[0], piece.start) if piece.short else piece.start

    def order(one: Candidate) -> tuple[bool, bool, int]:
        return unit is not None and one.fact.unit != unit, one.fact.local[0] < at, one.fact.local[0]

    return sorted(best, key=order)


def _told_there(part: Question, before: Sequence[Reading], world: World) -> Reading | None:
    """What the passage that answered the part before says in words of this one."""
    if not before or not before[-1].pieces:
        return None
    there = [one for one in best_clauses(part, world) if one.passage.id == before[-1].pieces[0].passage.id]
    if not there or _share([term for term in part.terms if term.strong], there[0]) < _SAID_ITSELF:
        return None
    told = said_in_words(part, there, world)
    return replace(told, confidence=before[-1].confidence) if told.answered else None


def _in_one_passage(question: Question, parts: Sequence[Question], world: World) -> Reading | None:
    """Several figures of the passage that fits the whole question, each by its own unit and words."""
    if any(part.want is not Want.FIGURE for part in parts) or len(parts) > MOST_PARTS:
        return None
    whole = rated(replace(question, units=frozenset(), kind=None, asks=""), world)
    if not good(whole):
        return None
    passage = whole[0].passage.id
    stated = {(claim.value, claim.unit) for claim in question.claims}
    choices = [
        _fitting(
            [
                one
                for one in rated(part, world)
                if one.passage.id == passage and (one.fact.value, one.fact.unit) not in stated
            ],
            part,
        )
        for part in parts
    ]
    choices = _with_the_one_left(choices, rated(replace(question, units=frozenset(), kind=None, asks=""), world))
    ways = [way for way in product(*choices) if len({one.fact.local for one in way}) == len(way)]
    if not ways:
        return None
    units = [asked_unit(part.asks) for part in parts]
    chosen = max(ways, key=lambda way: _worth(way, units))
    pieces = tuple(figure_piece(one) for one in chosen)
    return Reading(pieces, confidence=whole[0].sure, read=(passage,))


def _with_the_one_left(choices: list[list[Candidate]], whole: Sequence[Candidate]) -> list[list[Candidate]]:
    """The choices; where one part has none, the one figure left of its kind in the sentence of the others."""
    if sum(not one for one in choices) != 1 or len(choices) < _LEAST:
        return choices
    taken = [chosen[0] for chosen in choices if chosen]
    sentences, units = {one.place.zones[1] for one in taken}, {one.fact.unit for one in taken}
    left = [
        one
        for one in whole
        if one.passage.id == taken[0].passage.id
        and one.place.zones[1] in sentences
        and one.fact.unit in units
        and one.fact.local not in {other.fact.local for other in taken}
    ]
    return [chosen or left for chosen in choices] if len(sentences) == len(units) == len(left) == 1 else choices


def _worth(way: Sequence[Candidate], units: Sequence[str | None]) -> float:
    """How well figures fit the parts together: each by itself, of the unit asked for, in one sentence."""
    apart = len({one.place.zones[1] for one in way}) - 1
    of_unit = sum(one.fact.unit == unit for one, unit in zip(way, units, strict=True))
    return sum(one.score for one in way) + _OF_UNIT * of_unit - _APART * apart


def _fitting(there: Sequence[Candidate], part: Question) -> list[Candidate]:
    """The figures of a passage that speak of the part, or the only one there of the very unit that it asks for."""
    speaking = [one for one in there if _says_own(part, one)][:_MOST_CHOICES]
    unit = asked_unit(part.asks)
    of_unit = [one for one in there if unit and unit != "个" and one.fact.unit == unit]
    return speaking or (of_unit if len(of_unit) == 1 else [])


def _share(terms: Sequence[Term], one: Candidate) -> float:
    """How much of `terms` the figure's own words say, by weight."""
    total = sum(term.weight for term in terms)
    return sum(term.weight * found(term, one.place.zones[0]) for term in terms) / total if total else 1.0


def _says_own(part: Question, one: Candidate) -> bool:
    """Whether a figure is of what the part itself names, if it names anything."""
    own = [term for term in part.terms if term.strong]
    return not own or max(found(term, one.place.zones[0]) for term in own) >= _SAID_ITSELF
