"""The words with which reports say that something was done, how much, and since when: never what it is about."""

import re
from pathlib import Path

# Verbs whose object is counted: 「新增…8家、…2家」 means that the second was added too.
_VERBS = tuple((Path(__file__).parent / "verbs.txt").read_text(encoding="utf-8").split())
_VERB = "|".join(sorted(_VERBS, key=len, reverse=True))
_ADVERB = (
    r"(?:全面|全力|高标准|高质量|规模化|集中|持续|继续|加快|积极|深入|大力|成功|率先|基本|有序|统筹|合作|联合|优先|精准|超额|"
    r"优质|认真|提质|滚动|接续|系统|提速)"
)
_NO_VERB = r"(?![业率额量值费者员])"  # 「服务业」 and 「出口额」 are nouns
_VERBS_AHEAD = re.compile(rf"{_ADVERB}{{0,3}}(?:新?(?:{_VERB}){_NO_VERB}(?:和|并|及|、)?){{1,3}}了?")
_ANY_VERB = re.compile(rf"(?:{_VERB}){_NO_VERB}|参赛|达成|纳入|入驻|获")
_LONGEST = 60  # characters of a subject that may still be added to
_JOINER = "和并及、"

# Nothing but doing: of what, the clause before says (「道路项目新开工30条、完工16条」).
BARE_VERB = re.compile(
    r"(?:全面|全年|新增|基本|预计|线上|线下)?(?:完成投资|新开工|开竣工|开工|竣工|完工|开办|参与|参加|引进|引入|招引|完成|实施|供应|新增|"
    r"实现|建成|投用|交付|覆盖|惠及|服务|整改完成|受益|下降|提升)(?:率)?$"
)
# A noun that says how much of what the clause before names (「拆除违法建筑649处、总面积10.6万平方米」).
RELATIVE = re.compile(
    r"(?:总|建筑|总建筑|占地|用地|开工|竣工|完工|征收|交易|成交|总成交|合同|改造|覆盖|受益|惠及)?"
    r"(?:面积|金额|总量|总数|数量|总额|规模|增幅|增速|增长率|占比|比重|户数|人数|人次|群众|居民|里程|个数|总机构数|总部机构数)$"
    r"|(?:计划)?总投资额?$|总产值$"
)
# What comes of a thing, named beside its area or number (「粮食播种面积4157万亩、产量1146.1万吨」).
YIELD = re.compile(r"(?:总|亩)?产量|单产|总产|产值|销量|销售额|出栏量?|存栏量?")
GROWN_ON = re.compile(r"(?:播种|种植|养殖|播栽)?(?:面积|规模)$|(?:总|亩)?产量$|单产$|出栏量?$|存栏量?$")
# A noun so general that only what the sentence opened with says of what (「旧住房成套改造加快推进，新开工3个项目」).
NEEDS_TOPIC = re.compile(
    r"(?:竣工交付|新开工|开工|竣工|完工|交付|建成|启动|改造|受益|惠及)(?:项目|工程|地块|面积|户数|点位|居民|群众)$"
)
NEW = re.compile(
    r"^(?:新增筹措|新增|新认定|新开工|新建|新引进|新上线|净增|新|在建|已建|建成)|(?:新增|新认定|新开工|新建)$"
)

