"""Citations of the wrong provision, quotations with a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from eval.mutants.changes import Change, Subject, in_digits_of, put, put_others
from eval.mutants.facts import Facts
from eval.mutants.markup import Mark, Slot
from index.numerals import numeral
from index.text import Script, Span, convert

__all__ = ["article", "item", "paragraph", "quote"]


def article(subject: Subject, facts: Facts) -> Iterator[Change]:
    """第三十条 → 第三十一条, and articles that do not exist."""
    mark = subject.draft.only(Slot.ARTICLE)
    if mark is None:
        return
    if mark.others:
        yield from put_others(subject, mark)
        return
    regulation, rule = facts.knowledge.regulation, subject.rule
    mine, last = rule.provision.article, len(regulation.articles)
    near = (mine + 1, mine - 1, mine + 10, mine - 10, mine * 2, last + 1 + mine % 30, mine + 2)
    wrong = [
        n
        for n in near
        if n > 0
        and n != mine
        and facts.free_provision(rule, replace(rule.provision.of_article, article=n))
    ]
    for by in range(2):
        if wrong:
            n = wrong[(subject.turn + by) % len(wrong)]
            yield from put(subject, mark.span, _renumbered(subject, mark, n))


def paragraph(subject: Subject, facts: Facts) -> Iterator[Change]:
    """第一款 → 第二款: another, or one that does not exist."""
    mark = subject.draft.only(Slot.PARAGRAPH)
    if mark is None:
        return
    rule = subject.rule
    wrong = [
        n
        for n in range(1, 6)
        if n != rule.provision.paragraph
        and facts.free_provision(rule, replace(rule.provision, paragraph=n, item=None))
    ]
    if wrong:
        n = wrong[subject.turn % len(wrong)]
        yield from put(subject, mark.span, _renumbered(subject, mark, n))


def item(subject: Subject, facts: Facts) -> Iterator[Change]:
    """第（三）项 → 第（四）项."""
    mark = subject.draft.only(Slot.ITEM)
    if mark is None:
        return
    rule = subject.rule
    wrong = [
        n
        for n in range(1, 13)
        if n != rule.provision.item and facts.free_provision(rule, replace(rule.provision, item=n))
    ]
    for by in range(2):
        if wrong:
            n = wrong[(subject.turn + by * 3) % len(wrong)]
            yield from put(subject, mark.span, _renumbered(subject, mark, n))


_NUMERAL = re.compile("[0-9０-９一二三四五六七八九十百]+")


def _renumbered(subject: Subject, mark: Mark, n: int) -> str:
    said = subject.said(mark.span)
    found = _NUMERAL.search(said)
    assert found is not None, said
    words = numeral(n) if not found[0].isdecimal() else in_digits_of(str(n), found[0])
    return said[: found.start()] + words + said[found.end() :]


# Quotations

_SLIPS = dict(
    zip(
        "应当必须可以向对和及后前上下内外级同大重要不或者年月日周每的领导建立制完作实党政研究分报告请示督查机构强推进",
        "须该务需能已对向与与前后下上外内层各重大需未和及月年月月各之引领创设定改务落政党调查解汇报申求监检体关大促动",
        strict=True,
    )
)
"""What people write for one another."""


def quote(subject: Subject, facts: Facts) -> Iterator[Change]:
    """One character of a quotation dropped, replaced, or changed with the next."""
    mark = subject.draft.only(Slot.QUOTE)
    if mark is None:
        return
    text = mark.span.of(subject.draft.text)
    # not at its ends: there a dropped character leaves a shorter verbatim quotation
    inner = [
        i
        for i in range(1, len(text) - 2)
        if all("\u4e00" <= c <= "\u9fff" for c in text[i - 1 : i + 2])
    ]
    for kind, slip in enumerate((_dropped, _replaced, _swapped)):
        for by in range(len(inner)):
            at = inner[(subject.turn * 7 + kind * 5 + by * 3) % len(inner)]
            made = slip(text, at, subject.lang)
            if made is None:
                continue
            words = made[0] + text[made[1] :]
            if not facts.verbatim(convert(words, Script.SIMPLIFIED)):
                yield Change(mark.span, words, made[2].shift(mark.span.start))
                break


Slip = tuple[str, int, Span]
"""The text up to and with the slip, where the rest goes on, and the slip in the new text."""


def _dropped(text: str, at: int, lang: str) -> Slip | None:
    del lang
    return text[:at], at + 1, Span(at - 1, at + 1)


def _replaced(text: str, at: int, lang: str) -> Slip | None:
    other = _SLIPS.get(convert(text[at], Script.SIMPLIFIED))
    if other is None:
        return None
    if lang == Script.TRADITIONAL:
        other = convert(other, Script.TRADITIONAL)
    return text[:at] + other, at + 1, Span(at, at + 1)


def _swapped(text: str, at: int, lang: str) -> Slip | None:
    del lang
    if text[at] == text[at + 1]:
        return None
    return text[:at] + text[at + 1] + text[at], at + 2, Span(at, at + 2)
