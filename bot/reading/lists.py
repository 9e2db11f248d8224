"""The members of a list: each whole, none with the verbs before it or with what follows the last one."""

import re
from collections.abc import Sequence

from bot.matching import found
from bot.question import Question
from bot.reading.phrases import ETC, VERB, lead, masked, without_lead
from bot.terms import Vocabulary
from corpus.figures import find_figures

_QUOTED = re.compile(r"[“《]([^“”《》]{2,40})[”》]")
_QUOTED_ROW = re.compile(r"(?:[“《][^“”《》]{2,40}[”》](?:、|和|与|及|以及)?){2,}")
_DASHED = re.compile(r"[\u3400-\u9fff]{2,8}(?:[-—－][\u3400-\u9fff]{2,8}){2,}")
_AND = re.compile(r"(?<=[\u3400-\u9fff）)”》])(?:以及|和|与|及)(?=[\u3400-\u9fff“《])")
_STAGE_OF_IT = re.compile(r"[一二三四五六七八九十]期|[（(][^（）()]*[）)]|\d+号(?:楼|地块)?")
_NUMERALS = "两三四五六七八九十"
_COUNTED = re.compile(rf"哪([{_NUMERALS}])")
_AND_VERB = re.compile(r"[和与及](?=(?:新建|改建|扩建|改造|修缮|升级|提升|优化))")
_FEW = 2
_VERBS_WITHIN = ("打造", "建设", "贯通", "形成", "覆盖", "包括", "串联", "连通")


def wanted_count(question: Question) -> int:
    """How many the question asks for (「哪两所」), or 0."""
    match = _COUNTED.search(question.asks)
    return _NUMERALS.index(match.group(1)) + 2 if match else 0


def size(clause: str) -> int:
    """How many members the list of a clause has; 1 where it has none."""
    row = _QUOTED_ROW.search(clause)
    if row:
        return len(_QUOTED.findall(row.group()))
    hidden = masked(clause)
    cut = ETC.search(hidden)
    return hidden[: cut.start() if cut else len(hidden)].count("、") + 1


def fits_count(question: Question, clause: str, count: int) -> bool:
    """Whether the clause lists `count` things, or as many of its things have a word of the question in their names."""
    if size(clause) == count:
        return True
    things = clause.split("、")
    return any(term.strong and sum(term.text in one for one in things) == count for term in question.terms)


def joined_by_dashes(clause: str) -> list[str]:
    """The members of a list that dashes join (「甲港-乙港-丙港」); the last one ends as the others do."""
    match = _DASHED.search(clause)
    if not match:
        return []
    parts = re.split("[-—－]", match.group())
    first = parts[0][max((parts[0].rfind(verb) + len(verb) for verb in _VERBS_WITHIN if verb in parts[0]), default=0) :]
    last = parts[-1]
    end = max((last.find(part[-1]) + 1 for part in parts[:-1]), default=0)
    return [first, *parts[1:-1], last[:end] if end > 1 else last]


def members(clause: str, question: Question, vocabulary: Vocabulary, head: str = "") -> list[str]:
    """The members of the list in `clause`, in its order; [] where it holds none."""
    hidden = masked(clause)
    row = _QUOTED_ROW.search(clause)
    if row and len(names := _QUOTED.findall(row.group())) > 1 and "、" not in hidden.replace("\0", ""):
        return names
    if "、" not in hidden:
        return _pair(clause, question)
    cut = ETC.search(hidden)
    end = cut.start() if cut and "、" in hidden[: cut.start()] else len(hidden)
    stops = [match.start() for match in re.finditer("、", hidden[:end])]
    starts = [0, *(stop + 1 for stop in stops)]
    before = [clause[a:b] for a, b in zip(starts, stops, strict=False)]
    at_etc = cut is not None and end == cut.start()
    last = clause[starts[-1] : end]
    last = last if at_etc else last[: _end_of_last(hidden[starts[-1] : end], question, vocabulary, before, head)]
    names = [before[0][_start_of_first(before[0], question, vocabulary) :], *before[1:], last]
    names = [name.strip(" ，。；") for name in names]
    parts = [match.start() for match in _AND.finditer(masked(names[-1]))]
    if len(parts) == 1:
        left, right = names[-1][: parts[0]], _AND.sub("", names[-1][parts[0] - 1 :], count=1)[1:]
        names[-1:] = [left, right] if len(left) > 1 and len(right) > 1 else [names[-1]]
    return _as_many(question, [_bare(name) for name in _uncounted(names) if name])


