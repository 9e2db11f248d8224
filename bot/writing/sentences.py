"""A model's stream cut into sentences as they come, each with the marks behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MARKS = r"(?:[\[［【]\s*\d{1,3}(?:\s*[,，、]\s*\d{1,3})*\s*[\]］】][ \t]*)*"
_ENDED = re.compile(rf"[^。！？!?\n]*(?:[。！？!?]+[”」』》）)]*[ \t]*{_MARKS}|\n)")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_THOUGHT_OPENS = "<think>"
_ORNAMENT = re.compile(r"\*\*|__|`|^\s*#{1,6}\s*")
_LIST_MARK = re.compile(
    r"^\s*(?:[-*•·●▪]\s*|\d{1,2}[.、)）]\s*(?!\d)|[（(]\s*[\d一二三四五六七八九十]{1,2}\s*[)）]\s*|[一二三四五六七八九十]、|[①-⑩]\s*)"
)
_ORDER = re.compile(r"^(?:[一二三四五六七八九十]是|首先|其次|再次|最后|第[一二三四五六][，,、])[，,：:]?\s*")
_UNFINISHED = re.compile(r"[\[［【]\s*\d*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without ornament; `opens_line` where a line begins with it, `listed` where a list's mark did."""

    text: str
    opens_line: bool
    listed: bool


@dataclass(slots=True)
class Sentences:
    """Cuts what is fed to it; what a model only thinks (`<think>`) is left out."""

    _buffer: str = ""
    _opens_line: bool = field(default=True)

    def feed(self, text: str) -> Iterator[Sentence]:
        """The sentences that `text` completes. One that ends in a mark waits for what follows: see `waiting`."""
        self._buffer = (
            _THOUGHT.sub("", self._buffer + text) if "</think>" in self._buffer + text else (self._buffer + text)
        )
        if self._is_thinking():
            return
        while (match := _ENDED.match(self._buffer)) and match.end() < len(self._buffer):
            if _UNFINISHED.match(self._buffer, match.end()):
                return  # a mark has begun and not ended
            yield from self._taken(match.end())

    def waiting(self) -> Sentence | None:
        """The sentence at the end that is whole and marked, though a further mark may still come."""
        match = None if self._is_thinking() else _ENDED.fullmatch(self._buffer)
        if not match or not re.search(r"\d\s*[\]］】]\s*[。！？!?]?[”」』》）)]*\s*$", self._buffer):
            return None
        return _sentence(self._buffer, opens_line=self._opens_line)

    def rest(self) -> Iterator[Sentence]:
        """What is left at the end of the stream, whole sentence or not."""
        if not self._is_thinking():
            while self._buffer:
                match = _ENDED.match(self._buffer)
                yield from self._taken(match.end() if match else len(self._buffer))

    def _is_thinking(self) -> bool:
        start = self._buffer.lstrip()
        return start.startswith(_THOUGHT_OPENS) or (bool(start) and _THOUGHT_OPENS.startswith(start))

    def _taken(self, end: int) -> Iterator[Sentence]:
        text, self._buffer = self._buffer[:end], self._buffer[end:]
        found = _sentence(text, opens_line=self._opens_line)
        if found is not None:
            yield found
            self._opens_line = False
        self._opens_line = self._opens_line or text.endswith("\n")


def _sentence(text: str, *, opens_line: bool) -> Sentence | None:
    plain = _ORNAMENT.sub("", text).strip()
    bare = _LIST_MARK.sub("", plain) if opens_line else plain
    said = _ORDER.sub("", bare).strip()
    return Sentence(said, opens_line, bare != plain) if said else None
