"""The HTTP API under /api/v1: its addresses, and what each of them takes and gives."""

from collections.abc import Callable, Mapping
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from starlette.responses import JSONResponse, Response

from bot.api import models, streaming
from bot.api.admission import Admission, Keys
from bot.api.describing import describe, problems, streams
from bot.api.failing import add_handlers
from bot.api.models import MAX_HISTORY, MAX_ID, AskIn, CheckIn, FactsQuery, ReportQuery
from bot.api.sessions import IDLE, Sessions
from bot.api.turns import Places, Turns, is_long
from bot.facts.types import Filters
from bot.receipt import released

if TYPE_CHECKING:
    from bot.api.service import Service
    from bot.settings import Settings

# Bytes of a body: JSON may write a character as 「\u4e00」 or, beyond the first plane, as two of these.
SIZES = {"/check": 1 << 20}
_CHARACTER, _REST = 12, 8 * 1024

_ABOUT = "就政府工作报告提问、核对文稿、查数据。每个数字都逐字写在引文里；报告没写的，拒答并说明原因。"

Opened = Callable[[], "Service"]
Answered = Callable[[Mapping[str, Any]], None]


def build(opened: Opened, settings: "Settings", places: Places, answered: Answered = lambda _: None) -> FastAPI:
    """The app to mount under PREFIX; `opened` may wait until there is a service.

    The `places` are shared with the page. `answered` hears of each answer.
    """
    keys = Keys(settings.api_keys)
    api = FastAPI(
        title="有据", summary=_ABOUT, version=released(), docs_url=None, redoc_url=None, redirect_slashes=False
    )
    # Looking up has turns of its own: it never waits for those who wait for a model.
    turns = Turns(BoundedSemaphore(settings.limit_at_once), settings.limit_at_once)
    asking = Turns(places.questions, settings.places), Turns(places.long, settings.places)
    _add_asking(api, opened, *asking, answered)
    _add_checking(api, opened, Turns(places.drafts, settings.limit_at_once))
    _add_facts(api, opened, turns)
    _add_reports(api, opened, turns)
    _add_health(api, opened, turns)
    add_handlers(api)
    describe(api, has_keys=bool(keys), max_question=settings.max_question)
    api.add_middleware(Admission, keys=keys, sizes=SIZES, most=max_body(settings.max_question))
    return api


def max_body(max_question: int) -> int:
    """How many bytes a request but a draft may have: the longest question with the longest history."""
    return _CHARACTER * max_question * (MAX_HISTORY + 1) + _REST


def _add_asking(api: FastAPI, opened: Opened, short: Turns, long: Turns, answered: Answered) -> None:
    sessions = Sessions()

    def answer(given: AskIn, owner: str, tell: streaming.Tell = lambda _: None) -> dict[str, Any]:
        found = _found(given, owner, tell)
        answered(found)
        return found

    def _found(given: AskIn, owner: str, tell: streaming.Tell) -> dict[str, Any]:
        service = opened()
        if given.session is not None:
            with sessions.taken(given.session, owner) as conversation:
                return service.ask(given.question, conversation, report=given.report, id=given.id, tell=tell)
        conversation = service.conversation(given.history, given.report)
        return service.ask(given.question, conversation, report=given.report, id=given.id, tell=tell)

    @api.post(
        "/ask",
        summary="提问",
        description="回答一个问题。请求头 Accept: text/event-stream 要的是事件流："
        "撰写中给出 text 事件（到此为止的文字），最后一个 answer 事件是完整的回答；中途出错时是 problem 事件。",
        response_model=models.AnswerOut,
        responses={
            **streams(),
            **problems(
                "bad-json", "unknown-report", "unknown-session", "foreign", "too-large", "bad-type", "invalid", "busy"
            ),
        },
    )
    async def ask(given: AskIn, request: Request) -> Response:
        owner = request.state.owner
        turns = long if is_long(given.question, *given.history) else short
        if streaming.MEDIA_TYPE in request.headers.get("accept", ""):
            return await streaming.streamed(lambda tell: turns.take(lambda: answer(given, owner, tell)))
        return JSONResponse(await turns.take(lambda: answer(given, owner)))

    @api.post(
        "/sessions",
        status_code=201,
        summary="开始一段对话",
        description="给出会话号，之后在 ask 里带上它就可以追问。只有开始这段对话的调用方能用。",
        response_model=models.SessionOut,
        responses=problems("foreign", "too-large", "bad-type"),
    )
    async def begin(request: Request) -> Response:
        return JSONResponse({"session": sessions.begin(request.state.owner), "idle_seconds": IDLE}, 201)


