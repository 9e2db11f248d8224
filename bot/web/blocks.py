"""The Gradio part of the page: the box for the question, and the one event that answers it."""

import asyncio
import json
import logging
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any, TypeVar

import gradio as gr

from bot.api.turns import Places, is_long
from bot.conversation import Conversation
from bot.types import Answer, AnswerStatus, Reason
from bot.web.wording import Texts

if TYPE_CHECKING:
    from bot.assistant import Assistant

_LOG = logging.getLogger(__name__)
_REMEMBERED = 6  # questions of a conversation that a follow-up can lean on
_MAX_PAST = 4_000  # characters of earlier questions that are taken from a browser
_MAX_AGAIN = 600  # characters of them that are answered again, where the server does not remember
_PATIENCE = 10.0  # seconds that a question waits for its turn
_PAUSE = 0.02  # seconds between two looks at whether it has come
_SESSIONS = 1_000  # pages whose conversation the server keeps; the others' are made anew from what the page sends
_FORGET_AFTER = 3600  # seconds that the server keeps an idle conversation


@dataclass(slots=True)
class Memory:
    """The conversation of one open page, and the questions it was made of."""

    asked: tuple[str, ...] = ()
    conversation: Conversation = field(default_factory=Conversation)


def recall(memory: Memory, past: Sequence[str], assistant: "Assistant") -> Memory:
    """The memory that fits the questions on the screen: after a reload or a new start it is made anew."""
    if _is_known(memory, past):
        return memory
    fresh, plain = Memory(tuple(past[-_REMEMBERED:])), assistant.extractive()
    for question in _last_few(past):
        plain.ask(question, fresh.conversation, id="")
    return fresh


def _is_known(memory: Memory, past: Sequence[str]) -> bool:
    return tuple(past[-_REMEMBERED:]) == memory.asked[-_REMEMBERED:]


def _last_few(past: Sequence[str]) -> list[str]:
    """The last of the questions, as far as they are short enough to be answered again."""
    kept: list[str] = []
    for question in reversed(past[-_REMEMBERED:]):
        if kept and sum(map(len, kept)) + len(question) > _MAX_AGAIN:
            break
        kept.insert(0, question)
    return kept


def questions_of(past: str) -> list[str]:
    """The earlier questions as the browser sends them: a JSON list of texts; anything else counts as none."""
    if not past or len(past) > _MAX_PAST:
        return []
    try:
        read = json.loads(past)
    except ValueError:
        return []
    return [one for one in read if isinstance(one, str)] if isinstance(read, list) else []


Result = TypeVar("Result")
Step = tuple[str, Memory]  # the answer as the page takes it, the conversation gone on


def _last(steps: Iterator[Step]) -> Step:
    *_, step = steps
    return step


async def _taken(places: BoundedSemaphore) -> bool:
    """Whether a place was got in time. Nobody waits for one in a thread: who has one needs a thread to go on."""
    until = time.monotonic() + _PATIENCE
    while not places.acquire(blocking=False):
        if time.monotonic() > until:
            return False
        await asyncio.sleep(_PAUSE)
    return True


