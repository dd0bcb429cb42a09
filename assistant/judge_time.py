"""Time against a row: limits, what was done, events counted from, units."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.claims import ClauseReading, SentenceReading
from assistant.conduct import Conduct
from assistant.findings import FindingKind
from assistant.slots import Fault, Fit, Row, Slot
from index.anchors import AnchorEvent, anchor_event
from index.limits import Comparison, LimitKind, TimeLimit, TimeMention
from index.numerals import read_numeral
from index.text import Span

__all__ = ["compare_anchors", "compare_conduct", "compare_time", "compare_units"]


_CONFLICT = {
    AnchorEvent.OCCURRENCE: {
        AnchorEvent.REPORT, AnchorEvent.KNOWLEDGE, AnchorEvent.END, AnchorEvent.FEEDBACK,
        AnchorEvent.ACCEPTANCE, AnchorEvent.VERIFICATION, AnchorEvent.DRAFT,
    },
    AnchorEvent.END: {
        AnchorEvent.FEEDBACK, AnchorEvent.OCCURRENCE, AnchorEvent.ACCEPTANCE, AnchorEvent.ISSUE,
        AnchorEvent.BEFORE_MEETING, AnchorEvent.START, AnchorEvent.DRAFT, AnchorEvent.VERIFICATION,
    },
    AnchorEvent.FEEDBACK: {
        AnchorEvent.END, AnchorEvent.OCCURRENCE, AnchorEvent.ACCEPTANCE, AnchorEvent.ISSUE,
        AnchorEvent.AFTER_MEETING, AnchorEvent.START, AnchorEvent.DRAFT, AnchorEvent.REPORT,
        AnchorEvent.DISPATCH,
    },
}  # fmt: skip


def compare_conduct(mention: TimeMention, row: Row, done: Conduct) -> Slot | None:
    """What was done against what the row asks, and what the text says of it."""
    ours = row.rule.time
    kind = FindingKind.TIME_LIMIT
    if ours is None or ours.kind in (LimitKind.EFFECTIVE, LimitKind.ANYTIME):
        return Slot(kind, mention.span, Fit.SILENT)
    if mention.limit.kind in (LimitKind.IMMEDIATE, LimitKind.ANYTIME):
        return None
    keeps = done.keeps(_as_told(mention), ours)
    if keeps is None and mention.bare:
        return None  # 去年四个季度: a stretch of time, no limit
    if keeps is None and ours.kind is mention.limit.kind is LimitKind.FREQUENCY:
        return None  # 全年12次 against 每月1次: left open
    by = LimitKind.BY
    if keeps is None and mention.limit.kind is ours.kind is by and mention.limit.same_amount(ours):
        keeps = True  # 12月10日搞完,赶在年底前
    if keeps is None:
        return Slot(kind, mention.span, Fit.SILENT)
    if keeps is (done.kept is not False):
        return Slot(kind, mention.span, Fit.AGREES)
    if keeps and done.said is not None:  # in time, and called late
        return Slot(kind, done.said, Fit.DIFFERS, Fault.CONDUCT, ours, told=done.at(mention))
    return Slot(kind, mention.span, Fit.DIFFERS, Fault.CONDUCT, ours, told=done.at(mention))


def _as_told(mention: TimeMention) -> TimeMention:
    """连续干了4年11个月: in a story so long, and not at least so long."""
    limit = mention.limit
    if limit.kind is LimitKind.THRESHOLD and limit.comparison is Comparison.AT_LEAST:
        return replace(mention, limit=replace(limit, comparison=None))
    return mention


def compare_time(mention: TimeMention, row: Row, denied: bool) -> Iterable[Slot]:
    """A time limit against the row's."""
    ours, theirs = row.rule.time, mention.limit
    kind = FindingKind.TIME_LIMIT
    denied = denied or mention.negated

    def slot(fit: Fit, fault: Fault | None = None, span: Span | None = None,
             limit: TimeLimit | None = None) -> Slot:  # fmt: skip
        return Slot(kind, span or mention.span, fit, fault, limit)

    if theirs.kind is LimitKind.ANYTIME:
        same = ours is not None and ours.kind is theirs.kind
        return [replace(slot(Fit.AGREES if same else Fit.NEUTRAL), weak=True)]
    if theirs.kind is LimitKind.EFFECTIVE:
        return (
            []
            if ours is None or ours.kind is not LimitKind.EFFECTIVE
            else [_effective(mention, ours, denied)]
        )
    if theirs.kind is LimitKind.IMMEDIATE:
        if ours is not None and ours.kind is LimitKind.IMMEDIATE:
            if denied or mention.waived:
                return [slot(Fit.DIFFERS, Fault.DENIED, None, ours)]
            return [slot(Fit.AGREES)]
        prompt = row.prompt and not denied
        return [replace(slot(Fit.AGREES if prompt else Fit.NEUTRAL), weak=True)]
    if ours is None or ours.kind in (LimitKind.EFFECTIVE, LimitKind.ANYTIME):
        if row.prevails and theirs.kind is LimitKind.BY:
            return [slot(Fit.NEUTRAL)]  # 2019年11月20日以前的规定: which, not until when
        if mention.waived:
            return [slot(Fit.UNSAID)]
        return [slot(Fit.NEUTRAL if denied else Fit.SILENT)]
    if ours.kind is LimitKind.IMMEDIATE:
        if theirs.kind is LimitKind.FREQUENCY:
            return [slot(Fit.SILENT)]
        if denied or mention.waived:
            return [slot(Fit.NEUTRAL)]
        return [slot(Fit.DIFFERS, Fault.WORD, None, ours)]
    if theirs.quantity is None and theirs.kind is not LimitKind.BY and theirs.date is None:
        if ours.quantity is None:
            return [slot(Fit.AGREES if theirs.word == ours.word else Fit.SILENT)]
        if (
            theirs.word in ("每届", "每旬", "按旬")
            and ours.kind is LimitKind.FREQUENCY
            and not denied
        ):
            return [slot(Fit.DIFFERS, Fault.AMOUNT, mention.amount, ours)]
        return [slot(Fit.NEUTRAL if theirs.word == "定期" else Fit.SILENT)]
    if ours.quantity is None and denied:
        return [slot(Fit.NEUTRAL)]
    if ours.quantity is None:
        if ours.kind is LimitKind.BY or theirs.kind is LimitKind.BY:
            same = theirs.kind is LimitKind.BY and theirs.same_amount(ours)
            if theirs.kind is LimitKind.FREQUENCY:
                return [slot(Fit.SILENT)]
            return [
                slot(Fit.AGREES) if same else slot(Fit.DIFFERS, Fault.AMOUNT, mention.amount, ours)
            ]
        return [
            slot(Fit.DIFFERS, Fault.AMOUNT, mention.amount, ours)
        ]  # 定期, and a number is given
    return [_amounts(mention, ours, denied, slot)]


