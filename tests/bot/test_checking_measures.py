"""When a figure of a draft says what a figure of the report says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checking.figures import figures_of
from bot.checking.measures import Measure, agrees, measure_of_figure
from bot.checking.plain import plain


def one(text: str) -> Measure:
    """The only figure of a text, measured."""
    (figure,) = figures_of(plain(text).text)
    return measure_of_figure(figure)


@pytest.mark.parametrize(
    ("claim", "fact"),
    [
        ("34400万元", "3.44亿元"),
        ("3亿4400万元", "3.44亿元"),
        ("３，９３１．２亿元", "3931.2亿元"),
        ("三千九百三十一点二亿元", "3931.2亿元"),
        ("14.15万平方米", "14.15公顷"),
        ("百分之四点八", "4.8%"),
        ("四成", "40%"),
        ("一半", "50%"),
        ("占四分之一", "占1/4以上"),
        ("近六成", "近60%"),
        ("近60%", "接近60%"),
        ("约577亿", "约577亿元"),
        ("超2万次", "超2万次"),
        ("250多家", "250余家"),
        ("超3900亿元", "3931.2亿元"),
        ("近282亿元", "281.87亿元"),
        ("不到5%", "4.7%"),
        ("约12%", "11.91%"),
        ("12.4%", "12.37%"),
        ("3931亿元", "3931.2亿元"),
        ("超过2000万元", "2100余万元"),
        ("167个", "167家"),
        ("8名", "8人"),
        ("2到3个", "2-3个"),
        ("第三位", "第3名"),
        ("半小时", "30分钟"),
        ("五方面", "五个方面"),
        ("逾千场", "超1000场"),
    ],
)
def test_the_same_however_it_is_written(claim: str, fact: str) -> None:
    """Other units, numerals, widths and rounding that says so leave a figure what it is."""
    assert agrees(one(claim), one(fact))


@pytest.mark.parametrize(
    ("claim", "fact"),
    [
        ("3913.2亿元", "3931.2亿元"),
        ("3931.2万元", "3931.2亿元"),
        ("16.77亿元", "16.77亿美元"),
        ("14.15平方米", "14.15公顷"),
        ("4.8个百分点", "4.8%"),
        ("26.51万户", "26.51万人次"),
        ("2286套", "2286名"),
        ("超60%", "近60%"),
        ("近2万次", "超2万次"),
        ("超4000亿元", "3931.2亿元"),
        ("近333台", "333台"),
        ("约3940亿元", "3931.2亿元"),
        ("5%", "4.8%"),
        ("第二", "第一"),
        ("5-6个", "2-3个"),
        ("39.8微克/立方米", "39.7微克/立方米"),
        ("90%以上", "99%以上"),
    ],
)
def test_another_figure_is_another(claim: str, fact: str) -> None:
    """Another number, another unit, the other side of a bound and wrong rounding are not the report's."""
    assert not agrees(one(claim), one(fact))


@given(st.integers(1, 99_999), st.sampled_from("家 个 件 台 元 公里 % 人次".split()))
def test_a_figure_agrees_with_itself_and_not_with_its_neighbour(number: int, unit: str) -> None:
    """Without a word of rounding only the number itself will do."""
    assert agrees(one(f"{number}{unit}"), one(f"{number}{unit}"))
    assert not agrees(one(f"{number + 1}{unit}"), one(f"{number}{unit}"))


@given(
    st.integers(1, 99_999),
    st.sampled_from([("亿元", "万元", 10_000), ("万人次", "人次", 10_000), ("公里", "米", 1_000)]),
)
def test_a_larger_unit_is_the_same_amount(number: int, units: tuple[str, str, int]) -> None:
    """An amount in a larger unit is the same as in the smaller one, and its bare number is not."""
    large, small, times = units
    assert agrees(one(f"{number * times}{small}"), one(f"{number}{large}"))
    assert not agrees(one(f"{number}{small}"), one(f"{number}{large}"))
