"""What can go wrong with a language model, and what the user is told of it."""

from __future__ import annotations

import enum

from index.errors import TiaowenError

__all__ = ["Fault", "GuestError"]


class Fault(enum.StrEnum):
    """Why a model's answer cannot be used. Closed: every failure is one of these."""

    UNREACHABLE = "unreachable"
    """Connection refused, unknown host, TLS failure."""
    KEY = "key"
    """401, 403."""
    REQUEST = "request"
    """Another 4xx: unknown model, prompt too long for it."""
    BUSY = "busy"
    """429, or 503 with a time to come back."""
    SERVER = "server"
    """5xx."""
    LATE = "late"
    """The time for the whole answer is over."""
    SILENT = "silent"
    """No word for too long, before or within the answer."""
    BROKEN = "broken"
    """The connection ended within the answer."""
    MALFORMED = "malformed"
    """Not the protocol: HTML, no JSON, another encoding."""
    EMPTY = "empty"
    """An answer without a word."""
    ENDLESS = "endless"
    """An answer that does not stop."""
    OURS = "ours"
    """Judging the answer failed; the log has it."""
    PAUSED = "paused"
    """Not asked: it failed too often just now."""

    @property
    def lasting(self) -> bool:
        """Whether only a person can mend it, so that the next call will fail as well."""
        return self is Fault.KEY


class GuestError(TiaowenError):
    """The model gave no usable answer. Holds neither address nor key.

    >>> str(GuestError(Fault.BUSY, 20.0))
    'the language model is not to be had: busy (again in 20 s)'
    """

    def __init__(self, fault: Fault, retry_after: float | None = None, detail: str = "") -> None:
        self.fault = fault
        self.retry_after = retry_after
        """Seconds after which the service asks to be tried again."""
        again = f" (again in {retry_after:.0f} s)" if retry_after is not None else ""
        more = f" ({detail})" if detail else ""
        super().__init__(f"the language model is not to be had: {fault.value}{more}{again}")
