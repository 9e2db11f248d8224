"""The whole that a sentence speaks of, and whether a count is new or all there is: both as the report has them."""

import re
from functools import cache

from bot.lexicon import places

_WHOLE = re.compile(
    r"中心城区|全国|国内|我国|全球|全世界|世界|国际|亚洲|全[市省区县州]|长三角|(?<=[占居列])(?:[市省区县](?=[^\u3400-\u9fff级]|总|第))"
)
_SHARES_OR_RANKS = re.compile(r"(?:占|居|列|位|[排在]|前|首|[高低快慢多少优大]于|比|较)[^，,；;。]{0,4}$")
_ALL, _NEW = "all", "new"
_SAYS = re.compile(
    r"(?P<new>新增|净增|增加|(?<![高创革更最清全])新(?![型区城兴址村校馆品药路质药房貌颖闻]|能源|一轮|一代|时代|空间|材料|基建|媒体|技术|模式|增长|大楼|标杆))|(?P<all>累计|总计|总共|合计|总数|历年|共有|现有|拥有|存量)"
)
_LEVEL = re.compile(r"达到?$|总数|现有|共有")
_ADDED = re.compile(r"(?:新增|净增|新设|新认定|新登记|新注册|新引进)(?!了?供应|筹措)")
_SAYS_MORE = re.compile(r"新|增|添|多")
_COMMA = re.compile(r"[，,；;。：:！？!?\n]")
_ADJACENT = 2  # characters; 「累计新增」 says both


def other_whole(clause: str, stated: str, place: str) -> str:
    """The whole that the clause of a figure names and the figure's own sentence in the report does not; '' without.

    「全区」 may be said of what is the place's own, but not as the whole of a share or a rank.
    """
    own = f"全{place[-1:]}"
    for match in _WHOLE.finditer(clause):
        ranks = _SHARES_OR_RANKS.search(clause[: match.start()]) or clause.startswith(("第", "首", "最"), match.end())
        is_own = match.group() == own and not ranks
        if match.group() not in stated and not is_own:
            return match.group()
    return ""


def counts_otherwise(before: str, stated_before: str, change: str | None) -> bool:
    """Whether what is new is told as all there is, or the other way round; both are the words before a figure."""
    there_clause = _last_clause(stated_before)
    said, there = _count(_last_clause(before)), _count(there_clause) or (_ALL if change == "累计" else "")
    if said == _NEW and not there:
        return _LEVEL.search(there_clause) is not None
    if there == _NEW and not said:
        return _ADDED.search(there_clause) is not None and not _SAYS_MORE.search(before)
    return bool(said) and bool(there) and said != there


def _last_clause(text: str) -> str:
    return _COMMA.split(text)[-1]


def _count(clause: str) -> str:
    """`new`, `all`, or '' where the clause says neither or both at once."""
    found = list(_SAYS.finditer(clause))
    if not found:
        return ""
    last = found[-1]
    kind = last.lastgroup or ""
    both = len(found) > 1 and last.start() - found[-2].end() <= _ADJACENT and found[-2].lastgroup != kind
    return "" if both else kind


@cache
def _places() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, places())))


def other_place(text: str, words: str, own: str) -> str:
    """The first place of `text` that stands neither in `words` nor in the name of the report's own; '' without."""
    short = re.sub(r"[省市区县]$", "", own)
    for match in _places().finditer(text):
        name = match.group()
        is_above = own and re.match(rf"[省市区县]?{re.escape(own)}", text[match.end() :])
        if name not in words and not is_above and not (short and short in name):
            return name
    return ""