def _uncounted(names: Sequence[str]) -> list[str]:
    """The names without the counts behind them, where several have one (「步道3条、驿站3处」)."""
    counts = [[one for one in find_figures(name) if one.start > 1 and one.end == len(name)] for name in names]
    if sum(map(bool, counts)) < _FEW:
        return list(names)
    return [
        name[: found_counts[-1].start] if found_counts else name
        for name, found_counts in zip(names, counts, strict=True)
    ]


def _bare(name: str) -> str:
    inner = _QUOTED.fullmatch(name)
    return inner.group(1) if inner else name


def _pair(clause: str, question: Question) -> list[str]:
    """The two that 「和」 joins, where two are asked for."""
    if wanted_count(question) != 2:
        return []
    hidden = masked(clause)
    joints = list(_AND.finditer(hidden))
    if len(joints) != 1:
        return []
    left, right = without_lead(clause[: joints[0].start()]), clause[joints[0].end() :]
    cut = ETC.search(right)
    right = right[: cut.start()] if cut else right
    numeral = re.search(rf"(?<=.)[{_NUMERALS}]", right)
    return [_bare(left), _bare(right[: numeral.start()] if numeral else right)]


def _as_many(question: Question, names: list[str]) -> list[str]:
    """Of more members than were asked for, those that the question's own words name, where they are as many."""
    count = wanted_count(question)
    if not 1 < count < len(names):
        return names
    for term in sorted(question.terms, key=lambda term: -term.weight):
        named = [name for name in names if term.text in name]
        if len(named) == count:
            return named
    return names


def _start_of_first(text: str, question: Question, vocabulary: Vocabulary) -> int:
    """Where the first member begins: after verbs, and after what the question says already if a verb follows."""
    position = max((text.rfind(mark) + 1 for mark in "，：；"), default=0)
    kept = position
    while text[position:]:
        rest = text[position:]
        verb = lead(rest)
        if verb:
            position += verb
            joint = _AND_VERB.match(text, position)
            position = joint.end() if joint else position
            kept = position
            if verb == 1:
                break
            continue
        piece, known = vocabulary.cut(rest)[0]
        if known and 1 < len(piece) < len(rest) and _asked(piece, question):
            position += len(piece)
            continue
        break
    opening = masked(text[kept:]).find("\0")
    if opening > 0 and text[kept + opening] in "“《" and text.endswith(("”", "》")):
        return kept + opening
    return kept


def _end_of_last(text: str, question: Question, vocabulary: Vocabulary, before: Sequence[str], head: str) -> int:
    """Where the last member of a list ends: before a figure, a verb or what the question says already.

    What the members `before` end in as well (「…公园、…公园更新改造」) belongs to the last one too.
    """
    if text.startswith("\0"):
        return len(text) - len(text.lstrip("\0"))
    for figure in find_figures(text):
        if figure.start:
            return figure.start
    if head and (place := text.find(head)) >= 0:
        return place + len(head)
    shared = max((text.find(one[-2:]) + 2 for one in before if len(one) > 2 and one[-2:] in text), default=0)
    if shared > 2:
        belongs = _STAGE_OF_IT.match(text, shared)  # 「…中心、…中心二期」
        return belongs.end() if belongs else shared
    position = 0
    for piece, _ in vocabulary.cut(text):
        if position and ((len(piece) > 1 and (_asked(piece, question) or VERB.match(piece))) or piece == "的"):
            return position
        position += len(piece)
    return len(text)


def _asked(piece: str, question: Question) -> bool:
    return piece in question.text or any(found(term, piece) > 0.5 or piece in term.text for term in question.terms)
