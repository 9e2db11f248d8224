"""The findings of a draft by sentence, as the command line, the page and the exports show them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.types import Finding, Verdict

MARKS = {Verdict.SUPPORTED: "✓", Verdict.CONTRADICTED: "✗", Verdict.ABSENT: "？"}
WORDS = {Verdict.SUPPORTED: "一致", Verdict.CONTRADICTED: "不一致", Verdict.ABSENT: "未提及"}
_WORST_FIRST = (Verdict.CONTRADICTED, Verdict.ABSENT, Verdict.SUPPORTED)
_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)]*|\n|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`[start, end)` of the draft with the findings of its figures, in order; there may be none."""

    start: int
    end: int
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict | None:
        """The worst of its figures' verdicts; None without a figure."""
        said = {finding.verdict for finding in self.findings}
        return next((verdict for verdict in _WORST_FIRST if verdict in said), None)


def sentences_of(draft: str, findings: Sequence[Finding]) -> Iterator[Sentence]:
    """All of `draft` sentence by sentence, line breaks and blanks included; no figure is ever cut."""
    start = index = 0
    for match in _SENTENCE.finditer(draft):
        end = match.end()
        if end <= start:
            continue
        own = index
        while own < len(findings) and findings[own].span[0] < end:
            own += 1
        if own > index and findings[own - 1].span[1] > end:
            continue
        yield Sentence(start, end, tuple(findings[index:own]))
        start, index = end, own
    if start < len(draft):
        yield Sentence(start, len(draft), tuple(findings[index:]))


def counted(findings: Sequence[Finding]) -> str:
    """How many figures there are, and how many of each verdict, in one Chinese sentence."""
    if not findings:
        return "文稿里没有数字。"
    numbers = "，".join(
        f"{word} {sum(finding.verdict is verdict for finding in findings)}" for verdict, word in WORDS.items()
    )
    return f"共 {len(findings)} 个数字：{numbers}。"
