"""What a question wants, read from its words alone: years, status, kind, units, the kind of answer, its parts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lexicon import everyday
from bot.question import Question, Want, asks_who, asks_why, body_of, parse, years_of
from bot.splitting import split_asks
from bot.terms import Vocabulary
from bot.units import Kind, asked_unit, units_of
from corpus.types import BlockKind, Passage, Report, Span, Status

REPORT = Report("云溪", "云溪区报告", "云溪区", date(2024, 12, 20), 2024, 2025, "", "")
SENTENCES = ("农田改造完成320亩，新建泵站5座。", "渔港旅游收入18亿元，占全市比重12%。", "码头疏浚航道三条。")
WORDS = "农田 改造 泵站 渔港 旅游 收入 比重 全市 新建 码头 疏浚 航道"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The words of a small report."""
    passages = [
        Passage(f"p{n}", "云溪", n, BlockKind.PARAGRAPH, text, (Span(0, len(text)),), (), None, None, (), 2024, None)
        for n, text in enumerate(SENTENCES)
    ]
    return Vocabulary(WORDS.split(), passages, everyday())


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年泵站几座", (2024,)),
        ("2025年度泵站几座", (2025,)),
        ("2025 年泵站", (2025,)),
        ("24年泵站几座", (2024,)),
        ("25年泵站几座", (2025,)),
        ("124年泵站几座", ()),
        ("今年泵站几座", (2024,)),
        ("本年度泵站几座", (2024,)),
        ("去年泵站几座", (2023,)),
        ("上一年泵站几座", (2023,)),
        ("前年泵站几座", (2022,)),
        ("大前年泵站几座", (2021,)),
        ("明年泵站几座", (2025,)),
        ("来年泵站几座", (2025,)),
        ("下一年泵站几座", (2025,)),
        ("次年泵站几座", (2025,)),
        ("后年泵站几座", (2026,)),
        ("今年和明年泵站各几座", (2024, 2025)),
        ("2024年和2025年泵站各几座", (2024, 2025)),
        ("2025年比2024年多几座泵站", (2025, 2024)),
        ("去年（2023年）泵站几座", (2023,)),
        ("今年(2024年)泵站几座", (2024,)),
        ("泵站比去年多几座", ()),
        ("泵站几座", ()),
        ("近五年泵站几座", ()),
        ("2025年年内泵站几座", (2025,)),
        ("2023年本年度泵站几座", (2023,)),
        ("2024 泵站", (2024,)),
    ],
)
def test_years_are_named_or_counted_from_the_reports_date(text: str, years: tuple[int, ...]) -> None:
    """In December 2024 this year is 2024 and the next 2025; what is compared with is no year asked for."""
    assert years_of(text, REPORT) == years


@pytest.mark.parametrize("text", ["建了2024座泵站，对吗", "农田改造超过2025亩了吗", "泵站有2012个吗"])
def test_a_number_with_a_unit_is_no_year(text: str) -> None:
    """What is counted by a unit is a figure, though it looks like a year."""
    assert years_of(text, REPORT) == ()


def test_a_year_before_the_one_named_is_counted_from_it() -> None:
    """Where a question names a year itself, the year before is the one before that."""
    assert years_of("2030年和上一年泵站各几座", REPORT) == (2030, 2029)


@given(
    st.integers(2000, 2099), st.sampled_from(["{}年泵站几座", "泵站 {}年", "在{}年度，泵站几座", "泵站（{}年）几座"])
)
def test_every_year_of_the_century_is_read(year: int, form: str) -> None:
    """A year in four digits is read wherever it stands, and only it."""
    assert years_of(form.format(year), REPORT) == (year,)


