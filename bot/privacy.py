"""Personal data in what people write: found, and put out of sight before anything is stored or logged."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

_BETWEEN = r"[ \-]?"
_ID_WEIGHTS, _ID_CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
_MASK = "＊"

# A number that goes on before or behind is another number: 11 digits inside 20 are no telephone.
_DIGITS = re.compile(rf"(?<![\d.])\d(?:{_BETWEEN}\d){{10,18}}(?:{_BETWEEN}[Xx])?(?![\dXx])")
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?<![\d.])0\d{2,3}[ \-]\d{7,8}(?!\d)")
_MAIL = re.compile(
    r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_+-][A-Za-z0-9_.+-]{0,63}@"
    r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z-])"  # digits behind it are another number
)
_CARD_LENGTHS = range(16, 20)


class Kind(Enum):
    """What personal data there is, by its Chinese name."""

    MOBILE = "手机号码"
    PHONE = "电话号码"
    IDENTITY = "身份证号码"
    CARD = "银行卡号"
    MAIL = "电子邮箱"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data, and the kinds of it that were found."""

    text: str
    kinds: tuple[Kind, ...]

    @property
    def hint(self) -> str:
        """What to tell whoever wrote it; empty where nothing was found."""
        said = "、".join(kind.value for kind in self.kinds)
        return f"问题里有{said}，回答用不到它；保存和记录时会隐去，请不要写这些。" if said else ""


def mask(text: str) -> Masked:
    """The text with telephone, identity and bank card numbers and mail addresses masked; all else stays."""
    kinds: dict[Kind, None] = {}

    def number(match: re.Match[str]) -> str:
        kind = _kind(re.sub(r"[ \-]", "", unicodedata.normalize("NFKC", match.group())))
        return hide(match, kind) if kind else match.group()

    def hide(match: re.Match[str], kind: Kind) -> str:
        kinds[kind] = None
        return _MASK * min(len(match.group()), 8)

    before = ""
    while text != before:  # what stood beside something masked may only now be seen to stand for itself
        before = text
        text = _MAIL.sub(lambda match: hide(match, Kind.MAIL), text)
        text = _DIGITS.sub(number, text)
        text = _LANDLINE.sub(lambda match: hide(match, Kind.PHONE), text)
    return Masked(text, tuple(kinds))


def _kind(digits: str) -> Kind | None:
    """What a long number is by its form and its check digit, if it is about a person."""
    if _MOBILE.fullmatch(digits):
        return Kind.MOBILE
    if len(digits) == 18 and _is_identity(digits):
        return Kind.IDENTITY
    if len(digits) in _CARD_LENGTHS and digits.isdigit() and _luhn(digits):
        return Kind.CARD
    return None


def _is_identity(digits: str) -> bool:
    month, day = int(digits[10:12]), int(digits[12:14])
    if not (digits[6:8] in ("18", "19", "20") and 1 <= month <= 12 and 1 <= day <= 31):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, digits, strict=False))
    return _ID_CHECKS[total % 11] == digits[17].upper()


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
