"""Blocks of the shipped report: every character has its place, no table or item is torn."""

import re
from collections import defaultdict

import pytest

from corpus.markup import plain, text_at
from corpus.types import Block, BlockKind
from tests.corpus.golden_files import shipped

BLOCKS = shipped().blocks
SOURCE = shipped().report.text


def items(table: str) -> list[Block]:
    """The list items and rows of a table, named by the start of its caption."""
    kinds = (BlockKind.ITEM, BlockKind.ROW)
    return [block for block in BLOCKS if block.kind in kinds and (block.table or "").startswith(table)]


def test_a_blocks_text_stands_at_its_spans() -> None:
    """The file's text at a block's spans, without tags and white space, is the block's text."""
    for block in BLOCKS:
        assert text_at(SOURCE, block.spans) == plain(block.text), block.text


def test_blocks_are_in_order_and_apart() -> None:
    """No character is in two blocks, and blocks follow each other as in the file."""
    spans = [span for block in BLOCKS for span in block.spans]
    captions_inside = [block for block in BLOCKS if block.kind is BlockKind.CAPTION and block.text.startswith("图")]
    ordered = [span for span in spans if span not in {s for block in captions_inside for s in block.spans}]
    assert all(span.start < span.end for span in spans)
    assert all(a.end <= b.start for a, b in zip(ordered, ordered[1:], strict=False))
    taken = sorted(spans)
    assert all(a.end <= b.start for a, b in zip(taken, taken[1:], strict=False))


def test_every_word_of_the_report_is_in_a_block() -> None:
    """Outside of blocks stand only marks, tags and the headers that a page repeats."""
    covered = bytearray(len(SOURCE))
    for block in BLOCKS:
        for start, end in block.spans:
            covered[start:end] = b"\1" * (end - start)
    rest = "".join(char if not taken else "\0" for char, taken in zip(SOURCE, covered, strict=True))
    left = [part for part in plain(rest.replace("\0", "\n")).replace("➤", "").replace("*", "").split("#") if part]
    repeated = ("序号指标属性2025年目标", "主要领域主要进展", "主要领域主要任务", "功能区主要进展", "功能区主要任务")
    text = "".join(left)
    for header in repeated:
        text = text.replace(header, "")
    assert text == ""


def test_passages_hold_all_text_that_is_no_heading() -> None:
    """The passages together are the paragraphs, items and rows, whole."""
    kept = [block for block in BLOCKS if block.kind not in (BlockKind.HEADING, BlockKind.CAPTION)]
    whole = "".join(plain(block.text) for block in kept)
    assert "".join(plain(passage.text) for passage in shipped().passages) == whole


def test_all_sixteen_tables_are_there() -> None:
    """Each of 表1 to 表16 has a caption and rows."""
    tables = {block.table for block in BLOCKS if block.table and block.kind in (BlockKind.ITEM, BlockKind.ROW)}
    numbers = [match.group(1) for name in tables if (match := re.match(r"表(\d+)", name))]
    assert sorted(map(int, numbers)) == list(range(1, 17))


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("表1经", ["经济运行总体平稳", "重点产业能级提升", "改革开放纵深推进"]),
        ("表2", ["科创策源功能强化", "两大战略任务加快落实", "创新生态持续优化"]),
        ("表3", ["大徐家汇功能区", "西岸滨江功能区", "漕开发拓展功能区", "徐汇中城功能区", "华泾门户功能区"]),
        ("表4", ["“三旧”变“三新”", "就业创业", "养老服务", "社会救助"]),
        ("表5", ["教育事业", "医疗卫生", "文旅体育", "其他社会事业"]),
        ("表6", ["基层治理", "“两张网”建设"]),
        ("表7", ["城区治理", "生态环保", "公园绿地", "垃圾分类"]),
        ("表8", ["城区安全"]),
        ("表10", ["全力推进经济增长", "推动产业能级提升", "激发市场主体活力"]),
        ("表11", ["自贸联动创新区建设", "重点领域改革开放", "营商环境持续优化"]),
        ("表12", ["服务战略科技力量", "加快推动成果转化", "夯实科创要素保障"]),
        ("表13", ["大徐家汇功能区", "西岸滨江功能区", "漕开发拓展功能区", "徐汇中城功能区", "华泾门户功能区"]),
        ("表14", ["推动优秀传统文化发展", "增强文旅产业发展活力", "深入实施文化惠民工程"]),
        ("表15", ["“三旧”变“三新”", "民生保障", "社会事业"]),
        ("表16", ["精细化治理", "生态治理", "基层治理", "安全治理"]),
    ],
)
def test_row_labels(table: str, rows: list[str]) -> None:
    """Every row of a table has its label, and a row that pages break has it once."""
    assert list(dict.fromkeys(block.row for block in items(table))) == rows


