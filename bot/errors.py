"""What can go wrong on the way from a question to an answer; every message is Chinese and says what to do.

BotError
├── QuestionRejected   the question cannot be taken in; `reason` says why
├── UnknownReport      no report has the name asked for
├── UnknownPassage     no passage has the id asked for
├── UnknownSession     no conversation goes by that name, or no longer
├── DraftProblem       a draft cannot be read, is empty or too long
└── SettingsProblem    a setting is unknown or has a value that cannot be used
"""

import errno
from collections.abc import Iterable

from bot.types import Reason

_SYSTEM = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "不存在",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘是只读的",
    errno.EDQUOT: "存满了配额",
    errno.EFBIG: "文件超过了允许的大小",
    errno.EMFILE: "打开的文件太多",
    errno.EIO: "磁盘出错",
    errno.EADDRINUSE: "端口已被占用",
}


class BotError(Exception):
    """Something that a user can put right; the message says how."""


class QuestionRejected(BotError):
    """The question cannot be taken in."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


class UnknownReport(BotError):
    """No report has the name asked for."""

    @classmethod
    def among(cls, name: str, known: Iterable[str]) -> "UnknownReport":
        """The error that says which reports there are."""
        return cls(f"没有名为 {name} 的报告，现有：{'、'.join(known)}。")


class UnknownPassage(BotError):
    """No passage has the id asked for."""


class UnknownSession(BotError):
    """No conversation goes by that name, or no longer."""


class DraftProblem(BotError):
    """A draft cannot be read, is empty or too long."""


class UsageProblem(BotError):
    """The arguments of a command are wrong, or do not go together."""


class SettingsProblem(BotError):
    """A setting is unknown or has a value that cannot be used."""


def in_chinese(error: OSError) -> str:
    """What the system says went wrong; in its own words where we have none."""
    return _SYSTEM.get(error.errno or 0) or error.strerror or type(error).__name__
