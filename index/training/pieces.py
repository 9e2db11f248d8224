"""Makes the tokenizer: a unigram model whose pieces are the words, numbers and characters of the training texts."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from multiprocessing import Pool

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
LONGEST_WORD = 4  # longer words are cut into shorter ones: a question seldom repeats a long name whole
CHARACTERS = 6000  # of the pieces, how many are single characters, so that no name is unknown
_KEPT = re.compile(r"[\u4e00-\u9fff]+|[a-z]+|\d+")


def count_words(texts: Sequence[str], processes: int = 2) -> Counter[str]:
    """How often each word, run of letters or run of digits occurs, as jieba's dictionary cuts the texts."""
    step = math.ceil(len(texts) / processes)
    with Pool(processes) as pool:
        parts = pool.map(_count, [texts[start : start + step] for start in range(0, len(texts), step)])
    return sum(parts, Counter())


def _count(texts: Iterable[str]) -> Counter[str]:
    import jieba

    jieba.setLogLevel(60)
    counts: Counter[str] = Counter()
    for text in texts:
        for run in _KEPT.findall(text.lower()):
            counts.update(jieba.cut(run, HMM=False) if "\u4e00" <= run[0] <= "\u9fff" else (run,))
    return counts


def make_tokenizer(words: Counter[str], characters: Counter[str], size: int, longest: int = LONGEST_WORD) -> Tokenizer:
    """A tokenizer of `size` pieces: the commonest characters, then the commonest words up to `longest` characters."""
    singles = [char for char, _ in characters.most_common(CHARACTERS)]
    longer = [word for word, _ in words.most_common() if len(word) > 1 and (len(word) <= longest or word.isascii())]
    pieces = (singles + longer)[: size - 1]
    total = math.log(sum(words.values()))
    scored = [(piece, math.log(words[piece] + 0.5) - total) for piece in pieces]
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, -30.0), *scored], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), behavior="removed"),
            pre_tokenizers.Split(Regex(r"[0-9]+|[a-z]+"), behavior="isolated"),
        ]
    )
    return tokenizer
