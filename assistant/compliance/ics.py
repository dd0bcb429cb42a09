"""A calendar as a file that Outlook and phones import (RFC 5545).

One all-day event per duty and period, on the last day of the period, with a reminder
ahead; where that day is no working day, a second reminder on the last working day.
Identifiers depend on rule, body and period alone, so that a second import updates.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.compliance.calendar import Calendar, Entry
from assistant.compliance.table import label, quote, title
from assistant.compliance.words import day_name, period_name, said, short_name, statement

if TYPE_CHECKING:
    from icalendar import Alarm, Event

__all__ = ["to_ics"]

_NAMESPACE = uuid.UUID("6f4c9c1e-2b1d-5a0e-9d0f-7b1b3f0a5c42")
"""Of our identifiers; never to be changed."""
_OFFICE_HOURS = dt.timedelta(hours=9)


def to_ics(calendar: Calendar, *, stamp: dt.datetime, lang: str = "zh-Hans") -> bytes:
    """The file; ``stamp`` (aware) is when it was made, and all that varies between two calls.

    Raises :class:`ValueError` for a ``stamp`` without a time zone.
    """
    # The library takes 0.1 s, wanted by one command.
    from icalendar import Calendar as File  # noqa: PLC0415
    from icalendar import vText  # noqa: PLC0415

    if stamp.tzinfo is None:
        raise ValueError("the stamp needs a time zone")
    made = stamp.astimezone(dt.UTC).replace(microsecond=0)
    name = title(calendar, lang)
    file = File()
    file.add("prodid", f"-//Tiaowen//{calendar.knowledge.regulation.id}//ZH")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("name", vText(name))  # the library escapes neither by itself
    file.add("x-wr-calname", vText(name))  # Outlook and phones read this one
    for entry in calendar.entries:
        file.add_component(_event(entry, calendar, made, lang))
    return bytes(file.to_ical())


def _event(entry: Entry, calendar: Calendar, made: dt.datetime, lang: str) -> Event:
    from icalendar import Event  # noqa: PLC0415

    language = {"language": lang}
    event = Event()
    event.add("uid", _uid(entry, calendar))
    event.add("dtstamp", made)
    event.add("dtstart", entry.due)
    event.add("dtend", entry.due + dt.timedelta(days=1))  # the first day that is no part of it
    event.add("summary", _summary(entry, lang), parameters=language)
    event.add("description", _description(entry, calendar, lang), parameters=language)
    event.add("categories", [said("ics.category", lang), entry.limit.format(lang)])
    event.add("transp", "TRANSPARENT")  # a last day keeps nobody busy
    event.add("status", "CONFIRMED")
    event.add("sequence", 0)
    for day in dict.fromkeys(_reminders(entry)):
        event.add_component(_alarm(entry, day, lang))
    return event


def _uid(entry: Entry, calendar: Calendar) -> str:
    subject, regulation = calendar.subject, calendar.knowledge.regulation.id
    who = f"{subject.actor} {subject.level} {subject.place}"
    return str(uuid.uuid5(_NAMESPACE, f"{regulation} {entry.rule.id} {entry.period} {who}"))


def _summary(entry: Entry, lang: str) -> str:
    """What has to be done, and in which period: short, for a phone cuts it off."""
    period = period_name(entry.period).say(lang)
    brackets = " ({})" if lang == "en" else "（{}）"
    return short_name(entry.rule, lang) + brackets.format(period)


def _description(entry: Entry, calendar: Calendar, lang: str) -> str:
    """The provision and its words, the dates, and what is assumed."""
    colon = ": " if lang == "en" else "："
    key = "column.lead" if entry.lead.rule else "column.reminder"
    days = [(said(key, lang), entry.lead.day)]
    days += [
        (f"  {other.reading.say(lang)}", other.due)
        for other in entry.lead.alternatives
        if other.due != entry.lead.day
    ]
    lines = [
        statement(entry.rule, lang),
        f"{label(entry.rule, calendar, lang)}{colon}“{quote(entry.rule, calendar, lang)}”",
        *(f"{name}{colon}{_iso(day)}" for name, day in days),
        *(words.say(lang) for words in (*entry.notes, *calendar.assumptions)),
    ]
    return "\n".join(lines)


def _iso(when: dt.date) -> str:
    return when.isoformat()[:10]


def _reminders(entry: Entry) -> Iterator[dt.date]:
    yield entry.lead.earliest
    if entry.rests and entry.workday is not None:
        yield entry.workday


def _alarm(entry: Entry, day: dt.date, lang: str) -> Alarm:
    """At nine in the morning of ``day``, told as the time before the event's midnight."""
    from icalendar import Alarm  # noqa: PLC0415

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{_summary(entry, lang)} · {day_name(entry.due).say(lang)}")
    alarm.add("trigger", (day - entry.due) + _OFFICE_HOURS)
    return alarm
