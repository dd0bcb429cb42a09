"""A second opinion on a sentence: do the rows that it cites, and they alone, say this?

The checker asks whether a sentence agrees with the regulation, and lets pass what it has no
view of. A guest's sentence names its provisions, so more can be asked: every clause needs
one row of those provisions as its witness, which has its time limits, its actors in their
roles and its force. This refuses some true sentences in unusual words; of the mutation
suite's false ones with a right citation it lets pass 2 in 1,000, and the checker stops those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.claims import ClauseReading, Reading, SentenceReading, read
from assistant.grams import mask
from assistant.guest.events import Reason
from assistant.guest.grounding import Wordlists
from assistant.judge import judge
from assistant.knowledge import Knowledge
from assistant.polarity import Force
from assistant.roles import Party, Role
from assistant.slots import Fit, Row
from index.actors import ActorMention
from index.anchors import anchor_event
from index.limits import Comparison, LimitKind, TimeLimit, TimeMention
from index.regulation import ProvisionId
from index.rules import Modality
from index.text import Span

__all__ = ["Doubt", "Witnesses"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a sentence is not borne out."""

    reason: Reason
    detail: str


_LEADS = re.compile(
    r"(?:综上(?:所述)?|总之|总的来说|简言之|换言之|也就是说|具体(?:来说|而言|如下|地说)?|因此|所以|"
    r"另外|此外|同时|首先|其次|再次|最后|其中|注意|请注意|需要注意的是|值得注意的是|"
    r"(?:根据|按照|依据|依照)(?:以上|上述|所?提供的|相关|有关|本办法的?)*"
    r"(?:材料|条文|规定|内容|办法|要求)?(?:的?规定)?|"
    r"in (?:short|summary|addition|particular|other words)|specifically|therefore|thus|also|"
    r"furthermore|moreover|additionally|however|note that|"
    r"(?:according to|under|as) (?:the )?(?:regulation|measures|provisions?|rules?|material|text)"
    r"(?: (?:provided|above|given))?)"
    r"\s*(?:\([^()]{1,30}\))?"
)
"""A clause that only leads on: nothing is claimed by it."""
_NEGATION = re.compile(
    r"不|没|未|无(?!论)|非(?!法|常)|别(?!是)|勿|莫|免|\b(?:not|no|never|nor|neither|none|without|"
    r"cannot|nobody|nothing)\b|n't\b"
)
_NO_NEGATION = re.compile(
    r"不(?:少于|低于|超过|晚于|迟于|得超过|能超过|得少于|同|断)|"
    r"\bno(?:t)? (?:later|less|more|fewer)\b"
)
_EXCEPTION = re.compile(
    r"除外|除非|例外|以外|之外|[仅只]|唯一|\b(?:only|solely|exclusively|except|unless)\b"
)
_AT_MOST = re.compile(
    r"不(?:得|能|应)?(?:超过|多于)|至多|最多|顶多|(?:以|之)下(?=[,。]|$)|"
    r"\bno(?:t)? more than\b|\bat most\b|\bnot exceed|\bup to\b|\bless than\b"
)
_AT_LEAST = re.compile(
    r"(?<![不得能应])(?:超过|多于)|至少|最少|不(?:得|能)?少于|不早于|\bat least\b|"
    r"(?<!no )(?<!not )\bmore than\b|\bno(?:t)? (?:less|fewer|earlier) than\b|\bnot before\b|"
    r"\bor more\b"
)
_ABOUT = 0.8
"""A witness is about what the clause is about: at least this share of what the best row of the
cited provisions shares with it."""
_TELLING = 8.0
"""Weight, in idf, from which on a clause tells what it is about."""
_THIN = 6
"""Features up to which a clause with a limit is about what its neighbour says."""


