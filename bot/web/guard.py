"""What stands before the page: which addresses exist, how big and how frequent requests may be, safe headers."""

import secrets
import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.problems import PREFIX, Problem

# Everything else is 404: uploads, file and proxy addresses, direct runs, monitoring, deep links, components' servers.
_EXACT = frozenset(
    {"/", "/config", "/theme.css", "/favicon.ico", "/manifest.json", "/robots.txt", "/healthz"}
    | {
        f"/gradio_api/{name}"
        for name in ("info", "app_id", "startup-events", "queue/join", "queue/data", "cancel", "reset")
    }
    | {"/gradio_api/run/predict", "/gradio_api/call/ask"}
)
_UNDER = ("/assets/", "/static/", "/youju/", "/gradio_api/heartbeat/", "/gradio_api/call/ask/")
_ASKING = (
    *("/gradio_api/run/predict", "/gradio_api/queue/join", "/gradio_api/call/ask"),
    *("/youju/feedback", "/youju/following/", "/youju/check"),
)
_MAKING = ("/youju/facts.csv", "/youju/facts.xlsx")  # files that take a moment to make
_MAX_BODY = 32 * 1024
# A draft is longer than a question: 50,000 characters as JSON, and a Word file with its pictures.
_MAX_BODIES = {"/youju/check": 512 * 1024, "/youju/check/file": 512 * 1024, "/youju/check/draft": 8 * 1024 * 1024}
_API = f"{PREFIX}/"
_UNHURRIED = (f"{PREFIX}/healthz", f"{PREFIX}/openapi.json")
_TOO_FAST, _RETRY = "提问太快了，请稍候再试。", 2  # seconds
_CLIENTS = 4096  # clients whose recent use is remembered

_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def content_security_policy(nonce: str) -> str:
    """Only this server's own scripts run, and of those in the page only the ones that carry `nonce`."""
    return (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    )


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class RateLimit:
    """How many questions one address may ask: a burst, then so many a second."""

    def __init__(self, burst: float, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._rate, self._clock = burst, rate, clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def allows(self, client: str) -> bool:
        """Whether `client` may ask once more now; counts it if so."""
        now = self._clock()
        bucket = self._buckets.pop(client, None) or _Bucket(self._burst, now)
        bucket.left = min(self._burst, bucket.left + (now - bucket.at) * self._rate)
        bucket.at = now
        allowed = bucket.left >= 1
        bucket.left -= allowed
        self._buckets[client] = bucket
        while len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return allowed


class Guard:
    """ASGI middleware: default deny, a cap on bodies, a rate limit on questions, security headers."""

    def __init__(self, app: ASGIApp, limit: RateLimit) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an allowed request on, refuse any other."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        nonce = secrets.token_urlsafe(16)
        scope["state"] = {**scope.get("state", {}), "nonce": nonce}
        send = _with_headers(send, nonce)
        refusal = self._refusal(scope)
        if refusal:
            await refusal(scope, receive, send)
            return
        path = path_of(scope)
        await self.app(scope, receive if path.startswith(_API) else _capped(receive, _cap_of(path)), send)

    def _refusal(self, scope: Scope) -> Response | None:
        path = path_of(scope)
        if path.startswith(_API):
            # Addresses, methods and sizes are the API's own matter, and said as its problems.
            is_free = path in _UNHURRIED or self.limit.allows(client_of(scope))
            return None if is_free else Problem("too-fast", _TOO_FAST, retry_after=_RETRY).response()
        if path not in _EXACT and not (path.startswith(_UNDER) and ".." not in path):
            return PlainTextResponse("没有这个地址。", 404)
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("不支持这种请求。", 405)
        if _declared_length(scope) > _cap_of(path):
            return PlainTextResponse("请求太大。", 413)
        is_work = path in _MAKING or scope["method"] == "POST" and path.startswith(_ASKING)
        if is_work and not self.limit.allows(client_of(scope)):
            return PlainTextResponse(_TOO_FAST, 429, {"Retry-After": str(_RETRY)})
        return None


def path_of(scope: Scope) -> str:
    """The address that is asked for, below the root path."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return (path.removeprefix(root) or "/") if root and path.startswith(root) else path


def client_of(scope: Scope) -> str:
    """The address of who asks."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def _declared_length(scope: Scope) -> int:
    value = dict(scope["headers"]).get(b"content-length", b"0")
    return int(value) if value.isdigit() else sys.maxsize


def _cap_of(path: str) -> int:
    """How many bytes a request to an address may bring."""
    return _MAX_BODIES.get(path, _MAX_BODY)


def _capped(receive: Receive, most: int) -> Receive:
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            # Whoever reads the body sees a client that went away: nothing of an oversized body is used.
            return {"type": "http.disconnect"}
        return message

    return limited


def _with_headers(send: Send, nonce: str) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers["content-security-policy"] = content_security_policy(nonce)
        await send(message)

    return dressed
