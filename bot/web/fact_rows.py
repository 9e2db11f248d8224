"""The tab of facts as HTML: the filters, the table, results beside targets, disagreements; all text is escaped."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from bot.facts import Conflict, FactRow, FactTable, Pair, Sort
from bot.facts.show import short_place
from bot.facts.types import LEVEL
from bot.web.wording import Texts
from corpus.errors import ReportProblem

_COLUMNS = (Sort.SUBJECT, Sort.VALUE, Sort.YEAR, Sort.STATUS, Sort.CHANGE, Sort.PLACE)  # and the quote
_CHANGES = {LEVEL: "level", "增长": "growth", "下降": "fall", "占比": "share", "累计": "total", "排名": "rank"}
_WHOLE = 100.0  # what a share is drawn against
_SHORTEST_BAR = 1.0  # percent of the room: a small figure is seen too


def tab(table: FactTable, texts: Texts) -> str:
    """The whole tab, with all rows of the table."""
    pairs, problem = _pairs_of(table)
    conflicts = table.conflicts()
    parts = (("all", len(table.rows())), ("pairs", len(pairs)), ("conflicts", len(conflicts)))
    buttons = "".join(
        f'<button type="button" data-part="{part}" aria-pressed="{"true" if part == "all" else "false"}">'
        f'{escape(texts[part])} <span class="number">{number}</span></button>'
        for part, number in parts
    )
    return (
        f'<div class="tab"><h2>{escape(texts["heading"])}</h2><p class="lead">{escape(texts["lead"])}</p>'
        f'<div class="parts" role="group" aria-label="{escape(texts["parts"])}">{buttons}</div>'
        f'<div data-shown="all">{_form(table, texts)}{_table(table.rows(), texts)}</div>'
        f'<div data-shown="pairs" hidden><p class="found note"><span>{escape(texts["pairs_note"])}</span>'
        f"{_files('./youju/facts/pairs', texts)}</p>"
        f'<p class="problem">{escape(problem)}</p>'
        f'<ul class="pairs">{"".join(_pair(pair, texts) for pair in pairs)}</ul></div>'
        f'<div data-shown="conflicts" hidden><p class="note">{escape(texts["conflicts_note"])}</p>'
        f"{_conflicts(conflicts, texts)}</div></div>"
    )


def _pairs_of(table: FactTable) -> tuple[tuple[Pair, ...], str]:
    """The pairs, or none and why: a slip in the file that corrects them must not hide the table."""
    try:
        return table.pairs(), ""
    except ReportProblem as problem:
        return (), str(problem)


def body(rows: Iterable[FactRow], texts: Texts) -> str:
    """The table's rows; where there are none, a line that says so."""
    made = "".join(_row(row, texts) for row in rows)
    return made or f'<tr class="none"><td colspan="7">{escape(texts["none"])}</td></tr>'


def _form(table: FactTable, texts: Texts) -> str:
    choices = table.choices
    fields = (
        ("section", ((one, one) for one in choices.sections)),
        ("year", ((str(one), str(one)) for one in choices.years)),
        ("status", ((one.value, texts[one.value]) for one in choices.statuses)),
        ("unit", ((one, one) for one in choices.units)),
        ("change", ((one, _change(one, texts)) for one in choices.changes)),
    )
    selects = "".join(_select(name, options, texts) for name, options in fields)
    words = escape(texts["words"])
    return (
        '<form class="filters" role="search">'
        f'<label class="words"><span>{words}</span><input type="search" name="words" maxlength="100" '
        f'placeholder="{escape(texts["words_hint"])}" autocomplete="off"></label>'
        f'<details open><summary>{escape(texts["more"])}</summary><div class="more">{selects}</div></details>'
        '<input type="hidden" name="sort" value="place"><input type="hidden" name="descending" value="false">'
        f'<button type="reset">{escape(texts["reset"])}</button></form>'
        f'<p class="found"><output aria-live="polite" data-text="{escape(texts["found"])}">'
        f"{escape(texts['found'].format(count=len(table.rows())))}</output>"
        f"{_files('./youju/facts', texts)}</p>"
    )


def _files(address: str, texts: Texts) -> str:
    return (
        f'<span class="files">{escape(texts["download"])}'
        f'<a download href="{address}.xlsx">Excel</a><a download href="{address}.csv">CSV</a></span>'
    )


