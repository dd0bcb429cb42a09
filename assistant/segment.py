"""Text → blocks, sentences and clauses, with offsets into the text as given.

One pass over a *view* of the text: simplified script, half width, lower case, mark-up
blanked out, and always of the same length, so that an offset in the view is an offset in
the text.
"""

from __future__ import annotations

import enum
import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from index.text import Script, Span, convert

__all__ = [
    "Clause",
    "Quotation",
    "Sentence",
    "find_block_quotations",
    "find_quotations",
    "make_view",
    "segment",
]


@functools.cache
def _single_forms() -> dict[int, str]:
    """Compatibility forms that keep the length: full width, compatibility ideographs …"""
    table = {i: chr(i).lower() for i in range(0x41, 0x5B)}
    for start, end in ((0xA0, 0x180), (0x2010, 0x2190), (0x2460, 0x2500), (0x2E80, 0x3040),
                       (0xF900, 0xFB00), (0xFE30, 0xFFF0)):  # fmt: skip
        for code in range(start, end):
            form = unicodedata.normalize("NFKC", chr(code)).lower()
            if len(form) == 1 and form != chr(code):
                table[code] = form
    # Mark-up and invisible characters: blanks, never part of a word.
    table.update(dict.fromkeys(map(ord, "*`_~#\u200b\u200c\u200d\ufeff\u00ad\u2060"), " "))
    table.update({ord("\r"): "\n", 0x2028: "\n", 0x2029: "\n", 0x85: "\n", ord("｡"): "。"})
    return table


# "> " before each line of a Markdown block quote.
_QUOTE_BLOCK = re.compile(r"^[ \t]*(?:>[ \t]*)+", re.M)
_UNSAFE = re.compile("[\ud800-\udfff\0]")


def make_view(text: str) -> str:
    """``text`` as the checker reads it; ``len(make_view(t)) == len(t)``.

    >>> make_view("**第３０條**：1小時")
    '  第30条  :1小时'
    """
    safe = _UNSAFE.sub("\ufffd", text)
    view = convert(safe.translate(_single_forms()), Script.SIMPLIFIED)
    return _QUOTE_BLOCK.sub(lambda m: " " * len(m[0]), view) if ">" in view else view


class Break(enum.IntEnum):
    """How strongly a clause is cut off from the one before it."""

    COMMA = 0
    COLON = 1
    SEMICOLON = 2
    SENTENCE = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas; ``cut`` says what separates it from the clause before."""

    span: Span
    cut: Break


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list entry or table row.

    ``block`` numbers paragraphs (a blank line starts a new one); ``heading`` is what
    governs the sentence: a line that ends with a colon, a Markdown heading, the head of
    a table.
    """

    span: Span
    clauses: tuple[Clause, ...]
    question: bool
    block: int
    line: int
    heading: Span | None = None
    table: bool = False
    """Whether it is the row of a table."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text between quotation marks; ``span`` without the marks, ``outer`` with them."""

    span: Span
    outer: Span


LONGEST_CLAUSE = 400
MOST_CLAUSES = 40

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "«": "»", "〝": "〞"}
_CLOSERS = {close: open_ for open_, close in _PAIRS.items()}
_QUOTE_MARK = re.compile('[“”‘’「」『』«»〝〞"\n]')
# 同事问能不能…。 asks without the mark.
_ASKS = re.compile(
    r"\s*[^,。;:!?\n“「]{0,6}问(?!题|责|询|政|候)[^。!?\n]*(?:能不能|可不可以|是不是|要不要|行不行|算不算|有没有|是否)[^。!?\n]*[。.]"
)
_CLOSE = re.compile(r"[”’」』\"'）)】\]]+")


