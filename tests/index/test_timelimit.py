"""The time-limit language: how people write limits, and what is none."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.anchors import AnchorEvent, anchor_event
from index.compliance import complies
from index.errors import TimeLimitError
from index.quantities import calendar_days
from index.text import Script, convert
from index.timelimit import (
    Comparison,
    LimitKind,
    TimeLimit,
    Unit,
    find_time_limits,
    parse_time_limit,
)

FLAGS = ("negated", "waived", "bare", "observed", "ordinal")

# a busy machine is no failure
unhurried = settings(deadline=None)


def brief(limit: TimeLimit) -> str:
    """within 1 hour at_most @事发后: one line per limit, so that a table stays readable."""
    parts: list[str] = [limit.kind]
    if limit.times is not None:
        parts.append(f"{limit.times}x")
    if limit.quantity is not None:
        parts.append(f"{limit.quantity}{f'..{limit.upto}' if limit.upto else ''}")
    parts += [str(p) for p in (limit.unit, limit.comparison, limit.date, limit.word) if p]
    return " ".join(parts) + (f" @{limit.anchor}" if limit.anchor else "")


WRITTEN = [
    # within, Chinese
    ("1小时内", "within 1 hour at_most"),
    ("一个钟头之内", "within 1 hour at_most"),
    ("1個小時之內", "within 1 hour at_most"),
    ("６０分钟内", "within 60 minute at_most"),
    ("半小时内", "within 1/2 hour at_most"),
    ("半个小时内", "within 1/2 hour at_most"),
    ("一个半小时内", "within 3/2 hour at_most"),
    ("1.5小时内", "within 3/2 hour at_most"),
    ("一点五小时内", "within 3/2 hour at_most"),
    ("1小时30分钟内", "within 3/2 hour at_most"),
    ("一刻钟内", "within 15 minute at_most"),
    ("2 小时 以内", "within 2 hour at_most"),
    ("不超过3小时", "within 3 hour at_most"),
    ("最迟不得超过3小时", "within 3 hour at_most"),
    ("至迟三小时", "within 3 hour at_most"),
    ("不晚于3個鐘頭", "within 3 hour at_most"),
    ("最晚不能超过事发后6小时", "within 6 hour at_most @事发后"),
    ("距事件发生最迟不得超过3小时", "within 3 hour at_most @距事件发生"),
    ("事发后1小时内", "within 1 hour at_most @事发后"),
    ("事发1小时内", "within 1 hour at_most @事发"),
    ("自事件发生之时起3小时内", "within 3 hour at_most @事件发生之时起"),
    ("結束後２０個工作日內", "within 20 workday at_most @结束后"),
    ("收到反馈意见后二十个工作日之内", "within 20 workday at_most @收到反馈意见后"),
    ("廿个工作日内", "within 20 workday at_most"),
    ("贰拾个工作日内", "within 20 workday at_most"),
    ("20工作日内", "within 20 workday at_most"),
    ("30个自然日内", "within 30 day at_most"),
    ("两周内", "within 2 week at_most"),
    ("俩礼拜内", "within 2 week at_most"),
    ("半个月内", "within 1/2 month at_most"),
    ("立案之日起六个月内", "within 6 month at_most @立案之日起"),
    ("3至5日内", "within 3..5 day at_most"),
    ("三到五个工作日内", "within 3..5 workday at_most"),
    ("3日至5日内", "within 3..5 day at_most"),
    ("两三天内", "within 2..3 day at_most"),
    ("一般在3日内", "within 3 day generally"),
    ("会后2小时内", "within 2 hour at_most @会后"),
    ("收到督察反馈已经23个工作日", "within 23 workday @收到督察反馈"),
    ("离实施只剩4天", "advance 4 day @离实施"),
    # amounts alone
    ("20个工作日", "within 20 workday"),
    ("3h", "within 3 hour"),
    ("12个月", "within 12 month"),
    ("一年半", "within 3/2 year"),
    ("第20个工作日", "within 20 workday"),
    ("第20天之前", "within 20 day at_most"),
    # advance
    ("提前1周以上", "advance 1 week at_least"),
    ("提前一个星期", "advance 1 week"),
    ("至少提前7天", "advance 7 day at_least"),
    ("提前不少于7天", "advance 7 day at_least"),
    ("提前时间应在1周以上", "advance 1 week at_least"),
    ("提前三个工作日以上", "advance 3 workday at_least"),
    ("提前不足一周", "advance 1 week less_than"),
    ("一周以上的提前量", "advance 1 week at_least"),
    ("会前3天", "advance 3 day @会前"),
    ("会议召开前7天", "advance 7 day @会议召开前"),
    ("至少一周前", "advance 1 week at_least"),
    # frequency
    ("每季度至少1次", "frequency 1x 1 quarter at_least"),
    ("每季度至少分析研判1次", "frequency 1x 1 quarter at_least"),
    ("每個季度不少於一次", "frequency 1x 1 quarter at_least"),
    ("至少每季度研判一次", "frequency 1x 1 quarter at_least"),
    ("每季度召开一次以上", "frequency 1x 1 quarter at_least"),
    ("一季度至少召开1次", "frequency 1x 1 quarter at_least"),
    ("每个月", "frequency 1 month"),
    ("每月一次", "frequency 1x 1 month"),
    ("一般每月召开1次", "frequency 1x 1 month generally"),
    ("按月", "frequency 1 month"),
    ("按季度", "frequency 1 quarter"),
    ("逐月", "frequency 1 month"),
    ("每三个月", "frequency 3 month"),
    ("每三月一次", "frequency 1x 3 month"),
    ("三个月开一次", "frequency 1x 3 month"),
    ("每半年", "frequency 1 half_year"),
    ("半年一次", "frequency 1x 1 half_year"),
    ("一年两次", "frequency 2x 1 year"),
    ("每年至少听取两次", "frequency 2x 1 year at_least"),
    ("每年以全体会议形式，开展1次", "frequency 1x 1 year"),
    ("每两年", "frequency 2 year"),
    ("隔周", "frequency 2 week"),
    ("一季一次", "frequency 1x 1 quarter"),
    ("一年一度", "frequency 1 year"),
    ("每周", "frequency 1 week"),
    ("每日", "frequency 1 day"),
    ("每届", "frequency 每届"),
    ("定期", "frequency 定期"),
    ("每月1至2次", "frequency 1x 1 month at_least"),
    ("季度", "frequency 1 quarter"),
    ("全年至少4次", "frequency 4x 1 year at_least"),
    ("去年全年只开了3次", "frequency 3x 1 year exactly"),
    # threshold
    ("满5年", "threshold 5 year at_least"),
    ("连续工作5年以上", "threshold 5 year at_least"),
    ("連續工作滿五年", "threshold 5 year at_least"),
    ("不满5年", "threshold 5 year less_than"),
    ("超过3小时", "threshold 3 hour more_than"),
    ("拖过3小时", "threshold 3 hour more_than"),
    ("连续干了6年", "threshold 6 year at_least"),
    # by, immediate, at any time
    ("年底前", "by year 年底前"),
    ("一般安排在年底前", "by year generally 年底前"),
    ("季度末前", "by quarter 季度末前"),
    ("10月底前", "by day 10月底前"),
    ("2026年6月30日前", "by day 2026-06-30"),
    ("当天", "by day 当天"),
    ("及时", "immediate 及时"),
    ("第一時間", "immediate 第一时间"),
    ("即刻", "immediate 即刻"),
    ("马上", "immediate 马上"),
    ("尽快", "immediate 尽快"),
    ("随时", "anytime 随时"),
    # effective
    ("自2019年11月20日起施行", "effective 2019-11-20"),
    ("2020年1月1日开始施行", "effective 2020-01-01"),
    ("施行日期为2019年11月20日", "effective 2019-11-20"),
    ("二〇一九年十一月二十日起施行", "effective 2019-11-20"),
    ("2019年11月20日发布并施行", "effective 2019-11-20"),
    ("自發布之日起三十日後施行", "effective 30 day @发布之日起"),
    ("自印发之日起施行", "effective @印发之日"),
    # English
    ("within 1 hour", "within 1 hour at_most"),
    ("within one (1) hour", "within 1 hour at_most"),
    ("within half an hour", "within 1/2 hour at_most"),
    ("within 60 minutes of the incident", "within 60 minute at_most @事发后"),
    ("no later than 3 hours after the event occurs", "within 3 hour at_most @事发后"),
    ("one and a half hours", "within 3/2 hour"),
    ("20 working days", "within 20 workday"),
    (
        "within twenty business days after receiving the feedback",
        "within 20 workday at_most @收到反馈意见后",
    ),
    ("3 to 5 days", "within 3..5 day"),
    ("at least one week in advance", "advance 1 week at_least"),
    ("no later than one week before", "advance 1 week at_least"),
    ("a week's notice", "advance 1 week"),
    ("seven days beforehand", "advance 7 day"),
    ("one week or more in advance", "advance 1 week at_least"),
    ("monthly", "frequency 1 month"),
    ("quarterly", "frequency 1 quarter"),
    ("at least once a quarter", "frequency 1x 1 quarter at_least"),
    ("every quarter at least once", "frequency 1x 1 quarter at_least"),
    ("every six months", "frequency 6 month"),
    ("once every three months", "frequency 1x 3 month"),
    ("semi-annually", "frequency 1 half_year"),
    ("twice a year", "frequency 2x 1 year"),
    ("annually", "frequency 1 year"),
    ("every other week", "frequency 2 week"),
    ("three times last year", "frequency 3x 1 year exactly"),
    ("five consecutive years", "threshold 5 year at_least"),
    ("more than 5 years", "threshold 5 year more_than"),
    ("by year-end", "by year by year-end"),
    ("immediately", "immediate immediately"),
    ("at any time", "anytime at any time"),
    ("in force since 20 November 2019", "effective 2019-11-20"),
    ("took effect on November 20th, 2019", "effective 2019-11-20"),
    ("takes effect 30 days after publication", "effective 30 day @发布之日"),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row, id=row[0]) for row in WRITTEN])
def test_one_limit_reads_whole(text: str, expected: str) -> None:
    assert brief(parse_time_limit(text)) == expected


NO_LIMIT = [
    "第三十条第一款",
    "共47条、8章、6项",
    "三位负责人",
    "新时代",
    "党的二十大以来",
    "召开一次会议",
    "第一次会议",
    "一次性告知",
    "多次",
    "11月20日召开",
    "2019年11月15日通过",
    "2019年",
    "3月",
    "一季度",
    "第二季度",
    "本季度工作",
    "近三年",
    "这一年",
    "三年行动计划",
    "五年规划",
    "建党100周年",
    "三年级",
    "24小时值班",
    "八小时以外",
    "三天两头",
    "四个季度",
    "没有规定具体天数",
    "几天内",
    "十多天",
    "不定期",
    "20日上午",
    "当天晚上7点半",
    "每0天",
    "0小时内",
    "十十天",
    "2019年11月20日实施办法发布",
    "Article 30, paragraph 1",
    "a week is a long time",
    "the annual report",
    "the last 3 years",
    "two of the four quarters",
    "",
]


@pytest.mark.parametrize("text", NO_LIMIT)
def test_no_limit(text: str) -> None:
    assert find_time_limits(text) == ()


IN_CONTEXT = [
    pytest.param(
        "应当立即核实，并在事发后1小时内向同级党委政法委员会报告",
        [("立即", "立即", None), ("事发后1小时内", "1小时", None)],
        id="art-30",
    ),
    pytest.param(
        "规定是每半年至少听取1次报告", [("每半年至少听取1次", "每半年", "1次")], id="count-apart"
    ),
    pytest.param(
        "黨委每年向上級黨組織報告１次全面工作",
        [("每年向上級黨組織報告１次", "每年", "１次")],
        id="traditional-full-width",
    ),
    pytest.param(
        "所以被检查单位收到反馈意见后20个工作日内",
        [("收到反馈意见后20个工作日内", "20个工作日", None)],
        id="anchor-without-its-subject",
    ),
    pytest.param(
        "旗公安局事发后1小时内", [("事发后1小时内", "1小时", None)], id="anchor-without-an-actor"
    ),
    pytest.param(
        "一般安排在每年六月底前",
        [("每年", "每年", None), ("六月底前", "六月底前", None)],
        id="month-end",
    ),
    pytest.param(
        "去年四个季度各研判了一次",
        [("四个季度各研判了一次", "四个季度", "一次")],
        id="each-quarter",
    ),
    pytest.param("年限按年计算", [("按年", "按年", None)], id="a-noun-is-no-cue"),
    pytest.param("实行一月一报制度", [("一月", "一月", None)], id="one-each"),
    pytest.param("结束后２０日内形成", [("结束后２０日内", "２０日", None)], id="days"),
    pytest.param(
        "结束后20\n个工作日内形成",
        [("结束后20\n个工作日内", "20\n个工作日", None)],
        id="broken-line",
    ),
    pytest.param("1. 3小时内报告", [("3小时内", "3小时", None)], id="list-number"),
    pytest.param(
        "- 提前30分钟签到\n- 手机存放\n- 会后2小时内报送",
        [("提前30分钟", "30分钟", None), ("会后2小时内", "2小时", None)],
        id="list-items",
    ),
    pytest.param(
        "自发布之日起三十日后施行", [("自发布之日起三十日后施行", "三十日后", None)], id="effective"
    ),
    pytest.param(
        "must meet at least once per quarter.",
        [("at least once per quarter", "once per quarter", "once")],
        id="english",
    ),
    pytest.param(
        "每季度1次，特殊情况3日内报告一次会议",
        [("每季度1次", "每季度", "1次"), ("3日内", "3日", None)],
        id="count-belongs-to-period",
    ),
    pytest.param(
        "每月汇总。每周一次", [("每月", "每月", None), ("每周一次", "每周", "一次")], id="sentences"
    ),
]


@pytest.mark.parametrize(("text", "expected"), IN_CONTEXT)
def test_spans(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = [
        (m.span.of(text), m.amount.of(text), m.count and m.count.of(text))
        for m in find_time_limits(text)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        pytest.param("不是1个工作日", {"negated", "bare"}, id="not"),
        pytest.param("而不是20天", {"negated", "bare"}, id="rather"),
        pytest.param("并非三小时", {"negated", "bare"}, id="by-no-means"),
        pytest.param("是不是1小时内", set(), id="question"),
        pytest.param("不超过3小时", set(), id="at-most-is-no-negation"),
        pytest.param("不必等满一周", {"waived"}, id="need-not-wait"),
        pytest.param("无需在1小时内", {"waived"}, id="no-need"),
        pytest.param("未及时报告", {"negated"}, id="not-in-time"),
        pytest.param("期限都是20个工作日", {"bare"}, id="bare"),
        pytest.param("那个3小时", {"bare"}, id="that"),
        pytest.param("20个工作日内", set(), id="told"),
        pytest.param("全年只研判了3次", {"observed"}, id="done"),
        pytest.param("收到反馈意见后第20个工作日", {"ordinal"}, id="ordinal"),
        pytest.param("rather than 20 days", {"negated", "bare"}, id="rather-than"),
        pytest.param("need not report within 1 hour", {"waived"}, id="need-not"),
        pytest.param("季度的全体会议", {"bare"}, id="adjective"),
    ],
)
def test_flags(text: str, flags: set[str]) -> None:
    (mention,) = find_time_limits(text)
    assert {name for name in FLAGS if getattr(mention, name)} == flags


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("60分钟内", "1小时内", True),
        ("每三个月", "每季度", True),
        ("每六个月一次", "每半年", True),
        ("7天", "1周", True),
        ("两周内", "14日内", True),
        ("12个月", "1年", True),
        ("满60个月", "满5年", True),
        ("１小時內", "within one hour", True),
        ("每季度1次", "每季度", True),
        ("立即", "马上", True),
        ("年底前", "by year-end", True),
        ("当天", "当日", True),
        ("自2019年11月20日起施行", "effective 2019-11-20", True),
        ("20个工作日", "20天", False),
        ("20个工作日", "一个月", False),
        ("4周", "一个月", False),
        ("每半年", "一年两次", False),
        ("每季度1次", "每季度2次", False),
        ("每月", "一个月内", False),
        ("3至5日", "3日", False),
        ("立即", "1小时内", False),
        ("及时", "随时", False),
        ("年底前", "季度末前", False),
        ("自2019年11月20日起施行", "自2020年1月1日起施行", False),
        ("自2019年11月20日起施行", "自发布之日起施行", False),
    ],
)
def test_same_amount(one: str, other: str, same: bool) -> None:
    a, b = parse_time_limit(one), parse_time_limit(other)
    assert a.same_amount(b) is same
    assert b.same_amount(a) is same


@pytest.mark.parametrize(
    ("rule", "conduct", "verdict"),
    [
        ("提前1周以上", "提前10天", True),
        ("提前1周以上", "提前7天", True),
        ("提前1周以上", "提前5天", False),
        ("提前1周以上", "提前一个月", True),
        ("提前1周以上", "提前不足一周", False),
        ("提前1周以上", "提前7个工作日", True),
        ("提前1周以上", "提前5个工作日", None),
        ("提前1周以上", "至少提前5天", None),
        ("1小时内", "30分钟", True),
        ("1小时内", "1小时", True),
        ("1小时内", "超过1小时", False),
        ("3小时内", "4小时", False),
        ("20个工作日内", "第20个工作日", True),
        ("20个工作日内", "21个工作日", False),
        ("20个工作日内", "20天", True),
        ("20个工作日内", "30天", None),
        ("20个工作日内", "两个月", False),
        ("连续工作满5年", "6年", True),
        ("连续工作满5年", "4年半", False),
        ("每季度至少1次", "每季度2次", True),
        ("每季度至少1次", "每月1次", True),
        ("每季度至少1次", "每半年1次", False),
        ("每月至少1次", "全年只开了3次", False),
        ("每月至少1次", "全年开了12次", None),
        ("每月至少1次", "每两周一次", True),
        ("每年至少1次", "一年两次", True),
        ("每季度至少1次", "1小时内", None),
        ("及时", "1小时内", None),
    ],
)
def test_complies(rule: str, conduct: str, verdict: bool | None) -> None:
    assert complies(parse_time_limit(rule), parse_time_limit(conduct)) is verdict


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "一会儿",
            '"一会儿" is not a time limit; write for example 1小时内, 提前1周以上, 每季度至少1次',
        ),
        ("3小时内报告", '"报告" is left over beside "3小时内"; write the time limit alone'),
        ("1小时内，3小时内", '2 time limits: "1小时内", "3小时内"; write one'),
    ],
)
def test_not_one_limit(text: str, message: str) -> None:
    with pytest.raises(TimeLimitError) as caught:
        parse_time_limit(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": 1},
        {"quantity": 0, "unit": Unit.DAY},
        {"quantity": 5, "unit": Unit.DAY, "upto": 3},
        {"upto": 3},
        {"times": -1},
    ],
)
def test_values_that_are_no_limit(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"quantity|range|times"):
        TimeLimit(LimitKind.WITHIN, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limit", "hans", "hant", "en"),
    [
        ("每季度至少1次", "每季度至少1次", "每季度至少1次", "at least once a quarter"),
        ("事发后一小时以内", "事发后1小时内", "事發後1小時內", "within 1 hour of the incident"),
        ("提前一周以上", "提前1周以上", "提前1周以上", "at least 1 week in advance"),
        ("每半年", "每半年", "每半年", "every half-year"),
        ("一般每月一次", "一般每月1次", "一般每月1次", "generally once a month"),
        ("20個工作日內", "20个工作日内", "20個工作日內", "within 20 working days"),
        ("连续工作满5年", "满5年", "滿5年", "at least 5 years"),
        ("自2019-11-20起施行", "自2019年11月20日起施行", "自2019年11月20日起施行",
         "effective from 20 November 2019"),
        ("年底前", "年底前", "年底前", "by year-end"),
        ("立即", "立即", "立即", "immediately"),
    ],
)  # fmt: skip
def test_wording(limit: str, hans: str, hant: str, en: str) -> None:
    value = parse_time_limit(limit)
    assert (value.format(), value.format("zh-Hant"), value.format("en")) == (hans, hant, en)


def test_several_half_years_are_written_in_months() -> None:
    assert TimeLimit(LimitKind.WITHIN, 3, Unit.HALF_YEAR).format() == "18个月内"


@pytest.mark.parametrize(
    ("words", "event"),
    [
        ("事发后", AnchorEvent.OCCURRENCE),
        ("距事件发生", AnchorEvent.OCCURRENCE),
        ("of the incident", AnchorEvent.OCCURRENCE),
        ("监督检查结束后", AnchorEvent.END),
        ("会议结束后", AnchorEvent.END),
        ("收到反馈后", AnchorEvent.FEEDBACK),
        ("after receiving the feedback", AnchorEvent.FEEDBACK),
        ("会后", AnchorEvent.AFTER_MEETING),
        ("会前", AnchorEvent.BEFORE_MEETING),
        ("印发之日", AnchorEvent.ISSUE),
        ("接到报告后", AnchorEvent.REPORT),
        ("开春后", None),
    ],
)
def test_anchor_event(words: str, event: AnchorEvent | None) -> None:
    assert anchor_event(words) is event


# properties

_quantities = st.one_of(
    st.integers(1, 9999), st.integers(1, 400).filter(lambda n: n % 2).map(lambda n: Fraction(n, 2))
)
_units = st.sampled_from(Unit)
_anchors = st.sampled_from([None, "事发后", "结束后", "收到反馈意见后"])


def _small(unit: Unit, quantity: Fraction | int) -> bool:
    # 1000年 and more is the name of a year
    return unit is not Unit.YEAR or quantity < 1000


@st.composite
def durations(draw: st.DrawFn) -> TimeLimit:
    quantity, unit = draw(_quantities), draw(_units)
    if not _small(unit, quantity) or unit is Unit.HALF_YEAR:
        quantity = 1
    kind = draw(st.sampled_from([LimitKind.WITHIN, LimitKind.ADVANCE, LimitKind.THRESHOLD]))
    anchor = draw(_anchors) if kind is LimitKind.WITHIN else None
    comparison = {
        LimitKind.WITHIN: st.sampled_from([Comparison.AT_MOST, Comparison.GENERALLY]),
        LimitKind.ADVANCE: st.sampled_from([None, Comparison.AT_LEAST, Comparison.LESS_THAN]),
        LimitKind.THRESHOLD: st.sampled_from(
            [Comparison.AT_LEAST, Comparison.LESS_THAN, Comparison.MORE_THAN]
        ),
    }[kind]
    return TimeLimit(kind, quantity, unit, draw(comparison), anchor=anchor)


@st.composite
def frequencies(draw: st.DrawFn) -> TimeLimit:
    quantity, unit = draw(st.integers(1, 60)), draw(_units.filter(lambda u: u is not Unit.MINUTE))
    if unit is Unit.HALF_YEAR:
        quantity = 1  # 两个半年 says two and a half years as well
    times = draw(st.one_of(st.none(), st.integers(1, 99)))
    comparison = draw(st.sampled_from([None, Comparison.AT_LEAST, Comparison.GENERALLY]))
    return TimeLimit(LimitKind.FREQUENCY, quantity, unit, comparison, times)


_days = st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31))
effectives = _days.map(lambda day: TimeLimit(LimitKind.EFFECTIVE, date=day))
bys = _days.map(lambda day: TimeLimit(LimitKind.BY, unit=Unit.DAY, date=day))


@unhurried
@given(
    st.one_of(durations(), frequencies(), effectives, bys), st.sampled_from(["zh-Hans", "zh-Hant"])
)
def test_parse_reads_what_format_writes(limit: TimeLimit, lang: str) -> None:
    assert parse_time_limit(limit.format(lang)) == limit


@unhurried
@given(st.one_of(durations(), frequencies(), effectives, bys))
def test_parse_reads_what_format_writes_in_english(limit: TimeLimit) -> None:
    read = parse_time_limit(limit.format("en"))
    assert read.same_amount(limit)
    assert (read.kind, read.anchor) == (limit.kind, limit.anchor)


_fragments = st.sampled_from(
    [
        *[text for text, _ in WRITTEN],
        *NO_LIMIT,
        *"，。；\n 　",
        "党委政法委员会",
        "应当",
        "不是",
        "内",
        "前",
        "每",
        "半",
        "至少",
        "一",
        "次",
        "2",
        "\ud800",
        "½",
    ]
)


@unhurried
@given(st.lists(_fragments, max_size=12).map("".join))
def test_mentions_lie_in_the_text_and_apart(text: str) -> None:
    end = 0
    for mention in find_time_limits(text):
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.contains(mention.amount)
        assert mention.count is None or mention.span.contains(mention.count)
        assert mention.anchor is None or mention.span.contains(mention.anchor)
        end = mention.span.end


@unhurried
@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert find_time_limits(text) == find_time_limits(text)


@unhurried
@given(
    st.lists(st.sampled_from([t for t, _ in WRITTEN if t > "\u2e80"]), max_size=5).map("。".join)
)
def test_script_changes_nothing(text: str) -> None:
    simplified = find_time_limits(convert(text, Script.SIMPLIFIED))
    traditional = find_time_limits(convert(text, Script.TRADITIONAL))
    assert [(m.span, m.limit) for m in simplified] == [(m.span, m.limit) for m in traditional]


@unhurried
@given(st.integers(1, 2000), _units)
def test_days_have_an_order(quantity: int, unit: Unit) -> None:
    low, high = calendar_days(quantity, unit)
    assert high is not None
    assert 0 < low <= high


def test_a_long_text_is_read_whole() -> None:
    sentence = "应当在事发后1小时内报告,within 1 hour of it. "
    assert len(find_time_limits(sentence * 5000)) == 10_000
