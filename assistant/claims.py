"""A text read: sentences, clauses, and in each clause what can be checked.

Reading judges nothing. It says which words are a time limit, who is named and in which
role, what is cited and quoted, what force a clause has and which stretches it denies.
"""

from __future__ import annotations

import enum
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol, TypeVar

from assistant.align import quantities, tagged
from assistant.conduct import Conduct, read_conduct
from assistant.foreign import find_foreign
from assistant.grams import Bag, mask, read_bag
from assistant.in_force import in_force
from assistant.knowledge import Knowledge
from assistant.layout import answered, in_columns
from assistant.measures import (
    AnchorPhrase,
    Figure,
    Severity,
    Threshold,
    UnitPhrase,
    find_anchors,
    find_figures,
    find_thresholds,
    find_units,
    severity,
)
from assistant.polarity import Force, Mark, denied_zones, find_marks
from assistant.roles import Party, Role, find_parties
from assistant.segment import (
    Break,
    Clause,
    Quotation,
    Sentence,
    find_block_quotations,
    find_quotations,
    make_view,
    segment_view,
)
from index.actors import ActorMention
from index.citation import Citation, find_citations
from index.limits import Comparison, LimitKind, TimeLimit
from index.moments import Moment, find_moments
from index.numerals import read_numeral
from index.text import Span
from index.timelimit import TimeMention, find_time_limits

__all__ = ["Bearing", "CitedClause", "ClauseReading", "Reading", "SentenceReading", "read"]


class Bearing(enum.StrEnum):
    """On which side of a citation lies what it vouches for."""

    FORWARD = "forward"
    """根据第三十条，…: on the clauses that follow."""
    BACKWARD = "backward"
    """…（第三十条）, 依据是第三十条: on what went before."""
    HERE = "here"
    """On the rest of its own clause."""


@dataclass(frozen=True, slots=True)
class CitedClause:
    """A citation and the side it vouches for."""

    citation: Citation
    bearing: Bearing


