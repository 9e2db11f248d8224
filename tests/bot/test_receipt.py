"""The receipt: every answer can be made again from it, and whatever changed is named."""

import dataclasses
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot import cli
from bot.assistant import Assistant
from bot.conversation import ASKED, Conversation
from bot.errors import UsageProblem
from bot.receipt import answer_sha256, receipt_sha256
from bot.types import Answer, AnswerStatus, Receipt
from bot.verifying.again import Verification, read_receipts, verify

QUESTIONS = Path(__file__).resolve().parents[2] / "evals" / "questions" / "xuhui-dev.jsonl"
EVERY = 7  # of so many dev answers one is made again
ASKED_OF = "2024年徐汇区拆除违法建筑多少处？"
HASH = "0" * 64


def made_again(assistant: Assistant, given: Mapping[str, Any]) -> Verification:
    """What verifying gives with the reports as they are."""
    return verify(given, lambda _: assistant)


def changes(found: Verification) -> set[str]:
    """The names of all that changed."""
    return {one.what for one in found.changes}


@pytest.fixture(scope="session")
def kept(assistant: Assistant) -> dict[str, Any]:
    """An answer as it is given out."""
    return json.loads(json.dumps(assistant.ask(ASKED_OF).as_json()))  # type: ignore[no-any-return]


def test_each_dev_answer_is_made_again_to_the_byte(assistant: Assistant, answers: tuple[Answer, ...]) -> None:
    """An answer, a refusal and a follow-up of any conversation are the same from their receipts alone."""
    chosen = answers[::EVERY]
    assert {AnswerStatus.ANSWERED, AnswerStatus.REFUSED} <= {answer.status for answer in chosen}
    assert any(answer.receipt and answer.receipt.before for answer in chosen)
    for answer in chosen:
        assert answer.receipt is not None
        assert made_again(assistant, answer.receipt.as_json()) == Verification(answer.question, True, ())


@pytest.mark.parametrize("question", ["", "长" * 600, "\ud800徐汇区GDP？", "？？？"])
def test_an_error_has_a_receipt_too(assistant: Assistant, question: str) -> None:
    """Whatever is asked: the same comes back, and can be verified."""
    answer = assistant.ask(question)
    assert made_again(assistant, answer.as_json()).same


def test_a_models_text_is_held_against_its_sources(assistant: Assistant, kept: dict[str, Any]) -> None:
    """It cannot be made again: what it was made from is compared, and nobody says that it is the same to the byte."""
    receipt = {**kept["receipt"], "writer": "openai:some-model", "answer_sha256": HASH}
    receipt["sha256"] = receipt_sha256(receipt)
    found = made_again(assistant, receipt)
    assert (found.same, found.answer_same, found.writer) == (True, None, "openai:some-model")
    receipt["passages"] = [[receipt["passages"][0][0], [[0, 1]]]]
    receipt["sha256"] = receipt_sha256(receipt)
    assert changes(made_again(assistant, receipt)) == {"引文及其位置"}
    assert "所给的回答" in changes(made_again(assistant, {**kept, "receipt": receipt}))


def test_a_conversation_is_asked_again(assistant: Assistant) -> None:
    """A follow-up's receipt holds the questions before; without them another answer is made, and that is said."""
    conversation = Conversation()
    assistant.ask("2024年拆除违法建筑多少处？", conversation)
    answer = assistant.ask("总面积呢？", conversation).as_json()
    assert made_again(assistant, answer).same
    receipt = {**answer["receipt"], "before": []}
    receipt["sha256"] = receipt_sha256(receipt)
    assert "回答" in changes(made_again(assistant, receipt))


def test_a_long_conversation_is_cut_and_counted(assistant: Assistant) -> None:
    """A receipt stays short; how many earlier questions it leaves out is said."""
    conversation = Conversation()
    for number in range(ASKED + 3):
        assistant.ask(f"第{number}问？", conversation)
    receipt = assistant.ask(ASKED_OF, conversation).as_json()["receipt"]
    assert (len(receipt["before"]), receipt["left_out"]) == (ASKED, 3)


def test_a_receipt_is_short_and_depends_on_nothing_else(assistant: Assistant, kept: dict[str, Any]) -> None:
    """The same question gives the same receipt, of the report's and the index's own hashes."""
    again = assistant.ask(ASKED_OF, Conversation(), id="another").as_json()
    assert again["receipt"] == kept["receipt"]
    assert len(json.dumps(kept["receipt"], ensure_ascii=False)) < 1_000
    report = assistant.understand(ASKED_OF)[1].report
    assert kept["receipt"]["report_sha256"] == report.sha256


def other(value: Any) -> Any:  # noqa: ANN401  # as JSON has it
    """Another value of the same type."""
    if isinstance(value, str):
        return HASH if len(value) == len(HASH) else f"{value}又"
    return value + 1 if isinstance(value, int) else value


