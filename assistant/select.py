"""Which rule rows an answer is made of."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.agreement import Events
from assistant.knowledge import Knowledge
from assistant.question import Intent, Language, Question
from assistant.rank import RankedRule, Ranking
from index.actors import Level
from index.regulation import Article, ProvisionId
from index.rules import Rule
from index.timelimit import LimitKind, Unit

__all__ = ["Selector"]

# Distances below the best score, on the 0…1 scale of assistant.rank; tuned on dev cases.
_TIE = 0.035  # two rows that cannot be told apart
_WIDE_TIE = 0.12  # one matter reported to several bodies under several articles
_NEAR = 0.10  # rows of the same matter
_STEP = 0.30  # rows that are steps of the same procedure
_TIME_GAP, _TIME_GAP_ENGLISH = 0.06, 0.10
_TIME_LEXICAL_GAP = 0.12
_TIME_ABOUT, _TIME_ABOUT_ENGLISH = 0.94, 0.72


def _on_subject(row: RankedRule, question: Question, ranking: Ranking) -> bool:
    """Whether a time limit is that of the thing asked about, not the nearest other one.

    Three signs tell: no row without the limit agrees much better with the question (it
    would be the subject, and have no limit), neither in meaning nor in words; and the row
    is about the question at all. A wrong limit is the worst answer, so all must hold.
    """
    if not ranking.dense_used:
        return row.lexical >= max(r.lexical for r in ranking.rules) - _TIME_LEXICAL_GAP
    english = question.language is Language.EN
    gap = _TIME_GAP_ENGLISH if english else _TIME_GAP
    about = _TIME_ABOUT_ENGLISH if english else _TIME_ABOUT
    return (
        row.base >= max(r.base for r in ranking.rules) - gap
        and row.lexical >= max(r.lexical for r in ranking.rules) - _TIME_LEXICAL_GAP
        and row.aboutness >= about
    )


def _in_hours(rule: Rule) -> bool:
    limit = rule.time
    return limit is not None and limit.kind is LimitKind.WITHIN and limit.unit is Unit.HOUR


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
        wide = question.intent is Intent.RECIPIENT
        gap = _WIDE_TIE if wide else _TIE
        tied = [r.rule for r in ranking.rules[:8] if r.score >= best.score - gap]
        if wide:
            tied = self._to_different_recipients(tied)
        tied.sort(key=lambda rule: rule.provision.of_article != best.rule.provision.of_article)
        return tuple(tied[:3])

    @staticmethod
    def _to_different_recipients(rules: Sequence[Rule]) -> list[Rule]:
        """The first row, and rows of other articles that add another recipient."""
        out = [rules[0]]
        known = {(r.actor, r.relation) for r in rules[0].recipients}
        for rule in rules[1:]:
            new = {(r.actor, r.relation) for r in rule.recipients} - known
            if new and rule.provision.of_article not in {r.provision.of_article for r in out}:
                out.append(rule)
                known |= new
        return out

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
        if any(m.clock is not None for m in question.moments):
            # A clock time asks for what is counted in hours.
            pool = [r for r in pool if _in_hours(r.rule)] or pool
        elif not wants_frequency and pool:
            others = [
                r for r in pool if r.rule.time and r.rule.time.kind is not LimitKind.FREQUENCY
            ]
            if others and others[0].score >= pool[0].score - _NEAR:
                pool = others
        # 多久上报 asks for the limit on reporting, not for the one on verifying beside it.
        acting = [r for r in pool if set(r.rule.action) & set(question.focus)]
        if acting and acting[0].score >= pool[0].score - _NEAR:
            pool = acting
        best = next((r for r in pool[:3] if _on_subject(r, question, ranking)), None)
        if best is None:
            return ()
        levels = self._levels(best.rule)
        if levels and not question.levels:
            variants = self._by_level(best, pool)
            if len(variants) > 1:
                return variants
        if variants := self._by_event(question, best, pool):
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

    @staticmethod
    def differ_by_event(rules: Sequence[Rule]) -> bool:
        """Whether the rows are about more than one kind of event."""
        return len({rule.event for rule in rules}) > 1 and all(rule.event for rule in rules)

    @staticmethod
    def _by_event(
        question: Question, best: RankedRule, pool: Sequence[RankedRule]
    ) -> tuple[Rule, ...]:
        """Rows of one provision for different kinds of event, when the question names none.

        出了事多久要报 has three answers, and choosing one would be a guess.
        """
        kin = [
            r.rule
            for r in pool
            if r.rule.provision == best.rule.provision
            and r.rule.event
            and r.rule.time is not None
            and r.rule.time.kind is LimitKind.WITHIN
        ]
        told_apart = Events(kin).named(question.plain)
        if best.rule not in kin:
            return ()
        if told_apart:  # the event is named: every stage of its report, unless one is named too
            kin = [r for r in kin if r.event in told_apart]
            named = bool(question.actors) or bool(question.levels)
            return () if named or len(kin) < 2 else tuple(sorted(kin, key=lambda r: r.span))
        if len({r.event for r in kin}) < 2:
            return ()
        return tuple(sorted(kin, key=lambda r: r.span))

    def differ_by_level(self, rules: Sequence[Rule]) -> bool:
        """Whether each row is another level's."""
        levels = [self._levels(r) for r in rules]
        return all(levels) and len(set(levels)) == len(rules)

    def listing(self, ranking: Ranking) -> ProvisionId | None:
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

    def steps(self, ranking: Ranking) -> tuple[Rule, ...]:
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

    def compared(self, ranking: Ranking) -> tuple[Rule, ...]:
        """One row for each thing compared: for each level or actor named, else each article."""
        out: dict[str, Rule] = {}
        for part in ranking.parts:
            best = part.best
            near = [
                r.rule
                for r in part.rules
                if r.rule.provision == best.rule.provision and r.score >= best.score - _NEAR
            ]
            out.update((rule.id, rule) for rule in near[:2])
        for ranked in ranking.rules if len(out) < 2 else ():
            if ranked.score < ranking.best.score - _NEAR or len(out) == 3:
                break
            known = {str(r.provision.of_article) for r in out.values()}
            if str(ranked.rule.provision.of_article) not in known:
                out[ranked.rule.id] = ranked.rule
        order = {rule.id: i for i, rule in enumerate(self._knowledge.rules)}
        return tuple(sorted(list(out.values())[:6], key=lambda rule: order[rule.id]))
