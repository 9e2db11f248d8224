"""Whether the report contradicts a claim that a question takes for granted."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.matching import found
from bot.question import Question, Want, parse, years_of
from bot.reading import judging, reader
from bot.reading.figures import FEATURES, Candidate
from bot.reading.reading import Piece
from bot.reading.world import World
from bot.refusing.numbers import other_number, same_unit
from bot.refusing.phrases import phrases
from bot.refusing.subject import KNOWN, bare, plain, sentence_about
from bot.terms import Term
from bot.units import Kind
from corpus.figures import Figure, find_figures
from corpus.numerals import chinese_number
from corpus.types import Status

_OPENS = re.compile(r"^(?:20\d\d年?|[今明去]年|[区市省\s])*")
_SURE = 0.6  # so much of the claim must be said where the report says no to it
_READ = 8
_OWN = FEATURES.index("own")
_OTHER = 0.25  # a figure whose own words say so much less than the best one's is of another thing
_SAID = 0.6  # a plan that says so much of a claim is what the claim speaks of
_AS_MUCH = 0.15  # what was done, and says so little less of the claim, may be what it speaks of
_BESIDE = 0.3  # a rise or fall beside a level may say so much less
_JUST_BEFORE = 6
_SEVERAL = 3  # words of a claim: whose it is, and at least two that say what
_TELLING = 0.75
_BETTER_LOW = re.compile(r"PM|浓度|能耗|失业|事故|污染|排放|发案")
_RISES = re.compile(r"恶化|上升|增长|提高|增加|上涨|涨|升|多了|高了|增至|扩大")
_FALLS = re.compile(r"负增长|下[降滑跌调]|[跌降缩减]了|减少|(?<!多)少了|低了|压缩|缩减|掉了|倒退")
_CAME_ANEW = re.compile(r"新(?:增|建|设|上线|开|添|认定|引进)(?![^，,；;、]*[减降])")
_NEAR = 12  # characters before a figure that say what it counts
_NEWLY = re.compile(r"新增|新认定|新引进|一年之?内|当年")
_GRADE = re.compile(
    r"(?:劣\s*)?[ⅠⅡⅢⅣⅤIV]{1,3}\s*类|[一二三四五]类水|劣[一二三四五]类|[1-5]A级|[甲乙丙]等|[一二三]级(?=医院|公路)"
)
_SOME = re.compile(r"只|才(?!能|可|华|艺|会)|仅|有\d+[个家条座处项件名所]|一半|半数|部分|少数|还剩|剩下")
_ALL = re.compile(r"全部|均(?!衡|价|收|工|线|等)|都|全覆盖|100%|清零|全面完成|悉数")
_DONE = re.compile(r"了$|已经|升为|评为|获评|成为|转为|改成|动工|开工")
_ALREADY = re.compile(r"已经?|去年|早就|前不久|刚刚")
_AHEAD = re.compile(r"支持|推进|推动|力争|加快|创建|争创|谋划|启动|将|拟|打造|筹建|开展|提速")
_TENTHS = "一二三四五六七八九"
_MONEY = re.compile(r"消费|收入|资金|金额|产值|总额|投资|贷款|产出|成交|税")
_ENOUGH_WORDS = 2
_STILL = re.compile(
    r"(?:还|仍|尚|一直)(?:在|是|停留在)(?:打桩|施工|建设|装修|规划|立项|图纸|排队|围挡|工地|毛坯|挖|盖|修|造|筹)"
)
_NOT_YET = re.compile(
    r"(?:到现在|至今|迟迟|一直|到今天)?(?:还没有?|尚未|仍未|还未|没有|没能|未能|并未|没|未)(?=[^，,]{0,4}(?:竣工|完工|建成|通车|开工|开放|投用|启用|建好|完成|落成|开业|开馆|入选|落地|落户|上市|搬|获批|通过|建起来|用起来|建立|办成|动工|清零|覆盖|到位|签[约完]|评上|纳入|入驻|交付|解决|整改|揭牌|成立|启动|达标|进(?![展行步一度])|入围|列入|拿[到下]|选上|当选|评为))"
)
_TOP = re.compile(r"第一(?!产业|批|期|轮|次|季|议)|首位|榜首|最高|最[快多大]|前列|领先|率先|首创|首推|全市首|冠军")
_LOW = re.compile(
    r"屈居|垫底|末位|末尾|倒数|最后一名|中游|下游|拖后腿|被[^，,]{0,8}(?:反超|超过|赶超|甩)|不敌|输给|落后于|排不上|只够|只排"
    r"|overtook|overtaken|lost to|beaten|last place|the lowest|the worst|rank(?:ed)? last|c[ao]mes? last|at the bottom",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"(?:迁往|迁到|迁至|搬到|搬去|搬往|搬进|搬至|落户在?|选址在?|设在|开在|建在)(?P<to>[\u3400-\u9fff]{2,6}?)(?:了|$|[，,之以])"
)
_MOVES = re.compile(r"搬|迁|落户|选址|设在|建在")
_WHOLE = re.compile(r"全国|全球|世界|全省|全市|全区|我国|中国")
_SAME_WHOLE = {"我国": "全国", "中国": "全国", "世界": "全球"}
_OF_WHOLE = re.compile(
    r"占(?P<whole>全国|全球|全省|全市|全区|中心城区)|(?P<ranked>全国|全球|全省|全市|全区|中心城区)第"
)


def against(claim: str, question: Question, original: str, world: World) -> Piece | None:
    """The place that says otherwise than `claim`, or None; `question` gives the years and the context."""
    claim = _in_digits(claim)
    own = years_of(claim, world.report)
    if len(own) == 1 and len(question.years) > 1 and set(own) < set(question.years):
        question = replace(question, years=own)  # 「明年311个，比今年多几个」 claims a figure of one year
    still = _STILL.search(claim)
    if still:
        return _done_after_all(f"{claim[: still.start()]}竣工", question, world)
    unmet = _NOT_YET.search(claim)
    if unmet:
        return _done_after_all(claim[: unmet.start()] + claim[unmet.end() :], question, world)
    for way in (_of_place, _of_limit, _of_where, _of_whole, _of_grade, _of_all, _of_plan, _of_another):
        piece = way(claim, question, original, world)
        if piece is not None:
            return piece
    asked = _asked(claim, question, world)
    borne_out = _figures(claim, asked, world)
    if isinstance(borne_out, Piece):
        return borne_out
    if borne_out:
        return None
    number = other_number(question, claim, world, known=False)
    if number is not None:
        return number
    if sum(term.strong for term in asked.terms) < _ENOUGH_WORDS:
        return None
    reading = judging.judge(_asked(f"{claim}吗？", question, world), world)
    return reading.pieces[0] if reading.short[:1] == ("否",) and reading.confidence >= _SURE else None


def _in_digits(claim: str) -> str:
    """A claim with its tenths and round sums as figures (「六成以下」 -> 「60%以下」)."""
    claim = re.sub(rf"([{_TENTHS}])成(?![品果就立熟])", lambda m: f"{10 * (_TENTHS.index(m[1]) + 1)}%", claim)
    unit = "元" if _MONEY.search(claim) else ""
    claim = re.sub(r"(\d[万亿]+)(?![万亿人元个美平户条台套张件次册吨千公]|余|多)", rf"\g<1>{unit}", claim)
    return re.sub(
        r"[一二两三四五六七八九十百千]+(?=[万亿])[万亿]+(?![人元个美]|余|多)",
        lambda m: f"{_plain(m.group())}{unit}" if _plain(m.group()) else m.group(),
        claim,
    )


def _plain(numeral: str) -> str:
    value = chinese_number(numeral)
    return f"{value:.0f}" if value else ""


def _asked(text: str, question: Question, world: World) -> Question:
    return replace(parse(text, world.report, world.vocabulary), years=question.years, context=question.context)


def _done_after_all(claim: str, question: Question, world: World) -> Piece | None:
    """Where the report says that what the question takes for not done is done."""
    reading = judging.judge(_asked(f"{claim}了吗？", question, world), world)
    return reading.pieces[0] if reading.short[:1] == ("是",) and reading.confidence >= _SURE else None


def _figures(claim: str, asked: Question, world: World) -> Piece | bool:
    """The figure whose direction is the other one; else whether the report has every number of the claim."""
    figures = [one for one in find_figures(claim) if not one.is_rank and one.unit not in ("", "年", "月", "日")]
    same = [_same(figure, claim, asked, world) for figure in figures]
    if not figures or any(one is None for one in same):
        return False
    if _NEWLY.search(claim) and any(one is not None and one.fact.change == "累计" for one in same):
        return False
    falls = phrases("premise.txt")["下降"].search(claim) or _FALLS.search(claim)
    if "恶化" in claim and _BETTER_LOW.search(claim):
        falls = None
    rises = None if falls else _RISES.search(claim)
    for one in same:
        if one is not None and falls and _is_new(one):
            return reader.figure_piece(one)
        if one is None or one.fact.change not in ("增长", "下降"):
            continue
        if (falls and one.fact.change == "增长") or (rises and one.fact.change == "下降"):
            return reader.figure_piece(one)
    return True


def _is_new(one: Candidate) -> bool:
    """Whether the figure counts what came anew (「新增11家」): it did not become less by so many."""
    return _CAME_ANEW.search(one.passage.text[one.window[0] : one.fact.local[0]][-_NEAR:]) is not None


def _same(figure: Figure, claim: str, asked: Question, world: World) -> Candidate | None:
    """The report's figure of the claimed value, if it speaks of the same."""
    bare_of_it = parse(bare(claim.replace(figure.text, " ")), world.report, world.vocabulary)
    any_kind = replace(plain(asked, bare_of_it), units=frozenset({figure.unit, f"{figure.unit}（间）"}))
    best = [one for one in reader.rated(any_kind, world)[:_READ] if same_unit(one.fact.unit, figure.unit)]
    nearest = max((one.features[_OWN] for one in best), default=0.0)
    for one in best:
        before = one.passage.text[max(0, one.fact.local[0] - _JUST_BEFORE) : one.fact.local[0]]
        moves = any(way.search(claim) and way.search(before) for way in (_FALLS, _RISES))
        if one.features[_OWN] < nearest - _OTHER and not moves:
            continue  # it stands beside what is spoken of, and counts something else
        near = abs(one.fact.value - figure.value) <= 0.005 * max(abs(figure.value), abs(one.fact.value))
        if near and one.coverage.share >= max(KNOWN, best[0].coverage.share - (_BESIDE if moves else _AS_MUCH)):
            return one
    return None


