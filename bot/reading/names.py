"""Which words of a sentence are the name or the list that a question asks for: what fills the question's gap."""

import re
from collections.abc import Sequence

from bot.question import Question, Want
from bot.reading.lists import joined_by_dashes, members, size, wanted_count
from bot.reading.phrases import clauses, is_generic, said, trimmed, unquoted, without_lead
from bot.reading.telling import told, wants_telling
from bot.terms import Vocabulary

_HEAD = re.compile(
    r"(?:哪些|哪几[个家条座所项位处名款支种类批场幢]?|哪[两三四五六七八九十]大?[个家条座所项位处名款支种类批场幢]?|"
    r"哪一?[个家条座所项位处名款支种类批场幢次版]|哪|什么|啥|何种)(?P<head>[\u3400-\u9fff]{0,8})"
)
_HEAD_END = re.compile(
    r"[的要被将在是有获]|会(?:不会|在|被|有|是)|可以?|能够?(?![源级力区])|入选|完成|完工|成(?![果员都功])|"
    r"开(?![发源放])|竣工|设立|(?<![改新扩兴共重])建(?![筑设])|落地|推[进动出]|打造|纳入|正|已|呀|啊|吗|呢|"
    r"啦"
)
_ASKING = re.compile(r"哪|什么|啥|谁|何")
_QUOTED = re.compile(r"[“《]([^“”《》]{2,40})[”》]")
_NAME = re.compile(r"叫什么|叫啥|名称|名字|称号|品牌|口号")
_WHERE = re.compile(r"哪里|哪儿|何处|在哪|到哪|去哪|是哪(?=[？?]?$)|什么地方|啥地方|哪个地方")
_PLACE = re.compile(r"(?:落户|落地|选址|位于|迁至|搬至|设在|赴|在|至|到)(?P<place>[^，,；;]{2,30})")
_LAST_NOUN = re.compile(r"([\u3400-\u9fff]{2,4})(?:是|叫)(?:哪|什么|啥|谁)")


def head_of(question: Question) -> str:
    """The noun after the asking word (「哪家医院」 gives 医院), or ''."""
    match = _HEAD.search(question.asks)
    if not match:
        return ""
    head = match["head"]
    stop = _HEAD_END.search(head)
    return head[: stop.start()] if stop else head


def names(question: Question, sentence: str, vocabulary: Vocabulary) -> list[str]:
    """The names in `sentence` that answer, in its order; its telling clause where none can be told apart."""
    named = [name for name in alternatives(question) if name in sentence]
    if len(named) == 1:
        return named
    if wants_telling(question):
        return told(question, sentence)
    each = _after_each_verb(question, sentence)
    if each:
        return each
    clause = focus(question, sentence)
    listed = _listed(question, clause, vocabulary)
    if listed:
        return listed
    if _WHERE.search(question.asks):
        place = _place(question, sentence)
        if place:
            return [place]
    for find in (_quoted, _ending_in, _gap):
        found_names = find(question, clause if find is not _quoted else sentence, vocabulary)
        if found_names:
            return found_names
    if question.want is Want.LIST:
        return told(question, sentence)
    rest = trimmed(clause)
    return [rest if not is_generic(rest, vocabulary) else without_lead(clause)]


def _listed(question: Question, clause: str, vocabulary: Vocabulary) -> list[str]:
    if question.want is Want.LIST:
        dashed = joined_by_dashes(clause)
        if dashed:
            return dashed
    head = head_of(question)
    found_members = members(clause, question, vocabulary, head)
    if len(found_members) < 2 or _describes_one(found_members, clause, question):
        return []
    return found_members


def _describes_one(found_members: Sequence[str], clause: str, question: Question) -> bool:
    """Whether what 「、」 joins are qualities of one thing (「最深、最大的设施」), not things."""
    after = clause[clause.rfind("、") + 1 :]
    return question.want is Want.NAME and "的" in after and sum("最" in one for one in found_members) > 1


def focus(question: Question, sentence: str) -> str:
    """The clause of the sentence that says most of the question, a list or the asked kind of thing counting too."""
    parts = clauses(sentence)
    if len(parts) < 2:
        return parts[0] if parts else sentence
    head, wanted, does = head_of(question), wanted_count(question), _predicate(question)

    def value(i: int) -> tuple[float, int]:
        text = parts[i]
        many = size(text)
        bonus = 0.5 * (question.want is Want.LIST and many > 1) + 0.2 * bool(head and head[-2:] in text)
        bonus += 2.0 * (wanted > 1 and many == wanted)
        bonus += 0.3 * any(text.endswith(word) and len(text) > len(word) for word in does)
        return said(question, text) + bonus, -i

    return parts[max(range(len(parts)), key=value)]


