"""Each clause of a sentence placed on the row of the rule table that it is about.

The alignment proposes rows by subject; who is named, which kinds of limit are stated and how
grave the event is decide among those that lie near. What a text leaves unsaid in one clause
it takes from its neighbours, its heading and the sentences before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.align import Alignment, Candidate, Context, Heard
from assistant.choosing import (
    CERTAIN,
    NEAR,
    SURE,
    Clue,
    Tried,
    choose,
    has_verb,
    is_sound,
    outcome,
    with_limit,
)
from assistant.citing import bare_citations, citation_scopes
from assistant.claims import ClauseReading, Reading, SentenceReading
from assistant.findings import FindingKind, Verdict
from assistant.judge import judge
from assistant.judge_words import compare_words
from assistant.kinship import match_actor
from assistant.knowledge import Knowledge
from assistant.measures import Severity
from assistant.roles import Party, Role
from assistant.segment import Break
from assistant.slots import Fault, Fit, Row, Slot
from index.limits import LimitKind
from index.regulation import ProvisionId
from index.rules import Modality
from index.text import Span

__all__ = ["CERTAIN", "SURE", "Placed", "Placer", "Thread"]

ODD = 13.0
"""Weight of unknown words beyond which a clause is about something else than its neighbour."""
KNOWN = 4.0
"""Weight of unknown words up to which a clause in few words may be placed on less."""
SPARE = 0.3
"""How sure such a clause must be: 轮岗看五年."""
THIN = 9.0
"""Weight, in idf, below which a clause says by itself too little to tell rows apart."""
FAINT = 3.0
"""Weight of known words below which a clause says nothing of its matter."""
LEAST = 0.02
"""Weight below which a neighbour no longer counts."""
MOST_ROWS = 24


@dataclass
class Thread:
    """What earlier sentences leave for later ones."""

    bags: list[tuple[int, Heard, bool]] = field(default_factory=list)
    """(block, content, whether a question) of the last sentences."""
    block: int = -1
    cited: tuple[ProvisionId, ...] = ()
    severity: Severity | None = None
    last: Placer | None = None
    """Of the sentence before."""
    waiting: tuple[tuple[ProvisionId, Span], ...] = ()
    """Citations of the sentence before, where they stand alone."""
    places: list[ProvisionId] = field(default_factory=list)
    """Where the last sentences stand."""

    def remember(self, placer: Placer, placed: Iterable[Placed]) -> None:
        """Keep what the next sentence may lean on."""
        sentence = placer.sentence
        self.places.extend(
            p.row.rule.provision for p in placed if p.outcome is not Verdict.UNVERIFIABLE
        )
        del self.places[:-60]
        heard = [h for h in placer.heard if h.mass.total > 0]
        if heard:
            self.bags.append(
                (sentence.sentence.block, Heard.joined(heard), sentence.sentence.question)
            )
            del self.bags[:-3]
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
        waits = not (self.last is not None and self.last.heard and self.places)
        lone = bare_citations(placer)
        self.waiting = lone if lone and (waits or _opens(placer)) else ()
        self.block = sentence.sentence.block
        self.last = placer


def _opens(placer: Placer) -> bool:
    """Whether a sentence announces the next one: 第二条的原文：."""
    span = placer.sentence.sentence.span
    return placer.view[span.start : span.end].rstrip().endswith(":")


@dataclass(frozen=True, slots=True)
class Placed:
    """A clause with the row it is about."""

    clause: ClauseReading
    row: Row
    candidate: Candidate
    slots: tuple[Slot, ...]
    outcome: Verdict
    alignment: Alignment


_OF_A_TEXT = re.compile(
    r"办法|文件|条例|规定|法规|施行|生效|管用|算数|\b(?:measures|regulation|rules|effect|force)\b"
)
"""What takes effect is a text, not a plan."""

_EQUATES = re.compile(r"就是|等于|相当于|折合|也就是|换算|即")
_JOINS = re.compile(
    r"(?:[\s、,。;:!.()“”\"'|\-和及与或]|以及|还有|由|负责|承担|牵头|\band\b|\bor\b|\bthe\b)*"
)

_POINTS = re.compile(r"^(?:这|此|该|上述|以上|前述)(?!前|后|外)|把(?:它|这|此|该|上述)")
"""这副担子由X来挑: a clause that says who does what the one before says."""


class Placer:
    """Places the clauses of one sentence."""

    def __init__(
        self, knowledge: Knowledge, reading: Reading, sentence: SentenceReading, thread: Thread
    ) -> None:
        self.aligner = knowledge.aligner
        self.rows = knowledge.rows
        self.table = knowledge.actors
        self.regulation = knowledge.regulation
        self.english = reading.english
        self.view = reading.view
        self.sentence = sentence
        self.thread = thread
        self.scopes = citation_scopes(sentence)
        self.heard = [self.aligner.hear(clause.bag) for clause in sentence.clauses]
        whole = sentence.sentence.span
        self.alone = sum(h.mass.known for h in self.heard)
        """Weight of all that the sentence says itself."""
        self.here = [_pairs(self.view, clause.span) for clause in sentence.clauses]
        self.before: int | None = None
        """The row that the clause before was about."""
        self.pairs = _pairs(self.view, whole)

    def _names_only(self, number: int) -> bool:
        """Whether a clause only names somebody: the answer to who it is."""
        clause = self.sentence.clauses[number]
        at, rest = clause.span.start, []
        for party in clause.parties:
            rest.append(self.view[at : party.span.start])
            at = party.span.end
        rest.append(self.view[at : clause.span.end])
        return bool(clause.parties) and all(_JOINS.fullmatch(words) for words in rest)

    def context(self, number: int) -> list[Context]:
        """What bears on a clause, and how much: the less it says itself, the more."""
        clauses = self.sentence.clauses
        own = self.heard[number].mass.total
        if self._names_only(number) or (
            number and _POINTS.search(clauses[number].span.of(self.view))
        ):
            own = 0.0  # 这项制度…: of what went before
        need = max(0.12, min(1.0, 1.1 - own / 22))
        out: list[Context] = []
        weight = 0.75
        for i in range(number - 1, -1, -1):
            cut = clauses[i + 1].cut
            weight *= 0.55 if cut is Break.SEMICOLON else 0.85 if i == number - 1 else 0.7
            if weight * need < LEAST:
                break
            out.append(Context(self.heard[i], weight * need))
        weight = 0.6
        for i in range(number + 1, min(len(clauses), number + 4)):
            weight *= 0.3 if clauses[i].cut is Break.SEMICOLON else 0.8 if i == number + 1 else 0.6
            out.append(Context(self.heard[i], weight * need))
        if self.sentence.heading is not None:
            out.append(Context(self.aligner.hear(self.sentence.heading), 0.5 * need))
        alone = self.alone
        for age, (block, heard, question) in enumerate(reversed(self.thread.bags)):
            near = block == self.sentence.sentence.block
            share = (0.7 if question else 0.4 if near else 0.15) * (0.5**age)
            if near and alone < THIN:  # notes, line by line
                share = max(share, 0.6 * (0.8**age))
            if alone > 25:
                share *= 0.3
            out.append(Context(heard, share * need))
        return out

    def _subjects(self, number: int) -> tuple[Party, ...]:
        """The bearers in force at a clause: its own, or the last marked one before it."""
        clauses = self.sentence.clauses
        cleft = self._cleft(number)
        if cleft:
            return cleft
        for i in range(number, -1, -1):
            clause = clauses[i]
            own = tuple(p for p in clause.parties if p.role in (Role.BEARER, Role.SUBJECT))
            if not own and i < number:
                own = tuple(self._owner(clause))
            if own:
                marked = tuple(p for p in own if p.marked)
                return marked or own
            if clause.cut >= Break.SEMICOLON:
                break
        return ()

    def _owner(self, clause: ClauseReading) -> Iterable[Party]:
        """兴安盟委政法委的研判，每季度1次: whose matter it is, first in its clause."""
        for party in clause.parties[:1]:
            first = party.span.start - clause.span.start <= 1
            owns = self.view[party.span.end : party.span.end + 1] == "的"
            if first and owns and party.mention is not None and party.mention.level is not None:
                yield replace(party, role=Role.SUBJECT)

    def _cleft(self, number: int) -> tuple[Party, ...]:
        """研判的，不是甲，而是乙: who is named after a clause as the one who acts. Whoever the
        clause itself names without a mark is its topic."""
        clauses = self.sentence.clauses
        if any(p.marked or p.cleft for p in clauses[number].parties):
            return ()
        for i in range(number + 1, len(clauses)):
            if clauses[i].cut >= Break.SEMICOLON:
                break
            said = clauses[i].span.of(self.view)
            points = _POINTS.search(said) is not None and not clauses[i].times
            hollow = self.heard[i].mass.known < THIN
            found = tuple(
                replace(p, role=Role.BEARER) for p in clauses[i].parties
                if (
                    p.cleft
                    or (points and (p.role is Role.BEARER or p.given))
                    or (hollow and p.given)
                )
                and not self.sentence.is_denied(p.span)
            )  # fmt: skip
            if found:
                return found
        return ()

    def cited(self, number: int) -> tuple[ProvisionId, ...]:
        """The provisions that vouch for a clause."""
        out: list[ProvisionId] = []
        for cited, scope in self.scopes:
            if number in scope and cited.citation.work is None:
                out.extend(cited.citation.expand(self.regulation))
        return tuple(out)

    def place(self, number: int, clause: ClauseReading) -> Placed | None:
        """The row that a clause is about, with its slots compared; None when it says nothing."""
        if not (clause.bag or clause.times or clause.marks or clause.parties):
            return None
        cited = self.cited(number)
        only = self._names_only(number)
        alone = len(self.sentence.clauses) == 1 and self.sentence.heading is None
        first = number == 0 and not self.thread.bags and self.sentence.heading is None
        bare = bool(clause.times) and all(t.bare for t in clause.times)
        equated = _EQUATES.search(clause.span.of(self.view)) is not None
        if (
            first
            and bare
            and not equated
            and not cited
            and not clause.parties
            and self.heard[number].mass.known < FAINT
        ):
            return None  # 3小时与20个工作日: limits of what is said later
        if only and alone and not self.thread.bags:
            return None  # a name, and nothing that tells what of it
        favoured = self.aligner.rows_under(cited) if cited else frozenset()
        soft = self.aligner.rows_under(self.thread.cited) if not cited else frozenset()
        alignment = self.aligner.align(
            self.heard[number], self.context(number), favoured or soft, 1.35 if favoured else 1.1
        )
        candidates = self._candidates(number, clause, alignment, favoured)
        if not candidates:
            nothing = Candidate(0, 0.0, 0.0)
            return Placed(clause, self.rows[0], nothing, (), Verdict.UNVERIFIABLE, alignment)
        if only and self.before is not None and any(p.cleft for p in clause.parties):
            known = [c for c in candidates if c.row == self.before]
            candidates = known or candidates  # …的，是X: of what the clause before says
        wordless = self.heard[number].mass.known < FAINT and not (clause.times or clause.parties)
        if wordless and number and self.before is not None and not clause.citations:
            known = [c for c in candidates if c.row == self.before]
            candidates = known or candidates  # …，用的是“可以”: of what the clause before says
        subjects = self._subjects(number)
        tried: list[Tried] = []
        for candidate in candidates[:MOST_ROWS]:
            row = self.rows[candidate.row]
            slots = judge(row, self.sentence, clause, self.view, subjects)
            weight = self._weight(number, candidate, clause, slots, row)
            tried.append(Tried(weight, candidate, row, slots))
        tried.sort(key=lambda t: (-t.weight, t.candidate.row))
        chosen = with_limit(tried, choose(tried, self._clue(number, favoured)))
        row, slots = chosen.row, chosen.slots
        candidate = self._carried(number, clause, chosen.candidate, row, slots)
        permits = row.rule.modality is Modality.MAY
        verdict = outcome(candidate, slots, permits=permits)
        if not only and verdict in (Verdict.SUPPORTED, Verdict.NO_CLAIM):
            likeness = 6 if candidate.certainty >= SURE else 9
            words = tuple(
                s for s in compare_words(row, clause, self.view, likeness)
                if not self.sentence.is_denied(s.span)
            )  # fmt: skip
            slots += words
            verdict = Verdict.CONTRADICTED if words else verdict
        self.before = candidate.row
        return Placed(clause, row, candidate, slots, verdict, alignment)

    def bears_out(self, number: int, provision: ProvisionId) -> bool:
        """Whether a row of ``provision`` agrees with all that a clause states of time and of
        who acts, and is about the same."""
        clause = self.sentence.clauses[number]
        subjects = self._subjects(number)
        rows = self.aligner.rows_under((provision,))
        alignment = self.aligner.align(self.heard[number], self.context(number))
        for candidate in alignment.candidates:
            if candidate.row not in rows:
                continue
            slots = judge(self.rows[candidate.row], self.sentence, clause, self.view, subjects)
            kinds = {s.kind for s in slots if s.fit is Fit.AGREES}
            if is_sound(slots) and kinds >= {FindingKind.TIME_LIMIT, FindingKind.ACTOR}:
                return True
        return False

    def _clue(self, number: int, favoured: frozenset[int]) -> Clue:
        clause, mass = self.sentence.clauses[number], self.heard[number].mass
        counted = any(t.limit.anchor for t in clause.times)
        return Clue(
            here=self.here[number],
            around=self.pairs,
            english=self.english,
            thin=mass.total < THIN,
            silent=mass.known < FAINT and not clause.parties and not counted,
            bound=favoured,
        )

    def _sets(self, row: int, kinds: Collection[LimitKind]) -> bool:
        limit = self.rows[row].rule.time
        return limit is not None and limit.kind in kinds

    def _candidates(
        self, number: int, clause: ClauseReading, alignment: Alignment, favoured: frozenset[int]
    ) -> list[Candidate]:
        """The rows worth comparing with."""
        candidates = list(alignment.near(0.55))
        sure = alignment.best.certainty if alignment.best is not None else 0.0
        kinds = {t.limit.kind for t in clause.times if t.limit.quantity is not None}
        thin = self.heard[number].mass.total < THIN
        if kinds and thin:
            # nothing but a limit: of what the context is about, the row that sets one
            timed = [c for c in alignment.candidates if self._sets(c.row, kinds)]
            if timed and timed[0].score >= 0.5 * alignment.candidates[0].score:
                candidates = [c for c in timed if c.score >= 0.55 * timed[0].score]
        if kinds and thin:
            candidates += self._borne_by(number, clause, kinds, candidates)
        if favoured and (alignment.mass.total < 9 or (clause.times and sure < CERTAIN)):
            # the clause says too little by itself: the citation says what it is about
            known = {c.row: c.score for c in candidates}
            candidates = [Candidate(n, 0.5 + known.get(n, 0.0) / 2, 0.5) for n in sorted(favoured)]
        if alignment.mass.unknown >= 14:
            return candidates
        whole = self.sentence.sentence.span.of(self.view)
        if any(t.limit.kind is LimitKind.EFFECTIVE for t in clause.times) and _OF_A_TEXT.search(
            whole
        ):
            return [
                Candidate(n, 1.0, 1.0)
                for n, row in enumerate(self.rows)
                if row.rule.time is not None and row.rule.time.kind is LimitKind.EFFECTIVE
            ]
        if clause.thresholds:  # 旗县以上 says what it is about: the scope of the regulation
            return [
                replace(c, certainty=max(c.certainty, CERTAIN)) if self.rows[c.row].threshold else c
                for c in candidates
            ]
        return candidates

    def _carried(
        self,
        number: int,
        clause: ClauseReading,
        candidate: Candidate,
        row: Row,
        slots: tuple[Slot, ...],
    ) -> Candidate:
        """A limit in odd words, beside a clause that is surely about the matter whose limit of
        this kind the row sets: 凡需请示的重大事项，材料至少早一个星期交上去."""
        kinds = {
            t.limit.kind for t in clause.times
            if t.limit.quantity is not None or t.limit.kind is LimitKind.BY
        }  # fmt: skip
        limit = row.rule.time
        if candidate.certainty >= CERTAIN or limit is None or limit.kind not in kinds:
            return candidate
        said = self.heard[number].mass
        agreed = all(s.fit is not Fit.DIFFERS for s in slots)
        if agreed and candidate.certainty >= SPARE and said.known > 0 and said.unknown <= KNOWN:
            return replace(candidate, certainty=CERTAIN)
        if self.heard[number].mass.unknown > ODD:
            return candidate
        article = row.rule.provision.of_article
        for i in (number - 1, number + 1):
            if not 0 <= i < len(self.heard) or self.heard[i].mass.known < THIN:
                continue
            beside = self.aligner.align(self.heard[i])
            if beside.best is None or beside.best.certainty < CERTAIN:
                continue
            near = {self.rows[c.row].rule.provision.of_article for c in beside.near(NEAR)}
            if article in near:
                return replace(candidate, certainty=CERTAIN)
        return candidate

    def _borne_by(
        self,
        number: int,
        clause: ClauseReading,
        kinds: Collection[LimitKind],
        known: Sequence[Candidate],
    ) -> list[Candidate]:
        """…，政法单位党组每月开1次会: the rows of whoever a clause names, that set a limit of
        the kind and that its few words speak for, beside those of the context."""
        named = [p.mention for p in clause.parties if p.role is Role.BEARER and p.mention]
        have = {c.row for c in known}
        scores, table = self.heard[number].scores, self.table
        return [
            Candidate(n, known[0].score / 2, CERTAIN)
            for n, row in enumerate(self.rows)
            if n not in have
            and self._sets(n, kinds)
            and scores[n] > 0
            and known
            and any(match_actor(m, b, table) for m in named for b in row.bearer_ids())
        ]

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

    def _weight(
        self,
        number: int,
        candidate: Candidate,
        clause: ClauseReading,
        slots: tuple[Slot, ...],
        row: Row,
    ) -> float:
        """The score of a row, with what speaks for and against it beside its subject."""
        weight = candidate.score
        if candidate.row == self.before:
            weight *= 1.08  # a text stays with its subject
        actors = [s for s in slots if s.kind is FindingKind.ACTOR]
        if any(s.fit is Fit.AGREES for s in actors):
            weight *= 1.1
        elif any(s.fit is Fit.DIFFERS for s in actors):
            weight *= 0.88
        if any(s.kind is FindingKind.RECIPIENT and s.fit is Fit.AGREES for s in slots):
            weight *= 1.05
        elif clause.times and any(
            s.kind is FindingKind.RECIPIENT and s.fit is Fit.DIFFERS for s in slots
        ):
            weight *= 0.92
        elif any(s.fit is Fit.UNSAID for s in slots):
            weight *= 0.82
        if not has_verb(row, self.pairs, self.english):
            weight *= 0.88
        elif not has_verb(row, self.here[number], self.english):
            weight *= 0.9
        named = self._severity(number)
        if named is not None and row.severity is not None and named is not row.severity:
            weight *= 0.4
        if any(s.fault is Fault.ACT for s in slots):
            weight *= 0.85
        if any(s.fault is Fault.COUNT and s.kind is FindingKind.ACTION for s in slots):
            weight *= 1.3  # it counts what only this row counts
        if any(s.fit is Fit.SILENT for s in slots):
            weight *= 0.75
        if clause.times:
            kinds = {t.limit.kind for t in clause.times}
            if row.rule.time is not None and row.rule.time.kind in kinds:
                weight *= 1.1
        return weight


def _pairs(view: str, span: Span) -> frozenset[str]:
    return frozenset(view[i : i + 2] for i in range(span.start, span.end - 1))
