"""What a body has to do in a year, from the rows of the rule table alone.

>>> from assistant.knowledge import load_knowledge
>>> found = compliance_calendar("旗县党委政法委", 2027, load_knowledge())
>>> first = found.entries[0]
>>> first.rule.id, str(first.period), str(first.due), str(first.workday)
('r17.2', '2027-01-01/2027-01-31', '2027-01-31', '2027-01-29')
>>> len(found.entries), [duty.rule.id for duty in found.on_event][:3]
(19, ['r17.3', 'r18.2', 'r24.9'])
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assistant.compliance.remarks import assumptions, notes_on
from assistant.compliance.subject import Subject, bears, is_duty, read_subject
from assistant.due import Alternative, due, is_numbered
from assistant.knowledge import Knowledge
from assistant.reckon_periods import period_at
from assistant.said import Said
from assistant.when import Period
from assistant.workdays import WorkCalendar
from index.errors import InputError
from index.limits import LimitKind, TimeLimit
from index.quantities import Unit
from index.rules import Rule

__all__ = ["Calendar", "Duty", "Entry", "Lead", "compliance_calendar"]

LEAD_DAYS = 7
"""Days of the reminder for a body that no rule obliges to ask in advance; ours, not the text's."""

_ON_EVENT = (LimitKind.WITHIN, LimitKind.ADVANCE, LimitKind.IMMEDIATE, LimitKind.THRESHOLD)


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before the last day something else is due, or a reminder wanted."""

    day: dt.date
    alternatives: tuple[Alternative, ...] = ()
    rule: Rule | None = None
    """The rule that asks for it (提前1周以上); None for a reminder of ours."""

    @property
    def earliest(self) -> dt.date:
        """The day that is early enough on every reading."""
        return min([self.day, *(_day(a.due) for a in self.alternatives)])


@dataclass(frozen=True, slots=True)
class Entry:
    """One duty in one period."""

    rule: Rule
    period: Period
    due: dt.date
    """The last day of the period."""
    workday: dt.date | None
    """The last working day of the period: another date than ``due`` where that is a day off."""
    lead: Lead
    notes: tuple[Said, ...]

    @property
    def rests(self) -> bool:
        """Whether the last day is no working day."""
        return self.workday != self.due

    @property
    def limit(self) -> TimeLimit:
        """The row's time limit."""
        if self.rule.time is None:  # pragma: no cover  (an entry is made of a limit)
            raise ValueError(f"{self.rule.id} has no time limit")
        return self.rule.time


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty without a date: as an event occurs, or at intervals that the text does not set."""

    rule: Rule
    notes: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A body's duties in a year."""

    subject: Subject
    year: int
    entries: tuple[Entry, ...]
    """By last day, then in the order of the text."""
    regular: tuple[Duty, ...]
    """定期, 每两年: they recur, but no calendar tells when."""
    on_event: tuple[Duty, ...]
    """In the order of the text."""
    assumptions: tuple[Said, ...]
    knowledge: Knowledge = field(repr=False, compare=False)


def compliance_calendar(
    actor: str,
    year: int,
    knowledge: Knowledge,
    *,
    lead_days: int | None = None,
    work: WorkCalendar | None = None,
) -> Calendar:
    """The calendar of the body that ``actor`` names, by id or in words.

    ``lead_days`` sets the reminder; without it, it is what the rules ask for in advance.
    Entries are empty where the body has no duty that recurs. Raises :class:`InputError` for
    a year before the text took effect, :class:`ActorError` for what is no body.
    """
    subject = read_subject(actor, knowledge.actors)
    effective = _effective(knowledge)
    if not dt.MINYEAR <= year < dt.MAXYEAR:
        raise InputError("", f"{year} is no year of the calendar", "write for example 2027")
    if effective is not None and year < effective.year:
        raise InputError("", f"{year} lies before the text took effect", f"it did on {effective}")
    work = work or WorkCalendar()
    mine = [rule for rule in knowledge.rules if is_duty(rule) and _borne(rule, subject, knowledge)]
    advance = _advance(mine) if lead_days is None else None
    entries: list[Entry] = []
    regular: list[Duty] = []
    for rule in mine:
        if rule.time is None or rule.time.kind not in (LimitKind.FREQUENCY, LimitKind.BY):
            continue
        notes = tuple(notes_on(rule, subject, knowledge))
        periods = _periods(rule.time, year, effective)
        if periods is None:
            regular.append(Duty(rule, notes))
            continue
        for period in periods:
            days = LEAD_DAYS if lead_days is None else lead_days
            lead = _lead(period, advance, days, work)
            entries.append(_entry(rule, period, lead, notes, work))
    place = {rule.id: n for n, rule in enumerate(knowledge.rules)}
    entries.sort(key=lambda e: (e.due, place[e.rule.id]))
    on_event = tuple(
        Duty(rule, tuple(notes_on(rule, subject, knowledge)))
        for rule in mine
        if rule.time is not None and _is_on_event(rule.time)
    )
    said = assumptions(subject, year, knowledge, entries, effective, work)
    return Calendar(subject, year, tuple(entries), tuple(regular), on_event, said, knowledge)


