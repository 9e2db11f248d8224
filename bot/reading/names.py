"""Which words of a sentence are the name or the list that a question asks for: what fills the question's gap."""

import re
from collections.abc import Sequence

from bot.lexicon import actions
from bot.matching import found
from bot.question import Question, Want
from bot.reading.chosen import describes_one, names_one, of_kind, whose
from bot.reading.heads import DESCRIBED, NAMED, head_of, kind_of
from bot.reading.lists import fits_count, joined_by_dashes, members, size, wanted_count
from bot.reading.phrases import (
    ETC,
    VERB,
    clauses,
    is_generic,
    said,
    said_besides,
    trimmed,
    unquoted,
    without_lead,
)
from bot.reading.roles import alternatives, by_role
from bot.reading.telling import telling_clauses, wants_telling
from bot.terms import Vocabulary

_ASKING = re.compile(r"哪|什么|啥|谁|何")
_QUOTED = re.compile(r"[“《]([^“”《》]{2,40})[”》]")
_WHERE = re.compile(r"哪里|哪儿|何[处地]|在哪|到哪|去哪|是哪(?=[？?]?$)|什么地方|啥地方|哪个地方")
_PLACE = re.compile(r"(?:落户|落地|选址|位于|依托|迁至|搬至|设在|赴|在|至|到)(?P<place>[^，,；;]{2,30})")


def names(question: Question, sentence: str, vocabulary: Vocabulary) -> list[str]:
    """The names in `sentence` that answer, in its order; its telling clause where none can be told apart."""
    named = [name for name in alternatives(question) if name in sentence]
    if len(named) == 1:
        return named
    if wants_telling(question):
        return telling_clauses(question, sentence)
    each = _after_each_verb(question, sentence)
    if each:
        return each
    parts = ranked(question, sentence, vocabulary)
    clause = parts[0]
    listed = by_role(question, parts) or _listed(question, parts, vocabulary)
    if listed:
        return listed
    if _WHERE.search(question.asks) and (place := _place(question, parts)):
        return [place]
    found_names = (
        _in_brackets(question, sentence, vocabulary)
        or _quoted(question, clause, parts, vocabulary)
        or _ending_in(question, sentence, parts, vocabulary)
        or _quoted(question, sentence, parts, vocabulary)
    )
    if found_names:
        return found_names
    if question.want is Want.LIST:
        return telling_clauses(question, sentence)
    filled = (
        _only_quoted(question, clause) or _named_whole(question, clause) or _gap(question, sentence, clause, vocabulary)
    )
    if filled:
        return filled
    rest = trimmed(clause)
    if rest in question.text and (before := trimmed(_clause_before(clauses(sentence), clause))):
        rest = before  # what the question says itself is done by the subject of the clause before
    return [rest if not is_generic(rest, vocabulary) else without_lead(clause)]


