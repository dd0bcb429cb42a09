"""From what a person typed to a :class:`Question`: language, intent, slots, context.

Nothing here decides what the regulation says; it only reads the question.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import phrases
from assistant.knowledge import Knowledge
from index.actors import ActorMention, Level
from index.citation import Citation, find_citations
from index.moments import Moment, find_moments
from index.text import Script, detect_script, fold
from index.timelimit import TimeMention, find_time_limits

__all__ = ["Intent", "Language", "Question", "YesNo", "detect_language", "understand"]

# A person types a question; a longer text is a document and belongs to `check`.
MAX_LENGTH = 2_000
MAX_HISTORY = 20


class Language(enum.StrEnum):
    """Language and script of an answer."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"
    EN = "en"

    @property
    def script(self) -> Script:
        """The script in which the regulation is quoted."""
        return Script.TRADITIONAL if self is Language.HANT else Script.SIMPLIFIED


class Intent(enum.StrEnum):
    """What a question wants. ``GENERAL`` wants whatever the regulation says on a subject."""

    DEADLINE = "deadline"
    FREQUENCY = "frequency"
    ACTOR = "actor"
    RECIPIENT = "recipient"
    LIST = "list"
    DEFINITION = "definition"
    PROCEDURE = "procedure"
    LOOKUP = "lookup"
    BASIS = "basis"
    COMPARE = "compare"
    EFFECTIVE = "effective"
    CONSEQUENCE = "consequence"
    YES_NO = "yesno"
    SCENARIO = "scenario"
    SMALL_TALK = "small_talk"
    GENERAL = "general"


TIME_INTENTS = frozenset({Intent.DEADLINE, Intent.FREQUENCY, Intent.SCENARIO})


@dataclass(frozen=True, slots=True)
class YesNo:
    """The statement behind a yes/no question.

    ``inverted``: the asker's yes means that the statement does not hold (算超时吗).
    ``conduct``: asks whether described conduct complies, not whether a rule reads so.
    ``manner``: which yes to say: may, must, comply or plain.
    """

    statement: str
    inverted: bool = False
    conduct: bool = False
    manner: str = "plain"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. Offsets of its mentions count in ``plain``."""

    text: str
    """As typed."""
    plain: str
    """Folded: simplified, NFKC, lower case, blanks kept; a follow-up already resolved."""
    language: Language
    intent: Intent
    asks: frozenset[Intent]
    """Every intent whose words occur, the chosen one among them."""
    focus: str
    """``plain`` without words of asking: what the question is about."""
    context: str = ""
    """Focus of the earlier question that this one leans on; empty when it stands alone."""
    context_weight: float = 0.0
    yes_no: YesNo | None = None
    actors: tuple[ActorMention, ...] = ()
    citations: tuple[Citation, ...] = ()
    limits: tuple[TimeMention, ...] = ()
    moments: tuple[Moment, ...] = ()
    unregulated: str | None = None
    """Attribute asked for that regulations of this kind do not give (money, contact …)."""
    injection: bool = False
    small_talk: str | None = None

    @property
    def levels(self) -> frozenset[Level]:
        """Levels named, by word or by place."""
        return frozenset(m.level for m in self.actors if m.level is not None)

    @property
    def foreign(self) -> tuple[ActorMention, ...]:
        """Mentions of places outside the regulation's reach."""
        return tuple(m for m in self.actors if m.foreign)

    @property
    def own_citations(self) -> tuple[Citation, ...]:
        """Citations of this regulation, not of another law."""
        return tuple(c for c in self.citations if c.work is None)


_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def detect_language(text: str) -> Language:
    """Language of a question; a Chinese term inside an English sentence does not change it.

    >>> detect_language("What is a 政法委员 under this regulation?").value
    'en'
    >>> detect_language("政法委PPT怎么写").value
    'zh-Hans'
    """
    han = len(_CJK.findall(text))
    words = len(_LATIN_WORD.findall(text))
    if words >= 3 and words > han // 2 or (han == 0 and words):
        return Language.EN
    return Language.HANT if detect_script(text) is Script.TRADITIONAL else Language.HANS


