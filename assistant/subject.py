"""What a question of a chat is about, measured on the rule rows.

The rows' words are weighed by rarity (:mod:`assistant.align`), so that a question can be
compared with the subject before it: do the rows of that subject explain its words, or do
others explain them better?
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant import phrases
from assistant.agreement import Events
from assistant.align import Aligner
from assistant.grams import Bag
from assistant.question import Question
from index.actors import ActorTable
from index.regulation import ProvisionId
from index.rules import Rule

__all__ = ["Explained", "Subjects"]

_NEAR = 0.9  # of the best row's score: rows that a subject may be about


@dataclass(frozen=True, slots=True)
class Explained:
    """How well rows explain the words of a question."""

    known: float
    """Weight of its words that some row has."""
    unknown: float
    """Weight of its words that no row has."""
    best: float
    """Share that the best row explains."""
    there: float
    """Share that the best row of the earlier subject's articles explains."""
    events: frozenset[str] = frozenset()
    topic_events: frozenset[str] = frozenset()


class Subjects:
    """The subjects of one regulation, as its rows have them."""

    def __init__(self, aligner: Aligner, actors: ActorTable) -> None:
        self._aligner = aligner
        self._actors = actors
        self._events = Events(aligner.rows)
        self._things = _things(aligner.rows)
        self._articles = [rule.provision.of_article for rule in aligner.rows]

    def _bag(self, text: str) -> Bag:
        return self._aligner.bag_of(text, self._actors)

    def explain(self, current: Question, previous: Question) -> Explained:
        """Weigh ``current`` against all rows and against those of ``previous``."""
        heard = self._aligner.hear(self._bag(_ASKED.sub(" ", current.focus)))
        mass = heard.mass.total
        if mass <= 0:
            return Explained(0.0, 0.0, 0.0, 0.0)
        about = " ".join(previous.subject) or previous.focus
        cited = {p.of_article for c in previous.own_citations for p in c.provisions}
        home = cited or self._home(about)
        there = [heard.scores[i] for i, article in enumerate(self._articles) if article in home]
        return Explained(
            heard.mass.known,
            heard.mass.unknown,
            float(heard.scores.max()) / mass,
            float(max(there, default=0.0)) / mass,
            self._events.named(current.focus),
            self._events.named(about),
        )

    def _home(self, about: str) -> frozenset[ProvisionId]:
        """The articles that a subject is about."""
        scores = self._aligner.hear(self._bag(about)).scores
        if not scores.max() > 0:
            return frozenset()
        near = np.flatnonzero(scores >= _NEAR * scores.max())
        return frozenset(self._articles[i] for i in near)

    def taken_up(self, text: str, earlier: Sequence[str]) -> int | None:
        """Which of the ``earlier`` questions ``text`` takes up again; the latest of equals."""
        grams = self._bag(text).grams
        idf = self._aligner.index.idf
        best, found = 0.0, None
        for place, question in enumerate(earlier):
            known = self._bag(question).grams
            score = sum(idf.get(gram, 0.0) for gram in grams if gram in known)
            if score > 0 and score >= best:
                best, found = score, place
        return found

    def swapped(self, plain: str, named: str, denied: str = "") -> str | None:
        """``plain`` with ``named`` for another thing of its kind; None when it has none.

        A kind is told by the ending: an event for an event, 督查巡查 for 政治督察, 全体会议
        for 党组会议. What the asker ``denied`` is replaced whatever its kind.
        """
        named = named.strip("的 ")
        if not 2 <= len(named) <= 30 or named in plain:
            return None
        if denied and denied in plain:
            return plain.replace(denied, named, 1)
        kinds = [m for m in self._things.finditer(plain) if set(m[0][-2:]) & set(named[-4:])]
        if not kinds:
            return None
        kind = max(kinds, key=lambda m: len(m[0]))
        return plain[: kind.start()] + named + plain[kind.end() :]


_ASKED = re.compile("|".join(words.pattern for _, words in phrases.ASKS))
_KINDS = ("会议", "督察", "巡查", "监督", "评议", "生活会", "委员")


def _things(rules: Iterable[Rule]) -> re.Pattern[str]:
    """The things that a question can be about, longest first."""
    rules = tuple(rules)
    letters = "".join(sorted({c for r in rules for c in r.event or "的"}))
    topics = {t for r in rules for t in r.topics if re.fullmatch(r"[一-龥]{3,}", t)}
    nouns = sorted((t for t in topics if t.endswith(_KINDS)), key=len, reverse=True)
    return re.compile("|".join([f"[{re.escape(letters)}]*事件", *map(re.escape, nouns)]))
