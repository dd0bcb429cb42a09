"""One sentence: its clauses aligned to rows, its slots judged, its citations held to account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.align import Alignment, Candidate, Context, Heard
from assistant.claims import Bearing, CitedClause, ClauseReading, Reading, SentenceReading
from assistant.explain import Voice
from assistant.findings import Finding, FindingKind, Verdict
from assistant.judge import Fault, Fit, Row, Slot, judge
from assistant.knowledge import Knowledge
from assistant.measures import Severity
from assistant.polarity import Force
from assistant.preamble import compare_preamble
from assistant.quotes import Altered, Verbatim
from assistant.roles import Party, Role
from assistant.segment import Break
from index.errors import NoSuchProvisionError
from index.limits import LimitKind
from index.regulation import ProvisionId
from index.rules import Rule
from index.text import Span

__all__ = ["SentenceChecker", "Thread"]

CERTAIN = 0.42
"""Below this an alignment is a guess, and the outcome unverifiable."""
SURE = 0.62
"""From here on an alignment stands even beside a claim that none explains."""
NEAR = 0.82
"""Rows within this share of the best compete on their slots."""
FOUND_HERE = 0.72
"""A cited provision that explains this share of what the best row explains does say it."""
FOUND_HERE_ENGLISH = 0.55
"""The same for English, where one thing has more names."""


@dataclass
class Thread:
    """What earlier sentences leave for later ones."""

    bags: list[tuple[int, Heard, bool]] = field(default_factory=list)
    """(block, content, whether a question) of the last sentences."""
    subjects: tuple[Party, ...] = ()
    block: int = -1
    cited: tuple[ProvisionId, ...] = ()
    severity: Severity | None = None
    last: tuple[SentenceReading, SentenceChecker] | None = None

    def remember(self, sentence: SentenceReading, checker: SentenceChecker) -> None:
        """Keep what the next sentence may lean on."""
        heard = [h for h in checker.heard if h.mass.total > 0]
        if heard:
            self.bags.append(
                (sentence.sentence.block, Heard.joined(heard), sentence.sentence.question)
            )
            del self.bags[:-2]
        cited = [
            p for c in sentence.clauses for cc in c.citations
            if cc.citation.work is None for p in cc.citation.provisions
        ]  # fmt: skip
        if cited:
            self.cited = tuple(cited)
        named = [c.severity for c in sentence.clauses if c.severity is not None]
        if named:
            self.severity = named[-1]
        elif sentence.sentence.block != self.block:
            self.severity = None
        self.block = sentence.sentence.block
        self.last = (sentence, checker)


@dataclass(frozen=True, slots=True)
class Placed:
    """A clause with the row it is about."""

    clause: ClauseReading
    row: Row
    candidate: Candidate
    slots: tuple[Slot, ...]
    outcome: Verdict
    alignment: Alignment
    favoured: frozenset[int]


Entry = tuple[float, Candidate, Row, tuple[Slot, ...]]
"""A row tried for a clause: weight, candidate, row, slots."""


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
        self.aligner = knowledge.aligner
        self.reading = reading
        self.view = reading.view
        self.sentence = sentence
        self.voice = voice
        self.thread = thread
        self.scopes = _citation_scopes(sentence)
        whole = sentence.sentence.span
        self.heard = [self.aligner.hear(clause.bag) for clause in sentence.clauses]
        self.pairs = frozenset(self.view[i : i + 2] for i in range(whole.start, whole.end - 1))

    # ── the whole ───────────────────────────────────────────────────────────────────────

    def findings(self) -> Iterator[Finding]:
        """Everything found, clause by clause."""
        sentence = self.sentence
        placed: dict[int, Placed] = {}
        if sentence.foreign is not None:
            yield from self._foreign()
            return
        if sentence.sentence.question and not any(c.quotes for c in sentence.clauses):
            yield from self._missing_citations()
            return
        quoted: list[Span] = []
        own: list[Finding] = []
        leaning: set[Span] = set()
        for finding in self._quotes():
            if finding.verdict is Verdict.CONTRADICTED:
                quoted.append(finding.span)
            yield finding
        for number, clause in enumerate(sentence.clauses):
            found = self._place(number, clause)
            if found is None:
                continue
            placed[number] = found
            own.extend(self._preamble(clause))
            before = len(own)
            own.extend(
                f for f in self._clause_findings(number, found)
                if not any(span.overlaps(f.span) for span in quoted)
            )  # fmt: skip
            if found.candidate.own < 0.3:
                leaning.update(f.span for f in own[before:])
        adrift = any(
            f.verdict is Verdict.UNVERIFIABLE and f.kind is FindingKind.TIME_LIMIT for f in own
        )
        for finding in own:
            # beside a claim about another matter, a half-sure contradiction is a guess
            guess = finding.verdict is Verdict.CONTRADICTED and (
                finding.certainty < SURE or finding.span in leaning
            )
            if not (adrift and guess):
                yield finding
        yield from self._citations(placed)

    def _preamble(self, clause: ClauseReading) -> Iterator[Finding]:
        knowledge = self.knowledge
        for slot in compare_preamble(
            self.view, clause, knowledge.rules.preamble, knowledge.actors
        ):
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

    # ── alignment ───────────────────────────────────────────────────────────────────────

    def _context(self, number: int) -> list[Context]:
        clauses = self.sentence.clauses
        own = self.heard[number].mass.total
        need = max(0.12, min(1.0, 1.1 - own / 22))
        out: list[Context] = []
        weight = 0.75
        for i in range(number - 1, -1, -1):
            cut = clauses[i + 1].cut
            weight *= 0.55 if cut is Break.SEMICOLON else 0.85 if i == number - 1 else 0.7
            out.append(Context(self.heard[i], weight * need))
        weight = 0.6
        for i in range(number + 1, min(len(clauses), number + 4)):
            weight *= 0.3 if clauses[i].cut is Break.SEMICOLON else 0.8 if i == number + 1 else 0.6
            out.append(Context(self.heard[i], weight * need))
        if self.sentence.heading is not None:
            out.append(Context(self.aligner.hear(self.sentence.heading), 0.5 * need))
        alone = sum(h.mass.known for h in self.heard)
        for age, (block, heard, question) in enumerate(reversed(self.thread.bags)):
            near = block == self.sentence.sentence.block
            share = (0.7 if question else 0.4 if near else 0.15) * (0.5**age)
            if alone > 25:
                share *= 0.3
            out.append(Context(heard, share * need))
        return out

    def _subjects(self, number: int) -> tuple[Party, ...]:
        """The bearers in force at a clause: its own, or the last marked one before it."""
        for i in range(number, -1, -1):
            clause = self.sentence.clauses[i]
            own = tuple(p for p in clause.parties if p.role in (Role.BEARER, Role.SUBJECT))
            if own:
                marked = tuple(p for p in own if p.marked)
                return marked or own
            if clause.cut >= Break.SEMICOLON:
                break
        return ()

    def _cited(self, number: int) -> tuple[ProvisionId, ...]:
        out: list[ProvisionId] = []
        for cited, scope in self.scopes:
            if number in scope and cited.citation.work is None:
                out.extend(cited.citation.expand(self.knowledge.regulation))
        return tuple(out)

    def _place(self, number: int, clause: ClauseReading) -> Placed | None:
        if not (clause.bag or clause.times or clause.marks or clause.parties):
            return None
        cited = self._cited(number)
        rows = self.knowledge.rows
        favoured = self.aligner.rows_under(cited) if cited else frozenset()
        soft = self.aligner.rows_under(self.thread.cited) if not cited else frozenset()
        alignment = self.aligner.align(
            self.heard[number], self._context(number), favoured or soft, 1.35 if favoured else 1.1
        )
        candidates = list(alignment.near(0.55))
        best_sure = alignment.best.certainty if alignment.best is not None else 0.0
        if favoured and (alignment.mass.total < 9 or (clause.times and best_sure < CERTAIN)):
            # the clause says too little by itself: the citation says what it is about
            known = {c.row: c.score for c in candidates}
            candidates = [Candidate(n, 0.5 + known.get(n, 0.0) / 2, 0.5) for n in sorted(favoured)]
        if any(t.limit.kind is LimitKind.EFFECTIVE for t in clause.times):
            effective = [
                n for n, row in enumerate(rows)
                if row.rule.time is not None and row.rule.time.kind is LimitKind.EFFECTIVE
            ]  # fmt: skip
            if alignment.mass.unknown < 14:
                candidates = [Candidate(n, 1.0, 1.0) for n in effective]
        elif clause.thresholds and alignment.mass.unknown < 14:
            # 旗县以上 says what it is about: the scope of the regulation
            candidates = [
                replace(c, certainty=max(c.certainty, CERTAIN)) if rows[c.row].threshold else c
                for c in candidates
            ]
        if not candidates:
            return Placed(
                clause, rows[0], Candidate(0, 0.0, 0.0), (), Verdict.UNVERIFIABLE, alignment,
                favoured,
            )  # fmt: skip
        subjects = self._subjects(number)
        tried = []
        for candidate in candidates[:24]:
            row = rows[candidate.row]
            slots = judge(row, self.sentence, clause, self.view, subjects)
            tried.append(
                (self._weight(number, candidate, clause, slots, row), candidate, row, slots)
            )
        tried.sort(key=lambda t: (-t[0], t[1].row))
        top = tried[0][0]
        near = [
            t for t in tried if t[0] >= top * NEAR and t[1].score >= CLOSE * tried[0][1].score
        ]
        best = next((t for t in tried if t[0] >= top * 0.93 and _silenced(t[3])), None)
        for entry in near if best is None else ():
            fits = {s.fit for s in entry[3]}
            close = entry[1].score >= 0.8 * tried[0][1].score
            sound = Fit.AGREES in fits and fits.isdisjoint((Fit.DIFFERS, Fit.SILENT, Fit.UNSAID))
            if close and sound:
                best = entry
                break
        if best is None:
            best = self._from_set(tried)
        if best is None:
            best = min(near, key=lambda t: (_faults(t[3]), -t[0]))
        _, candidate, row, slots = best
        return Placed(
            clause, row, candidate, slots, self._outcome(candidate, slots), alignment, favoured
        )

    def _severity(self, number: int) -> Severity | None:
        """How grave the event in view at a clause is: the last one named."""
        for i in range(number, -1, -1):
            found = self.sentence.clauses[i].severity
            if found is not None:
                return found
        after = self.sentence.clauses[number + 1 : number + 2]
        if after and not after[0].times and after[0].severity is not None:
            return after[0].severity
        return self.thread.severity

    def _from_set(self, tried: list[Entry]) -> Entry | None:
        """A row beside the best in its paragraph that bears the clause out, when only who is
        named speaks against the best: 报同级党委并反馈被查单位 is two duties."""
        top, _, row, slots = tried[0]
        wrong = {s.kind for s in slots if s.fit is Fit.DIFFERS}
        if not wrong or not wrong <= {FindingKind.ACTOR, FindingKind.RECIPIENT}:
            return None
        for entry in tried[1:]:
            weight, _, other, its = entry
            if weight < 0.6 * top or other.rule.provision != row.rule.provision:
                continue
            fits = {s.fit for s in its}
            sound = Fit.AGREES in fits and fits.isdisjoint((Fit.DIFFERS, Fit.SILENT, Fit.UNSAID))
            if sound and self._acts(other):
                return entry
        return None

    def _acts(self, row: Row) -> bool:
        """Whether the sentence has the row's verb, or a word for it."""
        if self.voice.english or not row.verbs:
            return True
        return not row.verbs.isdisjoint(self.pairs)

    def _weight(
        self,
        number: int,
        candidate: Candidate,
        clause: ClauseReading,
        slots: tuple[Slot, ...],
        row: Row,
    ) -> float:
        weight = candidate.score
        actors = [s for s in slots if s.kind is FindingKind.ACTOR]
        if any(s.fit is Fit.AGREES for s in actors):
            weight *= 1.1
        elif any(s.fit is Fit.DIFFERS for s in actors):
            weight *= 0.92
        if any(s.kind is FindingKind.RECIPIENT and s.fit is Fit.AGREES for s in slots):
            weight *= 1.05
        elif any(s.fit is Fit.UNSAID for s in slots):
            weight *= 0.82
        if not self._acts(row):
            weight *= 0.88
        named = self._severity(number)
        if named is not None and row.severity is not None and named is not row.severity:
            weight *= 0.4
        if any(s.fit is Fit.SILENT for s in slots):
            weight *= 0.75
        if clause.times:
            kinds = {t.limit.kind for t in clause.times}
            if row.rule.time is not None and row.rule.time.kind in kinds:
                weight *= 1.1
        return weight

    @staticmethod
    def _outcome(candidate: Candidate, slots: tuple[Slot, ...]) -> Verdict:
        fits = {s.fit for s in slots}
        if candidate.certainty < CERTAIN:
            return Verdict.UNVERIFIABLE
        unset = any(s.fit is Fit.SILENT and s.kind is FindingKind.TIME_LIMIT for s in slots)
        if unset and candidate.certainty < SURE:
            return Verdict.UNVERIFIABLE  # a limit that the row knows nothing of: another matter
        if Fit.DIFFERS in fits:
            return Verdict.CONTRADICTED
        if Fit.SILENT in fits:
            return Verdict.UNVERIFIABLE
        return Verdict.SUPPORTED if Fit.AGREES in fits else Verdict.NO_CLAIM

    # ── findings of a clause ────────────────────────────────────────────────────────────

    def _clause_findings(self, number: int, placed: Placed) -> Iterator[Finding]:
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
            if not (t.negated or self.sentence.is_denied(t.span))
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
        duty = [m for m in clause.marks if m.force not in (Force.GENERALLY, Force.SILENT)]
        if duty and placed.alignment.mass.total > 18 and not silent:
            yield self._finding(
                duty[0].span, FindingKind.MODALITY, Verdict.UNVERIFIABLE, None, None,
                self.voice.unexplained(self._said(clause.span)[:40]), placed.candidate.certainty,
            )  # fmt: skip

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
            rule.provision if rule else provision, rule.id if rule else None, explanation, certainty,
        )  # fmt: skip

    def _said(self, span: Span) -> str:
        return " ".join(span.of(self.reading.text).split())

    # ── quotations ──────────────────────────────────────────────────────────────────────

    def _quotes(self) -> Iterator[Finding]:
        for number, clause in enumerate(self.sentence.clauses):
            for quote in clause.quotes:
                if self.sentence.is_denied(quote.span) or _speech(self.view, quote.outer.start):
                    continue
                cited = self._cited(number)
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
            self.voice.script("引文与") + self.voice.cite(provision) + self.voice.script("一致。")
            if not self.voice.english else f"Verbatim from {self.voice.cite(provision)}.",
            provision=provision,
        )  # fmt: skip

    def _altered(self, found: Altered) -> Iterator[Finding]:
        for difference in found.differences:
            right = self.voice.script(difference.expected)
            yield self._finding(
                difference.span, FindingKind.QUOTE, Verdict.CONTRADICTED, right, None,
                self.voice.misquoted(found.provision, self._said(difference.span), right),
                found.likeness, found.provision,
            )  # fmt: skip

    # ── citations ───────────────────────────────────────────────────────────────────────

    def _missing_citations(self) -> Iterator[Finding]:
        return
        yield

    def _citations(self, placed: dict[int, Placed]) -> Iterator[Finding]:
        for cited, scope in self.scopes:
            citation = cited.citation
            if citation.work is not None or self.sentence.is_denied(citation.span):
                continue
            members = [placed[n] for n in scope if n in placed]
            best = max(members, key=_weightiest, default=None)
            for provision, part in zip(
                citation.provisions, citation.parts or (citation.span,), strict=False
            ):
                yield from self._citation(
                    provision, part if len(citation.provisions) > 1 else citation.span, best, scope
                )

    def _citation(
        self, provision: ProvisionId, span: Span, best: Placed | None, scope: range
    ) -> Iterator[Finding]:
        regulation = self.knowledge.regulation
        heard = Heard.joined([self.heard[n] for n in scope])
        said_here = sum(len(self.sentence.clauses[n].bag.grams) for n in scope)
        if said_here < 3 and self.thread.last is not None and self._looks_back():
            heard = Heard.joined([*self.thread.last[1].heard, *self.heard])
        thin = heard.mass.total < 20
        whole = self.aligner.align(heard, self._context(scope.start) if thin else ())
        weighty = heard.mass.known >= 7
        certain = weighty and whole.best is not None and whole.best.certainty >= CERTAIN
        right = self._right_place(whole, best) if certain else None
        said = self._said(span)
        try:
            provision = regulation.canonical(provision)
        except NoSuchProvisionError as error:
            expected = self._label(right, provision) if right is not None else error.remedy or None
            yield self._finding(
                span, FindingKind.CITATION, Verdict.CONTRADICTED, expected, None,
                self.voice.wrong_place(said, None, f"{error.fault}，{error.remedy}"),
                provision=right,
            )  # fmt: skip
            return
        if whole.best is None or not certain or right is None:
            return
        here = max(
            (c.score for c in whole.candidates
             if provision.covers(self.knowledge.rows[c.row].rule.provision)), default=0.0,
        )  # fmt: skip
        share = FOUND_HERE_ENGLISH if self.voice.english else FOUND_HERE
        if here >= share * whole.best.score or provision.covers(right):
            yield self._finding(
                span, FindingKind.CITATION, Verdict.SUPPORTED, None, None,
                self._says(provision), provision=provision,
            )  # fmt: skip
            return
        yield self._finding(
            span, FindingKind.CITATION, Verdict.CONTRADICTED, self._label(right, provision), None,
            self.voice.wrong_place(said, self._at_depth(right, provision)), whole.best.certainty, right,
        )  # fmt: skip

    def _looks_back(self) -> bool:
        """Whether a sentence that only cites vouches for the one before it."""
        last = self.thread.last
        assert last is not None
        near = self.sentence.sentence.block - last[0].sentence.block <= 1
        return near and not any(c.citations for c in last[0].clauses)

    def _right_place(self, whole: Alignment, best: Placed | None) -> ProvisionId:
        rows = self.knowledge.rows
        assert whole.best is not None
        if best is not None and best.outcome is Verdict.SUPPORTED:
            for candidate in whole.near(0.9):
                if rows[candidate.row].rule.provision == best.row.rule.provision:
                    return best.row.rule.provision
        return rows[whole.best.row].rule.provision

    @staticmethod
    def _at_depth(right: ProvisionId, cited: ProvisionId) -> ProvisionId:
        """The right provision, as finely as the text cites."""
        if cited.item is not None:
            return right
        if cited.paragraph is not None:
            return replace(right, item=None)
        return right.of_article

    def _label(self, right: ProvisionId, cited: ProvisionId) -> str:
        return self.voice.cite(self._at_depth(right, cited))

    def _says(self, provision: ProvisionId) -> str:
        where = self.voice.cite(provision)
        return (
            f"{where} says this."
            if self.voice.english
            else where + self.voice.script("确有此规定。")
        )


