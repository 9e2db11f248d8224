"""Plots of shares as HTML that needs no script: bars with their intervals, and lines over runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot: a share with its interval."""

    label: str
    value: float
    low: float
    high: float
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One share over runs, None where a run has none."""

    label: str
    values: tuple[float | None, ...]


def draw_bars(caption: str, bars: Sequence[Bar]) -> str:
    """Bars under each other; words stand beside the drawing, so that they keep their size on a small screen."""
    rows = "\n".join(
        f'<tr><th scope="row">{escape(bar.label)}</th><td class="track">{_bar(bar)}</td>'
        f'<td class="share">{bar.value:.0%}</td><td class="note">{escape(bar.note)}</td></tr>'
        for bar in bars
    )
    return _figure(caption, f'<table class="bars"><tbody>\n{rows}\n</tbody></table>')


def _bar(bar: Bar) -> str:
    low, high = 100 * bar.low, 100 * bar.high
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rail" width="100" height="10"/>'
        f'<rect class="bar" width="{100 * bar.value:.1f}" height="10"/>'
        f'<line class="whisker" x1="{low:.1f}" x2="{high:.1f}" y1="5" y2="5"/></svg>'
    )


_LEFT, _RIGHT, _TOP, _HEIGHT, _WIDTH = 40, 12, 10, 150, 360  # the drawing's measures in SVG units
_TICKS = 6  # more names of runs would run into each other
_COLOURS = 5


def draw_lines(caption: str, ticks: Sequence[str], lines: Sequence[Line]) -> str:
    """Lines over the runs named by `ticks`; the scale begins below the lowest value, so that changes show."""
    known = [value for line in lines for value in line.values if value is not None]
    floor = max(0.0, (int(min(known, default=0.0) * 10) - 1) / 10)
    drawn = [*_grid(floor), *_ticks(ticks)]
    drawn += [_line(line, number, len(ticks), floor) for number, line in enumerate(lines)]
    svg = f'<svg class="lines" viewBox="0 0 {_WIDTH} {_HEIGHT + _TOP + 28}" role="img" aria-label="{escape(caption)}">'
    legend = "".join(
        f'<li class="line-{number % _COLOURS}">{escape(line.label)} {_last(line)}</li>'
        for number, line in enumerate(lines)
    )
    return _figure(caption, f'{svg}{"".join(drawn)}</svg><ul class="legend">{legend}</ul>')


def _last(line: Line) -> str:
    last = next((value for value in reversed(line.values) if value is not None), None)
    return "—" if last is None else f"{last:.1%}"


def _across(place: int, count: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (place + 0.5) / max(1, count)


def _down(value: float, floor: float) -> float:
    return _TOP + _HEIGHT * (1 - (value - floor) / (1 - floor))


def _grid(floor: float) -> list[str]:
    shares = (floor, (1 + floor) / 2, 1.0)
    return [
        f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{share:.0%}</text>'
        for share, y in ((share, _down(share, floor)) for share in shares)
    ]


def _ticks(ticks: Sequence[str]) -> list[str]:
    step = -(-len(ticks) // _TICKS)
    named = [place for place in range(len(ticks)) if (len(ticks) - 1 - place) % step == 0]
    return [
        f'<text x="{_across(place, len(ticks)):.1f}" y="{_HEIGHT + _TOP + 20}" text-anchor="middle">'
        f"{escape(ticks[place])}</text>"
        for place in named
    ]


def _line(line: Line, number: int, count: int, floor: float) -> str:
    points = [
        (_across(place, count), _down(value, floor)) for place, value in enumerate(line.values) if value is not None
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
    return f'<g class="line-{number % _COLOURS}"><polyline points="{path}"/>{dots}</g>'


def _figure(caption: str, body: str) -> str:
    return f"<figure><figcaption>{escape(caption)}</figcaption>\n{body}</figure>"
