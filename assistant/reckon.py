"""How each kind of limit is counted from its start; every assumption is written down."""

from __future__ import annotations

import calendar as months
import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.when import When, iso
from assistant.workdays import WorkCalendar
from index.errors import InputError
from index.limits import LimitKind, TimeLimit
from index.quantities import Quantity, Unit, calendar_days, measure

__all__ = ["RECKONERS", "Alternative", "Count"]

_LONGEST = 5000
"""Working days counted at most (about twenty years)."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another due moment, under another reading of the rule."""

    due: When
    reading: str


@dataclass(slots=True)
class Count:
    """A count while it runs."""

    limit: TimeLimit
    start: When
    work: WorkCalendar
    due: When
    calendar: str = "days"
    counted: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    alternatives: list[Alternative] = field(default_factory=list)

    @property
    def day(self) -> dt.date:
        return _day(self.start)


def _day(when: When) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when


def _move(when: When, days: int) -> When:
    return when + dt.timedelta(days=days)


def _amount(limit: TimeLimit) -> tuple[Quantity, Unit]:
    """The outer end of the amount."""
    quantity = limit.upto if limit.upto is not None else limit.quantity
    if quantity is None or limit.unit is None:
        raise ValueError("a limit without an amount was let through")
    return quantity, limit.unit


def _after(count: Count) -> None:
    """within, threshold and effective: forwards from the event."""
    quantity, unit = _amount(count.limit)
    if count.limit.upto is not None:
        count.assumptions.append("期限是一个区间，按最长的一端计算。")
    if unit in (Unit.MINUTE, Unit.HOUR):
        return _by_the_clock(count, quantity, unit)
    if unit is Unit.WORKDAY:
        return _workdays(count, quantity, forwards=True)
    count.assumptions.append("起算当日不计入，从次日开始计算；期限截止到最后一日24时。")
    if unit in (Unit.DAY, Unit.WEEK):
        days = _whole_days(count, quantity, unit)
        count.due = _move(count.day, days)
        count.counted.append(f"{count.day}起算，次日为第1天，{count.due}为第{days}天")
        if unit is Unit.WEEK:
            _offer_working_week(count, quantity, forwards=True)
    else:
        _months(count, quantity, unit)
    if count.limit.kind is LimitKind.WITHIN:
        _rest_day_at_the_end(count)
    return None


def _by_the_clock(count: Count, quantity: Quantity, unit: Unit, sign: int = 1) -> None:
    if not isinstance(count.start, dt.datetime):
        raise InputError(
            "",
            f"{count.limit.format()} needs the time of day, and {iso(count.start)} has none",
            "write for example 2026-03-05T15:00",
        )
    _, minutes = measure(quantity, unit)
    count.calendar = "hours"
    count.due = count.start + sign * dt.timedelta(minutes=float(minutes))
    sum_ = f"{'加' if sign > 0 else '减'} {_words(quantity, unit)} = {iso(count.due)}"
    count.counted.append(f"{iso(count.start)} {sum_}")
    count.assumptions.append("按钟点连续计算，夜间、周末和节假日不扣除。")
    if _day(count.due) != count.day:
        count.assumptions.append("跨过零点，截止时间在另一日。")


def _words(quantity: Quantity, unit: Unit) -> str:
    return TimeLimit(LimitKind.THRESHOLD, quantity, unit).format().removeprefix("满")


def _workdays(count: Count, quantity: Quantity, *, forwards: bool) -> None:
    number = math.ceil(quantity)
    if number > _LONGEST:
        raise InputError("", f"{number} working days are too many to count", f"at most {_LONGEST}")
    if number != quantity:
        count.assumptions.append(f"不足一个工作日的按一个工作日计，共{number}个工作日。")
    count.calendar = "workdays"
    passed = count.work.count(count.day, number, 1 if forwards else -1)
    count.due = passed[-1]
    side = "起算当日" if forwards else "事项当日"
    count.counted.append(f"{count.work.describe(count.day)}：{side}，不计入")
    number = 0
    for day in passed:
        works = count.work.is_workday(day)
        number += works
        count.counted.append(
            f"{count.work.describe(day)}：{f'第{number}个工作日' if works else '不计入'}"
        )
    count.assumptions.append(
        f"{side}不计入，{'从次日起向后' if forwards else '从前一日起向前'}数工作日。"
    )
    _calendar_note(count, {count.day.year, *(d.year for d in passed)})


