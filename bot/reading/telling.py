"""What a sentence tells of a thing: what it is, what it is to be, what came of it, in the sentence's own clauses."""

import re

from bot.matching import found
from bot.question import Question
from bot.reading.phrases import clauses, said, said_besides, unquoted, without_lead

_MOST = 3
_SURE = 0.8
_STATE = re.compile(
    r"(?:什么|啥|哪些|何种|怎样的|哪几[项个方]面?)(?:样的?|新的?)?(?:目标|要求|措施|举措|成效|成果|效果|状态|程度|地步|地位|水平|规模|"
    r"办法|方式|方法|进展|变化|作用|特点|成绩|内容|动作|安排|任务|性质|方向|规矩|表现|动静|阶段)|哪一?步|哪个阶段|到哪了|怎么|如何|怎样|咋"
)
_RESULTS = re.compile(r"成效|成果|效果|成绩|变化|战果")
_MEANS = re.compile(r"办法|方式|方法|靠什么|靠啥|措施|举措|怎么(?!样)|如何|咋(?!样)")
_PURPOSE = re.compile(r"^(?:避免|防止|减少|提升|促进|方便|增强|切实|努力|更好|从而|让|使|为)")
_ASKS_WHAT = re.compile(
    r"定位|是什么|是[干做]什么|[干做]啥|是啥|什么是|何为|算是|是个?什么|性质|当作|作为什么|意思|指的?是?什么|指啥|又叫|[”」](?:是|指)哪|[以把将](?:什么|啥)"
)
_NAMED = re.compile(r"[“「《]([^“”「」《》]{2,30})[”」》]")


def wants_telling(question: Question) -> bool:
    """Whether a state, a result, a measure or a manner is asked for: a clause answers that, no name does."""
    return _STATE.search(question.asks) is not None


def telling_clauses(question: Question, sentence: str) -> list[str]:
    """The clauses that tell what was asked, at most three, in the sentence's order."""
    parts = clauses(sentence)
    if not parts:
        return []
    best = max(range(len(parts)), key=lambda i: (said(question, parts[i]), -i))
    if _RESULTS.search(question.asks) and best + 1 < len(parts):
        return parts[best + 1 :][:_MOST]
    if _MEANS.search(question.asks) and best and _PURPOSE.match(parts[best]):
        return parts[max(0, best - _MOST) : best]
    if best + 1 < len(parts) and said_besides(parts[best], question) <= 1:
        return [_clean(parts[best + 1])]
    chosen = [best]
    for term in sorted(question.terms, key=lambda term: -term.weight):
        if term.strong and not any(found(term, parts[i]) >= _SURE for i in chosen):
            chosen += [i for i, part in enumerate(parts) if found(term, part) >= _SURE][:1]
    return [_clean(parts[i]) for i in sorted(set(chosen))[:_MOST]]


def _clean(clause: str) -> str:
    return unquoted(clause.strip(" ，,；;。、"))


def meaning(question: Question, sentence: str) -> list[str]:
    """What the sentence says the named thing is: in brackets, before its name, after 「为」 or a colon; else []."""
    if not _ASKS_WHAT.search(question.asks):
        return []
    found_meanings = [text for name in subjects(question) if (text := _is_what(name, sentence))]
    return list(dict.fromkeys(found_meanings))


def does_what(question: Question) -> bool:
    """Whether a question asks what a thing does or is for (「是干什么的」, 「有什么用」)."""
    return _DOES_WHAT.search(question.asks) is not None


def doing(question: Question, sentence: str) -> list[str]:
    """The first clause that names the thing and says what is done with it, if the sentence has one."""
    names = subjects(question)
    return [one for one in clauses(sentence) if _DOES.search(one) and any(name in one for name in names)][:1]


_DOES_WHAT = re.compile(r"[干做]什么|[干做]啥|什么用|用途|作用|功能是")
_DOES = re.compile(r"打造|提供|集聚|孵化|服务|用于|旨在|支持|入驻|开展|展示|生产|负责")


def subjects(question: Question) -> list[str]:
    """The things whose nature is asked for: those in quotation marks, or what stands beside 「是什么」."""
    quoted = _NAMED.findall(question.asks)
    if quoted:
        return quoted
    taken = _TAKEN_AS.search(question.asks)
    if taken:
        return [taken.group(1)]
    match = _BESIDE.search(question.asks)
    return [next(group for group in match.groups() if group)] if match else []


_TAKEN_AS = re.compile(r"[以把将](?:什么|啥)(?:当作|当成|作为|视为|看作|为)([^，,？?呢]{2,20})")
_BESIDE = re.compile(
    r"什么是([^，,？?]{2,20})|([^，,？?\s请问]{2,20}?)(?:的[^的，]{0,6})?(?:算|又|究竟|到底)?(?:是|叫|指)"
)


def _is_what(name: str, sentence: str) -> str:
    core = re.escape(name)
    mark = r"[”」》]?"
    glossary = re.search(rf"{core}{mark}[\u3400-\u9fff]{{0,4}}：([^。]+)", sentence)
    if glossary:
        return glossary.group(1).strip()
    for clause in clauses(sentence):
        for pattern in (
            rf"(?P<what>[^，,；]{{2,40}})[（(][“「]?{core}{mark}[）)]",
            rf"{core}{mark}[（(](?P<what>[^（）()]{{2,40}})[）)]",
            rf"[以将把](?P<what>[^，,；]{{2,30}}?)(?:打造|建设|作)?为[“「]?{core}{mark}$",
            rf"(?<![以将把由]){core}{mark}(?:打造成?|建设成?|确定|定位|列|评|升级)?(?:成为|为(?!核心|依托|主)|是|作为|指)(?P<what>[^，,；]{{2,50}})",
            rf"(?P<what>[^，,；“”]{{2,}}(?:“[^“”]*”)?[^，,；“”]{{2,}})[“「]{core}{mark}(?=$|[，,；]|建成|启用|启动|揭牌|开|投|上线|正式|运营)",
        ):
            match = re.search(pattern, clause)
            if match and not re.fullmatch(r".*(?:入驻|推进|实施|依托|围绕|聚焦)", match["what"]):
                what = unquoted(without_lead(match["what"]))
                if len(what) > 1:
                    return what
    return ""
