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

from assistant.grams import Bag, GramIndex, Mass, mask, read_bag
from assistant.segment import make_view
from index.actors import ActorTable
from index.citation import find_citations
from index.limits import LimitKind
from index.regulation import ProvisionId, Regulation
from index.rules import Rule, RuleTable
from index.timelimit import TimeMention, find_time_limits

__all__ = ["Aligner", "Alignment", "Candidate", "Context", "quantities", "tagged"]

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
class Context:
    """Another stretch of text that bears on a clause, and how much."""

    bag: Bag
    weight: float


class Aligner:
    """Rows and provisions of one regulation, indexed by what they are about."""

    def __init__(self, regulation: Regulation, rules: RuleTable, actors: ActorTable) -> None:
        self.regulation = regulation
        self.rows: tuple[Rule, ...] = tuple(rules)
        documents = [self._document(rule, actors) for rule in self.rows]
        self.index = GramIndex.of(documents)
        self.leaves: tuple[ProvisionId, ...] = tuple(_leaves(regulation))
        self.leaf_index = GramIndex.of([self._leaf(leaf, documents) for leaf in self.leaves])

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

    def _leaf(self, leaf: ProvisionId, documents: Sequence[dict[str, float]]) -> dict[str, float]:
        document = dict(read_bag(make_view(self.regulation.text_of(leaf))).grams)
        for rule, grams in zip(self.rows, documents, strict=True):
            if leaf.covers(rule.provision):
                _raise(document, {g: w for g, w in grams.items() if w >= 0.85}, 0.9)
        if leaf.item is not None:
            article = self.regulation.article(leaf.article, leaf.suffix)
            paragraph = next(p for p in article.paragraphs if p.number == leaf.paragraph)
            lead = self.regulation.text.slice(paragraph.lead)
            _raise(document, read_bag(make_view(lead)).grams, 0.5)
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

    def align(
        self,
        bag: Bag,
        context: Iterable[Context] = (),
        favour: Collection[int] = (),
        favour_by: float = 1.25,
    ) -> Alignment:
        """Rank the rows for a clause with its context.

        ``favour`` names rows with evidence of another kind (a citation, the bearer):
        their scores count ``favour_by`` times.
        """
        return self._rank(self.index, bag, context, favour, favour_by)

    def align_leaves(self, bag: Bag, context: Iterable[Context] = ()) -> Alignment:
        """Rank the provisions (paragraphs without items, items) the same way."""
        return self._rank(self.leaf_index, bag, context, (), 1.0)

    @staticmethod
    def _rank(
        index: GramIndex,
        bag: Bag,
        context: Iterable[Context],
        favour: Collection[int],
        favour_by: float,
    ) -> Alignment:
        own = index.mass(bag)
        mine = index.scores(bag)
        scores = list(mine)
        known, unknown = own.known, own.unknown
        for other in context:
            if not other.bag or other.weight < 0.02:
                continue
            mass = index.mass(other.bag)
            # context tells what is meant; what it says besides is not held against the clause
            weight = other.weight * min(1.0, LOUDEST / (mass.known or 1.0))
            known += mass.known * weight * 0.6
            for number, value in enumerate(index.scores(other.bag)):
                if value:
                    scores[number] += value * weight
        total = known + unknown
        if total <= 0:
            return Alignment((), Mass(0.0, 0.0))
        for number in favour:
            scores[number] *= favour_by
        top = max(scores)
        ranked = sorted(
            (number for number, value in enumerate(scores) if value > 0.25 * top > 0),
            key=lambda n: (-scores[n], n),
        )[:40]
        return Alignment(
            tuple(
                Candidate(
                    n,
                    min(1.0, scores[n] / total),
                    min(1.0, scores[n] / (total + PRIOR)),
                    mine[n] / scores[n],
                )
                for n in ranked
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


def _leaves(regulation: Regulation) -> Iterable[ProvisionId]:
    every = list(regulation.provisions())
    with_items = {
        ProvisionId(p.regulation, p.article, p.suffix, p.paragraph)
        for p in every
        if p.item is not None
    }
    for provision in every:
        if provision.paragraph is not None and provision.subitem is None:
            if provision.item is None and provision in with_items:
                continue
            yield provision
