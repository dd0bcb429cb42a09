"""The picture of a calendar: one lane a duty, one bar a period, a mark at each last day."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.compliance.calendar import Calendar, Entry
from assistant.compliance.drawing import (
    box,
    circle,
    diamond,
    line,
    picture,
    text,
    text_block,
    text_width,
    wrap,
)
from assistant.compliance.table import label, title
from assistant.compliance.words import SAY, day_name, said, short_name
from assistant.said import Said

__all__ = ["timeline_svg"]

WIDTH = 960
PHONE = 390
"""Width that a phone shows without scaling."""

_ROOM = 640
"""Narrower than this the names stand above their bars, not beside them."""
_SMALLEST = 320
_BAR = 16.0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where things are."""

    calendar: Calendar
    lang: str
    width: float

    @property
    def narrow(self) -> bool:
        return self.width < _ROOM

    @property
    def margin(self) -> float:
        return 16.0 if self.narrow else 28.0

    @property
    def names(self) -> float:
        """Width of the column of names."""
        return 0.0 if self.narrow else min(300.0, self.width * 0.28)

    @property
    def left(self) -> float:
        return self.margin + self.names

    @property
    def right(self) -> float:
        return self.width - self.margin

    @property
    def small(self) -> float:
        return 11.0 if self.narrow else 12.0

    def x(self, day: dt.date) -> float:
        """Where ``day`` begins."""
        first = dt.date(self.calendar.year, 1, 1)
        days = (dt.date(self.calendar.year, 12, 31) - first).days + 1
        passed = min(max((day - first).days, 0), days)
        return self.left + (self.right - self.left) * passed / days

    def after(self, day: dt.date) -> float:
        """Where ``day`` ends."""
        return self.x(day + dt.timedelta(days=1))


def timeline_svg(calendar: Calendar, *, lang: str = "zh-Hans", width: int = WIDTH) -> str:
    """The year as an SVG of ``width`` (at least 320); its height follows from what it holds.

    Text is set for that width: show a picture of 390 on a phone, not a larger one scaled
    down. Raises :class:`ValueError` for a calendar without a dated duty.
    """
    if not calendar.entries:
        raise ValueError("there is no dated duty to draw")
    sheet = _Sheet(calendar, lang, max(width, _SMALLEST))
    parts: list[ET.Element] = []
    y = _heading(sheet, parts)
    top = y = _months(sheet, parts, y)
    lanes: list[ET.Element] = []
    for entries in _lanes(calendar):
        y = _lane(sheet, lanes, entries, y)
    parts += _grid(sheet, top, y)
    parts += lanes
    y = _legend(sheet, parts, y + 14)
    y = _notes(sheet, parts, y + 10)
    name = title(calendar, lang)
    return picture(
        sheet.width, y + sheet.margin - 6, parts,
        title=name, description=_description(calendar, lang), lang=lang,
    )  # fmt: skip


def _lanes(calendar: Calendar) -> list[list[Entry]]:
    """The entries of each rule; the most frequent first, else in the order of the year."""
    found: dict[str, list[Entry]] = {}
    for entry in calendar.entries:
        found.setdefault(entry.rule.id, []).append(entry)
    return sorted(found.values(), key=len, reverse=True)


def _heading(sheet: _Sheet, parts: list[ET.Element]) -> float:
    size = 17.0 if sheet.narrow else 20.0
    room = sheet.right - sheet.margin
    name = title(sheet.calendar, sheet.lang)
    lines = wrap(name, room, size, bold=True)
    made, y = text_block(lines, sheet.margin, sheet.margin - 4, size, bold=True)
    regulation = sheet.calendar.knowledge.regulation
    source = Said(f"《{regulation.title}》", regulation.title_en or regulation.title).say(
        sheet.lang
    )
    lines = wrap(source, room, sheet.small)
    more, y = text_block(lines, sheet.margin, y + 2, sheet.small, fill="soft")
    parts += [*made, *more]
    return y + 14


