"""What was typed, put plainly: what surrounds the question is left off, years are in digits, commas part clauses.

Greetings, thanks, who asks and why, and how the answer is wanted say nothing of what is asked.
"""

import re

from bot.framing import loosened
from bot.rewording import over_last_year
from corpus.numerals import plain_years

_STOP = r"[\s，,。.！!？?～~、；;：:…]"
_SOUND = rf"{_STOP}*"
_ME = r"(?:麻烦|劳烦|烦请)?(?:您|你|各位)?"
_MAY = r"(?:能不能|能否|可不可以|可否|可以|能|请)?"
_ENDING = r"(?:吗|么|不|伐|没有?)?"

_HELLO = (
    r"(?:(?:你|您|大家|各位|领导|老师|小编)们?好|哈[喽啰罗]|嗨|(?:早上|上午|中午|下午|晚上)好|打扰一?下?了?|不好意思"
    r"|(?:请问|请教|咨询|问)一?下|请问|请教|劳驾|辛苦了?|(?:麻烦|劳烦|烦请)(?:您|你|各位)?(?:问|查|看|说)一?[下声]"
    r"|我?(?:就是)?想(?:要)?(?:请教|咨询|问问|问|知道|了解)(?:您|你|大家)?(?:一?下|个事儿?|个问题|一声)?"
    rf"|{_MAY}{_ME}(?:帮我|帮忙|给我)(?:查|看|问|找)一?[下查看]?|{_MAY}{_ME}(?:告诉我|告知)(?:一下)?)"
)
# 「最后问一下」 is left: it says that the talk goes over to something else.
_AGAIN = (
    r"(?:(?:其实|主要)?我?(?:就|还|再|又|也|接着|继续|顺便)+(?:想|要)?(?:再|接着)?(?:请?问|请教|咨询|了解|知道)(?:您|你)?(?:一?下|一?个问题|一句|问)?"
    r"|那么?(?=换个?(?:话题|问题)|我(?:说|问|指|要)的?是))"
)
_HUM = r"(?:嗯+|呃+|额+|哦+|噢+)(?=[…，,.。~\s])"
_REPORTED = (
    r"(?:根据|依据|按照?|从|据)?(?:这份|该|本|上述|区里的?)?(?:政府)?(?:工作|计划)?报告(?:里面?|中|上|内)?"
    r"(?:的说法|来看|看|显示|所说|提到|披露)?[，,：:]"
)
_TALK = (
    r"(?:(?:话说|说起来|其实|就是|那个啥|随便问问|不懂就问|弱弱(?:地|的)?问一?[句下]|考考(?:您|你)|测试一下|(?:您|你)?(?:来)?说说看?|有点好奇|好奇问?一?下?"
    r"|有[个件]事儿?(?:想问)?|有个问题|问个(?:问题|事儿?)|我(?:就|只)?(?:是)?想(?:问|知道)|不知道为?什?么?"
    r"|(?:写|做|赶|整理|准备)(?:稿子?|材料|论文|作业|报告|新闻|课题|方案|PPT)(?:要?用|需要)?"
    r"|(?:翻|找|查|看)了(?:半天|很久|好久|一圈|一遍)?(?:报告)?(?:也|都|还是)?(?:没|没有)(?:找|看|查)到"
    r"|(?:[^，,。！!；;：:]{0,8})(?:提到|说起|聊到|聊起|问到|问起|问我)(?:过|了)?(?:这事|这个|这件事)?)[，,：:。；;]"
    r"|不知道(?=.*(?:多少|几|哪|谁|什么)))"
)
_THANKS = (
    r"(?:(?:先|非常|十分|万分)?(?:谢谢|多谢|感谢|谢啦|谢了)(?:[您你]们?|大家|各位|先|了|啦|哈|啊)*"
    r"|(?:麻烦|拜托|辛苦)(?:您|你|各位|大家)?了|拜托(?:您|你|各位)?|不胜感激|急+(?:急|用|求|问)*|在线等|等回复)"
)
_WANTED = (
    rf"(?:(?:求|请)(?:您|你)?(?:尽快|务必|帮忙)?(?:回答|回复|答复|解答?|告知|告诉我|说明|指教)(?:一?下|我)?|{_MAY}(?:告诉我|回答|查到){_ENDING}"
    r"|我?(?:就|很|只)?想(?:要)?(?:知道|了解|搞清楚|问问|看看)(?:一?下)?|给个?(?:准数|数字?|准信|具体数字?)"
    rf"|(?:有没有|有)(?:具体|准确|确切|官方|公开|相关)?的?(?:数据|数字|说法){_ENDING}|用(?:中文|一句话|简体字?)(?:回答|说|讲)"
    rf"|{_MAY}(?:具体|详细|仔细|展开|简单|简要)(?:一?点|些)?地?(?:说|讲|介绍|回答)(?:说|讲|一?下)?"
    r"|我?(?:要|需要|给我?)个?(?:准确|具体|精确|确切)的?(?:数字?|数据|答案)|(?:出处|来源|依据|原文)(?:是|在)?(?:哪里?|哪儿|什么|第几页)?"
    r"|一句话(?:告诉我|说|回答|概括)|(?:写|做)(?:稿子?|材料|论文|作业|新闻)(?:要?用|需要)|(?:大概|大约|大致)?(?:就行|即可|就好|就可以)了?"
    rf"|报告(?:里面?|中|上)?(?:有没有|有)?(?:说|写|提)[到了]?{_ENDING}|(?:您|你)?(?:知道|清楚|晓得){_ENDING}"
    r"|报告(?:里面?|中|上)?是?(?:怎么|如何)(?:写|说|讲|提)的?|在?(?:报告)?(?:里面?)?的?哪一?(?:段|页|章|节|部分)"
    r"|(?:谁|有人|哪位)(?:能|可以|来|给)*(?:我|大家)?(?:说|讲|介绍|解释)(?:说|讲)?一?下?)"
)

