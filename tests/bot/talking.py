"""A conversation held with the assistant, for the tests of what later turns get."""

from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.types import Answer


def talk(assistant: Assistant, *turns: str) -> Answer:
    """The answer to the last of the turns, held as one conversation."""
    conversation = Conversation()
    return [assistant.ask(turn, conversation) for turn in turns][-1]