def _months(sheet: _Sheet, parts: list[ET.Element], y: float) -> float:
    year = sheet.calendar.year
    for month in range(1, 13):
        first = dt.date(year, month, 1)
        last = dt.date(year, month + 1, 1) if month < 12 else dt.date(year, 12, 31)
        middle = (sheet.x(first) + sheet.x(last)) / 2
        name = Said(f"{month}月", f"{first:%b}").say(sheet.lang)
        parts.append(text(name, middle, y + 12, sheet.small, fill="soft", anchor="middle"))
    return y + 22


def _grid(sheet: _Sheet, top: float, bottom: float) -> Iterator[ET.Element]:
    """Lines between the months; none where names stand in their way."""
    if sheet.narrow:
        return
    for month in range(1, 13):
        x = sheet.x(dt.date(sheet.calendar.year, month, 1))
        yield line(x, top, x, bottom)
    yield line(sheet.right, top, sheet.right, bottom)


def _lane(sheet: _Sheet, parts: list[ET.Element], entries: list[Entry], y: float) -> float:
    """One duty: its name, its bars, and the days below them."""
    rule, size = entries[0].rule, 14.0 if not sheet.narrow else 13.5
    room = (sheet.names or sheet.right - sheet.margin) - (20 if sheet.names else 0)
    cited, limit = label(rule, sheet.calendar, sheet.lang), entries[0].limit.format(sheet.lang)
    parts.append(line(sheet.margin, y, sheet.right, y))
    names, end = text_block(
        wrap(short_name(rule, sheet.lang), room, size, bold=True),
        sheet.margin, y + 9, size, bold=True,
    )  # fmt: skip
    below, end = text_block(
        wrap(f"{limit} · {cited}", room, sheet.small), sheet.margin, end, sheet.small, fill="soft"
    )
    parts += [*names, *below]
    bars = end + 6 if sheet.narrow else y + 14
    rows = 1 + any(entry.rests for entry in entries)
    form = _form(sheet, entries)
    for entry in entries:
        parts += _bar(sheet, entry, bars)
        parts += _days(sheet, entry, bars + _BAR, form)
    days = bars + _BAR + rows * (sheet.small + 4)
    return max(end, days) + 12


def _bar(sheet: _Sheet, entry: Entry, y: float) -> Iterator[ET.Element]:
    x1, x2 = sheet.x(entry.period.first), sheet.after(entry.period.last)
    gap = 2.0 if x2 - x1 > 8 else 0.0
    yield box(x1 + gap / 2, y, x2 - x1 - gap, _BAR, fill="accent-soft", radius=4)
    lead = max(sheet.x(entry.lead.day), x1 + gap / 2)
    yield box(lead, y, x2 - gap / 2 - lead, _BAR, fill="accent", radius=4, opacity=0.38)
    if x2 - x1 < 14:
        return
    at = x2 - gap / 2 - _BAR / 2
    if entry.rests:
        yield circle(at, y + _BAR / 2, 4.5, fill="surface", stroke="alert")
    else:
        yield circle(at, y + _BAR / 2, 5, fill="accent")


def _form(sheet: _Sheet, entries: list[Entry]) -> int:
    """How much of their days there is room for in all bars of a lane; -1 for none at all."""
    for form in range(_FORMS):
        if all(
            text_width(_named(day, form, sheet.lang), sheet.small) <= _room(sheet, entry)
            for entry in entries
            for day in (entry.due, entry.workday or entry.due)
        ):
            return form
    return -1


_FORMS = 3


def _named(day: dt.date, form: int, lang: str) -> str:
    """1月31日, 31日, 31."""
    return (day_name(day), Said(f"{day.day}日", f"{day.day}"), Said(f"{day.day}", f"{day.day}"))[
        form
    ].say(lang)


