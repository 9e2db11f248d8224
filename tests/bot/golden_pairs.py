"""The golden file of the pairs: results beside targets of the report that the project ships, and its disagreements.

`python -m tests.bot.golden_pairs` writes it anew; read every changed line against the report before committing.
"""

from functools import cache
from pathlib import Path

from bot.facts import FactRow, FactTable
from tests.corpus.golden_files import REPORT, shipped

GOLDEN = Path(__file__).parent / "golden" / "pairs.tsv"


@cache
def table() -> FactTable:
    """The table of the report that the project ships."""
    read = shipped()
    return FactTable(read.report, read.passages, read.facts, REPORT.with_suffix(".pairs.toml"))


def content() -> str:
    """One pair or disagreement a line: the name, then each place's subject and figure."""
    lines = ["indicator\tresults\ttargets"]
    lines += [f"{pair.indicator}\t{_said(pair.results)}\t{_said(pair.targets)}" for pair in table().pairs()]
    lines += ["# conflicts", *(f"{one.indicator}\t{_said(one.rows)}" for one in table().conflicts())]
    return "\n".join(lines) + "\n"


def _said(rows: tuple[FactRow, ...]) -> str:
    return "；".join(f"{row.passage.rpartition('/')[2]} {row.subject} {row.change or ''}{row.figure}" for row in rows)


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(content(), encoding="utf-8")
