"""A report as data: headings, paragraphs, tables and plots, rendered to Markdown or to one HTML file."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files


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
class Bar:
    """One bar of a plot: a share with its interval."""

    label: str
    value: float
    low: float
    high: float
    note: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Shares side by side."""

    caption: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Shares over runs: each line's name and its values, None where a run has none."""

    caption: str
    ticks: tuple[str, ...]
    lines: tuple[tuple[str, tuple[float | None, ...]], ...]


Piece = Heading | Paragraph | Table | Bars | Lines


def as_markdown(pieces: Sequence[Piece]) -> str:
    """The document as Markdown; plots become tables."""
    return "\n\n".join(filter(None, map(_markdown, pieces))) + "\n"


def as_html(title: str, pieces: Sequence[Piece]) -> str:
    """The document as one HTML file that loads nothing from anywhere."""
    style = files("evals").joinpath("report.css").read_text(encoding="utf-8")
    body = "\n".join(map(_html, pieces))
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
        case Bars(caption, bars):
            rows = tuple((bar.label, f"{bar.value:.1%}", f"{bar.low:.1%} – {bar.high:.1%}", bar.note) for bar in bars)
            return _markdown_table(caption, ("", "比例", "95% 区间", "个数"), rows)
        case Lines(caption, ticks, lines):
            rows = tuple((name, *(_percent(value) for value in values)) for name, values in lines)
            return _markdown_table(caption, ("", *ticks), rows)


def _markdown_table(caption: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headers, ["---"] * len(headers), *rows]
    table = "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)
    return f"**{caption}**\n\n{table}" if caption else table


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"


def _html(piece: Piece) -> str:
    match piece:
        case Heading(text, level):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Table():
            return _html_table(piece)
        case Bars(caption, bars):
            return _figure(caption, _bars(bars))
        case Lines(caption, ticks, lines):
            return _figure(caption, _lines(ticks, lines))


def _html_table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in table.headers)
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in table.rows)
    body = f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
    if table.folded:
        return f"<details><summary>{escape(table.caption)}（{len(table.rows)}）</summary>\n{body}\n</details>"
    return (f"<h4>{escape(table.caption)}</h4>\n" if table.caption else "") + f'<div class="wide">{body}</div>'


def _figure(caption: str, svg: str) -> str:
    return f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>"


_LEFT, _WIDE, _ROW = 96, 420, 26  # the plots' measures in SVG units


def _bars(bars: Sequence[Bar]) -> str:
    drawn = []
    for place, bar in enumerate(bars):
        top = place * _ROW + 4
        start, end = _LEFT + bar.low * _WIDE, _LEFT + bar.high * _WIDE
        drawn.append(
            f'<text x="{_LEFT - 8}" y="{top + 13}" text-anchor="end">{escape(bar.label)}</text>'
            f'<rect class="rail" x="{_LEFT}" y="{top}" width="{_WIDE}" height="18"/>'
            f'<rect class="bar" x="{_LEFT}" y="{top}" width="{bar.value * _WIDE:.1f}" height="18"/>'
            f'<line class="whisker" x1="{start:.1f}" x2="{end:.1f}" y1="{top + 9}" y2="{top + 9}"/>'
            f'<text x="{_LEFT + _WIDE + 8}" y="{top + 13}">{bar.value:.0%} · {escape(bar.note)}</text>'
        )
    return _svg(_LEFT + _WIDE + 120, len(bars) * _ROW + 8, drawn)


def _lines(ticks: Sequence[str], lines: Sequence[tuple[str, tuple[float | None, ...]]]) -> str:
    height = 180

    def across(place: int) -> float:
        return _LEFT + _WIDE * (place + 0.5) / max(1, len(ticks))

    def down(value: float) -> float:
        return 12 + height * (1 - value)

    drawn = [
        f'<line class="grid" x1="{_LEFT}" x2="{_LEFT + _WIDE}" y1="{down(share)}" y2="{down(share)}"/>'
        f'<text x="{_LEFT - 8}" y="{down(share) + 4}" text-anchor="end">{share:.0%}</text>'
        for share in (0.0, 0.5, 1.0)
    ]
    drawn += [
        f'<text x="{across(place):.1f}" y="{height + 32}" text-anchor="middle">{escape(tick)}</text>'
        for place, tick in enumerate(ticks)
    ]
    for number, (name, values) in enumerate(lines):
        points = [(across(place), down(value)) for place, value in enumerate(values) if value is not None]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
        label = f'<text x="{_LEFT + _WIDE + 12}" y="{24 + 20 * number}">{escape(name)}</text>'
        drawn.append(f'<g class="line line-{number % 4}"><polyline points="{path}"/>{dots}{label}</g>')
    return _svg(_LEFT + _WIDE + 160, height + 44, drawn)


def _svg(width: int, height: int, drawn: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">' + "".join(drawn) + "</svg>"
    )
