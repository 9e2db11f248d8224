"""Whether an answer leaves out what a question is precise about: attribute, restriction, level, name, kind."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.lexicon import actions, light, places
from bot.matching import found
from bot.question import Question, Want, body_of
from bot.reading.reader import shorts_of
from bot.reading.reading import Reading
from bot.reading.world import World
from bot.refusing.attribute import lacks
from bot.refusing.exact import names_another
from bot.refusing.procedure import tells_no_way
from bot.splitting import split_asks
from bot.terms import Term
from bot.wider import holding, stem
from corpus.figures import find_figures

_PRECISE = 0.5  # a word that tells so much says what exactly is asked
_UNSURE = 0.37  # below, a name that the report has elsewhere must stand in the passages that answer
_PHRASE = 5  # so many characters that stand together in the report are a name of something
_HEAD = 4  # of a longer name its last characters, said alone, are the same thing (「既有多层住宅加装电梯」)
_ASKED_NEAR = 4  # characters before a kind of thing in which a question asks which one
_HALF, _SHORTENED = 0.5, 0.55  # a word that the report has need not be looked for in two of its characters
_LIKE = 0.12  # a word that is so like one of the passage in meaning may be another word for it
_UNIT = (
    r"(?:万|亿)?(?:平方米|公里|公顷|美元|人次|户次|[个家条座所项位处名款支种类台套张户场幢幅门片份次枚块亩元人件间笔])"
)
_HOW_MANY = r"(?:多少|(?<![哪第好])几)"
# 「有几家上市了」, 「学员里有多少人开了公司」: what is counted only where that is true of it.
_AFTER = re.compile(rf"{_HOW_MANY}{_UNIT}(?P<said>[\u3400-\u9fff“”]{{2,14}})$")
_WITHIN = re.compile(
    rf"(?:里面?|[之当其]中|之内)的?(?P<said>[\u3400-\u9fff]{{2,10}}?)的?(?:[一总]共|[共合总]计)?[是有占]?{_HOW_MANY}"
    rf"|企业中(?P<of>[\u3400-\u9fff]{{2,10}}?)的有?{_HOW_MANY}"
)
# 「企业上市了几家」
_BEFORE = re.compile(rf"(?P<said>[\u3400-\u9fff]{{2,8}}(?<![弄做搞办装建修开发招拿设收拆用改]))了{_HOW_MANY}{_UNIT}")
# 「…的注册资本是多少」: the attribute that is asked for, not the verb of 「建好多少」.
_ATTRIBUTE = re.compile(
    rf"(?P<said>[\u3400-\u9fff“”]{{2,}}?)(?:[一总]共|[共合总]计|大约|目前)?(?:[是为有达](?=多少|几)|合计|总共|一共)"
    rf"(?:{_HOW_MANY}|多[大高长])"
)
_GENERAL = frozenset(
    "百分 百分比 次数 部分 份额 底线 数字 名额 个数 金额 总额 人数 家数 比率 目标数 完成数 前者 后者 两者".split()
)
_KIND = re.compile(r"哪(?:些|几[个家所条座项位处]?)(?P<kind>[\u3400-\u9fffA-Za-z0-9]{2,10})$")
_EVENTS = re.compile(r"(?:哪些|什么|啥|哪几[个场项])活动")
_EVENT = re.compile(r"活动|节|季|赛|展|论坛|大会|训练营|演|首秀|月|日|夜|行动")
_WHICH_ONES = re.compile(r"(?:具体|分别|各)是哪|名单|叫什么名字")
_LEVELS = {
    "国家级": ("国家", "全国", "国际"),
    "全国性": ("全国", "国家"),
    "省级": ("省",),
    "市级": ("市",),
    "县级": ("县",),
    "区级": ("区",),
}
_OF_THE_COUNTRY = ("国家级", "全国性")  # what is of the whole country is never told without saying so
_LEVEL = re.compile(rf"(?P<level>{'|'.join(_LEVELS)})的?(?P<noun>[\u3400-\u9fff]{{3,8}})")
_NAMED = re.compile(
    r"(?P<stem>(?:(?![哪几什啥谁何这那某本全各没有无被在把将因从的个])[\u3400-\u9fff]){2,6}?)(?P<end>博览会|艺博会|博会|展会|论坛|峰会|电影节|艺术节|音乐节|马拉松|联赛|大桥|隧道|高架|体育馆|博物馆|美术馆|图书馆|大剧院"
    r"|公园|医院|大学|中学|小学|学院|机场|码头|商场)"
    r"(?=的|成交|金额|人[数次]|面积|票价|门票|收入|规模|投资|销售|参观|观众|客流|多少|几|\s|$)"
)
_ANY_SUCH = re.compile(r"[大小好新老旧]$|公立|民营|三甲|定点|社区$")  # 「约大医院的门诊」 names none
_ENDS_OF_TIME = re.compile(r"^(?:20\d\d)?年|^[今明去前]年|^[本全我]区|^(?:请问|关于)")


def is_of_another(asked: Question, said: str, typed: str, told: Reading, world: World) -> bool:
    """Whether what is told is of another measure or of another thing than asked."""
    return (
        lacks(asked, said, typed, told, world.vocabulary.all)
        or names_another(asked, said, told, world)
        or tells_no_way(asked, said, told)
        or leaves_out(asked, said, typed, told, world)
    )


def leaves_out(question: Question, text: str, original: str, reading: Reading, world: World) -> bool:
    """Whether the passages that answer do not say what `text`, the question in Chinese, is precise about.

    `original` is the question as typed; an English one is translated word by word and says no such thing.
    """
    if sum("\u3400" <= char <= "\u9fff" for char in original) * 2 < sum(map(str.isascii, original)):
        return False
    said = " ".join(f"{piece.passage.text} {piece.passage.context}" for piece in reading.pieces)
    head = _HEAD if any(map(find_figures, shorts_of(reading))) else 0
    if question.want is Want.FIGURE and reading.confidence < _UNSURE and _other_phrase(text, said, head, world):
        return True
    if _other_level(text, said, world) or _other_name(text, said, world):
        return True
    if question.want in (Want.LIST, Want.NAME) and _WHICH_ONES.search(text) and _lists_counts(question, reading):
        return True
    if question.want in (Want.LIST, Want.NAME) and _EVENTS.search(text) and not _tells_events(reading):
        return True
    if question.want is Want.LIST and _other_kind(text, said, reading):
        return True
    if question.want is not Want.FIGURE or reading.lead or len(split_asks(text)) > 1:
        return False
    asks = re.sub(r"[了呢啊呀的吗？?。\s]+$", "", text)
    for pattern, last in ((_AFTER, False), (_WITHIN, False), (_BEFORE, True), (_ATTRIBUTE, True)):
        match = pattern.search(asks if pattern is _AFTER else text)
        words = next(filter(None, match.groupdict().values()), "") if match else ""
        terms = world.vocabulary.terms(body_of(words, world.report))
        if any(
            _is_unsaid(term, said, reading, world, known=pattern is not _ATTRIBUTE)
            for term in (terms[-1:] if last else terms)
        ):
            return True
    return False


def _is_unsaid(term: Term, said: str, reading: Reading, world: World, *, known: bool) -> bool:
    """Whether the passages neither say a telling word nor one that is like it in meaning.

    Where `known`, only a word that the report itself uses elsewhere counts: of another it may have its own.
    """
    if term.weight < _PRECISE or term.text in _GENERAL or term.text in actions() or term.text in light():
        return False
    if found(term, said) > (_SHORTENED if known else _HALF) or (
        term.text not in world.vocabulary.all if known else bool(term.variants)
    ):
        return False
    if any(short in term.text for short in shorts_of(reading)) or any(term.text in level for level in _LEVELS):
        return False
    words = _words(said, world)
    likeness = world.embedder.encode(words) @ world.embedder.encode([term.text])[0]
    return float(likeness.max(initial=0.0)) < (_LIKE if known else 2 * _LIKE)


def _words(said: str, world: World) -> Sequence[str]:
    """The words of the passages, and each two of them that stand together."""
    found_words: dict[str, None] = {}
    for run in re.findall(r"[\u3400-\u9fff]+", said):
        pieces = [piece for piece, _ in world.vocabulary.cut(run)]
        found_words |= dict.fromkeys(piece for piece in pieces if len(piece) > 1)
        found_words |= dict.fromkeys("".join(pair) for pair in pairwise(pieces))
    return list(found_words)


def _other_phrase(text: str, said: str, head: int, world: World) -> bool:
    """Whether a name that the report has, to the character, stands in the question and in no passage that answers.

    Its last `head` characters, said alone, are the same thing; none are where `head` is 0.
    """
    for run in re.findall(r"[\u3400-\u9fff]+", body_of(text, world.report)):
        start = 0
        while start <= len(run) - _PHRASE:
            end = start + _PHRASE
            if run[start:end] not in world.vocabulary.all:
                start += 1
                continue
            while end < len(run) and run[start : end + 1] in world.vocabulary.all:
                end += 1
            if run[start:end] not in said and not (head and run[end - head : end] in said):
                return True
            start = end
    return False


def _lists_counts(question: Question, reading: Reading) -> bool:
    """Whether a list holds counts (「56个小区调价、63个小区续筹」, the asker's own 「12个」) and no names."""
    shorts = shorts_of(reading)
    if any(claim.text in short and len(short) > len(claim.text) for claim in question.claims for short in shorts[:1]):
        return len(shorts) > 1
    counts = (any(not one.is_rank and one.unit for one in find_figures(short)) for short in shorts)
    return len(shorts) > 1 and all(counts)


def _other_kind(text: str, said: str, reading: Reading) -> bool:
    """Whether what is listed is not of the kind asked for (「哪些世界500强企业」, 「来自哪些国家」)."""
    match = _KIND.search(re.sub(r"[了呢啊呀？?。\s]+$", "", text))
    if not match:
        return False
    if match["kind"] in ("国家", "省份"):
        return not any(place in short for short in shorts_of(reading) for place in places())
    if match["kind"].endswith("银行"):
        return not any("银行" in short for short in shorts_of(reading))
    numbers = re.findall(r"\d+(?=强)", match["kind"])
    return any(number not in said for number in numbers)


def _tells_events(reading: Reading) -> bool:
    return any(_EVENT.search(piece.passage.text[piece.start : piece.end]) for piece in reading.pieces)


def _other_level(text: str, said: str, world: World) -> bool:
    """Whether a thing of one level is asked about (「国家级科学技术奖」) and the report has it of another."""
    match = _LEVEL.search(text)
    if not match:
        return False
    if match["level"] in _OF_THE_COUNTRY and not any(word in said for word in _LEVELS[match["level"]]):
        return True
    noun = next((match["noun"][:end] for end in range(len(match["noun"]), 2, -1) if match["noun"][:end] in said), "")
    if not noun:
        return False
    before = " ".join(re.split(r"[，,；;。]", said[: one.start()])[-1] for one in re.finditer(noun, said))
    over = holding(world.report)  # 「上海科技奖」 is one of 上海市
    levels = {
        level: (*words, *(stem(name) for name in over if name.endswith(level[0]))) for level, words in _LEVELS.items()
    }
    others = (word for level, words in levels.items() if level != match["level"] for word in words)
    return not any(word in before for word in levels[match["level"]]) and any(word in before for word in others)


def _other_name(text: str, said: str, world: World) -> bool:
    """Whether a thing is named (「西岸艺博会的」) of which neither the passages nor the report have the name."""
    place = world.report.place
    bare = _ENDS_OF_TIME.sub("", text).removeprefix(place).removeprefix(place[:-1])
    for match in _NAMED.finditer(bare):
        name = match["stem"] + match["end"]
        if _ANY_SUCH.search(match["stem"]):
            continue
        if re.search(r"哪|什么|何|啥", text[: text.find(name)][-_ASKED_NEAR:]):
            continue
        if name in world.vocabulary.all or name in world.vocabulary.known:
            continue
        term = world.vocabulary.term(name)
        pairs = {"".join(pair) for pair in pairwise(match["stem"])}
        if not term.variants and not any(pair in said for pair in pairs):
            return True
    return False
