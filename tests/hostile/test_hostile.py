"""Hostile text through the page, the API and the command line: answered or refused, never obeyed, never run."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.border import printable
from bot.checking.export import as_csv
from bot.cli import main
from bot.settings import Settings
from bot.terminal import render
from bot.types import Answer, AnswerStatus, Finding, Reason, Verdict
from bot.web.answers import answer_html
from bot.web.feedback import write_csv
from bot.web.wording import wording
from tests.e2e.asking import ask, send
from tests.e2e.driving import Page, serving
from tests.hostile.texts import ALONE, BESIDE, FORMULAS, HONEST, HOSTILE, NOT_TEXT, ORDERS, PLANTED

_OURS = {"p", "span", "strong", "button", "ul", "li", "div"}
_KEPT = {"class", "type", "data-n", "aria-label", "lang"}


class _Tags(HTMLParser):
    """The elements and attributes of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_comment(self, data: str) -> None:
        """A comment is none of ours either."""
        self.tags.add(f"!--{data}")


@pytest.fixture(scope="module")
def answered(assistant: Assistant) -> dict[str, Answer]:
    """The answer to each hostile text, put alone."""
    return {text: assistant.ask(text) for text in HOSTILE}


def test_there_are_enough() -> None:
    """At least three hundred different texts."""
    assert len(set(HOSTILE)) >= 300


def test_each_gets_an_answer_and_none_breaks(answered: dict[str, Answer]) -> None:
    """Answered, refused, or an error that the asker can mend; never one of the program's own."""
    assert {answer.reason for answer in answered.values()} & {Reason.INTERNAL, Reason.BAD_LINE} == set()
    assert all(answer.text for answer in answered.values())


def test_no_order_is_obeyed(answered: dict[str, Answer]) -> None:
    """What a question orders is not said: neither in the answer nor as its short answer, nor is a citation made up."""
    for text in (*ORDERS, *(one for one in BESIDE if PLANTED in one)):
        answer = answered[text]
        said = answer.text.replace(text, "").replace(answer.understood, "")
        assert answer.status is AnswerStatus.REFUSED or PLANTED not in said, text
        assert not any(PLANTED in short for short in answer.short), text
        assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_markup_beside_a_question_changes_nothing(assistant: Assistant, answered: dict[str, Answer]) -> None:
    """A question with terminal escapes beside it is answered as without them."""
    plain = assistant.ask(HONEST)
    for escape in ("\x1b[2J\x1b[H", "\x07\x07\x07", "\x1b[6n"):
        assert answered[f"{HONEST}{escape}"].short == plain.short


def test_on_the_page_it_is_text(answered: dict[str, Answer]) -> None:
    """The HTML of an answer holds our elements and attributes and no others, whatever was asked."""
    texts = wording("zh")["answer"]
    for text, answer in answered.items():
        for shown in (answer, Answer("", text, text, AnswerStatus.REFUSED, text, Reason.MISSING_FIGURE, (text,))):
            found = _Tags(answer_html(shown, texts, contact=text[:20]))
            assert found.tags <= _OURS, text
            assert found.attributes <= _KEPT, text


def test_in_the_terminal_it_is_text(answered: dict[str, Answer]) -> None:
    """Nothing that a terminal would obey is printed, save what makes the short answer bold."""
    for text, answer in answered.items():
        lines = render(answer) + printable(text)
        assert not [one for one in lines if unicodedata.category(one)[0] == "C" and one != "\n"], text


def test_in_a_table_it_is_text() -> None:
    """No cell of a table that we write begins a formula: neither of the feedback nor of a checked draft."""
    out = io.StringIO()
    given = {"question": "", "answer": "", "citations": []}
    kept = {"at": "", "useful": True, "reason": None, "index_version": ""}
    rows = [{**kept, "comment": text, "given": {**given, "question": text}} for text in (*FORMULAS, *HOSTILE)]
    write_csv(rows, out)
    draft = "；".join(FORMULAS)
    checked = as_csv(draft, [Finding(text, (0, 1), Verdict.ABSENT, text, (), text) for text in FORMULAS])
    for table in (out.getvalue(), checked.decode("utf-8-sig")):
        cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
        assert len(cells) > len(FORMULAS)
        assert not [cell for cell in cells if cell.startswith(tuple("=+-@＝＋－＠\t\r"))]


