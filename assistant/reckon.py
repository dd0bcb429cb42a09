"""How a limit is counted from its start, forwards or backwards; what is assumed is said."""

from __future__ import annotations

import calendar as months
import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.said import Said
from assistant.when import When, iso
from assistant.workdays import WorkCalendar
from index.errors import InputError
from index.limits import Comparison, LimitKind, TimeLimit
from index.quantities import Quantity, Unit, calendar_days, measure

__all__ = [
    "RECKONERS",
    "Alternative",
    "Count",
    "add_months",
    "amount_of",
    "by_months",
    "by_the_clock",
    "by_workdays",
    "in_words",
    "whole_days",
]

_LONGEST = 5000
"""Working days counted at most (about twenty years)."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another due moment, under another reading of the rule."""

    due: When
    reading: Said


@dataclass(slots=True)
class Count:
    """A count while it runs."""

    limit: TimeLimit
    start: When
    work: WorkCalendar
    due: When
    calendar: str = "days"
    counted: list[Said] = field(default_factory=list)
    assumptions: list[Said] = field(default_factory=list)
    alternatives: list[Alternative] = field(default_factory=list)

    @property
    def day(self) -> dt.date:
        return _day(self.start)

    def assume(self, zh: str, en: str) -> None:
        self.assumptions.append(Said(zh, en))

    def tell(self, zh: str, en: str) -> None:
        self.counted.append(Said(zh, en))

    def offer(self, due: When, zh: str, en: str) -> None:
        self.alternatives.append(Alternative(due, Said(zh, en)))


def _day(when: When) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when


def _move(when: When, days: int) -> When:
    return when + dt.timedelta(days=days)


def amount_of(count: Count) -> tuple[Quantity, Unit]:
    """The outer end of the amount."""
    limit = count.limit
    quantity = limit.upto if limit.upto is not None else limit.quantity
    if quantity is None or limit.unit is None:
        raise ValueError("a limit without an amount was let through")
    if limit.upto is not None:
        count.assume(
            "期限是一个区间，按最长的一端计算。", "The limit is a range; its longer end is counted."
        )
    return quantity, limit.unit


def _after(count: Count) -> None:
    """within, threshold and effective: forwards from the event."""
    quantity, unit = amount_of(count)
    if unit in (Unit.MINUTE, Unit.HOUR):
        return by_the_clock(count, quantity, unit)
    if unit is Unit.WORKDAY:
        return by_workdays(count, quantity, forwards=True)
    _start_day(count)
    if unit in (Unit.DAY, Unit.WEEK):
        days = whole_days(count, quantity, unit)
        count.due = _move(count.day, days)
        count.tell(
            f"{count.day}起算，次日为第1天，{count.due}为第{days}天",
            f"from {count.day}: the next day is day 1, {count.due} is day {days}",
        )
        if unit is Unit.WEEK:
            _offer_working_week(count, quantity, forwards=True)
    else:
        by_months(count, quantity, unit)
    if count.limit.kind is LimitKind.WITHIN:
        _rest_day_at_the_end(count)
    return None


def _start_day(count: Count) -> None:
    """What becomes of the starting day, and what the last day means for this kind."""
    zh = "起算当日不计入，从次日开始计算；"
    en = "The starting day is not counted, counting begins on the next day; "
    match count.limit.kind:
        case LimitKind.THRESHOLD:
            count.assume(
                zh + "到最后一日即为届满。", en + "the time is complete with the last day."
            )
        case LimitKind.EFFECTIVE:
            count.assume(zh + "最后一日起施行。", en + "the text takes effect on the last day.")
        case _:
            count.assume(
                zh + "期限截止到最后一日24时。", en + "the limit ends with the last day, at 24:00."
            )


