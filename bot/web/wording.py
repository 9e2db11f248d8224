"""What the page says, by language: one file of texts each, with the same keys."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")

_FOLDER = Path(__file__).with_name("texts")

Texts = Mapping[str, Any]


@cache
def wording(language: str) -> Mapping[str, Texts]:
    """The texts of a language, by the part of the page that says them: frame, answer, script, entrance."""
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
