"""The marks of a sentence: brought into one form, and the stretch that each of them vouches for."""

import re
from dataclasses import dataclass

_LOOSE = re.compile(r"[\[［【〔]\s*(?P<inside>\d{1,3}(?:\s*[,，、;；]\s*\[?\d{1,3}\]?)*)\s*[\]］】〕]")
_MARKS = re.compile(r"(?:\[\d{1,3}\])+")
_MARK = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch `[start, end)` of a sentence without marks, and the numbers of the passages that it cites."""

    start: int
    end: int
    numbers: tuple[int, ...]


def with_plain_marks(text: str) -> str:
    """`text` with 【1】, ［1］ and [1, 2] written as [1] and [1][2]."""
    return _LOOSE.sub(lambda match: "".join(f"[{n}]" for n in re.findall(r"\d+", match["inside"])), text)


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of the marks in a text, each once, in order."""
    return tuple(dict.fromkeys(int(n) for n in _MARK.findall(text)))


def renumbered(text: str, numbers: dict[int, int]) -> str:
    """`text` with each mark [n] as [numbers[n]]."""
    return _MARK.sub(lambda match: f"[{numbers[int(match[1])]}]", text)


def segments_of(text: str) -> list[Segment]:
    """The stretches of a sentence with the marks behind each; what follows the last marks belongs to them."""
    found: list[Segment] = []
    position = 0
    for match in _MARKS.finditer(text):
        if found and not text[position : match.start()].strip(" ，,；;。、"):
            last = found[-1]
            found[-1] = Segment(last.start, last.end, (*last.numbers, *numbers_in(match.group())))
        else:
            found.append(Segment(position, match.start(), numbers_in(match.group())))
        position = match.end()
    if text[position:].strip(" ，,；;。、！!") and found:
        found.append(Segment(position, len(text), found[-1].numbers))
    return found
