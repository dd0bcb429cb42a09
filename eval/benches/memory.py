"""Memory of this process."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

__all__ = ["megabytes", "peak_mb", "resident_mb"]

_MB = 2**20


def resident_mb() -> float | None:
    """Resident memory now; None where the system does not tell (no /proc)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE") / _MB


def peak_mb() -> float:
    """The most that was ever resident."""
    return megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def megabytes(maxrss: float) -> float:
    """``ru_maxrss`` in MB; getrusage(2): bytes on macOS, KiB on Linux."""
    return maxrss * (1 if sys.platform == "darwin" else 1024) / _MB
