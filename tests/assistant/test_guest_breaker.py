"""The circuit breaker, by a clock of the test's own."""

from __future__ import annotations

import threading

from assistant.guest.breaker import Breaker


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_opens_after_failures_in_a_row_only() -> None:
    clock = Clock()
    breaker = Breaker(failures=3, pause=30, clock=clock)
    for _ in range(2):
        breaker.failed()
    breaker.succeeded()
    for _ in range(2):
        breaker.failed()
        assert breaker.admits()
    breaker.failed()
    assert not breaker.admits()


def test_one_probe_after_the_pause_and_its_failure_opens_again() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, pause=30, clock=clock)
    breaker.failed()
    clock.now += 29.9
    assert not breaker.admits()
    clock.now += 0.2
    assert [breaker.admits() for _ in range(3)] == [True, False, False]
    breaker.failed()
    clock.now += 29.9
    assert not breaker.admits()
    clock.now += 0.2
    assert breaker.admits()
    breaker.succeeded()
    assert [breaker.admits() for _ in range(3)] == [True, True, True]


def test_a_probe_that_never_tells_its_outcome_does_not_shut_for_ever() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, pause=30, clock=clock)
    breaker.failed()
    clock.now += 31
    assert breaker.admits()
    clock.now += 31
    assert breaker.admits()


def test_retry_after_is_heeded_at_once_and_not_for_ever() -> None:
    clock = Clock()
    breaker = Breaker(failures=3, pause=30, clock=clock)
    breaker.failed(retry_after=7)
    clock.now += 6.9
    assert not breaker.admits()
    clock.now += 0.2
    assert breaker.admits()
    breaker.failed(retry_after=10**9)
    clock.now += Breaker.LONGEST + 1
    assert breaker.admits()


def test_a_lasting_fault_opens_at_once() -> None:
    clock = Clock()
    breaker = Breaker(failures=3, pause=30, clock=clock)
    breaker.failed(at_once=True)
    assert not breaker.admits()


def test_threads_that_come_together_send_one_probe() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, pause=30, clock=clock)
    breaker.failed()
    clock.now += 31
    admitted: list[bool] = []

    def come() -> None:
        admitted.append(breaker.admits())

    threads = [threading.Thread(target=come) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert admitted.count(True) == 1
