"""The deterministic answer: from a question and its ranking to a :class:`Draft`.

One composer per intent. Each takes its headline from rule rows or from the provision
itself, its evidence from the text. Whether the regulation answers at all is decided
first, in :mod:`assistant.scope`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.draft import Draft, Evidence, Section
from assistant.knowledge import Knowledge
from assistant.question import Intent, Language, Question
from assistant.rank import Ranking
from assistant.select import Selector
from assistant.wording import say
from index.citation import format_citation
from index.regulation import Article, Item, Paragraph, ProvisionId
from index.rules import Rule
from index.text import Script, Span
from index.timelimit import LimitKind

__all__ = ["Composer"]

_SENTENCE_END = "。;；"


class Composer:
    """Composes drafts over one regulation."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._regulation = knowledge.regulation
        self._select = Selector(knowledge)
        self._by_intent: dict[Intent, Callable[[Question, Ranking], Draft]] = {
            Intent.DEADLINE: self._time,
            Intent.FREQUENCY: self._time,
            Intent.SCENARIO: self._time,
            Intent.ACTOR: self._who,
            Intent.RECIPIENT: self._who,
            Intent.LIST: self._list,
            Intent.DEFINITION: self._statement,
            Intent.PROCEDURE: self._procedure,
            Intent.LOOKUP: self._lookup,
            Intent.BASIS: self._basis,
            Intent.COMPARE: self._compare,
            Intent.EFFECTIVE: self._statement,
            Intent.CONSEQUENCE: self._consequence,
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

    # -- pieces ---------------------------------------------------------------------------

    def statement(self, rule: Rule, question: Question) -> str:
        """A row's own sentence in the question's language."""
        return rule.statement_en if question.language is Language.EN else rule.statement

    def label(self, provision: ProvisionId, question: Question) -> str:
        """Short citation in the wording's script (simplified or English)."""
        lang = "en" if question.language is Language.EN else "zh-Hans"
        return format_citation(provision, lang=lang, regulation=self._regulation, short=True)

    def labels(self, provisions: Iterable[ProvisionId], question: Question) -> str:
        """Several short citations, each once."""
        english = question.language is Language.EN
        names = dict.fromkeys(self.label(p, question) for p in provisions)
        return say("join", english).join(names)

    def cited(self, text: str, rules: Sequence[Rule], question: Question) -> str:
        """``text`` with the provisions of ``rules`` in brackets before its full stop."""
        english = question.language is Language.EN
        mark = say("cite", english, labels=self.labels([r.provision for r in rules], question))
        stop = say("stop", english)
        return f"{text.rstrip(stop + '。. ')}{mark}{stop}"

    def evidence(self, rules: Iterable[Rule]) -> tuple[Evidence, ...]:
        """The sentences that ``rules`` stand in, each once, in the order given."""
        out: dict[tuple[ProvisionId, Span], Evidence] = {}
        for rule in rules:
            span = self.sentence(rule)
            if not any(e.span.contains(span) for e in out.values()):
                out[(rule.provision, span)] = Evidence(rule.provision, span, rule.id)
        return tuple(out.values())

    def sentence(self, rule: Rule) -> Span:
        """The sentence of the text around a row's quote: up to 。, or ；in a long sentence."""
        text = self._regulation.text.simplified
        bounds = self._bounds(rule.provision)
        start, end = rule.span.start, rule.span.end
        enough = 160  # code points: longer sentences are cut at their semicolons
        for ends in ("。\n", "。;；\n"):
            left = max((text.rfind(c, bounds.start, start) for c in ends), default=-1)
            left = bounds.start if left < 0 else left + 1
            right = min(
                (p for c in ends if (p := text.find(c, max(end - 1, left), bounds.end)) >= 0),
                default=-1,
            )
            right = bounds.end if right < 0 else right + 1
            if right - left <= enough:
                break
        while text[left] in "\n ":
            left += 1
        while text[right - 1] in "\n ":
            right -= 1
        return Span(min(left, start), max(right, end))

    def _bounds(self, provision: ProvisionId) -> Span:
        node = self._regulation.find(provision)
        if isinstance(node, Item):
            return node.body
        if isinstance(node, Paragraph) and node.items:
            return node.lead
        return node.span

    def notes(self, rules: Sequence[Rule], question: Question) -> tuple[Section, ...]:
        """What the text leaves open about ``rules``."""
        english = question.language is Language.EN
        found = dict.fromkeys(n for r in rules if (n := r.note_en if english else r.note))
        return (Section(say("open", english), tuple(found)),) if found else ()

    def _related(
        self, rules: Sequence[Rule], ranking: Ranking, question: Question
    ) -> tuple[Section, ...]:
        """Other rows of the same sentence or paragraph that bear on the question."""
        english = question.language is Language.EN
        homes = {r.provision for r in rules}
        chosen = {r.id for r in rules}
        floor = ranking.best.score - 0.22
        lines = [
            self.cited(self.statement(r.rule, question), [r.rule], question)
            for r in ranking.rules
            if r.rule.provision in homes and r.rule.id not in chosen and r.score >= floor
        ]
        return (Section(say("details", english), tuple(lines[:4])),) if lines else ()

    def _draft(
        self,
        headline: str,
        rules: Sequence[Rule],
        question: Question,
        ranking: Ranking,
        sections: tuple[Section, ...] = (),
    ) -> Draft:
        extra = self._related(rules, ranking, question)
        return Draft(
            headline, (*sections, *extra, *self.notes(rules, question)), self.evidence(rules)
        )

    # -- composers ------------------------------------------------------------------------

    def _statement(self, question: Question, ranking: Ranking) -> Draft:
        rules = self._select.main(question, ranking)
        headline = " ".join(
            self.cited(self.statement(rule, question), [rule], question) for rule in rules
        )
        return self._draft(_spaced(headline, question), rules, question, ranking)

    def _time(self, question: Question, ranking: Ranking) -> Draft:
        english = question.language is Language.EN
        rules = self._select.timed(question, ranking)
        if not rules:
            return self._statement(question, ranking)
        if len(rules) > 1 and self._select.differ_by_level(rules):
            return self._variants("by_level", question, rules)
        if len(rules) > 1 and self._select.differ_by_event(rules):
            return self._variants("by_event", question, rules)
        first = rules[0]
        assert first.time is not None
        if first.time.kind in (LimitKind.IMMEDIATE, LimitKind.ANYTIME):
            word = first.time.word or first.time.format("en" if english else "zh-Hans")
            lead = say("no_number", english, word=first.time.format("en") if english else word)
        else:
            # The anchor (of the incident) stands in the sentence that follows; alone, "within 3
            # hours of the incident" reads as the limit of the first event at hand.
            limit = replace(first.time, anchor=None) if english else first.time
            lead = _sentence(limit.format("en" if english else "zh-Hans"), english)
        parts = [self.cited(self.statement(rule, question), [rule], question) for rule in rules]
        return self._draft(_spaced(" ".join([lead, *parts]), question), rules, question, ranking)

    def _variants(self, key: str, question: Question, rules: Sequence[Rule]) -> Draft:
        """Several answers, with what they depend on: ``by_level`` or ``by_event``."""
        english = question.language is Language.EN
        lines = [self.cited(self.statement(r, question), [r], question) for r in rules]
        headline = say(key, english) + _spaced(" ".join(lines), question)
        return Draft(headline, self.notes(rules, question), self.evidence(rules))

    def _who(self, question: Question, ranking: Ranking) -> Draft:
        english = question.language is Language.EN
        lang = "en" if english else "zh-Hans"
        rules = self._select.main(question, ranking)
        first = rules[0]
        actors = self._knowledge.actors
        if question.intent is Intent.RECIPIENT and first.recipients:
            names = [
                _recipient(actors.name(r.actor, lang), r.relation, english)
                for r in first.recipients
            ]
        else:
            names = [actors.name(b, lang) for b in first.bearers if b != "regulation"]
        parts = [self.cited(self.statement(rule, question), [rule], question) for rule in rules]
        text = " ".join(parts)
        if names and question.intent is Intent.RECIPIENT:
            text = f"{_sentence(say('join', english).join(dict.fromkeys(names)), english)} {text}"
        return self._draft(_spaced(text, question), rules, question, ranking)

    def _list(self, question: Question, ranking: Ranking) -> Draft:
        english = question.language is Language.EN
        home = self._select.listing(ranking)
        if home is None:
            return self._article(question, ranking)
        node = self._regulation.find(home)
        assert isinstance(node, Paragraph)
        script = Script.SIMPLIFIED
        bodies = [self._regulation.text.slice(i.body, script).rstrip("。;；") for i in node.items]
        own = [r for r in self._knowledge.rules if r.provision.item and home.covers(r.provision)]
        lead_rules = [r for r in self._knowledge.rules if r.provision == home]
        label = self.label(home, question)
        head = say("list_head", english, label=label, n=len(bodies))
        if english:
            per_item = [
                " ".join(r.statement_en for r in own if r.provision.item == i.number)
                for i in node.items
            ]
            lines = tuple(f"({i.number}) {t}" for i, t in zip(node.items, per_item, strict=True))
            headline = head + (lead_rules[0].statement_en if lead_rules else lines[0][4:])
        else:
            lines = tuple(
                f"（{_han(i.number)}）{t}" for i, t in zip(node.items, bodies, strict=True)
            )
            headline = head + "；".join(_short(b) for b in bodies) + "。"
        evidence = Evidence(home, node.span, lead_rules[0].id if lead_rules else None)
        return Draft(headline, (Section("", lines), *self.notes(lead_rules, question)), (evidence,))

    def _article(self, question: Question, ranking: Ranking) -> Draft:
        """All that a provision without items lays down on the matter."""
        rules = self._select.main(question, ranking)
        first = rules[0]
        same = [
            r
            for r in self._knowledge.rules
            if r.provision == first.provision and self._same_bearers(r, first)
        ]
        if len(same) < 3 or _enumerates(first):
            return self._statement(question, ranking)
        english = question.language is Language.EN
        lines = tuple(self.statement(r, question) for r in same)
        label = self.label(first.provision, question)
        headline = say("list_head", english, label=label, n=len(same)) + _spaced(
            " ".join(lines[:3]), question
        )
        node = self._regulation.find(first.provision)
        assert not isinstance(node, Article)
        return Draft(
            headline,
            (Section(say("details", english), lines), *self.notes(same, question)),
            (Evidence(first.provision, node.span, first.id),),
        )

    @staticmethod
    def _same_bearers(a: Rule, b: Rule) -> bool:
        return bool(set(a.bearers) & set(b.bearers))

    def _procedure(self, question: Question, ranking: Ranking) -> Draft:
        """The steps that the best article lays down, in the order of the text."""
        english = question.language is Language.EN
        rules = self._select.steps(ranking)
        if len(rules) == 1:
            return self._statement(question, ranking)
        best = self._select.main(question, ranking)
        headline = " ".join(self.cited(self.statement(r, question), [r], question) for r in best)
        lines = tuple(self.cited(self.statement(r, question), [r], question) for r in rules)
        return Draft(
            _spaced(headline, question),
            (Section(say("details", english), lines), *self.notes(rules, question)),
            self.evidence([*best, *rules]),
        )

    def _lookup(self, question: Question, ranking: Ranking) -> Draft:
        english = question.language is Language.EN
        names = [
            self._regulation.canonical(p)
            for c in question.own_citations
            for p in c.expand(self._regulation)
        ]
        if not names:
            return self._statement(question, ranking)
        evidence: list[Evidence] = []
        heads: list[str] = []
        for name in dict.fromkeys(names):
            node = self._regulation.find(name)
            span = node.body if isinstance(node, Item) else node.span
            rules = self._knowledge.rules.of(name)
            evidence.append(Evidence(name, span, rules[0].id if rules else None))
            heads.append(self._lookup_headline(name, node, rules, question))
        headline = _spaced(" ".join(heads[:3]), question)
        notes = [r for name in names for r in self._knowledge.rules.of(name)]
        sections: tuple[Section, ...] = ()
        if english:
            lines = tuple(dict.fromkeys(r.statement_en for r in notes))
            sections = (Section(say("details", english), lines[:40]),) if len(lines) > 1 else ()
        return Draft(headline, (*sections, *self.notes(notes, question)), tuple(evidence))

    def _lookup_headline(
        self, name: ProvisionId, node: object, rules: Sequence[Rule], question: Question
    ) -> str:
        english = question.language is Language.EN
        label = say("lookup", english, label=self.label(name, question))
        if english:
            return label + (rules[0].statement_en if rules else "")
        text = self._regulation.text_of(name)
        if isinstance(node, Item):
            text = self._regulation.text.slice(node.body)
        elif isinstance(node, Article) and node.paragraphs:
            text = self._regulation.text.slice(node.paragraphs[0].lead)
        elif isinstance(node, Paragraph):
            text = self._regulation.text.slice(node.lead)
        first = text.split("\n")[0]
        if len(first) > 90:
            cut = max(first.rfind(c, 0, 90) for c in "。;；,")
            first = first[: cut if cut > 20 else 90] + "……"
        return label + first.rstrip(";；,:") + ("" if first.endswith(("。", "……")) else "。")

    def _basis(self, question: Question, ranking: Ranking) -> Draft:
        english = question.language is Language.EN
        timed = (
            self._select.timed(question, ranking)
            if question.asks & {Intent.DEADLINE, Intent.FREQUENCY}
            else ()
        )
        rules = tuple(timed) or self._select.main(question, ranking)
        lead = say("basis_is", english, labels=self.labels([r.provision for r in rules], question))
        text = " ".join(self.statement(rule, question) for rule in rules)
        return self._draft(lead + _spaced(text, question), rules, question, ranking)

    def _compare(self, question: Question, ranking: Ranking) -> Draft:
        english = question.language is Language.EN
        rules = self._select.compared(ranking)
        if len(rules) < 2:
            return self._statement(question, ranking)
        lang = "en" if english else "zh-Hans"
        actors = self._knowledge.actors
        table = [(say("subject", english), say("content", english), say("provision", english))]
        for rule in rules:
            who = say("join", english).join(actors.name(b, lang) for b in rule.bearers)
            table.append(
                (who, self.statement(rule, question), self.label(rule.provision, question))
            )
        headline = _spaced(
            " ".join(self.cited(self.statement(r, question), [r], question) for r in rules[:4]),
            question,
        )
        return Draft(
            headline,
            (Section("", (), tuple(table)), *self.notes(rules, question)),
            self.evidence(rules),
        )

    def _consequence(self, question: Question, ranking: Ranking) -> Draft:
        return self._procedure(question, ranking)


def _recipient(name: str, relation: object, english: bool) -> str:
    words = {
        "same": ("同级", "same-level "),
        "higher": ("上级", "higher-level "),
        "lower": ("下级", "lower-level "),
    }
    prefix = words.get(str(relation) if relation is not None else "", ("", ""))[1 if english else 0]
    return name if name.startswith(prefix) else prefix + name


def _sentence(text: str, english: bool) -> str:
    text = text[:1].upper() + text[1:] if english else text
    return text if text.endswith((".", "。")) else text + ("." if english else "。")


def _spaced(text: str, question: Question) -> str:
    """Sentences are separated by blanks in English only."""
    if question.language is Language.EN:
        return re.sub(r" {2,}", " ", text).strip()
    return re.sub(r"(?<=[。；：”）]) +", "", text).strip()


def _short(text: str) -> str:
    """An item's first clause, for a headline."""
    head = re.split(r"[,，]", text)[0]
    return head if len(head) >= 6 else text[:40]


def _han(number: int) -> str:
    from index.numerals import numeral  # noqa: PLC0415

    return numeral(number)


def _enumerates(rule: Rule) -> bool:
    """Whether a row is itself a list (执法检查、案件督办、…)."""
    return rule.quote.count("、") >= 3 and "," not in rule.quote
