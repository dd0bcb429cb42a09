"""What comparing a clause with a row yields, and a row made ready for it."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.conduct import Elapsed
from assistant.findings import FindingKind
from assistant.measures import find_thresholds, severity
from assistant.segment import make_view
from index.actors import ActorMention, ActorTable, Relation
from index.limits import TimeLimit
from index.rules import Rule
from index.text import Span

__all__ = ["Fault", "Fit", "Row", "Slot", "pairs"]


class Fit(enum.StrEnum):
    """How a slot stands to a row."""

    AGREES = "agrees"
    DIFFERS = "differs"
    SILENT = "silent"
    """The row says nothing of the kind, so it cannot bear the claim out."""
    UNSAID = "unsaid"
    """As silent, but no claim by itself: a receiver where the row names none."""
    NEUTRAL = "neutral"
    """Neither for nor against."""


class Fault(enum.StrEnum):
    """What is wrong with a slot, for the explanation."""

    AMOUNT = "amount"
    COUNT = "count"
    COMPARISON = "comparison"
    ANCHOR = "anchor"
    DENIED = "denied"
    WORD = "word"
    BEARER = "bearer"
    LEVEL = "level"
    RECIPIENT = "recipient"
    WEAKENED = "weakened"
    STRENGTHENED = "strengthened"
    EXEMPTED = "exempted"
    REVERSED = "reversed"
    SILENCE = "silence"
    NAMED = "named"
    CONDUCT = "conduct"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Slot:
    """One element of a clause, compared. ``expected`` is simplified Chinese, or an actor
    or limit still to be put in words, when it differs."""

    kind: FindingKind
    span: Span
    fit: Fit
    fault: Fault | None = None
    limit: TimeLimit | None = None
    """The right amount, when the fault is in the time."""
    actors: tuple[tuple[str, Relation | None], ...] = ()
    """The right actors, when the fault is in the actor."""
    words: str | None = None
    """The right words as the regulation has them."""
    told: Elapsed | None = None
    """The time that a story amounts to, when the fault is in what was done."""
    weak: bool = False
    """Whether it rests on little: a fault on a role that no case marker shows, an agreement on
    a word of haste or of force."""


_BOUND = re.compile(r"[^\w\u4e00-\u9fff ]")


class Row:
    """A rule with what comparing needs, made once."""

    def __init__(self, rule: Rule, actors: ActorTable, around: str) -> None:
        self.rule = rule
        self.table = actors
        self.quote = make_view(rule.quote)
        self.around = make_view(around)
        self.statement = make_view(rule.statement)
        self.statement_en = make_view(rule.statement_en)
        quoted = tuple(m for m in actors.find(self.quote) if m.actor != "regulation")
        known = {(m.actor, m.relation) for m in quoted}
        told = actors.find(self.statement)
        self._named = quoted + tuple(
            m for m in told
            if m.relation is not None and (m.actor, m.relation) not in known
        )  # fmt: skip
        self._named_en = tuple(m for m in actors.find(self.statement_en) if m.actor != "regulation")
        self.threshold = next(iter(find_thresholds(self.quote)), None)
        self.condition = make_view(rule.condition or "\n")
        self.steady = "不变" in self.quote
        self.prevails = (
            "ours" if "按照本办法" in self.quote else "theirs" if "从其规定" in self.quote else None
        )
        """Which text holds where two differ: this one, the other, or the row does not say."""
        self.severity = severity(make_view(rule.event or rule.statement))
        act = make_view(rule.action)
        self.act = rule.action if rule.action in ("请示", "报告") and rule.time is None else None
        """请示 or 报告, where that is all that the row asks: two duties, often confused."""
        self.verbs = frozenset(act[i : i + 2] for i in range(len(act) - 1)) | {
            g for t in rule.topics for g in pairs(make_view(t)) if g[0] in act or g[1] in act
        }
        self.prompt = any(w in self.quote for w in ("及时", "立即", "第一时间"))
        # 视情节轻重, 由甲约谈、通报: which of them, is left to the one who acts
        self.permits = bool(
            re.search(r"可以|可(?![能靠行])|受其委托", self.quote) or "视情节" in self.around
        )
        self.negates = bool(re.search(r"不|无|未", self.quote))

    def named(self, english: bool) -> tuple[ActorMention, ...]:
        """Whom the row names, in the words of the language of the text."""
        return self._named_en if english else self._named

    def has(self, view: str, span: Span) -> bool:
        """Whether the words at ``span`` stand in the row with the same words around them."""
        said = span.of(view)
        after = _BOUND.split(view[span.end : span.end + 2])[0]
        before = _BOUND.split(view[max(0, span.start - 2) : span.start])[-1]
        return bool(before or after) and any(
            before + said + after in own for own in (self.quote, self.statement, self.statement_en)
        )

    def statement_names(self, actor: str) -> str:
        """An actor as the row's statement writes it."""
        return make_view(self.table.name(actor))

    def bearer_ids(self) -> tuple[str, ...]:
        return tuple(b for b in self.rule.bearers if b != "regulation")


def pairs(text: str) -> Iterable[str]:
    return (text[i : i + 2] for i in range(len(text) - 1))
