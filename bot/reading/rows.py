"""All items of a table's row, where a question asks for nothing but what stands in it."""

import re
from collections.abc import Sequence

from bot.matching import found
from bot.question import Question, Want
from bot.reading.lists import members
from bot.reading.phrases import clauses, is_generic, trimmed
from bot.reading.pieces import label
from bot.reading.reading import Piece, Reading
from bot.reading.world import World
from corpus.numerals import chinese_number
from corpus.types import Passage

_MOST_ITEMS = 12
_WHOLE_TOPIC = re.compile(
    r"做了什么|做了哪些|干了什么|干了啥|做了啥|有什么(?:举措|措施|进展|安排|动作|成绩)|"
    r"有哪些(?:举措|措施|进展|安排|工作|成绩)|哪些(?:举措|措施|进展|工作)|总结|概括|情况(?:如何|"
    r"怎么样|怎样)"
)


def _says_all(question: Question, row: str) -> bool:
    table = table_named(question)
    telling = [term for term in question.terms if term.strong and term.text != table]
    return bool(telling) and all(found(term, row) >= 0.9 or term.text in row for term in telling)


_NUMBER = re.compile(
    r"(?:第\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:项|行|[个条位名]?的?(?:指标|目标))|序号\s*(?:为|是)?\s*(\d{1,3}|[一二三四五六七八九十]{1,3})"
    r"|(?P<last>最后|最末|末尾)一?(?:项|行|[个条](?:指标|目标)))"
)
_TABLE = re.compile(r"表\s*(\d{1,2})(?!\d)")


def table_named(question: Question) -> str | None:
    """The number of the table that a question names (「表9」), or None."""
    match = _TABLE.search(question.text)
    return match.group(1) if match else None


_DESCRIBED = re.compile(
    r"(?P<about>[^，,？?。]{2,30}?)的?(?:[这那]|最后|最末|第一)?一?张[\u3400-\u9fff]{0,4}?(?:表格?|清单)(?=[里中上内分按有列是把讲一共总，,的])"
)
_NUMBERED = re.compile(r"表\s*(\d{1,2})")
_TELLS = 0.8  # so much of the description a caption must say


def described_table(question: Question, world: World) -> tuple[str, str] | None:
    """The number of the table that a question describes (「讲科技创新的那张表」) and what else it says, or None."""
    match = _DESCRIBED.search(question.asks)
    if match is None:
        return None
    terms = [term for term in world.vocabulary.terms(match["about"]) if term.known and len(term.text) > 1]
    total = sum(term.weight for term in terms)
    captions = {
        one.table: one.year
        for one in world.passages
        if one.table and (not question.years or one.year in question.years)
    }
    said = {
        caption: sum(term.weight * found(term, re.sub(r"\s", "", caption)) for term in terms) for caption in captions
    }
    best = sorted(said, key=lambda caption: -said[caption])[:2]
    if not total or not best or said[best[0]] < _TELLS * total:
        return None
    if len(best) > 1 and said[best[0]] == said[best[1]]:
        return None
    number = _NUMBERED.match(best[0])
    return (number.group(1), question.asks[match.end() :]) if number else None


def is_table(passage: Passage, number: str) -> bool:
    """Whether a passage stands in the table of that number."""
    return re.match(rf"表\s*{number}(?!\d)", passage.table or "") is not None


def numbered_row(question: Question, world: World) -> Reading | None:
    """The row that a question names by its number (「表9第7项」); None where it names none, or the table has none."""
    rows = rows_numbered(question, world)
    if not rows:
        return None
    pieces = tuple(
        Piece(row, 0, len(row.text), label(row, row.year, row.status), _cells_asked(question, row)) for row in rows
    )
    shorts = tuple(dict.fromkeys(short for piece in pieces for short in piece.short))
    return Reading(pieces, short=shorts, confidence=1.0, read=tuple(row.id for row in rows))


