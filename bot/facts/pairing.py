"""Results beside targets: which figure of one year and which of the year after are of the same indicator."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.checking.measures import Measure, agrees
from bot.facts.corrections import Corrections
from bot.facts.indicators import Indicator, likeness
from bot.facts.types import FactRow, Pair
from corpus.types import Status
from corpus.words import leading_verbs

_SURE = 0.7  # a likeness below this is none
_RANK = "排名"
_HOUSEHOLDS = "户"
_NEAR = 1.5  # so many times as much may one of two figures be that are told in different ways
_BOUND = re.compile(r"(?:以上|以下|以内)[\u4e00-\u9fff]")  # part of a name: 「3岁以下婴幼儿」


@dataclass(frozen=True, slots=True)
class Told:
    """A row with its indicator, its measure and where in its quote the figure ends."""

    row: FactRow
    end: int
    indicator: Indicator
    measure: Measure


def pairs_of(told: Sequence[Told], corrections: Corrections) -> tuple[Pair, ...]:
    """Results and targets of one indicator, in the order of the results; what `corrections` say wins.

    Where several results of one indicator differ, or several targets do, none is paired: which of them is meant
    cannot be told.
    """
    usable = [one for one in told if _can_be_paired(one)]
    results = [one for one in usable if one.row.status is not Status.TARGET]
    targets = [one for one in usable if one.row.status is Status.TARGET]
    edges = {
        (i, j): like
        for i, j in _candidates(results, targets, corrections)
        if (like := _like(results[i], targets[j], corrections)) >= _SURE
    }
    groups = [
        _group([results[i] for i in sorted({i for i, _ in group})], [targets[j] for j in sorted({j for _, j in group})])
        for group in _connected(_mutual(edges))
    ]
    pairs = [
        _as_pair(results, targets, corrections) for results, targets in _merged(groups) if _is_one(results, targets)
    ]
    return tuple(sorted(pairs, key=lambda pair: pair.results[0].spans[0].start))


def _candidates(
    results: Sequence[Told], targets: Sequence[Told], corrections: Corrections
) -> Iterator[tuple[int, int]]:
    """What may be one indicator at all: names that end alike and figures of one dimension, or what the file joins."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    joined: dict[str, list[int]] = defaultdict(list)
    for j, target in enumerate(targets):
        alike[target.indicator.name[-1:], target.measure.dimension].append(j)
        joined[target.row.subject].append(j)
    for i, result in enumerate(results):
        near = set(alike[result.indicator.name[-1:], result.measure.dimension])
        for one in corrections.join:
            if one.result == result.row.subject:
                near.update(joined[one.target])
        yield from ((i, j) for j in sorted(near))


def _can_be_paired(one: Told) -> bool:
    """A count in words (「五大」) names something, a rank has no target beside it."""
    row = one.row
    return (
        row.year is not None
        and row.status is not None
        and row.change != _RANK
        and any(character.isdecimal() for character in row.figure)
    )


def _like(result: Told, target: Told, corrections: Corrections) -> float:
    if corrections.separates(result.row, target.row) or not _comparable(result, target):
        return 0.0
    if corrections.joins(result.row, target.row):
        return 2.0  # above all likeness
    if result.row.change != target.row.change and not _is_sum_of_new(result) and not _is_sum_of_new(target):
        return 0.0
    if _in_name(result) and _in_name(target) and result.row.value == target.row.value:
        return 0.0
    if result.indicator.acts != target.indicator.acts and not _is_near(result.measure.value, target.measure.value):
        return 0.0  # what there is in all is no result of what is to be added
    return likeness(result.indicator, target.indicator)


def _is_near(one: float, other: float) -> bool:
    return max(one, other) <= _NEAR * min(one, other)


def _comparable(result: Told, target: Told) -> bool:
    assert result.row.year is not None and target.row.year is not None
    if (result.row.unit == _HOUSEHOLDS) != (target.row.unit == _HOUSEHOLDS):
        return False  # 「31.8万户」 of a kind are not counted as 「1459个」 are
    return result.row.year + 1 == target.row.year and result.measure.dimension == target.measure.dimension


def _in_name(one: Told) -> bool:
    """Whether the figure may be part of a name (「3岁以下婴幼儿」)."""
    return _BOUND.search(one.row.quote[max(0, one.end - 2) : one.end + 1]) is not None


def _is_sum_of_new(one: Told) -> bool:
    """「累计新增…」 is what was added in the year, not what there is in all."""
    return one.row.change == "累计" and "add" in one.indicator.doing


def _mutual(edges: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The edges that are the best of both their ends."""
    best_result: dict[int, float] = {}
    best_target: dict[int, float] = {}
    for (i, j), like in edges.items():
        best_result[i] = max(like, best_result.get(i, 0.0))
        best_target[j] = max(like, best_target.get(j, 0.0))
    return [(i, j) for (i, j), like in edges.items() if like == best_result[i] == best_target[j]]


def _connected(edges: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The edges in groups that share no end."""
    left = list(edges)
    while left:
        group = [left.pop(0)]
        grown = True
        while grown:
            near = [edge for edge in left if any(edge[0] == i or edge[1] == j for i, j in group)]
            left = [edge for edge in left if edge not in near]
            group += near
            grown = bool(near)
        yield group


Group = tuple[list[Told], list[Told]]


def _group(results: list[Told], targets: list[Told]) -> Group:
    return results, targets


def _merged(groups: Sequence[Group]) -> list[Group]:
    """Groups that give the same figures of names that are like each other as one."""
    merged: list[Group] = []
    for results, targets in groups:
        same = next((one for one in merged if _tells_the_same(one, (results, targets))), None)
        if same is None:
            merged.append((results, targets))
        else:
            same[0].extend(results)
            same[1].extend(targets)
    return merged


def _tells_the_same(one: Group, other: Group) -> bool:
    names = ([*one[0], *one[1]], [*other[0], *other[1]])
    return (
        agrees(one[0][0].measure, other[0][0].measure, loosely=False)
        and agrees(one[1][0].measure, other[1][0].measure, loosely=False)
        and any(likeness(a.indicator, b.indicator) >= _SURE for a in names[0] for b in names[1])
    )


def _is_one(results: Sequence[Told], targets: Sequence[Told]) -> bool:
    """Whether all results give one figure, and all targets do."""
    return all(
        agrees(side[0].measure, one.measure) or agrees(one.measure, side[0].measure)
        for side in (results, targets)
        for one in side
    )


def _as_pair(results: Sequence[Told], targets: Sequence[Told], corrections: Corrections) -> Pair:
    rows = sorted((one.row for one in results), key=lambda row: row.spans[0].start)
    aims = sorted((one.row for one in targets), key=lambda row: row.spans[0].start)
    return Pair(corrections.name(rows, aims) or min((*rows, *aims), key=_awkward).subject, tuple(rows), tuple(aims))


def _awkward(row: FactRow) -> tuple[bool, bool, bool, int]:
    """How little a row's subject does for a name: a table's own row does best, a list or a sentence worst."""
    verbs = leading_verbs(row.subject)
    return (
        not (row.row or "").startswith(row.subject),
        "等" in row.subject,
        bool(verbs) and not verbs.startswith("新增"),
        -len(row.subject),
    )
