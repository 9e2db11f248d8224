"""The web app: the Gradio page in its frame behind the guard, and the server that `youju chat` starts."""

import hashlib
import logging
import os
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles

from bot.api import app as api
from bot.api.problems import PREFIX
from bot.api.turns import Places
from bot.types import Answer
from bot.web.addresses import QUEUE, Site, exists, is_work, route_of
from bot.web.answers import reply
from bot.web.asking import Asking
from bot.web.check import add_check
from bot.web.entrance import Entrance
from bot.web.facts import add_facts
from bot.web.feedback import FILE_NAME, Feedback, FeedbackStore, RecentAnswers
from bot.web.guard import Guard, RateLimit
from bot.web.opening import Opening
from bot.web.page import PATIENCE, STATIC, Dress, Frame
from bot.web.suggesting import follow_ups
from bot.web.traffic import Traffic, Watch
from bot.web.wording import wording
from bot.writing import EXTRACTIVE
from corpus.types import Report

if TYPE_CHECKING:
    import gradio as gr

    from bot.settings import Settings

_LOG = logging.getLogger(__name__)
_LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
ANY_ADDRESS = ("0.0.0.0", "::")  # listening on all of the machine's addresses
_SAID = {400: "请求的格式不对。", 404: "没有这个地址。", 405: "不支持这种请求。"}
_PARTS = 4  # requests that opening the page once takes, beside its files
_NAMED = 16  # characters of a report's hash that the address of its page begins with
_FOR_GOOD = "private, max-age=31536000, immutable"


def build(opening: Opening, settings: "Settings", traffic: Traffic | None = None) -> FastAPI:
    """The app that serves the page for `settings.report`; what `opening` makes is waited for when it is needed."""
    traffic = traffic or Traffic(settings.limit_connections)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from bot.web.blocks import Desk, build_blocks

    plain = _frame(settings, opening.report)
    words = plain.words

    def frame() -> Frame:
        return replace(plain, report=opening.report)

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    recent = RecentAnswers()

    def answered(answer: Mapping[str, Any]) -> None:
        traffic.answered(answer, settings.writer)

    _add_page_routes(app, frame, plain.version, opening)
    _add_follow_ups(app, recent, opening)
    places = Places.of(settings)
    app.mount(PREFIX, api.build(opening.service, settings, places, answered))
    add_facts(app, opening, words["facts"])
    add_check(app, opening, words["check"], places.drafts)
    _add_feedback(app, recent, FeedbackStore(settings.data_dir / FILE_NAME), opening)

    def show(answer: Answer) -> dict[str, Any]:
        if answer.complete:
            recent.add(answer)
            answered(answer.as_json())
        return reply(answer, opening.opened().page, words["answer"], settings.contact)

    def is_quick() -> bool:
        return not settings.asks_models and opening.tried is not None

    desk = Desk(lambda: opening.opened().assistant, show, words["answer"], places, is_quick, settings.places + 1)
    streams = settings.writer != EXTRACTIVE
    blocks = build_blocks(desk, words["frame"], settings.title, settings.max_question, streams=streams)
    _mount(app, blocks, settings.root_path)
    _stand_before(app, frame, opening, settings, traffic)
    return app


def _stand_before(
    app: FastAPI, frame: Callable[[], Frame], opening: Opening, settings: "Settings", traffic: Traffic
) -> None:
    """All that a request passes, the innermost first, and what is said where something goes wrong."""
    app.add_middleware(Asking)
    app.add_middleware(Dress, frame=frame, tried=lambda: opening.tried)
    # Gradio's own CORS rules, which would let any site in, step aside for these.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    password = settings.password.get_secret_value()
    if password:
        keyed = (f"{PREFIX}/",) if settings.api_keys else ()  # the API asks for a key itself
        words = frame().words["entrance"]
        app.add_middleware(Entrance, password=password, values=frame().values(), texts=words, open_under=keyed)
    queue = QUEUE if settings.writer != EXTRACTIVE else frozenset[str]()
    app.add_middleware(
        Guard,
        site=Site(lambda path: exists(path) or path in queue),
        hosts=hosts_of(settings),
        limit=RateLimit(settings.limit_burst, settings.limit_per_minute / 60),
        opening=RateLimit(settings.limit_burst * _PARTS, settings.limit_per_minute * _PARTS / 60),
        is_full_for=traffic.is_full_for,
    )
    app.add_middleware(Watch, traffic=traffic, route=route_of, asks=is_work)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _broken)


