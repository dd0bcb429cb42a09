"""Limits of time made wrong: number, unit, comparison, what they are counted from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from eval.mutants.changes import Change, Subject, in_digits_of, put, put_others
from eval.mutants.facts import Facts
from eval.mutants.markup import Slot
from index.numerals import numeral, read_numeral
from index.quantities import Unit, measure

__all__ = ["anchor", "comparison", "haste", "number", "unit"]

_UNITS: dict[str, Unit] = {
    "小时": Unit.HOUR, "个小时": Unit.HOUR, "个钟头": Unit.HOUR, "分钟": Unit.MINUTE,
    "天": Unit.DAY, "日": Unit.DAY, "个工作日": Unit.WORKDAY, "周": Unit.WEEK,
    "个星期": Unit.WEEK, "个月": Unit.MONTH, "年": Unit.YEAR,
    "hour": Unit.HOUR, "hours": Unit.HOUR, "minutes": Unit.MINUTE, "days": Unit.DAY,
    "working days": Unit.WORKDAY, "week": Unit.WEEK, "weeks": Unit.WEEK,
    "month": Unit.MONTH, "months": Unit.MONTH, "years": Unit.YEAR,
}  # fmt: skip
_PERIODS: dict[str, Unit] = {
    "每周": Unit.WEEK, "每月": Unit.MONTH, "每个月": Unit.MONTH, "每季度": Unit.QUARTER,
    "每个季度": Unit.QUARTER, "每半年": Unit.HALF_YEAR, "每年": Unit.YEAR,
    "a week": Unit.WEEK, "a month": Unit.MONTH, "a quarter": Unit.QUARTER, "a year": Unit.YEAR,
    "every week": Unit.WEEK, "every month": Unit.MONTH, "every quarter": Unit.QUARTER,
    "every half-year": Unit.HALF_YEAR, "every year": Unit.YEAR,
}  # fmt: skip
_RARE = ("日", "个钟头", "个星期")  # other words for units that are there
_NUMBERS_EN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ENGLISH_NUMBERS = {**{w: n for n, w in enumerate(_NUMBERS_EN, 1)}, "twenty": 20}
_TIMES_EN = {"once": ("twice", "three times")}


def number(subject: Subject, facts: Facts) -> Iterator[Change]:
    """1小时 → 2小时; of a date, day, month or year."""
    del facts
    for mark in subject.marks(Slot.NUMBER):
        if mark.others:
            yield from put_others(subject, mark)
            continue
        said = subject.said(mark.span)
        value = _value(said)
        wrong = [value * 2, value + 1, value * 3, *([value - 1] if value > 1 else []), value + 9]
        for by in range(2):
            other = wrong[(subject.turn + by) % len(wrong)]
            yield from put(subject, mark.span, _written(other, said))
    for mark in subject.marks(Slot.TIMES):
        said = subject.said(mark.span)
        if mark.others:
            yield from put_others(subject, mark)
        elif said in _TIMES_EN:
            yield from put(subject, mark.span, subject.pick(_TIMES_EN[said]))
        else:
            words = (
                ("两", "三")
                if said == "一"
                else tuple(in_digits_of(n, said) for n in ("2", "3", "4"))
            )
            yield from put(subject, mark.span, subject.pick(words))


def _value(said: str) -> int:
    if said in _ENGLISH_NUMBERS:
        return _ENGLISH_NUMBERS[said]
    return read_numeral(said)


def _written(value: int, like: str) -> str:
    """``value`` in the manner of ``like``: digits, 二十, English words."""
    if like in _ENGLISH_NUMBERS:
        return _NUMBERS_EN[value - 1] if value <= len(_NUMBERS_EN) else str(value)
    if like.isdecimal():
        return in_digits_of(str(value), like)
    return "两" if value == 2 else numeral(value)


def unit(subject: Subject, facts: Facts) -> Iterator[Change]:
    """20个工作日 → 20天, 每季度 → 每年; never an equal quantity."""
    del facts
    for mark in subject.marks(Slot.UNIT):
        if mark.others:
            yield from put_others(subject, mark)
            continue
        said = subject.said(mark.span)
        yield from put(subject, mark.span, subject.pick(_other_units(said)))
        yield from put(subject, mark.span, subject.pick(_other_units(said), by=1))
    for mark in subject.marks(Slot.PERIOD):
        said = subject.said(mark.span)
        kind = said.split(" ")[0] if subject.lang == "en" else "每"
        words = [
            w
            for w, u in _PERIODS.items()
            if w.startswith(kind) and _length(u) != _length(_PERIODS[said])
        ]
        yield from put(subject, mark.span, subject.pick(words))
        yield from put(subject, mark.span, subject.pick(words, by=1))


def _length(unit: Unit) -> tuple[str, int | Fraction]:
    return measure(1, unit)


def _other_units(said: str) -> list[str]:
    mine = _UNITS[said]
    english = said.isascii()
    plural = said.endswith("s")
    return [
        word
        for word, other in _UNITS.items()
        if _length(other) != _length(mine)
        and word.isascii() == english
        and (not english or word.endswith("s") == plural)
        and word not in _RARE
    ]


_COMPARISONS = {
    "内": ("后",), "之内": ("之后",), "以内": ("以后",), "以上": ("以内", "以下"),
    "至少": ("至多", "最多"), "起码": ("最多",), "不少于": ("不超过", "不多于"),
    "不得少于": ("不得超过", "不得多于"), "不得超过": ("不得少于",), "不超过": ("不少于",),
    "最晚不能超过": ("最早不能早于",), "满": ("未满", "不满"),
    "最迟不得超过": ("不得少于", "不得早于"), "最迟不超过": ("至少要超过", "不少于"),
    "at least": ("at most", "no more than"), "within": ("at least", "more than"),
    "no later than": ("no earlier than",),
}  # fmt: skip


def comparison(subject: Subject, facts: Facts) -> Iterator[Change]:
    """以上 → 以内, 至少 → 至多."""
    del facts
    for mark in subject.marks(Slot.COMPARISON):
        said = subject.said(mark.span)
        yield from put(subject, mark.span, subject.pick(mark.others or _COMPARISONS[said]))


_ANCHORS = {
    "事发后": ("接报后", "处置结束后", "得知后", "核实后"),
    "发生后": ("处置结束后", "上报后"),
    "事件发生后": ("处置结束后", "接到报告后"),
    "事件发生": ("处置结束", "接到报告"),
    "结束后": ("开始后", "启动后", "收到反馈意见后"),
    "结束之后": ("开始之后", "启动之后"),
    "收到反馈意见后": ("监督检查结束后", "报告形成后", "整改完成后"),
    "收到反馈意见之日": ("监督检查结束之日", "报告形成之日"),
    "its occurrence": ("receiving the report", "the end of its handling"),
    "it occurs": ("it is verified", "its handling ends"),
    "the work ends": ("the work begins", "the feedback is received"),
    "the end of the inspection": ("the start of the inspection",),
    "receiving the feedback": ("the end of the inspection",),
}


def anchor(subject: Subject, facts: Facts) -> Iterator[Change]:
    """事发后 → 接报后: counted from another event."""
    del facts
    for mark in subject.marks(Slot.ANCHOR):
        said = subject.said(mark.span)
        yield from put(subject, mark.span, subject.pick(mark.others or _ANCHORS[said]))


_HASTE = {
    "及时": ("在24小时内", "在3日内", "在5个工作日内"),
    "立即": ("在2小时内", "在24小时内"),
    "第一时间": ("在3小时内", "在24小时内"),
    "定期": ("每月", "每年"),
}


def haste(subject: Subject, facts: Facts) -> Iterator[Change]:
    """及时 → 在24小时内: a number where the text has none."""
    del facts
    for mark in subject.marks(Slot.HASTE):
        yield from put(subject, mark.span, subject.pick(_HASTE.get(subject.said(mark.span), ())))
