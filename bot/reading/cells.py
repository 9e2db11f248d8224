"""Rows that a question names in the table's own words: the cell it asks for, or what their values make together."""

import re
from collections.abc import Sequence
from dataclasses import replace
from unicodedata import normalize

from bot.question import Question, Want
from bot.reading.comparing import worked_out
from bot.reading.figures import Candidate
from bot.reading.operands import comparable
from bot.reading.pieces import label
from bot.reading.reading import Piece, Reading
from bot.reading.rows import rows_numbered
from bot.reading.several import joined
from bot.reading.sides import Op, Side, operation
from bot.reading.told import candidate_of
from bot.reading.world import World
from corpus.types import Cell, Passage

_WHICH_NUMBER = re.compile(r"第几[项个条行位]?|序号|几号(?=指标|目标)")
_OF_TABLE = re.compile(r"表\s*\d|[表栏行](?=[里中内上的是写填列])|表格|这?一[栏行项]|[那这][栏行]|查表")
_OF_TARGET = re.compile(r"目标|指标|明年|计划|预期")
_KIND_ASKED = re.compile(
    r"(?:什么|哪种|哪类|何种)(?:性质|类型|属性|类)|(?:性质|类型|属性)(?:是|为)?(?:什么|啥|哪|$)|(?:性质|属性)[？?\s]*$"
)
_VALUE_TOO = re.compile(r"目标值?(?!的?(?:属性|性质|类型)|表|是预|是约)|数值|多少")
_MOST_KINDS = 4  # different values make a column one of kinds
_LEAST = 2


def named_cells(question: Question, world: World) -> Reading | None:
    """What a question asks of rows that it names as their table does; None where it names none or asks for more."""
    rows = _named_rows(question, world)
    numbered = [] if rows else rows_numbered(question, world)
    rows = rows or (numbered if len(numbered) >= _LEAST else [])
    if not rows or question.want is Want.YESNO:
        return None
    if len(rows) == 1:
        return _of_one(question, rows[0], world)
    if not (_OF_TABLE.search(question.text) or _OF_TARGET.search(question.text) or question.years):
        return None
    return _of_several(question, rows, world)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", normalize("NFKC", text))  # the question has III for Ⅲ


def _named_rows(question: Question, world: World) -> list[Passage]:
    """The rows with cells whose whole label stands in the question, in its order, none within another's."""
    text = _bare(question.text)
    rows = [one for one in world.passages if one.cells and one.row and _bare(one.row) in text]
    rows = [one for one in rows if not question.years or one.year in question.years]
    rows = [
        one
        for one in rows
        if not any(other is not one and _bare(one.row or "") in _bare(other.row or "") for other in rows)
    ]
    return sorted(rows, key=lambda one: text.find(_bare(one.row or "")))


def _of_one(question: Question, row: Passage, world: World) -> Reading | None:
    number, kind = _WHICH_NUMBER.search(question.asks), _kind_column(question, row, world)
    if number and row.cells[0].text.isdigit():
        return _of_row(row, [row.cells[0].text])
    if kind is not None:
        both = _VALUE_TOO.search(question.asks) is not None
        return _of_row(row, [kind.text, *([row.cells[-1].text] if both else [])])
    if _OF_TABLE.search(question.text) and _asks_no_more(question, [row]):
        return _of_row(row, [row.cells[-1].text])
    return None


def _kind_column(question: Question, row: Passage, world: World) -> Cell | None:
    """The cell of the column of kinds that a question asks for (「是约束性还是预期性」, 「属于什么性质的指标」)."""
    alike = [one for one in world.passages if one.cells and one.table == row.table]
    for place, cell in enumerate(row.cells[:-1]):
        values = {one.cells[place].text for one in alike if place < len(one.cells)}
        if cell.text == row.row or cell.text.isdigit() or len(values) > min(_MOST_KINDS, len(alike) - 1):
            continue
        either = sum(value in question.text for value in values) >= _LEAST
        if either or _KIND_ASKED.search(question.asks) or (len(cell.header) > 1 and cell.header in question.asks):
            return cell
    return None


def _asks_no_more(question: Question, rows: Sequence[Passage]) -> bool:
    """Whether the question names nothing beside the rows and their table."""
    known = _bare(" ".join(_named_by(row) for row in rows))
    others = [term for term in question.terms if term.strong and term.known and term.text not in known]
    return question.want not in (Want.DATE, Want.YESNO) and not others


def _named_by(row: Passage) -> str:
    return " ".join((row.table or "", row.row or "", *row.section, *(cell.header for cell in row.cells)))


def _of_row(row: Passage, shorts: Sequence[str]) -> Reading:
    piece = Piece(row, 0, len(row.text), label(row, row.year, row.status), tuple(shorts))
    return Reading((piece,), confidence=1.0, read=(row.id,))


def _of_several(question: Question, rows: Sequence[Passage], world: World) -> Reading | None:
    """What is worked out of the rows' values, or each of them."""
    op = operation(_without(rows, question.text))
    if op is None or op in (Op.PER, Op.PART):
        each = op is None and _asks_no_more(question, rows)
        return joined([_of_row(row, [row.cells[-1].text]) for row in rows]) if each else None
    found = [one for row in rows if (one := _value(question, row, world))]
    if len(found) != len(rows) or not comparable(found, op):
        return None
    sides = [Side(row.row or "", (), (row.year,) if row.year else ()) for row in rows]
    told = worked_out(question.text, op, sides, found, world)
    return told if told is not None and told.answered else None


def _without(rows: Sequence[Passage], text: str) -> str:
    """The question with each row's label as one letter that joins nothing."""
    for place, row in enumerate(rows):
        pattern = r"\s*".join(map(re.escape, _bare(row.row or "")))
        text = re.sub(pattern, f"指标{'甲乙丙丁戊己庚辛壬癸子丑'[place]}", text, count=1)
    return text


def _value(question: Question, row: Passage, world: World) -> Candidate | None:
    """The figure of a row's last cell."""
    facts = world.facts.get(row.id, ())
    question = replace(question, terms=world.vocabulary.terms(row.row or ""))  # it may name the row by its number
    return candidate_of(question, facts[-1], world) if facts and facts[-1].text in row.cells[-1].text else None
