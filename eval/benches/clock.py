"""Time taken: by a call, and by the stages inside it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

__all__ = ["StageClock", "Time", "timed"]

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Time:
    """Milliseconds of one call."""

    wall: float
    """By the clock on the wall: what a user waits, neighbours on the machine included."""
    cpu: float
    """Of this process, all threads together: what the work itself costs."""


def timed(work: Callable[[], T]) -> tuple[Time, T]:
    """Call ``work``; its time and what it returned."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Time(1000 * wall, 1000 * cpu), result


class StageClock:
    """Time by stage, where stages may stand inside each other.

    A moment counts for the innermost stage only, so the stages add up to the whole.

    >>> seconds = iter([0, 1, 4, 6])
    >>> clock = StageClock(lambda: next(seconds))
    >>> with clock.stage("rank"):
    ...     with clock.stage("embed"):
    ...         pass
    >>> clock.take()
    {'rank': 3000, 'embed': 3000}
    """

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self._now = now
        self._open: list[str] = []
        self._since = 0.0
        self._spent: dict[str, float] = {}

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time inside belongs to ``name``."""
        self._turn()
        self._open.append(name)
        self._spent.setdefault(name, 0)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _turn(self) -> None:
        now = self._now()
        if self._open:
            self._spent[self._open[-1]] += now - self._since
        self._since = now

    def wrap(self, name: str, work: Callable[P, T]) -> Callable[P, T]:
        """``work``, whose calls are the stage ``name``."""

        def staged(*args: P.args, **kwargs: P.kwargs) -> T:
            with self.stage(name):
                return work(*args, **kwargs)

        return staged

    def take(self) -> dict[str, float]:
        """Milliseconds by stage since the last time this was called."""
        taken = {name: 1000 * seconds for name, seconds in self._spent.items()}
        self._spent.clear()
        return taken
