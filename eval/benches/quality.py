"""What each system finds: at article grain, because that is the grain that all can be held to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eval.cases import Question
from eval.metrics import mean
from eval.scoring import QuestionScore, score_question
from index.regulation import ProvisionId

__all__ = ["quality"]


def quality(
    cases: Sequence[Question], ranked: Mapping[str, Sequence[Sequence[ProvisionId]]]
) -> dict[str, Any]:
    """Article recall at 1 and 5 and MRR of each system; ``ranked``: system → case → provisions.

    Only questions for which the gold names a provision count.
    """
    return {
        name: _figures([_score(case, found) for case, found in zip(cases, lists, strict=True)])
        for name, lists in ranked.items()
    }


def _score(case: Question, found: Iterable[ProvisionId]) -> QuestionScore:
    rows = [{"article": p.article, "suffix": p.suffix} for p in found]
    return score_question(case, {"retrieved": rows})


def _figures(scores: Sequence[QuestionScore]) -> dict[str, Any]:
    counted = [s for s in scores if s.article_mrr is not None]
    return {
        **_three(counted),
        "by_split": _by([(s.split or "?", s) for s in counted]),
        "by_script": _by([(s.script or "?", s) for s in counted]),
    }


def _by(named: Sequence[tuple[str, QuestionScore]]) -> dict[str, dict[str, Any]]:
    names = dict.fromkeys(name for name, _ in named)
    return {name: _three([s for other, s in named if other == name]) for name in names}


def _three(scores: Sequence[QuestionScore]) -> dict[str, Any]:
    return {
        "cases": len(scores),
        "article_recall@1": mean(s.article_recall[0] for s in scores),
        "article_recall@5": mean(s.article_recall[-1] for s in scores),
        "article_mrr": mean(s.article_mrr for s in scores),
    }
