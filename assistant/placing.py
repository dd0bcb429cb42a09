"""Each clause of a sentence placed on the row of the rule table that it is about.

The alignment proposes rows by subject; who is named, which kinds of limit are stated and how
grave the event is decide among those that lie near. What a text leaves unsaid in one clause
it takes from its neighbours, its heading and the sentences before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from assistant.align import Alignment, Candidate, Context, Heard
from assistant.citing import bare_citations, citation_scopes
from assistant.claims import ClauseReading, Reading, SentenceReading
from assistant.findings import FindingKind, Verdict
from assistant.judge import judge
from assistant.judge_words import compare_words
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

CERTAIN = 0.4
"""Below this an alignment is a guess, and the outcome unverifiable."""
SURE = 0.62
"""From here on an alignment stands even beside a claim that none explains."""
ODD = 13.0
"""Weight of unknown words beyond which a clause is about something else than its neighbour."""
OWN = 0.95
"""A row that the clause's own words speak for at least so much as for the best one competes
with it although the clause lacks its verb."""
KNOWN = 4.0
"""Weight of unknown words up to which a clause in few words may be placed on less."""
SPARE = 0.3
"""How sure such a clause must be: 轮岗看五年."""
THIN = 9.0
"""Weight, in idf, below which a clause says by itself too little to tell rows apart."""
NEAR = 0.82
"""Rows within this share of the best compete on their slots."""
FAINT = 3.0
"""Weight of known words below which a clause says nothing of its matter."""
LOOSE = 0.6
"""Where the clause says nothing but a limit, rows within this share compete."""
CLOSE = 0.8
"""And they explain at least this share of what the best explains."""
SILENCED = 0.93
"""Nearer still must be the row whose existence the text denies."""
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

_JOINS = re.compile(r"(?:[\s、,。;:!.()“”\"'|\-和及与或]|以及|还有|\band\b|\bor\b|\bthe\b)*")

_POINTS = re.compile(r"^(?:这|此|该|上述|以上|前述)(?!前|后|外)|把(?:它|这|此|该|上述)")
"""这副担子由X来挑: a clause that says who does what the one before says."""

Entry = tuple[float, Candidate, Row, tuple[Slot, ...]]
"""A row tried for a clause: weight, candidate, row, slots."""


class Placer:
    """Places the clauses of one sentence."""

    def __init__(
        self, knowledge: Knowledge, reading: Reading, sentence: SentenceReading, thread: Thread
    ) -> None:
        self.aligner = knowledge.aligner
        self.rows = knowledge.rows
        self.regulation = knowledge.regulation
        self.english = reading.english
        self.view = reading.view
        self.sentence = sentence
        self.thread = thread
        self.scopes = citation_scopes(sentence)
        self.heard = [self.aligner.hear(clause.bag) for clause in sentence.clauses]
        whole = sentence.sentence.span
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
            if own:
                marked = tuple(p for p in own if p.marked)
                return marked or own
            if clause.cut >= Break.SEMICOLON:
                break
        return ()

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
            found = tuple(
                p for p in clauses[i].parties
                if (p.cleft or (points and (p.role is Role.BEARER or p.given)))
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
        only = self._names_only(number)
        alone = len(self.sentence.clauses) == 1 and self.sentence.heading is None
        if only and alone and not self.thread.bags:
            return None  # a name, and nothing that tells what of it
        cited = self.cited(number)
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
        subjects = self._subjects(number)
        tried: list[Entry] = []
        for candidate in candidates[:MOST_ROWS]:
            row = self.rows[candidate.row]
            slots = judge(row, self.sentence, clause, self.view, subjects)
            weight = self._weight(number, candidate, clause, slots, row)
            tried.append((weight, candidate, row, slots))
        tried.sort(key=lambda t: (-t[0], t[1].row))
        thin = self.heard[number].mass.total < THIN
        _, candidate, row, slots = self._choose(tried, number, thin, favoured)
        if any(s.fit is Fit.SILENT and s.kind is FindingKind.TIME_LIMIT for s in slots):
            candidate, row, slots = self._timed(tried, row) or (candidate, row, slots)
        candidate = self._carried(number, clause, candidate, row, slots)
        permits = row.rule.modality is Modality.MAY
        outcome = _outcome(candidate, slots, permits=permits)
        if not only and outcome in (Verdict.SUPPORTED, Verdict.NO_CLAIM):
            likeness = 6 if candidate.certainty >= SURE else 9
            words = tuple(
                s for s in compare_words(row, clause, self.view, likeness)
                if not self.sentence.is_denied(s.span)
            )  # fmt: skip
            slots += words
            outcome = Verdict.CONTRADICTED if words else outcome
        self.before = candidate.row
        return Placed(clause, row, candidate, slots, outcome, alignment)

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
            if _sound(slots) and kinds >= {FindingKind.TIME_LIMIT, FindingKind.ACTOR}:
                return True
        return False

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
        if kinds and self.heard[number].mass.total < THIN:
            # nothing but a limit: of what the context is about, the row that sets one
            timed = [c for c in alignment.candidates if self._sets(c.row, kinds)]
            if timed and timed[0].score >= 0.5 * alignment.candidates[0].score:
                candidates = [c for c in timed if c.score >= 0.55 * timed[0].score]
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

    def _timed(
        self, tried: list[Entry], chosen: Row
    ) -> tuple[Candidate, Row, tuple[Slot, ...]] | None:
        """The row of the same article that sets a limit of the kind that a clause states, when
        the one that it is mostly about sets none: a clause may make two claims."""
        article = chosen.rule.provision.of_article
        for weight, candidate, row, slots in tried:
            limits = [s for s in slots if s.kind is FindingKind.TIME_LIMIT]
            settled = limits and all(s.fit in (Fit.AGREES, Fit.DIFFERS) for s in limits)
            if (
                weight >= 0.45 * tried[0][0]
                and settled
                and (row.rule.provision.of_article == article)
            ):
                kept = tuple(s for s in slots if s.fit is not Fit.DIFFERS or s in limits)
                return candidate, row, kept
        return None

    def _at_level(self, tried: list[Entry], here: frozenset[str]) -> Entry | None:
        """The row of another level that bears the clause out, when only the level speaks
        against the best: what a league does and what a banner does are told alike."""
        top, best, _, slots = tried[0]
        wrong = [s for s in slots if s.fit is Fit.DIFFERS]
        if not wrong or any(s.fault is not Fault.LEVEL for s in wrong):
            return None
        for entry in tried[1:]:
            if self.english and _earns(entry[1]) < CLOSE * _earns(best):
                continue  # English has no characters to tell whose verb it is
            if entry[0] >= 0.6 * top and _sound(entry[3]) and self._acts(entry[2], here):
                return entry
        return None

    def _choose(
        self,
        tried: list[Entry],
        number: int,
        thin: bool,
        favoured: frozenset[int],
    ) -> Entry:
        """Of the rows near the best one: the one that the text says does not exist, else one
        that bears every slot out, else the one with the fewest faults."""
        top, best = tried[0][0], tried[0][1]
        for entry in tried:
            if entry[0] >= top * SILENCED and _denies(entry[3]):
                return entry
        here = self._pairs_of(self.sentence.clauses[number])
        clause = self.sentence.clauses[number]
        counted = any(t.limit.anchor for t in clause.times)
        silent = (
            self.heard[number].mass.known < FAINT and not clause.parties and not counted
        )
        bound = favoured if best.row in favoured else frozenset(t[1].row for t in tried)
        near = [
            t for t in tried
            if t is tried[0] or (
                t[0] >= top * (LOOSE if silent else NEAR)
                and t[1].score >= (LOOSE if silent else CLOSE) * best.score
                and t[1].row in bound
                and (
                    thin
                    or (self._acts(t[2], here) and not self.english)
                    or _earns(t[1]) >= (CLOSE if self.english else OWN) * _earns(best)
                )
            )
        ]  # fmt: skip
        sound = next((entry for entry in near if _sound(entry[3])), None)
        return (
            sound
            or self._at_level(tried, here)
            or self._from_set(tried)
            or min(near, key=lambda t: (_faults(t[3]), -t[0]))
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
        told speaks against the best: 报同级党委并反馈被查单位 is two duties."""
        top, _, row, slots = tried[0]
        wrong = {s.kind for s in slots if s.fit is Fit.DIFFERS}
        if wrong != {FindingKind.RECIPIENT}:
            return None
        for entry in tried[1:]:
            weight, _, other, its = entry
            if weight < 0.6 * top or other.rule.provision != row.rule.provision:
                continue
            if _sound(its) and self._acts(other, self.pairs):
                return entry
        return None

    def _acts(self, row: Row, pairs: frozenset[str]) -> bool:
        """Whether a stretch, given as its pairs of characters, has the row's verb or a word
        for it."""
        return self.english or not row.verbs or not row.verbs.isdisjoint(pairs)

    def _pairs_of(self, clause: ClauseReading) -> frozenset[str]:
        return _pairs(self.view, clause.span)

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
        if not self._acts(row, self.pairs):
            weight *= 0.88
        elif not self._acts(row, self._pairs_of(clause)):
            weight *= 0.9
        named = self._severity(number)
        if named is not None and row.severity is not None and named is not row.severity:
            weight *= 0.4
        if any(s.fault is Fault.ACT for s in slots):
            weight *= 0.85
        if any(s.fit is Fit.SILENT for s in slots):
            weight *= 0.75
        if clause.times:
            kinds = {t.limit.kind for t in clause.times}
            if row.rule.time is not None and row.rule.time.kind in kinds:
                weight *= 1.1
        return weight


