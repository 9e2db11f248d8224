"""The metrics, each defined in its docstring, each with its 95 % Wilson interval."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from bot.types import AnswerStatus
from evals.types import Outcome, Result, Step

_Z = 1.959964  # the normal's 97.5 % point: 95 % lie within


@dataclass(frozen=True, slots=True)
class Score:
    """`hits` of `total`; `hits` is a whole number of cases, but for the mean reciprocal rank."""

    hits: float
    total: int

    @property
    def value(self) -> float | None:
        """The share of hits, None where there was no case."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson interval of the share.

        For a mean of numbers in [0, 1] it is wider than need be: no such mean varies more than a share.
        """
        return wilson(self.hits, self.total) if self.total else None

    def __str__(self) -> str:
        if not self.total:
            return "—"
        low, high = wilson(self.hits, self.total)
        return f"{self.hits / self.total:.1%} [{low:.1%}, {high:.1%}] {self.hits:g}/{self.total}"


def wilson(hits: float, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval for `hits` of `total` > 0."""
    share = hits / total
    spread = 1 + _Z**2 / total
    centre = (share + _Z**2 / (2 * total)) / spread
    half = _Z / spread * sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    high = 1.0 if hits == total else min(1.0, centre + half)
    return low, high


def _share(flags: Iterable[bool]) -> Score:
    listed = list(flags)
    return Score(sum(listed), len(listed))


def _answerable(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if one.question.answerable]


def _to_refuse(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if not one.question.answerable]


