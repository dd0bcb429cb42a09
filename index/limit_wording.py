"""Time limits in words; :mod:`index.timelimit` reads every one of them back."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from index.anchors import english_anchor
from index.limits import Comparison, LimitKind, TimeLimit
from index.quantities import Quantity, Unit
from index.text import Script, convert

__all__ = ["chinese", "english"]

_ZH = {
    Unit.MINUTE: "分钟",
    Unit.HOUR: "小时",
    Unit.DAY: "天",
    Unit.WORKDAY: "个工作日",
    Unit.WEEK: "周",
    Unit.MONTH: "个月",
    Unit.QUARTER: "个季度",
    Unit.YEAR: "年",
}
_EVERY_ZH = {
    Unit.DAY: "日",
    Unit.WORKDAY: "个工作日",
    Unit.WEEK: "周",
    Unit.MONTH: "月",
    Unit.QUARTER: "季度",
    Unit.HALF_YEAR: "半年",
    Unit.YEAR: "年",
}
_EN = {unit: unit.value.replace("workday", "working day").replace("_", "-") for unit in Unit}
_NUMBERS_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_AT_ZH = {
    Comparison.AT_LEAST: "至少",
    Comparison.AT_MOST: "不超过",
    Comparison.GENERALLY: "一般",
    Comparison.EXACTLY: "只",
    Comparison.MORE_THAN: "超过",
    Comparison.LESS_THAN: "不足",
    None: "",
}
_AT_EN = {
    Comparison.AT_LEAST: "at least ",
    Comparison.AT_MOST: "at most ",
    Comparison.GENERALLY: "generally ",
    Comparison.EXACTLY: "only ",
    Comparison.MORE_THAN: "more than ",
    Comparison.LESS_THAN: "less than ",
    None: "",
}


def _digits(value: Quantity) -> str:
    """``value`` in decimal digits (as many as it needs, at most three)."""
    if isinstance(value, int):
        return str(value)
    return f"{float(value):.3f}".rstrip("0").rstrip(".")


def _amount_zh(limit: TimeLimit) -> str:
    quantity, unit = limit.quantity, limit.unit
    if quantity is None or unit is None:
        return limit.word or ""
    if unit is Unit.HALF_YEAR:
        if quantity == 1 and limit.upto is None:
            return "半年"
        # 两个半年 says two and a half years as well
        last = None if limit.upto is None else 6 * limit.upto
        return _amount_zh(replace(limit, quantity=6 * quantity, upto=last, unit=Unit.MONTH))
    if limit.upto is None and quantity == Fraction(1, 2) and unit in _HALVED:
        return f"半{_ZH[unit]}"
    upto = "" if limit.upto is None else f"至{_digits(limit.upto)}"
    return f"{_digits(quantity)}{upto}{_ZH[unit]}"


_HALVED = (Unit.HOUR, Unit.DAY, Unit.MONTH)


def chinese(limit: TimeLimit, *, traditional: bool = False) -> str:
    """``limit`` in Chinese, simplified unless ``traditional``."""
    words = _chinese(limit)
    return convert(words, Script.TRADITIONAL) if traditional else words


def _chinese(limit: TimeLimit) -> str:
    amount, anchor = _amount_zh(limit), limit.anchor or ""
    at = _AT_ZH[limit.comparison]
    match limit.kind:
        case LimitKind.WITHIN:
            if anchor.startswith(("距", "离")):
                return f"{anchor}{'一般' if at == '一般' else ''}不超过{amount}"
            general = at if limit.comparison is Comparison.GENERALLY else ""
            return f"{general}{anchor}{amount}内"
        case LimitKind.ADVANCE:
            over = "以上" if limit.comparison is Comparison.AT_LEAST else ""
            return f"{anchor}提前{'' if over else at}{amount}{over}"
        case LimitKind.THRESHOLD:
            if limit.comparison is Comparison.LESS_THAN:
                return f"{anchor}不满{amount}"
            if limit.comparison is Comparison.MORE_THAN:
                return f"{anchor}超过{amount}"
            if limit.comparison is Comparison.AT_MOST:
                return f"{anchor}{amount}以下"
            return f"{anchor}满{amount}"
        case LimitKind.FREQUENCY:
            return _frequency_zh(limit)
        case LimitKind.BY:
            if limit.date is not None:
                return f"{_date_zh(limit)}前"
            general = "一般在" if limit.comparison is Comparison.GENERALLY else ""
            return general + (_BY_ZH.get(limit.word or "") or limit.word or "")
        case LimitKind.EFFECTIVE:
            return _effective_zh(limit)
        case LimitKind.IMMEDIATE | LimitKind.ANYTIME:
            word = limit.word or ""
            return _FROM_ENGLISH.get(word, "及时") if word.isascii() else word


_BY_ZH = {"by year-end": "年底前", "by the end of the year": "年底前"}
_FROM_ENGLISH = {
    "immediately": "立即",
    "at once": "立即",
    "promptly": "及时",
    "at any time": "随时",
}


def _frequency_zh(limit: TimeLimit) -> str:
    quantity, unit = limit.quantity, limit.unit
    if quantity is None or unit is None:
        return limit.word or "定期"
    if quantity == 1 and unit in _EVERY_ZH:
        period = f"每{_EVERY_ZH[unit]}"
    else:
        period = f"每{_amount_zh(limit)}"
    times = "" if limit.times is None else f"{limit.times}次"
    if limit.comparison is Comparison.GENERALLY:
        return f"一般{period}{times}"
    return f"{period}{_AT_ZH[limit.comparison]}{times}"


def _date_zh(limit: TimeLimit) -> str:
    if limit.date is None:
        return limit.word or ""
    return f"{limit.date.year}年{limit.date.month}月{limit.date.day}日"


def _effective_zh(limit: TimeLimit) -> str:
    if limit.date is not None or limit.word:
        return f"自{_date_zh(limit)}起施行"
    since = (limit.anchor or "发布之日").removeprefix("自").removesuffix("起")
    return f"自{since}起{f'{_amount_zh(limit)}后' if limit.quantity else ''}施行"


def _amount_en(limit: TimeLimit) -> str:
    quantity, unit = limit.quantity, limit.unit
    if quantity is None or unit is None:
        return limit.word or ""
    upto = "" if limit.upto is None else f" to {_digits(limit.upto)}"
    plural = "" if quantity == 1 and not upto else "s"
    return f"{_digits(quantity)}{upto} {_EN[unit]}{plural}"


def english(limit: TimeLimit) -> str:
    """``limit`` in English."""
    amount = _amount_en(limit)
    anchor = f" {english_anchor(limit.anchor)}" if limit.anchor else ""
    at = _AT_EN[limit.comparison]
    match limit.kind:
        case LimitKind.WITHIN:
            general = at if limit.comparison is Comparison.GENERALLY else ""
            return f"{general}within {amount}{anchor}"
        case LimitKind.ADVANCE:
            return f"{at}{amount} in advance{anchor}"
        case LimitKind.THRESHOLD:
            return f"{at or 'at least '}{amount}{anchor}"
        case LimitKind.FREQUENCY:
            return _frequency_en(limit, at)
        case LimitKind.BY:
            if limit.date is not None:
                return f"by {limit.date.day} {limit.date:%B %Y}"
            return at + _by_en(limit)
        case LimitKind.EFFECTIVE:
            if limit.date is not None:
                return f"effective from {limit.date.day} {limit.date:%B %Y}"
            if limit.quantity is None:
                return "effective from the day of issue"
            return f"effective {amount} after the day of issue"
        case LimitKind.IMMEDIATE:
            return (
                _HASTE_EN.get(
                    limit.word or "", limit.word if (limit.word or "").isascii() else None
                )
                or "promptly"
            )
        case LimitKind.ANYTIME:
            return "at any time"


_HASTE_EN = dict.fromkeys(("立即", "立刻", "即刻", "马上", "当即"), "immediately") | {
    "第一时间": "at the first moment",
    "尽快": "as soon as possible",
}


def _by_en(limit: TimeLimit) -> str:
    word = limit.word or ""
    if word.isascii():
        return word
    if limit.unit is Unit.DAY:
        return "the same day" if word in ("当天", "当日", "同日") else f"by {word}"
    ends = {Unit.MONTH: "month", Unit.QUARTER: "quarter", Unit.WEEK: "week"}
    unit = ends.get(limit.unit) if limit.unit else None
    return f"by the end of the {unit}" if unit else "by year-end"


def _frequency_en(limit: TimeLimit, at: str) -> str:
    quantity, unit = limit.quantity, limit.unit
    if quantity is None or unit is None:
        return "regularly"
    if quantity == 1:
        period = "half-year" if unit is Unit.HALF_YEAR else _EN[unit]
        rate, every = f"a {period}", f"every {period}"
    else:
        rate = every = f"every {_amount_en(limit)}"
    if limit.times is None:
        return f"{at}{every}"
    names = {1: "once", 2: "twice"}
    count = names.get(limit.times) or f"{_number_en(limit.times)} times"
    if unit is Unit.HOUR and quantity == 1:
        rate = "an hour"
    return f"{at}{count} {rate}"


def _number_en(number: int) -> str:
    return _NUMBERS_EN[number] if number < len(_NUMBERS_EN) else str(number)
