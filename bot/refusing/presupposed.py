"""What a question takes for granted: the claims that stand before or around what it asks."""

import re

from bot.refusing.phrases import phrases
from bot.refusing.subject import WHY, bare
from bot.translating import to_chinese

_ASKS = re.compile(
    r"多少|(?<!好)几(?!乎)|哪|谁|什么|啥|怎么|咋|如何|何[时地人处种日]|为何|多[久长大高远快](?=[？?，,的]|$)|[吗呢][？?\s]*$|原因|理由|缘由|缘故"
    r"|怎样|是不是|是否|有没有|会不会|能不能|够不够|来得及|成因|对策|补救|列出|说说|讲讲|介绍"
)
_WHETHER = re.compile(
    r"对吗|对不对|是吗|是否|是不是|是真的|真的吗|正确|属实|没错|准不准|(?<![了的])吗[？?\s]*$|有没有|没有[啊呀]?[？?\s]*$|[对是]吧[？?\s]*$"
)
_CLAUSE = re.compile(r"[，,；;：:？?。！!]|——|[\s]-\s")
_AFTER = re.compile(
    r"(?<![最今然前先灾课售产术战落滞])(?:之后|以后|以来|过后|后)(?!来|续|年|备|勤|台|方|期|马路|者|面|代)|(?:的)?(?:那天|当天|那一天|首日)"
)
_TOPIC = re.compile(
    r"^\s*(?:在|按|按照|根据|对于|关于|围绕|针对|除了?|从|截至|到|为了?|作为|请|想|问|如果|要是|假如|若)"
    r"|(?:里|上|中|方面|时|的话|期间|当中|相比|比起来|比较|对比|下|内|之外|以外|的[\u3400-\u9fff]{0,6}|这[块一][\u3400-\u9fff]?|[？?吗])\s*$"
)
# What is asked then is asked of the things named before: they are a topic and no claim.
_ASKS_OF_IT = re.compile(r"(?:分别|各自?(?!类|项)|一共|总共|合计|共计|哪|谁|平均)")
# 「…完工，今年有几条」: how much of it is asked, and nothing said of it.
_HOW_MUCH_OF_IT = re.compile(
    r"(?:(?:[今明去]年|年内|20\d\d年?|全年|目前|到现在)\s*)?(?:又|都|要|能|会)?[是有定做搞弄]?了?(?:多少|几)[^，,]{0,4}[？?\s]*$"
)
_EMPTY = re.compile(r"^[\s是的这那它些都就]*$")
_TAIL = re.compile(
    r"[，,]?\s*(?:这|那)?(?:究竟|到底)?(?:是|的|由|出于|主要|成因|靠|有|\s)*(?:什么|哪些?|啥)?[？?呀啊呢\s]*$"
)
_NUMBER_THEN_NOUN = re.compile(r"^(.*\d.*?)的[\u3400-\u9fff]{1,6}$")
_NOT_SO = re.compile(r"(?:不是|不都)([\u3400-\u9fff“”\d]+?)(?:了?[嘛吗么]|了)$")
_OF_A_NUMBER = re.compile(
    r"^[^，,；;]*?(?<!\d)(?!20\d\d(?!\d))\d[^，,；;]*?(?=如何|怎么|怎样|由哪|主要|是哪|都?[有在]哪|分布|来自|靠|分到|分解)"
)
_ENGLISH_AFTER = re.compile(
    r"\b(?:after|since|now that|because|when|given that)\s+(?P<claim>[^,;?]{8,}?)"
    r"(?:[,;?]|\bwhat\b|\bhow\b|\bwhich\b|$)",
    re.IGNORECASE,
)
_ENGLISH_BEFORE = re.compile(
    r"^(?P<claim>(?!(?:of|in|for|among|at|as|under|on|by|during|besides|apart)\b)[^,:;?]{12,})"
    r"(?:[,:;]|(?<!\b[A-Z])\.(?=\s))\s*(?:but |so |and |then )?"
    r"(?:why|which|what|who|how|where|when)\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ENGLISH_WRONG = re.compile(
    r"\b(?:went wrong|lose|lost|overtook|overtaken|lost to|"
    r"beat|beaten|fell behind|cancell?ed|scrapped|abandoned|collapsed?|failed)\b",
    re.IGNORECASE,
)
_ENGLISH_NEVER = re.compile(
    r"\bwhy (?:was|is|has|have|were|are|did|does)n?'?t?\s(?P<what>.+?)\s"
    r"(?:never|not|still not|yet to|unfinished|incomplete)\b"
    r".{0,20}?\b(?:finish|complet|open|built|done|start)",
    re.IGNORECASE,
)
_ENGLISH_UNMET = re.compile(
    r"(?P<what>.+?)\s(?:was|is|were|are|has|have|had)(?:\s(?:still|been))?\s?(?:never|not|n't|yet to)\b.{0,20}?"
    r"\b(?:finish|complet|open|built|done|start)",
    re.IGNORECASE,
)
_ENGLISH_WHETHER = re.compile(
    r"^\s*(?:is|are|was|were|did|does|do|has|have|will|can)\b|,\s*right\b|true\?", re.IGNORECASE
)


