"""Reports in 繁體: their words in 简体, so that one set of rules reads both."""

from collections.abc import Callable
from functools import cache

# Of the characters of a text in 繁體, far more than these are outside GB 2312, which holds no traditional form.
_TRADITIONAL_SHARE = 0.03


def simplified(text: str) -> str:
    """`text` in 简体, character for character; text that is in 简体 already comes back as it is."""
    if not _is_traditional(text):
        return text
    converted = _converter()(text)
    if len(converted) == len(text):
        return converted
    one_by_one = (_converter()(char) for char in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, one_by_one, strict=True))


def _is_traditional(text: str) -> bool:
    if text.isascii():
        return False
    outside = sum(map(_is_outside_gb2312, filter(_is_ideograph, text)))
    return outside > _TRADITIONAL_SHARE * len(text)


def _is_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


@cache
def _is_outside_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
