"""Follow-ups that ask for the gap between two things, or for what is left (「差多少」, 「还有几家没投用」)."""

import re

from bot.completing.comparing import FALLS, RISES, bare_of, between, said, years_of_last
from bot.completing.followup import FollowUp
from bot.completing.mentions import Mention, grown_of, grows, measured, side_by_side
from bot.completing.swapping import swap
from bot.completing.wording import question
from bot.conversation import Completed, Operand, changed_years

_GAP = re.compile(
    r"^(?P<what>.{0,16}?)(?:又|还|再|一共|总共|相|要|就|会|，)*(?P<how>差|多|少|高|低|大|小|快|慢|增加|减少|提高|提升|下降|降低|上升|回落|降|涨|升|提|加)"
    r"(?P<done>出来|[了出]|额)?(?P<much>多少|几)(?P<unit>[\u3400-\u9fff]{0,4})$"
    r"|^(?P<of>.{0,16}?)(?:的?(?:差额|差距|差值|差别))(?:是|有)?(?:多少|多大)?$"
)
_WHICH_ASKED = re.compile(r"^(?P<pair>.+?)哪[个年项种]?(?P<what>增长|增速|涨|升|降幅|下降)?得?(?:更|最|比较)")
_THAN_ASKED = re.compile(r"^(?P<a>.+?)比(?P<b>.+?)(?:[多少高低大小快慢长短])(?:吗|多少|还是)")
_TOGETHER_ASKED = re.compile(r"^(?P<a>.+?)和(?P<b>.+?)(?:相差|加起来|合计|一共|总共)")
_LEFT = re.compile(
    r"^(?:那|总共|一共)*(?:还|剩下?|差|少)(?:有|剩|差|了)?(?:的)?(?:多少|几)(?P<unit>[\u3400-\u9fff]{0,2}?)的?(?:还)?(?:没有?|未|尚未)(?P<verb>[\u3400-\u9fff]{1,4}?)(?:出[来去]|[好完到])?(?:的)?$"
)
_MORE = "多高大快长"


def gap(it: FollowUp) -> Completed | None:
    """「差多少」, 「多几台」, 「降了多少」 with both sides said; after a comparison, of the same two."""
    asked = _GAP.match(it.rest)
    if not asked:
        return _left(it)
    what, how = asked["what"] or asked["of"] or "", asked["how"] or "差"
    if re.search(r"比(?![例重率])", what):
        return None
    if it.own_years and asked["how"] and grows(it.frame.ask) and not it.content(bare_of(what)):
        return None  # 「今年实际涨了几个点」 after next year's: the same of this year
    again = _of_comparison(it, what, how, asked["unit"] or "")
    if again is not None:
        return again
    sides = _gap_sides(it, what, how, both=bool(re.search(r"两[个家项类种样者]|二者|之间|它们", what)))
    if len(sides) < 2:
        return None
    return _between_sides(it, what, how, asked["unit"] or "", sides)


def _between_sides(it: FollowUp, what: str, how: str, unit: str, sides: list[Mention]) -> Completed:
    if how in ("快", "慢"):
        sides = [grown_of(one) for one in sides]
    if how == "差":
        return said(it, side_by_side(measured(sides), f"相差多少{unit or it.unit()}"), *sides)
    if sides[0].topic != sides[1].topic:
        sides = sides[::-1]
    told = it.operands(sides)
    if told and not bare_of(what) and not (RISES.search(how) or FALLS.search(how)):
        if told[0].fact.value == told[1].fact.value:
            return said(it, side_by_side(measured(sides), f"相差多少{unit or it.unit()}"), *sides)
        if (told[0].fact.value > told[1].fact.value) != (how in _MORE):
            sides = sides[::-1]  # which of them is the larger was left unsaid
    return said(it, between(sides[0], sides[1], "比", _asks(it, how, unit)), *sides)


