"""Which level is meant? Asked only where the level decides the answer and nobody named one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from assistant.question import Intent, Language, Lean, Question, has_han
from assistant.wording import in_script, say
from index.actors import Level
from index.rules import Rule

__all__ = ["Choice", "choices_of_level"]

# Where the levels are themselves the answer, or are not what an answer turns on.
_INDIFFERENT = frozenset({Intent.ACTOR, Intent.COMPARE, Intent.LOOKUP, Intent.BASIS})


@dataclass(frozen=True, slots=True)
class Choice:
    """The question asked, for one level."""

    level: Level
    question: str


def choices_of_level(
    question: Question, rules: Sequence[Rule], knowledge: Knowledge
) -> tuple[Choice, ...]:
    """The same question for each level that ``rules``, which answer it, tell apart.

    Empty when the question names a level, or when its answer is the same at every level.
    """
    if question.levels or question.foreign or question.own_citations:
        return ()
    if question.intent in _INDIFFERENT or not _turn_on_the_level(rules, knowledge):
        return ()
    found = {level for rule in rules for level in _levels(rule, knowledge)}
    return tuple(
        Choice(level, _at(level, question)) for level in sorted(found, key=list(Level).index)
    )


def _levels(rule: Rule, knowledge: Knowledge) -> frozenset[Level]:
    found = (knowledge.actors.get(bearer).level for bearer in rule.bearers)
    return frozenset(level for level in found if level is not None)


def _turn_on_the_level(rules: Sequence[Rule], knowledge: Knowledge) -> bool:
    """Whether each row is one other level's, of bodies of one kind, and says something else."""
    levels = [_levels(rule, knowledge) for rule in rules]
    families = {knowledge.actors.family(bearer) for rule in rules for bearer in rule.bearers}
    limits = {rule.time.format() if rule.time is not None else None for rule in rules}
    return (
        len(rules) > 1
        and all(len(found) == 1 for found in levels)
        and len(set(levels)) == len(rules)
        and len(families) == 1
        and len(limits) == len(rules)
    )


def _at(level: Level, question: Question) -> str:
    """``question`` with ``level`` named in it."""
    named = next((m for m in question.actors if len(m.span) and not m.foreign), None)
    text = question.plain
    if question.lean is Lean.CONTEXT and question.resolved:
        text, named = question.resolved, None
    text = text.strip(" ?。!？")
    word = say(f"level.{level.value}", question.language is Language.EN)
    if question.language is Language.EN:
        return f"{text[:1].upper()}{text[1:]} {word}?"
    at = named.span.start if named is not None else 0
    text = f"{text[:at]}{word}{text[at:]}"
    return in_script(f"{text}？" if has_han(text) else f"{text}?", question.language)
