"""How much of a question a text says: bounds, order and growth, on random texts and on the real report's places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.matching import Asked, Coverage, found
from bot.reading import reader
from bot.terms import Term

ALPHABET = "适老化改造工程电梯加装的，0a"
WORDS = st.text(ALPHABET, min_size=2, max_size=7)
TEXTS = st.text(ALPHABET, max_size=40)
TERMS = st.builds(
    Term,
    WORDS,
    st.floats(0.01, 1),
    st.just(True),
    st.lists(WORDS, max_size=2).map(tuple),
    st.booleans(),
)


def term(text: str, *variants: str, weight: float = 1.0, whole: bool = False) -> Term:
    """A word of a question."""
    return Term(text, weight, True, variants, whole)


@given(TERMS, TEXTS)
def test_what_is_found_is_a_share(one: Term, text: str) -> None:
    """However a text reads, it says a word between not at all and fully."""
    assert 0 <= found(one, text) <= 1


@given(TERMS, TEXTS, TEXTS)
def test_the_word_itself_is_found_anywhere(one: Term, before: str, after: str) -> None:
    """A text with the word itself says it fully, whatever stands around it, and only then."""
    assert found(one, before + one.text + after) == 1
    assert (found(one, before + after) == 1) == (one.text in before + after)


@given(WORDS, WORDS, TEXTS)
def test_another_word_for_it_is_next_best(word: str, variant: str, text: str) -> None:
    """A variant says less than the word itself and more than any part of either, and never hurts."""
    value = found(term(word, variant), text)
    assert value >= found(term(word), text)
    if word not in text:
        assert value == found(term("甲乙", "丙丁", variant), variant) if variant in text else value < 0.9


@given(WORDS, TEXTS)
def test_the_name_of_a_statistic_is_found_whole_or_not_at_all(word: str, text: str) -> None:
    """A text that has most of a statistic's name speaks of another statistic."""
    assert found(term(word, whole=True), text) == float(word in text)


def test_word_variant_and_part_are_told_apart() -> None:
    """The word itself is best, another word for it next, most of either last."""
    asked = term("渔业码头扩建", "渔港增建工程")
    texts = ("渔业码头扩建", "渔港增建工程", "渔业码头的扩建", "渔港的增建工程", "渔业")
    values = [found(asked, f"全年{text}三处") for text in texts]
    assert values[0] == 1
    assert values[0] > values[1] > values[2] > values[4] == 0
    assert values[1] > values[3] > values[4]


def test_most_of_a_statistics_name_is_another_statistic() -> None:
    """A text that has another value of the same fishery says most of a word, but not the name of a statistic."""
    word, variant, text = "规模以上渔业总产值", "渔业产出", "规模以上渔业产值三亿元"
    assert found(term(word), text) > 0
    assert found(term(word, whole=True), text) == 0
    assert found(term(word, variant, whole=True), "渔业产出三亿元") > 0.9


@pytest.mark.parametrize(
    ("word", "better", "worse"),
    [
        ("路灯改造", "路灯改造三百盏", "路灯节能化改造三百盏"),
        ("路灯节能改造", "完成路灯节能化改造", "路灯全部关闭后节能"),
        ("产值", "产值三亿元", "产业总值三亿元"),
        ("产值", "产业总值三亿元", "产量三万吨"),
        ("渔业码头", "渔业码头扩建", "码头扩建"),
    ],
)
def test_the_nearer_words_count_more(word: str, better: str, worse: str) -> None:
    """The word itself counts more than its parts near each other, and those more than parts that are scattered."""
    assert found(term(word), better) > found(term(word), worse)


@pytest.mark.parametrize("text", ["", "的", "0", "与之无关的一句话"])
def test_another_text_says_nothing(text: str) -> None:
    """A text without any of the word's characters does not say it."""
    assert found(term("渔业码头", "鱼港"), text) == 0


@given(st.lists(TERMS, max_size=5), TEXTS)
def test_the_share_is_the_weighted_mean(terms: list[Term], text: str) -> None:
    """All that a text says of a question lies between 0 and 1: 1 where every word stands there, 0 without words."""
    asked = Asked.of(terms)
    assert 0 <= asked.share(asked.values(text)) <= 1 + 1e-9
    full = asked.share(asked.values("".join(one.text for one in terms)))
    assert full == pytest.approx(1 if terms else 0)
    total = sum(one.weight for one in terms) or 1
    by_hand = sum(one.weight * found(one, text) for one in terms) / total
    assert asked.share(asked.values(text)) == pytest.approx(by_hand)


@given(st.lists(TERMS, min_size=1, max_size=5), st.data())
def test_the_share_grows_with_each_word(terms: list[Term], data: st.DataObject) -> None:
    """No word that is said more surely makes the share smaller."""
    asked = Asked.of(terms)
    lower = data.draw(st.lists(st.floats(0, 1), min_size=len(terms), max_size=len(terms)))
    higher = [data.draw(st.floats(value, 1)) for value in lower]
    assert asked.share(lower) <= asked.share(higher) + 1e-12


@given(st.lists(TERMS, max_size=5), TEXTS, TEXTS)
def test_what_the_wider_text_lacks_is_not_looked_for(terms: list[Term], text: str, wide: str) -> None:
    """With what a wider text says given, only words that it has are sought; the others count nothing."""
    asked = Asked.of(terms)
    reach = asked.values(wide)
    values = asked.values(text, reach)
    assert values == [found(one, text) if there else 0 for one, there in zip(terms, reach, strict=True)]


def test_the_missing_words_are_those_hardly_found() -> None:
    """Words found below the floor are told in order, those at the floor are not."""
    terms = [term("甲乙"), term("丙丁"), term("戊己")]
    coverage = Coverage(0.5, (0.0, 0.3, 0.29))
    assert coverage.missing(terms) == [terms[0], terms[2]]
    assert coverage.missing(terms, 0.0) == []


@pytest.mark.parametrize(
    ("word", "text", "after"),
    [
        ("养老服务补贴", "养老服务费补贴", "已发放，并由各街道的社区事务受理中心安排财务补充核对"),
        ("既有住宅电梯加装", "有住宅电梯加装", "三百台以上，其中本年完成的都是历年结转的，既有"),
    ],
)
def test_a_longer_text_says_no_less(word: str, text: str, after: str) -> None:
    """Words after a text that says most of a long word take nothing from it."""
    assert found(term(word), text) > 0
    assert found(term(word), text + after) >= found(term(word), text)


@pytest.mark.parametrize(
    "question", ["新增养老床位多少张", "道路项目开工几条", "市政府给老房子装了多少台电梯", "GDP增速"]
)
def test_the_share_grows_with_the_zones(assistant: Assistant, question: str) -> None:
    """A place's own words, its sentence, passage, row and section say ever more of a question, up to all of it."""
    rated = reader.rated(*assistant.understand(question))
    assert len(rated) > 5
    for one in rated:
        zones = one.features[:5]
        assert list(zones) == sorted(zones)
        assert zones[0] >= 0
        assert zones[-1] <= 1 + 1e-9
        assert 0 <= one.coverage.share <= zones[-1] + 1e-9
        assert 0 <= one.sure <= 1


def test_the_better_place_comes_first(assistant: Assistant) -> None:
    """The candidates are in the order of their rating, and the first says the words of the question."""
    rated = reader.rated(*assistant.understand("2024年既有多层住宅加装电梯完工多少台"))
    assert [one.score for one in rated] == sorted((one.score for one in rated), reverse=True)
    assert rated[0].fact.text == "333台"
    assert rated[0].coverage.share > 0.9
