"""The page around the Gradio part: Gradio's own index page, put into our frame."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.suggesting import EXAMPLES
from bot.web.wording import Texts
from corpus.types import Report

STATIC = Path(__file__).parent / "static"

_ICONS = (180, 192, 512)
_MODULES = (
    "page.js",
    "talk.js",
    "source.js",
    "sending.js",
    "reading.js",
    "opinion.js",
    "receipt.js",
)  # so that none waits for another
PATIENCE = 20.0  # seconds after which a silent server counts as gone
_GROUND, _DARK_GROUND = "#f6f6f3", "#14171c"
_OUTSIDE_META = re.compile(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_SCRIPT = re.compile(r"<script(?=[\s>])")


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the Gradio part: texts from the settings, in the interface's language, and the report's title."""

    title: str
    notice: str
    contact: str
    version: str
    report: Report
    words: Mapping[str, Texts]
    patience: float = PATIENCE

    def dress(self, index: str, nonce: str, examples: Sequence[str] | None) -> str:
        """Gradio's index page in our frame: language, styles, scripts and everything around the question box.

        Where `examples` is None they are still being tried: the page asks for them later.
        """
        index = _OUTSIDE_META.sub("", index)
        language = escape(self.words["frame"]["lang"])
        index = index.replace('lang="en"', f'lang="{language}"', 1)
        index = index.replace('href="/manifest.json"', 'href="./manifest.json"')
        before, marker, after = index.partition("<gradio-app")
        opening, closing = self._shell(examples)
        before = before.replace("</head>", self._head() + "</head>", 1) + opening
        app, end, rest = after.partition("</gradio-app>")
        return _SCRIPT.sub(f'<script nonce="{nonce}"', before + marker + app + end + closing + rest)

    def manifest(self) -> dict[str, Any]:
        """What a phone needs to keep the page among its apps."""
        own = f"./youju/{self.version}"
        icons = [
            {"src": f"{own}/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
            for size in _ICONS
        ]
        return {
            "id": "./",
            "name": self.title,
            "short_name": self.title,
            "description": self.report.title,
            "lang": self.words["frame"]["lang"],
            "start_url": "./",
            "scope": "./",
            "display": "standalone",
            "background_color": _GROUND,
            "theme_color": _GROUND,
            "icons": [
                {"src": f"{own}/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
                *icons,
                {**icons[-1], "purpose": "maskable"},
            ],
        }

    def values(self) -> dict[str, str]:
        """What any page of ours is filled with, escaped: the title, the version of its files and the language."""
        return {
            "title": escape(self.title),
            "version": self.version,
            "lang": escape(self.words["frame"]["lang"]),
        }

    def _head(self) -> str:
        own = f"./youju/{self.version}"
        return (
            f"<title>{escape(self.title)}</title>"
            f'<meta name="description" content="{escape(self.report.title)}">'
            f'<meta name="theme-color" content="{_GROUND}" media="(prefers-color-scheme: light)">'
            f'<meta name="theme-color" content="{_DARK_GROUND}" media="(prefers-color-scheme: dark)">'
            f'<link rel="icon" type="image/svg+xml" href="{own}/icon.svg">'
            f'<link rel="apple-touch-icon" href="{own}/icon-180.png">'
            f'<link rel="stylesheet" href="{own}/page.css">'
            f'<link rel="stylesheet" href="{own}/source.css">'
            + "".join(f'<link rel="modulepreload" href="{own}/{name}">' for name in _MODULES)
            + f'<script type="module" src="{own}/main.js"></script>'
        )

    def _shell(self, examples: Sequence[str] | None) -> tuple[str, str]:
        words = self.words["frame"]
        shown = {
            name: escape(text.format(title=self.report.title, contact=self.contact)) for name, text in words.items()
        }
        options = {
            "report": self.report.sha256,
            "version": self.version,
            "examples": examples is not None,
            "patience": self.patience * 1000,
            "texts": self.words["script"],
        }
        values = {
            **{f"t.{name}": text for name, text in shown.items()},
            **self.values(),
            "notice": escape(self.notice),
            "contact": f"<span>{shown['contact']}</span>" if self.contact else "",
            "examples": "".join(map(_example, (None,) * EXAMPLES if examples is None else examples)),
            "options": escape(json.dumps(options, ensure_ascii=False)),
        }
        opening, _, closing = filled(_template(), values).partition("<!-- the question box -->")
        return opening, closing


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with each `{{name}}` replaced by its value, which is HTML."""
    return re.sub(r"\{\{([\w.]+)\}\}", lambda match: values[match.group(1)], template)


def _example(question: str | None) -> str:
    if question is None:
        return '<li><span class="coming"></span></li>'
    return f'<li><button type="button" class="ask">{escape(question)}</button></li>'


@cache
def _template() -> str:
    return (STATIC / "frame.html").read_text(encoding="utf-8")


class Dress:
    """ASGI middleware: the index page, and it alone, comes in its frame."""

    def __init__(self, app: ASGIApp, frame: Callable[[], Frame], tried: Callable[[], Sequence[str] | None]) -> None:
        self.app = app
        self.frame = frame
        self.tried = tried

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
                page = self.frame().dress(body.decode("utf-8"), scope["state"]["nonce"], self.tried())
                dressed = page.encode("utf-8")
                headers = MutableHeaders(scope=start)
                headers["content-length"] = str(len(dressed))
                headers["cache-control"] = "no-store"
                await send(start)
                await send({"type": "http.response.body", "body": dressed})

        await self.app(scope, receive, collect)
