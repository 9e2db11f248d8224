"""What a line of a report is, judged by its marks: heading, caption, table row, list item or text."""

import re
from enum import Enum, auto

from corpus.markup import plain
from corpus.script import simplified

MAX_HEADING = 60  # a longer line is a paragraph, whatever it starts with
_MAX_BARE_HEADING = 30  # the same where nothing marks the heading

MARKED_HEADING = re.compile(r"\s*(#{1,6})\s+")
NUMBERED_HEADING = re.compile(r"\s*(?:(第?[一二三四五六七八九十]+[、章部])|([（(][一二三四五六七八九十]+[)）]))\s*")
BULLET = re.compile(r"\s*(?:[➤►•●◆■▪▶★☆]|[-*+]\s(?=\S))\s*")
STARS = re.compile(r"\*+")
_CAPTION = re.compile(r"[\s*]*(?:<[^<>]+>)?[表图圖]\s*\d+(?:[-－.]\d+)?\s*\S")
_BARE_HEADING = re.compile(
    r"\s*(?:20\d\d年|过去\S年|今年|明年|下一步)\S*(?:回顾|安排|任务|目标|要求|举措|工作|重点|情况)\s*$"
)
_SENTENCE_END = re.compile(r"[。！？!?；;：:.][”’」』）)]?\s*$")
_HEADING_BROKEN = re.compile(r"[；;！!，]$|。")


class LineKind(Enum):
    """What a line opens or goes on with."""

    BLANK = auto()
    HEADING = auto()
    CAPTION = auto()
    TABLE = auto()
    ITEM = auto()
    TEXT = auto()


def kind_of(line: str, *, unfinished: bool) -> LineKind:
    """The kind of `line`; `unfinished` says that the paragraph before it has not come to its end."""
    bare = plain(line)
    if not bare or not bare.strip("*-_—="):
        return LineKind.BLANK
    if MARKED_HEADING.match(line):
        return LineKind.HEADING
    if "\t" in line.strip(" ") or line.lstrip().startswith("|"):
        return LineKind.TABLE
    if _CAPTION.match(line) and len(bare) <= MAX_HEADING and not _SENTENCE_END.search(bare.strip("*")):
        return LineKind.CAPTION
    if BULLET.match(line):
        return LineKind.ITEM
    if not unfinished and _is_heading(line, bare):
        return LineKind.HEADING
    return LineKind.TEXT


def is_ended(text: str) -> bool:
    """Whether `text` comes to an end that a paragraph can have."""
    return _SENTENCE_END.search(text.rstrip().rstrip("*")) is not None


def _is_heading(line: str, bare: str) -> bool:
    if len(bare) <= _MAX_BARE_HEADING and _BARE_HEADING.match(simplified(line)):
        return True
    if len(bare) > MAX_HEADING or not NUMBERED_HEADING.match(line.lstrip("*")):
        return False
    return not _HEADING_BROKEN.search(bare.strip("*"))
