"""Whether a question asks how to go about something, or where it is, and no passage says so."""

import re

from bot.lexicon import places
from bot.question import Question, Want
from bot.reading.reader import shorts_of
from bot.reading.reading import Reading

# What a citizen has to do to get something: a report tells what was done, not what to do.
HOW_TO = re.compile(
    r"(?:怎么|如何|怎样|咋样?)(?:才能|能|可以|去|来|个)?[^，,。？?]{0,8}?"
    r"(?P<deed>申请|办理|报名|领取|领(?![域先导])|预约|缴费|缴|投诉|联系|咨询|报修|参加|加入|申领|查询|注册|买票|购票|买|挂号|报销|入住|落户|操作|收费|住进)"
)
_TO_BRING = re.compile(
    r"(?:要|需要?|得|该)(?:带|交|准备|提供|填写?|递)(?:些|点)?(?:什么|啥|哪些)"
    r"|(?:什么|哪些|啥)(?P<terms>条件|门槛)(?=[^，,]{0,4}(?:申请|才[能可行]|可以|报名|享受|领))"
    r"|(?:什么|哪些|啥)(?P<thing>材料|证件|手续|资料|资格|流程|步骤)"
)
_CONTACT = re.compile(
    r"(?P<way>电话|联系方式|网址|官网|公众号|微信号|邮箱)(?:号码)?(?:是|为)?(?:多少|几|什么|啥|哪|[？?]|$)|打(?:哪个|什么|多少|啥)(?:电话|号码)|什么电话"
    r"|(?:去|到|上|找|在)(?:哪儿|哪里|谁|什么地方|哪个(?:部门|窗口|柜台|单位|地方)|啥地方)[^，,]{0,4}?(?:领(?![域先导])|报名|申请|缴|登记|投诉|咨询|反映)"
    r"|(?:去|到|上|找)(?:哪儿|哪里|谁|什么地方|哪个(?:部门|窗口|柜台|单位|地方)|啥地方)[^，,]{0,4}?办(?!公)"
)
_WHERE = re.compile(
    r"(?:在|位于|设在|开在|建在)(?:哪(?:里|儿)|(?:什么|啥|哪个?|哪条)(?:地方|位置|路|街|马路|小区|楼)(?![段线])|什么路上?|哪几?条(?:马路|街|路上))|地址(?:是|在|为)?(?:哪|什么|多少|[？?]|$)|哪(?:里|儿)(?:有|能|可以)"
)
_PLACE = re.compile(r"[路街道弄号村镇湾滨江河园楼厦馆站校城岛湖港桥区]|中心|广场|医院|基地|海外|剧院|机场|地区")


def tells_no_way(question: Question, text: str, reading: Reading) -> bool:
    """Whether `text`, the question in Chinese, asks for a procedure, a contact or a place that is not told."""
    said = " ".join(piece.passage.text for piece in reading.pieces)
    for pattern in (HOW_TO, _TO_BRING, _CONTACT):
        match = pattern.search(text)
        if match:
            named = next(filter(None, match.groupdict().values()), "")
            return not named or named not in said
    return question.want is not Want.YESNO and bool(_WHERE.search(text)) and not _tells_a_place(text, reading)


def _tells_a_place(text: str, reading: Reading) -> bool:
    """Whether a short answer is a place, and not just the thing that was asked about."""
    shorts = [short for short in shorts_of(reading) if short not in text]
    return any(_PLACE.search(short) or any(place in short for place in places()) for short in shorts)
