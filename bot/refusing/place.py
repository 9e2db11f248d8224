"""Whether a question is about another place than the report's."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import product

from bot.lexicon import places
from bot.question import Question
from bot.reading.reading import Reading
from bot.terms import Vocabulary
from bot.units import Kind
from bot.wider import holding, stem
from corpus.types import Report

_SURE = 0.75  # a passage that names the place and says so much of the question is about that place
_INSTITUTION = re.compile(
    r"\s?(?:(?![今去明]年|多少|新增|的|年)[\u3400-\u9fff]){0,9}?(?:大学|学院|学校|中学|小学|幼儿园|医院|研究院|研究所|实验室|博物馆|图书馆|美术馆|"
    r"体育场|体育馆|公司|集团|银行|基金|协会|商会|"
    r"机场|火车站|南站|大桥|大厦|大道|公园|植物园|小镇|新村|老街|论坛|大会|博览会|博会|马拉松|赛区|奖|自贸)"
    r"(?!数|总数|有?多少|有?几|的?数量|一共|共)"
)
_PART_OF_NAME = re.compile(
    r"(?:[东西南北中]?[一二三四]?(?:路|街|道|巷|弄|里弄)|[江河湖港桥站寺庙塔镇乡村苑级]|[东西南北]站)"
)
_FROM_OR_TO = re.compile(
    r"(?:从|由|来自|到|赴|往|前往|飞往|迁往|销往|至|援|对口|帮扶|支援|帮助|协作|哪[一二两三四五几些]?[个家所座])$"
)
_TOGETHER = re.compile(r"共建|合作|联合|协同|共同|毗邻|双城|互联|\bjoint", re.IGNORECASE)
_MOVES = re.compile(
    r"[省市区县]?(?:来|赴|籍|转移|对口|企业|客商|游客|旅客|学生|商人|投资|资本|菜|风味|人(?!口|均|民|才|大|工智))"
)
_TO_NEXT = re.compile(r"[省市区县]?(?:到|至|飞|—+|-+)(?=[\u3400-\u9fff]{2})")
_FIRST = re.compile(
    r"^(?:请问|咱们?的?|我们的?|那么?|那|还有|顺便问一?下?|在|整个|全(?=[\u3400-\u9fff]{2}市?$|$)|(?:多少|什么|是否|增长多少)(?=\s)|[，,\s]|"
    r"20\d\d年?|[今去明前后]年|本?年度?)*$"
)
_CLAUSES = re.compile(r"[，,。；;！!？?：:]")
_OF_A_YEAR = re.compile(r"(?:全市|全省|全区)?(?:20\d\d|[今去明前]年|全年|[一总]共|的)")
_BY_ITSELF = re.compile(r"\s(?:[\u3400-\u9fff]{2}全市|全国|全省)(?=\s|[？?，,]|$)")  # among key words
_OWNS = re.compile(r"[省市区县]?(?:20\d\d年|[今去明前]年|的)")
_AFTER_WHOLE = re.compile(
    r"(?:全市|全省|全国|整体|全年|范围内?|20\d\d年?度?|[今去明前后]年|的|一共|总共|年末|年底|\s)*"
)
# A street or town is a part of the place: what the report says of the whole is not said of it.
_PART = re.compile(r"街道|镇(?![江静压痛定党])")
_STREET_IN_ENGLISH = re.compile(r"(?:^|\s)([\u3400-\u9fff]{2,3})\s街镇")  # 「Tianlin Subdistrict」, word by word
_BEFORE_PART = re.compile(r"[年区市县的在是了问下那说讲我们咱住到和与及、]")
_NO_PART = re.compile(
    r"[几多两三四五六七八九十][个条]$|哪|(?:[各每哪本全几多个些这那有街城乡小集重村市古等名]|[一二三四五六七八九十两]|景观|商业|美丽|美化|特色|背街|中心)$"
)
_OF_TIME = re.compile(r"[今明去前后当本]年")
_RANKED = re.compile(r"第|排|首|头一|率先|最|领先|前列|名列|唯一|统一|平均水平|各区|中心城区|占|几分之|比重|份额")
_FIRST_OF_ALL = re.compile(r"首[个家单批例座]|第一[个家座例]|率先")  # 「全国首个」, however far apart
_RUN = re.compile(r"[\u3400-\u9fff]+")
_NEXT_WORDS = 8  # characters in which a rank follows the place that it is of
_SHORTEST_STEM, _LONGEST_STEM = 2, 3  # characters before 街道 or 镇
_COUNTRY = ("全国", "我国", "中国")


@dataclass(frozen=True, slots=True)
class _Found:
    """A place in the text, and how it is called in an answer."""

    name: str
    start: int
    end: int


def other_place(question: Question, text: str, report: Report, reading: Reading, vocabulary: Vocabulary) -> str | None:
    """The other place that the question is about, or None.

    `text` is what was asked itself, `reading` what the report would answer.
    """
    own = _own(report)
    for found in _places_in(text, report, own, vocabulary):
        if _is_name(text, found, vocabulary) or _is_way(text, found) or _is_partner(text, found, own):
            continue
        if _spoken_of(found, text, reading):
            continue
        return found.name
    return _part(text, reading, vocabulary, own) or _whole(question, text, report, reading, vocabulary, own)


def _part(text: str, reading: Reading, vocabulary: Vocabulary, own: frozenset[str]) -> str | None:
    """The street or town that the question names, where no passage that answers does."""
    for match in _PART.finditer(text):
        before = re.findall(r"[\u3400-\u9fff]*$", text[: match.start()])[0]
        for name in sorted(own, key=len, reverse=True):
            before = before.rpartition(name)[2]
        stem = _BEFORE_PART.split(before)[-1][-_LONGEST_STEM:]
        if len(stem) < _SHORTEST_STEM or _NO_PART.search(stem):
            continue
        named = f"{stem[-_SHORTEST_STEM:]}{match.group()}"
        if any(named in piece.passage.text for piece in reading.pieces):
            continue
        if f"{named}{text[match.end() : match.end() + 2]}" in vocabulary.all and len(text) > match.end() + 2:
            continue  # the name of a house or a site that the report has (「康健街道社区卫生服务中心」)
        return f"{stem}{match.group()}"
    for match in _STREET_IN_ENGLISH.finditer(text):
        street = f"{match.group(1)}街道"
        if street in vocabulary.all and not any(street in piece.passage.text for piece in reading.pieces):
            return street
    return None


def names_own(text: str, report: Report) -> bool:
    """Whether the text names the report's own place."""
    return any(name in text for name in _own(report))


