"""What people say of themselves around what they ask: left off where it says nothing that the reports tell."""

import re
from collections.abc import Sequence
from functools import cache

from bot.lexicon import places
from bot.matching import found
from bot.refusing.scope import asks_opinion
from bot.terms import Term, Vocabulary
from bot.typed import OPENLY
from corpus.figures import find_figures

_PART = re.compile(r"[^，,。！!；;：:？?]+[，,。！!；;：:？?]*\s*")
# 我区 is the place itself, and so is what stands before 区 in 我们区.
_OF_ONESELF = re.compile(
    r"我(?!们?[区市省县镇街国院校])|咱(?!们?[区市省县镇街])|俺|阿拉(?!区)|本人|作为|身为|家里|家有|家长群|孩子|小孩|[儿侄]子|女儿|囡|娃"
    r"|爷|奶奶|外[公婆]|老人家|老[公婆伴板师]|[爸妈叔姑舅姨哥姐弟妹]|朋友|同[事学]|邻居|隔壁|亲戚|楼[上下里]|小区群|领导|单位|公司(?=要|让)|客户|编辑|记者|考[公研]"
    r"|台里|审计|财务|民政口|导师|课题|论文|作业|写|做|搞|选|买|租|备考|竞标|准备|打算|考虑|想|要|为了|交|年底|刚|最近|近来|昨[天晚]|今早|前[两几]?[天阵段]|周末|暑假|寒假|平时|[天每][天次]|[春夏秋冬]天|一到|半夜|手头|正在"
    r"|上网|查|翻|看|退休|失业|待业|毕业|怀|爱|喜欢|关心|关注|好奇|听(?=邻居|人|朋友|同事)"
)
_WANTS = re.compile(
    r"[这那]个?我|越|省得|以便|便于|方便|供|直接|简单|不[要必用想]|不胜|搞不|网上|回头|给|只要|麻烦|别|谁[给能来]|(?:有没有|有)(?:公开|官方|具体)|在哪一?[段页章节]|(?:报告|公报)里|帮|写进|我|孩子|想|好|急"
)
_ASKS_OPENLY = re.compile(OPENLY)
_ASKS = re.compile(
    rf"{OPENLY}|(?<!好)吗|是不是|是否|有没有|没有?[？?啊呀\s]*$|了没|对不对|何|伐[？?\s]*$|么[？?\s]*$|[吧呢][？?，,\s]*$"
    r"|差(?:了|出|距|额)|各(?:是|有|占|为)|分别|(.)不\1"
)
# 「危险点这些」 sums up what it stands behind, and points at nothing before.
_POINTS = re.compile(
    r"(?:(?<![\u3400-\u9fff])|(?<=[在去到对给把是由向从]))[那这][里边儿个些]|附近|周边|[我咱]们(?![区市省县镇街])|我家|[它他她]"
)
_TIME = re.compile(r"[明去前后来当上下]年|年[初中末底内]|20\d\d|\d年|月|季度|至今")
_HEARD = re.compile(r"听说|听讲|据说|都[说讲传]|说是|看到.{0,6}[说讲提写]")
_ASKER = re.compile(
    r"[^，,。！!？?；;：:]{2,24}?想(?:先|再)?(?:问问?|知道|了解|打听|咨询|请教)(?:一?下|一声|您|你)?(?=[^，,。！!？?；;：:\s]{4})"
)
_A_PERSON = re.compile(r"(?:[人民员生师者友]|家长|[妈爸]|老板|业主|女士|先生|阿姨|大[爷妈]|口子|的)[就很都也]?$")
_LEADS = re.compile(
    r"(?:(?:想|要)(?:先|再)?(?:问|知道|了解|请教|打听|弄清|搞清)[^，,]{0,3}|[要得]用[到上]?)[，,：:\s]*$"
)
_NARROWS = re.compile(  # what narrows the question or leads to it
    r"(?:里[面头]?|上|中|[以之]?内|方面|[之以][后前]|的话|来说|而言|时|这[块事个]|[一这那][块项类]|(?<![注解心])[这那]些)[，,：:\s]*$"
    r"|^(?:关于|对于|根据|按|从|在|除|其中|截至|到|20\d\d)"
    r"|^(?:那|再|就|还是|我们)*(?:回到|说回|转回|回头[说看]|第[一二三]|上上|同一|(?:刚才|刚刚|前面|上面|之前|一?开始|最[初早先])[^，,]{0,3}[的个])"
)
# A clause says something; what only names (「新能源汽车，增长多少」) is what is asked about.
_SAYS = re.compile(r"[了得着过想要很太挺不没都就还也在说问讲是吵争看听做跑去来给让跟被吧啊呀哦越]")
_SORT_OF = re.compile(r"的[，,：:\s]*$")  # 「评上市级的，」
_I_AM = re.compile(r"(?:我|本人|俺|咱|阿拉)们?(?:是|在|住|做|搞|干)")  # 「我是做财务的，」
_TOPIC = re.compile(r"(?:试点|项目|工程|工作|计划|行动|活动|指标|目标)[，,：:\s]*$")  # 「…试点，服务了多少人」
_OF_A_PERSON = frozenset(("岁", "周岁", "年", "个", "名", "位", "人", "口", "层", "楼", "月", "个月", "天", ""))
_TABLE = re.compile(r"表\s*\d")
_GOES_ON = re.compile(r"那么?[^，,？?]{1,8}呢[？?\s]*$")  # a follow-up is about what was told before
_COUNTS = re.compile(r"多少|几|多[大高长]")
_TELLING = 0.5
_ENOUGH = 2  # so many words of the reports must be left to ask about, where what is left off may be one of them


