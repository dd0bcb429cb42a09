"""What was done, against what the rule asks: elapsed times, dates, working days, counts.

A statement of a rule must match the rule; a description of conduct must keep it. The two are
told apart by how a text judges itself (符合规定, 超时了) and by its narrative marks.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.workdays import WorkCalendar
from index.compliance import complies
from index.limits import Comparison, LimitKind, TimeLimit, TimeMention
from index.moments import Moment, days_between, minutes_between
from index.numerals import read_numeral
from index.quantities import Unit
from index.text import Span

__all__ = ["Conduct", "Elapsed", "read_conduct"]

_HALF_YEAR = 183  # more, and the day named second is the next year's
_LONGEST = 800  # days that are counted one by one: no limit is longer than two years
_FIRST_YEAR = 2019  # art. 47: 自2019年11月20日起施行

_KEPT = re.compile(
    r"符合(?:了)?[^,。;!?\n]{0,14}?(?:办法|规定|要求|时限|条文|制度|频次|次数|条)|合乎|合规|"
    r"没有?超(?:时|期|"
    r"限|过)|未超(?:时|期|限|过)|没有违(?:规|反)|不违(?:规|反)|没有问题|没毛病|"
    r"达到了?[^,。;!?\n]{0,12}?(?:规定|要求|频次|次数)|满足|(?:在|于)(?:规定|"
    r"法定)?(?:的)?(?:时限|期限|时间)(?:之|以)?内|按时|按期|如期|来得及|不算(?:迟|晚|超)|"
    r"仍在期限|没有逾期|未逾期|没有?迟报|不迟|踩着点|合格|达标|够了|没超|赶上|已(?:经)?(?:过|"
    r"超过|满|达到|够)了?[^,。;]{0,8}年限"
    r"|\bcompl(?:y|ies|ied|iant)\b|\bin time\b|\bon time\b|\bwithin the (?:time )?limit\b|"
    r"\bmeets? the\b|\bin line with\b|\bsatisf(?:y|ies|ied)\b|\btimely\b"
)
_BROKEN = re.compile(
    r"(?<!没有)(?<!没)(?<!未)(?<!不)(?<!不算)(?:超时|超期|逾期|迟报|超限|违规|违反了?(?:规定|办法|"
    r"要求))|不符合|不合规|不合格|没达到|未达到|没有达到|不达标|晚了|超出了?(?:规定|时限)|"
    r"来不及了|超过了(?:规定|时限|期限)|"
    r"仍属迟报|算迟报|已经?迟了|不按时|未按时|没按时|\blate\b|\bviolat|\bbreach|\btoo\s+late\b|"
    r"\bdoes not comply\b|\boverdue\b|"
    r"\bfails? to comply\b"
)
_NARRATIVE = re.compile(
    r"(?:我们|我局|我委|我院|我区|我市|我旗|我县|我盟|本局|本委|本院|咱们|去年|今年|上月|上周|"
    r"上个月|昨天|前天|当天|当晚|贵)|(?:(?:报|送|交|传)到|报|送|交|形成|请示|研判|召开|开|听取|发生|结束|反馈|"
    r"汇报|作|完成|开展|做|出|搞|干|待|任|工作)了|"
    r"实际(?:请示|报告|报送|用时|提前|上报)|用时|历时|"
    r"就(?:报|送|交)|才(?:报|送|交|形成|开)|\b(?:we|our|last year|this year|yesterday)\b|"
    r"\b(?:held|reported|submitted|sent|was|were|did)\b"
)
_DONE = re.compile(
    r"报|送|交|递|呈|形成|请示|汇报|到场|赶到|核实|完成|出报告|\breport|\bsubmi|\bsent|\breach|"
    r"\bdeliver|\bfinish|\bcomplet"
)
_FUTURE = re.compile(r"应当|应该|必须|须|务必|\bmust\b|\bshall\b|\bshould\b|规定的是|规定")


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Time between two moments of a text."""

    minutes: int | None
    days: int | None
    workdays: tuple[int, int] | None
    """Fewest and most working days it can be, over the years that the text leaves open."""
    ahead: int | None = None
    """Days by which the moment named later comes before the one named first."""
    years: tuple[int, int] | None = None
    """First and last year that the working days were counted in."""

    @property
    def official(self) -> bool:
        """Whether the notice on holidays and make-up days is known for all those years."""
        return self.years is None or all(
            _calendar().official(y) for y in range(self.years[0], self.years[1] + 1)
        )


@dataclass(frozen=True, slots=True)
class Conduct:
    """How a sentence tells of conduct. ``kept``: what it says of itself, if anything."""

    kept: bool | None
    said: Span | None = None
    """Where it says so."""
    elapsed: tuple[tuple[Span, Elapsed], ...] = ()
    months: frozenset[int] = frozenset()
    """The months of a year in which it was done, where the sentence lists them."""

    def at(self, mention: TimeMention) -> Elapsed | None:
        """The time that a mention stands for, where it was reckoned from two moments."""
        return next((e for span, e in self.elapsed if span == mention.span), None)

    def keeps(self, mention: TimeMention, rule: TimeLimit) -> bool | None:
        """Whether the conduct keeps the rule; None when that is open."""
        for span, elapsed in self.elapsed:
            if span == mention.span:
                return _keeps_elapsed(elapsed, rule)
        if self.months and mention.ordinal and mention.limit.unit is Unit.YEAR:
            return _in_every_period(self.months, rule)
        return complies(rule, mention.limit)


