"""What a question takes for granted: told where the report says otherwise, left alone where it does not."""

import pytest

from bot.assistant import Assistant
from bot.types import Reason

FALSE_PREMISES = (
    "加装电梯完工量屈居全市第二，和头名差了多少台？",
    "非税收入占比高达47%，主要由哪些项目构成？",
    "实到外资跌了19.8%，都是哪些外企撤走了",
    "街镇初次信访量同比上升48.1%的主要成因是什么？",
    "西岸大剧院到现在还没竣工，到底卡在哪一步了",
    "市第八人民医院升为三级医院以后，新增了哪些科室",
    "天桥连廊三期全部竣工之后，通到了哪座商场？",
    "区中心医院整体迁往北杨之后，坐哪路公交能到？",
    "区妇幼医院不是获批转成口腔医院了嘛，那生孩子去哪",
    "社区长者食堂只对徐汇户籍开放，外地老人要怎么申请",
    "民族歌劇《義勇軍進行曲》全國巡演被喊停，是演到第幾場停的？",
    "12个考核断面里有3个没达标，是哪三条河",
    "Why was the West Bund Grand Theatre never finished?",
    "为什么2024年徐汇区GDP增速只有2%？",
    "实到外资跌了近两成，原因是什么？",
    "龙水南路隧道通车以后每天走多少车",
    "米哈游总部竣工后带动了多少就业？",
    "2025年加装电梯目标定为500台，主要考虑是什么？",
    "架空线今年竣工71公里花了多久",
    "东安一二村签约率为什么连一半都没到？",
    "模速空间金融服务平台吸引的116家投资机构分别是哪些？",
    "非税收入占到财政收入的一半，这是怎么造成的？",
    "加装电梯数量为什么在全市垫底",
    "社区长者食堂为什么都停办了",
    "小梁薄板房屋怎么到现在还没清零",
    "徐汇咋没评上自贸联动创新区",
    "怎么没进首批儿童友好先行实践区",
    "区档案馆新馆停建以后那块地做什么",
    "Xuhui registered fewer than 3,000 technology contracts; what went wrong?",
    "银都路隧道被叫停的原因是什么",
    "Why did general public budget revenue decline in 2024?",
    "西岸大剧院还没竣工，是因为缺钱吗？",
    "明年加装电梯目标提到了500台，忙得过来吗",
    "徐汇选手在巴黎一枚奖牌都没拿，是不是训练没跟上",
    "明年加装电梯目标提到了500台，人手是不是也加了",
    "市科学技术奖徐汇单位只占全市一成，是什么原因",
    "科创金融产业产出不升反降，怎么回事",
    "落实的30项工作任务分别是哪些",
    "Since the Yindu Road tunnel was never finished, how do people cross the river?",
    "市第八人民医院为何获批转型口腔医院？",
)


@pytest.mark.parametrize("question", FALSE_PREMISES)
def test_a_false_premise_is_told_with_what_the_report_says(assistant: Assistant, question: str) -> None:
    """What is taken for granted and contradicted is answered with the report's own words and their citation."""
    answer = assistant.ask(question)
    assert answer.reason is Reason.FALSE_PREMISE
    assert "[1]" in answer.text
    assert [citation.n for citation in answer.citations] == [1]


NO_FALSE_PREMISES = (
    "累计上线的区级“一件事”有多少个，平均减少材料多少？",
    "银都路隧道建成通车了吗",
    "14家高质量孵化器投入使用后孵化面积是多少",
    "116家企业获得了什么服务",
    "加装电梯2025年目标比2024年少了多少台",
    "拆除违法建筑多少平方米",
    "PM2.5下降了没有",
    "为什么要建银都路隧道",
    "今年新增大模型企业147家，是否正确？",
    "PM10和PM2.5哪个浓度高，高多少",
    "今年加装电梯完工333台，明年是不是还要装",
)


@pytest.mark.parametrize("question", NO_FALSE_PREMISES)
def test_a_true_premise_and_a_plain_question_are_left_alone(assistant: Assistant, question: str) -> None:
    """Questions whether, questions how much, and what the report bears out are no false premises."""
    assert assistant.ask(question).reason is not Reason.FALSE_PREMISE


BORNE_OUT = (
    "架空线竣工约30公里，一共实施了多少公里",
    "工单量下降4%，信访量下降多少",
    "就业困难人员实现就业4047人，失业人员再就业多少",
    "区档案馆新馆启用后推出了什么展厅",
    "西岸梦中心开业以来客流怎么样",
    "保租房2024年筹措了2451套，供应了多少套",
)


@pytest.mark.parametrize("question", BORNE_OUT)
def test_a_claim_that_the_report_bears_out_is_no_false_premise(assistant: Assistant, question: str) -> None:
    """What is said before a question and stands in the report does not keep it from being answered."""
    assert assistant.ask(question).reason is not Reason.FALSE_PREMISE
