"""The one place where the index tests make passages, facts, reports and models."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.library import ReadReport
from corpus.types import BlockKind, Cell, Fact, Passage, Report, Span, Status
from index.embedding import unit_rows

TEXTS = (
    "地区生产总值完成3931.2亿元，增长4.8%。",
    "新增就业岗位4.6万个，城镇登记失业人数控制在目标以内。",
    "建成市民健身步道12条，改造公共厕所30座。",
    "引进外资项目201家，合同外资增长5%。",
    "新建托育服务点8个，长者食堂服务老人2万人次。",
    "完成旧住房更新改造60万平方米，加装电梯500台。",
)


class HashedEmbedder:
    """Gives each character a fixed random direction: fast, and the same in every process."""

    name = "hashed"
    dim = 16

    def __init__(self, seed: int = 7) -> None:
        self.sha256 = hashlib.sha256(str(seed).encode()).hexdigest()
        self._directions = np.random.default_rng(seed).standard_normal((997, self.dim)).astype(np.float32)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The sum of the characters' directions."""
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for character in text:
                row += self._directions[ord(character) % 997]
        return unit_rows(rows)


def make_passage(ordinal: int, text: str, report: str = "xuhui", section: tuple[str, ...] = ()) -> Passage:
    """A passage that stands at the place of its number."""
    return Passage(
        id=f"{report}-{ordinal}",
        report=report,
        ordinal=ordinal,
        kind=BlockKind.ITEM,
        text=text,
        spans=(Span(ordinal * 100, ordinal * 100 + 40), Span(ordinal * 100 + 50, ordinal * 100 + 60)),
        section=section,
        table="表1" if ordinal % 2 else None,
        row="指标" if ordinal % 2 else None,
        cells=(Cell("完成情况", text, (Span(1, 2),)),) if ordinal % 2 else (),
        year=2024,
        status=Status.ACTUAL if ordinal % 3 else None,
    )


def make_report(name: str = "xuhui", texts: Sequence[str] = TEXTS) -> ReadReport:
    """A report with a passage for each text and one fact."""
    text = "\n".join(texts)
    report = Report(name, "政府工作报告", "徐汇区", None, 2024, 2025, text, hashlib.sha256(text.encode()).hexdigest())
    passages = tuple(make_passage(number, text, name) for number, text in enumerate(texts))
    fact = Fact(
        passages[0].id,
        "地区生产总值",
        "3931.2亿元",
        3931.2e8,
        "元",
        None,
        2024,
        Status.ACTUAL,
        None,
        (8, 16),
        (Span(8, 16),),
    )
    return ReadReport(report, (), passages, (fact,))
