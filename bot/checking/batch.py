"""Drafts as JSON lines: each line's draft is checked, and contradicted figures are counted for the exit code."""

from typing import Any

from bot.batch import BadLine, Line
from bot.checking.checker import Checker
from bot.checking.draft import bounded
from bot.errors import DraftProblem
from bot.types import Reason, Verdict

_INTERNAL = "程序内部出错，这份文稿没有核对。"


class Drafts:
    """Checks each line's draft; `contradicted` counts the figures that the report says otherwise."""

    def __init__(self, checker: Checker) -> None:
        """Takes the checker that the lines are put to."""
        self._checker = checker
        self.contradicted = 0

    def respond(self, line: Line) -> dict[str, Any]:
        """The findings of the line's draft."""
        text, report = line.record.get("text"), line.record.get("report")
        if not isinstance(text, str):
            raise BadLine("缺少 text，或者它不是文字。")
        if report is not None and not isinstance(report, str):
            raise BadLine("report 应当是报告的名称。")
        try:
            findings = self._checker.check(bounded(text), report)
        except DraftProblem as problem:
            raise BadLine(str(problem)) from problem
        self.contradicted += sum(finding.verdict is Verdict.CONTRADICTED for finding in findings)
        return {"id": line.id, "findings": [finding.as_json() for finding in findings]}

    def failed(self, line: Line, reason: Reason, message: str) -> dict[str, Any]:
        """An object of status error that says what is wrong."""
        said = _INTERNAL if reason is Reason.INTERNAL else message
        return {"id": line.id, "status": "error", "reason": reason.value, "error": said, "findings": []}
