"""Text with the place of every character in the file it came from, and what counts as markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.types import Span

# A tag starts with a letter: `<5.5%` is text.
TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_GAP = re.compile(rf"(?:\s|{TAG.pattern})*")
_CJK = "\u3400-\u9fff\u3000-\u303f\uff00-\uffef“”‘’—…·"
# Scans put spaces around numbers and Latin words inside Chinese text; only those between two words stay.
_STRAY_SPACE = re.compile(
    rf"(?<=[{_CJK}])\s++(?=[0-9A-Za-z+\-<>%.])|(?<=[0-9A-Za-z+%.)])\s++(?=[{_CJK}])|(?<!\s)\s++$|^\s++"
)
_LINE_BREAK = re.compile(r"(?<![ \t])[ \t]*+\n\s*+")
_SECOND_SPACE = re.compile(r"(?<=\s)\s++")
_SPACES = re.compile(r"\s+")


_DOUBLED = re.compile(r"(\w{2,8})\s{1,4}\1")
_BETWEEN_WORDS = re.compile(r"(?<=[\u4e00-\u9fff”）])\s++(?=[\u4e00-\u9fff“（])")


def title_of(heading: str) -> str:
    """A heading as it is shown: without stray spaces, a word doubled by a line break once."""
    return _BETWEEN_WORDS.sub("", _DOUBLED.sub(r"\1", heading)).strip(" 。：:*")


def plain(text: str) -> str:
    """`text` without tags and white space: what a quote and the file's text at its spans agree in."""
    return _SPACES.sub("", TAG.sub("", text))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of a file with their offsets in it: `at[i]` is where `text[i]` stands."""

    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, source: str, start: int, end: int) -> "Stretch":
        """The stretch `[start, end)` of `source`, tags left out."""
        text: list[str] = []
        at: list[int] = []
        position = start
        for tag in TAG.finditer(source, start, end):
            text.append(source[position : tag.start()])
            at += range(position, tag.start())
            position = tag.end()
        return cls("".join([*text, source[position:end]]), (*at, *range(position, max(position, end))))

    def __getitem__(self, key: slice) -> "Stretch":
        return Stretch(self.text[key], self.at[key])

    def __len__(self) -> int:
        return len(self.text)

    def __add__(self, other: "Stretch") -> "Stretch":
        return Stretch(self.text + other.text, self.at + other.at)

    def without(self, pattern: re.Pattern[str]) -> "Stretch":
        """The stretch with every match of `pattern` cut out."""
        kept = self.split(pattern)
        return self if len(kept) == 1 else concatenated(kept)

    def split(self, pattern: re.Pattern[str]) -> list["Stretch"]:
        """The parts between the matches of `pattern`."""
        parts, last = [], 0
        for match in pattern.finditer(self.text):
            parts.append(self[last : match.start()])
            last = match.end()
        return [*parts, self[last:]]

    def tidy(self) -> "Stretch":
        """The stretch as a person would write it: no line breaks inside, no stray spaces around numbers."""
        return self.without(_LINE_BREAK).without(_STRAY_SPACE).without(_SECOND_SPACE)

    def spans(self, source: str) -> tuple[Span, ...]:
        """The places of the characters in `source`; a gap of white space and tags alone does not part them."""
        return joined_spans(_runs(self.at), source)


def _runs(places: Sequence[int]) -> Iterator[Span]:
    """The stretches without a gap that ascending `places` make."""
    if not places:
        return
    start = last = places[0]
    if places[-1] - start == len(places) - 1:
        yield Span(start, places[-1] + 1)
        return
    for place in places:
        if place > last + 1:
            yield Span(start, last + 1)
            start = place
        last = place
    yield Span(start, last + 1)


def joined_spans(spans: Iterable[Span], source: str) -> tuple[Span, ...]:
    """`spans` in their order, those made one that only white space and tags part."""
    joined: list[Span] = []
    for span in spans:
        if joined and _is_gap(source, joined[-1].end, span.start):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def _is_gap(source: str, start: int, end: int) -> bool:
    if end < start:
        return False
    match = _GAP.match(source, start, end)
    return match is not None and match.end() == end


class Places:
    """Where the characters of a text stand in the file, `spans` being the text's places in `source`.

    White space counts for nothing on either side, so it is the visible characters that are matched up.
    """

    def __init__(self, text: str, spans: Sequence[Span], source: str) -> None:
        self._before = list(accumulate((not char.isspace() for char in text), initial=0))
        self._visible: list[tuple[int, int]] = []  # (span, place) of each visible character of the source
        for i, span in enumerate(spans):
            stretch = Stretch.of(source, span.start, span.end)
            self._visible += [(i, at) for char, at in zip(stretch.text, stretch.at, strict=True) if not char.isspace()]

    def of(self, start: int, end: int) -> tuple[Span, ...]:
        """The places in the source of `[start, end)` of the text."""
        found: list[Span] = []
        last = None
        for i, place in self._visible[self._before[start] : self._before[end]]:
            if i == last:
                found[-1] = Span(found[-1].start, place + 1)
            else:
                found.append(Span(place, place + 1))
            last = i
        return tuple(found)


def concatenated(parts: Iterable[Stretch]) -> Stretch:
    """All `parts` in order as one stretch."""
    text: list[str] = []
    at: list[int] = []
    for part in parts:
        text.append(part.text)
        at.extend(part.at)
    return Stretch("".join(text), tuple(at))


def text_at(source: str, spans: Iterable[Span]) -> str:
    """What `source` holds at `spans`, joined, tags and white space stripped."""
    return "".join(plain(source[span.start : span.end]) for span in spans)


def lines_with_offsets(source: str) -> Iterator[tuple[int, int]]:
    """`[start, end)` of every line of `source`, its line break left out."""
    start = 1 if source.startswith("\ufeff") else 0
    for line in source[start:].split("\n"):
        yield start, start + len(line)
        start += len(line) + 1
