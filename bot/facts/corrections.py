"""The readable file beside a report that corrects the pairs made by code: what belongs together, what does not."""

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.facts.types import FactRow
from corpus.errors import ReportProblem

Words = Annotated[str, Field(min_length=1)]


class Correction(BaseModel):
    """One line of the file: the subjects of a result and a target, as the table of facts gives them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    result: Words
    target: Words
    name: str = ""


class Corrections(BaseModel):
    """What the file says: `join` are pairs that the code misses, `separate` those that it must not make."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    join: tuple[Correction, ...] = ()
    separate: tuple[Correction, ...] = ()

    @classmethod
    def load(cls, path: Path | None, rows: Iterable[FactRow]) -> Self:
        """The file's corrections, none where there is no file.

        Raises:
            ReportProblem: it cannot be read, or speaks of a subject that is none of `rows`.
        """
        if path is None or not path.exists():
            return cls()
        try:
            made = cls.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
            raise ReportProblem(
                f"配对文件 {path.name} 读不懂：每条要有 result 和 target 两项，写指标的原词。"
            ) from error
        known = {row.subject for row in rows}
        said = [words for one in (*made.join, *made.separate) for words in (one.result, one.target)]
        strange = [words for words in said if words not in known]
        if strange:
            raise ReportProblem(f"配对文件 {path.name} 里的“{strange[0]}”不是报告的指标，请照 youju facts 列出的写。")
        return made

    def joins(self, result: FactRow, target: FactRow) -> bool:
        """Whether the file says that both are one indicator."""
        return any(_fits(one, result, target) for one in self.join)

    def separates(self, result: FactRow, target: FactRow) -> bool:
        """Whether the file says that they are not."""
        return any(_fits(one, result, target) for one in self.separate)

    def name(self, results: Sequence[FactRow], targets: Sequence[FactRow]) -> str:
        """The name that the file gives to what these rows have in common; '' where it gives none."""
        fitting = (one for one in self.join for a in results for b in targets if _fits(one, a, b))
        return next((one.name for one in fitting if one.name), "")


def _fits(one: Correction, result: FactRow, target: FactRow) -> bool:
    return one.result == result.subject and one.target == target.subject
