"""Many conversations put to copies of the assistant, each in a process of its own; the answers keep their order."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from bot.types import Answer
from evals.errors import EvalProblem
from evals.runner import Asks, NewConversation, Talk, ask_talk

_WORTH = 400  # questions: below, opening a copy takes longer than it saves
_BATCH = 16  # conversations handed over at once: few enough to keep all processes busy to the end

_copy: list[tuple[Asks, NewConversation]] = []  # in a process of the pool, its own assistant


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ask_talks(
    open_assistant: Callable[[], Asks], talks: Sequence[Talk], new_conversation: NewConversation, *, jobs: int = 0
) -> list[tuple[Answer, ...]]:
    """The answers to each of `talks`, in their order, from as many processes as there are cores, or `jobs`.

    Args:
        open_assistant: makes an assistant; where more than one process asks, it must be a function of a module, as
            must `new_conversation`.
        talks: the conversations; few of them are asked here.
        new_conversation: makes a conversation.
        jobs: how many processes; 1 asks here, 0 leaves it to the number of talks.

    Raises:
        EvalProblem: a process of the pool came to an end.
    """
    few = sum(map(len, talks)) < _WORTH
    wanted = jobs or (1 if few else cores())
    if wanted == 1:
        assistant = open_assistant()
        return [ask_talk(assistant, talk, new_conversation) for talk in talks]
    # Started anew, not forked: a fork would copy the threads' locks of libraries that are in use already.
    try:
        with ProcessPoolExecutor(wanted, get_context("spawn"), _open, (open_assistant, new_conversation)) as pool:
            return list(pool.map(_ask, talks, chunksize=_BATCH))
    except BrokenProcessPool as error:
        raise EvalProblem("有一个进程中途停了，多半是内存不够。请用 --jobs 1 再试。") from error


def _open(open_assistant: Callable[[], Asks], new_conversation: NewConversation) -> None:
    _copy.append((open_assistant(), new_conversation))


def _ask(talk: Talk) -> tuple[Answer, ...]:
    assistant, new_conversation = _copy[0]
    return ask_talk(assistant, talk, new_conversation)
