"""China's working days: weekends, public holidays and the weekends worked in their stead.

The data is the ``holidays`` package's, which follows the State Council's yearly
notice. For a year whose notice it does not hold yet, the holidays fixed by law are
known and the make-up working days are not; :meth:`WorkCalendar.official` tells.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assistant.said import Said

if TYPE_CHECKING:
    from holidays import HolidayBase

__all__ = ["WorkCalendar"]

_WEEKDAYS = "一二三四五六日"
_ENGLISH = "en"


class WorkCalendar:
    """Which days are worked, and why a day is not.

    >>> calendar = WorkCalendar()
    >>> calendar.is_workday(dt.date(2026, 2, 14)), calendar.describe(dt.date(2026, 2, 14))
    (True, '2026-02-14（周六，调休上班）')
    >>> calendar.is_workday(dt.date(2026, 2, 17)), calendar.describe(dt.date(2026, 2, 17))
    (False, '2026-02-17（周二，春节）')
    >>> calendar.describe(dt.date(2026, 2, 14), "en")
    '2026-02-14 (Saturday, a make-up working day)'
    >>> calendar.official(2026), calendar.official(1949)
    (True, False)
    """

    @functools.cached_property
    def _days(self) -> HolidayBase:
        return self._load("zh_CN")

    @functools.cached_property
    def _english(self) -> HolidayBase:
        return self._load("en_US")

    @staticmethod
    def _load(language: str) -> HolidayBase:
        import holidays  # noqa: PLC0415  (0.2 s, wanted by few calls)

        return holidays.country_holidays("CN", language=language)

    def _known(self, day: dt.date) -> bool:
        return self._days.start_year <= day.year <= self._days.end_year

    def is_workday(self, day: dt.date) -> bool:
        """Whether offices work on ``day``."""
        if not self._known(day):
            return day.weekday() < 5
        return bool(self._days.is_working_day(day))

    def holiday(self, day: dt.date, lang: str = "zh-Hans") -> str | None:
        """The holiday that ``day`` is off for, if any."""
        if not self._known(day):
            return None
        name = (self._english if lang == _ENGLISH else self._days).get(day)
        return None if name is None else str(name)

    def official(self, year: int) -> bool:
        """Whether the notice that moves the year's weekends is in the data.

        Every notice since 2001 has moved some weekend, so a year without one has no notice.
        """
        new_year = dt.date(year, 1, 1)
        if not self._known(new_year):
            return False
        self._days.get(new_year)  # loads the year
        return any(day.year == year for day in self._days.weekend_workdays)

    def basis(self, years: Iterable[int]) -> Iterator[Said]:
        """What the working days of ``years`` rest on, and for which the notice is missing."""
        wanted = sorted(set(years))
        known = [year for year in wanted if self.official(year)]
        if known:
            yield Said(
                f"{'、'.join(map(str, known))}年的工作日按国务院公布的节假日和调休安排计算。",
                f"Working days of {', '.join(map(str, known))} follow the State Council's notice "
                "of holidays and make-up working days.",
            )
        for year in sorted(set(wanted) - set(known)):
            by_law = self.holiday(dt.date(year, 1, 1)) is not None
            rest = "周末和法定节假日" if by_law else "周末"
            off = "weekends and the holidays fixed by law" if by_law else "weekends"
            yield Said(
                f"没有{year}年调休安排的数据，{year}年只按{rest}扣除，公布后可能前后移动几天。",
                f"The make-up working days of {year} are not in the data; only {off} are left out, "
                "and the notice may move dates by a few days.",
            )

    def describe(self, day: dt.date, lang: str = "zh-Hans") -> str:
        """The day with its weekday and, where it matters, why it is worked or not."""
        return self.told(day).say(lang)

    def told(self, day: dt.date) -> Said:
        """As :meth:`describe`, in both languages."""
        why = reason = ""
        if not self.is_workday(day):
            why = (self.holiday(day) or "休息").split("（")[0]
            reason = (self.holiday(day, _ENGLISH) or "").split(" (")[0]
            reason = "a day off" if reason in ("", "Day off") else reason
        elif day.weekday() >= 5:
            why, reason = "调休上班", "a make-up working day"
        return Said(
            f"{day.isoformat()}（周{_WEEKDAYS[day.weekday()]}{f'，{why}' if why else ''}）",
            f"{day.isoformat()} ({day:%A}{f', {reason}' if reason else ''})",
        )

    def count(self, start: dt.date, number: int, step: int = 1) -> list[dt.date]:
        """The days passed from the day after ``start`` (before it for ``step`` -1) to the
        ``number``-th working day.

        >>> WorkCalendar().count(dt.date(2026, 3, 5), 2)[-1]
        datetime.date(2026, 3, 9)
        """
        days: list[dt.date] = []
        day = start
        while number > 0:
            day += dt.timedelta(days=step)
            days.append(day)
            number -= self.is_workday(day)
        return days

    def last_in(self, first: dt.date, last: dt.date) -> dt.date | None:
        """The last working day from ``first`` to ``last``; None where every day is off.

        >>> WorkCalendar().last_in(dt.date(2026, 10, 1), dt.date(2026, 10, 31))
        datetime.date(2026, 10, 30)
        """
        day = last
        while day >= first:
            if self.is_workday(day):
                return day
            day -= dt.timedelta(days=1)
        return None
