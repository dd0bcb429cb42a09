"""A circuit breaker: after failures in a row the model is left alone for a while.

Libraries were looked at (pybreaker, circuitbreaker): neither heeds ``Retry-After`` nor takes
a clock from outside, and a stream is no function call that they could wrap.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

__all__ = ["Breaker"]


class Breaker:
    """Closed: every call goes through. Open: none. After the pause one call probes.

    >>> now = 0.0
    >>> breaker = Breaker(failures=2, pause=30, clock=lambda: now)
    >>> breaker.failed(); breaker.admits()
    True
    >>> breaker.failed(); breaker.admits()
    False
    >>> now = 31.0
    >>> breaker.admits(), breaker.admits()  # the probe, and who comes beside it
    (True, False)
    >>> breaker.succeeded(); breaker.admits()
    True
    """

    LONGEST = 600.0
    """Seconds: a service that asks to be left alone for longer is tried all the same."""

    def __init__(
        self,
        failures: int = 3,
        pause: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._until: float | None = None
        """None: closed. Otherwise no call before this moment."""

    def admits(self) -> bool:
        """Whether a call may be made now; the caller tells its outcome afterwards."""
        with self._lock:
            if self._until is None:
                return True
            now = self._clock()
            if now < self._until:
                return False
            # This call probes; the others wait another pause, or its outcome.
            self._until = now + self._pause
            return True

    def succeeded(self) -> None:
        """The service answered."""
        with self._lock:
            self._failed, self._until = 0, None

    def failed(self, retry_after: float | None = None, *, at_once: bool = False) -> None:
        """The service did not answer. ``retry_after`` and ``at_once`` open without waiting
        for more failures."""
        with self._lock:
            self._failed += 1
            if retry_after is not None:
                wait = min(max(retry_after, 0.0), self.LONGEST)
                self._until = self._clock() + wait
            elif at_once or self._failed >= self._most or self._until is not None:
                self._until = self._clock() + self._pause
