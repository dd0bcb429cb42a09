"""编, 分编, 章 and 节 while a text is being read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.errors import RegulationTextError
from index.numerals import NUMERAL, numeral, read_numeral
from index.regulation import Division, DivisionKind
from index.text import Span

__all__ = ["Heading", "Number", "Outline", "follows", "number_label", "read_heading"]

Number = tuple[int, int | None]
"""A number and its 之N."""

_HEADING = re.compile(
    rf"第\s*({NUMERAL})\s*(分编|编|章|节)(?:\s*之\s*({NUMERAL}))?(?:[\s:]+(.*)|(?!的|第|规定)(.*))"
)
_RANK = {kind: rank for rank, kind in enumerate(DivisionKind)}
_SENTENCE_END = ("。", ";", ",", ":")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a division."""

    kind: DivisionKind
    number: Number
    title: str


def read_heading(line: str) -> Heading | None:
    """The heading that ``line`` (half-width, simplified) is, if it is one.

    >>> read_heading("第二章 总 则")
    Heading(kind=<DivisionKind.CHAPTER: '章'>, number=(2, None), title='总则')
    >>> read_heading("第二章规定的条件,由本机关审核。") is None
    True
    """
    match = _HEADING.fullmatch(line)
    if match is None or line.endswith(_SENTENCE_END):
        return None
    suffix = read_numeral(match[3]) if match[3] else None
    title = "".join((match[4] or match[5] or "").split())
    return Heading(DivisionKind(match[2]), (read_numeral(match[1]), suffix), title)


def follows(previous: Number | None, number: Number) -> bool:
    """Whether ``number`` is next after ``previous``.

    >>> follows((3, None), (4, None)), follows((3, None), (3, 1)), follows((3, 1), (4, None))
    (True, True, True)
    >>> follows((3, None), (5, None)), follows((3, 1), (3, 3)), follows(None, (2, None))
    (False, False, False)
    """
    if previous is None:
        return number == (1, None)
    return number in ((previous[0] + 1, None), (previous[0], (previous[1] or 0) + 1))


def number_label(kind: str, number: Number) -> str:
    """第三条之一, 第二章."""
    suffix = f"之{numeral(number[1])}" if number[1] is not None else ""
    return f"第{numeral(number[0])}{kind}{suffix}"


@dataclass(slots=True)
class _Open:
    heading: Heading
    start: int
    first: int  # index of its first article
    parent: int | None  # index of the division above
    end: int | None = None
    last: int = 0  # index behind its last article


class Outline:
    """The divisions met so far."""

    def __init__(self) -> None:
        self._divisions: list[_Open] = []

    def __bool__(self) -> bool:
        return bool(self._divisions)

    def open(self, heading: Heading, start: int, articles: int, place: str) -> None:
        """Begin a division at offset ``start``, with ``articles`` articles before it;
        it ends those of its level and below."""
        rank = _RANK[heading.kind]
        parent = next(
            (
                i
                for i in reversed(range(len(self._divisions)))
                if _RANK[self._divisions[i].heading.kind] < rank and self._divisions[i].end is None
            ),
            None,
        )
        self._check_order(heading, parent, place)
        self._close(rank, start - 1, articles)
        self._divisions.append(_Open(heading, start, articles, parent))

    def _check_order(self, heading: Heading, parent: int | None, place: str) -> None:
        """Numbers run on from the last of the kind, or begin anew under each parent."""
        kind, number = heading.kind, heading.number
        before = [d for d in self._divisions if d.heading.kind is kind]
        within = [d.heading.number for d in before if d.parent == parent]
        last = before[-1].heading.number if before else None
        if follows(last, number) or (not within and number == (1, None)):
            return
        name = number_label(kind, number)
        if number in (within or [d.heading.number for d in before]):
            raise RegulationTextError(
                place, f"{name} appears twice", "delete or renumber one of the two"
            )
        after = f"follows {number_label(kind, last)}" if last else f"is the first {kind}"
        raise RegulationTextError(
            place, f"{name} {after}: out of order", f"number each {kind} in turn, from 一"
        )

    def _close(self, rank: int, end: int, articles: int) -> None:
        for division in self._divisions:
            if division.end is None and _RANK[division.heading.kind] >= rank:
                division.end, division.last = end, articles

    def finish(self, end: int, articles: int) -> tuple[Division, ...]:
        """All divisions; those still open end with the last article, at ``end``."""
        self._close(0, end, articles)
        done: list[Division] = []
        for division in self._divisions:
            heading = division.heading
            done.append(
                Division(
                    kind=heading.kind,
                    number=heading.number[0],
                    suffix=heading.number[1],
                    heading=heading.title,
                    span=Span(division.start, max(division.start, division.end or 0)),
                    articles=range(division.first, division.last),
                    parent=done[division.parent] if division.parent is not None else None,
                )
            )
        return tuple(done)
