"""Which rule rows an answer is made of."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.knowledge import Knowledge
from assistant.question import Intent, Question
from assistant.rank import RankedRule, Ranking
from index.actors import Level
from index.regulation import Article, ProvisionId
from index.rules import Rule
from index.timelimit import LimitKind

__all__ = ["Selector"]

# Distances below the best score, on the 0…1 scale of assistant.rank; tuned on dev cases.
_TIE = 0.035  # two rows that cannot be told apart
_NEAR = 0.10  # rows of the same matter
_STEP = 0.30  # rows that are steps of the same procedure
_TIME_GAP = 0.22  # a time row this far behind is about something else
_LIST_GAP = 0.10

_DEADLINE = frozenset(
    {LimitKind.WITHIN, LimitKind.ADVANCE, LimitKind.BY, LimitKind.IMMEDIATE, LimitKind.THRESHOLD, LimitKind.EFFECTIVE}
)  # fmt: skip


class Selector:
    """Chooses rows from rankings; holds no state of a question."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def main(self, question: Question, ranking: Ranking) -> tuple[Rule, ...]:
        """The row that answers, with those that cannot be told apart from it.

        At most three, in the order of the ranking; all of the first one's article come
        first, so that an answer does not jump about.
        """
        best = ranking.best
        tied = [r.rule for r in ranking.rules[:8] if r.score >= best.score - _TIE]
        tied.sort(key=lambda rule: rule.provision.of_article != best.rule.provision.of_article)
        return tuple(tied[:3])

    def timed(self, question: Question, ranking: Ranking) -> tuple[Rule, ...]:
        """Rows with a time limit that answer a when or how-often question; may be empty."""
        wants_frequency = Intent.FREQUENCY in question.asks
        timed = [r for r in ranking.rules if r.rule.time is not None]
        if wants_frequency:
            fitting = [r for r in timed if r.rule.time and r.rule.time.kind is LimitKind.FREQUENCY]
        else:
            fitting = [
                r for r in timed if r.rule.time and r.rule.time.kind is not LimitKind.ANYTIME
            ]
        pool = fitting or timed
        if not pool or pool[0].score < ranking.best.score - _TIME_GAP:
            return ()
        best = pool[0]
        levels = self._levels(best.rule)
        if levels and not question.levels:
            variants = self._by_level(best, pool)
            if len(variants) > 1:
                return variants
        numbered = best.rule.time is not None and best.rule.time.kind is not LimitKind.IMMEDIATE
        chosen = [
            r.rule
            for r in pool[:6]
            if r.score >= best.score - _TIE
            and (not numbered or (r.rule.time and r.rule.time.kind is not LimitKind.IMMEDIATE))
        ]
        return tuple(chosen[:3])

    def _levels(self, rule: Rule) -> frozenset[Level]:
        found = (self._knowledge.actors.get(b).level for b in rule.bearers)
        return frozenset(level for level in found if level is not None)

    def _by_level(self, best: RankedRule, pool: Sequence[RankedRule]) -> tuple[Rule, ...]:
        """The best row of each level on the same matter."""
        out: dict[frozenset[Level], Rule] = {}
        for ranked in pool:
            levels = self._levels(ranked.rule)
            same_kind = (
                ranked.rule.time is not None
                and best.rule.time is not None
                and ranked.rule.time.kind is best.rule.time.kind
            )
            if levels and same_kind and ranked.score >= best.score - _NEAR * 2:
                out.setdefault(levels, ranked.rule)
        return tuple(sorted(out.values(), key=lambda r: r.provision.sort_key))

    def differ_by_level(self, rules: Sequence[Rule]) -> bool:
        """Whether each row is another level's."""
        levels = [self._levels(r) for r in rules]
        return all(levels) and len(set(levels)) == len(rules)

    def listing(self, question: Question, ranking: Ranking) -> ProvisionId | None:
        """The paragraph whose items answer a list question; None when rows answer it.

        The items answer when the leading provision is such a paragraph or one of its
        items, unless the best row stands in the lead-in and is itself an enumeration.
        """
        best = ranking.best
        home = best.rule.provision
        node = self._knowledge.regulation.find(
            ProvisionId(home.regulation, home.article, home.suffix, home.paragraph)
        )
        if isinstance(node, Article) or not getattr(node, "items", ()):
            return None
        if home.item is None and best.rule.quote.count("、") >= 3:
            return None
        return ProvisionId(home.regulation, home.article, home.suffix, home.paragraph)

    def steps(self, question: Question, ranking: Ranking) -> tuple[Rule, ...]:
        """Rows of the leading article that bear on the question, in the order of the text."""
        best = ranking.best
        near = [
            r.rule
            for r in ranking.rules
            if r.rule.provision.of_article == best.rule.provision.of_article
            and r.score >= best.score - _STEP
        ]
        order = {rule.id: i for i, rule in enumerate(self._knowledge.rules)}
        return tuple(sorted(near[:8], key=lambda rule: order[rule.id]))

    def compared(self, question: Question, ranking: Ranking) -> tuple[Rule, ...]:
        """One row for each thing compared: for each level or actor named, else each article."""
        out: dict[str, Rule] = {}
        for part in ranking.parts:
            rule = part.best.rule
            out.setdefault(rule.id, rule)
        for ranked in ranking.rules if len(out) < 2 else ():
            if ranked.score < ranking.best.score - _STEP:
                break
            known = {str(r.provision.of_article) for r in out.values()}
            if str(ranked.rule.provision.of_article) not in known:
                out[ranked.rule.id] = ranked.rule
        order = {rule.id: i for i, rule in enumerate(self._knowledge.rules)}
        return tuple(sorted(list(out.values())[:4], key=lambda rule: order[rule.id]))
