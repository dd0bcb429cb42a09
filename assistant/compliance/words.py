"""What the calendar and its pictures say of their own, in Chinese and English."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from assistant.said import Said
from assistant.when import Period
from index.rules import Rule

__all__ = ["SAY", "day_name", "period_name", "said", "short_name", "statement"]

SAY: Final[dict[str, Said]] = {
    "title": Said("{name} {year}年定期职责", "{name}: recurring duties in {year}"),
    "column.kind": Said("类别", "Kind"),
    "column.due": Said("最后一日", "Last day"),
    "column.workday": Said("期内最后的工作日", "Last working day"),
    "column.lead": Said("如须请示，最晚", "If asking, by"),
    "column.reminder": Said("提醒", "Reminder"),
    "column.start": Said("周期起", "Period from"),
    "column.end": Said("周期止", "Period to"),
    "column.period": Said("周期", "Period"),
    "column.duty": Said("职责", "Duty"),
    "column.limit": Said("频次", "How often"),
    "column.provision": Said("条款", "Provision"),
    "column.quote": Said("原文", "Text"),
    "column.notes": Said("说明", "Notes"),
    "column.rule": Said("编号", "Rule"),
    "kind.dated": Said("定期", "recurring"),
    "kind.regular": Said("定期，间隔未定", "recurring, no interval set"),
    "kind.event": Said("遇事履行", "as events occur"),
    "duties": Said("职责", "Duties"),
    "regular": Said("定期，但条文没有规定间隔", "Recurring, but the text sets no interval"),
    "event": Said("遇事履行，没有固定日期", "As events occur, without a fixed date"),
    "assumptions": Said("说明", "Notes"),
    "ics.category": Said("定期职责", "recurring duty"),
    "legend.period": Said("周期", "period"),
    "legend.ask": Said(
        "须先请示的，最晚在此之前请示", "where instructions are needed: ask before this"
    ),
    "legend.remind": Said("提醒", "reminder"),
    "legend.due": Said("最后一日", "last day"),
    "legend.rests": Said("最后一日不是工作日", "last day that is no working day"),
    "legend.workday": Said("期内最后的工作日", "last working day of the period"),
    "left_out": Said(
        "另有{n}项遇事履行或者没有规定间隔的职责，没有固定日期，不在图中。",
        "Not in the picture: {n} more duties without a fixed date, as events occur or at intervals "
        "that the text does not set.",
    ),
    "or_workday": Said("（期内最后的工作日{}）", " (last working day {})"),
    "chain.title": Said("{}：步骤和时限", "{}: steps and time limits"),
    "chain.to": Said("向{}", "to {}"),
    "told": Said("{limit}：{statement}（{label}）", "{limit}: {statement} ({label})"),
}


def said(key: str, lang: str) -> str:
    """The wording of ``key`` in ``lang``; KeyError for an unknown one.

    >>> said("column.rule", "zh-Hant"), said("column.rule", "en")
    ('編號', 'Rule')
    """
    return SAY[key].say(lang)


def statement(rule: Rule, lang: str) -> str:
    """The row's own sentence."""
    return Said(rule.statement, rule.statement_en).say(lang)


_BEARER_EN = re.compile(r".{0,400}? (?:shall|must) (?!be\b)")


def short_name(rule: Rule, lang: str) -> str:
    """What is to be done, without by whom: 分析研判本辖区社会稳定形势.

    In English what follows the bearer of the row's sentence.
    """
    told = rule.statement_en.rstrip(".")
    if match := _BEARER_EN.match(told):
        told = told[match.end() :]
    return Said(f"{rule.action}{rule.object or ''}", told[:1].upper() + told[1:]).say(lang)


_QUARTERS = "一二三四"


def period_name(period: Period) -> Said:
    """What people call it.

    >>> period_name(Period.of_months(dt.date(2027, 5, 1), 3)).zh
    '2027年第二季度'
    >>> period_name(Period.of_months(dt.date(2027, 5, 1), 6)).en
    'first half of 2027'
    >>> period_name(Period.of_week(dt.date(2027, 5, 1))).zh
    '2027-04-26至2027-05-02'
    """
    first, last = period.first, period.last
    year, months = first.year, last.month - first.month + 1
    whole = year == last.year and 12 % months == 0 and period == Period.of_months(first, months)
    match months if whole else 0:
        case 1:
            return Said(f"{year}年{first.month}月", f"{first:%B} {year}")
        case 3:
            number = (first.month + 2) // 3
            return Said(f"{year}年第{_QUARTERS[number - 1]}季度", f"Q{number} {year}")
        case 6:
            half = ("上", "first") if first.month == 1 else ("下", "second")
            return Said(f"{year}年{half[0]}半年", f"{half[1]} half of {year}")
        case 12:
            return Said(f"{year}年", f"{year}")
    if first == last:
        return Said(first.isoformat(), first.isoformat())
    return Said(f"{first}至{last}", f"{first} to {last}")


def day_name(day: dt.date) -> Said:
    """A day without its year.

    >>> day_name(dt.date(2027, 1, 31)).zh, day_name(dt.date(2027, 1, 31)).en
    ('1月31日', '31 Jan')
    """
    return Said(f"{day.month}月{day.day}日", f"{day.day} {day:%b}")
