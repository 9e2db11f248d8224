"""What holds of every answer, whatever is asked: the dev questions, all of them, and hostile ones."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.errors import UnknownReport
from bot.reading.world import World
from bot.settings import Settings
from bot.types import Answer, AnswerStatus, Citation, Reason
from corpus.types import Fact, Report
from evals.choosing import choose_questions
from evals.questions import load_questions

KEYS = (
    "id",
    "question",
    "understood",
    "status",
    "reason",
    "answer",
    "short",
    "citations",
    "writer",
    "elapsed_ms",
    "receipt",
)
CITATION_KEYS = ("n", "report", "passage", "section", "table", "row", "quote", "spans", "lines")
REFUSALS = set(Reason) - {Reason.EMPTY, Reason.TOO_LONG, Reason.BAD_LINE, Reason.INTERNAL}

# A comparison opens with its sum, or with the winner's name and the sum (「4889.1−932.2=3956.9亿元。」).
SUM = re.compile(
    r"(?:^|[。，])[^。\[\]]*?[\d）)][\u3400-\u9fff]{0,4}\s*[+＋\-−×÷/][^。\[\]]*?[=≈](?P<result>[^。\[\]]*?\d[^。，\[\]]*?)(?=[。，])"
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
COUNT = re.compile(r"(?P<count>\d+)[个项条行]：")
MARK = re.compile(r"\[(\d+)\]")

# 「目标与2024年差多少」 and 「再提几个点」 name one year and lay it beside the other.
BESIDE = re.compile(
    r"目标.*差|比\s?今年|目标.*比.*[多少高低]|提高?(?:多少|几)个?(?:百分)?点|(?:现在|目前).*(?:明年|20\d\d年)"
)

TALK = ("2024年老房子装了多少台电梯", "那2025年呢？", "比目标多吗", "GDP是多少", "增长多少？")
STRANGE = ("老楼装电梯完成多少", "新增养老床位几张", "拆违多少处", "明天会下雨吗", "浦东新区GDP多少", "12345热线", "？")


def bare(text: str) -> str:
    """`text` without tags and white space."""
    return re.sub(r"\s", "", re.sub(r"</?[A-Za-z][^<>]*>", "", text))


def stands(number: str, text: str) -> bool:
    """Whether `number` stands in `text`, not as a part of a longer number."""
    return re.search(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)", text) is not None


def answered(answers: tuple[Answer, ...]) -> Iterator[Answer]:
    """Those that were answered."""
    return (answer for answer in answers if answer.status is AnswerStatus.ANSWERED)


def without_time(answer: Answer) -> Answer:
    """All of an answer but how long it took and what it was made from."""
    return replace(answer, elapsed_ms=0.0, receipt=None)


def cites_exactly(citation: Citation, report: Report) -> bool:
    """Whether the quote is the report's text at the spans, and the lines are those of the spans."""
    first, last = citation.spans[0].start, citation.spans[-1].end - 1
    lines = (report.text.count("\n", 0, first) + 1, report.text.count("\n", 0, last) + 1)
    there = "".join(report.text[start:end] for start, end in citation.spans)
    return bare(there) == bare(citation.quote) != "" and citation.lines == lines and citation.report == report.name


def test_the_dev_questions_are_many_and_of_both_ends(answers: tuple[Answer, ...]) -> None:
    """The laws below are tried on hundreds of answers, on refusals of every reason, and on no error."""
    assert len(list(answered(answers))) > 500
    assert {answer.reason for answer in answers if answer.status is AnswerStatus.REFUSED} == REFUSALS
    assert all(answer.status is not AnswerStatus.ERROR for answer in answers)


def test_every_quote_is_the_report_at_its_spans(answers: tuple[Answer, ...], report: Report) -> None:
    """The file's text at the spans, without tags and white space, is the quote; `lines` are the lines of the spans."""
    wrong = [(one.id, citation) for one in answers for citation in one.citations if not cites_exactly(citation, report)]
    assert wrong == []