@pytest.mark.parametrize("field", [one.name for one in dataclasses.fields(Receipt)])
def test_a_changed_field_of_the_receipt_is_refused(assistant: Assistant, kept: dict[str, Any], field: str) -> None:
    """No field of a receipt can be changed unseen; resealed, what it says of the answer's making is still compared."""
    changed = {**kept["receipt"], field: other(kept["receipt"][field])}
    if field == "before":
        changed["before"] = [["2025年呢？", kept["receipt"]["report"]]]
    if field == "passages":
        changed["passages"] = [[kept["receipt"]["passages"][0][0], [[0, 1]]]]
    assert not made_again(assistant, changed).same
    resealed = {**changed, "sha256": receipt_sha256(changed)}
    neutral = {"max_question", "left_out", "before", "writer", "sha256"}  # may well give the same answer
    assert made_again(assistant, resealed).same is (field in neutral)


@given(data=st.data())
@hypothesis_settings(max_examples=40)
def test_a_changed_answer_is_refused(assistant: Assistant, kept: dict[str, Any], data: st.DataObject) -> None:
    """No character of an answer kept with its receipt can be changed unseen."""
    text = data.draw(st.sampled_from([kept["answer"], kept["understood"], kept["citations"][0]["quote"]]))
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.sampled_from("0123456789年亿万处甲")) + text[at + 1 :]
    changed_answer = json.loads(json.dumps(kept).replace(json.dumps(text)[1:-1], json.dumps(changed)[1:-1], 1))
    found = made_again(assistant, changed_answer)
    assert found.same is (changed_answer == kept)


def test_which_thing_changed_is_named(assistant: Assistant, kept: dict[str, Any]) -> None:
    """The report, the index and the program are each named where they are others than the receipt says."""
    for field, name in (("report_sha256", "报告"), ("index_sha256", "索引"), ("program", "程序")):
        receipt = {**kept["receipt"], field: HASH}
        receipt["sha256"] = receipt_sha256(receipt)
        found = made_again(assistant, receipt)
        assert (changes(found), found.answer_same) == ({name}, True)
    gone = {**kept["receipt"], "report": "没有"}
    gone["sha256"] = receipt_sha256(gone)
    assert changes(made_again(assistant, gone)) == {"报告"}


@pytest.mark.parametrize(
    "text",
    ["", "x", "[]", "{}", '{"receipt": null}', '{"receipt": 5}', "[" * 100_000, '{"sha256": 1}', "{}\n{}", "null"],
)
def test_what_is_no_receipt_is_said_to_be_none(text: str) -> None:
    """Anything else is a wrong use, in Chinese, and never a traceback."""
    with pytest.raises(UsageProblem, match="[\u4e00-\u9fff]"):
        list(read_receipts(text))


def test_hashes_are_of_the_content_alone(kept: dict[str, Any]) -> None:
    """The order of keys, the id and the time make no difference; anything else does."""
    turned = dict(reversed([*kept.items()]))
    assert answer_sha256({**turned, "id": 7, "elapsed_ms": 9.0}) == kept["receipt"]["answer_sha256"]
    assert answer_sha256({**turned, "short": []}) != kept["receipt"]["answer_sha256"]


@pytest.fixture
def shelf(tmp_path: Path, report_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of reports of this test's own, and its index."""
    folder = tmp_path / "reports"
    folder.mkdir()
    shutil.copy(report_path, folder)
    monkeypatch.setenv("YOUJU_REPORTS", str(folder))
    monkeypatch.setenv("YOUJU_DATA_DIR", str(tmp_path / "data"))
    return folder


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def youju(capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    """The command in this process: its exit code, what it prints and what it complains of."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        out, err = capfdbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return run


def test_a_changed_report_and_a_damaged_index_are_named(shelf: Path, tmp_path: Path, youju: Command) -> None:
    """The command says that all is the same, which report changed, or which file of the index is damaged."""
    _, answer, _ = youju("ask", "--json", ASKED_OF)
    file = tmp_path / "answer.json"
    file.write_text(answer, encoding="utf-8")
    assert youju("verify", str(file))[0] == 0
    assert youju("verify", json.dumps(json.loads(answer)["receipt"]))[0] == 0

    report = next(shelf.glob("*.md"))
    report.write_text(report.read_text(encoding="utf-8").replace("649", "648"), encoding="utf-8")
    code, said, _ = youju("verify", "--json", str(file))
    assert code == 1
    assert {"报告", "索引", "回答"} <= {one["what"] for one in json.loads(said)["changes"]}

    damaged = next((tmp_path / "data" / "index").glob("generation-*/facts.jsonl"))
    current = (tmp_path / "data" / "index" / "CURRENT").read_text(encoding="utf-8").strip()
    damaged = damaged.parent.parent / current / "facts.jsonl"
    damaged.write_bytes(damaged.read_bytes().replace(b"648", b"649"))
    code, _, complaint = youju("verify", str(file))
    assert code == 1
    assert "facts.jsonl" in complaint


def test_wrong_use_is_exit_code_two(youju: Command, tmp_path: Path) -> None:
    """What is no receipt, and a file that is not there."""
    assert youju("verify", '{"a": 1}')[0] == 2
    assert youju("verify", str(tmp_path / "missing"))[0] == 2
    (tmp_path / "latin").write_bytes(b"\xff\xfe\x00")
    assert youju("verify", str(tmp_path / "latin"))[0] == 2
