"""What people say to an answer is no question, and what is a question is no remark."""

import pytest

from bot.remarks import is_remark, without_remark

REMARKS = (
    "谢谢 原来如此 哦这样啊 真不少 那挺好 哇这么多 可以的 懂了 没事了 好的谢谢你 嗯，知道了 Thanks! 在吗？".split()
)
QUESTIONS = "多少 多吗 还有 行业 早教 好几个 是多少 那么多少 高不高 都有哪些 可以办吗 这样算 大小".split()


@pytest.mark.parametrize("text", REMARKS)
def test_a_word_to_the_answer_asks_nothing(text: str) -> None:
    """Thanks, assent and wonder are remarks."""
    assert is_remark(text)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_no_remark(text: str) -> None:
    """However short, what asks or names something is no remark and keeps all its words."""
    assert not is_remark(text)
    assert without_remark(text) == text


@pytest.mark.parametrize(
    ("text", "asked"), [("真不少，明年呢", "明年呢"), ("好的那明年呢", "那明年呢"), ("换个话题，GDP多少", "GDP多少")]
)
def test_a_remark_before_a_question_is_left_off(text: str, asked: str) -> None:
    """What opens a turn and asks nothing is no part of its question."""
    assert without_remark(text) == asked