@given(st.dates(date(2010, 1, 1), date(2090, 1, 1)))
def test_relative_years_follow_the_date(day: date) -> None:
    """今年 is the year of the report's date, whatever year it reports on."""
    report = Report("r", "", "云溪区", day, day.year - 1, day.year, "", "")
    assert years_of("今年泵站几座", report) == (day.year,)
    assert years_of("去年泵站几座", report) == (day.year - 1,)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("2024年泵站几座", Status.ACTUAL),
        ("2025年泵站几座", Status.TARGET),
        ("明年泵站几座", Status.TARGET),
        ("农田计划改造多少亩", Status.TARGET),
        ("力争建泵站几座", Status.TARGET),
        ("泵站的目标是几座", Status.TARGET),
        ("准备疏浚几条航道", Status.TARGET),
        ("打算修几座泵站", Status.TARGET),
        ("农田实际改造多少亩", Status.ACTUAL),
        ("已经建成泵站几座", Status.ACTUAL),
        ("目前泵站几座", Status.ACTUAL),
        ("修了几座泵站", Status.ACTUAL),
        ("泵站几座", None),
        ("今年和明年泵站各几座", None),
    ],
)
def test_status_words_and_years_tell_results_from_targets(
    vocabulary: Vocabulary, text: str, status: Status | None
) -> None:
    """The year decides, else the words do; two years or none of either leave it open."""
    assert parse(text, REPORT, vocabulary).status is status


def test_the_target_of_the_year_reported_on_is_no_result(vocabulary: Vocabulary) -> None:
    """A question for last year's target does not want what was achieved."""
    assert parse("2024年泵站的目标是几座", REPORT, vocabulary).status is not Status.ACTUAL


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("渔港旅游收入多少", None),
        ("渔港旅游收入同比增长多少", Kind.GROWTH),
        ("渔港旅游收入增速", Kind.GROWTH),
        ("渔港旅游收入涨幅是多少", Kind.GROWTH),
        ("渔港旅游收入下降多少", Kind.GROWTH),
        ("渔港旅游收入提高几个百分点", Kind.GROWTH),
        ("新增泵站多少座", None),
        ("渔港旅游收入占全市多少", Kind.SHARE),
        ("渔港旅游收入占比", Kind.SHARE),
        ("渔港旅游收入的比重是几分之几", Kind.SHARE),
        ("渔港旅游收入排全市第几", Kind.RANK),
        ("渔港旅游收入位居第几名", Kind.RANK),
        ("渔港旅游收入排名", Kind.RANK),
        ("泵站明年安排几座", None),
    ],
)
def test_the_kind_of_figure_is_read(vocabulary: Vocabulary, text: str, kind: Kind | None) -> None:
    """Growth, share and rank are told from the level, and what is newly added is a level."""
    assert parse(text, REPORT, vocabulary).kind is kind


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("泵站几座", {"座", "处", "个"}, {"亩", "元", "%"}),
        ("农田改造多少亩", {"亩", "公顷", "平方米"}, {"公里", "个"}),
        ("农田面积多大", {"亩", "平方米"}, {"公里"}),
        ("航道多长", {"公里", "米"}, {"亩"}),
        ("码头花了多少钱", {"元"}, {"座"}),
        ("渔港旅游收入多少亿元", {"元"}, {"%"}),
        ("渔港旅游收入增长多少", {"%", "个百分点"}, {"元"}),
        ("渔港旅游收入占比", {"%", "成"}, {"元"}),
        ("渔港旅游收入排第几名", {"位"}, {"%", "元"}),
        ("渔港有多少人", {"人", "名", "户"}, {"个", "座"}),
        ("疏浚航道几条", {"条", "项"}, {"座"}),
        ("泵站多少个", {"个", "座", "处", "台"}, {"亩", "元", "公里"}),
        ("粉尘浓度是多少", {"微克/立方米"}, {"%"}),
        ("泵站 座数", {"座"}, {"亩"}),
        ("农田合格率是多少", {"%"}, {"亩"}),
    ],
)
def test_units_are_those_that_the_question_leaves_open(
    vocabulary: Vocabulary, text: str, inside: set[str], outside: set[str]
) -> None:
    """A classifier stands for its like, 个 for every classifier, and a measure for its dimension alone."""
    units = parse(text, REPORT, vocabulary).units
    assert inside <= units
    assert not outside & units