def _add_checking(api: FastAPI, opened: Opened, turns: Turns) -> None:
    @api.post(
        "/check",
        summary="核对文稿",
        description="文稿里的每个数字与报告一致、不一致，还是报告未提及。",
        response_model=models.CheckOut,
        responses=problems("bad-json", "unknown-report", "foreign", "too-large", "bad-type", "invalid", "busy"),
    )
    async def check(given: CheckIn) -> Response:
        return JSONResponse(await turns.take(lambda: opened().check(given.text, report=given.report, id=given.id)))


def _add_facts(api: FastAPI, opened: Opened, turns: Turns) -> None:
    @api.get(
        "/facts",
        summary="数据",
        description="报告里的数据点：筛选、排序、分页。",
        response_model=models.FactsOut,
        responses=problems("unknown-report", "invalid", "busy"),
    )
    async def facts(wanted: Annotated[FactsQuery, Query()]) -> Response:
        filters = Filters(
            words=wanted.words,
            section=wanted.section,
            year=wanted.year,
            status=wanted.status,
            unit=wanted.unit,
            change=wanted.change,
            sort=wanted.sort,
            descending=wanted.desc,
        )
        return JSONResponse(
            await turns.take(
                lambda: opened().facts(filters, offset=wanted.offset, limit=wanted.limit, report=wanted.report)
            )
        )

    @api.get(
        "/facts/pairs",
        summary="结果与目标",
        description="同一指标的结果和目标并列。",
        response_model=models.PairsOut,
        responses=problems("unknown-report", "invalid", "busy"),
    )
    async def pairs(wanted: Annotated[ReportQuery, Query()]) -> Response:
        return JSONResponse(await turns.take(lambda: opened().pairs(wanted.report)))

    @api.get(
        "/facts/conflicts",
        summary="前后不一致",
        description="同一指标在报告里前后说法不一致的地方。",
        response_model=models.ConflictsOut,
        responses=problems("unknown-report", "invalid", "busy"),
    )
    async def conflicts(wanted: Annotated[ReportQuery, Query()]) -> Response:
        return JSONResponse(await turns.take(lambda: opened().conflicts(wanted.report)))


def _add_reports(api: FastAPI, opened: Opened, turns: Turns) -> None:
    @api.get(
        "/passages/{id:path}",
        summary="条目",
        description="一个条目和其中的数据点；编号是引用里的 passage。",
        response_model=models.PassageOut,
        responses=problems("unknown-passage", "invalid", "busy"),
    )
    async def passage(id: Annotated[str, Path(max_length=MAX_ID, examples=["xuhui-2024-2025/0174"])]) -> Response:
        return JSONResponse(await turns.take(lambda: opened().passage(id)))

    @api.get(
        "/report",
        summary="报告",
        description="报告的题目、地方、年份和哈希，以及现有哪些报告。",
        response_model=models.ReportOut,
        responses=problems("unknown-report", "invalid", "busy"),
    )
    async def report(wanted: Annotated[models.ReportTextQuery, Query()]) -> Response:
        return JSONResponse(await turns.take(lambda: opened().report(wanted.report, text=wanted.text)))


def _add_health(api: FastAPI, opened: Opened, turns: Turns) -> None:
    @api.get("/healthz", summary="是否在运行", response_model=models.HealthOut)
    async def healthz() -> Response:
        return JSONResponse({"status": "ok"})

    @api.get("/version", summary="版本", response_model=models.VersionOut, responses=problems("busy"))
    async def version() -> Response:
        return JSONResponse(await turns.take(lambda: opened().version()))
