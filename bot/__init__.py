"""From a question to an answer: understanding, reading, writing, grounding; the command line, the web app, the API.

The names below are what other programs may rely on; the costlier ones load when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from bot.types import Answer, AnswerStatus, Citation, Reason

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.conversation import Conversation
    from bot.settings import Settings

__all__ = ["Answer", "AnswerStatus", "Assistant", "Citation", "Conversation", "Reason", "Settings"]

_LAZY = {"Assistant": "bot.assistant", "Conversation": "bot.conversation", "Settings": "bot.settings"}


def __getattr__(name: str) -> object:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
