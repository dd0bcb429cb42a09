"""What one may ask next, read off the rule rows.

From the rows of an answer the way goes on: to the next step of the same article, to the
same kind of event elsewhere, to the recipient, to other duties of the same actor. Each
suggestion is a question made from the sentence of its row, such that its answer is that row
(a test asks them all).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.knowledge import Knowledge
from assistant.question import Intent, Language, Question
from assistant.wording import in_script, say
from index.rules import Modality, Rule
from index.timelimit import LimitKind

__all__ = ["Suggestion", "question_on", "suggestions"]

_MOST = 3
_LONGEST, _LONGEST_ENGLISH = 48, 180  # characters of a button
_COUNTED: Final = frozenset(
    {LimitKind.WITHIN, LimitKind.ADVANCE, LimitKind.FREQUENCY, LimitKind.BY}
)
_BREACH: Final = "追责"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question, and the row that answers it."""

    question: str
    rule: str


def suggestions(
    question: Question,
    rules: Sequence[Rule],
    knowledge: Knowledge,
    known: Collection[str] = (),
) -> tuple[Suggestion, ...]:
    """At most three next questions after an answer made of ``rules``.

    ``known`` are the ids of rows that the chat has come to already.
    """
    if not rules:
        return ()
    language = question.language
    passed = {rule.id for rule in rules} | set(known)
    out: dict[str, Suggestion] = {}
    for rule, recipient in _ways(question, rules, knowledge):
        if rule.id in passed and not recipient:
            continue
        text = question_on(rule, knowledge, language, recipient=recipient)
        if text is not None and text not in out:
            out[text] = Suggestion(text, rule.id)
            passed.add(rule.id)
        if len(out) == _MOST:
            break
    return tuple(out.values())


def _ways(
    question: Question, rules: Sequence[Rule], knowledge: Knowledge
) -> Iterator[tuple[Rule, bool]]:
    """Rows to go on to, best first; with True for the recipient of the row itself."""
    here = rules[0]
    table = [rule for rule in knowledge.rules if rule.provision.item is None]
    order = {rule.id: place for place, rule in enumerate(knowledge.rules)}
    later = [r for r in table if order[r.id] > order[here.id]]
    article = here.provision.of_article
    steps = [r for r in later if r.provision.of_article == article]
    telling = [r for r in steps if _counted(r)] + [r for r in steps if r.recipients]
    yield from ((rule, False) for rule in telling[:2])
    if here.recipients and Intent.RECIPIENT not in question.asks:
        yield here, True
    if here.event:
        yield from ((r, False) for r in table if r.event == here.event)
    around = [*later, *table]
    mine = [r for r in around if set(r.bearers) & set(here.bearers) and _counted(r)]
    yield from ((rule, False) for rule in mine if rule.provision.of_article != article)
    kin = [r for r in around if _related(here, r, knowledge) and _counted(r)]
    yield from ((rule, False) for rule in kin)
    yield from ((rule, False) for rule in steps)
    yield from ((rule, False) for rule in table if _BREACH in rule.topics)


def _counted(rule: Rule) -> bool:
    return rule.time is not None and rule.time.kind in _COUNTED


def _related(here: Rule, other: Rule, knowledge: Knowledge) -> bool:
    is_a = knowledge.actors.is_a
    return any(is_a(a, b) or is_a(b, a) for a in here.bearers for b in other.bearers)


def question_on(
    rule: Rule, knowledge: Knowledge, language: Language, *, recipient: bool = False
) -> str | None:
    """The question that ``rule`` answers; None when its sentence gives no short one."""
    english = language is Language.EN
    if _BREACH in rule.topics:
        return None if recipient else in_script(say("suggest.breach", english), language)
    made = _english(rule) if english else _chinese(rule, knowledge, recipient)
    if (recipient and english) or made is None:
        return None
    if len(made) > (_LONGEST_ENGLISH if english else _LONGEST):
        return None
    return in_script(made, language)


# -- Chinese ------------------------------------------------------------------------------

