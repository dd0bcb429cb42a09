"""Calendar dates in read text: 2019年11月20日, 11月20号, 2019-11-20, 20 November 2019."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from index.numerals import read_numeral

__all__ = ["DATE", "DateParts", "read_date"]

_CN = "零〇○一二三四五六七八九十廿卅0-9"
_MONTHS = [
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
]
_MONTH = "|".join([*_MONTHS, *(rf"{m[:3]}\.?" for m in _MONTHS), r"sept\.?"])

DATE = (
    rf"(?:(?P<y1>(?<![{_CN}])(?:[0-9]{{4}}|[0-9]{{2}}|[一二][{_CN}]{{3}}))年)?"
    rf"(?P<m1>(?<![{_CN}])[{_CN}]{{1,3}})月(?:份?的?)?(?P<d1>[{_CN}]{{1,3}})(?:日|号)"
    rf"|(?P<y2>(?<![{_CN}])(?:[0-9]{{4}}|[一二][{_CN}]{{3}}))年(?:(?P<m2>[{_CN}]{{1,3}})月(?:份)?)?"
    r"|(?<![0-9./-])(?P<y3>(?:19|20)[0-9]{2})(?P<sep>[-/.])(?P<m3>[0-9]{1,2})(?P=sep)(?P<d3>[0-9]{1,2})(?![0-9])"
    rf"|(?<![a-z0-9])(?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m4>{_MONTH})"
    r"(?:,? (?P<y4>[0-9]{4}))?(?![a-z0-9])"
    rf"|(?<![a-z])(?P<m5>{_MONTH}) (?P<d5>[0-9]{{1,2}})(?:st|nd|rd|th)?"
    r"(?:,? ?(?P<y5>[0-9]{4}))?(?![a-z0-9:])"
)
"""A date in read text; read the match with :func:`read_date`."""


@dataclass(frozen=True, slots=True)
class DateParts:
    """A date of which year, month or day may be unsaid."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def date(self, year: int | None = None) -> dt.date | None:
        """The date itself when it is complete (``year`` for one unsaid) and exists."""
        when = self.year or year
        if when is None or self.month is None or self.day is None:
            return None
        try:
            return dt.date(when, self.month, self.day)
        except ValueError:
            return None


def read_date(match: re.Match[str]) -> DateParts | None:
    """The parts of a :data:`DATE` match; None when no calendar has such a day.

    >>> def date(text):
    ...     return read_date(re.fullmatch(DATE, text))
    >>> date("2019年11月20日"), date("二〇一九年十一月二十日").date()
    (DateParts(year=2019, month=11, day=20), datetime.date(2019, 11, 20))
    >>> date("nov. 20th, 2019").date(), date("6月3号"), date("2月30日")
    (datetime.date(2019, 11, 20), DateParts(year=None, month=6, day=3), None)
    """
    groups = match.groupdict()
    found: dict[str, int | None] = {"y": None, "m": None, "d": None}
    for part in found:
        written = next(
            (groups[k] for k in (f"{part}{i}" for i in range(1, 6)) if groups.get(k)), None
        )
        if written is None:
            continue
        if written[0].isascii() and written[0].isalpha():
            found[part] = 1 + next(i for i, m in enumerate(_MONTHS) if m[:3] == written[:3])
            continue
        try:
            found[part] = read_numeral(written)
        except ValueError:
            return None
    year, month, day = found["y"], found["m"], found["d"]
    if year is not None and year < 100:
        year += 2000
    if month is not None and not 1 <= month <= 12:
        return None
    parts = DateParts(year, month, day)
    # 29 February is possible while the year is unsaid
    return None if day is not None and parts.date(2000 if year is None else None) is None else parts
