"""Situations with a time in them: the due moment, computed and put before the rule."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.draft import Draft
from assistant.knowledge import Knowledge
from assistant.question import Language, Question
from index.moments import Moment
from index.quantities import Unit
from index.rules import Rule
from index.timelimit import LimitKind

__all__ = ["due_lead"]

_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60}
_DAY = 24 * 60


def due_lead(question: Question, draft: Draft, knowledge: Knowledge) -> str:
    """The opening words that state when it is due; empty when nothing is to be computed.

    Counts from the first clock time of the question, for limits in hours or minutes.
    """
    if question.yes_no is not None or draft.abstained:
        return ""
    start = next((m for m in question.moments if m.clock is not None), None)
    if start is None:
        return ""
    rules = [knowledge.rules.get(e.rule) for e in draft.evidence if e.rule]
    due = [(rule, clock) for rule in rules if (clock := _due_clock(start, rule)) is not None]
    if not due:
        return ""
    english = question.language is Language.EN
    return _words(due, english)


def _due_clock(start: Moment, rule: Rule) -> int | None:
    limit = rule.time
    if limit is None or limit.kind is not LimitKind.WITHIN or start.clock is None:
        return None
    if limit.unit not in _MINUTES or limit.quantity is None:
        return None
    return start.clock + int(limit.quantity * _MINUTES[limit.unit])


def _words(due: Sequence[tuple[Rule, int]], english: bool) -> str:
    first = due[0][1]
    if english:
        return f"By {_clock(first, True)} at the latest. "
    return f"最迟{_clock(first, False)}前。"


def _clock(minutes: int, english: bool) -> str:
    """Minutes since midnight as a clock time; past midnight it is the next day.

    >>> _clock(21 * 60, False), _clock(25 * 60 + 30, False), _clock(600, True)
    ('当日21时', '次日1时30分', '10:00 the same day')
    """
    days, rest = divmod(minutes, _DAY)
    hour, minute = divmod(rest, 60)
    if english:
        day = ("the same day", "the next day")[days] if days < 2 else f"{days} days later"
        return f"{hour}:{minute:02} {day}"
    day = ("当日", "次日")[days] if days < 2 else f"{days}日后"
    return f"{day}{hour}时" + (f"{minute}分" if minute else "")
