"""The labels of a table's rows: which row or table has something, which rows a table has, how many there are."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.question import Question, Want, body_of
from bot.reading.finding import best_clauses, good
from bot.reading.phrases import clauses
from bot.reading.pieces import label
from bot.reading.reading import Piece, Reading
from bot.reading.rows import described_table, is_table, table_named
from bot.reading.world import World
from bot.terms import Term
from corpus.types import Passage

_NAMES_ASKED = re.compile(r"分别|哪些|哪几|哪[两三四五六七八九]|叫什么|名单|名称|列出|列举|都?有(?:啥|什么)")
_COUNT = re.compile(r"[两三四五六七八九十]大?")
_FEWEST_ROWS = 3
_ENDING = 3  # characters that the labels of a table's rows end in alike (「…功能区」)


def _ending_alike(question: Question, world: World) -> Reading | None:
    """The labels of the rows that end in what a question asks for and nothing else (「五大功能区分别叫什么」)."""
    if question.want not in (Want.NAME, Want.LIST, Want.TEXT) or not _NAMES_ASKED.search(question.asks):
        return None
    rows: dict[str, dict[str, Passage]] = {}
    for passage in world.passages:
        if passage.row and len(passage.row) > _ENDING and (ending := passage.row[-_ENDING:]) in question.asks:
            rows.setdefault(ending, {}).setdefault(passage.row, passage)
    for ending, first in rows.items():
        others = [term for term in question.terms if term.strong and _COUNT.sub("", term.text) not in ending]
        if len(first) < _FEWEST_ROWS or others:
            continue
        telling = {row: next((p for p in world.passages if row in p.text), one) for row, one in first.items()}
        pieces = tuple(Piece(one, 0, len(one.text), "", (row,)) for row, one in telling.items())
        return Reading(pieces, confidence=1.0, read=tuple(one.id for one in telling.values()))
    return None


_PART = r"(?:主要)?(?:领域|功能区|板块|部分|方面|栏目|栏|行(?![业动为政情程])|块(?![链地])|类别|标题|大项)"
_WHICH_ROW = re.compile(
    rf"(?:哪一?(?:个|大)?|什么|啥){_PART}|(?:归|放|写|列|算|记|摆|排|属|落)(?:在|于|到|进)?(?:哪(?:里|儿|边)?|什么)(?:{_PART})?(?:[下里中]|名下)"
)
_WHICH_TABLE = re.compile(r"(?:哪一?张|哪个|第?几张?|什么)表(?!示|现|明|达|彰|率)|表几")
_PLACED = re.compile(r"落|归|放|写|列|算|属|记|摆|排|讲|提|出现|说|名下|底下|下面")
_NOUN = rf"(?:{_PART}|指标|目标(?!值))"
_ITS_PARTS = re.compile(
    rf"(?:哪(?:几|些|[两三四五六七八九十])|分别?(?:成|为|了|作)|都?有(?:些)?(?:什么|啥)|包括(?:哪些|什么)).{{0,6}}?{_NOUN}"
    rf"|{_NOUN}[^，,]{{0,4}}(?:有|是)?(?:哪些|哪几|什么)|(?:列出|列举)[^，,]*{_NOUN}"
)
_HOW_MANY = re.compile(
    rf"(?:多少|(?<!哪)几)[个项条行类大]*[\u3400-\u9fff]{{0,4}}?{_NOUN}|{_NOUN}[^，,]{{0,14}}(?:多少|(?<!哪)几)[个项条行]"
)
_SAYS_NO_THING = re.compile(
    rf"(?:表\s*\d*|{_PART}|[这那哪]张|指标|目标[值表]?|张?表格?|所?[列载记]|者|内容|事情?|一?[条项]|情况|主要|[讲写列归放]|分[成为作]?|[共总了的是有在])+"
)
_MOST_ROWS = 12
_ITEMS_COUNTED = re.compile(r"(?<!哪)(?:多少|几)[项条个]?(?:主要)?(?:任务|进展|举措|措施|工作|内容|事项|要点)")


def row_labels(question: Question, world: World) -> Reading | None:
    """What a question asks of the labels of a table's rows; None where it asks for something else."""
    for way in (_row_that_has, _items_of, _rows_of, _rows_with, _ending_alike):
        reading = way(question, world)
        if reading is not None:
            return reading
    return None


