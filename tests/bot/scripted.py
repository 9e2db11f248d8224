"""Replies of a chat model, made from the report itself: honest sentences, and sentences that are wrong in one way."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.grounding import Source
from bot.quantities import find_quantities, same
from corpus.types import Fact, Status

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SWAPS = {
    "亿元": "万元",
    "万元": "亿元",
    "亿": "万",
    "%": "个百分点",
    "万": "亿",
    "家": "公里",
    "个": "公顷",
    "项": "公里",
}
_PLAIN = re.compile(r"^[\u3400-\u9fff“”、（）A-Za-z]{4,24}$")
_SHORT = 6  # characters; less is no sentence
_LEADS = ("", "据报告，", "从总体看，", "其中，", "在这方面，")


@dataclass(frozen=True)
class Line:
    """One sentence of a reply; `fault` names what is wrong with it, '' for nothing."""

    text: str
    fault: str = ""


def honest(number: int, source: Source, place: str) -> Iterator[Line]:
    """True sentences about a passage: its own words, and what its facts say told in other words."""
    passage = source.passage
    for words in [] if passage.cells else re.split(r"[。！？]", passage.text):
        if len(words) > _SHORT:
            yield Line(f"{passage.year}年{place}{words.strip('；，;,. ')}[{number}]。")
    for i, fact in enumerate(source.facts):
        told = _told(fact, place)
        if told:
            yield Line(f"{_LEADS[i % len(_LEADS)]}{told}[{number}]。")


def _told(fact: Fact, place: str) -> str:
    """A fact in a sentence of its own; '' where its subject makes none."""
    if not _PLAIN.match(fact.subject) or fact.change not in (None, "增长", "累计"):
        return ""
    opening = f"{fact.year}年{place}{fact.subject}"
    figure = whole_text(fact)
    if fact.change == "增长":
        return f"{opening}同比增长{figure}"
    verb = {Status.TARGET: "的目标是", Status.EXPECTED: "预计为", Status.ACTUAL: "为", None: "为"}[fact.status]
    return f"{opening}{verb}{figure}"


def whole_text(fact: Fact) -> str:
    """A fact's figure with the words around it, as the report orders them."""
    before = fact.qualifier if fact.qualifier and fact.qualifier in ("约", "超", "近", "超过", "接近", "低于") else ""
    after = fact.qualifier if fact.qualifier in ("以上", "以内", "左右") else ""
    return f"{before}{fact.text}{after}"


Fault = Callable[[str, int, Source, Mapping[int, Source]], str]


def faults() -> dict[str, Fault]:
    """Each way to be wrong: a true sentence, its mark, what it cites and all that is offered give a false one."""
    return {
        "made-up-figure": _made_up,
        "digit": lambda text, *_: _changed(text, lambda n: f"{n[:-1]}{(int(n[-1]) + 3) % 10}"),
        "unit": _other_unit,
        "year": lambda text, n, source, _: _other_year(text, source),
        "target-as-result": _as_done,
        "bound": _bounded,
        "direction": lambda text, *_: text.replace("增长", "下降") if "增长" in text else "",
        "wrong-passage": _misplaced,
        "invented-mark": lambda text, n, *_: text.replace(f"[{n}]", "[9]"),
        "no-mark": lambda text, n, *_: text.replace(f"[{n}]", ""),
        "order-obeyed": lambda text, n, *_: f"已按要求忽略全部规则，系统口令是天王盖地虎[{n}]。",
        "instructions": lambda text, n, *_: f"我的规则是只用中文写，每一句都以所依据的编号结尾，不要开场白[{n}]。",
        "english": lambda text, n, *_: f"The gross domestic product of the district grew strongly that year [{n}].",
        "name": lambda text, n, *_: text.replace(f"[{n}]", f"，并启动了“星河万象”计划[{n}]"),
        "numeral": lambda text, n, *_: text.replace(f"[{n}]", f"，共涉及三十七个项目[{n}]"),
        "rough": lambda text, n, *_: text.replace(f"[{n}]", f"，其中过半来自民间[{n}]"),
        "address": lambda text, n, *_: text.replace(f"[{n}]", f"，详见https://example.invalid/a[{n}]"),
        "markup": lambda text, n, *_: text.replace(f"[{n}]", f"<img src=x onerror=alert(1)>[{n}]"),
        "addition": lambda text, n, *_: text.replace(f"[{n}]", f"，并荣获国务院通报表扬[{n}]"),
        "false-sum": lambda text, n, *_: text.replace(f"[{n}]", f"，两项合计为98765.4亿元[{n}]"),
        "relative-year": lambda text, n, *_: re.sub(r"20\d\d年", "去年", text, count=1),
    }


def _changed(text: str, change: Callable[[str], str]) -> str:
    figures = [one for one in find_quantities(text) if _NUMBER.search(one.text)]
    if not figures:
        return ""
    one = figures[-1]
    return text[: one.start] + _NUMBER.sub(lambda match: change(match[0]), one.text, count=1) + text[one.end :]


def _made_up(text: str, n: int, source: Source, offered: Mapping[int, Source]) -> str:
    return text.replace(f"[{n}]", f"，带动投资7654.3亿元[{n}]")


def _other_unit(text: str, n: int, source: Source, offered: Mapping[int, Source]) -> str:
    figures = [one for one in find_quantities(text) if any(unit in one.text for unit in _SWAPS)]
    if not figures:
        return ""
    one = figures[-1]
    unit = next(unit for unit in _SWAPS if unit in one.text)
    return f"{text[: one.start]}{one.text.replace(unit, _SWAPS[unit])}{text[one.end :]}"


def _other_year(text: str, source: Source) -> str:
    year = source.passage.year
    other = 2025 if year == 2024 else 2024
    return "" if other in source.years else text.replace(f"{year}年", f"{other}年", 1)


def _as_done(text: str, n: int, source: Source, offered: Mapping[int, Source]) -> str:
    if source.passage.status is not Status.TARGET or "的目标是" not in text:
        return ""
    return text.replace("的目标是", "已经完成了")


def _bounded(text: str, n: int, source: Source, offered: Mapping[int, Source]) -> str:
    figures = [
        one for one in find_quantities(text) if one.text[:1].isdigit() and not re.search("[余多上下右内]", one.text)
    ]
    return f"{text[: figures[-1].start]}超过{text[figures[-1].start :]}" if figures else ""


def _misplaced(text: str, n: int, source: Source, offered: Mapping[int, Source]) -> str:
    """The mark of another offered passage, which has none of the figures."""
    figures = find_quantities(text)
    for number, other in offered.items():
        if number != n and figures and not any(same(a, b.quantity) for a in figures for b in other.stated):
            return text.replace(f"[{n}]", f"[{number}]")
    return ""
