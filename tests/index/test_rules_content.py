"""What the rule table must say.

The facts below were typed from the regulation, article by article, and not derived
from ``rules.yaml``; their authors knew the rows, so this guards the table against
slips and later edits and is no blind second reading. Each fact names a provision,
a few words of it, who bears the duty, its modality, its time limit and to whom it
is owed. Bearers, modality, limit and (where given) recipients must agree exactly.
Where the text leaves the bearer open (arts 30, 32, 43), fact and row make the same
choice, and the row's note says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass

import pytest

from index.actors import load_actors
from index.parse import load_regulation
from index.regulation import ProvisionId, Regulation
from index.rules import Rule, RuleTable, load_rules
from index.text import Script, convert
from index.timelimit import Comparison, LimitKind, TimeLimit, Unit


def within(quantity: int, unit: Unit, anchor: str) -> TimeLimit:
    return TimeLimit(LimitKind.WITHIN, quantity, unit, Comparison.AT_MOST, anchor=anchor)


def every(
    unit: Unit, comparison: Comparison | None = None, times: int | None = 1, quantity: int = 1
) -> TimeLimit:
    return TimeLimit(LimitKind.FREQUENCY, quantity, unit, comparison, times=times)


def haste(word: str) -> TimeLimit:
    return TimeLimit(LimitKind.IMMEDIATE, word=word)


AT_LEAST, GENERALLY = Comparison.AT_LEAST, Comparison.GENERALLY
PROMPTLY = haste("及时")
REGULARLY = TimeLimit(LimitKind.FREQUENCY, word="定期")
ANYTIME = TimeLimit(LimitKind.ANYTIME, word="随时")


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of the regulation, as a reader understands it."""

    provision: str
    says: str
    bearers: frozenset[str]
    modality: str
    limit: TimeLimit | None
    recipients: frozenset[str] | None
    """``actor/relation``; None where the reader had nothing to say about them."""

    @property
    def id(self) -> str:
        return f"{self.provision}-{self.says}"


def fact(
    provision: str,
    says: str,
    bearers: str,
    modality: str = "shall",
    limit: TimeLimit | None = None,
    to: str | None = None,
) -> Fact:
    recipients = None if to is None else frozenset(to.split())
    return Fact(provision, says, frozenset(bearers.split()), modality, limit, recipients)


COMMISSION_AND_GROUP = "commission group"
ALL_THREE = "committee commission group"
SAME_COMMITTEE = "committee/same"
COMMISSIONS = "commission/same commission/higher"
INSPECTED_PARTIES = "group/same commission/lower"
INSPECTED_ORGANS = "organ/same commission/lower"