def _amounts(
    mention: TimeMention, ours: TimeLimit, denied: bool, slot: Callable[..., Slot]
) -> Slot:
    theirs = mention.limit
    frequency = LimitKind.FREQUENCY
    if (ours.kind is frequency) != (theirs.kind is frequency):
        if theirs.kind is LimitKind.BY:
            return slot(Fit.SILENT)
        if mention.bare and theirs.unit is not None and theirs.quantity is not None:
            theirs = replace(theirs, kind=ours.kind, times=ours.times)
        elif ours.kind is frequency and theirs.kind is LimitKind.WITHIN and not theirs.anchor:
            theirs = replace(theirs, kind=frequency, times=ours.times)  # 一年之内开一次
        else:
            return slot(Fit.SILENT)
    if theirs.kind is LimitKind.BY:
        if denied or mention.waived:
            return slot(Fit.NEUTRAL)
        return slot(Fit.DIFFERS, Fault.AMOUNT, mention.amount, ours)
    same = theirs.same_amount(ours)
    if denied or mention.waived:
        return slot(Fit.DIFFERS, Fault.DENIED, mention.amount, ours) if same else slot(Fit.NEUTRAL)
    if not same:
        if ours.kind is frequency:
            period = replace(theirs, times=ours.times).same_amount(ours)
            if period and mention.count is not None:
                return slot(Fit.DIFFERS, Fault.COUNT, mention.count, ours)
        return slot(Fit.DIFFERS, Fault.AMOUNT, mention.amount, ours)
    if _opposed(theirs, ours):
        return slot(Fit.DIFFERS, Fault.COMPARISON, mention.span, ours)
    if {theirs.kind, ours.kind} == {LimitKind.WITHIN, LimitKind.ADVANCE} and not mention.bare:
        return slot(Fit.DIFFERS, Fault.COMPARISON, mention.span, ours)
    if theirs.anchor and ours.anchor:
        a, b = anchor_event(theirs.anchor), anchor_event(ours.anchor)
        bare = a is AnchorEvent.REPORT and b is AnchorEvent.FEEDBACK
        if bare and not _REPORT.search(theirs.anchor):
            a = b  # from receipt: of the feedback
        if a is not None and b is not None and a in _CONFLICT.get(b, ()):
            return slot(Fit.DIFFERS, Fault.ANCHOR, mention.anchor or mention.span, ours)
    return slot(Fit.AGREES)


_UP = frozenset({Comparison.AT_LEAST, Comparison.MORE_THAN})


_DOWN = frozenset({Comparison.AT_MOST, Comparison.LESS_THAN})


