"""Lexical retrieval: BM25 over character n-grams, with a second channel over sounds.

Character 1- and 2-grams beat word segmentation on Chinese statutes (docs/decisions). The
second channel compares toneless pinyin, so that 研叛 still finds 研判: most slips of a
Chinese typist are homophones. Formulas: Robertson & Zaragoza 2009, as in ``bm25s``
(method ``lucene``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import bm25s
import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin

__all__ = ["LexicalIndex", "LexicalScores", "Query", "Scores", "bigrams", "sounds", "tokens"]

Scores = NDArray[np.float32]

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+|\d+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_GRAM = 4  # letters: enough for a stem, short enough to survive a slip or analyse/analyze

# Words that carry no subject in an English question.
_STOP_EN = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "could",
        "do",
        "does",
        "for",
        "from",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "its",
        "may",
        "me",
        "must",
        "of",
        "on",
        "or",
        "our",
        "shall",
        "should",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "under",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "will",
        "with",
        "would",
        "you",
        "your",
        "about",
        "any",
        "after",
        "before",
        "between",
        "into",
        "long",
        "many",
        "much",
        "often",
        "please",
        "regulation",
        "measures",
    ]
)


def tokens(text: str) -> list[str]:
    """Tokens of folded text: Han 1- and 2-grams, letter 4-grams of words, numbers.

    >>> tokens("研判1次 analyse")
    ['研', '判', '研判', '1', '次', 'anal', 'naly', 'alys', 'lyse']
    """
    out: list[str] = []
    for run in _RUN.findall(text):
        if run[0] >= "\u3400":
            out.extend(run)
            out.extend(run[i : i + 2] for i in range(len(run) - 1))
        elif run.isdigit():
            out.append(run)
        elif run not in _STOP_EN:
            if len(run) <= _GRAM:
                out.append(run)
            else:
                out.extend(run[i : i + _GRAM] for i in range(len(run) - _GRAM + 1))
    return out


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring characters of ``text``.

    >>> sorted(bigrams("突发事件"))
    ['事件', '发事', '突发']
    """
    return {text[i : i + 2] for i in range(len(text) - 1)}


# Pairs that speakers of northern dialects and input methods confuse.
_FUZZY = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"(in|en|an)g$"), r"\1"))


def sounds(text: str) -> list[str]:
    """Bigrams of toneless pinyin, retroflex and nasal finals levelled.

    >>> sounds("研叛") == sounds("研判") == ["yan pan"]
    True
    """
    out: list[str] = []
    for run in _HAN.findall(text):
        syllables = lazy_pinyin(run, style=Style.NORMAL, errors="ignore")
        levelled = []
        for syllable in syllables:
            for pattern, replacement in _FUZZY:
                syllable = pattern.sub(replacement, syllable)
            levelled.append(syllable)
        out.extend(f"{a} {b}" for a, b in pairwise(levelled))
    return out


@dataclass(frozen=True, slots=True)
class LexicalScores:
    """Per document, 0…1: share of the best score that this question could reach."""

    characters: Scores
    sound: Scores

    @property
    def best(self) -> Scores:
        """The better channel; sounds are weaker evidence than characters."""
        return np.maximum(self.characters, 0.75 * self.sound + 0.25 * self.characters)


@dataclass(frozen=True, slots=True)
class Query:
    """A question's tokens in both channels, made once for all indexes."""

    tokens: tuple[str, ...]
    sounds: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Query:
        """Both channels of folded ``text``."""
        return cls(tuple(tokens(text)), tuple(sounds(text)))


class _Channel:
    def __init__(self, documents: Sequence[list[str]]) -> None:
        self._bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.4)
        self._bm25.index([d or [" "] for d in documents], show_progress=False)
        self._size = len(documents)
        scores = self._bm25.scores
        best = np.maximum.reduceat(
            np.append(scores["data"], np.float32(0)), scores["indptr"][:-1].astype(np.int64)
        )
        columns = len(best)  # the vocabulary also lists an empty token, without a column
        self._best = {
            token: float(best[i]) for token, i in self._bm25.vocab_dict.items() if i < columns
        }
        self._unknown = float(np.quantile(best, 0.9))

    def scores(self, query: Sequence[str]) -> Scores:
        """BM25 over what an ideal document would score; unknown tokens count against."""
        known = [t for t in dict.fromkeys(query) if t in self._best]
        missing = len(set(query)) - len(known)
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        ideal = sum(self._best[t] for t in known) + missing * self._unknown
        return np.asarray(self._bm25.get_scores(known) / ideal, dtype=np.float32)


class LexicalIndex:
    """Searchable texts; the order of documents is the order of scores."""

    def __init__(self, documents: Iterable[str]) -> None:
        texts = list(documents)
        self._characters = _Channel([tokens(t) for t in texts])
        self._sound = _Channel([sounds(t) for t in texts])

    def scores(self, query: Query) -> LexicalScores:
        """Scores of ``query`` against every document."""
        return LexicalScores(
            self._characters.scores(query.tokens), self._sound.scores(query.sounds)
        )
