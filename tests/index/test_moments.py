"""Dates and clock times as people write them, and the time between two of them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.moments import Moment, days_between, find_moments, minutes_between
from index.text import Script, convert

# a busy machine is no failure
unhurried = settings(deadline=None)


def brief(moment: Moment) -> str:
    """2026-3-5 15:00 with ? for what is unsaid, +1/-1 for relative days, ~ for an open half."""
    d = moment.date
    day = "-".join("?" if v is None else str(v) for v in (d.year, d.month, d.day))
    parts = [] if day == "?-?-?" else [day]
    if moment.offset is not None:
        parts.append(f"{'then' if moment.anaphoric else 'now'}{moment.offset:+d}")
    if moment.hour is not None:
        parts.append(f"{moment.hour}:{moment.minute:02d}{'~' if moment.ambiguous else ''}")
    return " ".join(parts)


WRITTEN = [
    ("上午9点20分", "9:20"),
    ("下午3点", "15:00"),
    ("下午三點", "15:00"),
    ("晚上7点半", "19:30"),
    ("凌晨2点", "2:00"),
    ("凌晨12点", "0:00"),
    ("中午12点", "12:00"),
    ("中午1点", "13:00"),
    ("晚上12点", "24:00"),
    ("夜里1点", "1:00"),
    ("深夜11点", "23:00"),
    ("傍晚6点", "18:00"),
    ("早8点", "8:00"),
    ("下午两点三刻", "14:45"),
    ("9点一刻", "9:15~"),
    ("9点50分", "9:50~"),
    ("9点50", "9:50~"),
    ("十二点半", "12:30~"),
    ("9:50", "9:50~"),
    ("09:50", "9:50"),
    ("15：30", "15:30"),
    ("１５：３０", "15:30"),
    ("21时", "21:00"),
    ("21時30分", "21:30"),
    ("24时", "24:00"),
    ("上午9點05分", "9:05"),
    ("3pm", "15:00"),
    ("3:30 p.m.", "15:30"),
    ("12am", "0:00"),
    ("noon", "12:00"),
    ("midnight", "24:00"),
    ("9 o'clock", "9:00~"),
    ("6月3日", "?-6-3"),
    ("6月3号", "?-6-3"),
    ("十一月二十日", "?-11-20"),
    ("2027年6月20日", "2027-6-20"),
    ("二〇二七年六月二十日", "2027-6-20"),
    ("2026-03-05", "2026-3-5"),
    ("2026/3/5", "2026-3-5"),
    ("2026.3.5", "2026-3-5"),
    ("3 June 2027", "2027-6-3"),
    ("June 3rd, 2027", "2027-6-3"),
    ("2026-03-05T15:00", "2026-3-5 15:00"),
    ("2026-03-05 15:00", "2026-3-5 15:00"),
    ("2026年3月5日下午3点", "2026-3-5 15:00"),
    ("3月5日 15:00", "?-3-5 15:00"),
    ("6月3日上午9点半", "?-6-3 9:30"),
    ("9:20 a.m. on 3 June 2027", "2027-6-3 9:20"),
    ("June 3 at 3pm", "?-6-3 15:00"),
    ("昨天", "now-1"),
    ("昨晚11点", "now-1 23:00"),
    ("明早8点", "now+1 8:00"),
    ("前天下午3点", "now-2 15:00"),
    ("noon tomorrow", "now+1 12:00"),
    ("当天", "then+0"),
    ("當天晚上7點半", "then+0 19:30"),
    ("当晚7时许", "then+0 19:00"),
    ("次日凌晨1点", "then+1 1:00"),
    ("第二天上午9点", "then+1 9:00"),
    ("翌日", "then+1"),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row, id=row[0]) for row in WRITTEN])
def test_a_moment_reads_whole(text: str, expected: str) -> None:
    (moment,) = find_moments(text)
    assert moment.span.of(text) == text
    assert brief(moment) == expected


@pytest.mark.parametrize(
    "text",
    [
        "三点意见",
        "3点建议",
        "以下三点。",
        "第3点",
        "6小时",
        "小时候",
        "2月30日",
        "13月1日",
        "2019年",
        "第三十条",
        "25时",
        "9:75",
        "上午",
        "1.5",
        "0.30",
        "",
    ],
)
def test_no_moment(text: str) -> None:
    assert find_moments(text) == ()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        pytest.param("上午9点20分发生，9点50分报", 30, id="same-half"),
        pytest.param("下午3点发生，4点半报", 90, id="half-carries"),
        pytest.param("下午2点发生，当天晚上7点半报到", 330, id="same-day"),
        pytest.param("晚上11点发生，次日凌晨1点报", 120, id="next-day-said"),
        pytest.param("晚上11点发生，凌晨1点报", 120, id="next-day-unsaid"),
        pytest.param("6月3日上午9点发生，6月4日上午10点报", 1500, id="dates"),
        pytest.param("12月31日23:00发生，1月1日1:00报", 120, id="new-year"),
        pytest.param("2027年6月20日9时到2027年6月21日9时", 1440, id="full-dates"),
        pytest.param("昨天下午3点发生，今天上午9点报", 1080, id="deictic"),
        pytest.param("昨晚11点发生，次日凌晨2点报", 180, id="deictic-then-anaphoric"),
        pytest.param("at 9:20 a.m. and 10:05 a.m.", 45, id="english"),
        pytest.param("11点发生，下午1点报", 120, id="open-start"),
        pytest.param("6月3日发生，6月4日上午10点报", None, id="no-time"),
    ],
)
def test_minutes_between(text: str, minutes: int | None) -> None:
    start, end = find_moments(text)
    assert minutes_between(start, end) == minutes


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("6月3日收到，7月1日报告", 28),
        ("2026年2月27日收到，3月2日报告", 3),
        ("2028年2月27日收到，3月2日报告", 4),
        ("6月3日收到，次日报告", 1),
        ("昨天收到，今天报告", 1),
        ("6月3日收到，今天报告", None),
        ("12月30日收到，1月2日报告", 3),
    ],
)
def test_days_between(text: str, days: int | None) -> None:
    start, end = find_moments(text)
    assert days_between(start, end) == days


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("2026年3月5日下午3点", None, dt.datetime(2026, 3, 5, 15)),
        ("3月5日15:00", dt.date(2026, 1, 1), dt.datetime(2026, 3, 5, 15)),
        ("昨晚11点", dt.date(2026, 1, 1), dt.datetime(2025, 12, 31, 23)),
        ("2026年3月5日晚上12点", None, dt.datetime(2026, 3, 6, 0)),
        ("3月5日15:00", None, None),
        ("次日15:00", dt.date(2026, 1, 1), None),
        ("2026年3月5日", None, None),
    ],
)
def test_datetime(text: str, today: dt.date | None, expected: dt.datetime | None) -> None:
    (moment,) = find_moments(text)
    assert moment.datetime(today) == expected


@unhurried
@given(st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2099, 12, 31)))
def test_every_minute_is_read_back(when: dt.datetime) -> None:
    when = when.replace(second=0, microsecond=0)
    for text in (
        when.isoformat(timespec="minutes"),
        f"{when.year}年{when.month}月{when.day}日{when.hour}时{when.minute}分",
        f"{when.year}年{when.month}月{when.day}日{when:%H:%M}",
    ):
        (moment,) = find_moments(text)
        assert moment.datetime() == when


_days = st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2099, 12, 31))


@unhurried
@given(_days, _days)
def test_difference_is_the_calendars(one: dt.datetime, other: dt.datetime) -> None:
    start, end = sorted(t.replace(second=0, microsecond=0) for t in (one, other))
    a, b = find_moments(f"{start:%Y-%m-%d %H:%M}，{end:%Y-%m-%d %H:%M}")
    assert minutes_between(a, b) == (end - start).total_seconds() / 60


_fragments = st.sampled_from(
    [*[t for t, _ in WRITTEN], *"，。\n 点时分日月年第半一3:", "pm", "发生", "\ud800"]
)


@unhurried
@given(st.lists(_fragments, max_size=10).map("".join))
def test_moments_lie_in_the_text_and_apart(text: str) -> None:
    end = 0
    for moment in find_moments(text):
        assert end <= moment.span.start < moment.span.end <= len(text)
        assert moment.clock is None or 0 <= moment.clock < 25 * 60  # 晚上12点半
        end = moment.span.end


@unhurried
@given(st.lists(st.sampled_from([t for t, _ in WRITTEN]), max_size=4).map("，".join))
def test_script_changes_nothing(text: str) -> None:
    simplified = find_moments(convert(text, Script.SIMPLIFIED))
    assert [brief(m) for m in find_moments(convert(text, Script.TRADITIONAL))] == [
        brief(m) for m in simplified
    ]
