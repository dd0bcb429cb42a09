"""Quotations against the text: verbatim, altered (and where), or not from it at all.

Verbatim means equal but for script, width, white space and the kind of quotation marks;
punctuation at the two ends is the quoting writer's own.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from assistant.segment import make_view
from index.regulation import ProvisionId, Regulation
from index.text import Span

__all__ = ["Altered", "Difference", "QuoteFinder", "Verbatim"]

SHORTEST = 6
"""Fewer characters than this are a term (“应当”, “雪亮工程”), not a quotation of a rule."""
LIKENESS = 0.6
"""Share of a quotation's characters that must stand in the text for it to be an altered one."""
_LONGEST = 400
_DROP = re.compile(r"[\s“”‘’「」『』«»〝〞\"']")
_ENDS = "。,;:.!?、…—-()"
_ELLIPSIS = re.compile(r"…+|\.{3,}|·{3,}|-{2,}|—{2,}")


@dataclass(frozen=True, slots=True)
class Difference:
    """Wrong words of a quotation and the right ones. ``span`` is in the view."""

    span: Span
    expected: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """The quotation stands in the text, in each of these provisions."""

    provisions: tuple[ProvisionId, ...]


@dataclass(frozen=True, slots=True)
class Altered:
    """The quotation nearly stands there."""

    provision: ProvisionId
    differences: tuple[Difference, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """Text without white space and quotation marks, with the offset of each character."""

    text: str
    origin: tuple[int, ...]


def _squeeze(view: str, start: int, end: int) -> _Squeezed:
    kept = [(c, i) for i, c in enumerate(view[start:end], start) if not _DROP.match(c)]
    while kept and kept[0][0] in _ENDS:
        kept.pop(0)
    while kept and kept[-1][0] in _ENDS:
        kept.pop()
    return _Squeezed("".join(c for c, _ in kept), tuple(i for _, i in kept))


class QuoteFinder:
    """The text of a regulation, made ready for seeking quotations in it."""

    def __init__(self, regulation: Regulation) -> None:
        self.regulation = regulation
        view = make_view(regulation.text.simplified)
        kept = [(c, i) for i, c in enumerate(view) if not _DROP.match(c)]
        self.text = "".join(c for c, _ in kept)
        self.origin = tuple(i for _, i in kept)
        seeds: dict[str, list[int]] = {}
        for i in range(len(self.text) - 1):
            seeds.setdefault(self.text[i : i + 2], []).append(i)
        self._seeds = seeds
        self._owners = [regulation.provision_at(i) for i in self.origin]

    def seek(
        self, view: str, span: Span, prefer: Collection[ProvisionId] = ()
    ) -> Verbatim | Altered | None:
        """Where the quotation ``view[span]`` comes from; None when from elsewhere.

        ``prefer`` names cited provisions: the place within them is taken when it is
        about as near as any other.
        """
        cuts = [m.span() for m in _ELLIPSIS.finditer(view, span.start, span.end)]
        starts = [span.start, *(b for _, b in cuts)]
        ends = [*(a for a, _ in cuts), span.end]
        parts = [_squeeze(view, a, b) for a, b in zip(starts, ends, strict=True)]
        parts = [p for p in parts if p.text]
        if not parts or sum(len(p.text) for p in parts) < 2:
            return None
        found = [self._seek_part(p, prefer) for p in parts]
        altered = [f for f in found if isinstance(f, Altered)]
        verbatim = [f for f in found if isinstance(f, Verbatim)]
        if len(verbatim) == len(found):
            common = {p.of_article for p in verbatim[0].provisions}
            for other in verbatim[1:]:
                common &= {p.of_article for p in other.provisions}
            if common:
                return Verbatim(
                    tuple(p for v in verbatim for p in v.provisions if p.of_article in common)
                )
            return Verbatim(tuple(p for v in verbatim for p in v.provisions))
        if altered:
            return Altered(
                altered[0].provision,
                tuple(d for a in altered for d in a.differences),
                min(a.likeness for a in altered),
            )
        return None

    def _seek_part(
        self, part: _Squeezed, prefer: Collection[ProvisionId]
    ) -> Verbatim | Altered | None:
        provisions: list[ProvisionId] = []
        at = self.text.find(part.text)
        while at >= 0 and len(provisions) < 40:
            owner = self._owner(at, at + len(part.text))
            if owner is not None and owner not in provisions:
                provisions.append(owner)
            at = self.text.find(part.text, at + 1)
        if provisions:
            return Verbatim(tuple(provisions))
        if not SHORTEST <= len(part.text) <= _LONGEST:
            return None
        return self._nearest(part, prefer)

    def _owner(self, start: int, end: int) -> ProvisionId | None:
        first, last = self._owners[start], self._owners[end - 1]
        if first is None or last is None or first == last:
            return first or last
        if first.of_article != last.of_article:
            return first
        if first.paragraph == last.paragraph:
            return ProvisionId(first.regulation, first.article, first.suffix, first.paragraph)
        return first.of_article

    def _nearest(self, part: _Squeezed, prefer: Collection[ProvisionId]) -> Altered | None:
        text, size = part.text, len(part.text)
        votes: Counter[int] = Counter()
        for i in range(size - 1):
            for place in self._seeds.get(text[i : i + 2], ()):
                votes[(place - i) // 8] += 1
        if not votes:
            return None
        best: tuple[float, int, int] | None = None
        for cell, count in votes.most_common(12):
            if count * 3 < size - 1 and best is not None:
                break
            start = max(0, cell * 8 - 8)
            window = self.text[start : cell * 8 + size + 16]
            same = self._alike(text, window)
            owner = self._owners[min(cell * 8 + size // 2, len(self._owners) - 1)]
            bonus = 0.1 if owner is not None and any(p.covers(owner) for p in prefer) else 0.0
            if best is None or same + bonus > best[0]:
                best = (same + bonus, start, start + len(window))
        if best is None:
            return None
        return self._compare(part, best[1], best[2])

    @staticmethod
    def _alike(a: str, b: str) -> float:
        matcher = difflib.SequenceMatcher(None, b, a, autojunk=False)
        return sum(block.size for block in matcher.get_matching_blocks()) / len(a)

    def _compare(self, part: _Squeezed, start: int, end: int) -> Altered | None:
        window = self.text[start:end]
        matcher = difflib.SequenceMatcher(None, part.text, window, autojunk=False)
        blocks = [b for b in matcher.get_matching_blocks() if b.size]
        # a lone character that happens to match far off is no part of the alignment
        while blocks and blocks[0].size == 1 and len(blocks) > 1:
            del blocks[0]
        while blocks and blocks[-1].size == 1 and len(blocks) > 1:
            del blocks[-1]
        size = len(part.text)
        likeness = sum(b.size for b in blocks) / size
        if not blocks or likeness < LIKENESS:
            return None
        pieces: list[tuple[int, int, int, int]] = []
        head = blocks[0].a
        if head:
            pieces.append((0, head, max(0, blocks[0].b - head), blocks[0].b))
        for one, two in pairwise(blocks):
            pieces.append((one.a + one.size, two.a, one.b + one.size, two.b))
        tail = blocks[-1].a + blocks[-1].size
        if tail < size:
            after = blocks[-1].b + blocks[-1].size
            pieces.append((tail, size, after, min(len(window), after + size - tail)))
        differences = tuple(self._difference(part, window, piece) for piece in _joined(pieces))
        at = start + blocks[0].b
        owner = self._owner(at, start + blocks[-1].b + blocks[-1].size)
        if owner is None or not differences:
            return None
        return Altered(owner, differences, likeness)

    @staticmethod
    def _difference(part: _Squeezed, window: str, piece: tuple[int, int, int, int]) -> Difference:
        a, b, c, d = piece
        # an end that is only missing or only added is shown with its neighbour
        while (a == b or c == d) and (a > 0 and c > 0):
            a, c = a - 1, c - 1
            if b < len(part.text) and d < len(window) and part.text[b] == window[d]:
                b, d = b + 1, d + 1
        if a == b:
            b = min(len(part.text), b + 1)
            d = min(len(window), d + 1)
        return Difference(Span(part.origin[a], part.origin[b - 1] + 1), window[c:d])


def _joined(pieces: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Differences that lie within a character of one another are one."""
    out: list[tuple[int, int, int, int]] = []
    for piece in pieces:
        if out and piece[0] - out[-1][1] <= 1:
            out[-1] = (out[-1][0], piece[1], out[-1][2], piece[3])
        else:
            out.append(piece)
    return out