def find_quotations(view: str) -> tuple[Quotation, ...]:
    """All quotations of a view, outer before inner; an unpaired mark is no quotation.

    >>> [q.span.of("甲「乙『丙』」丁") for q in find_quotations("甲「乙『丙』」丁")]
    ['乙『丙』', '丙']
    """
    found: list[Quotation] = []
    stack: list[tuple[str, int]] = []
    blank = -2
    for match in _QUOTE_MARK.finditer(view):
        mark, at = match[0], match.start()
        if mark == "\n":  # a straight mark does not outlive its line, a pair not its paragraph
            if at == blank + 1:
                stack.clear()
            blank = at
            stack = [entry for entry in stack if entry[0] != '"']
            continue
        if mark == '"':
            if stack and stack[-1][0] == '"':
                start = stack.pop()[1]
                found.append(Quotation(Span(start + 1, at), Span(start, at + 1)))
            else:
                stack.append((mark, at))
        elif mark in _PAIRS:
            if mark == "’" or (mark == "‘" and _inside_word(view, at)):
                continue
            stack.append((mark, at))
        else:
            if mark == "’" and _inside_word(view, at):  # an apostrophe
                continue
            opener = _CLOSERS[mark]
            depth = next((d for d in range(len(stack), 0, -1) if stack[d - 1][0] == opener), 0)
            if depth and len(stack) - depth < 8:
                start = stack[depth - 1][1]
                del stack[depth - 1 :]
                found.append(Quotation(Span(start + 1, at), Span(start, at + 1)))
        if len(stack) > 64:
            del stack[:32]
    return tuple(sorted(found, key=lambda q: (q.outer.start, -q.outer.end)))


_QUOTED = re.compile('[“「『"]')
_BLOCK = re.compile(r"^[ \t]*(?:>[ \t]*)+(?P<words>[^\s>][^\n]*)(?:\n[ \t]*>[^\n]*)*", re.M)


def find_block_quotations(text: str) -> tuple[Quotation, ...]:
    """The block quotations of Markdown: lines that begin with ">".

    >>> [q.span.of("甲:\\n> 乙\\n> 丙") for q in find_block_quotations("甲:\\n> 乙\\n> 丙")]
    ['乙\\n> 丙']
    """
    spans = (Span(m.start("words"), m.start() + len(m[0].rstrip())) for m in _BLOCK.finditer(text))
    return (
        tuple(
            Quotation(span, span)
            for span in spans
            if not _QUOTED.search(text, span.start, span.end)
        )
        if ">" in text
        else ()
    )


def _inside_word(view: str, at: int) -> bool:
    before, after = view[at - 1 : at], view[at + 1 : at + 2]
    return before.isascii() and before.isalpha() and after.isascii() and after.isalpha()


# A full stop of English ends a sentence before a blank, not in 30.1, "art. 30" or "e.g. this".
_ABBREVIATION = re.compile(r"(?:\b(?:art|arts|para|paras|no|e\.g|i\.e|etc|vs|cf|sec)|\b[a-z])$")
_END = re.compile(r"[。!?！？;；]+|\.(?=\s|$)|…{2,}(?=\n|$)")
_CUT = re.compile(r"(?<!\d),|,(?!\d)|(?<!\d):|:(?!\d)|——?|–|—|[|→⇒➡]| - |->|\t")
# The cells of a table row are one claim.
_CUT_IN_CELL = re.compile(_CUT.pattern.replace("[|→⇒➡]", "[→⇒➡]"))
_MARKER = re.compile(
    r"[ \t>]*(?:[-•·●○▪■◆–—+]\s+|\(?[0-9]{1,2}[.、)](?!\d)\s*|"
    r"\(?[一二三四五六七八九十]{1,3}[)、]\s*)*"
)
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t:|-]*-{2,}[ \t:|-]*")
_LINE = re.compile(r"[^\n]*\n?")


def segment(text: str) -> tuple[Sentence, ...]:
    """Cut ``text`` into sentences.

    >>> [s.span.of("甲，乙。丙？丁") for s in segment("甲，乙。丙？丁")]
    ['甲，乙。', '丙？', '丁']
    >>> t = "每月：\\n- 甲\\n- 乙"
    >>> [(s.span.of(t), s.heading and s.heading.of(t)) for s in segment(t)]
    [('每月：', None), ('甲', '每月：'), ('乙', '每月：')]
    """
    return segment_view(make_view(text), text)


