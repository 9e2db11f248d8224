"""The words of the reports: cutting, weighing, and mending typing slips without harm to what is right."""

import json
import re
import time
from functools import cache
from pathlib import Path

import pytest

from bot.border import clean, simplified
from bot.lexicon import everyday, light, places
from bot.mending import frequent, heard
from bot.terms import Vocabulary
from corpus.library import find_reports, read_report
from index.tokens import Words

QUESTIONS = Path(__file__).resolve().parents[2] / "evals" / "questions"
KEEP = re.compile("|".join(map(re.escape, places())))
ENOUGH_CHANGED = 0.015  # of correct questions, at most
ENOUGH_MENDED = 0.9  # of questions with slips, at least


@cache
def vocabulary() -> Vocabulary:
    """The words of the reports that the program comes with."""
    passages = [passage for path in find_reports() for passage in read_report(path).passages]
    words = Words.of(passage.text for passage in passages)
    return Vocabulary(words.frequencies, passages, everyday())


def mended(text: str) -> str:
    """`text` without its slips."""
    return vocabulary().mend(text, KEEP)


@cache
def asked() -> tuple[tuple[str, str], ...]:
    """The questions of the development sets, cleaned, each with its style."""
    rows = [
        json.loads(line)
        for path in sorted(QUESTIONS.glob("*-dev*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return tuple((row["style"], simplified(clean(row["question"], 500))) for row in rows if row["style"] != "english")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("徐会区有几家医院", "徐汇区有几家医院"),  # sounds the same
        ("固定资产投姿多少", "固定资产投资多少"),
        ("保障性组赁住房多少套", "保障性租赁住房多少套"),  # z for zh, and an -ng lost
        ("环境空汽质量怎么样", "环境空气质量怎么样"),
        ("名年要新开工多少条道路", "明年要新开工多少条道路"),  # a way of asking
        ("社区长食堂有几家", "社区长者食堂有几家"),  # a character left out
        ("加装电梯梯多少台", "加装电梯多少台"),  # … or typed twice
        ("新建多少家洒店", "新建多少家酒店"),  # looks alike
    ],
)
def test_slips_are_mended(wrong: str, right: str) -> None:
    """A slip gives way to the word of the reports that sounds or looks like it."""
    assert mended(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "给老人家里做适老化改造",
        "全国头一家电玩主题展馆",
        "大型活动全部疏散完要多久",
        "路边可供路人使用的厕所",
        "低保户的纸档案",
        "哪条隧道通车了",
        "设定的上限是多少",
        "改好了多少张床位",
        "多多少少张少多少",
    ],
)
def test_plain_chinese_is_left_alone(text: str) -> None:
    """Words that the reports lack are no slips."""
    assert mended(text) == text


def test_correct_questions_stay() -> None:
    """Hardly any correct question is changed, and none by more than two characters."""
    right = [text for style, text in asked() if style != "typo"]
    changed = [(text, mended(text)) for text in right if mended(text) != text]
    assert len(changed) <= ENOUGH_CHANGED * len(right), changed
    assert all(abs(len(a) - len(b)) < 2 for a, b in changed)


def test_most_slips_are_seen() -> None:
    """Nearly every question with slips is changed."""
    wrong = [text for style, text in asked() if style == "typo"]
    assert sum(mended(text) != text for text in wrong) >= ENOUGH_MENDED * len(wrong)


def test_mending_twice_changes_nothing_more() -> None:
    """What is mended is right."""
    wrong = [text for style, text in asked() if style == "typo"]
    again = [text for text in wrong if mended(mended(text)) != mended(text)]
    assert len(again) <= 0.05 * len(wrong), again


def test_what_is_kept_stays() -> None:
    """A place's name is never taken for a slip."""
    for place in places():
        assert mended(f"{place}的情况") == f"{place}的情况"


def test_digits_and_letters_stay() -> None:
    """Only Chinese characters are mended."""
    text = mended("徐会区2024年PM2.5是29.3吗？AQI呢")
    assert re.sub(r"[\u3400-\u9fff]", "", text) == "2024PM2.529.3？AQI"


def test_mending_is_quick() -> None:
    """Mending a question takes a small part of the time of an answer."""
    mended("徐会区热身")
    texts = [text for _, text in asked()[:100]]
    started = time.perf_counter()
    for text in texts:
        mended(text)
    assert (time.perf_counter() - started) / len(texts) < 0.1


@pytest.mark.parametrize(("one", "other"), [("zhang", "zan"), ("lin", "ning"), ("sheng", "sen"), ("chi", "ci")])
def test_near_sounds_are_heard_as_one(one: str, other: str) -> None:
    """Sounds that many people do not tell apart are heard alike."""
    assert heard(one) == heard(other)


def test_other_sounds_are_heard_apart() -> None:
    """All other sounds differ."""
    assert len({heard(syllable) for syllable in ("ba", "pa", "ma", "fa", "da", "ta", "ga", "ka", "ha", "ji")}) == 10


def test_frequent_words_are_ordered_by_use() -> None:
    """The list of common words knows which is the commoner."""
    assert frequent()["的"] > frequent()["经济"] > frequent()["孵化"] > 0


def test_everyday_word_stands_for_the_reports_word() -> None:
    """A term carries what the reports say for it, and weighs as much as that."""
    (term,) = vocabulary().terms("老人食堂")
    assert "社区长者食堂" in term.variants
    assert term.known
    assert term.weight == pytest.approx(
        max(vocabulary().weight(word) for word in ("社区长者食堂", "长者食堂")), abs=0.2
    )


def test_light_words_weigh_little() -> None:
    """A light word says less than any word that names something."""
    heavy = vocabulary().term("电梯").weight
    assert all(vocabulary().term(word).weight < heavy for word in light())


def test_words_of_one_character_that_run_together_stay_apart() -> None:
    """A stretch made of nothing but words of one character is each of them, no unknown word (「床改」)."""
    found = {term.text: term for term in vocabulary().terms("床改")}
    assert {"床", "改"} <= set(found)
    assert "床位" in found["床"].variants