def _calendar_note(count: Count, years: set[int]) -> None:
    """Say which years' arrangements the count rests on."""
    known = sorted(y for y in years if count.work.official(y))
    unknown = sorted(years - set(known))
    if known:
        names = "、".join(map(str, known))
        count.assumptions.append(f"{names}年的工作日按国务院公布的节假日和调休安排计算。")
    for year in unknown:
        known_holidays = count.work.holiday(dt.date(year, 1, 1)) is not None
        basis = "周末和法定节假日" if known_holidays else "周末"
        count.assumptions.append(
            f"没有{year}年调休安排的数据，{year}年只按{basis}扣除，公布后可能前后移动几天。"
        )


def _whole_days(count: Count, quantity: Quantity, unit: Unit) -> int:
    days = calendar_days(quantity, unit)[0]
    if days.denominator != 1:
        count.assumptions.append("不足一天的按一天计。")
    return math.ceil(days)


def _months(count: Count, quantity: Quantity, unit: Unit) -> None:
    _, size = measure(quantity, unit)
    whole, rest = divmod(Fraction(size), 1)
    count.calendar = "months"
    day = _add_months(count.day, int(whole))
    if rest:
        day += dt.timedelta(days=math.ceil(rest * 30))
        count.assumptions.append("不足一月的部分按30天折算（半个月为15天）。")
    elif day.day != count.day.day:
        count.assumptions.append("届满之月没有对应的日子，以该月最后一日为准。")
    count.due = day
    count.counted.append(f"{count.day}加{_words(quantity, unit)}，对应日为{day}")


