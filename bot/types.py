"""The vocabulary of an answer: one object from the reader to the page, the command line and the API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from corpus.types import Span


class AnswerStatus(StrEnum):
    """What came of a question."""

    ANSWERED = "answered"
    REFUSED = "refused"
    ERROR = "error"


class Reason(StrEnum):
    """Why a question was refused (first six) or is an error (last four)."""

    MISSING_YEAR = "missing-year"
    MISSING_FIGURE = "missing-figure"
    OTHER_PLACE = "other-place"
    FALSE_PREMISE = "false-premise"
    OUT_OF_SCOPE = "out-of-scope"
    OPINION = "opinion"
    EMPTY = "empty"
    TOO_LONG = "too-long"
    BAD_LINE = "bad-line"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage's place and its exact words; `n` is its mark [n] in the answer, `lines` are 1-based."""

    n: int
    report: str
    passage: str
    section: tuple[str, ...]
    table: str | None
    row: str | None
    quote: str
    spans: tuple[Span, ...]
    lines: tuple[int, int]

    def as_json(self) -> dict[str, Any]:
        """The citation as the command line and the API give it."""
        return {
            "n": self.n,
            "report": self.report,
            "passage": self.passage,
            "section": list(self.section),
            "table": self.table,
            "row": self.row,
            "quote": self.quote,
            "spans": [list(span) for span in self.spans],
            "lines": list(self.lines),
        }


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that is needed to make an answer again and to see what has changed since.

    `before` are the earlier questions of the conversation, each with its report, `left_out` how many more there were;
    `passages` are the cited ones with their spans. `answer_sha256` is of the answer itself, `sha256` of this receipt.
    """

    program: str
    report: str
    report_sha256: str
    index_sha256: str
    writer: str
    max_question: int
    before: tuple[tuple[str, str], ...]
    left_out: int
    question: str
    understood: str
    passages: tuple[tuple[str, tuple[Span, ...]], ...]
    answer_sha256: str
    sha256: str = ""

    def as_json(self) -> dict[str, Any]:
        """The receipt as the answer carries it."""
        return {
            "program": self.program,
            "report": self.report,
            "report_sha256": self.report_sha256,
            "index_sha256": self.index_sha256,
            "writer": self.writer,
            "max_question": self.max_question,
            "before": [[question, report] for question, report in self.before],
            "left_out": self.left_out,
            "question": self.question,
            "understood": self.understood,
            "passages": [[passage, [list(span) for span in spans]] for passage, spans in self.passages],
            "answer_sha256": self.answer_sha256,
            "sha256": self.sha256,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back for one question.

    `text` is plain Chinese with marks [n]; `short` is only what was asked, in the report's words; `short` members
    that stand in `text` are shown in bold. `suggestions` are questions that can be answered. `note` tells why the
    writer is not the one that was set; `completer` is the model that completed the question, '' for the code;
    `complete` is False while sentences still come.
    """

    id: str
    question: str
    understood: str
    status: AnswerStatus
    text: str
    reason: Reason | None = None
    short: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    writer: str = "extractive"
    elapsed_ms: float = 0.0
    suggestions: tuple[str, ...] = field(default=())
    steps: Mapping[str, Any] = field(default_factory=dict)
    receipt: Receipt | None = None
    note: str = ""
    completer: str = ""
    complete: bool = True

    def as_json(self) -> dict[str, Any]:
        """The answer as the command line and the API give it."""
        return {
            "id": self.id,
            "question": self.question,
            "understood": self.understood,
            **({"completer": self.completer} if self.completer else {}),
            "status": self.status.value,
            "reason": self.reason.value if self.reason else None,
            "answer": self.text,
            "short": list(self.short),
            "citations": [citation.as_json() for citation in self.citations],
            "writer": self.writer,
            **({"note": self.note} if self.note else {}),
            "elapsed_ms": round(self.elapsed_ms, 2),
            "receipt": self.receipt.as_json() if self.receipt else None,
        }


class Verdict(StrEnum):
    """What the report says to a figure of a draft."""

    SUPPORTED = "supported"  # 一致
    CONTRADICTED = "contradicted"  # 不一致
    ABSENT = "absent"  # 未提及


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of a draft held against the report; `span` is `[start, end)` in the draft's own characters.

    `correct` is what the report says instead, in its words (contradicted only); `why` says in Chinese what is wrong.
    """

    figure: str
    span: tuple[int, int]
    verdict: Verdict
    correct: str | None = None
    citations: tuple[Citation, ...] = ()
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        """The finding as the command line and the API give it."""
        return {
            "figure": self.figure,
            "span": list(self.span),
            "verdict": self.verdict.value,
            "correct": self.correct,
            "why": self.why,
            "citations": [citation.as_json() for citation in self.citations],
        }
