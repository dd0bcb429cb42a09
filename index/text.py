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
import re
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
    # The "tw" tables, not "t": they print 群眾, 審核, 為 and 沿著 as official documents do,
    # and read the 著 of 沿著 as 着 (plain t2s leaves it).
    return opencc.OpenCC("tw2s" if script is Script.SIMPLIFIED else "s2tw")


# s2tw takes 干 for 幹 where it cuts 干部干预 wrongly; these compounds are never 幹.
_NEVER_GAN = re.compile("幹(?=[預擾涉犯戈])")


# What OpenCC's native code refuses (lone surrogates) or stops at (NUL).
_NOT_FOR_OPENCC = re.compile("[\0\ud800-\udfff]")


def convert(text: str, script: Script) -> str:
    """``text`` in ``script``, of exactly the same length. Any string is accepted.

    >>> convert("沿著政法單位黨組", Script.SIMPLIFIED)
    '沿着政法单位党组'
    >>> convert("领导干部干预司法", Script.TRADITIONAL)
    '領導幹部干預司法'
    """
    if text.isascii():
        return text
    if _NOT_FOR_OPENCC.search(text):
        done = iter(convert(_NOT_FOR_OPENCC.sub("?", text), script))
        return "".join(
            given if _NOT_FOR_OPENCC.match(given) else new
            for given, new in zip(text, done, strict=True)
        )
    whole: str = _converter(script).convert(text)
    if len(whole) != len(text):  # a phrase of unequal length: go by characters
        one = _converter(script).convert
        whole = "".join(c if len(o := one(c)) != 1 else o for c in text)
    if script is Script.TRADITIONAL:
        whole = _NEVER_GAN.sub("干", whole)
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
    simplified = convert(text, Script.SIMPLIFIED)
    pieces = {char: _fold_char(char, keep_space=keep_space) for char in set(simplified)}
    out: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(simplified):
        piece = pieces[char]
        out.append(piece)
        if len(piece) == 1:
            origin.append(offset)
        else:
            origin.extend([offset] * len(piece))
    origin.append(len(text))
    return Folded("".join(out), text, tuple(origin))


def _fold_char(char: str, *, keep_space: bool) -> str:
    """What one character becomes: usually one, sometimes none or several."""
    if char.isspace():
        return " " if keep_space else ""
    if char < "\x80":
        return char.lower()
    folded = unicodedata.normalize("NFKC", char).lower()
    # ´ and its like expand to a blank and a mark.
    return folded if keep_space else "".join(folded.split())


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """One text in both scripts; ``source`` is as published and equals one of the two.

    Offsets are code points and mean the same place in each view.
    """

    source: str
    simplified: str
    traditional: str

    @classmethod
    def of(cls, source: str, script: Script | None = None) -> CanonicalText:
        """Make both views of ``source``; the view in its own ``script`` (found from the
        text when not given) is the source."""
        if (script or detect_script(source)) is Script.TRADITIONAL:
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
