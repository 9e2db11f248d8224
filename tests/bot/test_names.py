"""Names and lists: the words of the report that stand where the question's asking word stands."""

from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from bot.reading.lists import joined_by_dashes
from bot.reading.phrases import clauses, trimmed
from bot.types import Answer, AnswerStatus

COUNTY = """# 青溪县2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划报告

## 一、2024年国民经济和社会发展计划执行情况

引进凤凰资本、鹿鸣创投等投资机构，云帆科技成功上市，粮食产量保持稳定。

松涛路隧道建成通车，完成杏花公园改造。北岸最深、容量最大的柳塘雨水调蓄池提前建成并试运行。

推动《渔光曲》创作地纪念馆（听潮小楼）修缮，老年食堂首创“不分户籍、全县同价”。

全县首个木刻版画孵化器“刻石空间”正式运营。贯通岸线，打造梅湾港-竹溪港-桂河港美丽水环。

桃源幼儿园、桃源小学、松岭地块规划中学等项目加快建设。茶叶合作社代表茶农赴云南考察。

形成《青溪县茶园改革指导意见》和《关于完善古道保护的实施意见》，将古道保护与旅游有效衔接、一体推进。

## 二、2025年国民经济和社会发展计划安排

推行“绿码”,实现无事不扰、违法必究,避免重复检查。打造清波学区为县示范性学区。

以刻石空间为“策源地”，以老码头为“会客厅”。围绕水利规划，对标省级现代水网，聚焦防洪安全。
"""

VERBS = (
    "推进",
    "深化",
    "打造",
    "建设",
    "加快",
    "发行",
    "落地",
    "开工",
    "持续推进",
    "全面启动",
    "统筹推进",
    "计划",
    "行动",
)


@pytest.fixture(scope="module")
def county(invented: Callable[[str], Assistant]) -> Assistant:
    """The assistant over a small report of an invented county."""
    return invented(COUNTY)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("哪家公司成功上市？", ["云帆科技"]),
        ("哪条隧道通车了", ["松涛路隧道"]),
        ("2024年改造的公园是哪一个", ["杏花公园"]),
        ("北岸最深的雨水调蓄池叫什么", ["柳塘雨水调蓄池"]),
        ("老年食堂首创了什么做法", ["不分户籍、全县同价"]),
        ("美丽水环由哪些河道组成", ["梅湾港", "竹溪港", "桂河港"]),
        ("加快建设的项目里，以桃源命名的是哪两所", ["桃源幼儿园", "桃源小学"]),
        ("2024年形成了哪两个意见", ["青溪县茶园改革指导意见", "关于完善古道保护的实施意见"]),
        ("水利规划要对标什么、聚焦什么", ["省级现代水网", "防洪安全"]),
    ],
)
def test_the_answer_fills_the_gap_of_the_question(county: Assistant, question: str, short: list[str]) -> None:
    """A name is whole, a list complete and as long as asked for, and no verb stands beside them."""
    answer = county.ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert [one.removeprefix("老年食堂首创").strip("“”《》") for one in answer.short] == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("听潮小楼是什么地方", "《渔光曲》创作地纪念馆"),
        ("“刻石空间”是什么", "全县首个木刻版画孵化器"),
        ("2025年清波学区的定位是什么", "县示范性学区"),
        ("2025年把什么当作策源地", "刻石空间"),
        ("2025年靠什么办法避免重复检查", "绿码"),
    ],
)
def test_what_a_thing_is_or_by_what_means_is_said_in_words(county: Assistant, question: str, short: str) -> None:
    """The words in brackets, before a name or after 「为」 say what it is; the clause before a purpose says how."""
    answer = county.ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert any(short in one for one in answer.short), answer.short


def test_no_short_answer_to_a_dev_question_is_a_bare_verb(answers: tuple[Answer, ...]) -> None:
    """Nothing like 「推进」 is given for an answer, unless the question itself offers it (「开工还是完工」)."""
    bare = [(one.id, short) for one in answers for short in one.short if short in VERBS and "还是" not in one.question]
    assert bare == []


def test_a_clause_ends_at_no_mark_within_quotation_marks_or_brackets() -> None:
    """What a pair of marks encloses stays whole."""
    assert clauses("首创“甲，乙”，完成丙（丁，戊）；己") == ["首创“甲，乙”", "完成丙（丁，戊）", "己"]


@pytest.mark.parametrize(
    ("clause", "phrase"),
    [
        ("全面推进白沙码头等项目开工建设", "白沙码头"),
        ("推动“渔家乐”", "渔家乐"),
        ("白沙码头提前建成并试运行", "白沙码头"),
        ("获得全省成果一等奖", "全省成果一等奖"),
    ],
)
def test_a_phrase_is_cut_of_the_verbs_around_it(clause: str, phrase: str) -> None:
    """Verbs before and after a noun phrase are no part of it, and 「一等奖」 is no 「等」."""
    assert trimmed(clause) == phrase


@pytest.mark.parametrize(
    ("clause", "members"),
    [
        ("打造梅湾港-竹溪港-桂河港美丽水环", ["梅湾港", "竹溪港", "桂河港"]),
        ("梅湾港-竹溪港-桂河港", ["梅湾港", "竹溪港", "桂河港"]),
        ("梅湾路-竹溪路", []),
    ],
)
def test_dashes_join_three_or_more(clause: str, members: list[str]) -> None:
    """The first member has no verb before it, the last ends as the others do; two are a stretch, no list."""
    assert joined_by_dashes(clause) == members


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("哪家公司今年上市了", ("龙旗科技",)),
        ("与哪家科研机构签署了战略合作协议", ("中国极地研究中心",)),
        ("先进核能孵化器是和谁合作建设的", ("核工院",)),
        ("“三体城市”治理系统是由哪个部门评为典型案例的", ("国家数据局",)),
        ("为了招商跑了哪些国家？", ("荷兰", "法国", "韩国")),
        ("养老院+互联网医院 依托 哪家医院", ("徐汇区中心医院",)),
        ("支持哪家医院创建三级医院", ("市第八人民医院",)),
        ("2025年拟推出的优化营商环境方案为第几版？", ("8.0版",)),
    ],
)
def test_a_name_is_found_by_the_part_it_plays(assistant: Assistant, question: str, short: tuple[str, ...]) -> None:
    """Who did it, with whom, by whom it was granted, where: the name alone, no verb or adverb with it."""
    assert assistant.ask(question).short == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("谁转型口腔医院了", "区牙防所"),
        ("被评为全国医养结合示范机构的是谁", "康健街道社区卫生服务中心"),
        ("浦芯研究院入驻了哪个空间", "数链空间"),
        ("哪个治理系统获评国家数据局典型案例", "三体城市"),
    ],
)
def test_who_may_be_a_body_and_not_what_is_named(assistant: Assistant, question: str, short: str) -> None:
    """谁 asks for an institution as well; what stands beside the one that the question names is not asked for."""
    assert any(short in one for one in assistant.ask(question).short)


@pytest.mark.parametrize("question", ["浦江实验室的主任是谁", "这些灯塔书房谁来建", "徐汇区区长是谁"])
def test_a_person_that_is_not_told_is_not_made_up(assistant: Assistant, question: str) -> None:
    """Where a person or a builder is asked for and none is told, no thing stands for them."""
    assert assistant.ask(question).status is AnswerStatus.REFUSED
