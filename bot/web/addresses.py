"""Which addresses exist: everything else is 404, whatever Gradio or a later part of it would answer there."""

import re
from collections.abc import Callable
from dataclasses import dataclass

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

_FILES = re.compile(r"/youju/[0-9a-f]{12}/[\w.-]{1,100}", re.ASCII)  # the page's own, below the version of its state
_PLAIN = re.compile(r"(?:/[\w.@-]{1,100}){1,8}", re.ASCII)  # how what varies is written: no file has an odder name
QUEUE = frozenset({"/gradio_api/queue/join", "/gradio_api/queue/data"})  # only where answers come by the sentence
_ASKING = ("/gradio_api/run/predict", "/gradio_api/queue/join", "/youju/feedback", "/youju/following/", "/youju/check")
_ELSEWHERE = "其他"
# What is made anew for whoever opens the page or looks through its tabs.
_OPENING = ("/", "/config", "/gradio_api/info", "/youju/report", "/youju/examples", "/youju/facts", "/youju/check")
# Gradio reads its addresses' queries: which page to show, whose links to follow. Only these of ours have any.
_WITH_QUERY = (API, "/youju/", "/gradio_api/queue/data")
_MOST = 32 * 1024
# A draft is longer than a question: 50,000 characters as JSON, and a Word file with its pictures.
_SIZES = {"/youju/check": 512 * 1024, "/youju/check/file": 512 * 1024, "/youju/check/draft": 8 * 1024 * 1024}


def path_of(scope: Scope) -> str:
    """The address that is asked for, below the root path."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return (path.removeprefix(root) or "/") if root and path.startswith(root) else path


def exists(path: str) -> bool:
    """Whether there is such an address, the API's apart: it says by itself which it has."""
    if path in EXACT or _FILES.fullmatch(path):
        return True
    return path.startswith(UNDER) and ".." not in path and _PLAIN.fullmatch(path) is not None


def is_work(scope: Scope) -> bool:
    """Whether the request asks for something that takes time to make."""
    path = path_of(scope)
    return path in _MAKING or (scope["method"] == "POST" and path.startswith((*_ASKING, API)))


def is_opening(scope: Scope) -> bool:
    """Whether the request is for a part of the page that is made anew each time."""
    path = path_of(scope)
    return scope["method"] != "POST" and (path in _OPENING or path.startswith("/youju/facts/"))


def most_of(path: str) -> int:
    """How many bytes a request to an address may bring."""
    return _SIZES.get(path, _MOST)


def has_query(path: str) -> bool:
    """Whether what stands after the question mark is read at that address."""
    return path.startswith(_WITH_QUERY)


@dataclass(frozen=True, slots=True)
class Site:
    """What a guard must know of the addresses behind it; `keeps_json`: their JSON of an error is for programs."""

    exists: Callable[[str], bool]
    is_work: Callable[[Scope], bool] = is_work
    is_opening: Callable[[Scope], bool] = is_opening
    most_of: Callable[[str], int] = most_of
    keeps_json: bool = False


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
