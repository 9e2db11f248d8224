from bot.checking.checker import Checker

__all__ = ["Checker"]