def test_every_mark_has_its_citation(answers: tuple[Answer, ...]) -> None:
    """Citations are numbered from 1 in the order of their marks, none without a mark, and no mark without one."""
    for answer in answers:
        marks = [int(mark) for mark in MARK.findall(answer.text)]
        numbers = [citation.n for citation in answer.citations]
        assert list(dict.fromkeys(marks)) == numbers == list(range(1, len(numbers) + 1)), answer.id


def test_no_passage_is_cited_twice(answers: tuple[Answer, ...]) -> None:
    """Each citation is of another passage, and has one mark."""
    for answer in answers:
        passages = [citation.passage for citation in answer.citations]
        assert len(passages) == len(set(passages)) == len(MARK.findall(answer.text)), answer.id


def test_an_answer_cites_and_a_refusal_gives_no_short_answer(answers: tuple[Answer, ...]) -> None:
    """What is answered has a source and no reason; what is refused has a reason and nothing like an answer."""
    for answer in answers:
        if answer.status is AnswerStatus.ANSWERED:
            assert answer.citations, answer.id
            assert answer.reason is None
        else:
            assert answer.short == (), answer.id
            assert answer.reason in REFUSALS
            assert not answer.citations or re.search("不是答案|报告写的是", answer.text), answer.id


def count_of(answer: Answer) -> str:
    """The number that an answer opens with where it is that of the members named after it (「3项：甲、乙、丙。」)."""
    match = COUNT.match(answer.text)
    return match["count"] if match and int(match["count"]) == len(answer.short) - 1 else ""


def caption_of(answer: Answer) -> str:
    """The caption of the cited table that an answer begins with (「在哪张表里」), or ''."""
    captions = (one.table for one in answer.citations if one.table)
    return next((one for one in captions if answer.text.startswith(f"{one}：")), "")


def test_no_figure_stands_outside_the_quotes(answers: tuple[Answer, ...]) -> None:
    """Every number of an answer stands in a quote, but for a label's year or caption, a sum and a list's length."""
    for answer in answered(answers):
        said = MARK.sub("", answer.text).removeprefix(count_of(answer)).removeprefix(caption_of(answer))
        said = re.sub(r"20\d\d年", "", said)
        said = SUM.sub(lambda found: found.group().removesuffix(found["result"]), said)
        quotes = [bare(citation.quote) for citation in answer.citations]
        strange = [number for number in NUMBER.findall(said) if not any(stands(number, quote) for quote in quotes)]
        assert strange == [], (answer.id, answer.text)


def test_every_year_said_is_of_the_report_or_a_quote(answers: tuple[Answer, ...], report: Report) -> None:
    """A label's year is the year reported on or planned; any other year stands in a quote."""
    for answer in answered(answers):
        quotes = "".join(bare(citation.quote) for citation in answer.citations)
        years = set(re.findall(r"(20\d\d)年", answer.text)) - {str(report.year), str(report.planned)}
        assert all(year in quotes for year in years), (answer.id, answer.text)


def test_every_short_figure_stands_in_a_quote_or_is_worked_out(answers: tuple[Answer, ...]) -> None:
    """A short answer with digits is the report's, to the character, or the result of the sum that the text shows."""
    for answer in answered(answers):
        results = "".join(found["result"] for found in SUM.finditer(MARK.sub("", answer.text)))
        for short in answer.short:
            # The year that a figure is of, or that won a comparison, is a label's or the question's own.
            a_year = re.fullmatch(r"20\d\d年", short) and short in answer.understood + answer.text
            a_count = count_of(answer) and short == answer.text.partition("：")[0]
            a_caption = short == caption_of(answer)
            if NUMBER.search(short) and short not in results and not (a_year or a_count or a_caption):
                assert any(bare(short) in bare(citation.quote) for citation in answer.citations), (answer.id, short)


def test_every_short_word_is_the_reports_or_the_questions(answers: tuple[Answer, ...]) -> None:
    """A short answer in words stands in a citation or its place; a side of a comparison may be as the question says."""
    for answer in answered(answers):
        places = [bare("".join((*one.section, one.table or "", one.row or "", one.quote))) for one in answer.citations]
        for short in set(answer.short) - {"是", "否", "持平"}:
            if not NUMBER.search(short):
                asked = bare(short) in re.sub(r"20\d\d年", "", bare(answer.understood))
                assert asked or any(bare(short) in place for place in places), (answer.id, short)


