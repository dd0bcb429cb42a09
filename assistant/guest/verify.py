"""The model's sentences, one by one, before anybody sees them.

Four doors, in this order: plain text (:mod:`.plain`), a token of what was offered, the rows
of the provisions cited (:mod:`.witness`), and the checker, which reads the sentence after all
that has been shown. The first that stays shut is the reason. Same sentences, same outcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.check import check
from assistant.claims import Reading, read
from assistant.draft import Draft, Section
from assistant.findings import CheckResult, Finding, FindingKind, Verdict
from assistant.guest.events import Judged, Reason
from assistant.guest.offer import Cited, Offer, Offered
from assistant.guest.plain import make_plain
from assistant.guest.witness import Doubt, Witnesses
from assistant.polarity import Force
from assistant.segment import make_view
from assistant.telling import Teller
from assistant.wording import in_script
from index.regulation import ProvisionId
from index.rules import Rule

__all__ = ["Accepted", "Verifier", "states_rule"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A sentence that may be shown."""

    text: str
    """In wording: English, or simplified Chinese."""
    offered: tuple[Offered, ...]
    rules: tuple[str, ...]
    """The rows that bear it out."""
    timed: bool
    """Whether a time limit in it is borne out."""


class Verifier:
    """Judges the sentences of one answer; remembers what has been shown."""

    def __init__(self, offer: Offer, witnesses: Witnesses) -> None:
        self._offer = offer
        self._knowledge = offer.knowledge
        self._witnesses = witnesses
        self.accepted: list[Accepted] = []
        self._seen: set[str] = set()

    def judge(self, said: str, round_: int = 1) -> Judged:
        """What becomes of one sentence of the model; an accepted one counts as shown."""
        cited = self._offer.cite(said)
        text = make_plain(cited.text, self._offer.language)
        if isinstance(text, Reason):
            return Judged(round_, said, None, text)
        reading = read(text, self._knowledge)
        if not cited.offered:
            reason = Reason.UNCITED if states_rule(reading) else Reason.IDLE
            return Judged(round_, said, None, reason)
        key = _key(text)
        if not key or key in self._seen:
            return Judged(round_, said, None, Reason.REPEATED if key else Reason.IDLE)
        provisions = [item.provision for item in cited.offered]
        doubt = self._witnesses.doubt(text, provisions)
        findings, fault = self._checked(text, provisions)
        # What the checker contradicts it also explains: that tells more than a doubt.
        if fault is not None and (doubt is None or fault.reason is Reason.CONTRADICTED):
            doubt = fault
        if doubt is not None:
            return Judged(round_, said, None, doubt.reason, findings, doubt.detail)
        self._seen.add(key)
        self.accepted.append(_accepted(text, cited, findings))
        return Judged(round_, said, in_script(text, self._offer.language), None, findings)

    def draft(self) -> Draft | None:
        """All that was accepted, with quotations and with what the text leaves open about it,
        unless the checker takes such a note amiss; None when it refuses the whole."""
        offered = dict.fromkeys(item for a in self.accepted for item in a.offered)
        rules = dict.fromkeys(rule for a in self.accepted for rule in a.rules)
        evidence = self._offer.evidence(offered, rules)
        notes = self._notes(self._knowledge.rules.get(id) for id in rules)
        bare = _draft([a.text for a in self.accepted])
        for sections in dict.fromkeys(((*bare.sections, *notes), bare.sections)):
            draft = Draft(bare.headline, sections, evidence)
            _, body = draft.render(self._knowledge.regulation, self._offer.language)
            if check(body, self._knowledge).verdict is Verdict.SUPPORTED:
                return draft
        return None

    def _notes(self, rules: Iterable[Rule]) -> tuple[Section, ...]:
        """What the text leaves open about rows, each with its provision."""
        tell = Teller(self._knowledge, self._offer.language)
        stop = tell.say("stop")
        told = ((r, r.note_en if tell.english else r.note) for r in rules)
        lines = (
            f"{note.rstrip(stop + '。. ')}{tell.say('cite', labels=tell.labels([rule]))}{stop}"
            for rule, note in told
            if note
        )
        return tell.section("open", dict.fromkeys(lines))

    def _checked(
        self, text: str, cited: Sequence[ProvisionId]
    ) -> tuple[tuple[Finding, ...], Doubt | None]:
        """What the checker finds in the sentence after those shown, and what stands against it."""
        shown = [a.text for a in self.accepted]
        start = len(self._rendered(shown)) if shown else 0
        result = check(self._rendered([*shown, text]), self._knowledge)
        own = tuple(f for f in result.findings if f.span.start >= start)
        return own, _objection(result, own, cited)

    def _rendered(self, texts: Sequence[str]) -> str:
        return _draft(texts).render(self._knowledge.regulation, self._offer.language)[1]


def _draft(texts: Sequence[str]) -> Draft:
    rest = tuple(texts[1:])
    return Draft(texts[0] if texts else "", (Section("", rest),) if rest else ())


def _objection(
    result: CheckResult, own: Sequence[Finding], cited: Sequence[ProvisionId]
) -> Doubt | None:
    # One in an earlier sentence is this one's doing as well: there was none before.
    for finding in result.findings:
        if finding.verdict is Verdict.CONTRADICTED:
            return Doubt(Reason.CONTRADICTED, finding.explanation)
    for finding in own:
        if finding.verdict is Verdict.UNVERIFIABLE:
            return Doubt(Reason.UNVERIFIABLE, finding.explanation)
    supported = [f for f in own if f.verdict is Verdict.SUPPORTED]
    if not supported:
        return Doubt(Reason.UNSUPPORTED, "")
    for finding in supported:
        timed = finding.kind in (FindingKind.TIME_LIMIT, FindingKind.EFFECTIVE)
        if timed and finding.provision is not None and not _among(finding.provision, cited):
            return Doubt(Reason.ELSEWHERE, finding.explanation)
    return None


def _among(provision: ProvisionId, cited: Sequence[ProvisionId]) -> bool:
    return any(c.covers(provision) or provision.covers(c) for c in cited)


def _accepted(text: str, cited: Cited, findings: Sequence[Finding]) -> Accepted:
    supported = [f for f in findings if f.verdict is Verdict.SUPPORTED]
    return Accepted(
        text,
        cited.offered,
        tuple(f.rule for f in supported if f.rule),
        any(f.kind in (FindingKind.TIME_LIMIT, FindingKind.EFFECTIVE) for f in supported),
    )


def states_rule(reading: Reading) -> bool:
    """Whether a text states a rule: a modal, a time limit, who does what, a provision, a figure.

    >>> from assistant.knowledge import load_knowledge
    >>> knowledge = load_knowledge()
    >>> [states_rule(read(t, knowledge)) for t in ("希望对您有帮助。", "应当及时报告。")]
    [False, True]
    """
    return any(
        clause.times
        or clause.citations
        or clause.figures
        or clause.quotes
        or clause.thresholds
        or any(mark.force is not Force.SILENT for mark in clause.marks)
        or (any(p.mention is not None for p in clause.parties) and not sentence.sentence.question)
        for sentence in reading.sentences
        for clause in sentence.clauses
    )


def _key(text: str) -> str:
    """A sentence without its citations and signs: what makes two the same."""
    bare = re.sub(r"（[^（）]*第[^（）]*条[^（）]*）|\((?:Article|art)[^()]*\)", "", text)
    return re.sub(r"[\W_]+", "", make_view(bare))
