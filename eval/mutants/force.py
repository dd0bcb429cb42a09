"""Duties weakened, powers made duties, both denied."""

from __future__ import annotations

from collections.abc import Iterator

from eval.mutants.changes import Change, Subject, put, put_others
from eval.mutants.facts import Facts
from eval.mutants.markup import Slot
from index.rules import Modality

__all__ = ["modality", "polarity"]

_WEAKER = {
    "应当": ("可以", "可"), "要": ("可以",), "应": ("可以", "可"), "须": ("可以",),
    "需要": ("可以",), "必须": ("可以",), "一般应当": ("可以",),
    "shall": ("may",), "must": ("may",),
}  # fmt: skip
_STRONGER = {
    "可以": ("必须", "应当"), "可": ("必须", "应当"), "也可以": ("必须", "应当"),
    "有权": ("必须", "应当"), "may": ("must", "shall"),
}  # fmt: skip
_DENIED = {
    "应当": ("不得", "无需", "不应当", "不必"), "要": ("不要", "不用"), "应": ("不应", "无需"),
    "须": ("无须", "不得"), "需要": ("不需要",), "必须": ("不必", "无需", "不得"),
    "可以": ("不得", "不可以"), "可": ("不得", "不可"), "也可以": ("不得", "也不得"),
    "有权": ("无权",), "一般应当": ("不得", "无需"),
    "shall": ("shall not", "need not"), "must": ("must not", "need not"),
    "may": ("may not", "must not"),
}  # fmt: skip


def modality(subject: Subject, facts: Facts) -> Iterator[Change]:
    """应当 → 可以; of a power, 可以 → 必须."""
    may = subject.rule.modality is Modality.MAY
    if not facts.free_modality(subject.rule):
        return
    for mark in subject.marks(Slot.MODALITY):
        words = (_STRONGER if may else _WEAKER).get(subject.said(mark.span), ())
        yield from put(subject, mark.span, subject.pick(words))


def polarity(subject: Subject, facts: Facts) -> Iterator[Change]:
    """应当 → 不得, 负责 → 不负责, 不变 → 改变."""
    del facts
    for mark in subject.marks(Slot.POLARITY):
        yield from put_others(subject, mark)
    for mark in subject.marks(Slot.MODALITY):
        words = _DENIED.get(subject.said(mark.span), ())
        yield from put(subject, mark.span, subject.pick(words))