def _row_that_has(question: Question, world: World) -> Reading | None:
    """The label of the row, or the caption of the table, under which something stands (「写在表12的哪个领域」)."""
    table, described = table_named(question), described_table(question, world)
    if table is None and described:
        table, rest = described
        question = replace(question, asks=rest)
    of_table = _WHICH_TABLE.search(question.asks)
    of_row = _WHICH_ROW.search(question.asks)
    if of_row and not (table or _PLACED.search(question.asks) or _ends_rows(of_row.group(), world)):
        of_row = None
    asking = of_table or of_row
    if question.want is Want.YESNO or not asking:
        return None
    rest = f"{question.asks[: asking.start()]} {question.asks[asking.end() :]}"
    said = world.vocabulary.terms(body_of(rest, world.report))
    terms = tuple(term for term in said if not _SAYS_NO_THING.fullmatch(term.text))
    asked = replace(question, terms=terms, body=" ".join(term.text for term in terms), want=Want.TEXT)
    best = [
        one
        for one in best_clauses(replace(asked, years=() if table else question.years), world)
        if one.passage.row and one.passage.table and (table is None or is_table(one.passage, table))
    ]
    if of_row and _ends_rows(of_row.group(), world):  # 「推动产业能级提升」 is no 功能区
        best = [one for one in best if (one.passage.row or "").endswith(of_row.group()[-_ENDING:])]
    captioned = next((one for one in world.passages if of_table and _is_about(one, terms)), None)
    if captioned is None and not good(best):
        return None
    passage = captioned or best[0].passage
    short = (passage.table if of_table else passage.row) or ""
    piece = Piece(passage, 0, len(passage.text), label(passage, passage.year, passage.status), (short,))
    return Reading((piece,), lead=f"{short}：", confidence=1.0 if captioned else best[0].sure, read=(passage.id,))


def _ends_rows(asked: str, world: World) -> bool:
    """Whether the labels of a table's rows end in what is asked for (「在哪个功能区」)."""
    ending = asked[-_ENDING:]
    return len({one.row for one in world.passages if one.row and one.row.endswith(ending)}) >= _FEWEST_ROWS


def _is_about(passage: Passage, terms: Sequence[Term]) -> bool:
    """Whether the caption of a passage's table says all of `terms`."""
    telling = [term for term in terms if term.strong]
    return bool(telling) and bool(passage.row) and all(term.text in (passage.table or "") for term in telling)


def _items_of(question: Question, world: World) -> Reading | None:
    """How many items a row has, each with its opening (「表16“基层治理”一栏共列几项任务」)."""
    table = table_named(question)
    if table is None or not _ITEMS_COUNTED.search(question.asks):
        return None
    rows = {one.row for one in world.passages if one.row and not one.cells and is_table(one, table)}
    row = max((row for row in rows if row and row in question.asks), key=len, default=None)
    items = [one for one in world.passages if one.row == row and is_table(one, table)] if row else []
    if not 0 < len(items) <= _MOST_ROWS:
        return None
    pieces = tuple(Piece(one, 0, len(one.text), "", (clauses(one.text)[0],)) for one in items)
    number = f"{len(items)}{_unit_of_rows(question)}"
    short = (number, *(piece.short[0] for piece in pieces))
    read = tuple(dict.fromkeys(one.id for one in items))
    return Reading(pieces, short=short, lead=f"{number}：", confidence=1.0, read=read)


def _rows_of(question: Question, world: World) -> Reading | None:
    """The labels of the rows of the table that is named by its number (「表5分成哪几块」, 「表9的约束性指标有哪些」).

    How many rows there are is told by the number of the last one, where they are numbered.
    """
    table, described = table_named(question), described_table(question, world)
    if table is None and described:
        table, rest = described
        question = replace(question, asks=rest, terms=world.vocabulary.terms(body_of(rest, world.report)))
    of_unit = _OF_UNIT.search(question.asks)
    if of_unit:
        rest = f"{question.asks[: of_unit.start()]} {question.asks[of_unit.end() :]}"
        question = replace(question, terms=world.vocabulary.terms(body_of(rest, world.report)))
    counts = _HOW_MANY.search(question.asks) is not None
    table = table or _of_kinds(question, world)
    if table is None or not (counts or _ITS_PARTS.search(question.asks)):
        return None
    rows = [one for one in world.passages if one.row and is_table(one, table)]
    rows = [one for one in rows if not of_unit or _is_in(one, of_unit)]
    alike = [one for one in rows if any(len(cell.text) > 1 and cell.text in question.asks for cell in one.cells)]
    first = {one.row or "": one for one in reversed(alike or rows)}
    if not 0 < len(first) <= _MOST_ROWS or _asks_more(question, alike or rows):
        return None
    pieces = tuple(Piece(one, 0, len(one.text), "", (row,)) for row, one in reversed(first.items()))
    labels = "、".join(short for piece in pieces for short in piece.short)
    last = rows[-1].cells[0].text if rows[-1].cells else ""
    if counts and not alike and last == str(len(rows)):
        return Reading(
            pieces[-1:], short=(last,), lead=f"表中的序号到{last}为止。", confidence=1.0, read=(rows[-1].id,)
        )
    if counts:
        number = f"{len(pieces)}{_unit_of_rows(question)}"
        lead, short = f"{number}：{labels}。", (number, *reversed(first))
        return Reading(pieces, short=short, lead=lead, confidence=1.0, read=tuple(one.passage.id for one in pieces))
    return Reading(pieces, lead=f"{labels}。", confidence=1.0, read=tuple(piece.passage.id for piece in pieces))


