"""The weights that places are rated by, and those that say how sure an answer is: data beside the code.

`weights.json` is written by `youju eval calibrate` from the dev questions; its keys are the features' names.
"""

import json
from pathlib import Path

from bot.reading.places import PlaceKind

FILE = Path(__file__).with_name("weights.json")


def _read(name: str) -> dict[PlaceKind, tuple[float, ...]]:
    table = json.loads(FILE.read_text(encoding="utf-8"))[name]
    return {kind: tuple(table[kind.name.lower()].values()) for kind in PlaceKind}


FIT = _read("fit")
SURE = _read("sure")
