"""The tab of checking as HTML: the form, the draft with its figures marked, the list of findings; text is escaped."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from bot.checking.draft import KINDS, MAX_DRAFT
from bot.checking.sentences import MARKS, Sentence, sentences_of
from bot.types import Finding, Verdict
from bot.web.wording import Texts

_CLOSING = re.compile(r"[。，、；：！？”’）)]{0,3}")


def tab(texts: Texts) -> str:
    """The form that takes a draft, and the room for what comes of it."""
    said = {name: escape(str(text)) for name, text in texts.items()}
    return (
        f'<div class="tab"><h2>{said["heading"]}</h2><p class="lead">{said["lead"]}</p>'
        f'<form class="drafting"><label class="sr-only" for="draft">{said["draft"]}</label>'
        f'<textarea id="draft" name="text" placeholder="{said["hint"]}"></textarea>'
        f'<p class="doing"><button type="submit" class="main" data-busy="{said["busy"]}">{said["check"]}</button>'
        f'<label class="file"><input type="file" accept="{",".join(KINDS)}">'
        f"<span>{said['upload']}</span></label>"
        f'<span class="length"><output>0</output> / {MAX_DRAFT}</span></p>'
        f'<p class="problem" role="alert"></p><p class="note">{said["kept"]}</p></form>'
        f'<div class="outcome" tabindex="-1" hidden></div></div>'
    )


def outcome(draft: str, findings: Sequence[Finding], texts: Texts) -> str:
    """The draft with its figures marked, beside the list of what the report says to each."""
    said = {name: escape(str(text)) for name, text in texts.items()}
    counts = "".join(
        _count(verdict, findings, said) for verdict in (Verdict.CONTRADICTED, Verdict.ABSENT, Verdict.SUPPORTED)
    )
    summary = said["counted"].format(count=len(findings)) if findings else said["no_figures"]
    files = (
        f'<span class="files">{said["export"]}<button type="button" data-file="docx">{said["word"]}</button>'
        f'<button type="button" data-file="csv">CSV</button></span>'
    )
    return (
        f'<div class="head"><p role="status">{summary}</p>'
        f'<div class="verdicts" role="group" aria-label="{said["filter"]}">{counts}</div>{files}'
        f'<button type="button" class="edit">{said["edit"]}</button></div>'
        f'<div class="checked"><div class="text" lang="zh-CN" role="region" aria-label="{said["draft"]}">'
        f"{''.join(_marked(draft, findings, said))}</div>"
        f'<ol class="findings" lang="zh-CN" aria-label="{said["findings"]}">'
        f"{''.join(_listed(finding, number, said) for number, finding in enumerate(findings))}</ol></div>"
    )


def _count(verdict: Verdict, findings: Sequence[Finding], said: Texts) -> str:
    number = sum(finding.verdict is verdict for finding in findings)
    return (
        f'<button type="button" data-verdict="{verdict}" aria-pressed="true">'
        f"{_sign(verdict)}{said[verdict.value]} <b>{number}</b></button>"
    )


def _sign(verdict: Verdict) -> str:
    return f'<span class="sign" aria-hidden="true">{MARKS[verdict]}</span>'


def _marked(draft: str, findings: Sequence[Finding], said: Texts) -> Iterator[str]:
    number = 0
    for sentence in sentences_of(draft, findings):
        worst = f' data-worst="{sentence.verdict}"' if sentence.verdict else ""
        yield f'<span class="sentence"{worst}>{"".join(_pieces(draft, sentence, number, said))}</span>'
        number += len(sentence.findings)


def _pieces(draft: str, sentence: Sentence, number: int, said: Texts) -> Iterator[str]:
    position = sentence.start
    for place, finding in enumerate(sentence.findings, number):
        start, end = finding.span
        yield escape(draft[position:start])
        told = escape("，".join(filter(None, (finding.figure, str(said[finding.verdict.value]), finding.why))))
        # A figure stays on one line with the punctuation after it.
        position = _CLOSING.match(draft, end).end()  # type: ignore[union-attr]  # matches nothing too
        yield (
            f'<span class="tied"><button type="button" class="claim sourced" data-n="1" data-finding="{place}" '
            f'data-verdict="{finding.verdict}" aria-label="{told}">'
            f"{escape(draft[start:end])}{_sign(finding.verdict)}</button>{escape(draft[end:position])}</span>"
        )
    yield escape(draft[position : sentence.end])


def _listed(finding: Finding, number: int, said: Texts) -> str:
    why = f'<p class="why">{escape(finding.why)}</p>' if finding.why else ""
    # The reason mostly says already what the report says.
    is_new = finding.correct and finding.correct not in finding.why
    correct = f'<p class="correct">{said["report"]}<b>{escape(finding.correct or "")}</b></p>' if is_new else ""
    cited = finding.citations[0] if finding.citations else None
    place = " › ".join(part for part in (cited.table, cited.row) if part) or cited.section[-1] if cited else ""
    button = f'<button type="button" data-n="1">{escape(place)}</button>' if cited else ""
    return (
        f'<li class="sourced" data-finding="{number}" data-verdict="{finding.verdict}">'
        f"<p>{_sign(finding.verdict)}<b>{escape(finding.figure)}</b> {said[finding.verdict.value]}</p>"
        f"{why}{correct}{button}</li>"
    )
