"""Which rows of the rule table a clause is about, how sure, and why.

Evidence is what the clause speaks of: its words against each row's statement, quotation,
topics and provision, weighted by rarity over all rows. Words that no row explains count
against every row: that keeps "政法委书记每届任期五年" from being about the meetings that the
secretary convenes. Quantities never count; actors count little; a citation is evidence of a
second kind, applied by the caller through ``favour``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.grams import Bag, GramIndex, Mass, mask, read_bag
from assistant.segment import make_view
from index.actors import ActorTable
from index.citation import find_citations
from index.limits import LimitKind
from index.regulation import ProvisionId, Regulation
from index.rules import Rule, RuleTable
from index.timelimit import TimeMention, find_time_limits

__all__ = ["Aligner", "Alignment", "Candidate", "Context", "Heard", "quantities", "tagged"]

PRIOR = 3.0
"""Weight of evidence, in idf, below which a clause says too little to be placed."""
LOUDEST = 25.0
"""Weight, in idf, from which on a neighbour of a clause is turned down: however much it says,
it is context."""
CONTEXT_SHARE = 0.3
"""Weight of a word that stands in a row's provision but not in the row."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row for one clause."""

    row: int
    score: float
    """Share of the clause's weight that the row explains, 0 to 1."""
    certainty: float
    """The same, discounted where the clause says little."""
    own: float = 1.0
    """How much of the score the clause earns by its own words, not by its context."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Rows for one clause, best first."""

    candidates: tuple[Candidate, ...]
    mass: Mass

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None

    def near(self, share: float) -> tuple[Candidate, ...]:
        """The candidates that score at least ``share`` of the best."""
        if not self.candidates:
            return ()
        floor = self.candidates[0].score * share
        return tuple(c for c in self.candidates if c.score >= floor)


@dataclass(frozen=True, slots=True)
class Heard:
    """A stretch of text weighed against every row."""

    mass: Mass
    scores: NDArray[np.float64]

    @classmethod
    def joined(cls, parts: Sequence[Heard]) -> Heard:
        """Several stretches as one."""
        return cls(
            Mass(sum(p.mass.known for p in parts), sum(p.mass.unknown for p in parts)),
            np.sum([p.scores for p in parts], axis=0),
        )


@dataclass(frozen=True, slots=True)
class Context:
    """Another stretch of text that bears on a clause, and how much."""

    heard: Heard
    weight: float


class Aligner:
    """Rows and provisions of one regulation, indexed by what they are about."""

    def __init__(self, regulation: Regulation, rules: RuleTable, actors: ActorTable) -> None:
        self.regulation = regulation
        self.rows: tuple[Rule, ...] = tuple(rules)
        self.index = GramIndex.of([self._document(rule, actors) for rule in self.rows])
        self._under: dict[tuple[ProvisionId, ...], frozenset[int]] = {}

    def _document(self, rule: Rule, actors: ActorTable) -> dict[str, float]:
        core = "\n".join(
            filter(
                None,
                (rule.statement, rule.quote, rule.object, rule.action, rule.condition, rule.event),
            )
        )
        document = dict(self.bag_of(core, actors).grams)
        _raise(document, self.bag_of(rule.statement_en, actors).grams, 1.0)
        for topic in rule.topics + rule.topics_en:
            _raise(document, read_bag(make_view(topic)).grams, 0.9)
        around = self.regulation.text_of(rule.provision)
        _raise(document, read_bag(make_view(around)).grams, CONTEXT_SHARE)
        return document

    def bag_of(self, text: str, actors: ActorTable) -> Bag:
        """The features of a text by itself: quantities masked, actors faint."""
        view = make_view(text)
        hidden = [(c.span.start, c.span.end) for c in
                  find_citations(view, regulation=self.regulation)]  # fmt: skip
        for mention in find_time_limits(view):
            hidden.extend(quantities(mention))
        faint = [(m.span.start, m.span.end) for m in actors.find(view)]
        bag = read_bag(mask(view, 0, len(view), hidden), faint, 0.4)
        return tagged(bag, {m.limit.kind for m in find_time_limits(view)})

    def hear(self, bag: Bag) -> Heard:
        """Weigh a bag against every row, once."""
        return Heard(self.index.mass(bag), self.index.scores(bag))

    def rows_under(self, provisions: tuple[ProvisionId, ...]) -> frozenset[int]:
        """The rows of these provisions and of their parts."""
        found = self._under.get(provisions)
        if found is None:
            found = frozenset(
                n
                for n, rule in enumerate(self.rows)
                if any(p.covers(rule.provision) for p in provisions)
            )
            if len(self._under) > 4096:
                self._under.clear()
            self._under[provisions] = found
        return found

    def align(
        self,
        heard: Heard,
        context: Sequence[Context] = (),
        favour: Collection[int] = (),
        favour_by: float = 1.25,
    ) -> Alignment:
        """Rank the rows for a clause with its context.

        ``favour`` names rows with evidence of another kind (a citation, the bearer):
        their scores count ``favour_by`` times.
        """
        mine = heard.scores
        known, unknown = heard.mass.known, heard.mass.unknown
        scores = mine.copy()
        for other in context:
            mass = other.heard.mass.known
            if mass <= 0 or other.weight < 0.02:
                continue
            # context tells what is meant; what it says besides is not held against the clause
            weight = other.weight * min(1.0, LOUDEST / mass)
            known += mass * weight * 0.6
            scores += other.heard.scores * weight
        total = known + unknown
        if total <= 0:
            return Alignment((), Mass(0.0, 0.0))
        if favour:
            scores[list(favour)] *= favour_by
        floor = 0.25 * float(scores.max())
        if floor <= 0:
            return Alignment((), Mass(known, unknown))
        ranked = sorted((-float(scores[n]), int(n)) for n in np.flatnonzero(scores > floor))[:24]
        return Alignment(
            tuple(
                Candidate(
                    n,
                    min(1.0, -v / total),
                    min(1.0, -v / (total + PRIOR)),
                    float(mine[n] / scores[n]),
                )
                for v, n in ranked
            ),
            Mass(known, unknown),
        )

    def why(self, bag: Bag, row: int) -> tuple[str, ...]:
        """The words of a clause that speak for a row, weightiest first."""
        return self.index.shared(bag, row)


def tagged(bag: Bag, kinds: Iterable[LimitKind]) -> Bag:
    """``bag`` with a feature for each limit that is said in words only: 随时, at any time."""
    words = [f"#{kind.value}" for kind in kinds if kind in (LimitKind.ANYTIME, LimitKind.IMMEDIATE)]
    return Bag({**bag.grams, **dict.fromkeys(words, 1.0)}, bag.pieces) if words else bag


def quantities(mention: TimeMention) -> list[tuple[int, int]]:
    """The words of a limit that say how much; 及时 and 随时 are no quantity but content."""
    if mention.limit.quantity is None and mention.limit.date is None:
        return []
    spans = [(mention.amount.start, mention.amount.end)]
    if mention.count is not None:
        spans.append((mention.count.start, mention.count.end))
    return spans


def _raise(document: dict[str, float], grams: Iterable[str], weight: float) -> None:
    for gram in grams:
        if document.get(gram, 0.0) < weight:
            document[gram] = weight
