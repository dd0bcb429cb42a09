"""Texts that know where their slots are.

A template is text with marks in braces, ``{slot:text}``, nested where one slot holds
another; ``|`` adds what may stand there instead and would be false.

>>> draft = parse("{b:{l:盟市}党委}{m:应当}{n:10|5}天内报告")
>>> draft.text, [(m.slot.name, m.span.of(draft.text), m.others) for m in draft.marks]
... # doctest: +NORMALIZE_WHITESPACE
('盟市党委应当10天内报告', [('BEARER', '盟市党委', ()), ('LEVEL', '盟市', ()),
 ('MODALITY', '应当', ()), ('NUMBER', '10', ('5',))])
>>> parse("{q:盟市}")
Traceback (most recent call last):
ValueError: "{q:盟市}": no slot "q"; slots: a b c g h i k l m n p r s t u w y
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

from index.text import Script, Span, convert

__all__ = ["Draft", "Mark", "Slot", "parse"]


class Slot(enum.StrEnum):
    """What a marked stretch of text states; the value is its letter in templates."""

    BEARER = "b"
    LEVEL = "l"
    """自治区, 盟市, 旗县 or a place, within an actor's name."""
    RECIPIENT = "r"
    RELATION = "s"
    """同级, 上级, 下级, within a recipient's name."""
    MODALITY = "m"
    POLARITY = "y"
    """A word that affirms or denies; always with what may stand there instead."""
    NUMBER = "n"
    UNIT = "u"
    PERIOD = "p"
    """每季度: number and unit in one word."""
    TIMES = "t"
    """The number of 1次."""
    COMPARISON = "c"
    ANCHOR = "a"
    HASTE = "h"
    """及时, 立即: a limit without a number."""
    ARTICLE = "k"
    PARAGRAPH = "g"
    ITEM = "i"
    QUOTE = "w"


@dataclass(frozen=True, slots=True)
class Mark:
    """One slot in a text."""

    slot: Slot
    span: Span
    others: tuple[str, ...] = ()
    """False words for this place, when the template names them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text and its marks, in the order of their starts, outer before inner."""

    text: str
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: Draft | str) -> Draft:
        if isinstance(other, str):
            return Draft(self.text + other, self.marks)
        return Draft(self.text + other.text, self.marks + _moved(other.marks, len(self.text)))

    def __radd__(self, other: str) -> Draft:
        return Draft(other + self.text, _moved(self.marks, len(other)))

    def in_traditional(self) -> Draft:
        """The same text and marks in traditional script, with the quotation marks it uses."""
        marks = tuple(
            replace(m, others=tuple(map(_traditional, m.others))) if m.others else m
            for m in self.marks
        )
        return Draft(_traditional(self.text), marks)

    def in_full_width(self) -> Draft:
        """The same text with full-width digits."""
        return Draft(self.text.translate(_WIDE), self.marks)

    def only(self, slot: Slot) -> Mark | None:
        """The mark of that slot when there is exactly one."""
        found = [m for m in self.marks if m.slot is slot]
        return found[0] if len(found) == 1 else None


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_CORNERS = str.maketrans("“”‘’", "「」『』")


def _traditional(text: str) -> str:
    return convert(text, Script.TRADITIONAL).translate(_CORNERS)


def _moved(marks: tuple[Mark, ...], by: int) -> tuple[Mark, ...]:
    return tuple(replace(m, span=m.span.shift(by)) for m in marks)


def parse(template: str) -> Draft:
    """The draft that ``template`` writes; :class:`ValueError` where it is malformed."""
    out: list[str] = []
    marks: list[Mark] = []
    open_: list[tuple[int, int, Slot, list[list[str]]]] = []
    length = at = 0

    def put(char: str) -> None:
        nonlocal length
        if open_ and open_[-1][3]:
            open_[-1][3][-1].append(char)
        else:
            out.append(char)
            length += 1

    while at < len(template):
        char = template[at]
        if char == "{" and template[at + 2 : at + 3] == ":":
            open_.append((length, len(marks), _slot(template, at), []))
            marks.append(Mark(Slot.QUOTE, Span(0, 0)))  # its place in the order
            at += 3
            continue
        if char == "|" and open_:
            open_[-1][3].append([])
        elif char == "}":
            if not open_:
                raise ValueError(f'"{template}": "}}" closes nothing')
            start, place, slot, others = open_.pop()
            marks[place] = Mark(slot, Span(start, length), tuple(map("".join, others)))
        else:
            put(char)
        at += 1
    if open_:
        raise ValueError(f'"{template}": a mark is not closed')
    return Draft("".join(out), tuple(marks))


def _slot(template: str, at: int) -> Slot:
    try:
        return Slot(template[at + 1])
    except ValueError:
        known = " ".join(sorted(Slot))
        raise ValueError(f'"{template}": no slot "{template[at + 1]}"; slots: {known}') from None
