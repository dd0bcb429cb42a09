"""Two runs side by side: which cases broke, which were mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from A to B."""

    broken: tuple[str, ...]
    """Right in A, not right in B (an answer that went missing counts)."""
    fixed: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    metrics: tuple[tuple[str, float | None, float | None], ...]
    """Name, A, B."""


def compare(
    a: Mapping[str, bool | None],
    b: Mapping[str, bool | None],
    metrics_a: Mapping[str, Any],
    metrics_b: Mapping[str, Any],
) -> Comparison:
    """Compare by case id.

    >>> done = compare({"q1": True, "q2": False}, {"q1": False, "q2": True}, {}, {})
    >>> done.broken, done.fixed
    (('q1',), ('q2',))
    """
    both = [case for case in a if case in b]
    left, right = dict(_figures(metrics_a)), dict(_figures(metrics_b))
    return Comparison(
        broken=tuple(c for c in both if a[c] and not b[c]),
        fixed=tuple(c for c in both if b[c] and not a[c]),
        only_a=tuple(c for c in a if c not in b),
        only_b=tuple(c for c in b if c not in a),
        metrics=tuple((n, left.get(n), right.get(n)) for n in {**left, **right}),
    )


def _figures(metrics: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float | None]]:
    """The rates among the metrics (floats and unknowns), by dotted name."""
    for name, value in metrics.items():
        if isinstance(value, Mapping):
            yield from _figures(value, f"{prefix}{name}.")
        elif (isinstance(value, float) or value is None) and not name.endswith("_ms"):
            yield f"{prefix}{name}", value
