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

from assistant.compliance.subject import Subject, bears, heir_of, read_subject
from assistant.due import Alternative, due, is_numbered
from assistant.knowledge import Knowledge
from assistant.reckon_periods import period_at
from assistant.said import Said
from assistant.when import Period
from assistant.workdays import WorkCalendar
from index.errors import InputError
from index.limits import Comparison, LimitKind, TimeLimit
from index.quantities import Unit
from index.rules import Modality, Rule

__all__ = ["Calendar", "Duty", "Entry", "Lead", "compliance_calendar", "recurring_bearers"]

LEAD_DAYS = 7
"""Days of the reminder for a body that no rule obliges to ask in advance; ours, not the text's."""

_ON_EVENT = (LimitKind.WITHIN, LimitKind.ADVANCE, LimitKind.IMMEDIATE, LimitKind.THRESHOLD)
_UNBOUND = (Modality.MAY, Modality.IS)


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
    mine = [rule for rule in knowledge.rules if _is_duty(rule) and _borne(rule, subject, knowledge)]
    advance = _advance(mine) if lead_days is None else None
    entries: list[Entry] = []
    regular: list[Duty] = []
    for rule in mine:
        if rule.time is None or rule.time.kind not in (LimitKind.FREQUENCY, LimitKind.BY):
            continue
        notes = tuple(_notes(rule, subject, knowledge))
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
        Duty(rule, tuple(_notes(rule, subject, knowledge)))
        for rule in mine
        if rule.time is not None and _is_on_event(rule.time)
    )
    said = _assumptions(subject, year, knowledge, entries, effective, work)
    return Calendar(subject, year, tuple(entries), tuple(regular), on_event, said, knowledge)


def recurring_bearers(knowledge: Knowledge) -> tuple[str, ...]:
    """The actors to whom the rows give duties that recur, in the order of the actor table."""
    found = {
        bearer
        for rule in knowledge.rules
        if rule.time is not None and rule.time.kind is LimitKind.FREQUENCY and _is_duty(rule)
        for bearer in rule.bearers
    }
    return tuple(actor.id for actor in knowledge.actors if actor.id in found)


def _day(when: dt.date) -> dt.date:
    return when.date() if isinstance(when, dt.datetime) else when


def _is_duty(rule: Rule) -> bool:
    return rule.modality not in _UNBOUND


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


def _notes(rule: Rule, subject: Subject, knowledge: Knowledge) -> Iterator[Said]:
    """What the row leaves open, and why it is listed where it names another body."""
    if rule.note is not None:
        yield Said(rule.note, rule.note_en or rule.note)
    if rule.time is not None and rule.time.comparison is Comparison.GENERALLY:
        yield Said(
            "条文写的是“一般”，允许例外。", "The text says “generally” and allows exceptions."
        )
    why = {heir_of(subject, bearer, knowledge.actors): bearer for bearer in rule.bearers}
    if "own" in why:
        return
    for reason, zh, en in _WHY:
        if reason in why:
            actor = knowledge.actors.get(why[reason])
            yield Said(zh.format(actor.name), en.format(actor.en))


_WHY = (
    (
        "group",
        "条文写的是“{}”：单位与其党组（党委）的职责一并列出。",
        "The text names “{}”: an organ's duties and those of its Party group are listed together.",
    ),
    (
        "role",
        "条文写的是“{}”：作为这样的单位时才适用。",
        "The text names “{}”: it applies only to an organ in that position.",
    ),
)


def _assumptions(
    subject: Subject,
    year: int,
    knowledge: Knowledge,
    entries: Iterable[Entry],
    effective: dt.date | None,
    work: WorkCalendar,
) -> tuple[Said, ...]:
    """What holds for the whole calendar."""
    kept = list(entries)
    if not kept:
        return tuple(_of_levels(subject, knowledge))
    said = [
        Said(
            "周期按自然周期计算，期内完成即可；条文没有规定具体日期，这里列的是最后一日。",
            "Periods are those of the calendar, and any day of a period will do; the text names no "
            "date, and what is listed is the last day.",
        )
    ]
    if any(entry.rests for entry in kept):
        said.append(
            Said(
                "最后一日不是工作日的，条文没有说明是否提前或者顺延：两个日期都列出，不作取舍。",
                "Where the last day is no working day, the text does not say whether that moves "
                "the date: both dates are listed, and none is chosen.",
            )
        )
    said.append(_lead_said(kept[0], knowledge))
    said += work.basis({year})
    said += _of_levels(subject, knowledge)
    if effective is not None and effective.year == year:
        said.append(
            Said(
                f"自{effective}起施行，此前届满的不列。",
                f"In force from {effective}; what ended before is left out.",
            )
        )
    return tuple(said)


def _lead_said(entry: Entry, knowledge: Knowledge) -> Said:
    from index.citation import format_citation  # noqa: PLC0415

    rule = entry.lead.rule
    if rule is None or rule.time is None:
        days = (entry.due - entry.lead.day).days
        return Said(
            f"提醒设在最后一日之前{days}天；条文没有规定提前量。",
            f"The reminder is set {days} days before the last day; the text asks for none.",
        )
    names = [
        format_citation(rule.provision, lang=lang, regulation=knowledge.regulation, short=True)
        for lang in ("zh-Hans", "en")
    ]
    return Said(
        f"“请示最晚”按{names[0]}“{rule.time.format()}”从最后一日倒推，只在该事项须先请示时适用；"
        "在最后一日之前办理的，请示也相应提前。",
        f"“Ask by” is counted back from the last day ({names[1]}: {rule.time.format('en')}); it "
        "applies only where instructions on the matter must be requested first, and moves with "
        "the day on which the duty is done.",
    )


def _of_levels(subject: Subject, knowledge: Knowledge) -> Iterator[Said]:
    """A body named without its level has none of the duties of one level."""
    if subject.level is not None:
        return
    actors = knowledge.actors
    kin = [
        actors.get(id)
        for id in recurring_bearers(knowledge)
        if actors.family(id) == subject.actor and id != subject.actor
    ]
    if kin:
        yield Said(
            "没有写明层级，只列各级共有的职责；"
            f"{'、'.join(a.name for a in kin)}另有本级的定期职责。",
            "No level is named, so only the duties of every level are listed; more recur for: "
            f"{'; '.join(a.en for a in kin)}.",
        )
