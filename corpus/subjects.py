"""Of what a figure speaks: the words of its clause, completed from the clauses before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clauses import Clause
from corpus.figures import Figure
from corpus.said import ABOVE, BELOW, RATIO_UNITS, Subject, goes_through_again, names_in_turn, said_of, words_before
from corpus.words import (
    BARE_VERB,
    GROWN_ON,
    NEEDS_TOPIC,
    NEW,
    RELATIVE,
    YIELD,
    ends_in_verb,
    has_verb,
    leading_verbs,
    merged,
    noun_of,
    tidy,
    without_leads,
)

_REACH = 120  # characters of a clause without a figure that can be a topic
_REMARK = 6  # characters of what says only how well (「100%闭环办结」)
_NO_NEW_SUBJECT = ("排名", "占比", *ABOVE, *BELOW)

_COMPARED_WITH = re.compile(r"(?:增速|增幅)?(?:高|低|快|好)于\S{0,8}")
_SENTENCE_BREAK = re.compile(r"[。！？!?；;\n]")
_MEANS = re.compile(r"^(?:结合|依托|通过|根据|按照)\S{0,16}?(?=推进|推动|加快)")
_EFFORT = re.compile(r"(?:力度|工作|步伐)$")
_TOTAL_NAME = re.compile(r"(?:总额|总量|总数|总产值)$")
_STATE = re.compile(
    r"(?:加快|持续|有序|稳步|全面|深入|扎实|统筹|不断|更加|明显|显著|纵深|逐步|全力|步伐|成效|蓬勃|健康|快速|进一步){1,4}+"
    r"(?:推进|提速|提升|深化|优化|完善|改善|发展|增强|显现|向好|明显|加快|展开|显著)?$"
)


@dataclass(slots=True)
class _Told:
    """What the clauses so far have spoken of.

    `last` is the latest subject with words of its own, `level` the latest that a growth or a share speaks of, `head`
    the first subject of the latest list, `verbs` those that open it (`counted` where the figure follows them at once),
    `topic` what the latest clause without a figure is about, `theme` what the sentence opened with, and `is_going`
    whether a figure of the same sentence came before.
    """

    last: str = ""
    level: str = ""
    head: str = ""
    verbs: str = ""
    counted: bool = False
    topic: str = ""
    theme: str = ""
    is_going: bool = False

    def end_sentence(self) -> None:
        """Forget what holds only within a sentence."""
        self.head = self.verbs = self.topic = self.theme = ""
        self.counted = self.is_going = False

    def note_topic(self, words: str) -> None:
        """Remember a clause without a figure."""
        stated = _STATE.sub("", words)
        if stated and stated != words:
            self.theme = stated
        self.verbs, self.counted = leading_verbs(words), False
        self.topic = _EFFORT.sub("", noun_of(_MEANS.sub("", stated)))

    def note_names(self, first: str) -> None:
        """Remember a list whose members are named in turn."""
        self.last = self.level = self.head = first
        self.topic = ""

    def note_clause(self, own: Subject, subjects: Sequence[Subject], clause: Clause, before: str) -> None:
        """Remember a clause with figures: what it says itself, what came of it, and the words before its figure."""
        first, last = subjects[0].words, subjects[-1].words
        if own.words and own.change not in _NO_NEW_SUBJECT:
            self.level = last
            if not RELATIVE.fullmatch(own.words):
                self._note_subject(own.words, first, last, clause, before)
                self.counted = without_leads(before) == self.verbs
        self.topic = ""
        self.is_going = True

    def _note_subject(self, own: str, first: str, last: str, clause: Clause, before: str) -> None:
        opening = tidy(before)
        doing = opening if ends_in_verb(opening) and first.startswith(opening) else leading_verbs(first)
        self.verbs = doing or (self.verbs if clause.is_joined else "")
        if not clause.is_joined:
            self.head = first
        self.last = last
        if BARE_VERB.fullmatch(own) and first.endswith(own):
            self.last = first[: -len(own)] or first


def subjects_of(text: str, parts: Sequence[Clause]) -> list[list[Subject]]:
    """The subject of each figure of each clause of `text`."""
    told = _Told()
    found: list[list[Subject]] = []
    row: list[str] = []  # the names of the sentence's latest list
    names: list[str] = []  # those of them that the next figures take in turn
    for i, clause in enumerate(parts):
        if i and _SENTENCE_BREAK.search(text, parts[i - 1].end, clause.start):
            told.end_sentence()
            row = []
        if not clause.figures:
            told.note_topic(tidy(text[clause.start : clause.end][-_REACH:]))
            found.append([])
            continue
        before = found[-1] if found else []
        if names and clause.is_joined:
            found.append([Subject(names.pop(0), before[0].change if before else None)])
            continue
        row = names_in_turn(text, parts, i) or (row if goes_through_again(text, parts, i, len(row)) else [])
        names = list(row)
        if names:
            told.note_names(names[0])
            found.append([Subject(names.pop(0), said_of(text, parts, i, 0).change)])
        else:
            found.append(_clause_subjects(text, parts, i, told, before))
    return found


def _clause_subjects(
    text: str, parts: Sequence[Clause], i: int, told: _Told, before: Sequence[Subject]
) -> list[Subject]:
    clause = parts[i]
    said = [said_of(text, parts, i, k) for k in range(len(clause.figures))]
    subjects = []
    for k, (figure, own) in enumerate(zip(clause.figures, said, strict=True)):
        opening = text[clause.start : figure.start].strip()[:_REACH] if k == 0 else None
        change = own.change
        if before and clause.is_joined and not own.words and not change and figure.unit in RATIO_UNITS:
            change = before[-1].change  # 「分别增长7%和9%」
        subjects.append(Subject(_completed(own, opening, figure, clause, told), change))
    told.note_clause(said[0], subjects, clause, words_before(text, clause, 0))
    return subjects


def _completed(own: Subject, opening: str | None, figure: Figure, clause: Clause, told: _Told) -> str:
    """The subject's words; `opening` is what stands before the clause's first figure, None for a later one."""
    words = own.words
    if not words:
        return _carried(own, clause, told)
    if not told.last and not told.topic:
        return words
    if _COMPARED_WITH.fullmatch(words):
        return merged(told.level, words)
    if _is_part(words, opening, figure, told):
        return merged(told.last if figure.unit == "%" else noun_of(told.last), words)
    if RELATIVE.fullmatch(words):
        return _measured(words, own, told)
    if clause.is_joined and YIELD.fullmatch(words) and (thing := GROWN_ON.sub("", told.last)):
        return merged(thing, words)
    if BARE_VERB.fullmatch(words):
        return merged(told.topic or noun_of(told.last), words)
    if own.change == "累计" and words.startswith(("覆盖", "惠及")):
        return merged(noun_of(told.last), words)
    if own.change is None and told.theme and NEEDS_TOPIC.fullmatch(words):
        return merged(told.theme, words)
    return _with_verbs(words, opening, clause, told)


def _is_part(words: str, opening: str | None, figure: Figure, told: _Told) -> bool:
    """Whether the figure counts part of what came before: 「其中14家…」, 「共832张床位」, 「100%闭环办结」."""
    if opening is None:
        return False
    if opening.startswith("其中") and not without_leads(opening):
        return True
    if not opening and figure.unit == "%" and len(words) <= _REMARK:
        return told.is_going
    return opening in ("共", "共计", "合计") and not words.startswith(noun_of(told.last))


def _carried(own: Subject, clause: Clause, told: _Told) -> str:
    if own.change == "累计":
        return NEW.sub("", told.head or told.last)
    if told.topic and not clause.is_joined:
        return told.topic
    return told.level if own.change else told.last


def _measured(words: str, own: Subject, told: _Told) -> str:
    """A subject that only says how much: 「总面积」, 「增幅」, 「累计总部机构数」."""
    if NEEDS_TOPIC.fullmatch(words) and told.theme:
        return merged(told.theme, words)
    base = noun_of(told.head or told.last) if own.change == "累计" else told.last
    if words.startswith(("总量", "总数")) and _TOTAL_NAME.search(base):
        return base
    return merged(base, words) if base else words


def _with_verbs(words: str, opening: str | None, clause: Clause, told: _Told) -> str:
    """The verbs of a list hold for all its members: 「落地亿元级项目12个、千万级项目103个」."""
    verbs = leading_verbs(words)
    topic = told.head.partition(verbs)[0] if verbs and verbs in told.head else ""
    if clause.is_joined and len(topic) > 1:
        return topic + words  # 「徐汇资本新增基金6支、新增项目22笔」
    goes_on = clause.is_joined or (opening == "" and told.counted and not has_verb(words))
    if not goes_on or not told.verbs or verbs:
        return words
    return told.verbs + words
