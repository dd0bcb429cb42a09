"""Which of the rows tried for a clause it is about, and what that row makes of it.

The best row by subject is not always the one meant: rows of one paragraph or of neighbouring
levels are told in nearly the same words. Among those that lie near, the one that bears out
what the clause states is meant; a text that denies or changes it has no such row.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.align import Candidate
from assistant.findings import FindingKind, Verdict
from assistant.slots import Fault, Fit, Row, Slot

__all__ = [
    "CERTAIN",
    "SURE",
    "Clue",
    "Tried",
    "choose",
    "has_verb",
    "is_sound",
    "outcome",
    "with_limit",
]

CERTAIN = 0.4
"""Below this an alignment is a guess, and the outcome unverifiable."""
SURE = 0.62
"""From here on an alignment stands even beside a claim that none explains."""
NEAR = 0.82
"""Rows within this share of the best compete on their slots."""
CLOSE = 0.8
"""And they explain at least this share of what the best explains."""
LOOSE = 0.6
"""Where the clause says nothing but a limit, rows within this share compete."""
OWN = 0.95
"""A row that the clause's own words speak for at least so much as for the best one competes
with it although the clause lacks its verb."""
SILENCED = 0.93
"""Nearer still must be the row whose existence the text denies."""
BESIDE = 0.6
"""A row of the same paragraph, or of another level, competes from this share on."""
LEVEL = 0.95
"""Of rows that weigh about as much, and have as many faults, the one whose verb is there."""
HALF = 0.5
"""Another duty of the article competes from this share on."""
BORNE = 0.35
"""And one that bears out both who acts and the limit from this."""
TIMED = 0.45
"""A row of the article that sets the limit which the best row lacks."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A row compared with a clause; ``weight`` is its score with what its slots say."""

    weight: float
    candidate: Candidate
    row: Row
    slots: tuple[Slot, ...]

    @property
    def earned(self) -> float:
        """What the clause's own words say for the row, without its context."""
        return self.candidate.own * self.candidate.score

    @property
    def sound(self) -> bool:
        """Whether the row bears out everything that the clause states."""
        return is_sound(self.slots)

    @property
    def faults(self) -> tuple[int, int]:
        """How many slots it is silent on, and how many it contradicts or lacks."""
        return (
            sum(s.fit is Fit.SILENT for s in self.slots),
            sum(s.fit in (Fit.DIFFERS, Fit.UNSAID) for s in self.slots),
        )


@dataclass(frozen=True, slots=True)
class Clue:
    """What tells whose verb a clause has."""

    here: frozenset[str]
    """Pairs of characters of the clause."""
    around: frozenset[str]
    """Those of its sentence."""
    english: bool
    thin: bool
    """Whether the clause says by itself too little to tell rows apart."""
    silent: bool
    """Whether it says nothing but a limit."""
    bound: frozenset[int]
    """The rows that its citation allows; empty for all."""

    def acts(self, row: Row) -> bool:
        """Whether the clause has the row's verb, or a word for it."""
        return has_verb(row, self.here, self.english)

    def elsewhere(self, row: Row) -> bool:
        """Whether the row's verb stands in another clause of the sentence."""
        return not self.acts(row) and has_verb(row, self.around, self.english)


def has_verb(row: Row, pairs: frozenset[str], english: bool) -> bool:
    """Whether a stretch, given as its pairs of characters, has the row's verb."""
    return english or not row.verbs or not row.verbs.isdisjoint(pairs)


def choose(tried: list[Tried], clue: Clue) -> Tried:
    """Of the rows near the best one: the one that the text says does not exist, else one
    that bears every slot out, else the one with the fewest faults. ``tried`` is sorted by
    weight, best first."""
    best = tried[0]
    for entry in tried:
        outside = clue.bound and entry.candidate.row not in clue.bound
        if entry.weight >= best.weight * SILENCED and _denies(entry.slots) and not outside:
            return entry
    near = [best, *(t for t in tried[1:] if _competes(t, best, clue))]
    return (
        next((t for t in near if t.sound), None)
        or _borne_out(tried)
        or _at_level(tried, clue)
        or _from_set(tried, clue)
        or _other_duty(tried, clue)
        or min(
            near,
            key=lambda t: (
                t.faults,
                t.weight < LEVEL * best.weight or not clue.acts(t.row),
                -t.weight,
            ),
        )
    )


def _competes(entry: Tried, best: Tried, clue: Clue) -> bool:
    if clue.bound and best.candidate.row in clue.bound and entry.candidate.row not in clue.bound:
        return False
    share, score = (LOOSE, LOOSE) if clue.silent else (NEAR, CLOSE)
    if entry.weight < share * best.weight or entry.candidate.score < score * best.candidate.score:
        return False
    if clue.thin or (clue.acts(entry.row) and not clue.english):
        return True
    # English has no pairs of characters to tell whose verb it is
    needed = CLOSE if clue.english else OWN
    return not clue.elsewhere(entry.row) and entry.earned >= needed * best.earned


def _borne_out(tried: list[Tried]) -> Tried | None:
    """The row that bears out both who acts and the limit, when another acts in the best."""
    best = tried[0]
    if not any(s.fit is Fit.DIFFERS and s.kind is FindingKind.ACTOR for s in best.slots):
        return None
    for entry in tried[1:]:
        agreed = {s.kind for s in entry.slots if s.fit is Fit.AGREES and not s.weak}
        both = {FindingKind.ACTOR, FindingKind.TIME_LIMIT} <= agreed
        if both and entry.sound and entry.weight >= BORNE * best.weight:
            return entry
    return None