def by_the_clock(count: Count, quantity: Quantity, unit: Unit, sign: int = 1) -> None:
    if not isinstance(count.start, dt.datetime):
        raise InputError(
            "",
            f"{count.limit.format()} needs the time of day, and {iso(count.start)} has none",
            "write for example 2026-03-05T15:00",
        )
    _, minutes = measure(quantity, unit)
    count.calendar = "hours"
    count.due = count.start + sign * dt.timedelta(minutes=float(minutes))
    amount = in_words(quantity, unit)
    count.tell(
        f"{iso(count.start)} {'加' if sign > 0 else '减'} {amount.zh} = {iso(count.due)}",
        f"{iso(count.start)} {'plus' if sign > 0 else 'minus'} {amount.en} = {iso(count.due)}",
    )
    count.assume(
        "按钟点连续计算，夜间、周末和节假日不扣除。",
        "Hours run on by the clock: nights, weekends and holidays are not left out.",
    )
    if _day(count.due) != count.day:
        count.assume(
            "跨过零点，截止时间在另一日。", "Midnight is passed: it is due on another day."
        )


def in_words(quantity: Quantity, unit: Unit) -> Said:
    amount = TimeLimit(LimitKind.THRESHOLD, quantity, unit)
    return Said(amount.format().removeprefix("满"), amount.format("en").removeprefix("at least "))


def by_workdays(count: Count, quantity: Quantity, *, forwards: bool) -> None:
    number = math.ceil(quantity)
    if number > _LONGEST:
        raise InputError("", f"{number} working days are too many to count", f"at most {_LONGEST}")
    if number != quantity:
        count.assume(
            f"不足一个工作日的按一个工作日计，共{number}个工作日。",
            f"A part of a working day counts as a whole one: {number} working days.",
        )
    count.calendar = "workdays"
    passed = count.work.count(count.day, number, 1 if forwards else -1)
    count.due = passed[-1]
    side = Said("起算当日", "the starting day") if forwards else Said("事项当日", "the day itself")
    first = count.work.told(count.day)
    count.tell(f"{first.zh}：{side.zh}，不计入", f"{first.en}: {side.en}, not counted")
    number = 0
    for day in passed:
        told, works = count.work.told(day), count.work.is_workday(day)
        number += works
        count.tell(
            f"{told.zh}：{f'第{number}个工作日' if works else '不计入'}",
            f"{told.en}: {f'working day {number}' if works else 'not counted'}",
        )
    count.assume(
        f"{side.zh}不计入，{'从次日起向后' if forwards else '从前一日起向前'}数工作日。",
        f"{side.en.capitalize()} is not counted; working days are counted "
        f"{'forwards from the next day' if forwards else 'backwards from the day before'}.",
    )
    count.assumptions += count.work.basis({count.day.year, *(d.year for d in passed)})


def whole_days(count: Count, quantity: Quantity, unit: Unit) -> int:
    days = calendar_days(quantity, unit)[0]
    if days.denominator != 1:
        count.assume("不足一天的按一天计。", "A part of a day counts as a whole one.")
    return math.ceil(days)


def by_months(count: Count, quantity: Quantity, unit: Unit) -> None:
    _, size = measure(quantity, unit)
    whole, rest = divmod(Fraction(size), 1)
    count.calendar = "months"
    day = add_months(count.day, int(whole))
    if rest:
        day += dt.timedelta(days=math.ceil(rest * 30))
        _part_of_a_month(count)
    elif day.day != count.day.day:
        _no_such_day(count)
    count.due = day
    amount = in_words(quantity, unit)
    count.tell(f"{count.day}加{amount.zh}，对应日为{day}", f"{count.day} plus {amount.en} is {day}")


def _part_of_a_month(count: Count) -> None:
    count.assume(
        "不足一月的部分按30天折算（半个月为15天）。",
        "A part of a month is reckoned at 30 days to the month (half a month is 15 days).",
    )


def _no_such_day(count: Count) -> None:
    count.assume(
        "届满之月没有对应的日子，以该月最后一日为准。",
        "The month reached has no such day; its last day is taken.",
    )


