"""The sets put to the program in one go: questions, their variants and drafts, judged and compared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from evals.baseline import Accepted, Case, compare
from evals.checking.judge import FigureOutcome, judge_draft
from evals.checking.sets import Draft
from evals.crew import Asked, Crew, Openers, processes_for
from evals.questions import as_sessions
from evals.runner import Talk, judge_talk
from evals.sources import Sources
from evals.summary import SetResult
from evals.types import Outcome, Question
from evals.variants import VariantKind, VariedOutcome, as_varied, varied_talks

Questions = Mapping[str, Sequence[Question]]
Drafts = Mapping[str, Sequence[Draft]]


@dataclass
class Evaluation:
    """What a run found: the question sets, their variants and the draft sets, and the time of each first answer."""

    results: list[SetResult[Outcome]] = field(default_factory=list)
    varied: dict[str, tuple[VariedOutcome, ...]] = field(default_factory=dict)
    drafts: list[SetResult[FigureOutcome]] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)

    @property
    def worse(self) -> bool:
        """Whether anything that was right is now wrong."""
        changed = (*(one.comparison.worse for one in self.results), *(one.comparison.worse for one in self.drafts))
        return any(changed)


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Puts sets to the program, in several processes where that is worth it."""

    openers: Openers
    sources: Sources
    accepted: Mapping[str, Accepted | None]

    def run(self, questions: Questions, drafts: Drafts, *, variants: bool = False, jobs: int = 0) -> Evaluation:
        """All sets, judged and compared with what was accepted for them."""
        talks = {name: as_sessions(asked) for name, asked in questions.items()}
        report = self.sources.reports[0].report
        varied = {name: varied_talks(asked, report) for name, asked in questions.items()} if variants else {}
        every = sum(map(len, questions.values())) + sum(len(talk) for made in varied.values() for _, talk in made)
        with Crew(self.openers, processes_for(every, jobs)) as crew:
            # All is handed over before the first result is judged: no process waits for the judging.
            asked = {name: crew.ask(found, listed=True) for name, found in talks.items()}
            again = {name: crew.ask([talk for _, talk in made]) for name, made in varied.items()}
            checked = {name: crew.check([draft.text for draft in found]) for name, found in drafts.items()}
            done = Evaluation()
            for name, answers in asked.items():
                outcomes = self._judge(questions[name], talks[name], answers, done.taken)
                done.results.append(self._result(name, outcomes))
            for result in done.results:
                if result.name in varied:
                    done.varied[result.name] = self._vary(result, varied[result.name], again[result.name])
            for name, findings in checked.items():
                pairs = zip(drafts[name], findings, strict=True)
                figures = [one for draft, found in pairs for one in judge_draft(draft, found, self.sources)]
                done.drafts.append(self._result(name, tuple(figures)))
        return done

    def _judge(
        self, questions: Sequence[Question], talks: Sequence[Talk], answers: Iterator[Asked], taken: list[int]
    ) -> tuple[Outcome, ...]:
        found: dict[str, Outcome] = {}
        for talk, asked in zip(talks, answers, strict=True):
            taken.extend(asked.taken)
            found |= {outcome.id: outcome for outcome in judge_talk(talk, asked.answers, self.sources)}
        return tuple(found[question.id] for question in questions)

    def _vary(
        self, result: SetResult[Outcome], made: Sequence[tuple[VariantKind, Talk]], answers: Iterator[Asked]
    ) -> tuple[VariedOutcome, ...]:
        return as_varied(result.outcomes, made, [asked.answers for asked in answers], self.sources)

    def _result(self, name: str, outcomes: tuple[Case, ...]) -> SetResult[Case]:
        accepted = self.accepted.get(name)
        return SetResult(name, outcomes, accepted, compare(outcomes, accepted))
