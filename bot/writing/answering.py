"""Whether what is left of a model's text still answers: it must say all that the reader found to be the answer."""

import re
from collections.abc import Sequence

from bot.quantities import find_quantities, same
from bot.question import Question, Want
from bot.reading.reader import shorts_of
from bot.reading.reading import Reading

_YES, _NO = "是", "否"
_SPACE = re.compile(r"[\s“”「」『』《》\"]")
_SAYS_NO = re.compile(r"^(?:否|不是|没有|不对|并未|未)")
_SAYS_YES = re.compile(r"^(?:是的?|对|有)[，,。]")


def answers(text: str, cited: frozenset[str], reading: Reading, question: Question) -> bool:
    """Whether `text`, which cites the passages `cited`, says what the reader found."""
    if not cited & {piece.passage.id for piece in reading.pieces}:
        return False
    shorts = list(shorts_of(reading))
    if shorts[:1] in ([_YES], [_NO]):
        if contradicts(text, shorts[0]):
            return False
        shorts = shorts[1:]
    if question.want is Want.TEXT:
        return True  # what tells of a thing may be told in other words
    return all(_says(text, short) for short in shorts)


def contradicts(text: str, short: str) -> bool:
    """Whether the text opens with the other answer to a yes/no question."""
    opening = text.lstrip()
    return (short == _YES and _SAYS_NO.match(opening) is not None) or (
        short == _NO and _SAYS_YES.match(opening) is not None
    )


def led(lead: str, sentences: Sequence[str]) -> str:
    """The reader's own opening (是, a sum shown) before the model's text, said once."""
    text = "".join(sentences)
    if not lead.endswith("。"):
        return text
    said = lead.removesuffix("。")
    opening = re.match(rf"\s*{re.escape(said)}的?[，,。：:]\s*", text)
    return f"{lead}{text[opening.end() :] if opening else text}"


def _says(text: str, short: str) -> bool:
    if _SPACE.sub("", short) in _SPACE.sub("", text):
        return True
    wanted = find_quantities(short)
    there = find_quantities(text)
    return bool(wanted) and all(any(same(one, other) for other in there) for one in wanted)