_PLEASE = r"(?:please |kindly )?"
_TELL = rf"{_PLEASE}(?:tell me|let me know|help me find out)"
_ENGLISH_HELLO = (
    r"(?:(?:hello|hi|hey|good (?:morning|afternoon|evening)|excuse me|sorry to bother you)(?: there| everyone)?"
    rf"|(?:could|can|would|will) (?:you|anyone|somebody|someone) {_TELL}|{_TELL}|may i (?:know|ask)"
    r"|i(?:'d| would) (?:like|love) to (?:know|ask)|i(?: just)? want(?:ed)? to (?:know|ask)"
    r"|i(?:'m| am|'ve been| was)(?: just)? (?:wondering|curious)|just (?:wondering|curious)"
    r"|(?:do|would) you (?:happen to )?know|(?:according to|based on) the report"
    r"|(?:as|being) (?:an? |some(?:one|body) )[a-z' -]{3,60}(?=,))"
)
_ENGLISH_THANKS = (
    r"(?:(?:many )?thanks(?: a lot| so much| in advance)?|thank you(?: very much| so much| in advance)?|cheers|please)"
)

# Possessive: however a run of thanks is parted, nothing is tried twice.
_BEFORE = re.compile(
    rf"^(?:(?:{_HELLO}|{_AGAIN}|{_HUM}|{_REPORTED}|{_TALK}){_SOUND})++(?=\S)|^(?:{_ENGLISH_HELLO}\b{_SOUND})++(?=\S)",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"(?P<mark>[？?]?)(?:{_SOUND}(?:{_THANKS}|\b{_ENGLISH_THANKS}))++{_SOUND}$", re.IGNORECASE)
