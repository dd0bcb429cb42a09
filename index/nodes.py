"""What is embedded: provisions at three grains, and the statements of the rule rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.regulation import ProvisionId, Regulation
from index.rules import Rule
from index.text import Script

__all__ = ["Passage", "provision_passages", "rule_passages"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One text to embed. ``key`` is a provision id or a rule id; several passages may
    share a key (a rule in Chinese and in English)."""

    key: str
    text: str


def provision_passages(regulation: Regulation) -> Iterator[Passage]:
    """Every article, paragraph and item, in simplified script, with the chapter's heading.

    An item carries its paragraph's lead-in: alone it does not say what it is a list of.
    A paragraph that is the whole of its article is not repeated.
    """
    text = regulation.text
    for article in regulation.articles:
        heading = " ".join(d.heading for d in regulation.divisions_of(article))
        name = ProvisionId(regulation.id, article.number, article.suffix)
        whole = text.slice(article.span, Script.SIMPLIFIED)
        yield Passage(str(name), f"{heading}\n{whole}")
        for paragraph in article.paragraphs:
            below = replace(name, paragraph=paragraph.number)
            if len(article.paragraphs) > 1:
                yield Passage(str(below), text.slice(paragraph.span, Script.SIMPLIFIED))
            for item in paragraph.items:
                lead = text.slice(paragraph.lead, Script.SIMPLIFIED).strip()
                body = text.slice(item.body, Script.SIMPLIFIED)
                yield Passage(str(replace(below, item=item.number)), f"{lead}{body}")


def rule_passages(rules: Iterable[Rule]) -> Iterator[Passage]:
    """Each row's statement, in Chinese and in English."""
    for rule in rules:
        yield Passage(rule.id, rule.statement)
        yield Passage(rule.id, rule.statement_en)
