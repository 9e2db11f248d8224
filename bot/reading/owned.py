"""What a thing of a named owner is called: 「某公司的计划叫什么」 where the report says 「某公司“…计划”」."""

import re

from bot.question import Question, Want
from bot.reading.pieces import label, shown, window
from bot.reading.reading import Piece, Reading
from bot.reading.world import World

_ASKED = re.compile(
    r"(?P<owner>[\u3400-\u9fffA-Za-z0-9]{3,12}?)(?:搞|办|做|推|推出|发起|设立|打造|提出|实施|开展|运营)?的(?:[那这]个)?(?P<kind>[\u3400-\u9fffA-Za-z]{2,8}?)"
    r"(?:的?(?:名字|名称)?(?:是)?叫(?:什么|啥)|的?(?:名字|名称)(?:是什么)?)"
)
_BETWEEN = 6  # so many characters may stand between the owner and the name
_LAST = 2  # characters in which the name must end as what is asked for does


def owned_name(question: Question, world: World) -> Reading | None:
    """The name in quotation marks that stands right behind the owner and ends in what is asked for; None without."""
    asked = _ASKED.search(question.asks) if question.want in (Want.NAME, Want.TEXT) else None
    if asked is None:
        return None
    named = re.compile(rf"{re.escape(asked['owner'])}[^，,；;。、“《]{{0,{_BETWEEN}}}[“《](?P<name>[^“”《》]+?)[”》]")
    for passage in world.passages:
        if question.years and passage.year not in question.years:
            continue
        for match in named.finditer(passage.text):
            if match["name"].endswith(asked["kind"][-_LAST:]):
                start, end = window(passage.text, *match.span("name"))
                stretch = shown(passage.text, min(start, match.start()), end)
                piece = Piece(passage, *stretch, label(passage, passage.year, passage.status), (match["name"],))
                return Reading((piece,), confidence=1.0, read=(passage.id,))
    return None