def _opposed(theirs: TimeLimit, ours: TimeLimit) -> bool:
    """Whether one bounds from below what the other bounds from above."""
    down = _DOWN
    if ours.kind is LimitKind.FREQUENCY and ours.comparison is not Comparison.AT_MOST:
        return theirs.comparison in down
    if (
        theirs.comparison in (Comparison.MORE_THAN, Comparison.LESS_THAN)
        and ours.comparison is not None
    ):
        pass
    return (ours.comparison in _UP and theirs.comparison in down) or (
        ours.comparison in down and theirs.comparison in _UP
    )


# The report itself is what is received; else it is the feedback that the row speaks of.
_REPORT = re.compile(r"报|\brecei\w+ (?:of )?(?:the |a |that )?report")
_DAY_ONLY = re.compile(r"(?<![月0-9])([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]")
_YEAR = re.compile(r"([12][0-9]{3}|二[〇零0][一二][〇零0一二三四五六七八九])年$")
_MONTH_DAY = re.compile(
    r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})月([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]"
)


def _effective(mention: TimeMention, ours: TimeLimit, denied: bool) -> Slot:
    theirs = mention.limit
    kind = FindingKind.EFFECTIVE
    # 自发布之日起: the day of issue is the day of effect
    same = theirs.date == ours.date if theirs.date is not None else theirs.quantity is None
    if theirs.date is not None and ours.date is not None and theirs.comparison is not None:
        in_force = ours.date <= theirs.date
        same = in_force is (theirs.comparison is Comparison.AT_MOST)
    elif theirs.date is None and theirs.word and (told := _MONTH_DAY.search(theirs.word)):
        month, day = (int(read_numeral(told[i])) for i in (1, 2))
        same = ours.date is not None and (ours.date.month, ours.date.day) == (month, day)
    elif theirs.date is None and theirs.word and (told := _DAY_ONLY.search(theirs.word)):
        same = ours.date is not None and ours.date.day == read_numeral(told[1])
    elif theirs.date is None and theirs.word and (told := _YEAR.search(theirs.word)):
        same = ours.date is not None and ours.date.year == read_numeral(told[1])
    if denied:
        same = not same
        if same:
            return Slot(kind, mention.span, Fit.NEUTRAL)
    if same:
        return Slot(kind, mention.amount, Fit.AGREES)
    return Slot(kind, mention.amount, Fit.DIFFERS, Fault.AMOUNT, ours)


def compare_anchors(row: Row, sentence: SentenceReading, clause: ClauseReading) -> Iterable[Slot]:
    """从接到报告时起算: the event counted from, told apart from the amount."""
    ours = row.rule.time
    if ours is None or ours.anchor is None:
        return
    right = anchor_event(ours.anchor)
    phrases = clause.anchors
    if not phrases and clause.times and not any(t.limit.anchor for t in clause.times):
        before = [c for c in sentence.clauses if c.span.end <= clause.span.start][-1:]
        phrases = tuple(a for c in before if not c.times for a in c.anchors)
    later = [c for c in sentence.clauses if c.span.start >= clause.span.end][:1]
    if clause.times and later and not later[0].times:  # 最迟3小时,自首报完成之时起算
        phrases += tuple(a for a in later[0].anchors if len(a.span) * 2 > len(later[0].span))
    for anchor in phrases:
        said = anchor_event(anchor.words)
        if said is None or right is None:
            continue
        denied = sentence.is_denied(anchor.span)
        wrong = said in _CONFLICT.get(right, ())
        if said is AnchorEvent.REPORT and right is AnchorEvent.FEEDBACK:
            wrong = _REPORT.search(anchor.words) is not None
        if wrong != denied:
            yield Slot(FindingKind.TIME_LIMIT, anchor.span, Fit.DIFFERS, Fault.ANCHOR, ours)
        elif not denied and said is right:
            yield Slot(FindingKind.TIME_LIMIT, anchor.span, Fit.AGREES)


def compare_units(row: Row, sentence: SentenceReading, clause: ClauseReading) -> Iterable[Slot]:
    """按工作日计算, in calendar days: the unit named without an amount."""
    ours = row.rule.time
    if ours is None or ours.unit is None:
        return
    for unit in clause.units:
        denied = unit.denied != sentence.is_denied(unit.span)
        same = unit.unit is ours.unit
        if same != denied:
            yield Slot(FindingKind.TIME_LIMIT, unit.span, Fit.AGREES)
        elif not same and not denied:
            yield Slot(FindingKind.TIME_LIMIT, unit.span, Fit.DIFFERS, Fault.AMOUNT, ours)
        else:
            yield Slot(FindingKind.TIME_LIMIT, unit.span, Fit.DIFFERS, Fault.DENIED, ours)
