"""Published text → :class:`Regulation`.

The text is read line by line in the standard form of Chinese drafting: 编 章 节
above the article, 款 (each line of an article), 项 （一） and 目 1. below it.
Numbering must be whole: what is missing, doubled or out of order is an error
with its line, for a citation must never land on the wrong provision.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.divisions import Number, Outline, follows, number_label, read_heading
from index.errors import CitationError, RegulationTextError
from index.front import Contents, has_title, read_preamble
from index.numerals import NUMERAL, numeral, read_numeral
from index.regulation import Article, Item, Paragraph, Regulation, Subitem
from index.source import Line, Meta, clean, read_meta, read_source
from index.text import CanonicalText, Span

__all__ = [
    "DEFAULT_ID",
    "REGULATIONS",
    "Meta",
    "load_regulation",
    "parse_regulation",
    "read_meta",
    "read_source",
]

REGULATIONS = Path(__file__).parent / "regulations"
DEFAULT_ID = "nmg-zhengfa"

# The patterns read a line of equal length: half-width and simplified.
_ARTICLE = re.compile(rf"第\s*({NUMERAL})\s*条(?:\s*之\s*({NUMERAL}))?[\s:]*")
_REFERS = re.compile(r"规定|的|第|和|与|及|、|至|所|款|例")
_ITEM = re.compile(rf"\(\s*({NUMERAL})\s*\)\s*|([①-⑳㈠-㈩⑴-⒇])\s*")
_SUBITEM = re.compile(r"(\d{1,2})\s*[.、](?!\d)\s*|\(\s*(\d{1,2})\s*\)\s*|([①-⑳⑴-⒇⒈-⒛])\s*")
_ANNEX = re.compile(r"附\s*(?:件|表|录|图|:)")
_MARKS = re.compile("[①-⒛㈠-㈩]")  # one character each, several once normalised


def load_regulation(folder: Path | None = None) -> Regulation:
    """The regulation in ``folder`` (``source.txt`` and ``meta.yaml``); the bundled
    one by default. Read once per process."""
    return _load((folder or REGULATIONS / DEFAULT_ID).resolve())


@functools.cache
def _load(folder: Path) -> Regulation:
    source = read_source(folder / "source.txt")
    return parse_regulation(source, meta=read_meta(folder / "meta.yaml"))


def parse_regulation(source: str, *, meta: Meta, place: str = "source.txt") -> Regulation:
    """Parse a published text; ``place`` names it in errors.

    :class:`RegulationTextError` says line, fault and remedy.

    >>> made_up = "办法\\n第一条 为了试验,制定本办法。\\n第二条 分为:\\n(一)甲;\\n(二)乙。"
    >>> regulation = parse_regulation(made_up, meta=Meta("demo", "办法"))
    >>> [str(provision) for provision in regulation.provisions()][-2:]
    ['demo/art_2/para_1/item_1', 'demo/art_2/para_1/item_2']
    >>> parse_regulation("办法\\n第一条 甲。\\n第三条 乙。", meta=Meta("demo", "办法"))
    ... # doctest: +ELLIPSIS
    Traceback (most recent call last):
    index.errors.RegulationTextError: source.txt:3: 第三条 follows 第一条: 第二条 is missing; ...
    """
    lines = clean(source, meta.cleaning, place=place).lines
    if not lines:
        raise RegulationTextError(f"{place}:1", "empty file", "paste the published text")
    text = CanonicalText.of("\n".join(line.text for line in lines), meta.script)
    reader = _Reader(place, _plain(text.simplified))
    reader.read(lines)
    if not has_title((span.of(reader.plain) for span in reader.front), _plain(meta.title)):
        raise RegulationTextError(
            f"{place}:{lines[0].number}",
            f'the title "{meta.title}" does not stand above the text',
            'correct "title" in meta.yaml, or the text',
        )
    articles = tuple(reader.articles)
    return Regulation(
        id=meta.id,
        title=meta.title,
        text=text,
        preamble=read_preamble(reader.plain, reader.front),
        divisions=reader.outline.finish(articles[-1].span.end, len(articles)),
        articles=articles,
        short_names=meta.short_names,
        title_en=meta.title_en,
        short_names_en=meta.short_names_en,
        self_name=meta.self_name,
        works=meta.works,
    )


def _plain(text: str) -> str:
    """``text`` with full-width forms made half-width, of equal length."""
    return "".join(map(_plain_char, text))


@functools.cache
def _plain_char(char: str) -> str:
    if char < "\x80" or _MARKS.match(char):
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


@dataclass(slots=True)
class _OpenParagraph:
    start: int
    lead_end: int
    end: int
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class _OpenArticle:
    number: Number
    marker: Span
    paragraphs: list[_OpenParagraph] = field(default_factory=list)

    def close(self) -> Article:
        paragraphs = tuple(
            Paragraph(n, Span(p.start, p.end), Span(p.start, p.lead_end), tuple(p.items))
            for n, p in enumerate(self.paragraphs, start=1)
        )
        start = paragraphs[0].span.start if paragraphs else self.marker.end
        end = paragraphs[-1].span.end if paragraphs else self.marker.end
        return Article(*self.number, self.marker, Span(start, end), paragraphs)


class _Reader:
    """One pass over the lines; the article being read is its state."""

    def __init__(self, place: str, plain: str) -> None:
        self.plain = plain
        self.articles: list[Article] = []
        self.outline = Outline()
        self.front: list[Span] = []
        self._file = place
        self._place = place  # with the line being read
        self._contents = Contents()
        self._article: _OpenArticle | None = None
        self._lines: dict[Number, int] = {}  # where each article stands
        self._spaced: bool | None = None  # whether markers are set off by a space
        self._annexed = False

    def read(self, lines: tuple[Line, ...]) -> None:
        """Read all lines, which joined by line ends are ``plain``."""
        at = 0
        for line in lines:
            self._place = f"{self._file}:{line.number}"
            span = Span(at, at + len(line.text))
            try:
                self._read_line(span, span.of(self.plain), line.number)
            except CitationError as error:  # a numeral that is no number: 第十百条
                raise self._error(error.fault, error.remedy) from None
            at = span.end + 1
        self._close_article()
        if not self.articles:
            raise self._error(
                "no article found",
                "each article starts a line with its number, like 第一条 or 第1条",
            )

    def _error(self, fault: str, remedy: str) -> RegulationTextError:
        return RegulationTextError(self._place, fault, remedy)

    @property
    def _label(self) -> str:
        return number_label("条", self._article.number) if self._article else ""

    def _read_line(self, span: Span, plain: str, line: int) -> None:
        match = _ARTICLE.match(plain)
        if self._annexed:
            return
        if not (match or self._lines) and self._contents.holds(plain):
            self.front.append(span)
        elif match and self._opens_article(match, plain):
            self._open_article(span, match, line)
        elif heading := read_heading(plain):
            self._close_article()
            self.outline.open(heading, span.start, len(self.articles), self._place)
        elif self._article is not None and _ANNEX.match(plain):
            self._close_article()
            self._annexed = True
        elif self._article is not None:
            self._read_body(self._article, span, plain)
        elif self.outline:
            raise self._error(
                f'"{plain[:20]}" stands between a heading and its first article',
                'a heading broken over lines needs a "join" rule in meta.yaml',
            )
        else:
            self.front.append(span)

    # Articles

    def _opens_article(self, match: re.Match[str], plain: str) -> bool:
        """Whether the line opens an article, or merely begins with a cross-reference.

        A text sets its markers off by a space throughout or not at all; the first
        article tells which. Where there is none, the number must be the one due.
        """
        rest = plain[match.end() :]
        apart = match[0][-1].isspace() or match[0][-1] == ":" or not rest or rest[0] in "【["
        if self._spaced is None:
            self._spaced = apart
            return True
        if apart or self._spaced:
            return apart
        last = self._article.number if self._article else None
        return not _REFERS.match(rest) or follows(last, _article_number(match))

    def _open_article(self, span: Span, match: re.Match[str], line: int) -> None:
        self._close_article()
        number = _article_number(match)
        self._check_order(number)
        self._lines[number] = line
        marker = match[0].rstrip().rstrip(":").rstrip()
        self._article = _OpenArticle(number, Span(span.start, span.start + len(marker)))
        body = Span(span.start + match.end(), span.end)
        if body:
            self._read_body(self._article, body, body.of(self.plain))

    def _check_order(self, number: Number) -> None:
        label = number_label("条", number)
        if number in self._lines:
            raise self._error(
                f"{label} appears twice (first in line {self._lines[number]})",
                "delete or renumber one of the two",
            )
        last = (self.articles[-1].number, self.articles[-1].suffix) if self.articles else None
        if follows(last, number):
            return
        after = f"follows {number_label('条', last)}" if last else "is the first article"
        due: Number = (last[0] + 1 if last else 1, None)
        if last is not None and number[0] < due[0] and number[1] is None:
            raise self._error(f"{label} {after}: out of order", "put the articles in order")
        if number[0] == (last[0] if last else 0) and number[1] is not None:
            due = (number[0], number[1] - 1) if number[1] > 1 else (number[0], None)
        raise self._error(
            f"{label} {after}: {number_label('条', due)} is missing",
            "add the missing article or correct the number",
        )

    def _close_article(self) -> None:
        if self._article is not None:
            self.articles.append(self._article.close())
            self._article = None

    # Paragraphs, items, subitems

    def _read_body(self, article: _OpenArticle, span: Span, plain: str) -> None:
        paragraph = article.paragraphs[-1] if article.paragraphs else None
        item = paragraph.items[-1] if paragraph and paragraph.items else None
        # 目 first where an item is open: "(1)" under （一） is a part of it.
        if paragraph and item and (match := _SUBITEM.match(plain)) and self._is_part(item, match):
            paragraph.items[-1] = self._with_subitem(item, span, match)
            paragraph.end = span.end
        elif match := _ITEM.match(plain):
            if paragraph is None:
                paragraph = _OpenParagraph(span.start, span.start, span.start)
                article.paragraphs.append(paragraph)
            paragraph.items.append(self._item(paragraph, span, match))
            paragraph.end = span.end
        else:
            article.paragraphs.append(_OpenParagraph(span.start, span.end, span.end))

    def _is_part(self, item: Item, match: re.Match[str]) -> bool:
        """Whether a number below an item is a subitem rather than the next item."""
        if match[1]:
            return True
        marker = Span(item.span.start, item.body.start).of(self.plain).strip("() ")
        return not (marker[0].isdigit() or _MARKS.match(marker)) or bool(item.subitems)

    def _item(self, paragraph: _OpenParagraph, span: Span, match: re.Match[str]) -> Item:
        number = _mark_number(match)
        due = paragraph.items[-1].number + 1 if paragraph.items else 1
        if number != due:
            raise self._error(
                f"{self._label}: item （{numeral(number)}） where （{numeral(due)}） is due",
                "number the items of a paragraph in turn, from （一）",
            )
        return Item(number, span, Span(span.start + match.end(), span.end))

    def _with_subitem(self, item: Item, span: Span, match: re.Match[str]) -> Item:
        number, due = _mark_number(match), len(item.subitems) + 1
        if number != due:
            raise self._error(
                f"{self._label}: subitem {number} of item （{numeral(item.number)}） "
                f"where {due} is due",
                "number the subitems of an item in turn, from 1",
            )
        subitem = Subitem(number, span, Span(span.start + match.end(), span.end))
        return replace(
            item,
            span=Span(item.span.start, span.end),
            body=Span(item.body.start, span.end),
            subitems=(*item.subitems, subitem),
        )


def _article_number(match: re.Match[str]) -> Number:
    return read_numeral(match[1]), read_numeral(match[2]) if match[2] else None


def _mark_number(match: re.Match[str]) -> int:
    """The number of （一）, 1., ① or ㈠."""
    mark = next(group for group in match.groups() if group)
    return read_numeral(unicodedata.normalize("NFKC", mark).strip("(). "))
