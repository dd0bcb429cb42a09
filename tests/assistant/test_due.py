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

from assistant.due import Due, due, due_of_rule, parse_when
from assistant.knowledge import load_knowledge
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
        pytest.param("年底前", "2026-05-03", "包括最后一日", id="year-end"),
    ],
)
def test_what_is_assumed_is_said(limit: str, start: str, words: str) -> None:
    assert any(words in said for said in run(limit, start).assumptions)


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        ("提前1周以上", "2026-03-20", ["2026-03-13"]),
        ("提前1周以上", "2026-10-12", ["2026-09-29"]),
        ("3日内", "2026-03-05", ["2026-03-09"]),
        ("每季度1次", "2026-05-03", ["2026-08-03"]),
        ("20个工作日内", "2026-03-05", []),
    ],
)
def test_other_readings(limit: str, start: str, expected: list[str]) -> None:
    found = run(limit, start).to_json()
    assert [other["due"] for other in found["alternatives"]] == expected


def test_the_count_shows_each_day() -> None:
    counted = run("3个工作日内", "2026-02-13").counted
    assert counted[:3] == (
        "2026-02-13（周五）：起算当日，不计入",
        "2026-02-14（周六，调休上班）：第1个工作日",
        "2026-02-15（周日，休息）：不计入",
    )
    assert counted[-1] == "2026-02-25（周三）：第3个工作日"


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
