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

from bot.api.problems import Problem
from bot.web.addresses import API, HEALTH, exists, is_work, path_of

_MAX_BODY = 32 * 1024
# A draft is longer than a question: 50,000 characters as JSON, and a Word file with its pictures.
_MAX_BODIES = {"/youju/check": 512 * 1024, "/youju/check/file": 512 * 1024, "/youju/check/draft": 8 * 1024 * 1024}
_UNHURRIED = (f"{API}healthz", f"{API}openapi.json")
# Why a request is refused: status, what is said, seconds after which to try again.
_REFUSALS: dict[str, tuple[int, str, int | None]] = {
    "not-found": (404, "没有这个地址。", None),
    "bad-method": (405, "不支持这种请求。", None),
    "too-large": (413, "请求太大。", None),
    "foreign": (403, "只接受从本站网页发来的请求。", None),
    "busy": (503, "现在人太多，请稍候再试。", 5),
    "too-fast": (429, "提问太快了，请稍候再试。", 2),
}
_CLIENTS = 4096  # clients whose recent use is remembered

_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
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

    def __init__(
        self,
        app: ASGIApp,
        limit: RateLimit,
        is_full: Callable[[], bool] = lambda: False,
        also: frozenset[str] = frozenset(),
    ) -> None:
        """`is_full` tells that nothing more can be taken on now; `also` are further addresses that exist."""
        self.app = app
        self.also = also
        self.limit = limit
        self.is_full = is_full

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
        await self.app(scope, receive if path.startswith(API) else _capped(receive, _cap_of(path)), send)

    def _refusal(self, scope: Scope) -> Response | None:
        path = path_of(scope)
        kind = self._kind_of_api(scope, path) if path.startswith(API) else self._kind(scope, path)
        if kind is None:
            return None
        status, said, retry = _REFUSALS[kind]
        if path.startswith(API):
            return Problem(kind, said, retry_after=retry).response()
        return PlainTextResponse(said, status, {"Retry-After": str(retry)} if retry else None)

    def _kind_of_api(self, scope: Scope, path: str) -> str | None:
        """Addresses, methods and sizes are the API's own matter."""
        if _is_foreign(scope):
            return "foreign"
        if path in _UNHURRIED:
            return None
        return "busy" if self.is_full() else self._too_fast(scope)

    def _kind(self, scope: Scope, path: str) -> str | None:
        if not exists(path) and path not in self.also:
            return "not-found"
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return "bad-method"
        if _declared_length(scope) > _cap_of(path):
            return "too-large"
        if _is_foreign(scope):
            return "foreign"
        if self.is_full() and path not in HEALTH:
            return "busy"
        return self._too_fast(scope) if is_work(scope) else None

    def _too_fast(self, scope: Scope) -> str | None:
        return None if self.limit.allows(client_of(scope)) else "too-fast"


def _is_foreign(scope: Scope) -> bool:
    """Whether a browser says that another site's page sends the request and not only leads here."""
    if scope["method"] in ("GET", "HEAD"):
        return False
    headers = dict(scope["headers"])
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return bool(site == b"cross-site")
    origin: bytes = headers.get(b"origin", b"null")
    return origin != b"null" and origin.partition(b"://")[2] != bytes(headers.get(b"host", b""))


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
