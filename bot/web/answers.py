"""An answer as the page shows it: escaped HTML, the same as plain text, and each citation with its marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from bot.privacy import mask
from bot.typed import plainly
from bot.types import Answer, AnswerStatus, Citation
from bot.web.reading import ReportPage
from bot.web.wording import Texts
from bot.writing import EXTRACTIVE

_PUNCTUATION = tuple("。，；、：！？”）")
_CLOSING = re.compile(r"[。，、；！？”）]*")
_MANY = 3  # so many cited sentences read better as a list
_BULLET = re.compile(r"\s*(?:[-•·]|\d{1,2}[.、])\s*(?!\d)")


def reply(answer: Answer, page: ReportPage, texts: Texts, contact: str = "") -> dict[str, Any]:
    """What the page needs to show `answer` and its sources."""
    # Where nothing was answered there is nothing to verify.
    receipt = answer.receipt if answer.status is not AnswerStatus.ERROR else None
    return {
        "id": answer.id,
        "question": answer.question,
        "status": answer.status.value,
        "html": answer_html(answer, texts, contact),
        "text": answer.text,
        "short": list(answer.short),
        "suggestions": list(answer.suggestions),
        "report": page.report.sha256,
        "citations": [source_of(citation, page) for citation in answer.citations],
        "receipt": receipt.as_json() if receipt else None,
        "complete": answer.complete,
    }


def answer_html(answer: Answer, texts: Texts, contact: str = "") -> str:
    """The body of the answer: heading of a refusal or error, completed question, text with bold and marks."""
    parts = []
    if answer.status is not AnswerStatus.ERROR and _bare(answer.understood) != _bare(plainly(answer.question)):
        label = escape(
            texts["completed"].format(completer=answer.completer) if answer.completer else texts["understood"]
        )
        parts.append(f'<p class="understood"><span>{label}</span>{escape(answer.understood)}</p>')
    if answer.status is not AnswerStatus.ANSWERED:
        parts.append(f'<p class="verdict">{escape(_verdict(answer, texts))}</p>')
    parts.extend(_paragraphs(answer, texts))
    written = answer.note or ("" if answer.writer == EXTRACTIVE else texts["written"].format(writer=answer.writer))
    if written and answer.complete:
        parts.append(f'<p class="written">{escape(written)}</p>')
    if answer.status is AnswerStatus.REFUSED and contact:
        parts.append(f'<p class="contact">{escape(texts["contact"].format(contact=contact))}</p>')
    if kinds := mask(answer.question).kinds:
        named = texts["personal_and"].join(texts[f"personal_{kind.name.lower()}"] for kind in kinds)
        parts.append(f'<p class="personal">{escape(texts["personal"].format(kinds=named))}</p>')
    return "".join(parts)


def _verdict(answer: Answer, texts: Texts) -> str:
    kind = "refused" if answer.status is AnswerStatus.REFUSED else "failed"
    return str(texts.get(answer.reason.value if answer.reason else kind) or texts[kind])


def source_of(citation: Citation, page: ReportPage) -> dict[str, Any]:
    """What the source panel needs to show a citation."""
    here = citation.report == page.report.name
    return {
        "n": citation.n,
        "quote": citation.quote,
        "passage": citation.passage,
        "title": page.report.title if here else citation.report,
        "path": list(citation.section),
        "table": citation.table,
        "row": citation.row,
        "marks": [asdict(mark) for mark in page.marks(citation.spans)] if here else [],
    }


def _paragraphs(answer: Answer, texts: Texts) -> Iterator[str]:
    writer = _Writer(answer, str(texts["mark"]))
    items: list[str] = []
    lines = [line for line in answer.text.splitlines() if line.strip()]
    for line in lines:
        bullet = _BULLET.match(line) if len(lines) > 1 else None
        said = list(writer.sentences(line[bullet.end() if bullet else 0 :]))
        if bullet:
            items.append(f"<li>{''.join(said)}</li>")
            continue
        if items:
            yield f"<ul>{''.join(items)}</ul>"
            items = []
        if len(said) >= _MANY and answer.status is AnswerStatus.ANSWERED:
            yield "<ul>" + "".join(f"<li>{one}</li>" for one in said) + "</ul>"
        else:
            yield (
                "<p>" + ("".join(f'<span class="said">{one}</span>' for one in said) if said[1:] else said[0]) + "</p>"
            )
    if items:
        yield f"<ul>{''.join(items)}</ul>"


class _Writer:
    """Turns the lines of one answer into HTML: its marks into buttons, each of its short answers in bold once."""

    def __init__(self, answer: Answer, label: str) -> None:
        self._quotes = {citation.n: citation.quote for citation in answer.citations}
        self._marks = re.compile(r"\[(" + "|".join(map(str, self._quotes)) + r")\]") if self._quotes else None
        self._remaining = sorted(set(answer.short), key=len, reverse=True)
        self._label = label

    def sentences(self, line: str) -> Iterator[str]:
        """The line's sentences, each ending with its marks and what closes it."""
        start = 0
        for match in self._marks.finditer(line) if self._marks else ():
            end = match.end() + len(_CLOSING.match(line[match.end() :])[0])  # type: ignore[index]  # matches nothing too
            if self._marks and self._marks.match(line, end):
                continue
            yield "".join(self._marked(line[start:end]))
            start = end
        if start < len(line):
            yield "".join(self._marked(line[start:]))

    def _marked(self, line: str) -> Iterator[str]:
        last = 0
        for match in self._marks.finditer(line) if self._marks else ():
            before = line[last : match.start()]
            # A mark stays on one line with the punctuation before it.
            end = before[-1:] if before[-1:] in _PUNCTUATION else ""
            yield _bold(before.removesuffix(end), self._remaining)
            n = int(match.group(1))
            label = escape(self._label.format(n=n, quote=self._quotes[n]))
            button = f'<button type="button" class="mark" data-n="{n}" aria-label="{label}">{n}</button>'
            yield f'<span class="tied">{end}{button}</span>' if end else button
            last = match.end()
        yield _bold(line[last:], self._remaining)


def _bold(text: str, remaining: list[str]) -> str:
    """`text` escaped, the first place of each remaining short answer in bold; those found leave `remaining`."""
    chosen: list[tuple[int, int]] = []
    for short in list(remaining):
        # 「5%」 is not to be found in 「15%」, nor 「1家」 in 「0.1家」.
        whole = re.compile((r"(?<![\d.])" if short[:1].isdigit() else "") + re.escape(short))
        found = next((m.span() for m in whole.finditer(text) if not _overlaps(m.span(), chosen)), None)
        if found and found[1] > found[0]:
            chosen.append(found)
            remaining.remove(short)
    parts, last = [], 0
    for start, end in sorted(chosen):
        parts += [escape(text[last:start]), f"<strong>{escape(text[start:end])}</strong>"]
        last = end
    return "".join(parts) + escape(text[last:])


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _bare(question: str) -> str:
    return re.sub(r"[\s？?。，,！!]", "", question)