def _predicate(question: Question) -> list[str]:
    """The words of the question that stand after its asking word and are no part of the asked kind of thing."""
    asking = _ASKING.search(question.asks)
    if not asking:
        return []
    rest = question.asks[asking.end() :]
    return [
        word
        for term in question.terms
        if rest.find(term.text) > 1
        for word in (term.text, *term.variants)
    ]


def alternatives(question: Question) -> list[str]:
    """The things between which a question chooses (「开工还是竣工」), or []."""
    match = re.search(
        r"(?:是|在|属于|[，,\s])([\u3400-\u9fff]{2,8}?)(?:，|,)?还是([\u3400-\u9fff]{2,8}?)(?:[？?呢啊呀]|"
        r"$)",
        question.asks,
    )
    return list(match.groups()) if match else []


_VERB_ASKS = re.compile(r"([\u3400-\u9fff]{2})(?:的是|了)?(?:什么|啥|哪些)(?=[，,、；;和与及？?]|$)")


def _after_each_verb(question: Question, sentence: str) -> list[str]:
    """What follows each verb that asks (「对标什么、聚焦什么」), where the sentence has them all."""
    verbs = _VERB_ASKS.findall(question.asks)
    found_objects = []
    for verb in verbs:
        clause = next((one for one in clauses(sentence) if verb in one and not one.endswith(verb)), "")
        found_objects.append(unquoted(clause[clause.rfind(verb) + len(verb) :].strip(" 了为")) if clause else "")
    return found_objects if len(verbs) > 1 and all(found_objects) else []


def _place(question: Question, sentence: str) -> str:
    """The place that a preposition of the best clauses leads to, up to the verb."""
    for clause in sorted(clauses(sentence), key=lambda text: -said(question, text)):
        for match in _PLACE.finditer(clause):
            place = trimmed(match["place"])
            if len(place) > 1 and place not in question.text and said(question, clause):
                return place
    return ""


def _quoted(question: Question, sentence: str, vocabulary: Vocabulary) -> list[str]:
    """The names in quotation marks that are of the asked kind, or that stand where a name is asked for."""
    head = head_of(question)
    quoted = [name for name in _QUOTED.findall(sentence) if name not in question.text]
    if head:
        fitting = [name for name in quoted if name.endswith((head, head[-2:]))]
        if fitting:
            return fitting
    if _NAME.search(question.asks):
        return [name for name in _QUOTED.findall(focus(question, sentence)) if name not in question.text]
    return []


def _ending_in(question: Question, clause: str, vocabulary: Vocabulary) -> list[str]:
    """The phrase of the clause that ends in the asked kind of thing, also as key words name it last."""
    head = head_of(question)
    noun = _LAST_NOUN.search(question.asks)
    if question.open and question.terms:
        head = question.terms[-1].text
    elif not head and noun:
        head = noun.group(1)
    for ending in (head, head[-2:], head[-1:]):
        for match in re.finditer(re.escape(ending), clause) if ending else ():
            before = clause[: match.start()]
            start = max((before.rfind(mark) for mark in "，,；、：《"), default=-1) + 1
            piece = without_lead(clause[start : match.end()])
            if len(piece) > len(ending) and piece not in question.text and not is_generic(piece, vocabulary):
                return [unquoted(piece)]
    return []


def _spots(question: Question, clause: str, asking: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where in the clause the words stand that the question says before its asking word, and those after it."""
    before: list[tuple[int, int]] = []
    after: list[tuple[int, int]] = []
    for term in question.terms:
        at = question.asks.find(term.text)
        for word in (term.text, *term.variants):
            place = clause.find(word)
            if place >= 0:
                (after if at > asking >= 0 else before).append((place, place + len(word)))
    return sorted(before), sorted(after)


def _gap(question: Question, clause: str, vocabulary: Vocabulary) -> list[str]:
    """What stands in the clause where the asking word stands in the question."""
    asking = _ASKING.search(question.asks)
    before, after = _spots(question, clause, asking.start() if asking else -1)
    if not before and not after:
        return []
    ends = max((end for _, end in (*before, *after)), default=0)
    if after:
        first = after[0][0]
        start = max((end for _, end in before if end <= first), default=0)
        choices = [clause[start:first], clause[:first], clause[ends:]]
    elif question.open:
        choices = [clause[a[1] : b[0]] for a, b in zip(before, before[1:], strict=False)] + [clause[ends:]]
    else:
        choices = [clause[max(end for _, end in before) :], clause[: before[0][0]]]
    for choice in choices:
        filled = trimmed(re.sub(r"^(?:成为|[至到为于了的])", "", choice.strip(" ，,、；")))
        if len(filled) > 1 and not is_generic(filled, vocabulary):
            return [filled]
    return []


def shortest(names_found: Sequence[str]) -> tuple[str, ...]:
    """The names without repeats, empty ones left out."""
    return tuple(dict.fromkeys(name for name in names_found if name))
