"""The objects that go in and out, as the OpenAPI description and the MCP tools describe them.

What goes out is made by `as_json` of the objects inside; these models describe it and add nothing.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StrictInt, StrictStr, model_validator
from pydantic_core import PydanticCustomError

from bot.checking.draft import MAX_DRAFT
from bot.facts.types import Sort
from bot.settings import MAX_QUESTION
from bot.types import AnswerStatus, Reason, Verdict
from corpus.types import BlockKind, Status

MAX_HISTORY = 10  # earlier questions: nothing points back further
MAX_ID = 200  # characters of a name or an id
MAX_LIMIT = 500  # rows of one page of facts

Name = Annotated[str, Field(max_length=MAX_ID)]
Id = Annotated[StrictStr, Field(max_length=MAX_ID)] | StrictInt
Position = Annotated[list[int], Field(min_length=2, max_length=2, description="起止位置，左闭右开")]
Lines = Annotated[list[int], Field(min_length=2, max_length=2, description="起止行号，从 1 数起")]
ReportName = Annotated[str | None, Field(max_length=MAX_ID, description="哪一份报告，省略时是默认的那份")]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Out(BaseModel):
    model_config = ConfigDict(extra="forbid")


_BOTH: dict[str, JsonValue] = {
    "required": ["session", "history"],
    "properties": {"session": {"type": "string"}, "history": {"type": "array", "minItems": 1}},
}


class AskIn(_In):
    """一个问题。追问时给出 session（会话号），或者用 history 带上此前的问题，两者只用其一。"""

    model_config = ConfigDict(json_schema_extra={"not": _BOTH})

    question: str = Field(max_length=MAX_QUESTION, description="想问的内容", examples=["2024年拆除违法建筑多少处？"])
    id: Id = Field("", description="调用方自己的编号，原样带回")
    session: Name | None = Field(None, description="会话号，由 POST sessions 给出")
    history: list[Annotated[str, Field(max_length=MAX_QUESTION)]] = Field(
        default_factory=list, max_length=MAX_HISTORY, description="此前的问题，按先后"
    )
    report: ReportName = None

    @model_validator(mode="after")
    def _either(self) -> "AskIn":
        if self.session is not None and self.history:
            raise PydanticCustomError("either", "session 和 history 只能用其一")
        return self


class CheckIn(_In):
    """一份文稿。"""

    text: str = Field(min_length=1, max_length=MAX_DRAFT, description="文稿", examples=["2024年拆除违法建筑650处。"])
    id: Id = Field("", description="调用方自己的编号，原样带回")
    report: ReportName = None


def _is_empty(text: str) -> bool:
    return not text


class CitationOut(_Out):
    """引用：条目的位置和原话。quote 是报告文件在 spans 处的文字。"""

    n: int
    report: str
    passage: str
    section: list[str]
    table: str | None
    row: str | None
    quote: str
    spans: list[Position]
    lines: Lines


class ReceiptOut(_Out):
    """回执：重做这个回答、查明什么变了所需的一切，交给 youju verify 复核。"""

    program: str
    report: str
    report_sha256: str
    index_sha256: str
    writer: str
    max_question: int
    before: list[Annotated[list[str], Field(min_length=2, max_length=2)]]
    left_out: int
    question: str
    understood: str
    passages: list[Annotated[list[str | list[Position]], Field(min_length=2, max_length=2)]]
    answer_sha256: str
    sha256: str


class AnswerOut(_Out):
    """回答。status 为 answered（已答）或 refused（拒答，reason 说明原因）。"""

    id: str | int
    question: str
    understood: str
    completer: str = Field("", exclude_if=_is_empty, description="补全了这个追问的模型；由程序补全时不出现")
    status: AnswerStatus
    reason: Reason | None
    answer: str
    short: list[str]
    citations: list[CitationOut]
    writer: str
    note: str = Field("", exclude_if=_is_empty, description="为什么不是由设定的模型撰写；没有这回事时不出现")
    elapsed_ms: float
    receipt: ReceiptOut | None


class FindingOut(_Out):
    """文稿里的一个数字：supported（一致）、contradicted（不一致）或 absent（未提及）。span 是它在文稿里的位置。"""

    figure: str
    span: Position
    verdict: Verdict
    correct: str | None
    why: str
    citations: list[CitationOut]


class CheckOut(_Out):
    """核对的结果：每个数字一条，按先后。"""

    id: str | int
    findings: list[FindingOut]


class FactOut(_Out):
    """数据点：报告里的一个数字。value 以 unit 计，figure 是原文写法。"""

    id: str
    report: str
    passage: str
    subject: str
    figure: str
    value: float
    unit: str
    qualifier: str | None
    year: int | None
    status: Status | None
    change: str | None
    section: list[str]
    table: str | None
    row: str | None
    quote: str
    spans: list[Position]
    figure_spans: list[Position]
    lines: Lines


class FactsOut(_Out):
    """数据点的一页：count 是全部符合条件的个数，facts 是从 offset 起的若干个。"""

    report: str
    count: int
    offset: int
    facts: list[FactOut]


class PairOut(_Out):
    """同一指标的结果和目标，各有报告里的全部出处。"""

    indicator: str
    results: list[FactOut]
    targets: list[FactOut]


class PairsOut(_Out):
    """结果与目标的对照。"""

    report: str
    count: int
    pairs: list[PairOut]


class ConflictOut(_Out):
    """报告里前后说法不一致的一项。"""

    indicator: str
    year: int | None
    status: Status | None
    rows: list[FactOut]


class ConflictsOut(_Out):
    """前后说法不一致的地方。"""

    report: str
    count: int
    conflicts: list[ConflictOut]


class PassageOut(_Out):
    """条目：查找和引用的单位。quote 是报告文件在 spans 处的文字，facts 是其中的数据点。"""

    id: str
    report: str
    kind: BlockKind
    section: list[str]
    table: str | None
    row: str | None
    quote: str
    spans: list[Position]
    lines: Lines
    year: int | None
    status: Status | None
    facts: list[FactOut]


class ReportOut(_Out):
    """报告和它的元数据；reports 是现有全部报告的名称，text 只在 text=true 时给出。"""

    name: str
    title: str
    place: str
    date: str | None
    year: int | None
    planned: int | None
    sha256: str
    passages: int
    facts: int
    reports: list[str]
    text: str | None


class SessionOut(_Out):
    """一段对话的会话号，闲置 idle_seconds 秒后失效。"""

    session: str
    idle_seconds: int


class HealthOut(_Out):
    """服务在运行。"""

    status: Literal["ok"]


class VersionOut(_Out):
    """程序的版本、索引的哈希和每份报告的哈希。"""

    version: str
    program: str
    index_sha256: str
    reports: dict[str, str]


class ProblemOut(BaseModel):
    """出了什么问题（RFC 9457）：title 一句话，detail 说怎么办，reason 供程序判断。"""

    type: str
    title: str
    status: int
    detail: str
    reason: str


class ReportQuery(_In):
    """哪一份报告。"""

    report: ReportName = None


class ReportTextQuery(ReportQuery):
    """哪一份报告，要不要全文。"""

    text: bool = Field(False, description="是否给出报告全文")


class FactsQuery(_In):
    """筛选、排序和分页；留空的不筛。"""

    words: str = Field("", max_length=MAX_ID, description="指标或原文里要有的词，用空格隔开，几个词都要有")
    section: str = Field("", max_length=MAX_ID, description="章节、表名或行名里要有的词")
    year: int | None = Field(None, ge=1000, le=9999, description="哪一年的数据")
    status: Status | None = Field(None, description="actual 完成、expected 预计或 target 目标")
    unit: str = Field("", max_length=MAX_ID, description="单位，如 亿元、家、%")
    change: str = Field("", max_length=MAX_ID, description="类别：数值、增长、下降、占比、累计或排名")
    sort: Sort = Field(Sort.PLACE, description="按哪一列排序，place 是原文次序")
    desc: bool = Field(False, description="从大到小")
    offset: int = Field(0, ge=0, le=1_000_000, description="从第几个起，从 0 数")
    limit: int = Field(100, ge=1, le=MAX_LIMIT, description="最多给几个")
    report: ReportName = None
