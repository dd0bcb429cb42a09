"""What a citation means: markers → :class:`Citation`, with the work and the provisions.

What the words leave open is settled here: 同条 and 前款 by what was cited before,
"25(7)" by whether the article has items, the work by the name beside it.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.citation_zh import link_at
from index.marker import Anchor, Link, Marker, Ref
from index.regulation import ProvisionId, Regulation
from index.text import Folded, Span
from index.works import OWN, work_after, work_before, work_before_english

__all__ = ["FOREIGN", "Citation", "CitationKind", "merge", "resolve", "resolve_all", "work_of"]

FOREIGN = "other"
"""``ProvisionId.regulation`` of a provision of another work."""


class CitationKind(enum.StrEnum):
    """How many provisions a citation names, and how."""

    SINGLE = "single"
    LIST = "list"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation found in a text."""

    span: Span
    """In the text as given; the name of the work is outside."""
    provisions: tuple[ProvisionId, ...]
    """As cited: levels that are not written are None. A RANGE has its two ends."""
    kind: CitationKind
    work: str | None = None
    """None: this regulation. Otherwise the other work's name, simplified."""
    parts: tuple[Span, ...] = ()
    """Where each of ``provisions`` is written."""
    english: bool = False

    def expand(self, regulation: Regulation) -> tuple[ProvisionId, ...]:
        """Every provision meant: for a RANGE all between its ends that exist, and the
        ends themselves."""
        if self.kind is not CitationKind.RANGE:
            return self.provisions
        first, last = self.provisions
        return tuple(between(regulation, first, last))


def resolve_all(
    markers: Iterable[Marker], folded: Folded, regulation: Regulation, here: ProvisionId | None
) -> tuple[Citation, ...]:
    """The citations that ``markers`` are, each in view of those before it."""
    found: list[Citation] = []
    last: ProvisionId | None = None
    last_work: str | None = None
    last_end = -1
    for marker in markers:
        work = work_of(marker, folded, regulation)
        if work is None and last_work is not None:
            # 刑法第三十条、第三十一条, but not past a comma: a new clause may be our own
            joined = _joined(folded.text, last_end, marker.start)
            work = last_work if joined or marker.anchor is not None else OWN
        elif work is not None and last_work is not None and _POINTS_BACK.fullmatch(work):
            work = last_work
        work = work or None
        citation = resolve(marker, folded, regulation, work, last, here)
        if citation is None:
            continue
        found.append(citation)
        last, last_work, last_end = citation.provisions[-1], work, marker.end
    return tuple(found)


def _joined(folded: str, end: int, start: int) -> bool:
    return folded[end:start].strip() not in (",", ";") and link_at(folded, end, start) is not None


_POINTS_BACK = re.compile("(?:该|同|此|上述|前述)(?:法|条例|规定|准则|章程|规则|细则|办法)")


def work_of(marker: Marker, folded: Folded, regulation: Regulation) -> str | None:
    """The work named beside a marker; OWN for this regulation, None where none is named."""
    work = work_before(folded.text, marker.start, regulation)
    if work is None and marker.english:
        start, end = folded.origin[marker.start], folded.span(marker.start, marker.end).end
        work = work_after(folded.text, folded.source, marker.end, end, regulation)
        if work is None:
            work = work_before_english(folded.text, marker.start, folded.source, start, regulation)
    return work


def resolve(
    marker: Marker,
    folded: Folded,
    regulation: Regulation,
    work: str | None,
    last: ProvisionId | None,
    here: ProvisionId | None,
) -> Citation | None:
    """The citation that a marker is; None for a relative one with nothing in view."""
    base = None
    if marker.anchor is not None:
        base = _anchor(marker.anchor, regulation, last, here)
        if base is None:
            return None
    pairs = [_provision(ref, base, regulation, work) for ref in marker.refs]
    parts = [folded.span(ref.start, ref.end) for ref in marker.refs]
    span = folded.span(marker.start, marker.end)
    links = [ref.link for ref in marker.refs]
    if len(pairs) == 2 and links[1] is Link.RANGE and _is_suffix(marker.refs, folded.text):
        first = replace(pairs[0], suffix=pairs[1].article)  # 第133-1条 is 之一
        return Citation(span, (first,), CitationKind.SINGLE, work, (span,), marker.english)
    if len(pairs) == 2 and links[1] is Link.RANGE and pairs[0].sort_key < pairs[1].sort_key:
        kind = CitationKind.RANGE
    else:
        kind = CitationKind.SINGLE if len(pairs) == 1 else CitationKind.LIST
        pairs, parts = _fill_ranges(pairs, parts, links, regulation)
    return Citation(span, tuple(pairs), kind, work, tuple(parts), marker.english)


