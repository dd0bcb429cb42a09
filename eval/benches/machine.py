"""The machine that times depend on, without its name."""

from __future__ import annotations

import contextlib
import gc
import os
import platform
from collections.abc import Iterator
from typing import Any

__all__ = ["describe", "load_average", "one_core", "settled_memory"]


def load_average() -> float | None:
    """Processes that wanted a core in the last minute; None where the system does not tell."""
    try:
        return round(os.getloadavg()[0], 2)
    except OSError:
        return None


def describe(load_before: float | None) -> dict[str, Any]:
    """What to print beside the times."""
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        # Above the number of cores, others were computing too: trust the ratios only.
        "load_before": load_before,
        "load_after": load_average(),
    }


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """Inside, this thread stays on one core, where the system can be asked for that."""
    if not hasattr(os, "sched_setaffinity"):  # macOS
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextlib.contextmanager
def settled_memory() -> Iterator[None]:
    """Inside, garbage is collected as usual, but what was there before is not looked through:
    the figures are the same whether the answers were measured before or not."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
