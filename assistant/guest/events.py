"""What happens while the guest writes: for the page as it happens, for administrators in full."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.findings import Finding
from index.regulation import ProvisionId

if TYPE_CHECKING:
    from assistant.answer import Answer

__all__ = ["Done", "Event", "Judged", "Notice", "Reason", "Shown", "Trace", "Withheld"]


class Reason(enum.StrEnum):
    """Why a sentence is not shown."""

    CONTRADICTED = "contradicted"
    """The checker contradicts it, or something shown before it in its light."""
    UNVERIFIABLE = "unverifiable"
    """It states what this regulation does not regulate."""
    UNCITED = "uncited"
    """It states a rule without a token that was offered."""
    UNSUPPORTED = "unsupported"
    """The checker finds nothing in it that the regulation bears out."""
    ELSEWHERE = "elsewhere"
    """What it states rests on a provision that it does not cite."""
    UNGROUNDED = "ungrounded"
    """It has words, names or numbers that the cited provisions do not have."""
    MARKUP = "markup"
    """A link, an address, HTML, a table, or characters that nobody reads."""
    LANGUAGE = "language"
    LONG = "long"
    REPEATED = "repeated"
    IDLE = "idle"
    """It says nothing of the regulation: a greeting, a heading."""

    @property
    def weighs(self) -> bool:
        """Whether something that was to be told is missing when it is left out."""
        return self not in (Reason.REPEATED, Reason.IDLE)


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence of the model and what became of it."""

    round: int
    """1: the draft, 2: the repair."""
    said: str
    """As the model wrote it."""
    text: str | None
    """As shown; None when withheld."""
    reason: Reason | None
    findings: tuple[Finding, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence that may be shown now, its tokens replaced by citations."""

    text: str
    provisions: tuple[ProvisionId, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A sentence was not shown. Its words are in the trace alone."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the user should know, in the language of the question."""

    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """The end: the answer that counts. Where it is not the guest's (``generator`` is
    ``rules``), it takes the place of what was shown before."""

    answer: Answer


Event = Shown | Withheld | Notice | Done


@dataclass(slots=True)
class Trace:
    """For administrators: all that the model wrote, and what became of it."""

    question: str
    judged: list[Judged] = field(default_factory=list)
    fault: str | None = None
    outcome: str = ""
    """``used``, or why the deterministic answer stands."""
    first_shown_ms: float | None = None
    elapsed_ms: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "question": self.question,
            "outcome": self.outcome,
            "fault": self.fault,
            "first_shown_ms": self.first_shown_ms,
            "elapsed_ms": round(self.elapsed_ms, 2),
            "sentences": [
                {
                    "round": j.round,
                    "said": j.said,
                    "shown": j.text,
                    "reason": j.reason and j.reason.value,
                    "detail": j.detail,
                    "explanations": [f.explanation for f in j.findings],
                }
                for j in self.judged
            ],
        }
