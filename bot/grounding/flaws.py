"""What can be wrong with a sentence that a model wrote."""

from enum import StrEnum


class Flaw(StrEnum):
    """Why a sentence is taken out."""

    TOO_LONG = "too-long"
    NO_MARK = "no-mark"
    UNKNOWN_MARK = "unknown-mark"
    NOT_CHINESE = "not-chinese"
    MARKUP = "markup"
    NAME = "name"
    NUMERAL = "numeral"
    WRONG_PASSAGE = "wrong-passage"
    UNSAID = "unsaid"
    FIGURE = "figure"
    UNIT = "unit"
    BOUND = "bound"
    YEAR = "year"
    DIRECTION = "direction"
    SUBJECT = "subject"
    WHOLE = "whole"
    CLAIM = "claim"
    PLACE = "place"
