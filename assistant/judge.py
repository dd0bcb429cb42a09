"""One clause against one row, slot by slot.

A slot either agrees with the row, differs from it (with the right words), or is something
that the row does not speak of. Nothing here chooses a row; :mod:`assistant.placing` does.
"""

from __future__ import annotations

from assistant.claims import ClauseReading, SentenceReading
from assistant.findings import FindingKind
from assistant.judge_force import compare_force
from assistant.judge_others import compare_thresholds
from assistant.judge_parties import compare_parties
from assistant.judge_time import compare_anchors, compare_conduct, compare_time, compare_units
from assistant.judge_words import compare_acts, compare_items
from assistant.polarity import Force
from assistant.roles import Party
from assistant.slots import Fit, Row, Slot
from index.limits import LimitKind, TimeMention

__all__ = ["judge"]


def unsaid(mention: TimeMention, clause: ClauseReading, view: str) -> bool:
    """没有写明是每月还是每季度: a limit offered only to say that the text leaves it open."""
    silent = [m for m in clause.marks if m.force is Force.SILENT]
    return (
        bool(silent)
        and silent[0].span.end <= mention.span.start
        and "还是" in view[silent[0].span.end : clause.span.end]
    )


def judge(row: Row, sentence: SentenceReading, clause: ClauseReading, view: str,
          subjects: tuple[Party, ...]) -> tuple[Slot, ...]:  # fmt: skip
    """Every slot of ``clause`` against ``row``. ``subjects`` are the bearers in force, those
    of the clause itself or of an earlier one."""
    slots: list[Slot] = []
    for mention in clause.times:
        denied = sentence.is_denied(mention.span) or unsaid(mention, clause, view)
        done = sentence.conduct
        if (
            done is not None
            and not denied
            and not mention.negated
            and mention.limit.kind is not LimitKind.EFFECTIVE
        ):
            slot = compare_conduct(mention, row, done)
            if slot is not None:
                slots.append(slot)
            continue
        slots.extend(compare_time(mention, row, denied))
    slots.extend(compare_parties(row, sentence, clause, view, subjects))
    slots.extend(compare_thresholds(row, sentence, clause))
    slots.extend(compare_anchors(row, sentence, clause))
    slots.extend(compare_units(row, sentence, clause))
    slots.extend(
        Slot(FindingKind.ACTION, figure.span, Fit.SILENT)
        for figure in clause.figures
        if figure.span.of(view) not in row.around
    )
    slots.extend(compare_items(row, sentence, clause, view))
    slots.extend(compare_acts(row, sentence, clause, view))
    slots.extend(compare_force(row, sentence, clause, view))
    return tuple(slots)
