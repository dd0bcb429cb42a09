"""The structure of a regulation: divisions, articles, paragraphs, items.

All spans are offsets into ``Regulation.text`` (a :class:`CanonicalText`); a
quotation is always a slice of it.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from index.errors import CitationError, NoSuchProvisionError
from index.text import CanonicalText, Script, Span

__all__ = [
    "Article",
    "Division",
    "DivisionKind",
    "Item",
    "Paragraph",
    "Preamble",
    "ProvisionId",
    "Regulation",
    "Subitem",
]

_ID = re.compile(
    r"(?P<regulation>[a-z0-9][a-z0-9-]*)/art_(?P<article>\d+)(?:_(?P<suffix>\d+))?"
    r"(?:/para_(?P<paragraph>\d+))?(?:/item_(?P<item>\d+))?(?:/sub_(?P<subitem>\d+))?"
)


@dataclass(frozen=True, slots=True)
class ProvisionId:
    """Name of a provision; a level that is not stated is None.

    >>> str(ProvisionId("nmg-zhengfa", 25, paragraph=1, item=7))
    'nmg-zhengfa/art_25/para_1/item_7'
    >>> ProvisionId.parse("nmg-zhengfa/art_30/para_1").article
    30
    >>> ProvisionId.parse("art 30")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    index.errors.CitationError: "art 30" is not a provision id; write for example nmg-zhengfa/...
    """

    regulation: str
    article: int
    suffix: int | None = None
    """N of 之N."""
    paragraph: int | None = None
    """款, counted from 1 over the article's unnumbered paragraphs."""
    item: int | None = None
    """Number of 第（N）项."""
    subitem: int | None = None
    """Number of 第N目 within an item."""

    @classmethod
    def parse(cls, text: str) -> ProvisionId:
        """Read what ``str()`` writes; :class:`CitationError` otherwise."""
        match = _ID.fullmatch(text)
        if match is None:
            raise CitationError(
                "", f'"{text}" is not a provision id', "write for example nmg-zhengfa/art_30/para_1"
            )
        numbers = {k: int(v) for k, v in match.groupdict().items() if v and k != "regulation"}
        return cls(match["regulation"], **numbers)

    def __str__(self) -> str:
        suffix = f"_{self.suffix}" if self.suffix is not None else ""
        parts = [self.regulation, f"art_{self.article}{suffix}"]
        if self.paragraph is not None:
            parts.append(f"para_{self.paragraph}")
        if self.item is not None:
            parts.append(f"item_{self.item}")
        if self.subitem is not None:
            parts.append(f"sub_{self.subitem}")
        return "/".join(parts)

    @property
    def sort_key(self) -> tuple[int, int, int, int, int]:
        """Order of the text; a whole comes before its parts."""
        return (
            self.article,
            self.suffix or 0,
            self.paragraph or 0,
            self.item or 0,
            self.subitem or 0,
        )

    @property
    def of_article(self) -> ProvisionId:
        """The article that this provision is or lies in."""
        return ProvisionId(self.regulation, self.article, self.suffix)

    def covers(self, other: ProvisionId) -> bool:
        """Whether ``other`` is this provision or a part of it.

        >>> whole, item = ProvisionId("r", 25), ProvisionId("r", 25, paragraph=1, item=7)
        >>> whole.covers(item), item.covers(whole)
        (True, False)
        """
        if (self.regulation, self.article, self.suffix) != (
            other.regulation,
            other.article,
            other.suffix,
        ):
            return False
        pairs = (
            (self.paragraph, other.paragraph),
            (self.item, other.item),
            (self.subitem, other.subitem),
        )
        return all(mine is None or mine == theirs for mine, theirs in pairs)


class DivisionKind(enum.StrEnum):
    """The levels above the article."""

    PART = "编"
    SUBPART = "分编"
    CHAPTER = "章"
    SECTION = "节"


@dataclass(frozen=True, slots=True)
class Subitem:
    """目: a numbered part of an item. ``span`` includes the marker, ``body`` does not."""

    number: int
    span: Span
    body: Span