def _of_place(claim: str, question: Question, original: str, world: World) -> Piece | None:
    """A low or middling place in an order, where the report has the first."""
    ranks = [one for one in find_figures(claim) if one.is_rank and one.value > 1]
    low = _LOW.search(claim) or _LOW.search(original)
    if not ranks and not low:
        return None
    words = [one.text for one in ranks] + [match.group() for match in _LOW.finditer(claim)]
    for word in words:
        claim = claim.replace(word, " ")
    subject = plain(question, parse(bare(claim), world.report, world.vocabulary))
    if not any(term.strong for term in subject.terms):
        return None
    ranked = replace(subject, kind=Kind.RANK, units=frozenset({"位"}), want=Want.FIGURE)
    best = next((one for one in reader.rated(ranked, world)[:4] if one.fact.change == "排名"), None)
    if best is not None and best.coverage.share >= KNOWN:
        agrees = any(abs(best.fact.value - one.value) < 0.5 for one in ranks) or (not ranks and best.fact.value > 1)
        return None if agrees else reader.figure_piece(best)
    said = sentence_about(subject, world)
    return said if said and _TOP.search(said.passage.text[said.start : said.end]) else None


def _of_limit(claim: str, question: Question, original: str, world: World) -> Piece | None:
    """A restriction (「只对户籍居民开放」), where the report says that there is none."""
    lists = phrases("premise.txt")
    limited = lists["限制"].search(claim) or lists["限制"].search(original.lower())
    if not limited:
        return None
    subject = plain(question, parse(lists["限制"].sub(" ", bare(claim)), world.report, world.vocabulary))
    best = reader.best_clauses(subject, world)[:3]
    for one in best:
        if one.coverage.share >= KNOWN * 0.7 and lists["不限"].search(one.place.text):
            return sentence_about(replace(subject, terms=subject.terms), world) or _piece(one)
    return None


