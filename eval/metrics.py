"""Scores of many cases together. Pure; a mean of nothing is None, never 0."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from eval.scoring import RECALL_AT, ClaimScore, QuestionScore

__all__ = ["VERDICTS", "claim_metrics", "confusion", "mean", "percentile", "question_metrics"]

Score = TypeVar("Score", QuestionScore, ClaimScore)
VERDICTS = ("supported", "contradicted", "unverifiable", "no_claim")


def mean(values: Iterable[float | bool | None]) -> float | None:
    """Mean of what is known.

    >>> mean([1, None, 0]), mean([None]), mean([])
    (0.5, None, None)
    """
    known = [float(v) for v in values if v is not None]
    return sum(known) / len(known) if known else None


def percentile(values: Iterable[float | None], part: float) -> float | None:
    """Nearest-rank percentile of what is known.

    >>> percentile([30, 10, 20, None], 0.5), percentile([30, 10, 20], 0.95), percentile([], 0.5)
    (20, 30, None)
    """
    known = sorted(v for v in values if v is not None)
    if not known:
        return None
    # Nearest rank: the smallest value that at least `part` of all values do not exceed.
    return known[max(1, math.ceil(part * len(known))) - 1]


def confusion(pairs: Iterable[tuple[str, str | None]]) -> dict[str, dict[str, int]]:
    """Counts by label, then by verdict; a verdict that is None is "none".

    >>> confusion([("supported", "contradicted"), ("supported", None)])["supported"]
    {'supported': 0, 'contradicted': 1, 'unverifiable': 0, 'no_claim': 0, 'none': 1}
    """
    counts = Counter(pairs)
    return {
        label: {**{v: counts[label, v] for v in VERDICTS}, "none": counts[label, None]}
        for label in VERDICTS
    }


def _rate(scores: Sequence[Score]) -> dict[str, Any]:
    scored = [s for s in scores if s.right is not None]
    return {
        "cases": len(scores),
        "scored": len(scored),
        "right": sum(bool(s.right) for s in scored),
        "accuracy": mean(s.right for s in scored),
    }


def _by(scores: Sequence[Score], key: Callable[[Score], str | None]) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[Score]] = {}
    for score in scores:
        groups.setdefault(key(score) or "?", []).append(score)
    return {name: _rate(group) for name, group in groups.items()}


def question_metrics(scores: Sequence[QuestionScore]) -> dict[str, Any]:
    """Every figure over answers; an abstention never counts as right on an answerable question."""
    answerable = [s for s in scores if s.answerable]
    unanswerable = [s for s in scores if not s.answerable]
    return {
        **_rate(scores),
        "crashed": sum(s.crashed for s in scores),
        "citation_precision": mean(s.citation_precision for s in answerable),
        "citation_recall": mean(s.citation_recall for s in answerable),
        **{f"recall@{k}": mean(s.recall[i] for s in scores) for i, k in enumerate(RECALL_AT)},
        "mrr": mean(s.mrr for s in scores),
        **{
            f"article_recall@{k}": mean(s.article_recall[i] for s in scores)
            for i, k in enumerate(RECALL_AT)
        },
        "article_mrr": mean(s.article_mrr for s in scores),
        "directness": mean(s.direct for s in answerable),
        "abstention_recall": mean(s.abstained for s in unanswerable),
        "false_abstention": mean(s.abstained for s in answerable),
        "self_contradicted": mean(None if s.findings is None else s.findings > 0 for s in scores),
        **_latency([s.elapsed_ms for s in scores]),
        "by_type": _by(scores, lambda s: s.type),
        "by_script": _by(scores, lambda s: s.script),
        "by_split": _by(scores, lambda s: s.split),
    }


def claim_metrics(scores: Sequence[ClaimScore]) -> dict[str, Any]:
    """Every figure over verdicts.

    An escape is a contradicted text that passed; a false alarm a text that was
    called contradicted and is not.
    """
    scored = [s for s in scores if s.right is not None]
    wrong = [s for s in scored if s.label == "contradicted"]
    sound = [s for s in scored if s.label != "contradicted"]
    return {
        **_rate(scores),
        "crashed": sum(s.crashed for s in scores),
        "escapes": [s.id for s in wrong if s.verdict != "contradicted"],
        "escape_rate": mean(s.verdict != "contradicted" for s in wrong),
        "false_alarms": [s.id for s in sound if s.verdict == "contradicted"],
        "false_alarm_rate": mean(s.verdict == "contradicted" for s in sound),
        "span_exact": mean(s.span_exact for s in scores),
        "span_overlaps": mean(s.span_overlaps for s in scores),
        "expected_named": mean(s.expected_named for s in scores),
        "provision_named": mean(s.provision_named for s in scores),
        **_latency([s.elapsed_ms for s in scores]),
        "confusion": confusion((s.label, s.verdict) for s in scored),
        "by_category": _by(scores, lambda s: s.category),
        "by_split": _by(scores, lambda s: s.split),
    }


def _latency(values: Sequence[float | None]) -> Mapping[str, float | None]:
    return {f"p{round(100 * p)}_ms": percentile(values, p) for p in (0.5, 0.95, 0.99)}
