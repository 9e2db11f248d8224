"""`youju eval --writer NAME`: the same questions written by the extractive writer and by another, side by side."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.types import Answer, AnswerStatus
from bot.writing import EXTRACTIVE
from evals.compare import as_table, measure_system, open_system
from evals.document import Piece, Table
from evals.runner import Asks
from evals.types import Question


@dataclass
class Counted:
    """An assistant of whose answers it is counted who wrote them, and why it was not the writer that is set."""

    assistant: Asks
    writers: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    def ask(self, question: str, conversation: Any | None = None, *, id: str = "") -> Answer:  # noqa: ANN401
        """The assistant's answer, counted if it is one."""
        answer = self.assistant.ask(question, conversation, id=id)
        if answer.status is AnswerStatus.ANSWERED:
            self.writers[answer.writer] += 1
            self.notes[answer.note] += bool(answer.note)
        return answer


def side_by_side(
    sets: Mapping[str, Sequence[Question]], writer: str, new_conversation: Callable[[], object], scratch: Path
) -> list[Piece]:
    """For each set the figures of both writers; then who wrote the answers, and what kept the other from it."""
    systems = [open_system(f"writer={name}", scratch) for name in dict.fromkeys((EXTRACTIVE, writer))]
    counted = [Counted(system.assistant) for system in systems]
    watched = [replace(system, assistant=one) for system, one in zip(systems, counted, strict=True)]
    pieces: list[Piece] = []
    for name, questions in sets.items():
        pieces.append(as_table(name, [measure_system(system, questions, new_conversation) for system in watched]))
    return [*pieces, _written(counted[-1])]


def _written(counted: Counted) -> Piece:
    total = counted.writers.total()
    rows = [(name, str(count), f"{count / total:.1%}") for name, count in counted.writers.most_common()]
    rows += [(note, str(count), f"{count / total:.1%}") for note, count in counted.notes.most_common() if count]
    return Table("由谁写成", ("", "回答", "占比"), tuple(rows))
