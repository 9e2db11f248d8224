"""The MCP server: what an assistant on a clerk's desk can use the report for, as four tools."""

from collections.abc import Callable
from functools import wraps
from threading import BoundedSemaphore
from typing import Annotated, Any, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.types import ToolAnnotations
from pydantic import Field, ValidationError

from bot.api.models import (
    MAX_HISTORY,
    MAX_ID,
    MAX_LIMIT,
    AnswerOut,
    CheckOut,
    FactsOut,
    PassageOut,
    ReportName,
)
from bot.api.problems import explained
from bot.api.service import Service
from bot.border import printable
from bot.checking.draft import MAX_DRAFT
from bot.errors import BotError
from bot.facts.types import Filters, Sort
from bot.receipt import released
from bot.settings import MAX_QUESTION
from corpus.types import Status

_INSTRUCTIONS = (
    "有据是一份政府工作报告的可靠出处。报告里的数字、名称、目标，用 ask 提问；写好的文稿用 check 核对每个数字；"
    "要列出或比较数据用 find_facts；要看引文的上下文用 get_passage。"
    "引用时照抄回答和引文里的数字，并给出 citations 里的章节；status 是 refused 时，报告没有写，不要另编答案。"
)
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

_PATIENCE = 10.0  # seconds that a call waits for its turn
_CROWDED = "现在请求很多，请稍候再试。"

Opened = Callable[[], Service]
Word = Annotated[str, Field(max_length=MAX_ID)]
Given = ParamSpec("Given")
Result = TypeVar("Result")


def make_server(opened: Opened, at_once: int) -> MCPServer:
    """The server over the service that `opened` gives at each call; at most so many calls are worked on at once."""
    server = _Server("youju", title="有据", instructions=_INSTRUCTIONS, version=released(), log_level="WARNING")
    turns = _Turns(at_once)
    _add_ask(server, opened, turns)
    _add_check(server, opened, turns)
    _add_facts(server, opened, turns)
    _add_passage(server, opened, turns)
    return server


class _Server(MCPServer):
    """Says in Chinese, and without repeating what was sent, what is wrong with a call."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:  # noqa: ANN401  # the SDK's
        """The result of a call. Raises ToolError, which the SDK makes a result that says so."""
        try:
            return await super().call_tool(name, arguments, context)
        except UnexpectedToolError as error:
            raise UnexpectedToolError("程序内部出错，请稍后再试。") from error
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(explained(error.__cause__.errors())) from error.__cause__
            if isinstance(error.__cause__, ToolError):
                raise error.__cause__ from None
            raise ToolError(f"没有名为 {printable(name)[:MAX_ID]} 的工具。") from error


class _Turns:
    """Has each tool wait its turn, and say in Chinese what went wrong."""

    def __init__(self, at_once: int) -> None:
        self._places = BoundedSemaphore(at_once)

    def __call__(self, tool: Callable[Given, Result]) -> Callable[Given, Result]:
        @wraps(tool)
        def called(*arguments: Given.args, **named: Given.kwargs) -> Result:
            if not self._places.acquire(timeout=_PATIENCE):
                raise ToolError(_CROWDED)
            try:
                return tool(*arguments, **named)
            except BotError as error:
                raise ToolError(str(error)) from error
            finally:
                self._places.release()

        return called


def _add_ask(server: MCPServer, opened: Opened, turns: _Turns) -> None:
    @server.tool(
        title="就报告提问",
        description="就政府工作报告提一个问题，得到摘自原文的简短回答。answer 里的 [n] 对应 citations 里的第 n 条引文，"
        "short 只是所问的内容（数字带单位、名称或清单）。status 为 refused 表示报告没有写或不该答，reason 是原因。"
        "一次问一件事，写明年份和指标，如“2024年拆除违法建筑多少处？”。追问时把此前的问题放进 history。",
        annotations=_READS,
    )
    @turns
    def ask(
        question: Annotated[str, Field(max_length=MAX_QUESTION, description="问题")],
        history: Annotated[
            list[Annotated[str, Field(max_length=MAX_QUESTION)]],
            Field(max_length=MAX_HISTORY, description="此前的问题，按先后"),
        ] = [],  # noqa: B006  # never changed; the SDK reads the default from here
        report: ReportName = None,
    ) -> AnswerOut:
        service = opened()
        conversation = service.conversation(history, report)
        return AnswerOut.model_validate(service.ask(question, conversation, report=report))


def _add_check(server: MCPServer, opened: Opened, turns: _Turns) -> None:
    @server.tool(
        title="核对文稿",
        description="拿报告核对一份文稿里的每个数字。verdict：supported 与报告一致，contradicted 与报告不一致"
        "（correct 是报告的说法），absent 报告未提及。span 是数字在文稿里的位置。发出文稿之前先核对。",
        annotations=_READS,
    )
    @turns
    def check(
        text: Annotated[str, Field(min_length=1, max_length=MAX_DRAFT, description="文稿")], report: ReportName = None
    ) -> CheckOut:
        return CheckOut.model_validate(opened().check(text, report=report))


def _add_facts(server: MCPServer, opened: Opened, turns: _Turns) -> None:
    @server.tool(
        title="查数据",
        description="列出报告里的数据点：subject 指标，figure 原文写法，value 以 unit 计的数，year 年份，"
        "status 为 actual（完成）、expected（预计）或 target（目标），quote 原话。各项筛选可以合用，留空的不筛；"
        "count 是全部符合条件的个数，一次最多给 limit 个，其余用 offset 往后取。",
        annotations=_READS,
    )
    @turns
    def find_facts(
        words: Annotated[Word, Field(description="指标或原文里要有的词，用空格隔开")] = "",
        section: Annotated[Word, Field(description="章节、表名或行名里要有的词")] = "",
        year: Annotated[int | None, Field(description="哪一年的数据")] = None,
        status: Annotated[Status | None, Field(description="完成、预计还是目标")] = None,
        unit: Annotated[Word, Field(description="单位，如 亿元、家、%")] = "",
        change: Annotated[Word, Field(description="类别：数值、增长、下降、占比、累计或排名")] = "",
        sort: Annotated[Sort, Field(description="按哪一列排序，place 是原文次序")] = Sort.PLACE,
        desc: Annotated[bool, Field(description="从大到小")] = False,
        offset: Annotated[int, Field(ge=0, description="从第几个起，从 0 数")] = 0,
        limit: Annotated[int, Field(ge=1, le=MAX_LIMIT, description="最多给几个")] = 20,
        report: ReportName = None,
    ) -> FactsOut:
        filters = Filters(words, section, year, status, unit, change, sort, desc)
        return FactsOut.model_validate(opened().facts(filters, offset=offset, limit=limit, report=report))


def _add_passage(server: MCPServer, opened: Opened, turns: _Turns) -> None:
    @server.tool(
        title="看条目",
        description="给出一个条目的原话、章节、在报告文件里的位置和其中的数据点。编号是引用或数据点里的 passage。",
        annotations=_READS,
    )
    @turns
    def get_passage(id: Annotated[Word, Field(description="条目的编号，如 xuhui-2024-2025/0174")]) -> PassageOut:
        return PassageOut.model_validate(opened().passage(id))
