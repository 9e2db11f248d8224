"""Facts: what a figure is about, told by its clause and the clauses before it."""

import pytest

from corpus.clauses import clauses
from corpus.facts import facts_of
from corpus.figures import find_figures
from corpus.types import BlockKind, Fact, Passage, Span, Status
from tests.corpus.golden_files import shipped


def facts_in(text: str, year: int | None = 2024, status: Status | None = Status.ACTUAL) -> list[Fact]:
    """The facts of a passage that holds `text`."""
    passage = Passage("r/0001", "r", 0, BlockKind.ITEM, text, (Span(0, len(text)),), (), None, None, (), year, status)
    return facts_of(passage, text)


def told(text: str) -> list[tuple[str, str | None, str]]:
    """Subject, change and figure of each fact of `text`."""
    return [(fact.subject, fact.change, fact.text) for fact in facts_in(text)]


def test_growth_goes_on_about_the_clause_before() -> None:
    """「增长4.8%」 and 「增幅位居第一」 say of what only with the clause before."""
    assert told("完成入库税款12亿元，同比增长4.8%，增幅位居全市第二。") == [
        ("入库税款", None, "12亿元"),
        ("入库税款", "增长", "4.8%"),
        ("入库税款增幅", "排名", "第二"),
    ]


def test_share_is_a_clause_of_its_own() -> None:
    """「、占全市近60%」 is no part of the subject before it."""
    assert told("34个模型通过备案、占全市近60%") == [
        ("模型通过备案", None, "34个"),
        ("模型通过备案", "占比", "60%"),
    ]


def test_named_in_turn() -> None:
    """「分别」 hands each figure its own name, with what the last name adds for all."""
    assert [(s, f) for s, _, f in told("交通业、餐饮业、旅游业营收分别完成3亿元、2亿元和1亿元")] == [
        ("交通业营收", "3亿元"),
        ("餐饮业营收", "2亿元"),
        ("旅游业营收", "1亿元"),
    ]
    assert told("城镇、农村居民收入分别增长4%、6%") == [
        ("城镇居民收入", "增长", "4%"),
        ("农村居民收入", "增长", "6%"),
    ]


def test_named_in_turn_again() -> None:
    """「分别增长」 goes through the names of the list before once more."""
    assert told("甲矿、乙矿、丙矿产量达到6万吨、5万吨、4万吨，分别增长9%、7%、2%") == [
        ("甲矿产量", None, "6万吨"),
        ("乙矿产量", None, "5万吨"),
        ("丙矿产量", None, "4万吨"),
        ("甲矿产量", "增长", "9%"),
        ("乙矿产量", "增长", "7%"),
        ("丙矿产量", "增长", "2%"),
    ]


def test_area_and_yield_are_of_one_thing() -> None:
    """「、产量5吨」 goes on about what was sown on the area before."""
    assert told("茶叶种植面积4万亩、产量5万吨") == [("茶叶种植面积", None, "4万亩"), ("茶叶产量", None, "5万吨")]


def test_names_that_hold_a_joint() -> None:
    """「和」 inside a name parts nothing where 「、」 alone gives a name for each figure."""
    assert [(s, f) for s, _, f in told("租赁和商务业、仓储和邮政业收入分别增长7%、8%")] == [
        ("租赁和商务业收入", "7%"),
        ("仓储和邮政业收入", "8%"),
    ]
    assert [s for s, _, _ in told("原煤、原油、燃气产量6万吨、5万吨、4亿立方米")] == [
        "原煤产量",
        "原油产量",
        "燃气产量",
    ]
    assert [s for s, _, _ in told("改造厂房、库房6座、5万平方米")] == ["改造厂房、库房", "改造厂房、库房"]


def test_verbs_hold_for_a_list() -> None:
    """The verb before the first member is meant for all, until another verb comes."""
    assert [s for s, _, _ in told("新建球场12片、步道3条和2座凉亭，打造5个花园、开办4个书屋")] == [
        "新建球场",
        "新建步道",
        "新建凉亭",
        "打造花园",
        "开办书屋",
    ]


def test_total_belongs_to_the_head_of_the_list() -> None:
    """「累计达到167家」 counts what the list began with; an object after 累计 is a subject of its own."""
    assert told("新增地区总部8家、升级研发中心2家，累计达到167家，累计发放证书30张") == [
        ("新增地区总部", None, "8家"),
        ("升级研发中心", None, "2家"),
        ("地区总部", "累计", "167家"),
        ("发放证书", "累计", "30张"),
    ]


