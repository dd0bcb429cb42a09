"""The citation language: text ⇄ :class:`~index.regulation.ProvisionId`.

Three ways in, one way out:

* :func:`find_citations` reads citations in any text, offsets and all;
* :func:`parse_citation` reads a text that is one citation and nothing else;
* :func:`explain_missing` says what does exist where a citation leads nowhere;
* :func:`format_citation` writes what the other two read.
"""

from __future__ import annotations

import itertools
import re

from index.citation_scan import fold_citations, scan
from index.citation_zh import link_at, read_bare
from index.errors import CitationError
from index.labels import article_label, explain_missing, format_citation, provision_label
from index.marker import Marker
from index.numerals import numeral, read_numeral
from index.regulation import ProvisionId, Regulation
from index.resolve import FOREIGN, Citation, CitationKind, merge, resolve, resolve_all, work_of
from index.text import Folded, Span
from index.works import work_before

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

MAX_LENGTH = 2_000  # of a text that claims to be one citation


def find_citations(
    text: str, *, regulation: Regulation, here: ProvisionId | None = None
) -> tuple[Citation, ...]:
    """All citations in ``text``, in its order.

    同条, 前款, a bare 第二款 and the like resolve against the citation before them, else
    against ``here``, the provision that the text itself belongs to; what cannot be
    resolved is left out. A law's name before or behind makes it that law's.

    >>> from index.parse import load_regulation
    >>> text = "《刑法》第三十条不论；第十二条第二款、同条第三款在三十日内报告。"
    >>> for found in find_citations(text, regulation=load_regulation()):
    ...     print(found.span.of(text), found.provisions[0], found.work)
    第三十条 other/art_30 刑法
    第十二条第二款 nmg-zhengfa/art_12/para_2 None
    同条第三款 nmg-zhengfa/art_12/para_3 None
    """
    folded = fold_citations(text)
    return resolve_all(scan(folded.text), folded, regulation, here)


# One citation and nothing else

_HOW = "write for example 第三十条第一款, 30.1, 25(7) or Article 30(1)"
_LEAD = re.compile(
    r"(?:请|帮我)?(?:看看|查看|见于|参见|参照|依据|根据|依照|按照|见|看|查|按|从|自"
    r"|see|show me|the|per|under)? *"
)
_TRAIL = re.compile(
    r" *(?:的|之)?(?:规定|全文|原文|内容|条文|正文)?(?:是什么|说的?是?什么|讲的?是?什么)?"
    r"[ 。.?!,;:》”\"']*"
)
_DIVISIONS = re.compile(r"(?:第 ?[0-9一二三四五六七八九十百]{1,5}+ ?[编章节] ?)+")
_NUMBER = re.compile("[第0-9〇○零一二三四五六七八九十百千两廿卅卌]")


def parse_citation(
    text: str, *, regulation: Regulation, here: ProvisionId | None = None
) -> Citation:
    """The one citation that ``text`` is; :class:`CitationError` otherwise.

    >>> from index.parse import load_regulation
    >>> regulation = load_regulation()
    >>> def parse(text):
    ...     return [str(p) for p in parse_citation(text, regulation=regulation).provisions]
    >>> parse("三十条一款"), parse("25(7)"), parse("25.1(7)")
    (['nmg-zhengfa/art_30/para_1'], ['nmg-zhengfa/art_25/item_7'], \
['nmg-zhengfa/art_25/para_1/item_7'])
    >>> parse("第二十五、二十七条"), parse("Art. 12 para. 2")
    (['nmg-zhengfa/art_25', 'nmg-zhengfa/art_27'], ['nmg-zhengfa/art_12/para_2'])
    >>> parse("三十日")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    index.errors.CitationError: "三十日" is not a citation; write for example 第三十条第一款, ...
    """
    if len(text) > MAX_LENGTH:
        raise CitationError("", f"{len(text)} characters are no citation", _HOW)
    found = _parse_id(text, regulation)
    if found is None:
        folded = fold_citations(text)
        start = _LEAD.match(folded.text).end()  # type: ignore[union-attr]
        found = _parse_marked(folded, start, regulation, here)
        if found is None:
            found = _parse_bare(folded, start, len(folded.text.rstrip()), regulation)
    if found is None:
        raise CitationError("", f'"{_shown(text)}" is not a citation', _HOW)
    return found


def _shown(text: str) -> str:
    """``text`` cut short and made printable, for a message."""
    line = "".join(c if c.isprintable() else "�" for c in " ".join(text[:200].split()))
    return line if len(line) <= 40 else line[:39] + "…"


def _parse_id(text: str, regulation: Regulation) -> Citation | None:
    try:
        name = ProvisionId.parse(text.strip())
    except CitationError:
        return None
    span = Span(0, len(text))
    work = None if name.regulation == regulation.id else name.regulation
    return Citation(span, (name,), CitationKind.SINGLE, work, (span,))


def _parse_marked(
    folded: Folded, start: int, regulation: Regulation, here: ProvisionId | None
) -> Citation | None:
    """Citations with their marks (条, Article), joined by nothing but links."""
    markers = list(scan(folded.text))
    if not markers:
        return None
    found = resolve_all(markers, folded, regulation, here)
    links = [link_at(folded.text, a.end, b.start) for a, b in itertools.pairwise(markers)]
    alone = (
        len(markers) == len(found)
        and None not in links
        and _is_lead(folded.text[start : markers[0].start].strip(), markers[0], folded, regulation)
        and _is_trail(markers[-1], folded, regulation)
    )
    if not alone:
        return None
    return found[0] if len(found) == 1 else merge(found, links, regulation)


def _is_lead(before: str, marker: Marker, folded: Folded, regulation: Regulation) -> bool:
    """Whether nothing but the name of a work or a chapter stands before the citation."""
    if not before or _DIVISIONS.fullmatch(before):
        return True
    return len(before) <= 80 and work_of(marker, folded, regulation) is not None


def _is_trail(marker: Marker, folded: Folded, regulation: Regulation) -> bool:
    """Whether nothing but 规定, 是什么 or "of the … Law" stands behind the citation."""
    if _TRAIL.fullmatch(folded.text, marker.end):
        return True
    few = len(folded.text[marker.end :].split()) <= 16
    return marker.english and few and work_of(marker, folded, regulation) is not None


def _parse_bare(folded: Folded, start: int, end: int, regulation: Regulation) -> Citation | None:
    """30, 30.1, 25(7), 25-28, also behind the regulation's name."""
    first = _NUMBER.search(folded.text, start)
    work: str | None = None
    if first is not None and first.start() > start:
        work = work_before(folded.text, first.start(), regulation)
        if work is None:
            return None
        start = first.start()
    marker = read_bare(folded.text, start, end)
    return resolve(marker, folded, regulation, work or None, None, None) if marker else None