def _is_suffix(refs: tuple[Ref, ...], folded: str) -> bool:
    """Whether 第133-1条 is meant as 之一: nothing ranges from 133 to 1."""
    first, second = refs
    hyphen = folded[first.end : second.start].strip() in ("-", "–", "—")
    both = first.depth == second.depth == 0 and folded[first.end - 1] != "条"
    return hyphen and both and (second.article or 0) < (first.article or 0)


def _provision(
    ref: Ref, base: ProvisionId | None, regulation: Regulation, work: str | None
) -> ProvisionId:
    name = regulation.id if work is None else FOREIGN
    if ref.article is None and base is not None:
        paragraph, item = ref.paragraph or base.paragraph, ref.item or base.item
        if ref.paragraph and ref.paragraph != base.paragraph:
            item = ref.item or None
        return ProvisionId(name, base.article, base.suffix, paragraph, item, ref.subitem)
    provision = ProvisionId(
        name, ref.article or 0, ref.suffix, ref.paragraph, ref.item, ref.subitem
    )
    if ref.bracket is None:
        return provision
    article = regulation.get(provision.article, provision.suffix) if work is None else None
    if article is not None and any(p.items for p in article.paragraphs):
        return replace(provision, item=ref.bracket)
    return replace(provision, paragraph=ref.bracket)


def _anchor(
    anchor: Anchor, regulation: Regulation, last: ProvisionId | None, here: ProvisionId | None
) -> ProvisionId | None:
    """The provision that a relative citation starts from; None when nothing is in view.

    In the regulation's own words (``here``) 前款 is the paragraph before; in a text
    about it, the one just cited.
    """
    context = last or here
    if context is None:
        return None
    article = context.of_article
    match anchor:
        case Anchor.SAME:
            return article
        case Anchor.SAME_PARAGRAPH:
            return replace(article, paragraph=context.paragraph or 1)
        case Anchor.SAME_ITEM:
            return replace(context, subitem=None) if context.item else None
        case Anchor.PREVIOUS:
            return _article_before(regulation, article)
        case Anchor.PREVIOUS_PARAGRAPH:
            if last is not None:
                return replace(article, paragraph=last.paragraph or 1)
            before = (context.paragraph or 0) - 1
            return replace(article, paragraph=before) if before > 0 else None
        case Anchor.PREVIOUS_ITEM:
            if last is not None:
                return replace(last, subitem=None) if last.item else None
            before = (context.item or 0) - 1
            return replace(context, item=before, subitem=None) if before > 0 else None


def _article_before(regulation: Regulation, provision: ProvisionId) -> ProvisionId | None:
    numbers = [(a.number, a.suffix) for a in regulation.articles]
    try:
        at = numbers.index((provision.article, provision.suffix))
    except ValueError:
        return None
    return ProvisionId(provision.regulation, *numbers[at - 1]) if at else None


def _fill_ranges(
    provisions: list[ProvisionId],
    parts: list[Span],
    links: list[Link | None],
    regulation: Regulation,
) -> tuple[list[ProvisionId], list[Span]]:
    """A list that holds ranges (第三、五至七条), each range written out."""
    out: list[ProvisionId] = []
    where: list[Span] = []
    for provision, part, link in zip(provisions, parts, links, strict=True):
        if link is Link.RANGE and out and out[-1].sort_key < provision.sort_key:
            inner = list(between(regulation, out[-1], provision))[1:]
            out += inner
            where += [part] * len(inner)
        else:
            out.append(provision)
            where.append(part)
    return out, where


def between(regulation: Regulation, first: ProvisionId, last: ProvisionId) -> Iterator[ProvisionId]:
    """The provisions of a range: its ends and all of their level that exist between."""
    yield first
    if first.regulation == regulation.id:
        depth = _depth(first)
        for provision in regulation.provisions():
            if _depth(provision) != depth:
                continue
            same_shape = (
                replace(provision, paragraph=None) if first.paragraph is None else provision
            )
            if first.sort_key < same_shape.sort_key < last.sort_key:
                yield same_shape
    yield last


def _depth(provision: ProvisionId) -> int:
    if provision.subitem is not None:
        return 3
    if provision.item is not None:
        return 2
    return 1 if provision.paragraph is not None else 0


def merge(
    found: tuple[Citation, ...], links: list[Link | None], regulation: Regulation
) -> Citation:
    """Several citations joined by links as one."""
    provisions: list[ProvisionId] = []
    parts: list[Span] = []
    joints: list[Link | None] = []
    for citation, link in zip(found, [None, *links], strict=True):
        provisions += citation.provisions
        parts += citation.parts
        inner = Link.RANGE if citation.kind is CitationKind.RANGE else Link.LIST
        joints += [link, *[inner] * (len(citation.provisions) - 1)]
    provisions, parts = _fill_ranges(provisions, parts, joints, regulation)
    span = Span(found[0].span.start, found[-1].span.end)
    return Citation(
        span, tuple(provisions), CitationKind.LIST, found[0].work, tuple(parts), found[0].english
    )
