"""Lists of phrases that a person can read and add to, as patterns."""

import re
from collections.abc import Sequence
from functools import cache

from bot.lexicon import lines_of

_GAP = ".{0,40}?"
_LATIN = re.compile(r"[a-z]")


@cache
def phrases(file: str) -> dict[str, re.Pattern[str]]:
    """Section -> a pattern that finds any of its phrases in lower-case text, from a lexicon file.

    Phrases are parted by 、; … stands for a gap within the sentence, a closing $ for the end of the question.
    """
    found: dict[str, list[str]] = {}
    section = ""
    for line in lines_of(file):
        if line.startswith("["):
            section = line.strip("[]")
            continue
        found.setdefault(section, []).extend(filter(None, (phrase.strip() for phrase in line.split("、"))))
    return {section: _pattern(entries) for section, entries in found.items()}


def _pattern(entries: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(set(entries), key=lambda entry: (-len(entry), entry))
    return re.compile("|".join(map(_one, longest_first)))


def _one(entry: str) -> str:
    ends = entry.endswith("$")
    parts = [re.escape(part.strip()).replace(r"\ ", r"\s+") for part in entry.lower().rstrip("$").split("…")]
    if not _LATIN.search(entry.lower()):
        return f"{'[^。？?！!]{0,12}?'.join(parts)}" + (r"(?=[啊呀呢嘛吧的了]?[\s。？?！!]*$)" if ends else "")
    # An English phrase is found as whole words only.
    return rf"(?<![a-z]){_GAP.join(parts)}(?![a-z])"
