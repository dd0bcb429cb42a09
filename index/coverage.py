"""The rule table against the text, both ways.

:func:`verify_rules` asks whether each row says what its words say: its time limit
is the one that :mod:`index.timelimit` reads in the quote, its sentence names its
bearer and its limit. :func:`verify_coverage` asks the reverse: whether any part of
the regulation is without a row.

Needing a row are

* all words of all articles, up to a joining 并 or 和: whatever stands in an article
  is meant to bind, modal word or not (自治区党委研究解决…), so no sentence or clause
  is let off by its wording, and a long clause is not covered by a row for its half;
* every time limit: some row must quote it *and* carry the same limit;
* every calendar date, those of the preamble included.

What needs no row is named under ``exceptions:`` with a reason; an exception that
excuses nothing is itself a fault.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.actors import ActorTable
from index.errors import RuleError
from index.limits import TimeLimit, TimeMention
from index.regulation import ProvisionId, Regulation
from index.rules import Modality, Rule, RuleTable
from index.text import Span
from index.timelimit import find_time_limits

__all__ = [
    "Counts",
    "Gap",
    "GapKind",
    "count_rows",
    "format_counts",
    "verify_coverage",
    "verify_rules",
]

_CLAUSE = re.compile(r"[^。;；:：\n]+")
_JOINS = frozenset({"并", "和", "且", "或", "及", "以及", "并且", "或者", "同时"})
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")

# the words that a modality must be able to point to, in the quote or before it
_MODAL_WORDS = {
    Modality.MAY: ("可以", "可"),
    Modality.MUST: ("必须", "不得"),
    Modality.GENERALLY: ("一般",),
}


class GapKind(enum.StrEnum):
    """Why a piece of the regulation is reported."""

    WORDS = "words without a row"
    TIME = "time limit without a row that carries it"
    DATE = "date without a row"
    NEEDLESS = "exception that excuses nothing"


@dataclass(frozen=True, slots=True)
class Gap:
    """A piece of the regulation that no row answers for; ``str()`` is one line for people."""

    kind: GapKind
    provision: ProvisionId | None
    """None in the preamble."""
    span: Span
    text: str

    def __str__(self) -> str:
        return f"{self.provision or 'preamble'}: {self.kind}: {self.text}"


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one article, and how many of them set a time limit."""

    article: ProvisionId
    rows: int
    timed: int


def count_rows(regulation: Regulation, table: RuleTable) -> tuple[Counts, ...]:
    """One entry per article, in the order of the text, articles without a row included."""
    counts = []
    for article in regulation.articles:
        name = ProvisionId(regulation.id, article.number, article.suffix)
        rows = table.of(name)
        counts.append(Counts(name, len(rows), sum(rule.time is not None for rule in rows)))
    return tuple(counts)


def format_counts(counts: Iterable[Counts], per_line: int = 8) -> str:
    """The counts for a terminal: article, rows, and of those with a time limit.

    >>> r = "nmg-zhengfa"
    >>> format_counts([Counts(ProvisionId(r, 16), 11, 1), Counts(ProvisionId(r, 17), 11, 0)])
    '16: 11 (1)   17: 11'
    """
    cells = []
    for count in counts:
        suffix = f"-{count.article.suffix}" if count.article.suffix is not None else ""
        timed = f" ({count.timed})" if count.timed else ""
        cells.append(f"{count.article.article}{suffix}: {count.rows}{timed}".ljust(13))
    lines = [cells[at : at + per_line] for at in range(0, len(cells), per_line)]
    return "\n".join("".join(line).rstrip() for line in lines)


# Rows against the text


def verify_rules(
    regulation: Regulation, actors: ActorTable, table: RuleTable
) -> tuple[RuleError, ...]:
    """Every row that disagrees with what its own words say, in the order of the file."""
    carried = {
        (rule.span.start + mention.amount.start, rule.time)
        for rule in table
        if rule.time is not None
        for mention in find_time_limits(rule.quote)
        if mention.limit == rule.time
    }
    return tuple(
        RuleError(f"{table.name}:{rule.line}", f"{rule.id}: {fault}", remedy)
        for rule in table
        for fault, remedy in (
            *_time_faults(rule, carried),
            *_modality_faults(rule, regulation),
            *_statement_faults(rule, actors),
        )
    )


def _time_faults(rule: Rule, carried: set[tuple[int, TimeLimit]]) -> Iterator[tuple[str, str]]:
    """A limit that the quote does not set; a limit of the quote that no row carries."""
    mentions = find_time_limits(rule.quote)
    if rule.time is not None:
        if all(rule.time != mention.limit for mention in mentions):
            read = ", ".join(mention.limit.format() for mention in mentions) or "no time limit"
            yield (
                f"time is {rule.time.format()}, but its quote says {read}",
                "correct the time, or quote the words that set it",
            )
        return
    for mention in mentions:
        start = rule.span.start + mention.amount.start
        if (start, mention.limit) not in carried:
            yield (
                f"time is null, but its quote says {mention.limit.format()}",
                "write the time, or a row of its own for it",
            )


