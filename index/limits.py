"""What a time limit is: its value, its equality, its wording.

:mod:`index.timelimit` reads limits from text; this module knows no text.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field

from index.quantities import Quantity, Unit, measure
from index.text import Folded, Span

__all__ = ["Comparison", "Draft", "LimitKind", "TimeLimit", "TimeMention"]


class LimitKind(enum.StrEnum):
    """What the quantity limits."""

    WITHIN = "within"
    """1小时内: no later than so long after the anchor."""
    ADVANCE = "advance"
    """提前1周以上: so long before the anchor."""
    FREQUENCY = "frequency"
    """每季度至少1次: ``times`` in every ``quantity`` ``unit``; 定期 with neither."""
    BY = "by"
    """年底前, 当天, 6月30日前: a point in the calendar."""
    THRESHOLD = "threshold"
    """连续工作满5年: a duration that must have passed."""
    IMMEDIATE = "immediate"
    """及时, 立即, 第一时间: haste without a number."""
    ANYTIME = "anytime"
    """随时: no limit of time, said in words."""
    EFFECTIVE = "effective"
    """自2019年11月20日起施行: from when a text is in force."""


class Comparison(enum.StrEnum):
    """How the amount bounds; 以上, 以内, 至少 include the amount itself."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    GENERALLY = "generally"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One limit. Equality is of every field; :meth:`same_amount` is the lawyer's equality.

    >>> hour = TimeLimit(LimitKind.WITHIN, 1, Unit.HOUR)
    >>> hour.same_amount(TimeLimit(LimitKind.WITHIN, 60, Unit.MINUTE))
    True
    >>> TimeLimit(LimitKind.WITHIN, 1)
    Traceback (most recent call last):
    ValueError: a quantity needs a unit: 1
    """

    kind: LimitKind
    quantity: Quantity | None = None
    unit: Unit | None = None
    comparison: Comparison | None = None
    times: int | None = None
    """Frequency: so often per ``quantity`` ``unit``; None where the text gives only the period."""
    anchor: str | None = None
    """The event counted from (事发后) or to (会前): simplified, as written; English
    wordings of the known events come as their Chinese name."""
    date: dt.date | None = None
    """Effective from, or by, this day."""
    word: str | None = None
    """The words of a limit without a number: 及时, 第一时间, 年底前, 当天, 定期."""
    upto: Quantity | None = None
    """Upper end of a range: 3至5日 is quantity 3, upto 5."""

    def __post_init__(self) -> None:
        if self.quantity is not None:
            if self.unit is None:
                raise ValueError(f"a quantity needs a unit: {self.quantity}")
            if self.quantity <= 0 or (self.upto is not None and self.upto <= self.quantity):
                raise ValueError(f"not a quantity of time: {self.quantity} {self.upto or ''}")
        elif self.upto is not None:
            raise ValueError("a range needs its lower end")
        if self.times is not None and self.times < 0:
            raise ValueError(f"not a number of times: {self.times}")

    def same_amount(self, other: TimeLimit) -> bool:
        """Whether both set the same amount, however written; kind of limit, comparison
        and anchor are the caller's to compare.

        60分钟 is 1小时, 每三个月 is 每季度, 7天 is 1周; 20个工作日 is neither 20天 nor
        一个月; 每半年 is not 每年两次. A frequency without a count is once. Words
        of haste (及时, 立即) are the same amount as each other: none.

        >>> def every(quantity, unit, times=None):
        ...     return TimeLimit(LimitKind.FREQUENCY, quantity, unit, times=times)
        >>> every(3, Unit.MONTH).same_amount(every(1, Unit.QUARTER, 1))
        True
        >>> every(1, Unit.HALF_YEAR).same_amount(every(1, Unit.YEAR, 2))
        False
        """
        frequency = LimitKind.FREQUENCY
        if (self.kind is frequency) != (other.kind is frequency):
            return False
        if self.quantity is None or other.quantity is None:
            return self._same_words(other)
        if self.unit is None or other.unit is None:  # pragma: no cover  (a quantity has a unit)
            return False
        if measure(self.quantity, self.unit) != measure(other.quantity, other.unit):
            return False
        if self.kind is frequency:
            return (1 if self.times is None else self.times) == (
                1 if other.times is None else other.times
            )
        mine, theirs = self.upto or self.quantity, other.upto or other.quantity
        return measure(mine, self.unit) == measure(theirs, other.unit)

    def _same_words(self, other: TimeLimit) -> bool:
        if self.quantity is not None or other.quantity is not None or self.kind is not other.kind:
            return False
        if self.kind in (LimitKind.IMMEDIATE, LimitKind.ANYTIME):
            return True
        if self.date is not None or other.date is not None:
            return self.date == other.date
        if self.kind is LimitKind.EFFECTIVE:
            return True
        if self.kind is LimitKind.BY:
            return (self.unit, self.word in _TODAY) == (other.unit, other.word in _TODAY)
        return self.word == other.word

    def format(self, lang: str = "zh-Hans") -> str:
        """The limit in natural wording: ``zh-Hans``, ``zh-Hant`` or ``en``.

        >>> limit = TimeLimit(LimitKind.FREQUENCY, 1, Unit.QUARTER, Comparison.AT_LEAST, 1)
        >>> limit.format(), limit.format("en")
        ('每季度至少1次', 'at least once a quarter')
        """
        from index.limit_wording import chinese, english  # noqa: PLC0415  (it imports this module)

        return english(self) if lang == "en" else chinese(self, traditional=lang == "zh-Hant")


_TODAY = frozenset({"当天", "当日", "即日", "同日"})


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A limit where it stands in a text. Spans are offsets into the text as given."""

    span: Span
    """All that belongs to it: cues, anchor, amount; a frequency's from 每季度 through 1次."""
    limit: TimeLimit
    amount: Span
    """The words that carry the amount: 15个工作日, 每半年, the date, 及时."""
    count: Span | None = None
    """Of a frequency: 1次, 两次."""
    anchor: Span | None = None
    """The anchor's words, when the text has one beside the amount."""
    negated: bool = False
    """不是1个工作日, 而非一周, not three hours: named in order to be denied."""
    waived: bool = False
    """不必等满一周, 无需在1小时内: said not to be required."""
    bare: bool = False
    """An amount without a word that tells the kind of limit (期限都是20个工作日);
    ``limit.kind`` is then the likeliest."""
    observed: bool = False
    """A count of what was done (去年全年只开了3次), not a rule."""
    ordinal: bool = False
    """第20个工作日: a place in the count."""


@dataclass(slots=True)
class Draft:
    """A mention while it is being read: offsets are those of the read text."""

    start: int
    end: int
    limit: TimeLimit
    amount: tuple[int, int]
    count: tuple[int, int] | None = None
    anchor: tuple[int, int] | None = None
    flags: dict[str, bool] = field(default_factory=dict)

    def mention(self, read: Folded) -> TimeMention:
        """The mention in offsets of the text that ``read`` was made from."""
        return TimeMention(
            read.span(self.start, self.end),
            self.limit,
            read.span(*self.amount),
            None if self.count is None else read.span(*self.count),
            None if self.anchor is None else read.span(*self.anchor),
            **self.flags,
        )
