"""The addresses of the tab of facts: the tab itself, its rows as filtered, the files, and the places of facts."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import FastAPI, Query, Response
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, BeforeValidator, Field

from bot.facts import FactRow, Filters, Sort
from bot.facts.export import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx, pairs_as_csv, pairs_as_xlsx
from bot.types import Citation
from bot.web import fact_rows
from bot.web.answers import source_of
from bot.web.opening import Opening
from bot.web.wording import Texts
from corpus.types import Status

_FRESH = {"cache-control": "no-store"}
_MOST_PLACES = 24  # places of facts that one request may ask for

Word = Annotated[str, Field(max_length=100)]


def _nothing_if_empty(value: object) -> object:
    return value or None


class Wanted(BaseModel):
    """The filters as an address carries them; an empty one filters nothing."""

    words: Word = ""
    section: Word = ""
    year: Annotated[int | None, BeforeValidator(_nothing_if_empty)] = None
    status: Annotated[Status | None, BeforeValidator(_nothing_if_empty)] = None
    unit: Word = ""
    change: Word = ""
    sort: Sort = Sort.PLACE
    descending: bool = False


def add_facts(app: FastAPI, opening: Opening, texts: Texts) -> None:
    """Add the addresses below /youju/facts."""

    def found(wanted: Wanted) -> tuple[FactRow, ...]:
        return opening.facts().rows(Filters(**wanted.model_dump()))

    @app.get("/youju/facts")
    def tab() -> Response:
        return HTMLResponse(fact_rows.tab(opening.facts(), texts), headers=_FRESH)

    @app.get("/youju/facts/rows")
    def rows(wanted: Annotated[Wanted, Query()]) -> Response:
        listed = found(wanted)
        return JSONResponse({"count": len(listed), "html": fact_rows.body(listed, texts)}, headers=_FRESH)

    @app.get("/youju/facts/places")
    def places(fact: Annotated[list[str], Query(max_length=_MOST_PLACES)]) -> Response:
        known = {row.id: row for row in opening.facts().rows()}
        page = opening.opened().page
        asked = [known[id] for id in fact if id in known]
        sources = [source_of(_citation(row, n), page) for n, row in enumerate(asked, 1)]
        short = [row.figure for row in asked]
        return JSONResponse(
            {"status": "answered", "report": page.report.sha256, "citations": sources, "short": short}, headers=_FRESH
        )

    @app.get("/youju/facts.csv")
    def csv(wanted: Annotated[Wanted, Query()]) -> Response:
        return Response(as_csv(found(wanted)), media_type=CSV_TYPE, headers=_as_file(texts["file"], "csv"))

    @app.get("/youju/facts.xlsx")
    def xlsx(wanted: Annotated[Wanted, Query()]) -> Response:
        content = as_xlsx(found(wanted), opening.facts().report.title)
        return Response(content, media_type=XLSX_TYPE, headers=_as_file(texts["file"], "xlsx"))

    @app.get("/youju/facts/pairs.csv")
    def pairs_csv() -> Response:
        content = pairs_as_csv(opening.facts().pairs())
        return Response(content, media_type=CSV_TYPE, headers=_as_file(texts["pairs_file"], "csv"))

    @app.get("/youju/facts/pairs.xlsx")
    def pairs_xlsx() -> Response:
        table = opening.facts()
        content = pairs_as_xlsx(table.pairs(), table.report.title)
        return Response(content, media_type=XLSX_TYPE, headers=_as_file(texts["pairs_file"], "xlsx"))


def _citation(row: FactRow, n: int) -> Citation:
    return Citation(n, row.report, row.passage, row.section, row.table, row.row, row.quote, row.spans, row.lines)


def _as_file(name: Any, kind: str) -> dict[str, str]:  # noqa: ANN401  # texts may be lists too
    return {**_FRESH, "content-disposition": f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"}
