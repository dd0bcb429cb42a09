"""Dates and clock times in any text: 上午9点20分, 次日凌晨1点, 2027年6月20日, 9:50, 3pm.

A text seldom gives the whole date, so a :class:`Moment` has parts that may be
missing, and the differences of two moments are None where the text leaves them open.

>>> text = "下午2点发生，当天晚上7点半报到"
>>> start, end = find_moments(text)
>>> start.span.of(text), end.span.of(text), minutes_between(start, end)
('下午2点', '当天晚上7点半', 330)
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from index.dates import DATE, DateParts, read_date
from index.numerals import read_numeral
from index.quantities import read_text
from index.text import Folded, Span

__all__ = ["Moment", "days_between", "find_moments", "minutes_between"]

DAY = 24 * 60

# days from the day the text is written on
_DEICTIC = {
    "大前天": -3,
    "前天": -2,
    "前日": -2,
    "前晚": -2,
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "昨夜": -1,
}
_DEICTIC |= {
    "今天": 0,
    "今日": 0,
    "今晚": 0,
    "今早": 0,
    "今晨": 0,
    "明天": 1,
    "明日": 1,
    "明晚": 1,
    "明早": 1,
}
_DEICTIC |= {"后天": 2, "yesterday": -1, "today": 0, "tomorrow": 1}
# days from the moment spoken of before
_ANAPHORIC = {
    "当天": 0,
    "当日": 0,
    "同日": 0,
    "同天": 0,
    "当晚": 0,
    "当夜": 0,
    "次日": 1,
    "翌日": 1,
}
_ANAPHORIC |= {"第二天": 1, "隔天": 1, "转天": 1, "第三天": 2, "the same day": 0, "the next day": 1}
_ANAPHORIC |= {"the following day": 1, "same day": 0, "next day": 1}

_MORNING = ("清晨", "清早", "早晨", "早上", "上午", "早", "晨", "am")
_NOON = ("中午", "正午", "午间")
_AFTERNOON = ("下午", "午后", "傍晚", "pm")
_EVENING = ("晚上", "晚间", "当晚", "今晚", "昨晚", "明晚", "前晚", "昨夜", "当夜", "晚")
_NIGHT = ("夜里", "夜间", "深夜", "半夜", "午夜", "夜")
_DAWN = ("凌晨",)
_PART = "|".join(
    sorted(
        (*_MORNING[:-1], *_NOON, *_AFTERNOON[:-1], *_EVENING, *_NIGHT, *_DAWN),
        key=len,
        reverse=True,
    )
)
_CN = "零〇一二三四五六七八九十两廿0-9"
_RELATIVE = "|".join(sorted((*_DEICTIC, *_ANAPHORIC), key=len, reverse=True))
# what follows an hour that stands alone: 十点到 is a time, 十点意见 and 以下三点。 are not
_SOON = re.compile(
    "发生|突发|报|上报|前|之|以|后|许|多|左右|到|至|开|接|就|出|案|收|才|起|钟|整|了"
)
_NOT_CLOCK = re.compile("[要意建体说原注内共希]")
_CLOCK = (
    rf"(?P<hour>(?<![{_CN}.:第])[{_CN}]{{1,3}})(?:点(?:钟|整)?|时(?![间期限候段效常长代机任]))"
    rf"(?:(?P<half>半)|(?P<quarter>[一三])刻|过?(?P<minute>[{_CN}]{{1,3}})分(?!钟之|之)|(?P<bare>[0-5][0-9](?![0-9点:])))?(?:许|左右)?"
    r"|(?<![0-9:./-])(?P<hour2>[01]?[0-9]|2[0-4]):(?P<minute2>[0-5][0-9])(?::[0-5][0-9])?(?![0-9:])"
    r"(?: ?(?P<ap2>[ap])\.?m\b\.?)?"
    r"|(?<![a-z0-9.:])(?P<hour3>1[0-2]|0?[1-9]) ?(?P<ap3>[ap])\.?m\b\.?"
    r"|(?<![a-z0-9.:])(?P<hour4>1[0-2]|[1-9]) o'clock"
    r"|(?<![a-z])(?P<named>noon|midnight)(?![a-z])"
)
# the date may also stand behind the time: at 9:20 on 3 June
_DATE_BEHIND = re.sub(r"\?P([<=])([a-z]+[0-9]?)", r"?P\1e_\2", DATE)
_MOMENT = re.compile(
    rf"(?:(?P<date>{DATE})(?:t(?=\d)|[,，]? ?(?:at )?|的?)"
    rf"|(?P<relative>(?<![a-z])(?:{_RELATIVE})(?![a-z前内])),?(?: at)? ?的?)?"
    rf"(?:(?P<part>{_PART})的?)?"
    rf"(?:(?P<clock>{_CLOCK})"
    r"(?: (?P<erel>yesterday|today|tomorrow|the same day|the next day|the following day)"
    rf"| on (?P<edate>{_DATE_BEHIND}))?)?"
)
_NAMED = re.compile(rf"(?=[{_CN}昨今明前大后当同次翌第隔转早晨上下中正午傍晚夜凌半深清a-z])")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a text names it; what the text does not say is None."""

    span: Span
    date: DateParts = field(default_factory=DateParts)
    hour: int | None = None
    """0 to 24 as said with its part of the day: 下午3点 is 15, 晚上12点 is 24."""
    minute: int | None = None
    part: str | None = None
    """上午, 凌晨, pm, …; without it an hour up to 12 may be either half of the day."""
    offset: int | None = None
    """昨天 -1, 今天 0, 次日 1: days from the day of ``relative``."""
    anaphoric: bool = False
    """当天, 次日: ``offset`` counts from the moment named before, not from the writer's day."""

    @property
    def ambiguous(self) -> bool:
        """Whether the hour may mean either half of the day.

        >>> [m.ambiguous for m in find_moments("9点50分；上午9点；21时；09:50")]
        [True, False, False, False]
        """
        return self.part is None and self.hour is not None and 1 <= self.hour <= 12

    @property
    def clock(self) -> int | None:
        """Minutes since the midnight that the day began with."""
        return None if self.hour is None else self.hour * 60 + (self.minute or 0)

    def datetime(self, today: dt.date | None = None) -> dt.datetime | None:
        """The moment in full when its date is, ``today`` filling a missing year or a 昨天."""
        day = self.date.date(today.year if today else None)
        if day is None and self.offset is not None and today is not None and not self.anaphoric:
            day = today + dt.timedelta(days=self.offset)
        if day is None or self.clock is None:
            return None
        return dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=self.clock)


