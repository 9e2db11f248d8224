"""A completed question placed in its conversation: which words an answer must say, of which year, in whose words."""

import re
from dataclasses import replace

from bot.completing import plain
from bot.conversation import Completed, Turn
from bot.lexicon import actions
from bot.question import Question, Want, body_of, parse
from bot.reading import reader
from bot.reading.figures import Candidate
from bot.reading.world import World

_POINTED_AT = 3.0  # what a follow-up points at must not be missed: nothing else is meant
_HALF, _FAR_AHEAD = 0.45, 0.3
_NAMES, _SEVERAL = 0.5, 2
_COUNTED = re.compile(r"(?:多少|几)(?P<unit>[\u3400-\u9fff]{1,3})[？?]?$")
_SAYS_LITTLE = 0.4
_SHORT_NAME = 4  # characters: a longer one says itself which thing it is
_SAME_YEAR = 0.1  # so much less sure may a place of the year carried over be than one of any year


def in_context(completed: Completed, world: World) -> Question:
    """The completed question; a year that was only carried over is dropped where nothing of that year answers."""
    asked = _placed(completed.text, completed, world)
    if completed.undated and asked.years:
        undated = _placed(completed.undated, completed, world)
        dated, any_year = _best(asked, world), _best(undated, world)
        worse = completed.last is None and any_year and dated and dated[0].sure < any_year[0].sure - _SAME_YEAR
        if not reader.good(dated) or worse:
            return undated
    return _as_before(asked, completed, world)


def beside(completed: Completed, world: World) -> Completed:
    """「站点呢」 after 「充电端口」: the one thing of that name in the passage answered from, rather than another."""
    last, word = completed.last, re.sub(r"(?:的|数|数量)+$", "", completed.said)
    if last is None or not completed.moved or not last.facts or not 1 < len(word) <= _SHORT_NAME:
        return completed
    before = last.facts[0]
    told = {
        fact.subject
        for fact in world.facts.get(before.passage, ())
        if fact.subject.endswith(word) and fact.subject != word and fact.year in (*last.years[:1], None)
    }
    if len(told) != 1 or word in before.subject:
        return completed
    (subject,) = told
    deed = next((verb for verb in actions() if subject.startswith(verb) and len(subject) > len(verb) + len(word)), "")
    subject = subject.removeprefix(deed)
    frame = replace(completed.frame, topic=subject)
    if (
        subject in completed.text
        or completed.text.count(word) != 1
        or completed.frame.topic not in (word, completed.said)
    ):
        return completed
    text = completed.text.replace(completed.frame.topic, subject)
    return replace(completed, text=text, frame=frame, undated=completed.undated.replace(completed.frame.topic, subject))


def in_its_words(asked: Question, completed: Completed, world: World) -> Question | None:
    """A follow-up that finds nothing in the asker's words, in the report's own for the answer before."""
    last = completed.last
    if not last or not last.subject or asked.want not in (Want.DIFFERENCE, Want.FIGURE):
        return None
    topic = plain(last.frame.whole)
    if asked.want is Want.FIGURE:  # a word of the report needs no other
        topic = _carried(topic, asked.text)
        topic = "" if topic in world.report.text or len(last.facts) != 1 else topic
    if not topic or topic not in asked.text:
        return None
    return parse(asked.text.replace(topic, last.subject), world.report, world.vocabulary)


def in_its_passage(asked: Question, completed: Completed, world: World) -> Question | None:
    """「涉及多少证」 that finds nothing: the one figure so counted in the passage that the answer before stands in."""
    last, counted = completed.last, _COUNTED.search(asked.text)
    if last is None or not last.facts or counted is None or asked.want is not Want.FIGURE:
        return None
    passage = last.facts[0].passage
    others = [fact for fact in world.facts.get(passage, ()) if fact.unit == counted["unit"] and fact not in last.facts]
    if len(others) != 1 or others[0].year not in (*last.years[:1], None) or asked.years[:1] not in (last.years[:1], ()):
        return None
    text = next(one.text for one in world.passages if one.id == passage)
    words = world.vocabulary.terms(body_of(completed.phrased or asked.text, world.report))
    if any(term.weight > _SAYS_LITTLE and term.text not in actions() and term.text not in text for term in words):
        return None
    return parse(
        f"{others[0].year or ''}年{others[0].subject}多少{counted['unit']}？".lstrip("年"),
        world.report,
        world.vocabulary,
    )


def _carried(topic: str, text: str) -> str:
    """The longest stretch of the topic before that `text` still says; "" where that is less than a word."""
    ends = ((start, end) for start in range(len(topic)) for end in range(start + 2, len(topic) + 1))
    return max((topic[start:end] for start, end in ends if topic[start:end] in text), key=len, default="")


def _placed(text: str, completed: Completed, world: World) -> Question:
    """`text` as a question whose own words must be said, and the words around it rather than not."""
    asked = parse(text, world.report, world.vocabulary)
    if completed.last is None or asked.want is Want.DIFFERENCE:
        return asked
    said = world.vocabulary.terms(body_of(completed.said, world.report)) if completed.said else asked.terms
    must = tuple(term for term in asked.terms if term in said) or asked.terms
    must = tuple(
        replace(term, weight=_POINTED_AT * term.weight) if term.text in completed.about else term for term in must
    )
    known = {word for term in must for word in (term.text, *term.variants)}
    around = (*asked.terms, *world.vocabulary.terms(body_of(completed.around, world.report)))
    rest = tuple(dict.fromkeys(term for term in around if term.strong and term.text not in known))
    like = frozenset() if asked.units or asked.kind else completed.last.units
    return replace(asked, terms=must, context=rest, like_units=like)


def _as_before(asked: Question, completed: Completed, world: World) -> Question:
    """Asks of another year what was answered before: words that only that year's place has need not be said.

    Where the asker's words are not the report's, those that the report had in the year before stand for them.
    """
    last = completed.last
    if last is None or completed.said or not last.units or asked.want is not Want.FIGURE or asked.years == last.years:
        return asked
    best = reader.rated(asked, world)
    if best and reader.good(best):
        return asked
    reworded = world.vocabulary.terms(body_of(last.subject, world.report)) if last.subject else ()
    for terms in (asked.terms, reworded):
        told = replace(asked, terms=tuple(terms)) if terms else asked
        best = reader.rated(told, world) if terms else []
        if _one_of_its_kind(best, last):
            missing = best[0].coverage.missing(told.terms)
            kept = replace(told, terms=tuple(term for term in told.terms if term not in missing))
            if sum(term.weight >= _NAMES for term in kept.terms) < _SEVERAL:
                continue  # one word alone is of many things
            if reader.good(reader.rated(kept, world)):
                return kept
    return asked


def _one_of_its_kind(best: list[Candidate], last: Turn) -> bool:
    """Whether the first place has a figure like the one answered before, and no other comes near."""
    counted = last.units - {"位"}  # a place in an order says nothing of how the thing is counted
    if not best or (counted and best[0].fact.unit not in counted) or best[0].coverage.share < _HALF:
        return False
    return len(best) < 2 or best[0].score - best[1].score >= _FAR_AHEAD


def _best(asked: Question, world: World) -> list[Candidate]:
    """The places that the question would be answered from, best first."""
    return reader.rated(asked, world) if asked.want is Want.FIGURE else reader.best_clauses(asked, world)
