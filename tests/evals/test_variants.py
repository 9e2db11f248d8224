"""Variants change how a question is written and nothing else."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.types import Answer, Reason
from corpus.types import Report
from evals.runner import run
from evals.sources import Sources
from evals.types import Judgement, Outcome, Question, Style
from evals.variants import VariantKind, VariedOutcome, by_kind, consistency, place_names, vary
from tests.evals.fakes import answered, refused, run_variants
from tests.evals.gold import GDP, GREEN, SECOND, question


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        (VariantKind.TRADITIONAL, "新建公园几座？", "新建公園幾座？"),
        (VariantKind.FULL_WIDTH, "2024年PM2.5?", "２０２４年ＰＭ２．５？"),
        (VariantKind.NUMERALS, "2024年与2025年", "二〇二四年与二〇二五年"),
        (VariantKind.NUMERALS, "投资2024亿元", None),
        (VariantKind.POLITE, "新建公园几座？", "您好，请问新建公园几座？谢谢！"),
        (VariantKind.POLITE, "请列出片区。", "您好，请列出片区，谢谢！"),
        (VariantKind.ASKER, "新建公园几座？", "我是一名记者，想了解一下：新建公园几座？"),
        (VariantKind.PRESSING, "新建公园几座？", "新建公园几座，具体说说"),
        (VariantKind.PUNCTUATION, "公园、绿地各多少？", "公园 绿地各多少"),
        (VariantKind.PUNCTUATION, "公园数量", "公园数量？？"),
        (VariantKind.PLACE_FULL, "徐汇的绿地", "徐汇区的绿地"),
        (VariantKind.PLACE_SHORT, "徐汇区的绿地", "徐汇的绿地"),
        (VariantKind.PLACE_THIS, "徐汇区的绿地", "本区的绿地"),
        (VariantKind.PLACE_OURS, "徐汇的绿地", "我区的绿地"),
        (VariantKind.PLACE_OURS, "徐汇滨江的绿地", None),
        (VariantKind.PLACE_OURS, "浦东的绿地", None),
    ],
)
def test_a_variant_is_made(kind: VariantKind, words: str, expected: str | None, report: Report) -> None:
    """Each way of varying, and where it has nothing to vary."""
    assert vary(question(words), kind, report) == expected


def test_keywords_are_turned_round(report: Report) -> None:
    """Word order is varied where words are all there is."""
    keywords = replace(question("绿地 新增 2024"), style=Style.KEYWORDS)
    assert vary(keywords, VariantKind.WORD_ORDER, report) == "2024 新增 绿地"
    assert vary(question("绿地 新增 2024"), VariantKind.WORD_ORDER, report) is None


def test_english_has_no_variants(report: Report) -> None:
    """The ways of varying are of Chinese."""
    english = replace(question("How much green space in 徐汇?"), style=Style.ENGLISH)
    assert not [kind for kind in VariantKind if vary(english, kind, report)]


def test_a_homophone_is_one_character_that_sounds_the_same(report: Report) -> None:
    """One character of a word of the report is wrong; place, figures and year are as they were."""
    from pypinyin import lazy_pinyin

    asked = question("2024年徐汇区新增绿地多少公顷？")
    varied = vary(asked, VariantKind.HOMOPHONE, report)
    assert varied is not None
    assert varied == vary(asked, VariantKind.HOMOPHONE, report)
    differing = [(old, new) for old, new in zip(asked.question, varied, strict=True) if old != new]
    assert len(differing) == 1
    old, new = differing[0]
    assert lazy_pinyin(old) == lazy_pinyin(new)
    assert old in "新增绿地公顷"


def test_a_place_is_called_by_its_names() -> None:
    """The names come from the report's place; a place of an unknown kind has one name."""
    assert place_names("徐汇区") == ("徐汇区", "徐汇", "本区", "我区")
    assert place_names("贵州省") == ("贵州省", "贵州", "本省", "我省")
    assert place_names("浦东") == ("浦东",)
    assert place_names("") == ()


def test_a_report_without_a_place_has_no_place_variants(report: Report) -> None:
    """Nothing is put in the place of nothing."""
    nowhere = replace(report, place="")
    assert vary(GDP, VariantKind.PLACE_OURS, nowhere) is None
    assert vary(GDP, VariantKind.HOMOPHONE, nowhere)


class _NoTraditional:
    """Refuses what holds a traditional character; else answers alike."""

    def __init__(self) -> None:
        self.conversations: list[object] = []

    def ask(self, question: str, conversation: object | None = None, *, id: str = "") -> Answer:
        self.conversations.append(conversation)
        return refused(Reason.OPINION) if set(question) & set("綠園幾積產總") else answered("12公顷", "3座")


def test_consistency_counts_the_answers_that_stay(sources: Sources) -> None:
    """The one way that changes the answer is the one reported."""
    asked: Sequence[Question] = (GDP, GREEN)
    outcomes = run(_NoTraditional(), asked, sources, object)
    varied = run_variants(_NoTraditional(), outcomes, sources)
    groups = by_kind(varied)
    assert groups[VariantKind.TRADITIONAL][0].hits == 0
    assert all(same.hits == same.total for kind, (same, _) in groups.items() if kind is not VariantKind.TRADITIONAL)
    assert consistency(varied).hits == len(varied) - 2


def test_the_order_of_short_answers_does_not_matter(sources: Sources) -> None:
    """Same status, reason and short answers is the same answer."""

    class Turning:
        times = 0

        def ask(self, question: str, conversation: object | None = None, *, id: str = "") -> Answer:
            self.times += 1
            return answered("12公顷", "3座") if self.times % 2 else answered("3座", "约12公顷")

    outcomes = run(Turning(), (GREEN,), sources, object)
    assert all(one.consistent for one in run_variants(Turning(), outcomes, sources))


def test_a_conversation_is_varied_as_a_whole(sources: Sources) -> None:
    """Each way of varying asks the whole conversation anew, in one conversation."""
    first = replace(SECOND, id="s1", question="2024年新增绿地多少？")
    outcomes = run(_NoTraditional(), (first, SECOND), sources, object)
    assistant = _NoTraditional()
    run_variants(assistant, outcomes, sources)
    pairs = zip(assistant.conversations[::2], assistant.conversations[1::2], strict=True)
    assert all(one is other is not None for one, other in pairs)


ANSWERS = st.sampled_from([answered("12公顷"), answered("3座"), refused(Reason.OPINION), refused(Reason.MISSING_YEAR)])
RIGHT = Judgement(True, None, "")
VARIED = st.lists(
    st.builds(
        lambda kind, before, after: VariedOutcome(kind, Outcome(GDP, before, RIGHT), Outcome(GDP, after, RIGHT)),
        st.sampled_from(VariantKind),
        ANSWERS,
        ANSWERS,
    ),
    max_size=12,
)


@given(VARIED)
def test_consistency_is_a_share_and_grows_with_each_answer_that_stays(varied: list[VariedOutcome]) -> None:
    """It is the sum of its kinds, lies between nothing and all, and one more that stays does not lower it."""
    whole = consistency(varied)
    assert 0 <= whole.hits <= whole.total == len(varied)
    parts = [same for same, _ in by_kind(varied).values()]
    assert (sum(one.hits for one in parts), sum(one.total for one in parts)) == (whole.hits, whole.total)
    stays = Outcome(GDP, answered("12公顷"), RIGHT)
    more = consistency([*varied, VariedOutcome(VariantKind.POLITE, stays, stays)])
    assert (more.value or 0) >= (whole.value or 0)
