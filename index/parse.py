"""Published text → :class:`Regulation`.

The text is read line by line in the standard form of Chinese drafting: 编 章 节
above the article, 款 (each line of an article), 项 （一） and 目 1. below it.
Numbering must be whole: what is missing, doubled or out of order is an error
with its line, for a citation must never land on the wrong provision.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import CitationError, RegulationTextError
from index.numerals import NUMERAL, numeral, read_numeral
from index.regulation import (
    Article,
    Division,
    DivisionKind,
    Item,
    Paragraph,
    Preamble,
    Regulation,
    Subitem,
)
from index.source import Line, Meta, clean, read_meta, read_source
from index.text import CanonicalText, Script, Span, convert

__all__ = ["Meta", "load_regulation", "parse_regulation", "read_meta", "read_source"]

REGULATIONS = Path(__file__).parent / "regulations"
DEFAULT_ID = "nmg-zhengfa"

# The patterns read a line of equal length: half-width and simplified.
_DIVISION = re.compile(
    rf"第\s*({NUMERAL})\s*(编|章|节)(?:\s*之\s*({NUMERAL}))?(?:[\s:](.*)|(?!的|第|规定)(.*))"
)
_ARTICLE = re.compile(rf"第\s*({NUMERAL})\s*条(?:\s*之\s*({NUMERAL}))?([\s::]*)")
_ITEM = re.compile(rf"\(\s*({NUMERAL})\s*\)\s*|([①-⑳])\s*")
_SUBITEM = re.compile(r"(\d{1,2})\s*[.、.](?!\d)\s*|\(\s*(\d{1,2})\s*\)\s*|([①-⑳])\s*")
_CONTENTS = re.compile(r"目\s*[录次]")
_ANNEX = re.compile(r"附\s*(?:件|表|录|图|[::])")
_RANK = {DivisionKind.PART: 0, DivisionKind.CHAPTER: 1, DivisionKind.SECTION: 2}


def load_regulation(folder: Path | None = None) -> Regulation:
    """The regulation in ``folder`` (``source.txt`` and ``meta.yaml``); the bundled
    one by default. Read once per process."""
    return _load((folder or REGULATIONS / DEFAULT_ID).resolve())


@functools.cache
def _load(folder: Path) -> Regulation:
    return parse_regulation(
        read_source(folder / "source.txt"), meta=read_meta(folder / "meta.yaml")
    )


def parse_regulation(source: str, *, meta: Meta, place: str = "source.txt") -> Regulation:
    """Parse a published text; ``place`` names it in errors.

    :class:`RegulationTextError` says line, fault and remedy.

    >>> made_up = "办法\\n第一条 为了试验,制定本办法。\\n第二条 分为:\\n(一)甲;\\n(二)乙。"
    >>> regulation = parse_regulation(made_up, meta=Meta("demo", "办法"))
    >>> [str(provision) for provision in regulation.provisions()][-2:]
    ['demo/art_2/para_1/item_1', 'demo/art_2/para_1/item_2']
    >>> parse_regulation("办法\\n第一条 甲。\\n第三条 乙。", meta=Meta("demo", "办法"))
    Traceback (most recent call last):
    index.errors.RegulationTextError: source.txt:3: 第三条 follows 第一条: 第二条 is missing; add the missing article or correct the number
    """
    lines = clean(source, meta.cleaning, place=place).lines
    if not lines:
        raise RegulationTextError(f"{place}:1", "empty file", "paste the published text")
    text = CanonicalText.of("\n".join(line.text for line in lines), meta.script)
    builder = _Builder(place, _plain(text.simplified))
    builder.read(lines)
    return Regulation(
        id=meta.id,
        title=meta.title,
        text=text,
        preamble=_preamble(text.simplified, builder.front),
        divisions=tuple(builder.close_divisions()),
        articles=tuple(builder.articles),
        short_names=meta.short_names,
        title_en=meta.title_en,
        short_names_en=meta.short_names_en,
        self_name=meta.self_name,
        works=meta.works,
    )


def _plain(text: str) -> str:
    """``text`` with full-width forms made half-width, of equal length."""
    return "".join(
        n if c > "\x7f" and len(n := unicodedata.normalize("NFKC", c)) == 1 else c for c in text
    )


@dataclass(slots=True)
class _OpenDivision:
    kind: DivisionKind
    number: int
    suffix: int | None
    heading: str
    start: int
    first: int
    parent: int | None


@dataclass(slots=True)
class _OpenParagraph:
    start: int
    lead_end: int
    end: int
    items: list[Item] = field(default_factory=list)


class _Builder:
    """One pass over the lines; the open article and paragraph are its state."""

    def __init__(self, place: str, plain: str) -> None:
        self.place = place
        self.plain = plain
        self.articles: list[Article] = []
        self.front: list[Span] = []
        self._divisions: list[_OpenDivision] = []
        self._ends: list[tuple[int, int]] = []  # (end offset, end article) per division
        self._marker: Span | None = None
        self._number: tuple[int, int | None] = (0, None)
        self._start = 0
        self._paragraphs: list[_OpenParagraph] = []
        self._at = 0
        self._spaced: bool | None = None
        self._where: dict[tuple[int, int | None], int] = {}
        self._contents: str | None = None  # first heading of the table of contents
        self._closed = False

    def read(self, lines: tuple[Line, ...]) -> None:
        for line in lines:
            span = Span(self._at, self._at + len(line.text))
            self._line(span, line.number)
            self._at = span.end + 1
        self._finish_article()
        if not self.articles:
            raise RegulationTextError(
                f"{self.place}:{lines[-1].number}",
                "no article found",
                "each article starts a line with its number, like 第一条 or 第1条",
            )

    def _error(self, number: int, fault: str, remedy: str) -> RegulationTextError:
        return RegulationTextError(f"{self.place}:{number}", fault, remedy)

    def _line(self, span: Span, number: int) -> None:
        plain = span.of(self.plain)
        if self._skips_contents(plain):
            self.front.append(span)
        elif self._closed:
            pass
        elif (match := _ARTICLE.match(plain)) and self._is_article(match, plain):
            self._open_article(span, match, number)
        elif (match := _DIVISION.fullmatch(plain)) and not self._reads_on(plain):
            self._finish_article()
            self._open_division(span, match, number)
        elif self._marker is None:
            if self._divisions or self.articles:
                raise self._error(
                    number,
                    f'"{plain[:20]}" stands between a heading and its first article',
                    'a heading broken over lines needs a "join" rule in meta.yaml',
                )
            self.front.append(span)
        elif _ANNEX.match(plain):
            self._finish_article()
            self._closed = True
        else:
            self._body(span, plain, number)

    # Table of contents

    def _skips_contents(self, plain: str) -> bool:
        """Whether the line belongs to a table of contents before the text."""
        bare = "".join(plain.split())
        if self._contents is None:
            if self.articles or self._marker or self._divisions or not _CONTENTS.fullmatch(plain):
                return False
            self._contents = ""
            return True
        if self._contents == "done":
            return False
        if not self._contents:
            self._contents = bare
            return True
        if bare == self._contents or _ARTICLE.match(plain):  # the text begins
            self._contents = "done"
            return False
        return True

    # Divisions

    def _reads_on(self, plain: str) -> bool:
        """Whether a line that starts like 第二章 is a sentence, not a heading."""
        return self._marker is not None and plain.endswith(("。", ";", ",", ":"))

    def _open_division(self, span: Span, match: re.Match[str], line: int) -> None:
        kind = DivisionKind(match[2])
        number = read_numeral(match[1])
        suffix = read_numeral(match[3]) if match[3] else None
        heading = " ".join((match[4] or match[5] or "").split())
        parent = next(
            (
                i
                for i in range(len(self._divisions) - 1, -1, -1)
                if _RANK[self._divisions[i].kind] < _RANK[kind] and not self._is_closed(i)
            ),
            None,
        )
        before = [d for d in self._divisions if d.kind is kind]
        within = [d for d in before if d.parent == parent]
        self._check_order(kind, (number, suffix), before, within, line)
        self._close_down_to(_RANK[kind], span.start)
        self._divisions.append(
            _OpenDivision(kind, number, suffix, heading, span.start, len(self.articles), parent)
        )
        self._ends.append((-1, -1))

    def _check_order(
        self,
        kind: DivisionKind,
        number: tuple[int, int | None],
        before: list[_OpenDivision],
        within: list[_OpenDivision],
        line: int,
    ) -> None:
        """Numbers run on from the last of the kind, or begin anew under each parent."""
        last = (before[-1].number, before[-1].suffix) if before else None
        if _follows(last, number) or (not within and number == (1, None)):
            return
        name = _label(kind.value, number)
        if number in [(d.number, d.suffix) for d in (within or before)]:
            raise self._error(line, f"{name} appears twice", "delete or renumber one of the two")
        after = f" after {_label(kind.value, last)}" if last else ""
        raise self._error(
            line, f"{name} is out of order{after}", f"number each {kind.value} in turn, from 一"
        )

    def _is_closed(self, index: int) -> bool:
        return self._ends[index][0] >= 0

    def _close_down_to(self, rank: int, end: int) -> None:
        for i, division in enumerate(self._divisions):
            if _RANK[division.kind] >= rank and not self._is_closed(i):
                self._ends[i] = (max(division.start, end - 1), len(self.articles))

    def close_divisions(self) -> list[Division]:
        """All divisions, with the articles below each; the last ones end with the text."""
        end = self.articles[-1].span.end
        self._close_down_to(0, end + 1)
        done: list[Division] = []
        for open_, (stop, last) in zip(self._divisions, self._ends, strict=True):
            done.append(
                Division(
                    kind=open_.kind,
                    number=open_.number,
                    suffix=open_.suffix,
                    heading=open_.heading,
                    span=Span(open_.start, stop),
                    articles=range(open_.first, last),
                    parent=done[open_.parent] if open_.parent is not None else None,
                )
            )
        return done

    # Articles

    def _is_article(self, match: re.Match[str], plain: str) -> bool:
        """Whether the line opens an article, or merely begins with a cross-reference.

        A text sets its markers off by a space throughout or not at all; the first
        article tells which. Where there is none, the number must be the one due.
        """
        apart = bool(match[3]) or match.end() == len(plain) or plain[match.end()] in "【[("
        if self._spaced is None:
            self._spaced = apart
            return True
        if apart or self._spaced:
            return apart
        number = (read_numeral(match[1]), read_numeral(match[2]) if match[2] else None)
        refers = plain[match.end() :].startswith(("规定", "的", "第", "和", "、", "至", "所"))
        return not refers or _follows(self._number, number)

    def _open_article(self, span: Span, match: re.Match[str], line: int) -> None:
        self._finish_article()
        try:
            number = (read_numeral(match[1]), read_numeral(match[2]) if match[2] else None)
        except CitationError as error:
            raise self._error(line, error.fault, error.remedy) from None
        label = _label("条", number)
        previous = self._number if self.articles else None
        if number in self._where:
            raise self._error(
                line,
                f"{label} appears twice (first in line {self._where[number]})",
                "delete or renumber one of the two",
            )
        if not _follows(previous, number):
            after = f" follows {_label('条', previous)}" if previous else " is the first article"
            expected = numeral((previous[0] if previous else 0) + 1)
            if previous is not None and number < (previous[0] + 1, None)[:1] + (0,):
                raise self._error(
                    line, f"{label}{after}: out of order", "put the articles in order"
                )
            raise self._error(
                line,
                f"{label}{after}: 第{expected}条 is missing",
                "add the missing article or correct the number",
            )
        self._where[number] = line
        self._number = number
        marker = match[0].rstrip(" \t\u3000::")
        self._marker = Span(span.start, span.start + len(marker))
        self._start = span.start + match.end()
        if self._start < span.end:
            self._body(Span(self._start, span.end), self.plain[self._start : span.end], line)

    def _finish_article(self) -> None:
        if self._marker is None:
            return
        paragraphs = tuple(
            Paragraph(n, Span(p.start, p.end), Span(p.start, p.lead_end), tuple(p.items))
            for n, p in enumerate(self._paragraphs, start=1)
        )
        start = paragraphs[0].span.start if paragraphs else self._marker.end
        end = paragraphs[-1].span.end if paragraphs else self._marker.end
        number, suffix = self._number
        self.articles.append(Article(number, suffix, self._marker, Span(start, end), paragraphs))
        self._marker = None
        self._paragraphs = []

    # Paragraphs, items, subitems

    def _body(self, span: Span, plain: str, line: int) -> None:
        paragraph = self._paragraphs[-1] if self._paragraphs else None
        items = paragraph.items if paragraph else []
        # 目 first where an item is open: "(1)" under （一） is a part of it.
        if items and (match := _SUBITEM.match(plain)) and self._is_subitem(items[-1], match):
            self._add_subitem(items, span, match, line)
            if paragraph:
                paragraph.end = span.end
        elif (match := _ITEM.match(plain)) and (match[1] or not items):
            if paragraph is None:
                paragraph = _OpenParagraph(span.start, span.start, span.end)
                self._paragraphs.append(paragraph)
            self._add_item(paragraph, span, match, line)
        else:
            self._paragraphs.append(_OpenParagraph(span.start, span.end, span.end))

    def _is_subitem(self, item: Item, match: re.Match[str]) -> bool:
        number = int(match[1] or match[2] or read_numeral(match[3]))
        if match[1]:
            return True
        chinese_items = not self.plain[item.span.start + 1].isascii()
        return chinese_items and (bool(item.subitems) or number == 1)

    def _add_item(
        self, paragraph: _OpenParagraph, span: Span, match: re.Match[str], line: int
    ) -> None:
        number = read_numeral(match[1] or match[2])
        due = paragraph.items[-1].number + 1 if paragraph.items else 1
        if number != due:
            label = _label("条", self._number)
            raise self._error(
                line,
                f"{label}: item （{numeral(number)}） where （{numeral(due)}） is due",
                "number the items of a paragraph in turn, from （一）",
            )
        body = Span(span.start + match.end(), span.end)
        paragraph.items.append(Item(number, span, body))
        paragraph.end = span.end

    def _add_subitem(self, items: list[Item], span: Span, match: re.Match[str], line: int) -> None:
        item = items[-1]
        number = int(match[1] or match[2] or read_numeral(match[3]))
        if number != len(item.subitems) + 1:
            raise self._error(
                line,
                f"{_label('条', self._number)}（{numeral(item.number)}）: "
                f"subitem {number} where {len(item.subitems) + 1} is due",
                "number the subitems of an item in turn, from 1",
            )
        sub = Subitem(number, span, Span(span.start + match.end(), span.end))
        items[-1] = Item(
            item.number,
            Span(item.span.start, span.end),
            Span(item.body.start, span.end),
            (*item.subitems, sub),
        )


def _follows(previous: tuple[int, int | None] | None, number: tuple[int, int | None]) -> bool:
    """Whether ``number`` is the next after ``previous``: 三 → 四 or 三之一; 三之一 → 三之二 or 四."""
    if previous is None:
        return number == (1, None)
    return number in ((previous[0] + 1, None), (previous[0], (previous[1] or 0) + 1))


def _label(kind: str, number: tuple[int, int | None]) -> str:
    suffix = f"之{numeral(number[1])}" if number[1] is not None else ""
    return f"第{numeral(number[0])}{kind}{suffix}"


_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ADOPTED = re.compile(r"(?:会议)?(?:审议)?(?:批准|通过)")
_ISSUED = re.compile(r"(?:印发|发布|公布|颁布)")


def _preamble(simplified: str, front: list[Span]) -> Preamble | None:
    """The bracketed line of dates and bodies among the lines before the text."""
    for span in front:
        line = _plain(span.of(simplified))
        dates = list(_DATE.finditer(line))
        if not line.startswith("(") or not dates:
            continue
        found: dict[str, tuple[str | None, dt.date]] = {}
        for at, match in enumerate(dates):
            end = dates[at + 1].start() if at + 1 < len(dates) else len(line)
            part = line[match.end() : end].strip(" ()\u3000,;")
            try:
                day = dt.date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
            for kind, verb in (("adopted", _ADOPTED), ("issued", _ISSUED)):
                if act := verb.search(part):
                    body = part[: act.start()].removeprefix("由").removesuffix("会议") or None
                    found.setdefault(kind, (body, day))
                    break
        adopted = found.get("adopted", (None, None))
        issued = found.get("issued", (None, None))
        return Preamble(span, adopted[0], adopted[1], issued[0], issued[1])
    return None