def _asks(plain: str) -> tuple[Intent | None, frozenset[Intent]]:
    found = [Intent(name) for name, words in phrases.ASKS if words.search(plain)]
    if phrases.BASIS.search(plain):
        found.append(Intent.BASIS)
    return (found[0] if found else None), frozenset(found)


_WH = re.compile(
    "什么|啥|谁|哪|多久|多长|多少|几(?=个|次|天|小时|点|种|项|位|章|条|时)|怎么|如何|怎样|咋|何时|何处"
    r"|\b(?:what|who|whom|which|when|where|how|why)\b"
)
_CHOICE = re.compile("|".join(p.pattern for p, _ in phrases.ALTERNATIVES))
_PARTICLE = re.compile(r"(?:吗|么|吧|嘛|没有|不|没)[?!。]*$")
_MANNERS = (
    ("may", re.compile(r"可以|能(?!力)|允许|准许|\b(?:can|could|may|allowed|permitted)\b")),
    ("must", re.compile(r"必须|应当|应该|需要|得(?=由|向|在|报)|要|一定|\b(?:must|should|shall|need|have to|required?)\b")),
)  # fmt: skip


def _yes_no(plain: str, language: Language) -> YesNo | None:
    text = plain.strip()
    if language is Language.EN:
        return _yes_no_english(text)
    if _WH.search(text) or not (_CHOICE.search(text) or _PARTICLE.search(text)):
        return None
    inverted = conduct = False
    if match := phrases.NEGATIVE_TAIL.search(text):
        # 没有违规吧 asks for compliance as 符合规定吗 does
        inverted = not match[0].lstrip(",。;").startswith(("不", "没有违"))
        conduct, manner = True, "comply"
        text = text[: match.start()] + ",符合规定"
    elif (match := phrases.CONDUCT_TAIL.search(text)) and match[0].strip("?!。,;"):
        conduct, manner = True, "comply"
        if match[0].lstrip(",。;").startswith(("可以", "行", "可")) and not _quantities(text):
            conduct, manner = False, "may"
        text = text[: match.start()] + (",符合规定" if conduct else ",可以")
    else:
        text = phrases.AFFIRMATIVE_TAIL.sub("", text)
        manner = next((name for name, words in _MANNERS if words.search(text)), "plain")
    for words, plain_form in phrases.ALTERNATIVES:
        text = words.sub(plain_form, text)
    text = text.strip(" ,?。")
    return YesNo(text, inverted, conduct, manner) if text else None


def _quantities(text: str) -> bool:
    return bool(find_time_limits(text)) or len(find_moments(text)) > 0


_ENOUGH = re.compile(
    r"^is it (?:enough|ok|okay|acceptable|sufficient|fine|permissible|permitted|allowed|lawful|compliant|true"
    r"|correct|right|possible|necessary|required|mandatory)(?: (?:for|if|when|that))? "
)
_SUBJECT_EN = re.compile(
    r"^(?:a|an|the|any|every|each|all|our|my|this|that)?\b[^,?]*?"
    r"(?=\b(?:report|be|have|hold|analy[sz]e|submit|send|copy|attend|convene|chair|verify|request|apply|meet"
    r"|take|make|give|listen|hear|conduct|complete|publish|notify|preside|delegate|decide|reach|go|need|form"
    r"|use|cover|set|establish|act|supervise|handle|manage|carry|review|include|rotate|rush|only|also|always"
    r"|enough|required|allowed|sufficient|obliged|entitled|responsible|counted|subject)\b)"
)