def _at_level(tried: list[Tried], clue: Clue) -> Tried | None:
    """The row of another level that bears the clause out, when only the level speaks against
    the best: what a league does and what a banner does are told alike."""
    best = tried[0]
    wrong = [s for s in best.slots if s.fit is Fit.DIFFERS]
    if not wrong or any(s.fault is not Fault.LEVEL for s in wrong):
        return None
    for entry in tried[1:]:
        if clue.english and entry.earned < CLOSE * best.earned:
            continue
        if entry.weight >= BESIDE * best.weight and entry.sound and clue.acts(entry.row):
            return entry
    return None


def _from_set(tried: list[Tried], clue: Clue) -> Tried | None:
    """A row beside the best in its paragraph that bears the clause out, when only who is told
    speaks against the best: 报同级党委并反馈被查单位 is two duties."""
    best = tried[0]
    wrong = {s.kind for s in best.slots if s.fit is Fit.DIFFERS}
    if wrong != {FindingKind.RECIPIENT}:
        return None
    for entry in tried[1:]:
        same = entry.row.rule.provision == best.row.rule.provision
        if (
            same
            and entry.weight >= BESIDE * best.weight
            and entry.sound
            and (has_verb(entry.row, clue.around, clue.english))
        ):
            return entry
    return None


def _other_duty(tried: list[Tried], clue: Clue) -> Tried | None:
    """The row of the same article that bears the clause out and whose verb it has, when the
    best, whose verb it lacks, speaks against who acts or how strictly: 政法委只提出建议 is not
    about who handles the case."""
    best = tried[0]
    wrong = {s.kind for s in best.slots if s.fit is Fit.DIFFERS}
    if not wrong or not wrong <= {FindingKind.ACTOR, FindingKind.MODALITY}:
        return None
    if any(s.fault is Fault.NAMED for s in best.slots):
        return None
    article = best.row.rule.provision.of_article
    for entry in tried[1:]:
        agreed = {s.kind for s in entry.slots if s.fit is Fit.AGREES}
        same = entry.row.rule.provision.of_article == article and wrong <= agreed
        verb = not clue.acts(best.row) and clue.acts(entry.row)
        meant = verb or (FindingKind.MODALITY in wrong and entry.earned >= CLOSE * best.earned)
        if same and entry.sound and meant and entry.weight >= HALF * best.weight:
            return entry
    return None


def with_limit(tried: list[Tried], chosen: Tried) -> Tried:
    """The row of the same article that sets a limit of the kind that a clause states, when
    the one that it is mostly about sets none: a clause may make two claims."""
    if not any(s.fit is Fit.SILENT and s.kind is FindingKind.TIME_LIMIT for s in chosen.slots):
        return chosen
    article = chosen.row.rule.provision.of_article
    for entry in tried:
        limits = [s for s in entry.slots if s.kind is FindingKind.TIME_LIMIT]
        settled = limits and all(s.fit in (Fit.AGREES, Fit.DIFFERS) for s in limits)
        same = entry.row.rule.provision.of_article == article
        if settled and same and entry.weight >= TIMED * tried[0].weight:
            kept = tuple(s for s in entry.slots if s.fit is not Fit.DIFFERS or s in limits)
            return Tried(entry.weight, entry.candidate, entry.row, kept)
    return chosen


def outcome(candidate: Candidate, slots: tuple[Slot, ...], *, permits: bool) -> Verdict:
    """What the chosen row makes of a clause; ``permits`` when the row grants a power."""
    fits = {s.fit for s in slots}
    if candidate.certainty < CERTAIN:
        return Verdict.UNVERIFIABLE
    unset = any(s.fit is Fit.SILENT and s.kind is FindingKind.TIME_LIMIT for s in slots)
    if unset and candidate.certainty < SURE:
        return Verdict.UNVERIFIABLE  # a limit that the row knows nothing of: another matter
    counted = any(s.fit is Fit.SILENT and s.kind is FindingKind.ACTION for s in slots)
    if counted and candidate.certainty < SURE:
        return Verdict.UNVERIFIABLE  # 副书记不超过3名: numbers that the row knows nothing of
    if Fit.DIFFERS in fits:
        faults = {s.fault for s in slots if s.fit is Fit.DIFFERS}
        if faults == {Fault.SILENCE} and candidate.certainty < SURE:
            return Verdict.NO_CLAIM
        limits = any(s.fit is Fit.DIFFERS and s.kind is FindingKind.TIME_LIMIT for s in slots)
        if faults & {Fault.BEARER, Fault.RECIPIENT} and limits and candidate.certainty < SURE:
            return Verdict.UNVERIFIABLE  # somebody else's duty with a limit of its own
        return Verdict.CONTRADICTED
    if Fit.SILENT in fits:
        return Verdict.UNVERIFIABLE
    agreed = [s for s in slots if s.fit is Fit.AGREES]
    hollow = not permits and all(s.weak or s.kind is FindingKind.MODALITY for s in agreed)
    if not agreed or (hollow and candidate.certainty < SURE):
        return Verdict.NO_CLAIM  # 随时招呼, 应当重视: words that any matter has
    return Verdict.SUPPORTED


def is_sound(slots: tuple[Slot, ...]) -> bool:
    """Whether slots bear out everything that a clause states."""
    fits = {s.fit for s in slots}
    return Fit.AGREES in fits and fits.isdisjoint((Fit.DIFFERS, Fit.SILENT, Fit.UNSAID))


def _denies(slots: tuple[Slot, ...]) -> bool:
    """Whether the text denies that there is what this row sets, or turns it round."""
    denied = (Fault.SILENCE, Fault.REVERSED)
    return any(
        s.fit is Fit.DIFFERS
        and (s.fault in denied or (s.fault is Fault.COUNT and s.kind is FindingKind.ACTION))
        for s in slots
    )
