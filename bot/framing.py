"""The English ways of asking, as markers in the question: 「how many」 as <many>."""

import re
from functools import cache

from bot.lexicon import alike, lines_of

_ASKING = r"how|what|which|who|when|where|why"

# 「How many times A is B」 asks for B over A, in an order that Chinese does not have.
_TIMES = re.compile(
    r"^\W*how many times (?:(?:larger|greater|bigger|more|higher|as \w+ as) )?(?P<a>.+?) (?:is|are|was|were) "
    r"(?P<b>(?:the|that|those|all)\b.+?)(?=[?\s]*$)",
    re.IGNORECASE,
)

# 「By how much will A exceed B」 is 「how many more A than B」.
_EXCEEDS = re.compile(
    r"^\W*by how (?:many|much)(?: \w+)? (?:will|did|does|do|would) (?P<a>.+?) exceed (?P<b>.+?)(?=[?\s]*$)",
    re.IGNORECASE,
)

# 「The ratio of A to B」 is how many times B goes into A.
_RATIO = re.compile(
    r"^\W*what(?:'s| is| was| are) the ratio (?:of|between) (?P<a>.+?) (?:to|and) (?P<b>.+?)(?=[?\s]*$)", re.IGNORECASE
)

# 「What share of A is newly added」 asks for a part of A over all of A.
_SHARE_OF = re.compile(
    r"^\W*what (?:percentage|percent|per cent|share|proportion|fraction) of "
    r"(?:all |the |our |these |those )*(?P<whole>.+?) (?:is|are|was|were|has been|have been|had been) "
    r"(?:already |now |currently )?(?P<part>(?:newly |new\b|added|in use|in operation|operating|operational|put into|"
    r"up and running|recogni[sz]ed|approved|opened).*?)(?=[?\s]*$)",
    re.IGNORECASE,
)
# 「item 4」 and 「No. 4」 of a table are its fourth row; 「the No. 8 Hospital」 is a name.
_NUMBERED = re.compile(r"\b(?:table|indicators?|targets?)\b", re.IGNORECASE)
_ITEM = re.compile(
    r"\b(?:items?|rows?|indicators?|lines?|entry|targets?)(?: (?:no\.?|number))? ?(\d{1,2})\b"
    r"|\b(?:no\.|number) ?(\d{1,2})\b|\b(\d{1,2})(?:st|nd|rd|th) (?:item|row|indicator|entry|line|target)\b",
    re.IGNORECASE,
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}) (?:item|row|indicator|entry|line|target)\b", re.IGNORECASE)
_OF_TABLE = re.compile(
    r"(\btable \d{1,2}) (?:list|have|has|contain|include|show|cover|give|set|hold)s?\b", re.IGNORECASE
)

# Ways of saying that only are longer than the plain one.
_CHANGES = r"rise|grow|increase|climb|expand|go up|go down|fall|drop|decline|decrease|shrink|jump|surge"
_CHANGE_OF = (
    r"(?<!by )\bwhat(?:'s| is| was| will be) the (?:(?:expected|planned|projected|target|annual) )?"
    r"(?:{})(?: rate)? (?:of|in|for) ((?!20\d\d).+?)(?= (?:in|for|by|during) 20\d\d| (?:this|next|last) year|\s*[?]|$)"
)
_LOOSE = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (
            r"^\W*(?:roughly|exactly|about|around|approximately|precisely|just|in all,?|altogether,?|in total,?|"
            r"overall,?)\s+(?=(?:by )?(?:how|what|which)\b)",
            "",
        ),
        (r"\b(?:what|how large a|how great a) number of\b", "how many"),
        (r"\bhow many (?:altogether|in all|in total|exactly)\b(?=\s+\w)", "how many"),
        (r"\b(?:just how much|what amount of)\b", "how much"),
        (r"\bportion of\b", "share of"),
        (r"\bwhat(?:'s| is| was| were| will be) the (total )?number of\b", r"how many \1"),
        (rf"{_CHANGE_OF.format('growth|increase|rise')}", r"by how much did \1 grow"),
        (rf"{_CHANGE_OF.format('decline|decrease|fall|drop|reduction')}", r"by how much did \1 fall"),
        (r"\b(?:over|in|during) the course of\b", "in"),
        (r"\bwhat would you say (is|are|was|were)\b", r"what \1"),
        (r"^\W*(?:please )?(?:tell|give) me (?=the\b)", "what is "),
        (r"\b(is|are|was|were)((?: [\w'-]+){0,6}?) forecast(?:ed)? (?=to\b|at\b|for\b|in\b)", r"\1\2 expected "),
        (
            rf"\bhow (?:much|far) (is|are|did|does|do|will|was|were|should)"
            rf"(?= (?:[\w'&-]+ ){{1,8}}?(?:{_CHANGES})\b(?! in\b))",
            r"by how much \1",
        ),
        (
            r",?\s*(?:according to (?:the|this) (?:report|plan|document)|please|roughly|approximately|exactly)"
            r"(?=\s*[?.]?\s*$)",
            "",
        ),
    )
)


def loosened(text: str) -> str:
    """`text`, an English question, without the ways of asking that are only longer; any other text unchanged."""
    for pattern, plain in _LOOSE:
        text = pattern.sub(plain, text)
    return text


def framed(text: str) -> str:
    """`text`, an English question, with its ways of asking as markers; capitals of names stay."""
    text = text.replace("’", "'").replace("“", '"').replace("”", '"').replace("‑", "-")
    for pattern, word in _same():
        text = pattern.sub(word, text)
    text = _SHARE_OF.sub(r"\g<part> \g<whole> 占 \g<whole> 的百分之几", text)
    text = _OF_TABLE.sub(r"\1", text)
    if _NUMBERED.search(text):
        text = _ORDINAL.sub(lambda match: f"item {_ORDINALS.index(match.group(1).lower()) + 1}", text)
        text = _ITEM.sub(lambda match: f" 第{next(filter(None, match.groups()))}项 ", text)
    text = _TIMES.sub(r"\g<b> than \g<a> how many times", text)
    text = _RATIO.sub(r"\g<a> than \g<b> how many times", text)
    text = _EXCEEDS.sub(r"how many more \g<a> than \g<b>", text)
    for marker, pattern in _frames():
        if marker == "<yesno>" and re.search(rf"^\W*(?:\w+\W+){{0,4}}?(?:{_ASKING})\b", text, re.IGNORECASE):
            continue
        text = pattern.sub(f" {marker.strip('-')} ", text)
    return text


@cache
def _same() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Phrases and the one word that means the same (「wrapped up」: completed)."""
    pairs = ((phrase, group[0]) for group in alike() for phrase in group[1:] if " " in phrase)
    return tuple((re.compile(rf"\b{re.escape(phrase)}\b", re.IGNORECASE), word) for phrase, word in pairs)


@cache
def _frames() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The English ways of asking, in order: the marker that each becomes, and what it looks like."""
    entries = (line.split(" ", 1) for line in lines_of("asking.txt"))
    return tuple((marker, re.compile(pattern, re.IGNORECASE)) for marker, pattern in entries)
