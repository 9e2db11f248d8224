"""Drafts as people write them: speeches, lists, replies and bulletins over the real report."""

import re

import pytest

from bot.checking.checker import Checker
from bot.settings import Settings
from bot.types import Verdict

VERDICTS = {"s": Verdict.SUPPORTED, "c": Verdict.CONTRADICTED, "x": Verdict.ABSENT}
MARKED = re.compile(r"\[([^|\]]*)\|([scx])\]")
# Each figure is marked with its verdict: s supported, c contradicted, x absent.
DRAFTS = """
在人工智能方面，预计全年产业总产出[850亿元|s]，增长[13%|s]。大模型企业新增[147家|s]，总数[255家|s]；通过备案的大模型[34个|s]，约占全市的[六成|s]。生命健康产业总产出[1000亿元|s]，增长[13%|c]。文化创意产业总产出达[1500亿|s]，同比增[4%|s]。

2025年我们的目标：一般公共预算收入增长[5%|s]，固定资产投资增长[10%|s]，城镇调查失业率低于[5.5%|s]，新增绿地[14.15公顷|c]，每万人口高价值发明专利拥有量达到[100件|s]，新增外资总部经济机构[9家|s]。

静安区2024年地区生产总值[3931.2亿元|x]，我区为[3931.2亿元|s]。

今年，我区将推进[65项|s]重大项目，力争开工[210万平方米|s]、竣工[216万平方米|s]，道路新开工[20条|s]、完工[十九条|s]。去年，开工[235万平方米|s]、竣工[230万平方米|s]。

截至目前，[22家|s]社区长者食堂质量监测优秀，优秀数量全市[第一|s]；全年新增社区长者食堂[7家|c]、综合为老服务中心[11家|c]；改建认知症床位[458张|s]；[1007名|s]老人享受家庭照护床位服务。

2025年预算收入目标增长[10%|c]，投资增长[5%|c]。

去年全区新增绿地[10公顷|c]，今年计划新增[14.15公顷|c]。

徐汇区2024年经济社会发展情况通报
一、经济运行
（一）总量。地区生产总值[3931.2亿元|s]，同比增长[4.8%|s]。
（二）财政。区级税收收入[286.57亿元|c]，同比增长[11.91%|s]；非税收入[13.3亿元|s]，占比[4.7%|s]。
（三）投资。固定资产投资预计完成[492亿元|s]，增长[一成以上|s]，总量位居中心城区[第一|s]。
（四）外资。实到外资[16.77亿美元|s]，增长[18.9%|c]。
二、2025年主要目标
1.一般公共预算收入增长[5%|s]。
2.固定资产投资增长[12%|c]。
3.新增绿地[10公顷|s]。
4.重大项目竣工[216万平方米|s]，开工[235万平方米|c]。

2025年计划新增公办幼儿园托额[200个|s]；新增养老床位[400张|s]；改建认知症床位[458张|c]；为[800名|s]老人提供家庭照护床位服务；完成适老化改造[998户|c]；加装电梯力争完工[200台|s]。

2024年，我区完成居家适老化改造[998户|s]，智能水表监测[2846户|s]，为老服务一键通累计服务[2.1万人|s]，烟感累计覆盖[8836户|s]，新增养老床位[400张|x]。

放眼全市，上海市2024年地区生产总值[5.39万亿元|x]，增长[5%|x]；徐汇区增长[4.8%|s]。

技术合同成交额由2023年的[392亿元|x]增加到[577亿元|s]，增长[47%|s]。

2025年是“十四五”收官之年。我们将建成社区就业服务站点[6个|s]，举办招聘会[不少于260场|s]，筹措保障性租赁住房[2868套|s]，供应“管理者之家”床位[700张|s]。
2024年，我们筹措保障房[2451套|s]，建成社区就业服务站点[22个|s]，失业人员再就业[8520人|s]。

垃圾分类达标率保持在[95%|s]，回收利用率从[43%|s]提高到[47%|s]；[941个|s]垃圾库房完成微更新。

生命健康产业总产出[850亿元|c]，科创金融产业总产出[1000亿元|c]，增速分别为[10%|s]和[5%|s]。

信息服务业、租赁商务服务业、科技研发服务业营收分别达到[1748.6亿元|s]、[1582.5亿元|s]和[729.1亿元|c]。

架空线入地：2024年竣工约[30公里|s]，2025年新开工[50公里|s]、完工[30公里|s]。景观道路2024年建成[59条|s]、2025年推进[58条|s]。河道岸线2025年贯通[15公里|c]。
"""


@pytest.fixture(scope="module")
def checker(settings: Settings) -> Checker:
    """The checker over the report that the project ships."""
    return Checker.open(settings)


@pytest.mark.parametrize("marked", DRAFTS.strip().split("\n\n"))
def test_each_figure_gets_its_verdict(checker: Checker, marked: str) -> None:
    """Changed values, years, indicators and places are seen, and what is true is left alone."""
    draft = MARKED.sub(r"\1", marked)
    told = [(one.figure, one.verdict) for one in checker.check(draft)]
    wanted = [(figure, VERDICTS[mark]) for figure, mark in MARKED.findall(marked)]
    assert [verdict for _, verdict in told] == [verdict for _, verdict in wanted]
    assert all(said in figure or figure in said for (said, _), (figure, _) in zip(told, wanted, strict=True))
