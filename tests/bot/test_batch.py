"""A batch: every line in gives one line out, in order, whatever it holds."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.batch import MAX_LINE, Questions, encode, run
from bot.errors import QuestionRejected, UnknownReport
from bot.types import Answer, AnswerStatus, Reason

CHINESE = range(0x4E00, 0xA000)


class FakeConversation:
    """Remembers the questions of one session."""

    def __init__(self) -> None:
        self.asked: list[str] = []


class FakeAssistant:
    """Answers with what it was asked; some questions go wrong."""

    def __init__(self) -> None:
        self.reports: list[str | None] = []

    def ask(
        self, question: str, conversation: FakeConversation | None = None, *, report: str | None = None, id: str = ""
    ) -> Answer:
        """Echo the question and the session's earlier ones."""
        self.reports.append(report)
        if question == "崩溃":
            raise ZeroDivisionError
        if question == "过长":
            raise QuestionRejected(Reason.TOO_LONG, "问题太长。")
        if report == "没有":
            raise UnknownReport("没有这份报告。")
        before = list(conversation.asked) if conversation else []
        if conversation:
            conversation.asked.append(question)
        status = AnswerStatus.REFUSED if question == "拒绝" else AnswerStatus.ANSWERED
        return Answer(id, question, "；".join([*before, question]), status, "答：" + question)


def batch(content: bytes, assistant: FakeAssistant | None = None, report: str | None = None) -> tuple[list[Any], int]:
    """The output records and the number of errors."""
    sink = io.BytesIO()
    responder = Questions(assistant or FakeAssistant(), FakeConversation, report)  # type: ignore[arg-type]
    errors = run(io.BytesIO(content), sink, responder)
    written = sink.getvalue()
    assert written == b"" or written.endswith(b"\n")
    return [json.loads(line.decode("utf-8")) for line in written.split(b"\n")[:-1]], errors


