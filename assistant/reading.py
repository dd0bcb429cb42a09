"""From what a person typed to a :class:`Question`, one question at a time.

:mod:`assistant.follow_up` adds what a chat's earlier questions contribute.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import phrases
from assistant.knowledge import Knowledge
from assistant.question import Intent, Language, Question, Unit
from assistant.statements import yes_no
from index.actors import ActorMention
from index.citation import Citation, find_citations, parse_citation
from index.errors import CitationError
from index.moments import find_moments
from index.numerals import NUMERAL
from index.regulation import ProvisionId
from index.text import Span, fold
from index.timelimit import find_time_limits
from index.works import is_own

__all__ = ["part_questions", "read_question"]

_TIME_INTENTS = frozenset({Intent.DEADLINE, Intent.FREQUENCY, Intent.SCENARIO})

# A level word of one character is a word of other things too (区别, 市域): it counts only
# before one of these.
_LEVEL_TAIL = re.compile("里|上|(?:这)?一?级|层面|呢")


def _units(
    plain: str, actors: Sequence[ActorMention], knowledge: Knowledge, language: Language
) -> tuple[Unit, ...]:
    taken = [m.span for m in actors]
    out = [
        Unit(p.span, p.level, p.foreign)
        for p in knowledge.actors.find_places(plain)
        if not any(p.span.overlaps(t) for t in taken)
    ]
    taken += [u.span for u in out]
    vocabulary = knowledge.actors.vocabulary
    words = vocabulary.levels_en if language is Language.EN else vocabulary.levels
    for match in _level_words(tuple(words), language is Language.EN).finditer(plain):
        span, level = Span(*match.span()), words[match[0]]
        short = len(match[0]) == 1 and not _LEVEL_TAIL.match(plain, match.end())
        if level is not None and not short and not any(span.overlaps(t) for t in taken):
            out.append(Unit(span, level))
    return tuple(sorted(out, key=lambda u: u.span))


@functools.cache
def _level_words(words: tuple[str, ...], english: bool) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    pattern = "|".join(map(re.escape, ordered))
    return re.compile(rf"\b(?:{pattern})\b" if english else pattern)


_PAIR = re.compile(
    r"(?P<a>[^,。?:;和与跟及]{2,24}?)(?:和|与|跟|同(?!级|谋|部|推|考)|以及|、)(?P<b>[^,。?:;]{2,24}?)"
    r"(?P<rest>的|在|有(?:什么|啥|何|哪)|分别|各自?|(?:是)?(?:怎么|如何|怎样)|之间|,|\?|$)"
)


_PAIR_EN = re.compile(
    r"\b(?:between|of|compare|do|does|who|what) (?P<a>[a-z][^,?]{3,60}?)"
    r" (?:and|versus|vs\.?|from|to) (?P<b>[a-z][^,?]{3,60}?)(?P<rest> differ| in |,|\?|$)"
)


def _parts(plain: str, actors: Sequence[ActorMention], units: Sequence[Unit]) -> tuple[str, ...]:
    """The comparison's question, once for each thing compared."""
    spans = [m.span for m in actors]
    named = sorted(spans if len(spans) >= 2 else spans + [u.span for u in units])[:4]
    if len(named) >= 2:
        return tuple(_without(plain, [s for s in named if s != span]) for span in named)
    if match := _PAIR_EN.search(plain) or _PAIR.search(plain):
        before, after = plain[: match.start()], plain[match.start("rest") :]
        return tuple(f"{before}{match[side]}{after}" for side in ("a", "b"))
    return ()


def _without(plain: str, spans: Sequence[Span]) -> str:
    """``plain`` less ``spans`` and the conjunctions that they leave hanging."""
    for span in sorted(spans, reverse=True):
        before = re.sub(r"(?:和|与|跟|同|以及|、|,| and| or| the)\s*$", "", plain[: span.start])
        after = re.sub(r"^\s*(?:和|与|跟|以及|、)", "", plain[span.end :])
        plain = f"{before} {after}" if before.isascii() else before + after
    return plain


def _asks(plain: str) -> tuple[Intent | None, frozenset[Intent]]:
    found = [Intent(name) for name, words in phrases.ASKS if words.search(plain)]
    if phrases.BASIS.search(plain):
        found.append(Intent.BASIS)
    return (found[0] if found else None), frozenset(found)


@functools.lru_cache(maxsize=512)
def _focus(plain: str) -> str:
    return re.sub(r"\s+", " ", phrases.INTERROGATIVES.sub(" ", phrases.plainly(plain))).strip()


_TITLE = re.compile("《[^《》]{2,40}》")


def _small_talk(plain: str) -> str | None:
    return next((name for name, words in phrases.SMALL_TALK if words.match(plain.strip())), None)


