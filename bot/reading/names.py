"""Which words of a clause are the name or the list that a question asks for."""

import re
from collections.abc import Sequence

from bot.matching import found
from bot.lexicon import actions, light
from bot.question import Question, Want
from bot.terms import Vocabulary
from corpus.figures import find_figures

_HEAD = re.compile(
    r"(?:哪些|哪几[个家条座所项位处名款支种类批场幢]?|哪[两三四五六七八九十]大?[个家条座所项位处名款支种类批场幢]?|"
    r"哪一?[个家条座所项位处名款支种类批场幢次版]|哪|什么|啥|何种)(?P<head>[\u3400-\u9fff]{0,8})"
)
_HEAD_END = re.compile(
    r"[的要被将在是有获]|会(?:不会|在|被|有|是)|可以?|能够?(?![源级力区])|入选|完成|完工|成(?![果员都功])|"
    r"开(?![发源放])|竣工|设立|(?<![改新扩兴共重])建(?![筑设])|落地|推[进动出]|打造|纳入|正|已|呀|啊|吗|呢|"
    r"啦"
)
_QUOTED = re.compile(r"[“《]([^“”《》]{2,40})[”》]")
_PAREN = re.compile(r"[（(][^（）()]*[）)]")
_ETC = re.compile(r"等(?![级待候])")
_JOIN = re.compile(r"、|和|与|及|以及|，|,")
_VERBS = (
    "全面推进 继续推进 加快推进 重点推进 有序推进 统筹推进 深入推进 推进落实 持续推进 "
    "加快建设 加快推动 推进 推动 围绕 加快 落地 赴 新增 完成 打造 重点打造 积极打造 建成 "
    "建设 开展 举办 支持 引进 成立 设立 入选 获评 荣获 获 成为 推出 出台 实施 落实 "
    "深化 依托 聚焦 探索 做强 做优 做好 培育 发放 服务保障 保障 结合 形成 集聚 汇聚 "
    "放大 创建 承办 组织 精心组织 联合 与 在 对 将 把 从 为 以 由 其中 包括 开放共享 "
    "成功防御 成功 率先 修订 制定 编制 启动 启用 提升 优化 扩大 持续打造 持续开展 "
    "深度联动 联动 推行 新建 改建 升级 加大 全力保障 全力 深入开展 基本完成 已 等 强化 "
    "抓好 培育壮大 促进 统筹 有序 全年 共 重点 主要 积极 大力 全市 首个 首家 首批 国内 "
    "正式"
).split()
_VERB = re.compile(rf"^(?:{'|'.join(sorted(map(re.escape, _VERBS), key=len, reverse=True))})")


def head_of(question: Question) -> str:
    """The noun after the asking word (「哪家医院」 gives 医院), or ''."""
    match = _HEAD.search(question.asks)
    if not match:
        return ""
    head = match["head"]
    stop = _HEAD_END.search(head)
    return head[: stop.start()] if stop else head


def names(question: Question, clause: str, vocabulary: Vocabulary) -> list[str]:
    """The names in `clause` that answer, in its order; [] where none can be told apart."""
    named = [name for name in alternatives(question) if name in clause]
    if len(named) == 1:
        return named
    members = _members(clause, question, vocabulary)
    if (question.want is Want.LIST or len(members) > 1) and len(members) > 1:
        return members
    head = head_of(question)
    quoted = [name for name in _QUOTED.findall(clause) if name not in question.text]
    if head:
        fitting = [name for name in quoted if name.endswith(head) or name.endswith(head[-1])]
        if fitting:
            return fitting
        chunk = _ending_in(clause, head, question, vocabulary)
        if chunk and not is_generic(chunk):
            return [chunk]
    for chosen in (members, joined_by_dashes(clause) if question.want is Want.LIST else []):
        if chosen:
            return chosen
    gap = _gap(question, clause, vocabulary)
    if gap and not is_generic(gap):
        return [gap]
    return quoted or ([gap] if gap else [])


_DASHED = re.compile(r"[\u3400-\u9fff]{2,8}(?:-[\u3400-\u9fff]{2,8}){2,}")


def joined_by_dashes(clause: str) -> list[str]:
    """The members of a list that dashes join (「甲港-乙港-丙港」); the last one ends as the others do."""
    match = _DASHED.search(clause)
    if not match:
        return []
    parts = match.group().split("-")
    ending = parts[0][-1]
    last = parts[-1]
    first = parts[0][max(parts[0].rfind(verb) + len(verb) for verb in ("打造", "建设", "贯通", "")) :]
    return [first, *parts[1:-1], last[: last.find(ending) + 1] or last]


def is_generic(name: str) -> bool:
    """Whether a chunk is no name of anything: a verb, a light word, or a verb with its object's first words."""
    return name in actions() or name in light() or _VERB.fullmatch(name) is not None or len(name) < 2


