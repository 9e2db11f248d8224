"""The addresses of the tab of checking: the tab itself, a file as text, the findings of a draft, and them as files.

Nothing of a draft is kept: each request brings it along.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import FastAPI, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from pydantic import BaseModel, Field

from bot.checking.draft import bounded, read_draft
from bot.checking.export import as_csv, as_docx
from bot.errors import DraftProblem
from bot.facts.export import CSV_TYPE
from bot.types import Finding
from bot.web import checked
from bot.web.answers import source_of
from bot.web.opening import Opening
from bot.web.reading import ReportPage
from bot.web.wording import Texts

_FRESH = {"cache-control": "no-store"}
_DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PATIENCE = 30.0  # seconds that a draft waits for its turn

Name = Annotated[str, Field(max_length=255)]


class Draft(BaseModel):
    """A draft as the page sends it."""

    text: str


class Checking:
    """Holds drafts against the report, a few at a time."""

    def __init__(self, opening: Opening, texts: Texts, places: BoundedSemaphore) -> None:
        self._opening = opening
        self._texts = texts
        self._places = places

    def findings(self, draft: str) -> tuple[Finding, ...]:
        """The findings of a draft. Raises DraftProblem where it cannot be checked now."""
        text = bounded(draft)
        checker = self._opening.checker()
        with self._turn():
            return checker.check(text, self._opening.opened().page.report.name)

    def text_of(self, name: str, data: bytes) -> str:
        """The text of a file. Raises DraftProblem where it cannot be read, or not now."""
        with self._turn():
            return read_draft(name, data)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._places.acquire(timeout=_PATIENCE):
            raise DraftProblem(str(self._texts["crowded"]))
        try:
            yield
        finally:
            self._places.release()


def add_check(app: FastAPI, opening: Opening, texts: Texts, places: BoundedSemaphore) -> None:
    """Add the addresses below /youju/check."""
    checking = Checking(opening, texts, places)

    @app.exception_handler(DraftProblem)
    def refused(_: Request, problem: Exception) -> Response:
        return PlainTextResponse(str(problem), 422, _FRESH)

    @app.get("/youju/check")
    def tab() -> Response:
        return HTMLResponse(checked.tab(texts), headers=_FRESH)

    @app.post("/youju/check")
    def check(draft: Draft) -> Response:
        found = checking.findings(draft.text)
        html = checked.outcome(draft.text, found, texts)
        return JSONResponse({"html": html, **_places(found, opening.opened().page)}, headers=_FRESH)

    @app.post("/youju/check/draft")
    async def draft_of(request: Request, name: Annotated[Name, Query()]) -> Response:
        text = await run_in_threadpool(checking.text_of, name, await request.body())
        return JSONResponse({"text": text}, headers=_FRESH)

    @app.post("/youju/check/file")
    def file(draft: Draft, kind: Annotated[Literal["docx", "csv"], Query()]) -> Response:
        found = checking.findings(draft.text)
        content = as_docx(draft.text, found) if kind == "docx" else as_csv(draft.text, found)
        name = quote(f"{texts['file']}.{kind}")
        headers = {**_FRESH, "content-disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(content, media_type=_DOCX_TYPE if kind == "docx" else CSV_TYPE, headers=headers)


def _places(found: Sequence[Finding], page: ReportPage) -> dict[str, Any]:
    """What the source panel needs to show the report's places: each passage once, and which of them a finding cites."""
    cited = {citation.passage: citation for finding in found for citation in finding.citations}
    return {
        "report": page.report.sha256,
        "sources": {passage: source_of(citation, page) for passage, citation in cited.items()},
        "findings": [
            {
                "passages": [citation.passage for citation in finding.citations],
                "short": [words for words in (finding.correct, finding.figure) if words],
            }
            for finding in found
        ],
    }
