"""`youju feedback backup` and `restore`: a whole copy of the feedback while the server runs, and its return."""

import argparse
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from bot.errors import UsageProblem

_COUNT = "select count(*) from feedback"


def backup(database: Path, copy: Path) -> int:
    """Copy the feedback, as it is at one moment, to a file; gives how many there are.

    Raises:
        UsageProblem: there is no feedback, or it is damaged.
    """
    if not database.exists():
        raise UsageProblem(f"还没有评价可以备份：{database} 不存在。")
    _count(database)
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(database, timeout=30)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
        target.execute("pragma journal_mode = delete")
    number = _count(unfinished)
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    os.replace(unfinished, copy)
    return number


def restore(copy: Path, database: Path) -> int:
    """Put a copy in the place of the feedback, which is kept beside it as `.before`; gives how many there are.

    It is written within the database by one transaction: a server that runs sees the old feedback or the new.

    Raises:
        UsageProblem: the copy is none, or it is damaged.
    """
    number = _count(copy)
    database.parent.mkdir(parents=True, exist_ok=True)
    if database.exists():
        _keep(database)
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(database, timeout=30)) as target:
        source.backup(target)
    return number


def _keep(database: Path) -> None:
    """What stands there now, beside it; a damaged database is moved away whole."""
    kept = database.with_name(f"{database.name}.before")
    try:
        backup(database, kept)
    except UsageProblem:
        os.replace(database, kept)
        for suffix in ("-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)


def _count(database: Path) -> int:
    if not database.is_file():
        raise UsageProblem(f"找不到 {database}。")
    try:
        with closing(sqlite3.connect(database, timeout=30)) as opened:
            if opened.execute("pragma integrity_check").fetchone() != ("ok",):
                raise sqlite3.DatabaseError
            return int(opened.execute(_COUNT).fetchone()[0])
    except sqlite3.Error as error:
        raise UsageProblem(f"{database} 不是评价数据库，或者已经损坏。") from error


def parser_of(task: str) -> argparse.ArgumentParser:
    """The arguments of `youju feedback backup` or `restore`."""
    parser = argparse.ArgumentParser(prog=f"youju feedback {task}")
    parser.description = "备份读者的评价，不用停下服务。" if task == "backup" else "用备份恢复读者的评价。"
    parser.add_argument("copy", type=Path, metavar="备份", help="备份文件")
    parser.add_argument("database", nargs="?", type=Path, metavar="数据库", help="默认是数据文件夹里的那个")
    return parser


def run(task: str, arguments: Sequence[str], default: Path) -> str:
    """Back up or restore, and say what was done."""
    options = parser_of(task).parse_args(arguments)
    database = options.database or default
    if task == "backup":
        return f"已备份 {backup(database, options.copy)} 条评价到 {options.copy}。\n"
    kept = f"，原来的在 {database}.before" if database.exists() else ""
    return f"已恢复 {restore(options.copy, database)} 条评价到 {database}{kept}。\n"
