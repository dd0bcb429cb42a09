"""The citation language: text ⇄ :class:`~index.regulation.ProvisionId`.

Three ways in, one way out:

* :func:`find_citations` reads citations in any text, offsets and all;
* :func:`parse_citation` reads a text that is one citation and nothing else;
* :func:`explain_missing` says what does exist where a citation leads nowhere;
* :func:`format_citation` writes what the other two read.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.citation_scan import (
    Anchor,
    Link,
    Marker,
    Ref,
    fold_citations,
    link_at,
    read_bare,
    scan,
)
from index.errors import CitationError, NoSuchProvisionError
from index.numerals import numeral, read_numeral
from index.regulation import Article, ProvisionId, Regulation
from index.text import Folded, Script, Span, convert
from index.works import OWN, work_after, work_before, work_before_english

__all__ = [
    "FOREIGN",
    "Citation",
    "CitationKind",
    "article_label",
    "explain_missing",
    "find_citations",
    "format_citation",
    "numeral",
    "parse_citation",
    "provision_label",
    "read_numeral",
]

FOREIGN = "other"
"""``ProvisionId.regulation`` of a provision of another work."""

ENGLISH = "en"
MAX_LENGTH = 2_000  # of a text that claims to be one citation


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
        return tuple(_between(regulation, first, last))


def article_label(number: int, suffix: int | None = None) -> str:
    """Name of an article.

    >>> article_label(30), article_label(133, 1)
    ('第三十条', '第一百三十三条之一')
    """
    return f"第{numeral(number)}条" + (f"之{numeral(suffix)}" if suffix is not None else "")


def format_citation(
    provision: ProvisionId,
    *,
    lang: str = "zh-Hans",
    regulation: Regulation | None = None,
    short: bool = False,
) -> str:
    """The citation of ``provision`` in zh-Hans, zh-Hant or en.

    With ``short`` and the ``regulation``, 第一款 goes where the article has but one.

    >>> item = ProvisionId("r", 25, paragraph=1, item=7)
    >>> format_citation(item), format_citation(item, lang="en")
    ('第二十五条第一款第（七）项', 'Article 25, paragraph 1, item 7')
    """
    if short and regulation is not None and _has_one_paragraph(regulation, provision):
        provision = replace(provision, paragraph=None)
    number, suffix = provision.article, provision.suffix
    if lang == ENGLISH:
        label = f"Article {number}"
        if suffix is not None:  # "Article 1-2" would read as a range
            label += f"-{suffix}" if suffix <= number else f" bis {suffix}"
        for name in ("paragraph", "item", "subitem"):
            if (value := getattr(provision, name)) is not None:
                label += f", {name} {value}"
        return label
    label = article_label(number, suffix)
    if provision.paragraph is not None:
        label += f"第{numeral(provision.paragraph)}款"
    if provision.item is not None:
        label += f"第（{numeral(provision.item)}）项"
    if provision.subitem is not None:
        label += f"第{numeral(provision.subitem)}目"
    return convert(label, Script.TRADITIONAL) if lang == Script.TRADITIONAL else label


def provision_label(
    provision: ProvisionId, regulation: Regulation, *, lang: str = "zh-Hans"
) -> str:
    """The label of a provision in JSON: an item drops the 第一款 of its one-paragraph
    article, a paragraph keeps it (第二十五条第（七）项, 第三十条第一款)."""
    return format_citation(
        provision, lang=lang, regulation=regulation, short=provision.item is not None
    )


def _has_one_paragraph(regulation: Regulation, provision: ProvisionId) -> bool:
    article = _article(regulation, provision)
    return provision.paragraph == 1 and article is not None and len(article.paragraphs) == 1


def _article(regulation: Regulation, provision: ProvisionId) -> Article | None:
    try:
        return regulation.article(provision.article, provision.suffix)
    except NoSuchProvisionError:
        return None


def find_citations(
    text: str, *, regulation: Regulation, here: ProvisionId | None = None
) -> tuple[Citation, ...]:
    """All citations in ``text``, in its order.

    同条, 前款, a bare 第二款 and the like resolve against the citation before them, else
    against ``here``, the provision that the text itself belongs to; what cannot be
    resolved is left out. A law's name before or behind makes it that law's.
    """
    folded = fold_citations(text)
    found: list[Citation] = []
    last: ProvisionId | None = None
    last_work: str | None = None
    last_end = -1
    for marker in scan(folded.text):
        work = _work_of(marker, folded, regulation)
        if work is None and last_work is not None:
            joined = last_end >= 0 and link_at(folded.text, last_end, marker.start) is not None
            # 刑法第三十条、第三十一条; 同条第二款 of a foreign article is foreign
            work = last_work if joined or marker.anchor is not None else OWN
        elif work is not None and last_work and _points_back(work):
            work = last_work
        work = work or None
        resolved = _resolve(marker, folded, regulation, work, last, here)
        if resolved is None:
            continue
        found.append(resolved)
        last, last_work, last_end = resolved.provisions[-1], work, marker.end
    return tuple(found)


_POINTS_BACK = re.compile("(?:该|同|此|上述|前述)(?:法|条例|规定|准则|章程|规则|细则|办法)")


def _points_back(work: str) -> bool:
    return _POINTS_BACK.fullmatch(work) is not None


def _work_of(marker: Marker, folded: Folded, regulation: Regulation) -> str | None:
    """The work named beside a marker; OWN for this regulation, None where none is named."""
    work = work_before(folded.text, marker.start, regulation)
    if work is None and marker.english:
        start, end = folded.origin[marker.start], folded.span(marker.start, marker.end).end
        work = work_after(folded.text, folded.source, marker.end, end, regulation)
        if work is None:
            work = work_before_english(folded.text, marker.start, folded.source, start, regulation)
    return work


def _resolve(
    marker: Marker,
    folded: Folded,
    regulation: Regulation,
    work: str | None,
    last: ProvisionId | None,
    here: ProvisionId | None,
) -> Citation | None:
    base = None
    if marker.anchor is not None:
        base = _anchor(marker.anchor, regulation, last, here)
        if base is None:
            return None
    pairs = [_provision(ref, base, regulation, work) for ref in marker.refs]
    parts = [folded.span(ref.start, ref.end) for ref in marker.refs]
    span = folded.span(marker.start, marker.end)
    links = [ref.link for ref in marker.refs]
    if len(pairs) == 2 and links[1] is Link.RANGE and _is_suffix(marker.refs):
        first = replace(pairs[0], suffix=pairs[1].article)  # 第133-1条 is 之一
        return Citation(span, (first,), CitationKind.SINGLE, work, (span,), marker.english)
    if len(pairs) == 2 and links[1] is Link.RANGE and pairs[0].sort_key < pairs[1].sort_key:
        kind = CitationKind.RANGE
    else:
        kind = CitationKind.SINGLE if len(pairs) == 1 else CitationKind.LIST
        pairs, parts = _fill_ranges(pairs, parts, links, regulation)
    return Citation(span, tuple(pairs), kind, work, tuple(parts), marker.english)


def _is_suffix(refs: tuple[Ref, ...]) -> bool:
    first, second = refs
    both_articles = first.depth == second.depth == 0 and second.start - first.end <= 1
    return both_articles and second.article is not None and (second.article < (first.article or 0))


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
    article = _article(regulation, provision) if work is None else None
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
            inner = list(_between(regulation, out[-1], provision))[1:]
            out += inner
            where += [part] * len(inner)
        else:
            out.append(provision)
            where.append(part)
    return out, where


def _between(
    regulation: Regulation, first: ProvisionId, last: ProvisionId
) -> Iterator[ProvisionId]:
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


# One citation and nothing else

_LEAD = re.compile(
    r"(?:请|帮我|帮忙)?(?:见于?|看|查看?|参见|参照|依据|根据|依照|按照?|看看|从|自|see|show me|the|per|under)? *"
)
_TRAIL = re.compile(
    r" *(?:的|之)?(?:规定|全文|原文|内容|条文|正文)?(?:是什么|说的?是?什么|讲的?是?什么)?[ 。.?!,;:》”\"']*"
)


def parse_citation(
    text: str, *, regulation: Regulation, here: ProvisionId | None = None
) -> Citation:
    """The one citation that ``text`` is; :class:`CitationError` otherwise.

    >>> from index.parse import load_regulation
    >>> regulation = load_regulation()
    >>> def parse(text): return [str(p) for p in parse_citation(text, regulation=regulation).provisions]
    >>> parse("三十条一款"), parse("25(7)"), parse("art. 25 item 7")
    (['nmg-zhengfa/art_30/para_1'], ['nmg-zhengfa/art_25/item_7'], ['nmg-zhengfa/art_25/item_7'])
    >>> parse("第二十五、二十七条")
    ['nmg-zhengfa/art_25', 'nmg-zhengfa/art_27']
    >>> parse("三十日")
    Traceback (most recent call last):
    index.errors.CitationError: "三十日" is not a citation; write for example 第三十条第一款, 30.1, 25(7) or Article 30(1)
    """
    if len(text) > MAX_LENGTH:
        raise CitationError("", f"{len(text)} characters are no citation", _HOW)
    try:
        whole = ProvisionId.parse(text.strip())
    except CitationError:
        pass
    else:
        work = None if whole.regulation == regulation.id else whole.regulation
        span = Span(0, len(text))
        return Citation(span, (whole,), CitationKind.SINGLE, work, (span,), english=False)
    folded = fold_citations(text)
    start = _LEAD.match(folded.text).end()  # type: ignore[union-attr]
    end = len(folded.text.rstrip())
    found = _parse_marked(text, folded, start, regulation, here)
    if found is None:
        found = _parse_bare(folded, start, end, regulation)
    if found is None:
        raise CitationError("", f'"{_shown(text)}" is not a citation', _HOW)
    if any(p.article == 0 for p in found.provisions):
        raise CitationError("", f'"{_shown(text)}" names no article', _HOW)
    return found


_HOW = "write for example 第三十条第一款, 30.1, 25(7) or Article 30(1)"


def _shown(text: str) -> str:
    """``text`` cut short and made printable, for a message."""
    line = "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
    return line if len(line) <= 40 else line[:39] + "…"


def _parse_marked(
    text: str,
    folded: Folded,
    start: int,
    regulation: Regulation,
    here: ProvisionId | None,
) -> Citation | None:
    """Citations with their marks (条, Article), joined by nothing but links."""
    found = find_citations(text, regulation=regulation, here=here)
    if not found:
        return None
    markers = [m for m in scan(folded.text)]
    before = folded.text[start : markers[0].start].strip()
    named = before == "" or _is_name_only(before, folded, markers[0], regulation)
    gaps = zip(markers, markers[1:], strict=False)
    joined = all(link_at(folded.text, a.end, b.start) is not None for a, b in gaps)
    tail = _TRAIL.fullmatch(folded.text, markers[-1].end)
    if tail is None and markers[-1].english:
        rest = folded.text[markers[-1].end :].strip(" .")
        named_after = _work_of(markers[-1], folded, regulation) is not None
        tail = re.match("", "") if named_after and len(rest.split()) <= 16 else None
    if not named or not joined or tail is None or len(markers) != len(found):
        return None
    if len(found) == 1:
        return found[0]
    return _merge(found, [link_at(folded.text, a.end, b.start) for a, b in zip(markers, markers[1:], strict=False)], regulation)  # fmt: skip


def _is_name_only(before: str, folded: Folded, marker: Marker, regulation: Regulation) -> bool:
    """Whether what stands before the first marker is the name of a work."""
    if _CHAPTER_BEFORE.fullmatch(before):
        return True
    return len(before) <= 80 and _work_of(marker, folded, regulation) is not None


_CHAPTER_BEFORE = re.compile(r"(?:第 ?[0-9一二三四五六七八九十百]{1,5}+ ?[编章节] ?)+")


def _merge(
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


def _parse_bare(folded: Folded, start: int, end: int, regulation: Regulation) -> Citation | None:
    """30, 30.1, 25(7), 25-28, also behind the regulation's name."""
    first = re.compile("[第0-9〇○零一二三四五六七八九十百千两廿卅卌]").search(folded.text, start)
    work: str | None = None
    if first is not None and first.start() > start:
        work = work_before(folded.text, first.start(), regulation)
        if work is None:
            return None
        start = first.start()
    marker = read_bare(folded.text, start, end)
    return _resolve(marker, folded, regulation, work or None, None, None) if marker else None