_MAIN = {
    FindingKind.TIME_LIMIT: 0, FindingKind.EFFECTIVE: 0, FindingKind.ACTOR: 1,
    FindingKind.RECIPIENT: 2, FindingKind.ACTION: 3, FindingKind.MODALITY: 4,
    FindingKind.QUOTE: 5, FindingKind.CITATION: 6,
}  # fmt: skip

_SPEECH = re.compile(
    r"(?:有人|有同志|同志|群众|网友|对方|他|她|我|大家|领导|问|误)(?:们)?(?:曾|常|又)?(?:说|问|讲|认为|以为|反映|觉得|提出|理解为|写成)\s*[,:]?\s*$"
)


def _speech(view: str, start: int) -> bool:
    """Whether a quotation is somebody's speech and not the regulation's words."""
    return _SPEECH.search(view, max(0, start - 14), start) is not None


def _faults(slots: tuple[Slot, ...]) -> tuple[int, int]:
    return (
        sum(s.fit is Fit.SILENT for s in slots),
        sum(s.fit in (Fit.DIFFERS, Fit.UNSAID) for s in slots),
    )


def _silenced(slots: tuple[Slot, ...]) -> bool:
    """Whether the text denies that there is what this row sets."""
    return any(s.fit is Fit.DIFFERS and s.fault is Fault.SILENCE for s in slots)


