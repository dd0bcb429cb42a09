"""Questions in the light of those before: 那旗县呢, 依据是哪一条, 超过了怎么办.

A chat is folded, question by question, into a :class:`Topic`: the question as it was last
understood, the provision at hand, who the asker is, and the subjects before. The next
question either stands alone and opens a subject of its own, or takes from the topic what it
leaves unsaid; :class:`~assistant.question.Lean` names what it takes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

from assistant import phrases
from assistant.grams import read_bag
from assistant.knowledge import Knowledge
from assistant.leaning import (
    Correction,
    asks_why,
    both,
    correction,
    from_when,
    goes_back,
    leaning,
    turned,
    without_courtesy,
)
from assistant.question import (
    Intent,
    Language,
    Lean,
    Question,
    detect_language,
    has_han,
    is_bare,
)
from assistant.reading import read_question
from assistant.subject import Explained
from assistant.wording import in_script
from index.actors import ActorMention
from index.citation import format_citation
from index.regulation import ProvisionId
from index.text import Span

__all__ = ["MAX_HISTORY", "MAX_LENGTH", "Topic", "swap_actor", "understand"]

# A person types a question; a longer text is a document and belongs to `check`.
MAX_LENGTH = 2_000
MAX_HISTORY = 20

_LEANING_WEIGHT, _LOOSE_WEIGHT = 0.6, 0.35  # of the earlier question's words in the search
_EARLIER = 8  # subjects that 刚才说的 reaches back to
_SHOWN = 40  # characters of an earlier question in the line that says how one was understood


@dataclass(frozen=True, slots=True)
class Topic:
    """What a chat is about, after some questions."""

    question: Question | None = None
    """The last one, as understood."""
    place: ProvisionId | None = None
    """The provision that was cited last on this subject."""
    party: tuple[ActorMention, ...] = ()
    """Who the asker said to be."""
    earlier: tuple[Question, ...] = ()
    """The questions that opened or turned a subject, oldest first."""

    def after(self, question: Question) -> Topic:
        """The topic once ``question`` was asked."""
        if question.small_talk or not question.plain:
            return replace(self, party=question.actors or self.party)
        cited = question.own_citations
        alone = question.lean is Lean.ALONE
        place = cited[-1].provisions[-1] if cited else None if alone else self.place
        opens = question.lean in (Lean.ALONE, Lean.SWAP, Lean.CONTEXT)
        earlier = (*self.earlier, question)[-_EARLIER:] if opens else self.earlier
        return replace(self, question=question, place=place, earlier=earlier)


def understand(
    text: str, knowledge: Knowledge, history: Sequence[str] = (), lang: str = "auto"
) -> Question:
    """Read a question; ``history`` holds the earlier questions of the chat, oldest first.

    ``lang`` other than ``auto`` fixes the language of the answer.
    """
    text = text[:MAX_LENGTH]

    def follow(topic: Topic, earlier: str) -> Topic:
        earlier = earlier[:MAX_LENGTH]
        return topic.after(_read(topic, earlier, detect_language(earlier), knowledge))

    topic = reduce(follow, history[-MAX_HISTORY:], Topic())
    previous = topic.question
    language = detect_language(text) if lang == "auto" else Language(lang)
    if lang == "auto" and previous is not None and not has_han(text) and language is Language.HANS:
        language = previous.language
    return _read(topic, text, language, knowledge)


def _read(topic: Topic, text: str, language: Language, knowledge: Knowledge) -> Question:
    """One question of a chat, as the topic so far lets it be understood."""
    if (previous := topic.question) is None:
        current = read_question(text, knowledge, language)
        return _as_own_body(topic, _alone(current))
    said = turned(without_courtesy(text), topic.place)
    current = replace(read_question(said, knowledge, language, topic.place), text=text)
    if current.small_talk == "introduction" and (current.units or _same_family(previous, current)):
        return _with_other_actor(previous, current, knowledge)  # 我是旗县的, after an answer
    if current.small_talk or not current.plain:
        return current
    if current.own_citations:
        return _alone(current)
    if meant := correction(current.plain):
        return _corrected(topic, current, meant, knowledge)
    if back := goes_back(current.plain):
        rest = current.plain[: back.start()] + current.plain[back.end() :]
        recalled = knowledge.subjects.taken_up(rest, [q.plain for q in topic.earlier])
        previous = topic.earlier[recalled] if recalled is not None else previous
        current = replace(read_question(rest, knowledge, language), text=text)
        if recalled is not None and _asked(current) <= {Intent.BASIS}:
            return _source(previous, current, knowledge)
    if current.intent is Intent.COMPARE and not current.parts and both(current.plain):
        return _of_the_last_two(topic, current)
    return _lean_on(topic, previous, current, knowledge)


def _alone(question: Question) -> Question:
    cited = question.own_citations
    name = format_citation(cited[-1].provisions[-1]) if cited else question.focus
    return replace(question, subject=(name,))


_PERSONAL: Final = frozenset({Intent.DEADLINE, Intent.FREQUENCY, Intent.RECIPIENT, Intent.SCENARIO})


def _as_own_body(topic: Topic, question: Question) -> Question:
    """``question`` as of the body that the asker belongs to, where it names none."""
    if not topic.party or question.actors or question.units or question.own_citations:
        return question
    if question.intent not in _PERSONAL:
        return question
    return replace(question, actors=_unsaid(topic.party))


def _unsaid(actors: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """Actors that are meant but do not stand in the text."""
    return tuple(replace(m, span=Span(0, 0)) for m in actors)


# -- what a question says by itself -------------------------------------------------------


_ASIDE: Final = re.compile(
    r"一级|这级|层面|级别|的话|也?(?:是|要)?(?:这样|那样|如此|这么着)|也是|一样|同样|换成|换做|这个|那个|又"
)
_ASKING: Final = re.compile(
    "|".join(
        words.pattern
        for name, words in phrases.ASKS
        if name in ("deadline", "frequency", "recipient", "actor")
    )
)
_PENALTY: Final = dict(phrases.ASKS)["consequence"]


def _is_bare(question: Question) -> bool:
    """Whether a follow-up says nothing besides actors and words of asking."""
    rest = question.plain
    spans = [m.span for m in question.actors] + [u.span for u in question.units]
    for span in sorted(spans, reverse=True):
        rest = rest[: span.start] + " " + rest[span.end :]
    rest = phrases.BASIS.sub(" ", phrases.FOLLOW_UP.sub("", rest))
    rest = _ASKING.sub(" ", rest)
    if not spans:  # 领导干部违反本办法怎么处理 is no 超过了怎么处理
        rest = _PENALTY.sub(" ", rest)
    if question.language is Language.EN:
        left = read_bag(re.sub(r"\b(?:what about|how about|level)\b", " ", rest)).grams
        return len(left) <= (Intent.CONSEQUENCE in question.asks)
    return is_bare(re.sub(r"[\s的是]", "", phrases.INTERROGATIVES.sub(" ", _ASIDE.sub(" ", rest))))


def _asked(question: Question) -> frozenset[Intent]:
    """What a question asks for in words of its own."""
    return question.asks - {Intent.GENERAL, Intent.LOOKUP, Intent.YES_NO}


@dataclass(frozen=True, slots=True)
class _Shift:
    """Bounds on what a question says itself, by which it opens a new subject.

    Masses are sums of idf over the rule rows; a pair of characters that is common there
    has about 2, a rare one 5. Tuned on tests/data/conversations and the dev cases.
    """

    whole: float = 24.0
    """A question that says so much needs no other to be understood."""
    nearly: float = 18.0
    much: float = 10.0
    some: float = 6.0
    off: float = 6.0
    """Unknown mass of a question that is about something else altogether."""


_SHIFT: Final = _Shift()
_ENGLISH: Final = 1.6


def _stands_alone(current: Question, own: Explained) -> bool:
    """Whether a question opens a subject of its own.

    It does when its words are explained by other rows much better than by those of the
    topic, when it says so much that it is whole, when it names another event, or when it
    is about something that no row knows. A word that says 那, 它, 呢 raises the bound.
    """
    if current.language is Language.EN:  # fewer and longer words
        own = replace(own, known=own.known * _ENGLISH)
    leans = leaning(current.plain)
    asks = bool(_asked(current)) or current.yes_no is not None
    if not leans and (
        current.unregulated in ("weather", "errand")
        or (current.unregulated is None and own.unknown >= _SHIFT.off and own.known < 2.0)
    ):
        return True
    if not asks or own.best < 0.5:
        return False
    if Intent.EFFECTIVE in current.asks and not own.there:
        return True
    if leans:
        return (own.known >= _SHIFT.much and own.there <= 0.3 * own.best) or (
            own.known >= _SHIFT.nearly and own.there <= 0.7 * own.best
        )
    return (
        own.known >= _SHIFT.whole
        or (own.known >= _SHIFT.much and own.there <= 0.7 * own.best)
        or (own.known >= _SHIFT.some and own.there <= 0.55 * own.best)
        or (bool(own.events) and not own.events & own.topic_events)
    )


def _same_family(previous: Question, current: Question) -> bool:
    def families(question: Question) -> set[str]:
        return {m.actor.split(".")[0] for m in question.actors if not m.foreign}

    return bool(families(previous) & families(current))


# -- the ways to lean ---------------------------------------------------------------------


def _lean_on(topic: Topic, previous: Question, current: Question, knowledge: Knowledge) -> Question:
    """``current`` with what it leaves unsaid taken from ``previous``; alone if nothing is."""
    if asks_why(current.plain):
        return _source(previous, current, knowledge)
    empty = _is_bare(current)
    if empty and (current.actors or current.units) and Intent.BASIS not in current.asks:
        return _with_other_actor(previous, current, knowledge)
    if empty and _asked(current) == {Intent.BASIS}:
        return _source(previous, current, knowledge)
    if empty and Intent.CONSEQUENCE in current.asks:
        # What follows is another provision's matter, and said of every breach alike.
        return replace(_with_context(previous, current), context="", context_weight=0.0)
    if empty:
        return _same_again(previous, current, knowledge)
    if from_when(current.plain) and previous.intent in _timely(previous):
        return _same_again(previous, replace(current, intent=previous.intent), knowledge)
    own = knowledge.subjects.explain(current, previous)
    if _stands_alone(current, own):
        return _as_own_body(topic, _alone(current))
    if not (_asked(current) or current.yes_no or current.moments or current.limits):
        named = phrases.FOLLOW_UP.sub("", current.plain).strip("呢?。!, ")
        if swapped := knowledge.subjects.swapped(previous.plain, named):
            return _again(previous, current, swapped, knowledge)
    return _with_context(previous, current)


def _timely(question: Question) -> frozenset[Intent]:
    """The intents of a question that ask for a time."""
    return question.asks & {Intent.DEADLINE, Intent.FREQUENCY, Intent.SCENARIO}


def _with_context(previous: Question, current: Question) -> Question:
    """A part or condition of the subject at hand."""
    yes_no_only = current.intent is Intent.YES_NO and current.yes_no is None
    intent = current.intent if current.intent is not Intent.GENERAL else previous.intent
    intent = Intent.GENERAL if yes_no_only else intent
    subject = (*previous.subject[:1], current.focus)
    named = current.actors or current.units
    return replace(
        current,
        actors=current.actors if named else _unsaid(previous.actors),
        intent=intent,
        asks=((current.asks - {Intent.GENERAL}) or previous.asks) | {intent},
        context=" ".join(previous.subject) or previous.focus,
        context_weight=_LEANING_WEIGHT if leaning(current.plain) else _LOOSE_WEIGHT,
        lean=Lean.CONTEXT,
        inherited=intent not in current.asks,
        previous=previous,
        subject=subject,
        resolved=_line(previous, replace(current, lean=Lean.CONTEXT)),
    )


_FAMILY_WORDS = {
    "commission": ("党委政法委", " commission"),
    "committee": ("党委", " party committee"),
    "group": ("政法单位党组", " leading party group"),
    "organ": ("政法单位", " political and legal organ"),
}


def swap_actor(previous: Question, current: Question) -> str | None:
    """The earlier question with the actor of the follow-up in place of its own."""
    subject = next((m for m in previous.actors if not m.foreign and len(m.span)), None)
    family = subject.actor.split(".")[0] if subject else ""
    if current.actors:
        new_text = current.actors[0].span.of(current.plain)
    elif current.units:
        english = current.language is Language.EN
        new_text = current.units[0].span.of(current.plain)
        new_text += _FAMILY_WORDS.get(family, ("", ""))[english]
    else:
        return None
    spans = [m.span for m in previous.actors if not m.foreign and len(m.span)]
    spans = spans or [u.span for u in previous.units]
    if not spans:
        return f"{new_text}{' ' if current.language is Language.EN else ''}{previous.plain}"
    return previous.plain[: spans[0].start] + new_text + previous.plain[spans[0].end :]


def _with_other_actor(previous: Question, current: Question, knowledge: Knowledge) -> Question:
    return _again(previous, current, swap_actor(previous, current) or "", knowledge)


def _again(previous: Question, current: Question, text: str, knowledge: Knowledge) -> Question:
    """The earlier question with one slot replaced: ``text``."""
    again = read_question(text, knowledge, current.language)
    own = _asked(current)
    intent = current.intent if current.intent in own else again.intent
    if intent is Intent.GENERAL:
        intent = previous.intent if previous.intent is not Intent.YES_NO else intent
    subject: tuple[str, ...] = (again.focus,)
    if previous.lean is Lean.CONTEXT and len(previous.subject) > 1:
        subject = (previous.subject[0], again.focus)
    return replace(
        again,
        text=current.text,
        intent=intent,
        asks=again.asks | {intent},
        context=previous.context,
        context_weight=previous.context_weight,
        lean=Lean.SWAP,
        previous=previous,
        subject=subject,
        resolved=_shown(again.plain, current.language),
    )


def _same_again(previous: Question, current: Question, knowledge: Knowledge) -> Question:
    """Only the words of asking are new: 那报给谁, 超过了怎么办."""
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
        actors=previous.actors,
        intent=intent,
        asks=asks | {intent},
        yes_no=None,
        context=previous.context,
        context_weight=previous.context_weight,
        unregulated=current.unregulated,
        injection=current.injection,
        fabrication=current.fabrication,
        lean=Lean.SAME,
        previous=previous,
        subject=previous.subject,
        resolved=_line(previous, current),
    )


def _source(previous: Question, current: Question, knowledge: Knowledge) -> Question:
    """为什么, 原文呢, 依据是哪一条: the provisions of the answer before."""
    wants = replace(current, intent=Intent.BASIS, asks=frozenset({Intent.BASIS}))
    return replace(_same_again(previous, wants, knowledge), lean=Lean.SOURCE)


def _corrected(topic: Topic, current: Question, said: Correction, knowledge: Knowledge) -> Question:
    """The earlier question with what was meant in place of what was understood."""
    previous = topic.question
    assert previous is not None
    meant = replace(read_question(said.meant, knowledge, current.language), text=current.text)
    if _is_bare(meant):
        if meant.actors or meant.units:
            return _with_other_actor(previous, meant, knowledge)
        return _same_again(previous, meant, knowledge)  # 我问的是报给谁
    if swapped := knowledge.subjects.swapped(previous.plain, said.meant, said.denied):
        return _again(previous, meant, swapped, knowledge)
    if _asked(meant) or meant.yes_no is not None:
        return replace(_alone(meant), lean=Lean.SWAP, resolved=_shown(meant.plain, meant.language))
    # 我问的是全体会议, after 能临时开吗: of the old question only what it asks is kept.
    english = current.language is Language.EN
    text = f"{said.meant}{' ' if english else ''}{previous.plain}"
    return replace(_again(previous, meant, text, knowledge), context="", context_weight=0.0)


def _of_the_last_two(topic: Topic, current: Question) -> Question:
    """这两项有什么不同: the last two subjects, compared."""
    if len(topic.earlier) < 2:
        return current
    pair = topic.earlier[-2:]
    parts = tuple(_shown(q.plain, Language.HANS) for q in pair)
    return replace(
        current,
        parts=parts,
        context=" ".join(q.subject[-1] for q in pair),
        context_weight=_LEANING_WEIGHT,
        lean=Lean.CONTEXT,
        previous=topic.question,
        subject=tuple(q.subject[-1] for q in pair),
        resolved=_shown(" · ".join([*parts, current.plain]), current.language),
    )


# -- how it was understood, for the asker -------------------------------------------------


def _line(previous: Question, current: Question) -> str:
    """Subject and question in one line: 政治督察结束后多久出报告 · 报给谁."""
    said = previous
    while said.previous is not None and said.lean in (Lean.SAME, Lean.SOURCE):
        said = said.previous
    if current.lean is Lean.CONTEXT:
        while said.previous is not None and said.lean is Lean.CONTEXT:
            said = said.previous
    about = _tidy(said.subject[-1] if said.own_citations else said.plain)
    about = about if has_han(about) and len(about) <= _SHOWN else about[: _SHOWN * 2]
    return _shown(f"{about} · {_tidy(current.plain)}", current.language)


def _tidy(text: str) -> str:
    text = phrases.FOLLOW_UP.sub("", text).strip(" ?。!,").removeprefix("呢").lstrip(" ?,")
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", text)


def _shown(text: str, language: Language) -> str:
    """Folded words as the asker would write them."""
    text = text.strip(" ?。!")
    text = re.sub(r"(?<=[\u3400-\u9fff]),(?=[\u3400-\u9fff])", "，", text)
    if language is Language.EN:
        text = re.sub(r"\ba (?=[aeio])", "an ", text[:1].upper() + text[1:])
    return in_script(f"{text}？" if has_han(text) else f"{text}?", language)
