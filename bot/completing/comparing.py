"""Follow-ups that compare: two years of one thing, or the last two things that the conversation was about."""

import re

from bot.completing.followup import FollowUp
from bot.completing.wording import AIM, GENERIC, LEAD, POINTER, plain, question
from bot.conversation import ASKING, Completed, Frame, changed_years, closed_up, without_time

_WHICH_MORE = re.compile(r"^哪一?[个家项边种](?:更|比较|要)?(?P<how>多|少|大|小|高|低|快|慢|长)$")
_OVER = re.compile(r"^(?:是否|有没有|会|能)?(?:超过|高于|大于|多于|(?P<less>少于|低于|不如))了?吗?$")
_COMPARE = re.compile(
    r"(?:(?:(?<!占)比(?![重例率])|较)(?P<than>.{0,24}?)|[跟与和](?P<with>.{1,24}?)(?:相比|比|相)?)要?"
    r"(?P<how>更?(?:多(?!少)|少|高|低|大(?!华)|快|慢|长)|差|(?P<rises>提高|降低|增加|减少)了?)"
    r"(?P<much>[出了]?(?:多少|几))?(?P<unit>[\u3400-\u9fff]{0,3}?)(?P<yes>吗|么|嘛|没有?)?[？?]?$"
)
_GAP = re.compile(
    r"^(?:又|还|一共|总共|相)?(?P<how>差|多|少|高|低)(?:[了出]|额)?(?P<much>多少|几)(?P<unit>[\u3400-\u9fff]{0,3})[？?]?$"
    r"|^(?:差额|差距|差值|差别)(?:是|有)?(?:多少|多大)?$"
)


def compared(it: FollowUp) -> Completed | None:
    """「比去年少多少」, 「差几个」, 「比2024年多吗」, 「哪个多」 with both sides said."""
    return _two_topics(it) or _over(it) or _gap(it) or _two_years(it)


def _two_topics(it: FollowUp) -> Completed | None:
    more, gap = _WHICH_MORE.match(it.rest), _GAP.match(it.rest)
    topics = it.last_topics()
    if len(topics) < 2 or not (more or (gap and not changed_years(it.turns))):
        return None
    ask = f"哪个{more['how']}" if more else f"相差多少{it.unit()}"
    return Completed(question(it.last.years[:1], "和".join(topics), ask), it.frame, it.last)


def _over(it: FollowUp) -> Completed | None:
    over = _OVER.match(it.rest)
    if not over or not it.own_years or not it.last.years or it.own_years[:1] == it.last.years[:1]:
        return None
    text = f"{it.last.years[0]}年{plain(it.frame.whole)}比{it.own_years[0]}年{'少' if over['less'] else '多'}吗？"
    return Completed(text, it.frame, it.last)


def _gap(it: FollowUp) -> Completed | None:
    gap = _GAP.match(it.rest)
    years = gap and (changed_years(it.turns) or it.sides(it.the_other(it.last.years[:1])))
    if not gap or not years:
        return None
    topic, how, unit = plain(it.frame.whole), gap["how"] or "差", gap["unit"] or it.unit()
    if how == "差":
        return Completed(f"{years[0]}年和{years[1]}年{topic}相差多少{unit}？", it.frame, it.last)
    return Completed(f"{years[0]}年{topic}比{years[1]}年{how}多少{unit}？", it.frame, it.last)


def _two_years(it: FollowUp) -> Completed | None:
    text = closed_up(it.text)
    match = _COMPARE.search(text)
    if match is None or re.search(r"增长|下降", text) or (match["with"] and match["how"] != "差"):
        return None
    if match["rises"] and it.last.years[:1] != (it.report.planned,):
        return None  # of a year gone by, the report says itself by how much it rose
    than = match["than"] or match["with"] or ""
    years = it.sides(it.other_year(than))
    if len(years) != 2:
        return None
    before = POINTER.sub("", LEAD.sub("", without_time(text[: match.start()], it.report.place)))
    topic = it.swap(before)[0] if it.content(before) else plain(it.frame.whole)
    how = match["how"].lstrip("更").replace("差", "相差")
    other = without_time(than, it.report.place)
    other = other.removeprefix("的") if it.content(other) else ""
    asks = f"{how}多少{match['unit'] or it.unit()}" if match["much"] else f"{how}吗"
    return Completed(f"{years[0]}年{topic}比{years[1]}年{other}{asks}？", Frame(topic, it.frame.ask), it.last)


def of_both(it: FollowUp, match: re.Match[str]) -> Completed:
    """「这两个的目标分别是多少」: the last two things, each asked about."""
    """「这两个的目标分别是多少」: the last two things, each asked about."""
    topics = it.last_topics()
    rest = re.sub(r"^的", "", it.rest.replace(match.group(), ""))
    if not GENERIC.match(ASKING.sub("", rest.replace("分别", ""))):
        return it.put(match, "和".join(topics))
    aim = "目标" if AIM.search(rest) else ""
    asks = "，".join(f"{topic}{aim}是多少" for topic in topics)
    return Completed(question(it.years_meant(), "", asks), it.frame, it.last)
