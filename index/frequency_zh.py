"""Chinese frequencies in read text: 每季度至少研判1次, 半年一次, 一月一报, 全年开了3次."""

from __future__ import annotations

import re

from index.limit_words_zh import (
    CUE_AHEAD,
    RIGHT,
    STOP,
    Left,
    Scan,
    comparison_of,
    read_cues,
    read_left,
)
from index.limits import Comparison, Draft, LimitKind, TimeLimit
from index.quantities import (
    ADJACENT,
    AMOUNT,
    NUMBER,
    Quantity,
    Unit,
    read_amount,
    read_number,
)

__all__ = ["read_frequency", "read_observed", "read_rate"]

_PERIODS: dict[str, Unit] = {
    "工作日": Unit.WORKDAY,
    "天": Unit.DAY,
    "日": Unit.DAY,
    "周": Unit.WEEK,
    "星期": Unit.WEEK,
    "礼拜": Unit.WEEK,
    "月": Unit.MONTH,
    "月度": Unit.MONTH,
    "季": Unit.QUARTER,
    "季度": Unit.QUARTER,
    "半年": Unit.HALF_YEAR,
    "半年度": Unit.HALF_YEAR,
    "年": Unit.YEAR,
    "年度": Unit.YEAR,
}
_EVERY_AMOUNT = re.compile(rf"(?P<months>{NUMBER})月(?![份底末\d])|{AMOUNT}")
_COUNT_PARTS = re.compile("(?:(?P<from>.+)(?:至|到|[-–—~]))?(?P<last>.+)[次回趟遍]")
_ONE_EACH = re.compile("一(?=[\u4e00-\u9fff])(?![个次天日周月年季些般定起直])")
_SHORT_PERIOD = re.compile(rf"({NUMBER})(月|季度|季)")
_FREE_CUES = frozenset({"least", "most", "gen", "only"})


def _positive(text: str) -> Quantity | None:
    try:
        number = read_number(text)
    except ValueError:  # 十十
        return None
    return number if number > 0 else None


def _next_count(scan: Scan, index: int, reach: int = 40) -> int | None:
    """Index of the count that belongs to the period at ``index``, if one follows."""
    here = scan.seeds[index].end()
    for later in range(index + 1, min(index + 4, len(scan.seeds))):
        seed = scan.seeds[later]
        if seed.start() - here > reach or STOP.search(scan.text, here, seed.start()):
            return None
        if seed["count"]:
            return later
        if not seed["skip"]:
            return None
    return None


def _read_count(
    scan: Scan, seed: re.Match[str], floor: int
) -> tuple[int, Comparison | None, int] | None:
    """Times, comparison and end of the words of a count (至少1次, 1次以上, 1至2次)."""
    parts = _COUNT_PARTS.fullmatch(seed.group())
    if parts is None:
        return None
    pair = ADJACENT.fullmatch(parts["last"])
    lowest = parts["from"] or (pair[1] if pair else None)  # 一两次
    times = 0 if parts["last"] in ("0", "零") else _positive(lowest or parts["last"])
    if not isinstance(times, int):
        return None
    comparison = (
        Comparison.AT_LEAST if lowest else comparison_of(read_cues(scan, seed.start(), floor))
    )
    right = RIGHT.match(scan.text, seed.end())
    if right is not None and right["over"]:
        return times, Comparison.AT_LEAST, right.end()
    if right is not None and right["under"]:
        return times, Comparison.AT_MOST, right.end()
    return times, comparison, seed.end()


def _read_period(text: str, seed: re.Match[str]) -> tuple[Quantity | None, Unit | None, int] | None:
    """Quantity, unit and end of 每三个月, 每月, 按季度, 隔周, 定期."""
    words = seed.group()
    if seed["everyn"] is not None:
        amount = _EVERY_AMOUNT.match(text, seed.end())
        if amount is None:
            return None
        if amount["months"]:
            number = _positive(amount["months"])
            return None if number is None else (number, Unit.MONTH, amount.end())
        read = read_amount(amount)
        if read is None or read[1] is not None:
            return None
        return read[0], read[2], amount.end()
    if words in ("定期", "每届", "每旬", "按旬"):
        return None, None, seed.end()
    if words[0] in "隔双":
        return 2, _PERIODS[words[1:]], seed.end()
    if words == "一年一度":
        return 1, Unit.YEAR, seed.end()
    key = re.sub("^(?:每隔?[一1]?个?|逐|按)", "", words)
    return 1, _PERIODS[key if key in _PERIODS else key[0]], seed.end()  # 天天, 月月


