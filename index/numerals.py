"""Numbers as drafters and their readers write them.

A closed grammar of its own, not a general converter: a citation needs whole
numbers up to 9999, at the start of every process, so the 0.1 s that the general
library (cn2an) takes to import is left to those who need more. The tests hold
this module against cn2an number by number.
"""

from __future__ import annotations

import re
import unicodedata

from index.errors import CitationError

__all__ = ["NUMERAL", "numeral", "read_numeral"]

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": 0, "○": 0, "两": 2, "兩": 2, "壹": 1, "贰": 2, "貳": 2, "叁": 3, "參": 3}
_DIGITS |= {"肆": 4, "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": "二十", "卄": "二十", "卅": "三十", "卌": "四十"}

NUMERAL = f"(?:[0-9]{{1,4}}|[{''.join([*_DIGITS, *_UNITS, *_TENS])}]{{1,9}})"
"""Regular expression of a numeral in folded text (half-width, simplified)."""

_CHINESE = re.compile(f"[{''.join([*_DIGITS, *_UNITS])}]+")


def numeral(number: int) -> str:
    """``number`` as articles are numbered.

    >>> numeral(8), numeral(10), numeral(30), numeral(105), numeral(1260)
    ('八', '十', '三十', '一百零五', '一千二百六十')
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"not a number of a provision: {number}")
    if number == 0:
        return "零"
    out = ""
    gap = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if gap else "") + "〇一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = bool(out)
    return out[1:] if 10 <= number < 20 else out


def read_numeral(text: str) -> int:
    """The number that ``text`` writes: Chinese, digits, full width, 廿/卅, ①.

    >>> read_numeral("三十"), read_numeral("３０"), read_numeral("卅二"), read_numeral("二〇")
    (30, 30, 32, 20)
    >>> read_numeral("三百二"), read_numeral("⑦")
    (302, 7)
    >>> read_numeral("1O")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    index.errors.CitationError: "1O" is not a number; write digits or Chinese numerals, ...
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    if folded.isascii() and folded.isdigit() and len(folded) <= 9:
        return int(folded)
    for short, long in _TENS.items():
        folded = folded.replace(short, long)
    if _CHINESE.fullmatch(folded) is None:
        raise _not_a_number(text)
    if not any(c in _UNITS for c in folded):  # by position: 二〇 is 20
        if len(folded) > 4:
            raise _not_a_number(text)
        return int("".join(str(_DIGITS[c]) for c in folded))
    total, digit, ceiling = 0, None, 10_000
    for char in folded:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= ceiling:  # 十百 and 百千 are not numbers
                raise _not_a_number(text)
            total += unit * (1 if digit is None else digit)
            digit, ceiling = None, unit
        elif digit:  # 三五 before a unit is not a number
            raise _not_a_number(text)
        else:
            digit = _DIGITS[char]
    return total + (digit or 0)


def _not_a_number(text: str) -> CitationError:
    return CitationError(
        "",
        f'"{text[:20]}" is not a number',
        "write digits or Chinese numerals, for example 30 or 三十",
    )
