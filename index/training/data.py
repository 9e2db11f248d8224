"""Reads the training texts: articles as lists of sentences, and questions with their paragraphs."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import opencc

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*[”」』]?")
_HEADER = re.compile(r"^[\d\s:：/.年月日-]{4,30}[，,]?\s*正文：")
_SPACES = re.compile(r"[ \t\u3000]{2,}")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its paragraph as sentences, and which sentence holds the answer."""

    text: str
    sentences: tuple[str, ...]
    answer: int


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order, none empty."""
    return tuple(found for match in _SENTENCE.finditer(text) if (found := match.group().strip()))


def read_articles(folder: Path) -> Iterator[tuple[str, ...]]:
    """Every news article and government report as its sentences."""
    for part in sorted((folder / "news").glob("part-*.txt.gz")):
        with gzip.open(part, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield sentences_of(_SPACES.sub("\n", _HEADER.sub("", line)))
    for report in sorted((folder / "reports").glob("*.txt")):
        yield sentences_of(report.read_text(encoding="utf-8"))
    with gzip.open(folder / "reports" / "national-1978-2025.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield sentences_of(json.loads(line)["text"])


def read_questions(file: Path) -> Iterator[Question]:
    """Every question of a file in SQuAD's format, in simplified characters."""
    simplified = opencc.OpenCC("t2s").convert
    for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            context = simplified(paragraph["context"])
            sentences = sentences_of(context)
            for qa in paragraph["qas"]:
                answer = _holding(sentences, simplified(qa["answers"][0]["text"]), context)
                yield Question(simplified(qa["question"]), sentences, answer)


def _holding(sentences: tuple[str, ...], answer: str, context: str) -> int:
    """The number of the first sentence that holds the answer; the first sentence where none does alone."""
    if answer not in context:
        return 0
    return next((number for number, sentence in enumerate(sentences) if answer in sentence), 0)
