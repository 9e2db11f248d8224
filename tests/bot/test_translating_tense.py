"""What English says by its tense and its counted nouns, in the Chinese question."""

import pytest

from bot.translating import to_chinese

KNOWN = "既有多层住宅加装电梯完工333台\n新增大模型企业147家\n提供招聘岗位3.1万个"


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
