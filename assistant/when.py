"""A day, a moment or a period as people write it on the command line and in questions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.errors import InputError
from index.moments import find_moments
from index.numerals import read_numeral
from index.quantities import read_text
from index.text import Span

__all__ = ["Period", "PeriodMention", "When", "find_periods", "iso", "parse_when"]

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


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter, half-year or year of the calendar, or a week from Monday."""

    first: dt.date
    last: dt.date

    @classmethod
    def of_months(cls, day: dt.date, months: int) -> Period:
        """The period of so many months, a divisor of twelve, that ``day`` lies in.

        >>> print(Period.of_months(dt.date(2026, 5, 3), 3))
        2026-04-01/2026-06-30
        """
        first = dt.date(day.year, (day.month - 1) // months * months + 1, 1)
        year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
        # one day before the next period, which a calendar that ends with 9999 may lack
        if year > dt.MAXYEAR:
            return cls(first, dt.date.max)
        return cls(first, dt.date(year, month + 1, 1) - dt.timedelta(days=1))

    @classmethod
    def of_week(cls, day: dt.date) -> Period:
        """The week from Monday to Sunday that ``day`` lies in."""
        first = day - dt.timedelta(days=day.weekday())
        return cls(first, first + dt.timedelta(days=6))

    def __str__(self) -> str:
        """As ISO 8601 writes an interval."""
        return f"{self.first}/{self.last}"


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period where it stands in a text."""

    span: Span
    period: Period


_MONTHS = {"月": 1, "季": 3, "季度": 3, "半年": 6,
           "month": 1, "quarter": 3, "half-year": 6, "half year": 6, "year": 12}  # fmt: skip
_STEP = {"本": 0, "这": 0, "当": 0, "今": 0, "下": 1, "明": 1, "上": -1, "去": -1,
         "this": 0, "the current": 0, "current": 0, "next": 1, "last": -1}  # fmt: skip
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_YEAR = r"(?P<year>[12][0-9]{3})年|(?P<near>[今本明去])年"
_MONTH = "1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]"
_DAYS = "[0-9一二三四五六七八九十]*"
_NO_DAY = f"(?!{_DAYS}[日号])"
_PERIOD = re.compile(
    rf"(?:{_YEAR})?(?:第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年"
    rf"|(?<![0-9十])(?P<month>{_MONTH})月{_NO_DAY})"
    rf"|(?:{_YEAR.replace('P<', 'P<whole_')})(?!{_DAYS}月)度?"
    rf"|(?P<zh>[本这当]个?|(?<!以)[上下]个?)(?P<unit>半年|季度?|月){_NO_DAY}"
    r"|(?P<zhweek>[本这上下]个?)(?:周|星期)(?![一二三四五六日天末])"
    r"|\b(?P<en>this|next|last|the current|current) "
    r"(?P<enunit>month|quarter|half-year|half year|year|week)\b"
    r"|\b(?:(?P<ordinal>first|second|third|fourth) quarter|q(?P<q>[1-4]))\b"
    r"(?: (?:of )?(?P<enyear>[12][0-9]{3}))?"
)


def find_periods(text: str, *, today: dt.date) -> tuple[PeriodMention, ...]:
    """Every month, quarter, half-year, year or week that ``text`` names, as seen on ``today``.

    >>> day = dt.date(2026, 5, 3)
    >>> [str(m.period) for m in find_periods("本季度和2027年上半年", today=day)]
    ['2026-04-01/2026-06-30', '2027-01-01/2027-06-30']
    >>> [str(m.period) for m in find_periods("by the end of next month", today=day)]
    ['2026-06-01/2026-06-30']
    >>> find_periods("3月5日, 下周三, 半年", today=day)
    ()
    """
    read = read_text(text)
    return tuple(
        PeriodMention(read.span(match.start(), match.end()), period)
        for match in _PERIOD.finditer(read.text)
        for period in _periods(match, today)
    )


def _periods(match: re.Match[str], today: dt.date) -> Iterator[Period]:
    """The period of a match; none where the calendar ends before it."""
    near = match["near"] or match["whole_near"]
    year = int(match["year"] or match["whole_year"] or match["enyear"] or today.year)
    year += _STEP[near] if near else 0
    length, month = 12, 1
    if match["zhweek"] or match["enunit"] == "week":
        step = _STEP[match["en"] or match["zhweek"][0]]
        yield Period.of_week(today + dt.timedelta(weeks=step))
        return
    if match["zh"] or match["en"]:
        length = _MONTHS[match["unit"] or match["enunit"]]
        step = _STEP[match["en"] or match["zh"][0]]
        year, month = divmod(today.year * 12 + today.month - 1 + step * length, 12)
        month += 1
    elif match["quarter"] or match["ordinal"] or match["q"]:
        number = _ORDINAL.get(match["ordinal"]) or read_numeral(match["quarter"] or match["q"])
        length, month = 3, int(number) * 3
    elif match["half"]:
        length, month = 6, 1 if match["half"] == "上" else 7
    elif match["month"]:
        length, month = 1, int(read_numeral(match["month"]))
    if dt.MINYEAR <= year <= dt.MAXYEAR:
        yield Period.of_months(dt.date(year, month, 1), length)