@pytest.mark.parametrize(
    "words",
    [
        "拆除违法建筑649处、总面积10.6万平方米",
        "全年纳统楼宇属地率达到63%以上",
        "推动公立医院进一步提升二三级医院门诊号源下沉比例至52%",
        "电信数链空间实验室、中国移动上海区块链创新发展中心等入驻“数链空间”",
        "漕溪三村501-505、506-510号成套改造、长桥新村片区旧城区改建、长桥地块规划幼儿园等项目开工",
        "第十二届“创业梦之星”评选活动，近300个项目参赛",
        "打造数字经济语料生态，鼓励区域内数字经济企业与上海技术交易所国际交易中心加强合作",
        "对4500余块户外招牌进行安全隐患排查",
    ],
)
def test_items_that_pages_break_are_whole(words: str) -> None:
    """An item that goes on on the next page is one item with two places in the file."""
    found = [block for block in BLOCKS if block.kind is BlockKind.ITEM and words in block.text]
    assert len(found) == 1
    assert len(found[0].spans) == 2


def test_paragraphs_that_pages_break_are_whole() -> None:
    """A paragraph goes on after a page break and after a picture's caption."""
    paragraphs = [block.text for block in BLOCKS if block.kind is BlockKind.PARAGRAPH]
    for words in ("国家级中小企业特色产业集群", "模速空间”扩容增能计划，创成上海市", "共计发放各类社会救助金3.44亿元"):
        assert any(words in text for text in paragraphs), words


def test_items_open_and_end_as_clauses_do() -> None:
    """No item is the torn end of another: none begins with a closing mark, none ends in a comma."""
    for block in BLOCKS:
        if block.kind is BlockKind.ITEM:
            assert block.text[0] not in "，、。；）”", block.text
            assert block.text[-1] not in "，、（“", block.text


def test_table_of_targets() -> None:
    """表9's rows have the four cells of its header, on both pages."""
    rows = items("表9")
    assert [row.cells[0].text for row in rows] == [str(number) for number in range(1, 12)]
    for row in rows:
        assert [cell.header for cell in row.cells] == ["序号", "指标", "属性", "2025年目标"]
        assert row.row == row.cells[1].text
    targets = {row.row: (row.cells[2].text, row.cells[3].text) for row in rows}
    assert targets["地区生产总值增长"] == ("预期性", "与全市保持同步")
    assert targets["城镇调查失业率"] == ("预期性", "<5.5%")
    assert targets["国考、市考断面优于Ⅲ类（含Ⅲ类）水体比例"] == ("约束性", "95%")


def test_section_paths() -> None:
    """A block knows the numbered headings above it, and the bold run-in heading of its paragraph."""
    found = next(block for block in BLOCKS if "落地亿元级项目12个。" in block.text)
    assert found.section == (
        "一、2024年国民经济和社会发展计划执行情况",
        "（一）经济保持回升向好态势，新兴发展动能持续壮大",
        "重点产业稳步推进",
    )
    sections: defaultdict[tuple[str, ...], int] = defaultdict(int)
    for block in BLOCKS:
        sections[block.section[:1]] += 1
    assert [path[0][:2] for path in sections if path] == ["一、", "二、", "三、"]


def test_pictures_leave_only_their_captions() -> None:
    """图1 and 图2 are captions; their numbers are in no passage."""
    captions = [block.text for block in BLOCKS if block.kind is BlockKind.CAPTION and block.text.startswith("图")]
    assert [caption[:2] for caption in captions] == ["图1", "图2"]
    assert not any("2020-2024年" in passage.text for passage in shipped().passages)