def presupposed(text: str, original: str, reported: str) -> tuple[str, ...]:
    """The claims that `text`, a question in Chinese, takes for granted; none where it asks whether they hold.

    `original` is the question as typed: an English one is parted before it is translated, word by word.
    """
    if sum("\u3400" <= char <= "\u9fff" for char in original) * 2 < sum(map(str.isascii, original)):
        return _english(text, original, reported)
    if _WHETHER.search(text) and not WHY.search(text):
        return ()
    return tuple(dict.fromkeys(claim for claim in _chinese(text) if len(claim) > 3))


def _chinese(text: str) -> list[str]:
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    leading = clauses[: next((i for i, clause in enumerate(clauses) if _ASKS.search(clause)), 0)]
    whole = "，".join(leading)
    denied = _NOT_SO.search(whole)
    found: list[str] = []
    if denied:
        found.append(whole[: denied.start()] + denied.group(1))
    elif leading and _claims(whole) and not _asks_of_it(whole, clauses[len(leading)].strip()):
        found.append(whole)
    elif leading and (noun := _NUMBER_THEN_NOUN.match(whole)):
        found.append(noun.group(1))
    after = _AFTER.search(text)
    if after and not _ASKS.search(text[: after.start()]) and not _TOPIC.search(text[: after.start()][-2:]):
        found.append(f"{text[: after.start()]}了")
    if WHY.search(text):
        found.append(_TAIL.sub("", bare(text)) if not leading else bare(whole))
    numbered = _OF_A_NUMBER.match(text)
    if numbered and not _ASKS.search(numbered.group()):
        found.append(re.sub(r"的(?:目标|任务|计划|要求)?\s*$", "", numbered.group()))
    return [claim for claim in found if not _EMPTY.match(claim)]


def _claims(whole: str) -> bool:
    """Whether clauses before the asking one say something and do not just name it; who is let in is said."""
    return not _TOPIC.search(whole) or phrases("premise.txt")["限制"].search(whole) is not None


def _asks_of_it(whole: str, asking: str) -> bool:
    """Whether the asking clause asks only how much, or who, of what the clauses before it name."""
    return bool(_ASKS_OF_IT.match(asking) or (_HOW_MUCH_OF_IT.match(asking) and not re.search(r"\d", whole)))


def _english(text: str, original: str, reported: str) -> tuple[str, ...]:
    if _ENGLISH_WHETHER.search(original):
        return ()
    original = _THOUSANDS.sub("", original)
    parts = [match["claim"] for match in (_ENGLISH_AFTER.search(original), _ENGLISH_BEFORE.search(original)) if match]
    claims = [_unmet(part, reported) or to_chinese(part, reported) for part in parts]
    never = _ENGLISH_NEVER.search(original)
    if never:
        return (f"{to_chinese(never['what'], reported)}还没竣工",)
    if WHY.search(original) or WHY.search(text) or _ENGLISH_WRONG.search(original):
        claims.append(bare(text))
    return tuple(dict.fromkeys(claims))


def _unmet(part: str, reported: str) -> str:
    """A claim in English that something was not finished, in Chinese, or ''."""
    match = _ENGLISH_UNMET.match(part)
    return f"{to_chinese(match['what'], reported)}还没竣工" if match else ""