# What does not exist


def explain_missing(
    regulation: Regulation, provision: ProvisionId, *, lang: str = "zh-Hans"
) -> NoSuchProvisionError:
    """The error for a provision that ``regulation`` lacks; it says what there is.

    >>> from index.parse import load_regulation
    >>> error = explain_missing(load_regulation(), ProvisionId("nmg-zhengfa", 42, item=7))
    >>> error.fault, error.remedy
    ('第四十二条第（七）项不存在', '该条共6项')
    """
    label = format_citation(provision, lang=lang)
    if lang == ENGLISH:
        return NoSuchProvisionError(
            "", f"{label} does not exist", _what_exists_en(regulation, provision)
        )
    fault, remedy = f"{label}不存在", _what_exists(regulation, provision)
    if lang == Script.TRADITIONAL:
        fault, remedy = convert(fault, Script.TRADITIONAL), convert(remedy, Script.TRADITIONAL)
    return NoSuchProvisionError("", fault, remedy)


def _what_exists(regulation: Regulation, provision: ProvisionId) -> str:
    article = _article(regulation, provision)
    if article is None:
        return f"{regulation.self_name}共{len(regulation.articles)}条" + (
            "，没有这一“之”条" if provision.suffix is not None else ""
        )
    holders = [p for p in article.paragraphs if p.items]
    count = len(article.paragraphs)
    if provision.paragraph is not None and provision.paragraph > count:
        return f"该条只有{count}款" if count == 1 else f"该条共{count}款"
    if provision.paragraph is None and len(holders) > 1:
        names = "、".join(f"第{numeral(p.number)}款" for p in holders)
        return f"该条{names}都分项，请写明是哪一款"
    if provision.paragraph is not None:
        holders = [p for p in holders if p.number == provision.paragraph]
    whole = "该条" if count == 1 or provision.paragraph is None else "该款"
    if not holders:
        return f"{whole}不分项"
    if provision.item is not None and provision.item > len(holders[0].items):
        return f"{whole}共{len(holders[0].items)}项"
    subitems = holders[0].items[(provision.item or 1) - 1].subitems
    return f"该项共{len(subitems)}目" if subitems else "该项不分目"