def _frame(settings: "Settings", report: Report) -> Frame:
    words = wording(settings.language)
    # A notice that was not chosen is in the interface's language, and says whether a model writes.
    default = "notice" if settings.writer == EXTRACTIVE else "notice_of_model"
    notice = settings.notice if "notice" in settings.model_fields_set else words["frame"][default]
    patience = PATIENCE if settings.writer == EXTRACTIVE else settings.writer_timeout + PATIENCE
    return Frame(settings.title, notice, settings.contact, _version(), report, words, patience)


def _mount(app: FastAPI, blocks: "gr.Blocks", root_path: str) -> None:
    import gradio as gr

    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        root_path=root_path or None,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
        show_error=False,
        enable_monitoring=False,
        run_history=False,
        footer_links=[],
        max_file_size=0,
        allowed_paths=[],
        blocked_paths=[str(STATIC.parents[2])],
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        app_kwargs={"openapi_url": None},
    )


def _add_page_routes(app: FastAPI, frame: Callable[[], Frame], version: str, opening: Opening) -> None:
    @app.get("/healthz")
    def healthz() -> Response:
        return JSONResponse({"status": "ok"})

    @app.get("/readyz")
    def readyz() -> Response:
        if opening.is_open:
            return JSONResponse({"status": "ok", "index": opening.opened().index})
        return JSONResponse({"status": "opening"}, 503, {"retry-after": "1"})

    @app.get("/manifest.json")
    def manifest() -> Response:
        return JSONResponse(frame().manifest(), media_type="application/manifest+json")

    @app.get("/youju/report")
    def report(request: Request) -> Response:
        opened = opening.opened()
        # An address that names another report is an old page's: what it gets must not be kept for that report.
        named = opened.page.report.sha256[:_NAMED]
        cached = {"cache-control": _FOR_GOOD if request.url.query.startswith(named) else "no-store"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(opened.packed, media_type="text/html", headers={**cached, "content-encoding": "gzip"})
        return Response(opened.page.html, media_type="text/html", headers=cached)

    @app.get("/youju/examples")
    def examples() -> Response:
        return JSONResponse(opening.examples(), headers={"cache-control": "no-store"})

    app.mount(f"/youju/{version}", _OwnFiles(directory=STATIC), name="static")


class _OwnFiles(StaticFiles):
    """The page's own files, whose address changes when they do: a browser may keep them for good."""

    def file_response(self, *arguments: Any, **options: Any) -> Response:  # noqa: ANN401  # passed on as they come
        answer = super().file_response(*arguments, **options)
        answer.headers["cache-control"] = _FOR_GOOD
        return answer


def _add_follow_ups(app: FastAPI, recent: RecentAnswers, opening: Opening) -> None:
    @app.post("/youju/following/{number}")
    def following(number: str) -> Response:
        answer = recent.get(number)
        if answer is None:
            return JSONResponse([])
        opened = opening.opened()
        return JSONResponse(list(answer.suggestions or follow_ups(opened.read, answer, opened.ask)))


def _add_feedback(app: FastAPI, recent: RecentAnswers, store: FeedbackStore, opening: Opening) -> None:
    @app.post("/youju/feedback")
    def feedback(given: Feedback) -> Response:
        answer = recent.get(given.answer)
        if answer is None:
            return PlainTextResponse("这条回答已经过期，请重新提问后再评价。", 410)
        opened = opening.opened()
        try:
            store.add(given, answer, opened.page.report.sha256, opened.index)
        except (sqlite3.Error, OSError):
            _LOG.exception("评价没有存下来")
            return PlainTextResponse("评价没有存下来，请稍后再试。", 503, {"Retry-After": "30"})
        return Response(status_code=204)


def _not_understood(_: Request, problem: Exception) -> Response:
    """FastAPI would repeat what was sent, in English."""
    del problem
    return PlainTextResponse(_SAID[400], 422)


def _refused(_: Request, problem: Exception) -> Response:
    status = problem.status_code if isinstance(problem, HTTPException) else 400
    return PlainTextResponse(_SAID.get(status, _SAID[400]), status)


def _broken(_: Request, problem: Exception) -> Response:
    del problem  # the log has it
    return PlainTextResponse("程序出错了，请稍后再试。", 500)


def hosts_of(settings: "Settings") -> list[str]:
    """The names that the server goes by; `*` stands for any."""
    given = list(settings.allowed_hosts)
    if "*" in given or settings.host in ANY_ADDRESS and not given:
        return ["*"]
    own = f"[{settings.host}]" if ":" in settings.host else settings.host
    return [*_LOCAL_HOSTS, own, *given]


def _version() -> str:
    """A name for the state of the page's own files, so that a browser never mixes two states."""
    content = b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()))
    return hashlib.sha256(content).hexdigest()[:12]
