"""The border: the one place where a question enters, and the one rule for text that goes to a terminal."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from bot.errors import QuestionRejected
from bot.types import Reason

# Text this many times longer than allowed is refused unread: cleaning seldom shortens, and never by so much.
_UNREAD_FACTOR = 20

# Unicode's default-ignorable characters that are not of category C: fillers, joiners and variation selectors.
_INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
_INVISIBLE_PATTERN = re.compile(f"[{_INVISIBLE}]")

# NFKC would turn these into their ASCII look-alikes; in Chinese they are the proper signs.
_CHINESE_SIGNS = re.compile("([，。？！：；（）～…—]+)")

_WHITE_SPACE = re.compile(r"\s+")


def clean(question: object, limit: int) -> str:
    """The question in plain characters and single spaces; cleaning twice changes nothing more.

    Args:
        question: what came from outside, of whatever type.
        limit: how many characters the cleaned question may have.

    Raises:
        QuestionRejected: it is no text, holds nothing to read or is too long.
    """
    if not isinstance(question, str):
        raise QuestionRejected(Reason.BAD_LINE, "问题应当是一段文字。")
    if len(question) > limit * _UNREAD_FACTOR:
        raise _too_long(limit)
    text = _collapse(_widths(_visible(_collapse(question))))
    if not any(character.isalnum() for character in text):
        raise QuestionRejected(Reason.EMPTY, "没有看到问题，请输入想问的内容。")
    if len(text) > limit:
        raise _too_long(limit)
    return text


def simplified(text: str) -> str:
    """The text with 繁體 turned into 简体; text without traditional characters comes back as it is."""
    # GB 2312 holds no traditional form of a simplified character, so most questions never load OpenCC.
    if not any(_is_ideograph(character) and not _in_gb2312(character) for character in text):
        return text
    return _converter()(text)


def plain(text: str) -> str:
    """The text as it is searched: 简体, plain widths, lower case, nothing unseen."""
    return simplified(_widths(_visible(text))).lower()


def printable(text: str) -> str:
    """The text without terminal escapes, direction marks and other unseen characters; line breaks stay."""
    return "\n".join(_visible(line.replace("\t", " ")) for line in text.split("\n"))


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def _too_long(limit: int) -> QuestionRejected:
    return QuestionRejected(Reason.TOO_LONG, f"问题太长，请控制在{limit}个字以内。")


def _collapse(text: str) -> str:
    return _WHITE_SPACE.sub(" ", text).strip()


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    seen = "".join(character for character in text if unicodedata.category(character)[0] != "C")
    return _INVISIBLE_PATTERN.sub("", seen)


def _widths(text: str) -> str:
    parts = _CHINESE_SIGNS.split(text)
    return "".join(part if place % 2 else unicodedata.normalize("NFKC", part) for place, part in enumerate(parts))


def _is_ideograph(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