CHAPTERS_1_AND_2 = [
    fact("1.1", "《中国共产党政法工作条例》", "regulation", "is"),
    fact("1.1", "绝对领导", "regulation", "is"),
    fact("2.1", "全区旗县(市、区)以上地方党委", "regulation", "is"),
    fact("3.1", "“三个代表”重要思想", "", "shall"),
    fact("3.1", "维护国家政治安全、确保社会大局稳定", "", "shall"),
    fact("3.1", "平安内蒙古、法治内蒙古建设", "", "shall"),
    fact("3.1", "优质的服务环境", "", "shall"),
    fact("4.1", "听从党中央指挥", "committee", "must"),
    fact("4.1", "决策部署", "committee", "must"),
    fact("4.1", "对本地区政法工作的领导", "committee", "must"),
    fact("5.1", "研究解决全区政法工作中的重大问题", "committee.region"),
    fact("5.1", "事关维护国家安全特别是政治安全的重要事项", "committee.region"),
    fact("5.1", "社会治理体制", "committee.region"),
    fact("5.1", "重大规划和重要政策措施", "committee.region"),
    fact("5.1", "党中央关于政法改革方案", "committee.region"),
    fact("5.1", "对政法单位的监督机制", "committee.region"),
    fact("5.1", "执法司法监督体系", "committee.region"),
    fact("5.1", "高素质政法队伍", "committee.region"),
    fact("5.1", "职业保障", "committee.region"),
    fact("6.1", "特别是政治安全重要工作的统筹", "committee.league"),
    fact("6.1", "统筹市域社会治理", "committee.league"),
    fact("6.1", "重大敏感案(事)件和突发事件", "committee.league"),
    fact("6.1", "支持政法单位依法开展工作", "committee.league"),
    fact("6.1", "受自治区党委委托", "committee.league"),
    fact("6.1", "依法履职的政策和措施", "committee.league"),
    fact("7.1", "分析研判辖区内政治安全、社会稳定", "committee.banner", limit=REGULARLY),
    fact("7.1", "防范化解", "committee.banner"),
    fact("7.1", "抓党建保平安、促稳定", "committee.banner"),
    fact("7.1", "选优配强政法委员", "committee.banner"),
    fact("7.1", "网格员队伍", "committee.banner"),
    fact("7.1", "派出机构", "committee.banner"),
    fact("7.1", "公安派出所、司法所、人民法庭、检察室", "committee.banner"),
    fact("8.1", "协助党委及其组织部门", "committee"),
    fact("9.1", "定期轮岗制度", "", limit=REGULARLY),
    fact(
        "9.1",
        "连续工作满5年",
        "organ.deputies key-post.cadres",
        limit=TimeLimit(LimitKind.THRESHOLD, 5, Unit.YEAR, AT_LEAST),
    ),
    fact("10.1", "干部交流使用力度", ""),
    fact("10.1", "从基层政法单位遴选优秀干部", ""),
    fact("11.1", "同级党委对其的领导关系", "committee.league committee.banner", "is"),
    fact("11.1", "指导、支持、督促关系不变", "commission.league commission.banner", "is"),
]

