"""Why a question is refused, what is said about it, and what could be asked instead."""

from bot.refusing.messages import introduction, message, shown
from bot.refusing.missing import missing, refused
from bot.refusing.place import names_own, other_place
from bot.refusing.premise import contradicted
from bot.refusing.scope import asks_opinion, names_much, out_of_scope
from bot.refusing.suggesting import suggestions
from bot.refusing.unsaid import is_of_another

__all__ = [
    "asks_opinion",
    "contradicted",
    "introduction",
    "is_of_another",
    "message",
    "missing",
    "names_much",
    "names_own",
    "other_place",
    "out_of_scope",
    "refused",
    "shown",
    "suggestions",
]
