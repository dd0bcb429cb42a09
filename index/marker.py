"""A citation as written, before anyone asks what it means."""

from __future__ import annotations

import enum
from dataclasses import dataclass

__all__ = ["LEVELS", "Anchor", "Link", "Marker", "Ref"]

LEVELS: tuple[str, ...] = ("article", "paragraph", "item", "subitem")
"""Fields of :class:`Ref`, from the whole to the part."""


class Link(enum.StrEnum):
    """How a provision is joined to the one before it."""

    LIST = "list"
    RANGE = "range"


class Anchor(enum.StrEnum):
    """What a relative citation starts from."""

    SAME = "same"
    """同条, 该条, 本条, or a bare 第二款: the article in view."""
    SAME_PARAGRAPH = "same-paragraph"
    SAME_ITEM = "same-item"
    PREVIOUS = "previous"
    """前条."""
    PREVIOUS_PARAGRAPH = "previous-paragraph"
    PREVIOUS_ITEM = "previous-item"


@dataclass(frozen=True, slots=True)
class Ref:
    """One provision as written; offsets are into the folded text."""

    start: int
    end: int
    article: int | None = None
    suffix: int | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    bracket: int | None = None
    """N of "Article 25(N)": an item where the article has items, else a paragraph."""
    link: Link | None = None

    @property
    def depth(self) -> int:
        """0 for an article, up to 3 for a subitem."""
        if self.subitem is not None:
            return 3
        if self.item is not None or self.bracket is not None:
            return 2
        return 1 if self.paragraph is not None else 0


@dataclass(frozen=True, slots=True)
class Marker:
    """One citation as written."""

    start: int
    end: int
    refs: tuple[Ref, ...]
    anchor: Anchor | None = None
    english: bool = False
