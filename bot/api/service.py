"""What the HTTP API and the MCP server both give: the same objects as the command line, by the same code."""

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from bot.checking.checker import Checker
from bot.checking.draft import bounded
from bot.conversation import Conversation
from bot.errors import QuestionRejected, UnknownPassage, UnknownReport
from bot.facts.table import FactTable
from bot.facts.types import Filters
from bot.receipt import program, released
from bot.types import Answer, AnswerStatus, Reason
from bot.writing import lines_of
from corpus.types import Passage, Report

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.settings import Settings
    from index.store import Index

Id = str | int


class Service:
    """Answers, checks and looks up over the reports of one index; several threads may call it at once."""

    def __init__(self, assistant: "Assistant", index: "Index", settings: "Settings") -> None:
        """Takes what answers, the index that it answers from, and the settings that say which report is meant."""
        self._assistant = assistant
        self._index = index
        self._settings = settings
        self._reports = {report.name: report for report in index.reports}
        self._passages = {passage.id: passage for passage in index.passages}
        self._default = settings.report or next(iter(self._reports))
        self._checker: Checker | None = None
        self._tables: dict[str, FactTable] = {}
        self._making = threading.Lock()

    @classmethod
    def open(cls, settings: "Settings", index: "Index") -> "Service":
        """The service over `index`. Raises StaleIndex where another model made it."""
        from bot.assistant import Assistant

        return cls(Assistant.open(settings, index), index, settings)

    def ask(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        report: str | None = None,
        id: Id = "",
        tell: Callable[[str], None] = lambda _: None,
    ) -> dict[str, Any]:
        """The answer to `question`; a follow-up is completed from `conversation`, which is carried on.

        `tell` is given the text so far while sentences still come.

        Raises:
            QuestionRejected: the question is empty or too long.
            UnknownReport: there is no report of that name.
        """
        for answer in self._assistant.stream(question, conversation, report=report, id=str(id)):
            if not answer.complete:
                tell(answer.text)
        return {**_taken(answer).as_json(), "id": id}

    def conversation(self, history: Sequence[str], report: str | None = None) -> Conversation:
        """The conversation that the earlier questions make. Raises QuestionRejected and UnknownReport as `ask` does."""
        conversation, plain = Conversation(), self._assistant.extractive()  # no model writes what nobody reads
        for question in history:
            _taken(plain.ask(question, conversation, report=report))
        return conversation

    def check(self, text: str, *, report: str | None = None, id: Id = "") -> dict[str, Any]:
        """A finding for each figure of a draft.

        Raises:
            DraftProblem: the draft is empty or too long.
            UnknownReport: there is no report of that name.
        """
        findings = self.checker().check(bounded(text), report)
        return {"id": id, "findings": [finding.as_json() for finding in findings]}

    def facts(
        self, filters: Filters, *, offset: int = 0, limit: int | None = None, report: str | None = None
    ) -> dict[str, Any]:
        """The facts that pass the filters, from `offset` at most `limit` of them. Raises UnknownReport."""
        table = self.table(report)
        rows = table.rows(filters)
        shown = rows[offset:] if limit is None else rows[offset : offset + limit]
        facts = [row.as_json() for row in shown]
        return {"report": table.report.name, "count": len(rows), "offset": offset, "facts": facts}

    def pairs(self, report: str | None = None) -> dict[str, Any]:
        """Results beside the targets of the same indicators. Raises UnknownReport, ReportProblem."""
        return self.table(report).pairs_json()

    def conflicts(self, report: str | None = None) -> dict[str, Any]:
        """Indicators that the report gives differently in several places. Raises UnknownReport."""
        return self.table(report).conflicts_json()

    def passage(self, id: str) -> dict[str, Any]:
        """The passage of that id with its facts. Raises UnknownPassage."""
        passage = self._passages.get(id)
        if passage is None:
            raise UnknownPassage(f"没有编号为 {id} 的条目，编号见引用里的 passage。")
        facts = [row.as_json() for row in self.table(passage.report).rows() if row.passage == id]
        return {**_passage_json(passage, self._reports[passage.report]), "facts": facts}

    def report(self, name: str | None = None, *, text: bool = False) -> dict[str, Any]:
        """The report and its metadata, with its whole text if wanted. Raises UnknownReport."""
        report = self._report(name)
        own = {passage.id for passage in self._index.passages if passage.report == report.name}
        return {
            "name": report.name,
            "title": report.title,
            "place": report.place,
            "date": report.date.isoformat() if report.date else None,
            "year": report.year,
            "planned": report.planned,
            "sha256": report.sha256,
            "passages": len(own),
            "facts": sum(fact.passage in own for fact in self._index.facts),
            "reports": list(self._reports),
            "text": report.text if text else None,
        }

    def version(self) -> dict[str, Any]:
        """The version of the program, and the hashes of index and reports."""
        manifest = self._index.manifest
        return {
            "version": released(),
            "program": program(),
            "index_sha256": manifest.sha256,
            "reports": dict(manifest.reports),
        }

    def checker(self) -> Checker:
        """What holds drafts against the reports, made when it is first asked for."""
        with self._making:
            if self._checker is None:
                self._checker = Checker(dict(self._assistant.worlds), self._default)
            return self._checker

    def table(self, name: str | None = None) -> FactTable:
        """The table of a report's facts, made when it is first asked for. Raises UnknownReport."""
        name = self._report(name).name
        with self._making:
            if name not in self._tables:
                self._tables[name] = FactTable.open(self._settings, self._index, name)
            return self._tables[name]

    def _report(self, name: str | None) -> Report:
        wanted = name or self._default
        if wanted not in self._reports:
            raise UnknownReport.among(wanted, self._reports)
        return self._reports[wanted]


def _taken(answer: Answer) -> Answer:
    """The answer to a question that could be taken in. Raises QuestionRejected for any other."""
    if answer.status is AnswerStatus.ERROR:
        raise QuestionRejected(answer.reason or Reason.INTERNAL, answer.text)
    return answer


def _passage_json(passage: Passage, report: Report) -> dict[str, Any]:
    return {
        "id": passage.id,
        "report": passage.report,
        "kind": passage.kind.value,
        "section": list(passage.section),
        "table": passage.table,
        "row": passage.row,
        "quote": passage.text,
        "spans": [list(span) for span in passage.spans],
        "lines": list(lines_of(passage, report)),
        "year": passage.year,
        "status": passage.status.value if passage.status else None,
    }
