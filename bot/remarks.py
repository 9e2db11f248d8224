"""Greetings, thanks and what people say to an answer (「原来如此」, 「真不少」): nothing is asked with them."""

import re

_SOUND = r"[\s!！。，,~～…]"
_PLAIN = (
    r"(?:你|您|大家)好|嗨|哈[喽啰罗]|早上好|下午好|晚上好|早(?![\u3400-\u9fff])|在不在|谢谢|谢啦|多谢|感谢|再见|拜拜|好的|行(?!业|政|动|人)|可以"
    r"|没[事有](?=了)|没问题|知道|明白|了解|清楚|收到|懂|辛苦|好(?=[，,。！!~\s吧啊呀嘞]|$)"
)
_REACTS = (
    r"(?:这么|那么|真(?:的|是)?|挺|太|好|很|蛮|够|非常|相当|十分)(?:多|少|高|低|大|小|快|慢|好|强|牛|棒|猛|厉害|不错|不少|不多|不容易"
    r"|可观|惊人|有意思|有趣|详细|清楚|及时|夸张|给力|意外)"
    r"|不错|不少|不容易|厉害|有意思|有道理|难怪|怪不得|如此|[是原来]*这样|没想到|佩服|哇|哦|噢|嗯"
)
_FILLS = r"那么?|喔|[啊呀啦了吧哈嘛的诶哟哎你您我们]|原来|果然|确实|的确|[也都就倒还可是]"
_ENGLISH = r"hello|hi|hey|thanks?|thx|ok(?:ay)?|thank you|great|got it|bye|i see|good (?:morning|evening|afternoon)"
_SAID = re.compile(rf"{_REACTS}|{_PLAIN}|(?:{_ENGLISH})\b|在吗", re.IGNORECASE)
# Possessive: however a run of them is parted, nothing is tried twice.
_REMARK = re.compile(rf"(?:{_SAID.pattern}|{_FILLS}|{_SOUND})++(?:吗?[?？]+)?", re.IGNORECASE)
_SWITCH = r"换个?话题|换个?问题|问点别的|说点别的|另外?问一?[个下]|最后问一?[个下]"
# One at a time: possessive runs of these are matched wrongly before Python 3.11.5.
_OPENING = re.compile(
    rf"(?:{_FILLS})*(?:{_REACTS}|{_PLAIN}|{_SWITCH}|[Oo][Kk])+(?:[了啦吧呀啊哈嘛的]|[你您]们?)*(?:{_SOUND}+|(?=那|再|请问|谢))"
)


def is_remark(text: str) -> bool:
    """Whether `text` asks nothing: a greeting, thanks, or a word to the answer before."""
    return _REMARK.fullmatch(text) is not None and _SAID.search(text) is not None


def without_remark(text: str) -> str:
    """`text` without the remarks that it opens with; one that is nothing else comes back whole."""
    at = 0
    while match := _OPENING.match(text, at):
        at = match.end()
    return text[at:] or text