def test_short_answers_are_cut_clean(answers: tuple[Answer, ...]) -> None:
    """A short answer is said once, neither begins nor ends in a sign, and closes the brackets and quotes it opens."""
    for answer in answered(answers):
        assert len(set(answer.short)) == len(answer.short), answer.id
        for short in answer.short:
            assert short == short.strip(" ，,；;。、：:") != "", (answer.id, answer.short)
            assert all(short.count(pair[0]) == short.count(pair[1]) for pair in ("“”", "《》", "（）", "()")), (
                answer.id,
                answer.short,
            )


def test_no_punctuation_is_doubled(answers: tuple[Answer, ...]) -> None:
    """Pieces are joined without a stop beside a stop or at the end of a text."""
    for answer in answers:
        said = MARK.sub("", answer.text.replace("……", ""))
        assert not re.search(r"[，。；：、！？]{2,}|[，；：、]$", said), (answer.id, answer.text)


def test_a_label_is_said_once(answers: tuple[Answer, ...], report: Report) -> None:
    """Year and place are said before the first of some sentences of one year, not before each."""
    for answer in answered(answers):
        labels = re.findall(rf"(?:^|[\]。])(20\d\d年){report.place}", answer.text)
        assert all(one != other for one, other in pairwise(labels)), (answer.id, answer.text)


def of_other_year(answer: Answer, year: int, world: World) -> bool:
    """Whether a short answer is a figure of a cited passage that is of the other of the report's two years alone."""
    other = {world.report.year, world.report.planned} - {year}
    for citation in answer.citations:
        for short in answer.short:
            years = {one.year for one in world.facts.get(citation.passage, ()) if written(one, citation) == short}
            if years and years <= other and short not in answer.understood:
                return True
    return False


def written(fact: Fact, citation: Citation) -> str:
    """A figure as the quote writes it."""
    return citation.quote[slice(*fact.local)].strip()


def wrong_years(answers: tuple[Answer, ...], assistant: Assistant) -> set[str]:
    """The ids of answers with a figure of 2024 to a question that names 2025 alone, or the other way."""
    wrong: set[str] = set()
    for answer in answered(answers):
        question, world = assistant.understand(answer.understood)
        named = [year for year in question.years if year in (world.report.year, world.report.planned)]
        if len(question.years) == len(named) == 1 and of_other_year(answer, named[0], world):
            if BESIDE.search(answer.understood) and answer.text.count("年徐汇区") > 1:
                continue
            wrong.add(answer.id)
    return wrong


def test_a_result_is_never_given_for_a_target(answers: tuple[Answer, ...], assistant: Assistant) -> None:
    """A question that names one of the two years alone gets no figure of the other."""
    assert wrong_years(answers, assistant) == set()


@pytest.mark.parametrize("seed", range(2))
def test_the_order_of_questions_changes_nothing(
    answers: tuple[Answer, ...], settings: Settings, assistant: Assistant, seed: int
) -> None:
    """The same question, twenty times among others, in any order, by a second assistant too, gets the same answer."""
    talks = {one.id for path in choose_questions("dev").values() for one in load_questions(path) if one.session}
    alone = [answer for answer in answers if answer.question == answer.understood and answer.id not in talks]
    chosen = random.Random(seed).sample(alone, 5)
    order = [answer for answer in chosen for _ in range(20)] + random.Random(~seed).sample(alone, 20)
    random.Random(seed + 99).shuffle(order)
    second = Assistant.open(settings)
    for place, before in enumerate(order):
        asked = (assistant, second)[place % 2].ask(before.question, id=before.id)
        assert without_time(asked) == without_time(before)
        assert without_time(asked).as_json() == without_time(before).as_json()


