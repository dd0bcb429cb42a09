"""English time limits in read text: within 1 hour of the incident, once a quarter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.anchors import anchor_event
from index.dates import DATE, read_date
from index.limit_words_en import (
    ADVANCE,
    ADVERBS,
    AMOUNT_EN,
    ANCHOR,
    HAS_LIMIT_NOUN,
    IN_A_ROW,
    LEFT,
    NEEDLESS,
    NOT,
    OR_MORE,
    SEED,
    STOP,
    UNITS,
    comparison_of,
    read_amount_en,
    read_number_en,
)
from index.limits import Comparison, Draft, LimitKind, TimeLimit
from index.quantities import Quantity, Unit, tidy

__all__ = ["find_english"]

_DATE = re.compile(DATE)
_AMOUNT = re.compile(AMOUNT_EN)


def find_english(text: str) -> Iterator[Draft]:
    """Every limit written in English, in order, not overlapping."""
    seeds = list(SEED.finditer(text))
    floor = index = 0
    while index < len(seeds):
        if seeds[index].start() < floor:
            index += 1
            continue
        draft, index = _read_seed(text, seeds, index, floor)
        if draft is None:
            continue
        lead = text[max(floor, draft.start - 40) : draft.start]
        draft.flags["waived"] = NEEDLESS.search(lead) is not None
        draft.flags["negated"] = not draft.flags["waived"] and NOT.search(lead) is not None
        yield draft
        floor = draft.end


def _read_seed(
    text: str, seeds: Sequence[re.Match[str]], index: int, floor: int
) -> tuple[Draft | None, int]:
    """The draft that the seed at ``index`` yields, and the next seed to read."""
    seed = seeds[index]
    if seed["rate"] or seed["other"] or seed["every"] or seed["adverb"]:
        return _frequency(text, seeds, index, floor)
    if seed["count"]:
        return _counted(text, seeds, index, floor)
    if seed["effect"]:
        return _effective(text, seed), index + 1
    if seed["bydate"]:
        return _by_date(text, seed), index + 1
    if seed["amount"]:
        return _amount(text, seed, floor), index + 1
    return _words(seed), index + 1


_ENDS = {"month": Unit.MONTH, "quarter": Unit.QUARTER, "week": Unit.WEEK}


def _words(seed: re.Match[str]) -> Draft | None:
    """by year-end, immediately, at any time, regularly: limits without a number."""
    word = seed.group()
    if seed["by"]:
        unit = _ENDS.get(seed["endunit"] or "", Unit.YEAR)
        limit = TimeLimit(LimitKind.BY, unit=unit, word=word)
    elif seed["urgent"]:
        limit = TimeLimit(LimitKind.IMMEDIATE, word=word)
    elif seed["anytime"]:
        limit = TimeLimit(LimitKind.ANYTIME, word=word)
    elif seed["today"]:
        limit = TimeLimit(LimitKind.BY, unit=Unit.DAY, word=word)
    elif seed["regularly"]:
        limit = TimeLimit(LimitKind.FREQUENCY, word="定期")
    else:
        return None
    return Draft(*seed.span(), limit, seed.span())


def _effective(text: str, seed: re.Match[str]) -> Draft | None:
    start, at = seed.span()
    if seed["edate"]:
        match = _DATE.match(text, at)
        parts = read_date(match) if match else None
        if match is None or parts is None:
            return None
        word = match.group() if parts.date() is None else None
        limit = TimeLimit(LimitKind.EFFECTIVE, date=parts.date(), word=word)
        return Draft(start, match.end(), limit, match.span())
    if seed["eday"]:
        end = at + len(seed["eday"])
        limit = TimeLimit(LimitKind.EFFECTIVE, anchor="发布之日")
        return Draft(start, end, limit, (at, end), anchor=(at, end))
    amount = _AMOUNT.match(text, at)
    read = read_amount_en(amount) if amount else None
    if amount is None or read is None:
        return None
    anchor = ANCHOR.match(text, amount.end())
    name = _anchor_name(anchor.group()) if anchor else None
    limit = TimeLimit(LimitKind.EFFECTIVE, read[0], read[2], anchor=name)
    draft = Draft(start, amount.end(), limit, amount.span())
    if anchor is not None:
        draft.end, draft.anchor = anchor.end(), anchor.span()
    return draft


def _by_date(text: str, seed: re.Match[str]) -> Draft | None:
    match = _DATE.match(text, seed.end())
    parts = read_date(match) if match else None
    if match is None or parts is None or parts.day is None:
        return None
    word = match.group() if parts.date() is None else None
    limit = TimeLimit(LimitKind.BY, unit=Unit.DAY, date=parts.date(), word=word)
    return Draft(seed.start(), match.end(), limit, match.span())


def _anchor_name(words: str) -> str:
    words = words.strip(" ,")
    event = anchor_event(words)
    return words if event is None else event.value


def _read_left(text: str, at: int, floor: int) -> tuple[int, set[str]]:
    """Where the cue words left of ``at`` begin, and what they are."""
    start = pos = at
    cues: set[str] = set()
    for _ in range(6):
        window = text[max(floor, pos - 64) : pos]
        cue = LEFT.search(window)
        if cue is None:
            break
        pos += cue.start() - len(window)
        if cue.lastgroup != "fill":
            cues.add(cue.lastgroup or "")
            start = pos
    return start, cues


def _amount(text: str, seed: re.Match[str], floor: int) -> Draft | None:
    """The limit that an amount and the words on both sides of it make."""
    read = read_amount_en(seed)
    if read is None:
        return None
    start, end = seed.span()
    begin, cues = _read_left(text, start, floor)
    kind, comparison, stop = _judge(text, seed, cues)
    bare = kind is LimitKind.WITHIN and comparison is not Comparison.AT_MOST
    anchor = ANCHOR.match(text, stop) if kind is LimitKind.WITHIN else None
    name = None
    if anchor is not None and anchor_event(anchor.group().strip(" ,")) is not None:
        name, stop, bare = _anchor_name(anchor.group()), anchor.end(), False
    else:
        anchor = None
    # "a week" alone is no limit; "a one-hour limit" is
    if bare and seed["n"] in ("a", "an") and HAS_LIMIT_NOUN.match(text, end) is None:
        return None
    limit = TimeLimit(kind, read[0], read[2], comparison, anchor=name, upto=read[1])
    draft = Draft(begin, stop, limit, (start, end), anchor=anchor.span() if anchor else None)
    draft.flags["bare"] = bare
    return draft


def _judge(
    text: str, seed: re.Match[str], cues: set[str]
) -> tuple[LimitKind, Comparison | None, int]:
    """Kind, comparison and end of an amount, from the words on both sides."""
    end = stop = seed.end()
    comparison = comparison_of(cues)
    more = OR_MORE.match(text, end)
    if more is not None:
        stop = more.end()
        upward = more["more"] or more["least"]
        comparison = Comparison.AT_LEAST if upward else Comparison.AT_MOST
    advance = ADVANCE.match(text, stop)
    if advance is not None or "advance" in cues:
        if "most" in cues or (advance is not None and advance["more"]):
            comparison = Comparison.AT_LEAST  # no later than a week before: a week or more
        elif "within" in cues:
            comparison = None
        return LimitKind.ADVANCE, comparison, advance.end() if advance else stop
    row = IN_A_ROW.match(text, end)
    if row is not None or seed["plain"] in ("consecutive", "straight", "successive"):
        return LimitKind.THRESHOLD, comparison or Comparison.AT_LEAST, row.end() if row else stop
    if cues & {"within", "most"}:
        return LimitKind.WITHIN, Comparison.AT_MOST, stop
    if comparison in (Comparison.AT_LEAST, Comparison.MORE_THAN, Comparison.LESS_THAN):
        return LimitKind.THRESHOLD, comparison, stop
    return LimitKind.WITHIN, comparison, stop


_FIXED_TIMES = {"once": 1, "twice": 2, "thrice": 3}


def _times(words: str, number: str | None) -> int | None:
    """How often ``words`` say; one meeting is once."""
    fixed = _FIXED_TIMES.get(re.split("[ ,]", words)[0])
    if fixed is not None or number is None:
        return fixed or 1
    value = read_number_en(number)
    return value if isinstance(value, int) else None


def _period(seed: re.Match[str]) -> tuple[Quantity, Unit] | None:
    """Quantity and unit of every six months, once a quarter."""
    if seed["other"]:
        return 2, UNITS[seed["ounit"]][0]
    if seed["rhalf"] or seed["ehalf"]:
        return 1, Unit.HALF_YEAR
    letter = "r" if seed["rate"] else "e"
    unit, factor = UNITS[seed[f"{letter}unit"]]
    if seed[f"{letter}work"] and unit is Unit.DAY:
        unit = Unit.WORKDAY
    number = seed[f"{letter}n"]
    quantity = tidy((read_number_en(number) if number else 1) * factor)
    return (quantity, unit) if quantity > 0 else None


_FREE_CUES = {"least", "most", "gen", "less"}


def _frequency(
    text: str, seeds: Sequence[re.Match[str]], index: int, floor: int
) -> tuple[Draft | None, int]:
    seed, after = seeds[index], index + 1
    start, end = seed.span()
    begin, cues = _read_left(text, start, floor)
    if cues - _FREE_CUES:
        begin, cues = start, cues & _FREE_CUES
    times: int | None = None
    if seed["adverb"]:
        quantity, unit, times = ADVERBS[seed["adverb"]]
    else:
        period = _period(seed)
        if period is None:
            return None, after
        quantity, unit = period
    comparison = comparison_of(cues)
    draft = Draft(begin, end, TimeLimit(LimitKind.FREQUENCY), (start, end))
    if seed["rate"]:
        times = _times(seed["rate"], seed["times"])
        if " or more" in seed.group():
            comparison = Comparison.AT_LEAST
        words = 1 if seed.group().startswith(tuple(_FIXED_TIMES)) else 2
        width = len(" ".join(re.split(" ", seed.group())[:words]).rstrip(","))
        draft.count = (start, start + width)
    elif (later := _count_behind(text, seeds, index)) is not None:
        times = _times(later["count"], later["times_alone"])
        own = comparison_of(_read_left(text, later.start(), end)[1])
        upward = re.search("least|more", later.group()) is not None
        comparison = Comparison.AT_LEAST if upward else own or comparison
        draft.count, draft.end, after = later.span(), later.end(), index + 2
    draft.limit = TimeLimit(LimitKind.FREQUENCY, quantity, unit, comparison, times)
    return draft, after


def _count_behind(text: str, seeds: Sequence[re.Match[str]], index: int) -> re.Match[str] | None:
    """every quarter ... at least once"""
    if index + 1 >= len(seeds) or not seeds[index + 1]["count"]:
        return None
    later, end = seeds[index + 1], seeds[index].end()
    apart = later.start() - end > 60 or STOP.search(text, end, later.start())
    return None if apart else later


def _counted(
    text: str, seeds: Sequence[re.Match[str]], index: int, floor: int
) -> tuple[Draft | None, int]:
    """three times last year, once quarterly: the period stands behind the count."""
    seed = seeds[index]
    later = seeds[index + 1] if index + 1 < len(seeds) else None
    gap = text[seed.end() : later.start()] if later else ""
    if later is None or len(gap) > 40 or STOP.search(gap):
        return None, index + 1
    if later["adverb"] and len(gap) <= 1:
        quantity, unit, _ = ADVERBS[later["adverb"]]
    elif later["observed"]:
        quantity, unit = 1, UNITS[later["period"]][0]
    else:
        return None, index + 1
    begin, cues = _read_left(text, seed.start(), floor)
    observed = later["observed"] is not None
    comparison = Comparison.EXACTLY if observed else comparison_of(cues & _FREE_CUES)
    times = _times(seed["count"], seed["times_alone"])
    limit = TimeLimit(LimitKind.FREQUENCY, quantity, unit, comparison, times)
    draft = Draft(begin, later.end(), limit, later.span(), count=seed.span())
    draft.flags["observed"] = observed
    return draft, index + 2
