"""Figures: what is one, what number it is, and what only looks like one."""

import pytest

from corpus.figures import find_dates, find_figures


@pytest.mark.parametrize(
    ("text", "core", "value", "unit", "qualifier"),
    [
        ("完成3931.2亿元", "3931.2亿元", 393120000000, "元", None),
        ("约577亿元", "577亿元", 57700000000, "元", "约"),
        ("仅为4.7%", "4.7%", 4.7, "%", None),
        ("提高 1.78 个百分点", "1.78 个百分点", 1.78, "个百分点", None),
        ("拨付2100余万元", "2100余万元", 21000000, "元", "余"),
        ("近2千套房源", "2千套", 2000, "套", "近"),
        ("占全市1/4以上", "1/4", 0.25, "", "以上"),
        ("超亿元", "亿元", 100000000, "元", "超"),
        ("突破千亿元", "千亿元", 100000000000, "元", "突破"),
        ("29.3微克/立方米", "29.3微克/立方米", 29.3, "微克/立方米", None),
        ("2451套（间）", "2451套（间）", 2451, "套（间）", None),
        ("7大类特种设备", "7大类", 7, "大类", None),
        ("8大类型管线", "8大", 8, "大", None),
        ("五个重点行业", "五个", 5, "个", None),
        ("近三成", "三成", 30, "%", "近"),
        ("三分之二", "三分之二", 2 / 3, "", None),
        ("百分之五", "百分之五", 5, "%", None),
        ("2-3个孵化器", "2-3个", 2, "个", None),
        ("5%—6%", "5%—6%", 5, "%", None),
        ("10万-20万元", "10万-20万元", 100000, "元", None),
        ("1.26万亿元", "1.26万亿元", 1260000000000, "元", None),
        ("2705万千瓦", "2705万千瓦", 27050000, "千瓦", None),
        ("906亿千瓦时", "906亿千瓦时", 90600000000, "千瓦时", None),
        ("产能达38GWh", "38GWh", 38, "GWh", None),
        ("算力5.1万P", "5.1万P", 51000, "P", None),
        ("经济总量迈上1200亿台阶", "1200亿", 120000000000, "", None),
        ("76.3万辆", "76.3万辆", 763000, "辆", None),
        ("1142亿斤", "1142亿斤", 114200000000, "斤", None),
        ("12,345人", "12,345人", 12345, "人", None),
        ("<5.5%", "5.5%", 5.5, "%", "<"),
        ("3.4萬餘戶", "3.4萬餘戶", 34000, "户", "余"),
    ],
)
def test_one_figure(text: str, core: str, value: float, unit: str, qualifier: str | None) -> None:
    """The words as written, the number in the plain unit, the qualifier."""
    (figure,) = find_figures(text)
    assert (figure.core, figure.unit, figure.qualifier) == (core, unit, qualifier)
    assert figure.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "rank"),
    [("位居全市第一", 1), ("排名第十二位", 12), ("居全国首位", 1), ("列第3名。", 3)],
)
def test_ranks(text: str, rank: int) -> None:
    """A place in a ranking is a figure."""
    (figure,) = find_figures(text)
    assert figure.is_rank
    assert figure.value == rank


@pytest.mark.parametrize(
    "text",
    [
        "12345市民服务热线",
        "轨交19号线",
        "“住所云”4.0版",
        "武康路40弄1号",
        "2024年12月25日",
        "2025年",
        "党的二十大",
        "五次会议",
        "第二次复评审",
        "二次供水",
        "首位战略",
        "“15分钟就业服务圈”",
        "“三个实有”",
        "M0产业用地",
        "127b-20地块",
        "30年来",
        "千方百计",
        "一个",
    ],
)
def test_no_figure(text: str) -> None:
    """Names, addresses, dates, editions and set phrases count nothing."""
    assert find_figures(text) == []


def test_dates_are_found_apart() -> None:
    """Years, months and days are no figures but have a finder of their own."""
    text = "2024年12月25日起，2025年和3月8日"
    assert [text[start:end] for start, end in find_dates(text)] == ["2024年12月25日", "2025年", "3月8日"]
