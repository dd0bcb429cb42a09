"""What the checker reports: verdicts, kinds, findings, and their JSON."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from index.citation import provision_label
from index.regulation import ProvisionId, Regulation
from index.text import Span

__all__ = ["CheckResult", "Finding", "FindingKind", "Verdict", "provision_json", "summarise"]


class Verdict(enum.StrEnum):
    """Outcome for a claim, and for a text."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNVERIFIABLE = "unverifiable"
    NO_CLAIM = "no_claim"


class FindingKind(enum.StrEnum):
    """Which element of a claim a finding is about."""

    CITATION = "citation"
    QUOTE = "quote"
    TIME_LIMIT = "time_limit"
    ACTOR = "actor"
    RECIPIENT = "recipient"
    MODALITY = "modality"
    ACTION = "action"
    EFFECTIVE = "effective"


@dataclass(frozen=True, slots=True)
class Finding:
    """One judged element. ``text`` is ``span`` of the text as given; ``expected`` are the
    right words when it is contradicted, in the script of the text."""

    span: Span
    text: str
    kind: FindingKind
    verdict: Verdict
    expected: str | None
    provision: ProvisionId | None
    rule: str | None
    explanation: str
    certainty: float = field(default=1.0, compare=False)

    def to_json(self, regulation: Regulation) -> dict[str, Any]:
        """As the contract says."""
        return {
            "start": self.span.start,
            "end": self.span.end,
            "text": self.text,
            "kind": self.kind.value,
            "verdict": self.verdict.value,
            "expected": self.expected,
            "provision": self.provision and provision_json(self.provision, regulation),
            "rule": self.rule,
            "explanation": self.explanation,
        }


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdict on a text and everything found in it, in the order of the text."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    regulation: Regulation = field(repr=False, compare=False)

    def to_json(self) -> dict[str, Any]:
        """As the contract says; ``elapsed_ms`` and ``id`` are the caller's to add."""
        return {
            "verdict": self.verdict.value,
            "findings": [finding.to_json(self.regulation) for finding in self.findings],
        }


def provision_json(provision: ProvisionId, regulation: Regulation) -> dict[str, Any]:
    """A provision as the contract writes it."""
    return {
        "regulation": provision.regulation,
        "article": provision.article,
        "suffix": provision.suffix,
        "paragraph": provision.paragraph,
        "item": provision.item,
        "id": str(provision),
        "label": provision_label(provision, regulation),
    }


def summarise(findings: Iterable[Finding]) -> Verdict:
    """The text's verdict: the gravest of its findings'."""
    seen = {f.verdict for f in findings}
    for verdict in (Verdict.CONTRADICTED, Verdict.UNVERIFIABLE, Verdict.SUPPORTED):
        if verdict in seen:
            return verdict
    return Verdict.NO_CLAIM
