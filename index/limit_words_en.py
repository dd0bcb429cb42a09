"""The words of English time limits in read text: lower case, single blanks."""

from __future__ import annotations

import re
from fractions import Fraction

from index.dates import DATE
from index.limits import Comparison
from index.quantities import Quantity, Unit, tidy

__all__ = [
    "ADVANCE",
    "ADVERBS",
    "AMOUNT_EN",
    "ANCHOR",
    "HAS_LIMIT_NOUN",
    "IN_A_ROW",
    "LEFT",
    "NEEDLESS",
    "NOT",
    "OR_MORE",
    "SEED",
    "STOP",
    "UNITS",
    "comparison_of",
    "read_amount_en",
    "read_number_en",
]

_ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {w: i for i, w in enumerate(_ONES)} | {w: 10 * i for i, w in enumerate(_TENS, 2)}
_WORDS |= {"a": 1, "an": 1, "a single": 1, "a couple of": 2}
_NUMBER = (
    rf"(?:[0-9]{{1,6}}(?:\.[0-9]{{1,3}})?"
    rf"|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?"
    rf"|{'|'.join(sorted(_ONES[1:], key=len, reverse=True))}|a couple of|a single|an|a)"
)
UNITS: dict[str, tuple[Unit, int]] = {
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
AMOUNT_EN = (
    r"(?:(?P<half>half (?:an |a )?|half-an-|half-a-|half-)(?P<halfunit>hour|day|month|year|week)"
    rf"|(?P<n>{_NUMBER})(?:(?: to |-| - |–)(?P<n2>{_NUMBER}))?(?: \([0-9]{{1,4}}\))?"
    rf"(?P<and> and a half)?[- ]?(?:(?P<work>{_WORKING})|(?P<plain>{_PLAIN}))?[- ]?"
    rf"(?P<unit>{_UNIT})s?(?P<tail> and a half)?)(?![a-z])(?:'s|')?"
)
"""A number with its unit; read the match with :func:`read_amount_en`."""

ADVERBS: dict[str, tuple[Quantity, Unit, int | None]] = {
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
}
_ADVERB = "|".join(sorted(ADVERBS, key=len, reverse=True))
_URGENT = (
    "immediately|at once|right away|straight away|straightaway|promptly|without delay|forthwith"
    "|instantly|as soon as possible|in a timely manner|in a timely fashion|timely"
    "|at the first moment|in good time|without hesitation"
)
_COUNT = (
    rf"(?:once|twice|thrice|(?P<times>{_NUMBER}) times?"
    r"|(?:one|a) (?:time|meeting|session|review))"
)
_LATEST = "(?:by|before|no later than|not later than)"
_END = (
    "(?:the )?(?:year[- ]end"
    "|end of (?:the |each |every |this )?(?:calendar )?"
    "(?P<endunit>year|month|quarter|week|december))"
)
_IN_FORCE = (
    "(?:has been |have been |was |is |be |being |been )?"
    "(?:in force|in effect|effective|implemented|applicable)"
    "|(?:takes?|took|taking) effect"
    "|(?:enters?|entered|entering|comes?|came|coming) into (?:force|effect)|applies"
)
_SINCE = "(?:since|from|as of|as from|with effect from|on|starting|beginning)?"
_ISSUE = "(?:the )?(?:day|date) of (?:its |their )?(?:issue|issuance|publication|promulgation)"
_PER = "(?:a|an|per|every|each|in each|in every|in a|during each)"


def _apart(pattern: str, suffix: str) -> str:
    """``pattern`` with its groups renamed, for use twice in one expression."""
    return re.sub(r"\?P([<=])(\w+)", rf"?P\1\2{suffix}", pattern)


_SEEDS = (
    rf"(?P<effect>(?:{_IN_FORCE}) ?{_SINCE} ?(?:the )?)"
    rf"(?=(?P<edate>{DATE})|(?P<eday>{_ISSUE})|(?P<elag>{_NUMBER} days? after))",
    r"(?P<skip>(?:article|art\.?|articles|paragraph|para\.?|item|section|chapter) [0-9]+"
    rf"|(?:last|past|previous|first) (?:{_NUMBER}) (?:{_UNIT})s|(?:all|of the) four quarters)",
    rf"(?P<by>{_LATEST} {_END})",
    rf"(?P<bydate>{_LATEST} (?={_apart(DATE, '_by')}))",
    rf"(?P<rate>{_COUNT}[, ](?:or more |at least )?{_PER}[ -]"
    rf"(?:(?P<rhalf>half[- ]?(?:a )?year|half)"
    rf"|(?P<rn>{_NUMBER})?[ -]?(?P<rwork>(?:{_WORKING})[ -])?(?P<runit>{_UNIT})s?(?![a-z])))",
    r"(?P<other>every other (?P<ounit>day|week|month|quarter|year))",
    r"(?P<every>(?:every|each|per) (?:(?P<ehalf>half[- ]?(?:a )?year)"
    rf"|(?:(?P<en>{_NUMBER})[ -])?(?:(?P<ework>{_WORKING}) )?(?P<eunit>{_UNIT})s?(?![a-z])))",
    rf"(?P<adverb>{_ADVERB})(?![a-z-])",
    r"(?P<regularly>regularly|at regular intervals)(?![a-z])",
    rf"(?P<amount>{AMOUNT_EN})",
    rf"(?P<urgent>{_URGENT})(?![a-z])",
    "(?P<anytime>(?:at )?any time)(?![a-z])",
    "(?P<today>(?:on )?(?:the )?same day)",
    rf"(?P<count>{_apart(_COUNT, '_alone')})(?: (?:or more|at (?:the )?least))?(?![a-z])",
    "(?P<observed>(?:in |during |over |for )?(?:the )?"
    "(?:last|this|past|whole|entire|previous) (?P<period>year|half-year|quarter|month|week))",
)
SEED = re.compile(rf"(?<![a-z0-9.])(?=[a-z0-9])(?:{'|'.join(_SEEDS)})")
"""What a limit can be read from; the first alternative that fits wins."""

_CUES = {
    "within": "within|inside|in under|in no more than|in",
    "most": "(?:no|not) (?:later|more|longer) than|at (?:the )?(?:most|latest)|up to"
    "|(?:(?:must|may|shall|should|can|do|does|did) ?not |not |never |cannot )exceed(?:ing|s|ed)?"
    "|(?:a )?maximum(?: of)?",
    "least": "at (?:the very )?least|(?:no|not) (?:less|fewer|sooner) than|(?:a )?minimum(?: of)?",
    "less": "less than|fewer than|under|only",
    "more": "(?:for )?(?:more|longer) than|over|exceed(?:ing|s|ed)?",
    "gen": "generally|usually|normally|as a rule|in general|in principle|ordinarily",
    "for": "for",
    "by": "by",
    "advance": "in advance by|ahead by|advance notice of",
    "fill": "the|a period of|a|some|about|is|are|be|it|that|of|full|held|convened|met",
}
LEFT = re.compile(
    rf"(?<![a-z])(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _CUES.items())})[ (]?$"
)
ADVANCE = re.compile(
    r" ?(?:\([^)]{0,20}\) )?(?:or (?P<more>more|longer|earlier) )?"
    r"(?:in advance|beforehand|ahead(?: of time)?|earlier|(?:advance |prior )?notice"
    r"|prior(?: to)?|before(?:hand)?|advance)(?![a-z])"
)
OR_MORE = re.compile(
    r" ?(?:or (?P<more>more|longer|over)|or (?:less|fewer|sooner)"
    r"|at (?:the )?(?:latest|most)|at (?:the )?(?P<least>least))(?![a-z])"
)
IN_A_ROW = re.compile(" running| in a row| in succession| consecutively| straight")
ANCHOR = re.compile(
    r",? (?:of|after|from|following|since|upon)(?: [a-z'-]+){1,8}?"
    r"(?=[.,;:!?()]|$|[^\x00-\x7f]"
    r"| (?:to|and|must|shall|should|is|was|in|by|with|at|for|or|as|when) )"
)
HAS_LIMIT_NOUN = re.compile(r"[ -](?:deadline|limit|time limit|window|period|rule|time ?frame)")
NOT = re.compile(
    r"(?:(?<![a-z])not|rather than|instead of|isn't|never|n't)"
    r"(?: (?:in|within|just|merely|only|a|an|the))? ?$"
)
NEEDLESS = re.compile(
    r"(?:need not|no need to|not required to|not have to|needn't|don't have to|without having to)"
    r"(?: [a-z]+){0,3} ?$"
)
STOP = re.compile(r"[.!?;\n。](?: |$)")

_COMPARISONS = {
    "least": Comparison.AT_LEAST,
    "most": Comparison.AT_MOST,
    "within": Comparison.AT_MOST,
    "less": Comparison.LESS_THAN,
    "more": Comparison.MORE_THAN,
    "gen": Comparison.GENERALLY,
}


def comparison_of(cues: set[str]) -> Comparison | None:
    """The strongest comparison among ``cues``."""
    return next((c for cue, c in _COMPARISONS.items() if cue in cues), None)


def read_number_en(text: str) -> Quantity:
    """The number that ``text`` writes.

    >>> read_number_en("1.5"), read_number_en("twenty-one"), read_number_en("an")
    (Fraction(3, 2), 21, 1)
    """
    if text[0].isdigit():
        return tidy(Fraction(text))
    if text in _WORDS:
        return _WORDS[text]
    tens, _, ones = text.replace("-", " ").partition(" ")
    return _WORDS[tens] + _WORDS[ones]


def read_amount_en(match: re.Match[str]) -> tuple[Quantity, Quantity | None, Unit] | None:
    """Quantity, upper end of a range (else None) and unit of an :data:`AMOUNT_EN` match.

    >>> def amount(text):
    ...     return read_amount_en(re.fullmatch(AMOUNT_EN, text))
    >>> amount("one and a half hours"), amount("20 working days")
    ((Fraction(3, 2), None, <Unit.HOUR: 'hour'>), (20, None, <Unit.WORKDAY: 'workday'>))
    """
    if match["half"]:
        unit = UNITS[match["halfunit"]][0]
        return (1, None, Unit.HALF_YEAR) if unit is Unit.YEAR else (Fraction(1, 2), None, unit)
    unit, factor = UNITS[match["unit"]]
    if match["work"] and unit is Unit.DAY:
        unit = Unit.WORKDAY
    extra = Fraction(1, 2) if match["and"] or match["tail"] else 0
    first = tidy((read_number_en(match["n"]) + extra) * factor)
    upto = tidy(read_number_en(match["n2"]) * factor) if match["n2"] else None
    if first <= 0 or (upto is not None and upto <= first):
        return None
    return first, upto, unit
