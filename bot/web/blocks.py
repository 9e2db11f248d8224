"""The Gradio part of the page: the box for the question, and the one event that answers it."""

import json
import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import gradio as gr

from bot.conversation import Conversation
from bot.types import Answer, AnswerStatus, Reason

if TYPE_CHECKING:
    from bot.assistant import Assistant

_LOG = logging.getLogger(__name__)
_REMEMBERED = 6  # questions of a conversation that a follow-up can lean on
_MAX_PAST = 4_000  # characters of earlier questions that are taken from a browser
_BROKEN = "这个问题没能答出来，请换个问法，或稍后再试。"
_FORGET_AFTER = 3600  # seconds that the server keeps an idle conversation


@dataclass(slots=True)
class Memory:
    """The conversation of one open page, and the questions it was made of."""

    asked: tuple[str, ...] = ()
    conversation: Conversation = field(default_factory=Conversation)


def recall(memory: Memory, past: Sequence[str], assistant: "Assistant") -> Memory:
    """The memory that fits the questions on the screen: after a reload or a new start it is made anew."""
    past = tuple(past[-_REMEMBERED:])
    if past == memory.asked[-_REMEMBERED:]:
        return memory
    fresh = Memory(past)
    for question in past:
        assistant.ask(question, fresh.conversation, id="")
    return fresh


def questions_of(past: str) -> list[str]:
    """The earlier questions as the browser sends them: a JSON list of texts; anything else counts as none."""
    if not past or len(past) > _MAX_PAST:
        return []
    try:
        read = json.loads(past)
    except ValueError:
        return []
    return [one for one in read if isinstance(one, str)] if isinstance(read, list) else []


def build_blocks(
    assistant: "Assistant", show: Callable[[Answer], dict[str, Any]], title: str, max_question: int
) -> gr.Blocks:
    """The Blocks to mount; `show` turns an answer into what the page needs."""

    def ask(question: str, past: str, memory: Memory) -> tuple[str, str, Memory]:
        number = uuid.uuid4().hex
        try:
            memory = recall(memory, questions_of(past), assistant)
            answer = assistant.ask(question or "", memory.conversation, id=number)
            if answer.status is not AnswerStatus.ERROR:
                memory = Memory((*memory.asked, question)[-_REMEMBERED:], memory.conversation)
            return "", json.dumps(show(answer), ensure_ascii=False), memory
        except Exception:
            _LOG.exception("question %s failed", number)
            answer = Answer(number, question or "", "", AnswerStatus.ERROR, _BROKEN, Reason.INTERNAL)
            return "", json.dumps(show(answer), ensure_ascii=False), memory

    blocks = gr.Blocks(title=title, analytics_enabled=False, delete_cache=(3600, 3600))
    with blocks:
        memory = gr.State(Memory(), time_to_live=_FORGET_AFTER)
        with gr.Row(elem_id="composer", equal_height=True):
            question = _question_box(max_question)
            send = gr.Button("提问", variant="primary", scale=0, min_width=72, elem_id="send")
        past = gr.Textbox(visible="hidden", elem_id="past", label="此前的问题")
        reply = gr.Button("", visible="hidden", elem_id="reply")
        gr.on(
            [question.submit, send.click],
            ask,
            [question, past, memory],
            [question, reply, memory],
            api_name="ask",
            show_progress="hidden",
            trigger_mode="once",
            concurrency_limit=2,
        )
    blocks.queue(max_size=32, default_concurrency_limit=2, api_open=False)
    return blocks


def _question_box(max_question: int) -> gr.Textbox:
    return gr.Textbox(
        label="您的问题",
        placeholder="就报告内容提问",
        show_label=False,
        container=False,
        lines=1,
        max_lines=4,
        max_length=max_question,
        scale=1,
        elem_id="question",
    )
