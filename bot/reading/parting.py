"""Parts a question for several figures into a question for each: things named in turn, measures, key words."""

import re
from dataclasses import replace

from bot.lexicon import actions
from bot.question import Question
from bot.reading.finding import good, rated
from bot.reading.phrases import VERB, masked
from bot.reading.sides import is_of_name
from bot.reading.world import World

MOST_PARTS = 5
_YEAR = re.compile(r"20\d\d年?")
_IN_TURN = re.compile(r"[，,]?(?:全年|年内|今年)?(?:分别|各自?(?![类项地界级街区镇种方部单个]))")
_JOINT = re.compile(r"、|以及|(?<![涉惠普以])及(?![其时])|(?<=[\u3400-\u9fff”》）])[和与](?=[\u3400-\u9fff“《A-Z])")
_LISTED = re.compile(r"[（(：:]([^（）()：:、]{2,12}(?:、[^（）()：:、]{2,12})+)[）)]?$")
_OF_BOTH = re.compile(r"多少(?P<first>[^，,？?]+?) 和 (?P<other>\S+)(?P<rest>[^，,？?]*)")
_MEASURED = r"增[长幅速]|涨幅|降幅|占比|比重|同比|面积|金额|数量|人数|户数|套数|总额"
_OF_ONE = re.compile(
    rf"^(?P<thing>.{{2,}}?)的?(?P<a>[^的，,和与及]{{2,8}})[和与及](?P<b>{_MEASURED})(?:又|都|各)?(?:是|为|有|达到?)?多少"
)
_MEASURE_FIRST = re.compile(
    rf"^(?P<measure>[^，,？?]{{2,}}(?:{_MEASURED}))(?:呢)?[，,](?P<rest>(?:占|(?:在)?全[市国区省](?:排|居)|排)[^，,]*(?:多少|几)[^，,]*)$"
)
_NO_NAME = re.compile(
    r"20\d\d年|全年|今年|明年|去年|[，,\s]|全区|(?<![\u3400-\u9fff])[\u3400-\u9fff]{2,3}(?<![小社园街片地景校城辖])[区市省县](?=[\u3400-\u9fff]{2})"
)
_MEASURE = re.compile(
    r"(?:[\u3400-\u9fff]{0,4}(?:面积|金额|(?<![总次])数|比例|占比|数量|场次|人次|户次)|同比|增[长幅速])$"
)
_UNITS = re.compile(r"大项|项|家|个|处|座|张|套|户|件|人|条|场|人次|台|门|节|次|款|笔|支|幅|亩|公里|平方米")
_SHARED_MEASURE = re.compile(r"数量|总数|个数|数目|多少|分别|各(?:是|有|为)?多少|各多少|各几个?")
_LEVEL = re.compile(r"(?:产出|产值|总额|总值|收入|投资)$")


def parted(question: Question, world: World) -> list[str]:
    """A question for each of the figures asked for, or []."""
    return (
        _things_named(question.text, world.report.text)
        or _measures_of_one(question.text)
        or _keyed(question)
        or _tokens(question, world)
    )


def _things_named(text: str, reported: str) -> list[str]:
    """A question for each of the things whose figures are asked for in turn (「A、B和C分别是多少」), or []."""
    both = _OF_BOTH.search(text)
    if both:
        *shared, one = both["first"].split() or [""]
        topic = " ".join(shared)
        return [f"{topic} {name}{both['rest']} 多少".strip() for name in (one, both["other"])]
    turn = _IN_TURN.search(text)
    if turn is None:
        return []
    listed = _LISTED.search(text[: turn.start()])
    if listed:
        return [f"{thing}{text[turn.end() :]}" for thing in listed.group(1).split("、")]
    head, _, last = text[: turn.start()].rpartition("，")
    things: list[str] = []
    opening, start = (f"{head}，" if head and _JOINT.search(masked(last)) else ""), 0
    before = last if opening else text[: turn.start()]
    joints = [one for one in _JOINT.finditer(masked(before)) if not is_of_name(one, reported)]
    for joint in [*(joints or _JOINT.finditer(masked(before))), None]:
        thing = opening + before[start : joint.start() if joint else len(before)]
        bare = _NO_NAME.sub("", thing)
        if joint and (len(bare) < 2 or bare in actions() or VERB.fullmatch(bare)):
            opening, start = thing + joint.group(), joint.end()  # 「新建和改建的步道」 is one thing
            continue
        things.append(thing)
        opening, start = "", joint.end() if joint else 0
    return [f"{thing}{text[turn.end() :]}" for thing in things] if len(things) > 1 else []


def _measures_of_one(text: str) -> list[str]:
    """A question for each of two measures of one thing (「甲的产出和增幅是多少」), or []."""
    beside = _MEASURE_FIRST.match(text)
    if beside:
        return [f"{beside['measure']}是多少", f"{beside['measure']}{beside['rest']}"]
    match = _OF_ONE.match(text)
    return [f"{match['thing']}的{match[name]}是多少" for name in ("a", "b")] if match else []


def _words_of(question: Question) -> list[str]:
    words = question.text.rstrip("？?").split() if question.open else []
    return [word for word in words if not _YEAR.fullmatch(word)]


def _keyed(question: Question) -> list[str]:
    """A question for each of the measures or units that key words end in (「成套改造 面积 户数」), or []."""
    words = [word for word in _words_of(question) if word not in ("分别", "各")]
    at = len(words)
    while at and (_MEASURE.search(words[at - 1]) or _UNITS.fullmatch(words[at - 1])):
        at -= 1
    things, measures, about = words[:at], words[at:], " ".join(words[:at])
    if about and _LEVEL.search(about) and len(measures) == 1 and measures[0].startswith(("增", "同比")):
        return [about, f"{about} {measures[0]}"]
    if not about or len(measures) < 2:
        return []
    if len(things) == len(measures) and _NAMES_THINGS.search(question.text):
        return [f"{thing} {_asked(measure)}" for thing, measure in zip(things, measures, strict=True)]
    return [f"{about} {_asked(measure)}" for measure in measures]


_NAMES_THINGS = re.compile(r"分别|各")


def _asked(measure: str) -> str:
    return f"多少{measure}" if _UNITS.fullmatch(measure) else measure


def _tokens(question: Question, world: World) -> list[str]:
    """The key words, where each names another figure of the best passage (「参投基金 直投项目 投资额」); else [].

    Words before them say what they are about.
    """
    words = _words_of(question)
    while words and _SHARED_MEASURE.fullmatch(words[-1]):
        words.pop()
    if not 1 < len(words) <= MOST_PARTS or any(
        len(word) < 2 or VERB.fullmatch(word) or word in actions() for word in words
    ):
        return []
    best = rated(replace(question, units=frozenset(), kind=None, asks=""), world)
    subjects = [fact.subject for fact in world.facts.get(best[0].passage.id, ())] if good(best) else []
    named = len(words)
    while named and sum(words[named - 1] in subject for subject in subjects) == 1:
        named -= 1
    if len(words) - named < 2:
        return []
    return words[named:] if named <= 1 else []