def read_frequency(scan: Scan, index: int) -> tuple[Draft | None, int]:
    """The frequency that begins with the period at ``index``, and the next seed to read."""
    seed = scan.seeds[index]
    read = _read_period(scan.text, seed)
    if read is None:
        return None, index + 1
    quantity, unit, end = read
    after = index + 1
    while after < len(scan.seeds) and scan.seeds[after].start() < end:
        after += 1
    left = _free_left(scan, seed.start())
    comparison = comparison_of(left.cues)
    draft = Draft(left.start, end, TimeLimit(LimitKind.FREQUENCY), (seed.start(), end))
    draft.flags["bare"] = seed["bare"] is not None
    if quantity is None:
        draft.limit = TimeLimit(LimitKind.FREQUENCY, word=seed.group())
        return draft, after
    times = None
    found = _next_count(scan, after - 1)
    counted = None if found is None else _read_count(scan, scan.seeds[found], end)
    if found is not None and counted is not None:
        times, own, draft.end = counted
        draft.count = scan.seeds[found].span()
        comparison = own or comparison
        after = found + 1
    elif (soon := CUE_AHEAD.match(scan.text, end)) is not None:  # 每季度至少
        comparison = comparison_of(frozenset({soon.lastgroup or ""}))
        draft.end = soon.end()
    draft.limit = TimeLimit(LimitKind.FREQUENCY, quantity, unit, comparison, times)
    return draft, after


def _free_left(scan: Scan, at: int) -> Left:
    """The comparison words left of a period; an anchor or 提前 there is another's."""
    left = read_left(scan, at)
    if left.anchor is not None or left.cues - _FREE_CUES:
        return Left(at, left.cues & _FREE_CUES)
    return left


def read_observed(scan: Scan, index: int) -> tuple[Draft | None, int]:
    """去年全年只开了3次: what was done in a period; with 至少 or 各 a rule after all."""
    seeds = scan.seeds
    last = index
    while (
        last + 1 < len(seeds)
        and seeds[last + 1]["observed"]
        and seeds[last + 1].start() - seeds[last].end() <= 1
    ):
        last += 1
    found = _next_count(scan, last, reach=24)
    start, end = seeds[index].start(), seeds[last].end()
    counted = None if found is None else _read_count(scan, seeds[found], end)
    if found is None or counted is None:
        return None, last + 1
    times, own, stop = counted
    ruled = own in (Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.GENERALLY) or bool(
        re.search("各|应|须|必须|要", scan.text[end : seeds[found].start()])
    )
    comparison = own or (None if ruled else Comparison.EXACTLY)
    unit = next((u for c, u in _NAMED if c in scan.text[start:end]), Unit.YEAR)
    limit = TimeLimit(LimitKind.FREQUENCY, 1, unit, comparison, times)
    draft = Draft(start, stop, limit, (start, end), count=seeds[found].span())
    draft.flags["observed"] = not ruled
    return draft, found + 1


_NAMED = (
    ("半年", Unit.HALF_YEAR),
    ("季", Unit.QUARTER),
    ("月", Unit.MONTH),
    ("周", Unit.WEEK),
)


def read_rate(
    scan: Scan, index: int, read: tuple[Quantity, Quantity | None, Unit] | None
) -> tuple[Draft, int] | None:
    """半年一次, 一年开两次, 一季一次, 一月一报: a frequency without 每.

    ``read`` is the amount at ``index``, None for 一季 and 三月, which alone are none.
    """
    seed = scan.seeds[index]
    start, end = seed.span()
    short = _SHORT_PERIOD.fullmatch(seed.group())
    quantity: Quantity | None
    if read is not None and read[1] is None:
        quantity, unit = read[0], read[2]
    elif short is not None:
        quantity, unit = _positive(short[1]), Unit.MONTH if short[2] == "月" else Unit.QUARTER
    else:
        return None
    if quantity is None or unit in (Unit.MINUTE, Unit.HOUR):
        return None
    times, comparison, stop, count, after = None, None, end, None, index + 1
    found = _next_count(scan, index, reach=10)
    if found is not None:
        counted = _read_count(scan, scan.seeds[found], end)
        if counted is None or _parted(scan.text[end : scan.seeds[found].start()], unit):
            return None
        times, comparison, stop = counted
        count, after = scan.seeds[found].span(), found + 1
        if re.search("各|均|都", scan.text[end : count[0]]):
            quantity = 1  # 四个季度各一次
    elif quantity != 1 or not seed["n1"] or _ONE_EACH.match(scan.text, end) is None:
        return None
    left = read_left(scan, start)
    if left.cues == {"full"}:
        left = Left(start)  # 全面工作一年报一次: the work, not how long
    if left.anchor is not None or left.cues - _FREE_CUES:
        return None
    comparison = comparison or comparison_of(left.cues)
    limit = TimeLimit(LimitKind.FREQUENCY, quantity, unit, comparison, times)
    return Draft(left.start, stop, limit, (start, end), count=count), after


def _parted(gap: str, unit: Unit) -> bool:
    """Whether a count is not of the period before it: 3日内召开一次会议."""
    if re.match("[之以]?[内后前]", gap) and unit in (Unit.DAY, Unit.WORKDAY, Unit.WEEK):
        return True
    return bool(re.search("[,、:之以内后前上]", gap)) and CUE_AHEAD.search(gap) is None
