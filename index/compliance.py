"""Whether what was done keeps a time limit.

Only what is certain is answered: where the units leave it open (30 days against
20 working days, 12 meetings in a year against one a month) the answer is None.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from index.limits import Comparison, LimitKind, TimeLimit
from index.quantities import Quantity, Unit, calendar_days, measure

__all__ = ["complies"]


@dataclass(frozen=True, slots=True)
class _Range:
    """The durations a wording can mean; ``high`` None is no bound."""

    low: Fraction
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False


def complies(rule: TimeLimit, conduct: TimeLimit) -> bool | None:
    """Whether ``conduct`` keeps ``rule``; None when the two cannot be compared.

    Conduct is a limit as read from its description (提前10天, 全年3次) or an
    elapsed time ``TimeLimit(LimitKind.WITHIN, 30, Unit.MINUTE)``.

    >>> from index.timelimit import parse_time_limit as read
    >>> week = read("提前1周以上")
    >>> complies(week, read("提前10天")), complies(week, read("提前5天"))
    (True, False)
    >>> complies(read("每季度至少1次"), read("每季度2次"))
    True
    >>> complies(read("每月至少1次"), read("全年3次"))
    False
    >>> complies(read("20个工作日内"), read("15天")), complies(read("20个工作日内"), read("30天"))
    (True, None)
    """
    if rule.quantity is None or conduct.quantity is None:
        return None
    if rule.kind is LimitKind.FREQUENCY or conduct.kind is LimitKind.FREQUENCY:
        return _often_enough(rule, conduct) if rule.kind is conduct.kind else None
    bound = TimeLimit(rule.kind, rule.upto or rule.quantity, rule.unit)
    limit, done = _on_one_scale(bound, conduct)
    if _sets_ceiling(rule):
        return _below(done, limit, strict=rule.comparison is Comparison.LESS_THAN)
    return _above(done, limit, strict=rule.comparison is Comparison.MORE_THAN)


def _sets_ceiling(rule: TimeLimit) -> bool:
    if rule.comparison in (Comparison.AT_MOST, Comparison.LESS_THAN):
        return True
    if rule.comparison in (Comparison.AT_LEAST, Comparison.MORE_THAN):
        return False
    return rule.kind in (LimitKind.WITHIN, LimitKind.BY, LimitKind.EFFECTIVE)


def _on_one_scale(rule: TimeLimit, conduct: TimeLimit) -> tuple[_Range, _Range]:
    """Both durations on the scale they share, else in calendar days with their bounds."""
    rule_scale, rule_value = _measure(rule.quantity, rule.unit)
    scale, value = _measure(conduct.quantity, conduct.unit)
    _, upper = _measure(conduct.upto or conduct.quantity, conduct.unit)
    if rule_scale == scale:
        limit = _Range(rule_value, rule_value)
        low, high = value, upper
    else:
        limit = _Range(*_days(rule.quantity, rule.unit))
        low, _ = _days(conduct.quantity, conduct.unit)
        _, longest = _days(conduct.upto or conduct.quantity, conduct.unit)
        return limit, _bounded(low, longest, conduct.comparison)
    return limit, _bounded(low, high, conduct.comparison)


def _bounded(low: Fraction, high: Fraction | None, comparison: Comparison | None) -> _Range:
    match comparison:
        case Comparison.AT_LEAST:
            return _Range(low, None)
        case Comparison.MORE_THAN:
            return _Range(low, None, low_open=True)
        case Comparison.AT_MOST:
            return _Range(Fraction(0), high)
        case Comparison.LESS_THAN:
            return _Range(Fraction(0), high, high_open=True)
        case Comparison.EXACTLY | Comparison.GENERALLY | None:
            return _Range(low, high)


def _below(done: _Range, limit: _Range, *, strict: bool) -> bool | None:
    if done.high is not None and (
        done.high < limit.low or (done.high == limit.low and (not strict or done.high_open))
    ):
        return True
    if limit.high is None:
        return None
    past = done.low > limit.high or (done.low == limit.high and (strict or done.low_open))
    return False if past else None


def _above(done: _Range, limit: _Range, *, strict: bool) -> bool | None:
    if limit.high is not None and (
        done.low > limit.high or (done.low == limit.high and (not strict or done.low_open))
    ):
        return True
    if done.high is None:
        return None
    short = done.high < limit.low or (done.high == limit.low and (strict or done.high_open))
    return False if short else None


def _measure(quantity: Quantity | None, unit: Unit | None) -> tuple[str, Fraction]:
    if quantity is None or unit is None:
        raise ValueError("a limit without a quantity measures nothing")
    scale, value = measure(quantity, unit)
    return scale, Fraction(value)


def _days(quantity: Quantity | None, unit: Unit | None) -> tuple[Fraction, Fraction | None]:
    if quantity is None or unit is None:
        raise ValueError("a limit without a quantity measures nothing")
    return calendar_days(quantity, unit)


def _often_enough(rule: TimeLimit, conduct: TimeLimit) -> bool | None:
    """A rule of n times per period against m times per another period."""
    wanted = 1 if rule.times is None else rule.times
    done = 1 if conduct.times is None else conduct.times
    plain = TimeLimit(LimitKind.WITHIN, conduct.quantity, conduct.unit)
    every, each = _on_one_scale(rule, plain)
    if each.high is None or every.high is None or each.low == 0 or every.low == 0:
        return None
    surely = math.floor(every.low / each.high) * done
    # how many of the rule's periods the conduct's period holds, or the reverse
    held = math.floor(each.low / every.high)
    most = done if held >= 1 else math.ceil(every.high / each.low) * done
    due = wanted * max(held, 1)
    if rule.comparison in (Comparison.AT_MOST, Comparison.LESS_THAN):
        ceiling = wanted - (1 if rule.comparison is Comparison.LESS_THAN else 0)
        if each == every:
            return done <= ceiling
        return None
    wanted += 1 if rule.comparison is Comparison.MORE_THAN else 0
    more = conduct.comparison in (Comparison.AT_LEAST, Comparison.MORE_THAN)
    fewer = conduct.comparison in (Comparison.AT_MOST, Comparison.LESS_THAN)
    if surely >= wanted and not fewer:
        return True
    return False if most < due and not more else None
