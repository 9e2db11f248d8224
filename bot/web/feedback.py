"""What readers say of answers, kept in a local SQLite database: no address, no name.

Usage:
    python -m bot.web.feedback [FILE]    the kept feedback as JSON lines
"""

import json
import sqlite3
import sys
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.types import Answer

FILE_NAME = "feedback.sqlite3"

_REMEMBERED = 2_000  # answers that feedback can still be given on
_SCHEMA = """
create table if not exists feedback (
    answer text primary key,
    at text not null,
    useful integer not null,
    reason text,
    comment text,
    report_sha256 text not null,
    given text not null
) strict
"""


class Feedback(BaseModel):
    """What a reader sends about one answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer: str = Field(pattern=r"^[0-9a-f]{32}$")
    useful: bool
    reason: Literal["数字不对", "出处不对", "答非所问", "没有答全", "其他"] | None = None
    comment: str = Field(default="", max_length=1_000)


class RecentAnswers:
    """The last answers given, by id: feedback is kept with the answer itself, not with what a browser says of it."""

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._most = most
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def add(self, answer: Answer) -> None:
        """Remember `answer`, forgetting the oldest."""
        with self._lock:
            self._answers[answer.id] = answer
            if len(self._answers) > self._most:
                self._answers.popitem(last=False)

    def get(self, number: str) -> Answer | None:
        """The answer of that id, if it is still remembered."""
        with self._lock:
            return self._answers.get(number)


class FeedbackStore:
    """The database at `path`; made when the first feedback comes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, feedback: Feedback, answer: Answer, report_sha256: str) -> None:
        """Keep `feedback` on `answer`; a second one on the same answer takes the first one's place."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as database, database:
            database.execute(_SCHEMA)
            database.execute(
                "insert or replace into feedback values (?, ?, ?, ?, ?, ?, ?)",
                (
                    answer.id,
                    datetime.now(UTC).isoformat(timespec="seconds"),
                    feedback.useful,
                    feedback.reason,
                    feedback.comment.strip() or None,
                    report_sha256,
                    json.dumps(answer.as_json(), ensure_ascii=False),
                ),
            )

    def rows(self) -> Iterator[dict[str, Any]]:
        """All that was kept, oldest first."""
        if not self.path.exists():
            return
        with closing(self._connect()) as database:
            database.row_factory = sqlite3.Row
            for row in database.execute("select * from feedback order by at, answer"):
                yield {**dict(row), "useful": bool(row["useful"]), "given": json.loads(row["given"])}

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=5)
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = full")
        return database


def main(arguments: Sequence[str]) -> int:
    """Write the feedback in the database named, or in the settings' data folder, as JSON lines."""
    from bot.settings import Settings

    path = Path(arguments[0]) if arguments else Settings.load().data_dir / FILE_NAME
    for row in FeedbackStore(path).rows():
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
