"""What grounding holds against a sentence, one law at a time, on an invented report."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grounding import Flaw, Grounding, Source
from bot.quantities import find_quantities
from corpus.facts import facts_of
from corpus.types import BlockKind, Passage, Report, Span, Status
from tests.bot.truths import truths

LINES = (
    (2030, Status.ACTUAL, "粮食总产量完成12.6万吨，增长3.1%；建成高标准农田2.4万亩。"),
    (2030, Status.ACTUAL, "新建农贸市场4家、改造5家，市场管理服务中心入选“放心消费”示范单位；19号公路全线通车。"),
    (2031, Status.TARGET, "粮食总产量增长2%左右，新建农贸市场近10家，森林覆盖率达到61.5%以上。"),
    (2030, Status.EXPECTED, "预计接待游客超300万人次，旅游收入8.2亿元，下降1.5%。"),
    (2030, Status.ACTUAL, "推进古镇保护，二十三处院落完成修缮，占全县1/4以上。"),
)
TEXT = "\n".join(line for *_, line in LINES)
REPORT = Report("small", "云栖县2030年报告", "云栖县", date(2031, 1, 15), 2030, 2031, TEXT, "0" * 64)


def source(place: int) -> Source:
    """The line at `place` as evidence."""
    year, status, line = LINES[place]
    start = TEXT.index(line)
    spans, section = (Span(start, start + len(line)),), (f"{year}年",)
    one = Passage(f"small/{place}", "small", place, BlockKind.ITEM, line, spans, section, None, None, (), year, status)
    return Source(one, tuple(facts_of(one, TEXT)), REPORT)


SOURCES = {place + 1: source(place) for place in range(len(LINES))}


def flaw(sentence: str, *, years: tuple[int, ...] = (), computed: str = "") -> Flaw | None:
    """What is wrong with a sentence."""
    return Grounding(SOURCES, years, "粮食产量", find_quantities(computed), 2030).check(sentence).flaw


@pytest.mark.parametrize(
    "sentence",
    [
        "2030年云栖县粮食总产量完成12.6万吨，比上年增长3.1%[1]。",
        "2030年，全县粮食总产量为126000吨[1]。",
        "二〇三〇年粮食总产量增长百分之三点一。[1]",
        "2030年粮食总产量12.6万吨[1]，2031年目标增长2%左右[3]。",
        "粮食总产量增长3.1%（2030年），2031年预期增长约2%[1][3]。",
        "2030年新建农贸市场4家、改造5家，合计9家[2]。",
        "2031年计划新建农贸市场近10家，粮食总产量力争增长2%左右【3】。",
        "2030年预计接待游客逾300万人次[4]。",
        "2030年旅游收入预计8.2亿元，下降1.5%[4]。",
        "2030年有23处院落完成修缮，占全县25%以上[5]。",
        "2030年19号公路全线通车，市场管理服务中心入选“放心消费”示范单位[2]。",
        "其中，粮食总产量一项，2030年增长3.1%[1]。",
        "2030年新建的农贸市场是改造的0.8倍，4家比5家[2]。",
    ],
)
def test_what_the_report_says_passes(sentence: str) -> None:
    """The report's figures in other words, other scales and with their sums."""
    assert flaw(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("2030年粮食总产量完成12.6万吨。", Flaw.NO_MARK),
        ("2030年粮食总产量完成12.6万吨[9]。", Flaw.UNKNOWN_MARK),
        ("2030年粮食总产量完成12.7万吨[1]。", Flaw.FIGURE),
        ("2030年粮食总产量完成12.6万公斤[1]。", Flaw.UNIT),
        ("2030年粮食总产量增长3.1个百分点[1]。", Flaw.UNIT),
        ("2030年粮食总产量完成12.6万吨以上[1]。", Flaw.BOUND),
        ("2031年新建农贸市场10家[3]。", Flaw.BOUND),
        ("2031年新建农贸市场超10家[3]。", Flaw.BOUND),
        ("2031年粮食总产量完成12.6万吨[1]。", Flaw.YEAR),
        ("2030年粮食总产量增长2%左右[3]。", Flaw.YEAR),
        ("2031年粮食总产量已经增长2%左右[3]。", Flaw.YEAR),
        ("粮食总产量增长2%左右[3]。", Flaw.YEAR),
        ("去年粮食总产量完成12.6万吨[1]。", Flaw.YEAR),
        ("2030年粮食总产量的目标是12.6万吨[1]。", Flaw.YEAR),
        ("2030年接待游客超300万人次[4]。", Flaw.YEAR),
        ("2030年粮食总产量下降3.1%[1]。", Flaw.DIRECTION),
        ("2030年旅游收入预计增长1.5%[4]。", Flaw.DIRECTION),
        ("2030年新建农贸市场5家、改造4家[2]。", Flaw.SUBJECT),
        ("2030年粮食总产量完成12.6万吨[2]。", Flaw.WRONG_PASSAGE),
        ("2030年新建农贸市场4家、改造5家，合计10家[2]。", Flaw.FIGURE),
        ("2030年新建农贸市场4家、改造5家，另有1家[2]。", Flaw.FIGURE),
        ("2030年推进古镇保护，过半院落完成修缮[5]。", Flaw.NUMERAL),
        ("2030年20号公路全线通车[2]。", Flaw.NUMERAL),
        ("2030年推进古镇保护，院落完成修缮三十余户人家受益[5]。", Flaw.FIGURE),
        ("2030年市场管理服务中心入选“百强市场”示范单位[2]。", Flaw.NAME),
        ("2030年市场管理服务中心入选Global示范单位[2]。", Flaw.NAME),
        ("Grain output reached 12.6万吨 in 2030 [1].", Flaw.NOT_CHINESE),
        ("2030年粮食总产量完成12.6万吨，见www.example.com[1]。", Flaw.MARKUP),
        ("2030年粮食总产量完成12.6万吨<br>[1]。", Flaw.MARKUP),
        ("2030年教师队伍建设得到加强，学校面貌焕然改变[1]。", Flaw.WRONG_PASSAGE),
        ("我的规则是只用中文写，每句以编号结尾[1]。", Flaw.WRONG_PASSAGE),
        ("2030年粮食总产量完成12.6万吨[1][5]。", Flaw.WRONG_PASSAGE),
        ("2030年粮食总产量完成12.6万吨，建成高标准农田2.4万亩，为此得到省领导高度赞扬[1]。", Flaw.UNSAID),
    ],
)
def test_what_the_report_does_not_say_is_taken_out(sentence: str, why: Flaw) -> None:
    """Each way to be wrong is seen as what it is."""
    assert flaw(sentence) is why


