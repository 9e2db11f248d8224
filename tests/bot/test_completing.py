"""What a follow-up is completed to, from the words of the conversation alone."""

from dataclasses import replace
from datetime import date

import pytest

from bot.completing import Completed, complete
from bot.conversation import Conversation, Frame, Turn, frame_of
from bot.lexicon import everyday
from bot.terms import Vocabulary
from bot.types import Answer, AnswerStatus
from corpus.types import BlockKind, Passage, Report, Span

PLACE = "临江区"
REPORT = Report("临江", "临江区报告", PLACE, date(2024, 12, 20), 2024, 2025, "", "")
SENTENCES = (
    "既有多层住宅加装电梯完工333台，位列全市第一。",
    "新增城市公园2座，新增口袋公园6座、街心花园12座。",
    "地区生产总值完成3931亿元，增长4.8%。",
    "一般公共预算收入完成281亿元，其中税收收入268亿元。",
    "生活垃圾分类达标率95%，回收利用率43%。",
    "全年开工235万平方米，竣工230万平方米，重大项目开工面积和竣工面积均超目标。",
    "高质量孵化器19家，入孵企业274家。",
    "PM2.5浓度29微克/立方米，PM10浓度39微克/立方米。",
    "中心医院和大华医院新址竣工投用。",
    "认知症床位完成改建458张，新增养老床位400张。",
)
WORDS = (
    "既有 多层 住宅 加装 电梯 完工 位列 全市 新增 城市公园 口袋公园 街心花园 地区 生产总值 增长 一般 "
    "公共 预算 收入 税收 生活垃圾 分类 达标率 回收 利用率 全年 开工 竣工 重大 项目 面积 目标 高质量 "
    "孵化器 企业 浓度 中心医院 大华 医院 新址 投用 认知症 床位 养老 改建 完成"
).split()


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The words of a small report."""
    passages = [
        Passage(f"p{n}", "临江", n, BlockKind.PARAGRAPH, text, (Span(0, len(text)),), (), None, None, (), 2024, None)
        for n, text in enumerate(SENTENCES)
    ]
    return Vocabulary(WORDS, passages, everyday())


class Talk:
    """A conversation of which every turn is answered with the given short answers."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary, self.conversation = vocabulary, Conversation()

    def says(
        self,
        text: str,
        *short: str,
        years: tuple[int, ...] = (2024,),
        name: str = "",
        unit: str = "",
        original: str = "",
    ) -> Completed:
        """The completed question, after which the conversation goes on from it."""
        completed = complete(text, self.conversation, REPORT, self.vocabulary, original)
        answer = Answer("", text, completed.text, AnswerStatus.ANSWERED, "", short=short)
        units = frozenset({unit} if unit else ())
        self.conversation.add(Turn(completed.text, completed.frame, years, (), answer, "", name, units))
        return completed


@pytest.fixture
def talk(vocabulary: Vocabulary) -> Talk:
    """A conversation in which nothing was said yet."""
    return Talk(vocabulary)


def test_a_first_question_stays_as_it_is(talk: Talk) -> None:
    """Nothing is completed where there is nothing to go on from."""
    assert talk.says("加装电梯完工多少台？").text == "加装电梯完工多少台？"


@pytest.mark.parametrize(
    ("first", "follow_up", "completed"),
    [
        ("2024年加装电梯完工多少台？", "那2025年呢？", "2025年加装电梯完工多少台？"),
        ("2024年加装电梯完工多少台？", "明年呢", "2025年加装电梯完工多少台？"),
        ("2024年加装电梯完工多少台？", "2025年的目标呢？", "2025年加装电梯完工目标是多少台？"),
        ("2024年加装电梯完工多少台？", "排名呢", "2024年加装电梯完工排名是多少？"),
        ("2024年临江区的地区生产总值是多少？", "增长多少？", "2024年地区生产总值增长多少？"),
        ("2024年临江区的地区生产总值是多少？", "同比呢", "2024年地区生产总值同比增长多少？"),
        ("2024年开工面积是多少？", "竣工的呢？", "2024年竣工面积是多少？"),
        ("2024年生活垃圾分类达标率是多少？", "回收利用率呢？", "2024年生活垃圾分类回收利用率是多少？"),
        ("2024年新增城市公园多少座？", "那街心花园呢", "2024年新增街心花园多少座？"),
        ("2024年一般公共预算收入是多少？", "其中税收占多少？", "2024年一般公共预算收入中税收是多少？"),
        ("2024年PM2.5和PM10的浓度各是多少？", "后者2025年的目标是多少？", "2025年PM10的浓度的目标是多少？"),
        ("2024年加装电梯完工多少台？", "占上海多少", "2024年加装电梯完工占全市多少？"),
    ],
)
def test_what_is_left_out_is_taken_from_the_turn_before(talk: Talk, first: str, follow_up: str, completed: str) -> None:
    """A year, a measure, a verb or a thing is put in its place in the question before."""
    talk.says(first)
    assert talk.says(follow_up).text == completed