_LEAD = re.compile(
    r"(?:[①-⑳]|其中|同时|并且|而且|预计|力争|争取|确保|全年|年内|年末|年底|共计|总计|合计|一共|截至目前|到目前为止|我们|建议|平均实现|"
    r"目前|全市率先|全国率先|率先|超额|相继|先后|陆续|今年|去年|明年|已累计|累计|继续|基本(?=完成|实现|建成)|"
    r"共(?![同享建青产富治性和])|已(?!知|建在|建、)|并(?![购网轨联存])|了)+"
)
_TAIL = re.compile(
    r"(?:超额完成|完成|达到|达成|实现|保持在|控制在|稳定在|保持|控制|突破|超过|"
    r"(?:提升|提高|增加|下降|降低|扩大|增长)[至到]|[增降]至|降到|"
    r"位居|位列|名列|跃居|跃升至|居于|排名|稳居|力争|预计|全年|年内|首次|历史性|相继|先后|持续|继续|连续|累计|涉及|惠及约|高达|仅为|"
    r"约占|均|分别|不低于|不少于|总计|共计|合计|率先|"
    r"仅|已|了|各|获|(?<!公)共|(?<![合节预签履违公])约|(?<![发直抵雷到可])达|(?<![行作])为|(?<!以)至|(?<!周)到|(?<![存所内潜])在|"
    r"(?<![系班入])列|(?<![民故旧群定])居|(?<!安)排|(?<![拥国公所现持自保])有)$"
)
_PLAIN_VERBS = re.compile(
    r"(?:(?:全面|全力|基本|超额|全覆盖)?(?:完成|实现)(?!投资)|做好|开展|包括|涉及|涵盖)了?(?=\S{2})"
)
_YEAR_HEAD = re.compile(r"^(?:到|至)?20\d\d年(?:底|末)?(?:是|，)?")
_PLACE_ADVERB = re.compile(r"^(全区|全市|全省|全国|全县|全州|区域单位|区域内)(?:已累计|共计|累计|已|共|新)(?=\S{2})")
_INNER_ADVERB = re.compile(r"(?<=\S)(?:预计全年|全年累计|全年共|全年)(?=\S)")


def verbs_end(text: str, start: int) -> int:
    """Where the verbs (with their adverbs) that open `text` at `start` end; 0 where none does."""
    match = _VERBS_AHEAD.match(text, start)
    if not match:
        return 0
    end = match.end()
    while text[end - 1] in _JOINER and end > start:
        end -= 1
    return end


def ends_in_verb(words: str) -> bool:
    """Whether a verb closes `words`, so that what follows is its object."""
    return words.endswith(_VERBS)


def has_verb(words: str) -> bool:
    """Whether a verb stands anywhere in `words`."""
    return _ANY_VERB.search(words) is not None


def leading_verbs(words: str) -> str:
    """The verbs that open `words`."""
    return words[: verbs_end(words, 0)]


def without_leads(words: str) -> str:
    """`words` without what only introduces (「其中」, 「全年共」, 「预计」)."""
    match = _LEAD.match(words)
    return words[match.end() :].lstrip() if match else words


def without_tails(words: str) -> str:
    """`words` without what only leads over to a figure (「完成」, 「达到」, 「位居」)."""
    while match := _TAIL.search(words):
        words = words[: match.start()].rstrip()
    return words


def tidy(words: str) -> str:
    """A subject as a person would say it: no introduction, no 「全年」 inside, no verb that says only 「done」."""
    words = _PLACE_ADVERB.sub(r"\1", without_leads(words.strip(" 、，的")))
    words = _INNER_ADVERB.sub("", words).strip(" 、，的")
    words = _YEAR_HEAD.sub("", words)
    done = _PLAIN_VERBS.match(words)
    return _balanced(words[done.end() :] if done else words)


def noun_of(subject: str) -> str:
    """What a subject is about, without the verbs around it: 「道路项目新开工」 gives 「道路项目」."""
    verbs = leading_verbs(subject)
    rest = subject[len(verbs) :] if len(verbs) < len(subject) else subject
    rest = NEW.sub("", rest) or rest
    bare = re.search(r"(?:新开工|开竣工|开工|竣工|完工|新认定|新增)$", rest)
    return rest[: bare.start()] if bare and bare.start() else rest


def merged(base: str, rest: str) -> str:
    """`base` and `rest` as one, words that end the one and begin the other only once; `rest` where `base` is long."""
    if len(base) > _LONGEST:
        return rest
    if rest in base:
        return base
    for size in range(min(len(base), len(rest)), 1, -1):
        if base.endswith(rest[:size]):
            return base + rest[size:]
    return base + rest


def _balanced(words: str) -> str:
    """`words` without quotation marks and brackets that have lost their other half."""
    for left, right in ("“”", "（）", "()", "《》"):
        if words.count(left) != words.count(right):
            words = words.replace(left, "").replace(right, "")
    return words
