"""The source panel: a whole article, with the quoted words marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.question import Language
from assistant.web import strings as words
from assistant.web.markup import Markup, el, join
from index.citation import article_label, format_citation
from index.regulation import Article, Item, Paragraph, ProvisionId, Regulation
from index.text import Script, Span, convert

__all__ = ["Target", "chip", "label_of", "notice_html", "parse_target", "source_html"]


@dataclass(frozen=True, slots=True)
class Target:
    """What the source panel shows: an article, and what to mark in it."""

    provision: ProvisionId
    span: Span | None = None
    """Words to mark, in the regulation's text; None marks the provision itself."""


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
    span = target.span
    return el(
        "a",
        label_of(target.provision, language, regulation),
        class_="chip",
        href=link_of(target.provision),
        data_cite=target.provision,
        data_span=f"{span.start}-{span.end}" if span else None,
    )


def parse_target(cite: object, span: object, regulation: Regulation) -> Target | None:
    """Read back what :func:`chip` wrote; None for anything that does not exist.

    It comes from the browser, so nothing in it is trusted.
    """
    try:
        provision = regulation.canonical(ProvisionId.parse(str(cite)))
    except ValueError:  # CitationError, NoSuchProvisionError, a number out of range
        return None
    if provision.regulation != regulation.id:
        return None
    start, _, end = str(span or "").partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return Target(provision)
    if len(start) > 9 or len(end) > 9 or int(start) >= int(end):
        return Target(provision)
    words = Span(int(start), int(end))
    whole = regulation.span(provision.of_article)
    return Target(provision, words if whole.contains(words) else None)


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
    headings = " › ".join(
        convert(
            f"第{_ordinal(d.number)}{d.kind} {d.heading}"
            if language is not Language.EN
            else d.heading,
            script,
        )
        for d in regulation.divisions_of(article)
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
            *(_paragraph_html(p, marks, regulation, script) for p in article.paragraphs),
            class_="provision",
            lang=script,
        ),
        _neighbours(article, regulation, language),
        class_="article",
        data_article=name,
    )


def _is_part(target: Target) -> bool:
    return target.span is not None or target.provision != target.provision.of_article


def _ordinal(number: int) -> str:
    # 第三章 is numbered as articles are.
    return article_label(number, None)[1:-1]


def _paragraph_html(
    paragraph: Paragraph, marks: list[Span], regulation: Regulation, script: Script
) -> Markup:
    parts: list[Markup] = []
    lead = paragraph.lead if paragraph.items else paragraph.span
    if len(lead):
        parts.append(el("p", _marked(lead, marks, regulation, script), id=f"p{paragraph.number}"))
    parts.extend(_item_html(item, marks, regulation, script) for item in paragraph.items)
    return join(*parts)


def _item_html(item: Item, marks: list[Span], regulation: Regulation, script: Script) -> Markup:
    return el("p", _marked(item.span, marks, regulation, script), class_="item")


def _marked(span: Span, marks: list[Span], regulation: Regulation, script: Script) -> Markup:
    """The words of ``span``, those within ``marks`` in ``<mark>``."""
    text = regulation.text
    parts: list[object] = []
    at = span.start
    for mark in sorted(marks):
        start, end = max(mark.start, at), min(mark.end, span.end)
        if start >= end:
            continue
        parts.append(text.slice(Span(at, start), script))
        parts.append(el("mark", text.slice(Span(start, end), script)))
        at = end
    parts.append(text.slice(Span(at, span.end), script))
    # The published text breaks lines inside a paragraph; on screen it flows.
    return join(*(p if isinstance(p, Markup) else str(p).strip("\n") for p in parts))


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
