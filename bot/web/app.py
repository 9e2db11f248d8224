"""The web app: the Gradio page in its frame behind the guard, and the server that `youju chat` starts."""

import gzip
import hashlib
import os
import socket
import sys
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from bot.conversation import Conversation
from bot.types import Answer
from bot.web.answers import reply
from bot.web.feedback import FILE_NAME, Feedback, FeedbackStore, RecentAnswers
from bot.web.guard import Guard
from bot.web.page import STATIC, Dress, Frame
from bot.web.reading import ReportPage
from bot.web.suggesting import Ask, examples_for, follow_ups
from corpus.library import ReadReport, find_reports, read_report

if TYPE_CHECKING:
    import gradio as gr

    from bot.assistant import Assistant
    from bot.settings import Settings

_LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_ANY_ADDRESS = ("0.0.0.0", "::")  # listening on all of the machine's addresses
_FOR_GOOD = "private, max-age=31536000, immutable"
_CONNECTIONS = 400  # each open page holds one


def build(assistant: "Assistant", settings: "Settings") -> FastAPI:
    """The app that serves the page for `settings.report`, answered by `assistant`."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from bot.web.blocks import build_blocks

    read = _read(settings)
    page = ReportPage(read)

    def ask(question: str) -> Answer:
        return assistant.ask(question, Conversation(), id="")

    frame = Frame(settings.title, settings.notice, settings.contact, _version(), page, examples_for(read, ask))
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    recent = RecentAnswers()
    _add_page_routes(app, frame)
    _add_follow_ups(app, recent, read, ask)
    _add_feedback(app, recent, FeedbackStore(settings.data_dir / FILE_NAME), page.report.sha256)

    def show(answer: Answer) -> dict[str, Any]:
        recent.add(answer)
        return reply(answer, page, settings.contact)

    blocks = build_blocks(assistant, show, settings.title, settings.max_question)
    _mount(app, blocks, settings.root_path)
    app.add_middleware(Dress, frame=frame)
    # Gradio's own CORS rules, which would let any site in, step aside for these.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_hosts(settings))
    app.add_middleware(Guard)
    return app


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


def serve(settings: "Settings") -> None:
    """Answer on the page until interrupted; prints the page's address once it listens."""
    import uvicorn

    from bot.assistant import Assistant

    app = build(Assistant.open(settings), settings)
    proxies = ",".join(settings.trusted_proxies)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        root_path=settings.root_path,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=2,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
    )
    _announcing()(config).run()


def _announcing() -> type:
    import uvicorn

    class Announcing(uvicorn.Server):
        """A server that says where it is as soon as it listens."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            port = self.servers[0].sockets[0].getsockname()[1]
            host = "127.0.0.1" if self.config.host in _ANY_ADDRESS else self.config.host
            proxied = f"由反向代理放在 {self.config.root_path}/ 下。\n" if self.config.root_path else ""
            shown = f"[{host}]" if ":" in host else host
            sys.stdout.write(f"有据已就绪：http://{shown}:{port}/\n{proxied}按 Ctrl+C 停止。\n")
            sys.stdout.flush()

    return Announcing


def _add_page_routes(app: FastAPI, frame: Frame) -> None:
    packed = gzip.compress(frame.page.html.encode("utf-8"), mtime=0)

    @app.get("/healthz")
    def healthz() -> Response:
        return JSONResponse({"status": "ok"})

    @app.get("/manifest.json")
    def manifest() -> Response:
        return JSONResponse(_manifest(frame), media_type="application/manifest+json")

    @app.get("/youju/report")
    def report(request: Request) -> Response:
        cached = {"cache-control": _FOR_GOOD}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, media_type="text/html", headers={**cached, "content-encoding": "gzip"})
        return Response(frame.page.html, media_type="text/html", headers=cached)

    app.mount(f"/youju/{frame.version}", _OwnFiles(directory=STATIC), name="static")


class _OwnFiles(StaticFiles):
    """The page's own files, whose address changes when they do: a browser may keep them for good."""

    def file_response(self, *arguments: Any, **options: Any) -> Response:  # noqa: ANN401  # passed on as they come
        answer = super().file_response(*arguments, **options)
        answer.headers["cache-control"] = _FOR_GOOD
        return answer


def _add_follow_ups(app: FastAPI, recent: RecentAnswers, read: ReadReport, ask: Ask) -> None:
    @app.post("/youju/following/{number}")
    def following(number: str) -> Response:
        answer = recent.get(number)
        return JSONResponse(list(answer.suggestions or follow_ups(read, answer, ask)) if answer else [])


def _add_feedback(app: FastAPI, recent: RecentAnswers, store: FeedbackStore, report_sha256: str) -> None:
    @app.post("/youju/feedback")
    def feedback(given: Feedback) -> Response:
        answer = recent.get(given.answer)
        if answer is None:
            return PlainTextResponse("这条回答已经过期，请重新提问后再评价。", 410)
        store.add(given, answer, report_sha256)
        return Response(status_code=204)


def _manifest(frame: Frame) -> dict[str, Any]:
    return {
        "name": frame.title,
        "short_name": frame.title,
        "lang": "zh-CN",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#f6f6f3",
        "theme_color": "#f6f6f3",
        "icons": [
            {"src": f"./youju/{frame.version}/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
        ],
    }


def _read(settings: "Settings") -> ReadReport:
    paths = find_reports(settings.reports)
    named = [path for path in paths if path.stem == settings.report]
    return read_report((named or paths)[0])


def _hosts(settings: "Settings") -> list[str]:
    given = list(settings.allowed_hosts)
    if "*" in given or settings.host in _ANY_ADDRESS and not given:
        return ["*"]
    return [*_LOCAL_HOSTS, settings.host, *given]


def _version() -> str:
    """A name for the state of the page's own files, so that a browser never mixes two states."""
    content = b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()))
    return hashlib.sha256(content).hexdigest()[:12]