def _keeps_elapsed(elapsed: Elapsed, rule: TimeLimit) -> bool | None:
    if rule.quantity is None or rule.unit is None:
        return None
    if elapsed.ahead is not None:
        if rule.kind is not LimitKind.ADVANCE:
            return None
        return complies(rule, TimeLimit(rule.kind, elapsed.ahead, Unit.DAY))
    if rule.unit is Unit.WORKDAY and elapsed.workdays is not None:
        low, high = elapsed.workdays
        if high <= rule.quantity:
            return rule.kind is LimitKind.WITHIN
        return None if low <= rule.quantity else rule.kind is not LimitKind.WITHIN
    if elapsed.minutes is not None:
        done = TimeLimit(rule.kind, max(elapsed.minutes, 1), Unit.MINUTE)
    elif elapsed.days is not None and elapsed.days > 0:
        done = TimeLimit(rule.kind, elapsed.days, Unit.DAY)
    else:
        return None
    return complies(rule, done)


def read_conduct(
    view: str,
    sentence: Span,
    told: Sequence[tuple[Span, Sequence[Moment]]],
    times: Sequence[TimeMention],
    earlier: Moment | None,
) -> tuple[Conduct | None, tuple[TimeMention, ...], Moment | None]:
    """How a sentence tells of conduct, None when it states a rule; the elapsed times
    between its moments as mentions at the later moment; and when its event happened.

    ``told`` are the clauses with moments; ``earlier`` is when the event happened of which a
    sentence before this one tells.
    """
    moments = [m for _, found in told for m in found]
    first = _origin(view, told)
    origin = first or earlier
    if origin is not None:
        moments = [origin, *(m for m in moments if m is not origin)]
    said = view[sentence.start : sentence.end]
    broken, kept = _BROKEN.search(said), _KEPT.search(said)
    verdict = False if broken else True if kept else None
    judged = broken or kept
    where = Span(*judged.span()).shift(sentence.start) if judged else None
    elapsed: list[tuple[Span, Elapsed]] = []
    mentions: list[TimeMention] = []
    if len(moments) >= 2:
        start = moments[0]
        for i, end in enumerate(moments[1:], 1):
            stop = moments[i + 1].span.start if i + 1 < len(moments) else sentence.end
            stop = max(stop, end.span.end)
            before = max(sentence.start, min(moments[i - 1].span.end, end.span.start))
            if not _DONE.search(view, end.span.end, stop) and not _DONE.search(
                view, before, end.span.start
            ):
                continue
            gap = _gap(start, end)
            if gap is not None:
                elapsed.append((end.span, gap))
                mentions.append(_mention(end.span, gap))
    covered = _months(view, sentence)
    if covered is not None:
        mentions.append(covered[0])
    if mentions:
        months = covered[1] if covered is not None else frozenset()
        return Conduct(verdict, where, tuple(elapsed), months), tuple(mentions), origin
    narrated = _NARRATIVE.search(said) is not None
    ruled = _FUTURE.search(re.sub(_KEPT, "", said)) is not None
    # 全程2小时45分，没有超时: an amount and a judgement of it
    done = any(t.observed or t.ordinal or (t.bare and verdict is not None) for t in times)
    served = any(t.limit.kind is LimitKind.THRESHOLD for t in times)
    so_long = re.search(r"(?:干|待|任|工作)了|已经?(?:连续)?(?:工作|任职|干)", said) is not None
    done = done or (served and (so_long or verdict is not None))
    # dates, and a judgement of them
    done = done or (verdict is not None and bool(moments))
    done = done or re.search(r"实际(?:请示|报|用时|提前)", said) is not None
    # 每季度研判两次，符合规定: a rhythm that judges itself is kept, not a rule stated
    # but 至少每季度一次就够了 says what is enough, not what was done
    rhythm = not ruled and all(
        t.limit.kind is LimitKind.FREQUENCY
        and t.limit.quantity is not None
        and t.limit.comparison is not Comparison.AT_LEAST
        for t in times
    )
    if times and (
        (verdict is not None and (narrated or done or rhythm))
        or (narrated and not ruled and done)
        or (narrated and not ruled and re.search(r"我们|我局|我委|\bwe\b|\bour\b", said))
    ):
        return Conduct(verdict, where), (), origin
    return None, (), origin


_ORIGIN = re.compile(
    r"发生|事发|案发|出事|出了|突发|爆发|结束|收到|接到(?!报)|定于|拟于|计划|召开|"
    r"\b(?:occur|happen|broke out|ended|received|incident)"
)


