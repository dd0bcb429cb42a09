"""What makes a changed text false, or leaves it true: the guards of the operators.

A mutant is only worth counting when no row of the table makes it true again. These
guards are deliberately coarse: what they are not sure of is not made.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from index.actors import Level, Relation
from index.regulation import ProvisionId
from index.rules import Modality, Rule

__all__ = ["Facts", "echo", "han"]

_NOT_HAN = re.compile(r"[^\u4e00-\u9fff0-9]")

# In nearly every row, and so no sign that two rows speak of the same thing.
_COMMON = re.compile(
    "应当|必须|可以|一般|自治区|盟市|旗县(?:市区)?|苏木乡镇街道办事处|党委政法委员会|政法委员会"
    "|政法单位|党组党委|各级|同级|上级|下级|有关|以及|或者|相关"
)

_TWINS = {"group": ("organ",), "organ": ("group",)}

SAME_THING = 0.4
"""Share of one row's two-character pieces in another from which both may say the same."""


def han(text: str) -> str:
    """The Chinese characters and digits of ``text``.

    >>> han("案(事)件，1次")
    '案事件1次'
    """
    return _NOT_HAN.sub("", text)


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
        """Whether an actor is, or is a kind of, one of ``others``, or the other way round;
        an organ and its own Party group count as one, as people do not keep them apart."""
        actors = self.knowledge.actors
        mine = {one, *_TWINS.get(actors.family(one), ())}
        return any(actors.is_a(m, other) or actors.is_a(other, m) for m in mine for other in others)

    def same_thing(self, rule: Rule, other: Rule) -> bool:
        """Whether two rows may speak of the same duty, and not at different times."""
        mine, theirs = self._contents[rule.id], self._contents[other.id]
        if (
            rule.time is not None
            and other.time is not None
            and rule.time.quantity is not None
            and other.time.quantity is not None
            and not rule.time.same_amount(other.time)
        ):
            return False
        return (
            max(echo(mine, theirs + other.statement), echo(theirs, mine + rule.statement))
            >= SAME_THING
        )

    def free_bearer(self, rule: Rule, actor: str) -> bool:
        """Whether ``actor`` certainly has not the duty of this row."""
        parties = [*rule.bearers, *(r.actor for r in rule.recipients)]
        return not self.related(actor, parties) and not any(
            other is not rule
            and self.related(actor, other.bearers)
            and self.same_thing(rule, other)
            for other in self.knowledge.rules
        )

    def free_recipient(self, rule: Rule, actor: str, relation: Relation | None) -> bool:
        """Whether the duty of this row is certainly not owed to ``actor``."""
        known = [r.actor for r in rule.recipients]
        return not self.related(actor, [*known, *rule.bearers]) and not any(
            other is not rule
            and self.related(actor, [r.actor for r in other.recipients])
            and (relation is None or any(r.relation in (relation, None) for r in other.recipients))
            and self.same_thing(rule, other)
            for other in self.knowledge.rules
        )

    def free_relation(self, rule: Rule, relation: Relation) -> bool:
        """Whether the duty of this row is certainly owed to nobody at that level."""
        return all(r.relation is not relation for r in rule.recipients) and not any(
            other is not rule
            and any(r.relation is relation for r in other.recipients)
            and any(self.related(b, other.bearers) for b in rule.bearers)
            and self.same_thing(rule, other)
            for other in self.knowledge.rules
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
            other is not rule
            and (other.modality is Modality.MAY) != may
            and any(self.related(b, other.bearers) for b in rule.bearers)
            and self.same_thing(rule, other)
            for other in self.knowledge.rules
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
        if echo(content, text) >= SAME_THING or echo(rule.quote, text) >= SAME_THING:
            return False
        return not any(
            other is not rule and self.same_thing(rule, other)
            for other in self.knowledge.rules.of(provision)
        )

    def verbatim(self, quote: str) -> bool:
        """Whether these characters stand in the regulation in this order."""
        return han(quote) in self.whole


def _content(rule: Rule) -> str:
    """What a row is about, its actors aside."""
    whole = rule.action + (rule.object or "")
    if len(_pieces(whole)) < 4:
        whole += "，" + (rule.condition or rule.event or "")
    return whole if len(_pieces(whole)) >= 4 else whole + "，" + rule.quote
