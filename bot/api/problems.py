"""What goes wrong over HTTP, as RFC 9457 has it: a Chinese title and detail, and a `reason` for programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.responses import JSONResponse

from bot.errors import (
    BotError,
    DraftProblem,
    QuestionRejected,
    UnknownPassage,
    UnknownReport,
    UnknownSession,
)
from bot.types import Reason

PREFIX = "/api/v1"  # where the API stands
MEDIA_TYPE = "application/problem+json"
_BLANK = "about:blank"  # RFC 9457: the title says it all

# reason: status and title. The detail says what to do.
KINDS = {
    "bad-json": (400, "请求不是合格的 JSON"),
    "unauthorized": (401, "需要密钥"),
    "foreign": (403, "不接受别的网站发来的请求"),
    "not-found": (404, "没有这个地址"),
    "unknown-report": (404, "没有这份报告"),
    "unknown-passage": (404, "没有这个条目"),
    "unknown-session": (404, "没有这个会话"),
    "bad-method": (405, "不支持这种请求"),
    "too-large": (413, "请求太大"),
    "bad-type": (415, "请求的类型不对"),
    "invalid": (422, "请求的内容不对"),
    "empty": (422, "没有看到问题"),
    "too-long": (422, "问题太长"),
    "bad-draft": (422, "文稿不能核对"),
    "too-fast": (429, "请求太快"),
    "internal": (500, "程序内部出错"),
    "busy": (503, "正忙"),
}
_OF_ERRORS: Mapping[type[BotError], str] = {
    UnknownReport: "unknown-report",
    UnknownPassage: "unknown-passage",
    UnknownSession: "unknown-session",
    DraftProblem: "bad-draft",
}
_OF_REASONS = {Reason.EMPTY: "empty", Reason.TOO_LONG: "too-long", Reason.BAD_LINE: "invalid"}

# What pydantic's kinds of error mean to whoever wrote the request; the rest are said to be no usable value.
_WRONG = {
    "missing": "缺少",
    "extra_forbidden": "没有这一项",
    "string_type": "应当是文字",
    "string_unicode": "不是合格的文字",
    "string_too_short": "不能为空",
    "string_too_long": "最多 {max_length} 个字",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "int_from_float": "应当是整数",
    "bool_parsing": "应当是 true 或 false",
    "list_type": "应当是一个列表",
    "too_long": "最多 {max_length} 项",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "enum": "不在可用的值里",
    "model_attributes_type": "应当是一个 JSON 对象",
    "dict_type": "应当是一个 JSON 对象",
}


@dataclass(eq=False)
class Problem(Exception):
    """Something to be said to whoever called: `reason` is one of the kinds, `detail` says what to do."""

    reason: str
    detail: str
    retry_after: int | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def status(self) -> int:
        """The HTTP status."""
        return KINDS[self.reason][0]

    def as_json(self) -> dict[str, Any]:
        """The problem as it is sent."""
        status, title = KINDS[self.reason]
        return {"type": _BLANK, "title": title, "status": status, "detail": self.detail, "reason": self.reason}

    def response(self) -> JSONResponse:
        """The problem as an answer."""
        headers = dict(self.headers)
        if self.retry_after is not None:
            headers["retry-after"] = str(self.retry_after)
        return JSONResponse(self.as_json(), self.status, headers, MEDIA_TYPE)


def of_error(error: BotError) -> Problem:
    """What an error of the program is to whoever called."""
    if isinstance(error, QuestionRejected):
        return Problem(_OF_REASONS.get(error.reason, "internal"), error.message)
    return Problem(_OF_ERRORS.get(type(error), "internal"), str(error))


def of_validation(error: RequestValidationError) -> Problem:
    """What is wrong with a request's content, field by field; none of the content is repeated."""
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return Problem("bad-json", "请求的正文应当是 UTF-8 的 JSON。")
    return Problem("invalid", explained(found, 1))


def explained(errors: Sequence[Mapping[str, Any]], field: int = 0) -> str:
    """What pydantic finds wrong, in words; the name of the field stands at that place of each error's `loc`."""
    return "；".join(dict.fromkeys(_explained(errors, field))) + "。"


def _explained(errors: Sequence[Mapping[str, Any]], field: int) -> Iterator[str]:
    for one in errors:
        where = ".".join(str(part) for part in one["loc"][field : field + 1])
        wrong = one["msg"] if one["type"] == "either" else _WRONG.get(one["type"], "这个值不能用")
        wrong = wrong.format(**one.get("ctx", {}))
        yield f"{where}：{wrong}" if where else wrong