class Witnesses:
    """The rows of one regulation, ready to bear sentences out."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._rows = {row.rule.id: (n, row) for n, row in enumerate(knowledge.rows)}
        self._wordlists = Wordlists(knowledge)

    def doubt(self, text: str, cited: Sequence[ProvisionId]) -> Doubt | None:
        """What speaks against ``text`` resting on ``cited``; None when they bear it out."""
        reading = read(text, self._knowledge)
        rows = [self._rows[r.id] for p in cited for r in self._knowledge.rules.of(p)]
        words = self._wordlists.of(cited)
        for sentence in reading.sentences:
            if (odd := _not_a_statement(sentence, text)) is not None:
                return odd
            before: list[tuple[int, Row]] = []
            for number, clause in enumerate(sentence.clauses):
                if _LEADS.fullmatch(clause.span.of(reading.view).strip(" ()")):
                    continue
                if (strange := words.lacks(reading, clause)) is not None:
                    return Doubt(Reason.UNGROUNDED, strange)
                told = _Told(reading, sentence, number)
                if not told.claims:
                    continue
                faults: list[str] = []
                bearing = list(self._bearing(told, rows, before, faults))
                if not bearing:
                    return Doubt(Reason.ELSEWHERE, "; ".join(faults[:4]))
                before = bearing
        return None

    def _bearing(
        self,
        told: _Told,
        rows: Sequence[tuple[int, Row]],
        before: Sequence[tuple[int, Row]],
        faults: list[str],
    ) -> Iterator[tuple[int, Row]]:
        """The rows that bear a clause out; ``faults`` tells what is wrong with the others.
        ``before`` are those that bore out the clause before."""
        scores = self._knowledge.aligner.hear(told.clause.bag).scores
        best = max((float(scores[n]) for n, _ in rows), default=0.0)
        floor = 0.0
        if best > _TELLING:
            floor = _ABOUT * best  # what scores less is another matter of the provision
        elif before and told.weakens:
            rows = before  # …内，可形成报告: of what it goes on about, not of whatever may be
        for number, row in rows:
            if scores[number] < floor:
                continue
            fault = next(self._faults(told, row), None)
            if fault is None:
                yield number, row
            else:
                faults.append(f"{row.rule.id}: {fault}")

    def _faults(self, told: _Told, row: Row) -> Iterator[str]:
        """What of a clause the row does not have."""
        view, clause = told.reading.view, told.clause
        for slot in judge(row, told.sentence, clause, view, told.subjects):
            if slot.fit in (Fit.DIFFERS, Fit.SILENT):
                yield f"{slot.kind.value} {slot.fit.value}"
        own = f"{row.quote}\n{row.statement}\n{row.statement_en}"
        for mention in clause.times:
            if not (_same_time(mention, row.rule.time, own) and _same_start(view, mention, row)):
                yield f"time {mention.span.of(view)}"
        for party in dict.fromkeys((*clause.parties, *told.subjects)):
            if not (row.has(view, party.span) or self._takes_part(party, row, view)):
                yield f"{party.role.value} {party.span.of(view)}"
        yield from _bounds(view, clause, row, own)
        yield from _force(view, clause, row, own)

    def _takes_part(self, party: Party, row: Row, view: str) -> bool:
        """Whether the row has the actor, in this role."""
        mention = party.mention
        if mention is None:
            return True  # a level or an unknown body: the checker and the words tell
        bearers = [b for b in row.rule.bearers if b != "regulation"]
        if bearers and (party.role is Role.BEARER or _pointed_at(view, party.span)):
            return any(self._is(mention, b) for b in bearers)
        named = [(n.actor, n.relation) for n in (*row.named(False), *row.named(True))]
        named += [(r.actor, r.relation) for r in row.rule.recipients]
        named += [(b, None) for b in bearers]
        relations = [relation for actor, relation in named if self._is(mention, actor)]
        return bool(relations) if mention.relation is None else mention.relation in relations

    def _is(self, mention: ActorMention, actor: str) -> bool:
        """Whether the one named is ``actor``, a kind of it, or it in fewer words."""
        table = self._knowledge.actors
        if mention.foreign or mention.actor not in table or actor not in table:
            return False
        level = table.get(actor).level
        if mention.level is not None and level is not None and mention.level != level:
            return False
        families = {mention.actor.split(".")[0], actor.split(".")[0]}
        return (
            table.is_a(mention.actor, actor)
            or table.is_a(actor, mention.actor)
            or families <= {"organ", "group"}
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """One clause in its sentence."""

    reading: Reading
    sentence: SentenceReading
    number: int

    @property
    def clause(self) -> ClauseReading:
        return self.sentence.clauses[self.number]

    @property
    def claims(self) -> bool:
        """Whether it says anything that a row has to have."""
        clause = self.clause
        negated = _NEGATION.search(self.reading.view, clause.span.start, clause.span.end)
        return bool(clause.times or clause.parties or clause.marks or negated)

    @property
    def weakens(self) -> bool:
        """Whether it has a word of force other than must."""
        return any(mark.force is not Force.MUST for mark in self.clause.marks)

    @property
    def subjects(self) -> tuple[Party, ...]:
        """Whom other clauses name for this one: who acts, and where it says little but a limit
        also to whom."""
        clauses, number, clause = self.sentence.clauses, self.number, self.clause
        before = next((s for c in clauses[number::-1] if (s := _bearers(c))), ())
        if not clause.times or (clause.parties and len(clause.bag.grams) > _THIN):
            return before
        near = (*clauses[max(0, number - 1) : number], *clauses[number + 1 : number + 2])
        others = (p for c in near if not c.times for p in c.parties)
        return tuple(dict.fromkeys((*before, *others)))


def _bearers(clause: ClauseReading) -> tuple[Party, ...]:
    own = tuple(p for p in clause.parties if p.role in (Role.BEARER, Role.SUBJECT))
    return tuple(p for p in own if p.marked) or own


def _not_a_statement(sentence: SentenceReading, text: str) -> Doubt | None:
    """What a guest is not to write: other laws, questions, judgements of conduct."""
    if sentence.foreign is not None:
        return Doubt(Reason.UNVERIFIABLE, sentence.foreign.of(text))
    if sentence.sentence.question:
        return Doubt(Reason.UNGROUNDED, "a question")
    if sentence.conduct is not None and sentence.conduct.said is not None:
        return Doubt(Reason.UNGROUNDED, "a judgement of conduct")
    return None


def _pointed_at(view: str, span: Span) -> bool:
    """Whether a clause ends in 是X: the one who acts, named last."""
    return view[: span.start].endswith("是") and not view[span.end : span.end + 1].strip("。,;(")


# -- time ---------------------------------------------------------------------------------

_UP = frozenset({Comparison.AT_LEAST, Comparison.MORE_THAN})
_DOWN = frozenset({Comparison.AT_MOST, Comparison.LESS_THAN})


def _same_time(mention: TimeMention, ours: TimeLimit | None, own: str) -> bool:
    """Whether a limit is the row's in every respect."""
    theirs = mention.limit
    if mention.negated or mention.waived or mention.observed:
        return False
    if theirs.quantity is None and theirs.date is None:
        return (ours is not None and ours.kind is theirs.kind) or (theirs.word or "\0") in own
    if ours is None:
        return False
    if LimitKind.EFFECTIVE in (theirs.kind, ours.kind):
        return theirs.kind is ours.kind and theirs.date == ours.date
    if theirs.kind is not ours.kind and not mention.bare:
        return False
    if not theirs.same_amount(ours) or _opposed(theirs.comparison, ours.comparison):
        return False
    if theirs.anchor is None:
        return True
    return ours.anchor is not None and anchor_event(theirs.anchor) is anchor_event(ours.anchor)


