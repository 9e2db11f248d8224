"""When two quantities are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quantities import Bound, Quantity, bound_of, find_quantities, same, same_bound


def one(text: str) -> Quantity:
    """The only quantity of a text."""
    (found,) = find_quantities(text)
    return found


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("3.44亿", "34400万"),
        ("四成", "40%"),
        ("３９３１.２亿元", "3931.2亿元"),
        ("三千九百三十一点二亿元", "3931.2亿元"),
        ("百分之四点八", "4.8%"),
        ("3亿4400万元", "3.44亿元"),
        ("四分之一", "25%"),
        ("2公里", "2000米"),
        ("10公顷", "10万平方米"),
        ("贰佰家", "200家"),
        ("3,931.2亿元", "3931.2亿元"),
        ("22人", "22名"),
        ("8000万—1亿元", "0.8—1亿元"),
        ("五公里", "5公里"),
    ],
)
def test_one_value_is_one_value(a: str, b: str) -> None:
    """However a value is written, it is the same."""
    assert same(one(a), one(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("3.44亿", "3.44万"),
        ("3.44亿元", "3.44亿美元"),
        ("4.8%", "4.8个百分点"),
        ("22家", "22个"),
        ("第二", "2位"),
        ("8000万—1亿元", "8000万元"),
        ("8000万—1亿元", "8000万—1万元"),
        ("3931.2亿元", "3931.3亿元"),
        ("10亩", "10公顷"),
        ("4000人", "4000人次"),
    ],
)
def test_another_value_or_unit_is_another(a: str, b: str) -> None:
    """Another number, unit, end of a range or kind of figure is none of the same."""
    assert not same(one(a), one(b))


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        (None, Bound.EXACT),
        ("约", Bound.ABOUT),
        ("接近", Bound.NEAR),
        ("余", Bound.ABOVE),
        ("不低于", Bound.ABOVE),
        ("低于", Bound.BELOW),
        ("不超过", Bound.BELOW),
        ("以内", Bound.BELOW),
    ],
)
def test_the_words_around_say_how_much_is_open(words: str | None, bound: Bound) -> None:
    """A qualifier says that the number is about so much, more or less."""
    assert bound_of(words) is bound


def test_vague_words_are_alike() -> None:
    """「约」 and 「近」 leave as much open; 「超」 and none do not."""
    assert same_bound(one("约4000人"), one("近4000人"))
    assert not same_bound(one("约4000人"), one("超4000人"))
    assert not same_bound(one("约4000人"), one("4000人"))


@given(st.integers(1, 10**9), st.sampled_from(["元", "家", "平方米", "人次"]), st.integers(1, 4))
def test_moving_the_scale_keeps_the_value(number: int, unit: str, places: int) -> None:
    """A number written in 万 is the same in plain digits; one more of its last digit is not."""
    text = f"{number / 10**places:.{places}f}"
    whole = f"{number * 10 ** (4 - places)}{unit}"
    assert same(one(f"{text}万{unit}"), one(whole))
    assert not same(one(f"{(number + 1) / 10**places:.{places}f}万{unit}"), one(whole))


@given(st.text(alphabet="0123456789.,%万亿元家百分之点一二三十约超余以上—-至 第\uff11\uff05壹", max_size=20))
def test_any_text_is_read(text: str) -> None:
    """Quantities lie within the text, in order, and none overlaps another."""
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.end
