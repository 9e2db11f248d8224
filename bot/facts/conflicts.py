"""Where a report gives the same indicator differently: same year, same status, same kind of figure, other value."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from bot.checking.measures import agrees
from bot.facts.indicators import likeness
from bot.facts.pairing import Told
from bot.facts.types import Conflict

_TELLING = 3  # characters: a shorter name (「资金」) is of whatever the sentence before speaks of
_SURE = 0.8


def conflicts_of(told: Sequence[Told]) -> tuple[Conflict, ...]:
    """The disagreements in the report's order, each with all places that give the indicator."""
    by_place: dict[str, list[Told]] = defaultdict(list)
    kinds: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for one in told:
        by_place[one.row.passage].append(one)
        if len(one.indicator.name) + bool(one.indicator.doing) >= _TELLING and one.row.year and _is_written(one):
            kinds[_kind(one)].append(one)

    def differ(one: Told, other: Told) -> bool:
        # 「共实施71公里，竣工30公里」 is in step with 「完成30公里」, whichever of its figures is held against it.
        return not any(_agree(one, near) for near in by_place[other.row.passage]) and not any(
            _agree(near, other) for near in by_place[one.row.passage]
        )

    found: list[list[Told]] = []
    for alike in kinds.values():
        for one, other in combinations(alike, 2):
            if one.row.passage != other.row.passage and _is_same(one, other) and differ(one, other):
                known = next((rows for rows in found if one in rows or other in rows), None)
                if known is None:
                    found.append([one, other])
                else:
                    known += [new for new in (one, other) if new not in known]
    found.sort(key=lambda rows: rows[0].row.spans[0].start)
    return tuple(
        Conflict(rows[0].row.subject, rows[0].row.year, rows[0].row.status, tuple(one.row for one in rows))
        for rows in found
    )


def _kind(one: Told) -> tuple[str, ...]:
    """What two rows must share before their names are compared."""
    row, indicator = one.row, one.indicator
    status = row.status.value if row.status else ""
    change = "" if row.change == "累计" else row.change or ""  # whether it is a sum, its doing says
    return (
        indicator.name[-1:],
        " ".join(sorted(indicator.doing)),
        str(row.year),
        status,
        change,
        one.measure.dimension,
        row.unit,
    )


def _is_same(one: Told, other: Told) -> bool:
    return one.indicator.acts == other.indicator.acts and likeness(one.indicator, other.indicator) >= _SURE


def _is_written(one: Told) -> bool:
    """A count in words (「五大」) names something, the count of a list (「龙恒路等5条道路」) is of its members only."""
    before = one.row.quote[: one.end - len(one.row.figure)].rstrip()
    return any(map(str.isdecimal, one.row.figure)) and not before.endswith("等")


def _agree(one: Told, other: Told) -> bool:
    """Whether either figure is the other, or the other rounded or bounded as it says."""
    return agrees(one.measure, other.measure) or agrees(other.measure, one.measure)
