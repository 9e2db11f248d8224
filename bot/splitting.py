"""The questions that one question holds, each as asked."""

import re

from bot.lexicon import actions

_SPLIT_ASKS = re.compile(
    r"[？?]|[，,；;、](?=[^，,；;、]*(?:多少|几|第几|哪|多大|多高|多长))|[，,](?=[^，,]{1,12}呢)|"
    r"[，,](?=[^，,；;]{0,8}(?:增幅|增速|涨幅|降幅|增长)[^，,；;]{0,3}(?:如何|怎么?样))|"
    r"[，,](?=[^，,；;]{0,6}(?:成绩|结果|效果|成效|进展|表现)[^，,；;]{0,2}(?:如何|怎么?样))|"
    r"[，,](?=[^，,；;]{0,6}(?:拿|获|得|取得|带回)[^，,；;]{0,3}(?:什么|啥))|(?:以及|"
    r"还有|和|与|(?<![涉惠普以])及|(?<=[，,])并)(?=[^，,]*(?:多少|几[个家条座所项位处名款台套张户场幢幅门片份次枚]))"
)


def split_asks(text: str) -> list[str]:
    """The questions that one question holds (「A多少，B多少？」), each as asked; one where it is one.

    What stands before the first ask is what it is about (「这些家庭，帮了多少人、花了多少钱」).
    """
    parts: list[str] = []
    topic = ""
    for piece in (one for stretch in _SPLIT_ASKS.split(text) for one in _side_by_side(stretch or "")):
        part = piece.strip(" ，,。？?、")
        if not part:
            continue
        if not _ASKS.search(part):
            topic = f"{topic}{part}，"
            continue
        parts.append(f"{topic}{part}")
        topic = ""
    return parts if len(parts) > 1 else [text]


def asks(text: str) -> bool:
    """Whether `text` asks openly for something."""
    return _ASKS.search(text) is not None


def _side_by_side(text: str) -> list[str]:
    """The asks that stand side by side (「几个项目多少张床」, 「新开工多少公里完工多少公里」), each with its verb."""
    asks = list(COUNTS.finditer(text))
    cuts = [0]
    for before, ask in zip(asks, asks[1:], strict=False):
        between = text[before.end() : ask.start()]
        verb = next((n for n in (3, 2) if between[-n:].rstrip("了过") in actions() and len(between) >= n), 0)
        cuts.append(ask.start() - (verb or (len(between) if len(between) < _SHORT else 0)))
    return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


COUNTS = re.compile(
    r"(?:多少|(?<!哪)几)(?:万|亿)?(?:平方米|公里|公顷|美元|人次|户次|[个家条座所项位处名款支种类台套张户场幢幅门片份次枚块亩元人件间])"
)
_SHORT = 2  # so few characters between two asks are a verb of the second
_ASKS = re.compile(r"多少|几|哪|什么|啥|谁|何[种时地处人项年日]|多大|多高|多长|第几|呢$|怎么样|如何")
