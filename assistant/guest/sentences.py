"""A stream of text → whole sentences, the same ones however the stream was cut.

A sentence is complete when what follows it has begun: 。may still be followed by ” and by the
token that cites its provision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["Splitter", "split"]

LONGEST = 800
"""Characters after which a sentence without an end is cut: nobody writes it."""

_ABBREVIATION = re.compile(
    r"(?:\b(?:art|arts|para|paras|no|e\.g|i\.e|etc|vs|cf|sec)|\b[a-z]|^\s*[0-9]{1,2})$", re.I
)
_END = re.compile(r"\n+|[。！？!?｡]+|\.(?=[\s\[【（(〔”’\"')])")
_CLOSING = "”’」』》\"')）】*_`"
_TOKEN = re.compile(r"[\[【（(〔][^\[\]【】（）()〔〕\n]{0,30}[\]】）)〕]")
_HALF_TOKEN = re.compile(r"[\[【（(〔][^\[\]【】（）()〔〕\n]{0,30}$")
_CITES = re.compile(r"\bP\s?\d|^[\[【]\s*[A-Za-z]?[0-9]{1,3}\s*[\]】]$", re.I)
_THINK = re.compile(r"<think(?:ing)?>", re.I)
_THOUGHT = re.compile(r"</think(?:ing)?>", re.I)
_HALF_TAG = re.compile(r"</?(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?$", re.I)


class Splitter:
    """Takes pieces of a stream, gives whole sentences.

    >>> splitter = Splitter()
    >>> [s for piece in ("应当报", "告。[P", "1]每月1次", "[P2]。") for s in splitter.feed(piece)]
    ['应当报告。[P1]']
    >>> splitter.rest()
    ['每月1次[P2]。']
    """

    def __init__(self) -> None:
        self._text = ""
        self._thoughts = _Thoughts()
        self.said = 0
        """Characters so far, thinking aside."""

    @property
    def thought(self) -> int:
        """Characters of thinking aloud, which is no part of the answer."""
        return self._thoughts.size

    def feed(self, piece: str) -> Iterator[str]:
        """The sentences that ``piece`` completes."""
        self._take(piece, final=False)
        while (end := _end(self._text, final=False)) is not None:
            yield from self._first(end)

    def rest(self) -> list[str]:
        """What is left when the stream has ended."""
        self._take("", final=True)
        out: list[str] = []
        while self._text.strip():
            out += self._first(_end(self._text, final=True) or len(self._text))
        return out

    def _take(self, piece: str, *, final: bool) -> None:
        told = self._thoughts.without(piece, final=final)
        self.said += len(told)
        self._text += told.replace("\r\n", "\n").replace("\r", "\n")

    def _first(self, end: int) -> Iterator[str]:
        sentence, self._text = self._text[:end].strip(), self._text[end:]
        if sentence:
            yield sentence


class _Thoughts:
    """Drops what stands between <think> and </think>, as models that reason write it."""

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False
        self.size = 0

    def without(self, piece: str, *, final: bool) -> str:
        """``piece`` (and what was held back before) without thoughts; the beginning of what
        may be a tag is held back."""
        text, out = self._held + piece, []
        while (tag := (_THOUGHT if self._thinking else _THINK).search(text)) is not None:
            if not self._thinking:
                out.append(text[: tag.start()])
            text, self._thinking = text[tag.end() :], not self._thinking
        half = None if final else _HALF_TAG.search(text)
        end = half.start() if half is not None else len(text)
        if self._thinking:
            self.size += end
        else:
            out.append(text[:end])
        self._held = text[end:]
        return "".join(out)


def split(text: str) -> list[str]:
    """A whole text at once.

    >>> split("甲。乙！\\n- 丙")
    ['甲。', '乙！', '- 丙']
    """
    splitter = Splitter()
    return [*splitter.feed(text), *splitter.rest()]


def _end(text: str, *, final: bool) -> int | None:
    """Where the first sentence ends; None while that cannot be told."""
    for match in _END.finditer(text):
        if match[0][0] == "\n":
            if text[: match.start()].strip():
                return match.end()
            continue
        if match[0] == "." and _ABBREVIATION.search(text, max(0, match.start() - 5), match.start()):
            continue
        at = match.end()
        while at < len(text) and text[at] in _CLOSING:
            at += 1
        at = _past_tokens(text, at)
        following = text[at:].lstrip(" \t")
        undecided = not following or _HALF_TOKEN.match(following)
        return None if undecided and not final else at
    if len(text) > LONGEST:
        return LONGEST
    return None


def _past_tokens(text: str, at: int) -> int:
    """Behind the tokens that follow a sentence's end."""
    while True:
        start = at
        while start < len(text) and text[start] in " \t":
            start += 1
        token = _TOKEN.match(text, start)
        if token is None or not _CITES.search(token[0]):
            return at
        at = token.end()