def _modality_faults(rule: Rule, regulation: Regulation) -> Iterator[tuple[str, str]]:
    """may, must and generally rest on a word: in the quote, or earlier in its sentence."""
    words = _MODAL_WORDS.get(rule.modality)
    if words is None:
        return
    text = regulation.text.simplified
    start = regulation.span(replace(rule.provision, item=None, subitem=None)).start
    sentence = text.rfind("。", start, rule.span.start) + 1 or start
    reach = sentence if rule.modality is Modality.MUST else rule.span.start
    if not any(word in text[reach : rule.span.end] for word in words):
        yield (
            f"modality is {rule.modality}, but the text has no {' or '.join(words)} for it",
            "write shall or is, or quote the word",
        )


def _statement_faults(rule: Rule, actors: ActorTable) -> Iterator[tuple[str, str]]:
    """The sentence shown to users names each bearer and the time limit.

    A bearer that only the context gives (the quote does not name it, the note says
    so) may be left out: the sentence says no more than the text does.
    """
    named = [mention.actor for mention in actors.find(rule.statement)]
    for bearer in rule.bearers:
        if any(actors.is_a(actor, bearer) for actor in named):
            continue
        quoted = any(actors.is_a(m.actor, bearer) for m in actors.find(rule.quote))
        if quoted or rule.note is None:
            name = actors.name(bearer)
            yield f"its statement does not name its bearer {name}", "name it at the start"
    if rule.time is not None:
        said = [mention.limit for mention in find_time_limits(rule.statement)]
        if not any(rule.time.kind is s.kind and rule.time.same_amount(s) for s in said):
            yield (
                f"its statement does not say {rule.time.format()}",
                "write the time limit into the statement",
            )


# The text against the rows


def verify_coverage(regulation: Regulation, table: RuleTable) -> list[Gap]:
    """What no row answers for, in the order of the text; empty when all is covered."""
    gaps = list(_gaps(regulation, table))
    excuses = table.exceptions
    open_ = [gap for gap in gaps if not any(excuse.span.overlaps(gap.span) for excuse in excuses)]
    needless = [
        Gap(GapKind.NEEDLESS, excuse.provision, excuse.span, excuse.quote)
        for excuse in excuses
        if not any(excuse.span.overlaps(gap.span) for gap in gaps)
    ]
    return sorted([*open_, *needless], key=lambda gap: (gap.span, gap.kind))


def _gaps(regulation: Regulation, table: RuleTable) -> Iterator[Gap]:
    text = regulation.text.simplified
    quoted = _offsets(rule.span for rule in table)
    for provision, span in _leaves(regulation):
        for clause in _CLAUSE.finditer(text, span.start, span.end):
            for bare in _bare(text, Span(*clause.span()), quoted):
                yield Gap(GapKind.WORDS, provision, bare, bare.of(text))
        for mention in find_time_limits(span.of(text)):
            if not any(_carries(rule, mention, span) for rule in table.of(provision)):
                at = mention.span.shift(span.start)
                yield Gap(GapKind.TIME, provision, at, at.of(text))
    quoted |= _offsets(fact.span for fact in table.preamble)
    for match in _DATE.finditer(text):
        if match.start() not in quoted:
            at = Span(*match.span())
            yield Gap(GapKind.DATE, regulation.provision_at(at.start), at, match[0])


def _carries(rule: Rule, mention: TimeMention, within: Span) -> bool:
    """Whether ``rule`` quotes the mention's amount and sets the same limit."""
    return (
        rule.time is not None
        and rule.span.contains(mention.amount.shift(within.start))
        and rule.time.kind is mention.limit.kind
        and rule.time.same_amount(mention.limit)
    )


def _leaves(regulation: Regulation) -> Iterator[tuple[ProvisionId, Span]]:
    """The lead of every paragraph and the body of every item: all words of all articles."""
    for article in regulation.articles:
        for paragraph in article.paragraphs:
            name = ProvisionId(regulation.id, article.number, article.suffix, paragraph.number)
            yield name, paragraph.lead
            for item in paragraph.items:
                yield replace(name, item=item.number), item.body


def _offsets(spans: Iterable[Span]) -> set[int]:
    """Every offset that one of the spans holds."""
    return {offset for span in spans for offset in range(span.start, span.end)}


def _bare(text: str, clause: Span, quoted: set[int]) -> Iterator[Span]:
    """The stretches of words in ``clause`` that no quote holds, joining words aside."""
    start: int | None = None
    for offset in range(clause.start, clause.end + 1):
        if offset < clause.end and offset not in quoted:
            start = offset if start is None else start
        elif start is not None:
            words = "".join(c for c in text[start:offset] if c.isalnum())
            if words and words not in _JOINS:
                yield Span(start, offset)
            start = None