def _select(name: str, options: Iterable[tuple[str, str]], texts: Texts) -> str:
    listed = "".join(f'<option value="{escape(value)}">{escape(shown)}</option>' for value, shown in options)
    return (
        f'<label><span>{escape(texts[name])}</span><select name="{name}">'
        f'<option value="">{escape(texts["any"])}</option>{listed}</select></label>'
    )


def _table(rows: Sequence[FactRow], texts: Texts) -> str:
    sorted_by = ' aria-sort="ascending"'
    heads = "".join(
        f'<th scope="col"{sorted_by if sort is Sort.PLACE else ""}>'
        f'<button type="button" data-sort="{sort}">{escape(texts[sort.value])}</button></th>'
        for sort in _COLUMNS
    )
    return (
        f'<table class="facts"><caption class="sr-only">{escape(texts["heading"])}</caption>'
        f'<thead><tr>{heads}<th scope="col" class="quote">{escape(texts["quote"])}</th></tr></thead>'
        f'<tbody lang="zh-CN">{body(rows, texts)}</tbody></table>'
    )


def _row(row: FactRow, texts: Texts) -> str:
    status = row.status.value if row.status else ""
    return (
        f'<tr class="sourced" data-facts="{escape(row.id)}">'
        f'<th scope="row"><button type="button" data-n="1">{escape(row.subject)}</button></th>'
        f'<td class="value">{escape(row.figure)}</td><td class="year">{row.year or ""}</td>'
        f'<td class="status"><span data-status="{status}">{escape(texts[status]) if status else ""}</span></td>'
        f'<td class="change">{escape(_change(row.change or LEVEL, texts))}</td>'
        f'<td class="where"><span>{escape(short_place(row))}</span></td>'
        f'<td class="quote"><span>{escape(row.quote)}</span></td></tr>'
    )


def _pair(pair: Pair, texts: Texts) -> str:
    ids = " ".join(row.id for row in (*pair.results, *pair.targets))
    most = _most((pair.results[0], pair.targets[0]))
    sides = "".join(
        _side(rows[0], n, most, texts) for rows, n in ((pair.results, 1), (pair.targets, len(pair.results) + 1))
    )
    return f'<li class="sourced" data-facts="{escape(ids)}"><h3>{escape(pair.indicator)}</h3><ul>{sides}</ul></li>'


def _most(rows: Sequence[FactRow]) -> float:
    """The figure that fills the room: the whole for shares, the greater of the two for everything else."""
    greatest = max(row.value for row in rows)
    is_share = all(row.unit == "%" and row.change in (None, "占比") for row in rows)
    return _WHOLE if is_share and greatest <= _WHOLE else greatest


def _side(row: FactRow, n: int, most: float, texts: Texts) -> str:
    status = row.status.value if row.status else ""
    part = max(_SHORTEST_BAR, 100 * row.value / most) if most > 0 else _SHORTEST_BAR
    change = _change(row.change, texts) if row.change and row.change != "累计" else ""
    label = f"{row.year} {texts[status]}" if status else str(row.year or "")
    return (
        f'<li data-status="{status}"><button type="button" data-n="{n}"><span class="when">{escape(label)}</span> '
        f'<span class="value">{escape(change)}{escape(row.figure)}</span></button>'
        f'<span class="bar" aria-hidden="true"><i style="width:{part:.1f}%"></i></span></li>'
    )


def _change(change: str, texts: Texts) -> str:
    return str(texts[_CHANGES[change]]) if change in _CHANGES else change


def _conflicts(conflicts: Sequence[Conflict], texts: Texts) -> str:
    if not conflicts:
        return f'<p class="none">{escape(texts["no_conflicts"])}</p>'
    return f'<ul class="conflicts">{"".join(_conflict(one, texts) for one in conflicts)}</ul>'


def _conflict(conflict: Conflict, texts: Texts) -> str:
    ids = " ".join(row.id for row in conflict.rows)
    when = " ".join(filter(None, (str(conflict.year or ""), texts[conflict.status.value] if conflict.status else "")))
    return (
        f'<li class="sourced" data-facts="{escape(ids)}">'
        f'<h3>{escape(conflict.indicator)} <span class="when">{escape(when)}</span></h3>'
        f"<ul>{''.join(_places(conflict.rows))}</ul></li>"
    )


def _places(rows: Sequence[FactRow]) -> Iterator[str]:
    for n, row in enumerate(rows, 1):
        yield (
            f'<li><button type="button" data-n="{n}"><span class="value">{escape(row.figure)}</span> '
            f"<span>{escape(short_place(row))}</span></button></li>"
        )
