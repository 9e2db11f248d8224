"""`youju doctor`: looks at everything and says what is wrong and how to mend it; exit 1 where something is."""

import argparse
import json
import sys
from typing import Any

from bot.border import printable
from bot.doctor.checks import State, examine

OK, FAILED = 0, 1


def add(commands: Any) -> None:  # noqa: ANN401  # argparse keeps the type private
    """Add the command."""
    doctor = commands.add_parser(
        "doctor", help="检查安装和设置", description="逐项检查，说明哪里不对、怎样改。有一项不行，退出码就是 1。"
    )
    doctor.add_argument("--json", action="store_true", help="一行一个 JSON 对象")
    doctor.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    failed = 0
    for found in examine():
        failed += found.state is State.BAD
        if options.json:
            record = {"name": found.name, "state": found.state.value, "said": found.said, "mend": found.mend}
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        else:
            mend = f"\n    怎样改：{found.mend}" if found.mend else ""
            sys.stdout.write(printable(f"[{found.state}] {found.name}：{found.said}{mend}") + "\n")
        sys.stdout.flush()
    return FAILED if failed else OK