@dataclass(frozen=True, slots=True)
class ClauseReading:
    """One clause. All spans are offsets into the text."""

    span: Span
    cut: Break
    times: tuple[TimeMention, ...]
    parties: tuple[Party, ...]
    citations: tuple[CitedClause, ...]
    quotes: tuple[Quotation, ...]
    marks: tuple[Mark, ...]
    moments: tuple[Moment, ...]
    thresholds: tuple[Threshold, ...]
    anchors: tuple[AnchorPhrase, ...]
    units: tuple[UnitPhrase, ...]
    figures: tuple[Figure, ...]
    severity: Severity | None
    """Of the event that it names."""
    bag: Bag
    """What the clause speaks of: without quantities and citations, actors faint."""

    @property
    def bare(self) -> bool:
        """Whether it holds a citation and nothing else to speak of."""
        return bool(self.citations) and not self.bag and not self.times


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """One sentence with its clauses; ``denied`` are the stretches it says are not so."""

    sentence: Sentence
    clauses: tuple[ClauseReading, ...]
    denied: tuple[Span, ...]
    heading: Bag | None
    foreign: Span | None
    """Name of another law or place that the sentence rests on."""
    conduct: Conduct | None = None
    """How the sentence tells of what was done; None when it states a rule."""
    origin: Moment | None = None
    """When the event happened of which the sentence, or one before it in its block, tells."""

    def is_denied(self, span: Span) -> bool:
        """Whether the words at ``span`` are named in order to be denied."""
        return any(zone.start <= span.start and span.end <= zone.end for zone in self.denied)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole text."""

    text: str
    view: str
    sentences: tuple[SentenceReading, ...]
    english: bool = field(default=False)


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


S = TypeVar("S", bound=_Spanned)


class _Shelf:
    """Spanned things in order, to be taken by range."""

    def __init__(self, things: Sequence[S]) -> None:
        self.things: tuple[_Spanned, ...] = tuple(sorted(things, key=lambda t: t.span.start))
        self.starts = [t.span.start for t in self.things]

    def take(self, span: Span) -> tuple[_Spanned, ...]:
        low = bisect_left(self.starts, span.start)
        high = bisect_left(self.starts, span.end)
        return self.things[low:high]


def read(text: str, knowledge: Knowledge) -> Reading:
    """Read a text. Any string at all; time and space are linear in its length."""
    view = make_view(text)
    times = read_times(view)
    actors = knowledge.actors.find(view)
    citations = find_citations(view, regulation=knowledge.regulation)
    shelves = _Shelves(
        _Shelf(times),
        _Shelf(_apart_from(actors, citations)),
        _Shelf(citations),
        _Shelf([*find_quotations(view), *find_block_quotations(text)]),
        _Shelf(find_marks(view)),
        _Shelf(find_moments(view)),
    )
    sentences: list[SentenceReading] = []
    for sentence in segment_view(view, text):
        before = sentences[-1] if sentences else None
        sentences.append(_read_sentence(view, sentence, shelves, knowledge, before))
    letters = sum(c.isascii() and c.isalpha() for c in view[:2000])
    english = letters * 2 > sum(not c.isspace() for c in view[:2000])
    return Reading(text, view, tuple(sentences), english)


@dataclass(frozen=True, slots=True)
class _Shelves:
    times: _Shelf
    actors: _Shelf
    citations: _Shelf
    quotes: _Shelf
    marks: _Shelf
    moments: _Shelf


_IN_FORCE = re.compile(
    r"施行|生效|起实施|开始实施|\b(?:takes?|took) effect|\bin force|\beffective|\bcomes? into"
)
_COUNT = re.compile(
    r"(?<![第每0-9一二三四五六七八九十])(?P<number>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
    r"(?:次|回)(?!性|数|级|要)"
)


_IN_A_MONTH = re.compile(
    r"(?:[4-9]|1[0-2]|[四五六七八九十]|十[一二])月(?!度)|(?:[0-9]{1,2}|"
    r"[一二三四五六七八九十]{1,2})月份"
)
_BOUNDS: dict[Comparison | None, Comparison] = {
    Comparison.LESS_THAN: Comparison.AT_LEAST, Comparison.MORE_THAN: Comparison.AT_MOST,
}  # fmt: skip
_WILL_NOT_DO = re.compile(r"\s*(?:都|是|就|则)?(?:不行|不可以?|不允许|不成|不合规|不符合|违规)")
_DAY_OF_MONTH = re.compile(r"[0-9一二三四五六七八九十]{1,3}[日号]")
_OF_THAT_MONTH = re.compile(r"[同当本上]月$")
_DATED = re.compile(r"(?:月份?|季度|日|年|其中)$")


def read_times(view: str) -> tuple[TimeMention, ...]:
    """The limits of a view, with what only their surroundings tell."""
    out: list[TimeMention] = []
    for mention in find_time_limits(view):
        start = mention.amount.start
        if _OF_THAT_MONTH.search(view, max(0, start - 2), start):
            continue  # 同月20日
        bound = _BOUNDS.get(mention.limit.comparison)
        if bound is not None and _WILL_NOT_DO.match(view, mention.span.end):
            mention = replace(mention, limit=replace(mention.limit, comparison=bound))
        if mention.limit.kind is LimitKind.FREQUENCY and _IN_A_MONTH.match(view, start):
            continue  # 6月份两次: told of one month
        if mention.limit.word == "定期" and (
            view[start - 1 : start] in ("规", "约", "指", "固")
            or view[start + 2 : start + 3] in ("限", "间")
        ):
            continue  # 规定期限, 未另定期限
        limit = mention.limit
        if limit.kind in (LimitKind.WITHIN, LimitKind.THRESHOLD) and limit.quantity is not None:
            if mention.bare and view[max(0, start - 2) : start] in ("全年", "一年", "年度"):
                continue  # 全年四个季度: a year told in its parts
            before = re.split(r"[,。;、\n]", view[max(0, start - 12) : start])[-1]
            after = re.split(r"[,。;、\n]", view[mention.span.end : mention.span.end + 8])[0]
            if _IN_FORCE.search(before) or _IN_FORCE.search(after):
                told = mention.amount.of(view)
                if _DAY_OF_MONTH.fullmatch(told) and after.startswith("起"):  # 自20日起施行
                    day = TimeLimit(LimitKind.EFFECTIVE, word=told)
                    out.append(replace(mention, limit=day))
                    continue
                mention = replace(mention, limit=replace(limit, kind=LimitKind.EFFECTIVE))
        out.append(mention)
    return tuple(_with_counts(view, out))


def _with_counts(view: str, times: Sequence[TimeMention]) -> Iterator[TimeMention]:
    """每年听取1次甲、听取2次乙: a second count shares the period of the first."""
    for i, mention in enumerate(times):
        yield mention
        limit = mention.limit
        if limit.kind is not LimitKind.FREQUENCY or limit.times is None or mention.observed:
            continue
        stop = re.search(r"[。;!?\n]", view[mention.span.end : mention.span.end + 60])
        end = mention.span.end + (stop.start() if stop else 60)
        if i + 1 < len(times):
            end = min(end, times[i + 1].span.start)
        for match in _COUNT.finditer(view, mention.span.end, end):
            if _DATED.search(view, max(0, match.start() - 5), match.start()):
                continue  # 其中6月份两次
            span = Span(match.start(), match.end())
            number = read_numeral(match["number"])
            yield TimeMention(span, replace(limit, times=number), span, span)


def _apart_from(
    actors: Sequence[ActorMention], citations: Sequence[Citation]
) -> list[ActorMention]:
    """The actors that are not part of a citation (《…党委…实施办法》第三十条)."""
    shelf = _Shelf(citations)
    kept = []
    for mention in actors:
        low = bisect_left(shelf.starts, mention.span.start + 1) - 1
        inside = low >= 0 and shelf.things[low].span.overlaps(mention.span)
        if not inside:
            kept.append(mention)
    return kept


def _read_sentence(
    view: str,
    sentence: Sentence,
    shelves: _Shelves,
    knowledge: Knowledge,
    before: SentenceReading | None,
) -> SentenceReading:
    clauses = tuple(
        _read_clause(view, span, cut, shelves, sentence)
        for clause in sentence.clauses
        for span, cut in _split(view, clause, shelves)
    )
    question = before.sentence.span if before is not None and before.sentence.question else None
    clauses = tuple(_with_layout(view, clause, sentence, question) for clause in clauses)
    near = before is not None and sentence.block - before.sentence.block <= 1
    told = [(c.span, c.moments) for c in clauses if c.moments]
    conduct, elapsed, origin = read_conduct(
        view,
        sentence.span,
        told,
        [t for c in clauses for t in c.times],
        before.origin if before is not None and near else None,
    )
    if elapsed:
        clauses = tuple(
            replace(c, times=c.times + tuple(e for e in elapsed if c.span.contains(e.span)))
            for c in clauses
        )
    clauses = in_force(view, clauses, question)
    heading = None
    if sentence.heading is not None:
        heading = _bag(view, sentence.heading, shelves)
    return SentenceReading(
        sentence,
        clauses,
        denied_zones(view, [clause.span for clause in clauses]),
        heading,
        find_foreign(view, sentence.span, shelves.citations.take(sentence.span), knowledge),
        conduct,
        origin,
    )


def _with_layout(
    view: str, clause: ClauseReading, sentence: Sentence, question: Span | None
) -> ClauseReading:
    """A clause with the roles that its place gives to the parties it names."""
    if sentence.table:
        parties = in_columns(view, sentence.heading, sentence.span, clause.parties)
    elif question is not None:
        parties = answered(view, question, clause.span, clause.parties)
    else:
        return clause
    return replace(clause, parties=parties)


_AND = re.compile(r"\s(?:and|but|or)\s")


def _split(view: str, clause: Clause, shelves: _Shelves) -> Iterator[tuple[Span, Break]]:
    """1小时内报甲、3小时内报乙: each limit of a 、 list is a claim of its own."""
    times = shelves.times.take(clause.span)
    at, cut = clause.span.start, clause.cut
    for one, two in pairwise(times):
        comma = view.find("、", one.span.end, two.span.start)
        joint = _AND.search(view, one.span.end, two.span.start)
        if comma < 0 and joint is not None:
            comma = joint.start()
        if comma >= 0 and comma + 1 < clause.span.end:
            yield Span(at, comma), cut
            at, cut = comma + 1, Break.COMMA
    yield Span(at, clause.span.end), cut


def _bag(view: str, span: Span, shelves: _Shelves, parties: Sequence[Party] | None = None) -> Bag:
    hidden = [(c.span.start, c.span.end) for c in shelves.citations.take(span)]
    for mention in shelves.times.take(span):
        assert isinstance(mention, TimeMention)
        hidden.extend(quantities(mention))
    hidden.extend((m.span.start, m.span.end) for m in shelves.moments.take(span))
    for mark in shelves.marks.take(span):
        if isinstance(mark, Mark) and mark.force is not Force.SILENT:
            hidden.append((mark.span.start, mark.span.end))
    named = shelves.actors.take(span) if parties is None else [
        p for p in parties if p.role in (Role.BEARER, Role.RECIPIENT)
    ]  # fmt: skip
    faint = [m.span for m in named]
    # 自监督检查结束之日起: what is counted from is a slot to compare, not the matter at hand
    faint += [t.anchor for t in shelves.times.take(span) if isinstance(t, TimeMention) and t.anchor]
    dim = [(f.start - span.start, f.end - span.start) for f in faint if span.contains(f)]
    bag = read_bag(mask(view, span.start, span.end, hidden), dim, 0.25)
    kinds = {t.limit.kind for t in shelves.times.take(span) if isinstance(t, TimeMention)}
    return tagged(bag, kinds)


_BACK_CUE = re.compile(
    r"(?:依据|根据|出处|来源|规定|写|见|载|出自|参见|详见|条款|条文|引自|列|放|basis|see|"
    r"source|under|in)"
    r"(?:是|为|于|在|:|的是|办法|实施办法|《[^》]{0,30}》|\s|the|measures)*$"
)


def _read_clause(
    view: str, span: Span, cut: Break, shelves: _Shelves, sentence: Sentence
) -> ClauseReading:
    units = tuple(find_units(view[span.start : span.end]))
    units = tuple(replace(u, span=u.span.shift(span.start)) for u in units)
    times = tuple(
        t
        for t in shelves.times.take(span)
        if isinstance(t, TimeMention) and not any(u.span.overlaps(t.span) for u in units)
    )
    anchors = tuple(
        AnchorPhrase(a.span.shift(span.start), a.words)
        for a in find_anchors(view[span.start : span.end])
    )
    thresholds = tuple(
        Threshold(t.span.shift(span.start), t.level)
        for t in find_thresholds(view[span.start : span.end])
    )
    mentions = [m for m in shelves.actors.take(span) if isinstance(m, ActorMention)]
    parties = find_parties(view, span, mentions, times)
    bag = _bag(view, span, shelves, parties)
    cited = []
    for citation in shelves.citations.take(span):
        assert isinstance(citation, Citation)
        cited.append(CitedClause(citation, _bearing(view, span, citation, sentence, bag)))
    return ClauseReading(
        span,
        cut,
        times,
        parties,
        tuple(cited),
        tuple(q for q in shelves.quotes.take(span) if isinstance(q, Quotation)),
        tuple(m for m in shelves.marks.take(span) if isinstance(m, Mark)),
        tuple(m for m in shelves.moments.take(span) if isinstance(m, Moment)),
        thresholds,
        tuple(a for a in anchors if not any(t.span.overlaps(a.span) for t in times)),
        units,
        tuple(find_figures(view, span.start, span.end)),
        severity(view, span.start, span.end),
        bag,
    )


_BACK_AFTER = re.compile(
    r"\s*(?:中|里|对此|对这|就|都|也|确实|明确|专门)*(?:(?:是)?(?:这么|这样|如此|那么)(?:写|规定|"
    r"说|要求|讲|定)的?|"
    r"有(?:明确|专门|具体|相应)?(?:的)?(?:规定|要求|依据)|写得(?:很|十分)?(?:清楚|明白|明确)|"
    r"可查|为证|为准|为据|"
    r"就是(?:依据|根据|出处)|(?:是|为)(?:依据|根据|出处)|说的(?:就)?是这|讲的(?:就)?是这|所规定|"
    r"(?:所)?(?:规定|列出|列明|列|明确|确定)的?(?:职责|事项|内容|情形|要求)?)\s*$"
    r"|\s*(?:says so|provides so|provides this|says this|is the basis|is the source|refers|"
    r"applies|governs)\W*$"
)


def _bearing(view: str, clause: Span, citation: Citation, sentence: Sentence, bag: Bag) -> Bearing:
    before = view[clause.start : citation.span.start]
    after = view[citation.span.end : clause.end]
    bracketed = before.rstrip().endswith("(") or before.count("(") > before.count(")")
    if bracketed:
        return Bearing.BACKWARD
    first = clause.start == sentence.clauses[0].span.start
    if not first and _BACK_AFTER.match(after) and len(before.strip()) <= 12:
        return Bearing.BACKWARD
    if _BACK_CUE.search(before.rstrip()) and not after.strip("》)” 。,'\""):
        # 依据是第三十条 looks back, unless nothing stands before it
        return Bearing.FORWARD if first and len(sentence.clauses) > 1 else Bearing.BACKWARD
    if len(after.strip()) <= 4 and (not bag or len(bag.grams) <= 2):
        return Bearing.FORWARD if first else Bearing.BACKWARD
    return Bearing.HERE if len(bag.grams) > 2 else Bearing.FORWARD
