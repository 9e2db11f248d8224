"""The table of facts on a terminal: columns that keep their places where Chinese characters are two wide."""

import unicodedata
from collections.abc import Iterable, Sequence

from bot.border import printable
from bot.facts.types import LEVEL, STATUS_WORDS, Conflict, FactRow, Pair

_HEAD = ("指标", "数值", "年份", "状态", "类别", "出处")
_WIDEST = (44, 20, 6, 6, 6, 40)  # in columns of the terminal
_GAP = "  "


def rows_text(rows: Sequence[FactRow]) -> str:
    """The rows as a table, one a line, and their number."""
    if not rows:
        return "没有符合条件的数据。"
    lines = [
        (row.subject, row.figure, str(row.year or ""), _status(row), row.change or LEVEL, short_place(row))
        for row in rows
    ]
    return f"{aligned([_HEAD, *lines], _WIDEST)}\n\n共 {len(rows)} 条。"


def pairs_text(pairs: Sequence[Pair]) -> str:
    """Each indicator with its result and its target, one a line."""
    if not pairs:
        return "没有可以并列的结果和目标。"
    lines = [(pair.indicator, _said(pair.results), "→", _said(pair.targets)) for pair in pairs]
    return f"{aligned([('指标', '结果', '', '目标'), *lines], (48, 30, 2, 30))}\n\n共 {len(pairs)} 项。"


def conflicts_text(conflicts: Sequence[Conflict]) -> str:
    """Each disagreement with the places that say the one and the other."""
    if not conflicts:
        return "没有发现前后不一致的数据。"
    parts = []
    for conflict in conflicts:
        time = f"{conflict.year}年" if conflict.year else ""
        status = STATUS_WORDS[conflict.status] if conflict.status else ""
        said = [f"  {row.figure}　{row.place}（第{row.lines[0]}行）「{row.quote}」" for row in conflict.rows]
        parts.append(printable("\n".join([f"{conflict.indicator}（{time}{status}）", *said])))
    return "\n".join(parts) + f"\n\n共 {len(conflicts)} 项。"


def short_place(row: FactRow) -> str:
    """The nearest heading, or the table and the row."""
    return " › ".join(part for part in (row.table, row.row) if part) or (row.section[-1] if row.section else "")


def aligned(rows: Iterable[Sequence[str]], widest: Sequence[int]) -> str:
    """The rows with their columns one under another; what is wider than `widest` is cut."""
    clipped = [
        [_clip(" ".join(printable(cell).split()), most) for cell, most in zip(row, widest, strict=True)] for row in rows
    ]
    widths = [max(map(width, column)) for column in zip(*clipped, strict=True)]
    return "\n".join(
        _GAP.join(cell + " " * (most - width(cell)) for cell, most in zip(row, widths, strict=True)).rstrip()
        for row in clipped
    )


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _clip(text: str, most: int) -> str:
    if width(text) <= most:
        return text
    kept, taken = [], 0
    for character in text:
        taken += _columns(character)
        if taken > most - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _said(rows: Sequence[FactRow]) -> str:
    """What the first place says, with its year and whether it is only expected."""
    row = rows[0]
    expected = "预计" if _status(row) == "预计" else ""
    return f"{row.year or ''}年{expected} {row.change or ''}{row.figure}" if row.year else f"{expected}{row.figure}"


def _status(row: FactRow) -> str:
    return STATUS_WORDS[row.status] if row.status else ""
