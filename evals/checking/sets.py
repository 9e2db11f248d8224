"""Drafts as typed data: what staff write, with a gold verdict for every figure; one JSON object a line."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import model_validator

from bot.types import Verdict
from evals.jsonl import Border, Text, load_lines, refuse_repeated

DRAFTS = Path(__file__).parents[1] / "drafts"
PREFIX = "drafts-"  # before a file's name: question sets and draft sets have names of their own


class Genre(StrEnum):
    """What kind of writing a draft is."""

    SPEECH = "speech"
    PRESS = "press"
    REPLY = "reply"
    BULLETIN = "bulletin"
    WECHAT = "wechat"


class Way(StrEnum):
    """What a figure of a draft puts to the test: whether the checker sees through it, rightly or wrongly used."""

    SAME = "same"
    FORMAT = "format"
    UNIT = "unit"
    ROUNDING = "rounding"
    QUALIFIER = "qualifier"
    NUMERALS = "numerals"
    RANGE = "range"
    RANK = "rank"
    DATE = "date"
    VALUE = "value"
    YEAR = "year"
    INDICATOR = "indicator"
    CHANGE = "change"
    POINT = "point"
    NO_FIGURE = "no-figure"
    OTHER_YEAR = "other-year"
    OTHER_PLACE = "other-place"
    INVENTED = "invented"


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure of a draft with its gold.

    `span` is `[start, end)` in the draft's text; `correct` are the acceptable forms of what the report says instead
    (contradicted only), `evidence` the report's words that decide (none where the report says nothing).
    """

    figure: str
    span: tuple[int, int]
    verdict: Verdict
    way: Way
    correct: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft; `names` are its words with a number that is no figure (「12345热线」)."""

    id: str
    genre: Genre
    text: str
    names: tuple[str, ...]
    stated: tuple[Stated, ...]


class _FigureLine(Border):
    figure: Text
    occurrence: int
    verdict: Verdict
    way: Way
    correct: tuple[Text, ...]
    evidence: tuple[Text, ...]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if (self.verdict is Verdict.CONTRADICTED) is not bool(self.correct):
            raise ValueError("correct 写报告的说法：不一致（contradicted）的必须有，其他的须为 []")
        if (self.verdict is Verdict.ABSENT) is bool(self.evidence):
            raise ValueError("evidence 写原文依据：未提及（absent）的须为 []，其他的必须有")
        return self


class _DraftLine(Border):
    id: Text
    genre: Genre
    text: Text
    names: tuple[Text, ...]
    figures: tuple[_FigureLine, ...]

    @model_validator(mode="after")
    def _holds_its_figures(self) -> Self:
        if not self.figures:
            raise ValueError("figures 不能为空")
        ends = [0]
        for start, end in map(self._span, self.figures):
            if start < ends[-1]:
                raise ValueError("figures 须按在稿件中的先后排列，不能重叠")
            ends.append(end)
        return self

    def _span(self, line: _FigureLine) -> tuple[int, int]:
        start = -1
        for _ in range(line.occurrence):
            start = self.text.find(line.figure, start + 1)
            if start < 0:
                raise ValueError(f"稿件里没有第 {line.occurrence} 处「{line.figure}」")
        if start < 0:
            raise ValueError("occurrence 从 1 数起")
        return start, start + len(line.figure)

    def as_draft(self) -> Draft:
        """The line as the evaluation speaks of it."""
        stated = tuple(
            Stated(line.figure, self._span(line), line.verdict, line.way, line.correct, line.evidence)
            for line in self.figures
        )
        return Draft(self.id, self.genre, self.text, self.names, stated)


def find_draft_sets(folder: Path = DRAFTS) -> dict[str, Path]:
    """The draft sets in `folder` by name: `drafts-` and the file's name without its suffix."""
    return {PREFIX + path.stem: path for path in sorted(folder.glob("*.jsonl"))}


def load_drafts(path: Path) -> tuple[Draft, ...]:
    """The drafts of the set at `path`, in its order. Raises `EvalProblem` naming the line at fault."""
    found = tuple(line.as_draft() for line in load_lines(path, _DraftLine, "稿件集"))
    refuse_repeated(path, [draft.id for draft in found], "稿件集")
    return found
