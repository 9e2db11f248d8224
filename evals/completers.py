"""`youju eval --completer NAME`: the same conversations with the code alone and with a model, side by side."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.types import Answer
from bot.writing.opening import CODE
from evals.compare import as_table, measure_system, open_system
from evals.document import Piece, Table
from evals.errors import EvalProblem
from evals.judge import judge
from evals.runner import Asks
from evals.sources import Sources
from evals.types import Question


@dataclass
class Judged:
    """An assistant whose every answer is judged as it comes; `by_model` are the ids that a model completed."""

    assistant: Asks
    sources: Sources
    gold: Mapping[str, Question]
    right: dict[str, bool] = field(default_factory=dict)
    understood: dict[str, str] = field(default_factory=dict)
    by_model: list[str] = field(default_factory=list)

    def ask(self, question: str, conversation: Any | None = None, *, id: str = "") -> Answer:  # noqa: ANN401
        """The assistant's answer, judged if it is to a question of the set."""
        answer = self.assistant.ask(question, conversation, id=id)
        if id in self.gold:
            self.right[id] = judge(self.gold[id], answer, self.sources).right
            self.understood[id] = answer.understood
            self.by_model += [id] if answer.completer else []
        return answer


def side_by_side(
    sets: Mapping[str, Sequence[Question]], completer: str, new_conversation: Callable[[], object], scratch: Path
) -> list[Piece]:
    """For each set with conversations the figures of both; then what the model completed, and what came of it.

    Raises:
        EvalProblem: none of the questions stands in a conversation.
    """
    talks = {name: [one for one in questions if one.session] for name, questions in sets.items()}
    if not any(talks.values()):
        raise EvalProblem("这些问题里没有对话。")
    gold = {one.id: one for questions in talks.values() for one in questions}
    shown = {one.id for name, questions in talks.items() if "test" not in name for one in questions}
    systems = [open_system(f"completer={name}", scratch) for name in dict.fromkeys((CODE, completer))]
    judged = [Judged(system.assistant, system.sources, gold) for system in systems]
    watched = [replace(system, assistant=one) for system, one in zip(systems, judged, strict=True)]
    pieces: list[Piece] = []
    for name, questions in talks.items():
        if questions:
            pieces.append(as_table(name, [measure_system(system, questions, new_conversation) for system in watched]))
    return [*pieces, _changed(judged[0], judged[-1], gold, shown)]


def _changed(code: Judged, model: Judged, gold: Mapping[str, Question], shown: Collection[str]) -> Piece:
    """Each follow-up that the model completed, how, and whether its answer became right or wrong by it.

    Of those not in `shown`, the questions of test sets, only the number is told.
    """
    became = {(False, True): "变对", (True, False): "变错", (True, True): "都对", (False, False): "都错"}
    outcome = {id: became[code.right[id], model.right[id]] for id in model.by_model}
    rows = [
        (id, gold[id].question, code.understood[id], model.understood[id], said)
        for id, said in outcome.items()
        if id in shown
    ]
    better, worse = (list(outcome.values()).count(said) for said in ("变对", "变错"))
    others = [id for id in gold if id not in model.by_model and code.right[id] != model.right[id]]
    heading = f"模型补全 {len(outcome)} 问：变对 {better}，变错 {worse}；其后的追问因此变了 {len(others)}"
    return Table(heading, ("编号", "追问", "程序补全", "模型补全", "结果"), tuple(rows))
