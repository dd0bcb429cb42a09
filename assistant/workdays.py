"""China's working days: weekends, public holidays and the weekends worked in their stead.

The data is the ``holidays`` package's, which follows the State Council's yearly
notice. For a year whose notice it does not hold yet, the holidays fixed by law are
known and the make-up working days are not; :meth:`WorkCalendar.official` tells.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

__all__ = ["WorkCalendar"]

_WEEKDAYS = "一二三四五六日"


class WorkCalendar:
    """Which days are worked, and why a day is not.

    >>> calendar = WorkCalendar()
    >>> calendar.is_workday(dt.date(2026, 2, 14)), calendar.describe(dt.date(2026, 2, 14))
    (True, '2026-02-14（周六，调休上班）')
    >>> calendar.is_workday(dt.date(2026, 2, 17)), calendar.describe(dt.date(2026, 2, 17))
    (False, '2026-02-17（周二，春节）')
    >>> calendar.official(2026), calendar.official(1949)
    (True, False)
    """

    @functools.cached_property
    def _days(self) -> HolidayBase:
        import holidays  # noqa: PLC0415  (0.2 s, wanted by few calls)

        return holidays.country_holidays("CN", language="zh_CN")

    def _known(self, day: dt.date) -> bool:
        return self._days.start_year <= day.year <= self._days.end_year

    def is_workday(self, day: dt.date) -> bool:
        """Whether offices work on ``day``."""
        if not self._known(day):
            return day.weekday() < 5
        return bool(self._days.is_working_day(day))

    def holiday(self, day: dt.date) -> str | None:
        """The holiday that ``day`` is off for, if any."""
        if not self._known(day):
            return None
        name = self._days.get(day)
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

    def describe(self, day: dt.date) -> str:
        """The day with its weekday and, where it matters, why it is worked or not."""
        weekday = f"周{_WEEKDAYS[day.weekday()]}"
        why = ""
        if not self.is_workday(day):
            why = (self.holiday(day) or "休息").split("（")[0]
        elif day.weekday() >= 5:
            why = "调休上班"
        return f"{day.isoformat()}（{weekday}{f'，{why}' if why else ''}）"

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