def _of_kinds(question: Question, world: World) -> str | None:
    """The number of the one table of values of which all that a question names is told (「预期性指标有几个」)."""
    tables: dict[str, list[Passage]] = {}
    for one in world.passages:
        if one.cells and one.table and (not question.years or one.year in question.years):
            tables.setdefault(one.table, []).append(one)
    kinds = [
        caption
        for caption, rows in tables.items()
        if not _asks_more(question, [_of_kind(question, rows)]) and _is_named(question, caption, rows)
    ]
    number = _TABLE_NUMBER.match(kinds[0]) if len(kinds) == 1 else None
    return number.group(1) if number else None


_TABLE_NUMBER = re.compile(r"表\s*(\d{1,2})(?!\d)")


def _of_kind(question: Question, rows: Sequence[Passage]) -> Passage:
    """The first row with a cell that the question names, else the first one."""
    return next((one for one in rows if any(len(c.text) > 1 and c.text in question.asks for c in one.cells)), rows[0])


def _is_named(question: Question, caption: str, rows: Sequence[Passage]) -> bool:
    """Whether a question names the table itself, by its caption or by the kinds of its rows."""
    kinds = {cell.text for one in rows for cell in one.cells if cell.text != one.row and len(cell.text) > 2}
    said = any(term.text in caption for term in question.terms if len(term.text) > 1 and term.text not in "指标目标")
    return said or any(kind in question.asks for kind in kinds if not kind[0].isdigit())


_OF_UNIT = re.compile(
    r"(?:以|用|按|拿|单位)[^，,？?]{0,8}?(?P<unit>平方米|面积|百分[比数率]|%|公顷|金额|亿元|万元)[）)]?(?:[（(](?P<exact>[^（）()]{1,6})[)）])?(?:来)?(?:计量|计算|表示|衡量|计|为单位|算)?的?"
    r"|(?:目标值?|数值|值)(?:都)?[是为](?P<value>百分[比数率])的?"
)
_MEASURED = {"面积": "平方米|公顷|亩", "金额": "元", "亿元": "亿元", "万元": "万元"}


def _is_in(passage: Passage, unit: re.Match[str]) -> bool:
    """Whether the value of a row is measured as a question says (「以面积计量」, 「单位是万平方米」)."""
    said = unit["exact"] or unit["unit"] or unit["value"]
    wanted = "%" if said.startswith("百分") else _MEASURED.get(said, said)
    return bool(passage.cells) and re.search(wanted, passage.cells[-1].text) is not None


def _unit_of_rows(question: Question) -> str:
    """The measure word with which a question counts rows."""
    match = re.search(r"(?:多少|几)([个项条行])", question.asks)
    return match.group(1) if match else "个"


def _rows_with(question: Question, world: World) -> Reading | None:
    """The labels of the rows in which a value stands that the question names (「哪个指标的目标是10%」)."""
    if not _WHICH_INDICATOR.search(question.asks):
        return None
    stated = {claim.text for claim in question.claims}
    rows = [one for one in world.passages if one.row and one.row not in question.text and _holds(one, stated, question)]
    if not 0 < len(rows) <= _MOST_ROWS:
        return None
    pieces = tuple(Piece(one, 0, len(one.text), label(one, one.year, one.status), (one.row or "",)) for one in rows)
    return Reading(pieces, confidence=1.0, read=tuple(one.id for one in rows))


_WHICH_INDICATOR = re.compile(r"(?:哪一?[个项些]|什么)指标|指标(?:是|有)(?:哪|什么)")
_LONG_VALUE = 5  # characters; a value in words that a question repeats is meant


def _holds(passage: Passage, stated: AbstractSet[str], question: Question) -> bool:
    values = [cell.text for cell in passage.cells if cell.text != passage.row]
    return any(text in stated or (len(text) >= _LONG_VALUE and text in question.text) for text in values)


def _asks_more(question: Question, rows: Sequence[Passage]) -> bool:
    """Whether the question says more than the table's caption and headings do."""
    cells = (text for cell in rows[0].cells for text in (cell.header, cell.text))
    known = " ".join((rows[0].table or "", *rows[0].section, *cells))
    return any(
        term.strong and term.text not in known and not _SAYS_NO_THING.fullmatch(term.text) for term in question.terms
    )
