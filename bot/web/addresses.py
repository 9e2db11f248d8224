"""Which addresses exist: everything else is 404, whatever Gradio or a later part of it would answer there."""

import re

from starlette.types import Scope

from bot.api.problems import PREFIX

HEALTH = ("/healthz", "/readyz")  # whoever watches over the server is answered however much is going on
API = f"{PREFIX}/"

# Files that take a moment to make.
_MAKING = tuple(f"/youju/{name}.{kind}" for name in ("facts", "facts/pairs") for kind in ("csv", "xlsx"))
# Not here: uploads, files, proxies, the queue, direct runs, monitoring, deep links, components' servers.
EXACT = frozenset(
    {"/", "/config", "/theme.css", "/favicon.ico", "/manifest.json", "/robots.txt", *HEALTH}
    | {f"/gradio_api/{name}" for name in ("info", "app_id", "startup-events", "run/predict")}
    | {f"/youju/{name}" for name in ("report", "examples", "feedback", "enter")}
    | {f"/youju/{name}" for name in ("facts", "facts/rows", "facts/places")}
    | set(_MAKING)
    | {f"/youju/{name}" for name in ("check", "check/draft", "check/file")}
)
UNDER = ("/assets/", "/static/", "/gradio_api/heartbeat/", "/youju/following/")
OF_API = ("ask", "check", "facts", "passages", "report", "sessions", "healthz", "version", "openapi.json")

_FILES = re.compile(r"/youju/[0-9a-f]{12}/[\w.-]+", re.ASCII)  # the page's own, below the version of its state
QUEUE = frozenset({"/gradio_api/queue/join", "/gradio_api/queue/data"})  # only where answers come by the sentence
_ASKING = ("/gradio_api/run/predict", "/gradio_api/queue/join", "/youju/feedback", "/youju/following/", "/youju/check")
_ELSEWHERE = "其他"


def path_of(scope: Scope) -> str:
    """The address that is asked for, below the root path."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return (path.removeprefix(root) or "/") if root and path.startswith(root) else path


def exists(path: str) -> bool:
    """Whether there is such an address, the API's apart: it says by itself which it has."""
    return path in EXACT or _FILES.fullmatch(path) is not None or (path.startswith(UNDER) and ".." not in path)


def is_work(scope: Scope) -> bool:
    """Whether the request asks for something that takes time to make."""
    path = path_of(scope)
    return path in _MAKING or (scope["method"] == "POST" and path.startswith((*_ASKING, API)))


def route_of(scope: Scope) -> str:
    """The address without what varies in it, of which there are few."""
    path = path_of(scope)
    if path in EXACT:
        return path
    if _FILES.fullmatch(path):
        return "/youju/…"
    return next(
        (start for start in (*UNDER, *(f"{API}{name}" for name in OF_API)) if path.startswith(start)), _ELSEWHERE
    )
