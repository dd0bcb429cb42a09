"""The rule table on screen: filter, then rows with their words and provisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from assistant.question import Language
from assistant.web import strings as words
from assistant.web.article import Target, chip
from assistant.web.markup import Markup, el, join
from index.rules import Rule
from index.text import Script, convert, fold

__all__ = ["RuleFilter", "actor_choices", "kind_choices", "level_choices", "rules_html", "select"]

ANY_LIMIT = "any"
"""Choice of the time-limit filter: rows that have one, whatever its kind."""


@dataclass(frozen=True, slots=True)
class RuleFilter:
    """What to show; an empty field does not filter."""

    actor: str = ""
    """Actor id: its own rows and those it inherits from broader actors."""
    level: str = ""
    """A level's name: rows whose bearer is at that level or at any."""
    article: str = ""
    kind: str = ""
    text: str = ""


def select(knowledge: Knowledge, chosen: RuleFilter) -> tuple[Rule, ...]:
    """The rows that ``chosen`` lets through, in the order of the text."""
    return tuple(rule for rule in knowledge.rules if _passes(rule, knowledge, chosen))


def _passes(rule: Rule, knowledge: Knowledge, chosen: RuleFilter) -> bool:
    actors = knowledge.actors
    if chosen.actor and not (
        chosen.actor in actors and any(actors.is_a(chosen.actor, b) for b in rule.bearers)
    ):
        return False
    if chosen.level:
        levels = {actors.get(b).level for b in rule.bearers}
        if chosen.level not in levels and None not in levels:
            return False
    article = fold(chosen.article).text.strip("第条")
    if article and article != str(rule.provision.article):
        return False
    if chosen.kind and (
        rule.time is None or (chosen.kind != ANY_LIMIT and rule.time.kind != chosen.kind)
    ):
        return False
    wanted = fold(chosen.text, keep_space=True).text.split()
    return not wanted or all(word in _haystack(rule, knowledge) for word in wanted)


def _haystack(rule: Rule, knowledge: Knowledge) -> str:
    names = [knowledge.actors.name(b, lang) for b in rule.bearers for lang in ("zh-Hans", "en")]
    parts = (rule.id, rule.quote, rule.statement, rule.statement_en, *rule.topics, *rule.topics_en)
    return fold(" ".join((*parts, *names)), keep_space=True).text


def actor_choices(knowledge: Knowledge, language: Language) -> list[tuple[str, str]]:
    """Label and id of every actor that bears a row, or is a special case of one that does."""
    bearers = {b for rule in knowledge.rules for b in rule.bearers}
    named = [
        (knowledge.actors.name(actor.id, language), actor.id)
        for actor in knowledge.actors.all()
        if actor.id in bearers
    ]
    return [(words.ANY.of(language), ""), *named]


def level_choices(language: Language) -> list[tuple[str, str]]:
    """Label and name of the levels at which the regulation puts duties."""
    return [
        (words.ANY.of(language), ""),
        *((text.of(language), name) for name, text in words.LEVELS.items() if name != "central"),
    ]


def kind_choices(language: Language) -> list[tuple[str, str]]:
    """Label and name of the kinds of time limit."""
    return [
        (words.ANY.of(language), ""),
        (words.ANY_LIMIT.of(language), ANY_LIMIT),
        *((text.of(language), name) for name, text in words.LIMIT_KINDS.items()),
    ]


def rules_html(rules: Iterable[Rule], knowledge: Knowledge, language: Language) -> Markup:
    """The rows as a table (on a narrow screen the style sheet makes cards of it)."""
    rows = [_row_html(rule, knowledge, language) for rule in rules]
    count = el(
        "p",
        words.COUNT.of(language, shown=len(rows), all=len(knowledge.rules)),
        class_="count",
        role="status",
    )
    if not rows:
        return join(count, el("p", words.NO_RULES.of(language), class_="empty"))
    heads = (words.RULE_PROVISION, words.RULE_STATEMENT, words.RULE_KIND)
    table = el(
        "table",
        el("thead", el("tr", *(el("th", h.of(language), scope="col") for h in heads))),
        el("tbody", *rows),
        class_="rules",
    )
    return join(count, table)


def _row_html(rule: Rule, knowledge: Knowledge, language: Language) -> Markup:
    regulation = knowledge.regulation
    script = language.script
    english = language is Language.EN
    statement = rule.statement_en if english else convert(rule.statement, script)
    note = rule.note_en if english else rule.note and convert(rule.note, script)
    limit = rule.time.format(language) if rule.time else ""
    quote = regulation.text.slice(rule.span, script if not english else Script.SIMPLIFIED)
    return el(
        "tr",
        el("td", chip(Target(rule.provision, rule.span), language, regulation)),
        el(
            "td",
            el("p", statement, class_="statement"),
            el("p", "“", quote, "”", class_="quote-line", lang=script),
            el("p", note, class_="note") if note else None,
        ),
        el("td", limit, class_="limit"),
        id=f"rule-{rule.id}",
    )