def _add_months(day: dt.date, number: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError
    last = months.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def _rest_day_at_the_end(count: Count) -> None:
    day = _day(count.due)
    if count.work.is_workday(day):
        return
    later = count.work.count(day, 1)[-1]
    count.assumptions.append(
        f"届满日{count.work.describe(day)}不是工作日；条文没有规定顺延，这里不顺延。"
    )
    count.alternatives.append(Alternative(later, "届满日遇休息日顺延到下一个工作日"))


def _offer_working_week(count: Count, quantity: Quantity, *, forwards: bool) -> None:
    """A week may be five working days: the text does not say (art. 29: 提前1周以上)."""
    number = math.ceil(quantity * 5)
    if number > _LONGEST:
        return
    other = count.work.count(count.day, number, 1 if forwards else -1)[-1]
    count.assumptions.append(
        "条文没有说明“周”是自然周还是工作周："
        f"按自然周（{math.ceil(quantity * 7)}天）为{_day(count.due)}，"
        f"按工作周（{number}个工作日）为{other}。"
    )
    count.alternatives.append(Alternative(other, f"按工作周（{number}个工作日）计算"))
    _calendar_note(count, {count.day.year, other.year})


def _before(count: Count) -> None:
    """advance: backwards from the event."""
    quantity, unit = _amount(count.limit)
    count.assumptions.append("所给时间按事项发生或者决定的时间理解，向前倒推；事项当日不计入。")
    if unit in (Unit.MINUTE, Unit.HOUR):
        return _by_the_clock(count, quantity, unit, sign=-1)
    if unit is Unit.WORKDAY:
        return _workdays(count, quantity, forwards=False)
    if unit in (Unit.DAY, Unit.WEEK):
        days = _whole_days(count, quantity, unit)
        count.due = _move(count.start, -days)
        count.counted.append(f"{iso(count.start)}向前{days}天为{iso(count.due)}")
        if unit is Unit.WEEK:
            _offer_working_week(count, quantity, forwards=False)
    else:
        _, size = measure(quantity, unit)
        whole = math.floor(size)
        extra = math.ceil((size - whole) * 30)
        count.calendar = "months"
        count.due = _add_months(count.day, -whole) - dt.timedelta(days=extra)
        count.counted.append(f"{count.day}向前{_words(quantity, unit)}为{count.due}")
    day = _day(count.due)
    if not count.work.is_workday(day):
        earlier = count.work.count(day, 1, -1)[-1]
        count.assumptions.append(
            f"{count.work.describe(day)}不是工作日，稳妥的做法是在此前最后一个工作日{earlier}提出。"
        )
    return None


def _periodic(count: Count) -> None:
    """frequency: the end of the period that the start lies in."""
    quantity, unit = _amount(count.limit)
    count.calendar = "period"
    day = count.day
    scale, size = measure(quantity, unit)
    if scale == "months" and size == int(size) and 12 % int(size) == 0:
        span = int(size)
        first = dt.date(day.year, (day.month - 1) // span * span + 1, 1)
        end = _add_months(first, span) - dt.timedelta(days=1)
        name = {1: "本月", 3: "本季度", 6: "本半年", 12: "本年度"}.get(span, f"本{span}个月")
    elif (quantity, unit) == (1, Unit.WEEK):
        end, name = day + dt.timedelta(days=6 - day.weekday()), "本周"
    elif (quantity, unit) == (1, Unit.DAY):
        end, name = day, "当日"
    else:
        return _since_last(count, quantity, unit)
    times = 1 if count.limit.times is None else count.limit.times
    count.due = end
    count.counted.append(f"{day}所在的周期（{name}）最后一日为{end}，其间应达到{times}次")
    count.assumptions.append(f"周期按自然周期计算，{name}内完成即可；条文没有规定具体日期。")
    if scale == "months" and times == 1:
        later = _add_months(day, int(size))
        count.alternatives.append(Alternative(later, "从上一次（所给日期）起算一个周期"))
    return None


def _since_last(count: Count, quantity: Quantity, unit: Unit) -> None:
    """A period that no calendar marks (每两年, 每10天): from the last time."""
    if unit in (Unit.MINUTE, Unit.HOUR):
        return _by_the_clock(count, quantity, unit)
    if unit is Unit.WORKDAY:
        return _workdays(count, quantity, forwards=True)
    if unit in (Unit.DAY, Unit.WEEK):
        count.due = _move(count.day, _whole_days(count, quantity, unit))
        count.counted.append(f"{count.day}加{_words(quantity, unit)}为{count.due}")
    else:
        _months(count, quantity, unit)
    count.calendar = "period"
    count.assumptions.append("所给日期按上一次办理的日期理解，从该日起算一个周期。")
    return None


def _by(count: Count) -> None:
    """by year-end, by a date, on the same day."""
    limit, day = count.limit, count.day
    count.calendar = "period"
    if limit.date is not None:
        count.due = limit.date
    elif limit.unit is Unit.YEAR:
        count.due = dt.date(day.year, 12, 31)
    elif limit.unit in (Unit.QUARTER, Unit.MONTH):
        span = 3 if limit.unit is Unit.QUARTER else 1
        first = dt.date(day.year, (day.month - 1) // span * span + 1, 1)
        count.due = _add_months(first, span) - dt.timedelta(days=1)
    elif limit.unit is Unit.WEEK:
        count.due = day + dt.timedelta(days=6 - day.weekday())
    elif limit.word in ("当天", "当日", "同日", "the same day", "same day"):
        count.due = day
    else:
        raise InputError(
            "", f'"{limit.format()}" names no complete date', "ask for a rule with a numbered limit"
        )
    count.counted.append(f"{day}所在的期间，最后一日为{count.due}")
    count.assumptions.append("“前”包括最后一日本身，截止到该日24时。")


RECKONERS: dict[LimitKind, Callable[[Count], None]] = {
    LimitKind.WITHIN: _after,
    LimitKind.THRESHOLD: _after,
    LimitKind.EFFECTIVE: _after,
    LimitKind.ADVANCE: _before,
    LimitKind.FREQUENCY: _periodic,
    LimitKind.BY: _by,
}