CHAPTERS_3_AND_4 = [
    fact("12.1", "设置政法委员会", "committee.region committee.league committee.banner"),
    fact("12.1", "由书记、副书记和委员组成", "commission", "is"),
    fact("12.1", "政法各单位主要负责同志兼任", "organ.head", "is"),
    fact("12.2", "配备政法委员", "party-org.township"),
    fact("12.2", "党组织班子成员", "commissioner.township", "is"),
    fact("12.2", "工作津贴", "commissioner.township", "is"),
    fact("12.3", "统筹和政策指导", "commission commissioner.township"),
    fact("13.1", "在党委领导下履行职责", "commission"),
    fact("13.1", "工作指导", "commission", to="commission/higher"),
    fact("14.1", "贯彻执行党中央以及上级党组织决策部署", "commission"),
    fact("14.1", "指导、支持、督促政法单位", "commission"),
    fact("14.1", "政治安全工作体系", "commission"),
    fact("14.1", "社会治理体系", "commission"),
    fact("14.1", "执法司法权运行体系", "commission"),
    fact("14.1", "政法公共服务体系", "commission"),
    fact("15.1", "协助自治区党委决策", "commission.region", to="committee.region/same"),
    fact("15.1(1)", "分析研判全区政法工作情况动态", "commission.region"),
    fact("15.1(1)", "意见和建议", "commission.region", to="committee.region/same"),
    fact("15.1(2)", "反邪教、反暴恐和公共安全", "commission.region"),
    fact("15.1(2)", "社会治安综合治理中心建设", "commission.region"),
    fact("15.1(2)", "领导责任制", "commission.region"),
    fact("15.1(3)", "风险研判机制", "commission.region"),
    fact(
        "15.1(3)",
        "分析研判趋势形势",
        "commission.region",
        limit=every(Unit.HALF_YEAR, times=None),
    ),
    fact("15.1(3)", "会同有关部门妥善处置重大突发事件", "commission.region"),
    fact("15.1(4)", "统筹推进政法领域全面深化改革", "commission.region"),
    fact("15.1(5)", "执法司法权运行监督和制约机制", "commission.region"),
    fact("15.1(6)", "督导督查", "commission.region"),
    fact("15.1(7)", "指导和协调推进“雪亮工程”", "commission.region"),
    fact("15.1(7)", "大数据智能化办案平台", "commission.region"),
    fact("15.1(8)", "自治区党委组织部", "commission.region"),
    fact("15.1(8)", "政治轮训", "commission.region"),
    fact("15.1(9)", "舆情监控分析", "commission.region"),
    fact("15.1(9)", "宣传报道和舆论引导", "commission.region"),
    fact("16.1", "社会稳定情况调查研究", "commission.league"),
    fact("16.1", "社会稳定形势", "commission.league", limit=every(Unit.QUARTER, AT_LEAST)),
    fact("16.1", "严防发生群体性事件", "commission.league"),
    fact("16.1", "推进市域社会治理", "commission.league"),
    fact("16.1", "基层平安创建政策措施", "commission.league"),
    fact("16.1", "组织实施“雪亮工程”", "commission.league"),
    fact("16.1", "规范化检查", "commission.league"),
    fact("17.1", "摸排调研", "commission.banner"),
    fact("17.1", "本辖区社会稳定形势", "commission.banner", limit=every(Unit.MONTH, AT_LEAST)),
    fact("17.1", "重点问题隐患", "commission.banner", limit=PROMPTLY),
    fact("17.1", "社会治安综合治理中心实体化建设", "commission.banner"),
    fact("17.1", "网格化管理", "commission.banner"),
    fact("17.1", "集中排查调处和经常性排查调处", "commission.banner"),
    fact("17.1", "常态化开展风险隐患和矛盾纠纷排查化解", "commission.banner"),
    fact("17.1", "在辖区内解决", "commission.banner"),
    fact("18.1", "工作衔接和协作配合机制", "commission", to="discipline-organs/-"),
    fact("18.1", "举报线索", "commission", limit=PROMPTLY, to="discipline-organs/-"),
    fact("18.1", "审查调查工作", "commission"),
    fact("19.1", "把方向、管大局、保落实", "group"),
    fact("19.1", "同级党委政法委员会交办的任务", "group"),
    fact("20.1", "遵守和实施宪法法律", "group.region"),
    fact("20.1", "依法处理的原则、政策和措施", "group.region"),
    fact("20.1", "执法司法权责清单", "group.region"),
    fact("20.1", "全面从严治党主体责任", "group.region"),
    fact("20.1", "同谋划、同部署、同推进、同考核", "group.region"),
    fact("21.1", "重大事项或者重大案件的原则", "group.league"),
    fact("21.1", "全面从严治党主体责任", "group.league"),
    fact("22.1", "依法履行职责", "group.banner"),
    fact("22.1", "全面从严治党主体责任", "group.banner"),
    fact("23.1", "发挥领导作用与领导班子依法履职相统一", "group"),
    fact("23.1", "参与重要业务和重要决策制度", "group"),
    fact("23.1", "正确统一实施", "group"),
]

