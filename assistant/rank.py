"""Ranking: dense, lexical and structural evidence, fused over rule rows and provisions.

Rule rows are what answers are made of; provisions are what users cite. Both are scored by
the same two text channels; rows get, on top, the agreement of their slots with the
question's: level, actor, kind of time limit, recipient, cited article. A provision is as
good as the better of its own text and its best row.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.agreement import Agreement
from assistant.knowledge import Knowledge
from assistant.lexical import LexicalIndex, Query, Scores
from assistant.phrases import plainly
from assistant.question import Intent, Question
from assistant.reading import part_questions
from index.embed import Embedder, Vectors
from index.errors import NoSuchProvisionError
from index.nodes import provision_passages
from index.regulation import ProvisionId
from index.rules import Rule
from index.store import VectorIndex

__all__ = ["RankedProvision", "RankedRule", "Ranker", "Ranking", "Weights"]

_ROWS, _PROVISIONS = 24, 10  # kept of a ranking
_CITED = 2.0  # above whatever else adds up: what is cited by number comes first


@dataclass(frozen=True, slots=True)
class Weights:
    """How evidence adds up; tuned on the development cases (`make eval`)."""

    dense: float = 0.55
    lexical: float = 0.45
    # e5 similarities of this text lie in a narrow band; it is stretched to 0…1.
    dense_floor: float = 0.76
    dense_ceiling: float = 0.93
    provision: float = 0.95
    """Of a provision's own text against its best row."""


@dataclass(frozen=True, slots=True)
class RankedRule:
    """A row with its score and where the score comes from."""

    rule: Rule
    score: float
    dense: float
    lexical: float
    slots: float

    @property
    def base(self) -> float:
        """The score without slots: how well the texts alone agree."""
        return self.score - self.slots

    @property
    def aboutness(self) -> float:
        """How much the row is about what was asked; measured on dev cases, where it parts
        what the text treats from what it does not better than the score does."""
        return self.dense + 0.6 * self.lexical