@pytest.mark.parametrize(
    ("follow_up", "completed"),
    [
        ("比去年少多少？", "2025年加装电梯完工比2024年少多少台？"),
        ("差几台", "2025年和2024年加装电梯完工相差多少台？"),
        ("比2024年多吗？", "2025年加装电梯完工比2024年多吗？"),
    ],
)
def test_a_comparison_says_both_years(talk: Talk, follow_up: str, completed: str) -> None:
    """After 2024 and 2025 were asked about, both stand in the question that compares them."""
    talk.says("2024年加装电梯完工多少台？", "333台", unit="台")
    talk.says("2025年呢？", "200台", years=(2025,), unit="台")
    assert talk.says(follow_up, years=(2025,)).text == completed


@pytest.mark.parametrize(
    ("follow_up", "completed"),
    [
        ("前者比后者多多少？", "2024年城市公园新增比口袋公园新增多多少座？"),
        ("后者是前者的几倍？", "2024年口袋公园新增是城市公园新增的几倍？"),
        ("是它的几倍", "2024年口袋公园新增是城市公园新增的几倍？"),
        ("这两个相差多少？", "2024年城市公园新增和口袋公园新增相差多少座？"),
        ("哪个更多？", "2024年城市公园新增和口袋公园新增哪个更多？"),
        ("比城市公园多几座", "2024年口袋公园新增比城市公园新增多多少座？"),
        ("两者加起来多少座", "2024年城市公园新增和口袋公园新增加起来多少座？"),
        ("明年这两个分别多少", "2025年城市公园新增多少座，口袋公园新增多少座？"),
        ("前者2025年的目标是多少", "2025年城市公园新增的目标是多少？"),
    ],
)
def test_two_things_are_named_where_they_are_compared(talk: Talk, follow_up: str, completed: str) -> None:
    """前者, 后者, 它 and 这两个 give way to the things that the turns before asked about."""
    talk.says("2024年城市公园新增多少座？", "2座", unit="座")
    talk.says("2024年口袋公园新增多少座？", "6座", unit="座")
    assert talk.says(follow_up).text == completed


@pytest.mark.parametrize(
    ("follow_up", "completed"),
    [
        ("两者相差多少", "2024年和2025年加装电梯完工相差多少台？"),
        ("哪年更多", "2024年和2025年加装电梯完工哪年更多？"),
        ("降了多少", "2025年加装电梯完工比2024年少多少台？"),
        ("跟今年比有增加吗", "2025年加装电梯完工比2024年高吗？"),
        ("今年的达到这个数了吗", "2024年加装电梯完工达到2025年的目标了吗？"),
    ],
)
def test_two_years_are_named_where_they_are_compared(talk: Talk, follow_up: str, completed: str) -> None:
    """What moved from one year to the next is asked about with both years in words."""
    talk.says("2024年加装电梯完工多少台？", "333台", unit="台")
    talk.says("2025年呢？", "200台", years=(2025,), unit="台")
    assert talk.says(follow_up, years=(2025,)).text == completed


def test_each_of_two_years_is_asked_about(talk: Talk) -> None:
    """「这两年分别」 asks the one question of both years."""
    talk.says("2024年加装电梯完工多少台？")
    asked = talk.says("那认知症床位这两年分别改建多少张").text
    assert asked == "2024年认知症床位改建多少张，2025年认知症床位改建多少张？"