def _room(sheet: _Sheet, entry: Entry) -> float:
    return sheet.after(entry.period.last) - sheet.x(entry.period.first) - 2


def _days(sheet: _Sheet, entry: Entry, y: float, form: int) -> Iterator[ET.Element]:
    """The last day, and below it the last working day where that is another."""
    if form < 0:
        return
    end, size = sheet.after(entry.period.last) - 2, sheet.small
    base, step = y + size + 2, size + 4
    fill = "soft" if entry.rests else "ink"
    yield text(_named(entry.due, form, sheet.lang), end, base, size, fill=fill, anchor="end")
    if not entry.rests or entry.workday is None:
        return
    day = _named(entry.workday, form, sheet.lang)
    yield text(day, end, base + step, size, fill="alert", anchor="end")
    wide = text_width(day, size)
    if wide + 10 <= _room(sheet, entry):
        yield diamond(end - wide - 6, base + step - size * 0.36, 3.5, fill="alert")


def _legend(sheet: _Sheet, parts: list[ET.Element], y: float) -> float:
    """What the marks mean, in as many lines as it takes."""
    entries = sheet.calendar.entries
    asked = any(entry.lead.rule for entry in entries)
    items = ["period", "ask" if asked else "remind", "due"]
    if any(entry.rests for entry in entries):
        items += ["rests", "workday"]
    x = sheet.margin
    for item in items:
        words = said(f"legend.{item}", sheet.lang)
        room = 28 + text_width(words, sheet.small)
        if x > sheet.margin and x + room > sheet.right:
            x, y = sheet.margin, y + sheet.small + 10
        parts += _mark(item, x, y)
        parts.append(text(words, x + 24, y + 10, sheet.small, fill="soft"))
        x += room + 14
    return y + 16


def _mark(item: str, x: float, y: float) -> list[ET.Element]:
    middle = x + 10, y + 6
    match item:
        case "due":
            return [circle(*middle, 5, fill="accent")]
        case "rests":
            return [circle(*middle, 4.5, fill="surface", stroke="alert")]
        case "workday":
            return [diamond(*middle, 4, fill="alert")]
    swatch = [box(x, y, 20, 12, fill="accent-soft", radius=3)]
    if item in ("ask", "remind"):
        swatch.append(box(x, y, 20, 12, fill="accent", radius=3, opacity=0.38))
    return swatch


def _notes(sheet: _Sheet, parts: list[ET.Element], y: float) -> float:
    """What is assumed, and what the picture leaves out."""
    calendar, room = sheet.calendar, sheet.right - sheet.margin
    notes = [words.say(sheet.lang) for words in calendar.assumptions]
    if count := len(calendar.on_event) + len(calendar.regular):
        words = SAY["left_out"]
        notes.append(Said(words.zh.format(n=count), words.en.format(n=count)).say(sheet.lang))
    for note in notes:
        lines = wrap(note, room, sheet.small)
        made, y = text_block(lines, sheet.margin, y, sheet.small, fill="soft")
        parts += made
        y += 3
    return y


def _description(calendar: Calendar, lang: str) -> str:
    """What the picture shows, for who cannot see it."""
    stop, colon, comma = (". ", ": ", ", ") if lang == "en" else ("。", "：", "、")
    told = []
    for entries in _lanes(calendar):
        rule = entries[0].rule
        days = comma.join(_told(entry, lang) for entry in entries[:60])
        told.append(
            f"{short_name(rule, lang)}{comma}{entries[0].limit.format(lang)}{comma}"
            f"{label(rule, calendar, lang)}{colon}{days}"
        )
    return stop.join(told) + stop.strip()


def _told(entry: Entry, lang: str) -> str:
    day = day_name(entry.due).say(lang)
    if not entry.rests or entry.workday is None:
        return day
    words, workday = SAY["or_workday"], day_name(entry.workday)
    return day + Said(words.zh.format(workday.zh), words.en.format(workday.en)).say(lang)
