"""What a sentence claims in a word (not, because, the first, per head, by June): its sources must say so too."""

import re
from collections.abc import Iterator

_QUOTED = re.compile(r"[“「『《][^“”「」『』《》]{1,60}[”」』》]")
# A word that denies, and the two characters that it denies.
_DENIES = re.compile(
    r"(?:尚未|并未|从未|未曾|未能|未|没有|没能|没|并非|不再|不能|不会|不|无|非)(?P<what>[\u3400-\u9fff]{1,2})"
)
_STOPS = re.compile(r"取消|停止|停建|停工|停办|中止|终止|暂停|搁置|失败|拒绝|缺乏|缺失|除外|假如|如果|倘若|本应|原本")
# In these nothing is denied, or the quantity behind them is open to one side and held against the report's as such.
_DENIES_NOTHING = re.compile(
    r"不(?:断|仅|但|同|等|只|少于|低于|超过|高于|多于|大于|小于|久|少)|无(?:论|疑)|非(?:常|凡)|未(?:来|央)|没(?:收|落)"
)
# Of each group one must stand in the sources where one stands in the sentence.
_GROUPS = tuple(
    re.compile(words)
    for words in (
        r"因为|由于|得益于|受益于|归功|归因|源于|缘于|起因|原因|出于|导致|致使|造成|使得|因此|因而|所以|受[^，,。]{1,12}影响|(?<=[，,])因",
        r"带动|拉动|撬动|推高",
        r"环比",
        r"年均|年平均|每年|逐年|连年|历年|连续[^，,。]{1,3}年",
        r"月均|每月|每个月|逐月|按月",
        r"日均|每天|每日",
        r"人均|每人|每名|每位|每个人",
        r"户均|每户|每家|每个家庭|每个企业",
        r"平均",
        r"上半年|下半年|年中(?![心央])",
        r"季度|一季|二季|三季|四季",
        r"\d月|月份|月底|月末|月初|[上中下]旬|[一二三四五六七八九十]月",
        r"年底|年末|岁末|期末",
        r"年初|岁初",
        r"全部|所有|悉数|全数|一律|无一|统统",
        r"(?<!平)均(?![衡价等势可])|都(?![市会])|全部|所有|各",
        r"仅|只有|唯有|只(?=[占有达增])",
        r"首次|首个|首家|首批|首创|首座|首例|首条|首届|第一个|第一家|率先|唯一|独家|先河",
        r"最[高大多好快佳强优先低小少慢差近早长]|第一|首位|榜首|之首|居首|冠军|榜眼|领跑|领先|名列前茅|遥遥",
        r"前列|前茅|上游|靠前",
        r"新高|纪录|历史|空前|前所未有|史上",
        r"远超|超额|超预期|超出预期|好于预期|高于预期|超过预期|大大|远高|远低",
        r"大幅|显著|明显|迅猛|飞速|迅速|猛|激增|骤|暴[涨跌增]|剧[增减]",
        r"全面完成|全部完成|圆满|任务(?:全面|全部|已)?完成",
        r"顺利|如期|提前|按期",
        r"翻[了一]?番|倍增|减半|腰斩",
        r"表扬|表彰|点名|批评|问责|处罚|赞扬|好评|称赞|肯定|认可",
    )
)
_LEAST = 2  # characters that a denied thing must have in common with the source


def unfounded_claim(text: str, words: str) -> str:
    """The first word of `text` that claims what no word of `words`, all that its sources say, does; '' without.

    What stands in quotation marks is a name, held against the sources as such.
    """
    bare = _QUOTED.sub("“”", text)
    for group in _GROUPS:
        match = group.search(bare)
        if match and not group.search(words):
            return match.group()
    return next(_denials(bare, words), "")


def _denials(text: str, words: str) -> Iterator[str]:
    """Words that deny what the sources do not deny, then what the sources deny and the text does not."""
    stops = _STOPS.search(text)
    if stops and stops.group() not in words:
        yield stops.group()
    for match in _DENIES.finditer(text):
        if (
            not _DENIES_NOTHING.match(text, match.start())
            and match.group()[: -len(match["what"])] + match["what"][:1] not in words
        ):
            yield match.group()
    for match in _DENIES.finditer(words):
        what = match["what"]
        if len(what) < _LEAST or _DENIES_NOTHING.match(words, match.start()) or what not in text:
            continue
        if _always_denied(what, words) and not _ever_denied(what, text):
            yield what


def _always_denied(what: str, text: str) -> bool:
    places = [match.start() for match in re.finditer(re.escape(what), text)]
    return all(_denied_at(text, place) for place in places)


def _ever_denied(what: str, text: str) -> bool:
    return any(_denied_at(text, match.start()) for match in re.finditer(re.escape(what), text))


def _denied_at(text: str, place: int) -> bool:
    return re.search(r"[未没不无非有能曾]$", text[:place]) is not None
