"""The calendar file: read back with another library, line by line as RFC 5545 wants it."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import vobject

from assistant.compliance import Calendar, compliance_calendar, to_ics
from assistant.compliance.subject import recurring_bearers
from assistant.compliance.table import title
from assistant.knowledge import Knowledge, load_knowledge
from assistant.workdays import WorkCalendar
from index.rules import RuleTable

KNOWLEDGE = load_knowledge()
WORK = WorkCalendar()
STAMP = dt.datetime(2026, 11, 24, 8, 30, 15, 999, tzinfo=dt.timezone(dt.timedelta(hours=8)))
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def calendar(actor: str = "赛罕区委政法委", knowledge: Knowledge = KNOWLEDGE) -> Calendar:
    return compliance_calendar(actor, 2027, knowledge, work=WORK)


def read(data: bytes) -> Any:
    return vobject.readOne(data.decode())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("actor", recurring_bearers(KNOWLEDGE))
def test_another_library_reads_what_was_meant(actor: str, lang: str) -> None:
    found = calendar(actor)
    file = read(to_ics(found, stamp=STAMP, lang=lang))
    assert (file.version.value, file.calscale.value) == ("2.0", "GREGORIAN")
    assert file.prodid.value == "-//Tiaowen//nmg-zhengfa//ZH"
    for name in ("name", "x-wr-calname"):
        assert file.contents[name][0].value == title(found, lang)
    assert len(file.vevent_list) == len(found.entries)
    for entry, event in zip(found.entries, file.vevent_list, strict=True):
        assert event.dtstart.value == entry.due
        assert event.dtend.value == entry.due + dt.timedelta(days=1)  # exclusive
        assert event.dtstart.params["VALUE"] == event.dtend.params["VALUE"] == ["DATE"]
        assert event.dtstamp.value == dt.datetime(2026, 11, 24, 0, 30, 15, tzinfo=dt.UTC)
        assert event.summary.params["LANGUAGE"] == [lang]
        assert entry.limit.format(lang) in event.categories.value
        assert event.transp.value == "TRANSPARENT"
        days = [entry.due + alarm.trigger.value for alarm in event.valarm_list]
        moments = [
            dt.datetime.combine(entry.due, dt.time()) + alarm.trigger.value
            for alarm in event.valarm_list
        ]
        assert {moment.time() for moment in moments} == {dt.time(9)}
        expected = [entry.lead.earliest, *([entry.workday] if entry.rests else [])]
        assert [moment.date() for moment in moments] == expected, days
        assert all(alarm.description.value for alarm in event.valarm_list)


def test_an_event_tells_all_by_itself() -> None:
    event = read(to_ics(calendar(), stamp=STAMP)).vevent_list[0]
    assert event.summary.value == "分析研判本辖区社会稳定形势（2027年1月）"
    assert event.description.value.splitlines()[:8] == [
        "旗县（市、区）党委政法委员会每月至少分析研判1次本辖区社会稳定形势。",
        "第十七条：“每月至少分析研判1次本辖区社会稳定形势”",
        "如须请示，最晚：2027-01-24",
        "  按工作周计算：2027-01-25",
        "  此前最后的工作日：2027-01-22",
        "最后一日2027-01-31（周日，休息）不是工作日；期内最后的工作日为2027-01-29。",
        "周期按自然周期计算，期内完成即可；条文没有规定具体日期，这里列的是最后一日。",
        "最后一日不是工作日的，条文没有说明是否提前或者顺延：两个日期都列出，不作取舍。",
    ]
    english = read(to_ics(calendar(), stamp=STAMP, lang="en")).vevent_list[0]
    assert english.summary.value.endswith("at least once a month (January 2027)")
    assert "Article 17: “每月至少分析研判1次本辖区社会稳定形势”" in english.description.value
    reminder = read(to_ics(calendar("旗委"), stamp=STAMP)).vevent_list[0]
    assert "提醒：2027-12-24" in reminder.description.value


def test_identifiers_are_stable_and_unique() -> None:
    def ids(found: Calendar, **options: Any) -> list[str]:
        file = read(to_ics(found, **{"stamp": STAMP, **options}))
        return [event.uid.value for event in file.vevent_list]

    first = ids(calendar())
    assert first == ids(calendar(), stamp=STAMP + dt.timedelta(days=9), lang="en")
    assert first[0] == "c55ba546-e5ce-5659-a798-661264618166"  # as written in 2026: never changes
    other = ids(calendar("玉泉区委政法委"))
    kind = ids(calendar("commission.banner"))
    assert len({*first, *other, *kind}) == 3 * len(first)
    assert all(uuid.UUID(id).version == 5 for id in first)


def test_the_same_call_gives_the_same_bytes() -> None:
    assert to_ics(calendar(), stamp=STAMP) == to_ics(calendar(), stamp=STAMP)


def test_the_stamp_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_ics(calendar(), stamp=STAMP.replace(tzinfo=None))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_are_as_the_standard_wants_them(lang: str) -> None:
    data = to_ics(calendar(), stamp=STAMP, lang=lang)
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # a fold never splits a character
    names = [re.split(rb"[:;]", line)[0] for line in lines if line and not line.startswith(b" ")]
    assert all(re.fullmatch(rb"[A-Z-]+", name) for name in names)


def test_signs_of_the_format_are_escaped() -> None:
    row = KNOWLEDGE.rules.get("r17.2")
    nasty = "一, 二; 三\\四\nBEGIN:VEVENT"
    table = RuleTable((replace(row, object=nasty, statement=nasty, note=nasty),))
    found = calendar(knowledge=replace(KNOWLEDGE, rules=table))
    file = read(to_ics(found, stamp=STAMP))
    assert len(file.vevent_list) == 12
    assert file.vevent_list[0].summary.value == f"分析研判{nasty}（2027年1月）"
    assert nasty in file.vevent_list[0].description.value


def test_importing_the_package_does_not_load_the_library() -> None:
    code = (
        "import sys, assistant.compliance as c; "
        "sys.exit(bool({'icalendar', 'holidays', 'lxml', 'numpy'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
