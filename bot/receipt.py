"""The receipt of an answer: what it was made from, so that it can be made again and compared to the byte."""

import hashlib
import json
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.types import Answer, Receipt
from corpus.types import Report

if TYPE_CHECKING:
    from bot.conversation import Conversation
    from index.types import Manifest

_ROOT = Path(__file__).resolve().parents[1]
_MAKES_ANSWERS = ("corpus/*", "corpus/*/*", "index/*", "bot/*", "bot/*/*")  # the code and the words it goes by
_CODE = frozenset({".py", ".toml", ".txt", ".json"})
_SHOWS_ANSWERS = frozenset({"reports", "web", "api"})  # folders that no answer depends on
_SHOWN = 12  # characters of the code's hash
# What may differ between two runs that give the same answer; a note says why a model did not write it.
_PASSING = ("id", "note", "elapsed_ms", "receipt")


class Sealer:
    """Gives the answers made from one index their receipts."""

    def __init__(self, manifest: "Manifest", max_question: int) -> None:
        self._index = manifest.sha256
        self._max_question = max_question

    def seal(self, answer: Answer, report: Report, conversation: "Conversation | None" = None) -> Answer:
        """The answer with its receipt; `conversation` is as it was before the question was kept in it."""
        before = tuple(conversation.asked) if conversation else ()
        receipt = Receipt(
            program=program(),
            report=report.name,
            report_sha256=report.sha256,
            index_sha256=self._index,
            writer=answer.writer,
            max_question=self._max_question,
            before=before,
            left_out=conversation.heard - len(before) if conversation else 0,
            question=answer.question,
            understood=answer.understood,
            passages=tuple((citation.passage, citation.spans) for citation in answer.citations),
            answer_sha256=answer_sha256(answer.as_json()),
        )
        return replace(answer, receipt=replace(receipt, sha256=receipt_sha256(receipt.as_json())))


def answer_sha256(answer: dict[str, Any]) -> str:
    """The hash of an answer's JSON without what differs from run to run: its id, its time and its receipt."""
    return _sha256({name: value for name, value in answer.items() if name not in _PASSING})


def receipt_sha256(receipt: dict[str, Any]) -> str:
    """The hash of a receipt's JSON without that hash itself."""
    return _sha256({name: value for name, value in receipt.items() if name != "sha256"})


@cache
def program() -> str:
    """The version of the program, with a hash of all code and words that make answers."""
    digest = hashlib.sha256()
    for file in sorted({file for pattern in _MAKES_ANSWERS for file in _ROOT.glob(pattern)}):
        if file.suffix in _CODE and file.parent.name not in _SHOWS_ANSWERS:
            digest.update(file.read_bytes())
    return f"{released()}+{digest.hexdigest()[:_SHOWN]}"


def released() -> str:
    """The version under which the program was released, where it is installed."""
    try:
        return version("youju")
    except PackageNotFoundError:
        return "（未安装）"


def _sha256(record: dict[str, Any]) -> str:
    text = json.dumps(record, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
