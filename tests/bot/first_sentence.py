"""How long after a model has sent its first sentence it is given: `python -m tests.bot.first_sentence`."""

import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

from bot.assistant import Assistant
from bot.indexing import ensure_index
from bot.settings import Settings
from tests.bot.chat_server import Reply, serving

QUESTION = "2024年徐汇区地区生产总值是多少？"
SENTENCE = "2024年徐汇区地区生产总值完成3931.2亿元，增长4.8%[1]。"
TIMES = 30


class Sent(Sequence[str]):
    """The pieces of a reply; notes when the last of the first sentence is sent."""

    def __init__(self) -> None:
        self.at = 0.0
        self._pieces = (*(SENTENCE[i : i + 4] for i in range(0, len(SENTENCE), 4)), "另外")

    def __len__(self) -> int:
        return len(self._pieces)

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401  # as sequences do
        return self._pieces[place]

    def __iter__(self) -> Iterator[str]:
        """Each piece; the last waits, as a model does between sentences."""
        *first, last = self._pieces
        for piece in first:
            self.at = time.perf_counter()
            yield piece
        time.sleep(0.3)
        yield last


def main() -> int:
    """Print the median and the longest delay in milliseconds."""
    ensure_index(Settings.load(), lambda _: None)
    delays = []
    sent = Sent()
    with serving(lambda _: Reply(sent)) as server:
        assistant = Assistant.open(Settings.load(writer="openai:scripted", writer_base_url=server.address))
        for _ in range(TIMES):
            for answer in assistant.stream(QUESTION):
                if not answer.complete:
                    delays.append((time.perf_counter() - sent.at) * 1000)
                    break
    delays.sort()
    sys.stdout.write(
        f"{len(delays)} 次：第一句写完后中位数 {delays[len(delays) // 2]:.1f} 毫秒给出，最长 {delays[-1]:.1f} 毫秒\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