def add_months(day: dt.date, number: int) -> dt.date:
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
    told = count.work.told(day)
    count.assume(
        f"届满日{told.zh}不是工作日；条文没有规定顺延，这里不顺延。",
        f"The last day, {told.en}, is no working day; the text provides for no extension, "
        "so none is made.",
    )
    count.offer(
        later,
        "届满日遇休息日顺延到下一个工作日",
        "extended to the next working day, as the last day is a day off",
    )


def _offer_working_week(count: Count, quantity: Quantity, *, forwards: bool) -> None:
    """A week may be five working days: the text does not say (art. 29: 提前1周以上)."""
    number = math.ceil(quantity * 5)
    if number > _LONGEST:
        return
    other = count.work.count(count.day, number, 1 if forwards else -1)[-1]
    days, last = math.ceil(quantity * 7), _day(count.due)
    count.assume(
        "条文没有说明“周”是自然周还是工作周："
        f"按自然周（{days}天）为{last}，按工作周（{number}个工作日）为{other}。",
        "The text does not say whether a week is a calendar week or a working week: "
        f"{last} by calendar weeks ({days} days), "
        f"{other} by working weeks ({number} working days).",
    )
    count.offer(
        other,
        "按工作周计算",
        "counted in working weeks",
    )
    count.assumptions += count.work.basis({count.day.year, other.year})


def _before(count: Count) -> None:
    """advance: backwards from the event."""
    quantity, unit = amount_of(count)
    count.assume(
        "所给时间按事项发生或者决定的时间理解，向前倒推；事项当日不计入。",
        "The time given is taken as that of the matter or of its decision, and counted back from; "
        "the day itself is not counted.",
    )
    if count.limit.comparison in (Comparison.AT_LEAST, Comparison.MORE_THAN):
        count.assume("这是最晚的时间，可以更早。", "This is the latest; earlier is allowed.")
    if unit in (Unit.MINUTE, Unit.HOUR):
        return by_the_clock(count, quantity, unit, sign=-1)
    if unit is Unit.WORKDAY:
        return by_workdays(count, quantity, forwards=False)
    if unit in (Unit.DAY, Unit.WEEK):
        days = whole_days(count, quantity, unit)
        count.due = _move(count.start, -days)
        count.tell(
            f"{iso(count.start)}向前{days}天为{iso(count.due)}",
            f"{iso(count.start)} less {days} day{'' if days == 1 else 's'} is {iso(count.due)}",
        )
        if unit is Unit.WEEK:
            _offer_working_week(count, quantity, forwards=False)
    else:
        _months_before(count, quantity, unit)
    _rest_day_at_the_front(count)
    return None


def _months_before(count: Count, quantity: Quantity, unit: Unit) -> None:
    whole, rest = divmod(Fraction(measure(quantity, unit)[1]), 1)
    count.calendar = "months"
    day = add_months(count.day, -int(whole))
    if rest:
        _part_of_a_month(count)
    elif day.day != count.day.day:
        _no_such_day(count)
    count.due = day - dt.timedelta(days=math.ceil(rest * 30))
    amount = in_words(quantity, unit)
    count.tell(
        f"{count.day}向前{amount.zh}为{count.due}", f"{count.day} less {amount.en} is {count.due}"
    )


def _rest_day_at_the_front(count: Count) -> None:
    day = _day(count.due)
    if count.work.is_workday(day):
        return
    earlier = count.work.count(day, 1, -1)[-1]
    told = count.work.told(day)
    count.assume(
        f"{told.zh}不是工作日，稳妥的做法是在此前最后的工作日{earlier}提出。",
        f"{told.en} is no working day; "
        f"it is safer to act on the last working day before, {earlier}.",
    )
    if earlier not in (a.due for a in count.alternatives):
        count.offer(earlier, "此前最后的工作日", "the last working day before")


RECKONERS: dict[LimitKind, Callable[[Count], None]] = {
    LimitKind.WITHIN: _after,
    LimitKind.THRESHOLD: _after,
    LimitKind.EFFECTIVE: _after,
    LimitKind.ADVANCE: _before,
}
"""How each kind is counted that runs from a day; :mod:`assistant.reckon_periods` has the rest."""
