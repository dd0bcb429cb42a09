"""Systems measured in turns, so that each meets the same machine."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.benches.clock import Time, timed
from eval.cases import Question

__all__ = ["Measured", "System", "measure"]

System = Callable[[Question], Any]
"""Answers one question in whatever form; only the time of the call counts."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run of :func:`measure` saw."""

    times: Mapping[str, tuple[tuple[Time, ...], ...]]
    """System → question → repetition."""
    answers: Mapping[str, tuple[Any, ...]]
    """System → question: what it returned the first time."""


def measure(
    systems: Mapping[str, System],
    cases: Sequence[Question],
    repeat: int,
    progress: Callable[[int], None] = lambda _: None,
) -> Measured:
    """Put every question to every system ``repeat`` times.

    One repetition goes through all questions, so that no system sees a question again
    shortly after. The order of the systems changes from question to question through all
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
