"""What makes a changed text false, or leaves it true: the guards of the operators.

A mutant is only worth counting when no row of the table makes it true again. These
guards are deliberately coarse: what they are not sure of is not made.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from index.actors import Level, Relation
from index.regulation import ProvisionId
from index.rules import Modality, Rule

__all__ = ["Facts", "echo", "han", "timed"]

_NOT_HAN = re.compile(r"[^\u4e00-\u9fff0-9]")

# In nearly every row, and so no sign that two rows speak of the same thing.
_COMMON = re.compile(
    "应当|必须|可以|一般|自治区|盟市|旗县(?:市区)?|苏木乡镇街道办事处|党委政法委员会|政法委员会"
    "|政法单位|党组党委|本办法|各级|同级|上级|下级|有关|以及|或者|相关"
    "|每季度|每半年|每[年月]|至少|[0-9]+(?:次|周|小时|个工作日|年)|以上|及时|立即"
)

# An organ and its Party group, and those whom inspections inspect: not kept apart by people.
_TWINS = {
    "group": ("organ", "organ.inspected"),
    "organ": ("group", "organ.inspected"),
    "commission": ("organ.inspected",),
}

RARE = 10
"""Pieces in more rows than this (工作, 政法, 重大) do not tell what a row is about."""
SHARED, SHARE = 2, 1 / 4
"""Rare pieces that two rows must share, and of which share of the shorter, to say perhaps
the same."""
ECHO = 0.4
"""Share of a row's pieces in a provision from which the provision may say the same."""


def han(text: str) -> str:
    """The Chinese characters and digits of ``text``.

    >>> han("案(事)件，1次")
    '案事件1次'
    """
    return _NOT_HAN.sub("", text)


@functools.cache
def _pieces(text: str) -> frozenset[str]:
    # an actor's name parts what it stands between: 向〔同级党委〕报告 holds no 向报
    words = _COMMON.sub(" ", han(text)).split()
    return frozenset(w[i : i + 2] for w in words for i in range(len(w) - 1))


def echo(what: str, where: str) -> float:
    """Share of ``what``'s two-character pieces that occur in ``where``; 1.0 when it has none.

    >>> echo("分析研判社会稳定形势", "每月至少分析研判1次本辖区社会稳定形势")
    0.8888888888888888
    >>> echo("报", "回避")
    1.0
    """
    mine = _pieces(what)
    return len(mine & _pieces(where)) / len(mine) if mine else 1.0


@dataclass(frozen=True)
class Facts:
    """The guards of one regulation."""

    knowledge: Knowledge

    @functools.cached_property
    def whole(self) -> str:
        """All characters of the regulation, in a row."""
        return han(self.knowledge.regulation.text.simplified)

    @functools.cached_property
    def _contents(self) -> dict[str, str]:
        return {rule.id: _content(rule) for rule in self.knowledge.rules}

    def related(self, one: str, others: Iterable[str]) -> bool:
        """Whether an actor is, or is a kind of, or may pass for one of ``others``, or the
        other way round."""
        actors = self.knowledge.actors
        mine = {one, *_TWINS.get(actors.family(one), ())}
        return any(actors.is_a(m, other) or actors.is_a(other, m) for m in mine for other in others)

    @functools.cached_property
    def _telling(self) -> dict[str, frozenset[str]]:
        """The rare pieces of every row."""
        pieces = {id: _pieces(content) for id, content in self._contents.items()}
        rows = Counter(itertools.chain.from_iterable(pieces.values()))
        return {id: frozenset(p for p in found if rows[p] <= RARE) for id, found in pieces.items()}

    def same_thing(self, rule: Rule, other: Rule) -> bool:
        """Whether ``other`` may say what ``rule`` says: the same duty, and its number."""
        if timed(rule) and not _as_often(rule, other):
            return False
        mine, theirs = self._telling[rule.id], self._telling[other.id]
        shared = len(mine & theirs)
        return shared >= SHARED and shared >= SHARE * min(len(mine), len(theirs))

    def _like(self, rule: Rule) -> tuple[Rule, ...]:
        """The other rows that may speak of the same duty."""
        known = self._likes.get(rule.id)
        if known is None:
            known = self._likes[rule.id] = tuple(
                other
                for other in self.knowledge.rules
                if other is not rule and self.same_thing(rule, other)
            )
        return known

    @functools.cached_property
    def _likes(self) -> dict[str, tuple[Rule, ...]]:
        return {}

    def free_bearer(self, rule: Rule, actor: str) -> bool:
        """Whether ``actor`` certainly has not the duty of this row."""
        parties = [*rule.bearers, *(r.actor for r in rule.recipients)]
        return not self.related(actor, parties) and not any(
            _of_all(other) or self.related(actor, other.bearers) for other in self._like(rule)
        )

    def free_recipient(self, rule: Rule, actor: str, relation: Relation | None) -> bool:
        """Whether the duty of this row is certainly not owed to ``actor``."""
        known = [r.actor for r in rule.recipients]
        return not self.related(actor, [*known, *rule.bearers]) and not any(
            self.related(actor, [r.actor for r in other.recipients])
            and (relation is None or any(r.relation in (relation, None) for r in other.recipients))
            for other in self._like(rule)
        )

    def free_relation(self, rule: Rule, relation: Relation) -> bool:
        """Whether the duty of this row is certainly owed to nobody at that level."""
        return all(r.relation is not relation for r in rule.recipients) and not any(
            any(r.relation is relation for r in other.recipients)
            and any(self.related(b, other.bearers) for b in rule.bearers)
            for other in self._like(rule)
        )

    def free_level(self, rule: Rule, level: Level) -> bool:
        """Whether the bearers at ``level`` certainly have not the duty of this row."""
        actors = self.knowledge.actors
        moved = {
            actors.at_level(actors.family(b), level).id
            for b in rule.bearers
            if actors.get(b).level is not None
        }
        return bool(moved) and all(self.free_bearer(rule, actor) for actor in moved)

    def free_modality(self, rule: Rule) -> bool:
        """Whether nothing makes this row's duty a power as well, or its power a duty."""
        may = rule.modality is Modality.MAY
        return not any(
            (other.modality is Modality.MAY) != may
            and any(self.related(b, other.bearers) for b in rule.bearers)
            for other in self._like(rule)
        )

    def free_provision(self, rule: Rule, provision: ProvisionId) -> bool:
        """Whether ``provision`` certainly does not say what this row says."""
        regulation = self.knowledge.regulation
        try:
            text = regulation.text_of(provision)
        except ValueError:
            return True  # it does not exist
        if provision.covers(rule.provision):
            return False
        content = self._contents[rule.id]
        if max(echo(content, text), echo(rule.quote, text)) >= ECHO:
            return False
        inside = self.knowledge.rules.of(provision)
        return not any(other in inside for other in self._like(rule))

    def verbatim(self, quote: str) -> bool:
        """Whether these characters stand in the regulation in this order."""
        return han(quote) in self.whole


def timed(rule: Rule) -> bool:
    """Whether the row sets a number."""
    return rule.time is not None and rule.time.quantity is not None


def _of_all(rule: Rule) -> bool:
    """Whether the row names no bearer, or speaks of the whole text (第二条)."""
    return not rule.bearers or "regulation" in rule.bearers


def _as_often(rule: Rule, other: Rule) -> bool:
    return rule.time is not None and other.time is not None and rule.time.same_amount(other.time)


def _content(rule: Rule) -> str:
    """What a row is about."""
    return "，".join(filter(None, (rule.action, rule.object, rule.quote)))
