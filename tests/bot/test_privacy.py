"""Personal data is put out of sight; the figures that people ask about are not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import mask


@pytest.mark.parametrize(
    ("text", "masked", "kinds"),
    [
        ("我的电话13812345678，2024年GDP多少", "我的电话＊＊＊＊＊＊＊＊，2024年GDP多少", ("手机号码",)),
        ("打138-1234-5678或138 1234 5678", "打＊＊＊＊＊＊＊＊或＊＊＊＊＊＊＊＊", ("手机号码",)),
        ("１３８１２３４５６７８是我", "＊＊＊＊＊＊＊＊是我", ("手机号码",)),
        ("+8613812345678", "+＊＊＊＊＊＊＊＊", ("手机号码",)),
        ("身份证11010519491231002X查一下", "身份证＊＊＊＊＊＊＊＊查一下", ("身份证号码",)),
        ("卡号6222 0212 3456 7890 128", "卡号＊＊＊＊＊＊＊＊", ("银行卡号",)),
        ("写信到zhang.san@example.com问", "写信到＊＊＊＊＊＊＊＊问", ("电子邮箱",)),
        ("座机021-64872222", "座机＊＊＊＊＊＊＊＊", ("电话号码",)),
        ("邮箱n@a.cm021-64872222", "邮箱＊＊＊＊＊＊＊＊＊＊＊＊＊＊", ("电子邮箱", "电话号码")),
        ("a@b.cn和13812345678", "＊＊＊＊＊＊和＊＊＊＊＊＊＊＊", ("电子邮箱", "手机号码")),
    ],
)
def test_personal_data_is_masked(text: str, masked: str, kinds: tuple[str, ...]) -> None:
    """Each kind is found in the forms in which people write it, and named in the hint."""
    found = mask(text)
    assert (found.text, tuple(kind.value for kind in found.kinds)) == (masked, kinds)
    assert all(kind in found.hint for kind in kinds)


@pytest.mark.parametrize(
    "text",
    [
        "2024年徐汇区地区生产总值3931.2亿元",
        "12345市民服务热线",
        "统一社会信用代码91310104MA1FR0000X",
        "共138123456789元",
        "0.13812345678",
        "11010519491231002",
        "6222021234567890124",
        "第12345678901号",
        "2024-2025年",
        "@某人",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    """Figures, years, hotlines and numbers whose check digit is wrong are left alone."""
    assert mask(text).text == text
    assert not mask(text).hint


def test_no_figure_of_the_report_is_masked(report_path: Path) -> None:
    """The report itself holds nothing that looks like personal data."""
    text = report_path.read_text(encoding="utf-8")
    assert mask(text).text == text


@given(st.text(st.sampled_from("0123456789 -Xx@.a，13812345678"), max_size=60))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    """What is masked stays as it is, and nothing is found in it."""
    once = mask(text)
    assert mask(once.text).text == once.text
