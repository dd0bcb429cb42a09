"""A calendar as a table: text for a screen, JSON, and CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from assistant.compliance.calendar import Calendar, Duty, Entry
from assistant.compliance.words import SAY, period_name, said, statement
from assistant.findings import provision_json
from assistant.said import Said
from assistant.when import iso
from index.citation import format_citation
from index.export import harmless
from index.rules import Rule
from index.text import Script

__all__ = ["as_csv", "as_json", "as_text", "label", "quote"]


def label(rule: Rule, calendar: Calendar, lang: str) -> str:
    """Short citation of the rule's provision."""
    regulation = calendar.knowledge.regulation
    return format_citation(rule.provision, lang=lang, regulation=regulation, short=True)


def quote(rule: Rule, calendar: Calendar, lang: str) -> str:
    """The verbatim words of the text, in the script of ``lang``; Chinese beside English too."""
    script = Script.TRADITIONAL if lang == "zh-Hant" else Script.SIMPLIFIED
    return calendar.knowledge.regulation.text.slice(rule.span, script)


# -- JSON -----------------------------------------------------------------------------------


def as_json(calendar: Calendar, lang: str = "zh-Hans") -> dict[str, Any]:
    """One object; words are in ``lang``, days are ISO dates."""
    subject, regulation = calendar.subject, calendar.knowledge.regulation
    return {
        "actor": {
            "id": subject.actor,
            "name": subject.name.say(lang),
            "level": None if subject.level is None else str(subject.level),
            "place": subject.place,
        },
        "year": calendar.year,
        "regulation": regulation.id,
        "language": lang,
        "entries": [_entry_json(entry, calendar, lang) for entry in calendar.entries],
        "regular": [_duty_json(duty, calendar, lang) for duty in calendar.regular],
        "on_event": [_duty_json(duty, calendar, lang) for duty in calendar.on_event],
        "assumptions": [words.say(lang) for words in calendar.assumptions],
    }


def _rule_json(rule: Rule, calendar: Calendar, lang: str) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "provision": provision_json(rule.provision, calendar.knowledge.regulation),
        "statement": statement(rule, lang),
        "quote": quote(rule, calendar, lang),
        "limit": "" if rule.time is None else rule.time.format(lang),
        "modality": str(rule.modality),
    }


def _entry_json(entry: Entry, calendar: Calendar, lang: str) -> dict[str, Any]:
    lead = entry.lead
    return {
        **_rule_json(entry.rule, calendar, lang),
        "period": {
            "name": period_name(entry.period).say(lang),
            "start": iso(entry.period.first),
            "end": iso(entry.period.last),
        },
        "due": iso(entry.due),
        "due_is_workday": not entry.rests,
        "last_workday": None if entry.workday is None else iso(entry.workday),
        "lead": {
            "day": iso(lead.day),
            "days": (entry.due - lead.day).days,
            "rule": None if lead.rule is None else lead.rule.id,
            "alternatives": [
                {"day": iso(a.due), "reading": a.reading.say(lang)} for a in lead.alternatives
            ],
        },
        "notes": [words.say(lang) for words in entry.notes],
    }


def _duty_json(duty: Duty, calendar: Calendar, lang: str) -> dict[str, Any]:
    return {
        **_rule_json(duty.rule, calendar, lang),
        "notes": [words.say(lang) for words in duty.notes],
    }


# -- CSV ------------------------------------------------------------------------------------


_COLUMNS = (
    "kind", "due", "workday", "lead", "start", "end", "period", "duty", "limit", "provision",
    "quote", "notes", "rule",
)  # fmt: skip


