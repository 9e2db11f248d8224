"""Where a report gives the same indicator differently: same year, same status, same kind of figure, other value."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from bot.checking.measures import agrees
from bot.facts.pairing import Told
from bot.facts.types import Conflict

_TELLING = 4  # characters: a shorter name (「总面积」) is of whatever the sentence before speaks of


def conflicts_of(told: Sequence[Told]) -> tuple[Conflict, ...]:
    """The disagreements in the report's order, each with all places that give the indicator."""
    by_place: dict[tuple[str, str], list[Told]] = defaultdict(list)
    groups: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for one in told:
        by_place[one.row.passage, one.indicator.name].append(one)
        if len(one.indicator.name) >= _TELLING and one.row.year and any(map(str.isdecimal, one.row.figure)):
            groups[_key(one)].append(one)

    def differ(one: Told, other: Told) -> bool:
        # 「共实施71公里，竣工30公里」 is in step with 「完成30公里」, whichever of its figures is held against it.
        beside_other = by_place[other.row.passage, other.indicator.name]
        beside_one = by_place[one.row.passage, one.indicator.name]
        return (
            one.row.passage != other.row.passage
            and not any(_agree(one, near) for near in beside_other)
            and not any(_agree(near, other) for near in beside_one)
        )

    return tuple(
        Conflict(rows[0].row.subject, rows[0].row.year, rows[0].row.status, tuple(one.row for one in rows))
        for rows in groups.values()
        if any(differ(one, other) for one, other in combinations(rows, 2))
    )


def _key(one: Told) -> tuple[str, ...]:
    """What two rows must share to be held against each other."""
    row, indicator = one.row, one.indicator
    status = row.status.value if row.status else ""
    doing = " ".join(sorted(indicator.doing))
    return (indicator.name, doing, str(row.year), status, row.change or "", one.measure.dimension, row.unit)


def _agree(one: Told, other: Told) -> bool:
    """Whether either figure is the other, or the other rounded or bounded as it says."""
    return agrees(one.measure, other.measure) or agrees(other.measure, one.measure)
