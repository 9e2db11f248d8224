"""The two word lists a person may add to: both parse, and neither holds a line that would do nothing or harm."""

import re
from dataclasses import dataclass
from importlib.resources import files

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SEPARATOR = " = "


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
    """Words that stand inside quite different phrases, named beside them, stay out."""
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
    words = {word for entry in entries_of("everyday.txt") for word in entry.right}
    assert words.isdisjoint(traps)


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
