"""How short answers and quotes are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.normalise import among_shorts, as_quote, as_short, holds_whole, in_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("约577亿元", "577亿元"),
        ("超过 15 亿元。", "15亿元"),
        ("１２．５％", "12.5%"),
        ("1,972份", "1972份"),
        ("250余家", "250家"),
        ("2100余万元", "2100万元"),
        ("十万余人", "十万人"),
        ("63%以上", "63%"),
        ("「一件事」", "一件事"),
        ("3931.2亿元[1]", "3931.2亿元"),
        ("GPU", "gpu"),
        ("达到约10家左右", "10家"),
        ("近代史馆", "近代史馆"),
        ("1,2", "1,2"),
    ],
)
def test_a_short_answer_is_normalised(text: str, expected: str) -> None:
    """Width, spaces, thousands, qualifiers and outer punctuation do not count; words that look alike do."""
    assert as_short(text) == expected


@pytest.mark.parametrize(
    ("text", "wanted", "held"),
    [
        ("增长4.8%", "4.8%", True),
        ("增长14.8%", "4.8%", False),
        ("增长4.85%", "4.8%", False),
        ("共112家", "12家", False),
        ("3.12家", "12家", False),
        ("12", "12", True),
        ("12.5", "12", False),
        ("12.", "12", True),
        ("徐汇滨江地区", "徐汇滨江", True),
        ("任何", "", False),
    ],
)
def test_a_figure_must_stand_whole(text: str, wanted: str, held: bool) -> None:
    """No digit and no decimal point goes on beside the figure's own digits."""
    assert holds_whole(text, wanted) is held


@pytest.mark.parametrize(
    ("wanted", "shorts", "held"),
    [
        ("12公顷", ["约12公顷"], True),
        ("12公顷", ["3座", "12公顷"], True),
        ("12公顷", ["12"], False),
        ("12公顷", [], False),
        ("是", ["是", "12公顷"], True),
        ("是", ["12公顷", "是"], False),
        ("是", ["是否"], False),
        ("否", ["不是"], True),
        ("否", ["否，是10公顷"], True),
    ],
)
def test_a_short_answer_is_looked_for_among_the_given(wanted: str, shorts: list[str], held: bool) -> None:
    """Equal or whole within one counts; a verdict counts in the first place only."""
    assert among_shorts(wanted, shorts) is held


@pytest.mark.parametrize(
    ("wanted", "text", "held"),
    [
        ("12公顷", "2024年新增绿地12公顷。[1]", True),
        ("2公顷", "2024年新增绿地12公顷。[1]", False),
        ("12", "2024年新增绿地12公顷。", False),
        ("250家", "拨付企业250余家", True),
        ("是", "是，2024年新增绿地12公顷。", True),
        ("是", "2024年是丰收年", False),
    ],
)
def test_a_short_answer_is_looked_for_in_the_text(wanted: str, text: str, held: bool) -> None:
    """A bare figure in prose proves nothing; one with its unit does."""
    assert in_text(wanted, text) is held


def test_a_quote_loses_markup_and_space_alone() -> None:
    """Tags, stars, bullets and white space go; a smaller-than sign stays."""
    assert as_quote("➤ **新增** 绿地<br>10 公顷，<5.5%") == "新增绿地10公顷,<5.5%"


@given(st.text("约超近达到余左右以上12,，.。 %亿万十[]是a", max_size=12))
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Both normal forms are their own normal form."""
    assert as_quote(as_quote(text)) == as_quote(text)
    assert as_short(as_short(text)) == as_short(text)


@given(st.text(max_size=20))
def test_any_text_can_be_normalised(text: str) -> None:
    """Whatever a program answers, comparing it does not fail, and it equals itself."""
    assert as_short(as_short(text)) == as_short(text)
    assert not as_short(text) or among_shorts(text, [text]) or as_short(text) in ("是", "否")
