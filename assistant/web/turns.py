"""The conversation: questions, answers, chips, notices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.clarify import choices_of_level
from assistant.findings import Verdict
from assistant.knowledge import Knowledge
from assistant.question import Language
from assistant.suggest import suggestions
from assistant.web import strings as words
from assistant.web.article import Target, chip, notice_html
from assistant.web.markup import Markup, el, join, markdown
from assistant.web.strings import Text, language_of
from index.regulation import ProvisionId
from index.rules import Rule, RuleTable

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.draft import Evidence

__all__ = ["Turn", "conversation_html", "target_of"]

# A first sentence of at most 40 characters with another after it.
_LEAD = re.compile(r"[^。！？]{1,24}[。！？](?=.)|[^.!?\n]{1,40}[.!?] (?=.)")


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


def conversation_html(turns: Sequence[Turn], knowledge: Knowledge, language: Language) -> Markup:
    """All turns, oldest first; the welcome when there is none."""
    if not turns:
        return _welcome(language)
    *before, last = turns
    follow_on = _follow_on(last.answer, before, knowledge, language) if last.answer else ()
    return join(
        *(_turn_html(turn, knowledge, language) for turn in before),
        _turn_html(last, knowledge, language, follow_on),
    )


def _asks(texts: Iterable[str], class_: str) -> Markup:
    """Buttons that ask."""
    buttons = (el("button", t, type="button", class_="example", data_ask=t) for t in texts)
    return el("div", *buttons, class_=class_)


def _follow_on(
    answer: Answer, before: Sequence[Turn], knowledge: Knowledge, language: Language
) -> tuple[Markup, ...]:
    """Below the newest answer: which level is meant, where that decides; what to ask next."""
    spoken = language_of(answer.language, language)
    if answer.understood.small_talk:
        return (_asks((text.of(spoken) for text in words.EXAMPLES[:3]), "next"),)
    rules = _rules_of(answer, knowledge)
    known = {rule.id for t in before if t.answer for rule in _rules_of(t.answer, knowledge)}
    asked = {t.question for t in before}
    out = []
    if choices := choices_of_level(answer.understood, rules, knowledge):
        levels = (
            el(
                "button",
                words.LEVELS[choice.level.value].of(spoken),
                type="button",
                class_="level",
                data_ask=choice.question,
            )
            for choice in choices
        )
        out.append(el("p", el("span", words.WHICH_LEVEL.of(spoken)), *levels, class_="which"))
    found = suggestions(answer.understood, rules, knowledge, known)
    if texts := [s.question for s in found if s.question not in asked]:
        head = el("p", words.NEXT_QUESTIONS.of(spoken), class_="next-head")
        out.append(
            el("nav", head, _asks(texts, "next"), aria_label=words.NEXT_QUESTIONS.of(spoken))
        )
    return tuple(out)


def _rules_of(answer: Answer, knowledge: Knowledge) -> tuple[Rule, ...]:
    ids = dict.fromkeys(e.rule for e in answer.citations if e.rule)
    return tuple(knowledge.rules.get(id) for id in ids)


def _welcome(language: Language) -> Markup:
    return el(
        "section",
        el("h2", words.WELCOME.of(language)),
        el("p", words.WELCOME_MORE.of(language)),
        _asks((text.of(language) for text in words.EXAMPLES), "examples"),
        class_="welcome",
        lang=language,
    )


def _turn_html(
    turn: Turn, knowledge: Knowledge, language: Language, follow_on: Sequence[Markup] = ()
) -> Markup:
    if turn.answer is not None:
        reply = _answer_html(turn.answer, knowledge, language)
    elif turn.fault is not None:
        reply = el("div", notice_html(turn.fault.of(language, **turn.detail)), class_="answer")
    else:
        reply = el("div", el("p", words.THINKING.of(language), class_="thinking"), class_="answer")
    asked = el("div", turn.question, class_="question")
    return el("section", asked, _understood(turn, language), reply, *follow_on, class_="turn")


def _understood(turn: Turn, language: Language) -> Markup | None:
    """How a question that leans on others was understood; a click puts it into the box."""
    if turn.answer is None or not (resolved := turn.answer.understood.resolved):
        return None
    spoken = language_of(turn.answer.language, language)
    return el(
        "p",
        words.UNDERSTOOD.of(spoken),
        el(
            "button",
            resolved,
            type="button",
            data_fill=resolved,
            title=words.UNDERSTOOD_HINT.of(spoken),
        ),
        class_="understood",
        lang=spoken,
    )


def target_of(evidence: Evidence, rules: RuleTable) -> Target:
    """What a chip opens: the quotation, with the words of its rule standing out."""
    core = rules.get(evidence.rule).span if evidence.rule else None
    fits = core is not None and evidence.span.contains(core) and core != evidence.span
    return Target(evidence.provision, evidence.span, core if fits else None)


def _answer_html(answer: Answer, knowledge: Knowledge, language: Language) -> Markup:
    spoken = language_of(answer.language, language)
    # The same provision quoted twice is one chip: the first, most decisive quotation.
    chips: dict[ProvisionId, Markup] = {}
    for evidence in answer.citations:
        if evidence.provision not in chips:
            target = target_of(evidence, knowledge.rules)
            chips[evidence.provision] = chip(target, spoken, knowledge.regulation)
    basis = el("p", *chips.values(), class_="basis", aria_label=words.BASIS.of(spoken))
    body = _without_headline(answer.body, answer.headline)
    return el(
        "div",
        el("p", words.NOT_ANSWERED.of(spoken), class_="badge") if _is_gap(answer) else None,
        _headline(answer.headline),
        basis if chips else None,
        el("div", markdown(body), class_="body") if body else None,
        *(notice_html(text) for text in answer.notices),
        _foot(answer, language),
        class_="answer abstained" if answer.abstained else "answer",
        lang=spoken,
    )


def _is_gap(answer: Answer) -> bool:
    """Whether the question was about the subject, and the regulation is silent on it."""
    return answer.abstained and answer.reason == "not_in_regulation"


def _headline(text: str) -> Markup:
    """The first sentence stands out when it is short: it is the answer itself.

    >>> _headline("每月至少1次。旗县每月研判。")
    Markup('<p class="headline"><strong>每月至少1次。</strong>旗县每月研判。</p>')
    """
    match = _LEAD.match(text)
    if match is None:
        return el("p", text, class_="headline plain")
    return el("p", el("strong", match[0].strip()), text[match.end() :], class_="headline")


def _foot(answer: Answer, language: Language) -> Markup:
    verdicts = {finding.verdict for finding in answer.findings}
    checked = Verdict.SUPPORTED in verdicts and Verdict.CONTRADICTED not in verdicts
    rules = ", ".join(dict.fromkeys(f.rule for f in answer.findings if f.rule))
    return el(
        "p",
        el("span", f"✓ {words.CHECKED.of(language)}", class_="checked", title=rules or None)
        if checked
        else None,
        el(
            "a",
            words.PERMALINK.of(language),
            class_="permalink",
            href=f"?q={quote(answer.question.encode('utf-8', 'replace'))}",
        ),
        class_="foot",
        lang=language,
    )


def _without_headline(body: str, headline: str) -> str:
    """The body less the headline it begins with: the page shows that in large type.

    >>> _without_headline("**每月至少1次。**\\n\\n依据第十七条", "每月至少1次。")
    '依据第十七条'
    """
    first, _, rest = body.lstrip().partition("\n\n")
    plain = re.sub(r"^#+\s*|\*\*", "", first).strip()
    return rest.strip() if plain == headline.strip() else body.strip()
