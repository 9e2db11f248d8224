"""A report as data: headings, paragraphs, tables, records and plots, rendered to Markdown or to one HTML file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import groupby

from evals.plots import Bar, Line, draw_bars, draw_lines


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a long one may be `folded` under its caption."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One case told at length: its id, its title, a mark, and fields in the order of the records' names."""

    id: str
    title: str
    mark: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """Cases with the same fields, too many and too long for a table; they may be `folded` under their caption."""

    caption: str
    mark: str
    names: tuple[str, ...]
    records: tuple[Record, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Shares side by side."""

    caption: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Shares over runs."""

    caption: str
    ticks: tuple[str, ...]
    lines: tuple[Line, ...]


Piece = Heading | Paragraph | Table | Records | Bars | Lines


def as_markdown(pieces: Sequence[Piece]) -> str:
    """The document as Markdown; plots become tables."""
    return "\n\n".join(filter(None, map(_markdown, pieces))) + "\n"


def as_html(title: str, pieces: Sequence[Piece]) -> str:
    """The document as one HTML file that loads nothing from anywhere."""
    style = files("evals").joinpath("report.css").read_text(encoding="utf-8")
    body = "\n".join(_body(pieces))
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def _markdown(piece: Piece) -> str:
    match piece:
        case Heading(text, level):
            return f"{'#' * level} {text}"
        case Paragraph(text):
            return text
        case Table(caption, headers, rows):
            return _markdown_table(caption, headers, rows)
        case Records(caption, mark, names, records):
            lines = [(one.id, one.title, one.mark, *one.fields) for one in records]
            return _markdown_table(caption, ("编号", "问题", mark, *names), lines)
        case Bars(caption, bars):
            rows = tuple((bar.label, f"{bar.value:.1%}", f"{bar.low:.1%} – {bar.high:.1%}", bar.note) for bar in bars)
            return _markdown_table(caption, ("", "比例", "95% 区间", "个数"), rows)
        case Lines(caption, ticks, lines_):
            rows = tuple((line.label, *map(_percent, line.values)) for line in lines_)
            return _markdown_table(caption, ("", *ticks), rows)


def _markdown_table(caption: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headers, ["---"] * len(headers), *rows]
    table = "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)
    return f"**{caption}**\n\n{table}" if caption else table


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"


def _body(pieces: Sequence[Piece]) -> Iterator[str]:
    """The pieces as HTML: the chapters under the title as links, plots that follow each other side by side."""
    chapters = [piece.text for piece in pieces if isinstance(piece, Heading) and piece.level == 2]
    links = "".join(f'<a href="#s{number}">{escape(text)}</a>' for number, text in enumerate(chapters, 1))
    number = 0
    for plots, group in groupby(pieces, lambda piece: isinstance(piece, Bars | Lines)):
        if plots:
            yield '<div class="plots">' + "\n".join(map(_html, group)) + "</div>"
            continue
        for piece in group:
            if isinstance(piece, Heading) and piece.level == 2:
                number += 1
                yield f'<h2 id="s{number}">{escape(piece.text)}</h2>'
            else:
                yield _html(piece)
            if isinstance(piece, Heading) and piece.level == 1 and len(chapters) > 1:
                yield f'<nav aria-label="目录">{links}</nav>'


def _html(piece: Piece) -> str:
    match piece:
        case Heading(text, level):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Table(caption, headers, rows, folded):
            return _captioned(caption, len(rows), _html_table(headers, rows), folded=folded)
        case Records(caption, _, names, records, folded):
            body = "\n".join(_html_record(names, one) for one in records)
            return _captioned(caption, len(records), body, folded=folded)
        case Bars(caption, bars):
            return draw_bars(caption, bars)
        case Lines(caption, ticks, lines):
            return draw_lines(caption, ticks, lines)


def _captioned(caption: str, count: int, body: str, *, folded: bool) -> str:
    if folded:
        return f"<details><summary>{escape(caption)} <b>{count}</b></summary>\n{body}\n</details>"
    return (f"<h4>{escape(caption)}</h4>\n" if caption else "") + body


def _html_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in headers)
    lines = "\n".join(
        f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(text)}</td>" for text in rest) + "</tr>"
        for first, *rest in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{lines}\n</tbody></table>"
    return f'<div class="wide" tabindex="0">{table}</div>'


def _html_record(names: Sequence[str], record: Record) -> str:
    fields = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in zip(names, record.fields, strict=True)
        if value
    )
    mark = f'<span class="mark">{escape(record.mark)}</span>' if record.mark else ""
    title = f"<code>{escape(record.id)}</code> {escape(record.title)}"
    return f'<article><p class="title">{title} {mark}</p><dl>{fields}</dl></article>'