def _of_comparison(it: FollowUp, what: str, how: str, unit: str) -> Completed | None:
    """「高几个点」 after 「哪个增速高」, 「多几台」 after 「比…多吗」: the gap between the two figures compared."""
    facts, before = it.last.facts, it.last.understood
    asked = next((m for p in (_THAN_ASKED, _WHICH_ASKED, _TOGETHER_ASKED) if (m := p.match(before))), None)
    if asked is None or len(facts) != 2 or it.content(bare_of(what)) or "者" in what or it.own_years:
        return None
    percent = facts[0].unit == "%"
    unit = "个百分点" if percent else unit or it.unit()
    operands = (Operand("", facts[0]), Operand("", facts[1]))
    if "pair" in asked.re.groupindex:
        text = question((), f"{asked['pair']}{_rate(asked['what'] or '')}", f"相差多少{unit}")
    elif asked.re is _THAN_ASKED and how != "差" and (facts[0].value > facts[1].value) == (how in _MORE):
        text = question((), f"{asked['a']}比{asked['b']}", f"{how if how not in '快慢' else '高'}多少{unit}")
    else:
        text = question((), f"{asked['a']}和{asked['b']}", f"相差多少{unit}")
    return Completed(text, it.frame, it.last, operands=operands)


def _rate(word: str) -> str:
    """How a rise or fall is called as a measure."""
    return "增速" if word in ("增长", "涨", "升") else "降幅" if word == "下降" else word


def _left(it: FollowUp) -> Completed | None:
    """「还有几家没投用」 after how many there are and how many are in use: the one less the other."""
    left, pair = _LEFT.match(it.rest), it.recent(2)
    if left is None or len(pair) != 2:
        return None
    told = it.operands(pair)
    if not told or told[0].fact.unit.split("（")[0] != told[1].fact.unit.split("（")[0]:
        return None
    if not any(left["verb"][-2:] in one.topic or left["verb"][:1] in one.topic for one in pair):
        return None
    if told[0].fact.value < told[1].fact.value:
        pair = pair[::-1]
    return said(it, side_by_side(measured(pair), f"相差多少{left['unit'] or it.unit()}"), *pair)


def _asks(it: FollowUp, how: str, unit: str) -> str:
    """「少多少台」 for 「下降了多少」: what is asked of the two sides."""
    percent = bool({"%", "个百分点"} & it.last.units)
    if how in "快慢":
        return f"{'高' if how == '快' else '低'}多少个百分点"
    if RISES.search(how):
        how = "高" if percent else "多"
    elif FALLS.search(how):
        how = "低" if percent else "少"
    return f"{how}多少{unit or it.unit()}"


def _gap_sides(it: FollowUp, what: str, how: str, *, both: bool) -> list[Mention]:
    """The two things between which a gap is asked for; [] where the report's own growth is meant."""
    pair = it.recent(2)
    if both:
        return pair
    if "者" in what and len(pair) == 2:
        return pair if "后者" in what else pair[::-1]  # the one that is spoken of comes out first
    bare, planned = bare_of(what), it.report.planned
    changes = bool(RISES.search(how) or FALLS.search(how))
    ahead = planned is not None and planned in (it.last.years[:1] or (0,)) or len(changed_years(it.turns)) == 2
    if it.content(bare):
        known = it.spoken_of(bare)
        if known is None and it.own_years and "了" in it.rest:
            return []  # 「X今年多了多少」: how X grew, the report says itself
        topic = known.topic if known else swap(it, bare)[0]
        years = (planned, it.report.year) if ahead else ()
        return [Mention(topic, (year,)) for year in years if year]
    if len(changed_years(it.turns)) == 2 or re.search(r"两年", what):
        return years_of_last(it)
    if len(pair) == 2 and not changes and pair[0].years == pair[1].years and not (ahead and "了" in it.rest):
        return pair
    return years_of_last(it) if ahead or not changes else []
