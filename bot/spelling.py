"""Finds the names that English questions spell in pinyin (「Yude Road」) in the reports' own text (「裕德路」)."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from bot.lexicon import lines_of

_SHORTEST = 4  # letters; a shorter name in pinyin is too easily another …
_SHORTEST_ALONE = 5  # … and this is so where no 「Road」 or 「Park」 follows
# What a place is called in English, and the endings of such names in Chinese.
_ENDINGS = {
    "road": "路", "street": "街 街道", "avenue": "路 大道", "lane": "弄 巷", "subdistrict": "街道", "park": "公园",
    "village": "村 新村", "river": "河 港 江 塘", "creek": "港 浜", "bridge": "桥 大桥", "station": "站",
    "town": "镇 小镇", "square": "广场", "hospital": "医院", "school": "学校 中学 小学", "university": "大学",
    "district": "区", "county": "县", "city": "市", "museum": "博物馆", "tunnel": "隧道", "airport": "机场",
    "building": "大厦 楼", "plaza": "广场", "temple": "寺", "island": "岛", "lake": "湖", "mountain": "山",
    "port": "港", "province": "省", "plot": "地块", "area": "片区 地区", "community": "社区 小区", "project": "项目",
}  # fmt: skip


def name_at(words: Sequence[str], at: int, known: str) -> tuple[str, int]:
    """The name of `known` that the capitalised words from `at` on spell, and how many words that takes; or ('', 0)."""
    for length in (3, 2, 1):
        spelled = words[at : at + length]
        letters = "".join(spelled).lower().removesuffix("'s").replace("'", "")
        if len(spelled) < length or len(letters) < _SHORTEST or not all(word[0].isupper() for word in spelled):
            continue
        if not _pinyin().fullmatch(letters):
            continue
        names = _sounding(letters, known)
        ending = words[at + length].lower() if at + length < len(words) else ""
        for name in names:
            for end in _ENDINGS.get(ending, "").split():
                if name + end in known:
                    return name + end, length + 1
        if names and len(letters) >= _SHORTEST_ALONE:
            return names[0], length
    return "", 0


@cache
def _pinyin() -> re.Pattern[str]:
    syllables = sorted((line.split(" ", 1)[0] for line in lines_of("pinyin.txt")), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(syllables)}){{2,}}")


def _sounding(letters: str, known: str) -> list[str]:
    """The stretches of `known` that `letters` spell, the commonest first."""
    spelled, starts = _spelled(known)
    counts: dict[str, int] = {}
    place = spelled.find(letters)
    while place >= 0:
        start, end = starts.get(place), starts.get(place + len(letters))
        if start is not None and end is not None and end - start > 1:
            name = known[start:end]
            counts[name] = counts.get(name, 0) + 1
        place = spelled.find(letters, place + 1)
    return sorted(counts, key=lambda name: (-counts[name], name))


@lru_cache(maxsize=4)
def _spelled(known: str) -> tuple[str, dict[int, int]]:
    """`known` in pinyin, and for each place where a syllable begins the place of its character."""
    from pypinyin import Style, lazy_pinyin

    runs = re.findall(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+", known)
    pieces: list[str] = []
    for run in runs:
        chinese = "\u3400" <= run[0] <= "\u9fff"
        pieces += lazy_pinyin(run, style=Style.NORMAL, v_to_u=False) if chinese else ["|"] * len(run)
    starts, length = {}, 0
    for character, piece in enumerate(pieces):
        starts[length] = character
        length += len(piece)
    starts[length] = len(pieces)
    return "".join(pieces), starts