@dataclass(frozen=True, slots=True)
class Item:
    """项: a numbered part of a paragraph. ``span`` includes its marker （一）, ``body`` does
    not; both hold all its subitems."""

    number: int
    span: Span
    body: Span
    subitems: tuple[Subitem, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """款. ``span`` holds the lead-in and all items, ``lead`` the text before the first item
    (the whole paragraph when it has none)."""

    number: int
    span: Span
    lead: Span
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """条. ``marker`` is 第三十条 itself, ``span`` the text after it: what quotations and
    ``lookup`` offsets count from."""

    number: int
    suffix: int | None
    marker: Span
    span: Span
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """编, 章 or 节. ``heading`` is the title without its number, on one line;
    ``articles`` are indexes into ``Regulation.articles`` of all articles below it."""

    kind: DivisionKind
    number: int
    suffix: int | None
    heading: str
    span: Span
    articles: range
    parent: Division | None = None


@dataclass(frozen=True, slots=True)
class Preamble:
    """The bracketed line under the title: who adopted and issued the text, and when."""

    span: Span
    adopted_by: str | None = None
    adopted_on: dt.date | None = None
    issued_by: str | None = None
    issued_on: dt.date | None = None


@dataclass(frozen=True)
class Regulation:
    """A parsed regulation. Made by :func:`index.parse.parse_regulation`."""

    id: str
    title: str
    """In simplified script, without page noise."""
    text: CanonicalText
    preamble: Preamble | None
    divisions: tuple[Division, ...]
    articles: tuple[Article, ...]
    short_names: tuple[str, ...] = ()
    """What people call it: 实施办法, …; simplified."""
    title_en: str | None = None
    short_names_en: tuple[str, ...] = ()
    self_name: str = "本办法"
    """How the text calls itself."""
    works: tuple[str, ...] = ()
    """Other works that are cited beside it; simplified."""

    @functools.cached_property
    def _by_number(self) -> dict[tuple[int, int | None], Article]:
        return {(a.number, a.suffix): a for a in self.articles}

    @property
    def chapters(self) -> tuple[Division, ...]:
        """The divisions that are chapters."""
        return tuple(d for d in self.divisions if d.kind is DivisionKind.CHAPTER)

    def get(self, number: int, suffix: int | None = None) -> Article | None:
        """The article of that number, or None."""
        return self._by_number.get((number, suffix))

    def article(self, number: int, suffix: int | None = None) -> Article:
        """The article of that number; :class:`NoSuchProvisionError` names what exists."""
        found = self.get(number, suffix)
        if found is None:
            raise self._missing(ProvisionId(self.id, number, suffix))
        return found

    def _missing(self, provision: ProvisionId) -> NoSuchProvisionError:
        from index.labels import explain_missing  # noqa: PLC0415  (labels imports this module)

        return explain_missing(self, provision)

    def find(self, provision: ProvisionId) -> Article | Paragraph | Item | Subitem:
        """The node of that name; :class:`NoSuchProvisionError` names what exists instead.

        An item without a paragraph is sought in the only paragraph that has items.
        """
        node: Article | Paragraph | Item | Subitem
        node = article = self.article(provision.article, provision.suffix)
        if provision.paragraph is None and provision.item is None:
            return node
        if provision.paragraph is None:
            holders = [p for p in article.paragraphs if p.items]
            paragraph = holders[0] if len(holders) == 1 else None
        else:
            paragraph = _numbered(article.paragraphs, provision.paragraph)
        if paragraph is None:
            raise self._missing(provision)
        node = paragraph
        if provision.item is not None:
            item = _numbered(paragraph.items, provision.item)
            if item is None:
                raise self._missing(provision)
            node = item
            if provision.subitem is not None:
                subitem = _numbered(item.subitems, provision.subitem)
                if subitem is None:
                    raise self._missing(provision)
                node = subitem
        return node

    def canonical(self, provision: ProvisionId) -> ProvisionId:
        """The one id of an existing provision: an item always names its paragraph.

        Raises :class:`NoSuchProvisionError` for what does not exist.
        """
        self.find(provision)
        if provision.item is not None and provision.paragraph is None:
            article = self.article(provision.article, provision.suffix)
            holder = next(p for p in article.paragraphs if p.items)
            return replace(provision, paragraph=holder.number)
        return provision

    def span(self, provision: ProvisionId) -> Span:
        """Where the provision stands in ``text`` (an item with its marker)."""
        return self.find(provision).span

    def text_of(self, provision: ProvisionId, script: Script = Script.SIMPLIFIED) -> str:
        """The provision's text, a slice."""
        return self.text.slice(self.span(provision), script)

    def provision_at(self, offset: int) -> ProvisionId | None:
        """The smallest provision that holds ``offset``; None outside all articles."""
        for article in self.articles:
            if not article.span.start <= offset < article.span.end:
                continue
            name = ProvisionId(self.id, article.number, article.suffix)
            if (paragraph := _holding(article.paragraphs, offset)) is None:
                return name
            name = replace(name, paragraph=paragraph.number)
            if (item := _holding(paragraph.items, offset)) is None:
                return name
            name = replace(name, item=item.number)
            if (subitem := _holding(item.subitems, offset)) is None:
                return name
            return replace(name, subitem=subitem.number)
        return None

    def provisions(self) -> Iterator[ProvisionId]:
        """Every article, paragraph and item, in the order of the text."""
        for article in self.articles:
            name = ProvisionId(self.id, article.number, article.suffix)
            yield name
            for paragraph in article.paragraphs:
                below = replace(name, paragraph=paragraph.number)
                yield below
                for item in paragraph.items:
                    yield replace(below, item=item.number)
                    for sub in item.subitems:
                        yield replace(below, item=item.number, subitem=sub.number)

    def divisions_of(self, article: Article) -> tuple[Division, ...]:
        """The divisions above an article, outermost first."""
        at = self.articles.index(article)
        return tuple(d for d in self.divisions if at in d.articles)


class _Node(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def span(self) -> Span: ...


_N = TypeVar("_N", bound=_Node)


def _numbered(nodes: Sequence[_N], number: int) -> _N | None:
    return next((node for node in nodes if node.number == number), None)


def _holding(nodes: Sequence[_N], offset: int) -> _N | None:
    return next((n for n in nodes if n.span.start <= offset < n.span.end), None)