@pytest.mark.parametrize(
    ("text", "unit"),
    [("泵站多少座", "座"), ("花了多少钱", "元"), ("涨了几个点", "%"), ("泵站 座数", "座"), ("农田 面积", None)],
)
def test_the_very_unit_is_told(text: str, unit: str | None) -> None:
    """The unit that a question names is told as the report writes it, or that it names none."""
    assert asked_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("农田改造多少亩", Want.FIGURE),
        ("渔港 旅游收入", Want.FIGURE),
        ("渔港旅游收入增速", Want.FIGURE),
        ("渔港旅游收入排第几", Want.FIGURE),
        ("泵站建了吗", Want.YESNO),
        ("有没有建泵站", Want.YESNO),
        ("泵站建成了没有", Want.YESNO),
        ("是不是建了5座泵站", Want.YESNO),
        ("泵站建了5座，对吗", Want.YESNO),
        ("泵站是否超过3座", Want.YESNO),
        ("泵站有哪些", Want.LIST),
        ("列出新建的泵站", Want.LIST),
        ("哪两条航道疏浚了", Want.LIST),
        ("泵站改造包括什么", Want.LIST),
        ("谁负责泵站", Want.NAME),
        ("哪条航道疏浚了", Want.NAME),
        ("第几次会议", Want.NAME),
        ("泵站什么时候建成", Want.DATE),
        ("何时完工", Want.DATE),
        ("哪一年开工", Want.DATE),
        ("哪个泵站最大", Want.CHOICE),
        ("泵站和码头哪个多", Want.CHOICE),
        ("泵站多还是码头多", Want.CHOICE),
        ("泵站与码头相差多少", Want.DIFFERENCE),
        ("泵站比码头多几座", Want.DIFFERENCE),
        ("2025年是2024年的几倍", Want.DIFFERENCE),
        ("什么是航道疏浚", Want.TEXT),
        ("泵站改造情况怎么样", Want.TEXT),
        ("介绍渔港", Want.TEXT),
    ],
)
def test_the_kind_of_answer_is_read(vocabulary: Vocabulary, text: str, want: Want) -> None:
    """Figures, yes or no, names, lists, dates, choices, differences and descriptions are told apart."""
    assert parse(text, REPORT, vocabulary).want is want


@pytest.mark.parametrize(
    ("text", "is_open"),
    [("渔港 旅游收入", True), ("2024年泵站", True), ("农田 面积 亩", True), ("泵站几座", False), ("泵站建了吗", False)],
)
def test_key_words_are_told_from_questions(vocabulary: Vocabulary, text: str, is_open: bool) -> None:
    """Words without an asking word are key words."""
    assert parse(text, REPORT, vocabulary).open is is_open


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("2024年云溪区农田改造多少亩", ["农田", "改造"]),
        ("请问一下，咱们区去年泵站一共有多少座呀？", ["泵站"]),
        ("农田面积多大", ["农田"]),
        ("渔港，泵站，渔港", ["渔港", "泵站"]),
        ("多少？", []),
    ],
)
def test_terms_say_what_it_is_about(vocabulary: Vocabulary, text: str, terms: list[str]) -> None:
    """Years, the report's own place, politeness, asking words and what the unit says already are no terms."""
    assert [term.text for term in parse(text, REPORT, vocabulary).terms] == terms


