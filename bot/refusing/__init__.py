"""Why a question is refused, what is said about it, and what could be asked instead."""

from bot.refusing.attribute import lacks
from bot.refusing.messages import introduction, message, shown
from bot.refusing.place import names_own, other_place
from bot.refusing.premise import contradicted
from bot.refusing.scope import asks_future, asks_opinion, general_knowledge, out_of_scope
from bot.refusing.suggesting import suggestions

__all__ = [
    "asks_future",
    "asks_opinion",
    "contradicted",
    "general_knowledge",
    "introduction",
    "lacks",
    "message",
    "names_own",
    "other_place",
    "out_of_scope",
    "shown",
    "suggestions",
]