def _of_where(claim: str, question: Question, original: str, world: World) -> Piece | None:
    """A move to another place than the report has."""
    moved = _MOVED.search(claim)
    if not moved:
        return None
    subject = plain(question, parse(bare(claim[: moved.start()]), world.report, world.vocabulary))
    for one in reader.best_clauses(subject, world)[:6]:
        for clause in re.finditer(r"[^，,；;。]+", one.passage.text):
            says = sum(term.weight * found(term, clause.group()) for term in subject.terms)
            if _MOVES.search(clause.group()) and says >= 0.7 * sum(term.weight for term in subject.terms):
                return None if moved["to"] in one.passage.text else _piece(one)
    best = sentence_about(subject, world) if any(term.strong for term in subject.terms) else None
    return best if best and moved["to"] not in best.passage.text else None


def _of_whole(claim: str, question: Question, original: str, world: World) -> Piece | None:
    """A share of, or a place in, another whole than the report has (「占全国近六成」)."""
    whole = _WHOLE.search(claim)
    if not whole or not find_figures(claim):
        return None
    named = _SAME_WHOLE.get(whole.group(), whole.group())
    asked = _asked(claim, question, world)
    for figure in find_figures(claim):
        same = _same(figure, claim.replace(whole.group(), " "), asked, world)
        if same is None:
            continue
        clause = _clause(same.passage.text, same.fact.local[0])
        told = _OF_WHOLE.search(clause)
        if told and (told["whole"] or told["ranked"]) != named and named not in clause:
            return reader.figure_piece(same)
    return None


