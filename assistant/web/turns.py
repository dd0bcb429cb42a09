"""The conversation: questions, answers, chips, notices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.question import Language
from assistant.web import strings as words
from assistant.web.article import Target, chip, notice_html
from assistant.web.markup import Markup, el, join, markdown
from assistant.web.strings import Text, language_of
from index.regulation import Regulation

if TYPE_CHECKING:
    from assistant.answer import Answer

__all__ = ["Turn", "conversation_html"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what came of it."""

    question: str
    answer: Answer | None = None
    """None while it is being computed, or when it failed."""
    fault: Text | None = None
    """What to say instead of an answer."""
    detail: Mapping[str, object] = field(default_factory=dict)
    """Values of the fields in ``fault``."""


def conversation_html(turns: Sequence[Turn], regulation: Regulation, language: Language) -> Markup:
    """All turns, oldest first; the welcome when there is none."""
    if not turns:
        return _welcome(language)
    return join(*(_turn_html(turn, regulation, language) for turn in turns))


def _welcome(language: Language) -> Markup:
    examples = (
        el("button", text.of(language), type="button", class_="example", data_ask=text.of(language))
        for text in words.EXAMPLES
    )
    return el(
        "section",
        el("h2", words.WELCOME.of(language)),
        el("p", words.WELCOME_MORE.of(language)),
        el("div", *examples, class_="examples"),
        class_="welcome",
        lang=language,
    )


def _turn_html(turn: Turn, regulation: Regulation, language: Language) -> Markup:
    if turn.answer is not None:
        reply = _answer_html(turn.answer, regulation, language)
    elif turn.fault is not None:
        reply = el("div", notice_html(turn.fault.of(language, **turn.detail)), class_="answer")
    else:
        reply = el("div", el("p", words.THINKING.of(language), class_="thinking"), class_="answer")
    return el("section", el("div", turn.question, class_="question"), reply, class_="turn")


def _answer_html(answer: Answer, regulation: Regulation, language: Language) -> Markup:
    spoken = language_of(answer.language, language)
    chips = [chip(Target(e.provision, e.span), spoken, regulation) for e in answer.citations]
    # The same provision quoted twice is one chip: the first, most decisive quotation.
    seen: dict[str, Markup] = {}
    for evidence, link in zip(answer.citations, chips, strict=True):
        seen.setdefault(str(evidence.provision), link)
    basis = (
        el(
            "p",
            el("span", words.BASIS.of(spoken), class_="basis-label"),
            *seen.values(),
            class_="basis",
        )
        if seen
        else None
    )
    badge = el("p", words.NOT_ANSWERED.of(spoken), class_="badge") if answer.abstained else None
    body = _without_headline(answer.body, answer.headline)
    foot = el(
        "p",
        el("span", f"✓ {words.CHECKED.of(language)}", class_="checked") if seen else None,
        el(
            "a",
            words.PERMALINK.of(language),
            class_="permalink",
            href=f"?q={quote(answer.question.encode('utf-8', 'replace'))}",
        ),
        class_="foot",
        lang=language,
    )
    return el(
        "div",
        badge,
        el("p", answer.headline, class_="headline"),
        basis,
        el("div", markdown(body), class_="body") if body else None,
        *(notice_html(text) for text in answer.notices),
        foot,
        class_="answer abstained" if answer.abstained else "answer",
        lang=spoken,
    )


def _without_headline(body: str, headline: str) -> str:
    """The body less the headline it begins with: the page shows that in large type.

    >>> _without_headline("**每月至少1次。**\\n\\n依据第十七条", "每月至少1次。")
    '依据第十七条'
    """
    first, _, rest = body.lstrip().partition("\n\n")
    plain = re.sub(r"^#+\s*|\*\*", "", first).strip()
    return rest.strip() if plain == headline.strip() else body.strip()
