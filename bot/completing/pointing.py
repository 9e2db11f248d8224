"""Follow-ups that point back: 它, 那个功能区, 前者, 第二个, 刚才说的5所."""

import re

from bot.completing.comparing import of_both
from bot.completing.followup import FollowUp
from bot.completing.wording import POINTER, plain, question
from bot.conversation import Completed

_NAMED_POINTER = re.compile(
    r"(?:刚才|刚刚|上面|前面)?的?(?:[这那]一?[个些家条座所块项种位处名]|(?<![应不])该(?!不))(?P<noun>[\u3400-\u9fff]{2,8})"
)
_LOOSE_POINTER = re.compile(r"(?<=[\u3400-\u9fff])[这那][个块条家座所种项](?=[\u3400-\u9fff])")
_BOTH = re.compile(r"[这那](?:两|几)[个家条座所块项种位处者]|[两二]者|它们(?:俩|两个)")
_NUMBERS = "一二三四五六"
_ORDINAL = re.compile(
    rf"前者|后者|(?:第(?P<number>[{_NUMBERS}1-6])|(?P<last>最后一))[个家条座所项位处名](?=的|[\u3400-\u9fff]|$)"
)
_QUOTED_FIGURE = re.compile(
    r"(?:刚才|刚刚|前面|上面|之前)(?:说|提到|讲)?(?:到|过)?的?[这那]?(?P<figure>\d[\d.]*[^\d\s里中的]{1,3})(?:里面?|当?中)?"
)
_WHICH_YEAR = re.compile(
    r"(?:数字?|数据|结果|指标|它|[这那]个?)?(?:是|指)(?:的是)?哪一?年(?:的|度)?$|(?:数|数据|结果)是(?:什么时候|何时)的$"
)


def which_year(it: FollowUp) -> Completed | None:
    """「刚才那个数是哪一年的」: the question before once more, whose answer says its year."""
    return Completed(it.last.understood, it.frame, it.last) if _WHICH_YEAR.search(it.rest) else None


def quoted_figure(it: FollowUp) -> Completed | None:
    """「刚才说的5所里」: goes on from the turn that was answered with that figure."""
    match = _QUOTED_FIGURE.search(it.rest)
    if not match:
        return None
    for turn in reversed(it.turns):
        if any(match["figure"] in short for short in turn.answer.short):
            topic = f"{turn.frame.topic}{match['figure']}中"
            text = question(it.own_years or turn.years, topic, it.rest.replace(match.group(), ""))
            return Completed(text, turn.frame, turn, around=turn.subject)
    return None


def pointing(it: FollowUp) -> Completed | None:
    """A follow-up with a pointer, the thing that it stands for said in its place."""
    both, ordinal = _BOTH.search(it.rest), _ORDINAL.search(it.rest)
    if both and len(it.turns) > 1:
        return of_both(it, both)
    one = _ordered(it, ordinal) if ordinal else ""
    if ordinal and one:
        return it.put(ordinal, one)
    named = _NAMED_POINTER.match(it.rest) or re.search(rf"(?<![\u3400-\u9fff]){_NAMED_POINTER.pattern}", it.rest)
    noun = next((word for word in it.words(named["noun"]) if len(word) > 1), "") if named else ""
    if named and noun:
        return it.put(named, _referent(it, noun), len(named["noun"]) - len(noun))
    return _bare_pointer(it)


def _bare_pointer(it: FollowUp) -> Completed | None:
    loose = _LOOSE_POINTER.search(it.rest)
    if loose and not POINTER.match(it.rest):
        it.rest = it.rest[: loose.start()] + it.rest[loose.end() :]
        return None
    bare = POINTER.search(it.rest)
    if bare is None:
        return None
    rest = it.rest.replace(bare.group(), "")
    if it.content(rest) or it.last.name:
        return it.put(bare, _referent(it, ""))
    it.rest = rest.removeprefix("的")
    return None


def _referent(it: FollowUp, noun: str) -> str:
    """What a pointer to a `noun`, or to anything, stands for: the name answered before, or the topic."""
    topic, name = plain(it.frame.whole), it.last.name
    if noun:
        if name and (name[-1] == noun[-1] or re.search(r"哪|谁|什么", it.frame.ask)):
            return name
        return topic[: topic.rfind(noun) + len(noun)] if noun in topic else noun
    return name or it.thing(topic) or topic


def _ordered(it: FollowUp, match: re.Match[str]) -> str:
    """前者, 后者, 第二个: the one of those that the turn before named."""
    names = [short for short in it.last.answer.short if not re.match(r"[约近超]?\d|第", short)]
    shared = ""
    pair = re.match(r"(?P<a>[^和与、]{2,})[和与、](?P<b>[^和与、的]{2,})(?P<shared>的.*)?$", it.frame.topic)
    if pair and len(names) < 2:
        names, shared = [pair["a"], pair["b"]], pair["shared"] or ""
    if len(names) < 2:
        return ""
    if match["number"]:
        number = match["number"]
        place = _NUMBERS.find(number) if number in _NUMBERS else int(number) - 1
    else:
        place = 0 if match.group() == "前者" else -1
    return f"{names[place]}{shared}" if place < len(names) else ""
