"""From which day a text is said to be in force: 施行日是…, 当日起施行, 到那天已经施行."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.limits import Comparison, LimitKind, TimeLimit
from index.moments import Moment
from index.quantities import Unit
from index.text import Span
from index.timelimit import TimeMention

if TYPE_CHECKING:
    from assistant.claims import ClauseReading

__all__ = ["in_force"]

_FORCE = re.compile(
    r"施行|生效|起效|管用|算数|(?:开始|正式|起)(?:执行|实行|启用|适用)|"
    r"\b(?:takes?|took|taking) effect|\bin force|\beffective|\b(?:comes?|came) into"
)
_MADE = re.compile(r"发布|印发|审议|批准|通过|公布|\b(?:issued|adopted|approved|promulgated)\b")


def in_force(
    view: str, clauses: tuple[ClauseReading, ...], question: Span | None
) -> tuple[ClauseReading, ...]:
    """The clauses of one sentence with the days from which it says that the text is in force:
    施行日是2019年11月20日, and 当日起施行 after a date."""
    asked = question is not None and _FORCE.search(question.of(view)) is not None
    if not clauses or not (
        asked or _FORCE.search(view, clauses[0].span.start, clauses[-1].span.end)
    ):
        return clauses
    known = any(t.limit.kind is LimitKind.EFFECTIVE for c in clauses for t in c.times)
    out: list[ClauseReading] = []
    last: Moment | None = None
    pending = asked
    told = any(
        _BY_THEN.search(c.span.of(view)) or _NOT_YET.search(c.span.of(view)) for c in clauses
    )
    for clause in clauses:
        if told:  # 到12月1日之前还没有施行: no limit for doing anything
            kept = tuple(t for t in clause.times if t.limit.date is None or not _by(t))
            clause = replace(clause, times=kept)
        said = clause.span.of(view)
        named = _FORCE.search(said) is not None
        times = tuple(_on_that_day(view, t, last, pending or named) for t in clause.times)
        if last is not None and not known and (that := _THAT_DAY.search(said)):
            limit = TimeLimit(LimitKind.EFFECTIVE, date=last.date.date())
            span = Span(that.start("day"), that.end("day")).shift(clause.span.start)
            times += (TimeMention(span, limit, span),)
        elif asked and not _dated(clause) and (year := _YEAR.search(said)):
            span = Span(*year.span()).shift(clause.span.start)
            times += (TimeMention(span, TimeLimit(LimitKind.EFFECTIVE, word=year[0]), span),)
        dated = [m for m in clause.moments if m.date.date() is not None]
        partly = [m for m in clause.moments if m.date.month and m.date.day and m not in dated]
        if not known and dated and (named or (pending and not _MADE.search(said))):
            day = dated[-1]
            bound = Comparison.AT_MOST if _BY_THEN.search(said) else None
            bound = Comparison.MORE_THAN if _NOT_YET.search(said) else bound
            limit = TimeLimit(LimitKind.EFFECTIVE, date=day.date.date(), comparison=bound)
            times += (TimeMention(day.span, limit, day.span),)
        elif not known and partly and (named or (pending and not _MADE.search(said))):
            span = partly[-1].span
            limit = TimeLimit(LimitKind.EFFECTIVE, word=span.of(view))
            times += (TimeMention(span, limit, span),)
        elif not known and named and (then := _DAY_THEN.search(said)):
            span = Span(then.start("day"), then.end("day")).shift(clause.span.start)
            times += (TimeMention(span, TimeLimit(LimitKind.EFFECTIVE, word=then["day"]), span),)
        elif (
            not known
            and last is not None
            and not dated
            and (_BY_THEN.search(said) or _NOT_YET.search(said))
        ):
            bound = Comparison.AT_MOST if _BY_THEN.search(said) else Comparison.MORE_THAN
            known_day = last.date.date()
            limit = TimeLimit(LimitKind.EFFECTIVE, date=known_day, comparison=bound)
            times += (TimeMention(last.span, limit, last.span),)
        elif not known and (after := _DAY_AFTER.search(said)):
            limit = TimeLimit(LimitKind.EFFECTIVE, 1, Unit.DAY)
            span = Span(after.start("day"), after.end("day")).shift(clause.span.start)
            times = (TimeMention(span, limit, span),)
        pending = pending or named
        last = dated[-1] if dated else last
        out.append(replace(clause, times=times))
    return tuple(out)


_DAY_AFTER = re.compile(
    r"(?:发布|印发|公布|颁布)(?:之日)?(?:后)?(?:的)?(?P<day>次日|第二天|翌日)起?(?:正式)?(?:施行|"
    r"生效|实施|执行)"
)
_BY_THEN = re.compile(r"已(?:经)?(?:正式)?(?:开始)?(?:施行|生效|实施)|\balready in force")
_NOT_YET = re.compile(
    r"(?:还没有?|尚未|仍未|还未)(?:正式|开始)*(?:施行|生效|实施)|\bnot yet in force"
)
_DAY_THEN = re.compile(r"[当同本]月(?P<day>(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号])")
_THAT_DAY = re.compile(
    r"(?P<day>[这那该此]一?[天日])[^,。;]{0,3}(?:起|开始)?[^,。;]{0,3}(?:施行|生效|实施|执行)"
)
_YEAR = re.compile(r"(?:[12][0-9]{3}|二[〇零0][一二][〇零0一二三四五六七八九])年")
_ISSUED_THEN = re.compile(r"(?:发布|印发|公布|颁布)(?:的)?$")


def _by(mention: TimeMention) -> bool:
    return mention.limit.kind is LimitKind.BY


def _dated(clause: ClauseReading) -> bool:
    """Whether a clause names a whole date."""
    return any(m.date.date() is not None for m in clause.moments)


def _on_that_day(
    view: str, mention: TimeMention, last: Moment | None, in_force: bool
) -> TimeMention:
    """当日起施行, 施行：发布当天, with the day that it points to."""
    limit = mention.limit
    if in_force and limit.kind is LimitKind.BY and limit.word in ("当日", "当天", "同日"):
        start = mention.span.start
        issued = _ISSUED_THEN.search(view, max(0, start - 4), start)
        date = None if issued or last is None else last.date.date()
        return replace(mention, limit=TimeLimit(LimitKind.EFFECTIVE, date=date))
    points = limit.kind is LimitKind.EFFECTIVE and limit.date is None and limit.quantity is None
    if last is None or not points or limit.word not in ("当日", "当天", "同日"):
        return mention
    return replace(mention, limit=replace(limit, date=last.date.date()))
