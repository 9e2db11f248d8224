"""The golden files of the corpus: what the reader makes of the report that the project ships.

`python -m tests.corpus.golden_files` writes them anew; read every changed line against the report before committing.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from corpus.library import REPORTS, ReadReport, read_report
from corpus.types import BlockKind, Fact

GOLDEN = Path(__file__).parent / "golden"
REPORT = REPORTS / "xuhui-2024-2025.md"


@cache
def shipped() -> ReadReport:
    """The report that the project ships, read."""
    return read_report(REPORT)


def facts_table(read: ReadReport) -> str:
    """All facts of a report, one a line, each passage's text above its own as a comment."""
    texts = {passage.id: passage.text for passage in read.passages}
    lines = ["passage\tsubject\tchange\tfigure\tvalue\tunit\tqualifier\tyear\tstatus"]
    last = ""
    for fact in read.facts:
        if fact.passage != last:
            lines.append(f"# {texts[fact.passage]}")
            last = fact.passage
        lines.append("\t".join(_fact_cells(fact)))
    return "\n".join(lines) + "\n"


def _fact_cells(fact: Fact) -> Iterable[str]:
    yield fact.passage.rpartition("/")[2]
    yield fact.subject
    yield fact.change or ""
    yield fact.text
    yield f"{fact.value:.12g}"
    yield fact.unit
    yield fact.qualifier or ""
    yield str(fact.year or "")
    yield fact.status.value if fact.status else ""


def passages_table(read: ReadReport) -> str:
    """All passages of a report: kind, year, status, place and text."""
    lines = ["passage\tkind\tyear\tstatus\tspans\tplace\ttext"]
    for passage in read.passages:
        status = passage.status.value if passage.status else ""
        number = passage.id.rpartition("/")[2]
        year = str(passage.year or "")
        place = passage.location
        lines.append(
            "\t".join((number, passage.kind.value, year, status, str(len(passage.spans)), place, passage.text))
        )
    return "\n".join(lines) + "\n"


def outline(read: ReadReport) -> str:
    """The headings and captions of a report, indented by their level."""
    lines = []
    for block in read.blocks:
        if block.kind is BlockKind.HEADING:
            lines.append(f"{'  ' * (block.level - 1)}{block.level} {block.text}")
        elif block.kind is BlockKind.CAPTION:
            lines.append(f"          - {block.text}")
    return "\n".join(lines) + "\n"


def layout(read: ReadReport) -> str:
    """Every stretch of the report that is in no block, with how often it occurs, the most frequent first."""
    counts: Counter[str] = Counter()
    position = 0
    text = read.report.text
    spans = sorted(span for block in read.blocks for span in block.spans)
    for start, end in [*spans, (len(text), len(text))]:
        between = text[position:start]
        if between.strip():
            counts[between] += 1
        position = max(position, end)
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "".join(f"{count:4d}  {_shown(stretch)}\n" for stretch, count in rows)


def _shown(stretch: str) -> str:
    return stretch.replace("\n", "⏎").replace("\t", "⇥").replace(" ", "␣")


FILES: dict[str, Callable[[ReadReport], str]] = {
    "facts.tsv": facts_table,
    "passages.tsv": passages_table,
    "outline.txt": outline,
    "layout.txt": layout,
}


def write() -> None:
    """Write all golden files anew."""
    GOLDEN.mkdir(exist_ok=True)
    for name, content in FILES.items():
        (GOLDEN / name).write_text(content(shipped()), encoding="utf-8")


if __name__ == "__main__":
    write()