def _listing(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [one for one in _answerable(outcomes) if "found" in one.answer.steps]


def full_accuracy(outcomes: Sequence[Outcome]) -> Score:
    """Questions answered fully right, of all.

    Answerable: answered, every part said (in a short answer or the text) and its evidence cited; half right is
    wrong. Not answerable: refused, and for the right reason.
    """
    return _share(one.judgement.right for one in outcomes)


def full_answerable(outcomes: Sequence[Outcome]) -> Score:
    """Answerable questions answered fully right, of all answerable."""
    return full_accuracy(_answerable(outcomes))


def full_refusals(outcomes: Sequence[Outcome]) -> Score:
    """Questions refused for the right reason, of all that must be refused."""
    return full_accuracy(_to_refuse(outcomes))


def short_accuracy(outcomes: Sequence[Outcome]) -> Score:
    """Answerable questions whose short answers hold every part, of all answerable; the text does not count."""
    return _share(
        one.answer.status is AnswerStatus.ANSWERED and all(part.short for part in one.judgement.parts)
        for one in _answerable(outcomes)
    )


def short_precision(outcomes: Sequence[Outcome]) -> Score:
    """Short answers that the gold asks for, of all short answers given to answerable questions."""
    answered = _answerable(outcomes)
    return Score(sum(one.judgement.shorts_right for one in answered), sum(one.judgement.shorts for one in answered))


def citation_recall(outcomes: Sequence[Outcome]) -> Score:
    """Parts whose evidence stands in a citation, of all parts of answerable questions."""
    return _share(part.cited for one in _answerable(outcomes) for part in one.judgement.parts)


def citation_precision(outcomes: Sequence[Outcome]) -> Score:
    """Citations that hold evidence of some part, of all citations in answers given to answerable questions."""
    given = [one.judgement for one in _answerable(outcomes) if one.answer.status is AnswerStatus.ANSWERED]
    return Score(sum(one.citations_right for one in given), sum(one.citations for one in given))


def verbatim_quotes(outcomes: Sequence[Outcome]) -> Score:
    """Citations whose quote is the report's text at their spans, markup and white space apart, of all citations."""
    judged = [one.judgement for one in outcomes]
    return Score(sum(one.citations_verbatim for one in judged), sum(one.citations for one in judged))


def refusal_recall(outcomes: Sequence[Outcome]) -> Score:
    """Questions refused, for whatever reason, of all that must be refused."""
    return _share(one.answer.status is AnswerStatus.REFUSED for one in _to_refuse(outcomes))


def refused(outcomes: Sequence[Outcome]) -> Score:
    """Questions refused, rightly or not, of all."""
    return _share(one.answer.status is AnswerStatus.REFUSED for one in outcomes)


def reason_accuracy(outcomes: Sequence[Outcome]) -> Score:
    """Refusals with the right reason, of all refusals of questions that must be refused."""
    return _share(
        one.answer.reason is one.question.reason
        for one in _to_refuse(outcomes)
        if one.answer.status is AnswerStatus.REFUSED
    )


def wrongful_refusals(outcomes: Sequence[Outcome]) -> Score:
    """Answerable questions refused, of all answerable: the lower the better."""
    return _share(one.answer.status is AnswerStatus.REFUSED for one in _answerable(outcomes))


def found_at(depth: int) -> Callable[[Sequence[Outcome]], Score]:
    """The metric "retrieval at `depth`".

    Answerable questions with, for every part, a passage that holds its evidence among the first `depth` found,
    of all answerable whose answer lists what was found.
    """

    def metric(outcomes: Sequence[Outcome]) -> Score:
        return _share(
            all(part.rank is not None and part.rank <= depth for part in one.judgement.parts)
            for one in _listing(outcomes)
        )

    return metric


def mean_reciprocal_rank(outcomes: Sequence[Outcome]) -> Score:
    """Mean of 1 / the rank of the first found passage that holds evidence of any part, 0 where none does.

    Over the answerable questions whose answer lists what was found.
    """
    found = [[part.rank for part in one.judgement.parts if part.rank] for one in _listing(outcomes)]
    return Score(sum(1 / min(ranks) for ranks in found if ranks), len(found))


METRICS: Mapping[str, tuple[str, Callable[[Sequence[Outcome]], Score]]] = {
    "full": ("完全正确", full_accuracy),
    "full_answerable": ("其中能答的", full_answerable),
    "full_refusals": ("其中该拒答的（理由也对）", full_refusals),
    "short": ("短答案正确", short_accuracy),
    "short_precision": ("短答案不多余", short_precision),
    "citation_recall": ("引用齐全", citation_recall),
    "citation_precision": ("引用准确", citation_precision),
    "verbatim": ("引文逐字一致", verbatim_quotes),
    "refusal_recall": ("该拒答的拒答了（不论理由）", refusal_recall),
    "reason": ("拒答了的，理由正确", reason_accuracy),
    "wrongful_refusal": ("误拒（越低越好）", wrongful_refusals),
    "found_1": ("首个条目即是", found_at(1)),
    "found_3": ("前 3 个条目齐全", found_at(3)),
    "found_5": ("前 5 个条目齐全", found_at(5)),
    "mrr": ("平均倒数排名", mean_reciprocal_rank),
}


def measure(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    """Every metric by its key."""
    return {key: metric(outcomes) for key, (_, metric) in METRICS.items()}


def by(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> dict[str, Score]:
    """Full accuracy of each group of outcomes that `key` makes, groups by name."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        groups[key(one)].append(one)
    return {name: full_accuracy(groups[name]) for name in sorted(groups)}


def by_style(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    """Full accuracy of the questions of each style."""
    return by(outcomes, lambda one: one.question.style.value)


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    """Full accuracy of the questions of each kind; those that must be refused stand apart as `refusal`."""
    return by(outcomes, lambda one: one.question.kind.value if one.question.answerable else "refusal")


def by_reason(outcomes: Sequence[Outcome]) -> dict[str, tuple[Score, Score]]:
    """Of the questions that must be refused for each reason: those refused at all, those for the right reason."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if one.question.reason:
            groups[one.question.reason.value].append(one)
    return {name: (refusal_recall(groups[name]), full_refusals(groups[name])) for name in sorted(groups)}


def by_wrongful_reason(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many answerable questions were refused for each reason."""
    answers = [one.answer for one in _answerable(outcomes) if one.answer.status is AnswerStatus.REFUSED]
    reasons = [str(answer.reason.value) if answer.reason else "—" for answer in answers]
    return {reason: reasons.count(reason) for reason in sorted(set(reasons))}


def by_turn(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    """Full accuracy of the first, second, … turns of conversations."""
    return by([one for one in outcomes if one.question.session], lambda one: f"第 {one.turn} 轮")


def by_step(outcomes: Sequence[Result]) -> dict[Step, int]:
    """How many cases failed at each step, in the order of their way."""
    steps = [one.step for one in outcomes]
    return {step: steps.count(step) for step in Step if step in steps}
