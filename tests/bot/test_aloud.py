"""A model's answer on a terminal: each sentence once, as it passes, and the rest when it is complete."""

import io
from collections.abc import Iterator

from bot.terminal import after, aloud
from bot.types import Answer, AnswerStatus, Citation
from corpus.types import Span

FIRST, SECOND = "粮食总产量12.6万吨[1]。", "新建农贸市场4家[1]。"
CITATION = Citation(1, "small", "small/0001", ("一、回顾",), None, None, "粮食总产量12.6万吨。", (Span(0, 10),), (1, 1))


def answer(text: str, *, complete: bool, note: str = "") -> Answer:
    """An answer, or as much of it as is written."""
    return Answer(
        "", "问", "问", AnswerStatus.ANSWERED, text, citations=(CITATION,), note=note, complete=complete, writer="m:x"
    )


def shown(*answers: Answer) -> str:
    """All that the terminal shows of answers that come one after the other."""
    sink = io.StringIO()

    def coming() -> Iterator[Answer]:
        for one in answers:
            yield one
            so_far.append(sink.getvalue())

    so_far: list[str] = []
    last, written = aloud(coming(), sink)
    assert so_far[: len(answers) - 1] == [one.text for one in answers[:-1]]
    return sink.getvalue() + after(last, written)


def test_each_sentence_is_written_once_as_it_comes() -> None:
    """What was shown is not repeated; the sources follow."""
    said = shown(
        answer(FIRST, complete=False), answer(FIRST + SECOND, complete=False), answer(FIRST + SECOND, complete=True)
    )
    assert said.startswith(f"{FIRST}{SECOND}\n\n[1] ")
    assert said.count(FIRST) == said.count(SECOND) == 1


def test_an_answer_that_changed_is_written_anew_with_its_note() -> None:
    """Where the model failed after a sentence, the extractive answer stands by itself, and why."""
    said = shown(
        answer(FIRST, complete=False), answer("别的[1]。", complete=True, note="模型只答了一半，以下摘自报告原文。")
    )
    assert said.startswith(f"{FIRST}\n\n（模型只答了一半，以下摘自报告原文。）\n\n别的[1]。\n\n[1] ")


def test_an_answer_at_once_is_written_at_once() -> None:
    """Without partial answers all is written at the end."""
    assert shown(answer(FIRST, complete=True)).startswith(f"{FIRST}\n\n[1] ")