def as_csv(calendar: Calendar, lang: str = "zh-Hans") -> bytes:
    """UTF-8 with a byte-order mark, as the rule table is exported, so that Excel reads it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_heads(_COLUMNS, calendar, lang))
    for cells in _records(calendar, lang):
        writer.writerow([harmless(cells.get(name, "")) for name in _COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _heads(names: Iterable[str], calendar: Calendar, lang: str) -> list[str]:
    """Headings; what the text asks for in advance is told from a reminder of ours."""
    ours = not any(entry.lead.rule for entry in calendar.entries)
    keys = ("reminder" if name == "lead" and ours else name for name in names)
    return [said(f"column.{key}", lang) for key in keys]


def _records(calendar: Calendar, lang: str) -> Iterator[dict[str, str]]:
    for entry in calendar.entries:
        yield {
            **_cells(entry.rule, entry.notes, calendar, lang),
            "kind": said("kind.dated", lang),
            "due": iso(entry.due),
            "workday": "" if entry.workday is None else iso(entry.workday),
            "lead": iso(entry.lead.day),
            "start": iso(entry.period.first),
            "end": iso(entry.period.last),
            "period": period_name(entry.period).say(lang),
        }
    for kind, duties in (("kind.regular", calendar.regular), ("kind.event", calendar.on_event)):
        for duty in duties:
            yield {**_cells(duty.rule, duty.notes, calendar, lang), "kind": said(kind, lang)}


def _cells(rule: Rule, notes: Iterable[Said], calendar: Calendar, lang: str) -> dict[str, str]:
    return {
        "duty": statement(rule, lang),
        "limit": "" if rule.time is None else rule.time.format(lang),
        "provision": label(rule, calendar, lang),
        "quote": quote(rule, calendar, lang),
        "notes": " ".join(words.say(lang) for words in notes),
        "rule": rule.id,
    }


# -- text -----------------------------------------------------------------------------------


def as_text(calendar: Calendar, lang: str = "zh-Hans") -> str:
    """A table for a screen with a fixed font, and below it what has no date."""
    lines = [title(calendar, lang), ""]
    if calendar.entries:
        names = ("due", "workday", "lead", "period", "limit", "provision", "rule")
        head = _heads(names, calendar, lang)
        rows = [_row(entry, calendar, lang) for entry in calendar.entries]
        lines += [*_aligned([head, *rows]), ""]
        lines += [said("duties", lang)]
        rules = {entry.rule.id: entry.rule for entry in calendar.entries}
        lines += [f"  {id}　{statement(rule, lang)}" for id, rule in rules.items()]
    for heading, duties in (("regular", calendar.regular), ("event", calendar.on_event)):
        if duties:
            lines += ["", said(heading, lang)]
            lines += [_told(duty, calendar, lang) for duty in duties]
    if calendar.assumptions:
        lines += ["", said("assumptions", lang)]
        lines += [f"  {words.say(lang)}" for words in calendar.assumptions]
    return "\n".join(line.rstrip() for line in lines)


def title(calendar: Calendar, lang: str) -> str:
    """赛罕区委政法委 2027年定期职责."""
    words = SAY["title"]
    name, year = calendar.subject.name, calendar.year
    english = words.en.format(name=name.en, year=year)
    told = Said(words.zh.format(name=name.zh, year=year), english[:1].upper() + english[1:])
    return told.say(lang)


def _row(entry: Entry, calendar: Calendar, lang: str) -> list[str]:
    return [
        iso(entry.due),
        "—" if entry.workday is None else iso(entry.workday) if entry.rests else "",
        iso(entry.lead.day),
        period_name(entry.period).say(lang),
        entry.limit.format(lang),
        label(entry.rule, calendar, lang),
        entry.rule.id,
    ]


def _told(duty: Duty, calendar: Calendar, lang: str) -> str:
    limit = "" if duty.rule.time is None else duty.rule.time.format(lang)
    cited = label(duty.rule, calendar, lang)
    words = SAY["told"]
    told = words.en if lang == "en" else words.zh
    return "  " + told.format(limit=limit, statement=statement(duty.rule, lang), label=cited)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True))
        yield "  ".join(cells)


def _width(text: str) -> int:
    """Columns on a screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