def _of_grade(claim: str, question: Question, original: str, world: World) -> Piece | None:
    """A class or grade, where the report gives the thing another (「劣Ⅴ类」 and 「Ⅱ类及以上」)."""
    grade = _GRADE.search(claim)
    if not grade:
        return None
    subject = plain(question, parse(bare(claim[: grade.start()]), world.report, world.vocabulary))
    best = sentence_about(subject, world)
    if best is None:
        return None
    told = {_roman(one.group()) for one in _GRADE.finditer(best.passage.text[best.start : best.end])}
    return best if told and _roman(grade.group()) not in told else None


def _roman(grade: str) -> str:
    for sign, letters in (("Ⅰ", "I"), ("Ⅱ", "II"), ("Ⅲ", "III"), ("Ⅳ", "IV"), ("Ⅴ", "V"), ("五", "V"), ("四", "IV")):
        grade = grade.replace(sign, letters)
    return re.sub(r"\s", "", grade)


def _of_all(claim: str, question: Question, original: str, world: World) -> Piece | None:
    """Only some, where the report has all (「只办结了7件」 and 「全部办结」)."""
    some = _SOME.search(claim)
    if not some or not (find_figures(claim) or "半" in claim):
        return None
    asked = plain(question, parse(bare(claim[: some.start()] or claim), world.report, world.vocabulary))
    if not any(term.strong for term in asked.terms):
        return None
    best = sentence_about(asked, world)
    if best is None:
        return None
    for clause in re.finditer(r"[^，,；;。]+", best.passage.text[best.start : best.end]):
        says = sum(term.weight * found(term, clause.group()) for term in asked.terms)
        if says >= KNOWN * sum(term.weight for term in asked.terms) and _ALL.search(clause.group()):
            return best
    return None


def _of_plan(claim: str, question: Question, original: str, world: World) -> Piece | None:
    """A thing done, where the report only means to do it."""
    if not _DONE.search(claim) or world.report.planned in question.years:
        return None
    asked = replace(plain(question, parse(claim, world.report, world.vocabulary)), years=())
    best = reader.best_clauses(asked, world)
    if not best or best[0].coverage.share < _SAID or best[0].passage.status is not Status.TARGET:
        return None
    enough = best[0].coverage.share - _AS_MUCH
    if any(one.passage.status is not Status.TARGET and one.coverage.share >= enough for one in best):
        return None
    return _piece(best[0]) if _AHEAD.search(best[0].place.text) or _ALREADY.search(claim) else None


def _of_another(claim: str, question: Question, original: str, world: World) -> Piece | None:
    """What is said of one, where the report says it of another (「妇幼医院转型」 and 「牙防所转型」)."""
    asked = plain(question, parse(claim, world.report, world.vocabulary))
    strong = [term for term in asked.terms if term.strong and term.weight >= 0.5]
    if len(strong) < _SEVERAL or not _OPENS.sub("", claim).startswith(strong[0].text[:2]):
        return None
    owner, rest = strong[0], strong[1:]
    if owner.weight < _TELLING or not owner.known or owner.variants or f"{owner.text}的" in claim:
        return None
    for one in reader.best_clauses(asked, world)[:3]:
        clauses = list(re.finditer(r"[^，,；;。]+", one.passage.text))
        said = [clause for clause in clauses if all(found(term, clause.group()) >= 0.5 for term in rest)]
        before = one.passage.text[: said[0].end()] if said else one.passage.text
        if found(owner, before) or found(owner, one.passage.context) or _has_its_own(owner, rest, clauses):
            return None
        if said:
            return _piece(one)
    return None


def _has_its_own(owner: Term, rest: Sequence[Term], clauses: Sequence[re.Match[str]]) -> bool:
    """Whether a clause says of the owner itself more than half of what is claimed of it."""
    own = [clause.group() for clause in clauses if found(owner, clause.group())]
    return any(sum(found(term, clause) >= 0.5 for term in rest) * 2 > len(rest) for clause in own)


def _clause(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in "，,；;。") + 1
    stops = [place for mark in "，,；;。" if (place := text.find(mark, at)) >= 0]
    return text[start : min(stops, default=len(text))]


def _piece(one: Candidate) -> Piece:
    return Piece(one.passage, *one.window, reader.label(one.passage, one.passage.year, one.passage.status))
