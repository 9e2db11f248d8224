"""Who may call the API and with what: keys, sizes and types of requests, before anything is read."""

import hashlib
import hmac
from collections.abc import Sequence

from pydantic import SecretStr
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.problems import Problem

OPEN = frozenset({"/healthz", "/openapi.json"})  # what needs no key
_SCHEME = "bearer "
_LONGEST_LENGTH = 12  # digits of a length that is meant
_JSON = "application/json"
_WANTS_KEY = (("www-authenticate", "Bearer"),)


class Keys:
    """The keys that let callers in; without any, everybody may call."""

    def __init__(self, keys: Sequence[SecretStr]) -> None:
        self._known = [hashlib.sha256(key.get_secret_value().encode("utf-8")).digest() for key in keys]

    def __bool__(self) -> bool:
        return bool(self._known)

    def owner(self, given: str) -> str | None:
        """A name for whoever carries this `Authorization` header; None where it holds no key of ours."""
        if not given.lower().startswith(_SCHEME):
            return None
        digest = hashlib.sha256(given[len(_SCHEME) :].strip().encode("utf-8", "surrogateescape")).digest()
        # All are compared, each in constant time: how long it takes says nothing of any key.
        known = sum([hmac.compare_digest(digest, other) for other in self._known])
        return digest.hex() if known else None


class Admission:
    """ASGI middleware: asks for a key where there are any, takes JSON only, and no more of it than is needed."""

    def __init__(self, app: ASGIApp, keys: Keys, sizes: dict[str, int], most: int) -> None:
        """`sizes` says how many bytes a body may have, by the path's beginning; elsewhere it is `most`."""
        self.app = app
        self._keys = keys
        self._sizes = sizes
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an admitted request on with its whole body read, refuse any other."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
            self._admit(path, headers, scope)
            if scope["method"] == "POST":
                receive = await self._read(receive, headers, self._sizes.get(path, self._most))
        except Problem as problem:
            await problem.response()(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _admit(self, path: str, headers: dict[str, str], scope: Scope) -> None:
        client = scope.get("client")
        owner = str(client[0]) if client else ""
        if self._keys:
            known = self._keys.owner(headers.get("authorization", ""))
            if known is None and path not in OPEN:
                raise Problem("unauthorized", "请在 Authorization 头里写 Bearer 和密钥。", headers=_WANTS_KEY)
            owner = known or owner
        scope["state"] = {**scope.get("state", {}), "owner": owner}

    async def _read(self, receive: Receive, headers: dict[str, str], most: int) -> Receive:
        too_large = Problem("too-large", f"请求的正文最多 {most // 1024} KB。")
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or len(declared) > _LONGEST_LENGTH or int(declared) > most:
            raise too_large
        body = b""
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                break  # whoever called has gone
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > most:
                raise too_large
        if body and headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
            raise Problem("bad-type", f"请求的正文应当是 {_JSON}。")
        return _replayed(body, receive)


def _replayed(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
