"""What kind of thing a question asks for: the noun beside its asking word."""

import re

from bot.lexicon import actions, everyday, light
from bot.question import Question
from bot.reading.phrases import TRAILING, VERB
from bot.terms import Vocabulary

_HEAD = re.compile(
    r"(?:哪些|哪几[个家条座所项位处名款支种类批场幢]?|哪[两三四五六七八九十]大?[个家条座所项位处名款支种类批场幢]?|"
    r"哪一?[个家条座所项位处名款支种类批场幢次版]|哪|什么|啥|何种)(?P<head>[\u3400-\u9fff]{0,8})"
)
_HEAD_END = re.compile(
    r"[的要被将在是有获往争当搞弄]|承(?=[建办担包接])|会(?:不会|在|被|有|是)|可以?|能够?(?![源级力区])|入选|完成|完工|成(?![果员都功])|"
    r"开(?![发源放])|竣工|设立|创建|签[署订了约]|评[上为选]|荣?获|主办|举办|牵头|负责|成立|提供|(?<![改新扩兴共重])建(?![筑设])|落地|推[进动出]|打造|纳入|正|已|呀|啊|吗|呢|"
    r"啦"
)
# 「哪家搞极地的单位」, 「哪家街道的医院」: what stands before 的 only tells which of the kind.
DESCRIBED = re.compile(
    r"(?:街道|街镇|镇|社区|[搞做管办卖修建造拍写唱跳教研][\u3400-\u9fff]{1,6})的(?P<head>[\u3400-\u9fff]{1,8})"
)
NAMED = re.compile(r"(?<!又)叫什么|叫啥|名称|名字|称号|品牌|口号")
_LAST_NOUN = re.compile(r"((?:(?!的)[\u3400-\u9fff]){2,4})(?:是|叫)(?:哪|什么|啥|谁)")


def head_of(question: Question) -> str:
    """The noun after the asking word (「哪家医院」 gives 医院), or ''."""
    match = _HEAD.search(question.asks)
    if not match:
        return ""
    head = match["head"]
    described = DESCRIBED.match(question.asks, match.start("head"))
    if described:
        head = described["head"]
    stop = _HEAD_END.search(head)
    return head[: stop.start()] if stop else head


_NO_NOUN = frozenset("的要被将在是有获会能成开建正已呀啊吗呢啦了过到给对和与以把让使可最先还也都")


def is_no_noun(piece: str) -> bool:
    """Whether a word names no thing: a verb, an adverb, an auxiliary."""
    deeds = map(TRAILING.match, everyday().get(piece, ()))  # 「哪家公司敲钟了」
    return piece in _NO_NOUN or piece in actions() or piece in light() or bool(VERB.fullmatch(piece)) or any(deeds)


def kind_of(question: Question, vocabulary: Vocabulary) -> str:
    """The kind of thing asked for, without the verb after it (「哪条隧道通车」 gives 隧道); '' where none is named."""
    head = head_of(question)
    kind = ""
    if NAMED.match(head):
        head = ""
    verb = TRAILING.search(head, 1)
    head = head[: verb.start()] if verb else head
    for piece, _ in vocabulary.cut(head) if head else ():
        if kind and kind not in actions() and is_no_noun(piece):
            break
        kind += piece
    if question.open:
        nouns = [term.text for term in question.terms if term.text not in actions() and term.text not in light()]
        return nouns[-1] if nouns else ""
    noun = _LAST_NOUN.search(question.asks)
    return kind or (noun.group(1) if noun else "")
