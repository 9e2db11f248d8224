"""A chat model as the writer, over HTTP against a scripted server: what is wrong never reaches the answer."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.assistant import Assistant
from bot.grounding.marks import with_plain_marks
from bot.reading import reader
from bot.settings import Settings
from bot.writing import Brief, Draft
from bot.writing.breaker import Breaker
from bot.writing.chat_model import ChatModelWriter
from bot.writing.connection import Connection, Limits
from bot.writing.offering import offered
from bot.writing.opening import _model
from tests.bot.chat_server import ChatServer, Reply, always, serving, whole
from tests.bot.scripted import Line, faults, honest

NAME = "openai:scripted"
KEY = "sk-not-to-be-seen"
QUESTIONS = (
    "2024年徐汇区地区生产总值是多少？",
    "2024年一般公共预算收入是多少？",
    "2024年社会消费品零售总额是多少？",
    "2024年预计实到外资多少？",
    "2024年商品销售总额是多少？",
    "2025年一般公共预算收入目标增长多少？",
    "2025年新增绿地多少公顷？",
    "总结一下养老方面做了什么",
    "介绍一下模速空间",
    "垃圾分类做得怎么样",
    "2024年拆除违法建筑多少处？",
    "2024年技术合同成交金额是多少？",
    "2024年规模以上工业总产值是多少？",
    "2025年固定资产投资目标增长多少？",
)
LEAST_REPLIES, LEAST_FAULTY, LEAST_WAYS, LEAST_SHARE = 400, 250, 12, 0.97


@pytest.fixture(scope="module")
def server() -> Iterator[ChatServer]:
    """A scripted server."""
    with serving(always(Reply())) as running:
        yield running


def writer_for(server: ChatServer, *, total: float = 10.0, silence: float = 5.0, retries: int = 0) -> ChatModelWriter:
    """A writer that asks the server, through LangChain's own client."""
    settings = Settings.load(writer=NAME, writer_base_url=server.address, writer_key=KEY, writer_silence=silence)
    connection = Connection(lambda: _model("openai", "scripted", settings), Limits(total, silence, retries))
    return ChatModelWriter(NAME, connection, Breaker(failures=10**6))


@pytest.fixture(scope="module")
def briefs(assistant: Assistant) -> tuple[Brief, ...]:
    """What a writer is given for each of the questions."""
    made = []
    for question in QUESTIONS:
        asked, world = assistant.understand(question)
        made.append(Brief(asked, reader.read(asked, world), world))
    assert all(brief.reading.answered for brief in made)
    return tuple(made)


def last(writer: ChatModelWriter, brief: Brief) -> Draft:
    """The complete draft."""
    *_, draft = writer.write(brief)
    assert draft.complete
    return draft


@dataclass(frozen=True)
class Played:
    """A reply that was scripted, and the brief that it answers."""

    brief: Brief
    lines: tuple[Line, ...]


def plays(brief: Brief) -> Iterator[Played]:
    """Replies to one question: honest ones, and for each way to be wrong one with a false sentence among true ones."""
    sources = offered(brief, 4_000)
    place = brief.world.report.place
    truths = [(n, source, line) for n, source in sources.items() for line in honest(n, source, place)]
    asked = reader.shorts_of(brief.reading)
    about = [line for _, source, line in truths if source.passage.id == brief.reading.pieces[0].passage.id]
    opening = next((line for line in about if all(short in line.text for short in asked)), about[0])
    for *_, line in truths[:12]:
        yield Played(brief, (opening, line) if line is not opening else (line,))
    for way, spoil in faults().items():
        spoiled = (
            Line(text, way)
            for n, source, line in truths
            if (text := spoil(line.text, n, source, sources)) not in ("", line.text)
        )
        for line in list(spoiled)[:2]:
            yield Played(brief, (opening, line))


def said(text: str, line: Line) -> bool:
    """Whether a sentence stands in a text, whatever the numbers of the marks."""
    return bare(line.text) in bare(text)


def bare(text: str) -> str:
    """A text without marks and spaces."""
    return "".join(
        char for part in with_plain_marks(text).split("[") for char in part.split("]")[-1] if not char.isspace()
    )


def test_nothing_false_reaches_the_answer_and_nearly_all_that_is_true_does(
    server: ChatServer, briefs: tuple[Brief, ...]
) -> None:
    """Of hundreds of scripted replies no false sentence is shown, at any time, and the true ones are."""
    writer = writer_for(server)
    replies, faulty, true, shown, lost = 0, Counter[str](), 0, 0, []
    for played in (one for brief in briefs for one in plays(brief)):
        server.script = always(whole("".join(line.text for line in played.lines)))
        drafts = list(writer.write(played.brief))
        replies += 1
        for line in played.lines:
            if line.fault:
                faulty[line.fault] += 1
                allowed = sum(bare(other.text) == bare(line.text) for other in played.lines if not other.fault)
                assert max(bare(draft.text).count(bare(line.text)) for draft in drafts) <= allowed, line
            else:
                true += 1
                shown += said(drafts[-1].text, line)
                lost += [] if said(drafts[-1].text, line) else [line.text]
        for draft in drafts:
            assert {citation.n for citation in draft.citations} == set(range(1, len(draft.citations) + 1))
            assert all(f"[{citation.n}]" in draft.text for citation in draft.citations)
    print(f"{replies} 个回复，{sum(faulty.values())} 个有错，{len(faulty)} 种；对的句子 {shown}/{true}")  # noqa: T201
    assert replies >= LEAST_REPLIES
    assert sum(faulty.values()) >= LEAST_FAULTY
    assert len(faulty) >= LEAST_WAYS
    assert shown / true >= LEAST_SHARE, lost
