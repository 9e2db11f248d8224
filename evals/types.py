"""The vocabulary of an evaluation: a question with its gold, what an answer was judged to be, and a score."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.types import Answer, Reason


class Style(StrEnum):
    """How a question is worded."""

    FORMAL = "formal"
    PARAPHRASE = "paraphrase"
    COLLOQUIAL = "colloquial"
    KEYWORDS = "keywords"
    TYPO = "typo"
    TRADITIONAL = "traditional"
    ENGLISH = "english"
    FOLLOWUP = "followup"


class Kind(StrEnum):
    """What a question asks for."""

    NUMBER = "number"
    PERCENT = "percent"
    NAME = "name"
    LIST = "list"
    DATE = "date"
    YESNO = "yesno"
    COMPARISON = "comparison"
    MULTI = "multi"
    DEFINITION = "definition"
    TABLE = "table"


class Step(StrEnum):
    """Where an answer, or the check of a draft's figure (the last six), went wrong, in the order of its way."""

    NOT_IN_PASSAGES = "not-in-passages"
    NOT_FOUND = "not-found"
    FOUND_NOT_READ = "found-not-read"
    WRONG_YEAR = "wrong-year"
    WRONG_FIGURE = "wrong-figure"
    INCOMPLETE = "incomplete"
    NOT_CITED = "not-cited"
    NOT_REFUSED = "not-refused"
    WRONGLY_REFUSED = "wrongly-refused"
    WRONG_REASON = "wrong-reason"
    ERROR = "error"
    NOT_SEEN = "not-seen"
    NOT_A_FACT = "not-a-fact"
    FALSE_SUPPORT = "false-support"
    FALSE_ALARM = "false-alarm"
    WRONG_VERDICT = "wrong-verdict"
    WRONG_CORRECTION = "wrong-correction"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a right answer must hold: alternatives of the short answer, alternatives of its evidence."""

    short: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set with its gold; `reason` is set where the right answer is a refusal."""

    id: str
    question: str
    style: Style
    kind: Kind
    year: int | None
    reason: Reason | None
    session: str | None
    parts: tuple[Part, ...]

    @property
    def answerable(self) -> bool:
        """Whether the report answers it."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class PartJudgement:
    """What became of one part of the gold.

    `short` says whether a short answer of the part stands among the answer's short answers, `said` whether it
    stands there or in the answer's text, `cited` whether a citation holds its evidence; `rank` is the place of
    the first found passage that holds the evidence, counted from 1.
    """

    short: bool
    said: bool
    cited: bool
    rank: int | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one answer is worth; where it is not right, `step` says where it failed and `why` says it in Chinese.

    `said` is what the answer says, in a few words.
    """

    right: bool
    step: Step | None
    why: str
    parts: tuple[PartJudgement, ...] = ()
    shorts: int = 0
    shorts_right: int = 0
    citations: int = 0
    citations_right: int = 0
    citations_verbatim: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, what came back, and what it is worth; `turn` is its place in its conversation, from 1."""

    question: Question
    answer: Answer
    judgement: Judgement
    turn: int = 1

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @property
    def asked(self) -> str:
        """The question's words."""
        return self.question.question

    @property
    def said(self) -> str:
        """What came back, in a few words."""
        return self.judgement.said

    @property
    def right(self) -> bool:
        """Whether the answer is fully right."""
        return self.judgement.right

    @property
    def step(self) -> Step | None:
        """Where it failed, None where it is right."""
        return self.judgement.step

    @property
    def why(self) -> str:
        """What is wrong, in Chinese."""
        return self.judgement.why


class Result(Protocol):
    """One judged case of a set, a question's answer or a draft's figure: what is compared from run to run."""

    @property
    def id(self) -> str:
        """What names the case in its set."""

    @property
    def asked(self) -> str:
        """The words that were put; other words are another case."""

    @property
    def said(self) -> str:
        """What came back, in a few words."""

    @property
    def right(self) -> bool:
        """Whether it is fully right."""

    @property
    def step(self) -> Step | None:
        """Where it failed, None where it is right."""

    @property
    def why(self) -> str:
        """What is wrong, in Chinese; empty where it is right."""
