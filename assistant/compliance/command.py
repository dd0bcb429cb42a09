"""What ``python -m assistant calendar`` does: a calendar or a chain, printed and written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.compliance.calendar import Calendar, compliance_calendar
from assistant.compliance.chain import reporting_chain
from assistant.compliance.chain_drawing import chain_svg
from assistant.compliance.ics import to_ics
from assistant.compliance.subject import recurring_bearers
from assistant.compliance.table import as_csv as table_csv
from assistant.compliance.table import as_json as table_json
from assistant.compliance.table import as_text
from assistant.compliance.timeline import timeline_svg
from assistant.documents.writing import write
from assistant.knowledge import Knowledge, load_knowledge
from index.errors import ActorError, InputError, NoSuchProvisionError, RuleError

__all__ = ["Told", "run_calendar", "run_chain"]


@dataclass(frozen=True, slots=True)
class Told:
    """What goes to the screen."""

    told: tuple[str, ...] = ()
    value: dict[str, Any] | None = None
    """The JSON object."""
    data: bytes = b""
    missing: bool = False
    """Whether what was asked for does not exist; then ``told`` is the one line that says so."""


def run_calendar(
    actor: str,
    *,
    year: int | None,
    as_json: bool,
    as_csv: bool,
    ics: str | None,
    svg: str | None,
    width: int,
    lead: int | None,
    lang: str,
) -> Told:
    """Print and write the calendar of ``actor``. Raises :class:`InputError` for bad usage."""
    if year is None:
        raise InputError("", "calendar: no year is given", "write for example --year 2027")
    if as_json and as_csv:
        raise InputError("", "calendar: --json and --csv both print", "give one of them")
    knowledge = load_knowledge()
    try:
        found = compliance_calendar(actor, year, knowledge, lead_days=lead)
    except ActorError as error:
        return Told((f"{error}; {_who(knowledge)}",), missing=True)
    if not found.entries:
        return Told((_nothing(found),), missing=True)
    written = []
    if ics is not None:
        write(_path(ics), to_ics(found, stamp=dt.datetime.now(dt.UTC), lang=lang))
        written.append(f"{ics}: {_count(len(found.entries), 'event')}")
    if svg is not None:
        picture = timeline_svg(found, lang=lang, width=width)
        write(_path(svg), picture.encode())
        duties = len({entry.rule.id for entry in found.entries})
        written.append(f"{svg}: picture of {_count(duties, 'duty', 'duties')}")
    if as_json:
        return Told(value=table_json(found, lang))
    if as_csv:
        return Told(data=table_csv(found, lang))
    return Told(tuple(written) or (as_text(found, lang),))


def run_chain(
    event: str,
    *,
    as_json: bool,
    svg: str | None,
    width: int,
    lang: str,
    **others: Any,
) -> Told:
    """Print and write the chain of ``event``. Raises :class:`InputError` for bad usage."""
    for name, value in others.items():
        if value is not None and value is not False:
            shown = f"--{name.removeprefix('as_')}"
            fault = f"calendar: {shown} is of a calendar, not of --chain"
            raise InputError("", fault, f"leave {shown} out")
    if not event.strip():
        raise InputError(
            "", "calendar: the event is empty", "write for example --chain 重大紧急事件"
        )
    knowledge = load_knowledge()
    try:
        found = reporting_chain(event, knowledge)
    except (RuleError, NoSuchProvisionError) as error:
        return Told((str(error),), missing=True)
    if svg is not None:
        write(_path(svg), chain_svg(found, lang=lang, width=width).encode())
    if as_json:
        return Told(value=found.to_json(lang))
    steps = sum(len(lane.steps) for lane in found.lanes) + len(found.then)
    return Told(
        (found.text(lang) if svg is None else f"{svg}: picture of {_count(steps, 'step')}",)
    )


def _path(name: str) -> Path:
    if "\0" in name:
        raise InputError("", "calendar: that is no name for a file", "choose another")
    if Path(name).is_dir():
        raise InputError(name, "is a folder", "name a file in it")
    return Path(name)


def _who(knowledge: Knowledge) -> str:
    """Who has duties that recur."""
    names = "、".join(knowledge.actors.get(id).name for id in recurring_bearers(knowledge))
    return f"duties recur for {names}"


def _nothing(found: Calendar) -> str:
    name, more = found.subject.name.zh, len(found.on_event) + len(found.regular)
    also = f" ({_count(more, 'duty', 'duties')} without a fixed date)" if more else ""
    return f"{name} has no duty that recurs by the calendar{also}; {_who(found.knowledge)}"


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
