"""The deterministic answer: from a question and its ranking to a :class:`Draft`.

One composer per intent. Each takes its headline from rule rows or from the provision
itself, its evidence from the text. Whether the regulation answers at all is decided
first, in :mod:`assistant.scope`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.draft import Draft, Evidence, Section
from assistant.evidence import evidence_of
from assistant.knowledge import Knowledge
from assistant.question import Intent, Language, Question
from assistant.rank import Ranking
from assistant.scope import WANTS_TIME
from assistant.select import Selector
from assistant.telling import Teller
from index.numerals import numeral
from index.regulation import Article, Item, Paragraph, ProvisionId
from index.rules import Rule
from index.text import Script, Span
from index.timelimit import LimitKind

__all__ = ["Composer"]

_BESIDE = 0.22  # below the best score: rows told beside the answer
_OPENING = 90  # code points of a provision in a headline


class Composer:
    """Composes drafts over one regulation."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._regulation = knowledge.regulation
        self._select = Selector(knowledge)
        self._tellers = {language: Teller(knowledge, language) for language in Language}
        self._by_intent: dict[Intent, Callable[[Question, Ranking], Draft]] = {
            Intent.DEADLINE: self._time,
            Intent.FREQUENCY: self._time,
            Intent.SCENARIO: self._time,
            Intent.ACTOR: self._statement,
            Intent.RECIPIENT: self._recipients,
            Intent.LIST: self._list,
            Intent.DEFINITION: self._statement,
            Intent.PROCEDURE: self._procedure,
            Intent.LOOKUP: self._lookup,
            Intent.BASIS: self._basis,
            Intent.COMPARE: self._compare,
            Intent.EFFECTIVE: self._statement,
            Intent.CONSEQUENCE: self._procedure,
            Intent.YES_NO: self._statement,
            Intent.GENERAL: self._statement,
        }

    def compose(self, question: Question, ranking: Ranking) -> Draft:
        """The answer to a question that the regulation answers."""
        if question.own_citations and question.intent in (
            Intent.LOOKUP,
            Intent.GENERAL,
            Intent.DEFINITION,
        ):
            return self._lookup(question, ranking)
        return self._by_intent[question.intent](question, ranking)

    def gives_time(self, question: Question, ranking: Ranking) -> bool:
        """Whether a time limit of the very thing asked about was found."""
        return bool(self._select.timed(question, ranking))

    def _tell(self, question: Question) -> Teller:
        return self._tellers[question.language]

    def _draft(
        self, headline: str, rules: Sequence[Rule], question: Question, *sections: Section
    ) -> Draft:
        """A draft that rests on ``rules``, with what the text leaves open about them."""
        notes = self._tell(question).notes(rules)
        return Draft(headline, (*sections, *notes), evidence_of(rules, self._regulation))

    # -- from rows ------------------------------------------------------------------------

    def _statement(self, question: Question, ranking: Ranking) -> Draft:
        return self._told("", self._select.main(question, ranking), question, ranking)

    def _told(
        self, lead: str, rules: Sequence[Rule], question: Question, ranking: Ranking
    ) -> Draft:
        """``lead`` and the sentences of ``rules``, with the rows beside them."""
        related = self._related(rules, ranking, question)
        headline = self._tell(question).told(rules, lead)
        return self._draft(headline, rules, question, *related)

    def _related(
        self, rules: Sequence[Rule], ranking: Ranking, question: Question
    ) -> tuple[Section, ...]:
        """Other rows of the same sentence or paragraph that bear on the question."""
        tell = self._tell(question)
        homes = {r.provision for r in rules}
        chosen = {r.id for r in rules}
        floor = ranking.best.score - _BESIDE
        beside = [
            r.rule
            for r in ranking.rules
            if r.rule.provision in homes and r.rule.id not in chosen and r.score >= floor
        ]
        return tell.section("details", map(tell.cited, beside[:4]))

    def _time(self, question: Question, ranking: Ranking) -> Draft:
        rules = self._select.timed(question, ranking)
        if not rules:
            return self._statement(question, ranking)
        if len(rules) > 1 and self._select.differ_by_level(rules):
            return self._variants("by_level", question, rules)
        if len(rules) > 1 and self._select.differ_by_event(rules):
            return self._variants("by_event", question, rules)
        tell, limit = self._tell(question), rules[0].time
        assert limit is not None
        if limit.kind in (LimitKind.IMMEDIATE, LimitKind.ANYTIME):
            word = None if tell.english else limit.word
            lead = tell.say("no_number", word=word or limit.format(tell.lang))
        else:
            # The anchor (of the incident) stands in the sentence that follows; alone, "within 3
            # hours of the incident" reads as the limit of the first event at hand.
            limit = replace(limit, anchor=None) if tell.english else limit
            lead = tell.sentence(limit.format(tell.lang))
        return self._told(lead, rules, question, ranking)

    def _variants(self, key: str, question: Question, rules: Sequence[Rule]) -> Draft:
        """Several answers, with what they depend on: ``by_level`` or ``by_event``."""
        tell = self._tell(question)
        return self._draft(tell.told(rules, tell.say(key)), rules, question)

    def _recipients(self, question: Question, ranking: Ranking) -> Draft:
        """Whom it goes to, first of all; of a row that names nobody, who acts."""
        tell, rules = self._tell(question), self._select.main(question, ranking)
        names = tell.recipients(rules[0].recipients) or tell.actors(
            b for b in rules[0].bearers if b != "regulation"
        )
        return self._told(names and tell.sentence(names), rules, question, ranking)

    def _basis(self, question: Question, ranking: Ranking) -> Draft:
        tell = self._tell(question)
        rules = (
            self._select.timed(question, ranking) if question.asks & WANTS_TIME else ()
        ) or self._select.main(question, ranking)
        lead = tell.say("basis_is", labels=tell.labels(rules))
        headline = lead + tell.paragraph(map(tell.statement, rules))
        return self._draft(headline, rules, question, *self._related(rules, ranking, question))

    def _procedure(self, question: Question, ranking: Ranking) -> Draft:
        """The steps that the best article lays down, in the order of the text."""
        tell, rules = self._tell(question), self._select.steps(ranking)
        if len(rules) == 1:
            return self._statement(question, ranking)
        best = self._select.main(question, ranking)
        steps = tell.section("details", map(tell.cited, rules))
        evidence = evidence_of([*best, *rules], self._regulation)
        return Draft(tell.told(best), (*steps, *tell.notes(rules)), evidence)

    def _compare(self, question: Question, ranking: Ranking) -> Draft:
        rules = self._select.compared(ranking)
        if len(rules) < 2:
            return self._statement(question, ranking)
        tell = self._tell(question)
        head = (tell.say("subject"), tell.say("content"), tell.say("provision"))
        rows = ((tell.actors(r.bearers), tell.statement(r), tell.label(r.provision)) for r in rules)
        return self._draft(tell.told(rules[:4]), rules, question, Section("", (), (head, *rows)))

    # -- from provisions ------------------------------------------------------------------

    def _list(self, question: Question, ranking: Ranking) -> Draft:
        home = self._select.listing(ranking)
        if home is None:
            return self._article(question, ranking)
        tell, node = self._tell(question), self._regulation.find(home)
        assert isinstance(node, Paragraph)
        own = [r for r in self._knowledge.rules if home.covers(r.provision)]
        lead_rules = [r for r in own if r.provision == home]
        items = [
            " ".join(r.statement_en for r in own if r.provision.item == i.number)
            if tell.english
            else self._regulation.text.slice(i.body, Script.SIMPLIFIED).rstrip("。;；")
            for i in node.items
        ]
        if not tell.english:
            said = "；".join(map(_short, items)) + "。"
        else:
            said = lead_rules[0].statement_en if lead_rules else items[0]
        mark = "({}) {}" if tell.english else "（{}）{}"
        lines = tuple(
            mark.format(i.number if tell.english else numeral(i.number), text)
            for i, text in zip(node.items, items, strict=True)
        )
        headline = tell.say("list_head", label=tell.label(home), n=len(items)) + said
        evidence = Evidence(home, node.span, lead_rules[0].id if lead_rules else None)
        return Draft(headline, (Section("", lines), *tell.notes(lead_rules)), (evidence,))

    def _article(self, question: Question, ranking: Ranking) -> Draft:
        """All that a provision without items lays down on the matter."""
        first = self._select.main(question, ranking)[0]
        same = [
            r
            for r in self._knowledge.rules
            if r.provision == first.provision and set(r.bearers) & set(first.bearers)
        ]
        if len(same) < 3 or _enumerates(first):
            return self._statement(question, ranking)
        tell, node = self._tell(question), self._regulation.find(first.provision)
        lines = [tell.statement(rule) for rule in same]
        head = tell.say("list_head", label=tell.label(first.provision), n=len(same))
        return Draft(
            head + tell.paragraph(lines[:3]),
            (*tell.section("details", lines), *tell.notes(same)),
            (Evidence(first.provision, node.span, first.id),),
        )

    def _lookup(self, question: Question, ranking: Ranking) -> Draft:
        tell = self._tell(question)
        cited = (p for c in question.own_citations for p in c.expand(self._regulation))
        names = list(dict.fromkeys(map(self._regulation.canonical, cited)))
        if not names:
            return self._statement(question, ranking)
        rows = {name: self._knowledge.rules.of(name) for name in names}
        evidence = tuple(
            Evidence(name, self._body(name), rules[0].id if rules else None)
            for name, rules in rows.items()
        )
        heads = [
            tell.say("lookup", label=tell.label(name))
            + (tell.statement(rules[0]) if tell.english and rules else "")
            + ("" if tell.english else self._opening(name))
            for name, rules in list(rows.items())[:3]
        ]
        told = [rule for rules in rows.values() for rule in rules]
        lines = dict.fromkeys(map(tell.statement, told)) if tell.english else {}
        sections = tell.section("details", list(lines)[:40]) if len(lines) > 1 else ()
        return Draft(tell.paragraph(heads), (*sections, *tell.notes(told)), evidence)

    def _body(self, name: ProvisionId) -> Span:
        """What is quoted of a provision: all of it, of an item without its number."""
        node = self._regulation.find(name)
        return node.body if isinstance(node, Item) else node.span

    def _opening(self, name: ProvisionId) -> str:
        """The beginning of a provision, as one sentence."""
        node = self._regulation.find(name)
        span = self._body(name)
        if isinstance(node, Article) and node.paragraphs:
            span = node.paragraphs[0].lead
        elif isinstance(node, Paragraph):
            span = node.lead
        first = self._regulation.text.slice(span).split("\n")[0]
        if len(first) > _OPENING:
            cut = max(first.rfind(c, 0, _OPENING) for c in "。;；,")
            first = first[: cut if cut > 20 else _OPENING] + "……"
        return first.rstrip(";；,:") + ("" if first.endswith(("。", "……")) else "。")


def _short(text: str) -> str:
    """An item's first clause, for a headline."""
    head = re.split(r"[,，]", text)[0]
    return head if len(head) >= 6 else text[:40]


def _enumerates(rule: Rule) -> bool:
    """Whether a row is itself a list (执法检查、案件督办、…)."""
    return rule.quote.count("、") >= 3 and "," not in rule.quote