CHAPTER_5 = [
    fact("24.1", "请示报告制度", ALL_THREE),
    fact("24.2", "上级党委政法委员会", "commission", to="committee/same commission/higher"),
    fact("24.2", "向同级党委和党委政法委员会", "group", to="committee/same commission/same"),
    fact("24.2", "抄送", "group", "generally", to="commission/same"),
    fact("24.2", "统一向党委报告", "commission", to="committee/-"),
    fact("24.2", "牵头办理或者统筹协调", "commission", to="committee/-"),
    fact("24.2", "协助做好相关工作", "organ"),
    fact(
        "24.3",
        "全面工作",
        COMMISSION_AND_GROUP,
        limit=every(Unit.YEAR),
        to="party-org.higher/higher",
    ),
    fact("24.3", "专题报告", COMMISSION_AND_GROUP),
    fact("24.3", "遇有重大突发事件、重大问题", COMMISSION_AND_GROUP, limit=PROMPTLY),
    fact("24.4", "双重领导", "group.dual"),
    fact("25.1", "请示以下事项", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("25.1(1)", "特殊困难", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("25.1(2)", "复杂敏感案(事)件的处理处置", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("25.1(3)", "重要表彰奖励", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("25.1(4)", "跨系统工作", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("25.1(5)", "重要会议、重要活动、重要文件", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("25.1(6)", "其他应当请示", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("26.1", "报告以下事项", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("26.1(1)", "重要指示批示", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("26.1(2)", "全面从严治党主体责任", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("26.1(3)", "调查研究报告", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("26.1(4)", "年度工作计划和总结", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("26.1(5)", "重大专项工作", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("26.1(6)", "应对处置情况", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("26.1(7)", "纪律作风督查巡查中发现的重要情况", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("26.1(8)", "其他应当报告", COMMISSION_AND_GROUP, to=SAME_COMMITTEE),
    fact("27.1", "请示以下事项", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("27.1(1)", "全局", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("27.1(2)", "特殊敏感案(事)件的处置情况", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("27.1(3)", "定性和法律适用", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("27.1(4)", "拟出台", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("27.1(5)", "上级党组织交办", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("27.1(6)", "会议、活动、文件", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("27.1(7)", "其他应当请示", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("28.1", "报告以下事项", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("28.1(1)", "党中央关于政法工作决策部署", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("28.1(2)", "中央政法委员会", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("28.1(3)", "年度、阶段性工作计划和工作总结", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("28.1(4)", "改革重大部署", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("28.1(5)", "重大舆情", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("28.1(6)", "推广价值", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("28.1(7)", "插手具体案件", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("28.1(8)", "分工及其调整", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact("28.1(9)", "其他应当报告", COMMISSION_AND_GROUP, to=COMMISSIONS),
    fact(
        "29.1",
        "提前1周以上",
        COMMISSION_AND_GROUP,
        "must",
        TimeLimit(LimitKind.ADVANCE, 1, Unit.WEEK, AT_LEAST),
    ),
    fact("29.1", "履职尽责", COMMISSION_AND_GROUP),
    fact("29.1", "后续请示报告", COMMISSION_AND_GROUP, limit=PROMPTLY),
    fact("30.1", "核实", "organ.local", limit=haste("立即")),
    fact(
        "30.1",
        "1小时",
        "organ.local",
        limit=within(1, Unit.HOUR, "事发后"),
        to="commission/same organ/higher",
    ),
    fact(
        "30.1",
        "逐级报送",
        "commission organ",
        "must",
        within(3, Unit.HOUR, "距事件发生"),
        "commission.region/-",
    ),
    fact(
        "30.1",
        "一般性突发事件",
        "commission organ",
        "must",
        within(6, Unit.HOUR, "事发后"),
        "commission.region/-",
    ),
    fact("30.1", "事件进展情况", "commission organ", "must", PROMPTLY),
    fact("30.1", "处置结果", "commission organ", limit=PROMPTLY),
    fact("31.1", "回避", "persons.concerned"),
]

CHAPTER_6 = [
    fact("32.1", "集体领导、民主集中、个别酝酿、会议决定", ALL_THREE),
    fact("32.1", "科学决策、民主决策、依法决策", ALL_THREE),
    fact("32.1", "调查研究、征求意见、风险评估、合法合规性审查", ALL_THREE),
    fact("32.2", "现场决策", ALL_THREE, "may"),
    fact(
        "32.2",
        "赶赴现场",
        "secretary.committee secretary.commission police-chief",
        limit=haste("第一时间"),
    ),
    fact(
        "32.2",
        "补充报告",
        "secretary.committee secretary.commission police-chief",
        limit=PROMPTLY,
    ),
    fact("33.1", "全体会议或者常委会会议", "committee"),
    fact("33.1", "全面工作报告", "committee", limit=every(Unit.YEAR, AT_LEAST)),
    fact("33.1", "专题工作报告", "committee", limit=every(Unit.YEAR, AT_LEAST)),
    fact("33.1", "政法队伍建设中的重大问题", "committee", limit=PROMPTLY),
    fact("34.1", "全体会议制度", "commission"),
    fact("34.1", "召集并主持", "secretary.commission deputy-secretary.commission"),
    fact("34.1", "召开1次", "commission", limit=every(Unit.QUARTER, AT_LEAST)),
    fact("34.1", "随时召开", "commission", "may", ANYTIME),
    fact("35.1", "召开1次", "group", "generally", every(Unit.MONTH, GENERALLY)),
    fact("35.1", "讨论和决定", "group"),
    fact("35.1", "随时召开", "group", "may", ANYTIME),
    fact("36.1", "督查、评估和反馈机制", ALL_THREE),
]

CHAPTERS_7_AND_8 = [
    fact("37.1", "下级党委常委会", "committee"),
    fact("37.1", "综合考核评价", "committee"),
    fact("38.1", "列席", "commission", to="group/same"),
    fact("38.2", "报同级党委审核", "group", to="committee/same"),
    fact("38.2", "报送同级党委政法委员会", "group", to="commission/same"),
    fact("38.2", "指导意见、建议", "attendees.commission", "may"),
    fact(
        "38.2",
        "会议情况和整改情况",
        "group",
        to="committee/same discipline-inspection/same organisation-dept/same",
    ),
    fact("38.2", "同时报送党委政法委员会", "group", to="commission/same"),
    fact("39.1", "全体会议形式", "commission", limit=every(Unit.YEAR)),
    fact("39.1", "点评", "secretary.commission"),
    fact("39.1", "工作要求", "secretary.commission"),
    fact(
        "39.2",
        "年底前",
        "commission",
        "generally",
        TimeLimit(LimitKind.BY, None, Unit.YEAR, GENERALLY, word="年底前"),
    ),
    fact("40.1", "政治督察制度", "commission", to=INSPECTED_PARTIES),
    fact("40.1", "与党委巡视巡察一并开展", "commission", "may"),
    fact("40.1", "专门组织开展", "commission", "may"),
    fact("40.1(1)", "绝对领导", "commission", "is", to=INSPECTED_PARTIES),
    fact("40.1(2)", "中央政法委员会", "commission", "is", to=INSPECTED_PARTIES),
    fact("40.1(3)", "主体责任", "commission", "is", to=INSPECTED_PARTIES),
    fact("40.1(4)", "政治纪律和政治规矩", "commission", "is", to=INSPECTED_PARTIES),
    fact("40.1(5)", "民主集中制", "commission", "is", to=INSPECTED_PARTIES),
    fact("40.1(6)", "巡视巡察整改", "commission", "is", to=INSPECTED_PARTIES),
    fact("40.1(7)", "其他需要了解", "commission", "is", to=INSPECTED_PARTIES),
    fact("41.1", "组织开展对同级和下级政法单位", "commission", to="organ/same organ/lower"),
    fact("41.1", "案件评查", "commission", "generally"),
    fact("41.1", "自行组织", "commission", "may"),
    fact("41.1", "联合开展", "commission", "may"),
    fact("41.1(1)", "监督检查", "commission"),
    fact("41.1(2)", "总结推广", "commission"),
    fact("41.1(2)", "普遍性、倾向性问题", "commission"),
    fact("41.1(3)", "办案协调会商", "commission"),
    fact("41.1(4)", "群众反映强烈", "commission", limit=PROMPTLY),
    fact("41.1(5)", "重大分歧", "commission"),
    fact("41.1(6)", "依法行使职权", "commission"),
    fact("41.1(6)", "困难和阻力", "commission"),
    fact("41.1(7)", "交办的其他执法监督工作", "commission"),
    fact("42.1", "督查巡查制度", "commission", to=INSPECTED_ORGANS),
    fact("42.1(1)", "八项规定", "commission", "is", to=INSPECTED_ORGANS),
    fact("42.1(2)", "领导班子建设", "commission", "is", to=INSPECTED_ORGANS),
    fact("42.1(3)", "整顿", "commission", "is", to=INSPECTED_ORGANS),
    fact("42.1(4)", "司法惩戒、公安督察", "commission", "is", to=INSPECTED_ORGANS),
    fact("42.1(5)", "腐败", "commission", "is", to=INSPECTED_ORGANS),
    fact("42.1(6)", "其他专项工作", "commission", "is", to=INSPECTED_ORGANS),
    fact("43.1", "形成报告", "commission", limit=within(20, Unit.WORKDAY, "结束后")),
    fact("43.1", "研究审定", "commission"),
    fact("43.1", "向同级党委报告", "commission", to="committee/same"),
    fact("43.1", "反馈意见", "commission", to="organ.inspected/-"),
    fact("43.1", "通报", "commission", "may"),
    fact(
        "43.1",
        "整改落实情况",
        "organ.inspected",
        limit=within(20, Unit.WORKDAY, "收到反馈意见后"),
        to="commission/-",
    ),
    fact("44.1", "协作机制", "commission", to="inspection-body/-"),
    fact("44.1", "派员参与", "commission"),
    fact("44.1", "了解巡视巡察反馈意见", "commission", limit=PROMPTLY),
    fact("44.1", "督促整改落实", "commission"),
    fact("45.1", "约谈、通报、挂牌督办", "commission"),
    fact("45.1", "处分建议", "commission"),
    fact("45.1", "依纪依规处理", "committee"),
    fact("45.1", "刑事责任", ""),
    fact("46.1", "解释的办理工作", "commission.region"),
    fact(
        "47.1",
        "施行",
        "regulation",
        "is",
        TimeLimit(LimitKind.EFFECTIVE, date=dt.date(2019, 11, 20)),
    ),
    fact("47.1", "不一致", "regulation"),
]

FACTS = [*CHAPTERS_1_AND_2, *CHAPTERS_3_AND_4, *CHAPTER_5, *CHAPTER_6, *CHAPTERS_7_AND_8]


@pytest.fixture(scope="module")
def regulation() -> Regulation:
    return load_regulation()


@pytest.fixture(scope="module")
def table(regulation: Regulation) -> RuleTable:
    return load_rules(regulation, load_actors())


def short(provision: ProvisionId) -> str:
    item = f"({provision.item})" if provision.item else ""
    return f"{provision.article}.{provision.paragraph}{item}"


def quote(regulation: Regulation, rule: Rule) -> str:
    return regulation.text.slice(rule.span, Script.SIMPLIFIED)


def recipients(rule: Rule) -> frozenset[str]:
    return frozenset(f"{r.actor}/{r.relation or '-'}" for r in rule.recipients)


def agrees(rule: Rule, fact: Fact) -> bool:
    return (
        frozenset(rule.bearers) == fact.bearers
        and str(rule.modality) == fact.modality
        and rule.time == fact.limit
        and (fact.recipients is None or recipients(rule) == fact.recipients)
    )


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f.id)
def test_the_table_states_it(regulation: Regulation, table: RuleTable, fact: Fact) -> None:
    rows = [
        rule
        for rule in table.rows
        if short(rule.provision) == fact.provision and fact.says in quote(regulation, rule)
    ]
    told = [(r.id, r.bearers, str(r.modality), r.time, recipients(r)) for r in rows]
    assert any(agrees(rule, fact) for rule in rows), f"{fact} not among {told}"


def test_the_facts_hold_every_time_limit_of_the_table_and_no_other(table: RuleTable) -> None:
    stated = Counter((short(r.provision), r.time) for r in table.rows if r.time is not None)
    read = Counter((f.provision, f.limit) for f in FACTS if f.limit is not None)
    assert stated == read
    assert len(FACTS) >= 200
    assert sum(read.values()) == 34


def test_every_article_and_every_item_has_a_row(regulation: Regulation, table: RuleTable) -> None:
    stated = {rule.provision for rule in table.rows}
    articles = {provision.article for provision in stated}
    assert articles == set(range(1, 48))
    items = {p for p in regulation.provisions() if p.item is not None}
    assert len(items) == 9 + 6 + 8 + 7 + 9 + 7 + 7 + 6
    assert items <= stated


def paired(rule: Rule) -> list[tuple[str, str, str]]:
    return [(bearer, to.actor, str(to.relation)) for bearer, to in rule.pairs]


def test_who_reports_to_whom_is_paired_in_articles_27_and_28(table: RuleTable) -> None:
    rows = [rule for rule in table.rows if rule.provision.article in (27, 28)]
    assert len(rows) == 1 + 7 + 1 + 9
    for rule in rows:
        assert paired(rule) == [
            ("group", "commission", "same"),
            ("commission", "commission", "higher"),
        ], rule.id


@pytest.mark.parametrize(
    ("provision", "says"),
    [
        pytest.param("30.1", "处置结果", id="result-of-handling"),
        pytest.param("30.1", "事件进展情况", id="progress"),
        pytest.param("32.2", "补充报告", id="supplementary-report"),
        pytest.param("24.3", "专题报告", id="special-report"),
        pytest.param("38.2", "会议情况和整改情况", id="after-the-democratic-life-meeting"),
        pytest.param("43.1", "向同级党委报告", id="report-to-the-committee"),
        pytest.param("43.1", "并向被监督检查单位反馈意见", id="feedback"),
        pytest.param("45.1", "依纪依规处理", id="handling-by-the-committee"),
    ],
)
def test_where_the_text_gives_no_number_the_table_gives_none(
    regulation: Regulation, table: RuleTable, provision: str, says: str
) -> None:
    rows = [
        rule
        for rule in table.rows
        if short(rule.provision) == provision and says in quote(regulation, rule)
    ]
    assert rows
    assert all(rule.time is None or rule.time.quantity is None for rule in rows)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        pytest.param("r29.1", "自然周还是工作周", id="calendar-or-working-week"),
        pytest.param("r33.3", "分别而言", id="each-organ-or-all-together"),
        pytest.param("r30.6", "向谁报告", id="recipient-of-the-result"),
        pytest.param("r32.6", "向谁补充报告", id="recipient-of-the-supplement"),
        pytest.param("r43.1", "未另定期限", id="what-the-20-working-days-cover"),
    ],
)
def test_an_ambiguity_of_the_text_is_told(table: RuleTable, rule: str, words: str) -> None:
    row = table.get(rule)
    assert row is not None
    assert row.note is not None
    assert words in row.note
    assert row.note_en


MODAL = {"may": "可", "generally": "一般", "must": "必须|不得"}
MODAL_EN = {"may": r"\bmay\b", "generally": r"\bgenerally\b", "must": r"\bmust\b"}


def test_a_statement_has_the_modality_of_its_row(table: RuleTable) -> None:
    for rule in table.rows:
        words, english = MODAL.get(str(rule.modality)), MODAL_EN.get(str(rule.modality))
        if words and english:
            assert re.search(words, rule.statement), rule.id
            assert re.search(english, rule.statement_en), rule.id
        if str(rule.modality) == "shall":
            assert "可以" not in rule.statement, rule.id


def plain(text: str) -> str:
    """Chinese characters and digits only: what is said, without punctuation."""
    return re.sub(r"[^\w]", "", convert(text, Script.SIMPLIFIED))


# What makes a clause a sentence of its own, and 第四十条所列七项.
JOINTS = frozenset("的是目会中时向就遇由对其在而例第条所列项事二三四五六七八九十")


def test_a_statement_says_nothing_that_its_article_does_not(
    regulation: Regulation, table: RuleTable
) -> None:
    for rule in table.rows:
        article = plain(regulation.text_of(rule.provision.of_article))
        foreign = set(plain(rule.statement)) - set(article)
        assert foreign <= JOINTS, (rule.id, foreign)
        numbers = set(re.findall(r"[0-9]+", rule.statement))
        assert numbers <= set(re.findall(r"[0-9]+", article)), rule.id
