"""How a limit is counted that a period of the calendar sets: 每季度, 年底前."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from assistant.reckon import (
    Count,
    add_months,
    amount_of,
    by_months,
    by_the_clock,
    by_workdays,
    in_words,
    whole_days,
)
from assistant.said import Said
from assistant.when import Period
from index.errors import InputError
from index.limits import Comparison, LimitKind, TimeLimit
from index.quantities import Quantity, Unit, measure

__all__ = ["RECKONERS", "period_at"]


def period_at(limit: TimeLimit, day: dt.date) -> Period | None:
    """The period of the calendar that ``day`` lies in; None for one that no calendar marks
    (每两年, 每10天).

    >>> from index.timelimit import parse_time_limit
    >>> print(period_at(parse_time_limit("每季度至少1次"), dt.date(2026, 5, 3)))
    2026-04-01/2026-06-30
    >>> period_at(parse_time_limit("每两年"), dt.date(2026, 5, 3))
    """
    if limit.quantity is None or limit.unit is None:
        return None
    scale, size = measure(limit.quantity, limit.unit)
    if scale == "months" and size == int(size) and 12 % int(size) == 0:
        return Period.of_months(day, int(size))
    if (limit.quantity, limit.unit) == (1, Unit.WEEK):
        return Period.of_week(day)
    return Period(day, day) if (limit.quantity, limit.unit) == (1, Unit.DAY) else None


_NAMES = {
    1: Said("本月", "the month"),
    3: Said("本季度", "the quarter"),
    6: Said("本半年", "the half-year"),
    12: Said("本年度", "the year"),
}


def _periodic(count: Count) -> None:
    """frequency: the end of the period that the start lies in."""
    quantity, unit = amount_of(count)
    count.calendar = "period"
    day, period = count.day, period_at(count.limit, count.day)
    _generally(count)
    if period is None:
        return _since_last(count, quantity, unit)
    scale, size = measure(quantity, unit)
    if scale == "months":
        name = _NAMES.get(int(size)) or Said(f"本{size}个月", f"the {size} months")
    else:
        name = Said("本周", "the week") if unit is Unit.WEEK else Said("当日", "the day")
    times = 1 if count.limit.times is None else count.limit.times
    count.due = period.last
    count.tell(
        f"{day}所在的周期（{name.zh}）最后一日为{period.last}，其间应达到{times}次",
        f"the period that {day} lies in ({name.en}) ends on {period.last}; "
        f"{times} time{'' if times == 1 else 's'} by then",
    )
    count.assume(
        f"周期按自然周期计算，{name.zh}内完成即可；条文没有规定具体日期。",
        f"Periods are those of the calendar, and any day of {name.en} will do; "
        "the text names no date.",
    )
    _rest_day_of_period(count, period)
    if scale == "months" and times == 1:
        later = add_months(day, int(size))
        count.offer(
            later,
            "从上一次（所给日期）起算一个周期",
            "one period counted from the last time, the day given",
        )
    return None


def _generally(count: Count) -> None:
    if count.limit.comparison is Comparison.GENERALLY:
        count.assume(
            "条文写的是“一般”，允许例外。", "The text says “generally” and allows exceptions."
        )


def _rest_day_of_period(count: Count, period: Period) -> None:
    """A period that ends on a day off: the last working day is a second date, not a choice."""
    if count.work.is_workday(period.last):
        return
    told, last = count.work.told(period.last), count.work.last_in(period.first, period.last)
    if last is None:
        count.assume(f"{told.zh}不是工作日。", f"{told.en} is no working day.")
        return
    count.assume(
        f"最后一日{told.zh}不是工作日；条文没有说明是否提前或者顺延，期内最后的工作日为{last}。",
        f"The last day, {told.en}, is no working day; the text does not say whether that moves "
        f"the date; the last working day of the period is {last}.",
    )
    count.offer(last, "期内最后的工作日", "the last working day of the period")
    count.assumptions += count.work.basis({last.year})


def _since_last(count: Count, quantity: Quantity, unit: Unit) -> None:
    """A period that no calendar marks (每两年, 每10天): from the last time."""
    if unit in (Unit.MINUTE, Unit.HOUR):
        return by_the_clock(count, quantity, unit)
    if unit is Unit.WORKDAY:
        return by_workdays(count, quantity, forwards=True)
    if unit in (Unit.DAY, Unit.WEEK):
        count.due = count.day + dt.timedelta(days=whole_days(count, quantity, unit))
        amount = in_words(quantity, unit)
        count.tell(
            f"{count.day}加{amount.zh}为{count.due}", f"{count.day} plus {amount.en} is {count.due}"
        )
    else:
        by_months(count, quantity, unit)
    count.calendar = "period"
    count.assume(
        "所给日期按上一次办理的日期理解，从该日起算一个周期。",
        "The day given is taken as that of the last time, and one period is counted from it.",
    )
    return None


def _by(count: Count) -> None:
    """by year-end, by a date, on the same day."""
    limit, day = count.limit, count.day
    count.calendar = "period"
    period = Period(day, day)
    if limit.date is not None:
        period = Period(min(day, limit.date), limit.date)
    elif limit.unit in _PERIODS:
        period = Period.of_months(day, _PERIODS[limit.unit])
    elif limit.unit is Unit.WEEK:
        period = Period.of_week(day)
    elif limit.word not in ("当天", "当日", "同日", "the same day", "same day"):
        raise InputError(
            "", f'"{limit.format()}" names no complete date', "ask for a rule with a numbered limit"
        )
    count.due = period.last
    count.tell(
        f"{day}所在的期间，最后一日为{count.due}",
        f"the last day of the time that {day} lies in is {count.due}",
    )
    count.assume(
        "“前”包括最后一日本身，截止到该日24时。",
        "“By” includes the last day itself, until 24:00.",
    )
    _generally(count)
    _rest_day_of_period(count, period)


_PERIODS = {Unit.YEAR: 12, Unit.HALF_YEAR: 6, Unit.QUARTER: 3, Unit.MONTH: 1}


RECKONERS: dict[LimitKind, Callable[[Count], None]] = {
    LimitKind.FREQUENCY: _periodic,
    LimitKind.BY: _by,
}
"""How each kind is counted."""