def segment_view(view: str, text: str) -> tuple[Sentence, ...]:
    """As :func:`segment` for a view already made (``text`` shows the mark-up it lacks)."""
    out: list[Sentence] = []
    heading: Span | None = None
    head_row: Span | None = None
    block = 0
    for number, match in enumerate(_LINE.finditer(view)):
        line = match[0].rstrip()
        if not match[0]:
            continue
        start, end = match.start(), match.start() + len(line)
        if not line.strip():
            block += 1
            head_row = None
            if out and heading is not None and heading.end <= out[-1].span.start:
                heading = None  # a heading governs the block after it, not the next but one
            continue
        if "|" in line and _TABLE_RULE.fullmatch(line):
            head_row = out[-1].span if out and out[-1].line == number - 1 else None
            continue
        table = line.count("|") >= 2
        body = _MARKER.match(view, start, end)
        listed = body is not None and body.end() > start and not view[start : body.end()].isspace()
        at = body.end() if body is not None else start
        raw = text[start:end].strip()
        titled = raw.startswith("#") or (raw.startswith("**") and raw.endswith("**"))
        opens = line.endswith(":") or titled
        governed = head_row if table else heading
        if not listed and not table and (opens or number == 0):
            governed = None
        cut = _CUT_IN_CELL if table else _CUT
        for span, question in _sentences(view, at, end):
            clauses = tuple(_clauses(view, span, cut))
            for i in range(0, len(clauses), MOST_CLAUSES):
                part = clauses[i : i + MOST_CLAUSES]
                whole = span if len(clauses) <= MOST_CLAUSES else Span(
                    part[0].span.start, part[-1].span.end
                )  # fmt: skip
                out.append(Sentence(whole, part, question, block, number, governed, table))
        if opens and not listed and out:
            heading = Span(out[-1].span.start, end)
    return tuple(out)


def _sentences(view: str, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    at = start
    for match in _END.finditer(view, start, end):
        mark = match[0]
        if mark in ";；":
            continue  # cuts clauses
        if mark == "." and _ABBREVIATION.search(view, max(at, match.start() - 5), match.start()):
            continue
        stop = match.end()
        closing = _CLOSE.match(view, stop, end)
        if closing is not None:
            stop = closing.end()
        asks = "?" in mark or "？" in mark or _ASKS.match(view, at, stop) is not None
        yield from _trimmed(view, at, stop, asks)
        at = stop
    yield from _trimmed(view, at, end, False)


def _trimmed(view: str, start: int, end: int, question: bool) -> Iterator[tuple[Span, bool]]:
    while start < end and view[start].isspace():
        start += 1
    while end > start and view[end - 1].isspace():
        end -= 1
    if end > start:
        yield Span(start, end), question


@functools.cache
def _cuts(comma: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(rf"(?P<semi>[;；])|(?P<end>{_END.pattern})|(?P<comma>{comma.pattern})")


def _clauses(view: str, sentence: Span, comma: re.Pattern[str]) -> Iterator[Clause]:
    at, cut = sentence.start, Break.SENTENCE
    for match in _cuts(comma).finditer(view, sentence.start, sentence.end):
        if match["end"] == ".":
            continue
        for span in _pieces(view, at, match.start()):
            yield Clause(span, cut)
            cut = Break.COMMA
        at = match.end()
        if match["semi"]:
            cut = max(cut, Break.SEMICOLON)
        elif match["comma"] in (":", "|"):
            cut = max(cut, Break.COLON)
    for span in _pieces(view, at, sentence.end):
        yield Clause(span, cut)


def _pieces(view: str, start: int, end: int) -> Iterator[Span]:
    """One clause as a rule; what nobody writes as one is cut, so that work stays linear."""
    for at in range(start, end, LONGEST_CLAUSE):
        for span, _ in _trimmed(view, at, min(end, at + LONGEST_CLAUSE), False):
            yield span