def find_moments(text: str) -> tuple[Moment, ...]:
    """Every date and clock time in ``text``, in order; a day and the time that follows are one.

    >>> [m.span.of("昨天上午9点20分，6月3日") for m in find_moments("昨天上午9点20分，6月3日")]
    ['昨天上午9点20分', '6月3日']
    >>> find_moments("三点意见，6小时，第3点，小时候")
    ()
    """
    read = read_text(text)
    found: list[Moment] = []
    at = 0
    for start in _NAMED.finditer(read.text):
        if start.start() < at:
            continue
        match = _MOMENT.match(read.text, start.start())
        if match is None or not match.group():
            continue
        moment = _moment(read, match)
        if moment is not None:
            found.append(moment)
            at = match.end()
    return tuple(found)


def _moment(read: Folded, match: re.Match[str]) -> Moment | None:
    date = DateParts()
    if match["date"]:
        parts = read_date(match)
        if parts is None:
            return None
        date = parts
    if match["edate"]:
        inner = re.compile(DATE).fullmatch(match["edate"])
        date = (read_date(inner) if inner else None) or date
    relative = match["relative"] or match["erel"]
    part = match["part"]
    if relative and part is None and relative[-1:] in "晚夜早晨":
        part = relative[-1]
    clock = _read_clock(read.text, match, part)
    if match["clock"] and clock is None:
        return None
    if clock is None:
        if not relative and date.day is None:
            return None
        end = match.end("relative") if match["relative"] else match.end("date")
        if part and match["part"]:
            end = match.end("part")
        return _build(read, match.start(), end, date, None, part, relative)
    return _build(read, match.start(), match.end(), date, clock, part, relative)


def _build(
    read: Folded,
    start: int,
    end: int,
    date: DateParts,
    clock: tuple[int, int, str | None] | None,
    part: str | None,
    relative: str | None,
) -> Moment:
    hour, minute, said = clock or (None, None, part)
    anaphoric = relative in _ANAPHORIC
    offset = None
    if relative:
        offset = _ANAPHORIC[relative] if anaphoric else _DEICTIC[relative]
    return Moment(read.span(start, end), date, hour, minute, said, offset, anaphoric)