def _yes_no_english(text: str) -> YesNo | None:
    clause = text.rstrip("?!. ")
    match = phrases.YES_NO_EN.match(clause)
    if not match or re.search(r"\bor\b.{0,20}\?$", text):
        return None
    auxiliary = match[1]
    manner = next((name for name, words in _MANNERS if words.search(clause)), "plain")
    if enough := _ENOUGH.match(clause):
        rest = clause[enough.end() :]
        judged = enough[0]
        if " true " in judged or " correct " in judged or " right " in judged:
            return YesNo(rest, manner="plain")
        statement = re.sub(r"\bto (?=[a-z])", "", rest, count=1)
        if any(w in judged for w in ("necessary", "required", "mandatory")):
            return YesNo(re.sub(r"\bto (?=[a-z])", "must ", rest, count=1), manner="must")
        return YesNo(f"{statement}, which complies", conduct=True, manner="comply")
    rest = clause[match.end(1) :].strip()
    if subject := _SUBJECT_EN.match(rest):
        head = subject[0].strip()
        tail = rest[subject.end() :].strip()
        verb = "" if auxiliary in {"do", "does", "did"} else f"{auxiliary} "
        return YesNo(f"{head} {verb}{tail}".strip(), manner=manner)
    return YesNo(f"{rest}", manner=manner)


@functools.lru_cache(maxsize=512)
def _focus(plain: str) -> str:
    return re.sub(r"\s+", " ", phrases.INTERROGATIVES.sub(" ", plain)).strip()


def _small_talk(plain: str) -> str | None:
    return next((name for name, words in phrases.SMALL_TALK if words.match(plain.strip())), None)


def _lookup_only(plain: str, citations: Sequence[Citation]) -> bool:
    """Whether the question is a citation and little else: its text is wanted."""
    rest = plain
    for citation in sorted(citations, key=lambda c: c.span.start, reverse=True):
        rest = rest[: citation.span.start] + " " + rest[citation.span.end :]
    rest = re.sub(
        r"给我|看看?|一下|念|读|帮|我|要|想|展示|显示|列出|请|全文|原文|内容|条文|文字|说|讲|写|规定|是|的|了|什么|啥|"
        r"怎么|具体|呢|吗|里|中|有|主要|完整|引用|贴出来|发|查|找|打开|把|text of|text|full|show me|show|give me|give|what does"
        r"|what is|what's|says?|say|content|contents|of|the|please|quote|read|in|provide|this regulation|regulation|me|cite|it"
        r"|under|measures|implementation|stipulate|provide|[?!.,。、:;\"“”'《》\s]|本办法|实施办法|办法",
        "",
        rest,
    )
    return len(rest) <= 2


def _read(text: str, knowledge: Knowledge, language: Language) -> Question:
    """Understand ``text`` by itself."""
    plain = fold(text, keep_space=True).text.strip()
    first, asks = _asks(plain)
    citations = find_citations(plain, regulation=knowledge.regulation)
    actors = knowledge.actors.find(plain)
    moments = find_moments(plain)
    yes_no = _yes_no(plain, language)
    own = [c for c in citations if c.work is None]
    if small := _small_talk(plain):
        intent = Intent.SMALL_TALK
    elif own and _lookup_only(plain, own):
        intent = Intent.LOOKUP
    elif yes_no is not None:
        intent = Intent.YES_NO
    elif first in TIME_INTENTS and any(m.clock is not None for m in moments):
        intent = Intent.SCENARIO
    else:
        intent = first or (Intent.LOOKUP if own else Intent.GENERAL)
    return Question(
        text=text,
        plain=plain,
        language=language,
        intent=intent,
        asks=asks | {intent},
        focus=_focus(plain),
        yes_no=yes_no,
        actors=actors,
        citations=citations,
        limits=tuple(find_time_limits(plain)),
        moments=moments,
        unregulated=next((n for n, words in phrases.UNREGULATED if words.search(plain)), None),
        injection=bool(phrases.INJECTION.search(plain)),
        small_talk=small,
    )


_LEANING = re.compile(
    r"^(?:那|哪么|再问|还有|另外|然后|接着|如果|要是|万一)|呢[,?。!]|呢$|这(?:个|条|种|项|样|事|一)|它|该(?:条|项|会议|事项)|上(?:面|述)"
    r"|^(?:and|what about|how about|what if|then|so)\b|\b(?:it|that|this|those|they|them|the same)\b"
)


