"""From times to figures: pure functions. What is not known is None, never 0."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from eval.benches.clock import Time
from eval.metrics import percentile

__all__ = ["Repeated", "paired_ratio", "per_question", "shares", "spread"]

Repeated = Sequence[Sequence[Time]]
"""By question, then by repetition."""


def spread(values: Sequence[float]) -> dict[str, float | None]:
    """Median and tail, nearest rank.

    >>> spread([3, 1, 2])
    {'p50': 2, 'p95': 3, 'p99': 3}
    >>> spread([])
    {'p50': None, 'p95': None, 'p99': None}
    """
    return {f"p{round(100 * part)}": percentile(values, part) for part in (0.50, 0.95, 0.99)}


def per_question(times: Repeated, kind: str) -> list[float]:
    """The median over its repetitions of each question; ``kind`` is wall or cpu.

    >>> per_question([[Time(5, 1), Time(90, 2), Time(6, 3)]], "wall")
    [6]
    """
    return [statistics.median(getattr(t, kind) for t in repeated) for repeated in times]


def paired_ratio(ours: Repeated, theirs: Repeated, kind: str) -> dict[str, float | None]:
    """Ours over theirs, question by question.

    The times of one pair were taken within the same second, so what else the machine did
    just then is in both: the median of the ratios is steadier than the ratio of medians.
    A pair without measurable time is left out.

    >>> a, b = [[Time(4, 4)], [Time(90, 9)]], [[Time(2, 2)], [Time(30, 3)]]
    >>> paired_ratio(a, b, "wall")
    {'p5': 2.0, 'p50': 2.0, 'p95': 3.0}
    """
    ratios = [
        statistics.median(found)
        for pair in zip(ours, theirs, strict=True)
        if (
            found := [
                getattr(a, kind) / getattr(b, kind)
                for a, b in zip(*pair, strict=True)
                if getattr(b, kind) > 0
            ]
        )
    ]
    return {f"p{round(100 * part)}": percentile(ratios, part) for part in (0.05, 0.50, 0.95)}


def shares(taken: Sequence[Mapping[str, float]]) -> dict[str, dict[str, float | None]]:
    """Per stage, over questions: median and tail in ms, and its part of all time.

    >>> shares([{"embed": 3.0, "check": 1.0}, {"embed": 4.0}])["embed"]
    {'p50': 3.0, 'p95': 4.0, 'share': 0.875}
    """
    names = dict.fromkeys(name for one in taken for name in one)
    total = sum(sum(one.values()) for one in taken)
    out: dict[str, dict[str, float | None]] = {}
    for name in names:
        values = [one.get(name, 0.0) for one in taken]
        share = sum(values) / total if total else None
        out[name] = {
            "p50": percentile(values, 0.50),
            "p95": percentile(values, 0.95),
            "share": share,
        }
    return out
