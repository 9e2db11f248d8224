"""Whatever is changed in a true sentence: a new value is rejected, another way to write the same one is not."""

import re
from collections.abc import Callable
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.grounding.figures import as_open
from bot.quantities import Quantity, find_quantities, narrowed, same
from tests.bot.truths import Truth, truths

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DIGITS = "零一二三四五六七八九"
_WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")
_OTHER_UNIT = {
    "亿元": "万元",
    "万元": "亿元",
    "%": "个百分点",
    "家": "户",
    "公里": "米",
    "处": "公里",
    "人次": "人",
    "平方米": "公顷",
}


def some(fits: Callable[[Truth], object] = lambda _: True) -> st.SearchStrategy[Truth]:
    """A true sentence that fits."""
    chosen = [one for one in truths() if fits(one)]
    return st.integers(0, len(chosen) - 1).map(lambda place: chosen[place])


@st.composite
def figures_in_truths(draw: st.DrawFn) -> tuple[Truth, Quantity]:
    """A true sentence and one of the figures that its passage states."""
    truth = draw(some(lambda one: one.source.facts))
    figures = [
        one
        for one in find_quantities(truth.sentence)
        if any(same(one, stated.quantity) for stated in truth.source.stated) and _NUMBER.search(one.text)
    ]
    assume(figures)
    return truth, figures[draw(st.integers(0, len(figures) - 1))]


def put(truth: Truth, figure: Quantity, text: str) -> str:
    """The sentence with other words in the figure's place."""
    return f"{truth.sentence[: figure.start]}{text}{truth.sentence[figure.end :]}"


def stands(truth: Truth, text: str) -> bool:
    """Whether every figure of the changed words happens to be another that the passage states."""
    read = find_quantities(text)
    stated = [one.quantity for one in truth.source.stated]
    return bool(read) and all(any(same(one, other) and as_open(one, other) for other in stated) for one in read)


def rejected(truth: Truth, sentence: str) -> bool:
    """Whether grounding takes the sentence out."""
    return truth.grounding().check(sentence).flaw is not None


@given(figures_in_truths(), st.integers(0, 9), st.integers(0, 20))
def test_another_digit_is_rejected(chosen: tuple[Truth, Quantity], digit: int, place: int) -> None:
    """One digit changed makes another figure."""
    truth, figure = chosen
    places = [match.start() for match in re.finditer(r"\d", figure.text)]
    at = places[place % len(places)]
    text = f"{figure.text[:at]}{digit}{figure.text[at + 1 :]}"
    assume(text != figure.text and not (text[at - 1 : at] == "." and not text[at:].strip("0")))
    assume(not stands(truth, text) and not same(find_quantities(text)[0], figure) if find_quantities(text) else True)
    assert rejected(truth, put(truth, figure, text))


@given(figures_in_truths(), st.integers(1, 9), st.booleans())
def test_a_digit_more_is_rejected(chosen: tuple[Truth, Quantity], digit: int, before: bool) -> None:
    """A figure with a further digit is another one."""
    truth, figure = chosen
    text = _NUMBER.sub(lambda match: f"{digit}{match[0]}" if before else f"{match[0]}{digit}", figure.text, count=1)
    if "." not in figure.text and not before:
        text = _NUMBER.sub(lambda match: f"{match[0]}.{digit}", figure.text, count=1)
    assume(not stands(truth, text))
    assert rejected(truth, put(truth, figure, text))


@given(figures_in_truths(), st.booleans())
def test_another_unit_is_rejected(chosen: tuple[Truth, Quantity], no_unit: bool) -> None:
    """A figure with another unit is another one."""
    truth, figure = chosen
    mine = [unit for unit in _OTHER_UNIT if unit in figure.text]
    assume(mine)
    unit = max(mine, key=len)
    text = figure.text.replace(unit, "" if no_unit else _OTHER_UNIT[unit])
    assume(not stands(truth, text))
    assert rejected(truth, put(truth, figure, text))


