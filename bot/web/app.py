"""The web app: the Gradio page in its frame behind the guard, and the server that `youju chat` starts."""

import hashlib
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from bot.api import app as api
from bot.api.problems import PREFIX
from bot.types import Answer
from bot.web.answers import reply
from bot.web.check import add_check
from bot.web.entrance import Entrance
from bot.web.facts import add_facts
from bot.web.feedback import FILE_NAME, Feedback, FeedbackStore, RecentAnswers
from bot.web.guard import Guard, RateLimit
from bot.web.opening import Opening
from bot.web.page import STATIC, Dress, Frame
from bot.web.suggesting import follow_ups
from bot.web.wording import wording
from corpus.types import Report

if TYPE_CHECKING:
    import gradio as gr

    from bot.settings import Settings
    from index.store import Index

_LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_ANY_ADDRESS = ("0.0.0.0", "::")  # listening on all of the machine's addresses
_EXTRACTIVE = "extractive"  # the writer that calls no model
_NAMED = 16  # characters of a report's hash that the address of its page begins with
_FOR_GOOD = "private, max-age=31536000, immutable"


def build(opening: Opening, settings: "Settings") -> FastAPI:
    """The app that serves the page for `settings.report`; what `opening` makes is waited for when it is needed."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from bot.web.blocks import Desk, build_blocks

    plain = _frame(settings, opening.report)
    words = plain.words

    def frame() -> Frame:
        return replace(plain, report=opening.report)

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    recent = RecentAnswers()
    _add_page_routes(app, frame, plain.version, opening)
    _add_follow_ups(app, recent, opening)
    places = BoundedSemaphore(settings.limit_at_once)
    drafts = BoundedSemaphore(settings.limit_at_once)  # their own: a long draft keeps no question waiting
    app.mount(PREFIX, api.build(opening.service, settings, places, drafts))
    add_facts(app, opening, words["facts"])
    add_check(app, opening, words["check"], drafts)
    _add_feedback(app, recent, FeedbackStore(settings.data_dir / FILE_NAME), opening)

    def show(answer: Answer) -> dict[str, Any]:
        recent.add(answer)
        return reply(answer, opening.opened().page, words["answer"], settings.contact)

    def is_quick() -> bool:
        return settings.writer == _EXTRACTIVE and opening.tried is not None

    desk = Desk(lambda: opening.opened().assistant, show, words["answer"], places, is_quick)
    _mount(app, build_blocks(desk, words["frame"], settings.title, settings.max_question), settings.root_path)
    app.add_middleware(Dress, frame=frame, tried=lambda: opening.tried)
    # Gradio's own CORS rules, which would let any site in, step aside for these.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_hosts(settings))
    password = settings.password.get_secret_value()
    if password:
        keyed = (f"{PREFIX}/",) if settings.api_keys else ()  # the API asks for a key itself
        app.add_middleware(
            Entrance, password=password, values=plain.values(), texts=words["entrance"], open_under=keyed
        )
    app.add_middleware(Guard, limit=RateLimit(settings.limit_burst, settings.limit_per_minute / 60))
    return app


def _frame(settings: "Settings", report: Report) -> Frame:
    words = wording(settings.language)
    # A notice that was not chosen is in the interface's language.
    notice = settings.notice if "notice" in settings.model_fields_set else words["frame"]["notice"]
    return Frame(settings.title, notice, settings.contact, _version(), report, words)


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


def serve(settings: "Settings", index: "Index | None" = None) -> None:
    """Answer on the page from `index`, or the settings' own, until interrupted; prints the address once it listens.

    Raises:
        CorruptIndex: the index is missing or damaged.
        StaleIndex: another version or another model made it.
    """
    import uvicorn

    opening = Opening(settings, index)
    app = build(opening, settings)
    proxies = ",".join(settings.trusted_proxies)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        root_path=settings.root_path,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=settings.limit_connections,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=2,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
    )
    _announcing(opening)(config).run()
    opening.check()


def _announcing(opening: Opening) -> type:
    import uvicorn

    class Announcing(uvicorn.Server):
        """A server that says where it is as soon as it listens, and only then makes the rest ready."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            port = self.servers[0].sockets[0].getsockname()[1]
            host = "127.0.0.1" if self.config.host in _ANY_ADDRESS else self.config.host
            proxied = f"由反向代理放在 {self.config.root_path}/ 下。\n" if self.config.root_path else ""
            shown = f"[{host}]" if ":" in host else host
            sys.stdout.write(f"有据已就绪：http://{shown}:{port}/\n{proxied}按 Ctrl+C 停止。\n")
            sys.stdout.flush()
            opening.start(self._stop)

        def _stop(self) -> None:
            self.should_exit = True

    return Announcing


def _add_page_routes(app: FastAPI, frame: Callable[[], Frame], version: str, opening: Opening) -> None:
    @app.get("/healthz")
    def healthz() -> Response:
        return JSONResponse({"status": "ok"})

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
        store.add(given, answer, opened.page.report.sha256, opened.index)
        return Response(status_code=204)


def _hosts(settings: "Settings") -> list[str]:
    given = list(settings.allowed_hosts)
    if "*" in given or settings.host in _ANY_ADDRESS and not given:
        return ["*"]
    return [*_LOCAL_HOSTS, settings.host, *given]


def _version() -> str:
    """A name for the state of the page's own files, so that a browser never mixes two states."""
    content = b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()))
    return hashlib.sha256(content).hexdigest()[:12]
