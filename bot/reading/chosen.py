"""Of the members of a list the one that a question asks for."""

import re
from collections.abc import Sequence

from bot.matching import found
from bot.question import Question, Want


def names_one(question: Question, members_found: Sequence[str], kind: str) -> bool:
    """Whether the question names one of them itself and asks for a thing of another kind."""
    named = [name for name in members_found if len(name) > 2 and name in question.text]
    return len(named) == 1 and bool(kind) and not question.open and not any(kind in name for name in members_found)


def of_kind(members_found: list[str], question: Question, kind: str) -> list[str]:
    """Of members of several kinds those of the kind asked for, where their names say it."""
    if question.open:
        return members_found
    said_whole = [name for name in members_found if _says_others(question, name, kind)]
    if len(said_whole) == 1:
        return said_whole
    named = [name for name in members_found if len(kind) > 1 and name.endswith(kind)]
    return named or members_found


def _says_others(question: Question, name: str, kind: str) -> bool:
    """Whether a name has a telling word of the question that is not the kind of thing asked for."""
    return any(term.strong and term.text not in kind and found(term, name) >= _SURELY for term in question.terms)


_SURELY = 0.9


_OWNED = re.compile(r"(?P<owner>[^“”《》]{2,})[“《](?P<name>[^“”《》]{2,})[”》]")


def whose(members_found: list[str], question: Question) -> list[str]:
    """Of members that each name their owner (「甲校“一计划”、乙校“二计划”」), the one of the owner asked about."""
    owned = [match for member in members_found if (match := _OWNED.fullmatch(member))]
    asked = [match["name"] for match in owned if match["owner"] in question.text]
    return asked if len(asked) == 1 else members_found


def describes_one(clause: str, question: Question) -> bool:
    """Whether what 「、」 joins are qualities of one thing (「最深、最大的设施」), not things."""
    after = clause[clause.rfind("、") + 1 :]
    return question.want is not Want.LIST and "的" in after and clause.count("最") > 1 and "、" in clause
