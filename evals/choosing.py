"""Which sets a name means: question sets and draft sets, by name, by a part of it, by file, or all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.checking.sets import DRAFTS, find_draft_sets
from evals.errors import EvalProblem
from evals.questions import SETS, find_sets


@dataclass(frozen=True, slots=True)
class Chosen:
    """The files of the chosen sets by name."""

    questions: Mapping[str, Path]
    drafts: Mapping[str, Path]


def choose_sets(name: str, questions: Path = SETS, drafts: Path = DRAFTS) -> Chosen:
    """The sets that `name` means: a set's name, a part of it between hyphens (`dev`, `drafts`), a file, or `all`."""
    file = Path(name)
    if file.is_file():
        sets = {file.stem: file}
        return Chosen({}, sets) if _holds_drafts(file) else Chosen(sets, {})
    asked, drafted = find_sets(questions), find_draft_sets(drafts)
    chosen = Chosen(_named(name, asked), _named(name, drafted))
    if not (chosen.questions or chosen.drafts):
        raise EvalProblem(f"没有名为 {name} 的问题集。现有：{'、'.join((*asked, *drafted)) or '无'}。")
    return chosen


def choose_questions(name: str) -> Mapping[str, Path]:
    """The question sets that `name` means. Raises `EvalProblem` where it means drafts alone."""
    chosen = choose_sets(name).questions
    if not chosen:
        raise EvalProblem(f"{name} 是稿件集，这里要的是问题集。")
    return chosen


def _named(name: str, sets: Mapping[str, Path]) -> dict[str, Path]:
    return {stem: path for stem, path in sets.items() if name in ("all", stem, *stem.split("-"))}


def _holds_drafts(file: Path) -> bool:
    """Whether the first line of the file is a draft; a file that cannot be read is left to the loader's complaint."""
    try:
        first = json.loads(file.read_text(encoding="utf-8").lstrip().partition("\n")[0])
    except (OSError, ValueError):
        return False
    return isinstance(first, dict) and "figures" in first
