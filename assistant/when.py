"""A day or a moment as people write it on the command line and in questions."""

from __future__ import annotations

import datetime as dt

from index.errors import InputError
from index.moments import find_moments

__all__ = ["When", "iso", "parse_when"]

When = dt.date | dt.datetime
"""A day, or a day with a time."""

_FORMATS = "write for example 2026-03-05T15:00, 2026-03-05 or 2026年3月5日下午3点"


def iso(when: When) -> str:
    """ISO 8601, to the minute.

    >>> iso(dt.datetime(2026, 3, 5, 15)), iso(dt.date(2026, 3, 5))
    ('2026-03-05T15:00', '2026-03-05')
    """
    return when.isoformat(timespec="minutes") if isinstance(when, dt.datetime) else when.isoformat()


def parse_when(text: str, *, today: dt.date | None = None) -> When:
    """A day or a moment as people write it; ``today`` fills in an unsaid year or day.

    >>> parse_when("2026年3月5日下午3点"), parse_when("3月5日", today=dt.date(2026, 1, 1))
    (datetime.datetime(2026, 3, 5, 15, 0), datetime.date(2026, 3, 5))
    >>> parse_when("3月5日 15:00")
    Traceback (most recent call last):
    index.errors.InputError: "3月5日 15:00" names no year; write for example 2026-03-05T15:00, 2026-03-05 or 2026年3月5日下午3点
    >>> parse_when("2026-02-30")
    Traceback (most recent call last):
    index.errors.InputError: "2026-02-30" is not a day or a time; write for example 2026-03-05T15:00, 2026-03-05 or 2026年3月5日下午3点
    """  # noqa: E501
    written = text.strip()
    shown = written[:40]
    try:
        exact = dt.datetime.fromisoformat(written)
    except ValueError:
        exact = None
    if exact is not None:
        return _local(exact, shown) if len(written) > 10 else exact.date()
    found = find_moments(written)
    if len(found) != 1 or found[0].span.of(written) != written:
        raise InputError("", f'"{shown}" is not a day or a time', _FORMATS)
    moment = found[0]
    if moment.date.day is None and (moment.offset is None or moment.anaphoric):
        if today is None or moment.clock is None or moment.anaphoric:
            raise InputError("", f'"{shown}" names no day', _FORMATS)
        day: dt.date | None = today
    elif moment.date.day is not None:
        day = moment.date.date(today.year if today else None)
        if day is None and moment.date.year is None and today is None:
            raise InputError("", f'"{shown}" names no year', _FORMATS)
    else:
        if today is None:
            raise InputError("", f'"{shown}" counts from today', _FORMATS)
        day = today + dt.timedelta(days=moment.offset or 0)
    if day is None:
        raise InputError("", f'"{shown}" is not a day of the calendar', _FORMATS)
    if moment.clock is None:
        return day
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=moment.clock)


def _local(moment: dt.datetime, shown: str) -> dt.datetime:
    offset = moment.utcoffset()
    if offset is not None and offset != dt.timedelta(hours=8):
        raise InputError("", f'"{shown}" is in another time zone', "write Beijing time, +08:00")
    return moment.replace(tzinfo=None, second=0, microsecond=0)
