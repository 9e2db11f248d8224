"""What surrounds a question is left off, and nothing of the question with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.typed import plainly


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("您好，请问公园有几座？谢谢！", "公园有几座？"),
        ("今年那几座公园改造好了", "今年哪几座公园改造好了"),
        ("公园和绿道那个多，多多少", "公园和绿道哪个多，多多少"),
        ("你好 想问一下公园有几座", "公园有几座"),
        ("麻烦帮我查一下公园有几座，多谢啦", "公园有几座"),
        ("打扰了，能不能告诉我公园有几座？辛苦了", "公园有几座？"),
        ("你知道公园有几座吗？", "公园有几座？"),
        ("能查到公园有几座吗", "公园有几座"),
        ("写材料要用，公园有几座，我要准确数字", "公园有几座"),
        ("不懂就问，公园有几座？", "公园有几座？"),
        ("As a resident, how many parks are there?", "how many parks are there?"),
        ("根据报告，公园有几座？", "公园有几座？"),
        ("嗯…公园有几座呢？", "公园有几座？"),
        ("公园有几座来着？", "公园有几座？"),
        ("公园有几座？急，在线等", "公园有几座？"),
        ("公园有几座，具体说说", "公园有几座"),
        ("公园有几座？有数据吗", "公园有几座？"),
        ("再问一下，公园有几座？？", "公园有几座？"),
        ("还想问公园有几座。", "公园有几座"),
        ("那我说的是公园", "我说的是公园"),
        ("绿道是什么意思？", "绿道是什么？"),
        ("绿道到底是怎么回事", "绿道是什么"),
        ("何谓绿道？", "绿道是什么？"),
        ("绿道的含义", "绿道是什么"),
        ("公园有几座 绿地有多少", "公园有几座，绿地有多少"),
        ("二〇二四年公园有几座", "2024年公园有几座"),
        ("Hi there, could you tell me how many parks there are? Thanks a lot!", "how many parks there are?"),
        ("I'd like to know the number of parks, please", "the number of parks"),
    ],
)
def test_the_question_itself_is_left(typed: str, asked: str) -> None:
    """Greetings, thanks, who asks and how the answer is wanted go; blanks between clauses become commas."""
    assert plainly(typed) == asked


@pytest.mark.parametrize(
    "typed",
    [
        "谢谢",
        "你好",
        "那2025年呢？",
        "养老方面，有数据吗",
        "公园建了多少，绿地呢？",
        "绿地 新增 2024",
        "公园 有几座",
        "最后问一下，公园有几座",
        "我是说2025年，有几座",
        "你知道的公园有几座",
        "公园少了是怎么回事",
        "听说建了三座公园，在哪里",
        "报告有几章",
        "请列出公园",
        "加装电梯 完工 台数 目标",
    ],
)
def test_what_is_part_of_the_question_stays(typed: str) -> None:
    """Chat alone, a follow-up, a correction and key words are left as they were typed."""
    assert plainly(typed) == typed


@pytest.mark.parametrize(
    "word", ["急", "谢谢", "请问", "您好，", "嗯…", "呢", "就", "不知道", "，具体说说", "hi ", "thanks "]
)
def test_a_courtesy_said_many_times_is_read_at_once(word: str) -> None:
    """No run of them makes the reading go back and forth: it would not end."""
    assert plainly(f"{word * 200}公园{word * 200}x").endswith("x")


@given(st.text(alphabet="公园有几座多少绿地呢谢你好请问一下年二〇四 ，。？吗", max_size=40))
def test_put_plainly_twice_is_put_plainly_once(text: str) -> None:
    """Nothing is left to take off, and something to read is left of what could be read."""
    once = plainly(text)
    assert plainly(once) == once or len(plainly(once)) < len(once)
    assert any(character.isalnum() for character in once) == any(character.isalnum() for character in text)
