"""What happens on each action of the page. Whatever comes from the browser is untrusted."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.config import Settings
from assistant.lookup import lookup
from assistant.web import strings as words
from assistant.web.article import Target, parse_target
from assistant.web.readiness import Answerer, Readiness, State
from assistant.web.ruletable import RuleFilter
from assistant.web.strings import language_of
from assistant.web.turns import Turn, target_of
from assistant.web.views import Shown, Turns, Views
from index.text import Script

__all__ = ["Actions"]

log = logging.getLogger(__name__)

Updates = tuple[Any, ...]

_KEPT = 50
"""Turns of a conversation that are kept and shown."""


class Actions:
    """Each method is one action: what the page holds in, what changes on it out."""

    def __init__(
        self, answerer: Answerer, settings: Settings, readiness: Readiness, views: Views
    ) -> None:
        self.answerer = answerer
        self.settings = settings
        self.readiness = readiness
        self.views = views
        self.regulation = views.knowledge.regulation

    def open(self, turns: Turns, shown: Shown, request: gr.Request) -> Iterator[Updates]:
        """The page has loaded: ``?lang=``, ``?cite=`` and ``?q=`` of its address count."""
        query = request.query_params
        language = language_of(str(query.get("lang", "")), language_of(self.settings.language))
        first = (str(language), *self.tick(language))
        if cite := str(query.get("cite", "")):
            source = self.look_up(cite, str(language), str(language.script))
            yield (*first, gr.skip(), gr.skip(), gr.skip(), *source)
        elif question := str(query.get("q", "")):
            for update in self.ask(question, turns, shown, str(language), str(language.script)):
                yield (*first, *update)
        else:
            yield (*first, *(gr.skip() for _ in range(5)))

    def ask(
        self, question: object, turns: Turns, shown: Shown, switch: object, script: object
    ) -> Iterator[Updates]:
        """Answer; first show the question, then the answer and the source it rests on."""
        language = language_of(str(switch))
        asked = question.strip() if isinstance(question, str) else ""
        if not asked:
            yield tuple(gr.skip() for _ in range(5))
            return
        kept = turns[-_KEPT:]
        limit = self.settings.max_question_chars
        if len(asked) > limit:
            fault = Turn(asked[:80] + "……", fault=words.TOO_LONG, detail={"limit": limit})
            kept = (*kept, fault)
            yield (gr.skip(), self.views.conversation(kept, language), kept, gr.skip(), gr.skip())
            return
        waiting = (*kept, Turn(asked))
        yield ("", self.views.conversation(waiting, language), gr.skip(), gr.skip(), gr.skip())
        history = tuple(t.question for t in kept if t.answer is not None)
        try:
            turn = Turn(asked, self.answerer.ask(asked, history=history))
        except Exception:  # whatever it is, the visitor gets a sentence and the log the fault
            log.exception("a question could not be answered")
            turn = Turn(asked, fault=words.FAILED)
        done = (*kept, turn)
        if turn.answer is not None and turn.answer.citations:
            shown = Shown((target_of(turn.answer.citations[0], self.views.knowledge.rules),))
        source = self.views.source(shown, _script(script), language)
        yield (gr.skip(), self.views.conversation(done, language), done, source, shown)

    def act(
        self, request: object, turns: Turns, shown: Shown, switch: object, script: object
    ) -> Iterator[Updates]:
        """A click on one of our links, as page.js hands it over; untrusted like any input."""
        try:
            wish = json.loads(str(request))
        except (ValueError, RecursionError):
            wish = None
        if not isinstance(wish, dict):
            return
        if wish.get("do") == "ask":
            yield from self.ask(wish.get("question"), turns, shown, switch, script)
        elif wish.get("do") == "cite":
            target = parse_target(
                wish.get("cite"), wish.get("span"), wish.get("core"), self.regulation
            )
            if target is not None:
                opened = Shown((target,))
                source = self.views.source(opened, _script(script), language_of(str(switch)))
                yield (gr.skip(), gr.skip(), gr.skip(), source, opened)

    def start_anew(self, switch: object) -> Updates:
        """Forget the conversation."""
        return ("", self.views.conversation((), language_of(str(switch))), ())

    def look_up(self, citation: object, switch: object, script: object) -> Updates:
        """Show what a typed citation names, or say what exists instead."""
        language = language_of(str(switch))
        typed = citation.strip()[:200] if isinstance(citation, str) else ""
        if not typed:
            return (gr.skip(), gr.skip())
        result = lookup(typed, self.regulation)
        targets = tuple(Target(p.provision) for p in result.provisions)
        shown = Shown(targets, "" if targets else result.message or "")
        return (self.views.source(shown, _script(script), language), shown)

    def draw_source(self, shown: Shown, switch: object, script: object) -> str:
        """The same source, in the other script."""
        return self.views.source(shown, _script(script), language_of(str(switch)))

    def filter_rules(self, switch: object, *filters: object) -> str:
        """The rule table; ``filters`` are the fields of :class:`RuleFilter` in their order."""
        chosen = RuleFilter(*(str(value or "")[:200] for value in filters))
        return self.views.rules(chosen, language_of(str(switch)))

    def change_language(
        self, switch: object, turns: Turns, shown: Shown, *filters: object
    ) -> Updates:
        """Everything again, in another language; answers keep the language they were asked in."""
        language = language_of(str(switch))
        return (
            self.views.masthead(language),
            self.views.notice(language),
            self.views.footer(language),
            self.views.conversation(turns, language),
            self.views.source(shown, language.script, language),
            self.filter_rules(switch, *filters),
            str(language.script),
        )

    def tick(self, switch: object) -> Updates:
        """The notice while the model loads; then the ticking stops."""
        language = language_of(str(switch))
        return (
            self.views.notice(language),
            gr.Timer(active=self.readiness.state is State.LOADING),
        )


def _script(name: object) -> Script:
    return Script.TRADITIONAL if name == Script.TRADITIONAL else Script.SIMPLIFIED
