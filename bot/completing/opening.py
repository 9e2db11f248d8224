"""How a follow-up opens: politeness, going back to another thing, relative years and English turns of speech."""

import re
from dataclasses import dataclass, replace

from bot.completing.mentions import Mention, mentions
from bot.completing.phrasing import phrased
from bot.conversation import ASKING, Conversation, Frame, Turn, without_time
from bot.question import years_of
from bot.remarks import without_remark
from bot.rewording import LAST_YEAR
from corpus.types import Report

_BACK_TO = re.compile(
    r"^(?:(?:那|再|还是|我们|咱们|就|又|先|让)*(?:回到|说回|回头[看说]|转回|接着说|(?<=再)[说看问]|(?<=还是)[说看问])"
    r"|(?=(?:刚才|刚刚|前面|之前|上面|一?开始|最[初早先])[^，,]{0,3}的))(?P<what>[^，,]{1,16}?)(?:吧|呢|的话)?[，,]\s*(?P<rest>.+)"
)
_FIRST = re.compile(
    r"^(?:那|再|还是|我们|又|刚才|回到|说回|转回)*(?:第一[个项条](?:问题|指标|话题)?|(?:最(?:开始|先|早|初)|一开始|开头)(?:问|说|提|讲)?(?:到|过|的)*[那这]?(?:一?[个项条])?(?:问题|指标|话题|数字?)?)"
    r"的?[，,]?(?=(?P<rest>.+))"
)
_LAST_BUT_ONE = re.compile(r"^(?:那|回到|说回)*上上一?[个项条](?:问题|指标|话题)?的?[，,]?(?=(?P<rest>.+))")
_CORRECTS = re.compile(
    r"^(?:不对|不是|错了|搞错了|弄错了|不)[了啊呀，,。！!\s]*(?:我?是?(?:要问|想问|想知道|说|问|指|要)的?(?:其实)?是?)?[，,]?"
    r"|^我是?(?:要问|想问|说|问|指|要)(?:的(?:其实)?是[，,]?|(?=[^，,？?]{1,12}的[。！!]?$))"
    r"|^我(?:是说|说|是指|指)(?:的是)?[，,]?(?=[^，,？?]{2,12}$)"
)
_CHANGED = re.compile(r"^(?:换成|改成|换到|改为|换)(?=20\d\d|\d\d年|今年|明年|去年)")
_BEFORE = re.compile(r"(?:刚才|刚刚|前面|上面|之前)(?:说|提到|讲|问)?(?:到|过)?的?(?:那一?个|这一?个)?")
_THEN = re.compile(r"^那(?=家庭|家长|家政|个人|个体|条件|所有|名单|名额|座谈|种植|处理|位置|部分)")  # no 「那家」
_SWITCHES = re.compile(r"换个?(?:话题|问题)|另外?问一?[个下]|问点别的|说点别的")
_NEXT_YEAR = re.compile(r"明年|来年|下一?年(?!级)|次年")
_YEAR_BEFORE = re.compile(r"(?<![比较跟和与同])(?:上一年度?|前一年度?)(?![^，,]*比)")  # of the year spoken of
# Without a unit, it is the growth that the report tells.
_LESS_THAN_LAST_YEAR = re.compile(rf"{LAST_YEAR}(?P<how>[多少高低])了?多少[？?。\s]*$")
_MORE = r"(?:more|higher|greater|larger|bigger|fewer|less|lower|smaller)"
_LESS = re.compile(r"fewer|less|lower|smaller", re.IGNORECASE)
_ENGLISH = (
    (
        re.compile(
            r"^(?:and |so )?(?:is|was) (?:the|that|this|its|their) (?:new |2025 |next year's )?"
            r"(?:target|goal|plan|aim) (?:any )?"
            r"(?:fewer|less|lower|smaller)\W*$",
            re.IGNORECASE,
        ),
        "目标比实际少吗",
    ),
    (
        re.compile(
            r"^(?:and |so )?(?:is|was) (?:the|that|this|its|their) (?:new |2025 |next year's )?"
            r"(?:target|goal|plan|aim) (?:any )?"
            r"(?:more|higher|greater|larger|bigger)\W*$",
            re.IGNORECASE,
        ),
        "目标比实际多吗",
    ),
    (re.compile(rf"\bwhich year\b.*\b{_MORE}\b", re.IGNORECASE), "哪年更多"),
    (
        re.compile(rf"\bwhich (?:one |of them |of the two )?(?:is|was|are) (?:the )?{_MORE}\b", re.IGNORECASE),
        "哪个更多",
    ),
    (
        re.compile(
            r"\bwhich (?:one |of them |of the two |of these )?"
            r"(?:grew|rose|increased|is growing|has grown|was growing) (?:the )?(?:faster|more|fastest|most)\b",
            re.IGNORECASE,
        ),
        "哪个增长更快",
    ),
    (
        re.compile(
            r"^(?:and |so )?(?:how (?:many|much) (?:is (?:that|it) |are (?:there|they) )?)?"
            r"(?:in total|altogether|combined)\W*$",
            re.IGNORECASE,
        ),
        "加起来一共多少",
    ),
    (re.compile(r"^(?:and )?by how (?:much|many(?: percentage)?(?: points?)?)\W*$", re.IGNORECASE), "相差多少"),
    (re.compile(r"^(?:and )?what(?:'s| is| was)? the (?:difference|gap)\b(?!.{12})", re.IGNORECASE), "相差多少"),
    (re.compile(rf"^(?:and |so )?how (?:many|much) {_MORE}(?: is (?:that|it|this))?\W*$", re.IGNORECASE), "相差多少"),
    (re.compile(r"\b(?:which|what) year (?:is|was) (?:that|this|it)\b", re.IGNORECASE), "这个数是哪一年的"),
    (re.compile(r"^(?:and |what about |how about )*the former\W*$", re.IGNORECASE), "前者呢"),
    (re.compile(r"^(?:and |what about |how about )*the latter\W*$", re.IGNORECASE), "后者呢"),
)
_ENGLISH_THAN = re.compile(
    rf"^(?:and |so )?(?P<much>how (?:many|much) )?(?:(?:is|was) (?:that|this|it) )?(?P<how>{_MORE}) "
    r"(?:is (?:that|it) )?than (?P<than>this year|last year|next year|in 20\d\d|20\d\d)",
    re.IGNORECASE,
)
_ENGLISH_FASTER = re.compile(
    r"^(?:and |so )?(?:did|does|has|is) (?:it|that|this|they) (?:grow|rise|increas|grown|risen|growing|rising)\w* "
    r"(?:any )?(?P<how>faster|slower|more|less)(?: quickly| slowly| strongly)? than\b",
    re.IGNORECASE,
)
_ENGLISH_ASKS = re.compile(r"是否|有没有|增长|增加|增速|上升|更?[快慢]|更[多少]|[多少]多少|比|它们?|[，,？?\s]")
_YEARS = {"this year": "今年", "last year": "去年", "next year": "明年"}


