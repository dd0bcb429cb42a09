"""Chinese time limits in read text.

One pass over the seeds (numbers with units, 每…, counts, words of haste, dates);
what a seed means is told by the words beside it, which are read outward from it:
``最迟在 | 事发后 | 1小时 | 内``. All contexts are bounded windows, so the whole is
linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from index.dates import read_date
from index.frequency_zh import read_frequency, read_observed, read_rate
from index.limit_words_zh import (
    EFFECT_AFTER,
    EFFECT_BEFORE,
    NEEDLESS,
    NOT,
    RIGHT,
    SEED,
    Left,
    Scan,
    comparison_of,
    read_left,
)
from index.limits import Comparison, Draft, LimitKind, TimeLimit
from index.quantities import (
    AMOUNT,
    NUMBER,
    Quantity,
    Unit,
    measure,
    read_amount,
    read_number,
    tidy,
)

__all__ = ["find_chinese"]


def find_chinese(text: str) -> Iterator[Draft]:
    """Every limit written in Chinese, in order, not overlapping."""
    scan = Scan(text, list(SEED.finditer(text)))
    index = 0
    while index < len(scan.seeds):
        draft, index = _read_seed(scan, index)
        if draft is None:
            continue
        lead = scan.lead(draft.start, 12)
        draft.flags["negated"] = draft.flags.get("negated", False) or bool(NOT.search(lead))
        draft.flags["waived"] = bool(NEEDLESS.search(lead))
        yield draft
        scan.floor = draft.end


def _read_seed(scan: Scan, index: int) -> tuple[Draft | None, int]:
    """The draft that the seed at ``index`` yields, and the next seed to read."""
    seed = scan.seeds[index]
    if seed.start() < scan.floor:
        return None, index + 1
    if seed["every"] or seed["everyn"] is not None or seed["bare"]:
        return read_frequency(scan, index)
    if seed["observed"]:
        return read_observed(scan, index)
    if seed["amount"]:
        read = read_amount(seed)
        return read_rate(scan, index, read) or (
            None if read is None else _amount(scan, seed, *read),
            index + 1,
        )
    if seed["nth"]:
        return _ordinal(scan, seed), index + 1
    if seed["date"]:
        return _date(scan, seed), index + 1
    if seed["issue"]:
        return _issue(scan, seed), index + 1
    if seed["end"]:
        return _period_end(scan, seed), index + 1
    return _word(scan, seed), index + 1


_NTH_AMOUNT = re.compile(AMOUNT)


def _ordinal(scan: Scan, seed: re.Match[str]) -> Draft | None:
    """第20个工作日, 第20天之前: a place in the count."""
    amount = _NTH_AMOUNT.fullmatch(f"{seed['nth']}个{seed['nthunit'].removeprefix('个')}")
    read = read_amount(amount) if amount else None
    if read is None or (seed["nth"] in ("一", "二", "两", "1") and seed["nthunit"] in ("天", "日")):
        return None  # 第二天 is tomorrow
    left = read_left(scan, seed.start())
    right = RIGHT.match(scan.text, seed.end())
    end = right.end() if right and (right["before"] or right["within"]) else seed.end()
    comparison = Comparison.AT_MOST if end > seed.end() or "most" in left.cues else None
    anchor = left.anchor_words(scan.text)
    limit = TimeLimit(LimitKind.WITHIN, read[0], read[2], comparison, anchor=anchor)
    draft = Draft(left.start, end, limit, seed.span(), anchor=left.anchor)
    draft.flags["ordinal"] = True
    return draft


_OUTSIDE = re.compile("以外|之外|开外")
_ADVANCE_AFTER = re.compile("的?(?:时间)?的?(?:提前量|提前期)")


def _amount(
    scan: Scan, seed: re.Match[str], quantity: Quantity, upto: Quantity | None, unit: Unit
) -> Draft | None:
    """The limit that an amount and the words on both sides of it make."""
    text, (start, end) = scan.text, seed.span()
    if _OUTSIDE.match(text, end):
        return None
    if upto is None:
        quantity, end = _compound(text, end, quantity, unit)
    left = read_left(scan, start)
    right = RIGHT.match(text, end)
    side, stop = (right.lastgroup, right.end()) if right else (None, end)
    anchor = left.anchor_words(text)
    if side == "after" and (effect := EFFECT_AFTER.match(text, stop)) is not None:
        limit = TimeLimit(LimitKind.EFFECTIVE, quantity, unit, anchor=anchor, upto=upto)
        return Draft(left.start, effect.end(), limit, (start, stop), anchor=left.anchor)
    kind, comparison, bare = _judge(scan, seed, left, side)
    if kind is None:
        return None
    if side == "after" and kind is LimitKind.ADVANCE:
        stop = end
    late = _ADVANCE_AFTER.match(text, stop)
    if late is not None:
        kind, bare, stop = LimitKind.ADVANCE, False, late.end()
    if kind is LimitKind.BY:
        limit = TimeLimit(kind, unit=Unit.DAY, word=text[start:stop])
    else:
        limit = TimeLimit(kind, quantity, unit, comparison, anchor=anchor, upto=upto)
    draft = Draft(left.start, stop, limit, (start, end), anchor=left.anchor)
    draft.flags["bare"] = bare
    return draft


_REST = re.compile(
    rf"(?:零|又|加)?(?P<n>{NUMBER})(?:(?P<minutes>分钟?(?!之))|个(?P<months>月)|(?P<hours>个?小时))"
)
_REST_UNITS = {"minutes": Unit.MINUTE, "months": Unit.MONTH, "hours": Unit.HOUR}


def _compound(text: str, end: int, quantity: Quantity, unit: Unit) -> tuple[Quantity, int]:
    """1小时30分钟 is one amount, in its larger unit."""
    rest = _REST.match(text, end)
    if rest is None:
        return quantity, end
    scale, large = measure(1, unit)
    name = next(name for name in _REST_UNITS if rest[name])
    other, small = measure(1, _REST_UNITS[name])
    try:
        number = read_number(rest["n"])
    except ValueError:
        return quantity, end
    if scale != other or number * small >= large:
        return quantity, end
    return tidy(quantity + Fraction(number * small) / large), rest.end()


_OF_THE_DAY = re.compile(r"上午|下午|晚|早|凌晨|中午|[0-9]{1,2}[:点时]")
_EVENT_END = re.compile("[开行议会满期]$")


def _judge(
    scan: Scan, seed: re.Match[str], left: Left, side: str | None
) -> tuple[LimitKind | None, Comparison | None, bool]:
    """Kind, comparison and bareness of an amount, from the words on both sides."""
    cues, comparison = left.cues, comparison_of(left.cues)
    over = Comparison.AT_LEAST if side == "over" else None
    if "adv" in cues:
        under = Comparison.AT_MOST if side in ("within", "under") else None
        return LimitKind.ADVANCE, over or under or comparison, False
    if side == "before":
        dated = seed["unit"] == "日" and left.anchor is None and not cues
        if dated and not _EVENT_END.search(scan.lead(left.start, 2)):
            return LimitKind.BY, None, False  # 20日前: of the month; 会议召开7日前 is not
        return LimitKind.ADVANCE, comparison, not cues
    if left.anchored_before and side != "within":
        return LimitKind.ADVANCE, over or comparison, False
    if side == "within":
        general = comparison if comparison is Comparison.GENERALLY else None
        return LimitKind.WITHIN, general or Comparison.AT_MOST, False
    if "full" in cues:
        below = comparison if comparison is Comparison.LESS_THAN else None
        return LimitKind.THRESHOLD, below or Comparison.AT_LEAST, False
    if "most" in cues:
        return LimitKind.WITHIN, Comparison.AT_MOST, False
    if over or side == "after" or comparison is Comparison.AT_LEAST:
        return LimitKind.THRESHOLD, Comparison.AT_LEAST, False
    if side == "under":
        return LimitKind.THRESHOLD, Comparison.AT_MOST, False
    if comparison in (Comparison.MORE_THAN, Comparison.LESS_THAN):
        return LimitKind.THRESHOLD, comparison, False
    if seed["unit"] == "日" and _OF_THE_DAY.match(scan.text, seed.end()):
        return None, None, False  # 20日上午
    if seed.group() in ("四个季度", "4个季度") and not cues and left.anchor is None:
        return None, None, False  # the year's
    return LimitKind.WITHIN, comparison, left.anchor is None


def _date(scan: Scan, seed: re.Match[str]) -> Draft | None:
    """A date is a limit when something takes effect on it or must be done before it."""
    text, (start, end) = scan.text, seed.span()
    parts = read_date(seed)
    if parts is None or parts.month is None or parts.day is None:
        return None
    day = parts.date()
    word = text[start:end] if day is None else None
    lead = scan.lead(start, 14)
    effect = EFFECT_AFTER.match(text, end)
    named = EFFECT_BEFORE.search(lead)
    if effect is not None or named is not None:
        head = named.start() if named else len(re.sub("[自从于在]$", "", lead))
        limit = TimeLimit(LimitKind.EFFECTIVE, date=day, word=word)
        return Draft(start - len(lead) + head, effect.end() if effect else end, limit, (start, end))
    right = RIGHT.match(text, end)
    if right is None or not right["before"]:
        return None
    limit = TimeLimit(LimitKind.BY, unit=Unit.DAY, date=day, word=word)
    return Draft(start, right.end(), limit, (start, end))


def _issue(scan: Scan, seed: re.Match[str]) -> Draft | None:
    """自发布之日起施行; with 三十日后 the amount carries the limit."""
    effect = EFFECT_AFTER.match(scan.text, seed.end())
    if effect is None:
        return None
    start = seed.start() - (scan.lead(seed.start(), 1) in ("自", "从"))
    limit = TimeLimit(LimitKind.EFFECTIVE, anchor=seed.group())
    return Draft(start, effect.end(), limit, seed.span(), anchor=seed.span())


_END_UNITS = (("季", Unit.QUARTER), ("月", Unit.MONTH), ("周", Unit.WEEK))
_FEASTS = ("国庆", "春节", "元旦", "五一", "中秋", "清明", "端午")
_MONTH_END = re.compile("[0-9一二三四五六七八九十]{1,2}月")
_GENERALLY = re.compile("(?:一般|通常|原则上)(?:应当?|须|要)?(?:安排|放)?(?:在|于)?$")


def _period_end(scan: Scan, seed: re.Match[str]) -> Draft:
    """年底前, 季度末前, 10月底前; 一般安排在年底前."""
    start, end = seed.span()
    word = seed.group()
    if _MONTH_END.match(word) or word[:2] in _FEASTS:
        unit = Unit.DAY
    else:
        unit = next((u for c, u in _END_UNITS if c in word), Unit.YEAR)
    general = _GENERALLY.search(scan.lead(start, 10))
    left = Left(start - len(general.group()), frozenset({"gen"})) if general else None
    if left is None:
        left = read_left(scan, start)
        if left.anchor is not None or left.cues - {"most", "gen"}:
            left = Left(start)
    limit = TimeLimit(LimitKind.BY, unit=unit, comparison=comparison_of(left.cues), word=word)
    return Draft(left.start, end, limit, (start, end))


_NEXT_UNITS = (
    ("季", Unit.QUARTER), ("月", Unit.MONTH), ("周", Unit.WEEK), ("星期", Unit.WEEK),
    ("年", Unit.YEAR), ("工作日", Unit.WORKDAY),
)  # fmt: skip
_BY_THE_HOUR = re.compile(
    r"(?:上午|中午|下午|晚上?|早上?|凌晨|上班|下班)?(?:[0-9]{1,2}[:点时][0-9]{0,2}分?)?(?:之|以)?前(?![后往提期述款])"
)
_REPORTED = re.compile(r"[^。；,;!?\n]{0,6}(?:报|送|交|补|汇总|请示|开|办|完成|提)")


def _next(scan: Scan, seed: re.Match[str]) -> Draft | None:
    """次月汇总报告, 第二天再报: a limit only where something is to be done then."""
    start, end = seed.span()
    hour = _BY_THE_HOUR.match(scan.text, end)
    if hour is not None:
        end = hour.end()  # 次日中午前
    elif _OF_THE_DAY.match(scan.text, end) or not _REPORTED.match(scan.text, end):
        return None
    unit = next((u for c, u in _NEXT_UNITS if c in seed["next"]), Unit.DAY)
    limit = TimeLimit(LimitKind.BY, unit=unit, word=seed["next"])
    return Draft(start, end, limit, (start, end))


def _word(scan: Scan, seed: re.Match[str]) -> Draft | None:
    """及时, 随时, 当天: limits without a number."""
    start, end = seed.span()
    word = seed.group()
    if seed["urgent"]:
        draft = Draft(start, end, TimeLimit(LimitKind.IMMEDIATE, word=word), (start, end))
        draft.flags["negated"] = scan.lead(start, 2).endswith(("不", "未", "没有", "不够"))
        return draft
    if seed["anytime"]:
        return Draft(start, end, TimeLimit(LimitKind.ANYTIME, word=word), (start, end))
    if seed["next"]:
        return _next(scan, seed)
    if not seed["today"]:
        return None
    effect = EFFECT_AFTER.match(scan.text, end)
    if effect is not None:
        return Draft(
            start, effect.end(), TimeLimit(LimitKind.EFFECTIVE, word=seed["today"]), (start, end)
        )
    if _OF_THE_DAY.match(scan.text, end):
        return None  # 当天晚上7点半 is a moment
    limit = TimeLimit(LimitKind.BY, unit=Unit.DAY, word=seed["today"])
    return Draft(start, end, limit, (start, end))
