"""How an event is reported: the rows that share it, in the order in which they fall due.

>>> from assistant.knowledge import load_knowledge
>>> found = reporting_chain("重大紧急事件", load_knowledge())
>>> [(step.rule.id, step.rule.time.format()) for step in found.lanes[0].steps]
[('r30.1', '立即'), ('r30.2', '事发后1小时内'), ('r30.3', '距事件发生不超过3小时')]
>>> [step.rule.id for step in found.then]
['r30.5', 'r30.6']
>>> [lane.event.zh for lane in reporting_chain("第三十条", load_knowledge()).lanes]
['重大紧急事件', '一般性突发事件']
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.compliance.subject import is_duty
from assistant.compliance.words import statement
from assistant.findings import provision_json
from assistant.knowledge import Knowledge
from assistant.said import Said
from index.actors import Relation
from index.citation import format_citation, parse_citation
from index.errors import InputError, NoSuchProvisionError, RuleError
from index.limits import LimitKind, TimeLimit
from index.quantities import measure
from index.rules import Rule
from index.text import Script, fold

__all__ = ["THEN", "Chain", "Lane", "Step", "reporting_chain"]


@dataclass(frozen=True, slots=True)
class Step:
    """One row: who does what, to whom, by when."""

    rule: Rule
    bearers: tuple[Said, ...]
    recipients: tuple[Said, ...]

    @property
    def limit(self) -> TimeLimit:
        """The row's time limit."""
        if self.rule.time is None:  # pragma: no cover  (a step is made of a limit)
            raise ValueError(f"{self.rule.id} has no time limit")
        return self.rule.time


@dataclass(frozen=True, slots=True)
class Lane:
    """The steps of one kind of event, soonest first."""

    event: Said
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """One event, or the events of one provision side by side."""

    lanes: tuple[Lane, ...]
    then: tuple[Step, ...]
    """Rows of the same provision that name no kind of event: they follow whichever it was."""
    knowledge: Knowledge = field(repr=False, compare=False)

    def label(self, rule: Rule, lang: str) -> str:
        """Short citation of the rule's provision."""
        regulation = self.knowledge.regulation
        return format_citation(rule.provision, lang=lang, regulation=regulation, short=True)

    def labels(self, lang: str) -> str:
        """The provisions of all steps, each once."""
        rules = [step.rule for lane in self.lanes for step in lane.steps]
        rules += [step.rule for step in self.then]
        found = dict.fromkeys(self.label(rule, lang) for rule in rules)
        return (", " if lang == "en" else "、").join(found)

    def to_json(self, lang: str = "zh-Hans") -> dict[str, Any]:
        """One object; words are in ``lang``."""
        return {
            "regulation": self.knowledge.regulation.id,
            "language": lang,
            "events": [
                {
                    "event": lane.event.say(lang),
                    "steps": [self._step_json(step, lang) for step in lane.steps],
                }
                for lane in self.lanes
            ],
            "then": [self._step_json(step, lang) for step in self.then],
        }

    def _step_json(self, step: Step, lang: str) -> dict[str, Any]:
        rule, regulation = step.rule, self.knowledge.regulation
        script = Script.TRADITIONAL if lang == "zh-Hant" else Script.SIMPLIFIED
        note = Said(rule.note, rule.note_en or rule.note).say(lang) if rule.note else None
        return {
            "rule": rule.id,
            "provision": provision_json(rule.provision, regulation),
            "limit": step.limit.format(lang),
            "bearers": [name.say(lang) for name in step.bearers],
            "recipients": [name.say(lang) for name in step.recipients],
            "statement": statement(rule, lang),
            "quote": regulation.text.slice(rule.span, script),
            "note": note,
        }

    def text(self, lang: str = "zh-Hans") -> str:
        """One line a step."""
        lines: list[str] = []
        for lane in self.lanes:
            lines.append(lane.event.say(lang))
            lines += [self._told(step, lang) for step in lane.steps]
        if self.then:
            lines.append(THEN.say(lang))
            lines += [self._told(step, lang) for step in self.then]
        return "\n".join(lines)

    def _told(self, step: Step, lang: str) -> str:
        limit, cited = step.limit.format(lang), self.label(step.rule, lang)
        told = statement(step.rule, lang)
        return (
            f"  → {limit}: {told} ({cited})" if lang == "en" else f"  → {limit}：{told}（{cited}）"
        )


THEN = Said("此后（未另写事件类型）", "Then (no kind of event is named)")


