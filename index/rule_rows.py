"""Rows of ``rules.yaml`` → :class:`index.rules.RuleTable`, strictly.

Everything that can be told from the row, the actors and the text beside it is
checked here; :mod:`index.coverage` checks what needs the small languages.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NoReturn

from index.actors import ActorTable, Relation, closest
from index.errors import NoSuchProvisionError, RuleError
from index.limits import Comparison, LimitKind, TimeLimit
from index.quantities import Unit
from index.regulation import Item, Paragraph, ProvisionId, Regulation
from index.rule_file import Node, RuleFile
from index.rules import Modality, PreambleFact, Recipient, Rule, RuleException, RuleTable
from index.text import Span

__all__ = ["read_table"]

_ROW_KEYS = (
    "id", "provision", "quote", "bearers", "modality", "action", "object", "recipients", "time",
    "condition", "event", "topics", "statement", "statement_en", "topics_en", "note", "note_en",
)  # fmt: skip
_TIME_KEYS = (
    "quantity", "unit", "comparison", "times", "anchor", "date", "word", "upto",
)  # fmt: skip
_FACT_KEYS = (
    "id", "quote", "actor", "action", "date", "topics", "statement", "statement_en", "topics_en",
)  # fmt: skip

_ROW_ID = re.compile(r"(r\d+(?:_\d+)?(?:i\d+)?)\.(\d{1,4})", re.ASCII)
_PROVISION = re.compile(r"(\d{1,4})(?:_(\d{1,4}))?\.(\d{1,4})(?:\((\d{1,4})\))?", re.ASCII)
_MODALITIES = {m.value: m for m in Modality}
_RELATIONS = {r.value: r for r in Relation}
_KINDS = {k.value: k for k in LimitKind}
_UNITS = {u.value: u for u in Unit}
_COMPARISONS = {c.value: c for c in Comparison}


def read_table(
    source: str, regulation: Regulation, actors: ActorTable, *, name: str = "rules.yaml"
) -> RuleTable:
    """The table in ``source``; ``name`` stands in errors."""
    file = RuleFile(source, name)
    if file.root is None:
        raise RuleError(f"{name}:1", "empty file", "write rules: and its rows")
    return _Reader(file, regulation, actors).table(file.root)


class _Reader:
    """One pass over the nodes of a file; the last row read is its state."""

    def __init__(self, file: RuleFile, regulation: Regulation, actors: ActorTable) -> None:
        self.file = file
        self.regulation = regulation
        self.actors = actors
        self._text = regulation.text.simplified
        self._ids: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._last: tuple[ProvisionId, str] | None = None

    def table(self, root: Node) -> RuleTable:
        parts = self.file.mapping(root, ("rules",), ("preamble", "exceptions"))
        return RuleTable(
            rows=tuple(self._rule(node) for node in self.file.sequence(parts["rules"])),
            preamble=tuple(self._fact(node) for node in self._optional(parts, "preamble")),
            exceptions=tuple(self._exception(node) for node in self._optional(parts, "exceptions")),
            name=self.file.name,
        )

    def _optional(self, parts: dict[str, Node], key: str) -> list[Node]:
        return self.file.sequence(parts[key]) if key in parts else []

    def _rule(self, node: Node) -> Rule:
        file = self.file
        row = file.mapping(node, _ROW_KEYS, ("pairs", "event_en"))
        provision = self._provision(row["provision"])
        id = self._id(row["id"], provision)
        span = self._quote(row["quote"], provision)
        bearers = self._bearers(row["bearers"])
        recipients = tuple(self._recipient(n) for n in file.sequence(row["recipients"]))
        if not bearers and file.text_or_none(row["note"]) is None:
            file.fail(row["bearers"], f"{id} has neither bearer nor note", "say why in the note")
        return Rule(
            id=id,
            provision=provision,
            span=span,
            quote=span.of(self._text),
            bearers=bearers,
            modality=file.choice(row["modality"], _MODALITIES, "a modality"),
            action=self._words(row, "action", provision) or file.text(row["action"]),
            object=self._words(row, "object", provision),
            recipients=recipients,
            time=self._time(row["time"]),
            condition=self._words(row, "condition", provision),
            event=file.text_or_none(row["event"]),
            event_en=self._event_en(row),
            topics=self._topics(row["topics"]),
            statement=file.text(row["statement"]),
            statement_en=file.text(row["statement_en"]),
            topics_en=self._topics(row["topics_en"]),
            note=file.text_or_none(row["note"]),
            note_en=file.text_or_none(row["note_en"]),
            pairs=self._pairs(row["pairs"], bearers, recipients) if "pairs" in row else (),
            line=file.line(node),
        )

    def _event_en(self, row: dict[str, Node]) -> str | None:
        """English name of the event; a row with an event must give one, and no other may."""
        file = self.file
        english = file.text_or_none(row["event_en"]) if "event_en" in row else None
        if (file.text_or_none(row["event"]) is None) != (english is None):
            file.fail(row["event"], "event and event_en go together", "give both or neither")
        return english

    def _fact(self, node: Node) -> PreambleFact:
        file = self.file
        row = file.mapping(node, _FACT_KEYS)
        id = file.text(row["id"])
        self._claim_id(row["id"], id)
        preamble = self.regulation.preamble
        if preamble is None:
            file.fail(node, "the regulation has no preamble", "delete the key preamble")
        span = self._find(row["quote"], preamble.span, None)
        date = self._date(row["date"])
        written = f"{date.year}年{date.month}月{date.day}日"
        if written not in span.of(self._text):
            file.fail(row["date"], f'"{written}" is not in the quote', "compare the preamble")
        action = file.text(row["action"])
        if action not in span.of(self._text):
            file.fail(row["action"], f'action "{action}" is not in the quote', "copy its words")
        return PreambleFact(
            id=id,
            span=span,
            quote=span.of(self._text),
            actor=self._actor(row["actor"]),
            action=action,
            date=date,
            topics=self._topics(row["topics"]),
            statement=file.text(row["statement"]),
            statement_en=file.text(row["statement_en"]),
            topics_en=self._topics(row["topics_en"]),
            line=file.line(node),
        )

    def _exception(self, node: Node) -> RuleException:
        row = self.file.mapping(node, ("provision", "quote", "reason"))
        provision = self._provision(row["provision"])
        span = self._quote(row["quote"], provision)
        reason = self.file.text(row["reason"])
        return RuleException(
            provision, span, span.of(self._text), reason, line=self.file.line(node)
        )

    # Names

    def _claim_id(self, node: Node, id: str) -> None:
        if id in self._ids:
            self.file.fail(
                node, f"id {id} appears twice (first in line {self._ids[id]})", "renumber the rows"
            )
        self._ids[id] = self.file.line(node)

    def _id(self, node: Node, provision: ProvisionId) -> str:
        """The row's id: of its provision, counted from 1, in the order of the text."""
        id = self.file.text(node)
        match = _ROW_ID.fullmatch(id)
        if match is None:
            self.file.fail(node, f'"{id}" is not a row id', "write for example r17.2 or r15i3.1")
        self._claim_id(node, id)
        stem = f"r{provision.article}"
        stem += f"_{provision.suffix}" if provision.suffix is not None else ""
        stem += f"i{provision.item}" if provision.item is not None else ""
        if match[1] != stem:
            self.file.fail(node, f"id {id} is not of its provision", f"write {stem}.{match[2]}")
        due = self._counts.get(stem, 0) + 1
        if int(match[2]) != due:
            self.file.fail(node, f"id {id} is out of order: {stem}.{due} is due", "renumber")
        self._counts[stem] = due
        if self._last is not None and provision.sort_key < self._last[0].sort_key:
            self.file.fail(
                node, f"{id} stands after {self._last[1]}", "keep the rows in the order of the text"
            )
        self._last = (provision, id)
        return id

    def _provision(self, node: Node) -> ProvisionId:
        written = self.file.text(node)
        match = _PROVISION.fullmatch(written)
        if match is None:
            self.file.fail(
                node,
                f'"{written}" is not a provision',
                'write article.paragraph, like "17.1", or "15.1(3)" for an item',
            )
        article, suffix, paragraph, item = (int(n) if n else None for n in match.groups())
        provision = ProvisionId(self.regulation.id, article or 0, suffix, paragraph, item)
        try:
            self.regulation.find(provision)
        except NoSuchProvisionError as error:
            self.file.fail(node, error.fault, error.remedy)
        return provision

    def _actor(self, node: Node) -> str:
        id = self.file.text(node)
        if id not in self.actors:
            known = [actor.id for actor in self.actors.all()]
            near = closest(id, known)
            remedy = near if near.startswith("did") else "add it to actors.yaml first"
            self.file.fail(node, f'unknown actor "{id}"', remedy)
        return id

    def _bearers(self, node: Node) -> tuple[str, ...]:
        self.file.texts(node)
        return tuple(self._actor(member) for member in self.file.sequence(node))

    def _recipient(self, node: Node) -> Recipient:
        row = self.file.mapping(node, ("actor", "relation"))
        relation = (
            None
            if self.file.text_or_none(row["relation"]) is None
            else self.file.choice(row["relation"], _RELATIONS, "a relation")
        )
        return Recipient(self._actor(row["actor"]), relation)

    def _pairs(
        self, node: Node, bearers: tuple[str, ...], recipients: tuple[Recipient, ...]
    ) -> tuple[tuple[str, Recipient], ...]:
        pairs = []
        for member in self.file.sequence(node):
            two = self.file.texts(member)
            known = {f"{r.actor}/{r.relation or 'null'}": r for r in recipients}
            if len(two) != 2 or two[0] not in bearers or two[1] not in known:
                self.file.fail(
                    member,
                    f"[{', '.join(two)}] does not pair a bearer with a recipient of the row",
                    f"write [bearer, actor/relation]; recipients are {', '.join(known)}",
                )
            pairs.append((two[0], known[two[1]]))
        return tuple(pairs)

    # Words

    def _scope(self, provision: ProvisionId) -> tuple[Span, Span | None]:
        """Where a row's words may stand: its provision, and an item's lead-in."""
        found = self.regulation.find(provision)
        if isinstance(found, Item):
            above = self.regulation.find(
                ProvisionId(
                    provision.regulation,
                    provision.article,
                    provision.suffix,
                    provision.paragraph,
                )
            )
            return found.body, above.lead if isinstance(above, Paragraph) else None
        return found.span, None

    def _quote(self, node: Node, provision: ProvisionId) -> Span:
        return self._find(node, self._scope(provision)[0], provision)

    def _find(self, node: Node, within: Span, provision: ProvisionId | None) -> Span:
        """Where the quote stands; ``provision`` None is the preamble."""
        quote = self.file.text(node)
        start = self._text.find(quote, within.start, within.end)
        if start < 0:
            self._fail_words(node, "quote", quote, within, provision)
        if self._text.find(quote, start + 1, within.end) >= 0:
            self.file.fail(
                node, f'quote stands twice in {self._short(provision)}: "{quote}"', "quote more"
            )
        return Span(start, start + len(quote))

    def _words(self, row: dict[str, Node], key: str, provision: ProvisionId) -> str | None:
        """The value of ``key``, which must be words of the provision or its lead-in."""
        words = self.file.text_or_none(row[key])
        if words is None:
            return None
        own, lead = self._scope(provision)
        if words not in own.of(self._text) and (lead is None or words not in lead.of(self._text)):
            self._fail_words(row[key], key, words, own, provision)
        return words

    def _fail_words(
        self, node: Node, key: str, words: str, within: Span, provision: ProvisionId | None
    ) -> NoReturn:
        """Words that are not where they should be: say where they are, or what is there."""
        where = self._short(provision)
        found = (
            self.regulation.provision_at(self._text.find(words)) if words in self._text else None
        )
        if found is not None and self._short(found) != where:
            self.file.fail(
                node,
                f'{key} is not in {where} but in {self._short(found)}: "{words}"',
                "correct the provision or the words",
            )
        self.file.fail(
            node,
            f'{key} is not verbatim in {where}: "{words}"',
            f"it reads {within.of(self._text)}",
        )

    def _short(self, provision: ProvisionId | None) -> str:
        """A provision as the file writes it: 17.1, 15.1(3)."""
        if provision is None:
            return "the preamble"
        suffix = f"_{provision.suffix}" if provision.suffix is not None else ""
        item = f"({provision.item})" if provision.item is not None else ""
        return f"{provision.article}{suffix}.{provision.paragraph}{item}"

    def _topics(self, node: Node) -> tuple[str, ...]:
        topics = self.file.texts(node)
        if not topics:
            self.file.fail(node, "no topics", "write the words people use for it")
        return topics

    # Times

    def _date(self, node: Node) -> dt.date:
        written = self.file.text(node)
        try:
            return dt.date.fromisoformat(written)
        except ValueError:
            self.file.fail(node, f'"{written}" is not a date', "write it like 2019-11-20")

    def _time(self, node: Node) -> TimeLimit | None:
        if getattr(node, "value", None) in ("", "null", "~"):
            return None
        file = self.file
        row = file.mapping(node, ("kind",), _TIME_KEYS)
        unit, comparison = row.get("unit"), row.get("comparison")
        try:
            return TimeLimit(
                kind=file.choice(row["kind"], _KINDS, "a kind of time limit"),
                quantity=file.whole(row["quantity"]) if "quantity" in row else None,
                unit=file.choice(unit, _UNITS, "a unit of time") if unit else None,
                comparison=(
                    file.choice(comparison, _COMPARISONS, "a comparison") if comparison else None
                ),
                times=file.whole(row["times"]) if "times" in row else None,
                anchor=file.text_or_none(row["anchor"]) if "anchor" in row else None,
                date=self._date(row["date"]) if "date" in row else None,
                word=file.text_or_none(row["word"]) if "word" in row else None,
                upto=file.whole(row["upto"]) if "upto" in row else None,
            )
        except RuleError:
            raise
        except ValueError as error:
            file.fail(node, str(error), "compare the rows around it")