def test_part_of_what_came_before() -> None:
    """「其中14家…」 and 「总面积…」 are about the clause before."""
    assert [s for s, _, _ in told("在建孵化器19家，其中14家投入使用；拆除棚屋6处、总面积2万平方米")] == [
        "在建孵化器",
        "孵化器投入使用",
        "拆除棚屋",
        "拆除棚屋总面积",
    ]


def test_bare_verbs_take_the_topic() -> None:
    """「竣工30公里」 is about the clause that named the work."""
    assert [s for s, _, _ in told("统筹推进架空线入地工程，全年开工71公里，竣工30公里")] == [
        "架空线入地工程开工",
        "架空线入地工程竣工",
    ]


def test_two_figures_share_a_noun() -> None:
    """「62大项132项工程」 and 「22项、112条任务」 count the same thing twice."""
    assert [s for s, _, _ in told("推进62大项132项工程")] == ["推进工程", "推进工程"]
    assert [s for s, _, _ in told("落实22项、112条任务")] == ["落实任务", "落实任务"]


def test_comparison_is_no_growth() -> None:
    """「高于全国0.7个百分点」 is neither the level nor the growth."""
    assert told("产值增长5.7%，高于全国0.7个百分点")[1] == ("产值高于全国", "高于", "0.7个百分点")


def test_years_and_expectations_hold_to_the_end_of_the_sentence() -> None:
    """「到2030年」 and 「预计」 say when and how certain."""
    facts = facts_in("到2030年，路网达到210公里。今年新增9公里，预计投资3亿元，增长2%；绿地5公顷")
    assert [fact.year for fact in facts] == [2030, 2024, 2024, 2024, 2024]
    expected = [Status.ACTUAL, Status.ACTUAL, Status.EXPECTED, Status.EXPECTED, Status.ACTUAL]
    assert [fact.status for fact in facts] == expected


def test_an_expectation_among_targets_is_a_target() -> None:
    """What is planned stays a target."""
    assert facts_in("预计新增绿地10公顷", 2025, Status.TARGET)[0].status is Status.TARGET


@pytest.mark.parametrize("text", ["2024年12月25日", "第十七届人大常委会第二十三次会议", "全面落实各项政策"])
def test_no_facts(text: str) -> None:
    """Dates and names are no facts."""
    assert facts_in(text) == []


def test_a_facts_places_hold_its_figure() -> None:
    """What stands in the file at a fact's spans is the figure with its qualifiers."""
    read = shipped()
    texts = {passage.id: passage.text for passage in read.passages}
    for fact in read.facts:
        start, end = fact.local
        said = texts[fact.passage][start:end]
        at_spans = "".join(read.report.text[span.start : span.end] for span in fact.spans)
        assert fact.text in said
        assert "".join(at_spans.split()) == "".join(said.split()), fact


def test_every_fact_of_the_report_has_a_subject_year_and_status() -> None:
    """No figure of the shipped report is about nothing."""
    for fact in shipped().facts:
        assert fact.subject and fact.year and fact.status, fact
        assert not set(fact.subject) & set("，。；"), fact


def test_every_figure_of_the_report_is_a_fact() -> None:
    """Facts and figures are the same, but for a row's label and number."""
    read = shipped()
    figures = sum(len(find_figures(passage.text)) for passage in read.passages if not passage.cells)
    assert sum(1 for fact in read.facts if "表9" not in _table(fact)) == figures


def _table(fact: Fact) -> str:
    passages = {passage.id: passage for passage in shipped().passages}
    passage = passages[fact.passage]
    return passage.table or "" if passage.cells else ""


def test_clauses_never_cut_a_figure() -> None:
    """Every figure of the report lies whole in one clause, and clauses follow each other."""
    for passage in shipped().passages:
        figures = find_figures(passage.text)
        parts = clauses(passage.text, figures)
        assert [figure for part in parts for figure in part.figures] == figures
        for part in parts:
            assert all(part.start <= figure.start and figure.end <= part.end for figure in part.figures)
        assert all(a.end <= b.start for a, b in zip(parts, parts[1:], strict=False))
