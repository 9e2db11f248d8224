"""Reports, passages and facts as lines of JSON, and back; another layout raises KeyError, TypeError or ValueError."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from corpus.types import BlockKind, Cell, Fact, Passage, Report, Span, Status

Record = Mapping[str, Any]
T = TypeVar("T")


def to_lines(records: Iterable[Record]) -> bytes:
    """The records as UTF-8, one a line."""
    return "".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) + "\n" for r in records).encode()


def from_lines(file: Path, read: Callable[[Record], T]) -> tuple[T, ...]:
    """What the lines of a file hold."""
    with file.open(encoding="utf-8", newline="\n") as lines:
        return tuple(read(json.loads(line)) for line in lines)


def report_record(report: Report) -> Record:
    """The record of a report, its text included."""
    return {
        "name": report.name,
        "title": report.title,
        "place": report.place,
        "date": report.date.isoformat() if report.date else None,
        "year": report.year,
        "planned": report.planned,
        "sha256": report.sha256,
        "text": report.text,
    }


def report_of(record: Record) -> Report:
    """The report of a record."""
    return Report(**{**record, "date": date.fromisoformat(record["date"]) if record["date"] else None})


def passage_record(passage: Passage) -> Record:
    """The record of a passage."""
    return {
        "id": passage.id,
        "report": passage.report,
        "ordinal": passage.ordinal,
        "kind": passage.kind.value,
        "text": passage.text,
        "spans": passage.spans,
        "section": passage.section,
        "table": passage.table,
        "row": passage.row,
        "cells": [{"header": cell.header, "text": cell.text, "spans": cell.spans} for cell in passage.cells],
        "year": passage.year,
        "status": passage.status.value if passage.status else None,
    }


def passage_of(record: Record) -> Passage:
    """The passage of a record."""
    cells = tuple(Cell(cell["header"], cell["text"], _spans(cell["spans"])) for cell in record["cells"])
    typed = {
        "kind": BlockKind(record["kind"]),
        "spans": _spans(record["spans"]),
        "section": tuple(record["section"]),
        "cells": cells,
        "status": Status(record["status"]) if record["status"] else None,
    }
    return Passage(**{**record, **typed})


def fact_record(fact: Fact) -> Record:
    """The record of a fact."""
    return {
        "passage": fact.passage,
        "subject": fact.subject,
        "text": fact.text,
        "value": fact.value,
        "unit": fact.unit,
        "qualifier": fact.qualifier,
        "year": fact.year,
        "status": fact.status.value if fact.status else None,
        "change": fact.change,
        "local": fact.local,
        "spans": fact.spans,
    }


def fact_of(record: Record) -> Fact:
    """The fact of a record."""
    start, end = record["local"]
    typed = {
        "status": Status(record["status"]) if record["status"] else None,
        "local": (int(start), int(end)),
        "spans": _spans(record["spans"]),
    }
    return Fact(**{**record, **typed})


def _spans(pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(int(start), int(end)) for start, end in pairs)