def _listed(question: Question, parts: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The list of the best clause; where a list is asked for and it has none, of another that says some of it."""
    kind = kind_of(question, vocabulary)
    many = question.want is Want.LIST
    says_all = not _is_new(without_lead(parts[0]), "", question)  # then what follows it is the list
    for clause in parts if many else parts[:1]:
        if clause is not parts[0] and not said(question, clause) and not (says_all and size(clause) > 1):
            continue
        dashed = joined_by_dashes(clause) if many else []
        if dashed:
            return dashed
        found_members = members(clause, question, vocabulary, kind)
        if describes_one(clause, question):
            thing = clause[clause.rfind("、") :]
            return [trimmed(thing[thing.find("的") + 1 :])]
        if len(found_members) > 1 and not many:
            asked = whose(found_members, question)
            # What stands beside the one that the question names did what it did: that is not asked for.
            is_named = asked is found_members and names_one(question, asked, kind)
            return [] if is_named else of_kind(asked, question, kind)
        if len(found_members) > 1:
            return found_members
    return []


def focus(question: Question, sentence: str, vocabulary: Vocabulary) -> str:
    """The clause of the sentence that says most of the question, a list or the asked kind of thing counting too."""
    return ranked(question, sentence, vocabulary)[0]


_NEAR, _FAR = 1.5, 0.6  # what a word counts in the clause of the question that asks, and in another clause of it


def ranked(question: Question, sentence: str, vocabulary: Vocabulary) -> list[str]:
    """The clauses of the sentence, first the one that says most of the question and has what it asks for."""
    parts = clauses(sentence) or [sentence]
    kind, wanted, does = kind_of(question, vocabulary), wanted_count(question), _predicate(question)
    near, leads = _near(question), _leading(question)

    def value(text: str) -> float:
        bonus = 0.5 * (question.want is Want.LIST and size(text) > 1)
        bonus += (0.8 if question.open else 0.6) * bool(kind and kind not in _NOT_IN_NAMES and kind in text)
        bonus += _LED * any(asked_of in text for asked_of in leads)
        bonus += 1.2 * (wanted > 1 and fits_count(question, text, wanted))
        bonus += 0.5 * any(text.endswith(word) and len(text) > len(word) for word in does)
        bonus -= question.want is Want.NAME and not _is_new(without_lead(text), "", question)
        return bonus + sum(
            term.weight * found(term, text) * (_NEAR if term.text in near else _FAR)
            for term in question.terms
            if term.text not in kind or question.open
        )

    return sorted(parts, key=lambda text: -value(text))


def _leading(question: Question) -> list[str]:
    """The verb right before the asking word (「依托哪家医院」), in the question's words and the reports'."""
    asking = _ASKING.search(question.asks)
    before = question.asks[: asking.start()].rstrip() if asking else ""
    led = next((term for term in question.terms if before.endswith(term.text) and term.text in actions()), None)
    return [led.text, *led.variants] if led else []


_LED = 0.8  # what the verb that leads to the asking word counts more


def _near(question: Question) -> str:
    """The clause of the question that asks, where it has several."""
    return next((part for part in re.split("[，,；;]", question.asks) if _ASKING.search(part)), question.asks)


def _predicate(question: Question) -> list[str]:
    """The words of the question that stand after its asking word and are no part of the asked kind of thing."""
    asking = _ASKING.search(question.asks)
    if not asking:
        return []
    rest = question.asks[asking.end() :]
    return [word for term in question.terms if rest.find(term.text) > 1 for word in (term.text, *term.variants)]


_VERB_ASKS = re.compile(r"([\u3400-\u9fff]{2})(?:的是|了)?(?:什么|啥|哪些)(?=[，,、；;和与及？?]|$)")


def _after_each_verb(question: Question, sentence: str) -> list[str]:
    """What follows each verb that asks (「对标什么、聚焦什么」), where the sentence has them all."""
    verbs = _VERB_ASKS.findall(question.asks)
    if len(verbs) == 1 and not VERB.fullmatch(verbs[0]):
        return []
    found_objects = []
    for verb in verbs:
        having = [one for one in clauses(sentence) if verb in one and not one.endswith(verb)]
        clause = min(having, key=lambda one: one.find(verb), default="")
        found_objects.append(unquoted(clause[clause.find(verb) + len(verb) :].strip(" 了为")) if clause else "")
    return found_objects if all(len(one) > 1 for one in found_objects) else []


def _place(question: Question, parts: Sequence[str]) -> str:
    """The place that a preposition of the best clauses leads to, up to the verb."""
    for clause in parts:
        for match in _PLACE.finditer(clause):
            place = trimmed(match["place"])
            if len(place) > 1 and place not in question.text and said(question, clause):
                return place
    return ""


def _quoted(question: Question, sentence: str, parts: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The names in quotation marks that are of the asked kind, or that stand where a name is asked for."""
    kind = kind_of(question, vocabulary)
    if kind:
        quoted = [name for name in _QUOTED.findall(sentence) if name not in question.text]
        # 「市中心医院“云医院”」: the quoted name is but another one of the thing before it.
        quoted = [name for name in quoted if not re.search(rf"{re.escape(kind)}[“《]{re.escape(name)}", sentence)]
        fitting = [name for name in quoted if name.endswith((kind, kind[-1]))]
        if fitting:
            return fitting
    if NAMED.search(_near(question)):
        speaking = [parts[0], *(part for part in parts[1:] if said(question, part))]
        return next((names for part in speaking if (names := _unsaid(part, question))), [])
    return []


_BRACKETED = re.compile(r"[（(]((?:(?![至到])[\u3400-\u9fffA-Za-z0-9]){2,12})[）)]")


def _in_brackets(question: Question, sentence: str, vocabulary: Vocabulary) -> list[str]:
    """Another name that stands in brackets, where it ends in the kind of thing asked for (「叫什么楼」)."""
    kind = kind_of(question, vocabulary)
    named = [name for name in _BRACKETED.findall(sentence) if kind and name.endswith(kind) and len(name) > len(kind)]
    return named[:1] if question.want is Want.NAME and named and named[0] not in question.text else []


def _unsaid(clause: str, question: Question) -> list[str]:
    return [name for name in _QUOTED.findall(clause) if name not in question.text]


def _named_whole(question: Question, clause: str) -> list[str]:
    """Where a thing's name is asked for (「…的平台叫什么」), the phrase that the question's words stand in."""
    name = trimmed(clause)
    return [name] if NAMED.search(_near(question)) and _is_new(name, "", question) else []


def _only_quoted(question: Question, clause: str) -> list[str]:
    """The one name in quotation marks that the clause has and the question has not."""
    quoted = [name for name in _QUOTED.findall(clause) if name not in question.text]
    return quoted if question.want is Want.NAME and len(quoted) == 1 else []


def _ending_in(question: Question, sentence: str, parts: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The phrase that ends in the asked kind of thing, in the best clause that has one."""
    kind, head, does = kind_of(question, vocabulary), head_of(question), _predicate(question)[:1]
    least = said(question, parts[0]) * _NEARLY
    before = _clause_before(clauses(sentence), parts[0])
    own = kind in _NOT_IN_NAMES
    for clause in (parts[0], *([] if own else [*([before] if before else []), *parts[1:]])):
        if clause is not before and said(question, clause) < least:
            continue
        for ending in (kind, kind[-2:], kind[-1:]) if clause is parts[0] else (kind,):
            matches = list(re.finditer(re.escape(ending), clause)) if ending else []
            for match in sorted(matches, key=lambda one: not clause[: one.start()].endswith("等")):
                name = _phrase_to(clause, match, ending, head, vocabulary)
                within = (
                    any(word in name[: name.rfind(ending)] for word in does if word not in kind) and not question.open
                )
                if (
                    not within
                    and not _COUNT.match(name)
                    and _is_new(name, ending, question)
                    and not is_generic(name, vocabulary)
                ):
                    return [name]
    return []


_COUNT = re.compile(r"[\d一二两三四五六七八九十]+[个家条座处项所]")  # 「9个地块」 names none
_NOT_IN_NAMES = frozenset("公司 企业 机构 单位 部门 国家 地方 人 团队".split())  # what is one of these is not named so
_NEARLY = 0.6  # how much of what the best clause says another one must say to have the name


def _phrase_to(clause: str, match: re.Match[str], ending: str, head: str, vocabulary: Vocabulary) -> str:
    """The phrase of the clause up to the asked kind of thing; what stands before 「等项目」 without it."""
    before, end = clause[: match.start()], match.end()
    if before.endswith("等") and ETC.search(clause, match.start() - 1, end):
        return trimmed(before)
    goes_on = head[head.find(ending) + len(ending) :] if ending in head else ""
    until = clause.find("等", end)
    if until > end and goes_on.startswith(clause[end:until]):
        end = until
    if len(ending) == 1 and clause[match.start() : end + 1] in vocabulary.known:
        end += 1  # 「哪块地」 is answered by 「…地块」
    start = max((before.rfind(mark) for mark in "，,；、：《"), default=-1) + 1
    phrase = without_lead(clause[start:end])
    known_as = _AS.search(phrase, 2)  # 「某中心作为首批中心」 names 某中心
    return unquoted(phrase[: known_as.start()] if known_as else phrase)


_AS = re.compile(r"作为|被?评为|获评|成为|入选|纳入")


def _is_new(name: str, ending: str, question: Question) -> bool:
    """Whether a name says more than the question does itself."""
    return len(name) > len(ending) and name not in question.text and said_besides(name, question) > 1


def _spots(question: Question, clause: str, asking: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where in the clause the words stand that the question says before its asking word, and those after it."""
    before: list[tuple[int, int]] = []
    after: list[tuple[int, int]] = []
    kind, asked = head_of(question), question.asks
    described = DESCRIBED.search(asked, asking) if asking >= 0 else None
    kind += asked[described.start() : described.start("head")] if described else ""
    for term in question.terms:
        at = asked.find(term.text)
        if asking >= 0 and term.text in kind:
            continue
        for word in (term.text, *term.variants):
            place = clause.find(word)
            if place >= 0:
                (after if at > asking >= 0 else before).append((place, place + len(word)))
    return sorted(before), sorted(after)


def _gap(question: Question, sentence: str, clause: str, vocabulary: Vocabulary) -> list[str]:
    """What stands in the clause where the asking word stands in the question."""
    asking = _ASKING.search(question.asks)
    before, after = _spots(question, clause, asking.start() if asking else -1)
    if not before and not after:
        return []
    ends = max((end for _, end in (*before, *after)), default=0)
    if after:
        first = after[0][0]
        start = max((end for _, end in before if end <= first), default=0)
        choices = [clause[start:first], clause[:first], clause[ends:], _clause_before(clauses(sentence), clause)]
    elif question.open:
        choices = [clause[a[1] : b[0]] for a, b in zip(before, before[1:], strict=False)] + [clause[ends:]]
    else:
        choices = [clause[max(end for _, end in before) :], clause[: before[0][0]]]
    for choice in [_whole_names(choice, clause) for choice in choices]:
        filled = trimmed(re.sub(r"^(?:成为|[至到为于了的])", "", choice.strip(" ，,、；")))
        if len(filled) > 1 and not is_generic(filled, vocabulary):
            return [filled]
    return []


def _clause_before(parts: Sequence[str], clause: str) -> str:
    """The clause before: it has the subject of one that opens with its verb."""
    at = parts.index(clause) if clause in parts else 0
    return parts[at - 1] if at and VERB.match(clause) else ""


def _whole_names(choice: str, clause: str) -> str:
    """The choice; all of a name in quotation marks where it is a part of one."""
    return next((name for name in _QUOTED.findall(clause) if choice and choice in name), choice)


def shortest(names_found: Sequence[str]) -> tuple[str, ...]:
    """The names without repeats, empty ones left out."""
    return tuple(dict.fromkeys(name for name in names_found if name))