_AMOUNT: Final = {
    LimitKind.FREQUENCY: (re.compile(r"(?:一般)?每(?:半年|年|季度|月)(?:至少)?"), "多久"),
    LimitKind.WITHIN: (re.compile(r"\d+(?:小时|个工作日|日|天)"), "多长时间"),
    LimitKind.ADVANCE: (re.compile(r"\d+周以上时间"), "多长时间"),
    LimitKind.BY: (re.compile(r"在年底前"), "在什么时候"),
}
_LISTED = re.compile(r"第[一-龥]+条所列(?:事项|[一-龥]项)")
_TO = re.compile(r"向(?!谁)[^，。]{2,40}?(?=请示报告|请示|报告|移送|报送|反馈)")


def _chinese(rule: Rule, knowledge: Knowledge, recipient: bool) -> str | None:
    said = rule.statement.rstrip("。")
    if recipient and "抄送" in said:
        return None  # two recipients, of whom one would be given away
    if recipient or (rule.time is None and rule.recipients and not _LISTED.search(said)):
        return _asking(_TO, "向谁", said)
    if rule.time is not None and rule.time.kind in _COUNTED:
        words, asks = _AMOUNT[rule.time.kind]
        made = _asking(words, asks, said)
        return made and made.replace("1次", "一次")
    if made := _asking(_LISTED, "哪些事项", said):
        return made.replace("事项主要包括哪些事项", "主要包括哪些事项")
    if rule.modality is Modality.MAY:
        return f"{said}吗？"
    if len(rule.bearers) == 1:
        name = knowledge.actors.name(rule.bearers[0], "zh-Hans")
        does = said.removeprefix(name)
        duty = rule.modality in (Modality.SHALL, Modality.MUST)
        if does != said and duty and does.startswith(("应当", "必须", "及时", rule.action)):
            return f"谁{does}？"
    return None


def _asking(words: re.Pattern[str], asks: str, said: str) -> str | None:
    """``said`` as a question by its only such words; None without them."""
    made, count = words.subn(asks, said, count=1)
    return f"{made}？" if count else None


# -- English ------------------------------------------------------------------------------

_CLAUSE = re.compile(
    r"^(?P<when>(?:When|For|After|Having|Where) .+?, )?(?P<who>[^,]+?) (?P<modal>shall|must|may) "
    r"(?P<does>.+)$"
)
_HOLDS = re.compile(r"^(?P<who>[^,]+?) (?:generally )?(?P<verb>holds|conducts) (?P<does>.+)$")
_ONCE = re.compile(r",? (?:at least )?(?:once )?a (?:year|quarter|month)\b")
_TIMES: Final = {
    LimitKind.FREQUENCY: (_ONCE, "how often"),
    LimitKind.WITHIN: (
        re.compile(r" within \d+ (?:hours?|working days)(?: of its occurrence)?"),
        "how soon",
    ),
    LimitKind.ADVANCE: (re.compile(r" at least one week in advance"), "how far in advance"),
}  # fmt: skip


def _english(rule: Rule) -> str | None:
    said = rule.statement_en.rstrip(".")
    if (holds := _HOLDS.match(said)) and rule.time and rule.time.kind is LimitKind.FREQUENCY:
        rest, count = _ONCE.subn("", holds["does"])
        verb = holds["verb"].removesuffix("s")
        return f"How often does {_lower(holds['who'])} {verb} {rest}?" if count else None
    clause = _CLAUSE.match(said)
    if clause is None or said[: clause.start("modal")].count(",") > bool(clause["when"]):
        return None
    if clause["does"].startswith("be ") and clause["modal"] != "may":
        return None
    when, who, modal, does = (clause[n] or "" for n in ("when", "who", "modal", "does"))
    if rule.time is not None and rule.time.kind in _TIMES:
        words, asks = _TIMES[rule.time.kind]
        rest, count = words.subn("", does)
        made = f"{when}{asks} {modal} {_lower(who)} {rest}?" if count else ""
    elif modal == "may" and not when:
        made = f"{when}may {_lower(who)} {does}?"
    elif rule.time is None or rule.time.kind not in _COUNTED:
        made = f"{when}who {modal} {does}?"
    else:
        made = ""
    return made[:1].upper() + made[1:] or None


def _lower(name: str) -> str:
    return name if name.startswith("Party ") else name[:1].lower() + name[1:]
