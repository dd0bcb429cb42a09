"""The source panel: a whole article, with the quoted words marked."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.question import Language
from assistant.web import strings as words
from assistant.web.markup import Markup, el, join
from index.citation import format_citation
from index.numerals import numeral
from index.regulation import Article, Division, Paragraph, ProvisionId, Regulation
from index.text import Script, Span, convert

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")

__all__ = ["Target", "chip", "label_of", "notice_html", "parse_target", "source_html"]


@dataclass(frozen=True, slots=True)
class Target:
    """What the source panel shows: an article, and what to mark in it."""

    provision: ProvisionId
    span: Span | None = None
    """Words to mark, in the regulation's text; None marks the provision itself."""
    core: Span | None = None
    """The part of ``span`` that decides."""


def label_of(provision: ProvisionId, language: Language, regulation: Regulation) -> str:
    """The provision's name as a chip shows it: no 第一款 where the article has only one."""
    return format_citation(provision, lang=language, regulation=regulation, short=True)


def link_of(provision: ProvisionId) -> str:
    """Permalink of a provision, relative to the page.

    >>> link_of(ProvisionId("r", 25, paragraph=1, item=7))
    '?cite=25.1(7)'
    """
    name = str(provision.article)
    if provision.suffix is not None:
        name += f"-{provision.suffix}"
    if provision.paragraph is not None:
        name += f".{provision.paragraph}"
    if provision.item is not None:
        name += f"({provision.item})"
    return f"?cite={name}"


def chip(target: Target, language: Language, regulation: Regulation) -> Markup:
    """A link that opens ``target`` in the source panel."""
    return el(
        "a",
        label_of(target.provision, language, regulation),
        class_="chip",
        href=link_of(target.provision),
        data_cite=target.provision,
        data_span=_written(target.span),
        data_core=_written(target.core),
    )


def _written(span: Span | None) -> str | None:
    return f"{span.start}-{span.end}" if span else None


def parse_target(cite: object, span: object, core: object, regulation: Regulation) -> Target | None:
    """Read back what :func:`chip` wrote; None for anything that does not exist.

    It comes from the browser, so nothing in it is trusted.
    """
    try:
        provision = regulation.canonical(ProvisionId.parse(str(cite)))
    except ValueError:  # CitationError, NoSuchProvisionError, a number out of range
        return None
    if provision.regulation != regulation.id:
        return None
    whole = regulation.span(provision.of_article)
    marked = _read_span(span, whole)
    return Target(provision, marked, _read_span(core, marked) if marked else None)


def _read_span(written: object, within: Span) -> Span | None:
    match = _SPAN.fullmatch(str(written))
    if match is None or int(match[1]) >= int(match[2]):
        return None
    span = Span(int(match[1]), int(match[2]))
    return span if within.contains(span) else None


def source_html(
    targets: Iterable[Target], regulation: Regulation, script: Script, language: Language
) -> Markup:
    """The articles of ``targets`` in full, each once, what is cited marked."""
    by_article: dict[ProvisionId, list[Target]] = {}
    for target in targets:
        by_article.setdefault(target.provision.of_article, []).append(target)
    parts = [
        _article_html(name, group, regulation, script, language)
        for name, group in by_article.items()
    ]
    return join(*parts) if parts else el("p", words.SOURCE_EMPTY.of(language), class_="empty")


def notice_html(text: str) -> Markup:
    """Something the reader should know: nothing found, a part that does not work now."""
    return el("p", text, class_="notice", role="status")


def _article_html(
    name: ProvisionId,
    targets: list[Target],
    regulation: Regulation,
    script: Script,
    language: Language,
) -> Markup:
    article = regulation.article(name.article, name.suffix)
    marks = [t.span or regulation.span(t.provision) for t in targets if _is_part(t)]
    cores = [t.core or t.span for t in targets]
    paint = _paint(marks, [core for core in cores if core])
    headings = " › ".join(
        _heading(division, language, script) for division in regulation.divisions_of(article)
    )
    title = label_of(name, language, regulation)
    shown = convert(title, script) if language is not Language.EN else title
    return el(
        "article",
        el(
            "header",
            el("p", headings, class_="chapter"),
            el("h2", shown),
            class_="article-head",
            lang=language,
        ),
        el(
            "div",
            *(_paragraph_html(p, paint, regulation, script) for p in article.paragraphs),
            class_="provision",
            lang=script,
        ),
        _neighbours(article, regulation, language),
        class_="article",
        data_article=name,
    )


def _is_part(target: Target) -> bool:
    return target.span is not None or target.provision != target.provision.of_article


def _heading(division: Division, language: Language, script: Script) -> str:
    heading = convert(division.heading, script)
    if language is Language.EN:
        return f"{division.kind.name.title()} {division.number} · {heading}"
    return convert(f"第{numeral(division.number)}{division.kind} ", script) + heading


Paint = tuple[tuple[Span, str | None], ...]
"""Disjoint spans in the order of the text, each with the class of its mark."""


def _paint(marks: list[Span], cores: list[Span]) -> Paint:
    """What to mark, and how; where spans overlap, a core wins.

    >>> _paint([Span(0, 9)], [Span(2, 4)])
    ((Span(start=0, end=2), None), (Span(start=2, end=4), 'core'), (Span(start=4, end=9), None))
    """
    edges = sorted({edge for span in (*marks, *cores) for edge in (span.start, span.end)})
    parts = [Span(a, b) for a, b in itertools.pairwise(edges)]
    return tuple(
        (part, "core" if any(core.contains(part) for core in cores) else None)
        for part in parts
        if any(span.contains(part) for span in (*marks, *cores))
    )


def _paragraph_html(
    paragraph: Paragraph, paint: Paint, regulation: Regulation, script: Script
) -> Markup:
    lead = paragraph.lead if paragraph.items else paragraph.span
    first = el("p", _painted(lead, paint, regulation, script)) if len(lead) else None
    items = (
        el("p", _painted(item.span, paint, regulation, script), class_="item")
        for item in paragraph.items
    )
    return join(first, *items)


def _painted(span: Span, paint: Paint, regulation: Regulation, script: Script) -> Markup:
    """The words of ``span``, on one line: the published text breaks lines anywhere."""

    def words_of(start: int, end: int) -> str:
        return regulation.text.slice(Span(start, end), script).replace("\n", "")

    parts: list[object] = []
    at = span.start
    for part, kind in paint:
        start, end = max(part.start, at), min(part.end, span.end)
        if start < end:
            parts += [words_of(at, start), el("mark", words_of(start, end), class_=kind)]
            at = end
    return join(*parts, words_of(at, span.end))


def _neighbours(article: Article, regulation: Regulation, language: Language) -> Markup:
    at = regulation.articles.index(article)
    links = []
    for step, text in ((-1, words.PREVIOUS), (1, words.NEXT)):
        if not 0 <= at + step < len(regulation.articles):
            links.append(el("span"))
            continue
        other = regulation.articles[at + step]
        name = ProvisionId(regulation.id, other.number, other.suffix)
        label = label_of(name, language, regulation)
        arrow = f"‹ {label}" if step < 0 else f"{label} ›"
        links.append(el("a", arrow, href=link_of(name), data_cite=name, title=text.of(language)))
    return el("nav", *links, class_="neighbours", aria_label=words.SOURCE.of(language))
