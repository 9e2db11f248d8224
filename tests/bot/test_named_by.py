"""Names that stand beside an owner, names that are numbers, and what is added up over years and groups."""

from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from bot.types import AnswerStatus

REPORT = """# 清江县2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划报告

## 一、2024年国民经济和社会发展计划执行情况

支持东山科技“青松计划”、北岭软件“白鹭计划”等项目。城西8号地块完成收储，滨河路341弄改造完工，滨河路12号楼启用。推动《清江谣》首演地纪念馆（红砖小楼）改造。

加装电梯完工120台。机械产业总产出完成850亿元，化工产业总产出完成1000亿元，纺织产业总产出完成1500亿元。

学校开工30万平方米、竣工25万平方米。

## 二、2025年国民经济和社会发展计划安排

加装电梯力争完工90台。
"""


@pytest.fixture(scope="module")
def county(invented: Callable[[str], Assistant]) -> Assistant:
    """The assistant over a small report of an invented county."""
    return invented(REPORT)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("东山科技的计划叫什么", "青松计划"),
        ("北岭软件的那个计划叫啥", "白鹭计划"),
        ("城西几号地块完成了收储", "8号"),
        ("滨河路多少弄改造完工", "341弄"),
        ("清江谣首演的纪念馆叫什么楼", "红砖小楼"),
        ("电梯加装两年一共多少台", "210台"),
        ("三大产业的总产出加起来多少", "3350亿元"),
    ],
)
def test_it_is_called_or_comes_to(county: Assistant, question: str, short: str) -> None:
    """The name beside its owner, the number that names a thing, and the sum over years or of a group are told."""
    answer = county.ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.short[0].replace(" ", "") == short


def test_nobody_elses_name_is_told(county: Assistant) -> None:
    """The name of one owner's thing is not told of another's."""
    assert county.ask("北岭软件的计划叫什么").short == ("白鹭计划",)
    assert not {"青松计划", "白鹭计划"} & set(county.ask("南湖软件的计划叫什么").short)
