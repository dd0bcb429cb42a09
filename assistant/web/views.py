"""What stands in each place of the page, drawn for a language; see page.py for the places."""

from __future__ import annotations

from typing import NamedTuple

from assistant.knowledge import Knowledge
from assistant.question import Language
from assistant.web import strings as words
from assistant.web.article import Target, notice_html, source_html
from assistant.web.markup import block, el, join
from assistant.web.readiness import Readiness
from assistant.web.ruletable import RuleFilter, rules_html, select
from assistant.web.turns import Turn, conversation_html
from index.text import Script, convert

__all__ = ["Shown", "Turns", "Views"]

Turns = tuple[Turn, ...]


class Shown(NamedTuple):
    """What the source panel shows, so that a change of script can draw it again."""

    targets: tuple[Target, ...] = ()
    message: str = ""


class Views:
    """Draws; keeps no state of any visitor."""

    def __init__(self, knowledge: Knowledge, readiness: Readiness) -> None:
        self.knowledge = knowledge
        self.readiness = readiness

    def masthead(self, language: Language) -> str:
        """Brand and title of the regulation."""
        title = convert(self.knowledge.regulation.title, language.script)
        brand = el("h1", words.BRAND.of(language), el("small", words.TAGLINE.of(language)))
        return block(
            el(
                "header",
                el("span", words.BRAND.hans[0], class_="seal", aria_hidden="true"),
                el("div", brand, el("p", title, lang=language.script)),
                lang=language,
                class_="masthead",
            )
        )

    def notice(self, language: Language) -> str:
        """What does not work now, if anything."""
        text = self.readiness.notice(language)
        return block(notice_html(text)) if text else ""

    def footer(self, language: Language) -> str:
        """The line at the end."""
        return block(el("p", words.FOOTER.of(language), class_="footer", lang=language))

    def conversation(self, turns: Turns, language: Language) -> str:
        """Questions and answers, or the welcome."""
        return block(conversation_html(turns, self.knowledge, language))

    def source(self, shown: Shown, script: Script, language: Language) -> str:
        """The articles shown, or why there is none."""
        if shown.message:
            return block(notice_html(shown.message))
        content = source_html(shown.targets, self.knowledge.regulation, script, language)
        back = el("a", f"↑ {words.BACK.of(language)}", href="#conversation", data_back=True)
        return block(join(content, el("p", back, class_="back") if shown.targets else None))

    def rules(self, chosen: RuleFilter, language: Language) -> str:
        """The rule table, filtered."""
        return block(rules_html(select(self.knowledge, chosen), self.knowledge, language))
