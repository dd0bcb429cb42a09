"""What an operator is given, and what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eval.mutants.facts import Facts
from eval.mutants.markup import Draft, Mark, Slot
from index.rules import Rule
from index.text import Script, Span, convert

__all__ = ["Change", "Operator", "Subject", "in_digits_of", "put", "put_others"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A true text, its row, and how it is written."""

    rule: Rule
    draft: Draft
    lang: str
    """zh-Hans, zh-Hant or en."""
    turn: int
    """Decides among wrong words of equal right."""

    def said(self, span: Span) -> str:
        """The words at ``span``, in simplified script."""
        return convert(span.of(self.draft.text), Script.SIMPLIFIED)

    def marks(self, *slots: Slot) -> Iterator[Mark]:
        """The marks of these slots."""
        return (m for m in self.draft.marks if m.slot in slots)

    def pick(self, words: tuple[str, ...] | list[str], by: int = 0) -> str | None:
        """One of ``words`` by ``turn``; None when there is none."""
        return words[(self.turn + by) % len(words)] if words else None


@dataclass(frozen=True, slots=True)
class Change:
    """``span`` of the true text gives way to ``words``; ``wrong`` is then at fault."""

    span: Span
    words: str
    wrong: Span
    """In the changed text: ``words``, or for a dropped character its neighbours."""


Operator = Callable[[Subject, Facts], Iterator[Change]]


def put(subject: Subject, span: Span, words: str | None) -> Iterator[Change]:
    """``words``, given in simplified script, for ``span``."""
    if words is None:
        return
    if subject.lang == Script.TRADITIONAL:
        words = convert(words, Script.TRADITIONAL)
    if words != span.of(subject.draft.text):
        yield Change(span, words, Span(span.start, span.start + len(words)))


def put_others(subject: Subject, mark: Mark) -> Iterator[Change]:
    """One of the false words that the template names."""
    yield from put(subject, mark.span, subject.pick(mark.others))


def in_digits_of(digits: str, model: str) -> str:
    """``digits`` full width where ``model`` is.

    >>> in_digits_of("20", "１")
    '２０'
    """
    wide = not model.isascii()
    return "".join(chr(ord(d) + 0xFEE0) for d in digits) if wide else digits