def _what_exists_en(regulation: Regulation, provision: ProvisionId) -> str:
    article = _article(regulation, provision)
    if article is None:
        name = regulation.short_names_en[-1] if regulation.short_names_en else "regulation"
        verb = "have" if name.endswith("s") else "has"
        return f"the {name} {verb} {_count(len(regulation.articles), 'article')}"
    whole = format_citation(provision_of(regulation, article), lang=ENGLISH)
    holders = [p for p in article.paragraphs if p.items]
    count = len(article.paragraphs)
    if provision.paragraph is not None and provision.paragraph > count:
        return f"{whole} has {_count(count, 'paragraph')}"
    if provision.paragraph is None and len(holders) > 1:
        return f"several paragraphs of {whole} have items, say which"
    if provision.paragraph is not None:
        holders = [p for p in holders if p.number == provision.paragraph]
        if count > 1:
            whole += f", paragraph {provision.paragraph}"
    if not holders:
        return f"{whole} has no items"
    if provision.item is not None and provision.item > len(holders[0].items):
        return f"{whole} has {_count(len(holders[0].items), 'item')}"
    subitems = holders[0].items[(provision.item or 1) - 1].subitems
    return f"that item has {_count(len(subitems), 'subitem') if subitems else 'no subitems'}"


def provision_of(regulation: Regulation, article: Article) -> ProvisionId:
    """The id of an article."""
    return ProvisionId(regulation.id, article.number, article.suffix)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
