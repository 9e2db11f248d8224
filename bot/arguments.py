"""Parsers of command lines that speak Chinese."""

import argparse
import re
from typing import Any, NoReturn

from bot.errors import UsageProblem

# argparse says these in English; the first pattern that matches decides.
_COMPLAINTS = (
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (\S+): expected (?:one|at least one) argument", r"\1 后面缺少内容"),
    (r"argument (\S+): ignored explicit argument (.+)", r"\1 后面不能带内容：\2"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 与 \2 不能同时使用"),
    (r"argument \S+: invalid choice: '?([^']*?)'? \(choose from (.+)\)", r"没有“\1”，可用的有：\2"),
    (r"argument (\S+): invalid \w+ value: (.+)", r"\1 的内容不对：\2"),
    (r"the following arguments are required: (.+)", r"缺少：\1"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with Chinese headings."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401
        """Say 用法 where argparse says usage."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese, knows --help and --debug, and raises where argparse would leave the program."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # argparse's own options
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Formatter, **options)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")
        self.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help="出错时显示详细的调用过程")

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the arguments, in Chinese."""
        for pattern, chinese in _COMPLAINTS:
            if match := re.fullmatch(pattern, message):
                message = match.expand(chinese)
                break
        raise UsageProblem(f"{message}。用 {self.prog} --help 查看用法。")
