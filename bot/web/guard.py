"""What stands before the page: which addresses exist, how big and how frequent requests may be, safe headers."""

import logging
import re
import secrets
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.problems import KINDS, Problem
from bot.web.addresses import API, HEALTH, Site, has_query, path_of
from bot.web.clients import client_of

_LOG = logging.getLogger(__name__)
_UNHURRIED = (f"{API}healthz", f"{API}openapi.json")
# Why a request is refused: status, what is said, seconds after which to try again.
_REFUSALS: dict[str, tuple[int, str, int | None]] = {
    "unknown-host": (400, "不认识这个域名，请用管理员给出的地址。", None),
    "ambiguous": (400, "请求的格式不对。", None),
    "not-found": (404, "没有这个地址。", None),
    "bad-method": (405, "不支持这种请求。", None),
    "too-large": (413, "请求太大。", None),
    "foreign": (403, "只接受从本站网页发来的请求。", None),
    "busy": (503, "现在人太多，请稍候再试。", 5),
    "too-fast": (429, "请求太快了，请稍候再试。", 2),
    "internal": (500, "程序出错了，请稍后再试。", None),
}
_REFUSED, _BROKEN = 400, 500
_WORDS = {status: said for status, said, _ in _REFUSALS.values()} | {400: "请求的格式不对。", 403: "没有这个地址。"}
_NO_CLAIMS = (b"x-forwarded-host", b"x-forwarded-server", b"x-gradio-server", b"x-original-url", b"x-rewrite-url")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?", re.ASCII)
_HOPELESS = 64 << 20  # bytes of a body that are not waited for
_LONGEST_LENGTH = 12  # digits of a length that is meant
_LIKE_ONE = 8 * 1024  # bytes of a request that count as one more: a draft is more work than a question
_MOST_AT_ONCE = 0.3  # of a burst that one request may take
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

    def allows(self, client: str, length: int = 0) -> bool:
        """Whether `client` may ask once more now, with so many bytes; counts it if so, a long one as several."""
        now = self._clock()
        cost = 1 + min(length // _LIKE_ONE, self._burst * _MOST_AT_ONCE)
        bucket = self._buckets.pop(client, None) or _Bucket(self._burst, now)
        bucket.left = min(self._burst, bucket.left + (now - bucket.at) * self._rate)
        bucket.at = now
        allowed = bucket.left >= cost
        bucket.left -= cost * allowed
        self._buckets[client] = bucket
        while len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return allowed


class Guard:
    """ASGI middleware: default deny, known hosts, a cap on bodies, a limit on rates, security headers on all."""

    def __init__(
        self,
        app: ASGIApp,
        site: Site,
        hosts: Sequence[str],
        limit: RateLimit,
        opening: RateLimit,
        is_full_for: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """`limit` is for questions, `opening` for pages; `is_full_for` tells that nothing more of a client is taken.

        Of `hosts`, the names that the server goes by, one that begins with `*` stands for all that end so.
        """
        self.app = app
        self.site = site
        self.limit = limit
        self.opening = opening
        self.is_full_for = is_full_for
        self._hosts = frozenset(hosts)
        self._ends = tuple(host[1:] for host in hosts if host.startswith("*"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an allowed request on, refuse any other; what goes wrong behind is told without a trace."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        path, nonce = path_of(scope), secrets.token_urlsafe(16)
        answer = _Answer(send, nonce, self.site.keeps_json)
        kind = self._refusal(scope, path)
        if kind is None:
            body = _Body(receive, sys.maxsize if path.startswith(API) else self.site.most_of(path))
            answer.body = body
            try:
                await self.app(_plain(scope, path, nonce), body.receive, answer.send)
            except Exception:
                if answer.started and not answer.finished:
                    raise
                if not body.is_over:
                    _LOG.exception("a request failed")
                    kind = None if answer.started else "internal"
            kind = "too-large" if body.is_over and not answer.started else kind
        if kind is not None:
            answer.body = None
            # Who sends a little too much reads the answer only when all is sent; nobody waits for a flood.
            closes = kind == "ambiguous" or _declared_length(scope) > _HOPELESS
            await _said(kind, path, closes)(scope, receive, answer.send)

    def _refusal(self, scope: Scope, path: str) -> str | None:
        headers = dict(scope["headers"])
        if not self._knows(headers.get(b"host", b"")):
            return "unknown-host"
        # Servers before this one may take the one, where this one takes the other: two requests in one.
        if b"transfer-encoding" in headers and b"content-length" in headers:
            return "ambiguous"
        return self._kind_of_api(scope, path) if path.startswith(API) else self._kind(scope, path)

    def _knows(self, header: bytes) -> bool:
        found = _HOST.fullmatch(header.decode("latin-1").lower())
        return found is not None and (found[1] in self._hosts or found[1].endswith(self._ends))

    def _kind_of_api(self, scope: Scope, path: str) -> str | None:
        """Addresses, methods and sizes are the API's own matter."""
        if _is_foreign(scope):
            return "foreign"
        if path in _UNHURRIED:
            return None
        return self._too_much(scope, self.limit)

    def _kind(self, scope: Scope, path: str) -> str | None:
        if not self.site.exists(path):
            return "not-found"
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return "bad-method"
        if _declared_length(scope) > self.site.most_of(path):
            return "too-large"
        if _is_foreign(scope):
            return "foreign"
        if path in HEALTH:
            return None
        if self.site.is_work(scope):
            return self._too_much(scope, self.limit)
        return self._too_much(scope, self.opening if self.site.is_opening(scope) else None)

    def _too_much(self, scope: Scope, limit: RateLimit | None) -> str | None:
        client = client_of(scope)
        if self.is_full_for(client):
            return "busy"
        return None if limit is None or limit.allows(client, _length(scope)) else "too-fast"


def _said(kind: str, path: str, closes: bool) -> Response:
    """The refusal as a response, after which the connection goes on or is closed."""
    status, said, retry = _REFUSALS[kind]
    closing = {"connection": "close"} if closes else {}
    if path.startswith(API) and kind in KINDS:
        return Problem(kind, said, retry_after=retry, headers=tuple(closing.items())).response()
    again = {"retry-after": str(retry)} if retry else {}
    return PlainTextResponse(said, status, {**again, **closing})


def _plain(scope: Scope, path: str, nonce: str) -> Scope:
    """The request without what Gradio would take a sender's word for."""
    return {
        **scope,
        "headers": [one for one in scope["headers"] if one[0] not in _NO_CLAIMS],
        "query_string": scope["query_string"] if has_query(path) else b"",
        "state": {**scope.get("state", {}), "nonce": nonce},
    }


def _is_foreign(scope: Scope) -> bool:
    """Whether a browser says that another site's page sends the request and not only leads here."""
    if scope["method"] in ("GET", "HEAD"):
        return False
    headers = dict(scope["headers"])
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in (b"same-origin", b"none")
    origin: bytes = headers.get(b"origin", b"null")
    return origin != b"null" and origin.partition(b"://")[2] != bytes(headers.get(b"host", b""))


def _length(scope: Scope) -> int:
    """How many bytes come, as far as is known: what does not say so counts as much."""
    return sys.maxsize if b"transfer-encoding" in dict(scope["headers"]) else _declared_length(scope)


def _declared_length(scope: Scope) -> int:
    value = dict(scope["headers"]).get(b"content-length", b"0")
    return int(value) if value.isdigit() and len(value) <= _LONGEST_LENGTH else sys.maxsize


class _Body:
    """What a request brings, up to so many bytes: of more than that nothing is used."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._left = receive, most
        self.is_over = False

    async def receive(self) -> Message:
        """The next piece; to whoever reads too much the sender has gone."""
        if self.is_over:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        self.is_over = self._left < 0
        return {"type": "http.disconnect"} if self.is_over else message


class _Answer:
    """What goes back, with the security headers: what Gradio says of an error in its own words is said in ours."""

    def __init__(self, send: Send, nonce: str, keeps_json: bool) -> None:
        self._send, self._nonce, self._keeps_json = send, nonce, keeps_json
        self.started = self.finished = False
        self.body: _Body | None = None
        self._said: bytes | None = None

    async def send(self, message: Message) -> None:
        """Pass a piece of the answer on; nothing where the request brought too much."""
        if self.body and self.body.is_over and not self.started:
            return
        if message["type"] == "http.response.start":
            self.started = True
            self._dress(message)
        elif message["type"] == "http.response.body":
            self.finished = not message.get("more_body")
            if self._said is not None:
                if not self.finished:
                    return
                message = {"type": "http.response.body", "body": self._said}
        await self._send(message)

    def _dress(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        status, kind = message["status"], headers.get("content-type", "")
        is_theirs = kind.startswith("application/json") and not self._keeps_json
        if status == _BROKEN or (status >= _REFUSED and is_theirs):
            self._said = _WORDS.get(status, _WORDS[_REFUSED]).encode("utf-8")
            headers["content-type"] = "text/plain; charset=utf-8"
            headers["content-length"] = str(len(self._said))
        for name, value in _HEADERS.items():
            headers[name] = value
        headers["content-security-policy"] = content_security_policy(self._nonce)
