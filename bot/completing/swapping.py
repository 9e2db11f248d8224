"""Puts one word of a topic in the place of another like it: a deed for a deed, a measure for a measure, a name."""

import re

from bot.completing.followup import FollowUp
from bot.completing.wording import GENERIC, MEASURE_WORD, without
from bot.lexicon import places
from bot.reading.stages import is_stage

_OTHER = dict(zip("上下内外前后东西南北", "下上外内后前西东北南", strict=True))
_OPPOSED = re.compile(rf"(.)([{''.join(_OTHER)}])")
_TWO = 2
_COMPOUND = 3  # a name of so many words takes the place of the whole name before


def swap(it: FollowUp, word: str, *, modifies: bool = False) -> tuple[str, bool]:
    """The topic with `word` in the place of the word like it, and whether it is the same kind of thing."""
    topic = without(it.frame.topic, ("aim",))
    if f"非{word}" in topic:
        return topic.replace(f"非{word}", word), True
    if word in topic:
        return (topic if topic.endswith(word) and MEASURE_WORD.match(word) else word), True
    pieces, own = it.words(topic), it.words(word)
    if word in places():
        return f"{word}{topic}", False
    if opposite(word) in topic:
        return topic.replace(opposite(word), word), True
    if len(own) >= _COMPOUND and (modifies or any(map(is_stage, own))):
        return word, modifies  # 「项目竣工面积」 says itself what of what
    if _fills_slot(it, topic, own, word):
        return topic.replace(it.frame.slot, word), True
    if it.is_deed(word) and not any(len(one) > 1 and it.is_verb(one) for one in pieces):
        return f"{it.thing(topic) or topic}{word}", True
    alike = _beside_same(it, pieces, own, word) or _for_like(it, pieces, own, word)
    return (alike, True) if alike else _for_names(it, pieces, own, word, modifies=modifies)


def opposite(word: str) -> str:
    """What 线下 is to 线上; a blank, which no topic has, where nothing is."""
    match = _OPPOSED.fullmatch(word)
    return f"{match[1]}{_OTHER[match[2]]}" if match else " "


def _fills_slot(it: FollowUp, topic: str, own: list[str], word: str) -> bool:
    """Whether `word` is of the kind that the follow-up before put in, a deed or a thing, and not said again."""
    slot = it.frame.slot
    if not slot or slot not in topic or MEASURE_WORD.match(word) or word.endswith("率") != slot.endswith("率"):
        return False
    before = it.words(slot)
    rest = it.words(topic.replace(slot, " "))
    return it.is_verb(own[-1]) == it.is_verb(before[-1]) and not any(len(one) > 1 and one in rest for one in own)


def _beside_same(it: FollowUp, pieces: list[str], own: list[str], word: str) -> str:
    """`word` where a word of its own stands already (「产出总额」 for 产出)."""
    shared = next((i for i, piece in enumerate(pieces) if len(piece) > 1 and piece in own), None)
    if shared is None:
        return ""
    first = next((i for i, piece in enumerate(pieces) if not it.is_verb(piece)), 0)
    after = "".join(pieces[shared + 1 :]) if own[-1] == pieces[shared] else ""
    beside = pieces[shared + 1 : shared + 2]
    if own[0] == pieces[shared] and len(own) == _TWO and beside and len(beside[0]) == len(own[1]) > 1:
        after = "".join(pieces[shared + 2 :])  # 实有房屋 for 实有人口 in 「实有人口服务次数」
    return f"{''.join(pieces[: shared if own[0] in pieces else first])}{word}{after}"


def _for_like(it: FollowUp, pieces: list[str], own: list[str], word: str) -> str:
    """`word` for the last one that ends alike (回收利用率 for 达标率), or a verb for a verb (竣工 for 开工)."""
    ends = [i for i, piece in enumerate(pieces) if len(piece) > 1 and piece[-1] == word[-1]]
    if not ends and len(own) == 1 and len(word) > _COMPOUND:  # 实有房屋 for 实有人口
        ends = [i for i, piece in enumerate(pieces) if len(piece) == len(word) and piece[:_TWO] == word[:_TWO]]
    if not ends and len(word) == _TWO:  # 线下 for 线上
        ends = [i for i, piece in enumerate(pieces) if len(piece) == _TWO and piece[0] == word[0]]
    if not ends and all(it.is_verb(piece) or len(piece) == 1 for piece in own):
        ends = [i for i, piece in enumerate(pieces) if it.is_verb(piece) and not GENERIC.match(piece)]
    if not ends:
        return ""
    start = ends[-1]
    two = len(word) > _COMPOUND and start and len(pieces[start]) == len(pieces[start - 1]) == _TWO
    if two and it.is_name(pieces[start - 1]):
        start -= 1
    while len(own) >= _COMPOUND and start and not it.is_verb(pieces[start - 1]):
        start -= 1
    return "".join((*pieces[:start], word, *pieces[ends[-1] + 1 :]))


def _for_names(it: FollowUp, pieces: list[str], own: list[str], word: str, *, modifies: bool) -> tuple[str, bool]:
    """`word` for the name in the topic; 「X的」 only for what stands before its last word."""
    names = [i for i, piece in enumerate(pieces) if it.is_name(piece)]
    if not names or word.endswith("率"):
        return word, False
    if modifies:
        return "".join((*pieces[: names[0]], word, *pieces[names[-1] :])), True
    if MEASURE_WORD.match(word) or (it.is_verb(own[0]) and MEASURE_WORD.match("".join(own[1:]))):
        return f"{it.thing(''.join(pieces))}{word}", True
    end = names[-1] + 1
    while end < len(pieces) and len(pieces[end]) == 1 and pieces[end] not in "的和与、":
        end += 1
    swapped = "".join((*pieces[: names[0]], word, *pieces[end:]))
    return re.sub(r"[、的和与]+$|^[、的和与]+", "", swapped), False
