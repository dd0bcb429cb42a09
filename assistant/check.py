"""A text against one regulation: every claim judged, no model, same text same verdict.

Pure: touches no disk, clock or network. The pipeline is the layout of the package:
segment → claims → align → judge → findings.
"""

from __future__ import annotations

from assistant.claims import Reading, read
from assistant.explain import Voice
from assistant.findings import CheckResult, Finding, FindingKind, Verdict, summarise
from assistant.knowledge import Knowledge
from assistant.placing import Thread
from assistant.sentence import SentenceChecker
from index.text import Script, detect_script

__all__ = ["CheckResult", "Finding", "FindingKind", "Verdict", "check"]


def check(text: str, knowledge: Knowledge) -> CheckResult:
    """Judge every claim in ``text``; any string at all, in time linear in its length."""
    reading = read(text, knowledge)
    voice = Voice(_language(reading), knowledge.regulation, knowledge.actors)
    thread = Thread()
    findings: list[Finding] = []
    for sentence in reading.sentences:
        checker = SentenceChecker(knowledge, reading, sentence, voice, thread)
        findings.extend(checker.findings())
        thread.remember(checker.placer, checker.placed.values())
    return CheckResult(summarise(findings), tuple(_settled(findings)), knowledge.regulation)


def _language(reading: Reading) -> str:
    if reading.english:
        return "en"
    script = detect_script(reading.text[:2000])
    return (script or Script.SIMPLIFIED).value


def _settled(findings: list[Finding]) -> list[Finding]:
    """In the order of the text, the gravest first at one place, none twice."""
    gravity = {Verdict.CONTRADICTED: 0, Verdict.UNVERIFIABLE: 1, Verdict.SUPPORTED: 2}
    ordered = sorted(
        findings, key=lambda f: (f.span.start, gravity.get(f.verdict, 3), f.span.end, f.kind)
    )
    seen: set[tuple[int, int, FindingKind]] = set()
    kept = []
    for finding in ordered:
        key = (finding.span.start, finding.span.end, finding.kind)
        if key not in seen:
            seen.add(key)
            kept.append(finding)
    return kept
