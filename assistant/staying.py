"""A follow-up stays with the rows that answered the question before it.

The rows of a ranking that lie near the earlier answer gain a little, so that what is said
anew can still outweigh them; only 为什么 and 原文呢 want those rows and no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.question import Intent, Lean, Question
from assistant.rank import RankedRule, Ranking
from index.rules import Rule, RuleTable

__all__ = ["recent", "stay", "strays"]


@dataclass(frozen=True, slots=True)
class _Nearness:
    """What a row gains: of the answer itself, of its provision, of its article."""

    row: float
    provision: float
    article: float


_GAINS: Final = {
    Lean.SAME: _Nearness(0.22, 0.16, 0.10),
    Lean.CONTEXT: _Nearness(0.06, 0.06, 0.05),
    Lean.SWAP: _Nearness(0.0, 0.0, 0.0),
    Lean.ALONE: _Nearness(0.0, 0.0, 0.0),
}


_REACH: Final = 4  # questions back that an answer depends on; a chat of any length costs the same


def recent(question: Question, reach: int = _REACH) -> Question:
    """``question`` with no more than the last few that it leans on."""
    if question.previous is None:
        return question
    previous = recent(question.previous, reach - 1) if reach > 1 else None
    return replace(question, previous=previous)


def stay(
    question: Question, ranking: Ranking, answered: Sequence[str], rules: RuleTable
) -> Ranking:
    """``ranking`` of a follow-up, the rows near those ``answered`` before raised."""
    rows = [rules.get(id) for id in dict.fromkeys(answered)]
    if not rows or Intent.CONSEQUENCE in question.asks or question.own_citations:
        return ranking
    if question.lean is Lean.SOURCE:
        # They were the answer: no doubt is left that they are on the subject.
        score = max(1.0, ranking.best.score)
        return replace(ranking, rules=tuple(RankedRule(r, score, 1.0, 1.0, 0.0) for r in rows))
    raised = [_raised(row, rows, _GAINS[question.lean]) for row in ranking.rules]
    return replace(ranking, rules=tuple(sorted(raised, key=lambda r: -r.score)))


def _raised(row: RankedRule, rows: Sequence[Rule], gains: _Nearness) -> RankedRule:
    here = row.rule.provision
    if any(r.id == row.rule.id for r in rows):
        gain = gains.row
    elif any(r.provision == here for r in rows):
        gain = gains.provision
    elif any(r.provision.of_article == here.of_article for r in rows):
        gain = gains.article
    else:
        return row
    return replace(row, score=row.score + gain, slots=row.slots + gain)


def strays(question: Question, decisive: Sequence[RankedRule], ranking: Ranking) -> bool:
    """Whether the judgement of a follow-up's bare words fell on another subject than its own.

    处置完了还要报吗 is judged without the event that the chat is about.
    """
    if question.lean not in (Lean.CONTEXT, Lean.SAME):
        return False
    articles = {row.rule.provision.of_article for row in decisive}
    return bool(articles) and ranking.best.rule.provision.of_article not in articles