_HOW = re.compile(rf"(?:(?P<mark>[？?]){_SOUND}|{_STOP}+){_WANTED}(?:{_STOP}+{_WANTED})*{_SOUND}$")
_PARTICLE = re.compile(r"(?:来着|[呢呀啊哈哦噢喔])+(?=[？?！!。\s]*$)")
_SURELY = re.compile(r"[咯喽咧]+(?=[？?！!。\s]*$)")
_ASKS = re.compile(
    r"多少|几|哪|什么|啥|谁|怎么|如何|吗|是不是|是否|有没有|没有?$|多[大高长久]|何|伐|[嘛么](?=[？?]?$)|(.)不\1"
)
OPENLY = r"(?:多少|几|哪|什么|啥|谁|何时|怎么|如何|多[大高长久])"
_KNOWN = re.compile(
    r"^(?:(?:您|你|有人|谁)们?(?:知不知道|知道不知道|知道|晓得|清楚|了解|记得)|(?:能不能|能否|可以|能)?(?:查得?到|找得?到|查一?下|告诉我|说出))"
    rf"(?!的|了)(?P<asked>.*{OPENLY}.*?)(?:吗|么|不|没有?)?(?P<mark>[？?]?)$"
)
_MEANING = re.compile(
    r"(?:(?:到底|究竟|具体)?(?:是|代表|表示|指的?是?)?[个些]?(?:什么|啥)意思|的?(?:含义|意思|涵义|定义)(?:[是为]?(?:什么|啥))?)"
    r"(?=[？?！!。\s]*$)"
)
_MEANS = re.compile(r"^何[谓为](?P<what>[^，,？?]{2,20})(?=[？?！!。\s]*$)")
# 「电梯少了是怎么回事」 asks why, 「三优先是怎么回事」 what it is.
_ABOUT = re.compile(
    r"^(?P<what>[^了多少降涨低高没不慢快，,]{2,14}?)(?:到底|究竟)?是个?(?:怎么|咋)一?回事(?=[？?！!。\s]*$)"
)
_SO_FAR = re.compile(  # not where it wonders (「咋到现在还没好」), nor where all there is is asked for
    r"(?<![咋么])(?:截至|截止到?|[直一]*到)(?:现在|目前|今天|如今|眼下|这会儿?)(?:为止)?(?![还也都]|[^，,？?]{0,5}[一总]共)"
)
# 那 typed for 哪: 「今年那几家医院评上了」, 「甲和乙那个高，高多少」.
_THAT = re.compile(
    r"(?<=[\u3400-\u9fff])那(?=几[个家条座所项处位种类]|些[\u3400-\u9fff]{2,}[了的]$)"
    r"|(?<=[\u3400-\u9fffA-Za-z\d])那(?=个[^，,？?]{0,6}[高多大快少低小长][，,？?\s]*(?:[高多大快少低小长差]多|$))"
)
_JOINS = re.compile(r"[和与跟、]")
_ENDED = re.compile(r"(?<=\w)[\s？?。！!~～…]+$")
_CLAUSES = re.compile(r"[，,；;。]")
_CLAUSE = 5  # characters; what is shorter may be a key word


def plainly(text: str) -> str:
    """`text` put plainly; one that asks nothing without what surrounds it comes back with it."""
    asked = _KNOWN.sub(r"\g<asked>\g<mark>", _AFTER.sub(r"\g<mark>", _BEFORE.sub("", text)))
    asked = _SO_FAR.sub("至今", _SURELY.sub("吧", asked))
    asked = _MEANS.sub(r"\g<what>是什么", asked)
    asked = _ABOUT.sub(r"\g<what>是什么", _MEANING.sub("是什么", asked))
    for around in (_HOW, _PARTICLE):
        bare = around.sub(lambda match: match.groupdict().get("mark") or "", asked)
        asked = bare if _ASKS.search(_CLAUSES.split(bare)[-1]) else asked
    if not _ASKS.search(asked.replace("那几", "")) or (_JOINS.search(asked) and "多少" in asked):
        asked = _THAT.sub("哪", asked)
    whole = asked if any(character.isalnum() for character in asked) else text
    return loosened(over_last_year(plain_years(_ENDED.sub(_ending, _parted(whole)))))


def _ending(match: re.Match[str]) -> str:
    return next((mark for mark in match.group() if mark in "？?"), "")


def _parted(text: str) -> str:
    """`text` with a comma where a blank parts two clauses; blanks between key words stay."""
    clauses = text.split(" ")
    parted = clauses[0]
    for before, after in zip(clauses, clauses[1:], strict=False):
        long_enough = min(len(before), len(after)) >= _CLAUSE
        is_clause = long_enough and _ASKS.search(after) and (_ASKS.search(before) or len(clauses) == 2)
        parted += ("，" if is_clause else " ") + after
    return parted