def _day(when: dt.date) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when


def _borne(rule: Rule, subject: Subject, knowledge: Knowledge) -> bool:
    """Whether the duty is the subject's; the regional commission does not report to itself."""
    actors = knowledge.actors
    itself = any(
        recipient.relation is None
        and actors.get(recipient.actor).level is not None
        and actors.is_a(subject.actor, recipient.actor)
        for recipient in rule.recipients
    )
    return bears(subject, rule, actors) and not itself


def _is_on_event(limit: TimeLimit) -> bool:
    same_day = limit.kind is LimitKind.BY and limit.unit is Unit.DAY and limit.date is None
    return limit.kind in _ON_EVENT or same_day


def _effective(knowledge: Knowledge) -> dt.date | None:
    """The day from which the text is in force, as its own row says."""
    days = [
        rule.time.date
        for rule in knowledge.rules
        if rule.time is not None and rule.time.kind is LimitKind.EFFECTIVE and rule.time.date
    ]
    return min(days, default=None)


def _periods(limit: TimeLimit, year: int, effective: dt.date | None) -> tuple[Period, ...] | None:
    """The periods of ``limit`` that end in ``year``, from the text's effect on; None where
    no calendar marks them."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    if limit.kind is LimitKind.BY:
        if limit.date is not None:
            found = [Period(min(first, limit.date), limit.date)]
        elif limit.unit in _MONTHS:
            found = list(_all_periods(TimeLimit(LimitKind.FREQUENCY, 1, limit.unit), first, last))
        else:
            return () if limit.unit is Unit.DAY else None
    elif period_at(limit, first) is None:
        return None
    else:
        found = list(_all_periods(limit, first, last))
    since = effective or dt.date.min
    return tuple(p for p in found if first <= p.last <= last and p.last >= since)


_MONTHS = frozenset({Unit.MONTH, Unit.QUARTER, Unit.HALF_YEAR, Unit.YEAR})


def _all_periods(limit: TimeLimit, first: dt.date, last: dt.date) -> Iterator[Period]:
    day = first
    while day <= last:
        period = period_at(limit, day)
        if period is None:  # pragma: no cover  (asked before)
            return
        yield period
        day = period.last + dt.timedelta(days=1)


def _advance(mine: Iterable[Rule]) -> Rule | None:
    """The rule that asks the body to act in advance; of several the one named first."""
    for rule in mine:
        if rule.time is not None and rule.time.kind is LimitKind.ADVANCE and is_numbered(rule.time):
            return rule
    return None


def _lead(period: Period, advance: Rule | None, days: int, work: WorkCalendar) -> Lead:
    if advance is None or advance.time is None:
        return Lead(period.last - dt.timedelta(days=days))
    found = due(advance.time, period.last, work=work)
    return Lead(_day(found.due), found.alternatives, advance)


def _entry(
    rule: Rule, period: Period, lead: Lead, notes: tuple[Said, ...], work: WorkCalendar
) -> Entry:
    workday = work.last_in(period.first, period.last)
    own: list[Said] = []
    if workday != period.last:
        told = work.told(period.last)
        zh = f"；期内最后的工作日为{workday}" if workday else ""
        en = f"; the last working day of the period is {workday}" if workday else ""
        own.append(
            Said(
                f"最后一日{told.zh}不是工作日{zh}。",
                f"The last day, {told.en}, is no working day{en}.",
            )
        )
    return Entry(rule, period, period.last, workday, lead, (*own, *notes))
