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
_CITES = re.compile(r"\bP\s?\d", re.I)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.S | re.I)
_THINKING = re.compile(r"<think(?:ing)?>", re.I)
_PERHAPS = re.compile(r"<(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?$", re.I)


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

    def feed(self, piece: str) -> Iterator[str]:
        """The sentences that ``piece`` completes."""
        self._text += piece.replace("\r\n", "\n").replace("\r", "\n")
        yield from self._cut(final=False)

    def rest(self) -> list[str]:
        """What is left when the stream has ended."""
        return list(self._cut(final=True))

    def _cut(self, *, final: bool) -> Iterator[str]:
        self._text = _THOUGHT.sub("", self._text)
        thought = _THINKING.search(self._text) or (None if final else _PERHAPS.search(self._text))
        kept = ""
        if thought is not None:  # (perhaps) thinking aloud: not part of the answer
            kept = self._text[thought.start() :]
            self._text = self._text[: thought.start()]
        while (end := _end(self._text, final=final)) is not None:
            sentence, self._text = self._text[:end].strip(), self._text[end:]
            if sentence:
                yield sentence
        if final and self._text.strip():
            yield self._text.strip()
        self._text = "" if final else self._text + kept


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
