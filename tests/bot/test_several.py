"""Several figures in one question: each gets its answer, in the order asked, or the whole is not pretended."""

import pytest

from bot.assistant import Assistant
from bot.types import AnswerStatus


@pytest.mark.parametrize(
    ("report", "question", "short"),
    [
        ("plain", "2031年建成口袋公园几个、绿道多少公里？", ("36个", "118公里")),
        ("plain", "2032年重大项目实施多少个，完成投资多少", ("320个", "1800亿元以上")),
        ("plain", "粮食总产量多少，新能源汽车产量多少", ("58.7亿斤", "突破21万辆")),
        ("plain", "办理代表建议多少件、政协提案多少件", ("214件", "187件")),
        ("plain", "2031年粮食总产量是多少，口袋公园建成几个，绿道多长？", ("58.7亿斤", "36个", "118公里")),
        ("pipes", "高标准农田建了多少，家庭农场培育了几家？", ("3.2万亩", "85家")),
        ("pipes", "建成公交站点多少处，开通旅游专线几条", ("26处", "4条")),
        ("pipes", "2031年实施重点项目多少个，完工多少个", ("75个", "40个")),
        ("traditional", "2029年农村公路新建多少公里，桥梁几座", ("86公里", "5座")),
    ],
)
def test_each_part_gets_its_figure_in_order(
    samples: Assistant, report: str, question: str, short: tuple[str, ...]
) -> None:
    """As many answers as were asked for, each with the unit that its part asked for."""
    assert samples.ask(question, report=report).short == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2024年GDP多少，增长多少", ("3931.2亿元", "4.8%")),
        ("2024年拆除违法建筑多少处，总面积多大", ("649处", "10.6万平方米")),
        ("2024年GDP多少，一般公共预算收入多少", ("3931.2亿元", "281.87亿元")),
        ("人工智能及相关产业总产出、区级税收收入各是多少", ("850亿元", "268.57亿元")),
        ("2024年新增灯塔书房和旧住房成套改造新开工项目分别是多少？", ("5个", "3个")),
        ("2024年重大工程开工多少平方米、竣工多少平方米", ("235万平方米", "230万平方米")),
    ],
)
def test_the_real_report_answers_each_part(assistant: Assistant, question: str, short: tuple[str, ...]) -> None:
    """Parts in one passage or in several are answered alike, each passage cited once."""
    answer = assistant.ask(question)
    assert answer.short == short
    assert len({one.passage for one in answer.citations}) == len(answer.citations)


@pytest.mark.parametrize(
    "question", ["2024年GDP多少，一般公共预算收入多少", "2024年加装电梯完工几台，口袋公园新增几座"]
)
def test_the_parts_are_answered_as_they_are_alone(assistant: Assistant, question: str) -> None:
    """A question of two parts with words of their own gets the short answers that the parts get alone."""
    first, second = question.split("，")
    alone = [assistant.ask(part if "2024" in part else f"2024年{part}").short for part in (first, second)]
    assert assistant.ask(question).short == tuple(short for shorts in alone for short in shorts)


def test_the_order_of_the_parts_is_the_order_of_the_answers(assistant: Assistant) -> None:
    """Asked the other way round, the same figures come the other way round."""
    one = assistant.ask("2024年GDP多少，一般公共预算收入多少").short
    other = assistant.ask("2024年一般公共预算收入多少，GDP多少").short
    assert one == tuple(reversed(other))


def test_a_part_without_an_answer_is_not_made_up(assistant: Assistant) -> None:
    """Where one part stands nowhere in the report, no figure is given for it."""
    answer = assistant.ask("2024年潜水艇下水几艘，航天飞机起飞几架")
    assert answer.status is AnswerStatus.REFUSED
    assert answer.short == ()


@pytest.mark.parametrize(
    "question",
    [
        "2024年和2025年加装电梯各多少台",
        "加装电梯2024年完工多少台，2025年力争完工多少台",
    ],
)
def test_two_years_get_two_figures(assistant: Assistant, question: str) -> None:
    """A question that names both years gets the result and the target, each with its year."""
    answer = assistant.ask(question)
    assert answer.short == ("333台", "200台")
    assert answer.text.index("2024年徐汇区") < answer.text.index("2025年徐汇区")


def test_the_year_named_once_holds_for_all_parts(assistant: Assistant) -> None:
    """Targets of two indicators asked together are those two, or nothing is answered for the one that has none."""
    answer = assistant.ask("2025年GDP目标多少，一般公共预算收入目标多少")
    assert "5.5%" not in "".join(answer.short)
    assert not any("公顷" in short for short in answer.short)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("旧改征收 地块数 证数 面积", ("9个", "7875证", "40.51万平方米")),
        ("市区两级 重大工程 大项 项", ("62大项", "132项")),
        ("校本课程 引入校外课程 门数 节数 分别", ("4000余门", "900余节")),
        ("科创金融的产出和增幅又是多少", ("850亿元", "5%")),
        ("旧改征收地块面积，占全市多少", ("40.51万平方米", "50%")),
        ("大医院放到社区的门诊号，现在放了几成，明年想放到几成", ("50%", "52%")),
        ("装电梯，从今年的多少台降到明年的多少台？", ("333台", "200台")),
    ],
)
def test_each_measure_that_is_named_is_told(assistant: Assistant, question: str, short: tuple[str, ...]) -> None:
    """Measures at the end of key words, two measures of one thing, and the figures of two years are all given."""
    assert assistant.ask(question).short == short
