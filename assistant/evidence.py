"""What of the text is quoted for a rule row: the sentence that it stands in."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.draft import Evidence
from index.regulation import Item, Paragraph, ProvisionId, Regulation
from index.rules import Rule
from index.text import Span

__all__ = ["evidence_of", "sentence_of"]

_ENOUGH = 160  # code points: longer sentences are cut at their semicolons


def evidence_of(rules: Iterable[Rule], regulation: Regulation) -> tuple[Evidence, ...]:
    """The sentences that ``rules`` stand in, each once, in the order given."""
    out: list[Evidence] = []
    for rule in rules:
        span = sentence_of(rule, regulation)
        if not any(known.span.contains(span) for known in out):
            out.append(Evidence(rule.provision, span, rule.id))
    return tuple(out)


def sentence_of(rule: Rule, regulation: Regulation) -> Span:
    """The sentence around a row's quote: up to 。, or ；in a long sentence."""
    text = regulation.text.simplified
    bounds = _bounds(rule.provision, regulation)
    start, end = rule.span.start, rule.span.end
    for ends in ("。\n", "。;；\n"):
        left = max((text.rfind(c, bounds.start, start) for c in ends), default=-1)
        left = bounds.start if left < 0 else left + 1
        right = min(
            (p for c in ends if (p := text.find(c, max(end - 1, left), bounds.end)) >= 0),
            default=-1,
        )
        right = bounds.end if right < 0 else right + 1
        if right - left <= _ENOUGH:
            break
    while text[left] in "\n ":
        left += 1
    while text[right - 1] in "\n ":
        right -= 1
    return Span(min(left, start), max(right, end))


def _bounds(provision: ProvisionId, regulation: Regulation) -> Span:
    node = regulation.find(provision)
    if isinstance(node, Item):
        return node.body
    if isinstance(node, Paragraph) and node.items:
        return node.lead
    return node.span
