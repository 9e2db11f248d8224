"""Which figures count the very thing that a question counts (「多少个学区」), and which count another of its kind."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.lexicon import light
from bot.question import Question
from bot.reading.figures import Candidate
from bot.terms import Term
from bot.units import asked_unit, like_units

_COUNTS = re.compile(r"(?:多少|(?<!哪)几)(?P<unit>[\u3400-\u9fff])(?P<noun>[\u3400-\u9fff]{2,10})")
_COUNTS_BARE = re.compile(r"多少(?P<noun>[\u3400-\u9fff]{2,10})")  # 「多少企业」
_HOW_LARGE = re.compile(r"有?多大[？?\s]*$")
_COUNTED = frozenset("处 个 座 幢 栋 套 块 片 家 项".split())
_AREAS = frozenset("平方米 公顷 亩 平方公里".split())
_BONUS = 0.3  # what a figure gains that stands at the noun that is counted, by how much the noun tells
_ADDS = 2  # so many characters after the noun make it another thing (「幼儿园」, 「幼儿园托额」)


def counted_first(question: Question, best: list[Candidate]) -> list[Candidate]:
    """The figures, those of the counted noun raised, those of what the noun only describes left out."""
    match, noun = _counted(question, _COUNTS)
    if noun is None:
        match, noun = _counted(question, _COUNTS_BARE)
    if not match or noun is None or not noun.strong:
        return best
    alone = len(noun.text) == len(match["noun"].rstrip("了呢啊呀吗"))
    kept = [one for one in best if not (alone and _of_another(one, noun, asked_unit(question.asks)))]
    raised = [replace(one, score=one.score + _BONUS * noun.weight) if _at(one, noun) else one for one in kept]
    return sorted(raised, key=lambda one: -one.score)


def unit_first(question: Question, best: list[Candidate]) -> list[Candidate]:
    """The figures; of two that count one thing (「22项、112条任务」) the one in the very unit asked for comes first.

    「多大」 of what is counted (「拆除649处、总面积10.6万平方米」) asks for its area.
    """
    unit = asked_unit(question.asks)
    if not best or best[0].fact.unit == unit:
        return best
    first = best[0].fact
    beside = [one for one in best if one.fact.passage == first.passage and one.fact.change == first.change]
    if unit is not None:
        exact = next((one for one in beside if one.fact.unit == unit and one.fact.subject == first.subject), None)
    elif first.unit in _COUNTED and _HOW_LARGE.search(question.asks):
        exact = next((one for one in beside if one.fact.unit in _AREAS and one.sure >= best[0].sure / 2), None)
    else:
        exact = None
    if exact is None:
        return best
    as_sure = replace(exact, score=best[0].score, said=best[0].said)  # what is said of one is said of both
    return [as_sure, *(one for one in best if one is not exact)]


def _counted(question: Question, pattern: re.Pattern[str]) -> tuple[re.Match[str] | None, Term | None]:
    """The noun that stands behind 多少, as far as it is a word of the question."""
    match = pattern.search(question.asks)
    return match, next((term for term in question.terms if match and match["noun"].startswith(term.text)), None)


def _words(noun: Term) -> Sequence[str]:
    return (noun.text, *noun.variants)


def _at(one: Candidate, noun: Term) -> bool:
    """Whether the noun stands right behind the figure, or ends its subject."""
    after = one.passage.text[one.fact.local[1] :]
    return any(after.startswith(word) or one.fact.subject.endswith(word) for word in _words(noun))


def _of_another(one: Candidate, noun: Term, unit: str | None) -> bool:
    """Whether a figure of another unit counts what stands behind the noun in its subject."""
    counts = one.fact.unit
    if unit is None or unit == "个" or counts.startswith(unit) or (counts != "个" and like_units(counts, unit)):
        return False
    ends = [one.fact.subject.partition(word)[2] for word in _words(noun) if word in one.fact.subject]
    return bool(ends) and min(map(len, ends)) >= _ADDS and not any(end in light() for end in ends)