def reporting_chain(asked: str, knowledge: Knowledge) -> Chain:
    """The chain of the event that ``asked`` names (重大紧急事件, major emergency), or of
    every event of the provision that it cites (第三十条).

    Raises :class:`RuleError` that names the events there are, :class:`NoSuchProvisionError`
    for a provision that does not exist.
    """
    events = _events(knowledge)
    chosen = _named(asked, events) or _cited(asked, knowledge, events)
    if not chosen:
        known = ", ".join(f"{rows[0].event} ({rows[0].event_en})" for rows in events.values())
        fault = f'"{asked.strip()[:40]}" is no event with a time limit in the regulation'
        raise RuleError("", fault, f"name one of: {known}")
    lanes = tuple(
        Lane(_event(rows[0]), tuple(_step(rule, knowledge) for rule in _by_time(rows)))
        for rows in (events[name] for name in chosen)
    )
    named = [rule for name in chosen for rule in events[name]]
    then = tuple(_step(rule, knowledge) for rule in _following(named, knowledge))
    return Chain(lanes, then, knowledge)


def _events(knowledge: Knowledge) -> dict[str, list[Rule]]:
    """Every kind of event that a duty with a time limit names, with those rows."""
    found: dict[str, list[Rule]] = {}
    for rule in knowledge.rules:
        if rule.event is not None and rule.time is not None and is_duty(rule):
            found.setdefault(rule.event, []).append(rule)
    return found


def _event(rule: Rule) -> Said:
    return Said(rule.event or "", rule.event_en or rule.event or "")


def _named(asked: str, events: dict[str, list[Rule]]) -> list[str]:
    """The event of that name, in any script or language; a part will do where it is but one's."""
    wanted = fold(asked).text.casefold()
    if not wanted:
        return []
    names = {name: {_plain(name), _plain(rows[0].event_en or "")} for name, rows in events.items()}
    exact = [name for name, forms in names.items() if wanted in forms]
    near = [name for name, forms in names.items() if any(wanted in form for form in forms)]
    return exact or (near if len(near) == 1 and len(wanted) > 1 else [])


def _plain(name: str) -> str:
    return fold(name).text.casefold()


def _cited(asked: str, knowledge: Knowledge, events: dict[str, list[Rule]]) -> list[str]:
    try:
        citation = parse_citation(asked, regulation=knowledge.regulation)
        wanted = [knowledge.regulation.canonical(p) for p in citation.provisions]
    except NoSuchProvisionError:
        raise
    except InputError:
        return []
    return [
        name
        for name, rows in events.items()
        if any(place.covers(rule.provision) for place in wanted for rule in rows)
    ]


def _by_time(rows: Iterable[Rule]) -> list[Rule]:
    """Soonest first: at once, then by amount; what bears no number after what is at once keeps
    the order of the text."""
    return sorted(rows, key=lambda rule: (*_soon(rule.time), rule.span.start))


def _soon(limit: TimeLimit | None) -> tuple[int, float]:
    if limit is None or limit.quantity is None or limit.unit is None:
        return (0, 0.0)
    scale, amount = measure(limit.upto or limit.quantity, limit.unit)
    minutes = {"minutes": 1, "workdays": 24 * 60, "months": 30 * 24 * 60}[scale]
    return (1, float(amount * minutes))


def _following(named: Sequence[Rule], knowledge: Knowledge) -> list[Rule]:
    """Rows of the same provisions, after the named ones, that hurry without naming an event."""
    places = {rule.provision for rule in named}
    first = min(rule.span.start for rule in named)
    return [
        rule
        for rule in knowledge.rules
        if rule.provision in places
        and rule.event is None
        and rule.time is not None
        and rule.time.kind in (LimitKind.IMMEDIATE, LimitKind.WITHIN)
        and is_duty(rule)
        and rule.span.start > first
    ]


_RELATIONS = {
    Relation.SAME: Said("同级", "same-level "),
    Relation.HIGHER: Said("上级", "higher-level "),
    Relation.LOWER: Said("下级", "lower-level "),
}


def _step(rule: Rule, knowledge: Knowledge) -> Step:
    actors = knowledge.actors
    recipients = []
    for recipient in rule.recipients:
        actor = actors.get(recipient.actor)
        name = Said(actor.name, actor.en)
        if recipient.relation is not None:
            prefix = _RELATIONS[recipient.relation]
            name = Said(
                name.zh if name.zh.startswith(prefix.zh) else prefix.zh + name.zh,
                name.en if name.en.startswith(prefix.en) else prefix.en + name.en,
            )
        recipients.append(name)
    bearers = (actors.get(id) for id in rule.bearers)
    return Step(rule, tuple(Said(a.name, a.en) for a in bearers), tuple(recipients))
