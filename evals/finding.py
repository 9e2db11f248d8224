"""What the index finds for a question, where the answer itself does not list it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.types import Answer
from evals.runner import Asks

if TYPE_CHECKING:
    from bot.settings import Settings

Search = Callable[[str], Sequence[str]]

DEPTH = 20  # passages listed: enough for every metric and for the step


@dataclass(frozen=True, slots=True)
class WithFound:
    """An assistant whose answers list what the index finds for the question as understood."""

    assistant: Asks
    search: Search

    def ask(self, question: str, conversation: Any | None = None, *, id: str = "") -> Answer:  # noqa: ANN401
        """The assistant's answer; a list of its own is left as it is."""
        answer = self.assistant.ask(question, conversation, id=id)
        if "found" in answer.steps:
            return answer
        return replace(answer, steps={**answer.steps, "found": self.search(answer.understood or question)})


def index_search(settings: "Settings") -> Search:
    """The search of the index that the settings name."""
    from index.embedding import load_embedder
    from index.store import load

    searcher = load(settings.index_folder).searcher(load_embedder(settings.embedding))

    def search(query: str) -> list[str]:
        return [hit.passage.id for hit in searcher.search(query, DEPTH, settings.report)]

    return search