@given(some(lambda one: one.source.facts), st.sampled_from([-2, -1, 1, 2, 10]))
def test_another_year_is_rejected(truth: Truth, step: int) -> None:
    """The year before a sentence's figures is theirs: no other year may stand there."""
    year = truth.source.passage.year
    assert year is not None
    assume(f"{year + step}" not in truth.source.text)
    assert rejected(truth, truth.sentence.replace(f"{year}年", f"{year + step}年", 1))


@given(figures_in_truths(), st.sampled_from(["超{}", "不到{}", "{}以上", "近{}", "不超过{}"]))
def test_a_bound_that_is_not_the_reports_is_rejected(chosen: tuple[Truth, Quantity], words: str) -> None:
    """「超」, 「近」 and 「以上」 are the report's to say."""
    truth, figure = chosen
    core = _NUMBER.search(figure.text)
    assume(core and figure.text.startswith(core[0]) and not re.search(r"[余多上右内下]", figure.text))
    text = words.format(figure.text)
    assume(not stands(truth, text))
    assert rejected(truth, put(truth, figure, text))


@given(some(lambda one: re.search(r"增长\d", one.sentence)))
def test_the_other_direction_is_rejected(truth: Truth) -> None:
    """What grew did not fall."""
    assert rejected(truth, re.sub(r"增长(?=\d)", "下降", truth.sentence))


@given(some(), st.sampled_from([2, 9, 12]))
def test_another_mark_is_rejected(truth: Truth, number: int) -> None:
    """A passage that says something else, or none at all, does not vouch for the sentence."""
    assert rejected(truth, truth.sentence.replace("[1]", f"[{number}]"))


def _rescaled(text: str) -> str:
    """万 and 亿 written out in the other scale."""

    def other(match: re.Match[str]) -> str:
        number = Decimal(match[1])
        return f"{number * 10000:f}万" if match[2] == "亿" else f"{(number / 10000).normalize():f}亿"

    return re.sub(r"(\d+(?:\.\d+)?)([万亿])(?![万亿])", other, text)


def _in_words(text: str) -> str:
    """Per cent as 百分之, small whole numbers in Chinese numerals."""
    said = re.sub(r"(?<![\d.])(\d{1,2}(?:\.\d+)?)%", lambda match: f"百分之{_numeral(match[1])}", text)
    return re.sub(r"(?<![\d.,—-])([3-9])(?=[家个项座条所处](?!百分))", lambda match: _DIGITS[int(match[1])], said)


def _numeral(number: str) -> str:
    whole, _, rest = number.partition(".")
    ten, one = divmod(int(whole), 10)
    said = (
        (("一" if ten == 1 else _DIGITS[ten]) if ten > 1 else "")
        + "十" * bool(ten)
        + (_DIGITS[one] if one or not ten else "")
    )
    return said + (f"点{''.join(_DIGITS[int(digit)] for digit in rest)}" if rest else "")


_KEEPING: tuple[Callable[[str], str], ...] = (
    lambda text: text.translate(_WIDE),
    _rescaled,
    _in_words,
    lambda text: re.sub(r"\d{4,}(?=[^\d年])", lambda match: f"{int(match[0]):,}", text),
    lambda text: re.sub(r"([1-9])0%", lambda match: f"{_DIGITS[int(match[1])]}成", text),
    lambda text: text.replace("平方公里", "平方千米").replace("公顷", "万平方米") if "." not in text else text,
)


@given(figures_in_truths(), st.sampled_from(_KEEPING))
def test_the_same_value_is_accepted(chosen: tuple[Truth, Quantity], rewrite: Callable[[str], str]) -> None:
    """A figure in wide digits, another scale, words or with commas is the same figure."""
    truth, figure = chosen
    assume(truth.grounding().check(truth.sentence).flaw is None)
    text = rewrite(figure.text)
    assume(text != figure.text)
    checked = truth.grounding().check(put(truth, figure, text))
    assert checked.flaw is None, (checked, text, narrowed(text))