def _bare(question: Question) -> str:
    """What remains of a follow-up when actors and words of asking are taken out."""
    rest = question.plain
    for mention in sorted(question.actors, key=lambda m: m.span.start, reverse=True):
        rest = rest[: mention.span.start] + " " + rest[mention.span.end :]
    rest = phrases.FOLLOW_UP.sub("", rest)
    rest = phrases.BASIS.sub(" ", rest)
    rest = re.sub(r"一级|这级|层面|级别|的话|也是|一样|同样|换成|换做|what about|how about|for|the", " ", rest)
    return re.sub(r"[\s的是]", "", phrases.INTERROGATIVES.sub(" ", rest))


def _swap_actor(previous: Question, current: Question) -> str | None:
    """The earlier question with the actor of the follow-up in place of its own."""
    if not current.actors:
        return None
    new = current.actors[0]
    new_text = new.span.of(current.plain)
    subject = next((m for m in previous.actors if not m.foreign), None)
    if subject is None:
        return f"{new_text}{previous.plain}"
    family = subject.actor.split(".")[0]
    bare_place = new.actor.split(".")[0] in {"place", "level", ""}
    if bare_place and family not in {"place", "level", ""}:
        suffix = {"commission": "党委政法委", "committee": "党委", "group": "政法单位党组", "organ": "政法单位"}
        if previous.language is Language.EN:
            suffix = {"commission": " commission", "committee": " party committee"}
        new_text += suffix.get(family, "")
    return previous.plain[: subject.span.start] + new_text + previous.plain[subject.span.end :]


def _lean_on(previous: Question, current: Question, knowledge: Knowledge) -> Question:
    """``current`` with what it leaves unsaid taken from ``previous``."""
    remainder = _bare(current)
    leaning = bool(_LEANING.search(current.plain))
    han = len(_CJK.findall(remainder))
    empty = han < 2 and len(_LATIN_WORD.findall(remainder)) < 2
    if current.small_talk or (current.own_citations and not leaning):
        return current
    if empty and current.actors and Intent.BASIS not in current.asks:
        swapped = _swap_actor(previous, current)
        if swapped:
            again = _read(swapped, knowledge, current.language)
            return replace(again, text=current.text)
    if empty:
        # Only the words of asking are new: 依据是哪一条, 那报给谁
        intent = current.intent if current.intent is not Intent.GENERAL else previous.intent
        merged = _read(previous.plain, knowledge, current.language)
        asks = current.asks - {Intent.GENERAL} or previous.asks
        yes_no = previous.yes_no if intent is Intent.YES_NO and current.yes_no is None else None
        return replace(
            merged,
            text=current.text,
            intent=intent if intent is not Intent.LOOKUP else Intent.BASIS,
            asks=asks,
            yes_no=yes_no,
            unregulated=current.unregulated,
            injection=current.injection,
        )
    weight = 0.6 if leaning else 0.35
    actors = current.actors or previous.actors
    intent = current.intent if current.intent is not Intent.GENERAL else previous.intent
    if intent is Intent.YES_NO and current.yes_no is None:
        intent = Intent.GENERAL
    return replace(
        current,
        actors=actors,
        intent=intent,
        asks=(current.asks - {Intent.GENERAL}) or previous.asks,
        context=previous.focus if not previous.context else f"{previous.context} {previous.focus}",
        context_weight=weight,
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
        read = _read(earlier[:MAX_LENGTH], knowledge, detect_language(earlier))
        if read.small_talk or not read.plain:
            continue
        previous = _lean_on(previous, read, knowledge) if previous else read
    language = detect_language(text) if lang == "auto" else Language(lang)
    if lang == "auto" and previous is not None and not _CJK.search(text) and language is Language.HANS:
        language = previous.language
    current = _read(text, knowledge, language)
    return _lean_on(previous, current, knowledge) if previous else current