class Desk:
    """Takes one question after the other, a few at a time."""

    def __init__(
        self,
        assistant: Callable[[], "Assistant"],
        show: Callable[[Answer], dict[str, Any]],
        texts: Texts,
        places: Places,
        is_quick: Callable[[], bool],
        threads: int,
    ) -> None:
        """`assistant` may wait until there is one, `is_quick` tells whether it answers without waiting.

        `show` turns an answer into what the page needs; `places` are shared with whoever else answers. What is not
        quick is answered in so many threads.
        """
        self._threads = ThreadPoolExecutor(threads, "desk")
        self._is_quick = is_quick
        self._assistant = assistant
        self._show = show
        self._texts = texts
        self._places = places

    async def ask(self, question: str, past: str, memory: Memory) -> Step:
        """The answer as the page takes it, and the conversation gone on.

        Words of the report are found in milliseconds, less than handing the question to a thread takes on a busy
        machine; what may take longer gets a thread.
        """
        places = self._places_for(question, past, memory)
        if self._is_quick() and places is self._places.questions and places.acquire(blocking=False):
            try:
                return _last(self._answers(question, past, memory))
            finally:
                places.release()
        if not await _taken(places):
            return self._crowded(question, memory)
        try:
            return await self._beside(_last, self._answers(question, past, memory))
        finally:
            places.release()

    async def stream(self, question: str, past: str, memory: Memory) -> AsyncIterator[Step]:
        """The same as `ask` gives, by the sentence while a model writes."""
        places = self._places_for(question, past, memory)
        if not await _taken(places):
            yield self._crowded(question, memory)
            return
        try:
            steps = self._answers(question, past, memory)
            while (step := await self._beside(next, steps, None)) is not None:
                yield step
        finally:
            places.release()

    def _places_for(self, question: str, past: str, memory: Memory) -> BoundedSemaphore:
        """Where it waits: what has much to read is not read before what has little."""
        before = questions_of(past)
        again = () if _is_known(memory, before) else before
        return self._places.long if is_long(question or "", *again) else self._places.questions

    async def _beside(self, work: Callable[..., Result], *given: Any) -> Result:  # noqa: ANN401  # what the work takes
        """The work's result, done in a thread of the desk's own: asyncio's are few, and others need them."""
        call = partial(copy_context().run, work, *given)  # what is logged there belongs to this request
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def _crowded(self, question: str, memory: Memory) -> Step:
        return self._failure(uuid.uuid4().hex, question, "crowded"), memory

    def _answers(self, question: str, past: str, memory: Memory) -> Iterator[Step]:
        number = uuid.uuid4().hex
        try:
            assistant = self._assistant()
            memory = recall(memory, questions_of(past), assistant)
            for answer in assistant.stream(question or "", memory.conversation, id=number):
                if answer.complete and answer.status is not AnswerStatus.ERROR:
                    memory = Memory((*memory.asked, question)[-_REMEMBERED:], memory.conversation)
                yield self._shown(answer), memory
        except Exception:
            _LOG.exception("question %s failed", number)
            yield self._failure(number, question, "broken"), memory

    def _failure(self, number: str, question: str, text: str) -> str:
        said = str(self._texts[text])
        return self._shown(Answer(number, question or "", "", AnswerStatus.ERROR, said, Reason.INTERNAL))

    def _shown(self, answer: Answer) -> str:
        return json.dumps(self._show(answer), ensure_ascii=False)


def build_blocks(desk: Desk, texts: Texts, title: str, max_question: int, *, streams: bool = False) -> gr.Blocks:
    """The Blocks to mount: `desk` answers, by the sentence where it `streams`."""
    blocks = gr.Blocks(title=title, analytics_enabled=False, delete_cache=(3600, 3600))
    with blocks:
        memory = gr.State(Memory(), time_to_live=_FORGET_AFTER)
        with gr.Row(elem_id="composer", equal_height=True):
            question = _question_box(texts, max_question)
            send = gr.Button(texts["send"], variant="primary", scale=0, min_width=72, elem_id="send")
        past = gr.Textbox(visible="hidden", elem_id="past", label=texts["past"])
        reply = gr.Button("", visible="hidden", elem_id="reply")
        gr.on(
            [question.submit, send.click],
            desk.stream if streams else desk.ask,
            [question, past, memory],
            [reply, memory],
            api_name="ask",
            show_progress="hidden",
            # The page puts one question at a time, and has an answer before Gradio has drawn it.
            trigger_mode="multiple",
            # Answers take milliseconds: the queue's round trips would take longer. The desk keeps its own order.
            # Only through the queue can an answer come in parts.
            queue=streams,
            concurrency_limit=None,
        )
    blocks.state_session_capacity = _SESSIONS
    blocks.queue(max_size=32, default_concurrency_limit=2, api_open=False)
    return blocks


def _question_box(texts: Texts, max_question: int) -> gr.Textbox:
    return gr.Textbox(
        label=texts["question"],
        placeholder=texts["placeholder"],
        show_label=False,
        container=False,
        lines=1,
        max_lines=4,
        max_length=max_question,
        scale=1,
        elem_id="question",
    )
