"""What is wrong with draft sets: gold that the report does not hold, numbers without a label, duplicates."""

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.figures import find_dates, find_figures
from evals.checking.sets import Draft, Stated
from evals.lint import Finding, Flaw, alike, pairs_of
from evals.normalise import as_quote
from evals.sources import Sources

DraftSets = Mapping[str, Sequence[Draft]]

_LIST_MARK = re.compile(r"^\s*\d{1,2}[.、．]", re.MULTILINE)
_NUMBER = re.compile(r"\d[\d.,]*")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def lint_drafts(sets: DraftSets, sources: Sources) -> tuple[Finding, ...]:
    """Every flaw in the draft sets."""
    bodies = [as_quote(one.report.text) for one in sources.reports]
    found: list[Finding] = []
    for name, drafts in sets.items():
        for draft in drafts:
            place = f"{name}/{draft.id}"
            for stated in draft.stated:
                found += _gold_flaws(place, stated, sources, bodies)
            found += [Finding(Flaw.UNLABELLED, (place,), f"「{text}」") for text in _unlabelled(draft)]
    return (*found, *_repeated(sets))


def _gold_flaws(place: str, stated: Stated, sources: Sources, bodies: Sequence[str]) -> Iterator[Finding]:
    for evidence in stated.evidence:
        wanted = as_quote(evidence)
        if not any(wanted in quote for quote in sources.quotes.values()):
            flaw = Flaw.IN_NO_PASSAGE if any(wanted in body for body in bodies) else Flaw.NOT_IN_REPORT
            yield Finding(flaw, (place,), f"「{evidence}」")
    said = [as_quote(evidence) for evidence in stated.evidence]
    if stated.correct and not any(as_quote(correct) in text for correct in stated.correct for text in said):
        yield Finding(Flaw.CORRECT_NOT_IN_EVIDENCE, (place,), f"「{stated.correct[0]}」不在「{stated.evidence[0]}」")


def _unlabelled(draft: Draft) -> Iterator[str]:
    """Figures and bare numbers of the draft that no label covers; years, dates, names and list marks need none."""
    plain = draft.text.translate(_WIDE)
    named = [match.span() for name in draft.names for match in re.finditer(re.escape(name), draft.text)]
    marks = [match.span() for match in _LIST_MARK.finditer(plain)]
    covered = [*(stated.span for stated in draft.stated), *named, *marks, *find_dates(plain)]
    figures = [(figure.start, figure.end) for figure in find_figures(plain)]
    numbers = [match.span() for match in _NUMBER.finditer(plain)]
    seen: list[tuple[int, int]] = []
    for start, end in (*figures, *numbers):
        if not any(start < other_end and other < end for other, other_end in (*covered, *seen)):
            seen.append((start, end))
            yield draft.text[start:end]


def _repeated(sets: DraftSets) -> Iterator[Finding]:
    named = [(f"{name}/{draft.id}", draft, pairs_of(draft.text)) for name, drafts in sets.items() for draft in drafts]
    for first, second in alike([pairs for _, _, pairs in named]):
        (name, one, _), (other_name, other, _) = named[first], named[second]
        if as_quote(one.text) == as_quote(other.text):
            yield Finding(Flaw.DUPLICATE, (name, other_name), f"「{one.text[:40]}」")
        else:
            yield Finding(Flaw.NEAR_DUPLICATE, (name, other_name), f"「{one.text[:40]}」「{other.text[:40]}」")
