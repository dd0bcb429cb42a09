"""Trigger and time limit to due moment: pure, reads no clock.

>>> from index.timelimit import parse_time_limit
>>> due(parse_time_limit("事发后1小时内"), parse_when("2026-03-05 23:30")).due.isoformat()
'2026-03-06T00:30:00'
>>> due(parse_time_limit("结束后20个工作日内"), parse_when("2026-02-10")).due.isoformat()
'2026-03-16'
>>> due(parse_time_limit("及时"), parse_when("2026-03-05"))
Traceback (most recent call last):
index.errors.InputError: "及时" sets no number, so nothing can be computed; ask for a rule with a numbered limit
"""  # noqa: E501

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.reckon import RECKONERS, Alternative, Count
from assistant.reckon_periods import RECKONERS as PERIOD_RECKONERS
from assistant.said import Said
from assistant.when import When, find_periods, iso, parse_when
from assistant.workdays import WorkCalendar
from index.errors import InputError
from index.limits import LimitKind, TimeLimit

if TYPE_CHECKING:
    from assistant.knowledge import Knowledge
    from index.regulation import ProvisionId, Regulation
    from index.rules import Rule

__all__ = [
    "Alternative",
    "Due",
    "When",
    "due",
    "due_of_rule",
    "is_numbered",
    "of_row",
    "parse_when",
]

_RECKONERS = {**RECKONERS, **PERIOD_RECKONERS}


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit runs out, how that was counted and what was taken for granted."""

    limit: TimeLimit
    start: When
    due: When
    calendar: str
    """hours, days, workdays, months or period: what was counted."""
    counted: tuple[Said, ...]
    """How the count ran; day by day where days are skipped."""
    assumptions: tuple[Said, ...]
    alternatives: tuple[Alternative, ...] = ()
    """The other dates where the regulation leaves open which it is."""
    rule: str | None = None
    provision: Mapping[str, Any] | None = None
    """As the contract writes provisions."""
    label: Said | None = None
    """The provision's name."""

    def to_json(self, lang: str = "zh-Hans") -> dict[str, Any]:
        """The object of ``assistant due --json``; what it says in words is in ``lang``."""
        return {
            "rule": self.rule,
            "provision": None if self.provision is None else dict(self.provision),
            "from": iso(self.start),
            "due": iso(self.due),
            "calendar": self.calendar,
            "counted": [said.say(lang) for said in self.counted],
            "assumptions": [said.say(lang) for said in self.assumptions],
            "alternatives": [
                {"due": iso(a.due), "reading": a.reading.say(lang)} for a in self.alternatives
            ],
            "limit": self.limit.format(lang),
        }

    def text(self, lang: str = "zh-Hans") -> str:
        """All of it in lines for a person."""
        limit, start, end = self.limit, _say(self.start), _say(self.due)
        label = Said(f"（{self.label.zh}）", f" ({self.label.en})") if self.label else Said("", "")
        lines = [
            Said(
                f"{limit.format()}{label.zh}：{start}起，到{end}",
                f"{limit.format('en')}{label.en}: from {start}, due {end}",
            )
        ]
        lines += [
            Said(f"另一种算法：{_say(a.due)}，{a.reading.zh}", f"Or: {_say(a.due)}, {a.reading.en}")
            for a in self.alternatives
        ]
        lines += [Said(f"说明：{said.zh}", f"Note: {said.en}") for said in self.assumptions]
        lines += [Said(f"  {said.zh}", f"  {said.en}") for said in self.counted]
        return "\n".join(line.say(lang) for line in lines)

    def headline(self) -> Said:
        """The date in one sentence, with those of the other readings: what a chat says first."""
        seen = {self.due}
        chinese, english = f"最晚{_date_zh(self.due)}", f"{_date_en(self.due)} at the latest"
        for other in self.alternatives:
            if other.due not in seen:
                seen.add(other.due)
                chinese += f"；{other.reading.zh}为{_date_zh(other.due)}"
                english += f"; {other.reading.en}: {_date_en(other.due)}"
        return Said(f"{chinese}。", f"{english}.")


def _say(when: When) -> str:
    return iso(when).replace("T", " ")


def _date_zh(when: When) -> str:
    day = f"{when.year}年{when.month}月{when.day}日（周{'一二三四五六日'[when.weekday()]}）"
    return f"{day}{when.hour}:{when.minute:02}" if isinstance(when, dt.datetime) else day


