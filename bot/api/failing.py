"""Whatever goes wrong inside the API is said as a problem."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.api.problems import Problem, of_error, of_validation
from bot.errors import BotError
from index.errors import IndexProblem

_RETRY = 30  # seconds in which somebody may have mended the index
_OF_STATUS = {
    400: ("bad-json", "请求的正文应当是 UTF-8 的 JSON。"),
    404: ("not-found", "全部地址见 openapi.json。"),
    405: ("bad-method", "可用的请求方法见 Allow 头。"),
}


def add_handlers(api: FastAPI) -> None:
    """Have every failure of `api` answered with a problem."""

    @api.exception_handler(Problem)
    def problem(request: Request, error: Problem) -> Response:
        del request
        return error.response()

    @api.exception_handler(BotError)
    def bot_error(request: Request, error: BotError) -> Response:
        del request
        return of_error(error).response()

    @api.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        del request
        return of_validation(error).response()

    @api.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        del request
        reason, detail = _OF_STATUS.get(error.status_code, ("internal", "程序内部出错。"))
        return Problem(reason, detail, headers=tuple((error.headers or {}).items())).response()

    @api.exception_handler(IndexProblem)
    def no_index(request: Request, error: IndexProblem) -> Response:
        del request
        return Problem("busy", str(error), retry_after=_RETRY).response()

    @api.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> Response:
        del request, error
        return Problem("internal", "程序内部出错，请稍后再试。").response()
