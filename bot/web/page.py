"""The page around the Gradio part: Gradio's own index page, put into our frame."""

import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.reading import ReportPage

STATIC = Path(__file__).parent / "static"

_OUTSIDE_META = re.compile(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_SCRIPT = re.compile(r"<script(?=[\s>])")


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the Gradio part: texts from the settings and the report that is shown."""

    title: str
    notice: str
    contact: str
    version: str
    page: ReportPage
    examples: tuple[str, ...]

    def dress(self, index: str, nonce: str) -> str:
        """Gradio's index page in our frame: language, styles, scripts and everything around the question box."""
        index = _OUTSIDE_META.sub("", index)
        index = index.replace('lang="en"', 'lang="zh-CN"', 1).replace('href="/manifest.json"', 'href="./manifest.json"')
        before, marker, after = index.partition("<gradio-app")
        opening, closing = self._shell()
        before = before.replace("</head>", self._head() + "</head>", 1) + opening
        app, end, rest = after.partition("</gradio-app>")
        return _SCRIPT.sub(f'<script nonce="{nonce}"', before + marker + app + end + closing + rest)

    def _head(self) -> str:
        return (
            f"<title>{escape(self.title)}</title>"
            f'<meta name="description" content="{escape(self.page.report.title)}">'
            '<meta name="theme-color" content="#f6f6f3" media="(prefers-color-scheme: light)">'
            '<meta name="theme-color" content="#14171c" media="(prefers-color-scheme: dark)">'
            f'<link rel="icon" type="image/svg+xml" href="./youju/{self.version}/icon.svg">'
            f'<link rel="stylesheet" href="./youju/{self.version}/page.css">'
            f'<link rel="stylesheet" href="./youju/{self.version}/source.css">'
            f'<script type="module" src="./youju/{self.version}/main.js"></script>'
        )

    def _shell(self) -> tuple[str, str]:
        values = {
            "title": escape(self.title),
            "version": self.version,
            "report_title": escape(self.page.report.title),
            "place": escape(self.page.report.place or "报告"),
            "notice": escape(self.notice),
            "contact": f"<span>咨询：{escape(self.contact)}</span>" if self.contact else "",
            "examples": "".join(
                f'<li><button type="button" class="ask">{escape(example)}</button></li>' for example in self.examples
            ),
            "options": escape(json.dumps({"report": self.page.report.sha256, "version": self.version})),
        }
        filled = re.sub(r"\{\{(\w+)\}\}", lambda match: values[match.group(1)], _template())
        opening, _, closing = filled.partition("<!-- the question box -->")
        return opening, closing


@cache
def _template() -> str:
    return (STATIC / "frame.html").read_text(encoding="utf-8")


class Dress:
    """ASGI middleware: the index page, and it alone, comes in its frame."""

    def __init__(self, app: ASGIApp, frame: Frame) -> None:
        self.app = app
        self.frame = frame

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Collect the index page whole, then send it dressed; anything else goes through untouched."""
        root = scope.get("root_path", "")
        if scope["type"] != "http" or scope["path"].removeprefix(root) not in ("", "/") or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        # Compressed, it could not be changed.
        scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: Message | None = None
        body = b""

        async def collect(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if not message.get("more_body") and start is not None:
                dressed = self.frame.dress(body.decode("utf-8"), scope["state"]["nonce"]).encode("utf-8")
                headers = MutableHeaders(scope=start)
                headers["content-length"] = str(len(dressed))
                headers["cache-control"] = "no-store"
                await send(start)
                await send({"type": "http.response.body", "body": dressed})

        await self.app(scope, receive, collect)
