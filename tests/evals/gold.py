"""Questions about the small report of conftest, with their gold."""

from bot.types import Reason
from evals.types import Kind, Part, Question, Style


def question(
    words: str,
    *parts: Part,
    id: str = "q1",
    reason: Reason | None = None,
    year: int | None = 2024,
    style: Style = Style.FORMAL,
    kind: Kind = Kind.NUMBER,
    session: str | None = None,
) -> Question:
    """A question with these parts as its gold."""
    return Question(id, words, style, kind, year, reason, session, parts)


GDP = question("2024年徐汇区地区生产总值是多少？", Part(("3931.2亿元",), ("地区生产总值完成3931.2亿元",)), id="gdp")
GREEN = question(
    "2024年新增绿地多少，新建公园几座？",
    Part(("12公顷",), ("新增绿地12公顷",)),
    Part(("3座",), ("新建公园3座",)),
    id="green",
    kind=Kind.MULTI,
)
AREAS = question(
    "加快建设的有哪些片区？",
    *(Part((name,), ("漕河泾开发区、徐汇滨江、枫林片区加快建设",)) for name in ("漕河泾开发区", "徐汇滨江")),
    id="areas",
    kind=Kind.LIST,
    style=Style.COLLOQUIAL,
)
TARGET = question("2025年新增绿地目标？", Part(("10公顷",), ("新增绿地10公顷",)), id="target", year=2025)
OLD = question("2021年地区生产总值是多少？", id="old", reason=Reason.MISSING_YEAR, year=2021)
RECIPE = question("红烧肉怎么做？", id="cook", reason=Reason.OUT_OF_SCOPE, year=None)
FIRST = question("2024年新增绿地多少？", Part(("12公顷",), ("新增绿地12公顷",)), id="s1", session="s")
SECOND = question(
    "2025年呢？", Part(("10公顷",), ("新增绿地10公顷",)), id="s2", session="s", year=2025, style=Style.FOLLOWUP
)
QUESTIONS = (GDP, GREEN, AREAS, TARGET, OLD, RECIPE, FIRST, SECOND)