@dataclass(frozen=True, slots=True)
class RankedProvision:
    """A provision with its score."""

    provision: ProvisionId
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everything that was ranked for one question, best first."""

    rules: tuple[RankedRule, ...]
    provisions: tuple[RankedProvision, ...]
    dense_used: bool = True
    parts: tuple[Ranking, ...] = ()
    """Of a comparison: one ranking for each thing compared."""

    @property
    def best(self) -> RankedRule:
        """The first row."""
        return self.rules[0]


class Ranker:
    """Scores all rows and provisions of one regulation for a question.

    Works without vectors (lexical and structural evidence only) until
    :meth:`attach` hands them over.
    """

    def __init__(self, knowledge: Knowledge, weights: Weights | None = None) -> None:
        self._knowledge = knowledge
        self._weights = weights or Weights()
        self._rules = tuple(knowledge.rules)
        passages = list(provision_passages(knowledge.regulation))
        self._provisions = tuple(ProvisionId.parse(p.key) for p in passages)
        self._place = {str(p): i for i, p in enumerate(self._provisions)}
        self._row = {rule.id: i for i, rule in enumerate(self._rules)}
        self._rule_texts = LexicalIndex(_rule_text(rule) for rule in self._rules)
        self._provision_texts = LexicalIndex(p.text for p in passages)
        self._homes = [self._home(rule.provision) for rule in self._rules]
        self._agreement = Agreement(self._rules, knowledge.actors)
        self._vectors: tuple[VectorIndex, Embedder] | None = None

    def attach(self, vectors: VectorIndex, embedder: Embedder) -> None:
        """Add dense evidence from now on."""
        self._vectors = (vectors, embedder)

    @property
    def has_vectors(self) -> bool:
        """Whether dense evidence is in use."""
        return self._vectors is not None

    def _home(self, name: ProvisionId) -> int:
        """Place of the smallest indexed provision that is ``name`` or holds it."""
        name = self._knowledge.regulation.canonical(name)
        # The only paragraph of an article is not indexed beside it.
        return self._place.get(str(name), self._place[str(name.of_article)])

    def _cited(self, question: Question) -> list[int]:
        """Places of what the question cites; what does not exist has none."""
        found: set[int] = set()
        for citation in question.own_citations:
            for name in citation.provisions:
                with contextlib.suppress(NoSuchProvisionError):
                    found.add(self._home(name))
        return sorted(found)

    def rank(self, question: Question) -> Ranking:
        """Rank everything for ``question``, and for each part of a comparison."""
        asked = (question, *part_questions(question, self._knowledge))
        vectors: Sequence[Vectors | None] = [None] * len(asked)
        if self._vectors is not None:
            vectors = list(self._vectors[1].embed_queries([_meaning(q) for q in asked]))
        first, *parts = (self._rank(q, v) for q, v in zip(asked, vectors, strict=True))
        return replace(first, parts=tuple(parts))

    def _rank(self, question: Question, vector: Vectors | None) -> Ranking:
        rule_lexical, provision_lexical = self._lexical(question)
        w = self._weights
        if vector is not None:
            rule_dense, provision_dense = self._dense(vector)
            rule_base = w.dense * rule_dense + w.lexical * rule_lexical
            provision_base = w.dense * provision_dense + w.lexical * provision_lexical
        else:
            rule_dense = np.zeros(len(self._rules), dtype=np.float32)
            rule_base, provision_base = rule_lexical, provision_lexical
        slots = self._agreement.scores(question)
        total = rule_base + slots
        rules = tuple(
            RankedRule(
                self._rules[i],
                float(total[i]),
                float(rule_dense[i]),
                float(rule_lexical[i]),
                float(slots[i]),
            )
            for i in np.argsort(-total, kind="stable")[:_ROWS]
        )
        provisions = provision_base * np.float32(w.provision)
        np.maximum.at(provisions, self._homes, total)
        provisions[self._cited(question)] += _CITED
        places = np.argsort(-provisions, kind="stable")[:_PROVISIONS]
        return Ranking(
            rules,
            tuple(RankedProvision(self._provisions[i], float(provisions[i])) for i in places),
            vector is not None,
        )

    def _lexical(self, question: Question) -> tuple[Scores, Scores]:
        """Lexical scores of rows and provisions; a follow-up's own words weigh more than
        those of the question it leans on."""
        queries = [(1.0, Query.of(question.focus or question.plain))]
        if question.context:
            weight = question.context_weight
            whole = Query.of(f"{question.context} {question.focus}")
            queries = [(1.0 - weight / 2, queries[0][1]), (weight, whole)]
        return self._mix(queries, self._rule_texts), self._mix(queries, self._provision_texts)

    @staticmethod
    def _mix(queries: Iterable[tuple[float, Query]], texts: LexicalIndex) -> Scores:
        parts = [weight * texts.scores(query).best for weight, query in queries]
        total: Scores = np.sum(parts, axis=0, dtype=np.float32)
        return total

    def _dense(self, vector: Vectors) -> tuple[Scores, Scores]:
        """Cosine similarities of rows and provisions, their narrow band stretched to 0…1."""
        assert self._vectors is not None
        w, index = self._weights, self._vectors[0]
        band = w.dense_ceiling - w.dense_floor
        found = []
        for collection, order in ((index.rules, self._row), (index.provisions, self._place)):
            scores = np.zeros(len(order), dtype=np.float32)
            for key, score in collection.search(vector, len(collection)):
                if key in order:
                    scores[order[key]] = score
            found.append(np.clip((scores - w.dense_floor) / band, 0, 1.2).astype(np.float32))
        return found[0], found[1]


def _meaning(question: Question) -> str:
    """What is embedded: the question itself, or what it is about when only a basis is asked."""
    text = (
        question.focus
        if question.intent is Intent.BASIS
        else plainly(question.about or question.plain)
    )
    return f"{question.context} {text}" if question.context else text


def _rule_text(rule: Rule) -> str:
    """What a row can be found by."""
    topics = " ".join(rule.topics)
    return (
        f"{rule.statement} {rule.quote} {topics} {topics}"
        f" {rule.statement_en.lower()} {' '.join(rule.topics_en).lower()}"
    )