def test_a_conversation_leaves_other_questions_alone(assistant: Assistant) -> None:
    """A question by itself, and one in another conversation, gets the answer that it got before any conversation."""
    before = [without_time(assistant.ask(question)) for question in STRANGE]
    first, second = Conversation(), Conversation()
    told = [without_time(assistant.ask(question, first)) for question in TALK]
    again = []
    for question, strange in zip(TALK, STRANGE, strict=False):
        assistant.ask(strange, Conversation())
        again.append(without_time(assistant.ask(question, second)))
    assert told == again
    assert [without_time(assistant.ask(question)) for question in STRANGE] == before


def test_a_conversation_keeps_the_last_turns_only(assistant: Assistant) -> None:
    """However long a conversation gets, what is kept of it does not grow, and its last turn is the last answered."""
    talk = Conversation()
    kept = []
    for _ in range(4):
        for question in TALK:
            assistant.ask(question, talk)
            kept.append(len(talk.turns))
    assert max(kept) == kept[-1] == 10
    assert talk.last is not None
    assert "增长" in talk.last.understood


def test_the_json_has_the_keys_of_the_design(answers: tuple[Answer, ...]) -> None:
    """Each answer and citation has its keys in their order, and comes back from JSON as it went in."""
    for answer in answers:
        given = answer.as_json()
        assert tuple(given) == KEYS
        assert all(tuple(citation) == CITATION_KEYS for citation in given["citations"])
        assert json.loads(json.dumps(given, ensure_ascii=False, allow_nan=False)) == given
        assert given["elapsed_ms"] >= 0


@pytest.mark.parametrize(
    ("question", "reason"),
    [("", Reason.EMPTY), (" \u200b？", Reason.EMPTY), ("问" * 501, Reason.TOO_LONG), ("问" * 20_000, Reason.TOO_LONG)],
    ids=["nothing", "nothing to read", "too long", "far too long"],
)
def test_what_cannot_be_read_is_an_error(assistant: Assistant, question: str, reason: Reason) -> None:
    """A question without words or with too many is an error in Chinese, and no turn of the conversation."""
    talk = Conversation()
    answer = assistant.ask(question, talk, id="x")
    assert (answer.id, answer.status, answer.reason) == ("x", AnswerStatus.ERROR, reason)
    assert re.match(r"[\u3400-\u9fff]", answer.text)
    assert (answer.citations, answer.short, len(talk.turns)) == ((), (), 0)


def test_an_unknown_report_is_refused_by_name(assistant: Assistant, report: Report) -> None:
    """A report that the index does not hold is named, with those that it holds."""
    with pytest.raises(UnknownReport, match=report.name):
        assistant.ask("地区生产总值", report="没有的报告")


HOSTILE = (
    "<script>alert('zq')</script>",
    "<img src=x onerror=zq()>",
    "[点我zq](javascript:zq)",
    "![zq](//zq.example/a.png)",
    "**zq** `zq`",
    "&lt;zq&gt;",
    "<zq>",
    "\x1b[31mzq\x00\x07",
    "\u202ezq\u2066",
    "{{zq}}${zq}",
    "zq[9][1]",
)
BASES = (
    "2024年GDP多少",
    "新增养老床位几张",
    "浦东新区GDP多少",
    "火星基地建了几座",
    "2019年绿地新增多少",
    "明天天气",
    "徐汇好不好",
)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_markup_of_a_question_never_comes_back(assistant: Assistant, report: Report, hostile: str) -> None:
    """No markup, link, order or control character of a question is in the answer or in what is offered to ask."""
    for base in BASES:
        for question in (base + hostile, hostile + base, base[:4] + hostile + base[4:]):
            answer = assistant.ask(question)
            told = "".join((answer.text, *answer.short, *answer.suggestions))
            assert "zq" not in told.lower(), question
            assert "javascript" not in told.lower()
            assert not re.search(r"[<>`*|{}\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", told), question
            assert len(MARK.findall(answer.text)) == len(answer.citations)
            assert set(re.findall("[A-Za-z]+", told)) <= set(re.findall("[A-Za-z]+", report.text)), question
