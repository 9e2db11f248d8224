"""The optional password before the page: a form, and a signed cookie for whoever knows it."""

import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api.problems import PREFIX, Problem
from bot.web.addresses import path_of
from bot.web.clients import client_of
from bot.web.guard import RateLimit
from bot.web.page import STATIC, filled
from bot.web.wording import Texts

_COOKIE = "youju"
_LASTS = 30 * 24 * 3600  # seconds
_OPEN = (
    "/healthz",
    "/readyz",
    "/api/v1/healthz",
    "/api/v1/openapi.json",
    "/manifest.json",
    "/robots.txt",
    "/favicon.ico",
)
_MAX_FORM = 4096  # bytes
_MAX_DIGITS = 12  # of the time until which a cookie holds


class Entrance:
    """ASGI middleware: without the password there is only the form, the page's own files and the health check."""

    def __init__(
        self,
        app: ASGIApp,
        password: str,
        values: Mapping[str, str],
        texts: Texts,
        clock: Callable[[], float] = time.time,
        tries: RateLimit | None = None,
        open_under: tuple[str, ...] = (),
    ) -> None:
        """`open_under` begins the addresses that ask for something else instead of the password."""
        self.app = app
        self._password = password.encode("utf-8")
        # Signed with what only the password gives: a new password ends all visits, a restart ends none.
        self._key = hashlib.scrypt(self._password, salt=b"youju entrance", n=2**14, r=8, p=1)
        self._values = values
        self._texts = texts
        self._clock = clock
        self._open_under = open_under
        self._tries = tries or RateLimit(burst=10, rate=1 / 6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in whoever carries the cookie, show the form to others, take what the form sends."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = path_of(scope)
        request = Request(scope, receive)
        if path == "/youju/enter" and scope["method"] == "POST":
            await (await self._enter(request))(scope, receive, send)
        elif self._is_open(path) or self._knows(request.cookies.get(_COOKIE, "")):
            await self.app(scope, receive, send)
        elif path == "/" and scope["method"] == "GET":
            await self._form("", 401)(scope, receive, send)
        elif path.startswith(PREFIX):
            await Problem("unauthorized", str(self._texts["heading"])).response()(scope, receive, send)
        else:
            await PlainTextResponse(str(self._texts["heading"]), 401)(scope, receive, send)

    def _is_open(self, path: str) -> bool:
        return path in _OPEN or path.startswith((f"/youju/{self._values['version']}/", *self._open_under))

    async def _enter(self, request: Request) -> Response:
        if not self._tries.allows(client_of(request.scope)):
            return self._form(str(self._texts["slow"]), 429, up="../")
        body = await request.body()
        given = parse_qs(body[:_MAX_FORM].decode("utf-8", errors="replace")).get("password", [""])[0]
        if not hmac.compare_digest(given.encode("utf-8"), self._password):
            return self._form(str(self._texts["wrong"]), 401, up="../")
        answer = RedirectResponse("../", 303)
        secure = request.url.scheme == "https"
        until = int(self._clock()) + _LASTS
        answer.set_cookie(
            _COOKIE,
            f"{until}.{self._sign(until)}",
            max_age=_LASTS,
            path=str(request.scope.get("root_path") or "") + "/",
            httponly=True,
            secure=secure,
            samesite="lax",
        )
        return answer

    def _knows(self, cookie: str) -> bool:
        until, _, signature = cookie.partition(".")
        if not (until.isascii() and until.isdigit() and signature.isascii()) or len(until) > _MAX_DIGITS:
            return False
        if int(until) < self._clock():
            return False
        return hmac.compare_digest(signature, self._sign(int(until)))

    def _sign(self, until: int) -> str:
        return hmac.new(self._key, str(until).encode(), "sha256").hexdigest()

    def _form(self, problem: str, status: int, up: str = "./") -> HTMLResponse:
        texts = {name: escape(str(text)) for name, text in self._texts.items()}
        values = {**self._values, **texts, "up": up, "problem": escape(problem)}
        page = filled((STATIC / "entrance.html").read_text(encoding="utf-8"), values)
        return HTMLResponse(page, status, {"cache-control": "no-store"})
