"""Makes an answer again from its receipt and says whether it is the same to the byte, or what changed."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, StrictInt, ValidationError

from bot.conversation import ASKED
from bot.errors import UnknownReport, UsageProblem
from bot.receipt import answer_sha256, receipt_sha256
from bot.settings import MAX_QUESTION
from bot.types import Answer
from bot.writing import EXTRACTIVE

if TYPE_CHECKING:
    from bot.assistant import Assistant

# Kept as it came: a question may hold what is no proper text, and its answer is an answer all the same.
_Text = InstanceOf[str]
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
# What a change is called and which field of the receipt shows it, in the order in which one explains the next.
_FIELDS = {
    "report_sha256": "报告",
    "index_sha256": "索引",
    "program": "程序",
    "writer": "撰写",
    "understood": "对问题的理解",
    "passages": "引文及其位置",
}
_RECEIPT, _GIVEN, _ANSWER, _REPORT = "回执", "所给的回答", "回答", "报告"
TAMPERED = (_RECEIPT, _GIVEN)  # not what was made, whatever is made now

Open = Callable[[int], "Assistant"]


class _Record(BaseModel):
    """A receipt as it comes from outside."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    program: _Text
    report: _Text
    report_sha256: _Hash
    index_sha256: _Hash
    writer: _Text
    max_question: StrictInt = Field(ge=1, le=MAX_QUESTION)
    before: list[tuple[_Text, _Text]] = Field(max_length=ASKED)
    left_out: StrictInt = Field(ge=0)
    question: _Text
    understood: _Text
    passages: list[tuple[_Text, list[tuple[StrictInt, StrictInt]]]]
    answer_sha256: _Hash
    sha256: _Hash


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as the receipt says: what it is, and how it was and is where that can be said."""

    what: str
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of making an answer again: whether it is the same to the byte, and all that changed.

    A model's text cannot be made again: `answer_same` is then None, and `writer` says whose it is.
    """

    question: str
    answer_same: bool | None
    changes: tuple[Change, ...]
    writer: str = EXTRACTIVE

    @property
    def same(self) -> bool:
        """Whether the answer and all that it was made from are as the receipt says."""
        return self.answer_same is not False and not self.changes

    def as_json(self) -> dict[str, Any]:
        """The outcome as the command gives it."""
        changes = [{"what": one.what, "was": one.was, "now": one.now} for one in self.changes]
        return {
            "question": self.question,
            "same": self.same,
            "answer_same": self.answer_same,
            "writer": self.writer,
            "changes": changes,
        }


def read_receipts(text: str) -> Iterator[Mapping[str, Any]]:
    """The receipts, or answers that carry one, in `text`: one JSON object, or one a line.

    Raises:
        UsageProblem: some line holds neither.
    """
    try:
        records = [json.loads(text)]
    except (ValueError, RecursionError):
        records = [_loaded(line, number) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not records:
        raise UsageProblem("没有看到回执，请给出回执或带回执的回答（JSON）。")
    for record in records:
        _checked(record)
        yield record


def verify(given: Mapping[str, Any], open_assistant: Open) -> Verification:
    """Makes the answer of a receipt, or of an answer that carries one, again, and compares.

    `open_assistant` gives the assistant over the present reports, for questions of so many characters at most.

    Raises:
        UsageProblem: `given` is neither.
    """
    receipt = _checked(given)
    written = given.get("receipt", given)
    changes = []
    if receipt_sha256(dict(written)) != receipt.sha256:
        changes.append(Change(_RECEIPT, receipt.sha256, receipt_sha256(dict(written))))
    if written is not given and answer_sha256(dict(given)) != receipt.answer_sha256:
        changes.append(Change(_GIVEN, receipt.answer_sha256, answer_sha256(dict(given))))
    try:
        assistant = open_assistant(receipt.max_question).extractive()
        again = _again(receipt, assistant)
    except UnknownReport:
        named = dict.fromkeys((*(report for _, report in receipt.before), receipt.report))
        return Verification(receipt.question, False, (*changes, Change(_REPORT, "、".join(named))))
    if receipt.writer != EXTRACTIVE:
        changes += _sources_changed(written, again, assistant)
        return Verification(receipt.question, None, tuple(changes), receipt.writer)
    return Verification(receipt.question, *_compared(receipt, written, again, changes))


def _again(receipt: _Record, assistant: "Assistant") -> Answer:
    from bot.conversation import Conversation

    conversation = Conversation()
    for question, report in receipt.before:
        assistant.ask(question, conversation, report=report)
    return assistant.ask(receipt.question, conversation, report=receipt.report)


def _compared(
    receipt: _Record, written: Mapping[str, Any], again: Answer, changes: list[Change]
) -> tuple[bool, tuple[Change, ...]]:
    assert again.receipt is not None
    now = again.receipt.as_json()
    for field, name in _FIELDS.items():
        if written[field] != now[field]:
            changes.append(Change(name, _shown(written[field]), _shown(now[field])))
    same = now["answer_sha256"] == receipt.answer_sha256
    if not same:
        changes.append(Change(_ANSWER, receipt.answer_sha256, now["answer_sha256"]))
    return same, tuple(changes)


def _sources_changed(written: Mapping[str, Any], again: Answer, assistant: "Assistant") -> Iterator[Change]:
    """What a model's text was made from: the understood question, and each passage that it cites, in its place."""
    assert again.receipt is not None
    now = again.receipt.as_json()
    passages = {one.id: one.spans for world in assistant.worlds.values() for one in world.passages}
    there = [[id, [list(span) for span in passages.get(id, ())]] for id, _ in written["passages"]]
    for field, name in _FIELDS.items():
        found = there if field == "passages" else now[field]
        if field != "writer" and written[field] != found:
            yield Change(name, _shown(written[field]), _shown(found))


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _loaded(line: str, number: int) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageProblem(f"第 {number} 行不是回执：不是合格的 JSON。") from error


def _checked(given: object) -> _Record:
    record = given.get("receipt", given) if isinstance(given, dict) else None
    if not isinstance(record, dict):
        raise UsageProblem("这不是回执，也不是带回执的回答。回执是回答的 JSON 里 receipt 那一项。")
    try:
        return _Record.model_validate(record)
    except ValidationError as error:
        wrong = "、".join(dict.fromkeys(str(one["loc"][0]) for one in error.errors() if one["loc"]))
        raise UsageProblem(f"这不是完整的回执，缺少或写错了：{wrong}。") from error
