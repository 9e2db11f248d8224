"""How long answers take: kept apart from the report, which is the same for every run of the same code."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter_ns
from typing import Any

from bot.types import Answer
from evals.runner import Asks


@dataclass
class Timed:
    """An assistant whose every answer is timed."""

    assistant: Asks
    taken: list[int] = field(default_factory=list)

    def ask(self, question: str, conversation: Any | None = None, *, id: str = "") -> Answer:  # noqa: ANN401
        """The assistant's answer; its time in nanoseconds is kept."""
        started = perf_counter_ns()
        answer = self.assistant.ask(question, conversation, id=id)
        self.taken.append(perf_counter_ns() - started)
        return answer


def told(taken: Sequence[int]) -> str:
    """The median and the 99th percentile of the times, in Chinese."""
    if not taken:
        return "—"
    return f"中位数 {percentile(taken, 0.5):.2f} 毫秒，99% 在 {percentile(taken, 0.99):.2f} 毫秒内"


def percentile(taken: Sequence[int], share: float) -> float:
    """The time in milliseconds within which `share` of the answers came: the smallest one that is enough."""
    ordered = sorted(taken)
    place = max(0, -(-len(ordered) * round(share * 1000) // 1000) - 1)
    return ordered[place] / 1e6
