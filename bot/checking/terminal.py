"""The findings of a draft as a person reads them on a terminal, sentence by sentence."""

from collections.abc import Iterator, Sequence

from bot.border import printable
from bot.checking.sentences import MARKS, WORDS, Sentence, counted, sentences_of
from bot.terminal import place_of
from bot.types import Finding, Verdict

_COLOURS = {Verdict.SUPPORTED: "32", Verdict.CONTRADICTED: "31", Verdict.ABSENT: "33"}


def render(draft: str, findings: Sequence[Finding], *, colour: bool = False) -> str:
    """Each sentence that holds a figure, under it what the report says to each, and last how many of each verdict."""
    told = [
        "\n".join((_shown(draft, sentence, colour), *(_said(one, colour) for one in sentence.findings)))
        for sentence in sentences_of(draft, findings)
        if sentence.findings
    ]
    return "\n\n".join((*told, counted(findings)))


def _shown(draft: str, sentence: Sentence, colour: bool) -> str:
    """The sentence with a mark after each figure."""
    return "".join(_pieces(draft, sentence, colour)).strip()


def _pieces(draft: str, sentence: Sentence, colour: bool) -> Iterator[str]:
    position = sentence.start
    for finding in sentence.findings:
        start, end = finding.span
        yield printable(draft[position:start]).replace("\n", " ")
        yield _coloured(f"{printable(draft[start:end])}{MARKS[finding.verdict]}", finding.verdict, colour)
        position = end
    yield printable(draft[position : sentence.end]).replace("\n", " ")


def _said(finding: Finding, colour: bool) -> str:
    mark = _coloured(f"{MARKS[finding.verdict]} {WORDS[finding.verdict]}", finding.verdict, colour)
    why = f"，{finding.why}" if finding.why else ""
    place = f"　{place_of(finding.citations[0])}" if finding.citations else ""
    return printable(f"  {printable(finding.figure)}　") + mark + printable(f"{why}{place}")


def _coloured(text: str, verdict: Verdict, colour: bool) -> str:
    return f"\x1b[{_COLOURS[verdict]}m{text}\x1b[0m" if colour else text