def alternatives(question: Question) -> list[str]:
    """The things between which a question chooses (「开工还是竣工」), or []."""
    match = re.search(
        r"(?:是|在|属于|[，,\s])([\u3400-\u9fff]{2,8}?)(?:，|,)?还是([\u3400-\u9fff]{2,8}?)(?:[？?呢啊呀]|"
        r"$)",
        question.asks,
    )
    return list(match.groups()) if match else []


def _members(clause: str, question: Question, vocabulary: Vocabulary) -> list[str]:
    masked = _PAREN.sub(lambda match: "\0" * len(match.group()), clause)
    quoted = [match for match in re.finditer(r"(?:[“《][^“”《》]{2,30}[”》]){2,}", masked)]
    if quoted:
        return [name for name in _QUOTED.findall(clause[quoted[0].start() : quoted[0].end()])]
    if "、" not in masked:
        return []
    cut = _ETC.search(masked)
    end = cut.start() if cut and "、" in masked[: cut.start()] else len(masked)
    pieces: list[tuple[int, int]] = []
    start = 0
    for match in re.finditer("、", masked[:end]):
        pieces.append((start, match.start()))
        start = match.end()
    kinds = [clause[a:b] for a, b in pieces]
    last_end = end if cut and end == cut.start() else _end_of_last(masked, start, end, question, vocabulary, kinds)
    pieces.append((start, last_end))
    first = _start_of_first(clause[slice(*pieces[0])], question, vocabulary)
    pieces[0] = (pieces[0][0] + first, pieces[0][1])
    found_names = [clause[a:b].strip(" ，。；“”") for a, b in pieces]
    tail = re.split(r"(?<=[\u3400-\u9fff）)])(?:和|与|及|以及)(?=[\u3400-\u9fff])", found_names[-1])
    if len(tail) == 2 and all(len(part) > 1 for part in tail):
        found_names[-1:] = tail
    return [name for name in found_names if name]


def _start_of_first(text: str, question: Question, vocabulary: Vocabulary) -> int:
    position = 0
    for mark in ("，", "：", "；"):
        position = max(position, text.rfind(mark) + 1)
    while True:
        rest = text[position:]
        verb = _VERB.match(rest)
        if verb and verb.end() < len(rest):
            position += verb.end()
            continue
        piece, known = vocabulary.cut(rest)[0] if rest else ("", False)
        if known and 1 < len(piece) < len(rest) and _asked(piece, question):
            position += len(piece)
            continue
        return position


def _end_of_last(
    masked: str, start: int, end: int, question: Question, vocabulary: Vocabulary, before: Sequence[str]
) -> int:
    """Where the last member of a list ends: before a figure, a verb or what the question says already.

    What the members `before` end in as well (「…公园、…公园更新改造」) belongs to the last one too.
    """
    text = masked[start:end]
    for figure in find_figures(text):
        if figure.start:
            return start + figure.start
    head = head_of(question)
    if head and (place := text.find(head)) >= 0:
        return start + place + len(head)
    shared = max((text.find(one[-2:]) + 2 for one in before if len(one) > 2 and one[-2:] in text), default=0)
    if shared > 2:
        return start + shared
    position = 0
    for piece, _ in vocabulary.cut(text):
        if position and len(piece) > 1 and (_asked(piece, question) or _VERB.match(piece)):
            return start + position
        position += len(piece)
    return end


def _asked(piece: str, question: Question) -> bool:
    return piece in question.text or any(found(term, piece) > 0.5 or piece in term.text for term in question.terms)


def _ending_in(clause: str, head: str, question: Question, vocabulary: Vocabulary) -> str:
    for ending in (head, head[-2:], head[-1]):
        for match in re.finditer(re.escape(ending), clause):
            before = clause[: match.start()]
            start = max((before.rfind(mark) for mark in "，,；、：“《"), default=-1) + 1
            piece = clause[start : match.end()]
            piece = piece[_start_of_first(piece, question, vocabulary) :]
            if len(piece) > len(ending) and piece not in question.text:
                return piece.strip("“”《》")
    return ""


def _gap(question: Question, clause: str, vocabulary: Vocabulary) -> str:
    """What stands in the clause beside the words that the question gave: before them or after them."""
    spots = sorted(
        (place, place + len(word))
        for term in question.terms
        for word in (term.text, *term.variants)
        if (place := clause.find(word)) >= 0
    )
    if not spots:
        return ""
    asking = re.search(r"哪|什么|啥|谁|何", question.asks)
    first_term = min(
        (question.asks.find(term.text) for term in question.terms if term.text in question.asks), default=0
    )
    before, after = clause[: spots[0][0]], clause[max(end for _, end in spots) :]
    choices = [before, after] if asking and asking.start() <= first_term else [after, before]
    for choice in choices:
        choice = choice.strip(" ，,、；")
        choice = choice[_start_of_first(choice, question, vocabulary) :] if choice else choice
        choice = re.sub(r"^(?:至|到|为|于|成为|了)", "", choice).strip("“”《》 ")
        if len(choice) > 1:
            return choice
    return ""


def shortest(names_found: Sequence[str]) -> tuple[str, ...]:
    """The names without repeats, empty ones left out."""
    return tuple(dict.fromkeys(name for name in names_found if name))
