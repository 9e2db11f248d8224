"""The Chinese words of the report for the names that the code uses."""

from collections.abc import Mapping

from evals.types import Kind, Step, Style

STEPS: Mapping[Step, str] = {
    Step.NOT_IN_PASSAGES: "条目里没有（corpus）",
    Step.NOT_FOUND: "没找到（index）",
    Step.FOUND_NOT_READ: "找到未用（bot）",
    Step.WRONG_YEAR: "年份不对（bot）",
    Step.WRONG_FIGURE: "答案不对（bot）",
    Step.INCOMPLETE: "不完整（bot）",
    Step.NOT_CITED: "未引用（bot）",
    Step.NOT_REFUSED: "该拒未拒（bot）",
    Step.WRONGLY_REFUSED: "误拒（bot）",
    Step.WRONG_REASON: "拒答理由不对（bot）",
    Step.ERROR: "出错（bot）",
    Step.NOT_SEEN: "没认出数字（corpus）",
    Step.NOT_A_FACT: "数据点里没有（corpus）",
    Step.FALSE_SUPPORT: "错的当成一致（bot）",
    Step.FALSE_ALARM: "对的当成有误（bot）",
    Step.WRONG_VERDICT: "不一致与未提及混淆（bot）",
    Step.WRONG_CORRECTION: "给出的正确说法不对（bot）",
}

_STYLES: Mapping[Style, str] = {
    Style.FORMAL: "公文用语",
    Style.PARAPHRASE: "换个说法",
    Style.COLLOQUIAL: "口语",
    Style.KEYWORDS: "关键词",
    Style.TYPO: "错别字",
    Style.TRADITIONAL: "繁体",
    Style.ENGLISH: "英文",
    Style.FOLLOWUP: "追问",
}

_KINDS: Mapping[Kind, str] = {
    Kind.NUMBER: "数值",
    Kind.PERCENT: "百分比",
    Kind.NAME: "名称",
    Kind.LIST: "列举",
    Kind.DATE: "日期",
    Kind.YESNO: "是否",
    Kind.COMPARISON: "比较",
    Kind.MULTI: "一问多项",
    Kind.DEFINITION: "是什么",
    Kind.TABLE: "表格",
}

REASONS: Mapping[str, str] = {
    "missing-year": "无该年数据",
    "missing-figure": "无此指标",
    "other-place": "其他地方",
    "false-premise": "前提有误",
    "out-of-scope": "与报告无关",
    "opinion": "要求评价",
    "empty": "没有内容",
    "too-long": "太长",
    "bad-line": "格式有误",
    "internal": "程序故障",
}

GROUPS: Mapping[str, str] = {
    **{style.value: word for style, word in _STYLES.items()},
    **{kind.value: word for kind, word in _KINDS.items()},
    **REASONS,
    "refusal": "应当拒答",
}


def shown(name: str) -> str:
    """What a group of questions is called in Chinese."""
    return GROUPS.get(name, name)


def shown_reason(reason: str | None) -> str:
    """What a refusal's or an error's reason is called in Chinese."""
    return shown(reason) if reason else "未说明"