def _read_clock(
    text: str, match: re.Match[str], part: str | None
) -> tuple[int, int, str | None] | None:
    """Hour (0 to 24), minute and part of the day."""
    if match["clock"] is None:
        return None
    if match["named"]:
        return (12, 0, "noon") if match["named"] == "noon" else (24, 0, "midnight")
    if match["hour2"]:
        half = match["ap2"]
        hour, minute = int(match["hour2"]), int(match["minute2"])
        if half is None and part is None and len(match["hour2"]) == 2:
            part = "24h"  # 09:50
        return _of_part(hour, minute, f"{half}m" if half else part)
    if match["hour3"]:
        return _of_part(int(match["hour3"]), 0, f"{match['ap3']}m")
    if match["hour4"]:
        return _of_part(int(match["hour4"]), 0, part)
    try:
        hour = read_numeral(match["hour"])
        minute = read_numeral(match["minute"] or match["bare"] or "0")
    except ValueError:
        return None
    if match["half"]:
        minute = 30
    elif match["quarter"]:
        minute = 15 if match["quarter"] == "一" else 45
    plain = not (match["half"] or match["quarter"] or match["minute"] or match["bare"])
    if plain and part is None and not match["date"] and not match["relative"]:
        after = text[match.end("clock") : match.end("clock") + 2]
        telling = _NOT_CLOCK.match(after) if match["hour"].isascii() else not _SOON.match(after)
        if telling:
            return None  # 三点意见, 3点建议
    return _of_part(hour, minute, part)


def _of_part(hour: int, minute: int, part: str | None) -> tuple[int, int, str | None] | None:
    """The hour of 24 that ``hour`` is in ``part`` of the day; None when there is none."""
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if part is None or hour > 12:
        return hour, minute, part
    if part in _AFTERNOON or (part in _NOON and hour < 3):
        hour = hour if hour == 12 else hour + 12
    elif part in _EVENING or (part in _NIGHT and hour >= 6):
        hour += 12  # 晚上12点 is the midnight that ends the day
    elif (part in _DAWN or part == "am") and hour == 12:
        hour = 0
    return hour, minute, part


def _day_shift(start: Moment, end: Moment) -> int | None:
    """Days from the day of ``start`` to the day of ``end``; None when neither tells."""
    if end.anaphoric:
        return end.offset
    if start.offset is not None and end.offset is not None and not start.anaphoric:
        return end.offset - start.offset
    return _date_shift(start.date, end.date)


def _date_shift(start: DateParts, end: DateParts) -> int | None:
    if end.day is None or start.day is None:
        return None
    year = start.year or end.year or 2001  # of no leap: the text leaves the year out
    first = start.date(year) or start.date(2000)
    month = end.month or (first.month if first else None)
    second = DateParts(end.year or (first.year if first else year), month, end.day).date()
    if first is None or second is None:
        return None
    days = (second - first).days
    if days < 0 and end.year is None and start.year is None:
        again = DateParts(second.year + 1, second.month, second.day).date()
        days = (again - first).days if again else days
    return days


def minutes_between(start: Moment, end: Moment) -> int | None:
    """Minutes from ``start`` to ``end``; None when a time of day is missing.

    Without a day the end is the next such time after the start: a bare 4点半
    after 下午3点 is half past four in the afternoon, 凌晨1点 after 晚上11点 the next day's.

    >>> def elapsed(text):
    ...     return minutes_between(*find_moments(text))
    >>> elapsed("上午9点20分发生，9点50分报"), elapsed("下午3点发生，4点半报")
    (30, 90)
    >>> elapsed("晚上11点到次日凌晨1点"), elapsed("晚上11点发生，凌晨1点报")
    (120, 120)
    >>> elapsed("6月3日上午9点到6月4日上午10点")
    1500
    """
    if start.clock is None or end.clock is None:
        return None
    shift = _day_shift(start, end)
    plain = end.clock - start.clock
    if shift is not None:
        if end.ambiguous and end.clock + 12 * 60 < DAY and shift * DAY + plain < 0:
            plain += 12 * 60
        return shift * DAY + plain
    if plain < 0 and end.ambiguous and plain + 12 * 60 >= 0:
        return plain + 12 * 60
    if plain < 0 and start.ambiguous and not end.ambiguous:
        return plain + DAY
    return plain if plain >= 0 else plain + DAY


def days_between(start: Moment, end: Moment) -> int | None:
    """Whole days from the day of ``start`` to the day of ``end``; None when unsaid.

    >>> days_between(*find_moments("6月3日收到，7月1日报告"))
    28
    """
    return _day_shift(start, end)
