"""Spans, scripts, and folding that keeps offsets.

Three operations every other module builds on:

* :func:`convert`: simplified ⇄ traditional, always of equal length, so that an
  offset means the same character in either script;
* :func:`fold`: the comparison form of any text (NFKC, simplified, lower case,
  no white space), with a map back to the text as given;
* :class:`CanonicalText`: one text, two script views, the same offsets.
"""

from __future__ import annotations

import enum
import functools
import unicodedata
from dataclasses import dataclass

import opencc

__all__ = ["CanonicalText", "Folded", "Script", "Span", "convert", "detect_script", "fold"]


class Script(enum.StrEnum):
    """The two scripts of Chinese, by their BCP 47 names."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points, ``text[start:end]``.

    >>> Span(2, 5).of("0123456")
    '234'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The slice of ``text`` that this span names."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        """The same range, ``by`` code points further on (or back)."""
        return Span(self.start + by, self.end + by)

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@functools.cache
def _converter(script: Script) -> opencc.OpenCC:
    # OpenCC's standard traditional ("t"), not a regional variant: t2s and s2t map
    # character by character with phrase disambiguation and keep the length.
    return opencc.OpenCC("t2s" if script is Script.SIMPLIFIED else "s2t")


# OpenCC's standard form prefers 爲 羣 衆 覈; official documents print these.
_COMMON_FORMS = str.maketrans("爲羣衆", "為群眾")


def convert(text: str, script: Script) -> str:
    """``text`` in ``script``, of exactly the same length.

    >>> convert("政法單位黨組", Script.SIMPLIFIED)
    '政法单位党组'
    >>> convert("政法单位党组", Script.TRADITIONAL)
    '政法單位黨組'
    """
    whole = _converter(script).convert(text)
    if len(whole) != len(text):  # a phrase of unequal length: go by characters
        one = _converter(script).convert
        whole = "".join(c if len(o := one(c)) != 1 else o for c in text)
    if script is Script.TRADITIONAL:
        whole = whole.translate(_COMMON_FORMS).replace("覈", "核")
    return whole


def detect_script(text: str) -> Script | None:
    """The script that ``text`` is written in, or None when nothing tells.

    Simplified wins a tie: it is the house default.

    >>> detect_script("黨委政法委員會") is Script.TRADITIONAL
    True
    >>> detect_script("党委政法委员会") is Script.SIMPLIFIED
    True
    >>> detect_script("Article 30") is None
    True
    """
    simplified = sum(a != b for a, b in zip(text, convert(text, Script.TRADITIONAL), strict=True))
    traditional = sum(a != b for a, b in zip(text, convert(text, Script.SIMPLIFIED), strict=True))
    if simplified == traditional == 0:
        return None
    return Script.TRADITIONAL if traditional > simplified else Script.SIMPLIFIED


@dataclass(frozen=True, slots=True)
class Folded:
    """The comparison form of a text, with the way back.

    ``origin[i]`` is the offset in ``source`` of the character from which
    ``text[i]`` came; ``len(origin) == len(text) + 1``, the last entry being the
    end of the source.
    """

    text: str
    source: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The span of ``source`` that ``text[start:end]`` came from.

        >>> f = fold("第 三十 條")
        >>> f.text, f.span(1, 3).of(f.source)
        ('第三十条', '三十')
        """
        if start >= end:
            at = self.origin[start]
            return Span(at, at)
        return Span(self.origin[start], self.origin[end - 1] + 1)


def fold(text: str, *, keep_space: bool = False) -> Folded:
    """Fold for comparison: NFKC, simplified script, lower case, no white space.

    White space goes because Chinese text breaks lines anywhere; with
    ``keep_space`` each white-space character becomes one blank instead (for
    English, where words need it). A character whose compatibility form is
    longer (①, ㈠) maps each of its parts to the one source character. Lone
    surrogates and unassigned code points pass through unchanged.

    >>> fold("第３０條　之１").text
    '第30条之1'
    >>> fold("Article 30", keep_space=True).text
    'article 30'
    """
    simplified = convert(text, Script.SIMPLIFIED) if text.isprintable() else _convert_safely(text)
    out: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(simplified):
        if char < "\x80":
            piece = char.lower()
        else:
            piece = unicodedata.normalize("NFKC", char).lower()
        if piece.isspace():
            if keep_space:
                out.append(" ")
                origin.append(offset)
            continue
        for part in piece:
            if part.isspace():
                if not keep_space:
                    continue
                part = " "
            out.append(part)
            origin.append(offset)
    origin.append(len(text))
    return Folded("".join(out), text, tuple(origin))


def _convert_safely(text: str) -> str:
    """As :func:`convert` to simplified, for text that may hold lone surrogates or NULs."""
    if any("\ud800" <= c <= "\udfff" or c == "\0" for c in text):
        masked = "".join("?" if "\ud800" <= c <= "\udfff" or c == "\0" else c for c in text)
        done = convert(masked, Script.SIMPLIFIED)
        return "".join(
            c if "\ud800" <= c <= "\udfff" or c == "\0" else d
            for c, d in zip(text, done, strict=True)
        )
    return convert(text, Script.SIMPLIFIED)


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """One text in both scripts; ``source`` is as published and equals one of the two.

    Offsets are code points and mean the same place in each view.
    """

    source: str
    simplified: str
    traditional: str

    @classmethod
    def of(cls, source: str) -> CanonicalText:
        """Make both views of ``source``; the view in the source's own script is the source."""
        if detect_script(source) is Script.TRADITIONAL:
            return cls(source, convert(source, Script.SIMPLIFIED), source)
        return cls(source, source, convert(source, Script.TRADITIONAL))

    def __len__(self) -> int:
        return len(self.source)

    def view(self, script: Script) -> str:
        """The whole text in ``script``."""
        return self.simplified if script is Script.SIMPLIFIED else self.traditional

    def slice(self, span: Span, script: Script = Script.SIMPLIFIED) -> str:
        """``span`` of the text in ``script``."""
        return span.of(self.view(script))