_COUNTED_FROM = re.compile(r"\s*(?:of|from|after|following|since)\s+(?P<words>[a-z' -]{3,60})")


def _same_start(view: str, mention: TimeMention, row: Row) -> bool:
    """Whether the English words after a limit name the event that the row counts from."""
    limit, ours = mention.limit, row.rule.time
    found = _COUNTED_FROM.match(view, mention.span.end)
    if found is None or limit.anchor is not None or limit.kind is not LimitKind.WITHIN:
        return True
    theirs = anchor_event(found["words"])
    return theirs is not None and ours is not None and theirs is anchor_event(ours.anchor or "")


def _opposed(theirs: Comparison | None, ours: Comparison | None) -> bool:
    return (theirs in _UP and ours in _DOWN) or (theirs in _DOWN and ours in _UP)


def _bounds(view: str, clause: ClauseReading, row: Row, own: str) -> Iterator[str]:
    """At least where the row sets the most, and the other way round."""
    if row.rule.time is None or not any(t.limit.quantity is not None for t in clause.times):
        return
    wrong = _AT_LEAST if row.rule.time.kind is LimitKind.WITHIN else _AT_MOST
    for match in wrong.finditer(view, clause.span.start, clause.span.end):
        if match[0] not in own:
            yield f"bound {match[0]}"


# -- force --------------------------------------------------------------------------------

_FORCES = {
    Force.MUST: {Modality.SHALL, Modality.MUST, Modality.GENERALLY},
    Force.GENERALLY: {Modality.GENERALLY},
    Force.MAY: {Modality.MAY},
}


def _force(view: str, clause: ClauseReading, row: Row, own: str) -> Iterator[str]:
    """Words of force, denial and exception that the row does not have."""
    for mark in clause.marks:
        if row.rule.modality not in _FORCES.get(mark.force, ()) and not row.has(view, mark.span):
            yield f"force {mark.span.of(view)}"
    times = [(t.span.start, t.span.end) for t in clause.times]
    left = _NO_NEGATION.sub("", mask(view, clause.span.start, clause.span.end, times))
    for pattern in (_NEGATION, _EXCEPTION):
        for match in pattern.finditer(left):
            said = left[match.start() : match.end() + 1].rstrip(" ,.;:")
            if said not in own:
                yield f"denial {said}"
