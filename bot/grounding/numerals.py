"""What is left of numbers in a sentence once its figures and years are known: it must stand in the source as it is."""

import re
import unicodedata
from collections.abc import Sequence

from bot.quantities import Quantity, same_unit

# Words of every text in which a numeral counts nothing.
_IDIOMS = re.compile(
    r"(?:新?一轮|进一步|更进一步|一步|统一|一体化?|一批批?|一系列|一方面|另一方面|之一|[一二三四五六七八九十]是|一些|一定|一直|一致|一并|一同|"
    r"一律|一起|一线|一流|一带|唯一|同一|一般|一旦|一面|一边|一手|一道|一揽子|万一|千方百计|百姓|十分|十足|三农|一站式|一网|"
    r"一条龙|一老一小|第[一二三四五六七八九十](?=[，,、是：:])|一点|一次性|一段|一种|一类|一样|一如|[一二三]者)"
)
_ROUGH = re.compile(
    r"半数|过半|一半|大半|对半|翻了?一?番|倍增|腰斩|数[十百千万]|上[百千万]|成[百千]|[几好]十|[几好]百|十几|几[千万亿]"
)
_TOKEN = re.compile(r"[A-Za-z0-9.+/\-#％%]*\d[A-Za-z0-9.+/\-#]*")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿廿卅]+")
_ONE_OF = re.compile(r"一(?P<unit>[个家座条处项所间户套台张件场次支幅幢栋块片门份名位人])")
_OVER = ("余", "多")
_STOP = re.compile(r"[\s，。；、：！？,;:）)”」》·\-—\[]|$")
_NOTHING_BEHIND = r"(?=[\s，。；、：,;:）)”」》·\-—]|$)(?!\.\d|,\d)"
_WORDS = "伍陆拾参"  # formal numerals that alone are words: 队伍, 大陆, 收拾
_WORD = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")


def unfounded_numeral(text: str, taken: bytearray, words: str, quantities: Sequence[Quantity]) -> str:
    """The first numeral of `text` outside `taken` that is no idiom and does not stand so in `words`; '' without.

    `quantities` are the source's: 「一座」 is a number where the source counts other than one of them.
    """
    rough = next((match for match in _ROUGH.finditer(text) if not taken[match.start()]), None)
    if rough and rough.group() not in words:
        return rough.group()
    left = bytearray(taken)
    for match in _TOKEN.finditer(text):
        if not any(left[match.start() : match.end()]) and not _stands(match.group(), text[match.end() :], words):
            return match.group()
        left[match.start() : match.end()] = b"\1" * len(match.group())
    for pattern in (_IDIOMS, _CHINESE):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(left[start:end]):
                continue
            if pattern is _CHINESE and not _is_said(text, start, end, words) and not _is_one(text, start, quantities):
                return match.group()
            left[start:end] = b"\1" * (end - start)
    rest = (char for char, is_taken in zip(text, left, strict=True) if not is_taken)
    return next(
        (char for char in rest if unicodedata.numeric(char, None) is not None and char not in words + _WORDS), ""
    )


def _stands(token: str, behind: str, words: str) -> bool:
    """Whether a number in a name stands in the source, followed by the same characters (「19号线」)."""
    token = token.strip(".-/+") or token
    following = "" if _STOP.match(behind) else behind[: 2 if behind[:1] in _OVER else 1]
    end = re.escape(following) if following else _NOTHING_BEHIND
    return re.search(rf"(?<![\d.]){re.escape(token)}{end}", words) is not None


def _is_said(text: str, start: int, end: int, words: str) -> bool:
    """Whether the numeral stands in the source with the character before it or the one behind it."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    sides = [side for side in (f"{before}{text[start:end]}{after}",) if side in words]
    if sides:
        return True
    behind = f"{text[start:end]}{after}"
    return bool(_WORD.match(after)) and re.search(rf"(?<![一二两三四五六七八九十百千万\d]){behind}", words) is not None


def _is_one(text: str, start: int, quantities: Sequence[Quantity]) -> bool:
    """「一个」 counts nothing, unless the source counts other than one of that unit."""
    match = _ONE_OF.match(text, start)
    if not match:
        return False
    counted = [one.low for one in quantities if same_unit(one.unit, match["unit"])]
    return not counted or 1.0 in counted or match["unit"] == "个"
