"""The OpenAPI description: what FastAPI knows of the addresses, with every problem that each may answer with."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from bot.api import problems as kinds
from bot.api import streaming
from bot.api.admission import OPEN
from bot.api.models import ProblemOut

_REF = "#/components/schemas/ProblemOut"
_RETRY = {"Retry-After": {"description": "多少秒之后可以再试", "schema": {"type": "integer"}}}
_MAY_RETRY = frozenset({429, 503})
_ALWAYS = ("too-fast",)  # what any address but the open ones may answer with

Responses = dict[int | str, dict[str, Any]]


def problems(*reasons: str) -> Responses:
    """The answers that stand for these problems, by status."""
    by_status: dict[int, list[str]] = {}
    for reason in (*reasons, *_ALWAYS):
        status, title = kinds.KINDS[reason]
        by_status.setdefault(status, []).append(f"{title}（{reason}）")
    return {status: _problem(status, "；".join(titles)) for status, titles in sorted(by_status.items())}


def streams() -> Responses:
    """The answer as a stream of events, beside the plain one."""
    schema = {"type": "string", "description": "server-sent events：text、answer、problem"}
    return {200: {"content": {streaming.MEDIA_TYPE: {"schema": schema}}}}


def describe(api: FastAPI, *, has_keys: bool, max_question: int) -> None:
    """Have `api` describe itself with its problems, the longest question, and its keys where it has any."""

    def described() -> dict[str, Any]:
        if api.openapi_schema is None:
            made = get_openapi(
                title=api.title, version=api.version, summary=api.summary, routes=api.routes, servers=api.servers
            )
            schema = ProblemOut.model_json_schema()
            made.setdefault("components", {}).setdefault("schemas", {})["ProblemOut"] = schema
            asking = made["components"]["schemas"]["AskIn"]["properties"]
            asking["question"]["maxLength"] = asking["history"]["items"]["maxLength"] = max_question
            if has_keys:
                _add_keys(made)
            api.openapi_schema = made
        return api.openapi_schema

    api.openapi = described  # type: ignore[method-assign]  # FastAPI's own way to change the description


def _add_keys(made: dict[str, Any]) -> None:
    made["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    for path, operations in made["paths"].items():
        for operation in operations.values():
            if path not in OPEN:
                operation["security"] = [{"key": []}]
                status, title = kinds.KINDS["unauthorized"]
                operation["responses"][str(status)] = _problem(status, title)


def _problem(status: int, description: str) -> dict[str, Any]:
    content = {kinds.MEDIA_TYPE: {"schema": {"$ref": _REF}}}
    found: dict[str, Any] = {"description": description, "content": content}
    return {**found, "headers": _RETRY} if status in _MAY_RETRY else found
