"""Which rule rows an answer is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.agreement import Events
from assistant.knowledge import Knowledge
from assistant.question import Intent, Language, Question
from assistant.rank import RankedRule, Ranking
from index.actors import Level
from index.regulation import Paragraph, ProvisionId
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
    in_words = row.lexical >= max(r.lexical for r in ranking.rules) - _TIME_LEXICAL_GAP
    if not ranking.dense_used:
        return in_words
    english = question.language is Language.EN
    gap = _TIME_GAP_ENGLISH if english else _TIME_GAP
    about = _TIME_ABOUT_ENGLISH if english else _TIME_ABOUT
    return (
        in_words and row.base >= max(r.base for r in ranking.rules) - gap and row.aboutness >= about
    )


def _kind(rule: Rule) -> LimitKind | None:
    return rule.time.kind if rule.time is not None else None


def _in_hours(rule: Rule) -> bool:
    limit = rule.time
    return limit is not None and limit.kind is LimitKind.WITHIN and limit.unit is Unit.HOUR


def _of_the_kind_asked(question: Question, ranking: Ranking) -> list[RankedRule]:
    """Rows with the kind of limit that a question wants, best first.

    Where none has it, those with any limit: it may be told with another kind.
    """
    timed = [r for r in ranking.rules if r.rule.time is not None]
    wants_frequency = Intent.FREQUENCY in question.asks
    if wants_frequency:
        fitting = [r for r in timed if _kind(r.rule) is LimitKind.FREQUENCY]
    else:
        fitting = [r for r in timed if _kind(r.rule) is not LimitKind.ANYTIME]
    pool = fitting or timed
    if any(m.clock is not None for m in question.moments):
        # A clock time asks for what is counted in hours.
        pool = [r for r in pool if _in_hours(r.rule)] or pool
    elif not wants_frequency:
        pool = _if_near([r for r in pool if _kind(r.rule) is not LimitKind.FREQUENCY], pool)
    # 多久上报 asks for the limit on reporting, not for the one on verifying beside it.
    return _if_near([r for r in pool if set(r.rule.action) & set(question.focus)], pool)


def _if_near(preferred: list[RankedRule], pool: list[RankedRule]) -> list[RankedRule]:
    """``preferred`` of the pool, unless it is much worse than the pool's best."""
    near = preferred and preferred[0].score >= pool[0].score - _NEAR
    return preferred if near else pool


class Selector:
    """Chooses rows from rankings; holds no state of a question."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._place = {rule.id: place for place, rule in enumerate(knowledge.rules)}

    def _in_order(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """In the order of the text."""
        return tuple(sorted(rules, key=lambda rule: self._place[rule.id]))

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
        pool = _of_the_kind_asked(question, ranking)
        best = next((r for r in pool[:3] if _on_subject(r, question, ranking)), None)
        if best is None:
            return ()
        if self._levels(best.rule) and not question.levels:
            variants = self._by_level(best, pool)
            if len(variants) > 1:
                return variants
        if variants := self._by_event(question, best, pool):
            return variants
        numbered = _kind(best.rule) is not LimitKind.IMMEDIATE
        chosen = [
            r.rule
            for r in pool[:6]
            if r.score >= best.score - _TIE
            and not (numbered and _kind(r.rule) is LimitKind.IMMEDIATE)
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
            same_kind = _kind(ranked.rule) is _kind(best.rule)
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
            and _kind(r.rule) is LimitKind.WITHIN
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
        home = replace(best.rule.provision, item=None, subitem=None)
        node = self._knowledge.regulation.find(home)
        if not isinstance(node, Paragraph) or not node.items:
            return None
        if best.rule.provision.item is None and best.rule.quote.count("、") >= 3:
            return None
        return home

    def steps(self, ranking: Ranking) -> tuple[Rule, ...]:
        """Rows of the leading article that bear on the question, in the order of the text."""
        best = ranking.best
        near = [
            r.rule
            for r in ranking.rules
            if r.rule.provision.of_article == best.rule.provision.of_article
            and r.score >= best.score - _STEP
        ]
        return self._in_order(near[:8])

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
        return self._in_order(list(out.values())[:6])