HOSTILE = {
    "no-json": b"{",
    "text": b"abc",
    "array": b'[{"question": "a"}]',
    "string": b'"question"',
    "null": b"null",
    "no-question": b'{"id": "x"}',
    "question-number": b'{"id": "x", "question": 5}',
    "question-null": b'{"question": null}',
    "not-utf8": '{"question": "年"}'.encode("gb18030"),
    "utf16": '{"question": "年"}'.encode("utf-16"),
    "null-byte": b'{"question": "a\x00"}',
    "only-null-bytes": b"\x00\x00",
    "nan": b'{"question": "a", "id": NaN}',
    "infinity": b'{"question": "a", "id": -Infinity}',
    "overflow": b'{"question": "a", "id": 1e999}',
    "long-integer": b'{"question": "a", "id": ' + b"9" * 5000 + b"}",
    "deep": b"[" * 100_000,
    "deep-object": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "huge": b'{"question": "' + b"a" * (3 * MAX_LINE) + b'"}',
    "id-list": b'{"question": "a", "id": []}',
    "id-bool": b'{"question": "a", "id": true}',
    "session-object": b'{"question": "a", "session": {}}',
    "report-number": b'{"question": "a", "report": 5}',
    "unknown-report": '{"question": "a", "report": "没有"}'.encode(),
    "blank": b"",
    "white": b" \t\x0c",
    "two-objects": b'{"question": "a"} {"question": "b"}',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_line_is_answered_and_so_are_its_neighbours(content: bytes) -> None:
    """The line becomes an error of its own that says why in Chinese; the lines beside it get their answers."""
    good = '{{"id": "{}", "question": "问"}}'
    records, errors = batch(b"\n".join([good.format("a").encode(), content, good.format("b").encode()]))
    assert [record["id"] for record in (records[0], records[-1])] == ["a", "b"]
    assert len(records) == 3
    assert errors == 1
    bad = records[1]
    assert (bad["status"], bad["reason"]) == ("error", "bad-line")
    assert any(ord(character) in CHINESE for character in bad["answer"])
    assert bad["id"] in ("2", "x")
    assert set(bad) == set(records[0])


@pytest.mark.parametrize(
    ("question", "reason"), [("崩溃", "internal"), ("过长", "too-long")], ids=["crash", "rejected"]
)
def test_a_failing_question_is_that_lines_error(question: str, reason: str) -> None:
    """An exception stays with its line and shows nothing of the inside."""
    line = json.dumps({"id": 7, "question": question})
    records, errors = batch(f'{line}\n{{"question": "好"}}'.encode())
    assert (records[0]["reason"], records[0]["id"], records[0]["question"]) == (reason, 7, question)
    assert "ZeroDivision" not in records[0]["answer"]
    assert records[1]["status"] == "answered"
    assert errors == 1


def test_ids_come_back_as_given() -> None:
    """Text, numbers and repeated ids are kept; a missing one is the line's number."""
    ids: list[Any] = ["a", "a", 0, 12, 1.5, "", "😀", "\ud800", None]
    lines = [json.dumps({"id": one, "question": "问"}) for one in ids]
    records, _ = batch("\n".join([*lines, '{"question": "问"}']).encode())
    assert [record["id"] for record in records] == [*ids[:-1], "9", "10"]
    assert [type(record["id"]) for record in records[2:5]] == [int, int, float]


def test_line_ends_and_marks() -> None:
    """CRLF, a byte order mark and blank lines at the end make no difference."""
    one = '{"question": "一"}'
    records, errors = batch(f"\ufeff{one}\r\n{one}\r\n\r\n  \n".encode())
    assert [record["question"] for record in records] == ["一", "一"]
    assert errors == 0
    assert batch(b"") == ([], 0)
    assert batch(b"\xef\xbb\xbf\n\n") == ([], 0)


def test_inner_blank_lines_are_bad_lines() -> None:
    """Each keeps its place, so that line n of the output is line n of the input."""
    records, errors = batch('\n{"question": "一"}\n\n\n{"question": "二"}\n'.encode())
    assert [record["id"] for record in records] == ["1", "2", "3", "4", "5"]
    assert [record["status"] for record in records] == ["error", "answered", "error", "error", "answered"]
    assert errors == 3


def test_sessions_are_conversations() -> None:
    """The lines of one session know those before them, also when other sessions stand between."""
    lines = [("s", "甲"), ("t", "乙"), ("s", "丙"), (None, "丁"), (1, "戊"), ("1", "己"), (1, "庚")]
    content = "\n".join(json.dumps({"session": session, "question": question}) for session, question in lines)
    records, _ = batch(content.encode())
    assert [record["understood"] for record in records] == ["甲", "乙", "甲；丙", "丁", "戊", "己", "戊；庚"]


def test_a_line_may_name_its_report() -> None:
    """The line's report wins over the command's."""
    assistant = FakeAssistant()
    batch(b'{"question": "a"}\n{"question": "a", "report": "r"}', assistant, "default")
    assert assistant.reports == ["default", "r"]


def test_a_refusal_is_no_error() -> None:
    """Only errors count."""
    records, errors = batch('{"question": "拒绝"}'.encode())
    assert (records[0]["status"], errors) == ("refused", 0)


def test_each_answer_is_out_before_the_next_line_is_read() -> None:
    """A program may wait for one answer before it asks on: nothing stays in a buffer."""
    out = io.BytesIO()
    seen: list[int] = []

    class Out(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, content: Any, /) -> int:  # noqa: ANN401  # as RawIOBase has it
            return out.write(content)

    class Source(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            seen.append(out.getvalue().count(b"\n"))
            return super().readline(size)

    responder = Questions(FakeAssistant(), FakeConversation)  # type: ignore[arg-type]
    run(Source(b'{"question": "a"}\n' * 3), io.BufferedWriter(Out()), responder)
    assert seen == [0, 1, 2, 3]


def test_a_long_line_is_never_held() -> None:
    """No read asks for more than the limit."""
    sizes: list[int | None] = []

    class Source(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            sizes.append(size)
            return super().readline(size)

    run(Source(b"a" * (3 * MAX_LINE)), io.BytesIO(), Questions(FakeAssistant(), FakeConversation))  # type: ignore[arg-type]
    assert set(sizes) == {MAX_LINE + 1}


@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_what_is_encoded_is_one_line_of_json(text: str) -> None:
    """Any text survives, on one line by every reader's count, Chinese unescaped."""
    line = encode({"文": text}).decode("utf-8")
    assert line.splitlines() == [line[:-1]]
    assert json.loads(line) == json.loads(json.dumps({"文": text}))
    assert line.startswith('{"文":')


@given(st.lists(st.one_of(st.binary(max_size=20), st.just(b'{"question": "a"}')), max_size=8))
def test_no_line_is_lost(lines: list[bytes]) -> None:
    """Line n of the output answers line n of the input, save for blank lines at the end."""
    content = b"\n".join(lines)
    expected = content.split(b"\n")
    while expected and not expected[-1].removeprefix(b"\xef\xbb\xbf").strip():
        expected.pop()
    records, errors = batch(content)
    assert len(records) == len(expected)
    assert errors == sum(record["status"] == "error" for record in records)
    assert all(
        record["status"] == "answered" for record, line in zip(records, expected, strict=True) if b"question" in line
    )
