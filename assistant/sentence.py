"""One sentence: its clauses aligned to rows, its slots judged, its citations held to account."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.citing import check_citations, check_waiting
from assistant.claims import ClauseReading, Reading, SentenceReading
from assistant.counts import compare_counts
from assistant.explain import Voice
from assistant.findings import Finding, FindingKind, Verdict
from assistant.knowledge import Knowledge
from assistant.placing import CERTAIN, SURE, Placed, Placer, Thread
from assistant.polarity import Force
from assistant.preamble import compare_preamble
from assistant.quotes import Altered, Verbatim
from assistant.slots import Fit, Slot
from index.limits import LimitKind
from index.regulation import ProvisionId
from index.rules import Rule
from index.text import Span
from index.timelimit import TimeMention

__all__ = ["SentenceChecker"]


SURER = 0.7
"""How sure a contradiction must be beside a claim that no row explains."""


class SentenceChecker:
    """Checks one sentence of a reading."""

    def __init__(
        self,
        knowledge: Knowledge,
        reading: Reading,
        sentence: SentenceReading,
        voice: Voice,
        thread: Thread,
    ) -> None:
        self.knowledge = knowledge
        self.placer = Placer(knowledge, reading, sentence, thread)
        self.reading = reading
        self.view = reading.view
        self.sentence = sentence
        self.voice = voice
        self.placed: dict[int, Placed] = {}
        """The clauses placed so far, by number."""

    # ── the whole ───────────────────────────────────────────────────────────────────────

    def findings(self) -> Iterator[Finding]:
        """Everything found, clause by clause."""
        sentence = self.sentence
        placed = self.placed
        if sentence.foreign is not None:
            yield from self._foreign()
            return
        if sentence.sentence.question and not any(c.quotes for c in sentence.clauses):
            return
        quoted: list[Span] = []
        own: list[Finding] = []
        leaning: set[Span] = set()
        for finding in self._quotes():
            if finding.verdict is Verdict.CONTRADICTED:
                quoted.append(finding.span)
            yield finding
        for number, clause in enumerate(sentence.clauses):
            found = self.placer.place(number, clause)
            if found is None:
                continue
            placed[number] = found
            facts = list(self._facts(number, clause))
            own.extend(facts)
            before = len(own)
            if not facts or found.candidate.certainty >= SURE:
                judged = self._clause_findings(found)
                own.extend(f for f in judged if not any(q.overlaps(f.span) for q in quoted))
            if found.candidate.own < 0.3:
                leaning.update(f.span for f in own[before:])
        adrift = any(
            f.verdict is Verdict.UNVERIFIABLE
            and (f.kind is FindingKind.TIME_LIMIT or f.kind is FindingKind.ACTION)
            for f in own
        )
        for finding in own:
            # beside a claim about another matter, a half-sure contradiction is a guess
            guess = finding.verdict is Verdict.CONTRADICTED and (
                finding.certainty < SURER or finding.span in leaning
            )
            if not (adrift and guess):
                yield finding
        for hold in (check_citations, check_waiting):
            yield from hold(
                self.placer, placed, self.knowledge.quotes, self.voice, self.reading.text
            )

    def _facts(self, number: int, clause: ClauseReading) -> Iterator[Finding]:
        knowledge = self.knowledge
        cited = self.placer.cited(number)
        for count in compare_counts(self.view, clause.span, cited, knowledge.regulation):
            verdict = Verdict.SUPPORTED if count.agrees else Verdict.CONTRADICTED
            right = None if count.agrees else self.voice.script(count.expected)
            yield self._finding(
                count.span, FindingKind.CITATION, verdict, right, None,
                self.voice.count(count.expected, count.provision), provision=count.provision,
            )  # fmt: skip
        for slot in compare_preamble(self.view, clause, knowledge.rules.preamble, knowledge.actors):
            if self.sentence.is_denied(slot.span):
                continue
            kind = FindingKind.EFFECTIVE if slot.of_date else FindingKind.ACTOR
            if slot.agrees:
                yield self._finding(
                    slot.span, kind, Verdict.SUPPORTED, None, None,
                    self.voice.preamble(slot.fact),
                )  # fmt: skip
            else:
                yield self._finding(
                    slot.span, kind, Verdict.CONTRADICTED,
                    self.voice.preamble_words(slot.fact, of_date=slot.of_date), None,
                    self.voice.preamble(slot.fact),
                )  # fmt: skip

    def _foreign(self) -> Iterator[Finding]:
        name = self.sentence.foreign
        assert name is not None
        for clause in self.sentence.clauses:
            stated = [t.span for t in clause.times] + [
                m.span for m in clause.marks if m.force is not Force.GENERALLY
            ]
            stated += [c.citation.span for c in clause.citations]
            if stated:
                yield self._finding(
                    stated[0], FindingKind.TIME_LIMIT if clause.times else FindingKind.CITATION,
                    Verdict.UNVERIFIABLE, None, None, self.voice.foreign(self._said(name)),
                )  # fmt: skip
                return

    # ── findings of a clause ────────────────────────────────────────────────────────────

    def _clause_findings(self, placed: Placed) -> Iterator[Finding]:
        rule = placed.row.rule
        match placed.outcome:
            case Verdict.SUPPORTED:
                slot = min(
                    (s for s in placed.slots if s.fit is Fit.AGREES), key=lambda s: _MAIN[s.kind]
                )
                yield self._finding(
                    slot.span, slot.kind, Verdict.SUPPORTED, None, rule,
                    self.voice.support(rule), placed.candidate.certainty,
                )  # fmt: skip
            case Verdict.CONTRADICTED:
                for slot in _worst(placed.slots):
                    said = self._said(slot.span)
                    yield self._finding(
                        slot.span, slot.kind, Verdict.CONTRADICTED,
                        self.voice.expected(slot, rule), rule,
                        self.voice.fault(slot, rule, said), placed.candidate.certainty,
                    )  # fmt: skip
            case Verdict.UNVERIFIABLE:
                yield from self._unverifiable(placed)
            case Verdict.NO_CLAIM:
                stated = any(s.fit is Fit.UNSAID for s in placed.slots)
                sure = placed.candidate.certainty >= SURE and placed.alignment.mass.known > (
                    8 if self.voice.english else 14
                )
                if sure and not stated:
                    yield self._finding(
                        placed.clause.span, FindingKind.ACTION, Verdict.SUPPORTED, None, rule,
                        self.voice.support(rule), placed.candidate.certainty,
                    )  # fmt: skip

    def _unverifiable(self, placed: Placed) -> Iterator[Finding]:
        clause = placed.clause
        stated = [
            t for t in clause.times
            if not (t.negated or self.sentence.is_denied(t.span) or self._told(t))
            and t.limit.kind is not LimitKind.IMMEDIATE and t.limit.kind is not LimitKind.ANYTIME
        ]  # fmt: skip
        silent = placed.candidate.certainty >= CERTAIN
        denial = next((m for m in clause.marks if m.force is Force.SILENT), None)
        if denial is not None and not stated:
            # nothing in the regulation is about it: so it is silent, as the text says
            yield self._finding(
                denial.span,
                FindingKind.ACTION,
                Verdict.SUPPORTED,
                None,
                None,
                self.voice.silent(),
                placed.candidate.certainty,
            )
            return
        if stated:
            said = self._said(stated[0].span)
            why = (
                self.voice.unsettled(placed.row.rule, said)
                if silent
                else self.voice.unexplained(said)
            )
            yield self._finding(
                stated[0].span, FindingKind.TIME_LIMIT, Verdict.UNVERIFIABLE, None, None, why,
                placed.candidate.certainty,
            )  # fmt: skip
            return
        figure = next((f for f in clause.figures if not self.sentence.is_denied(f.span)), None)
        if figure is not None and placed.alignment.mass.total > 9:
            yield self._finding(
                figure.span, FindingKind.ACTION, Verdict.UNVERIFIABLE, None, None,
                self.voice.unexplained(self._said(clause.span)[:40]), placed.candidate.certainty,
            )  # fmt: skip
            return
        duty = [
            m
            for m in clause.marks
            if m.force in (Force.MUST, Force.OPTIONAL, Force.EXEMPT, Force.FORBID)
        ]
        if duty and placed.alignment.mass.total > 18 and not silent:
            yield self._finding(
                duty[0].span, FindingKind.MODALITY, Verdict.UNVERIFIABLE, None, None,
                self.voice.unexplained(self._said(clause.span)[:40]), placed.candidate.certainty,
            )  # fmt: skip

    def _told(self, mention: TimeMention) -> bool:
        """Whether a time is only reckoned from two moments of a story."""
        conduct = self.sentence.conduct
        return conduct is not None and any(mention.span == span for span, _ in conduct.elapsed)

    def _finding(
        self,
        span: Span,
        kind: FindingKind,
        verdict: Verdict,
        expected: str | None,
        rule: Rule | None,
        explanation: str,
        certainty: float = 1.0,
        provision: ProvisionId | None = None,
    ) -> Finding:
        return Finding(
            span, span.of(self.reading.text), kind, verdict, expected,
            rule.provision if rule else provision, rule.id if rule else None, explanation,
            certainty,
        )  # fmt: skip

    def _said(self, span: Span) -> str:
        return " ".join(span.of(self.reading.text).split())

    # ── quotations ──────────────────────────────────────────────────────────────────────

    def _quotes(self) -> Iterator[Finding]:
        for number, clause in enumerate(self.sentence.clauses):
            for quote in clause.quotes:
                if self.sentence.is_denied(quote.span) or _speech(self.view, quote.outer.start):
                    continue
                cited = self.placer.cited(number)
                found = self.knowledge.quotes.seek(self.view, quote.span, cited)
                if isinstance(found, Verbatim):
                    yield from self._verbatim(quote.span, found, cited)
                elif isinstance(found, Altered):
                    yield from self._altered(found)

    def _verbatim(
        self, span: Span, found: Verbatim, cited: tuple[ProvisionId, ...]
    ) -> Iterator[Finding]:
        if len(span) < 6:
            return
        here = [p for p in found.provisions if any(c.covers(p) or p.covers(c) for c in cited)]
        provision = (here or list(found.provisions))[0]
        yield self._finding(
            span, FindingKind.QUOTE, Verdict.SUPPORTED, None, None,
            self.voice.verbatim(provision), provision=provision,
        )  # fmt: skip

    def _altered(self, found: Altered) -> Iterator[Finding]:
        for difference in found.differences:
            right = self.voice.script(difference.expected)
            yield self._finding(
                difference.span, FindingKind.QUOTE, Verdict.CONTRADICTED, right, None,
                self.voice.misquoted(found.provision, self._said(difference.span), right),
                found.likeness, found.provision,
            )  # fmt: skip


_MAIN = {
    FindingKind.TIME_LIMIT: 0, FindingKind.EFFECTIVE: 0, FindingKind.ACTOR: 1,
    FindingKind.RECIPIENT: 2, FindingKind.ACTION: 3, FindingKind.MODALITY: 4,
    FindingKind.QUOTE: 5, FindingKind.CITATION: 6,
}  # fmt: skip

_SPEECH = re.compile(
    r"(?:有人|有同志|同志|群众|网友|对方|他|她|我|大家|领导|问|误)(?:们)?(?:曾|常|又)?(?:说|问|"
    r"讲|认为|以为|反映|觉得|提出|理解为|写成)\s*[,:]?\s*$"
)


def _speech(view: str, start: int) -> bool:
    """Whether a quotation is somebody's speech and not the regulation's words."""
    return _SPEECH.search(view, max(0, start - 14), start) is not None


def _worst(slots: tuple[Slot, ...]) -> Iterator[Slot]:
    """The faults to report: marked ones, else the unmarked."""
    wrong = [s for s in slots if s.fit is Fit.DIFFERS]
    marked = [s for s in wrong if not s.weak]
    yield from marked or wrong