def _origin(view: str, told: Sequence[tuple[Span, Sequence[Moment]]]) -> Moment | None:
    """The moment of the event that a sentence tells of; None when no words say which it is."""
    for clause, moments in told:
        for i, moment in enumerate(moments):
            start = moments[i - 1].span.end if i else clause.start
            end = moments[i + 1].span.start if i + 1 < len(moments) else clause.end
            if _ORIGIN.search(view, start, end):
                return moment
    return None


_MONTH = r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
_MONTHS = re.compile(
    rf"(?<![0-9一二三四五六七八九十个每第])(?:{_MONTH}(?:月份?)?(?:、|和|,|及|与|"
    rf"以及)){{1,11}}{_MONTH}月份?"
    r"(?![0-9一二三四五六七八九十底末度个])"
)
_ONE_MONTH = re.compile(_MONTH)
_NAMES = "january february march april may june july august september october november december"
_MONTHS_EN = re.compile(
    rf"\b(?:{_NAMES.replace(' ', '|')})(?:(?:, | and |, and )(?:{_NAMES.replace(' ', '|')}))+\b"
)


def _months(view: str, sentence: Span) -> tuple[TimeMention, frozenset[int]] | None:
    """The months that a sentence lists as those in which something was done.

    >>> mention, months = _months("在1月、3月和11月开会", Span(0, 13))
    >>> sorted(months)
    [1, 3, 11]
    """
    found = _MONTHS.search(view, sentence.start, sentence.end)
    if found is not None:
        words = _ONE_MONTH.findall(found[0])
        months = frozenset(int(read_numeral(word)) for word in words)
    else:
        found = _MONTHS_EN.search(view, sentence.start, sentence.end)
        if found is None:
            return None
        months = frozenset(i for i, name in enumerate(_NAMES.split(), 1) if name in found[0])
    if len(months) < 2:
        return None
    span = Span(*found.span())
    limit = TimeLimit(LimitKind.FREQUENCY, 1, Unit.YEAR, times=len(months))
    return TimeMention(span, limit, span, observed=True, ordinal=True), months


_PERIOD = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF_YEAR: 6, Unit.YEAR: 12}


def _in_every_period(months: frozenset[int], rule: TimeLimit) -> bool | None:
    """Whether something done in these months was done in every period of the year."""
    length = _PERIOD.get(rule.unit) if rule.unit is not None else None
    if length is None or rule.kind is not LimitKind.FREQUENCY:
        return None
    size = int(length * (rule.quantity or 1))
    return all(
        any(start <= month < start + size for month in months) for start in range(1, 13, size)
    )


def _gap(start: Moment, end: Moment) -> Elapsed | None:
    ahead = _days_ahead(start, end)
    if ahead is not None:
        return Elapsed(None, None, None, ahead)
    minutes, days = minutes_between(start, end), days_between(start, end)
    if minutes is None and days is None:
        return None
    if days is None:
        return Elapsed(minutes, days, None)
    year = start.date.year or end.date.year
    known = None if year is None else (year, year + days // 365)
    return Elapsed(minutes, days, _workdays(start, end, days), years=known)


def _days_ahead(start: Moment, end: Moment) -> int | None:
    """Days from ``end`` to ``start`` when the text names the later day first (6月20日开会，
    6月11日请示); None otherwise."""
    year = start.date.year or end.date.year or 2001
    first, second = start.date.date(year), end.date.date(year)
    if first is None or second is None or not 0 < (first - second).days <= _HALF_YEAR:
        return None
    return (first - second).days


def _mention(span: Span, gap: Elapsed) -> TimeMention:
    if gap.ahead is not None:
        limit = TimeLimit(LimitKind.ADVANCE, gap.ahead, Unit.DAY)
    elif gap.minutes is not None:
        limit = TimeLimit(LimitKind.WITHIN, max(gap.minutes, 1), Unit.MINUTE)
    else:
        limit = TimeLimit(LimitKind.WITHIN, max(gap.days or 0, 1), Unit.DAY)
    return TimeMention(span, limit, span, observed=True)


def _workdays(start: Moment, end: Moment, days: int) -> tuple[int, int] | None:
    if days < 0 or start.date.month is None or start.date.day is None:
        return None
    year = start.date.year or end.date.year
    first, last = _calendar_years()
    years = [year] if year is not None else list(range(first, last + 1))
    counts = []
    for candidate in years:
        day = start.date.date(candidate)
        if day is not None:
            counts.append(_count_workdays(day, days))
    return (min(counts), max(counts)) if counts else None


@functools.cache
def _calendar() -> WorkCalendar:
    return WorkCalendar()


@functools.cache
def _calendar_years() -> tuple[int, int]:
    """First and last year that a text without a year can mean and whose notice is known."""
    last = max(y for y in range(_FIRST_YEAR, _FIRST_YEAR + 60) if _calendar().official(y))
    return _FIRST_YEAR, last


def _count_workdays(start: dt.date, days: int) -> int:
    """Working days after ``start`` through ``start + days``."""
    calendar = _calendar()
    span = range(1, min(days, _LONGEST) + 1)
    return sum(calendar.is_workday(start + dt.timedelta(n)) for n in span)