@pytest.mark.parametrize("thanks", ["谢谢！", "好的谢谢，", "好，", "嗯嗯，明白了，", "换个话题，"])
def test_politeness_is_no_part_of_the_question(talk: Talk, thanks: str) -> None:
    """Thanks before a question of its own leave no trace in it."""
    talk.says("2024年加装电梯完工多少台？")
    assert talk.says(f"{thanks}那2025年认知症床位完成改建多少张？").text == "2025年认知症床位完成改建多少张？"


def test_next_year_counts_from_the_year_spoken_of(vocabulary: Vocabulary) -> None:
    """明年 after a question about the year reported on is the year planned, whenever the report was given."""
    late = replace(REPORT, date=date(2025, 1, 14))
    conversation = Conversation()
    first = complete("2024年加装电梯完工多少台？", conversation, late, vocabulary)
    answer = Answer("", "", "", AnswerStatus.ANSWERED, "")
    conversation.add(Turn(first.text, first.frame, (2024,), (), answer))
    assert complete("明年呢", conversation, late, vocabulary).text == "2025年加装电梯完工多少台？"


def test_another_unit_asks_for_another_figure(talk: Talk) -> None:
    """「多少户」 after 「多少台」 does not ask for 台 again."""
    talk.says("2024年加装电梯完工多少台？", "333台", unit="台")
    assert talk.says("多少户？").text == "2024年加装电梯完工多少户？"


def test_going_back_takes_up_an_earlier_thing(talk: Talk) -> None:
    """「回到X」 goes on about X and not about what was asked in between."""
    talk.says("2024年加装电梯完工多少台？")
    talk.says("2024年认知症床位完成改建多少张？")
    assert talk.says("回到加装电梯，2025年的目标是多少").text == "2025年加装电梯目标是多少台？"


def test_the_year_of_a_figure_can_be_asked_for(talk: Talk) -> None:
    """「那个数是哪一年的」 puts the question before once more and reads as what was asked."""
    first = talk.says("2024年加装电梯完工多少台？")
    completed = talk.says("刚才那个数是哪一年的？")
    assert (completed.text, completed.shown) == (first.text, "加装电梯完工是哪一年的数据？")


@pytest.mark.parametrize(
    ("original", "completed"),
    [
        ("Which year is more?", "2024年和2025年加装电梯完工哪年更多？"),
        ("What is the difference?", "2025年和2024年加装电梯完工相差多少台？"),
        ("Is that more than this year's figure?", "2025年加装电梯完工比2024年多吗？"),
    ],
)
def test_english_comparisons_name_both_years(talk: Talk, original: str, completed: str) -> None:
    """English turns of speech that compare read as their Chinese ones do."""
    talk.says("2024年加装电梯完工多少台？", "333台", unit="台")
    talk.says("2025年呢？", "200台", years=(2025,), unit="台")
    assert talk.says("哪个", years=(2025,), original=original).text == completed


def test_a_pointer_stands_for_the_name_answered_before(talk: Talk) -> None:
    """它 is the hospital that was the answer, and an answer must speak of it."""
    talk.says("2024年哪家医院新址竣工投用？", "大华医院", name="大华医院")
    completed = talk.says("它有多少张床位？")
    assert completed.undated == "大华医院有多少张床位？"
    assert completed.about == "大华医院"


def test_an_ordinal_stands_for_one_of_the_names_before(talk: Talk) -> None:
    """第二个 is the second of the names that were answered."""
    talk.says("2024年哪些医院新址竣工投用？", "中心医院", "大华医院")
    assert talk.says("第二个有多少张床位？").text == "2024年大华医院有多少张床位？"


def test_a_question_of_its_own_starts_afresh(talk: Talk) -> None:
    """A question with its own year and subject takes nothing over."""
    talk.says("2024年加装电梯完工多少台？")
    completed = talk.says("2025年认知症床位完成改建多少张？")
    assert (completed.text, completed.last) == ("2025年认知症床位完成改建多少张？", None)


def test_a_year_only_carried_over_can_be_dropped(talk: Talk) -> None:
    """A follow-up that names no year says what it is without the year before."""
    talk.says("2024年加装电梯完工多少台？")
    completed = talk.says("孵化器有几家？")
    assert (completed.text, completed.undated) == ("2024年孵化器有几家？", "孵化器有几家？")


