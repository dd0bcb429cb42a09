"""All that the runtime knows of one regulation: text, actors, rules. No model."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.actors import ActorTable, load_actors
from index.parse import load_regulation
from index.regulation import Regulation
from index.rules import RuleTable, load_rules

if TYPE_CHECKING:
    from assistant.align import Aligner
    from assistant.quotes import QuoteFinder
    from assistant.slots import Row
    from assistant.subject import Subjects

__all__ = ["Knowledge", "load_knowledge"]


@dataclass(frozen=True)
class Knowledge:
    """One regulation, ready to be asked; frozen, shared by all callers.

    What is derived from it is made on first use and kept.
    """

    regulation: Regulation
    actors: ActorTable
    rules: RuleTable

    @functools.cached_property
    def aligner(self) -> Aligner:
        """Rows and provisions by what they are about."""
        from assistant.align import Aligner  # noqa: PLC0415  (built on first check only)

        return Aligner(self.regulation, self.rules, self.actors)

    @functools.cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rules, ready to be compared with clauses; same order as ``aligner.rows``."""
        from assistant.slots import Row  # noqa: PLC0415  (built on first check only)

        return tuple(
            Row(rule, self.actors, self.regulation.text_of(rule.provision))
            for rule in self.aligner.rows
        )

    @functools.cached_property
    def quotes(self) -> QuoteFinder:
        """The text as quotations are sought in it."""
        from assistant.quotes import QuoteFinder  # noqa: PLC0415  (built on first check only)

        return QuoteFinder(self.regulation)

    @functools.cached_property
    def subjects(self) -> Subjects:
        """What the questions of a chat are about."""
        from assistant.subject import Subjects  # noqa: PLC0415  (built on first follow-up only)

        return Subjects(self.aligner, self.actors)


@functools.cache
def load_knowledge(id: str = "nmg-zhengfa") -> Knowledge:
    """The bundled regulation of that id; loaded once."""
    del id  # one regulation so far; load_regulation takes the folder of another
    regulation = load_regulation()
    actors = load_actors()
    return Knowledge(regulation, actors, load_rules(regulation, actors))
