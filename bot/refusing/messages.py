"""The sentences that say why there is no answer, what the report covers instead, and what is nearest to it."""

import re

from bot.question import Question
from bot.reading.reading import Piece, Reading
from bot.types import Citation, Reason
from bot.writing import cite
from corpus.types import Report

_ROW_NUMBER = re.compile(r"^\d{1,3}\s+(?=[\u3400-\u9fff])")
_NEAR = 0.15  # below this confidence the nearest passages have nothing to do with the question
_MOST_SHOWN = 2
_LONGEST = 90  # characters of a nearest passage that are shown


def message(reading: Reading, question: Question, report: Report) -> tuple[str, tuple[Citation, ...]]:
    """What a refusal says, and the citations of its marks [n]."""
    pieces = shown(reading)
    if not pieces:
        return _reason(reading, question, report), ()
    marked = "；".join(f"{_words(piece, report)}[{number}]" for number, piece in enumerate(pieces, 1))
    citations = tuple(cite(piece.passage, report, number) for number, piece in enumerate(pieces, 1))
    return f"{introduction(reading, question, report)}{marked}。", citations


def introduction(reading: Reading, question: Question, report: Report) -> str:
    """What stands before the nearest passages of a refusal: the reason, and what they are."""
    opening = "报告写的是：" if reading.reason is Reason.FALSE_PREMISE else "相近内容（不是答案）："
    return f"{_reason(reading, question, report)}{opening}"


def _reason(reading: Reading, question: Question, report: Report) -> str:
    reason, covered = reading.reason or Reason.MISSING_FIGURE, _covers(report)
    if reason is Reason.MISSING_YEAR:
        years = "、".join(f"{year}年" for year in question.years) or "所问年份"
        told = {piece.passage.year for piece in reading.nearest if piece.passage.year} - set(question.years)
        instead = f"写的是{'、'.join(f'{year}年' for year in sorted(told))}的" if told else covered
        return f"报告没有写{years}的这项内容，{instead}。"
    if reason is Reason.OTHER_PLACE:
        return f"这份报告没有写{reading.message or '其他地方'}的情况，{covered}。"
    if reason is Reason.FALSE_PREMISE:
        return "这个问题的前提与报告不符。"
    if reason is Reason.OUT_OF_SCOPE:
        return f"这个问题不在报告的范围内，我只回答报告里写到的内容：{covered}。"
    if reason is Reason.OPINION:
        return f"我只转述报告写到的事实，不作评价、推荐或预测；{covered}。"
    return f"报告没有写到这项内容，{covered}。"


def _covers(report: Report) -> str:
    """What the report is about, as a clause (「只写徐汇区2024年的执行情况和2025年的计划」)."""
    place = report.place or "当地"
    if report.year and report.planned:
        return f"它写的是{place}{report.year}年的情况和{report.planned}年的计划"
    return f"它写的是{place}{report.year}年的情况" if report.year else f"它写的是{place}的情况"


def shown(reading: Reading) -> list[Piece]:
    """The nearest passages that a refusal shows: none where they have nothing to do with the question."""
    reason = reading.reason
    if reason is Reason.OUT_OF_SCOPE or (reason is not Reason.FALSE_PREMISE and reading.confidence < _NEAR):
        return []
    first_of_each = {piece.passage.text[piece.start : piece.end]: piece for piece in reversed(reading.nearest)}
    pieces = list({piece.passage.id: piece for piece in first_of_each.values()}.values())[::-1]
    return pieces[:_MOST_SHOWN]


def _words(piece: Piece, report: Report) -> str:
    text = piece.passage.text[piece.start : piece.end].strip(" ，,；;。、！!？?")
    text = _ROW_NUMBER.sub("", text)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST].rstrip(' ，,；;。、')}……"
    year = "" if not piece.label or piece.label in text[:12] else f"{piece.label}{report.place}"
    return f"{year}{text}"