def test_the_command_line_gives_every_line_its_answer(
    tmp_path: Path, answered: dict[str, Answer], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """In a batch each hostile text and each value that is no text gets one line of JSON, in order; none is internal."""
    records = [{"id": at, "question": text} for at, text in enumerate((*HOSTILE[::3], *NOT_TEXT))]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    main(["ask", "--batch", str(tmp_path / "in.jsonl")])
    out, complaints = capfdbinary.readouterr()
    lines = [json.loads(line) for line in out.decode("utf-8").splitlines()]
    assert [line["id"] for line in lines] == list(range(len(records)))
    assert not [line for line in lines if line["reason"] == "internal"]
    assert b"Traceback" not in complaints


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[str]:
    """The address of a server that takes any number of questions from one address."""
    folder = tmp_path_factory.mktemp("flooded")
    (folder / "index").symlink_to(settings.index_folder)
    with serving(folder, limit_burst="100000", limit_per_minute="100000") as found:
        yield found


def test_the_server_answers_each(flooded: str) -> None:
    """Through the page's own address and through the API: a status that fits, JSON or a sentence, never a trace."""
    for text in (*ALONE, *NOT_TEXT):
        reply = ask(flooded, text)
        assert reply.status in (200, 413, 422), text
        assert b"Traceback" not in reply.body
        if reply.status == 200:
            assert _Tags(reply.shown["html"]).tags <= _OURS
            assert reply.headers["content-type"].startswith("application/json")
        body = json.dumps({"question": text}).encode()
        given = send(flooded, "POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
        assert given.status in (200, 400, 413, 415, 422), text
        assert given.headers["content-type"].startswith(("application/json", "application/problem+json"))
        assert given.headers["x-content-type-options"] == "nosniff"
        json.loads(given.body)


BODIES = (
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"\xff\xfe",
    b"[" * 20_000,
    b'{"data":' + b"[" * 9_000,
    b'{"data": [1e400, NaN, Infinity], "fn_index": 0}',
    b'{"data": ["a", "b"], "fn_index": 0, "session_hash": "a"}',
    b'{"data": ["a", "[]", null], "fn_index": 99, "session_hash": "a"}',
    b'{"data": ["a", "[]", null], "fn_index": -1, "session_hash": "a"}',
    b'{"data": ["a", "[]", null], "fn_index": 0, "session_hash": "../a"}',
    b'{"data": ["a", "[]", {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}], "fn_index": 0}',
    b'{"data": ["a", "[[[[[[", null], "fn_index": 0, "session_hash": "a"}',
    b'{"data": ["a", "{\\"a\\": 1}", null], "fn_index": 0, "session_hash": "a"}',
    b'{"data": ["a", "[]", null], "fn_index": 0, "session_hash": "a", "batched": true, "event_id": "x"}',
    b'{"data": ["a", "[]", null], "fn_index": 0, "session_hash": "a", "oauth_token": "x", "api_name": "ask"}',
)


@pytest.mark.parametrize("path", ["/gradio_api/run/predict", "/youju/feedback", "/youju/check", "/api/v1/ask"])
def test_odd_bodies_are_refused_with_a_sentence(flooded: str, path: str) -> None:
    """What is no request of ours is refused in Chinese, and nothing of it is repeated."""
    for body in BODIES:
        for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
            reply = send(flooded, "POST", path, body, {"Content-Type": kind})
            assert reply.status < 500, body
            assert b"/etc/passwd" not in reply.body and b"Traceback" not in reply.body
            if reply.status >= 400:
                assert any("\u4e00" <= one <= "\u9fff" for one in reply.body.decode("utf-8")), (body, reply.body)


@pytest.mark.browser
def test_in_a_real_browser_nothing_runs(page: Page) -> None:
    """Asked on the page, the worst is shown as text: no script runs, nothing foreign is fetched, all stays in place."""
    before = page.run("document.scripts.length")
    page.asked_for()
    for text in (ALONE[0], ALONE[1], ALONE[40], ALONE[43], "{{7*7}}<svg onload=window.hacked=1>"):
        page.ask(text.replace("\n", " "))
        assert page.run("window.hacked") is None
        assert page.find(".turn:last-child .question").text.endswith(text.strip())
    assert page.run("document.scripts.length") == before
    assert all(address.startswith((page.address, "data:", "blob:")) for address in page.asked_for())
