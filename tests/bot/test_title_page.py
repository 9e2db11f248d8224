"""The title page: when, by whom and at which meeting the report was given, in whatever form it is received."""

import re

import pytest

from bot.assistant import Assistant
from bot.types import Answer, AnswerStatus

DAYS = {"plain": "2032年1月9日", "traditional": "2030年2月3日", "pipes": "2031年1月15日"}


def asked_of(assistant: Assistant, report: str, question: str) -> Answer:
    """The answer to a question about one of the small reports, which must be one of the title page's words."""
    answer = assistant.ask(question, report=report)
    assert answer.status is AnswerStatus.ANSWERED
    assert all(citation.section == () for citation in answer.citations)
    return answer


@pytest.mark.parametrize("report", DAYS)
@pytest.mark.parametrize("question", ["这份报告是哪一天作的", "作报告是什么时候？", "请问政府工作报告是几月几号作的"])
def test_the_day_is_the_title_pages(samples: Assistant, report: str, question: str) -> None:
    """Asked when the report was given, the day under its title is the answer."""
    assert asked_of(samples, report, question).short == (DAYS[report],)


@pytest.mark.parametrize("report", DAYS)
def test_the_day_is_given_to_key_words(samples: Assistant, report: str) -> None:
    """「报告的日期」 asks for the day as a whole sentence does."""
    assert asked_of(samples, report, "报告的日期").short == (DAYS[report],)


@pytest.mark.parametrize("question", ["报告人是谁", "这份报告是谁作的", "向大会作报告的是哪位？", "作报告的人姓名"])
def test_the_speaker_is_named(samples: Assistant, question: str) -> None:
    """Asked by whom, the name without the office is the answer."""
    assert asked_of(samples, "plain", question).short == ("周望舒",)


@pytest.mark.parametrize(
    ("question", "short"),
    [("市长是谁", ("周望舒",)), ("临川市市长叫什么名字", ("周望舒",)), ("副市长是谁", ()), ("人大常委会主任是谁", ())],
)
def test_who_holds_the_office_that_gave_the_report(samples: Assistant, question: str, short: tuple[str, ...]) -> None:
    """The title page names one office's holder; of any other office nothing is told."""
    assert samples.ask(question, report="plain").short == short


def test_the_office_is_given_where_it_is_asked_for(samples: Assistant) -> None:
    """Name and office are two answers, in the report's words."""
    assert asked_of(samples, "plain", "作报告的人是谁，担任什么职务").short == ("周望舒", "临川市市长")


def test_day_and_speaker_are_two_answers(samples: Assistant, assistant: Assistant) -> None:
    """Two things of the title page asked together are both given, with one source."""
    answer = asked_of(samples, "plain", "谁在什么时候作的这份报告")
    assert answer.short == ("2032年1月9日", "周望舒")
    real = assistant.ask("什么时候作的报告，报告人是谁")
    assert real.short == ("2024年12月25日", "董文曜")
    assert len(answer.citations) == len(real.citations) == 1


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("作这份报告的是谁", "董文曜"),
        ("这份报告是哪一天作的", "2024年12月25日"),
        ("报告人姓名？", "董文曜"),
    ],
)
def test_the_real_title_page_is_read(assistant: Assistant, question: str, short: str) -> None:
    """Day and speaker of the real report stand on its title page."""
    answer = assistant.ask(question)
    assert answer.short == (short,)
    assert answer.citations[0].section == ()


@pytest.mark.parametrize("question", ["报告是在哪次会议上作的", "作报告的是哪次会议"])
def test_the_meeting_is_named_from_its_place_on(samples: Assistant, assistant: Assistant, question: str) -> None:
    """The meeting's name starts with the place and ends with 会议: no date, no preposition, no newspaper."""
    real = "上海市徐汇区第十七届人民代表大会常务委员会第二十三次会议"
    assert [re.sub(r"\s", "", short) for short in assistant.ask(question).short] == [real]
    assert samples.ask(question, report="plain").short == ("临川市第八届人民代表大会第二次会议",)


def test_a_meeting_in_traditional_characters_is_named(samples: Assistant) -> None:
    """A report in traditional characters names its meeting as it writes it."""
    answer = samples.ask("这份报告是在哪次会议上作的", report="traditional")
    assert [short.endswith("南屏縣第五屆人民代表大會第一次會議") for short in answer.short] == [True]


@pytest.mark.parametrize(
    ("question", "short"),
    [("2031年建成口袋公园多少个", "36个"), ("办理代表建议多少件", "214件"), ("2031年高新技术企业多少家", "超1500家")],
)
def test_what_stands_in_the_report_is_not_sought_on_its_title_page(
    samples: Assistant, question: str, short: str
) -> None:
    """A question about something in the report is answered from there, though it names the report."""
    for asked in (question, f"报告里{question}"):
        answer = samples.ask(asked, report="plain")
        assert answer.short == (short,)
        assert answer.citations[0].section


@pytest.mark.parametrize("question", ["报告里拖拉机厂是谁办的", "报告写了哪位诗人", "大会的歌手是谁"])
def test_no_name_is_made_up(samples: Assistant, question: str) -> None:
    """A person that the report does not have is not answered with the speaker's name."""
    assert "周望舒" not in samples.ask(question, report="plain").short
