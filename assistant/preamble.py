"""Claims about the making of the text: who adopted it, who issued it, and when.

The preamble belongs to no provision; its facts stand beside the rules in the rule table.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.claims import ClauseReading
from assistant.roles import Party, Role
from index.actors import ActorTable, Kind
from index.rules import PreambleFact
from index.text import Span

__all__ = ["PreambleSlot", "compare_preamble"]

_ISSUED = re.compile(
    r"发布|印发|颁布|公布|制发|下发|\b(?:issued|promulgated|published|"
    r"released)\b(?! (?:by )?(?:before|after))"
)
_ADOPTED = re.compile(r"审议|批准|通过|\b(?:adopted|approved|deliberated|passed)\b")
_TEXT = re.compile(r"办法|文件|\bmeasures\b|\bregulation\b")
_TIED = re.compile(r"自发布|发布之日|此前|发布的(?:党内)?|公布之日|\bissuance\b|\bbefore\b")


@dataclass(frozen=True, slots=True)
class PreambleSlot:
    """A date or a body against a fact of the preamble."""

    span: Span
    fact: PreambleFact
    agrees: bool
    of_date: bool


def compare_preamble(
    view: str, clause: ClauseReading, facts: tuple[PreambleFact, ...], actors: ActorTable
) -> Iterator[PreambleSlot]:
    """Every date and body that a clause gives for the adoption or the issue of the text."""
    said = clause.span.of(view)
    near = max(0, clause.span.start - 60)
    if _TIED.search(said) or not _TEXT.search(view, near, clause.span.end):
        return
    for pattern, fact in _facts(facts):
        verb = pattern.search(said)
        if verb is None:
            continue
        at = clause.span.start + verb.start()
        for moment in clause.moments:
            date = moment.date.date()
            if date is not None and abs(moment.span.end - at) < 40:
                yield PreambleSlot(moment.span, fact, _is(date, fact), of_date=True)
        for party in clause.parties:
            if party.role in (Role.BEARER, Role.SUBJECT) and party.mention is not None:
                yield from _body(view, party, fact, actors)


def _facts(facts: tuple[PreambleFact, ...]) -> Iterator[tuple[re.Pattern[str], PreambleFact]]:
    for fact in facts:
        yield (_ADOPTED if _ADOPTED.search(fact.action) else _ISSUED), fact


def _is(date: dt.date, fact: PreambleFact) -> bool:
    return date == fact.date


_MAKES = re.compile(r"\s*[^,。;向由]{0,16}?(?:发布|印发|颁布|公布|审议|批准|通过)")


def _body(
    view: str, party: Party, fact: PreambleFact, actors: ActorTable
) -> Iterator[PreambleSlot]:
    mention = party.mention
    assert mention is not None
    if mention.actor not in actors or actors.get(mention.actor).kind is Kind.TEXT:
        return
    ours = actors.ancestors(fact.actor) | {fact.actor, "committee.region", "issuer"}
    if mention.actor in ours:
        yield PreambleSlot(party.span, fact, agrees=True, of_date=False)
    elif party.role is Role.BEARER or _MAKES.match(view, party.span.end):
        yield PreambleSlot(party.span, fact, agrees=False, of_date=False)
