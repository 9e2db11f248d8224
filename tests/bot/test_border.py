"""The border: what comes out is plain, short and clean, whatever goes in."""

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.border import _converter, clean, printable, simplified
from bot.errors import QuestionRejected
from bot.types import Reason

LIMIT = 60
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)


@pytest.mark.parametrize(
    ("question", "cleaned"),
    [
        ("２０２４年ＧＤＰ增长％", "2024年GDP增长%"),
        ("徐汇区，去年？（全年）：多少；好！", "徐汇区，去年？（全年）：多少；好！"),
        (" 2024 年\u3000\t地区\r\n生产总值 ", "2024 年 地区 生产总值"),
        ("地\u200b区\ufeff生\u2060产\u00ad总\ufe0f值", "地区生产总值"),
        ("\u202e值总\u202c产\x00生\x1b[31m", "值总产生[31m"),
        ("\ud800地区\udfff", "地区"),
        ("⾦⾦", "金金"),
        ("～2024…—", "～2024…—"),
    ],
    ids=["width", "signs", "space", "unseen", "control", "surrogate", "radicals", "kept-signs"],
)
def test_clean(question: str, cleaned: str) -> None:
    """Width, white space and unseen characters are put right; Chinese signs and words stay."""
    assert clean(question, LIMIT) == cleaned


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", Reason.EMPTY),
        (" \u3000\n\u200b\x00", Reason.EMPTY),
        ("？！…", Reason.EMPTY),
        ("年" * (LIMIT + 1), Reason.TOO_LONG),
        (" " * LIMIT * 100, Reason.TOO_LONG),
        (None, Reason.BAD_LINE),
        (2024, Reason.BAD_LINE),
        ("年".encode(), Reason.BAD_LINE),
        (["年"], Reason.BAD_LINE),
    ],
)
def test_rejected(question: object, reason: Reason) -> None:
    """What is no question is turned away with its reason and a Chinese message."""
    with pytest.raises(QuestionRejected) as rejected:
        clean(question, LIMIT)
    assert rejected.value.reason is reason
    assert any("\u4e00" <= character <= "\u9fff" for character in rejected.value.message)


def test_the_limit_counts_the_cleaned_question() -> None:
    """What cleaning takes away does not count."""
    assert clean("年" * LIMIT + "\u200b \n", LIMIT) == "年" * LIMIT


@given(ANY_TEXT)
@example("a\u2028\u0308")
@example("\u1100\u3164\u1161")
@example("a \u00a8")
@example("，\u0301？")
def test_clean_is_idempotent_and_leaves_nothing_unseen(question: str) -> None:
    """Clean text is a fixed point, within the limit, on one line, without category C; nothing else is raised."""
    try:
        text = clean(question, LIMIT)
    except QuestionRejected:
        return
    assert clean(text, LIMIT) == text
    assert 0 < len(text) <= LIMIT
    assert not [character for character in text if unicodedata.category(character)[0] == "C"]
    assert text == " ".join(text.split())


@given(
    st.one_of(
        st.none(), st.integers(), st.floats(), st.binary(), st.lists(st.text()), st.dictionaries(st.text(), st.text())
    )
)
def test_nothing_but_text_enters(question: object) -> None:
    """Any other type is rejected, not converted."""
    with pytest.raises(QuestionRejected):
        clean(question, LIMIT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("徐匯區地區生產總值是多少？", "徐汇区地区生产总值是多少？"),
        ("養老機構有幾家", "养老机构有几家"),
        ("徐汇区的著名街道", "徐汇区的著名街道"),
        ("朱镕基、乾隆", "朱镕基、乾隆"),
        ("GDP 2024 abc", "GDP 2024 abc"),
    ],
)
def test_simplified(text: str, expected: str) -> None:
    """繁體 becomes 简体; simplified text, rare characters included, stays."""
    assert simplified(text) == expected


def test_simplified_text_never_loads_opencc(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain question does not pay for the converter."""
    _converter.cache_clear()
    monkeypatch.setitem(sys.modules, "opencc", None)
    assert simplified("徐汇区2024年地区生产总值是多少？") == "徐汇区2024年地区生产总值是多少？"
    with pytest.raises(ImportError):
        simplified("徐匯區")


@given(ANY_TEXT)
def test_printable_carries_no_escape(text: str) -> None:
    """Nothing that a terminal would obey is left, save line breaks."""
    assert not [
        character for character in printable(text) if unicodedata.category(character)[0] == "C" and character != "\n"
    ]
    assert printable("甲\x1b[2J乙\u202e\n丙") == "甲[2J乙\n丙"
