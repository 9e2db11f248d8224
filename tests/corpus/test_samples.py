"""Reports of other places and other make-up are read by the same rules."""

from pathlib import Path

import pytest

from corpus.library import ReadReport, find_reports, read_report
from corpus.markup import plain, text_at
from corpus.types import BlockKind, Status

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(scope="module")
def plain_text() -> ReadReport:
    """A government work report as plain text, its main headings without numbers."""
    return read_report(SAMPLES / "plain.txt")


@pytest.fixture(scope="module")
def pipes() -> ReadReport:
    """A report in Markdown with pipe tables and bullets."""
    return read_report(SAMPLES / "pipes.md")


@pytest.fixture(scope="module")
def traditional() -> ReadReport:
    """A report in 繁體."""
    return read_report(SAMPLES / "traditional.txt")


def facts(read: ReadReport) -> dict[tuple[str, str | None, int | None], str]:
    """The figures of a report by subject, change and year."""
    return {(fact.subject, fact.change, fact.year): fact.text for fact in read.facts}


@pytest.mark.parametrize("name", ["plain.txt", "pipes.md", "traditional.txt"])
def test_quotes_stand_in_the_file(name: str) -> None:
    """Whatever the format, a passage's text is what stands at its spans."""
    read = read_report(SAMPLES / name)
    for passage in read.passages:
        assert text_at(read.report.text, passage.spans) == plain(passage.text)


def test_all_are_found() -> None:
    """Every .txt and .md file of a folder is a report."""
    assert [path.name for path in find_reports(SAMPLES)] == ["pipes.md", "plain.txt", "traditional.txt"]


def test_metadata_from_the_first_lines(plain_text: ReadReport, pipes: ReadReport, traditional: ReadReport) -> None:
    """Title, place, date and years are read where no file beside the report gives them."""
    seen = [(r.report.place, str(r.report.date), r.report.year, r.report.planned) for r in (plain_text, pipes)]
    assert seen == [("临川市", "2032-01-09", 2031, 2032), ("云栖县", "2031-01-15", 2030, 2031)]
    assert plain_text.report.title == "2031年临川市政府工作报告"
    assert (traditional.report.place, traditional.report.year) == ("南屏县", 2029)


def test_headings_without_numbers(plain_text: ReadReport) -> None:
    """A short line that announces a year's review or plan is a heading, and sets year and status."""
    done = next(passage for passage in plain_text.passages if "1.26万亿元" in passage.text)
    planned = next(passage for passage in plain_text.passages if "5.5%左右" in passage.text)
    assert (done.section, done.year, done.status) == (("2031年工作回顾",), 2031, Status.ACTUAL)
    assert (planned.section, planned.year, planned.status) == (("2032年工作安排",), 2032, Status.TARGET)


def test_numbered_run_ins_hold_for_the_paragraphs_under_them(plain_text: ReadReport) -> None:
    """「（一）…。」 holds until the next number, 「一是…。」 for its paragraph, neither for what sums up."""
    sections = {passage.text[:6]: passage.section[1:] for passage in plain_text.passages}
    assert sections["推动消费提质"] == ("（一）扩大有效需求",)
    assert sections["新增公办幼儿"] == ("（二）办好民生实事",)
    assert sections["建成口袋公园"] == ("二是民生保障有力有效",)
    assert sections["一年来，我们"] == ()


def test_facts_of_plain_text(plain_text: ReadReport) -> None:
    """Units of other provinces' reports, comparisons, and a year of its own."""
    found = facts(plain_text)
    assert found["全市地区生产总值", None, 2031] == "1.26万亿元"
    assert found["农村居民人均可支配收入", "增长", 2031] == "6.1%"
    assert found["国家重点实验室总数", "累计", 2031] == "96家"
    assert found["高新技术企业", "占比", 2031] == "两成"
    assert found["全市轨道交通里程", None, 2035] == "210公里"
    assert found["新增养老床位", None, 2032] == "3000张"


def test_pipe_tables(pipes: ReadReport) -> None:
    """A row of data is a passage with cells, each column's year is its figure's year."""
    rows = [block for block in pipes.blocks if block.kind is BlockKind.ROW]
    assert [row.row for row in rows] == ["地区生产总值", "接待游客"]
    assert [cell.header for cell in rows[0].cells] == ["指标", "2029年", "2030年", "增速"]
    found = facts(pipes)
    assert found["接待游客", None, 2029] == "410万人次"
    assert found["接待游客", None, 2030] == "466万人次"
    assert found["接待游客", "增长", 2030] == "13.7%"


def test_lists_in_pipe_tables(pipes: ReadReport) -> None:
    """`<br>` and bullets part the items of a cell; a row without a label goes on with the last one."""
    items = [(block.row, block.text) for block in pipes.blocks if block.kind is BlockKind.ITEM and block.table]
    assert items == [
        ("乡村振兴", "新建高标准农田3.2万亩"),
        ("乡村振兴", "培育家庭农场85家、合作社41家"),
        ("生态环境", "全年优良天数比例98.1%"),
    ]
    assert [block.text for block in pipes.blocks if block.kind is BlockKind.ITEM and not block.table] == [
        "建成公交站点26处",
        "开通旅游专线4条",
    ]


def test_traditional_characters(traditional: ReadReport) -> None:
    """Quotes stay as they are written; subjects are told in 简体, as questions are understood."""
    found = facts(traditional)
    assert found["全县地区生产总值", None, 2029] == "312.5億元"
    assert found["全县地区生产总值", "增长", 2029] == "7.1%"
    assert found["城镇新增就业", None, 2030] == "4000人"
    assert next(fact for fact in traditional.facts if fact.text == "280萬人次").status is Status.EXPECTED
    assert any("社區食堂15家" in passage.text for passage in traditional.passages)
