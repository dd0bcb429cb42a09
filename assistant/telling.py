"""Rule rows in the words of one language: sentences, citations, names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.draft import Section
from assistant.knowledge import Knowledge
from assistant.question import Language
from assistant.wording import label, labels, say
from index.regulation import ProvisionId
from index.rules import Recipient, Rule

__all__ = ["Teller"]

_RELATIONS = {
    "same": ("同级", "same-level "),
    "higher": ("上级", "higher-level "),
    "lower": ("下级", "lower-level "),
}


class Teller:
    """Tells rows in wording: English, or simplified Chinese for either script."""

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        self._actors = knowledge.actors
        self._regulation = knowledge.regulation
        self._language = language
        self.english = language is Language.EN
        self.lang = language.wording

    def say(self, key: str, **values: object) -> str:
        """The wording of ``key``."""
        return say(key, self.english, **values)

    def label(self, provision: ProvisionId) -> str:
        """Short citation of ``provision``."""
        return label(provision, self._regulation, self._language)

    def labels(self, rules: Iterable[Rule]) -> str:
        """Short citations of the provisions of ``rules``, each once."""
        return labels((rule.provision for rule in rules), self._regulation, self._language)

    def actors(self, ids: Iterable[str]) -> str:
        """Names of actors."""
        return self._join(self._actors.name(id, self.lang) for id in ids)

    def recipients(self, recipients: Iterable[Recipient]) -> str:
        """Names of recipients with their level, seen from the bearer: 同级党委."""
        return self._join(map(self._recipient, recipients))

    def _recipient(self, recipient: Recipient) -> str:
        name = self._actors.name(recipient.actor, self.lang)
        if recipient.relation is None:
            return name
        prefix = _RELATIONS[recipient.relation][self.english]
        return name if name.startswith(prefix) else prefix + name

    def _join(self, names: Iterable[str]) -> str:
        return self.say("join").join(dict.fromkeys(names))

    def statement(self, rule: Rule) -> str:
        """A row's own sentence."""
        return rule.statement_en if self.english else rule.statement

    def cited(self, rule: Rule) -> str:
        """A row's own sentence with its provision in brackets before the full stop."""
        stop = self.say("stop")
        mark = self.say("cite", labels=self.labels([rule]))
        return f"{self.statement(rule).rstrip(stop + '。. ')}{mark}{stop}"

    def told(self, rules: Iterable[Rule], lead: str = "") -> str:
        """The sentences of ``rules`` with their provisions, as one paragraph after ``lead``."""
        return self.paragraph([lead, *map(self.cited, rules)])

    def sentence(self, text: str) -> str:
        """``text`` as a sentence of its own: capital letter and full stop."""
        text = text[:1].upper() + text[1:] if self.english else text
        return text if text.endswith((".", "。")) else text + self.say("stop")

    def paragraph(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other; blanks stand between them in English only."""
        text = " ".join(sentences)
        if self.english:
            return re.sub(r" {2,}", " ", text).strip()
        return re.sub(r"(?<=[。；：”）]) +", "", text).strip()

    def notes(self, rules: Iterable[Rule]) -> tuple[Section, ...]:
        """What the text leaves open about ``rules``."""
        found = dict.fromkeys(n for r in rules if (n := r.note_en if self.english else r.note))
        return self.section("open", found)

    def section(self, title: str, lines: Iterable[str]) -> tuple[Section, ...]:
        """``lines`` under the wording of ``title``; nothing when there are none."""
        kept = tuple(lines)
        return (Section(self.say(title), kept),) if kept else ()
