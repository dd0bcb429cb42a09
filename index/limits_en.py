"""English time limits in read text (lower case, single blanks)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from index.anchors import anchor_event
from index.dates import DATE, read_date
from index.limits import Comparison, Draft, LimitKind, TimeLimit
from index.quantities import Quantity, Unit, tidy

__all__ = ["find_english"]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {w: i for i, w in enumerate(_ONES)} | {w: 10 * i for i, w in enumerate(_TENS, 2)}
_WORDS |= {"a": 1, "an": 1, "single": 1, "couple of": 2, "a couple of": 2, "a single": 1}
_NUM = (
    rf"(?:[0-9]{{1,6}}(?:\.[0-9]{{1,3}})?|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?"
    rf"|{'|'.join(sorted(_ONES[1:], key=len, reverse=True))}|a couple of|a single|an|a)"
)
_UNITS = {
    "minute": (Unit.MINUTE, 1),
    "min": (Unit.MINUTE, 1),
    "hour": (Unit.HOUR, 1),
    "hr": (Unit.HOUR, 1),
    "h": (Unit.HOUR, 1),
    "day": (Unit.DAY, 1),
    "week": (Unit.WEEK, 1),
    "fortnight": (Unit.WEEK, 2),
    "month": (Unit.MONTH, 1),
    "quarter": (Unit.QUARTER, 1),
    "half-year": (Unit.HALF_YEAR, 1),
    "half year": (Unit.HALF_YEAR, 1),
    "year": (Unit.YEAR, 1),
}
_UNIT = "minute|min|hour|hr|day|week|fortnight|month|quarter|half[- ]year|year|h"
_WORKING = "working|business|work|office"
_PLAIN = "calendar|consecutive|full|whole|natural|clear|straight|successive|entire"
_AMOUNT = (
    rf"(?:(?P<half>half (?:an |a )?|half-an-|half-a-|half-)(?P<halfunit>hour|day|month|year|week)"
    rf"|(?P<n>{_NUM})(?:(?: to |-| - |–)(?P<n2>{_NUM}))?(?: \([0-9]{{1,4}}\))?(?P<and> and a half)?(?:[- ])?"
    rf"(?:(?P<work>{_WORKING})|(?P<plain>{_PLAIN}))?[- ]?(?P<unit>{_UNIT})s?(?P<tail> and a half)?)(?![a-z])(?:'s|')?"
)
_ADVERBS: dict[str, tuple[Quantity, Unit, int | None]] = {
    "daily": (1, Unit.DAY, None),
    "weekly": (1, Unit.WEEK, None),
    "fortnightly": (2, Unit.WEEK, None),
    "monthly": (1, Unit.MONTH, None),
    "bimonthly": (2, Unit.MONTH, None),
    "quarterly": (1, Unit.QUARTER, None),
    "semi-annually": (1, Unit.HALF_YEAR, None),
    "semiannually": (1, Unit.HALF_YEAR, None),
    "semi-annual": (1, Unit.HALF_YEAR, None),
    "semiannual": (1, Unit.HALF_YEAR, None),
    "half-yearly": (1, Unit.HALF_YEAR, None),
    "twice-yearly": (1, Unit.YEAR, 2),
    "biannually": (1, Unit.YEAR, 2),
    "biannual": (1, Unit.YEAR, 2),
    "annually": (1, Unit.YEAR, None),
    "per annum": (1, Unit.YEAR, None),
    "yearly": (1, Unit.YEAR, None),
    "biennially": (2, Unit.YEAR, None),
    "biennial": (2, Unit.YEAR, None),
    "regularly": (1, Unit.DAY, None),
}
_ADVERB = "|".join(sorted(_ADVERBS, key=len, reverse=True))
_URGENT = (
    "immediately|at once|right away|straight away|straightaway|promptly|without delay|forthwith|instantly"
    "|as soon as possible|in a timely manner|in a timely fashion|timely|at the first moment|in good time|without hesitation"
)
_COUNT = rf"(?:once|twice|thrice|(?P<ctimes>{_NUM}) times?|(?P<cone>one|a) (?:time|meeting|session|review))"
_END = "(?:the )?(?:year[- ]end|end of (?:the |each |every |this )?(?:calendar )?(?P<endunit>year|month|quarter|week|december))"
_EFFECT = (
    "(?:has been |have been |was |is |be |being |been )?(?:in force|in effect|effective|implemented|applicable)"
    "|(?:takes?|took|taking) effect|(?:enters?|entered|entering|comes?|came|coming) into (?:force|effect)|applies"
)
_SINCE = r" ?(?:since|from|as of|as from|with effect from|on|starting|beginning)? ?(?:the )?"

_SEED = re.compile(
    r"(?<![a-z0-9.])(?:"
    rf"(?P<effect>(?:{_EFFECT}){_SINCE})(?=(?P<edate>{DATE})|(?P<eday>(?:the )?(?:day|date) of (?:its |their )?(?:issue|issuance|publication|promulgation))|(?P<elag>{_NUM} days? after))"
    rf"|(?P<skip>(?:article|art\.?|articles|paragraph|para\.?|item|section|chapter) [0-9]+"
    rf"|(?:last|past|previous|first|the last|the past) (?:{_NUM}) (?:{_UNIT})s)"
    rf"|(?P<by>(?:by|before|no later than|not later than) {_END})"
    rf"|(?P<bydate>(?:by|before|no later than|not later than) (?={DATE.replace('?P<', '?P<b_')}))"
    rf"|(?P<rate>{_COUNT}[, ](?:or more |at least )?(?:a|an|per|every|each|in each|in every|in a|during each)[ -](?:(?P<rhalf>half[- ]?(?:a )?year|half)|(?P<rn>{_NUM})?[ -]?(?P<rwork>(?:{_WORKING})[ -])?(?P<runit>{_UNIT})s?(?![a-z])))"
    rf"|(?P<other>every other (?P<ounit>day|week|month|quarter|year))"
    rf"|(?P<every>(?:every|each|per) (?:(?P<ehalf>half[- ]?(?:a )?year)|(?:(?P<en>{_NUM})[ -])?(?:(?P<ework>{_WORKING}) )?(?P<eunit>{_UNIT})s?(?![a-z])))"
    rf"|(?P<adverb>{_ADVERB})(?![a-z-])"
    rf"|(?P<amount>{_AMOUNT})"
    rf"|(?P<urgent>{_URGENT})(?![a-z])|(?P<anytime>(?:at )?any time)(?![a-z])|(?P<today>(?:on )?(?:the )?same day)"
    rf"|(?P<count>{_COUNT.replace('ctimes', 'ctimes2').replace('cone', 'cone2')})(?: (?:or more|at (?:the )?least))?(?![a-z])"
    rf"|(?P<observed>(?:in |during |over |for )?(?:the )?(?:last|this|past|whole|entire|previous) (?P<period>year|half-year|quarter|month|week))"
    r")"
)
_LEFT = re.compile(
    r"(?:^|(?<=[^a-z]))(?:(?P<within>within|inside|in under|in no more than|in)"
    r"|(?P<most>(?:no|not) (?:later|more|longer) than|at (?:the )?(?:most|latest)|up to|(?:(?:must|may|shall|should|can|do|does|did) ?not |not |never |cannot )exceed(?:ing|s|ed)?|a maximum of|maximum|at most)"
    r"|(?P<least>at (?:the very )?least|(?:no|not) (?:less|fewer|sooner) than|a minimum of|minimum)"
    r"|(?P<less>less than|fewer than|under|only)|(?P<more>(?:for )?(?:more|longer) than|over|exceed(?:ing|s|ed)?)"
    r"|(?P<gen>generally|usually|normally|as a rule|in general|in principle|ordinarily)"
    r"|(?P<for>for)|(?P<by>by)|(?P<advance>in advance by|ahead by|advance notice of)"
    r"|(?P<fill>the|a period of|a|some|about|is|are|be|it|that|of|full|held|convened|met))[ (]?$"
)
_ADVANCE = re.compile(
    r" ?(?:\([^)]{0,20}\) )?(?:or (?P<more>more|longer|earlier) )?(?:in advance|beforehand|ahead(?: of time)?|earlier|(?:advance |prior )?notice|prior(?: to)?|before(?:hand)?|advance)(?![a-z])"
)
_OR_MORE = re.compile(
    r" ?(?:or (?P<more>more|longer|over)|or (?P<less>less|fewer|sooner)|at (?:the )?(?P<latest>latest|most)|at (?:the )?(?P<least>least))(?![a-z])"
)
_ROW = re.compile(
    r"(?: running| in a row| in succession| consecutively| of consecutive \w+| straight)"
)
_ANCHOR = re.compile(
    r",? (?:of|after|from|following|since|upon)(?: [a-z'-]+){1,8}?(?=[.,;:!?()]|$| (?:to|and|must|shall|should|is|was|in|by|with|at|for|or) |[^\x00-\x7f])"
)
_LIMIT_NOUN = re.compile(
    r"[ -](?:deadline|limit|time limit|window|period|rule|timeframe|time frame)"
)
_NOT = re.compile(
    r"(?:(?<![a-z])not|rather than|instead of|isn't|never|n't)(?: (?:in|within|just|merely|only|a|an|the))? ?$"
)
_NEEDLESS = re.compile(
    r"(?:need not|no need to|not required to|not have to|needn't|don't have to|without having to)(?: [a-z]+){0,3} ?$"
)
_STOP = re.compile(r"[.!?;\n。](?: |$)")


def _number(text: str) -> Quantity:
    if text[0].isdigit():
        return tidy(Fraction(text))
    if text in _WORDS:
        return _WORDS[text]
    tens, _, ones = text.replace("-", " ").partition(" ")
    return _WORDS[tens] + _WORDS[ones] if tens in _WORDS and ones in _WORDS else 1


def find_english(text: str) -> Iterator[Draft]:
    """Every limit written in English, in order, not overlapping."""
    floor = 0
    seeds = [m for m in _SEED.finditer(text)]
    index = 0
    while index < len(seeds):
        seed = seeds[index]
        index += 1
        if seed.start() < floor:
            continue
        draft, used = _read_seed(text, seeds, index - 1, floor)
        if draft is None:
            continue
        index = max(index, used)
        lead = text[max(floor, draft.start - 40) : draft.start]
        draft.flags["negated"] = bool(_NOT.search(lead)) and not _NEEDLESS.search(lead)
        draft.flags["waived"] = bool(_NEEDLESS.search(lead))
        yield draft
        floor = draft.end


def _read_seed(
    text: str, seeds: list[re.Match[str]], index: int, floor: int
) -> tuple[Draft | None, int]:
    seed = seeds[index]
    if seed["effect"]:
        return _effective(text, seed), index + 1
    if seed["by"]:
        ends = {"month": Unit.MONTH, "quarter": Unit.QUARTER, "week": Unit.WEEK}
        end_unit = ends.get(seed["endunit"] or "", Unit.YEAR)
        limit = TimeLimit(LimitKind.BY, unit=end_unit, word=seed.group())
        return Draft(*seed.span(), limit, seed.span()), index + 1
    if seed["bydate"]:
        return _by_date(text, seed), index + 1
    if seed["rate"] or seed["other"] or seed["every"] or seed["adverb"]:
        return _frequency(text, seeds, index, floor)
    if seed["amount"]:
        return _amount(text, seed, floor), index + 1
    if seed["count"]:
        return _counted(text, seeds, index, floor)
    words: tuple[tuple[str, LimitKind, Unit | None], ...] = (
        ("urgent", LimitKind.IMMEDIATE, None),
        ("anytime", LimitKind.ANYTIME, None),
        ("today", LimitKind.BY, Unit.DAY),
    )
    for group, kind, unit in words:
        if seed[group]:
            limit = TimeLimit(kind, unit=unit, word=seed.group())
            return Draft(*seed.span(), limit, seed.span()), index + 1
    return None, index + 1


def _effective(text: str, seed: re.Match[str]) -> Draft | None:
    start, at = seed.span()
    if seed["edate"]:
        match = re.compile(DATE).match(text, at)
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
    amount = re.compile(_AMOUNT).match(text, at)
    anchor = _ANCHOR.match(text, amount.end()) if amount else None
    read = _read_amount(amount) if amount else None
    if amount is None or read is None:
        return None
    end = anchor.end() if anchor else amount.end()
    limit = TimeLimit(
        LimitKind.EFFECTIVE,
        read[0],
        read[2],
        anchor=_anchor_name(anchor.group()) if anchor else None,
    )
    return Draft(start, end, limit, amount.span(), anchor=anchor.span() if anchor else None)


def _by_date(text: str, seed: re.Match[str]) -> Draft | None:
    match = re.compile(DATE).match(text, seed.end())
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


def _read_amount(match: re.Match[str]) -> tuple[Quantity, Quantity | None, Unit] | None:
    if match["half"]:
        unit = _UNITS[match["halfunit"]][0]
        return (1, None, Unit.HALF_YEAR) if unit is Unit.YEAR else (Fraction(1, 2), None, unit)
    unit, factor = _UNITS[match["unit"].replace("half year", "half-year")]
    if match["work"] and unit is Unit.DAY:
        unit = Unit.WORKDAY
    elif match["work"]:
        unit = unit if unit is Unit.DAY else unit
    first = _number(match["n"])
    upto = _number(match["n2"]) if match["n2"] else None
    extra = Fraction(1, 2) if match["and"] or match["tail"] else 0
    first = tidy((first + extra) * factor)
    if first <= 0 or (upto is not None and upto <= first):
        return None
    return first, None if upto is None else tidy(upto * factor), unit


def _read_left(text: str, at: int, floor: int) -> tuple[int, set[str]]:
    start = pos = at
    cues: set[str] = set()
    for _ in range(6):
        window = text[max(floor, pos - 32) : pos]
        trimmed = window.rstrip(" (")
        cue = _LEFT.search(window)
        if cue is None or not trimmed:
            break
        pos = pos - len(window) + cue.start()
        if cue.lastgroup != "fill":
            cues.add(cue.lastgroup or "")
            start = pos
    return start, cues


def _comparison(cues: set[str]) -> Comparison | None:
    for cue, comparison in (
        ("least", Comparison.AT_LEAST),
        ("most", Comparison.AT_MOST),
        ("within", Comparison.AT_MOST),
        ("less", Comparison.LESS_THAN),
        ("more", Comparison.MORE_THAN),
        ("gen", Comparison.GENERALLY),
    ):
        if cue in cues:
            return comparison
    return None


def _amount(text: str, seed: re.Match[str], floor: int) -> Draft | None:
    read = _read_amount(seed)
    if read is None:
        return None
    quantity, upto, unit = read
    start, end = seed.span()
    begin, cues = _read_left(text, start, floor)
    stop, kind, bare = end, LimitKind.WITHIN, False
    comparison = _comparison(cues)
    anchor = None
    advance = _ADVANCE.match(text, end)
    more = _OR_MORE.match(text, end)
    if more is not None:
        stop = more.end()
        if more["more"] or more["least"]:
            comparison = Comparison.AT_LEAST
        else:
            comparison = Comparison.AT_MOST
        advance = _ADVANCE.match(text, stop) or advance
    row = _ROW.match(text, end)
    if advance is not None or "advance" in cues:
        kind = LimitKind.ADVANCE
        stop = advance.end() if advance else stop
        if advance is not None and advance["more"]:
            comparison = Comparison.AT_LEAST
        if "most" in cues:  # no later than one week before = at least one week before
            comparison = Comparison.AT_LEAST
        if "within" in cues:
            comparison = None
    elif row or seed["plain"] in ("consecutive", "straight", "successive"):
        kind, comparison = LimitKind.THRESHOLD, comparison or Comparison.AT_LEAST
        stop = row.end() if row else stop
    elif cues & {"within", "most"} or comparison is Comparison.AT_MOST:
        comparison = Comparison.AT_MOST
    elif comparison in (Comparison.AT_LEAST, Comparison.MORE_THAN, Comparison.LESS_THAN):
        kind = LimitKind.THRESHOLD
    else:
        bare = True
    if kind is LimitKind.WITHIN:
        found = _ANCHOR.match(text, stop)
        if found is not None and anchor_event(found.group().strip(" ,")) is not None:
            anchor, stop, bare = found, found.end(), False
    noun = _LIMIT_NOUN.match(text, end) is not None
    article = seed["n"] in ("a", "an") if seed["n"] else False
    if bare and article and not noun:
        return None
    name = _anchor_name(anchor.group()) if anchor else None
    limit = TimeLimit(kind, quantity, unit, comparison, anchor=name, upto=upto)
    draft = Draft(begin, stop, limit, (start, end), anchor=anchor.span() if anchor else None)
    draft.flags["bare"] = bare
    return draft


def _times(words: str, number: str | None) -> int | None:
    if words.startswith("once"):
        return 1
    if words.startswith("twice"):
        return 2
    if words.startswith("thrice"):
        return 3
    if number is None:
        return 1
    value = _number(number)
    return value if isinstance(value, int) else None


def _period(seed: re.Match[str]) -> tuple[Quantity, Unit]:
    if seed["other"]:
        return 2, _UNITS[seed["ounit"]][0]
    if seed["rhalf"] or seed["ehalf"]:
        return 1, Unit.HALF_YEAR
    number, name, work = (
        (seed["rn"], seed["runit"], seed["rwork"])
        if seed["rate"]
        else (seed["en"], seed["eunit"], seed["ework"])
    )
    unit, factor = _UNITS[name.replace("half year", "half-year")]
    if work and unit is Unit.DAY:
        unit = Unit.WORKDAY
    return tidy((_number(number) if number else 1) * factor), unit


def _frequency(
    text: str, seeds: list[re.Match[str]], index: int, floor: int
) -> tuple[Draft | None, int]:
    seed = seeds[index]
    start, end = seed.span()
    begin, cues = _read_left(text, start, floor)
    if cues - {"least", "most", "gen", "less"}:
        begin, cues = start, cues & {"least", "most", "gen"}
    comparison = _comparison(cues)
    times: int | None = None
    count: tuple[int, int] | None = None
    used = index + 1
    word = None
    if seed["adverb"] == "regularly":
        limit = TimeLimit(LimitKind.FREQUENCY, word="定期")
        return Draft(start, end, limit, (start, end)), used
    if seed["adverb"]:
        quantity, unit, times = _ADVERBS[seed["adverb"]]
    else:
        quantity, unit = _period(seed)
    if seed["rate"]:
        times = _times(seed["rate"], seed["ctimes"])
        if " or more" in seed.group():
            comparison = Comparison.AT_LEAST
        count = (start, start + len(re.match(r"\w+(?: times?| \w+)?", seed.group())[0]))  # type: ignore[index]
        if seed.group().startswith(("once", "twice", "thrice")):
            count = (start, start + len(seed.group().split()[0].rstrip(",")))
    elif index + 1 < len(seeds) and seeds[index + 1]["count"]:
        later = seeds[index + 1]
        if later.start() - end <= 60 and not _STOP.search(text, end, later.start()):
            times = _times(later["count"], later["ctimes2"])
            _, own = _read_left(text, later.start(), end)
            comparison = _comparison(own) or comparison
            if "least" in later.group() or "more" in later.group():
                comparison = Comparison.AT_LEAST
            count, end, used = later.span(), later.end(), index + 2
    limit = TimeLimit(LimitKind.FREQUENCY, quantity, unit, comparison, times, word=word)
    return Draft(begin, end, limit, seed.span(), count=count), used


def _counted(
    text: str, seeds: list[re.Match[str]], index: int, floor: int
) -> tuple[Draft | None, int]:
    """three times last year; at least once in every quarter is a rate already."""
    seed = seeds[index]
    if index + 1 >= len(seeds):
        return None, index + 1
    later = seeds[index + 1]
    gap = text[seed.end() : later.start()]
    if len(gap) > 40 or _STOP.search(gap):
        return None, index + 1
    if later["adverb"] and later["adverb"] != "regularly" and len(gap) <= 1:
        quantity, unit, _ = _ADVERBS[later["adverb"]]  # once quarterly
        observed = False
    elif later["observed"]:
        quantity, unit, observed = 1, _UNITS[later["period"]][0], True
    else:
        return None, index + 1
    begin, cues = _read_left(text, seed.start(), floor)
    comparison = _comparison(cues & {"least", "most", "gen", "less"})
    if observed:
        comparison = Comparison.EXACTLY
    times = _times(seed["count"], seed["ctimes2"])
    limit = TimeLimit(LimitKind.FREQUENCY, quantity, unit, comparison, times)
    draft = Draft(begin, later.end(), limit, later.span(), count=seed.span())
    draft.flags["observed"] = observed
    return draft, index + 2
