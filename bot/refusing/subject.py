"""What a presupposition is said of: the words of a question without what it asks and takes for granted."""

import re
from dataclasses import replace

from bot.question import Question, Want
from bot.reading import reader
from bot.reading.reading import Piece
from bot.reading.world import World
from corpus.types import Passage

KNOWN = 0.5  # share of the subject's words that the report must say before it can be said to contradict
WHY = re.compile(
    r"(?<![作成评定升改称列分设视选转])为什么|为何|(?<![作成])为啥|为甚|怎么会|咋会|怎么(?:[就还]|(?=[没不才只]|到现在|至今|迟迟|一直))|咋(?:[就还]|(?=[没不才只]|到现在|至今|迟迟|一直))|(?:咋|怎么)(?:偏偏|非要?|单单|老是|突然|忽然)|怎么(?=[跌降掉涨升减增](?:到|成|至))|怎么从|咋个|何以|凭什么|是(?:不是)?(?:因为|由于|出于)|是不是[跟和与受][^，,？?]{1,12}(?:有关|影响)|原因|缘由|缘故|何故|理由"
    r"|咋回事|怎么回事|怎么造成|造成的|主要考虑|出于什么|是什么考虑|依据是|怎么搞|怎么反倒|怎么反而|咋反倒|咋反而|怎么倒|成因|根源|症结|导致|靠什么|怎么做到|如何做到"
    r"|怎么(?=[^，,]{0,16}(?:都没|也没|最后|末位|倒数|垫底|下降|下滑|下跌|减少|少了|没了|没有))"
    r"|\bwhy\b|\breason|how come|what caused",
    re.IGNORECASE,
)


_ADVERBS = re.compile(
    r"连[^，,]{1,8}?都|主要|都|全|也|就|怎么|只有|竟然?|居然|突然|已经|同比|出现了?|反而|排到了?|排在|每天|之后|以后"
)


def bare(text: str) -> str:
    """`text` without the words that ask for a reason and without the adverbs around them."""
    return _ADVERBS.sub(" ", WHY.sub(" ", text))


def plain(question: Question, subject: Question) -> Question:
    """`subject` as a question for any figure or sentence, of the years and in the context of `question`."""
    return replace(
        subject,
        want=Want.FIGURE,
        kind=None,
        units=frozenset(),
        claims=(),
        status=None,
        years=question.years,
        context=question.context,
    )


def sentence_about(subject: Question, world: World) -> Piece | None:
    """The sentence that says most of the subject, if it says enough of it."""
    best = reader.best_clauses(subject, world)
    return piece_of(best[0].passage, *best[0].window) if best and best[0].coverage.share >= KNOWN else None


def piece_of(passage: Passage, start: int, end: int) -> Piece:
    """The stretch `[start, end)` of a passage with its label."""
    return Piece(passage, start, end, reader.label(passage, passage.year, passage.status))
