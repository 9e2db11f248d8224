"""The two word lists a person may add to: both parse, and neither holds a line that would do nothing or harm."""

import re
from dataclasses import dataclass
from importlib.resources import files

from bot.lexicon import everyday, light
from bot.mending import frequent
from bot.terms import Vocabulary
from bot.translating import to_chinese

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SEPARATOR = " = "
LONGEST_WORD = 12
FEW_LIGHT = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a word list, with its number for the message of a failing test."""

    line: int
    left: str
    right: tuple[str, ...]


def lines_of(name: str) -> list[tuple[int, str]]:
    """The numbered lines of a word list that are neither empty nor comments."""
    text = files("bot").joinpath("lexicon", name).read_text(encoding="utf-8")
    numbered = enumerate(text.split("\n"), start=1)
    return [(number, line) for number, line in numbered if line.strip() and not line.startswith("#")]


def entries_of(name: str) -> list[Entry]:
    """The entries of a word list; a line of any other form fails the test."""
    entries: list[Entry] = []
    for number, line in lines_of(name):
        if line.startswith("- "):
            continue
        left, separator, right = line.partition(SEPARATOR)
        assert separator, f"{name}:{number} has no ' = ': {line}"
        assert line == line.strip(), f"{name}:{number} has spaces at an end"
        assert SEPARATOR not in right, f"{name}:{number} has two ' = ': {line}"
        assert right.strip(), f"{name}:{number} has nothing on the right: {line}"
        entries.append(Entry(number, left, tuple(right.split())))
    return entries


def function_words() -> list[str]:
    """The English words that carry no meaning."""
    return [word for _, line in lines_of("english.txt") if line.startswith("- ") for word in line[2:].split()]


def repeated(words: list[str]) -> list[str]:
    """The words that stand more than once."""
    seen: set[str] = set()
    return [word for word in words if word in seen or seen.add(word)]  # type: ignore[func-returns-value]


def test_everyday_has_enough_lines() -> None:
    """The everyday list covers the topics of a report, not a handful of words."""
    assert len(entries_of("everyday.txt")) >= 500


def test_english_has_enough_entries() -> None:
    """The English glossary covers the report and the questions about it."""
    assert len(entries_of("english.txt")) >= 900


def test_everyday_has_no_function_words() -> None:
    """Only the English list has lines of function words."""
    assert not [line for _, line in lines_of("everyday.txt") if line.startswith("-")]


def test_no_everyday_word_is_its_own_official_word() -> None:
    """A word that stands for itself adds nothing."""
    wrong = [(e.line, word) for e in entries_of("everyday.txt") for word in e.right if word in e.left.split("、")]
    assert wrong == []


def test_every_everyday_word_stands_on_one_line() -> None:
    """Where an everyday word may mean several things, they share one line."""
    assert repeated([word for entry in entries_of("everyday.txt") for word in entry.right]) == []


def test_no_word_of_everyday_is_one_character() -> None:
    """One character is a part of far too many other words."""
    words = [(e.line, word) for e in entries_of("everyday.txt") for word in (*e.left.split("、"), *e.right)]
    assert [found for found in words if len(found[1]) < 2] == []


def test_official_words_hold_no_space() -> None:
    """Official words are parted by 、 alone."""
    assert [e.line for e in entries_of("everyday.txt") if " " in e.left] == []


def test_everyday_words_are_not_common_parts_of_other_words() -> None:
    """Words that stand inside quite different phrases, named beside them, are not cut out of those."""
    traps = {
        "家医": "专家医生",
        "分发": "充分发挥",
        "学技术": "科学技术奖",
        "国中小": "全国中小学",
        "技校": "高科技校园",
        "高企": "提高企业满意度",
        "中专": "其中专精特新企业",
        "新路": "创新路径",
        "里长": "公里长",
        "ai": "Shanghai",
    }
    assert all(word in phrase for word, phrase in traps.items())
    vocabulary = Vocabulary([], [], everyday())
    cut = {word for word, phrase in traps.items() if word in [piece for piece, _ in vocabulary.cut(phrase)]}
    assert cut.isdisjoint(everyday())


def test_tax_revenue_does_not_stand_for_all_revenue() -> None:
    """An everyday word never names a narrower figure."""
    official = {word: e.left.split("、") for e in entries_of("everyday.txt") for word in e.right}
    assert official["财政收入"] == ["一般公共预算收入"]
    assert "税收收入" not in official["财政收入"]


def test_english_keys_stand_once() -> None:
    """No English phrase has two translations on two lines."""
    assert repeated([entry.left for entry in entries_of("english.txt")]) == []


def test_english_keys_are_plain_lower_case() -> None:
    """English phrases are lower case, as the matching expects."""
    pattern = re.compile(r"[a-z0-9][a-z0-9 .,'&-]*")
    assert [(e.line, e.left) for e in entries_of("english.txt") if not pattern.fullmatch(e.left)] == []


def test_english_right_sides_are_chinese() -> None:
    """Every translation holds Chinese characters."""
    wrong = [(e.line, word) for e in entries_of("english.txt") for word in e.right if not CHINESE.search(word)]
    assert wrong == []


def test_everyday_official_words_name_something_chinese() -> None:
    """Official words are Chinese, but for what the reports themselves print."""
    printed = {"PM2.5", "PM10"}
    words = {word for entry in entries_of("everyday.txt") for word in entry.left.split("、")}
    assert [word for word in sorted(words) if not CHINESE.search(word) and word not in printed] == []


def test_function_words_are_no_keys() -> None:
    """A function word is dropped, so it cannot be translated as well."""
    words = function_words()
    assert {"the", "of", "in", "was"} <= set(words)
    assert repeated(words) == []
    assert {entry.left for entry in entries_of("english.txt")}.isdisjoint(words)


def test_everyday_words_are_no_longer_than_a_cut_word() -> None:
    """A question is cut into words of at most twelve characters: a longer entry would never be found."""
    words = [(e.line, word) for e in entries_of("everyday.txt") for word in e.right]
    assert [found for found in words if len(found[1]) > LONGEST_WORD] == []


def test_everyday_words_do_not_ask() -> None:
    """An entry names a thing: the asking word of a question is no part of it."""
    words = [(e.line, word) for e in entries_of("everyday.txt") for word in e.right]
    assert [found for found in words if re.search(r"哪[些几个家条座]|什么时候|怎么办", found[1])] == []


def test_light_words_do_not_tell_indicators_apart() -> None:
    """What parts one figure from its neighbour is never light."""
    telling = set(
        "新增 累计 净增 开工 竣工 完工 在建 新开工 新建 改建 签约 备案 入孵 上市 注册 登记 占比率 失业 就业 税收 非税 "
        "国家级 市级 区级 老年人 残疾人 儿童 学生 小区 道路 公园 绿地 床位 电梯 企业 岗位 住房 浓度 "
        "满意率 解决率 响应率 上半年 下半年 一季度 农村 城镇 进口 出口 开放 关闭".split()
    )
    assert telling.isdisjoint(light())


def test_light_words_stand_for_nothing_else() -> None:
    """A light word is no everyday word for something that counts."""
    words = {word for entry in entries_of("everyday.txt") for word in entry.right}
    both = words & light()
    assert len(both) <= FEW_LIGHT, sorted(both)


def test_ways_of_asking_are_patterns_with_known_markers() -> None:
    """Every line of the English ways of asking is a marker that gets written and a pattern that matches."""
    for number, line in lines_of("asking.txt"):
        marker, _, pattern = line.partition(" ")
        assert marker in {"-", ","} or re.fullmatch(r"<[a-z]+>", marker), f"asking.txt:{number}"
        assert not re.compile(pattern).fullmatch(""), f"asking.txt:{number} matches nothing at all"


def test_no_way_of_asking_is_left_in_the_chinese() -> None:
    """Each marker is written out in Chinese."""
    markers = {line.partition(" ")[0] for _, line in lines_of("asking.txt")} - {"-", ","}
    assert markers
    for marker in sorted(markers):
        text = to_chinese(f"{marker} roads were completed in the district in 2024", "道路 竣工")
        assert "<" not in text, marker
        assert re.search(CHINESE, text), marker


def test_every_common_character_has_a_sound() -> None:
    """Each character of the lists of words sounds like something."""
    sounding = {character for _, line in lines_of("pinyin.txt") for character in line.partition(" ")[2]}
    written = {character for word in frequent() for character in word}
    assert len(written - sounding) <= 0.01 * len(written)


def test_sounds_are_syllables() -> None:
    """Each line of the sounds is one syllable in plain letters and its characters, each once."""
    syllables = [line.partition(" ")[0] for _, line in lines_of("pinyin.txt")]
    assert repeated(syllables) == []
    assert [syllable for syllable in syllables if not re.fullmatch(r"[a-z]{1,6}", syllable)] == []
    assert {"zhang", "chang"} <= {
        line.partition(" ")[0] for _, line in lines_of("pinyin.txt") if "长" in line.partition(" ")[2]
    }


def test_common_words_stand_once() -> None:
    """A common word has one count."""
    words = [word for _, line in lines_of("frequent.txt") for word in line.split()[1:]]
    assert repeated(words) == []
    assert len(words) > 30_000
