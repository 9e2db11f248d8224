"""How far something has come: what the report has under way, or only mainly done, is not told as done."""

import re
from collections.abc import Iterable

from bot.grounding.source import pairs_of

_SENTENCES = re.compile(r"[；;。！？!?\n]")
_CLAUSES = re.compile(r"[，,；;。：:！？!?\n]")
_DONE = re.compile(r"建成|竣工|完工|落成|通车|投用|投入使用|开通|启用|开放|投产|投运|贯通|交付|全面完成")
_UNDER_WAY = re.compile(r"加快|推进|在建|建设中|开工|启动|前期|规划|批复|核准|筹建|立项|推动")
_MAINLY = re.compile(r"(?:基本|初步|大体|主体)(?=(?P<what>[\u3400-\u9fff]{2}))")
_LEAST = 3  # pairs that a clause of the report must share with one of the sentence to be the one that it tells


def too_far(text: str, sources: Iterable[str]) -> str:
    """The first word that tells as done what the clause of the `sources` behind it has under way; '' without."""
    known = [
        (clause, sentence, frozenset(pairs_of(clause)))
        for source in sources
        for sentence in _SENTENCES.split(source)
        for clause in _CLAUSES.split(sentence)
        if clause
    ]
    for said in _CLAUSES.split(text):
        done, pairs = _DONE.search(said), frozenset(pairs_of(said))
        clause, sentence, own = max(known, key=lambda one: len(pairs & one[2]), default=("", "", frozenset[str]()))
        if len(pairs & own) < _LEAST:
            continue
        if done and done.group() not in sentence and _UNDER_WAY.search(clause) and not _DONE.search(clause):
            return done.group()
        mainly = _MAINLY.search(clause)
        if mainly and mainly["what"] in said and not _MAINLY.search(said):
            return mainly["what"]
    return ""