def _pairs(view: str, span: Span) -> frozenset[str]:
    return frozenset(view[i : i + 2] for i in range(span.start, span.end - 1))


def _earns(candidate: Candidate) -> float:
    """What a clause's own words say for a row, without its context."""
    return candidate.own * candidate.score


def _outcome(candidate: Candidate, slots: tuple[Slot, ...], *, permits: bool) -> Verdict:
    """What the chosen row makes of a clause; ``permits`` when the row grants a power."""
    fits = {s.fit for s in slots}
    if candidate.certainty < CERTAIN:
        return Verdict.UNVERIFIABLE
    unset = any(s.fit is Fit.SILENT and s.kind is FindingKind.TIME_LIMIT for s in slots)
    if unset and candidate.certainty < SURE:
        return Verdict.UNVERIFIABLE  # a limit that the row knows nothing of: another matter
    if Fit.DIFFERS in fits:
        faults = {s.fault for s in slots if s.fit is Fit.DIFFERS}
        if faults == {Fault.SILENCE} and candidate.certainty < SURE:
            return Verdict.NO_CLAIM
        strangers = any(s.fault is Fault.BEARER for s in slots)
        limits = any(s.fit is Fit.DIFFERS and s.kind is FindingKind.TIME_LIMIT for s in slots)
        if strangers and limits and candidate.certainty < SURE:
            return Verdict.UNVERIFIABLE  # somebody else's duty with a limit of its own
        return Verdict.CONTRADICTED
    if Fit.SILENT in fits:
        return Verdict.UNVERIFIABLE
    agreed = [s for s in slots if s.fit is Fit.AGREES]
    hollow = not permits and all(s.weak or s.kind is FindingKind.MODALITY for s in agreed)
    if not agreed or (hollow and candidate.certainty < SURE):
        return Verdict.NO_CLAIM  # 随时招呼, 应当重视: words that any matter has
    return Verdict.SUPPORTED


def _sound(slots: tuple[Slot, ...]) -> bool:
    """Whether a row bears out everything that a clause states."""
    fits = {s.fit for s in slots}
    return Fit.AGREES in fits and fits.isdisjoint((Fit.DIFFERS, Fit.SILENT, Fit.UNSAID))


def _faults(slots: tuple[Slot, ...]) -> tuple[int, int]:
    return (
        sum(s.fit is Fit.SILENT for s in slots),
        sum(s.fit in (Fit.DIFFERS, Fit.UNSAID) for s in slots),
    )


def _denies(slots: tuple[Slot, ...]) -> bool:
    """Whether the text denies that there is what this row sets, or turns it round."""
    denied = (Fault.SILENCE, Fault.REVERSED)
    return any(
        s.fit is Fit.DIFFERS
        and (s.fault in denied or (s.fault is Fault.COUNT and s.kind is FindingKind.ACTION))
        for s in slots
    )
