"""Systems measured in turns, so that each meets the same machine."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from eval.benches.clock import Time, timed

__all__ = ["Measured", "measure"]

Case = TypeVar("Case")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run of :func:`measure` saw."""

    times: Mapping[str, tuple[tuple[Time, ...], ...]]
    """System → case → repetition."""
    answers: Mapping[str, tuple[Any, ...]]
    """System → case: what it returned the first time."""


def measure(
    systems: Mapping[str, Callable[[Case], Any]],
    cases: Sequence[Case],
    repeat: int,
    progress: Callable[[int], None] = lambda _: None,
) -> Measured:
    """Put every case to every system ``repeat`` times; only the time of the call counts.

    One repetition goes through all cases, so that no system sees a case again
    shortly after. The order of the systems changes from case to case through all
    permutations: whoever comes second finds warm what the first one used.
    """
    orders = list(itertools.permutations(systems))
    times: dict[str, list[list[Time]]] = {name: [[] for _ in cases] for name in systems}
    answers: dict[str, list[Any]] = {name: [] for name in systems}
    for turn in range(repeat):
        for number, case in enumerate(cases):
            for name in orders[(turn + number) % len(orders)]:
                time, answer = timed(lambda ask=systems[name], case=case: ask(case))  # type: ignore[misc]
                times[name][number].append(time)
                if turn == 0:
                    answers[name].append(answer)
            progress(1)
    return Measured(
        {name: tuple(map(tuple, found)) for name, found in times.items()},
        {name: tuple(found) for name, found in answers.items()},
    )