@dataclass(frozen=True, slots=True)
class Opening:
    """A follow-up as it is read on: `original` is its wording before translation, where that still tells something.

    `switched` tells that it says itself that it goes over to another thing (「换个话题」).
    """

    text: str
    original: str
    switched: bool = False


def opened(text: str, original: str, last: Turn, report: Report) -> Opening:
    """`text` without politeness, its next year counted from the conversation, English turns of speech in Chinese."""
    english = _english(original, text)
    bare = english or re.sub(r"(?<=比)呢[，, ]*(?=.)", "", _THEN.sub("", without_remark(text))) or text
    bare = phrased(bare)
    if last.years[:1] != (report.planned,) and not set(years_of(bare, report)) & {report.planned}:
        bare = _LESS_THAN_LAST_YEAR.sub(lambda match: f"同比{'增长' if match['how'] in '多高' else '下降'}多少", bare)
    corrected = _CHANGED.sub("那", _CORRECTS.sub("", bare))
    if corrected and corrected != bare:
        bare = corrected if ASKING.search(corrected) or corrected.endswith(("呢", "吗")) else f"{corrected}呢"
    return Opening(_next_year(bare, last, report), "" if english else original, bool(_SWITCHES.search(text)))


def _next_year(text: str, last: Turn, report: Report) -> str:
    if not (_NEXT_YEAR.search(text) or _YEAR_BEFORE.search(text)) or re.search(r"20\d\d", text) or not report.planned:
        return text
    if _YEAR_BEFORE.search(text) and last.years[:1] == (report.planned,):
        return _YEAR_BEFORE.sub(f"{report.year}年", text)
    known = set(years_of(text, report)) <= {report.year, report.planned}
    return (
        text
        if known or _YEAR_BEFORE.search(text) or last.years[:1] != (report.year,)
        else _NEXT_YEAR.sub(f"{report.planned}年", text)
    )


def _english(original: str, text: str) -> str:
    if not original or re.search(r"[\u3400-\u9fff]", original):
        return ""
    faster = _ENGLISH_FASTER.match(original)
    if faster:
        named = _ENGLISH_ASKS.sub("", text)
        return f"比{named}涨得{'慢' if faster['how'].lower() in ('slower', 'less') else '快'}吗" if named else ""
    than = _ENGLISH_THAN.match(original)
    if than:
        year = than["than"].lower().removeprefix("in ")
        how = "少" if _LESS.search(than["how"]) else "多"
        return f"比{_YEARS.get(year, f'{year}年')}{how}{'多少' if than['much'] else '吗'}"
    return next((chinese for pattern, chinese in _ENGLISH if pattern.search(original)), "")


def gone_back(text: str, conversation: Conversation, last: Turn, report: Report) -> tuple[str, Turn]:
    """What is asked after 「回到X，」, and the turn that it goes on from: the last one, speaking of X."""
    spoken = mentions(conversation.turns, report.place)
    for pattern, place in ((_FIRST, 0), (_LAST_BUT_ONE, -2)):
        match = pattern.match(text)
        if (
            match
            and len(spoken) > 1
            and ("一个" not in match.group() or "问题" in match.group() or "回" in match.group())
        ):
            one = spoken[place]
            return match["rest"], _speaking_of(one.topic, one, last, one.years)
    match = _BACK_TO.match(text)
    if not match:
        return text, last
    named, rest = years_of(match["what"], report), match["rest"]
    if named and not years_of(rest, report):
        rest = f"{named[0]}年{rest}"
    what = without_time(match["what"], report.place)
    bare = _BEFORE.sub("", what)
    if len(bare) < 2:
        return rest, last
    before = next((one for one in reversed(spoken) if bare in one.topic), None)
    topic = bare
    if before:
        whole = before.topic if before.topic.endswith(bare) else bare
        topic = whole if bare == what else before.topic[: before.topic.rfind(bare) + len(bare)]
    return rest, _speaking_of(topic, before, last, before.years if before and not named else ())


def _speaking_of(topic: str, one: Mention | None, last: Turn, years: tuple[int, ...]) -> Turn:
    """The last turn as if it had spoken of `topic`."""
    frame = Frame(topic, one.ask if one else "是多少")
    years = years or last.years
    return replace(last, frame=frame, years=years, subject="", name="", passages=(), units=frozenset(), facts=())
