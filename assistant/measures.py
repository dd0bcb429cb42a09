"""Small elements of a claim beside limits and actors: levels from which a rule applies, events
counted from, units named alone, and how grave an event is said to be."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from index.places import Level
from index.quantities import Unit
from index.text import Span

__all__ = [
    "AnchorPhrase",
    "Figure",
    "Severity",
    "Threshold",
    "UnitPhrase",
    "find_anchors",
    "find_figures",
    "find_thresholds",
    "find_units",
    "severity",
]


@dataclass(frozen=True, slots=True)
class Threshold:
    """旗县(市、区)以上: from this level up."""

    span: Span
    level: Level


_LEVELS = (
    (
        Level.TOWNSHIP,
        r"(?:苏木|乡镇|镇|乡|街道)(?:[、和]?(?:苏木|乡镇|镇|乡|"
        r"街道)(?:办事处)?)*(?:\([^)]{0,8}\))?级?",
    ),
    (Level.BANNER, r"(?:旗县市区|旗县|县|旗|县级市|县市区)(?:\((?:市、?区|区、?市|市|区)\))?级?"),
    (Level.LEAGUE, r"(?:盟市|地市|地级市|设区的市|盟)级?"),
    (Level.REGION, r"(?:自治区|省)级?"),
)
_THRESHOLD = re.compile(
    "(?:" + "|".join(f"(?P<{level.value}>{words})" for level, words in _LEVELS) + ")(?:及其?)?以上"
    r"|\b(?P<township_en>township|sub-district|sumu)(?: level)? (?:level )?(?:and|or) above"
    r"|\b(?P<banner_en>banner|county|banner/county)(?:[ -]level)?(?: level)? (?:and|or) above"
    r"|\b(?P<league_en>league|city|league/city)(?:[ -]level)?(?: level)? (?:and|or) above"
)


def find_thresholds(view: str) -> list[Threshold]:
    """Every "from this level up" of a view.

    >>> [t.level.value for t in find_thresholds("适用于全区苏木乡镇以上地方党委")]
    ['township']
    """
    return [
        Threshold(Span(m.start(), m.end()), Level((m.lastgroup or "").removesuffix("_en")))
        for m in _THRESHOLD.finditer(view)
    ]


@dataclass(frozen=True, slots=True)
class AnchorPhrase:
    """从监督检查结束起算: what a limit is counted from, in a phrase of its own."""

    span: Span
    words: str


_ANCHOR = re.compile(
    r"(?:从|自|以)(?P<words>[^,。;:!?\n从自]{2,18}?)(?:之?时|之?日|的时候|之?后|的那一刻|当天|"
    r"的时间)?(?:起算|算起|开始计?算|开始计时|起计算|计起|为起点|起)"
    r"|\b(?:counted|counting|runs?|running|starts?|starting|calculated|"
    r"measured) from (?:the )?(?P<words_en>[a-z' -]{4,60}?)(?=[,.;]|$)"
)


def find_anchors(view: str) -> list[AnchorPhrase]:
    """Every phrase that says from which event time runs.

    >>> [a.words for a in find_anchors("从县里接到报告时起算")]
    ['县里接到报告']
    """
    return [
        AnchorPhrase(Span(m.start(), m.end()), m["words"] or m["words_en"])
        for m in _ANCHOR.finditer(view)
    ]


@dataclass(frozen=True, slots=True)
class UnitPhrase:
    """按工作日计算: a unit said to be the one counted in."""

    span: Span
    unit: Unit
    denied: bool = False
    """不按工作日算."""


_UNITS = {
    "工作日": Unit.WORKDAY, "自然日": Unit.DAY, "日历日": Unit.DAY, "日历天": Unit.DAY,
    "天": Unit.DAY, "日": Unit.DAY, "周": Unit.WEEK, "星期": Unit.WEEK, "个月": Unit.MONTH,
    "月": Unit.MONTH, "季度": Unit.QUARTER, "季": Unit.QUARTER, "半年": Unit.HALF_YEAR,
    "年度": Unit.YEAR, "年": Unit.YEAR, "小时": Unit.HOUR, "分钟": Unit.MINUTE,
    "working day": Unit.WORKDAY, "business day": Unit.WORKDAY, "workday": Unit.WORKDAY,
    "calendar day": Unit.DAY, "day": Unit.DAY, "week": Unit.WEEK, "month": Unit.MONTH,
    "hour": Unit.HOUR, "year": Unit.YEAR,
}  # fmt: skip
_UNIT_ZH = "|".join(sorted((u for u in _UNITS if not u.isascii()), key=len, reverse=True))
_UNIT_EN = "|".join(sorted((u for u in _UNITS if u.isascii()), key=len, reverse=True))
_UNIT = re.compile(
    rf"(?:按照?|以|用)(?P<a>{_UNIT_ZH})(?:来|为)?(?:计算?|算|数|单位|计量)"
    rf"|按(?P<e>{_UNIT_ZH})(?=[,。;、!?\n]|$)"
    rf"|(?:单位|计算|算的|算|说的|指的|写的|数的)(?:是|为|都是)(?P<b>工作日|自然日|日历日|"
    rf"日历天)|不是(?P<c>工作日|自然日|日历日|日历天)"
    rf"|\b(?:in|by|as|not) (?P<d>{_UNIT_EN})s?\b(?! after| of| before)"
)


def find_units(view: str) -> list[UnitPhrase]:
    """Every unit that a view says is counted in, without an amount.

    >>> [u.unit.value for u in find_units("按工作日计算,不是自然日")]
    ['workday', 'day']
    """
    out = []
    for match in _UNIT.finditer(view):
        group = next(g for g in "abcde" if match[g])
        denied = view[max(0, match.start() - 1) : match.start()] in ("不", "非", "别")
        span = Span(match.start(group), match.end(group))
        out.append(UnitPhrase(span, _UNITS[match[group]], denied))
    return out


class Severity(enum.IntEnum):
    """How grave an event is said to be: what tells 重大紧急事件 from 一般性突发事件."""

    ORDINARY = 1
    MAJOR = 2


_SEVERITY = re.compile(
    r"(?P<major>(?:特别|特)?重大|特大|严重)(?:的)?(?:紧急|突发|敏感|的)*(?:性)?(?:案\(事\)|"
    r"案)?(?:事件|情况|警情)"
    r"|(?P<ordinary>一般|普通|较小|小型)(?:性)?(?:的)?(?:紧急|突发|"
    r"敏感)*(?:性)?(?:的)?(?:案\(事\)|案)?(?:事件|警情)"
    r"|(?P<ordinary_short>(?:一般性?|普通)的)(?=[0-9一二三四五六七八九十])"
    r"|\b(?P<major_en>major|serious|grave|significant|critical) (?:and urgent )?(?:emergenc|"
    r"incident|sudden)"
    r"|\b(?P<ordinary_en>ordinary|general|common|minor|regular|routine|"
    r"normal) (?:sudden )?(?:emergenc|incident)"
)


def severity(view: str, start: int = 0, end: int | None = None) -> Severity | None:
    """The gravity of the last event named in a stretch; None where none is named.

    >>> severity("一般性突发事件"), severity("重大紧急事件"), severity("突发事件")
    (<Severity.ORDINARY: 1>, <Severity.MAJOR: 2>, None)
    """
    last = None
    for match in _SEVERITY.finditer(view, start, len(view) if end is None else end):
        last = Severity.MAJOR if (match.lastgroup or "").startswith("major") else Severity.ORDINARY
    return last


@dataclass(frozen=True, slots=True)
class Figure:
    """三分之二, 80%, 5万元, 3名以上: a quantity that is no time."""

    span: Span


_DIGITS = r"[0-9０-９一二三四五六七八九十百千万两半]"
_FIGURE = re.compile(
    rf"{_DIGITS}+分之{_DIGITS}+|百分之{_DIGITS}+|[0-9]+(?:\.[0-9]+)?\s*(?:%|‰)|过半数?|"
    rf"一式{_DIGITS}+份|"
    rf"{_DIGITS}+(?:万|亿)?元|{_DIGITS}+(?:名|人|位|份|间|套|辆|台|平方米|公里|分贝|倍)(?:以上|"
    rf"以下|以内)|"
    rf"{_DIGITS}+分(?:以上|以下)|(?:不得?少于|不得?低于|至少|不得?超过|最多|职数为?|编制为?){_DIGITS}+(?:名|人|位|份)|"
    r"\b(?:two|three|four)[- ](?:thirds?|quarters?|fifths?)\b|\b(?:per ?cent|percent)\b|"
    r"\ba majority\b|"
    r"\bhalf of\b|\byuan\b|\bquorum\b"
)


def find_figures(view: str, start: int = 0, end: int | None = None) -> list[Figure]:
    """Every quantity of a stretch that is no time: shares, sums of money, numbers of people.

    >>> text = "三分之二以上委员出席,每人补助500元"
    >>> [f.span.of(text) for f in find_figures(text)]
    ['三分之二', '500元']
    """
    stop = len(view) if end is None else end
    return [Figure(Span(m.start(), m.end())) for m in _FIGURE.finditer(view, start, stop)]