def test_the_body_names_no_own_place() -> None:
    """The place is left out in its full and its short form, another place that begins like it is not."""
    assert body_of("云溪区泵站", REPORT) == body_of("云溪泵站", REPORT) == "泵站"
    assert "云溪中学" in body_of("云溪中学泵站", REPORT)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("泵站建了5座，对吗", ["5座"]),
        ("农田改造超过300亩了吗", ["超过300亩"]),
        ("2024年建了几座", []),
        ("泵站增长12%和3座是真的吗", ["12%", "3座"]),
    ],
)
def test_figures_of_a_question_are_its_claims(vocabulary: Vocabulary, text: str, claims: list[str]) -> None:
    """A figure that the question states itself is kept to be judged; a year is none."""
    assert [figure.text for figure in parse(text, REPORT, vocabulary).claims] == claims


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("农田改造多少亩", ["农田改造多少亩"]),
        ("农田改造多少亩，泵站几座", ["农田改造多少亩", "泵站几座"]),
        ("农田改造多少亩？泵站建了几座？", ["农田改造多少亩", "泵站建了几座"]),
        ("旅游收入是多少，同比增长多少", ["旅游收入是多少", "同比增长多少"]),
        ("农田改造多少亩和泵站建了几座", ["农田改造多少亩", "泵站建了几座"]),
        ("农田、泵站、码头改造", ["农田、泵站、码头改造"]),
    ],
)
def test_a_question_is_split_where_it_asks_again(text: str, parts: list[str]) -> None:
    """Each part of a question that asks by itself is one; a list of things is none."""
    assert split_asks(text) == parts


def test_a_year_alone_is_no_question() -> None:
    """Two years before one asking word are one question about two years."""
    assert split_asks("2024年和2025年泵站各几座") == ["2024年和2025年泵站各几座"]


@pytest.mark.parametrize(
    ("text", "who", "why"),
    [
        ("谁负责泵站", True, False),
        ("为什么疏浚航道", False, True),
        ("泵站几座", False, False),
        ("航道疏浚的原因", False, True),
    ],
)
def test_persons_and_reasons_are_told(vocabulary: Vocabulary, text: str, who: bool, why: bool) -> None:
    """A question for a person or a reason is known as such."""
    question = parse(text, REPORT, vocabulary)
    assert (asks_who(question), asks_why(question)) == (who, why)


@given(st.text("农田泵站渔港二四五零年今明去比多少几座哪吗。，？2045%万亩是", max_size=40))
def test_any_words_are_understood_alike_twice(text: str) -> None:
    """No words are beyond reading, and what is read depends on them alone."""
    vocabulary = Vocabulary(WORDS.split(), [], everyday())
    first, second = parse(text, REPORT, vocabulary), parse(text, REPORT, vocabulary)
    assert isinstance(first, Question)
    assert first == second


@pytest.mark.parametrize(
    ("text", "unit"),
    [("装了多少部电梯？", "部"), ("办成了几桩事？", "项"), ("多出来多少个位子？", "个"), ("涉及多少部门？", None)],
)
def test_everyday_classifiers_are_units(text: str, unit: str | None) -> None:
    """部 and 桩 count what reports count in 台 and 项; a noun that begins with such a character is none."""
    assert asked_unit(text) == unit


@pytest.mark.parametrize("text", ["拉来多少外资？", "拿到多少救济款？", "发了多少津贴？"])
def test_money_is_asked_for_by_its_name(text: str) -> None:
    """Foreign capital, relief and allowances are sums of money."""
    assert "元" in units_of(text, None)


@pytest.mark.parametrize("text", ["来了多少外资企业？", "落户了多少投资机构？"])
def test_who_has_the_money_is_no_money(text: str) -> None:
    """What only begins with a word for money is counted, not paid."""
    assert "元" not in units_of(text, None)


def test_a_number_with_its_classifier_tells_little(vocabulary: Vocabulary) -> None:
    """「两处」 need not stand in the report, a thing that the report does not name must."""
    assert vocabulary.term("两处").weight < 0.25 < vocabulary.term("菜场").weight


def test_every_everyday_word_is_read_as_one_word(vocabulary: Vocabulary) -> None:
    """No entry of the word list is cut by what is left off a question (「将来的产业」) or by its script."""
    told = {word: [term.text for term in parse(word, REPORT, vocabulary).terms] for word in everyday()}
    mended = {"胜过", "上海第一个", "上海第一家", "上海第一"}  # put in other words before anything is read
    assert {word: terms for word, terms in told.items() if word not in terms and word not in mended} == {}
