"""The body of a question, before Gradio sees it: what is no question is answered with a sentence, not a trace."""

import json
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATH = "/gradio_api/run/predict"
PATHS = (PATH, "/gradio_api/queue/join")  # the queue is for answers that come by the sentence

_MAX_DEPTH = 16  # of brackets: what the page sends has three
_NOT_ASKED = "问题的格式不对，请在网页上提问。"


def _whole(value: object) -> object:
    """A text without lone surrogates, which no encoding takes."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_whole)]


class Asked(BaseModel):
    """What the page sends with a question: the question, those before it, and the page's own number."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    data: Annotated[list[Text | None], Field(min_length=3, max_length=3)]
    fn_index: Literal[0]
    session_hash: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{1,64}$")]
    trigger_id: int | None = None

    def as_body(self) -> bytes:
        """The same for Gradio: the conversation's state is the server's own, never the sender's."""
        question, past, _ = self.data
        data = [question or "", past or "", None]
        return json.dumps({**self.model_dump(), "data": data, "event_data": None}).encode()


class Asking:
    """ASGI middleware: reads the body of a question whole and passes on what it says, in a form of our own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a body that is no question; let any other request through untouched."""
        if scope["type"] != "http" or not scope["path"].endswith(PATHS):
            await self.app(scope, receive, send)
            return
        asked = read(await _body(receive))
        if asked is None:
            await PlainTextResponse(_NOT_ASKED, 422)(scope, receive, send)
            return
        body = asked.as_body()
        scope["headers"] = [one for one in scope["headers"] if one[0] not in (b"content-length", b"content-type")]
        scope["headers"] += [(b"content-length", str(len(body)).encode()), (b"content-type", b"application/json")]
        given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            return given.pop() if given else await receive()

        await self.app(scope, again, send)


def read(body: bytes) -> Asked | None:
    """The question that a body holds; None where it holds anything else."""
    if body.count(b"[") + body.count(b"{") > _MAX_DEPTH and _depth(body) > _MAX_DEPTH:
        return None
    try:
        return Asked.model_validate(json.loads(body))
    except (ValidationError, ValueError, RecursionError):
        return None


def _depth(body: bytes) -> int:
    """How deep brackets nest; those inside texts count too, which no question minds."""
    depth = deepest = 0
    for byte in body:
        depth += (byte in b"[{") - (byte in b"]}")
        deepest = max(deepest, depth)
    return deepest


async def _body(receive: Receive) -> bytes:
    parts = []
    while (message := await receive())["type"] == "http.request":
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)
    return b""
