"""JSON lines in, JSON lines out: the same order, and no line lost whatever it holds."""

import json
import logging
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from bot.errors import QuestionRejected, UnknownReport
from bot.types import Answer, AnswerStatus, Reason

if TYPE_CHECKING:
    from bot.conversation import Conversation

MAX_LINE = 1 << 20  # bytes; a longer line is refused without being held in memory

_LOG = logging.getLogger(__name__)
_BOM = b"\xef\xbb\xbf"
# Lone surrogates are no UTF-8, and some readers end a line at the others: JSON lets all of them be escaped.
_ESCAPED = re.compile("[\ud800-\udfff\x85\u2028\u2029]")
_INTERNAL = "程序内部出错，这个问题没有得到回答。"

Id = str | int | float


class BadLine(Exception):
    """A line that holds no request; the message says in Chinese what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input: its id as given, or its number where it gives none; its object, or what is wrong with it."""

    id: Id
    record: Mapping[str, Any]
    problem: str | None = None


class Responder(Protocol):
    """What a command does with each line."""

    def respond(self, line: Line) -> dict[str, Any]:
        """The output for a line; raises `BadLine` or `QuestionRejected` where there is none."""

    def failed(self, line: Line, reason: Reason, message: str) -> dict[str, Any]:
        """The output for a line that could not be answered."""


class Asker(Protocol):
    """The part of `Assistant` that a batch needs."""

    def ask(
        self, question: str, conversation: "Conversation | None" = None, *, report: str | None = None, id: str = ""
    ) -> Answer:
        """The answer to one question."""


class Questions:
    """Answers each line's question; the lines of one session are one conversation."""

    def __init__(self, assistant: Asker, begin: "Callable[[], Conversation]", report: str | None = None) -> None:
        self._assistant = assistant
        self._begin = begin
        self._report = report
        self._sessions: dict[Id, Conversation] = {}

    def respond(self, line: Line) -> dict[str, Any]:
        """The answer to the line's question."""
        question = line.record.get("question")
        if not isinstance(question, str):
            raise BadLine("缺少 question，或者它不是文字。")
        report = line.record.get("report")
        if report is not None and not isinstance(report, str):
            raise BadLine("report 应当是报告的名称。")
        answer = self._assistant.ask(question, self._conversation(line), report=report or self._report, id=str(line.id))
        return {**answer.as_json(), "id": line.id}

    def failed(self, line: Line, reason: Reason, message: str) -> dict[str, Any]:
        """An answer of status error that says what is wrong."""
        question = line.record.get("question")
        answer = error_answer(question if isinstance(question, str) else "", reason, message)
        return {**answer.as_json(), "id": line.id}

    def _conversation(self, line: Line) -> "Conversation | None":
        session = line.record.get("session")
        if session is None:
            return None
        if not _is_id(session):
            raise BadLine("session 应当是文字或数字。")
        return self._sessions.setdefault(session, self._begin())


def error_answer(question: str, reason: Reason, message: str) -> Answer:
    """The answer that says why there is none."""
    return Answer(id="", question=question, understood="", status=AnswerStatus.ERROR, text=message, reason=reason)


def run(source: BinaryIO, sink: BinaryIO, responder: Responder) -> int:
    """Write one line for each line of `source` and say how many of them are errors."""
    errors = 0
    for line in read_lines(source):
        try:
            output, failed = _output(line, responder)
        except Exception:  # whatever one line brings about, the lines after it get their answers
            _LOG.debug("line %s", line.id, exc_info=True)
            output, failed = encode(responder.failed(line, Reason.INTERNAL, _INTERNAL)), True
        sink.write(output)
        sink.flush()
        errors += failed
    return errors


def _output(line: Line, responder: Responder) -> tuple[bytes, bool]:
    try:
        if line.problem is not None:
            raise BadLine(line.problem)
        record = responder.respond(line)
        return encode(record), record.get("status") == AnswerStatus.ERROR
    except QuestionRejected as rejected:
        return encode(responder.failed(line, rejected.reason, rejected.message)), True
    except (BadLine, UnknownReport) as bad:
        return encode(responder.failed(line, Reason.BAD_LINE, str(bad))), True


def encode(record: Mapping[str, Any]) -> bytes:
    """The record as one line of JSON in UTF-8."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text).encode("utf-8") + b"\n"


def read_lines(source: BinaryIO) -> Iterator[Line]:
    """Every line of `source`; blank ones are bad lines too, save those at the end."""
    first_blank: int | None = None
    for number, content in enumerate(_bounded_lines(source), start=1):
        if content is not None and not content.strip():
            first_blank = first_blank or number
            continue
        for blank in range(first_blank or number, number):
            yield Line(str(blank), {}, "这一行是空的。")
        first_blank = None
        yield _parse(number, content)


def _bounded_lines(source: BinaryIO) -> Iterator[bytes | None]:
    """The lines without a byte order mark; None stands for one that is too long."""
    while content := source.readline(MAX_LINE + 1):
        too_long = len(content) > MAX_LINE and not content.endswith(b"\n")
        while too_long and content and not content.endswith(b"\n"):
            content = source.readline(MAX_LINE + 1)
        yield None if too_long else content.removeprefix(_BOM)


def _parse(number: int, content: bytes | None) -> Line:
    name = str(number)
    if content is None:
        return Line(name, {}, f"这一行太长，最多 {MAX_LINE // 1024} KB。")
    try:
        record = json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        return Line(name, {}, "这一行不是 UTF-8 文字。")
    except (ValueError, RecursionError):
        return Line(name, {}, "这一行不是合格的 JSON。")
    if not isinstance(record, dict):
        return Line(name, {}, "这一行不是 JSON 对象（{…}）。")
    given = record.get("id")
    if given is None:
        return Line(name, record)
    if not _is_id(given):
        return Line(name, record, "id 应当是文字或数字。")
    return Line(given, record)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _is_id(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, str | int) and not isinstance(value, bool)
