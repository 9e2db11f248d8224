"""How far a building, a road or a task has come: the words of each stage, in questions and in reports."""

import re
from collections.abc import Sequence

from bot.matching import found
from bot.terms import Term

PLANNED, STARTED, UNDER_WAY, DONE, IN_USE = range(1, 6)

# Words of reports and of people for each stage, the furthest first: the first that fits says the stage.
_STAGES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (
        IN_USE,
        re.compile(
            r"投用|投入使用|投入运[营行]|投运|开放(?!合作|型|经济|水平|创新|共享|程度|原子|平台|战略)|通车|启用|开业|运营|运行(?!机制|态势|总体)|营业|开馆|开园|开学|用上|通了|开通|能通|通没通|"
            r"开张|开门|迎客|入住|回搬|揭牌|落地运营|上线|免费开|对外开"
        ),
    ),
    (
        DONE,
        re.compile(
            r"竣工|完工|建成|落成|建好|造好|修好|装好|盖好|弄好|做好了|搞好|改好|拆完|改完|修完|建完|装完|盖完|造完|完成|交付|清零|拆除了|全覆盖|收官|贯通|封顶|搬完|征完|拆掉|办完|弄完|做完|到位|实现"
        ),
    ),
    (UNDER_WAY, re.compile(r"加快建设|加快推进|推进|在建|建设中|施工|实施|推动|建设|有序|开展|改造|加快|收尾")),
    (STARTED, re.compile(r"开工|动工|启动|开建|破土|奠基|开始")),
    (
        PLANNED,
        re.compile(r"征集|规划|立项|可行性|批复|方案|筹备|前期|签约|征收|腾地|收储|研究|计划|谋划|论证|选址|征询"),
    ),
)
_ASKED = re.compile(
    r"(?P<use>投用|投入使用|投入运营|投运|通车|启用|开业|营业|开馆|开园|开学|用上|能用|通了|开通|能通|开张|开门|迎客|入住|开放)|"
    r"(?P<done>竣工|完工|建成|落成|(?:建|造|修|装|盖|弄|做|搞|改|拆|搬|征|铺|挖|整)(?:好|完|成|光)了?|完成|交付|贯通|封顶|造出来|建起来|盖起来|拆掉|清零)|"
    r"(?P<started>开工|动工|开建|启动|破土)"
)
_AHEAD = re.compile(r"要|会|能|将|打算|计划|准备|年底前|什么时候")
_NOT_YET = re.compile(r"(?:未|尚未|还没有?|暂未)(?:竣工|完工|建成|完成|投用|开放|通车|启用|开业)")
_PREPARED = re.compile(
    r"完成[^，,；;。]*?(?P<what>前期|腾地|收储|征收|批复|立项|签约|设计|方案|可行性|征询|收尾|开挖|拆房|搬迁|规划|选址|编制)"
)
_PREPARES = re.compile(
    r"(?:推进|推动|加快|开展|有序|实施)[^，,；;。]{0,8}?(?P<what>前期|立项|可行性|征询|论证|选址|收储|腾地|审批)"
)
_BUILT = re.compile(r"竣工|完工|建成|落成|交付|封顶")
_WORKS = re.compile(r"(?:翻|整|重|大|新)(?:修|建|造)(?:好|完|成|光)?了?|房子|那边|这边")
_MANNER = re.compile(r"^(?:对外|正式|全面|基本|全部|顺利|提前)(?=..)")
_NAMED = 0.6  # so much of the thing's words the clause must say
_CLAUSE = re.compile(r"[^，,；;。！？]+")


def asked(text: str) -> int | None:
    """The stage that a question asks about (「通车了吗」), or None."""
    found_stages = [
        stage
        for match in _ASKED.finditer(text)
        for name, stage in (("use", IN_USE), ("done", DONE), ("started", STARTED))
        if match[name]
    ]
    return max(found_stages, default=None)


def clause_asked(text: str) -> str:
    """The question up to the end of the clause that asks about a stage: what comes after asks something else."""
    match = _ASKED.search(text)
    end = re.search(r"[，,；;？?]", text[match.end() :]) if match else None
    return text[: match.end() + end.start()] if match and end else text


def ahead(text: str) -> bool:
    """Whether a question looks ahead (「明年能用上吗」)."""
    return bool(_AHEAD.search(text))


def is_stage(word: str) -> bool:
    """Whether a word of a question says a stage and nothing else."""
    word = _MANNER.sub("", word)
    match = _ASKED.fullmatch(word)
    return (
        match is not None
        or _WORKS.fullmatch(word) is not None
        or any(pattern.fullmatch(word) for stage, pattern in _STAGES if stage in (IN_USE, DONE, STARTED))
    )


def said(
    text: str, within: tuple[int, int], terms: Sequence[Term], asked_of: str = ""
) -> tuple[int, tuple[int, int]] | None:
    """The stage that the clause about `terms` says, with the clause's `[start, end)`; None where it says none.

    Only the clause that names the thing counts, and the one after it where that names no stage itself: another
    thing's completion in the same sentence says nothing of this one. `asked_of` is the question: where it asks for
    a preparation itself (「征收完了吗」), that being done is the stage.
    """
    start, end = within
    clauses = [(start + match.start(), start + match.end()) for match in _CLAUSE.finditer(text[start:end])]
    if not clauses:
        return None
    best = max(range(len(clauses)), key=lambda i: (_told(text[slice(*clauses[i])], terms), -i))
    if _told(text[slice(*clauses[best])], terms) < _NAMED * sum(term.weight for term in terms):
        return None
    for last in range(best, min(best + 2, len(clauses))):
        span = (clauses[best][0], clauses[last][1])
        stage = _stage(text[slice(*clauses[last])], asked_of)
        if stage is not None:
            return stage, span
    return None


def _told(clause: str, terms: Sequence[Term]) -> float:
    return sum(term.weight * found(term, clause) for term in terms)


def _stage(clause: str, asked_of: str) -> int | None:
    if _NOT_YET.search(clause):
        return UNDER_WAY
    stage = next((stage for stage, pattern in _STAGES if pattern.search(clause)), None)
    prepared = _PREPARED.search(clause)
    if stage == DONE and prepared and not _BUILT.search(clause) and prepared["what"][0] not in asked_of:
        return PLANNED
    if stage == UNDER_WAY and (only := _PREPARES.search(clause)) and only["what"][0] not in asked_of:
        return PLANNED
    return stage
