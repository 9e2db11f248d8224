"""What readers say of answers, kept in a local SQLite database: no address, no name.

`youju feedback [FILE] [--csv]` (or `python -m bot.web.feedback`) gives what was kept; `backup` and `restore` copy it.
"""

import argparse
import csv
import errno
import json
import os
import sqlite3
import sys
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Literal, TextIO

from pydantic import BaseModel, ConfigDict, Field

from bot.facts.export import harmless
from bot.privacy import mask
from bot.types import Answer

FILE_NAME = "feedback.sqlite3"

LARGEST = 1 << 30  # bytes of the database: whoever gives feedback without end must not fill the disk
_REMEMBERED = 2_000  # answers that feedback can still be given on
_SCHEMA = """
create table if not exists feedback (
    answer text primary key,
    at text not null,
    useful integer not null,
    reason text,
    comment text,
    report_sha256 text not null,
    index_version text,
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

    def add(self, feedback: Feedback, answer: Answer, report_sha256: str, index_version: str) -> None:
        """Keep `feedback` on `answer`; a second one on the same answer takes the first one's place.

        Raises:
            OSError: there is no room for it, or there is as much of it as may be.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # What readers say is nobody's on this machine but the program's; SQLite's own files follow this one.
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        if self.path.stat().st_size > LARGEST:
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT), str(self.path))
        with closing(self._connect()) as database, database:
            _prepare(database)
            database.execute(
                "insert or replace into feedback"
                " (answer, at, useful, reason, comment, report_sha256, index_version, given)"
                " values (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    answer.id,
                    datetime.now(UTC).isoformat(timespec="seconds"),
                    feedback.useful,
                    feedback.reason,
                    mask(feedback.comment.strip()).text or None,
                    report_sha256,
                    index_version,
                    json.dumps(_without_persons(answer), ensure_ascii=False),
                ),
            )

    def rows(self) -> Iterator[dict[str, Any]]:
        """All that was kept, oldest first."""
        if not self.path.exists():
            return
        with closing(self._connect()) as database:
            database.row_factory = sqlite3.Row
            _prepare(database)
            for row in database.execute("select * from feedback order by rowid"):
                yield {**dict(row), "useful": bool(row["useful"]), "given": json.loads(row["given"])}

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=5)
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = full")
        return database


def _without_persons(answer: Answer) -> dict[str, Any]:
    """The answer as it is kept: what the reader wrote in it is masked, the report's words stay as they are."""
    record = answer.as_json()
    receipt = record["receipt"] or {"before": []}
    receipt["before"] = [[mask(question).text, report] for question, report in receipt["before"]]
    for written in (record, receipt):
        for name in {"question", "understood", "answer"} & written.keys():
            written[name] = mask(written[name]).text
    return record


def _prepare(database: sqlite3.Connection) -> None:
    """Makes the table, or adds the column that a table of an earlier version lacks."""
    database.execute(_SCHEMA)
    columns = {row[1] for row in database.execute("pragma table_info(feedback)")}
    if "index_version" not in columns:
        database.execute("alter table feedback add column index_version text")


def write_csv(rows: Iterable[dict[str, Any]], out: TextIO) -> None:
    """The feedback as a table that a spreadsheet opens."""
    table = csv.writer(out)
    table.writerow(("时间", "评价", "原因", "说明", "问题", "回答", "引文", "索引版本"))
    for row in rows:
        given = row["given"]
        quotes = "\n".join(f"[{one['n']}] {one['quote']}" for one in given["citations"])
        opinion = "有用" if row["useful"] else "没用"
        cells = (row["at"], opinion, row["reason"], row["comment"], given["question"], given["answer"], quotes)
        table.writerow([harmless(cell or "") for cell in (*cells, row["index_version"])])


def make_parser() -> argparse.ArgumentParser:
    """The arguments of `youju feedback`."""
    parser = argparse.ArgumentParser(prog="youju feedback", description="导出读者对回答的评价，一行一条 JSON。")
    parser.epilog = "youju feedback backup 和 youju feedback restore 备份和恢复评价。"
    parser.add_argument("file", nargs="?", type=Path, metavar="文件", help="数据库，默认是数据文件夹里的那个")
    parser.add_argument("--csv", action="store_true", help="导出为表格（CSV）")
    return parser


def main(arguments: Sequence[str]) -> int:
    """Write the feedback kept in the settings' data folder, or in the file named."""
    from bot.settings import Settings

    if arguments and arguments[0] in ("backup", "restore"):
        from bot.web.feedback_copies import run

        sys.stdout.write(run(arguments[0], arguments[1:], Settings.load().data_dir / FILE_NAME))
        return 0
    options = make_parser().parse_args(arguments)
    rows = FeedbackStore(options.file or Settings.load().data_dir / FILE_NAME).rows()
    if options.csv:
        write_csv(rows, sys.stdout)
        return 0
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
