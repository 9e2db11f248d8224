"""Names by the part that they play: with whom something is done, what it was named and by whom, which country."""

import re
from collections.abc import Callable, Sequence

from bot.lexicon import countries
from bot.matching import found
from bot.question import Question
from bot.reading.phrases import repeats, trimmed

_WITH_WHOM = re.compile(r"(?:[与和跟同]|联合|携手|会同)(?:了)?(?:哪|谁|什么|何)")
_PARTNER = re.compile(
    r"(?:[与同]|联合|携手|会同)(?P<names>[^，,；;]{2,40}?)(?=签[署订约]|[等的]|合作|共[同建享]|新一轮|开展|展开|建立|联合|战略|首次|携手|举办|"
    r"发起|推出|达成|结成|结对|深度)"
)
_WHOSE_GRANT = re.compile(
    r"(?:哪|谁|什么|何)[^，,？?]{0,8}?(?:(?<![获被])评|授|颁|表扬|表彰|肯定|认定|批准?的|发的|给的)"
)
_GRANT = re.compile(
    r"(?:获评?|荣获|入选|评为|获批|认定为|授予)(?P<name>[\u3400-\u9fff]{1,10}?(?:局|部|委|办|厅|署|协会|学会|总会|联合会|组织|委员会|政府))(?=[\u3400-\u9fff\d“])"
)
_WHAT_HONOUR = re.compile(
    r"得了什么荣誉|(?:什么|啥|哪[个些项种]?)(?:样的?)?(?:荣誉|称号|头衔|奖|牌子|认证|认定|名号|殊荣|表彰|名单)"
)
_HONOUR = re.compile(r"(?:获评|荣获|入选|[被获]?评为|认定为|授予|成为|创成|跻身|上榜|获批)为?(?P<name>[^，,；;]{3,40})")
_INTO_WHAT = re.compile(
    r"(?:打造|建设?|变|改造|培育|转型|发展|做|升级)(?:成为?|为)(?:一?个?)(?:什么|啥|怎样的|何种|哪种)"
)
_BECOMES = re.compile(r"(?:打造|建设成|建成|成为|形成|转型为?|培育|创建)(?:成为?|为)?(?P<what>[^，,；;]{3,30})")
_FOR_WHOM = re.compile(r"服务对象是谁")
_GROUP = (
    r"(?:群体|人群|人员|人才|老人|老年人|儿童|青年|学生|学员|居民|家庭|企业|单位|商户|机构|毕业生|残疾人|军人|困难户)"
)
_COUNTRY = re.compile(r"哪[一几些个两三四五]*国家?|什么国家")


def asks_role(question: Question) -> bool:
    """Whether those are asked for that play one of the parts (「去了哪几个国家」, 「和谁签约」, 「得了什么荣誉」)."""
    return any(asked.search(question.asks) for asked, _ in _ROLES)


def by_role(question: Question, parts: Sequence[str]) -> list[str]:
    """The names in the clauses that play the part that the question asks for, best clause first; [] where none do."""
    for pattern, reads in _ROLES:
        asking = pattern.search(question.asks)
        if asking:
            done = [term for term in question.terms if term.text in question.asks[asking.end() - 1 :]]
            by_deed = sorted(parts, key=lambda part: -sum(found(term, part) for term in done))
            return next((names for one in by_deed if (names := reads(one, question))), [])
    return []


def _beneficiaries(clause: str, question: Question) -> list[str]:
    """For whom the clause says the named thing is: who stands right before its name."""
    names = (term.text for term in question.terms if term.strong)
    told = (re.search(rf"(?P<whom>[\u3400-\u9fff]{{0,10}}{_GROUP})[“《]?{re.escape(name)}", clause) for name in names)
    return [trimmed(match["whom"]) for match in told if match and trimmed(match["whom"]) not in question.text][:1]


def _honour(clause: str, question: Question) -> list[str]:
    """What the clause says was awarded, unless to another than the question is about."""
    match = _HONOUR.search(clause)
    if not match:
        return []
    winner, name = trimmed(clause[: match.start()]), trimmed(match["name"])
    another = len(winner) > 1 and not any(found(term, winner) for term in question.terms)
    return [] if another or name in question.text else [name]


def _become(clause: str, question: Question) -> list[str]:
    match = _BECOMES.search(clause)
    return [match["what"]] if match and not repeats(match["what"], question) else []


def _granted_by(clause: str, _: Question) -> list[str]:
    match = _GRANT.search(clause)
    return [match["name"]] if match else []


def _countries(clause: str, _: Question) -> list[str]:
    places = {clause.find(name): name for name in countries() if name in clause}
    return [places[at] for at in sorted(places)]


def _partners(clause: str, question: Question) -> list[str]:
    for match in _PARTNER.finditer(clause):
        names = [trimmed(name) for name in match["names"].split("、")]
        if all(len(name) > 1 and name not in question.text for name in names):
            return names
    return []


_ROLES: tuple[tuple[re.Pattern[str], Callable[[str, Question], list[str]]], ...] = (
    (_COUNTRY, _countries),
    (_WITH_WHOM, _partners),
    (_WHOSE_GRANT, _granted_by),
    (_FOR_WHOM, _beneficiaries),
    (_WHAT_HONOUR, _honour),
    (_INTO_WHAT, _become),
)


def alternatives(question: Question) -> list[str]:
    """The things between which a question chooses (「开工还是竣工」), or []."""
    match = re.search(
        r"(?:是|在|属于|[，,\s])(?!是)([\u3400-\u9fff]{2,8}?)(?:，|,)?还是([\u3400-\u9fff]{2,8}?)(?:[？?呢啊呀]|"
        r"$)",
        question.asks,
    )
    match = match or _NAMED_TWO.match(question.asks)
    return list(match.groups()) if match else []


_NAMED_TWO = re.compile(
    r"^\s*([\u3400-\u9fff\d]{2,14}?)[和与跟、]([\u3400-\u9fff\d]{2,14}?)(?:这?两[个家者座条所]|之间|中)?[，,]?\s*哪一?[个家者座条所]"
    r"(?=[今明先后已要会将能还是在]|20\d\d|[开竣完]工|建成)"
)
