"""The ways in which a comparison is asked for, put into the few that are read."""

import pytest

from bot.rewording import comparable


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("2025年竣工面积有没有2024年多", "2025年竣工面积比2024年多吗？"),
        ("甲产业的增幅有没有跑赢乙产业的增幅？", "甲产业的增幅高于乙产业的增幅吗？"),
        ("站点数只有端口数的百分之几？", "站点数占端口数的百分之几？"),
        ("税收在财政收入里占几成？", "税收占财政收入的百分之几？"),
        ("甲种和乙种那个建得多？", "甲种和乙种哪个建得多？"),
        ("千万级目标是亿元级的几培？", "千万级目标是亿元级的几倍？"),
        ("两种点一共建了多少个？甲种和乙种加一块", "甲种和乙种点一共建了多少个？"),
        ("养老床位加上养护床位一共新增多少张", "养老床位和养护床位一共新增多少张"),
        ("托班名额，明年的只有今年的几成", "明年的托班名额占今年的托班名额的几成"),
        ("绿道 2025目标 比2024完成的多", "绿道 2025目标 比2024完成的多多少？"),
        ("获奖的是那所学校", "获奖的是哪所学校"),
        ("绿道 2024完成 2025目标 差", "绿道 2024完成 2025目标 相差多少？"),
        ("群租 三合一 整治数量 差距", "群租 三合一 整治数量 相差多少？"),
        ("税收 非税 收入 之比", "税收 非税 收入 几倍？"),
        ("跟今年比，明年是多推了还是少推了？", "跟今年比，明年是多还是少？"),
        ("比例明年再提几个点", "比例明年再提高几个点"),
    ],
)
def test_a_comparison_is_put_in_the_way_that_is_read(asked: str, read: str) -> None:
    """Everyday ways of comparing, key words and slips of sound become the wording that the reader knows."""
    assert comparable(asked) == read


@pytest.mark.parametrize(
    "text",
    ["有没有新建医院", "有没有提高", "2024年有多少家企业", "今年有没有什么新增", "占全市的比重是多少", "那个项目多大"],
)
def test_what_compares_nothing_stays_as_it_is(text: str) -> None:
    """A question that lays nothing side by side is not touched."""
    assert comparable(text) == text


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("隧道修到什么程度了", "隧道进展如何"),
        ("隧道改造到哪一步了？", "隧道改造进展如何？"),
        ("泵站 最新进展", "泵站进展如何"),
        ("北岸路的起止点在哪里", "北岸路是从哪到哪"),
        ("渔港被评上什么称号", "渔港得了什么荣誉"),
        ("清单是针对谁发布的", "清单服务对象是谁"),
        ("地块收储完了吗", "地块收储完成了吗"),
        ("回收率过半了吗", "回收率超过50%了吗"),
        ("健儿拿了两块金牌吧", "健儿拿了两金吧"),
        ("今年外资比去年少了？", "今年外资比去年少了吗？"),
        ("面积够不够10公顷", "面积有没有达到10公顷"),
    ],
)
def test_many_ways_of_asking_become_one(asked: str, read: str) -> None:
    """How far, from where, for whom, awarded what, whether: each is read in one wording."""
    assert comparable(asked) == read


@pytest.mark.parametrize(
    "text", ["网办的比例有多高？", "覆盖率达到什么程度", "渔港在什么位置？", "泵站修好了没有？", "医院搬到哪里了"]
)
def test_other_ways_of_asking_stay(text: str) -> None:
    """A measure, a place and what is asked already are not touched."""
    assert comparable(text) == text
