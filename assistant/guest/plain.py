"""The model's sentence as plain text: in wording (English, or simplified Chinese), and of
characters that the checker reads.

What is not read cannot be checked: a number in mathematical bold, a word split by an
invisible character, a link. So there is a closed repertoire; what lies outside it is folded
into it, or the sentence is refused.
"""

from __future__ import annotations

import re
import unicodedata

from assistant.guest.events import Reason
from assistant.question import Language
from index.text import Script, convert

__all__ = ["make_plain"]

LONGEST = 700
"""Characters of a sentence."""

_MARKER = re.compile(r"^(?:[>\s]|#{1,6}\s|[-•·●○▪■◆–—+*]\s+|\(?[0-9]{1,2}[.、)]\s*(?!\d))+")
_EMPHASIS = re.compile(r"\*\*|__|`+|~~|(?<![\w])[*_](?=\S)|(?<=\S)[*_](?![\w])")
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_ACTIVE = re.compile(
    r"https?:|ftp:|www\.|\]\s*\(|!\[|</?[a-z!]|&#?\w+;|\b[\w.+-]+@[\w-]+\.\w|"
    r"\b[a-z0-9-]+\.(?:com|cn|net|org|gov|io|info|top|xyz)\b|javascript:|data:|\\[a-z(\[]|\$\$",
    re.I,
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
# Han, ASCII, and the punctuation of both languages.
_READ = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\x20-\x7e〇，。、；：？！“”‘’「」『』《》〈〉（）【】〔〕—–…·～％]"
)
_TABLE = re.compile(r"\|.*\|")


def make_plain(sentence: str, language: Language) -> str | Reason:
    """The sentence as it may be shown, or why it may not.

    >>> make_plain("- **𝟑小时**内報告。", Language.HANS)
    '3小时内报告。'
    >>> make_plain("详见[这里](http://x)。", Language.HANS).value
    'markup'
    """
    text = _HIDDEN.sub("", sentence.replace("\t", " ").replace("\u3000", " ").replace("\xa0", " "))
    if _ACTIVE.search(text) or _TABLE.search(text):
        return Reason.MARKUP
    folded = _folded(text)
    if folded is None or _ACTIVE.search(folded):
        return Reason.MARKUP
    text = _EMPHASIS.sub("", _MARKER.sub("", folded)).strip()
    if len(text) > LONGEST:
        return Reason.LONG
    han, letters = len(_HAN.findall(text)), len(_LETTER.findall(text))
    if language is Language.EN:
        return Reason.LANGUAGE if han > letters // 2 else text
    if letters > max(han, 4):
        return Reason.LANGUAGE
    return convert(text, Script.SIMPLIFIED)


def _folded(text: str) -> str | None:
    """Every character within the repertoire; None when one has no place in it."""
    out = []
    for char in text:
        if not _READ.fullmatch(char):
            char = unicodedata.normalize("NFKC", char)
            if not all(_READ.fullmatch(c) for c in char):
                return None
        out.append(char)
    return "".join(out)
