"""Mending slips: a long run of them costs no more than its length."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.mending import _REMEMBERED, Mender

CHARACTERS = st.text("新曾增绿地第面积机及不是一分多少拆除违法建筑徽汇区年度", min_size=2, max_size=24)


@pytest.fixture(scope="module")
def mender(assistant: Assistant) -> Mender:
    """A mender with the words of the report that the project ships."""
    return assistant.understand("地区生产总值")[1].vocabulary._mender


@given(CHARACTERS)
def test_what_is_near_the_slip_decides(mender: Mender, run: str) -> None:
    """Cutting anew only what is near a mended slip gives the cost of cutting the whole run anew."""
    before, after = mender._up_to(run), mender._up_to(run[::-1], -1)[::-1]
    assert before[-1] == pytest.approx(after[0])
    for start, end, word, _ in mender._mended(run, ()):
        whole = mender._up_to(run[:start] + word + run[end:])[-1]
        assert mender._with(word, (start, end), run, before, after) == pytest.approx(whole)


@pytest.mark.parametrize("run", ["来年要增的只有今年的几成", "这一轮办展签了多少年", "在建的有多少天"])
def test_what_is_written_well_is_left_alone(mender: Mender, run: str) -> None:
    """A word and its particle, and a way of asking, are no slip for a word that sounds alike."""
    assert mender.mend(run) == run


def test_memory_is_bounded(mender: Mender) -> None:
    """Whoever asks for what no report holds does not fill the memory."""
    for first, second in pairwise(range(0x4E00, 0x9F00, 64)):
        mender.mend("".join(map(chr, range(first, second))))
        assert len(mender._costs) <= _REMEMBERED


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("创业训练营培训学圆多少名", "创业训练营培训学员多少名"),
        ("既有多层住宅加装电梯工完多少台", "既有多层住宅加装电梯完工多少台"),
        ("生活垃圾回收利率用的目标", "生活垃圾回收利用率的目标"),
        ("华泾门户功能区竣工顶目有哪些", "华泾门户功能区竣工项目有哪些"),
        ("“三合一”这种违规住人的地方整改了几处", "“三合一”这种违规住人的地方整改了几处"),
    ],
)
def test_order_shape_and_company_tell_what_was_meant(assistant: Assistant, written: str, meant: str) -> None:
    """Neighbours that changed places, a look-alike, and of two words that sound alike the one that fits the rest."""
    world = next(iter(assistant.worlds.values()))
    assert world.vocabulary.mend(written, re.compile("徐汇")) == meant
