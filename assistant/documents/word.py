"""What is known of a Word document: its text, and which element shows which characters."""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.text import Span

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["RUN", "TEXT", "Piece", "Story", "W", "Word"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RUN = f"{W}r"
TEXT = f"{W}t"


class Story(enum.Enum):
    """Which part of a document a text belongs to."""

    MAIN = "main"
    BOX = "box"
    FOOTNOTE = "footnotes"
    ENDNOTE = "endnotes"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of the text that one element of a run shows."""

    span: Span
    node: Element
    story: Story
    anchor: Element
    """What stands for it in the main text: itself, or the reference to its note or box."""


@dataclass(frozen=True, slots=True)
class Word:
    """A Word document's text, and its pieces in the order of the text."""

    text: str
    pieces: tuple[Piece, ...]

    def covered(self, span: Span) -> tuple[Piece, ...]:
        """The pieces that share a character with ``span``."""
        low = bisect_right(self.pieces, span.start, key=lambda p: p.span.end)
        high = bisect_left(self.pieces, span.end, key=lambda p: p.span.start)
        return self.pieces[low:high]

    def runs(self, span: Span) -> tuple[Element, ...]:
        """The runs that show the characters of ``span``, in the order of the text."""
        runs = (piece.node.getparent() for piece in self.covered(span))
        return tuple(dict.fromkeys(run for run in runs if run is not None))
