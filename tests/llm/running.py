"""The misbehaving service as a process of its own, for the length of a test."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["Service", "running_service"]


class Service:
    """A running service."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"

    def url(self, way: str) -> str:
        """The address under which it behaves in this way."""
        return f"{self._base}/{way}/v1"

    def say(self, *answers: str) -> None:
        """What ``say`` answers next."""
        body = json.dumps(answers).encode()
        urllib.request.urlopen(f"{self._base}/answers", body, timeout=10).close()

    def requests(self) -> list[dict[str, Any]]:
        """What was asked since the last time."""
        with urllib.request.urlopen(f"{self._base}/requests", timeout=10) as reply:
            found: list[dict[str, Any]] = json.load(reply)
        return found


@contextlib.contextmanager
def running_service() -> Iterator[Service]:
    """Start it on a free port; stop it afterwards."""
    script = Path(__file__).with_name("server.py")
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a traceback for each client that hangs up
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield Service(int(process.stdout.readline()))
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(timeout=10)
