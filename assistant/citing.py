"""Citations held to account: does the provision exist, does it say this, and which does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.align import Alignment, Heard
from assistant.claims import Bearing, CitedClause, SentenceReading
from assistant.explain import Voice
from assistant.findings import Finding, FindingKind, Verdict
from assistant.quotes import QuoteFinder, Verbatim
from assistant.segment import Break
from index.errors import NoSuchProvisionError
from index.regulation import ProvisionId
from index.text import Span

if TYPE_CHECKING:
    from assistant.placing import Placed, Placer

__all__ = ["bare_citations", "check_citations", "check_waiting", "citation_scopes"]

FOUND_HERE = 0.72
"""A cited provision that explains this share of what the best row explains does say it."""
FOUND_HERE_ENGLISH = 0.55
"""The same for English, where one thing has more names."""
FOUND_BRIEF = 0.5
"""The same for a bare name of what is regulated: 第四十条讲政治督察."""
BRIEF = 16.0
"""Weight, in idf, up to which content is no more than a name."""
CERTAIN = 0.4
"""Below this nothing is known of where the content stands; as in placing."""
LITERAL = 8
"""From so many characters on, words that stand in the regulation are taken from there."""
_SAYS = re.compile(r"[\s,:;。)]*(?:的)?(?:规定|明确|要求|指出|写明|写道|讲)?[\s,:;]*")
SILENT = 3
"""A sentence with fewer features than this says nothing itself."""
WEIGHTY = 7.0
"""Weight, in idf, of content that can be sought at all."""


_SEVERALLY = re.compile(
    r"分别|依次|前者|后者|前一句|后一句|前一项|后一项|前面|后面|\brespectively\b|\bthe former\b|"
    r"\bthe latter\b"
)


def citation_scopes(sentence: SentenceReading) -> tuple[tuple[CitedClause, range], ...]:
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


def check_citations(
    placer: Placer,
    placed: Mapping[int, Placed],
    quotes: QuoteFinder,
    voice: Voice,
    text: str,
) -> Iterator[Finding]:
    """A finding for each citation of a sentence whose content can be placed."""
    checker = _CitationChecker(placer, placed, quotes, voice, text)
    told = placer.sentence.sentence.span.of(placer.view)
    severally = _SEVERALLY.search(told) is not None
    for cited, scope in placer.scopes:
        citation = cited.citation
        if citation.work is not None or placer.sentence.is_denied(citation.span):
            continue
        members = [placed[n] for n in scope if n in placed]
        best = max(members, key=lambda p: p.alignment.mass.known, default=None)
        single = len(citation.provisions) == 1
        parts = citation.parts or (citation.span,) * len(citation.provisions)
        for provision, part in zip(citation.provisions, parts, strict=False):
            span = citation.span if single else part
            yield from checker.check(provision, span, best, scope, severally)


def check_waiting(
    placer: Placer,
    placed: Mapping[int, Placed],
    quotes: QuoteFinder,
    voice: Voice,
    text: str,
) -> Iterator[Finding]:
    """A finding for each citation that stands alone before this sentence: 第二条的原文：."""
    if any(clause.citations for clause in placer.sentence.clauses):
        return
    checker = _CitationChecker(placer, placed, quotes, voice, text)
    whole = range(len(placer.sentence.clauses))
    best = max(placed.values(), key=lambda p: p.alignment.mass.known, default=None)
    for provision, span in placer.thread.waiting:
        yield from checker.check(provision, span, best, whole)


def bare_citations(placer: Placer) -> tuple[tuple[ProvisionId, Span], ...]:
    """The citations of a sentence that says nothing itself, and has nothing to look back on."""
    sentence = placer.sentence
    if sum(len(c.bag.grams) for c in sentence.clauses) >= SILENT or sentence.foreign is not None:
        return ()
    return tuple(
        (cited.citation.provisions[0], cited.citation.span)
        for clause in sentence.clauses
        for cited in clause.citations
        if cited.citation.work is None and len(cited.citation.provisions) == 1
    )


class _CitationChecker:
    """Checks the citations of one sentence."""

    def __init__(
        self,
        placer: Placer,
        placed: Mapping[int, Placed],
        quotes: QuoteFinder,
        voice: Voice,
        text: str,
    ) -> None:
        self.placer = placer
        self.placed = [p.row.rule.provision for p in placed.values()]
        self.quotes = quotes
        self.voice = voice
        self.text = text

    def check(
        self,
        provision: ProvisionId,
        span: Span,
        best: Placed | None,
        scope: range,
        severally: bool = False,
    ) -> Iterator[Finding]:
        """One cited provision against the content that it vouches for; ``severally`` when each
        of several citations vouches for its part (分别见…), which only has to be there."""
        whole = self._content(scope)
        right = self._right_place(whole, best) if whole is not None else None
        said = span.of(self.text)
        try:
            provision = self.placer.regulation.canonical(provision)
        except NoSuchProvisionError as error:
            expected = error.remedy or None
            if right is not None:
                expected = self.voice.cite(_at_depth(right, provision))
            why = self.voice.wrong_place(said, None, f"{error.fault}，{error.remedy}")
            yield self._finding(span, Verdict.CONTRADICTED, expected, right, why)
            return
        quoted = self._quoted(scope) or self._word_for_word(scope, span)
        if quoted:
            if not any(provision.covers(q) or q.covers(provision) for q in quoted):
                yield self._elsewhere(span, provision, quoted[0], 1.0)
            else:
                yield self._here(span, provision)
            return
        if whole is None or whole.best is None or right is None:
            return
        rows = self.placer.rows
        here = max(
            (c.score for c in whole.candidates if provision.covers(rows[c.row].rule.provision)),
            default=0.0,
        )
        share = FOUND_HERE_ENGLISH if self.voice.english else FOUND_HERE
        if whole.mass.known < BRIEF:
            share = FOUND_BRIEF
        said_there = here >= share * whole.best.score or provision.covers(right)
        if said_there or self._vouched(provision, scope, severally):
            yield self._here(span, provision)
        else:
            yield self._elsewhere(span, provision, right, whole.best.certainty)

    def _content(self, scope: range) -> Alignment | None:
        """Where the content stands by all that it says; None when that cannot be told."""
        placer = self.placer
        heard = Heard.joined([placer.heard[n] for n in scope])
        said_here = sum(len(placer.sentence.clauses[n].bag.grams) for n in scope)
        last = placer.thread.last
        if said_here < 3 and last is not None and self._looks_back(last):
            heard = Heard.joined([*last.heard, *placer.heard])
        thin = heard.mass.total < 20
        whole = placer.aligner.align(heard, placer.context(scope.start) if thin else ())
        known = whole.best is not None and whole.best.certainty >= CERTAIN
        return whole if known and heard.mass.known >= WEIGHTY else None

    def _vouched(self, provision: ProvisionId, scope: range, severally: bool) -> bool:
        """Whether what was said before stands in the provision, or its rows bear out all that
        a clause states."""
        told = any(provision.covers(p) for p in (*self.placer.thread.places, *self.placed))
        if told and (severally or not self._says(scope)):
            return True
        return any(self.placer.bears_out(n, provision) for n in scope)

    def _says(self, scope: range) -> bool:
        """Whether the sentence itself says what its citation vouches for."""
        return sum(len(self.placer.sentence.clauses[n].bag.grams) for n in scope) >= 3

    def _looks_back(self, last: Placer) -> bool:
        """Whether a sentence that only cites vouches for the one before it."""
        here, before = self.placer.sentence.sentence, last.sentence
        near = here.block - before.sentence.block <= 1
        return near and not any(c.citations for c in before.clauses)

    def _quoted(self, scope: range) -> tuple[ProvisionId, ...]:
        """Where the verbatim quotations in a citation's scope stand."""
        view = self.placer.view
        found: list[ProvisionId] = []
        for number in scope:
            for quote in self.placer.sentence.clauses[number].quotes:
                place = self.quotes.seek(view, quote.span) if len(quote.span) >= 6 else None
                if isinstance(place, Verbatim):
                    found.extend(place.provisions)
        return tuple(found)

    def _word_for_word(self, scope: range, cited: Span) -> tuple[ProvisionId, ...]:
        """Where the words after a citation stand, if they are the regulation's own."""
        last = self.placer.sentence.clauses[scope.stop - 1].span.end
        lead = _SAYS.match(self.placer.view, cited.end, max(last, cited.end))
        start = lead.end() if lead else cited.end
        if last - start < LITERAL:
            return ()
        span = Span(start, last)
        place = self.quotes.seek(self.placer.view, span)
        return place.provisions if isinstance(place, Verbatim) else ()

    def _right_place(self, whole: Alignment, best: Placed | None) -> ProvisionId:
        """Of the rows that explain the content about as well, the one that its slots bear out."""
        rows = self.placer.rows
        assert whole.best is not None
        if best is not None and best.outcome is Verdict.SUPPORTED:
            for candidate in whole.near(0.9):
                if rows[candidate.row].rule.provision == best.row.rule.provision:
                    return best.row.rule.provision
        return rows[whole.best.row].rule.provision

    def _here(self, span: Span, provision: ProvisionId) -> Finding:
        return self._finding(span, Verdict.SUPPORTED, None, provision, self.voice.says(provision))

    def _elsewhere(
        self, span: Span, cited: ProvisionId, right: ProvisionId, certainty: float
    ) -> Finding:
        place = _at_depth(right, cited)
        why = self.voice.wrong_place(span.of(self.text), place)
        return self._finding(
            span, Verdict.CONTRADICTED, self.voice.cite(place), right, why, certainty
        )

    def _finding(
        self,
        span: Span,
        verdict: Verdict,
        expected: str | None,
        provision: ProvisionId | None,
        why: str,
        certainty: float = 1.0,
    ) -> Finding:
        said = span.of(self.text)
        return Finding(
            span, said, FindingKind.CITATION, verdict, expected, provision, None, why, certainty
        )


def _at_depth(right: ProvisionId, cited: ProvisionId) -> ProvisionId:
    """The right provision, as finely as the text cites."""
    if cited.item is not None:
        return right
    if cited.paragraph is not None:
        return replace(right, item=None)
    return right.of_article