def _own(report: Report) -> frozenset[str]:
    return frozenset(filter(None, (report.place, stem(report.place))))


def above(report: Report) -> tuple[str, ...]:
    """The places that hold the report's, nearest first: what its title says before its place, then the country."""
    return (*holding(report), *_COUNTRY)


def _whole_words(report: Report) -> dict[str, str]:
    """What a question may call the places above the report's -> their name."""
    words = {name: name for name in above(report)}
    over = next(iter(above(report)), "全国")
    level = report.place[-1:] if report.place else ""
    if level in "区县":
        words |= {"全市": over, "本市": over, "我市": over, "全省": over}
    elif level == "市":
        words |= {"全省": over, "我省": over}
    return words


def _places_in(text: str, report: Report, own: frozenset[str], vocabulary: Vocabulary) -> list[_Found]:
    """The places in the text that neither are the report's own nor hold it."""
    over = above(report)
    found = [
        _Found(match.group(), match.start(), match.end())
        for match in _pattern().finditer(text)
        if match.group() not in over
        and not any(match.group() in one for one in own)
        and _is_word(text, match.start(), match.end(), vocabulary)
    ]
    return found or _misspelt(text, own, vocabulary)


def _is_word(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether `[start, end)` is no end of one word and beginning of another (「推广西岸经验」, 「八成都没到」)."""
    if text[start] == "成" and re.search(r"[一二三四五六七八九十几]$", text[:start]):
        return False
    run = next(one for one in _RUN.finditer(text) if one.start() <= start < one.end())
    at = run.start()
    for piece, known in vocabulary.cut(run.group()):
        if known and (at < start < at + len(piece) or start < at < end < at + len(piece)):
            return False
        at += len(piece)
    return True


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, places())))


@cache
def _districts() -> dict[tuple[str, ...], str]:
    """How each district may sound -> its name; a character in a name often has a reading of its own (闵行)."""
    named = [place for place in places() if place.endswith("区") and len(place) == 3]
    return {heard: place for place in named for heard in _sounds(place)}


def _misspelt(text: str, own: frozenset[str], vocabulary: Vocabulary) -> list[_Found]:
    """A district that is written with other characters of the same sound (「闵航区」)."""
    for match in re.finditer(r"(?=([\u3400-\u9fff]{2}区))", text):
        written = match.group(1)
        if _OF_TIME.match(written) or written in vocabulary.all or own & {written, stem(written)}:
            continue
        meant = next((_districts()[heard] for heard in _sounds(written) if heard in _districts()), None)
        if meant and meant not in own:
            return [_Found(meant, match.start(), match.start() + 3)]
    return []


def _sounds(written: str) -> list[tuple[str, ...]]:
    """How the characters may be read, each by itself (「闵行」 is no word that the readings are known of)."""
    from pypinyin import Style, pinyin

    spelt = [pinyin(char, style=Style.NORMAL, heteronym=True)[0] for char in written]
    return [tuple(map(_blurred, syllables)) for syllables in product(*spelt)]


def _blurred(syllable: str) -> str:
    """A syllable with the pairs that many people do not tell apart made one."""
    return re.sub(r"^([zcs])h", r"\1", syllable).replace("ng", "n")


def _is_name(text: str, found: _Found, vocabulary: Vocabulary) -> bool:
    """Whether the place is but the beginning of a name (「上海创智学院」, 「云南路」, 「黄浦江」)."""
    rest = text[found.end :]
    if _PART_OF_NAME.match(rest) or _INSTITUTION.match(rest):
        return True
    following = re.match(r"[\u3400-\u9fff]{2}", rest)
    return bool(following) and f"{found.name}{following.group()}" in vocabulary.all  # type: ignore[union-attr]


def _is_way(text: str, found: _Found) -> bool:
    """Whether it is only where somebody comes from or goes to."""
    return bool(
        _FROM_OR_TO.search(text[: found.start]) or _MOVES.match(text[found.end :]) or _TO_NEXT.match(text[found.end :])
    )


def _is_partner(text: str, found: _Found, own: frozenset[str]) -> bool:
    """Whether it stands beside the report's own place, in something that both do together."""
    beside = f"{text[: found.start].rstrip(' 和与、-—')}|{text[found.end :].lstrip(' 和与、-—')}"
    return bool(_TOGETHER.search(text)) and any(f"{name}|" in beside or f"|{name}" in beside for name in own)


def _spoken_of(found: _Found, text: str, reading: Reading) -> bool:
    """Whether the passages that answer speak of the place themselves."""
    short = stem(found.name)
    if not reading.answered or not any(short in piece.passage.text for piece in reading.pieces):
        return False
    # A place that owns what is asked (「云南省2024年…」) must be what the passage is about.
    first = _FIRST.match(text[: found.start]) is not None
    owns = first and bool(_OWNS.match(text[found.end :]) or stem(found.name) != found.name)
    return not owns or reading.confidence >= _SURE


def _whole(
    question: Question, text: str, report: Report, reading: Reading, vocabulary: Vocabulary, own: frozenset[str]
) -> str | None:
    """The place above the report's where the question is about the whole of it (「全市的目标」, 「上海市2024年…」)."""
    if question.kind in (Kind.RANK, Kind.SHARE) or any(name in text for name in own):
        return None
    words = _whole_words(report)
    match = re.search("|".join(map(re.escape, sorted(words, key=len, reverse=True))), text)
    if not match or not (_opens(text, match) or _BY_ITSELF.search(text)):
        return None
    found = _Found(match.group(), match.start(), match.end())
    after = _AFTER_WHOLE.match(text, found.end)
    rest = text[after.end() if after else found.end :]
    if _RANKED.search(rest[:_NEXT_WORDS]) or _is_way(text, found):
        return None
    if _FIRST_OF_ALL.search(text):
        return None
    if rest == text[found.end :] and _is_name(text, found, vocabulary):
        return None
    if reading.answered and reading.confidence >= _SURE and _says_it(found.name, rest, reading):
        return None
    return words[found.name]


def _opens(text: str, match: re.Match[str]) -> bool:
    """Whether a place opens the text, or a clause of it that goes on to the year (「…，全市今年多少」)."""
    if _FIRST.match(text[: match.start()]):
        return True
    return bool(_FIRST.match(_CLAUSES.split(text[: match.start()])[-1]) and _OF_A_YEAR.match(text[match.end() :]))


def _says_it(name: str, rest: str, reading: Reading) -> bool:
    """Whether the passage joins the name to what is asked of it."""
    return any(f"{name}{rest[:length]}" in piece.passage.text for piece in reading.pieces for length in (2, 3))


def place_before(text: str, report: Report, vocabulary: Vocabulary) -> str | None:
    """The place other than the report's own that a clause opens with and so speaks of; None where it opens with none.

    A place that holds the report's (「全市」, 「上海市」) is another place too, but not where it is ranked in it.
    """
    if names_own(text, report):
        return None
    whole = _whole_words(report)
    for match in _any_place(tuple(whole)).finditer(text):
        if not _FIRST.match(text[: match.start()]):
            return None
        found = _Found(match.group(), match.start(), match.end())
        if _is_name(text, found, vocabulary) or _is_way(text, found):
            return None
        if found.name in whole:
            return None if _RANKED.search(text[found.end : found.end + _NEXT_WORDS]) else whole[found.name]
        return found.name if _is_word(text, found.start, found.end, vocabulary) else None
    return None


@cache
def _any_place(wholes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted({*wholes, *places()}, key=len, reverse=True))))