def _introduction(plain: str, actors: Sequence[ActorMention], units: Sequence[Unit]) -> str | None:
    """我是旗检察院的: who asks, and no question."""
    named = any(not m.foreign for m in actors) or any(not u.foreign for u in units)
    return "introduction" if named and phrases.INTRODUCTION.match(plain.strip()) else None


def _lookup_only(plain: str, citations: Sequence[Citation]) -> bool:
    """Whether the question is a citation and little else: its text is wanted."""
    rest = plain
    for citation in sorted(citations, key=lambda c: c.span.start, reverse=True):
        rest = rest[: citation.span.start] + " " + rest[citation.span.end :]
    rest = re.sub(
        r"给我|看看?|一下|念|读|帮|我|要|想|展示|显示|列出|请|全文|原文|内容|条文|文字|说|讲|写|规定|是|的|了|什么|啥|"
        r"怎么|具体|呢|吗|里|中|有|主要|完整|引用|贴出来|发|查|找|打开|把|text of|text|full|show me|show|give me|give|what does"
        r"|what is|what's|says?|say|content|contents|of|the|please|quote|read|in|provide|this regulation|regulation|me|cite|it"
        r"|under|measures|implementation|stipulate|provide|[?!.,。、:;\"“”'《》\s]|本办法|实施办法|办法",
        "",
        rest,
    )
    return len(rest) <= 2


# 把19条给我, 三十条一款: in a question the 第 may go; 共47条 and 编一条 count, and are no
# citations. A number is read whole: 共47条 is not 7条 either.
_BARE_CITATION = re.compile(
    rf"(?<![第共有约达余多几哪这那该每上下前后0-9〇零一二两三四五六七八九十廿卅百千])"
    rf"(?![一两]条(?!第?{NUMERAL}[款项]))(?:{NUMERAL})条(?!路|件|线|例|意见|措施|建议)(?:(?:之{NUMERAL})|第?{NUMERAL}[款项]|第?\\({NUMERAL}\\)项?)*"
)


_SHORTHAND = re.compile(r"\d{1,3}(?:-\d{1,2})?(?:\.\d{1,2})?(?:\(\d{1,2}\))?")


def _citations(plain: str, knowledge: Knowledge, here: ProvisionId | None) -> tuple[Citation, ...]:
    found = find_citations(plain, regulation=knowledge.regulation, here=here)
    if found:
        return found
    # 30.1, 25(6): the shorthand of the look-up box, as a question of its own
    whole = _SHORTHAND.fullmatch(plain)
    for match in (whole,) if whole else _BARE_CITATION.finditer(plain):
        try:
            citation = parse_citation(match[0], regulation=knowledge.regulation)
        except CitationError:
            continue
        return (replace(citation, span=Span(*match.span()), parts=()),)
    return ()


def part_questions(question: Question, knowledge: Knowledge) -> tuple[Question, ...]:
    """The question read anew for each of its compared parts."""
    return tuple(
        replace(read_question(part, knowledge, question.language), parts=(), asks=question.asks)
        for part in question.parts
    )


def read_question(
    text: str, knowledge: Knowledge, language: Language, here: ProvisionId | None = None
) -> Question:
    """Understand ``text`` by itself; ``here`` is the provision that 同条, 第二款 lean on."""
    plain = fold(text, keep_space=True).text.strip()
    first, asks = _asks(plain)
    about = _TITLE.sub(lambda m: " " if is_own(m[0], knowledge.regulation) else m[0], plain)
    citations = _citations(plain, knowledge, here)
    actors = knowledge.actors.find(plain)
    units = _units(plain, actors, knowledge, language)
    moments = find_moments(plain)
    statement = yes_no(plain, language)
    own = [c for c in citations if c.work is None]
    small = _small_talk(plain) or _introduction(plain, actors, units)
    if small:
        intent = Intent.SMALL_TALK
    elif own and _lookup_only(plain, own):
        intent = Intent.LOOKUP
    elif statement is not None:
        intent = Intent.YES_NO
    elif first in _TIME_INTENTS and any(m.clock is not None for m in moments):
        intent = Intent.SCENARIO
    else:
        intent = first or (Intent.LOOKUP if own else Intent.GENERAL)
    return Question(
        text=text,
        plain=plain,
        language=language,
        intent=intent,
        asks=asks | {intent},
        focus=_focus(phrases.BASIS.sub(" ", about) if Intent.BASIS in asks else about),
        about=about,
        yes_no=statement,
        actors=actors,
        units=units,
        parts=_parts(plain, actors, units) if intent is Intent.COMPARE else (),
        citations=citations,
        limits=tuple(find_time_limits(plain)),
        moments=moments,
        unregulated=next((n for n, words in phrases.UNREGULATED if words.search(plain)), None),
        injection=bool(phrases.INJECTION.search(plain)),
        fabrication=bool(phrases.FABRICATION.search(plain)),
        small_talk=small,
    )