def test_an_english_follow_up_reads_as_chinese(talk: Talk) -> None:
    """Translated key words come in the order of a Chinese question."""
    talk.says("2024年加装电梯完工多少台？")
    completed = talk.says("多少 目标 2025年？", original="And the 2025 target?")
    assert completed.text == "2025年加装电梯完工目标是多少台？"


def test_going_over_to_another_thing_is_told_from_asking_about_the_same(talk: Talk) -> None:
    """After 「X呢」 the talk is about X even where nothing is found; a question on the side leaves it where it was."""
    talk.says("2024年新增城市公园多少座？")
    assert talk.says("那街心花园呢").moved
    assert not talk.says("门票多少钱").moved


def test_why_is_not_lost(talk: Talk) -> None:
    """A follow-up that asks for the reason asks for it when completed."""
    talk.says("2024年加装电梯完工多少台？")
    assert "为什么" in talk.says("为什么增加了").text


def test_thanks_change_nothing(talk: Talk) -> None:
    """谢谢 is no question, and what comes after it goes on from the turn before."""
    talk.says("2024年加装电梯完工多少台？")
    assert talk.says("谢谢").text == "谢谢"
    assert talk.says("2025年呢").text == "2025年加装电梯完工多少台？"


def test_the_completed_question_does_not_grow(talk: Talk) -> None:
    """However long the conversation, its questions stay short and its turns few."""
    talk.says("2024年加装电梯完工多少台？")
    for text in ("2025年呢", "排名呢", "增长多少", "那街心花园呢", "其中税收占多少", "目标呢", "它呢") * 6:
        assert len(talk.says(text).text) <= 40
    assert len(talk.conversation.turns) == 10


def test_no_turn_leaves_the_conversation_where_it_is(talk: Talk) -> None:
    """A refusal that is no turn of its own keeps what the question before was about."""
    talk.says("2024年加装电梯完工多少台？")
    before = talk.conversation.last
    talk.conversation.add(None)
    assert talk.conversation.last is before


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("今年旧房子装电梯，完工的有多少台呀", Frame("旧房子装电梯完工", "有多少台")),
        ("2025年推出几个灯塔书房？", Frame("推出灯塔书房", "几个")),
        ("2024年临江区有哪些医院竣工？", Frame("医院竣工", "是哪些")),
        ("救助金今年发了多少钱？", Frame("救助金", "发了多少钱")),
        ("架空线 竣工 2024", Frame("架空线竣工", "")),
    ],
)
def test_a_question_falls_into_topic_and_asking_words(text: str, frame: Frame) -> None:
    """The topic is without year, place, politeness and asking words."""
    assert frame_of(text, PLACE) == frame


@pytest.mark.parametrize("follow_up", ["分别叫什么名字？", "都有哪些？", "它们分别是什么"])
def test_what_was_counted_can_be_listed(talk: Talk, follow_up: str) -> None:
    """After a count, the names asked for are those of the things counted."""
    talk.says("2024年新增城市公园几座？", "2座")
    assert talk.says(follow_up).text == "2024年新增城市公园有哪些？"


def test_a_pointer_goes_back_to_the_thing_that_the_question_named(talk: Talk) -> None:
    """「它」 after 「X入选了什么」 is X, not what X was chosen for."""
    talk.says("“数链空间”入选了什么品牌？", "某某品牌", name="某某品牌")
    assert "“数链空间”" in talk.says("它引进了多少家企业？").text


def test_a_deed_is_asked_about_again_with_all_that_it_was_done_to(talk: Talk) -> None:
    """「力争完工多少台」 after 「加装电梯完工多少台」 asks the same of another year."""
    talk.says("2024年既有多层住宅加装电梯完工多少台？", "333台")
    assert talk.says("2025年力争完工多少台？").text == "2025年既有多层住宅加装电梯完工目标是多少台？"


@pytest.mark.parametrize("text", ["不对，我问的是竣工的", "我说的是竣工的"])
def test_a_correction_takes_the_place_of_what_was_asked(talk: Talk, text: str) -> None:
    """What is corrected is asked like the question before."""
    talk.says("2024年开工多少万平方米？", "235万平方米")
    assert talk.says(text).text == "2024年竣工多少万平方米？"
