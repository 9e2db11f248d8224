"""An answer as a person reads it on a terminal, and the conversation held there."""

import re
from collections.abc import Callable, Iterator
from typing import TextIO

from bot.border import printable
from bot.types import Answer, Citation

_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"
_PROMPT = "问> "
_WELCOME = "请输入问题，可以接着追问。输入“新话题”重新开始，输入“退出”结束。"
_RESTART = frozenset({"新话题", "重新开始"})
_LEAVE = frozenset({"退出", "再见", "exit", "quit", "q"})


def render(answer: Answer, *, bold: bool = False) -> str:
    """The answer, the question where a model completed it, each citation on a line, then what else can be asked."""
    text = printable(answer.text)
    parts = [f"（{answer.note}）"] if answer.note else []
    parts.append(embolden(text, answer.short) if bold else text)
    if answer.completer:
        parts.append(f"追问由模型 {answer.completer} 补全为：{printable(answer.understood)}")
    if answer.citations:
        parts.append("\n".join(_citation(citation) for citation in answer.citations))
    if answer.suggestions:
        parts.append("可以这样问：\n" + "\n".join(f"  {printable(question)}" for question in answer.suggestions))
    return "\n\n".join(parts)


def aloud(answers: Iterator[Answer], sink: TextIO) -> tuple[Answer, str]:
    """Write each sentence as it passes; gives the complete answer and what of its text is written already."""
    written = ""
    for answer in answers:
        text = printable(answer.text)
        if not answer.complete and text.startswith(written):
            sink.write(text[len(written) :])
            sink.flush()
            written = text
    return answer, written


def after(answer: Answer, written: str) -> str:
    """What is still to be written of an answer whose text was `written` as it came; all of it where that changed."""
    text = printable(answer.text)
    if not written:
        return render(answer)
    if not text.startswith(written):
        return f"\n\n{render(answer)}"
    return render(answer).removeprefix(written)


def embolden(text: str, short: tuple[str, ...]) -> str:
    """The text with the short answers that stand in it made bold, each where it stands first and whole."""
    wanted = sorted({printable(part) for part in short if part.strip()}, key=len, reverse=True)
    taken: list[tuple[int, int]] = []
    for part in wanted:
        for match in re.finditer(_whole(part), text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                break
    for start, end in sorted(taken, reverse=True):
        text = f"{text[:start]}{_BOLD}{text[start:end]}{_PLAIN}{text[end:]}"
    return text


def questions(source: TextIO, sink: TextIO, restart: Callable[[], None]) -> Iterator[str]:
    """What a person types, until they leave; a wish for a new topic calls `restart`."""
    sink.write(_WELCOME + "\n")
    while True:
        line = _typed(source, sink)
        if line is None or line.strip().lower() in _LEAVE:
            return
        if line.strip() in _RESTART:
            restart()
            sink.write("好的，请问。\n")
        elif line.strip():
            yield line.strip()


def _typed(source: TextIO, sink: TextIO) -> str | None:
    """The next line, with editing and history where this is a real terminal; None at the end."""
    try:
        if source.isatty():
            import readline  # noqa: F401  # importing it is what gives input() its line editing

            return input(_PROMPT)
        return source.readline() or None
    except (EOFError, KeyboardInterrupt):
        sink.write("\n")
        return None


def place_of(citation: Citation) -> str:
    """Where the cited words stand, as a person would say it: section, table, row and lines."""
    first, last = citation.lines
    lines = f"第{first}行" if first == last else f"第{first}—{last}行"
    place = " › ".join((*citation.section, *(part for part in (citation.table, citation.row) if part)))
    return f"{place}（{lines}）"


def _citation(citation: Citation) -> str:
    return printable(f"[{citation.n}] {place_of(citation)}「{citation.quote}」")


def _whole(part: str) -> str:
    """A pattern that finds the part, but not a number inside a longer one."""
    before = r"(?<![\d.,])" if part[:1].isdigit() else ""
    after = r"(?![\d]|\.\d)" if part[-1:].isdigit() else ""
    return before + re.escape(part) + after
