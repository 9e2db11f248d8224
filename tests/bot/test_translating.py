"""English questions: the words of the reports, the Chinese way of asking, figures and names."""

import pytest

from bot import stemming
from bot.spelling import name_at
from bot.translating import to_chinese

KNOWN = "\n".join(
    (
        "经济 全年落地亿元级项目12个，一般公共预算收入281.87亿元",
        "交通 银都路隧道建成通车，裕德路（漕溪路-文定路）开工建设",
        "养老 认知症床位完成改建458张，社区长者食堂11家",
        "住房 既有多层住宅加装电梯完工333台，旧住房综合修缮402万平方米",
        "文旅 百代小楼启用",
        "消费 西岸梦中心开业以来客流屡创新高",
        "科创 人工智能及相关产业总产出850亿元，高质量孵化器14家投入使用",
    )
)


def said(question: str) -> str:
    """The Chinese of `question`."""
    return to_chinese(question, KNOWN)


@pytest.mark.parametrize("text", ["2024年GDP是多少？", "AI产业总产出", "PM2.5", "MINIMAX 入选了什么"])
def test_chinese_text_comes_back_as_it_is(text: str) -> None:
    """A question in Chinese is no translator's business, whatever abbreviations it holds."""
    assert to_chinese(text, KNOWN) == text


def test_words_of_the_report_are_taken() -> None:
    """Of several translations the one that stands in the reports is taken, near the question's other words."""
    assert "通车" in said("When did the Yindu Road Tunnel open?")
    assert "开业" in said("When did the West Bund Dream Center open?")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("elevator was installed", "elevators were installed"),
        ("incubators", "incubator"),
        ("widened road", "widening of roads"),
        ("old-house repair", "old house repair"),
        ("neighbourhood programme", "neighborhood program"),
    ],
)
def test_forms_of_a_word_say_the_same(one: str, other: str) -> None:
    """Number, tense, hyphens and British spelling make no difference."""
    assert said(f"Tell me about the {one} in 2024").split() == said(f"Tell me about the {other} in 2024").split()


@pytest.mark.parametrize(
    ("forms", "stem"),
    [
        (("company", "companies", "company's"), "compani"),
        (("plan", "plans", "planned", "planning"), "plan"),
        (("create", "created", "creating", "creates"), "creat"),
        (("build", "built", "building", "builds"), "build"),
        (("modernise", "modernized", "modernising"), "moderniz"),
    ],
)
def test_stem_is_one_for_all_forms(forms: tuple[str, ...], stem: str) -> None:
    """All forms of a word have one stem."""
    assert {stemming.stem(form) for form in forms} == {stem}


@pytest.mark.parametrize("word", ["news", "gas", "bus", "need", "ring", "pm2.5", "ai"])
def test_stem_leaves_what_is_no_ending(word: str) -> None:
    """Letters that only look like an ending stay."""
    assert stemming.stem(word) == word


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Did revenue exceed 30 billion yuan?", "300亿元"),
        ("Did revenue exceed RMB 12.5 million?", "1250万元"),
        ("Is it true that 1,200 people joined?", "1200人"),
        ("Was it more than 5 percent?", "5%"),
        ("Did it rise by 1.78 percentage points?", "1.78个百分点"),
        ("Did investment reach 16.77 billion US dollars?", "167.7亿美元"),
    ],
)
def test_figures_are_written_the_chinese_way(question: str, figure: str) -> None:
    """A figure keeps its value and gets the unit that the reports write."""
    assert figure in said(question).split() or figure in said(question).rstrip("？").split()


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("How many elevators were installed?", "多少台"),
        ("How many incubators are in use?", "多少家"),
        ("How much money was disbursed in subsidies?", "多少钱"),
        ("Did the tunnel open?", "是否"),
        ("The tunnel opened in 2024, right?", "是否"),
        ("By how much did revenue grow?", "增长多少"),
        ("How fast did the economy grow?", "增长多少"),
        ("What was the budget revenue?", "多少"),
        ("Which road started construction?", "哪条"),
        ("Which roads started construction?", "哪些"),
        ("When did the tunnel open?", "什么时候"),
        ("Who delivered the report?", "谁"),
        ("Why did revenue fall?", "为什么"),
        ("In your opinion, was that wise?", "你认为"),
        ("How many fewer beds will be converted in 2025 than in 2024?", "少多少张"),
        ("How many more projects landed than planned?", "多多少"),
        ("What is the difference between the two targets?", "相差多少"),
        ("Which was larger, the budget revenue or the tax revenue?", "哪个更大"),
        ("How many school courses were developed?", "多少门"),
        ("What drop was seen in petitions?", "增长多少"),
        ("What share of the incubators are already in use?", "孵化器 的百分之几"),
        ("What is item 4 in Table 9?", "第4 项"),
        ("In Table 4, which area does the brand belong to?", "写在哪个领域"),
    ],
)
def test_way_of_asking_is_kept(question: str, asks: str) -> None:
    """What is asked for (how many of what, whether, which, how much more) is asked for in Chinese too."""
    assert asks in said(question)


def test_two_questions_stay_two() -> None:
    """A comma parts what is asked together."""
    text = said("How many elevators were installed, and how much money was disbursed?")
    assert text.count("多少") == 2
    assert "，多少钱" in text


def test_a_bare_follow_up_asks_on() -> None:
    """「And …?」 leaves its question to the turn before."""
    assert said("And the 2025 target?").startswith("那")
    assert said("What about Pudong?").endswith("呢？")


def test_names_that_nobody_knows_stay() -> None:
    """A name that neither the glossary nor the reports know is left as it is written."""
    assert "Zaphod" in said("How many projects did Zaphod build in 2024?")


def test_names_in_pinyin_are_found_in_the_reports() -> None:
    """A capitalised name in pinyin is the reports' own name, with its ending."""
    assert name_at(["Yude", "Road"], 0, KNOWN) == ("裕德路", 2)
    assert name_at(["Zhongshan", "Road"], 0, KNOWN) == ("", 0)
    assert name_at(["yude", "road"], 0, KNOWN) == ("", 0)


def test_year_gets_its_word() -> None:
    """Years are written as years."""
    assert "2024年" in said("elevators installed in 2024, by district")


@pytest.mark.parametrize(
    ("english", "has"),
    [
        ("How many elevators were installed?", "2024年"),
        ("How many elevators will be installed?", "2025年"),
        ("Were more than 300 elevators installed?", "300台 "),
        ("Did it add over 100 large model companies?", "100家"),
    ],
)
def test_tense_and_counted_noun_are_said(english: str, has: str) -> None:
    """The past is the year reported on, the future the planned one; a number keeps what it counts."""
    assert has in to_chinese(english, KNOWN, 2024)


@pytest.mark.parametrize("english", ["What was the 2025 target for elevators?", "How many elevators in total?"])
def test_a_year_or_target_named_is_left_alone(english: str) -> None:
    """No second year beside the one that is named, none where no tense says one."""
    assert "2024年" not in to_chinese(english, KNOWN, 2024)
