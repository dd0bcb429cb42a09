"""What the model is offered: provisions under opaque tokens; and tokens made citations again.

A token tells nothing of its provision, so a model can only pass on what it was given. What
it writes about a provision's number or words never reaches the reader: the label and the
quotation come from the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.draft import Draft, Evidence
from assistant.evidence import sentence_of
from assistant.knowledge import Knowledge
from assistant.question import Language
from assistant.rank import Ranking
from assistant.wording import in_script, labels, say
from index.regulation import ProvisionId
from index.rules import Rule
from index.text import Span

__all__ = ["Cited", "Offer", "Offered", "make_offer"]

_MOST = 6
"""Provisions."""
_MOST_ROWS = 6
"""Rows told of one provision."""
_MOST_TEXT = 3000
"""Characters of all provisions together."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One provision with the rows that match the question."""

    token: str
    provision: ProvisionId
    rules: tuple[Rule, ...]
    spans: tuple[Span, ...]
    """The sentences of the text that are shown to the model."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence whose tokens have become citations."""

    text: str
    offered: tuple[Offered, ...]
    """What it cites, in its order, each once."""


_ONE = r"P\s?[0-9]{1,3}"
_LIST = rf"{_ONE}(?:\s*(?:[,，、;；&/]|和|及|与|and)?\s*{_ONE})*"
_CUE = r"(?:(?:依据|根据|来源|参见|见|据|source|see|cf\.?|per)\s*[:：]?\s*)?"
_GROUP = rf"[ \t]*[\[【〔(（]\s*{_CUE}{_LIST}\s*[\]】〕)）]"
_GROUPS = re.compile(rf"(?:{_GROUP})+", re.I)
_BARE = re.compile(rf"(?<![A-Za-z0-9]){_LIST}(?![A-Za-z0-9])", re.I)
_STRANGE = re.compile(r"[ \t]*[\[【]\s*[A-Za-z]?[0-9]{1,3}\s*[\]】]")
"""[12]: a token in another style, which was never given out."""
_NUMBER = re.compile(r"P\s?([0-9]{1,3})", re.I)
_HEAD = re.compile(rf"^((?:{_GROUP})+)\s*(?:(?:原文|规定|Text|Rule)\s*)?[:：]?\s*(?=\S)", re.I)
_END = re.compile(r"[。.！!?？;；]*[”’」』\"']*$")
_TAIL = re.compile(rf"([。.！!？?;；]*[”’」』\"']*)((?:{_GROUP})+)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Offer:
    """All that one prompt offers."""

    items: tuple[Offered, ...]
    knowledge: Knowledge
    language: Language

    def get(self, token: str) -> Offered | None:
        """What stands under a token; None for one that was never given out."""
        return next((item for item in self.items if item.token == token), None)

    def cite(self, sentence: str) -> Cited:
        """Known tokens become citations where they stand (in wording: simplified or English),
        unknown ones vanish."""
        used: dict[str, Offered] = {}
        sentence = " ".join(sentence.split())
        tail = _TAIL.search(sentence)
        if tail is not None and tail[1]:  # …报告。[P1]: the citation belongs into the sentence
            sentence = sentence[: tail.start()] + tail[2] + tail[1]
        head = _HEAD.match(sentence)
        if head is not None:  # [P1] …报告。 likewise
            end = _END.search(sentence)
            at = end.start() if end is not None else len(sentence)
            sentence = sentence[head.end() : at] + head[1] + sentence[at:]

        def bracketed(match: re.Match[str]) -> str:
            found = self._known(match[0], used)
            english = self.language is Language.EN
            return say("cite", english, labels=self._label(found)) if found else ""

        def bare(match: re.Match[str]) -> str:
            return self._label(self._known(match[0], used))

        text = _BARE.sub(bare, _STRANGE.sub("", _GROUPS.sub(bracketed, sentence)))
        return Cited(text, tuple(used.values()))

    def in_tokens(self, text: str) -> str:
        """``text`` with the provisions on offer named by their tokens, as the model knows them."""
        named = ((in_script(self._label([i]), self.language), i.token) for i in self.items)
        for label, token in sorted(named, key=lambda pair: -len(pair[0])):
            text = text.replace(label, f"[{token}]")
        return text

    def _known(self, words: str, used: dict[str, Offered]) -> list[Offered]:
        tokens = dict.fromkeys(f"P{int(n)}" for n in _NUMBER.findall(words))
        found = [item for token in tokens if (item := self.get(token)) is not None]
        used.update((item.token, item) for item in found)
        return found

    def _label(self, found: Iterable[Offered]) -> str:
        names = (item.provision for item in found)
        return labels(names, self.knowledge.regulation, self.language)

    def evidence(self, offered: Iterable[Offered], rules: Iterable[str]) -> tuple[Evidence, ...]:
        """The quotations behind citations: the sentence of each row that bears them out, or
        the provision as it was offered."""
        ids = list(dict.fromkeys(rules))
        out: list[Evidence] = []
        for item in offered:
            rows = [r for r in self.knowledge.rules.of(item.provision) if r.id in ids]
            rows = rows or list(item.rules[:1])
            for rule in rows:
                span = sentence_of(rule, self.knowledge.regulation)
                if not any(known.span.contains(span) for known in out):
                    out.append(Evidence(rule.provision, span, rule.id))
            if not rows:
                out.append(Evidence(item.provision, item.spans[0]))
        return tuple(out)


def make_offer(draft: Draft, ranking: Ranking, knowledge: Knowledge, language: Language) -> Offer:
    """What the deterministic answer rests on, then what was ranked next."""
    ranked = {r.rule.id: r.rule for r in ranking.rules}
    items: list[Offered] = []
    room = _MOST_TEXT
    for provision in _provisions(draft, ranking):
        if len(items) == _MOST:
            break
        own = knowledge.rules.of(provision)
        rows = [r for id, r in ranked.items() if any(r.id == o.id for o in own)][:_MOST_ROWS]
        rows = sorted(rows or own[:_MOST_ROWS], key=lambda rule: rule.span)
        spans = _spans(provision, rows, draft, knowledge)
        size = sum(map(len, spans))
        if items and size > room:
            continue
        room -= size
        items.append(Offered(f"P{len(items) + 1}", provision, tuple(rows), spans))
    return Offer(tuple(items), knowledge, language)


def _provisions(draft: Draft, ranking: Ranking) -> Iterator[ProvisionId]:
    """Each once, none within one that is offered whole."""
    given: list[ProvisionId] = []
    names = [e.provision for e in draft.evidence]
    for name in [*names, *(r.rule.provision for r in ranking.rules)]:
        if not any(known.covers(name) for known in given):
            given.append(name)
            yield name


def _spans(
    provision: ProvisionId, rows: Iterable[Rule], draft: Draft, knowledge: Knowledge
) -> tuple[Span, ...]:
    """The sentences of the rows, and what the deterministic answer quotes, in order."""
    quoted = [e.span for e in draft.evidence if e.provision == provision]
    found = {*quoted, *(sentence_of(rule, knowledge.regulation) for rule in rows)}
    spans = sorted(found) or [knowledge.regulation.span(provision)]
    return tuple(s for s in spans if not any(o != s and o.contains(s) for o in spans))
