"""Clauses and noun phrases: where a sentence parts, and a phrase without the verbs around it."""

import re

from bot.lexicon import actions, light
from bot.matching import found
from bot.question import Question
from bot.terms import Vocabulary

_ENCLOSED = re.compile(r"“[^“”]*”|《[^《》]*》|[（(][^（）()]*[）)]|「[^「」]*」")
_CLAUSE = re.compile(r"[^，,；;。：:！？]+")
ETC = re.compile(r"(?<![一二三四同平])等(?![级待候奖于])")
_LEADING = (
    "全面推进 继续推进 加快推进 重点推进 有序推进 统筹推进 深入推进 推进落实 持续推进 "
    "加快建设 加快推动 推进 推动 围绕 加快 落地 赴 新增 完成 打造 重点打造 积极打造 建成 "
    "建设 开展 举办 支持 引进 成立 设立 入选 获评 获得 荣获 获 成为 推出 出台 实施 落实 "
    "深化 依托 聚焦 探索 做强 做优 做好 培育 发放 服务保障 保障 结合 形成 集聚 汇聚 "
    "放大 创建 承办 组织 精心组织 联合 与 在 对 将 把 从 为 以 由 其中 包括 开放共享 "
    "成功防御 成功 率先 修订 制定 编制 启动 启用 提升 优化 扩大 持续打造 持续开展 "
    "深度联动 联动 推行 新建 改建 升级 加大 全力保障 全力 深入开展 基本完成 已 等 强化 "
    "抓好 培育壮大 发展 促进 统筹 有序 全年 共 重点 主要 积极 大力 全市 首个 首家 首批 国内 "
    "正式 构建 建立 首创 首推 确定 发布 守牢 实现 创成 签订 争取 力争 确保 坚持 跟进 "
    "加强 配合 提前 谋划 布局 的 了 并 也 还 向 于 至 到"
).split()
_WORD_BEGINNING = (
    "对口|对外|对标|对接|在建|在线|在岗|为民|为老|以旧|共享|共建|与会|发展[和改中研]"  # no preposition at all
)
VERB = re.compile(rf"^(?!{_WORD_BEGINNING})(?:{'|'.join(sorted(map(re.escape, _LEADING), key=len, reverse=True))})")
TRAILING = re.compile(
    r"(?:的|等)?(?:已经?|全部|提前|正式|成功|顺利|全面|陆续|基本|先后|首次|加快|持续|稳步|有序|年内|力争|也)*"
    r"(?:开工|竣工|完工|建成|通车|启动|启用|开业|开馆|开园|投用|投入|落地|落户|揭牌|揭幕|发行|上市|试运行|完成|"
    r"挂牌|创建|创成|签署|签订|签约|被?评为|入驻|搬迁|迁至|迁往|搬至|召开|举办|举行|闭幕|获评|获批|荣获|入选|作为|成为|推进|推出|亮相|加快建设|开工建设|实现|达到|"
    r"确定|突破|位居|位列|开展|建立|升级为|赴|重点打造|打造)"
)
_ADVERBS = re.compile(r"(?<=..)(?:成功|顺利|正式|率先|提前|首次|陆续|先后|全部)+$")
_SIGNS = " ，,；;。、：:"
_EDGES = " ，,、；;。：:）)"


def split(text: str, marks: re.Pattern[str]) -> list[tuple[int, int]]:
    """The stretches of `text` that `marks` gives, marks within brackets and quotation marks not counting."""
    masked = _ENCLOSED.sub(lambda match: "\0" * len(match.group()), text)
    return [match.span() for match in marks.finditer(masked)]


def masked(text: str) -> str:
    """`text` with what stands within brackets and quotation marks hidden, as long as before."""
    return _ENCLOSED.sub(lambda match: "\0" * len(match.group()), text)


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence, in order, what brackets and quotation marks enclose staying whole."""
    return [text for span in split(sentence, _CLAUSE) if (text := sentence[slice(*span)].strip())]


def said(question: Question, text: str) -> float:
    """How much of the question the text says, by weight."""
    return sum(term.weight * found(term, text) for term in question.terms)


def is_generic(name: str, vocabulary: Vocabulary | None = None) -> bool:
    """Whether a chunk is no name of anything: verbs, adverbs and light words, or hardly a character."""
    bare = name.strip(_EDGES + "“”《》")
    if len(bare) < 2 or bare in actions() or bare in light() or VERB.fullmatch(bare):
        return True
    if vocabulary is None or not re.fullmatch(r"[\u3400-\u9fff]+", bare):
        return False
    return all(
        len(piece) < 2 or piece in actions() or piece in light() or VERB.fullmatch(piece)
        for piece, _ in vocabulary.cut(bare)
    )


def without_lead(text: str) -> str:
    """`text` without the verbs and adverbs before its first noun."""
    text = text.strip(_EDGES)
    while end := lead(text):
        text = text[end:]
        if end == 1:  # after one preposition no second: 「从对标改革」 is from 对标改革
            break
    return text


def lead(text: str) -> int:
    """Where the verb or adverb before the rest of `text` ends; 0 without one."""
    verb = VERB.match(text)
    return verb.end() if verb and verb.end() < len(text) else 0


def trimmed(text: str) -> str:
    """The noun phrase of `text`: no verbs before it, neither 「等…」 nor a verb after it, no open quotation mark."""
    text = without_lead(text)
    hidden = masked(text)
    cut = ETC.search(hidden)
    if cut and cut.start() > 1:
        text, hidden = text[: cut.start()], hidden[: cut.start()]
    tail = TRAILING.search(hidden, 2)
    if tail:
        text = text[: tail.start()]
    text = _ADVERBS.sub("", text) or text
    return unquoted(text.strip(_EDGES if text.count("（") + text.count("(") == 0 else " ，,、；;。：:"))


def unquoted(text: str) -> str:
    """`text` without the quotation marks that enclose all of it, or that have lost their partner."""
    if text[:1] in "“《" and text[-1:] in "”》" and not re.search(r"[“《”》]", text[1:-1]):
        return text[1:-1]
    for left, right in ("“”", "《》", "（）"):
        if text.count(left) != text.count(right):
            text = text.strip(left + right)
    return text


def closed(text: str) -> str:
    """`text` without signs at its ends, each quotation mark and bracket with its partner or without both."""
    text = text.strip(_SIGNS)
    for left, right in ("“”", "《》", "（）", "()"):
        if text.count(left) > text.count(right):
            text = text.removesuffix(left) if text.endswith(left) else f"{text}{right}"
        elif text.count(right) > text.count(left):
            text = text.removesuffix(right) if text.endswith(right) else f"{left}{text}"
    return text.strip(_SIGNS)


_ALL_BUT = 4  # of so many characters one may be another


def repeats(name: str, question: Question) -> bool:
    """Whether a name is all but the question's own words (「上海西岸国际人才港」 for 「西岸国际人才港提供什么」)."""
    return _ALL_BUT * said_besides(name, question) < len(name)


def said_besides(text: str, question: Question) -> int:
    """How many characters of `text` the question has not, those of 市, 区 and 的 apart."""
    for term in question.terms:
        for word in (term.text, *term.variants):
            text = text.replace(word, "")
    return len(re.sub(r"[^\u3400-\u9fffA-Za-z0-9]|[市区的]", "", text))
