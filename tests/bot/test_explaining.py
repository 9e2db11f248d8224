"""Reasons and explanations that the report does not give outright: a model may weave what is found, and no more."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.settings import Settings
from bot.types import Answer, AnswerStatus, Reason
from bot.writing.breaker import Breaker
from bot.writing.chat_model import ChatModelWriter
from bot.writing.connection import Connection, Limits
from bot.writing.opening import _model
from index.store import load
from tests.bot.chat_server import ChatServer, Reply, always, serving, whole

NAME = "openai:scripted"
WHY = "为什么初次信访量下降了这么多？"
TOLD = "2024年徐汇区推进片区治理解难题试点[1]。街镇初次信访量同比下降48.1%[1]。"
EXPLAIN = "如何理解联动创新区"
EXPLAINED = "2024年徐汇区出台上海自贸试验区徐汇联动创新区建设实施方案，落实18条改革举措[1]。"
KNOWN = "2024年徐汇区地区生产总值是多少？"
KNOWN_TOLD = "2024年徐汇区地区生产总值完成3931.2亿元[1]。"


@pytest.fixture(scope="module")
def server() -> Iterator[ChatServer]:
    """A scripted server."""
    with serving(always(whole(KNOWN_TOLD))) as running:
        yield running


@pytest.fixture(scope="module")
def model(server: ChatServer, settings: Settings) -> Assistant:
    """The assistant with a chat model that the server plays."""
    chosen = Settings.load(writer=NAME, writer_base_url=server.address, writer_key="sk-x")
    connection = Connection(lambda: _model("openai", "scripted", chosen), Limits(1.5, 1.0, 0))
    made = Assistant(load(settings.index_folder), writer=ChatModelWriter(NAME, connection, Breaker(failures=10**6)))
    # Loading the client library takes longer than a test's limits.
    assert any(made.ask(KNOWN).writer == NAME for _ in range(60))
    return made


def test_an_explanation_is_written_from_what_was_found(
    server: ChatServer, model: Assistant, assistant: Assistant
) -> None:
    """Where the reader has no answer to what something means, a model may tell what the report says of it."""
    server.script = always(whole(EXPLAINED))
    answer = model.ask(EXPLAIN)
    assert assistant.ask(EXPLAIN).status is AnswerStatus.REFUSED
    assert (answer.status, answer.reason, answer.writer, answer.short) == (AnswerStatus.ANSWERED, None, NAME, ())
    assert answer.text == EXPLAINED
    assert [one.n for one in answer.citations] == [1]
    assert "18条" in answer.citations[0].quote


def test_a_reason_that_the_report_does_not_give_stays_a_refusal(
    server: ChatServer, model: Assistant, assistant: Assistant
) -> None:
    """What a model tells of the matter is marked as no answer: no reason is made of it."""
    server.script = always(whole(TOLD))
    answer, plain = model.ask(WHY), assistant.ask(WHY)
    assert (
        (answer.status, answer.reason) == (plain.status, plain.reason) == (AnswerStatus.REFUSED, Reason.MISSING_FIGURE)
    )
    assert answer.writer == NAME
    assert answer.text == f"{plain.text.partition('相近内容（不是答案）：')[0]}相近内容（不是答案）：{TOLD}"
    assert answer.suggestions == plain.suggestions


MADE_UP = {
    "a cause": "因为推进片区治理解难题试点，街镇初次信访量同比下降48.1%[1]。",
    "another cause": "2024年街镇初次信访量同比下降48.1%，得益于片区治理[1]。",
    "a figure": "2024年街镇初次信访量同比下降58.1%[1]。",
    "the other direction": "2024年街镇初次信访量同比上升48.1%[1]。",
    "no mark": "2024年街镇初次信访量同比下降48.1%。",
    "the law of another text": "根据信访工作条例，街镇初次信访量同比下降48.1%[1]。",
    "an opinion": "2024年街镇初次信访量同比下降48.1%，这个成绩非常显著[1]。",
}


@pytest.mark.parametrize("kind", MADE_UP)
def test_an_explanation_is_held_to_the_same_evidence(
    kind: str, server: ChatServer, model: Assistant, assistant: Assistant
) -> None:
    """A cause, a figure or a judgement of the model's own leaves the reader's refusal, and a note."""
    server.script = always(whole(MADE_UP[kind]))
    answer, plain = model.ask(WHY), assistant.ask(WHY)
    assert (answer.text, answer.citations, answer.writer) == (plain.text, plain.citations, "extractive")
    assert answer.note.startswith("模型写的话没有通过核对")


def test_a_fault_leaves_the_refusal_in_time(server: ChatServer, model: Assistant, assistant: Assistant) -> None:
    """A server that fails while it explains: the reader's refusal, and why."""
    for reply in (Reply(status=500), Reply([TOLD], ends=None), Reply([], hangs=3.0, ends=None)):
        server.script = always(reply)
        answer = model.ask(WHY)
        assert (answer.text, answer.writer) == (assistant.ask(WHY).text, "extractive")
        assert answer.note


def test_an_explanation_comes_by_the_sentence(server: ChatServer, model: Assistant) -> None:
    """What passed is shown while the next is written, always marked as no answer."""
    server.script = always(Reply([*TOLD.split("。")[0], "。", "街镇初次", "信访量同比下降48.1%[1]。"], pause=0.05))
    seen: list[Answer] = list(model.stream(WHY))
    assert [one.complete for one in seen][-2:] == [False, True]
    assert all("相近内容（不是答案）：" in one.text and one.status is AnswerStatus.REFUSED for one in seen)


@pytest.mark.parametrize(
    "question",
    [
        "为什么浦东新区的信访量下降了？",
        "2022年初次信访量为什么下降？",
        "你觉得初次信访量为什么下降？",
        "为什么初次信访量上升了？",
        "解释一下相对论",
        "为什么天会下雨？",
        "你怎么看为什么要加装电梯",
        "2030年徐汇区的房价会涨到多少？",
        "2024年徐汇区的离婚率是多少？",
    ],
)
def test_other_refusals_never_go_to_a_model(
    question: str, server: ChatServer, model: Assistant, assistant: Assistant
) -> None:
    """Another place or year, an opinion, a forecast, a false premise, what no report says: refused at once."""
    server.script = always(whole(TOLD))
    server.asked.clear()
    answer, plain = model.ask(question), assistant.ask(question)
    assert plain.status is AnswerStatus.REFUSED
    assert (answer.text, answer.reason, answer.writer) == (plain.text, plain.reason, "extractive")
    assert not server.asked


def test_the_model_is_told_that_there_is_no_answer(server: ChatServer, model: Assistant) -> None:
    """With the passages goes that they do not answer, and that no reason may be made up."""
    server.script = always(whole(TOLD))
    server.asked.clear()
    model.ask(WHY)
    told = server.asked[-1]["messages"][1]["content"]
    assert "资料没有直接回答这个问题" in told
    assert "短答案" not in told
    assert "48.1%" in told
