"""Long texts for the clock: the same on every machine, no sentence repeated.

What the checker reads is spliced from claims and articles, so that a text of any length
speaks of the regulation and nothing in it can be remembered from the page before. What
eyecite reads is prose of an American court, with a citation in most sentences.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.knowledge import Knowledge

__all__ = [
    "chinese_sources",
    "court_claims",
    "court_paragraphs",
    "english_sources",
    "paragraphs",
    "pieces",
    "splice",
]

_MARKER = re.compile(r"^第[一二三四五六七八九十百]+[章条]\s*")
_SHORTEST = 12
"""Characters; shorter lines are headings."""


def chinese_sources(knowledge: Knowledge, claims: Iterable[str]) -> tuple[str, ...]:
    """The claims that are not English, and the regulation's own lines."""
    lines = knowledge.regulation.text.simplified.splitlines()
    articles = (_MARKER.sub("", line.strip()).rstrip(";:；：") for line in lines)
    told = (claim for claim in claims if not claim.isascii())
    return tuple(s for s in (*told, *articles) if len(s) >= _SHORTEST)


def english_sources(knowledge: Knowledge, claims: Iterable[str]) -> tuple[str, ...]:
    """The claims in English, and what the rule table says in English."""
    told = (claim for claim in claims if claim.isascii())
    return (*told, *(rule.statement_en for rule in knowledge.rules))


# 甲,乙 in the regulation as published, 甲，乙 in the claims, "a, b" in English (3,000 stays whole)
_CUT = re.compile(r"(?<=[，；])|(?<=[,;])(?![0-9 ])|(?<=[,;] )")
_LOOSE = "，；。、：,;.: "
_STOPS = (".", "。", "?", "？", "!", "！", "”", "」")
_UNIT = r"(?=[个個]?(?:工作日|小[时時]|[天周次月条條])|[ -](?:hour|day|working|week|month|time))"
_DIGITS = re.compile(r"(?<![0-9])[0-9]{1,2}" + _UNIT)
_NUMERAL = re.compile(r"[一二两兩三四五六七八九十]{1,3}" + _UNIT)


