"""Due moments: hours over midnight, days, China's working days, weeks backwards, periods."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.check import check
from assistant.due import Due, due, due_of_rule, parse_when
from assistant.due_asked import due_asked, first_due_asked
from assistant.findings import Verdict
from assistant.knowledge import load_knowledge
from assistant.when import Period, find_periods
from assistant.workdays import WorkCalendar
from index.errors import InputError
from index.limits import LimitKind, TimeLimit
from index.quantities import Unit, calendar_days
from index.timelimit import parse_time_limit

# a busy machine is no failure
unhurried = settings(deadline=None)

CALENDAR = WorkCalendar()


def run(limit: str, start: str) -> Due:
    return due(parse_time_limit(limit), parse_when(start), work=CALENDAR)


@pytest.mark.parametrize(
    ("limit", "start", "expected", "calendar"),
    [
        pytest.param("事发后1小时内", "2026-03-05T15:00", "2026-03-05T16:00", "hours", id="hour"),
        pytest.param("1小时内", "2026-03-05T23:30", "2026-03-06T00:30", "hours", id="midnight"),
        pytest.param("6小时内", "2026-12-31 20:00", "2027-01-01T02:00", "hours", id="new-year"),
        pytest.param("半小时内", "2026-03-05T15:00", "2026-03-05T15:30", "hours", id="half-hour"),
        pytest.param("24小时内", "2026-02-28 12:00", "2026-03-01T12:00", "hours", id="february"),
        pytest.param("提前30分钟", "2026-03-05T09:00", "2026-03-05T08:30", "hours", id="before"),
        pytest.param("3日内", "2026-03-03", "2026-03-06", "days", id="days"),
        pytest.param("3至5日内", "2026-03-03", "2026-03-08", "days", id="range"),
        pytest.param("1周内", "2026-03-03", "2026-03-10", "days", id="week"),
        pytest.param("20个工作日内", "2026-03-05", "2026-04-02", "workdays", id="workdays"),
        pytest.param(
            "20个工作日内", "2026-02-10", "2026-03-16", "workdays", id="over-spring-festival"
        ),
        pytest.param("1个工作日内", "2026-02-13", "2026-02-14", "workdays", id="worked-saturday"),
        pytest.param("5个工作日内", "2026-09-28", "2026-10-10", "workdays", id="national-day"),
        pytest.param("1个工作日内", "2026-03-06T17:00", "2026-03-09", "workdays", id="friday"),
        pytest.param("提前3个工作日", "2026-03-10", "2026-03-05", "workdays", id="workdays-back"),
        pytest.param("1个月内", "2026-01-31", "2026-02-28", "months", id="end-of-february"),
        pytest.param("3个月内", "2026-11-15", "2027-02-15", "months", id="over-the-year"),
        pytest.param("半个月内", "2026-03-01", "2026-03-16", "months", id="half-month"),
        pytest.param("满5年", "2024-02-29", "2029-02-28", "months", id="leap-day"),
        pytest.param("提前1周以上", "2026-03-20", "2026-03-13", "days", id="week-back"),
        pytest.param(
            "提前1周以上", "2026-03-20T15:00", "2026-03-13T15:00", "days", id="week-back-by-hour"
        ),
        pytest.param("提前1个月", "2026-03-31", "2026-02-28", "months", id="month-back"),
        pytest.param("每季度至少1次", "2026-05-03", "2026-06-30", "period", id="quarter"),
        pytest.param("每月至少1次", "2026-02-03", "2026-02-28", "period", id="month"),
        pytest.param("每半年", "2026-06-30", "2026-06-30", "period", id="half-year"),
        pytest.param("每年1次", "2026-06-30", "2026-12-31", "period", id="year"),
        pytest.param("每三个月", "2026-05-03", "2026-06-30", "period", id="three-months"),
        pytest.param("每周一次", "2026-03-05", "2026-03-08", "period", id="weekly"),
        pytest.param("每日", "2026-03-05", "2026-03-05", "period", id="daily"),
        pytest.param("每两年", "2026-03-05", "2028-03-05", "period", id="two-years"),
        pytest.param("年底前", "2026-03-05", "2026-12-31", "period", id="year-end"),
        pytest.param("季度末前", "2026-03-05", "2026-03-31", "period", id="quarter-end"),
        pytest.param("当天", "2026-03-05T10:00", "2026-03-05", "period", id="same-day"),
        pytest.param("2026年6月30日前", "2026-03-05", "2026-06-30", "period", id="date"),
        pytest.param(
            "自发布之日起三十日后施行", "2019-11-20", "2019-12-20", "days", id="effective"
        ),
    ],
)
def test_due(limit: str, start: str, expected: str, calendar: str) -> None:
    found = run(limit, start).to_json()
    assert (found["due"], found["calendar"]) == (expected, calendar)
    assert found["counted"]
    assert found["assumptions"]


@pytest.mark.parametrize(
    ("limit", "start", "words"),
    [
        pytest.param("3小时内", "2026-03-05T23:00", "跨过零点", id="midnight"),
        pytest.param("3小时内", "2026-03-05T23:00", "节假日不扣除", id="clock"),
        pytest.param("20个工作日内", "2026-03-05", "起算当日不计入", id="start-day"),
        pytest.param("20个工作日内", "2026-03-05", "2026年的工作日按国务院公布", id="official"),
        pytest.param("20个工作日内", "2099-03-05", "没有2099年调休安排的数据", id="no-notice-yet"),
        pytest.param("20个工作日内", "1949-11-05", "只按周末扣除", id="no-holidays-known"),
        pytest.param("提前1周以上", "2026-03-20", "自然周还是工作周", id="art-29"),
        pytest.param("1周内", "2026-03-05", "自然周还是工作周", id="week"),
        pytest.param("提前1周以上", "2026-10-12", "稳妥的做法", id="falls-on-holiday"),
        pytest.param("3日内", "2026-03-05", "没有规定顺延", id="ends-on-sunday"),
        pytest.param("1个月内", "2026-01-31", "没有对应的日子", id="no-such-day"),
        pytest.param("半个月内", "2026-03-01", "15天", id="half-month"),
        pytest.param("3至5日内", "2026-03-03", "最长的一端", id="range"),
        pytest.param("每季度至少1次", "2026-05-03", "自然周期", id="period"),
        pytest.param("每两年", "2026-05-03", "上一次办理", id="since-last"),
        pytest.param("每两年", "2024-02-29", "没有对应的日子", id="since-leap-day"),
        pytest.param(
            "每月至少1次", "2027-01-05", "最后一日2027-01-31（周日，休息）", id="rest-day"
        ),
        pytest.param(
            "每月至少1次", "2027-01-05", "期内最后的工作日为2027-01-29", id="last-workday"
        ),
        pytest.param(
            "每月至少1次", "2027-01-05", "没有2027年调休安排的数据", id="period-no-notice"
        ),
        pytest.param("一般每月1次", "2026-05-03", "允许例外", id="generally"),
        pytest.param("一般在年底前", "2026-05-03", "允许例外", id="generally-by"),
        pytest.param("每日", "2026-10-01", "2026-10-01（周四，国庆节）不是工作日", id="a-day-off"),
        pytest.param("年底前", "2026-05-03", "包括最后一日", id="year-end"),
        pytest.param("提前1周以上", "2026-05-20", "可以更早", id="earlier"),
        pytest.param("提前3至5日", "2026-05-20", "最长的一端", id="range-back"),
        pytest.param("提前1个月", "2026-03-31", "没有对应的日子", id="no-such-day-back"),
        pytest.param("提前半个月", "2026-03-31", "15天", id="half-month-back"),
        pytest.param("满5年", "2021-03-05", "最后一日即为届满", id="threshold"),
        pytest.param("自发布之日起三十日后施行", "2019-11-20", "最后一日起施行", id="effective"),
        pytest.param("半天内", "2026-03-05", "不足一天的按一天计", id="half-day"),
    ],
)
def test_what_is_assumed_is_said(limit: str, start: str, words: str) -> None:
    found = run(limit, start)
    assert any(words in said.zh for said in found.assumptions)
    assert all(said.en.isascii() or "“" in said.en for said in found.assumptions)


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        ("提前1周以上", "2026-03-20", ["2026-03-13"]),
        ("提前1周以上", "2026-10-12", ["2026-09-29", "2026-09-30"]),
        ("提前1周以上", "2026-06-20", ["2026-06-12"]),  # both readings of what is safe agree
        ("提前3日", "2026-03-11", ["2026-03-06"]),
        ("3日内", "2026-03-05", ["2026-03-09"]),
        ("每季度1次", "2026-05-03", ["2026-08-03"]),
        ("每月至少1次", "2027-01-05", ["2027-01-29", "2027-02-05"]),
        ("每周一次", "2026-03-05", ["2026-03-06"]),
        ("每日", "2026-10-01", []),
        ("年底前", "2028-03-05", ["2028-12-29"]),
        ("20个工作日内", "2026-03-05", []),
    ],
)
def test_other_readings(limit: str, start: str, expected: list[str]) -> None:
    found = run(limit, start).to_json()
    assert [other["due"] for other in found["alternatives"]] == expected


def test_the_count_shows_each_day() -> None:
    counted = tuple(said.zh for said in run("3个工作日内", "2026-02-13").counted)
    assert counted[:3] == (
        "2026-02-13（周五）：起算当日，不计入",
        "2026-02-14（周六，调休上班）：第1个工作日",
        "2026-02-15（周日，休息）：不计入",
    )
    assert counted[-1] == "2026-02-25（周三）：第3个工作日"


def test_all_of_it_in_each_language() -> None:
    found = due_of_rule("29", "2026-10-12", KNOWLEDGE)
    assert found.text().splitlines()[:3] == [
        "提前1周以上（第二十九条第一款）：2026-10-12起，到2026-10-05",
        "另一种算法：2026-09-29，按工作周计算",
        "另一种算法：2026-09-30，此前最后的工作日",
    ]
    assert found.text("zh-Hant").startswith("提前1周以上（第二十九條第一款）：2026-10-12起，到")
    assert found.text("en").splitlines()[:3] == [
        "at least 1 week in advance (Article 29, paragraph 1): from 2026-10-12, due 2026-10-05",
        "Or: 2026-09-29, counted in working weeks",
        "Or: 2026-09-30, the last working day before",
    ]
    english = json.dumps(found.to_json("en") | {"provision": None})
    assert json.loads(english)["assumptions"][-1].startswith("The article does not say whether")
    assert found.headline().en == (
        "Monday, 5 October 2026 at the latest; counted in working weeks: "
        "Tuesday, 29 September 2026; the last working day before: Wednesday, 30 September 2026."
    )


@pytest.mark.parametrize(
    ("limit", "start", "message"),
    [
        pytest.param(
            "及时",
            "2026-03-05",
            '"及时" sets no number, so nothing can be computed; '
            "ask for a rule with a numbered limit",
            id="in-time",
        ),
        pytest.param(
            "随时",
            "2026-03-05",
            '"随时" sets no number, so nothing can be computed; '
            "ask for a rule with a numbered limit",
            id="at-any-time",
        ),
        pytest.param(
            "自2019年11月20日起施行",
            "2026-03-05",
            '"自2019年11月20日起施行" sets no number, so nothing can be computed; '
            "ask for a rule with a numbered limit",
            id="in-force",
        ),
        pytest.param(
            "1小时内",
            "2026-03-05",
            "1小时内 needs the time of day, and 2026-03-05 has none; "
            "write for example 2026-03-05T15:00",
            id="hour-from-a-day",
        ),
        pytest.param(
            "10月底前",
            "2026-03-05",
            '"10月底前" names no complete date; ask for a rule with a numbered limit',
            id="half-a-date",
        ),
        pytest.param(
            "9999个工作日内",
            "2026-03-05",
            "9999 working days are too many to count; at most 5000",
            id="too-many",
        ),
        pytest.param(
            "999年内",
            "9998-03-05",
            "999年内 from 9998-03-05 leaves the calendar; use a nearer date",
            id="end-of-time",
        ),
    ],
)
def test_no_due_moment(limit: str, start: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        run(limit, start)
    assert str(caught.value) == message


TODAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-05T15:00", dt.datetime(2026, 3, 5, 15)),
        ("2026-03-05T15:00:30", dt.datetime(2026, 3, 5, 15)),
        ("2026-03-05T15:00+08:00", dt.datetime(2026, 3, 5, 15)),
        ("2026-03-05 15:00", dt.datetime(2026, 3, 5, 15)),
        (" 2026-03-05 ", dt.date(2026, 3, 5)),
        ("2026年3月5日下午3点", dt.datetime(2026, 3, 5, 15)),
        ("2026年3月5日", dt.date(2026, 3, 5)),
        ("3月5日 15:00", dt.datetime(2026, 3, 5, 15)),
        ("3月5日", dt.date(2026, 3, 5)),
        ("昨天下午3点", dt.datetime(2026, 2, 28, 15)),
        ("下午3点", dt.datetime(2026, 3, 1, 15)),
        ("3pm on 5 March 2026", dt.datetime(2026, 3, 5, 15)),
    ],
)
def test_when(text: str, expected: dt.date) -> None:
    assert parse_when(text, today=TODAY) == expected


_FORMATS = "write for example 2026-03-05T15:00, 2026-03-05 or 2026年3月5日下午3点"


@pytest.mark.parametrize(
    ("text", "today", "message"),
    [
        ("", None, f'"" is not a day or a time; {_FORMATS}'),
        ("soon", None, f'"soon" is not a day or a time; {_FORMATS}'),
        ("2026-13-05", None, f'"2026-13-05" is not a day or a time; {_FORMATS}'),
        ("2026-02-30", None, f'"2026-02-30" is not a day or a time; {_FORMATS}'),
        ("2月29日", TODAY, f'"2月29日" is not a day of the calendar; {_FORMATS}'),
        ("3月5日", None, f'"3月5日" names no year; {_FORMATS}'),
        ("下午3点", None, f'"下午3点" names no day; {_FORMATS}'),
        ("次日15:00", TODAY, f'"次日15:00" names no day; {_FORMATS}'),
        ("昨天", None, f'"昨天" counts from today; {_FORMATS}'),
        ("3月5日或者3月6日", TODAY, f'"3月5日或者3月6日" is not a day or a time; {_FORMATS}'),
        (
            "2026-03-05T15:00+00:00",
            None,
            '"2026-03-05T15:00+00:00" is in another time zone; write Beijing time, +08:00',
        ),
    ],
)
def test_no_when(text: str, today: dt.date | None, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_when(text, today=today)
    assert str(caught.value) == message


# by rule

KNOWLEDGE = load_knowledge()


@pytest.mark.parametrize(
    ("rule", "start", "row", "expected"),
    [
        ("r30.2", "2026-03-05T15:00", "r30.2", "2026-03-05T16:00"),
        ("29", "2026-03-20", "r29.1", "2026-03-13"),
        ("第三十四条", "2026-05-03", "r34.3", "2026-06-30"),
        ("Article 39(2)", "2026-05-03", None, "2026-12-31"),
        ("15(3)", "2026-05-03", "r15i3.2", "2026-06-30"),
    ],
)
def test_due_of_rule(rule: str, start: str, row: str | None, expected: str) -> None:
    found = due_of_rule(rule, start, KNOWLEDGE, today=TODAY).to_json()
    assert row is None or found["rule"] == row
    assert found["due"] == expected
    assert found["provision"]["label"].startswith("第")
    assert {"rule", "provision", "from", "due", "calendar", "counted", "assumptions"} <= set(found)
    json.dumps(found)


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        ("30.1", '"30.1" has 3 numbered time limits; name one: r30.2 (事发后1小时内)'),
        ("第一条", '"第一条" has no numbered time limit'),
        ("r30.99", 'no row "r30.99"'),
        ("r30.1", "sets no number"),
        ("第四十八条", "第四十八条"),
        ("hello", "hello"),
    ],
)
def test_no_due_of_rule(rule: str, fragment: str) -> None:
    with pytest.raises(InputError) as caught:
        due_of_rule(rule, "2026-03-05T15:00", KNOWLEDGE)
    assert fragment in str(caught.value)


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ("r34.3", "本季度", "2026-03-31"),
        ("r34.3", "第三季度", "2026-09-30"),
        ("r34.3", "2027年第一季度", "2027-03-31"),
        ("r17.2", "下个月", "2026-04-30"),
        ("r39.4", "今年", "2026-12-31"),
    ],
)
def test_a_period_starts_what_recurs(rule: str, start: str, expected: str) -> None:
    assert due_of_rule(rule, start, KNOWLEDGE, today=TODAY).to_json()["due"] == expected
    with pytest.raises(InputError):
        due_of_rule(rule, start, KNOWLEDGE)
    with pytest.raises(InputError):
        due_of_rule("r43.6", start, KNOWLEDGE, today=TODAY)


@pytest.mark.parametrize(
    ("question", "rule", "expected"),
    [
        pytest.param("6月20日开会，最晚哪天请示", "r29.1", "2026-06-13", id="the-issue"),
        pytest.param("2月20日开会，最晚哪天请示", "r29.1", "2027-02-13", id="ahead"),
        pytest.param("We meet on 20 June. When to ask?", "r29.1", "2026-06-13", id="english"),
        pytest.param(
            "2027年6月20日上午9点开会，哪天请示", "r29.1", "2027-06-13", id="clock-unused"
        ),
        pytest.param("明天开会", "r29.1", "2026-02-23", id="tomorrow"),
        pytest.param("2月25日收到反馈意见，最晚哪天报告", "r43.6", "2026-03-24", id="workdays"),
        pytest.param("12月25日收到反馈意见，最晚哪天报告", "r43.6", "2026-01-23", id="last-year"),
        pytest.param("昨天收到反馈意见", "r43.6", "2026-03-27", id="yesterday"),
        pytest.param("2月28日23:30发生，最晚几点报", "r30.2", "2026-03-01T00:30", id="midnight"),
        pytest.param("本季度最晚什么时候开", "r34.3", "2026-03-31", id="quarter"),
        pytest.param("下個季度最晚什麼時候開", "r34.3", "2026-06-30", id="traditional"),
        pytest.param("by when this quarter?", "r34.3", "2026-03-31", id="quarter-english"),
        pytest.param("5月3日以后那次最晚什么时候", "r34.3", "2026-06-30", id="quarter-of-a-day"),
        pytest.param("本月最晚什么时候开", "r34.3", "2026-03-31", id="within-the-quarter"),
        pytest.param("今年最晚什么时候", "r39.4", "2026-12-31", id="year"),
    ],
)
def test_due_asked(question: str, rule: str, expected: str) -> None:
    found = due_asked(question, KNOWLEDGE.rules.get(rule), KNOWLEDGE, today=TODAY, work=CALENDAR)
    assert found is not None
    assert found.to_json()["due"] == expected
    assert found.rule == rule


def test_a_year_that_is_guessed_is_said() -> None:
    row = KNOWLEDGE.rules.get("r30.2")
    found = due_asked("3月5日9点发生", row, KNOWLEDGE, today=TODAY)
    assert found is not None
    assert [said.zh for said in found.assumptions[:2]] == [
        "没有写年份，按2026年计算。",
        "没有写上午下午，按09:00计算。",
    ]


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        pytest.param("重大事项提前多久请示", "r29.1", id="no-day"),
        pytest.param("6月20日开会，6月15日请示", "r29.1", id="two-days"),
        pytest.param("本季度开会，哪天请示", "r29.1", id="a-quarter-is-no-day"),
        pytest.param("2月28日发生，最晚几点报", "r30.2", id="no-clock"),
        pytest.param("次日15:00开会", "r29.1", id="of-another-day"),
        pytest.param("今年最晚什么时候开全体会议", "r34.3", id="four-ends"),
        pytest.param("本季度和下季度", "r34.3", id="two-quarters"),
        pytest.param("2月30日开会", "r29.1", id="no-such-day"),
        pytest.param("2月29日开会", "r29.1", id="no-leap-year-near"),
        pytest.param("6月20日发生", "r30.1", id="no-number"),
        pytest.param("6月20日", "r1.1", id="no-limit"),
    ],
)
def test_nothing_is_due(question: str, rule: str) -> None:
    row = KNOWLEDGE.rules.get(rule)
    assert due_asked(question, row, KNOWLEDGE, today=dt.date(2025, 3, 1)) is None


def test_the_first_of_an_answers_rows_that_is_due() -> None:
    rows = [KNOWLEDGE.rules.get(id) for id in ("r30.1", "r29.1", "r43.6")]
    found = first_due_asked("6月20日开会", rows, KNOWLEDGE, today=TODAY)
    assert found is not None
    assert found.rule == "r29.1"
    assert first_due_asked("重大事项", rows, KNOWLEDGE, today=TODAY) is None


@pytest.mark.parametrize("rule", ["r29.1", "r34.3", "r43.6", "r39.4"])
@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_the_checker_has_nothing_against_what_the_chat_says_first(rule: str, lang: str) -> None:
    row = KNOWLEDGE.rules.get(rule)
    for question in ("6月20日", "10月12日", "本月", "3月31日"):
        found = due_asked(question, row, KNOWLEDGE, today=TODAY)
        if found is not None:
            rest = row.statement_en if lang == "en" else row.statement
            said = f"{found.headline().say(lang)} {rest}"
            assert check(said, KNOWLEDGE).verdict is not Verdict.CONTRADICTED, said


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("上月和本月", ["2026-02-01/2026-02-28", "2026-03-01/2026-03-31"]),
        ("下个月", ["2026-04-01/2026-04-30"]),
        ("本季度", ["2026-01-01/2026-03-31"]),
        ("上季度", ["2025-10-01/2025-12-31"]),
        ("第四季度", ["2026-10-01/2026-12-31"]),
        ("二季度", ["2026-04-01/2026-06-30"]),
        ("上半年", ["2026-01-01/2026-06-30"]),
        ("明年下半年", ["2027-07-01/2027-12-31"]),
        ("本年度", ["2026-01-01/2026-12-31"]),
        ("去年", ["2025-01-01/2025-12-31"]),
        ("2027年", ["2027-01-01/2027-12-31"]),
        ("2027年2月份", ["2027-02-01/2027-02-28"]),
        ("今年十二月", ["2026-12-01/2026-12-31"]),
        ("本周", ["2026-02-23/2026-03-01"]),
        ("next week", ["2026-03-02/2026-03-08"]),
        ("this quarter", ["2026-01-01/2026-03-31"]),
        ("last month", ["2026-02-01/2026-02-28"]),
        ("the current half-year", ["2026-01-01/2026-06-30"]),
        ("Q3 2027", ["2027-07-01/2027-09-30"]),
        ("the second quarter of 2027", ["2027-04-01/2027-06-30"]),
        ("2999年", ["2999-01-01/2999-12-31"]),
        ("3月5日", []),
        ("2026年3月5日", []),
        ("今年3月5日", []),
        ("下月10号", []),
        ("下周三", []),
        ("每季度、每月、半年、一年一度、1个月内", []),
        ("以上季度", []),
    ],
)  # fmt: skip
def test_periods(text: str, periods: list[str]) -> None:
    found = find_periods(text, today=TODAY)
    assert [str(mention.period) for mention in found] == periods
    assert all(mention.span.of(text).strip() for mention in found)


@given(st.dates(), st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_a_period_of_the_calendar_holds_its_day(day: dt.date, months: int) -> None:
    period = Period.of_months(day, months)
    assert period.first <= day <= period.last
    assert period.first.day == 1
    assert all(Period.of_months(d, months) == period for d in (period.first, period.last))
    assert period.last == dt.date.max or (period.last + dt.timedelta(days=1)).day == 1


def test_every_numbered_rule_has_a_due_moment() -> None:
    timed = [r for r in KNOWLEDGE.rules.rows if r.time is not None and r.time.quantity]
    assert len(timed) > 10
    for rule in timed:
        found = due_of_rule(rule.id, "2026-03-05T15:00", KNOWLEDGE)
        assert found.text().startswith(found.limit.format())


# the calendar


@pytest.mark.parametrize("year", range(2007, 2027))
def test_working_days_are_those_of_another_library(year: int) -> None:
    day = dt.date(year, 1, 1)
    while day.year == year:
        assert CALENDAR.is_workday(day) == chinese_calendar.is_workday(day), day
        day += dt.timedelta(days=1)
    assert CALENDAR.official(year)


@unhurried
@given(
    st.dates(dt.date(2007, 1, 1), dt.date(2024, 1, 1)),
    st.integers(1, 250),
    st.sampled_from([1, -1]),
)
def test_days_of_a_count_lie_within_the_bounds(start: dt.date, number: int, step: int) -> None:
    passed = CALENDAR.count(start, number, step)
    low, high = calendar_days(number, Unit.WORKDAY)
    assert high is not None
    assert low <= len(passed) <= high
    assert sum(CALENDAR.is_workday(day) for day in passed) == number
    assert CALENDAR.is_workday(passed[-1])


@unhurried
@given(st.dates(dt.date(2007, 1, 1), dt.date(2026, 6, 1)), st.integers(1, 60))
def test_workdays_agree_with_another_librarys_count(start: dt.date, number: int) -> None:
    limit = TimeLimit(LimitKind.WITHIN, number, Unit.WORKDAY)
    last = due(limit, start, work=CALENDAR).due
    assert isinstance(last, dt.date)
    after = start + dt.timedelta(days=1)
    assert len(chinese_calendar.get_workdays(after, last)) == number


UNITS = [unit for unit in Unit if unit not in (Unit.MINUTE, Unit.HOUR)]
STARTS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2060, 1, 1))
AMOUNTS = st.integers(1, 60).map(lambda n: Fraction(n, 2))


def _day(when: dt.date) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when


@unhurried
@given(STARTS, AMOUNTS, st.sampled_from(list(Unit)))
def test_within_never_precedes_and_advance_never_follows(
    start: dt.datetime, amount: Fraction, unit: Unit
) -> None:
    after = due(TimeLimit(LimitKind.WITHIN, amount, unit), start, work=CALENDAR)
    before = due(TimeLimit(LimitKind.ADVANCE, amount, unit), start, work=CALENDAR)
    assert all(_day(w) >= start.date() for w in (after.due, *(a.due for a in after.alternatives)))
    assert all(_day(w) <= start.date() for w in (before.due, *(a.due for a in before.alternatives)))
    if unit in (Unit.MINUTE, Unit.HOUR):
        assert isinstance(after.due, dt.datetime)
        assert isinstance(before.due, dt.datetime)
        assert after.due - start == start - before.due > dt.timedelta()
    else:
        assert _day(before.due) < start.date() < _day(after.due)
    assert all(said.zh and said.en for said in (*after.assumptions, *before.assumptions))


@unhurried
@given(STARTS, st.integers(0, 400), AMOUNTS, st.sampled_from(UNITS), st.sampled_from(LimitKind))
def test_what_starts_later_is_not_due_earlier(
    start: dt.datetime, days: int, amount: Fraction, unit: Unit, kind: LimitKind
) -> None:
    limit = TimeLimit(kind, amount, unit, word="当天" if kind is LimitKind.BY else None)
    try:
        first = due(limit, start.date(), work=CALENDAR)
    except InputError:
        return  # 及时, and what sets no number
    second = due(limit, start.date() + dt.timedelta(days=days), work=CALENDAR)
    assert first.due <= second.due


@unhurried
@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.integers(1, 60))
def test_working_days_there_and_back(start: dt.date, number: int) -> None:
    day = CALENDAR.count(start, 1)[-1]  # a working day
    there = due(TimeLimit(LimitKind.WITHIN, number, Unit.WORKDAY), day, work=CALENDAR).due
    back = due(TimeLimit(LimitKind.ADVANCE, number, Unit.WORKDAY), there, work=CALENDAR).due
    assert back == day


@unhurried
@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)),
    st.sampled_from([Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.HALF_YEAR, Unit.YEAR]),
)
def test_a_period_ends_on_its_own_last_day(start: dt.date, unit: Unit) -> None:
    limit = TimeLimit(LimitKind.FREQUENCY, 1, unit)
    end = due(limit, start, work=CALENDAR).due
    assert end >= start
    assert isinstance(end, dt.date)
    assert due(limit, end, work=CALENDAR).due == end
    assert due(limit, end + dt.timedelta(days=1), work=CALENDAR).due > end


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.integers(0, 40))
def test_the_last_working_day(first: dt.date, length: int) -> None:
    last = first + dt.timedelta(days=length)
    found = CALENDAR.last_in(first, last)
    days = [first + dt.timedelta(days=n) for n in range(length + 1)]
    assert found == max((day for day in days if CALENDAR.is_workday(day)), default=None)


@unhurried
@given(
    st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2099, 1, 1)),
    st.integers(1, 2000).map(lambda n: Fraction(n, 2)),
)
def test_hours_are_hours(start: dt.datetime, hours: Fraction) -> None:
    found = due(TimeLimit(LimitKind.WITHIN, hours, Unit.HOUR), start, work=CALENDAR)
    assert isinstance(found.due, dt.datetime)
    assert found.due - start == dt.timedelta(hours=float(hours))


def test_importing_due_does_not_load_the_holidays() -> None:
    code = "import sys, assistant.due; sys.exit('holidays' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
