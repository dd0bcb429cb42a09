"""The due moment that a question asks for: 6月20日开会，最晚哪天请示; 本季度最晚什么时候开."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from assistant.due import Due, due, is_numbered, of_row
from assistant.knowledge import Knowledge
from assistant.reckon_periods import RECKONERS as PERIOD_RECKONERS
from assistant.said import Said
from assistant.when import Period, When, find_periods
from assistant.workdays import WorkCalendar
from index.errors import InputError
from index.limits import LimitKind, TimeLimit
from index.moments import Moment, find_moments
from index.quantities import Unit
from index.rules import Rule

__all__ = ["due_asked", "first_due_asked"]


def due_asked(
    question: str,
    row: Rule,
    knowledge: Knowledge,
    *,
    today: dt.date,
    work: WorkCalendar | None = None,
) -> Due | None:
    """The due moment of ``row`` for the one day, moment or period that ``question`` names;
    None where it names none or several, or none from which the row's limit can be counted.

    >>> from assistant.knowledge import load_knowledge
    >>> knowledge = load_knowledge()
    >>> found = due_asked("6月22日开会，最晚哪天请示", knowledge.rules.get("r29.1"), knowledge,
    ...                   today=dt.date(2026, 5, 1))
    >>> found.headline().zh
    '最晚2026年6月15日（周一）；按工作周计算为2026年6月12日（周五）。'
    """
    limit = row.time
    if limit is None or not is_numbered(limit):
        return None
    try:
        if limit.kind in PERIOD_RECKONERS and (named := find_periods(question, today=today)):
            found = _in_period(limit, [m.period for m in named], work)
        else:
            found = _from_moment(limit, find_moments(question), today, work)
    except (InputError, OverflowError):
        return None
    return found and of_row(found, row, knowledge.regulation)


def first_due_asked(
    question: str,
    rows: Iterable[Rule],
    knowledge: Knowledge,
    *,
    today: dt.date,
    work: WorkCalendar | None = None,
) -> Due | None:
    """:func:`due_asked` of the first of ``rows`` that gives one: rows of an answer, best first."""
    asked = (due_asked(question, row, knowledge, today=today, work=work) for row in rows)
    return next((found for found in asked if found is not None), None)


def _in_period(limit: TimeLimit, named: list[Period], work: WorkCalendar | None) -> Due | None:
    """本季度最晚: due at the end of the limit's own period, where that holds the one named."""
    if len(named) > 1:
        return None
    first, last = due(limit, named[0].first, work=work), due(limit, named[0].last, work=work)
    if first.due != last.due:
        return None  # 今年 of a quarterly duty has four ends
    inside = tuple(a for a in last.alternatives if a.due <= last.due)
    return replace(last, alternatives=inside)


def _from_moment(
    limit: TimeLimit, moments: tuple[Moment, ...], today: dt.date, work: WorkCalendar | None
) -> Due | None:
    named = [m for m in moments if m.date.day is not None or (m.offset is not None)]
    if len(named) != 1 or len(moments) != 1 or named[0].anaphoric:
        return None
    moment = named[0]
    said: list[Said] = []
    if moment.date.day is None:
        day: dt.date | None = today + dt.timedelta(days=moment.offset or 0)
    elif moment.date.year is not None:
        day = moment.date.date()
    else:
        day = _nearest(moment, today, future=limit.kind is LimitKind.ADVANCE)
        if day is not None:
            said.append(
                Said(
                    f"没有写年份，按{day.year}年计算。", f"No year is given; {day.year} is assumed."
                )
            )
    if day is None:
        return None
    start: When = day
    if moment.clock is not None and limit.unit in (Unit.MINUTE, Unit.HOUR):
        start = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=moment.clock)
        if moment.ambiguous:
            clock = f"{start:%H:%M}"
            said.append(
                Said(
                    f"没有写上午下午，按{clock}计算。",
                    f"Neither am nor pm is given; {clock} is assumed.",
                )
            )
    found = due(limit, start, work=work)
    return replace(found, assumptions=(*said, *found.assumptions))


def _nearest(moment: Moment, today: dt.date, *, future: bool) -> dt.date | None:
    """The day that a date without a year means: the next one of a matter ahead, else the
    nearest."""
    days = [d for year in (-1, 0, 1) if (d := moment.date.date(today.year + year)) is not None]
    if future:
        return next((day for day in days if day >= today), None)
    return min(days, key=lambda day: abs(day - today), default=None)
