"""Citations in English: Article 30(1), arts. 25 to 28, item 7 of Article 25."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from index.marker import LEVELS, Link, Marker, Ref

__all__ = ["HEADS", "read_article", "read_reverse"]

_N = "[0-9]{1,4}(?![0-9])"
_UNITS = "(?! ?(?:hours?|days?|working|work|weeks?|months?|years?|minutes?|times?|calendar|%))"
_JOIN = " ?(?:, ?(?:and |or )?|and |or |& ?|to |through |thru |until |--?|–|—|~) ?"
_ORDINALS = {
    word: n
    for n, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"), start=1
    )
}
_PARAGRAPH = r"(?:paragraphs?|paras?\.?|subsections?)"
_ITEM = r"(?:sub-?paragraphs?|sub-?paras?\.?|items?|points?)"
_SUBITEM = r"(?:sub-?items?|sub-?points?)"

_ARTICLE = re.compile(
    rf"(?P<n>{_N})(?:-(?P<suffix>[0-9]{{1,2}})(?![0-9])| bis (?P<bis>[0-9]{{1,2}}))?\)?"
)
_DOT = re.compile(r"\.([0-9]{1,2})(?![0-9])")
_BRACKET = re.compile(rf" ?\((?P<n>{_N})\)(?P<more>(?:{_JOIN}\({_N}\)){{0,30}}+)")
_TAILS = tuple(
    (
        level,
        re.compile(
            rf" ?,? ?{word} ?\(?(?P<n>{_N})\)?"
            rf"(?P<more>(?:{_JOIN}(?:{word} ?)?\(?{_N}\)?{_UNITS}){{0,30}}+)"
        ),
    )
    for level, word in ((1, _PARAGRAPH), (3, _SUBITEM), (2, _ITEM))
)
_ORDINAL_TAIL = re.compile(rf" ?,? ?(?:the )?(?P<n>{'|'.join(_ORDINALS)}) (?P<what>paragraph|item)")
_LINKED = re.compile(rf"(?P<join>{_JOIN})(?P<word>articles? |arts?\.? ?)?(?P<n>{_N}){_UNITS}")
_REVERSE = re.compile(
    rf"(?:(?:{_SUBITEM} ?\(?(?P<subitem>{_N})\)? of )?"
    rf"(?:{_ITEM} ?\(?(?P<item>{_N})\)?|(?P<oitem>{'|'.join(_ORDINALS)}) item)"
    rf"(?: of|,)(?: the)? )?"
    rf"(?:(?:{_PARAGRAPH} ?\(?(?P<paragraph>{_N})\)?"
    rf"|(?P<oparagraph>{'|'.join(_ORDINALS)}) paragraph)(?: of|,) )?"
    rf"(?:articles?|arts?\.?) ?(?P<n>{_N})"
)


HEADS = (
    r"(?P<en>(?<![a-z])(?:articles?|arts?\.?) ?\(?(?=[0-9])|§§? ?(?=[0-9]))",
    rf"(?P<reverse>(?<![a-z])(?:{_SUBITEM}|{_ITEM}|{_PARAGRAPH}) ?\(?(?=[0-9])"
    rf"|(?<![a-z])(?:{'|'.join(_ORDINALS)}) (?=paragraph|item))",
)
"""Where an English citation may begin."""


def read_article(folded: str, start: int, at: int) -> Marker | None:
    """The marker whose word ("Article") is ``folded[start:at]``."""
    match = _ARTICLE.match(folded, at)
    if match is None:
        return None
    plural = folded.startswith(("articles", "arts", "§§"), start)
    number, suffix = int(match["n"]), match["suffix"] or match["bis"]
    end = match.end()
    if match["suffix"] and (plural or int(match["suffix"]) > number):  # Articles 25-28
        suffix, end = None, match.end("n")
    ref = Ref(start, end, number, int(suffix) if suffix else None)
    refs, end = _tail(folded, end, ref)
    for _ in range(60):
        more = _LINKED.match(folded, end)
        if more is None or (refs[-1].depth and not (plural or more["word"])):
            break
        if not (plural or more["word"]) and more["join"].strip() == ",":
            break  # Article 30, 3 hours
        if more["word"] and not plural and _link(more["join"]) is Link.LIST:
            break  # Article 25 and Article 27 are two citations
        link = _link(more["join"])
        if link is Link.RANGE and not plural and int(more["n"]) <= number:
            break  # Article 30 to 3 persons
        start_of = more.start("word") if more["word"] else more.start("n")
        tail, end = _tail(folded, more.end(), Ref(start_of, more.end(), int(more["n"]), link=link))
        refs += tail
    return Marker(start, end, tuple(refs), english=True)


def _link(join: str) -> Link:
    return Link.LIST if join.strip(" ,") in ("", "and", "or", "&") else Link.RANGE


def _tail(folded: str, at: int, base: Ref) -> tuple[list[Ref], int]:
    refs = [base]
    if dot := _DOT.match(folded, at):
        at = dot.end()
        refs = [replace(base, paragraph=int(dot[1]), end=at)]
    for _ in range(3):
        last = refs[-1]
        if (bracket := _BRACKET.match(folded, at)) and last.depth < 2:
            at = bracket.end()
            field = "item" if last.depth == 1 else "bracket"
            refs[-1] = _set(last, field, int(bracket["n"]), bracket.end("n") + 1)
            refs += _members(bracket, refs[-1], field)
            continue
        if ordinal := _ORDINAL_TAIL.match(folded, at):
            at = ordinal.end()
            refs[-1] = _set(last, ordinal["what"], _ORDINALS[ordinal["n"]], at)
            continue
        for level, pattern in _TAILS:
            if level > last.depth and (match := pattern.match(folded, at)):
                field = LEVELS[level]
                refs[-1] = _set(last, field, int(match["n"]), match.end("n"))
                refs += _members(match, refs[-1], field)
                at = match.end()
                refs[-1] = replace(refs[-1], end=at)
                break
        else:
            break
    return refs, at


def _set(ref: Ref, field: str, number: int, end: int) -> Ref:
    fields: dict[str, Any] = {field: number}
    return replace(ref, end=end, **fields)


_MEMBER = re.compile(rf"(?P<join>{_JOIN})(?P<what>(?:[a-z.]+ ?)?\(?{_N}\)?)")


def _members(match: re.Match[str], base: Ref, field: str) -> list[Ref]:
    return [
        replace(
            _set(base, field, int(re.sub("[^0-9]", "", part["what"])), part.end()),
            start=part.start("what"),
            link=_link(part["join"]),
        )
        for part in _MEMBER.finditer(match.string, match.start("more"), match.end("more"))
    ]


def read_reverse(folded: str, start: int) -> Marker | None:
    """The marker at ``start`` that names the part first: "item 7 of Article 25"."""
    match = _REVERSE.match(folded, start)
    if match is None:
        return None
    ref = Ref(
        start,
        match.end(),
        int(match["n"]),
        paragraph=_either(match["paragraph"], match["oparagraph"]),
        item=_either(match["item"], match["oitem"]),
        subitem=_either(match["subitem"], None),
    )
    return Marker(start, match.end(), (ref,), english=True)


def _either(digits: str | None, ordinal: str | None) -> int | None:
    if digits:
        return int(digits)
    return _ORDINALS[ordinal] if ordinal else None