def without_asides(text: str, vocabulary: Vocabulary, own: str) -> str:
    """`text` without the clauses before and after what it asks that are about the asker alone.

    `own` is the report's place: who is of another asks about that one.
    """
    return _without(text, vocabulary, own, loosely=False)


def left_off(text: str, vocabulary: Vocabulary, own: str) -> str:
    """`text` without all clauses around what it asks that may be the asker's own: for where nothing answers it.

    What tells of another place, of a figure or of the thing itself (「…试点，服务了多少人」) stays.
    """
    return _without(text, vocabulary, own, loosely=True)


def _without(text: str, vocabulary: Vocabulary, own: str, *, loosely: bool) -> str:
    text = _without_asker(text, vocabulary, own)
    parts = _PART.findall(text)
    asked = next((at for at, part in enumerate(parts) if _ASKS.search(part)), None)
    if len(parts) < 2 or asked is None:
        return text
    start, end = 0, len(parts)
    while end > asked + 1 and not _elsewhere(parts[end - 1], own) and _is_after(parts[end - 1], vocabulary):
        end -= 1
    while start < asked and not _elsewhere(parts[start], own):
        if not _is_before(parts[start], "".join(parts[start + 1 : end]), vocabulary, loosely=loosely):
            break
        start += 1
    return "".join(parts[start:end]).rstrip("，,；;：: ") if start or end < len(parts) else text


def _without_asker(text: str, vocabulary: Vocabulary, own: str) -> str:
    """`text` from what is asked on, where one clause says who asks it as well (「带两个娃的妈妈想问问…」)."""
    asker = _ASKER.match(text)
    if asker is None:
        return text
    head, rest = asker.group(), text[asker.end() :]
    if any(way.search(head) for way in (_ASKS, _TIME, _HEARD)) or _elsewhere(head, own) or not _ASKS.search(rest):
        return text
    named = [] if _A_PERSON.search(head[: head.rfind("想")]) else _named(head, vocabulary)
    is_apart = not named or not _told_together(named, _named(rest, vocabulary), vocabulary)
    return rest if is_apart and not _POINTS.search(rest) else text


def _is_before(part: str, rest: str, vocabulary: Vocabulary, *, loosely: bool) -> bool:
    """Whether a clause before the asking one is about the asker's own affairs."""
    if _LEADS.search(part):
        return True
    if _NARROWS.search(part) or _POINTS.search(rest):
        return False
    oneself = _OF_ONESELF.match(part) is not None
    if _TIME.search(part) and not _TIME.search(rest) and not (loosely and oneself):
        return False
    if oneself and _GOES_ON.match(rest):
        return True
    named, left = _named(part, vocabulary), _named(rest, vocabulary)
    is_apart = not _told_together(named, left, vocabulary)
    enough = _TABLE.search(rest) is not None or len(_named(rest, vocabulary, least=1)) >= _ENOUGH
    if _SORT_OF.search(part) and not _I_AM.match(part):
        return not named and is_apart and enough
    if not named:
        return oneself or (enough and _SAYS.search(part) is not None and not _TIME.search(part))
    if _HEARD.search(part) or any(one.unit not in _OF_A_PERSON for one in find_figures(part)):
        return False
    if oneself:
        # Whether something may be done hangs on who asks; how much there is of it does not.
        return is_apart or (enough and (loosely or _COUNTS.search(rest) is not None))
    return loosely and is_apart and enough and not _TOPIC.search(part)


def _is_after(part: str, vocabulary: Vocabulary) -> bool:
    """Whether a clause after the asking one says only why it is asked or how it is to be answered."""
    if _ASKS.search(part) or "年" in part or asks_opinion(part, part, vocabulary.all):
        return False
    return _WANTS.match(part) is not None or not _named(part, vocabulary)


def _named(part: str, vocabulary: Vocabulary, least: int = 2) -> list[Term]:
    """The words of a clause, of so many characters at least, that name anything of the reports."""
    terms = [term for term in vocabulary.terms(part) if len(term.text) >= least and not term.text.isdigit()]
    return [term for term in terms if term.known and term.strong]


def _told_together(named: Sequence[Term], left: Sequence[Term], vocabulary: Vocabulary) -> bool:
    """Whether a passage says a word of the clause and a telling one of the question: it may be what is asked about."""
    telling = [term for term in left if term.weight >= _TELLING]
    return not telling or any(
        any(found(one, text) for one in named) and any(found(one, text) for one in telling) for text in vocabulary.texts
    )


def _elsewhere(part: str, own: str) -> bool:
    """Whether a clause names another place than the report's."""
    named = (match.group() for match in _places().finditer(part))
    return any(name not in own and own not in name for name in named)


@cache
def _places() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, places())))
