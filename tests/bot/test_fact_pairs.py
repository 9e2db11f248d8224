"""Results beside targets, and places that disagree: what is put together is of one indicator, nothing else is."""

import re
from pathlib import Path

import pytest

from bot.facts import FactTable
from corpus.errors import ReportProblem
from corpus.library import read_report
from tests.bot import golden_pairs

HEAD = "# 某区2024年工作总结和2025年工作安排\n\n"


def table_of(folder: Path, done: str, aimed: str, corrections: str | None = None) -> FactTable:
    """The table of a small report with these sentences on the year before and the year to come."""
    path = folder / "report.md"
    path.write_text(f"{HEAD}## 一、2024年工作回顾\n\n{done}\n\n## 二、2025年主要目标\n\n{aimed}\n", encoding="utf-8")
    if corrections is not None:
        path.with_suffix(".pairs.toml").write_text(corrections, encoding="utf-8")
    read = read_report(path)
    return FactTable(read.report, read.passages, read.facts, path.with_suffix(".pairs.toml"))


def said(table: FactTable) -> list[tuple[list[str], list[str]]]:
    """The figures of each pair."""
    return [([row.figure for row in pair.results], [row.figure for row in pair.targets]) for pair in table.pairs()]


def test_the_pairs_of_the_shipped_report_are_those_that_were_read() -> None:
    """Every line was held against the report by a person; a change must be read again."""
    assert golden_pairs.content() == golden_pairs.GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("done", "aimed", "pair"),
    [
        ("新增各类绿地14.15公顷。", "新增绿地10公顷。", ("14.15公顷", "10公顷")),
        ("地区生产总值增长4.8%。", "地区生产总值增长5%左右。", ("4.8%", "5%左右")),
        ("认知症床位完成改建458张。", "改建300张认知症床位。", ("458张", "300张")),
        ("建成惠民型回收服务点39个。", "设立惠民型回收服务点47处。", ("39个", "47处")),
    ],
)
def test_one_indicator_said_in_two_ways_is_a_pair(tmp_path: Path, done: str, aimed: str, pair: tuple[str, str]) -> None:
    """Scope, verbs, order and measure words may differ."""
    assert said(table_of(tmp_path, done, aimed)) == [([pair[0]], [pair[1]])]


@pytest.mark.parametrize(
    ("done", "aimed"),
    [
        ("旧住房综合修缮完工402万平方米。", "旧住房综合修缮开工100万平方米。"),
        ("一般公共预算收入281.87亿元。", "一般公共预算收入增长5%。"),
        ("高新技术企业累计约770家。", "新增高新技术企业200家。"),
        ("专精特新中小企业4162家。", "培育专精特新中小企业1000家。"),
        ("城镇登记失业率3%。", "城镇调查失业率小于5.5%。"),
        ("清退物业企业22家。", "引进物业企业20家。"),
        ("改造老旧小区31.8万户。", "改造老旧小区1459个。"),
        ("围绕五大功能区发展。", "推进五大功能区建设。"),
    ],
)
def test_what_differs_in_kind_is_no_pair(tmp_path: Path, done: str, aimed: str) -> None:
    """Start and end, level and growth, stock and growth of it, another statistic, a number in a name."""
    assert said(table_of(tmp_path, done, aimed)) == []


def test_a_result_that_the_report_gives_twice_differently_is_not_paired(tmp_path: Path) -> None:
    """Which of them is meant cannot be told; the list of disagreements says so."""
    table = table_of(tmp_path, "城市绿道建设完工3.2公里。\n\n城市绿道建设完工4公里。", "城市绿道建设完工3公里。")
    assert said(table) == []
    assert [[row.figure for row in one.rows] for one in table.conflicts()] == [["3.2公里", "4公里"]]


@pytest.mark.parametrize(
    "done",
    [
        "技术合同成交金额577.3亿元。\n\n技术合同成交金额约577亿元。",
        "服务市民超2万次。\n\n服务市民20180次。",
        "架空线入地共实施71公里，竣工30公里。\n\n完成架空线入地30公里。",
        "新增高新技术企业201家。\n\n高新技术企业累计770家。",
    ],
)
def test_rounding_and_another_kind_of_figure_is_no_disagreement(tmp_path: Path, done: str) -> None:
    """577.3 is about 577, 20180 is over 20000, what was added is not what there is."""
    assert table_of(tmp_path, done, "无。").conflicts() == ()


@pytest.mark.parametrize(
    ("said", "slip"),
    [
        ("新增长华路绿地等各类绿地 14.15 公顷", "新增长华路绿地等各类绿地 14.51 公顷"),
        ("跨国公司地区总部 8 家、", "跨国公司地区总部 9 家、"),
        ("开工 210 万平方米", "开工 201 万平方米"),
        ("社会救助金 3.44 亿元，救助", "社会救助金 3.4 4亿元，救助"),
    ],
)
def test_a_slip_in_the_shipped_report_is_found(report_path: Path, tmp_path: Path, said: str, slip: str) -> None:
    """A figure that was changed in one of its places is listed with the other; one that was not is not."""
    text = report_path.read_text(encoding="utf-8")
    place = re.compile(r"\s*".join(re.escape(char) for char in "".join(said.split())))
    assert len(place.findall(text)) == 1
    (tmp_path / report_path.name).write_text(place.sub(slip, text), encoding="utf-8")
    read = read_report(tmp_path / report_path.name)
    found = FactTable(read.report, read.passages, read.facts).conflicts()
    assert len(found) == ("".join(said.split()) != "".join(slip.split()))


def test_the_file_joins_and_separates(tmp_path: Path) -> None:
    """What the readable file says wins over the code, and gives the name."""
    done, aimed = "重大工程开工235万平方米。新增绿地14公顷。", "重大项目开工面积210万平方米。新增绿地10公顷。"
    file = (
        '[[join]]\nname = "重大项目"\nresult = "重大工程开工"\ntarget = "重大项目开工面积"\n'
        '[[separate]]\nresult = "新增绿地"\ntarget = "新增绿地"\n'
    )
    table = table_of(tmp_path, done, aimed, file)
    assert [pair.indicator for pair in table.pairs()] == ["重大项目"]


@pytest.mark.parametrize(
    ("file", "complaint"),
    [
        ("[[join]", "读不懂"),
        ('[[join]]\nresult = "新增绿地"\n', "读不懂"),
        ('[[join]]\nresult = "新增绿地"\ntarget = "没有这项"\n', "“没有这项”不是报告的指标"),
    ],
)
def test_a_file_that_cannot_be_used_is_said(tmp_path: Path, file: str, complaint: str) -> None:
    """A slip in the file does not pass in silence; the table itself still works."""
    table = table_of(tmp_path, "新增绿地14公顷。", "新增绿地10公顷。", file)
    assert len(table.rows()) == 2
    with pytest.raises(ReportProblem, match=complaint):
        table.pairs()
