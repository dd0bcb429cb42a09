"""Where a text speaks of provisions: markers in Chinese and English.

The scanner knows how citations are written and nothing of any regulation. It
works on folded text (half-width, simplified, lower case, blanks kept) and reads
from left to right in linear time: every repetition is bounded or possessive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.citation_en import HEADS, read_article, read_reverse
from index.citation_zh import CIRCLE, CJK_DIGITS, NOT_LAW, N, S, read_head
from index.errors import CitationError
from index.marker import Marker
from index.text import Folded, fold

__all__ = ["fold_citations", "scan"]

# ①–⑳ would fold to plain digits, and 第二十五条① to 条1: they pass through folding
# as private-use characters of the same length.
_CIRCLED = {0x2460 + i: chr(0xF8A1 + i) for i in range(20)}


def fold_citations(text: str) -> Folded:
    """The form of ``text`` that this module reads."""
    folded = fold(text.translate(_CIRCLED), keep_space=True)
    return replace(folded, source=text)


_HEAD = re.compile(
    "|".join(
        (
            rf"(?P<numbered>第{S}(?:{N}|[(\[〔【]|{CIRCLE}))",
            rf"(?P<bare>(?<![0-9.{CJK_DIGITS}]){N}{S}条)",
            rf"(?P<relative>[同该本前此][条款项](?!{NOT_LAW}|款))",
            *HEADS,
        )
    )
)


def scan(folded: str) -> Iterator[Marker]:
    """Every marker in folded text, from left to right; none overlap."""
    at = 0
    last_end: int | None = None
    while head := _HEAD.search(folded, at):
        try:
            marker = _read(folded, head, last_end)
        except CitationError:  # 十百 is made of numerals and is no number
            marker = None
        if marker is None:
            at = head.end()
            continue
        yield marker
        at = last_end = marker.end


def _read(folded: str, head: re.Match[str], last_end: int | None) -> Marker | None:
    if head["en"]:
        return read_article(folded, head.start(), head.end())
    if head["reverse"]:
        return read_reverse(folded, head.start())
    return read_head(folded, head, last_end)
