"""The page: its places, and which action each of them sets off.

:mod:`~assistant.web.views` draws the contents, :mod:`~assistant.web.actions` answers what a
visitor does; this module lays out the places and connects them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.config import Settings
from assistant.question import Language
from assistant.web import strings as words
from assistant.web.actions import Actions
from assistant.web.ruletable import actor_choices, kind_choices, level_choices
from assistant.web.strings import Text, language_of
from assistant.web.views import Shown, Views

__all__ = ["Page", "head_html", "page_css", "theme"]

_HERE = Path(__file__).parent

# Nothing is fetched: fonts of the system, Chinese ones named for each of them.
_SANS = (
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)


def theme() -> gr.themes.Base:
    """Gradio's plainest theme on system fonts; page.css does the rest."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        font=_SANS,
        font_mono=("ui-monospace", "Consolas", "Noto Sans Mono CJK SC", "monospace"),
    )


def page_css() -> str:
    """The style sheet."""
    return (_HERE / "page.css").read_text(encoding="utf-8")


def head_html() -> str:
    """What goes into ``<head>``: our script, inline, since the policy allows that."""
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    return f'<meta name="color-scheme" content="light dark">\n<script>\n{script}</script>'


class Page:
    """The page of one regulation; ``blocks`` is what Gradio serves."""

    def __init__(self, actions: Actions, views: Views, settings: Settings) -> None:
        self.actions = actions
        self.views = views
        self.settings = settings
        self.language = language_of(settings.language)
        # Every component with words on it, and those words in a language.
        self._worded: list[tuple[Any, Callable[[Language], dict[str, Any]]]] = []
        with gr.Blocks(
            title=words.BRAND.of(self.language), analytics_enabled=False, fill_width=True
        ) as self.blocks:
            self._lay_out()
            self._connect()

    def _lay_out(self) -> None:
        language = self.language
        self.turns = gr.State(())
        self.shown = gr.State(Shown())
        self.request = gr.Textbox(
            elem_id="request", visible="hidden", show_label=False, max_length=10_000
        )
        # Ticks only while the model is loading.
        self.timer = gr.Timer(1.0, active=False)
        with gr.Row(elem_id="top"):
            self.masthead = _drawn("masthead", self.views.masthead(language))
            self.switch = gr.Radio(
                list(words.LANGUAGE_NAMES),
                value=str(language),
                elem_id="language",
                container=False,
                label=words.LANGUAGE.of(language),
                show_label=False,
                scale=0,
            )
        self.notice = _drawn("notice", "")
        with gr.Row(elem_id="main"):
            with gr.Column(elem_id="work"), gr.Tabs(elem_id="tabs"):
                with self._say(gr.Tab(id="chat"), label=words.TAB_CHAT):
                    self._lay_out_chat()
                self.rules_tab = self._say(gr.Tab(id="rules"), label=words.TAB_RULES)
                with self.rules_tab:
                    self._lay_out_rules()
            with gr.Column(elem_id="source-panel"):
                self._lay_out_source()
        self.footer = _drawn("footer", self.views.footer(language))
        for component, texts in self._worded:
            for name, value in texts(language).items():
                setattr(component, name, value)

    def _lay_out_chat(self) -> None:
        self.conversation = _drawn("conversation", self.views.conversation((), self.language))
        with gr.Row(elem_id="composer"):
            self.question = self._say(
                gr.Textbox(
                    elem_id="question",
                    lines=1,
                    max_lines=6,
                    show_label=False,
                    container=False,
                    scale=1,
                    max_length=self.settings.max_question_chars,
                ),
                label=words.QUESTION,
                placeholder=words.QUESTION_HINT,
            )
            self.send = self._say(
                gr.Button(elem_id="send", variant="primary", scale=0, min_width=88),
                value=words.SEND,
            )
            self.clear = self._say(
                gr.Button(elem_id="clear", variant="secondary", scale=0, min_width=88),
                value=words.NEW_CHAT,
            )

    def _lay_out_rules(self) -> None:
        with gr.Row(elem_id="filters"):
            self.by_actor = self._choose("by-actor", words.RULE_ACTOR, self._actor_choices)
            self.by_level = self._choose("by-level", words.RULE_LEVEL, level_choices)
            self.by_kind = self._choose("by-kind", words.RULE_KIND, kind_choices)
            self.by_article = self._say(
                gr.Textbox(elem_id="by-article", max_length=20, min_width=90),
                label=words.RULE_ARTICLE,
                placeholder=words.RULE_ARTICLE_HINT,
            )
            self.by_text = self._say(
                gr.Textbox(elem_id="by-text", max_length=100, min_width=150),
                label=words.RULE_TEXT,
                placeholder=words.RULE_TEXT_HINT,
            )
        self.rules = _drawn("rules-list", "")

    def _actor_choices(self, language: Language) -> list[tuple[str, str]]:
        return actor_choices(self.views.knowledge, language)

    def _choose(
        self,
        elem_id: str,
        label: Text,
        choices: Callable[[Language], list[tuple[str, str]]],
    ) -> Any:
        box = gr.Dropdown(choices(self.language), value="", elem_id=elem_id, min_width=150)
        self._worded.append(
            (box, lambda language: {"label": label.of(language), "choices": choices(language)})
        )
        return box

    def _lay_out_source(self) -> None:
        with gr.Row(elem_id="source-top"):
            self.citation = self._say(
                gr.Textbox(
                    elem_id="citation",
                    show_label=False,
                    container=False,
                    scale=1,
                    max_length=200,
                ),
                label=words.LOOKUP,
                placeholder=words.LOOKUP_HINT,
            )
            self.find = self._say(
                gr.Button(elem_id="find", variant="secondary", scale=0, min_width=72),
                value=words.FIND,
            )
            self.script = self._say(
                gr.Radio(
                    list(words.SCRIPT_NAMES),
                    value=str(self.language.script),
                    elem_id="script",
                    container=False,
                    show_label=False,
                    scale=0,
                ),
                label=words.SCRIPT,
            )
        with gr.Column(elem_id="source-scroll"):
            self.source = _drawn(
                "source", self.views.source(Shown(), self.language.script, self.language)
            )

    def _say(self, component: Any, **texts: Text) -> Any:
        """Have ``component`` carry these texts, in whatever language is chosen."""
        self._worded.append(
            (component, lambda language: {k: t.of(language) for k, t in texts.items()})
        )
        return component

    def _connect(self) -> None:
        # No action is part of a public API: that is assistant.web.api.
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        tongue = [self.switch, self.script]
        answer = [self.question, self.conversation, self.turns, self.source, self.shown]
        gr.on(
            [self.question.submit, self.send.click],
            self.actions.ask,
            [self.question, self.turns, self.shown, *tongue],
            answer,
            trigger_mode="once",
            **quiet,
        )
        self.request.change(
            self.actions.act, [self.request, self.turns, self.shown, *tongue], answer, **quiet
        )
        self.clear.click(
            self.actions.start_anew,
            [self.switch],
            [self.question, self.conversation, self.turns],
            **quiet,
        )
        gr.on(
            [self.citation.submit, self.find.click],
            self.actions.look_up,
            [self.citation, *tongue],
            [self.source, self.shown],
            **quiet,
        )
        self.script.input(self.actions.draw_source, [self.shown, *tongue], [self.source], **quiet)
        filters = [self.by_actor, self.by_level, self.by_article, self.by_kind, self.by_text]
        gr.on(
            # The list is long: it comes when its tab is opened, not with the page.
            [self.rules_tab.select, *(box.change for box in filters)],
            self.actions.filter_rules,
            [self.switch, *filters],
            [self.rules],
            trigger_mode="always_last",
            **quiet,
        )
        drawn = [self.masthead, self.notice, self.footer, self.conversation, self.source]
        self.switch.change(
            self._change_language,
            [self.switch, self.turns, self.shown, *filters],
            [*drawn, self.rules, self.script, *(component for component, _ in self._worded)],
            **quiet,
        )
        self.timer.tick(self.actions.tick, [self.switch], [self.notice, self.timer], **quiet)
        self.blocks.load(
            self.actions.open,
            [self.turns, self.shown],
            [self.switch, self.notice, self.timer, *answer],
            **quiet,
        )

    def _change_language(self, switch: str, *held: Any) -> tuple[Any, ...]:
        language = language_of(switch)
        drawn = self.actions.change_language(switch, *held)
        return (*drawn, *(gr.update(**texts(language)) for _, texts in self._worded))


def _drawn(elem_id: str, value: str) -> gr.Markdown:
    """A place for HTML of our own making (see markup.py for why this component)."""
    return gr.Markdown(
        value, elem_id=elem_id, sanitize_html=False, latex_delimiters=[], container=False
    )
