"""What a calendar takes for granted, and what the text leaves open about its duties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assistant.compliance.subject import Subject, heir_of, recurring_bearers
from assistant.knowledge import Knowledge
from assistant.said import Said
from assistant.workdays import WorkCalendar
from index.citation import format_citation
from index.limits import Comparison
from index.rules import Rule

if TYPE_CHECKING:
    from assistant.compliance.calendar import Entry

__all__ = ["assumptions", "notes_on"]


def notes_on(rule: Rule, subject: Subject, knowledge: Knowledge) -> Iterator[Said]:
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


def assumptions(
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
        f"“如须请示，最晚”按{names[0]}“{rule.time.format()}”从最后一日倒推，只在该事项须先请示时适用；"
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
