"""Numbers and units of time: what 一个半小时, 两周 and 20個工作日 measure.

Everything here works on *read* text (:func:`read_text`): half-width, simplified,
lower case, with white space only where it parts two Latin words or numbers.
"""

from __future__ import annotations

import enum
import re
from fractions import Fraction

from index.numerals import read_numeral
from index.text import Folded, fold

__all__ = [
    "ADJACENT",
    "AMOUNT",
    "NUMBER",
    "Quantity",
    "Unit",
    "calendar_days",
    "measure",
    "read_amount",
    "read_number",
    "read_text",
    "tidy",
]

Quantity = int | Fraction


class Unit(enum.StrEnum):
    """Units in which limits are set; a working day is no fraction or multiple of a day."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.DAY: 24 * 60, Unit.WEEK: 7 * 24 * 60}
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF_YEAR: 6, Unit.YEAR: 12}


def tidy(quantity: Quantity) -> Quantity:
    """A whole number as int, so that equal quantities look alike.

    >>> tidy(Fraction(4, 2)), tidy(Fraction(3, 2))
    (2, Fraction(3, 2))
    """
    return int(quantity) if quantity == int(quantity) else quantity


def measure(quantity: Quantity, unit: Unit) -> tuple[str, Quantity]:
    """The quantity on the scale its unit belongs to; equal durations measure equal.

    Days are not parts of months, and working days are on no scale but their own.

    >>> measure(1, Unit.HOUR) == measure(60, Unit.MINUTE)
    True
    >>> measure(3, Unit.MONTH) == measure(1, Unit.QUARTER)
    True
    >>> measure(20, Unit.WORKDAY) == measure(20, Unit.DAY)
    False
    """
    if unit in _MINUTES:
        return "minutes", tidy(Fraction(quantity) * _MINUTES[unit])
    if unit in _MONTHS:
        return "months", tidy(Fraction(quantity) * _MONTHS[unit])
    return "workdays", tidy(Fraction(quantity))


def calendar_days(quantity: Quantity, unit: Unit) -> tuple[Fraction, Fraction | None]:
    """The fewest and the most calendar days the duration can be (None: no safe bound).

    Safe bounds, not estimates: a month is 28 to 31 days; *n* working days are at
    least *n* days and, with China's longest closures, at most 2n + 12.

    >>> calendar_days(1, Unit.MONTH)
    (Fraction(28, 1), Fraction(31, 1))
    >>> calendar_days(12, Unit.HOUR)
    (Fraction(1, 2), Fraction(1, 2))
    """
    scale, value = measure(quantity, unit)
    size = Fraction(value)
    if scale == "minutes":
        return size / (24 * 60), size / (24 * 60)
    if scale == "workdays":
        return size, 2 * size + 12
    years, months = divmod(size, 12)
    # a run of k months lasts at least 30k - 2 days (February) and at most 31k
    shortest = months * 28 if months < 1 else months * 30 - 2
    return Fraction(years * 365 + shortest), Fraction(years * 366 + months * 31)


def read_text(text: str) -> Folded:
    """Fold ``text`` for reading Chinese and English alike.

    White space disappears beside a Chinese character (lines break anywhere) and
    stays one blank between Latin words and numbers, so that ``1. 3小时`` is not
    read as 1.3 hours. Tables, lists and sentences that end a line stay apart.

    >>> read_text("事发后 １ 小時\\n內").text
    '事发后1小时内'
    >>> read_text("1. 3小时内; within 1  hour").text
    '1. 3小时内; within 1 hour'
    """
    spaced = fold(text, keep_space=True)
    source, origin = spaced.text, spaced.origin
    if " " not in source:
        return spaced
    out: list[str] = []
    kept: list[int] = []
    at = 0
    for blank in _BLANKS.finditer(source):
        start, end = blank.span()
        out.append(source[at:start])
        kept.extend(origin[at:start])
        before = source[start - 1] if start else "。"
        after = source[end] if end < len(source) else "。"
        if _ends_line(text[origin[start] : origin[end]], before, source[end : end + 6]):
            out.append("\n")
            kept.append(origin[start])
        elif before < "\u2e80" and after < "\u2e80":
            out.append(" ")
            kept.append(origin[start])
        at = end
    out.append(source[at:])
    kept.extend(origin[at:])
    return Folded("".join(out), text, tuple(kept))


_BLANKS = re.compile(" +")
_LIST_MARK = re.compile(r"[-*#>|•·—(①-⑳]|[0-9]{1,2}[.)、]|[一二三四五六七八九十]{1,3}、")


def _ends_line(blank: str, before: str, after: str) -> bool:
    """Whether a sentence or a list item ends at ``blank``, not merely a line."""
    breaks = blank.count("\n")
    return breaks > 1 or (
        breaks == 1 and (before in "。；！？：.;!?:|" or _LIST_MARK.match(after) is not None)
    )


_CN = "零〇一二三四五六七八九十百千两俩廿卅壹贰叁肆伍陆柒捌玖拾佰"
_CN_FIRST = "一二三四五六七八九十两俩廿卅壹贰叁肆伍陆柒捌玖拾"
NUMBER = (
    r"(?:[0-9]{1,6}(?:\.[0-9]{1,3})?"
    rf"|[{_CN_FIRST}][{_CN}]{{0,8}}(?:点[一二三四五六七八九]{{1,2}})?)"
)
"""A positive number in read text, whole or decimal, digits or Chinese numerals."""


def read_number(text: str) -> Quantity:
    """The number that ``text`` writes; :class:`CitationError` when it is none.

    >>> read_number("二十"), read_number("廿"), read_number("俩"), read_number("半")
    (20, 20, 2, Fraction(1, 2))
    >>> read_number("1.5"), read_number("一点五")
    (Fraction(3, 2), Fraction(3, 2))
    >>> read_number("十十")
    Traceback (most recent call last):
    index.errors.CitationError: "十十" is not a number; write digits or Chinese numerals, for example 30 or 三十
    """  # noqa: E501
    if text == "半":
        return Fraction(1, 2)
    whole, point, part = text.replace("俩", "两").replace("点", ".").partition(".")
    if not point:
        return read_numeral(whole)
    digits = "".join(str(read_numeral(c)) for c in part)
    return tidy(read_numeral(whole) + Fraction(int(digits), 10 ** len(digits)))


# longest first: 工作日 holds 日, 半年 holds 年
_UNITS: dict[str, tuple[Unit, Quantity]] = {
    "个工作日": (Unit.WORKDAY, 1),
    "工作日": (Unit.WORKDAY, 1),
    "工作天": (Unit.WORKDAY, 1),
    "上班日": (Unit.WORKDAY, 1),
    "分钟": (Unit.MINUTE, 1),
    "刻钟": (Unit.MINUTE, 15),
    "小时": (Unit.HOUR, 1),
    "钟头": (Unit.HOUR, 1),
    "昼夜": (Unit.DAY, 1),
    "自然日": (Unit.DAY, 1),
    "日历日": (Unit.DAY, 1),
    "日历天": (Unit.DAY, 1),
    "自然天": (Unit.DAY, 1),
    "星期": (Unit.WEEK, 1),
    "礼拜": (Unit.WEEK, 1),
    "自然周": (Unit.WEEK, 1),
    "季度": (Unit.QUARTER, 1),
    "半年": (Unit.HALF_YEAR, 1),
    "自然月": (Unit.MONTH, 1),
    "天": (Unit.DAY, 1),
    "日": (Unit.DAY, 1),
    "周": (Unit.WEEK, 1),
    "月": (Unit.MONTH, 1),
    "季": (Unit.QUARTER, 1),
    "年": (Unit.YEAR, 1),
    "h": (Unit.HOUR, 1),
}
_UNIT = "|".join(list(_UNITS)[1:])

AMOUNT = (
    rf"(?:(?P<n1>{NUMBER})(?:(?P<ge1>个)?(?P<u1>{_UNIT})?(?P<to>至|到|[-–—~])(?P<n2>{NUMBER}))?"
    rf"(?P<ge>个)?(?P<half>半)?(?:整)?|(?P<semi>半)(?P<semige>个)?)(?P<unit>{_UNIT})(?P<tail>半(?![年月个]))?"
)
"""A number with its unit in read text; read the match with :func:`read_amount`."""

ADJACENT = re.compile("([一二两三四五六七八])([二两三四五六七八九])")
"""两三, 一两: two numbers side by side are a range."""


def read_amount(match: re.Match[str]) -> tuple[Quantity, Quantity | None, Unit] | None:
    """Quantity, upper end of a range (else None) and unit of an :data:`AMOUNT` match.

    None when it measures no duration after all (2019年, 3月, 一季度).

    >>> def amount(text):
    ...     return read_amount(re.fullmatch(AMOUNT, text))
    >>> amount("一个半小时"), amount("3至5日")
    ((Fraction(3, 2), None, <Unit.HOUR: 'hour'>), (3, 5, <Unit.DAY: 'day'>))
    >>> amount("半年")
    (1, None, <Unit.HALF_YEAR: 'half_year'>)
    >>> amount("一年半"), amount("两三天"), amount("2019年"), amount("3月")
    ((Fraction(3, 2), None, <Unit.YEAR: 'year'>), (2, 3, <Unit.DAY: 'day'>), None, None)
    """
    name = match["unit"]
    unit, factor = _UNITS[name]
    if match["semi"]:
        if name == "年":
            return 1, None, Unit.HALF_YEAR
        if name in ("季", "半年"):
            return None
        return tidy(Fraction(1, 2) * factor), None, unit
    # 3月 and 一季度 name a month and a quarter; a duration says 3个月, 一个季度
    if name in ("月", "季", "季度") and not (match["ge"] or match["half"]):
        return None
    if name == "半年" and (match["half"] or not match["ge"]):
        return None
    upto: Quantity | None = None
    pair = ADJACENT.fullmatch(match["n1"])
    try:
        if pair is not None and not match["to"]:
            first, upto = read_number(pair[1]), read_number(pair[2])
            if upto != first + 1:
                return None
        else:
            first = read_number(match["n1"])
            if match["to"]:
                upto = read_number(match["n2"])
    except ValueError:
        return None
    if match["u1"] and _UNITS[match["u1"]][0] is not unit:
        return None
    extra = Fraction(1, 2) if match["half"] or match["tail"] else 0
    first = tidy((first + extra) * factor)
    if upto is not None:
        upto = tidy((upto + extra) * factor)
        if upto <= first:
            return None
    if first <= 0 or (unit is Unit.YEAR and first >= 1000):
        return None
    return first, upto, unit