def _worst(slots: tuple[Slot, ...]) -> Iterator[Slot]:
    """The faults to report: marked ones, else the unmarked."""
    wrong = [s for s in slots if s.fit is Fit.DIFFERS]
    marked = [s for s in wrong if not s.weak]
    yield from marked or wrong


def _weightiest(placed: Placed) -> float:
    return placed.alignment.mass.known


def _citation_scopes(sentence: SentenceReading) -> tuple[tuple[CitedClause, range], ...]:
    """For each citation the clauses that it vouches for."""
    clauses = sentence.clauses
    holders = [n for n, c in enumerate(clauses) if c.citations]
    out: list[tuple[CitedClause, range]] = []
    for number in holders:
        for cited in clauses[number].citations:
            if cited.bearing is Bearing.BACKWARD:
                first = number
                while first > 0 and not clauses[first - 1].citations:
                    if clauses[first].cut is Break.SEMICOLON:
                        break
                    first -= 1
                out.append((cited, range(first, number + 1)))
            else:
                first, last = number, number + 1
                if cited.bearing is Bearing.HERE:
                    while first > 0 and not clauses[first - 1].citations:
                        if clauses[first].cut is Break.SEMICOLON:
                            break
                        first -= 1
                while last < len(clauses) and not clauses[last].citations:
                    if clauses[last].cut is Break.SEMICOLON and cited.bearing is Bearing.HERE:
                        break
                    last += 1
                out.append((cited, range(first, last)))
    return tuple(out)
