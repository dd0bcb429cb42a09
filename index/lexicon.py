"""Many words sought in a text at once.

:class:`Lexicon` wraps an Aho-Corasick automaton: one pass over the text, whatever the
number of words. Texts are folded first, so that script, width and kind of bracket do
not matter: :func:`fold_chinese` and :func:`fold_latin`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

import ahocorasick

from index.text import Folded, fold

__all__ = ["Lexicon", "fold_chinese", "fold_latin", "has_latin"]

T = TypeVar("T")

_BRACKETS = str.maketrans("[]{}〔〕【】〈〉", "()()()()()")
_MARKS = str.maketrans("‘’`´‐‑–—", "''''----")


class Lexicon(Generic[T]):
    """Words, each with one or more meanings.

    >>> words = Lexicon([("政法委", 1), ("政法委员", 2), ("委", 3)])
    >>> words.matches("政法委员")
    {0: [(4, 2), (3, 1)], 2: [(3, 3)]}
    """

    def __init__(self, entries: Iterable[tuple[str, T]], *, whole_words: bool = False) -> None:
        meanings: dict[str, list[T]] = {}
        for word, meaning in entries:
            meanings.setdefault(word, []).append(meaning)
        self._whole_words = whole_words
        self._automaton = ahocorasick.Automaton()
        for word, found in meanings.items():
            self._automaton.add_word(word, (len(word), found))
        self._automaton.make_automaton()

    def matches(self, text: str) -> dict[int, list[tuple[int, T]]]:
        """Start → (end, meaning) of every word there, longest first, starts ascending."""
        if not text:
            return {}
        out: dict[int, list[tuple[int, T]]] = {}
        for last, (length, meanings) in self._automaton.iter(text):
            start, end = last + 1 - length, last + 1
            if self._whole_words and not _is_whole(text, start, end):
                continue
            out.setdefault(start, []).extend((end, m) for m in meanings)
        for found in out.values():
            found.sort(key=_by_length)
        return dict(sorted(out.items()))


def _by_length(match: tuple[int, object]) -> int:
    return -match[0]


def _is_whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def has_latin(text: str) -> bool:
    """Whether there is any Latin letter to look at (full-width ones included)."""
    return any("a" <= c <= "z" or "A" <= c <= "Z" or "Ａ" <= c <= "ｚ" for c in text)


def fold_chinese(text: str) -> Folded:
    """Folded, with every kind of bracket round.

    >>> fold_chinese("黨組〔黨委〕").text
    '党组(党委)'
    """
    folded = fold(text)
    return Folded(folded.text.translate(_BRACKETS), text, folded.origin)


def fold_latin(text: str) -> Folded:
    """Folded with single blanks, plain apostrophes and hyphens.

    >>> fold_latin("People’s  Court").text
    "people's court"
    """
    folded = fold(text, keep_space=True)
    flat = folded.text.translate(_MARKS).translate(_BRACKETS)
    if "  " not in flat:
        return Folded(flat, text, folded.origin)
    keep = [i for i, c in enumerate(flat) if c != " " or i == 0 or flat[i - 1] != " "]
    origin = (*(folded.origin[i] for i in keep), folded.origin[-1])
    return Folded("".join(flat[i] for i in keep), text, origin)