def splice(one: str, two: str) -> str:
    """The first half of one sentence's clauses, then the second half of the other's.

    >>> splice("甲报告，乙研判，丙决定。", "丁立即核实，1小时内报戊。")
    '甲报告，乙研判，1小时内报戊。'
    >>> splice("A reports.", "B decides.")
    'A reports, B decides.'
    """
    heads, tails = _CUT.split(one), _CUT.split(two)
    head = "".join(heads[: (len(heads) + 1) // 2]).rstrip(_LOOSE)
    tail = "".join(tails[len(tails) // 2 :]).strip()
    stop = "" if tail.endswith(_STOPS) else "." if tail.isascii() else "。"
    return f"{head}{', ' if head.isascii() else '，'}{tail}{stop}"


def _renumbered(sentence: str, chance: random.Random) -> str:
    """With other quantities: a number that is always the same is no longer looked for."""
    digits = _DIGITS.sub(lambda _: str(chance.randint(1, 60)), sentence)
    return _NUMERAL.sub(lambda _: chance.choice("一二三四五六七八九十"), digits)


def paragraphs(sources: Sequence[str], seed: int = 1) -> Iterator[str]:
    """Without end; paragraphs of 2 to 5 sentences, each spliced from two of ``sources``."""
    chance = random.Random(seed)
    said: set[str] = set()
    gap = " " if sources[0].isascii() else ""
    while True:
        found: list[str] = []
        wanted = chance.randint(2, 5)
        while len(found) < wanted:
            sentence = _renumbered(splice(*chance.sample(sources, 2)), chance)
            if sentence not in said:
                said.add(sentence)
                found.append(sentence)
        yield gap.join(found)


def pieces(stream: Iterator[str], size: int, count: int) -> tuple[str, ...]:
    """``count`` texts from ``stream``, one after the other, each of ``size`` bytes of UTF-8.

    A character that would be torn is left out, so a text may be two bytes short.

    >>> pieces(iter(["甲乙", "丙", "丁"]), 7, 1), pieces(iter("abcdef"), 4, 2)
    (('甲乙\\n',), ('a\\n\\nb', 'c\\n\\nd'))
    """
    out = []
    for _ in range(count):
        text, length = [next(stream)], 0
        length = len(text[0].encode())
        while length < size:
            text.append(next(stream))
            length += 2 + len(text[-1].encode())
        out.append("\n\n".join(text).encode()[:size].decode(errors="ignore"))
    return tuple(out)


_NAMES = (
    "Adams", "Barrett", "Calloway", "Delgado", "Ellison", "Ferris", "Grantham", "Holloway",
    "Ibarra", "Jennings", "Kowalski", "Lindqvist", "Marchetti", "Novak", "Okafor", "Pemberton",
    "Quigley", "Rosenthal", "Sandoval", "Thibodeaux", "Underhill", "Vance", "Whitaker", "Yates",
)  # fmt: skip
_STYLES = (
    "{}", "{} Mfg. Co.", "City of {}", "{} & Sons, Inc.", "{} Indus. Corp.", "Estate of {}",
    "{} Sch. Dist.", "Bd. of Educ. of {}",
)  # fmt: skip
_REPORTERS = (
    ("U.S.", ""), ("S. Ct.", ""), ("F.2d", "9th Cir. "), ("F.3d", "2d Cir. "),
    ("F. Supp. 2d", "S.D.N.Y. "), ("N.E.2d", "Ill. "), ("P.2d", "Cal. "), ("So. 2d", "Fla. "),
)  # fmt: skip
_PROSE = (
    "the district court granted summary judgment without reaching the question of waiver",
    "a statute is read as a whole, and no word of it is treated as surplus",
    "the record contains no evidence that notice was given before the hearing",
    "deference is owed to findings of fact but not to conclusions of law",
    "the burden of proof rests on the party that seeks to disturb the settled arrangement",
    "an agency must explain why it departs from its earlier practice",
    "the contract left the time of performance to the reasonable judgment of the supplier",
    "counsel conceded at oral argument that the deadline had passed",
    "the officers had no reason to believe that the vehicle contained contraband",
    "relief of this kind is reserved for cases in which damages would be inadequate",
    "the legislature knew how to provide for a private right of action when it wished to",
    "the plaintiff relied on the assurance to her detriment and changed her position",
    "nothing in the text suggests that the exemption extends to affiliates",
    "the jury was properly instructed on the elements of the offense",
)  # fmt: skip
_OPENINGS = (
    "It is settled that", "The dissent overlooks that", "We start from the premise that",
    "Appellant does not dispute that", "On this record we hold that", "Below, it was found that",
)  # fmt: skip


def court_paragraphs(seed: int = 1) -> Iterator[str]:
    """Without end; an American court's prose with full, short, id. and statutory citations."""
    chance = random.Random(seed)
    while True:
        yield " ".join(_court_sentence(chance) for _ in range(chance.randint(3, 6)))


def court_claims(seed: int = 1) -> Iterator[str]:
    """Without end; short ones that begin with a case, so that a line of them holds one."""
    chance = random.Random(seed)
    while True:
        yield f"{_case(chance)}: {chance.choice(_PROSE)}, and {chance.choice(_PROSE)}."


def _court_sentence(chance: random.Random) -> str:
    said = f"{chance.choice(_OPENINGS)} {chance.choice(_PROSE)}, and {chance.choice(_PROSE)}."
    kind = chance.random()
    page = chance.randint(2, 980)
    if kind < 0.45:
        return f"{said} See {_case(chance)}."
    if kind < 0.6:
        section = chance.randint(101, 9999)
        return f"{said} {chance.randint(5, 49)} U.S.C. § {section}({chance.choice('abcd')})."
    if kind < 0.7:
        return f"{said} Id. at {page}."
    if kind < 0.75:
        return f"{said} {chance.choice(_NAMES)}, supra, at {page}."
    return said


def _case(chance: random.Random) -> str:
    one, two = (chance.choice(_STYLES).format(chance.choice(_NAMES)) for _ in range(2))
    reporter, court = chance.choice(_REPORTERS)
    volume, page = chance.randint(2, 580), chance.randint(2, 980)
    pin = page + chance.randint(1, 15)
    return (
        f"{one} v. {two}, {volume} {reporter} {page}, {pin} ({court}{chance.randint(1925, 2019)})"
    )
