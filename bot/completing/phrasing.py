"""The many ways in which a follow-up is said, put into the few that are read: 「再看看X的情况」 as 「X呢」."""

import re

_END = r"[呢呀啊吧]*[？?。！!\s]*$"
_ALSO = r"(?:同样|再|也|还|顺便|一并|接着|另外|那|就|来|想|请)"
_LOOK = r"(?:[看说问查讲聊](?:一?[下看说问]|看一下)?|了解一?下)"
_AGAIN = (
    # 「X又如何」, 「X的情况呢」, 「X也说一下」, 「再看看X」, 「换X看看」: the same of X.
    (rf"^(?P<x>[^，,？?多几哪]{{1,20}}?)(?:又|也)(?:是|会|该)?(?:如何|怎样|怎么样|咋样|是?多少|有多少|什么情况){_END}", r"\g<x>呢"),
    (r"(?<=[\u3400-\u9fff])的?情况呢[？?。\s]*$", "呢"),
    (rf"(?<=[\u3400-\u9fff]{{2}})(?:{_ALSO}{_LOOK}|{_LOOK}看){_END}", "呢"),
    (rf"^{_ALSO}+{_LOOK}(?P<x>[^，,？?]{{2,16}}?){_END}", r"\g<x>呢"),
    (rf"^换(?:成|到|为|一下|个)?(?P<x>(?!话题|问题|句话)[^，,？?]{{2,16}}?)(?:来?看看?|试试|看一下|来看)?{_END}", r"\g<x>呢"),
)
_POINTS = (
    (r"(?:与之|和它|跟它)?(?:相?对应|相应)的?", ""),
    (r"^(?:还是|就)?(?:同一个?|这一?个?|该)(?:指标|口径|数据|项目|事情?)[，,]", ""),
    (r"^除(?:此|这个?|那个?|它)(?:以外|之外|外)[，,]?", "另外，"),
    (r"(?<!最)后(?:面|头|边)?(?:的?[那这]一?个|一个)(?!月|季度|年)", "后者"),
    (r"(?<!最)前(?:面|头|边)?(?:的?[那这]一?个|一个)(?!月|季度|年)", "前者"),
    (r"(?:刚刚?|新)(?:搬?来|进来|加入|入驻|落户|冒出来)的(?=呢|有|是|多少|几|占|$)", "新增的"),
)
_ASKED = (
    (r"有没有(?:定|设|提出?|给)?(?P<aim>目标|计划|任务)[，,](?:是|定了?|要|有)?(?=多少|几)", r"\g<aim>是"),
    (r"(?:要|想|会|准备|打算|计划)(?:干嘛|干啥|做啥|干些?什么|做些?什么)[呢呀啊？?]*$", "有什么安排"),
    ("排老几", "排第几"),
    ("实绩", "实际"),
)
_PHRASES = tuple((re.compile(pattern), plain) for pattern, plain in (*_POINTS, *_ASKED, *_AGAIN))


def phrased(text: str) -> str:
    """`text`, a follow-up in Chinese, in the way that is read; where nothing would be left, as it is."""
    for pattern, plain in _PHRASES:
        text = pattern.sub(plain, text, count=1) or text
    return text
