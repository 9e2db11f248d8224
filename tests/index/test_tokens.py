"""Bigrams and words."""

import subprocess
import sys

import pytest

from index.tokens import Words, bigrams, full_dictionary

TEXTS = ["完成旧住房更新改造60万平方米", "地区生产总值增长4.8%", "新建托育服务点8个"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("生产总值", ["生产", "产总", "总值"]),
        ("增长4.8%。", ["增长", "4.8"]),
        ("Ａ股，5G", ["a", "股", "5", "g"]),
        ("２０２４年", ["2024", "年"]),
        ("", []),
        ("，。 ", []),
    ],
)
def test_bigrams(text: str, found: list[str]) -> None:
    """Neighbouring characters pair up inside a run; numbers and foreign words stay whole, in plain width and case."""
    assert bigrams(text) == found


def test_words_of_the_corpus_are_cut_as_with_the_full_dictionary() -> None:
    """The kept words suffice to cut the texts that they were found in."""
    words = Words.of(TEXTS)
    for text in TEXTS:
        whole = [word for word in full_dictionary().lcut_for_search(text) if word.isalnum() and not word[0].isdigit()]
        assert [word for word in words.cut(text) if not word[0].isdigit()] == whole


def test_words_are_kept_as_text() -> None:
    """What is read back cuts alike, and is written alike."""
    words = Words.of(TEXTS)
    again = Words.from_text(words.as_text())
    assert again.as_text() == words.as_text()
    assert again.cut("托育服务点和生产总值") == words.cut("托育服务点和生产总值")


@pytest.mark.parametrize("text", ["生产", "生产 多", "生产 1 2"])
def test_another_layout_is_refused(text: str) -> None:
    """A line is a word, a space and a whole number."""
    with pytest.raises(ValueError, match=r"unpack|int\(\)"):
        Words.from_text(text)


def test_a_question_loads_no_full_dictionary() -> None:
    """Cutting with kept words opens neither jieba's dictionary nor its cache."""
    program = (
        "import builtins, index.tokens as t, jieba\n"
        "def refuse(*a, **k): raise SystemExit('the full dictionary was loaded')\n"
        "jieba.Tokenizer.initialize = jieba.Tokenizer.get_dict_file = refuse\n"
        "print(t.Words({'生产': 9, '总值': 9}).cut('生产总值'))\n"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['生产', '总值']"