def _date_en(when: When) -> str:
    day = f"{when:%A}, {when.day} {when:%B} {when.year}"
    return f"{day}, {when.hour}:{when.minute:02}" if isinstance(when, dt.datetime) else day


def due(
    limit: TimeLimit,
    start: When,
    *,
    rule: str | None = None,
    provision: Mapping[str, Any] | None = None,
    work: WorkCalendar | None = None,
) -> Due:
    """When ``limit`` runs out, counted from ``start`` (backwards for 提前).

    Raises :class:`InputError` for a limit without a number, and for hours counted
    from a day without a time.
    """
    count = Count(limit, start, work or WorkCalendar(), start)
    reckon = _RECKONERS.get(limit.kind)
    if reckon is None or not is_numbered(limit):
        raise InputError(
            "",
            f'"{limit.format()}" sets no number, so nothing can be computed',
            "ask for a rule with a numbered limit",
        )
    try:
        reckon(count)
    except OverflowError:
        raise InputError(
            "", f"{limit.format()} from {iso(start)} leaves the calendar", "use a nearer date"
        ) from None
    return Due(
        limit,
        start,
        count.due,
        count.calendar,
        tuple(count.counted),
        tuple(dict.fromkeys(count.assumptions)),
        tuple(count.alternatives),
        rule,
        provision,
    )


def due_of_rule(
    rule: str, start: str, knowledge: Knowledge, *, today: dt.date | None = None
) -> Due:
    """The due moment of a row of the rule table, named by its id (r30.2) or by its
    provision (30.1) where that holds one numbered limit. ``start`` is a day or a moment;
    of a duty that recurs also a period (本季度)."""
    row = _row(rule.strip(), knowledge)
    if row.time is None:
        raise InputError(
            "", f"{row.id} sets no time limit", _timed(knowledge, row.provision.article)
        )
    return of_row(due(row.time, _start(row.time, start, today)), row, knowledge.regulation)


def _start(limit: TimeLimit, text: str, today: dt.date | None) -> When:
    if today is not None and limit.kind in PERIOD_RECKONERS:
        found = find_periods(text, today=today)
        if len(found) == 1 and found[0].span.of(text) == text.strip():
            return found[0].period.first
    return parse_when(text, today=today)


def of_row(found: Due, row: Rule, regulation: Regulation) -> Due:
    """With the row's name, its provision and what its note leaves open."""
    from assistant.findings import provision_json  # noqa: PLC0415  (for named rules only)

    note = [Said(row.note, row.note_en or row.note)] if row.note else []
    return replace(
        found,
        assumptions=(*found.assumptions, *note),
        rule=row.id,
        provision=provision_json(row.provision, regulation),
        label=_label(row.provision, regulation),
    )


def _label(provision: ProvisionId, regulation: Regulation) -> Said:
    from index.citation import provision_label  # noqa: PLC0415

    return Said(
        provision_label(provision, regulation), provision_label(provision, regulation, lang="en")
    )


def _row(name: str, knowledge: Knowledge) -> Rule:
    if re.fullmatch(r"r\d+(?:i\d+)?\.\d+", name):
        return knowledge.rules.get(name)
    from index.citation import parse_citation  # noqa: PLC0415

    citation = parse_citation(name, regulation=knowledge.regulation)
    rows = [
        row
        for provision in citation.provisions
        for row in knowledge.rules.of(knowledge.regulation.canonical(provision))
        if row.time is not None and is_numbered(row.time)
    ]
    if len(rows) == 1:
        return rows[0]
    fault = f'"{name}" has {len(rows) or "no"} numbered time limit{"s" if rows else ""}'
    if not rows:
        raise InputError("", fault, "python -m index show lists the provisions")
    named = ", ".join(f"{row.id} ({row.time.format()})" for row in rows if row.time)
    raise InputError("", fault, f"name one: {named}")


def is_numbered(limit: TimeLimit) -> bool:
    """Whether something can be computed from the limit."""
    computable = limit.quantity is not None or limit.kind is LimitKind.BY
    return computable and limit.kind in _RECKONERS


def _timed(knowledge: Knowledge, article: int) -> str:
    """Which rows of the article do have a limit to compute."""
    rows = [
        f"{row.id} ({row.time.format()})"
        for row in knowledge.rules.rows
        if row.provision.article == article and row.time and is_numbered(row.time)
    ]
    return f"with one in the same article: {', '.join(rows)}" if rows else "its article has none"