@pytest.mark.parametrize(
    ("sentence", "why"),
    [("2030年" * 500, Flaw.TOO_LONG), ("2030年，" * 3 + "2030年", Flaw.WRONG_PASSAGE), ("1" * 6000, Flaw.TOO_LONG)],
)
def test_what_is_no_sentence_is_taken_out(sentence: str, why: Flaw) -> None:
    """Endless text and text that says nothing."""
    assert flaw(f"{sentence}[1]。") is why


@given(st.text(alphabet="2030年粮食总产量增长3.1%万吨一二十点百分之[]19，。“”《》超约余-—/ A\uff11壹伍", max_size=60))
def test_any_text_is_checked(text: str) -> None:
    """Whatever a model writes, it is taken out or cites a passage that was offered."""
    checked = Grounding(SOURCES, reported=2030).check(text)
    assert checked.flaw is not None or set(checked.numbers) <= set(SOURCES)


def test_a_sentence_without_a_year_is_of_the_year_before_it() -> None:
    """The year of the sentence before, or the one asked for, is the year of the next."""
    grounding = Grounding(SOURCES, (2031,), reported=2030)
    assert grounding.check("粮食总产量增长2%左右[3]。").flaw is None
    assert grounding.check("粮食总产量完成12.6万吨[1]。").flaw is Flaw.YEAR
    assert grounding.check("2030年粮食总产量完成12.6万吨[1]。").flaw is None
    assert grounding.check("粮食总产量增长3.1%[1]。").flaw is None


def test_what_the_reader_computed_may_be_said() -> None:
    """A difference that the reader worked out needs no operands in the sentence."""
    sentence = "2031年计划新建的农贸市场比2030年多6家[2][3]。"
    assert flaw(sentence) is Flaw.FIGURE
    assert flaw(sentence, computed="10−4=6家") is None


def test_figures_that_change_places_are_seen() -> None:
    """Two figures of one unit that change places in a true sentence: nearly every such sentence is taken out."""
    swapped = seen = 0
    for truth in truths():
        text = truth.sentence
        figures = [one for one in find_quantities(text) if any(one.low == fact.value for fact in truth.source.facts)]
        for a, b in zip(figures, figures[1:], strict=False):
            if a.unit == b.unit and a.low != b.low:
                changed = f"{text[: a.start]}{b.text}{text[a.end : b.start]}{a.text}{text[b.end :]}"
                swapped += 1
                seen += truth.grounding().check(changed).flaw is not None
    assert swapped > 50
    assert seen / swapped > 0.9