def rows_numbered(question: Question, world: World) -> list[Passage]:
    """The rows that a question names by their numbers, in its order; [] where it names none or one is missing."""
    numbers = list(_NUMBER.finditer(question.text))
    table = table_named(question)
    if numbers and table is None and (described := described_table(question, world)):
        table = described[0]
    numbered = [one for one in world.passages if one.cells and (table is None or is_table(one, table))]
    rows = [_row(number, numbered) for number in numbers] if numbered else []
    found_rows = list(dict.fromkeys(row for row in rows if row is not None))
    return found_rows if None not in rows else []


def _row(number: re.Match[str], numbered: Sequence[Passage]) -> Passage | None:
    """The row of a number, or the last one."""
    wanted = next(group for group in number.groups() if group)
    if number["last"]:
        wanted = numbered[-1].cells[0].text
    elif not wanted.isdigit():
        wanted = f"{chinese_number(wanted) or 0:.0f}"
    return next((one for one in numbered if re.fullmatch(rf"{wanted}[.、]?", one.cells[0].text)), None)


def _cells_asked(question: Question, row: Passage) -> tuple[str, ...]:
    """The label of a row and the cells that a question asks for."""
    named = [cell.text for cell in row.cells[1:] if cell.header and cell.header in question.text]
    value = [row.cells[-1].text] if re.search(r"目标|数值|多少|值", question.asks) else []
    return tuple(dict.fromkeys((row.row or "", *named, *value)))


_THE_REST = ("其余", "其他", "其它")
_STAGE = re.compile(
    r"加快(?:建设|推进)|[开竣完]工|立项|通车|交付|收储"
)  # how far things have come, told of some of a row


def whole_row(question: Question, world: World) -> Reading | None:
    """All items of a row, where the question asks for nothing but what stands in it (「…功能区的主要任务」)."""
    if question.want in (Want.DATE, Want.YESNO, Want.DIFFERENCE, Want.CHOICE) or question.units:
        return None
    rows = {passage.row for passage in world.passages if passage.row and len(passage.row) > 3 and not passage.cells}
    row = max((row for row in rows if row in question.text), key=len, default=None)
    if row is None and question.want is Want.TEXT and _WHOLE_TOPIC.search(question.asks):
        row = next((row for row in sorted(rows) if _says_all(question, row)), None)
    if row is None or not _says_all(question, row):
        return None
    table = table_named(question)
    items = [one for one in world.passages if one.row == row and (table is None or is_table(one, table))]
    items = [one for one in items if not question.years or one.year in question.years]
    stage = _STAGE.search(question.asks)
    items = [one for one in items if stage is None or stage.group() in one.text]
    if question.status and not question.years:
        items = [one for one in items if one.status is question.status] or items
    if not items or len(items) > _MOST_ITEMS:
        return None
    pieces = tuple(Piece(one, 0, len(one.text), label(one, one.year, one.status)) for one in items)
    listed = () if _WHOLE_TOPIC.search(question.asks) else _listed(question, [one.text for one in items], world)
    return Reading(pieces, short=listed, confidence=1.0, read=tuple(one.id for one in items))


def _listed(question: Question, items: Sequence[str], world: World) -> tuple[str, ...]:
    """The things that the items of a row list, where they list things at all (「A、B等项目开工」)."""
    if not any("、" in item or "等项目" in item for item in items):
        return ()
    found_things: list[str] = []
    stage = _STAGE.search(question.asks)
    for clause in (clause for item in items for clause in clauses(item)):
        if stage and stage.group() not in clause:
            continue
        several = members(clause, question, world.vocabulary, "项目")
        one = trimmed(clause)
        things = several if len(several) > 1 else [one] if not is_generic(one, world.vocabulary) else []
        found_things += [one for one in things if not (stage and _STAGE.search(one)) and not one.startswith(_THE_REST)]
    return tuple(dict.fromkeys(found_things))
