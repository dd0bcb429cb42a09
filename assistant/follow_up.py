"""Questions in the light of those before: 那旗县呢, 依据是哪一条, 超过了怎么办."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import phrases
from assistant.knowledge import Knowledge
from assistant.question import Intent, Language, Question, detect_language, has_han, is_bare
from assistant.reading import read_question
from index.regulation import ProvisionId
from index.text import Span

__all__ = ["MAX_HISTORY", "MAX_LENGTH", "understand"]

# A person types a question; a longer text is a document and belongs to `check`.
MAX_LENGTH = 2_000
MAX_HISTORY = 20

_LEANING = re.compile(
    r"^(?:那|哪么|再问|还有|另外|然后|接着|如果|要是|万一)|呢[,?。!]|呢$|这(?:个|条|种|项|样|事|一)|它|该(?:条|项|会议|事项)|上(?:面|述)"
    r"|^(?:and|what about|how about|what if|then|so)\b|\b(?:it|that|this|those|they|them|the same)\b"
)


def _bare(question: Question) -> str:
    """What remains of a follow-up when actors and words of asking are taken out."""
    rest = question.plain
    spans = [m.span for m in question.actors] + [u.span for u in question.units]
    for span in sorted(spans, reverse=True):
        rest = rest[: span.start] + " " + rest[span.end :]
    rest = phrases.FOLLOW_UP.sub("", rest)
    rest = phrases.BASIS.sub(" ", rest)
    rest = re.sub(
        r"一级|这级|层面|级别|的话|也是|一样|同样|换成|换做|what about|how about|for|the", " ", rest
    )
    return re.sub(r"[\s的是]", "", phrases.INTERROGATIVES.sub(" ", rest))


_FAMILY_WORDS = {
    "commission": ("党委政法委", " commission"),
    "committee": ("党委", " party committee"),
    "group": ("政法单位党组", " leading party group"),
    "organ": ("政法单位", " political and legal organ"),
}


def _swap_actor(previous: Question, current: Question) -> str | None:
    """The earlier question with the actor of the follow-up in place of its own."""
    subject = next((m for m in previous.actors if not m.foreign), None)
    family = subject.actor.split(".")[0] if subject else ""
    if current.actors:
        new_text = current.actors[0].span.of(current.plain)
    elif current.units:
        english = current.language is Language.EN
        new_text = current.units[0].span.of(current.plain)
        new_text += _FAMILY_WORDS.get(family, ("", ""))[english]
    else:
        return None
    spans = [m.span for m in previous.actors if not m.foreign] or [u.span for u in previous.units]
    if not spans:
        return f"{new_text}{' ' if current.language is Language.EN else ''}{previous.plain}"
    return previous.plain[: spans[0].start] + new_text + previous.plain[spans[0].end :]


def _lean_on(previous: Question, current: Question, knowledge: Knowledge) -> Question:
    """``current`` with what it leaves unsaid taken from ``previous``."""
    leaning = bool(_LEANING.search(current.plain))
    if current.small_talk or current.own_citations:
        return current
    remainder = _bare(current)
    empty = is_bare(remainder)
    if empty and (current.actors or current.units) and Intent.BASIS not in current.asks:
        again = read_question(_swap_actor(previous, current) or "", knowledge, current.language)
        intent = _intent_after(again, current)
        return replace(again, text=current.text, intent=intent, asks=again.asks | {intent})
    if empty:
        return _same_again(previous, current, knowledge)
    yes_no_only = current.intent is Intent.YES_NO and current.yes_no is None
    intent = current.intent if current.intent is not Intent.GENERAL else previous.intent
    intent = Intent.GENERAL if yes_no_only else intent
    return replace(
        current,
        actors=current.actors or tuple(replace(m, span=Span(0, 0)) for m in previous.actors),
        intent=intent,
        asks=((current.asks - {Intent.GENERAL}) or previous.asks) | {intent},
        context=f"{previous.context} {previous.focus}".strip(),
        context_weight=0.6 if leaning else 0.35,
    )


def _intent_after(again: Question, current: Question) -> Intent:
    """The follow-up's own intent when it states one, else the earlier question's."""
    own = current.asks - {Intent.GENERAL, Intent.LOOKUP, Intent.YES_NO}
    return current.intent if own and current.intent in own else again.intent


def _same_again(previous: Question, current: Question, knowledge: Knowledge) -> Question:
    """Only the words of asking are new: 依据是哪一条, 那报给谁, 超过了怎么办."""
    merged = read_question(previous.plain, knowledge, current.language)
    intent = current.intent if current.intent is not Intent.GENERAL else previous.intent
    if intent in (Intent.LOOKUP, Intent.YES_NO):
        intent = Intent.BASIS if intent is Intent.LOOKUP else Intent.GENERAL
    asks = current.asks - {Intent.GENERAL, Intent.YES_NO} or previous.asks
    if Intent.BASIS in asks:
        asks |= previous.asks & {Intent.DEADLINE, Intent.FREQUENCY}
    return replace(
        merged,
        text=current.text,
        intent=intent,
        asks=asks | {intent},
        yes_no=None,
        context=previous.context,
        context_weight=previous.context_weight,
        unregulated=current.unregulated,
        injection=current.injection,
        fabrication=current.fabrication,
    )


def understand(
    text: str, knowledge: Knowledge, history: Sequence[str] = (), lang: str = "auto"
) -> Question:
    """Read a question; ``history`` holds the earlier questions of the chat, oldest first.

    ``lang`` other than ``auto`` fixes the language of the answer.
    """
    text = text[:MAX_LENGTH]
    previous: Question | None = None
    for earlier in history[-MAX_HISTORY:]:
        read = read_question(
            earlier[:MAX_LENGTH], knowledge, detect_language(earlier), _place_of(previous)
        )
        if read.small_talk or not read.plain:
            continue
        previous = _lean_on(previous, read, knowledge) if previous else read
    language = detect_language(text) if lang == "auto" else Language(lang)
    if lang == "auto" and previous is not None and not has_han(text) and language is Language.HANS:
        language = previous.language
    current = read_question(text, knowledge, language, _place_of(previous))
    return _lean_on(previous, current, knowledge) if previous else current


def _place_of(question: Question | None) -> ProvisionId | None:
    """The provision that the question before cited last."""
    if question is None or not question.own_citations:
        return None
    return question.own_citations[-1].provisions[-1]
