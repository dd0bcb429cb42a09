"""One slot made wrong: each operator takes a true text and gives false ones.

An operator yields :class:`~eval.mutants.changes.Change`: where, and what stands there
instead. It asks :class:`~eval.mutants.facts.Facts` before it makes anything, so that what
it makes is false by the table; which of several wrong words it takes is decided by
``turn``, a number that the text's name gives.
"""

from __future__ import annotations

from eval.mutants.changes import Operator
from eval.mutants.force import modality, polarity
from eval.mutants.limits import anchor, comparison, haste, number, unit
from eval.mutants.parties import bearer, level, recipient, relation
from eval.mutants.sources import article, item, paragraph, quote

__all__ = ["OPERATORS"]

OPERATORS: dict[str, Operator] = {
    "number": number,
    "unit": unit,
    "comparison": comparison,
    "anchor": anchor,
    "haste": haste,
    "bearer": bearer,
    "recipient": recipient,
    "relation": relation,
    "level": level,
    "modality": modality,
    "polarity": polarity,
    "article": article,
    "paragraph": paragraph,
    "item": item,
    "quote": quote,
}
"""By name, as the issue lists them."""
