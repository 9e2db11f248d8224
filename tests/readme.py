"""Writes the README's generated parts again: `python -m tests.readme`.

They are the table of settings, the table of question sets, and what the program says in each ```console block, whose
commands and typed questions stay as they stand.
"""

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bot import cli
from bot.settings import markdown_table
from evals.questions import find_sets, load_questions

README = Path(__file__).resolve().parents[1] / "README.md"
PROMPT = "问> "  # what stands before a typed question
TIME = re.compile(r'(?<="elapsed_ms": )[\d.]+')  # another one each time
RECEIPT = re.compile(r'"receipt": \{.*\}(?=\}$)', flags=re.MULTILINE)  # hashes, which change with every line of code


class Typed(io.TextIOBase):
    """A terminal at which the given lines are typed: it echoes them."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = iter(lines)

    def isatty(self) -> bool:
        """Always."""
        return True

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # as typeshed's own text streams
        """The next line, echoed; nothing at the end."""
        del size
        line = next(self._lines, None)
        if line is None:
            return ""
        sys.stdout.write(f"{line}\n")
        return f"{line}\n"


def made(text: str) -> str:
    """The README's text with every generated part made anew."""
    return with_sessions(with_sets(with_settings(text)))


def with_settings(text: str) -> str:
    """The text with the table of settings made anew."""
    return _between(text, "settings", markdown_table)


def with_sets(text: str) -> str:
    """The text with the table of question sets made anew."""
    return _between(text, "sets", sets_table)


def with_sessions(text: str) -> str:
    """The text with what the program says in its console blocks made anew."""
    return re.sub(
        r"(?<=^```console\n).*?(?=^```$)", lambda block: "".join(played(block[0])), text, flags=re.DOTALL | re.MULTILINE
    )


def sets_table() -> str:
    """The question sets, what each is for and how many questions it holds."""
    rows = ["| 问题集 | 用途 | 问题 | 其中应当拒答 | 对话 |", "| --- | --- | --- | --- | --- |"]
    for stem, path in sorted(find_sets().items()):
        questions = load_questions(path)
        use = "测试" if "test" in stem.split("-") else "开发"
        refused = sum(not one.answerable for one in questions)
        talks = len({one.session for one in questions if one.session})
        rows.append(f"| `evals/questions/{path.name}` | {use} | {len(questions)} | {refused} | {talks} |")
    return "\n".join(rows)


def played(block: str) -> Iterator[str]:
    """A console block as the program makes it: `cat` gives a file, `youju` runs."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for command, shown in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, flags=re.MULTILINE):
            program, *arguments = shlex.split(command)
            yield f"$ {command}\n"
            if program == "cat":
                Path(arguments[0]).write_text(shown, encoding="utf-8")
                yield shown
            elif program == "youju":
                typed = [line.removeprefix(PROMPT) for line in shown.splitlines() if line.startswith(PROMPT)]
                yield run(arguments, typed)
            else:
                raise ValueError(f"no console block may run {program}")


def run(arguments: list[str], typed: list[str]) -> str:
    """What `youju` prints, with the lines typed at a terminal where it asks for them."""
    kept = io.BytesIO()
    printed = io.TextIOWrapper(kept, encoding="utf-8", newline="\n", write_through=True)
    stdin = sys.stdin
    if typed:
        sys.stdin = Typed(typed)
    try:
        with contextlib.redirect_stdout(printed):
            code = cli.main(arguments)
    finally:
        sys.stdin = stdin
    if code not in (cli.OK, cli.FAILED):  # a draft with a wrong figure fails, and is shown
        raise ValueError(f"youju {shlex.join(arguments)} ended with {code}")
    return TIME.sub("…", RECEIPT.sub('"receipt": {…}', kept.getvalue().decode("utf-8")))


def _between(text: str, name: str, make: Callable[[], str]) -> str:
    pattern = rf"(?<=<!-- {name} -->\n).*?(?=^<!-- /{name} -->$)"
    changed, count = re.subn(pattern, lambda _: make() + "\n", text, flags=re.DOTALL | re.MULTILINE)
    if count != 1:
        raise ValueError(f"the README has {count} parts called {name}")
    return changed


def main() -> int:
    """Write the README again; say whether it changed."""
    os.environ["YOUJU_CONFIG"] = ""  # the sessions are those of the defaults
    before = README.read_text(encoding="utf-8")
    after = made(before)
    README.write_text(after, encoding="utf-8")
    sys.stdout.write("README.md changed\n" if after != before else "README.md is as it was\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
